//! One example with everything that a report can hold.

use dockworthy::diagnostic::{
    Applicability, Companion, Confidence, Diagnostic, Fix, Problem, Severity, SuppressedBy,
    Suppression,
};
use dockworthy::report::{About, Format, Report, Style, write};
use dockworthy::text::{Edit, Span, TextEnd};

use crate::report::Case;

/// What is known of the rules of the example; of one nothing is.
pub fn about(rule: &str) -> Option<About> {
    let (summary, page, severity) = match rule {
        "split-update" => (
            "packages are installed in another layer than the lists are fetched in",
            "# split-update\nThe lists are *older* than the step, because\nthe layer is cached.\n\nJoin both.\n\n\
             ## Examples\n### Bad: two steps\n```dockerfile\nRUN apt-get update\n```\n### Good: one\n\
             ```dockerfile\nRUN apt-get update && apt-get install -y curl\n```\n### Good: none\nnothing\n",
            Severity::Warning,
        ),
        "root-user" => (
            "image runs as `root`",
            "# root-user\nRoot is root.\n",
            Severity::Warning,
        ),
        "secret-in-env" => (
            "variable has a secret as its value",
            "# secret-in-env\n",
            Severity::Error,
        ),
        _ => return None,
    };
    Some(About {
        summary,
        page,
        severity,
    })
}

/// The report on a case in a format, with what is known of the rules.
pub fn report(case: &Case, format: Format, statistics: bool) -> String {
    let files = case.sources.iter().count();
    let report = Report {
        about,
        statistics,
        ..Report::new(&case.diagnostics, &case.sources, &case.problems, files)
    };
    let mut out = Vec::new();
    write(format, &report, &Style::default(), &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

/// Several files with labels, fixes of all sorts, suppressed findings, problems, wide characters, ranges over
/// lines, empty ranges, and names that need care.
pub fn rich() -> Case {
    let mut case = Case::default();
    in_dockerfile(&mut case);
    in_compose_file(&mut case);
    in_odd_file(&mut case);
    case.problems.extend([
        Problem {
            path: Some("web/Dockerfile".to_owned()),
            message: "cannot read: permission denied".to_owned(),
        },
        Problem {
            path: None,
            message: "the run was <cut> & \"short\"".to_owned(),
        },
    ]);
    for (number, diagnostic) in case.diagnostics.iter_mut().enumerate() {
        diagnostic.fingerprint = format!("{number:016x}");
        diagnostic.url = format!("https://example.org/rules/{}", diagnostic.rule);
    }
    case
}

fn named<'d>(
    diagnostic: &'d mut Diagnostic,
    rule: &'static str,
    category: &'static str,
    severity: Severity,
) -> &'d mut Diagnostic {
    diagnostic.rule = rule;
    diagnostic.aliases = &[];
    diagnostic.category = category;
    diagnostic.severity = severity;
    diagnostic
}

fn in_dockerfile(case: &mut Case) {
    let file = case.file(
        "api/Dockerfile",
        "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl # 日本 🎉 é\nUSER root\n",
    );
    let update = case.at(file, "apt-get update").span;
    let diagnostic = case.finding(
        file,
        "apt-get install -y curl # 日本 🎉 é\nUSER root",
        "`apt-get install` runs in another layer than `apt-get update`",
    );
    named(
        diagnostic,
        "split-update",
        "reproducibility",
        Severity::Warning,
    )
    .finding
    .label(update, "the lists are fetched here")
    .help("join the two with `&&`")
    .fix(Fix::new(
        "join both steps; what runs between them is then cached with them",
        Applicability::Unsafe,
        vec![
            Edit::replace(Span::new(33, 37), " && \\\n    "),
            Edit::insert(19, "set -e; "),
        ],
    ));
    let at = case.at(file, "🎉");
    let diagnostic = case.finding_at(at, "a comment in a step");
    named(diagnostic, "comment-in-step", "style", Severity::Info).confidence = Confidence::Low;

    let line = case.at(file, "USER root\n").span;
    let name = case.at(file, "root").span;
    let diagnostic = case.finding(file, "root", "the last `USER` is `root`, not `${USER}`");
    named(diagnostic, "root-user", "security", Severity::Error)
        .finding
        .fix(Fix::new(
            "remove the line",
            Applicability::Safe,
            vec![Edit::delete(line)],
        ))
        .fix(Fix::new(
            "run as another account",
            Applicability::Manual,
            vec![Edit::replace(name, "ACCOUNT")],
        ))
        .fix(
            Fix::new("leave it out", Applicability::Unsafe, Vec::new()).with_companion(Companion {
                name: ".dockerignore".into(),
                lines: vec!["*.pem".into()],
                end: Some(TextEnd::of("node_modules")),
            }),
        );
    diagnostic.aliases = &["DL3002", "CKV_DOCKER_8"];
}

fn in_compose_file(case: &mut Case) {
    let file = case.file(
        "compose.yaml",
        "services:\n  api:\n    environment:\n      TOKEN: hunter2\n      KEY: hunter3\n      PIN: hunter4\n      ID: hunter5\n",
    );
    let reasons = [
        ("hunter2", SuppressedBy::Comment, Some("only for <tests>")),
        ("hunter3", SuppressedBy::Config, None),
        ("hunter4", SuppressedBy::Baseline, None),
    ];
    for (needle, by, reason) in reasons {
        let diagnostic = case.finding(file, needle, "a secret stands in clear text");
        named(diagnostic, "secret-in-env", "security", Severity::Error).suppressed =
            Some(Suppression {
                by,
                reason: reason.map(str::to_owned),
            });
    }
    let first = case.at(file, "hunter2");
    let diagnostic = case.finding(file, "hunter5", "a secret stands in clear text");
    named(diagnostic, "secret-in-env", "security", Severity::Warning)
        .finding
        .label(first, "as it does [here](1) with {0}");
}

/// A file with a byte order mark, CRLF, and a name that no format can take as it is.
fn in_odd_file(case: &mut Case) {
    let file = case.file(
        "odd <&\"'|;]%: é\u{202e}\x1b\n#.Dockerfile",
        "\u{feff}FROM x\r\n\r\nRUN '日本'|\x07`\u{202e}\r\n",
    );
    let from = case.at(file, "FROM");
    let line_end = case.at(file, "\r\n").span;
    let diagnostic = case.finding_at(
        from,
        "`x|y` is <b>bold</b> & *loud*, @all #1 [l](u) 100% \u{1b}[31m\u{ffff}`",
    );
    named(diagnostic, "loud-name", "supply-chain", Severity::Warning)
        .finding
        .help("two\nlines; with ]")
        .fix(Fix::new(
            "write \x1b[7m`y`",
            Applicability::Safe,
            vec![Edit::replace(from.span, "from\u{202e}")],
        ));
    let empty = Span::empty(line_end.start);
    let at = dockworthy::text::Location { file, span: empty };
    let diagnostic = case.finding_at(at, "something is missing");
    named(diagnostic, "nothing-there", "correctness", Severity::Error)
        .finding
        .fix(Fix::new(
            "write it",
            Applicability::Safe,
            vec![Edit::insert(empty.start, ":1")],
        ));
    let diagnostic = case.finding(file, "'日本'|\x07`\u{202e}\r\n", "the rest of the line");
    named(diagnostic, "loud-name", "supply-chain", Severity::Info);
}

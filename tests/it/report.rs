//! Reports on hand-made diagnostics over small texts, hostile ones among them.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail like a test"
)]

use dockworthy::diagnostic::{
    Applicability, Confidence, Diagnostic, Finding, Fix, Problem, Severity, SuppressedBy,
    Suppression,
};
use dockworthy::report::{Format, Report, Style, write};
use dockworthy::text::{Edit, FileId, Location, SourceFile, Sources, Span};
use serde_json::Value;

/// Diagnostics and the files they are about.
#[derive(Default)]
pub struct Case {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
    pub problems: Vec<Problem>,
}

impl Case {
    pub fn file(&mut self, path: &str, text: &str) -> FileId {
        let id = self.sources.next_id();
        self.sources
            .push(SourceFile::from_text(id, path.into(), text))
    }

    /// A finding at `needle` in `file`, counted from 0.
    pub fn finding(&mut self, file: FileId, needle: &str, message: &str) -> &mut Diagnostic {
        let at = self.at(file, needle);
        self.finding_at(at, message)
    }

    pub fn finding_at(&mut self, at: Location, message: &str) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic {
            rule: "some-rule",
            aliases: &["DL3002", "CKV_DOCKER_3"],
            category: "security",
            severity: Severity::Warning,
            confidence: Confidence::High,
            finding: Finding::new(at, message),
            fingerprint: "0123456789abcdef".to_owned(),
            url: "https://example.org/rules/some-rule".to_owned(),
            suppressed: None,
        });
        self.diagnostics.last_mut().unwrap()
    }

    /// Where `needle` first stands in `file`.
    pub fn at(&self, file: FileId, needle: &str) -> Location {
        let text = &self.sources.get(file).unwrap().text;
        let start = text.find(needle).unwrap();
        let span = Span::from_range(start..start + needle.len());
        Location { file, span }
    }

    pub fn report(&self, format: Format, style: &Style) -> String {
        let files = self.sources.iter().count();
        let report = Report::new(&self.diagnostics, &self.sources, &self.problems, files);
        let mut out = Vec::new();
        write(format, &report, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn full(&self) -> String {
        self.report(Format::Full, &Style::default())
    }
}

pub fn location(file: FileId, start: u32, end: u32) -> Location {
    Location {
        file,
        span: Span::new(start, end),
    }
}

pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/report"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// One finding of each sort, in a small project.
fn project() -> Case {
    let mut case = Case::default();
    let dockerfile = case.file(
        "api/Dockerfile",
        "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\nUSER root\n",
    );
    let compose = case.file(
        "compose.yaml",
        "services:\n  api:\n    build: api\n    privileged: true\n    environment:\n      TOKEN: hunter2\n",
    );

    let update = case.at(dockerfile, "apt-get update");
    let diagnostic = case.finding(
        dockerfile,
        "apt-get install",
        "`apt-get install` runs in another layer than `apt-get update`",
    );
    diagnostic
        .finding
        .label(update.span, "the lists are fetched here")
        .help("join the two with `&&`");
    diagnostic.finding.fix(Fix::new(
        "join both steps; what runs between them is then cached with them",
        Applicability::Unsafe,
        vec![Edit::replace(Span::new(33, 37), " && \\\n    ")],
    ));

    let root = case.at(dockerfile, "USER root\n").span;
    let at = case.at(compose, "true");
    let diagnostic = case.finding(dockerfile, "root", "the last `USER` is `root`");
    diagnostic.severity = Severity::Error;
    diagnostic
        .finding
        .help("add `USER` with an unprivileged account after the last step that needs root")
        .label(at, "and the service that runs it is privileged");
    diagnostic.finding.fix(Fix::new(
        "remove the line",
        Applicability::Safe,
        vec![Edit::delete(root)],
    ));
    diagnostic.finding.fix(Fix::new(
        "run as another account",
        Applicability::Manual,
        vec![Edit::replace(Span::new(67, 71), "ACCOUNT")],
    ));

    let diagnostic = case.finding(compose, "build: api", "`build` has no tag");
    diagnostic.severity = Severity::Info;
    diagnostic.confidence = Confidence::Medium;

    let diagnostic = case.finding(compose, "hunter2", "`TOKEN` holds a secret");
    diagnostic.suppressed = Some(Suppression {
        by: SuppressedBy::Comment,
        reason: Some("only for tests".to_owned()),
    });
    case.problems.push(Problem {
        path: Some("web/Dockerfile".to_owned()),
        message: "cannot read: permission denied".to_owned(),
    });
    case
}

/// Texts that renderers stumble over, one finding or a few in each.
pub fn odd_texts() -> Case {
    let mut case = Case::default();

    let file = case.file("tabs", "FROM a\nRUN\tset -e;\t\tcurl x\t| sh\n");
    case.finding(file, "curl", "behind tabs");

    let file = case.file("wide", "FROM 日本語イメージ:latest\nRUN echo 🎉 é end\n");
    case.finding(file, "latest", "behind wide characters");
    case.finding(file, "end", "behind an emoji");

    let file = case.file("crlf", "FROM a\r\nRUN x\r\nRUN y\r\n");
    case.finding(file, "RUN x", "before a CRLF");
    case.finding(file, "\r\n", "only a CRLF");
    case.finding(file, "RUN x\r\nRUN y\r\n", "two lines with CRLF");

    let file = case.file("cr", "FROM a\rRUN x\rRUN y");
    case.finding(file, "RUN x", "between lone carriage returns");

    let file = case.file("bom", "\u{feff}FROM a\n");
    case.finding_at(location(file, 0, 3), "the byte order mark");
    case.finding(file, "FROM", "behind a byte order mark");

    let file = case.file("end", "FROM a");
    case.finding_at(
        location(file, 6, 6),
        "the end of a file without a line break",
    );
    let file = case.file("end-of-line", "FROM a\n");
    case.finding_at(location(file, 7, 7), "the end of a file with one");
    case.finding_at(location(file, 6, 6), "the end of a line");
    case.finding_at(location(file, 90, 99), "behind the end");
    let file = case.file("empty", "");
    case.finding_at(location(file, 0, 0), "an empty file");
    case.finding_at(location(FileId(99), 0, 0), "a file that is not there");
    case
}

/// A message, a name and texts that try to steer the terminal.
pub fn hostile() -> Case {
    let mut case = Case::default();
    let file = case.file(
        "a\x1b[2Jb:\u{202e}elifrekcoD,%\n::error::x",
        "FROM x\x1b[31mRED\x1b[0m:latest \x07\x1b]0;title\x07\u{202e}evil\u{9b}31m\u{200b}\n\u{2028}\u{85}RUN\0\n",
    );
    let label = case.at(file, "evil").span;
    let diagnostic = case.finding(
        file,
        "latest",
        "`x\x1b[35m\u{9d}0;t\u{9c}` is\r\n::error::red",
    );
    diagnostic
        .finding
        .label(label, "label \x1b[32mgreen\u{2066}\nsecond line")
        .help("pin it\x1b[5m\n::warning::100%")
        .fix(Fix::new(
            "write \x1b[7m`y`",
            Applicability::Safe,
            vec![Edit::insert(0, "\x1b\u{202e}\u{e0041}\x7f\u{85}")],
        ));
    diagnostic.url = "https://example.org/\x1b\\\x1b[31m".to_owned();
    case.problems.push(Problem {
        path: Some("x\x1b[31m\ny".to_owned()),
        message: "cannot read:\x1b[31m no".to_owned(),
    });
    case
}

#[test]
fn full() {
    snapshot("full", &project().full());
}

#[test]
fn full_with_color_and_links() {
    let style = Style {
        color: true,
        hyperlinks: true,
        ..Style::default()
    };
    let text = project().report(Format::Full, &style);
    snapshot("full-color", &text.replace('\x1b', "␛"));
}

#[test]
fn full_in_ascii() {
    let style = Style {
        unicode: false,
        width: 60,
        ..Style::default()
    };
    let text = project().report(Format::Full, &style);
    assert!(text.is_ascii());
    snapshot("full-ascii", &text);
}

#[test]
fn full_on_odd_texts() {
    snapshot("full-odd", &odd_texts().full());
}

#[test]
fn full_on_marks_that_meet() {
    let mut case = Case::default();
    let file = case.file("Dockerfile", "RUN curl -k https://x | sh\n");
    let (insecure, url) = (case.at(file, "-k").span, case.at(file, "https://x").span);
    case.finding(file, "curl -k https://x | sh", "overlapping marks")
        .finding
        .label(insecure, "not checked")
        .label(url, "taken from here");

    let file = case.file("several", "FROM a AS b\nRUN x\nCOPY --from=b /a /b\n");
    let (a, b) = (case.at(file, "a").span, case.at(file, "b").span);
    let last = case.at(file, "--from=b").span;
    case.finding(file, "a", "several on a line, and the finding's own")
        .finding
        .label(a, "the image")
        .label(b, "the name")
        .label(last, "used here");

    let lines: String = (1..=30).map(|line| format!("RUN step {line}\n")).collect();
    let file = case.file("far", &lines);
    let (first, second) = (
        case.at(file, "step 2\n").span,
        case.at(file, "step 29").span,
    );
    case.finding(file, "step 15", "marks far away")
        .finding
        .label(second, "later")
        .label(first, "earlier");
    case.finding(file, "step 3\nRUN step 4\nRUN step 5", "three lines");
    let (inner, outer) = (
        case.at(file, "step 12").span,
        case.at(file, "RUN step 10\nRUN step 11\nRUN step 12\n")
            .span,
    );
    case.finding_at(
        location(file, inner.start, inner.end),
        "inside of several lines",
    )
    .finding
    .label(outer, "all of this");
    let (first, second) = (
        case.at(file, "RUN step 20").span,
        case.at(file, "step 21").span,
    );
    let end = case.at(file, "step 22").span.end;
    case.finding_at(
        location(file, first.start, end),
        "several lines around others",
    )
    .finding
    .label(first, "on the first")
    .label(second, "on the second");
    case.finding_at(location(file, 0, lines.len() as u32), "the whole file")
        .finding
        .label(Span::new(11, 200), "many lines");
    let diagnostic = case.finding(file, "step 1\n", "more labels than there is room for");
    for line in 2..=20 {
        let start = lines.find(&format!("step {line}\n")).unwrap() as u32;
        diagnostic
            .finding
            .label(Span::new(start, start + 4), format!("number {line}"));
    }
    snapshot("full-marks", &case.full());
}

#[test]
fn full_on_long_lines() {
    let mut case = Case::default();
    let (a, b) = ("a".repeat(3000), "日".repeat(1000));
    let text = format!("FROM x\nRUN {a} curl http://x {b} end\nRUN {b}\n");
    let file = case.file("long", &text);
    case.finding(file, "curl", "in the middle");
    case.finding(file, "RUN", "at the beginning");
    case.finding(file, " end", "at the end");
    let end = case.at(file, " end").span;
    let http = case.at(file, "http").span;
    case.finding(file, "curl", "marks near and far on one line")
        .finding
        .label(http, "near")
        .label(end, "far");
    let (from, to) = (case.at(file, "RUN a").span, case.at(file, " end").span);
    case.finding_at(location(file, from.start, to.end), "the whole line");
    case.finding_at(
        location(file, from.start, text.len() as u32),
        "two whole lines",
    );
    snapshot("full-long", &case.full());
}

#[test]
fn full_without_findings() {
    let mut case = Case::default();
    case.file("Dockerfile", "FROM a\n");
    assert_eq!(case.full(), "No findings in 1 file\n");
}

#[test]
fn concise() {
    snapshot(
        "concise",
        &project().report(Format::Concise, &Style::default()),
    );
    let odd = odd_texts().report(Format::Concise, &Style::default());
    snapshot("concise-odd", &odd);
}

#[test]
fn github() {
    snapshot(
        "github",
        &project().report(Format::Github, &Style::default()),
    );
    let odd = odd_texts().report(Format::Github, &Style::default());
    snapshot("github-odd", &odd);
}

#[test]
fn json() {
    snapshot("json", &project().report(Format::Json, &Style::default()));
}

#[test]
fn hostile_texts_are_shown_harmlessly() {
    let case = hostile();
    let mut all = String::new();
    for format in Format::ALL {
        // With a NUL byte Code Climate has each issue end; a terminal shows nothing for it.
        let text = case
            .report(format, &Style::default())
            .replace("}\0\n", "}\n");
        let harmful = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}')
        };
        assert_eq!(text.chars().find(|c| harmful(*c)), None, "{format:?}");
        all.push_str(&format!("=== {}\n{text}", format.as_str()));
    }
    snapshot("hostile", &all);

    // With all sequences on, none but ours come out.
    let style = Style {
        color: true,
        hyperlinks: true,
        ..Style::default()
    };
    let text = case.report(Format::Full, &style);
    assert!(
        !text.contains("\x1b[31mRED") && !text.contains("\x1b]"),
        "{text:?}"
    );
}

#[test]
fn json_parses_and_carries_each_field() {
    let value: Value =
        serde_json::from_str(&project().report(Format::Json, &Style::default())).unwrap();
    assert_eq!(value["version"], 1);
    assert_eq!(value["tool"]["name"], "dockworthy");
    assert_eq!(value["tool"]["version"], env!("CARGO_PKG_VERSION"));
    let summary = serde_json::json!({
        "files": 2, "errors": 1, "warnings": 1, "infos": 1, "fixable": 1, "suppressed": 1
    });
    assert_eq!(value["summary"], summary);
    assert_eq!(value["diagnostics"].as_array().unwrap().len(), 4);
    let second = serde_json::json!({
        "rule": "some-rule", "aliases": ["DL3002", "CKV_DOCKER_3"], "severity": "error",
        "category": "security", "confidence": "high",
        "path": "api/Dockerfile", "message": "the last `USER` is `root`",
        "help": "add `USER` with an unprivileged account after the last step that needs root",
        "range": {"start": {"line": 4, "column": 6, "offset": 67},
                  "end": {"line": 4, "column": 10, "offset": 71}},
        "labels": [{"path": "compose.yaml",
                    "range": {"start": {"line": 4, "column": 17, "offset": 48},
                              "end": {"line": 4, "column": 21, "offset": 52}},
                    "message": "and the service that runs it is privileged"}],
        "url": "https://example.org/rules/some-rule", "fingerprint": "0123456789abcdef",
        "suppressed": null,
        "fixes": [
            {"title": "remove the line", "applicability": "safe",
             "edits": [{"path": "api/Dockerfile",
                        "range": {"start": {"line": 4, "column": 1, "offset": 62},
                                  "end": {"line": 5, "column": 1, "offset": 72}},
                        "text": ""}]},
            {"title": "run as another account", "applicability": "manual",
             "edits": [{"path": "api/Dockerfile",
                        "range": {"start": {"line": 4, "column": 6, "offset": 67},
                                  "end": {"line": 4, "column": 10, "offset": 71}},
                        "text": "ACCOUNT"}]}]
    });
    assert_eq!(value["diagnostics"][1], second);
    let suppressed = serde_json::json!({"by": "comment", "reason": "only for tests"});
    assert_eq!(value["diagnostics"][3]["suppressed"], suppressed);
    assert_eq!(value["diagnostics"][2]["help"], Value::Null);
    let problems = serde_json::json!([
        {"path": "web/Dockerfile", "message": "cannot read: permission denied"}
    ]);
    assert_eq!(value["problems"], problems);
}

#[test]
fn json_loses_nothing_of_hostile_texts() {
    let case = hostile();
    let value: Value = serde_json::from_str(&case.report(Format::Json, &Style::default())).unwrap();
    let diagnostic = &value["diagnostics"][0];
    assert_eq!(
        diagnostic["path"],
        "a\x1b[2Jb:\u{202e}elifrekcoD,%\n::error::x"
    );
    assert_eq!(
        diagnostic["message"],
        "`x\x1b[35m\u{9d}0;t\u{9c}` is\r\n::error::red"
    );
    let edit = &diagnostic["fixes"][0]["edits"][0];
    assert_eq!(edit["text"], "\x1b\u{202e}\u{e0041}\x7f\u{85}");
}

#[test]
fn json_of_an_empty_run_parses() {
    let value: Value =
        serde_json::from_str(&Case::default().report(Format::Json, &Style::default())).unwrap();
    assert_eq!(value["diagnostics"], serde_json::json!([]));
    assert_eq!(value["problems"], serde_json::json!([]));
}

#[test]
fn locale_decides_about_unicode() {
    let locale = |set: &[(&str, &str)]| {
        Style::unicode_locale(|name| {
            let found = set.iter().find(|(key, _)| *key == name)?;
            Some(found.1.to_owned())
        })
    };
    assert!(locale(&[]));
    assert!(locale(&[("LANG", "de_DE.UTF-8")]));
    assert!(locale(&[
        ("LC_ALL", ""),
        ("LC_CTYPE", "C.utf8"),
        ("LANG", "C")
    ]));
    assert!(!locale(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
    assert!(!locale(&[("LANG", "POSIX")]));
}

/// The length of a report on `number` findings in one file.
fn length(format: Format, text: &str, number: usize) -> usize {
    let mut case = Case::default();
    let file = case.file("Dockerfile", text);
    let step = text.len() / number;
    for index in 0..number {
        let mut start = index * step;
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let mut end = start + 3;
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let at = location(file, start as u32, end as u32);
        case.finding_at(at, "package is not pinned")
            .finding
            .help("pin it");
    }
    case.report(format, &Style::default()).len()
}

#[test]
fn reports_are_linear_in_findings_and_lines() {
    let lines: String = (0..20_000)
        .map(|line| {
            format!("RUN apt-get install -y package-{line} && curl -k https://é.example/{line}\n")
        })
        .collect();
    let one_line = lines.replace('\n', " ");
    for text in [&lines, &one_line] {
        for format in Format::ALL {
            // Quadratic behaviour would take minutes here.
            assert!(length(format, text, 10_000) > 10_000);
        }
    }
}

/// Numbers that look random and are the same in each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }

    /// A text of pieces, each taken from `pieces`.
    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        let number = self.below(most);
        (0..number)
            .map(|_| pieces[self.below(pieces.len())])
            .collect()
    }

    /// A span of `text`, on character boundaries, often short.
    fn span(&mut self, text: &str) -> Span {
        let boundaries: Vec<usize> = (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .collect();
        let start = self.below(boundaries.len());
        let rest = boundaries.len() - start;
        let most = if self.below(3) == 0 {
            rest
        } else {
            rest.min(9)
        };
        let end = start + self.below(most);
        Span::from_range(boundaries[start]..boundaries[end])
    }
}

#[test]
fn any_text_and_any_ranges_can_be_drawn() {
    let pieces = [
        "a",
        "RUN ",
        " ",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "é",
        "日",
        "🎉",
        "\u{feff}",
        "\x1b[31m",
        "\u{202e}",
        "\u{301}",
        "\0",
        "a long word in a long line ",
        "\u{85}",
        "::",
        "\u{200d}",
    ];
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for round in 0..1000 {
        let mut case = Case::default();
        let most = if round % 3 == 0 { 400 } else { 40 };
        let texts = [numbers.text(&pieces, most), numbers.text(&pieces, most)];
        let files = [case.file("one", &texts[0]), case.file("two", &texts[1])];
        let span = numbers.span(&texts[0]);
        let at = Location {
            file: files[0],
            span,
        };
        let diagnostic = case.finding_at(at, "message");
        for _ in 0..numbers.below(6) {
            let which = numbers.below(2);
            let span = numbers.span(&texts[which]);
            let file = files[which];
            diagnostic.finding.label(Location { file, span }, "label");
        }
        for (width, unicode) in [(100, true), (0, false)] {
            let style = Style {
                width,
                unicode,
                ..Style::default()
            };
            let text = case.report(Format::Full, &style);
            let drawn = text.contains("─[one:") || text.contains("-[one:");
            assert!(
                drawn,
                "round {round}: {texts:?} {diagnostics:?}",
                diagnostics = case.diagnostics
            );
            let harmful = |c: char| c.is_control() && c != '\n';
            assert_eq!(text.chars().find(|c| harmful(*c)), None, "round {round}");
        }
        for format in Format::ALL {
            case.report(format, &Style::default());
        }
    }
}

#[test]
fn what_is_underlined_is_the_range() {
    let pieces = [
        "RUN ",
        "a",
        "bc",
        "def ",
        "\n",
        "\n\n",
        "a long word in a long line ",
        "-x",
    ];
    let mut numbers = Numbers(88_172_645_463_325_252);
    let mut seen = 0;
    for round in 0..3000 {
        let text = numbers.text(&pieces, 60);
        let span = numbers.span(&text);
        let wanted = span.text(&text);
        if wanted.is_empty() || wanted.contains('\n') {
            continue;
        }
        let mut case = Case::default();
        let file = case.file("file", &text);
        case.finding_at(Location { file, span }, "message");
        let drawn = case.full();
        let rows: Vec<&str> = drawn.lines().collect();
        let marks = rows.iter().position(|row| row.contains('·')).unwrap();
        let underlined: String = rows[marks]
            .chars()
            .zip(rows[marks - 1].chars().chain(std::iter::repeat(' ')))
            .filter(|(mark, _)| *mark == '─')
            .map(|(_, character)| character)
            .collect();
        // Of a range wider than the screen the beginning is shown.
        let fits = wanted.len() <= 60;
        let same = underlined == wanted || (!fits && wanted.starts_with(&underlined));
        assert!(
            same,
            "round {round}: {wanted:?}, underlined {underlined:?}\n{drawn}"
        );
        seen += 1;
    }
    assert!(seen > 1000);
}

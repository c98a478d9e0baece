//! Our rules against ShellCheck 0.11, code by code, on the scripts of the corpus.
//!
//! ShellCheck gets what a shell would get: the text of each `RUN`, continuations joined, with the variables of
//! `ARG` and `ENV` exported in front. Its findings are mapped back to the Dockerfile and paired with those of
//! the rules that answer to the same code. `DOCKWORTHY_SHELLCHECK` names the program, which is otherwise
//! looked for on the path; `DOCKWORTHY_SHELLCHECK_SHOW=SC2086` prints every difference in one code.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use dockworthy::check;
use dockworthy::diagnostic::Diagnostic;
use dockworthy::dockerfile::Dockerfile;
use dockworthy::dockerfile::ast::InstructionKind;
use dockworthy::dockerfile::parse::parse;
use dockworthy::dockerfile::script::ShellScript;
use dockworthy::engine::meta::{Preset, Rule};
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{Level, RuleSetting, Settings};
use dockworthy::rules::RULES;
use dockworthy::shell::Dialect;
use dockworthy::shell::ast::Command as ShellCommand;
use dockworthy::shell::walk::Node;
use dockworthy::text::lines::Unit;
use dockworthy::text::{Cooked, FileId, SourceFile, Span};
use dockworthy::workspace::kind::Kind;
use serde_json::Value;

use crate::corpus;

/// A finding that only one of us makes, and why that is right.
struct Difference {
    /// The code, or the rule if the finding is ours.
    code: &'static str,
    /// A part of the file's path.
    file: &'static str,
    /// A part of the line that the finding begins on.
    line: &'static str,
    reason: &'static str,
}

const DIFFERENCES: &[Difference] = &[
    Difference {
        code: "SC2086",
        file: "moby__buildkit/hack/dockerfiles/lint.Dockerfile",
        line: "$analyzer",
        reason: "the variable of a loop over words that were split already",
    },
    Difference {
        code: "SC2155",
        file: "cpuguy83-nagios/Dockerfile",
        line: "$(echo $NAGIOS_HOME/share)",
        reason: "`echo` does not fail",
    },
    Difference {
        code: "SC2016",
        file: "aeronet.dockerfile",
        line: "sh -c 'mkdir -p /deps$(dirname %)",
        reason: "a script for another shell, here behind `xargs`",
    },
    Difference {
        code: "SC2154",
        file: "jessfraz__dockerfiles/",
        line: "$buildDeps",
        reason: "a POSIX shell keeps an assignment in front of a special builtin, here `set`",
    },
];

/// Codes about files that a script reads, which nobody has here, as hadolint leaves them out.
const LEFT_OUT: &str = "SC1090,SC1091,SC2187";

/// The code that every syntax error is counted under; ShellCheck gives it several.
const SYNTAX: &str = "SC1072";

/// From how many findings on a code is held to [`RECALL`] and [`PRECISION`].
const ENOUGH: usize = 20;
/// Which part of ShellCheck's findings we make, in percent.
const RECALL: usize = 95;
/// Which part of our findings ShellCheck makes, in percent.
const PRECISION: usize = 98;

/// A script of the corpus.
struct Case {
    /// Its file, as a number in [`Corpus::files`].
    file: usize,
    dialect: &'static str,
    /// Names that are set in front of it.
    variables: Vec<String>,
    text: Cooked<'static>,
    /// Scripts in its strings, which ShellCheck does not look into.
    inner: Vec<Span>,
}

/// A finding of either side.
#[derive(Clone, Debug)]
struct Found {
    /// A code of ShellCheck or a rule of ours.
    name: String,
    span: Span,
    message: String,
}

/// How a code or rule fared.
#[derive(Default)]
struct Score {
    both: usize,
    alone: usize,
    excused: usize,
}

#[test]
fn rules_find_what_shellcheck_finds() {
    let Some(corpus) = corpus::dir() else { return };
    let Some(program) = program() else { return };
    let answering = answering();
    let ruleset = ruleset(&answering);
    let folder = corpus.join("files");
    let mut files = Vec::new();
    let mut cases = Vec::new();
    for path in dockerfiles(&corpus) {
        let bytes = std::fs::read(corpus.join(&path)).expect("readable");
        let source = SourceFile::from_bytes(FileId(0), path, bytes);
        let model = Dockerfile::new(parse(&source.text).tree);
        for script in model.scripts() {
            cases.extend(case(&model, script, files.len()));
        }
        files.push(source);
    }
    assert!(!cases.is_empty(), "no scripts in {}", folder.display());
    let theirs = shellcheck(&program, "corpus", &cases);

    let show = std::env::var("DOCKWORTHY_SHELLCHECK_SHOW").unwrap_or_default();
    let mut codes: BTreeMap<String, Score> = BTreeMap::new();
    let mut rules: BTreeMap<&str, Score> = BTreeMap::new();
    let mut excused = BTreeSet::new();
    for (index, source) in files.iter().enumerate() {
        let of_file = cases
            .iter()
            .zip(&theirs)
            .filter(|(case, _)| case.file == index);
        let linted = check::lint(source, Kind::Dockerfile, &ruleset, None);
        assert!(linted.internal.is_empty(), "{:?}", linted.internal);
        for (case, theirs) in of_file {
            let ours = ours_in(case, theirs, &linted.diagnostics);
            let (pairs, lone_theirs, lone_ours) = paired(theirs, &ours);
            for (their, our) in pairs {
                codes.entry(theirs[their].name.clone()).or_default().both += 1;
                let rule = answering.iter().find(|rule| rule.meta.id == ours[our].name);
                rules
                    .entry(rule.expect("one of them").meta.id)
                    .or_default()
                    .both += 1;
            }
            let alone = lone_theirs.iter().map(|at| (&theirs[*at], true));
            let alone = alone.chain(lone_ours.iter().map(|at| (&ours[*at], false)));
            for (found, is_theirs) in alone {
                let line = line_of(source, found.span.start);
                let excuse = DIFFERENCES.iter().position(|difference| {
                    found.name == difference.code
                        && source.path.to_string_lossy().contains(difference.file)
                        && line.1.contains(difference.line)
                });
                let rule = answering.iter().find(|rule| rule.meta.id == found.name);
                let score = match rule {
                    Some(rule) => rules.entry(rule.meta.id).or_default(),
                    None => codes.entry(found.name.clone()).or_default(),
                };
                if let Some(excuse) = excuse {
                    assert!(!DIFFERENCES[excuse].reason.is_empty());
                    excused.insert(excuse);
                    score.excused += 1;
                    continue;
                }
                score.alone += 1;
                let is_shown = if is_theirs {
                    show == found.name
                } else {
                    answers(&found.name, &show)
                };
                if is_shown {
                    let who = if is_theirs {
                        "ShellCheck"
                    } else {
                        "dockworthy"
                    };
                    let (line, text, column) = (line.0, line.1.trim(), line.2);
                    let (path, message) = (source.path.display(), &found.message);
                    println!("{path}:{line}:{column}: only {who}: {message}\n    {text}");
                }
            }
        }
    }

    let mut table = String::new();
    let mut failures = String::new();
    let _ = writeln!(
        table,
        "{:44} {:>5} {:>5} {:>7}",
        "", "both", "alone", "excused"
    );
    for (code, score) in &codes {
        let covered = answering
            .iter()
            .any(|rule| rule.meta.aliases.contains(&&**code));
        let mark = if covered { "" } else { " (no rule)" };
        let _ = writeln!(
            table,
            "{:44} {:5} {:5} {:7}",
            format!("{code}{mark}"),
            score.both,
            score.alone,
            score.excused
        );
        let all = score.both + score.alone;
        if covered && all >= ENOUGH && score.both * 100 < all * RECALL {
            let _ = writeln!(failures, "{code}: {} of {all} are found", score.both);
        }
    }
    for (rule, score) in &rules {
        let _ = writeln!(
            table,
            "{rule:44} {:5} {:5} {:7}",
            score.both, score.alone, score.excused
        );
        let all = score.both + score.alone;
        if all >= ENOUGH && score.both * 100 < all * PRECISION {
            let _ = writeln!(
                failures,
                "{rule}: {} of {all} are ShellCheck's as well",
                score.both
            );
        }
    }
    for (index, difference) in DIFFERENCES.iter().enumerate() {
        if !excused.contains(&index) {
            let _ = writeln!(
                failures,
                "{}: {}: no longer differs",
                difference.file, difference.line
            );
        }
    }
    println!("{} scripts\n{table}", cases.len());
    assert_eq!(failures, "");
}

/// ShellCheck, if it is there.
pub fn program() -> Option<OsString> {
    let program = std::env::var_os("DOCKWORTHY_SHELLCHECK").unwrap_or_else(|| "shellcheck".into());
    let version = Command::new(&program).arg("--version").output();
    let is_there = version
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("version: 0.11"));
    if !is_there {
        println!("skipped: no ShellCheck 0.11");
    }
    is_there.then_some(program)
}

/// The rules that answer to codes of ShellCheck.
fn answering() -> Vec<&'static Rule> {
    let rules = RULES.iter();
    rules
        .filter(|rule| rule.meta.aliases.iter().any(|alias| is_code(alias)))
        .collect()
}

/// Our findings in a script that ShellCheck could have made.
fn ours_in(case: &Case, theirs: &[Found], diagnostics: &[Diagnostic]) -> Vec<Found> {
    let whole = case.text.span(0..case.text.text().len());
    // What ShellCheck cannot read it does not look at any further.
    let is_unread = theirs.iter().any(|found| found.name == SYNTAX);
    let mut ours: Vec<Found> = diagnostics
        .iter()
        .filter(|diagnostic| {
            let start = diagnostic.finding.at.span.start;
            whole.touches(start) && !case.inner.iter().any(|inner| inner.touches(start))
        })
        .filter(|diagnostic| !is_unread || answers(diagnostic.rule, SYNTAX))
        .map(|diagnostic| Found {
            name: diagnostic.rule.to_owned(),
            span: diagnostic.finding.at.span,
            message: diagnostic.finding.message.clone(),
        })
        .collect();
    first_only(&mut ours, |found| answers(&found.name, SYNTAX));
    ours
}

/// Keeps the first of the findings that say where reading stopped: what follows from it is nobody's fault.
fn first_only(found: &mut Vec<Found>, is_syntax: impl Fn(&Found) -> bool) {
    let mut was_seen = false;
    found.retain(|found| !is_syntax(found) || !std::mem::replace(&mut was_seen, true));
}

/// What the lines behind a snippet say: `#- SC1234 why` if only ShellCheck speaks, `#+ rule why` if only we do.
#[derive(Default)]
struct Snippet {
    line: usize,
    text: String,
    only_theirs: Vec<String>,
    only_ours: Vec<String>,
}

#[test]
fn rules_find_what_shellcheck_finds_in_snippets() {
    let Some(program) = program() else { return };
    let answering = answering();
    let ruleset = ruleset(&answering);
    let mut report = String::new();
    for (name, shell) in [("sh", ""), ("bash", "SHELL [\"/bin/bash\", \"-c\"]\n")] {
        let snippets = snippets(name);
        let mut sources = Vec::new();
        let mut cases = Vec::new();
        for (index, snippet) in snippets.iter().enumerate() {
            let text = format!(
                "FROM example/image\n{shell}RUN <<\"END\"\n{}\nEND\n",
                snippet.text
            );
            let source = SourceFile::from_bytes(FileId(0), "Dockerfile".into(), text.into_bytes());
            let model = Dockerfile::new(parse(&source.text).tree);
            let script = model.scripts().first().expect("one script");
            cases.push(case(&model, script, index).expect("a script of RUN"));
            sources.push(source);
        }
        let theirs = shellcheck(&program, name, &cases);
        for (index, snippet) in snippets.iter().enumerate() {
            let linted = check::lint(&sources[index], Kind::Dockerfile, &ruleset, None);
            let covered: Vec<Found> = theirs[index]
                .iter()
                .filter(|found| {
                    OURS.contains(&found.name.as_str())
                        && answering
                            .iter()
                            .any(|rule| rule.meta.aliases.contains(&&*found.name))
                })
                .cloned()
                .collect();
            let ours: Vec<Found> = ours_in(&cases[index], &theirs[index], &linted.diagnostics)
                .into_iter()
                .filter(|found| OURS.iter().any(|code| answers(&found.name, code)))
                .collect();
            let (_, lone_theirs, lone_ours) = paired(&covered, &ours);
            let names = |found: &[Found], at: Vec<usize>| {
                let mut names: Vec<String> = at.iter().map(|at| found[*at].name.clone()).collect();
                names.sort();
                names
            };
            let (lone_theirs, lone_ours) = (names(&covered, lone_theirs), names(&ours, lone_ours));
            if lone_theirs != snippet.only_theirs || lone_ours != snippet.only_ours {
                let _ = writeln!(
                    report,
                    "{name}:{}: only ShellCheck: {lone_theirs:?}, only dockworthy: {lone_ours:?}\n{}",
                    snippet.line, snippet.text
                );
            }
        }
    }
    assert_eq!(report, "");
}

/// The codes that the snippets are about.
const OURS: &[&str] = &[
    "SC1001", "SC1012", "SC1072", "SC2006", "SC2016", "SC2028", "SC2035", "SC2046", "SC2048",
    "SC2059", "SC2068", "SC2086", "SC2154", "SC2155",
];

/// The snippets for a shell, one a line (`␤` is a line break), with what is different about them.
fn snippets(shell: &str) -> Vec<Snippet> {
    let path = format!("tests/it/shell/snippets.{shell}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(path).expect("the snippets");
    let mut snippets: Vec<Snippet> = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let first = |rest: &str| rest.split(' ').next().unwrap_or_default().to_owned();
        if let Some(rest) = content.strip_prefix("#- ") {
            let snippet = snippets.last_mut().expect("a snippet above");
            snippet.only_theirs.push(first(rest));
        } else if let Some(rest) = content.strip_prefix("#+ ") {
            let snippet = snippets.last_mut().expect("a snippet above");
            snippet.only_ours.push(first(rest));
        } else if !content.is_empty() && !content.starts_with("## ") {
            snippets.push(Snippet {
                line,
                text: content.replace('␤', "\n"),
                ..Snippet::default()
            });
        }
    }
    snippets
}

/// Whether an alias is a code of ShellCheck.
fn is_code(alias: &str) -> bool {
    alias
        .strip_prefix("SC")
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a rule answers to a code.
fn answers(rule: &str, code: &str) -> bool {
    let rule = RULES.iter().find(|other| other.meta.id == rule);
    rule.is_some_and(|rule| rule.meta.aliases.contains(&code))
}

/// A script that ShellCheck can read, with what it needs to know.
fn case(model: &Dockerfile, script: &ShellScript, file: usize) -> Option<Case> {
    let is_run = matches!(
        model.acting(script.instruction).kind,
        InstructionKind::Run(_)
    );
    let dialect = match script.dialect {
        Dialect::Posix => "sh",
        Dialect::Bash => "bash",
        Dialect::Ksh => "ksh",
        _ => return None,
    };
    let variables = model.config_at(script.instruction).variables();
    let proxies = [
        "http_proxy",
        "https_proxy",
        "ftp_proxy",
        "no_proxy",
        "all_proxy",
    ];
    let mut variables: Vec<String> = variables
        .map(|variable| variable.name.to_string())
        .chain(proxies.map(str::to_owned))
        .filter(|name| {
            let is_name = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
            !name.starts_with(|first: char| first.is_ascii_digit()) && name.bytes().all(is_name)
        })
        .collect();
    variables.sort();
    let nodes = script.script.iter().flat_map(|script| script.nodes());
    let inner = nodes.filter_map(|(node, _)| match node {
        Node::Command(ShellCommand::Simple(command)) => command.inner_script(),
        _ => None,
    });
    let inner = inner
        .filter(|inner| inner.is_exact)
        .map(|inner| inner.script.span)
        .collect();
    is_run.then(|| Case {
        inner,
        file,
        dialect,
        variables,
        text: script.text.clone(),
    })
}

/// What ShellCheck says of each case, half of the cases of one dialect in one process. `name` is for the folder
/// that it reads.
fn shellcheck(program: &OsStr, name: &str, cases: &[Case]) -> Vec<Vec<Found>> {
    let folder = std::env::temp_dir().join(format!(
        "dockworthy-shellcheck-{name}-{}",
        std::process::id()
    ));
    std::fs::create_dir_all(&folder).expect("a folder for the scripts");
    let mut found = vec![Vec::new(); cases.len()];
    let mut running = Vec::new();
    for dialect in ["sh", "bash", "ksh"] {
        let of_dialect: Vec<usize> = (0..cases.len())
            .filter(|index| cases[*index].dialect == dialect)
            .collect();
        for part in of_dialect.chunks(of_dialect.len().div_ceil(2).max(1)) {
            let mut command = Command::new(program);
            command.args(["--norc", "-f", "json1", "-s", dialect, "-e", LEFT_OUT]);
            command.current_dir(&folder);
            for index in part {
                let case = &cases[*index];
                let name = index.to_string();
                let mut text = String::from("export HTTP_PROXY=1");
                for variable in &case.variables {
                    let _ = write!(text, " {variable}=1");
                }
                text.push('\n');
                text.push_str(case.text.text());
                std::fs::write(folder.join(&name), text).expect("written");
                command.arg(name);
            }
            command.stdout(std::process::Stdio::piped());
            running.push(command.spawn().expect("ShellCheck runs"));
        }
    }
    for child in running {
        let output = child.wait_with_output().expect("ShellCheck ends");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        for comment in answer["comments"].as_array().expect("comments") {
            let index: usize = comment["file"]
                .as_str()
                .expect("a name")
                .parse()
                .expect("a number");
            found[index].extend(mapped(comment, &cases[index].text));
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    for found in &mut found {
        let is_syntax = |found: &Found| answers("shell-syntax-error", &found.name);
        first_only(found, is_syntax);
        for found in found.iter_mut().filter(|found| is_syntax(found)) {
            SYNTAX.clone_into(&mut found.name);
        }
    }
    found
}

/// A comment of ShellCheck with its place in the Dockerfile; `None` for the line with the variables.
fn mapped(comment: &Value, text: &Cooked<'_>) -> Option<Found> {
    let number =
        |key: &str| usize::try_from(comment[key].as_u64().expect("a number")).expect("small");
    let offset = |line: &str, column: &str| {
        let line = number(line).checked_sub(2)?;
        let start: usize = text
            .text()
            .split_inclusive('\n')
            .take(line)
            .map(str::len)
            .sum();
        let rest = text.text().get(start..)?;
        let column = rest
            .chars()
            .take(number(column) - 1)
            .map(char::len_utf8)
            .sum::<usize>();
        Some(start + column)
    };
    let start = offset("line", "column")?;
    let end = offset("endLine", "endColumn")?.max(start);
    Some(Found {
        name: format!("SC{}", number("code")),
        span: text.span(start..end),
        message: comment["message"].as_str().unwrap_or_default().to_owned(),
    })
}

/// Pairs of findings that mean the same, as indexes, and those that are left.
fn paired(theirs: &[Found], ours: &[Found]) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let mut pairs = Vec::new();
    let mut is_paired = (vec![false; theirs.len()], vec![false; ours.len()]);
    let same_start = |a: Span, b: Span| a.start == b.start;
    let overlap = |a: Span, b: Span| a.touches(b.start) || b.touches(a.start);
    for is_near in [&same_start as &dyn Fn(Span, Span) -> bool, &overlap] {
        for (their, found) in theirs.iter().enumerate() {
            if is_paired.0[their] {
                continue;
            }
            let our = ours.iter().enumerate().position(|(our, other)| {
                !is_paired.1[our]
                    && answers(&other.name, &found.name)
                    && (found.name == SYNTAX || is_near(found.span, other.span))
            });
            if let Some(our) = our {
                is_paired.0[their] = true;
                is_paired.1[our] = true;
                pairs.push((their, our));
            }
        }
    }
    let left = |paired: &[bool]| (0..paired.len()).filter(|at| !paired[*at]).collect();
    (pairs, left(&is_paired.0), left(&is_paired.1))
}

/// Number, text and column of the line with an offset, the numbers from 1.
fn line_of(source: &SourceFile, offset: u32) -> (u32, &str, u32) {
    let position = source.lines.position(offset, Unit::Utf32, &source.text);
    let span = source.lines.content_span(position.line, &source.text);
    (
        position.line + 1,
        span.text(&source.text),
        position.column + 1,
    )
}

/// The Dockerfiles of the corpus, relative to its folder.
fn dockerfiles(corpus: &Path) -> Vec<PathBuf> {
    let answers = std::fs::read_to_string(corpus.join("buildkit.jsonl")).expect("the answers");
    let file = |line: &str| {
        let answer: Value = serde_json::from_str(line).expect("JSON");
        PathBuf::from(answer["file"].as_str().expect("a path"))
    };
    answers.lines().map(file).collect()
}

/// Settings under which only these rules run.
fn ruleset(rules: &[&Rule]) -> std::sync::Arc<Ruleset> {
    let mut settings = Settings {
        presets: vec![Preset::None],
        ..Settings::default()
    };
    for rule in rules {
        let setting = RuleSetting {
            level: Some(Level::On(rule.meta.severity)),
            ..RuleSetting::default()
        };
        settings.rules.insert(rule.meta.id, setting);
    }
    Ruleset::build(RULES, &settings)
}

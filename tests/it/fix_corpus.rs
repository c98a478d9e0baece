//! Fixes on the corpus of real files: they bring no new error, a second round changes nothing, and what was
//! fixed is gone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dockworthy::check;
use dockworthy::diagnostic::Applicability;
use dockworthy::engine::fix::{self, Fixed};
use dockworthy::engine::meta::Preset;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::Settings;
use dockworthy::rules::RULES;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;
use serde_json::Value;

use crate::{corpus, peers};

/// Says of each file that is named on standard input, one a line, whether Docker's own parser takes it.
const GO_PARSER: &str = "
import sys, dockerfile
for line in sys.stdin:
    try:
        dockerfile.parse_file(line.rstrip('\\n'))
        print('good')
    except dockerfile.GoParseError as error:
        print('bad:', str(error).replace('\\n', ' '))
";

#[test]
fn safe_fixes_are_stable_and_break_nothing() {
    fixes_are_stable_and_break_nothing(Applicability::Safe);
}

#[test]
fn unsafe_fixes_are_stable_and_break_nothing() {
    fixes_are_stable_and_break_nothing(Applicability::Unsafe);
}

fn fixes_are_stable_and_break_nothing(threshold: Applicability) {
    let Some(corpus) = corpus::dir() else { return };
    let ruleset = Ruleset::build(
        RULES,
        &Settings {
            presets: vec![Preset::All],
            ..Settings::default()
        },
    );
    let files = files(&corpus);
    let halves = files.split_at(files.len() / 2);
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| fix_all(halves.0, &ruleset, threshold));
        let second = fix_all(halves.1, &ruleset, threshold);
        (first.join().expect("the other half"), second)
    });
    let report = first.0 + &second.0;
    assert_eq!(report, "");
    let changed: Vec<Changed> = first.1.into_iter().chain(second.1).collect();
    let findings: usize = changed.iter().map(|file| file.findings).sum();
    println!("{findings} findings fixed in {} files", changed.len());
    assert!(findings > 1000, "{findings} findings fixed");
    docker_still_parses(&changed, &format!("{threshold:?}"));
}

/// A file that fixes changed.
struct Changed {
    path: PathBuf,
    kind: Kind,
    text: String,
    findings: usize,
}

fn fix_all(
    files: &[(PathBuf, Kind)],
    ruleset: &Arc<Ruleset>,
    threshold: Applicability,
) -> (String, Vec<Changed>) {
    let mut report = String::new();
    let mut changed = Vec::new();
    for (path, kind) in files {
        let bytes = std::fs::read(path).expect("the corpus has it");
        let source = SourceFile::from_bytes(FileId(0), path.clone(), bytes);
        let lint = |text: &str| {
            let source = SourceFile::from_text(FileId(0), path.clone(), text);
            check::lint(&source, *kind, ruleset, None).into_fixable()
        };
        let Fixed { text, applied, .. } = fix::fix(&source.text, threshold, lint);
        if applied.is_empty() {
            continue;
        }
        let again = fix::fix(&text, threshold, lint);
        if again.text != text || !again.applied.is_empty() {
            let _ = writeln!(
                report,
                "{}: fixed again: {:?}",
                path.display(),
                again.applied
            );
        }
        let before = lint(&source.text);
        let after = lint(&text);
        if after.syntax_errors > before.syntax_errors {
            let _ = writeln!(report, "{}: more syntax errors", path.display());
        }
        for (rule, count) in &applied {
            let left = |linted: &fix::Linted| {
                let fixable = linted.diagnostics.iter().filter(|diagnostic| {
                    diagnostic.rule == *rule && diagnostic.fix_at_least(threshold).is_some()
                });
                fixable.count()
            };
            if left(&after) > left(&before).saturating_sub(*count) {
                let _ = writeln!(
                    report,
                    "{}: {rule}: {count} fixed of {}, {} left",
                    path.display(),
                    left(&before),
                    left(&after)
                );
            }
        }
        changed.push(Changed {
            path: path.clone(),
            kind: *kind,
            text,
            findings: applied.values().sum(),
        });
    }
    (report, changed)
}

/// The files of the corpus, by kind.
fn files(corpus: &Path) -> Vec<(PathBuf, Kind)> {
    let names = |answers: &str| -> Vec<PathBuf> {
        let lines = std::fs::read_to_string(corpus.join(answers)).expect("the corpus has it");
        let name = |line: &str| {
            let answer: Value = serde_json::from_str(line).expect("JSON");
            corpus.join(answer["file"].as_str().expect("a name"))
        };
        lines.lines().map(name).collect()
    };
    let dockerfiles = names("buildkit.jsonl")
        .into_iter()
        .map(|path| (path, Kind::Dockerfile));
    let compose = names("compose.jsonl")
        .into_iter()
        .map(|path| (path, Kind::Compose));
    dockerfiles
        .chain(compose)
        .filter(|(path, _)| path.is_file())
        .collect()
}

/// Docker's parser takes every changed file that it took before.
fn docker_still_parses(changed: &[Changed], name: &str) {
    let Some(python) = peers::program("python3") else {
        return;
    };
    let folder =
        std::env::temp_dir().join(format!("dockworthy-fixed-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let dockerfiles: Vec<&Changed> = changed
        .iter()
        .filter(|file| file.kind == Kind::Dockerfile)
        .collect();
    let mut after = Vec::new();
    for (number, file) in dockerfiles.iter().enumerate() {
        let path = folder.join(number.to_string());
        std::fs::write(&path, &file.text).expect("a file");
        after.push(path);
    }
    let before: Vec<PathBuf> = dockerfiles.iter().map(|file| file.path.clone()).collect();
    let verdicts = (verdicts(&python, &before), verdicts(&python, &after));
    std::fs::remove_dir_all(&folder).expect("it is ours");
    let (Some(before), Some(after)) = verdicts else {
        println!("skipped: python3 has no module `dockerfile`");
        return;
    };
    for ((file, before), after) in dockerfiles.iter().zip(before).zip(after) {
        let is_worse = before == "good" && after != "good";
        assert!(!is_worse, "{}: {after}\n{}", file.path.display(), file.text);
    }
}

/// What Docker's parser says of each file; `None` where it is not installed.
fn verdicts(python: &Path, files: &[PathBuf]) -> Option<Vec<String>> {
    let input: String = files
        .iter()
        .map(|file| format!("{}\n", file.display()))
        .collect();
    let output = peers::output_of(python, &["-c", GO_PARSER], &input);
    let lines: Vec<String> = output.lines().map(str::to_owned).collect();
    (lines.len() == files.len()).then_some(lines)
}

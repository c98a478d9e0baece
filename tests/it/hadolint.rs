//! Our findings against those of hadolint 2.15, code by code, on the corpus of real files.
//!
//! Findings are compared by instruction: both speak of it under a code, or one of us does. Each difference
//! falls into a class of `hadolint.yaml`, which says who is right and why, how many there are, and which of
//! them somebody looked at. The test fails when a difference has no class, or a class no longer counts what
//! it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use dockworthy::check;
use dockworthy::dockerfile::Dockerfile;
use dockworthy::dockerfile::parse::parse;
use dockworthy::engine::meta::{self, Preset};
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{Level, RuleSetting, Settings};
use dockworthy::rules::RULES;
use dockworthy::text::lines::Unit;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;
use serde::Deserialize;
use serde_json::Value;

use crate::{corpus, peers};

/// How many files one process is given.
const BATCH: usize = 200;

/// The differences under one code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Code {
    code: String,
    classes: Vec<Class>,
}

/// Differences that have the same reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Class {
    only: Side,
    /// What they have in common, as far as a program can see it; a difference belongs to the first class
    /// that it meets.
    #[serde(default)]
    when: When,
    /// Parts of the paths of the files, or `path:line`, that belong to it; all when empty.
    #[serde(default)]
    files: Vec<String>,
    count: usize,
    right: Right,
    reason: String,
    /// Differences that somebody looked at, as `path:line`.
    #[serde(default)]
    looked_at: Vec<String>,
}

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Debug)]
#[serde(rename_all = "kebab-case")]
enum Side {
    Hadolint,
    Dockworthy,
}

/// Who is right.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Debug)]
#[serde(rename_all = "kebab-case")]
enum Right {
    Hadolint,
    Dockworthy,
    /// A matter of taste, or of what is not in the file.
    Both,
}

/// What a program can see about a difference.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, Debug)]
#[serde(rename_all = "kebab-case")]
enum When {
    #[default]
    Always,
    /// Hadolint cannot parse the file and says nothing else about it.
    Unparsed,
    /// The stage of the instruction does not end up in an image.
    NotShipped,
}

/// What one of the two says, by code: files and first lines of instructions, from 1.
type Said = BTreeMap<String, BTreeSet<(String, u64)>>;

#[test]
fn every_difference_to_hadolint_has_its_reason() {
    let (Some(corpus), Some(hadolint)) = (corpus::dir(), peers::program("hadolint")) else {
        return;
    };
    let names = dockerfiles(&corpus);
    let files: BTreeMap<&str, File> = names
        .iter()
        .map(|name| (name.as_str(), File::read(&corpus, name)))
        .collect();
    let theirs = ask(&hadolint, &corpus, &names, &files);
    let ours = lint(&files);
    let unparsed: BTreeSet<&str> = theirs
        .get("DL1000")
        .into_iter()
        .flatten()
        .map(|(file, _)| file.as_str())
        .collect();
    let table: Vec<Code> =
        serde_yaml::from_str(include_str!("hadolint.yaml")).expect("a table of differences");
    let mut report = String::new();
    let nothing = BTreeSet::new();
    println!(
        "{:8} {:>6} {:>14} {:>16}",
        "code", "both", "only hadolint", "only dockworthy"
    );
    for code in codes() {
        let (t, o) = (
            theirs.get(code).unwrap_or(&nothing),
            ours.get(code).unwrap_or(&nothing),
        );
        let both = t.intersection(o).count();
        println!(
            "{code:8} {both:6} {:14} {:16}",
            t.len() - both,
            o.len() - both
        );
        let classes = table.iter().find(|row| row.code == code);
        let classes = classes.map_or(&[][..], |row| &row.classes);
        let mut counts = vec![0; classes.len()];
        for place @ (name, line) in t.symmetric_difference(o) {
            let side = if t.contains(place) {
                Side::Hadolint
            } else {
                Side::Dockworthy
            };
            let holds = |when| match when {
                When::Always => true,
                When::Unparsed => unparsed.contains(name.as_str()),
                When::NotShipped => !files[name.as_str()].is_shipped(*line),
            };
            let is_named = |class: &Class| {
                let at = format!("{name}:{line}");
                class.files.is_empty() || class.files.iter().any(|part| at.contains(part))
            };
            let fits = |class: &Class| class.only == side && holds(class.when) && is_named(class);
            match classes.iter().position(fits) {
                Some(class) => counts[class] += 1,
                None => {
                    let _ = writeln!(report, "{code}: only {side:?} at {name}:{line}");
                }
            }
        }
        for (class, count) in classes.iter().zip(counts) {
            assert!(!class.reason.is_empty());
            let looked_at = class.looked_at.len();
            if class.when == When::Always && looked_at < count.min(10) {
                let _ = writeln!(
                    report,
                    "{code}: only {looked_at} of {count} looked at: {}",
                    class.reason
                );
            }
            if class.only == Side::Hadolint && class.right == Right::Hadolint {
                let _ = writeln!(
                    report,
                    "{code}: hadolint is right, and we are silent: {}",
                    class.reason
                );
            }
            if class.count != count {
                let _ = writeln!(
                    report,
                    "{code}: {count}, not {}: {}",
                    class.count, class.reason
                );
            }
        }
    }
    let unknown = table
        .iter()
        .filter(|row| !codes().any(|code| code == row.code));
    for row in unknown {
        let _ = writeln!(report, "{}: no rule answers to it", row.code);
    }
    assert_eq!(report, "");
}

/// The codes of hadolint's that a rule of ours answers to, sorted.
fn codes() -> impl Iterator<Item = &'static str> {
    let aliases = RULES.iter().flat_map(|rule| rule.meta.aliases);
    let codes: BTreeSet<&str> = aliases
        .copied()
        .filter(|alias| alias.starts_with("DL") && alias.len() == 6)
        .collect();
    codes.into_iter()
}

/// A Dockerfile of the corpus.
struct File {
    source: SourceFile,
    model: Dockerfile,
}

impl File {
    fn read(corpus: &Path, name: &str) -> File {
        let bytes = std::fs::read(corpus.join(name)).expect("the corpus has it");
        let source = SourceFile::from_bytes(FileId(0), name.into(), bytes);
        let model = Dockerfile::new(parse(&source.text).tree);
        File { source, model }
    }

    /// The first line of the instruction that a line belongs to; the line itself where it is between two.
    fn start(&self, line: u64) -> u64 {
        let instructions = self.model.ast.instructions.iter();
        let mut lines = instructions.map(|instruction| instruction.lines);
        let holder = lines.find(|lines| (lines.first.into()..=lines.last.into()).contains(&line));
        holder.map_or(line, |lines| lines.first.into())
    }

    /// Whether the instruction on a line belongs to a stage that ends up in an image.
    fn is_shipped(&self, line: u64) -> bool {
        let instructions = &self.model.ast.instructions;
        let index = instructions
            .iter()
            .position(|i| u64::from(i.lines.first) == line);
        let stage = index.and_then(|index| self.model.stage_of(index));
        stage.is_none_or(|stage| stage.is_output)
    }
}

/// The Dockerfiles of the corpus, relative to its folder.
fn dockerfiles(corpus: &Path) -> Vec<String> {
    let lines = std::fs::read_to_string(corpus.join("buildkit.jsonl")).expect("the corpus has it");
    let name = |line: &str| {
        let answer: Value = serde_json::from_str(line).expect("JSON");
        answer["file"].as_str().expect("a name").to_owned()
    };
    lines.lines().map(name).collect()
}

/// What hadolint says about the files.
fn ask(hadolint: &Path, corpus: &Path, names: &[String], files: &BTreeMap<&str, File>) -> Said {
    let outputs = std::thread::scope(|scope| {
        let batches: Vec<_> = names
            .chunks(BATCH)
            .map(|batch| {
                scope.spawn(move || {
                    let flags = ["--no-fail", "--format", "json"];
                    let args = flags.into_iter().chain(batch.iter().map(String::as_str));
                    peers::output(hadolint, corpus, &args.collect::<Vec<_>>())
                })
            })
            .collect();
        let outputs = batches
            .into_iter()
            .map(|batch| batch.join().expect("hadolint ran"));
        outputs.collect::<Vec<_>>()
    });
    let mut said = Said::new();
    for output in outputs {
        let findings: Vec<Value> = serde_json::from_slice(&output).expect("JSON");
        for finding in findings {
            let text = |key: &str| finding[key].as_str().expect("a text").to_owned();
            let file = text("file");
            let line = files[file.as_str()].start(finding["line"].as_u64().expect("a number"));
            said.entry(text("code")).or_default().insert((file, line));
        }
    }
    said
}

/// What we say about the files, under the codes that our rules answer to.
fn lint(files: &BTreeMap<&str, File>) -> Said {
    let mut settings = Settings {
        presets: vec![Preset::None],
        ..Settings::default()
    };
    for rule in RULES {
        let level = Some(Level::On(rule.meta.severity));
        let setting = RuleSetting {
            level,
            ..RuleSetting::default()
        };
        settings.rules.insert(rule.meta.id, setting);
    }
    let ruleset = Ruleset::build(RULES, &settings);
    let mut said = Said::new();
    for (name, file) in files {
        let linted = check::lint(&file.source, Kind::Dockerfile, &ruleset, None);
        for diagnostic in linted.diagnostics.iter().filter(|d| d.suppressed.is_none()) {
            let rule = meta::find(RULES, diagnostic.rule).expect("the rule exists");
            let start = diagnostic.finding.at.span.start;
            let position = file
                .source
                .lines
                .position(start, Unit::Utf8, &file.source.text);
            let line = file.start(u64::from(position.line) + 1);
            for alias in rule.meta.aliases {
                let places = said.entry((*alias).to_owned()).or_default();
                places.insert(((*name).to_owned(), line));
            }
        }
    }
    said
}

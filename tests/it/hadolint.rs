//! Our findings against those of hadolint 2.15, code by code, on the corpus of real files.
//!
//! Findings are compared by instruction: both speak of it under a code, or one of us does. Each difference
//! falls into a class of `hadolint.yaml`, which says who is right and why, how many there are, and which of
//! them somebody looked at. The test fails when a difference has no class, or a class no longer counts what
//! it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::mem::discriminant;
use std::path::Path;

use dockworthy::check;
use dockworthy::dockerfile::ast::Instruction;
use dockworthy::dockerfile::model::Base;
use dockworthy::dockerfile::parse::parse;
use dockworthy::dockerfile::{Dockerfile, Stage};
use dockworthy::engine::meta;
use dockworthy::knowledge::images::Family;
use dockworthy::rules::RULES;
use dockworthy::shell::ast::{Command, Script, SimpleCommand};
use dockworthy::shell::walk::Node;
use dockworthy::text::lines::Unit;
use dockworthy::text::{FileId, SourceFile, Span};
use dockworthy::workspace::kind::Kind;
use serde::Deserialize;
use serde_json::Value;

use crate::corpus;
use crate::peers::{self, faults};

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
    /// Programs. All that write into a pipe in the instruction are among them; any when empty.
    #[serde(default)]
    pipes_from: Vec<String>,
    /// Parts of the paths of the files, or `path:line`, that belong to it; all when empty.
    #[serde(default)]
    files: Vec<String>,
    count: usize,
    right: Right,
    reason: String,
    /// Differences that somebody looked at, as `path:line`: ten of them, or all where there are fewer.
    #[serde(default)]
    looked_at: Vec<String>,
}

impl Class {
    /// Whether a difference is one of its.
    fn has(&self, found: &Difference<'_>) -> bool {
        self.only == found.side
            && found.is(self.when)
            && (self.pipes_from.is_empty() || found.file.pipes_from(found.line, &self.pipes_from))
            && (self.files.is_empty() || self.files.iter().any(|part| found.at.contains(part)))
    }

    /// What is wrong with what it says, now that its differences are known.
    fn faults(&self, found: &[String]) -> Vec<String> {
        let mut faults = faults(self.count, &self.reason, &self.looked_at, found);
        if self.only == Side::Hadolint && self.right == Right::Hadolint {
            faults.push("hadolint is right, and we are silent".to_owned());
        }
        faults
    }
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
    /// Hadolint gives up on the file and says nothing else about it: over a comment behind a heredoc, a mount
    /// without a target, or something that Docker refuses as well.
    Unparsed,
    /// The stage of the instruction does not end up in an image.
    NotShipped,
    /// A later instruction of the same kind in the stage takes its place.
    Replaced,
    /// Hadolint says it under another code that the same rule of ours answers to.
    UnderAnotherCode,
    /// The stage has neither `CMD` nor `ENTRYPOINT`, nor has one of the file that it is built on.
    NoProgram,
    /// Another stage is built on the stage of the instruction.
    BaseOfAnother,
    /// The stage has an image of Alpine Linux below it.
    Alpine,
    /// The stage has `FROM scratch` below it.
    Scratch,
    /// The image is for Windows.
    Windows,
    /// The arguments of the instruction have variables.
    Variables,
    /// The script does something else before its first `cd`, but for `set`.
    CdLater,
    /// The script begins with a `cd` to a relative path.
    CdRelative,
    /// The script begins with a `cd` to `/tmp` or below it.
    CdTemporary,
}

/// Something that one of the two says, and the other one does not.
struct Difference<'a> {
    side: Side,
    code: &'a str,
    /// `path:line`, the path without the folder that all have in common.
    at: String,
    place: &'a (String, u64),
    file: &'a File,
    line: u64,
    theirs: &'a Said,
}

impl Difference<'_> {
    fn is(&self, when: When) -> bool {
        let (file, line) = (self.file, self.line);
        match when {
            When::Always => true,
            When::Unparsed => {
                let unparsed = self.theirs.get("DL1000");
                unparsed.is_some_and(|places| places.iter().any(|(name, _)| *name == self.place.0))
            }
            When::NotShipped => file.stage(line).is_some_and(|stage| !stage.is_output),
            When::Replaced => file.is_replaced(line),
            When::UnderAnotherCode => codes_with(self.code).any(|code| {
                let places = self.theirs.get(code);
                places.is_some_and(|places| places.contains(self.place))
            }),
            When::NoProgram => file.stage(line).is_some_and(|stage| {
                let config = file.model.final_config(stage);
                config.cmd().effective().is_none() && config.entrypoint().effective().is_none()
            }),
            When::BaseOfAnother => file.stage(line).is_some_and(|stage| {
                let mut others = file.model.stages.iter();
                others.any(|other| other.base == Base::Stage(stage.index))
            }),
            When::Alpine => file.family(line) == Some(Family::Alpine),
            When::Scratch => file.family(line) == Some(Family::Scratch),
            When::Windows => file.is_for_windows(line),
            When::Variables => file.instruction(line).is_some_and(|(_, instruction)| {
                instruction.span.text(&file.source.text).contains('$')
            }),
            When::CdLater => file.first_cd(line).is_none(),
            When::CdRelative => file
                .first_cd(line)
                .is_some_and(|path| !path.is_empty() && !path.starts_with('/')),
            When::CdTemporary => file
                .first_cd(line)
                .is_some_and(|path| path == "/tmp" || path.starts_with("/tmp/")),
        }
    }
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
        let mut found = vec![Vec::new(); classes.len()];
        for place @ (name, line) in t.symmetric_difference(o) {
            let side = if t.contains(place) {
                Side::Hadolint
            } else {
                Side::Dockworthy
            };
            let at = format!("{}:{line}", name.strip_prefix("files/").unwrap_or(name));
            let difference = Difference {
                side,
                code,
                at: at.clone(),
                place,
                file: &files[name.as_str()],
                line: *line,
                theirs: &theirs,
            };
            match classes.iter().position(|class| class.has(&difference)) {
                Some(class) => found[class].push(at),
                None => {
                    let _ = writeln!(report, "{code}: only {side:?} at {at}");
                }
            }
        }
        for (class, found) in classes.iter().zip(&found) {
            for fault in class.faults(found) {
                let Class { only, reason, .. } = class;
                let _ = writeln!(report, "{code}: only {only:?}, {reason:?}: {fault}");
            }
        }
    }
    let unknown = table
        .iter()
        .filter(|row| !codes().any(|code| code == row.code));
    for row in unknown {
        let _ = writeln!(report, "{}: no rule answers to it", row.code);
    }
    // A file that it cannot parse.
    let known = |code: &str| code == "DL1000" || codes().any(|known| known == code);
    for code in theirs
        .keys()
        .filter(|code| code.starts_with("DL") && !known(code))
    {
        let _ = writeln!(report, "{code}: no rule answers to it");
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

/// The other codes of hadolint's that a rule answers to that answers to this one.
fn codes_with(code: &str) -> impl Iterator<Item = &'static str> {
    let rules = RULES.iter().map(|rule| rule.meta.aliases);
    rules
        .filter(move |aliases| aliases.contains(&code))
        .flatten()
        .copied()
        .filter(move |alias| alias.starts_with("DL") && *alias != code)
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

    /// The instruction that begins on a line, and its number.
    fn instruction(&self, line: u64) -> Option<(usize, &Instruction)> {
        let mut instructions = self.model.ast.instructions.iter().enumerate();
        instructions.find(|(_, instruction)| u64::from(instruction.lines.first) == line)
    }

    /// The stage of the instruction that begins on a line.
    fn stage(&self, line: u64) -> Option<&Stage> {
        self.model.stage_of(self.instruction(line)?.0)
    }

    /// What the image below a stage is built from.
    fn family(&self, line: u64) -> Option<Family> {
        self.model.base_facts(self.stage(line)?)?.family
    }

    fn is_for_windows(&self, line: u64) -> bool {
        let stage = self.stage(line);
        stage.is_some_and(|stage| self.model.is_for_windows(stage))
    }

    /// Whether a later instruction of the same kind is in the stage.
    fn is_replaced(&self, line: u64) -> bool {
        let (Some((index, instruction)), Some(stage)) = (self.instruction(line), self.stage(line))
        else {
            return false;
        };
        let kind = discriminant(&instruction.kind);
        let rest = self
            .model
            .ast
            .instructions
            .get(index + 1..stage.instructions.end);
        let mut rest = rest.into_iter().flatten();
        rest.any(|later| discriminant(&later.kind) == kind)
    }

    /// The scripts of an instruction, those included that a shell is given as an argument.
    fn scripts(&self, line: u64) -> impl Iterator<Item = &Script> {
        let index = self.instruction(line).map(|(index, _)| index);
        let scripts = index.map_or(&[][..], |index| self.model.scripts_of(index));
        scripts.iter().filter_map(|place| place.script.as_ref())
    }

    /// Where the `cd` goes with which a script of the instruction begins, as far as a variable.
    fn first_cd(&self, line: u64) -> Option<&str> {
        self.scripts(line).find_map(|script| {
            let mut commands = script.body.items.iter().map(|item| {
                let command = item.pipeline.commands.first();
                command.and_then(Command::as_simple)
            });
            let first = commands
                .find(|command| command.is_none_or(|command| command.name() != Some("set")))??;
            let target = first.args().last().filter(|_| first.name() == Some("cd"))?;
            Some(target.leading_piece())
        })
    }

    /// Whether all commands of an instruction that write into a pipe run one of these programs.
    fn pipes_from(&self, line: u64, programs: &[String]) -> bool {
        let is_one = |command: &SimpleCommand| {
            let invocation = command.unwrapped();
            let name = invocation.and_then(|invocation| invocation.name());
            // An assignment writes nothing.
            command.words.is_empty()
                || name.is_some_and(|name| programs.iter().any(|program| program == name))
        };
        self.scripts(line).all(|script| {
            let pipelines = script.nodes().filter_map(|(node, _)| match node {
                Node::Pipeline(pipeline) => pipeline.commands.split_last(),
                _ => None,
            });
            let writers = pipelines.flat_map(|(_, writers)| writers);
            let spans: Vec<Span> = writers.map(Command::span).collect();
            script.commands().all(|found| {
                let span = found.command.span;
                let is_inside =
                    |writer: &Span| writer.start <= span.start && span.end <= writer.end;
                !spans.iter().any(is_inside) || is_one(found.command)
            })
        })
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
                    // These are off unless somebody asks for them.
                    let asked = ["--info", "DL1001", "--info", "DL3057"];
                    let names = batch.iter().map(String::as_str);
                    let args = flags.into_iter().chain(asked).chain(names);
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
    let ruleset = peers::all_rules();
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

//! The Dockerfile parser against BuildKit's own answers.

#![expect(
    clippy::unwrap_used,
    reason = "a corpus that cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dockworthy::dockerfile::Dockerfile;
use dockworthy::dockerfile::ast::{
    Command, Flag, Instruction, InstructionKind, List, Pair, Separator,
};
use dockworthy::dockerfile::parse::parse;
use dockworthy::text::{FileId, SourceFile};
use serde_json::Value;

use crate::corpus;

/// Files that BuildKit refuses and we do not, or the other way round, and why.
const OTHER_VERDICT: [(&str, &str); 0] = [];

/// The answer of BuildKit's parser for an instruction.
#[derive(Debug, PartialEq)]
struct Answer {
    name: String,
    lines: (u64, u64),
    flags: Vec<String>,
    json_form: bool,
    heredocs: u64,
    arguments: Vec<String>,
}

#[test]
fn instructions_equal_those_of_buildkit() {
    let Some(corpus) = corpus::dir() else { return };
    let mut compared = 0;
    let mut differences = String::new();
    for answer in answers(&corpus) {
        let name = answer["file"].as_str().unwrap();
        if is_without_answer(&answer) || !text_of(&answer, "parse_error").is_empty() {
            continue;
        }
        let source = read(&corpus.join(name));
        let parse = parse(&source.text);
        let ours: Vec<Answer> = parse.tree.instructions.iter().map(our_answer).collect();
        let theirs: Vec<Answer> = answer["instructions"]
            .as_array()
            .unwrap()
            .iter()
            .map(their_answer)
            .collect();
        compared += theirs.len();
        if ours.len() != theirs.len() {
            let _ = writeln!(differences, "{name}: {} {}", ours.len(), theirs.len());
        }
        for (ours, theirs) in ours.iter().zip(&theirs) {
            if ours != theirs {
                let _ = writeln!(
                    differences,
                    "{name}\n  ours   {ours:?}\n  theirs {theirs:?}"
                );
            }
        }
    }
    assert_eq!(differences, "");
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn files_are_refused_as_buildkit_refuses_them() {
    let Some(corpus) = corpus::dir() else { return };
    let mut differences = String::new();
    let mut refused = 0;
    for answer in answers(&corpus) {
        if is_without_answer(&answer) {
            continue;
        }
        let name = answer["file"].as_str().unwrap();
        let parse_error = text_of(&answer, "parse_error");
        let build_error = text_of(&answer, "build_error");
        // A base image that is blank because its ARG has no default is for a rule to judge.
        let is_syntax = !build_error.is_empty() && !build_error.contains("should not be blank");
        let theirs = !parse_error.is_empty() || is_syntax;
        let source = read(&corpus.join(name));
        let parse = parse(&source.text);
        let ours = !parse.errors.is_empty();
        refused += u32::from(theirs);
        let is_excepted = OTHER_VERDICT.iter().any(|(file, _)| name.ends_with(file));
        if (ours != theirs) != is_excepted {
            let first = parse.errors.first().map(|error| &error.message);
            let _ = writeln!(
                differences,
                "{name}\n  ours   {first:?}\n  theirs {parse_error:?} {build_error:?}"
            );
        }
    }
    assert_eq!(differences, "");
    assert!(refused > 10, "{refused}");
}

#[test]
fn printed_trees_equal_those_of_buildkit() {
    let Some(corpus) = corpus::dir() else { return };
    let folders = folders(&corpus.join("buildkit-parser/testfiles"));
    assert_eq!(folders.len(), 33);
    let mut differences = String::new();
    for folder in folders {
        let source = read(&folder.join("Dockerfile"));
        let expected = std::fs::read_to_string(folder.join("result")).unwrap();
        let parse = parse(&source.text);
        let mut printed = String::new();
        for instruction in &parse.tree.instructions {
            let _ = writeln!(printed, "({})", print(instruction));
        }
        if printed.trim() != expected.trim() {
            let _ = writeln!(
                differences,
                "{}\n{printed}\n--- expected\n{expected}",
                folder.display()
            );
        }
    }
    assert_eq!(differences, "");
}

#[test]
fn what_buildkits_parser_tests_refuse_is_refused() {
    let Some(corpus) = corpus::dir() else { return };
    let folders = folders(&corpus.join("buildkit-parser/testfiles-negative"));
    assert_eq!(folders.len(), 4);
    for folder in folders {
        let source = read(&folder.join("Dockerfile"));
        assert!(
            !parse(&source.text).errors.is_empty(),
            "{}",
            folder.display()
        );
    }
}

#[test]
fn undefined_variables_equal_those_of_buildkit() {
    let Some(corpus) = corpus::dir() else { return };
    let mut differences = String::new();
    let mut reported = 0;
    for answer in answers(&corpus) {
        if is_without_answer(&answer) || !text_of(&answer, "parse_error").is_empty() {
            continue;
        }
        // BuildKit looks for them while it builds, so an error keeps it from going on.
        if !text_of(&answer, "build_error").is_empty() {
            continue;
        }
        let name = answer["file"].as_str().unwrap();
        let theirs: BTreeSet<(u64, String)> = answer["warnings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|warning| text_of(warning, "rule") == "UndefinedVar")
            .map(|warning| {
                let variable = text_of(warning, "message").split('\'').nth(1).unwrap();
                let line = warning["first_line"].as_u64().unwrap();
                (line, variable.trim_start_matches('$').to_owned())
            })
            .collect();
        let source = read(&corpus.join(name));
        let model = Dockerfile::new(parse(&source.text).tree);
        let mut ours = BTreeSet::new();
        for (index, instruction) in model.ast.instructions.iter().enumerate() {
            let is_from = matches!(instruction.kind, InstructionKind::From(_));
            // In the answers every base image sets PATH and nothing else.
            let unresolved = model.unresolved(index);
            let unknown = unresolved
                .iter()
                .filter(|use_| use_.name != "PATH" && !is_from);
            let line = u64::from(instruction.lines.first);
            ours.extend(unknown.map(|use_| (line, use_.name.to_owned())));
        }
        reported += theirs.len();
        if ours != theirs {
            let _ = writeln!(
                differences,
                "{name}\n  ours   {ours:?}\n  theirs {theirs:?}"
            );
        }
    }
    assert_eq!(differences, "");
    assert!(reported > 20, "{reported}");
}

fn answers(corpus: &Path) -> Vec<Value> {
    std::fs::read_to_string(corpus.join("buildkit.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn is_without_answer(answer: &Value) -> bool {
    text_of(answer, "build_error").starts_with("(no answer")
}

fn text_of<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap()
}

fn read(path: &Path) -> SourceFile {
    SourceFile::from_bytes(FileId(0), path.to_owned(), std::fs::read(path).unwrap())
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(parent)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

fn their_answer(value: &Value) -> Answer {
    let strings = |key: &str| -> Vec<String> {
        // No arguments are `null`.
        let texts = value[key].as_array().into_iter().flatten();
        texts
            .map(|text| text.as_str().unwrap().to_owned())
            .collect()
    };
    Answer {
        name: text_of(value, "name").to_uppercase(),
        lines: (
            value["first_line"].as_u64().unwrap(),
            value["last_line"].as_u64().unwrap(),
        ),
        flags: strings("flags"),
        json_form: value["json_form"].as_bool().unwrap(),
        heredocs: value["heredocs"].as_u64().unwrap(),
        arguments: strings("args"),
    }
}

fn our_answer(instruction: &Instruction) -> Answer {
    let (heredocs, arguments) = match &instruction.kind {
        InstructionKind::Onbuild(onbuild) => {
            let trigger = onbuild.trigger.as_ref();
            let heredocs = trigger.map_or(0, |trigger| trigger.heredocs.len());
            // The trigger stands below one empty argument.
            (
                heredocs,
                trigger.map(|_| String::new()).into_iter().collect(),
            )
        }
        _ => (instruction.heredocs.len(), arguments(instruction)),
    };
    Answer {
        name: instruction.keyword.value.to_uppercase(),
        lines: (
            u64::from(instruction.lines.first),
            u64::from(instruction.lines.last),
        ),
        flags: instruction.flags.iter().map(flag).collect(),
        json_form: is_json(instruction),
        heredocs: heredocs as u64,
        arguments,
    }
}

fn flag(flag: &Flag) -> String {
    match &flag.value {
        Some(value) => format!("--{}={}", flag.name.value, value.raw),
        None => format!("--{}", flag.name.value),
    }
}

fn is_json(instruction: &Instruction) -> bool {
    match &instruction.kind {
        InstructionKind::Copy(copy) => copy.paths.is_json,
        InstructionKind::Add(add) => add.paths.is_json,
        InstructionKind::Volume(volume) => volume.paths.is_json,
        _ => matches!(instruction.command(), Some(Command::Exec(_))),
    }
}

/// The words of BuildKit's tree.
fn arguments(instruction: &Instruction) -> Vec<String> {
    let list = |list: &List| list.words.iter().map(|word| word.raw.to_string()).collect();
    let command = |command: &Option<Command>| match command {
        None => Vec::new(),
        Some(Command::Shell(shell)) => vec![shell.text.text().to_owned()],
        Some(Command::Exec(exec)) => exec
            .arguments
            .iter()
            .map(|word| word.raw.to_string())
            .collect(),
    };
    let one = |word: &Option<dockworthy::dockerfile::word::Word>| {
        word.iter().map(|word| word.raw.to_string()).collect()
    };
    match &instruction.kind {
        InstructionKind::From(from) => {
            let mut words: Vec<String> = one(&from.image);
            words.extend(from.as_keyword.iter().map(|word| word.value.to_string()));
            words.extend(from.name.iter().map(|word| word.value.to_string()));
            words
        }
        InstructionKind::Copy(copy) => list(&copy.paths),
        InstructionKind::Add(add) => list(&add.paths),
        InstructionKind::Volume(volume) => list(&volume.paths),
        InstructionKind::Env(env) => triples(&env.pairs),
        InstructionKind::Label(label) => triples(&label.pairs),
        InstructionKind::Arg(arg) => arg
            .pairs
            .iter()
            .map(|pair| match &pair.value {
                Some(value) => format!("{}={}", pair.key.raw, value.raw),
                None => pair.key.raw.to_string(),
            })
            .collect(),
        InstructionKind::Expose(expose) => expose
            .ports
            .iter()
            .map(|port| port.raw.to_string())
            .collect(),
        InstructionKind::User(user) => one(&user.user),
        InstructionKind::Workdir(workdir) => one(&workdir.path),
        InstructionKind::StopSignal(signal) => one(&signal.signal),
        InstructionKind::Maintainer(maintainer) => one(&maintainer.name),
        InstructionKind::Run(run) => command(&run.command),
        InstructionKind::Cmd(cmd) => command(&cmd.command),
        InstructionKind::Entrypoint(entrypoint) => command(&entrypoint.command),
        InstructionKind::Shell(shell) => command(&shell.command),
        InstructionKind::Healthcheck(healthcheck) => {
            let mut words: Vec<String> = healthcheck
                .test
                .iter()
                .map(|test| test.value.to_string())
                .collect();
            words.extend(command(&healthcheck.command));
            words
        }
        InstructionKind::Onbuild(_) => Vec::new(),
        // BuildKit drops what follows an unknown word, and keeps one empty argument.
        InstructionKind::Unknown(_) => vec![String::new()],
    }
}

fn triples(pairs: &[Pair]) -> Vec<String> {
    let mut words = Vec::new();
    for pair in pairs {
        words.push(pair.key.raw.to_string());
        words.extend(pair.value.iter().map(|value| value.raw.to_string()));
        let separator = match pair.separator {
            Separator::Equals => "=",
            Separator::Space | Separator::None => "",
        };
        words.push(separator.to_owned());
    }
    words
}

/// The tree as BuildKit's tests print it.
fn print(instruction: &Instruction) -> String {
    let mut printed = instruction.keyword.value.to_lowercase();
    if !instruction.flags.is_empty() {
        let flags: Vec<String> = instruction
            .flags
            .iter()
            .map(|found| quote(&flag(found)))
            .collect();
        let _ = write!(printed, " [{}]", flags.join(" "));
    }
    if let InstructionKind::Onbuild(onbuild) = &instruction.kind {
        if let Some(trigger) = &onbuild.trigger {
            let _ = write!(printed, " ({})", print(trigger));
        }
        return printed;
    }
    for argument in arguments(instruction) {
        let _ = write!(printed, " {}", quote(&argument));
    }
    printed
}

/// A text in quotes, as Go prints it.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\x{:02x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

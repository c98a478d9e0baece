//! Our findings against those of compose-lint and dclint, rule by rule, on the corpus of real Compose files.
//!
//! Findings are compared by place: both speak of it, or one of us does. Each difference falls into a class of
//! `compose_peers.yaml`, which says who is right and why, how many there are, and which of them somebody looked
//! at. The test fails when a difference has no class, when a class or the number of places that both speak of
//! no longer counts what it says, or when a rule of the peer's is not in the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use dockworthy::compose::File as Compose;
use dockworthy::rules::RULES;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::yaml;
use serde::Deserialize;
use serde_json::Value;

use crate::corpus;
use crate::peers::{self, faults};

/// How many files one process is given.
const BATCH: usize = 160;

/// The differences to each of the two.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    compose_lint: Vec<Row>,
    dclint: Vec<Row>,
}

/// A rule of theirs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    code: String,
    /// The rules of ours that answer to it.
    rules: Vec<String>,
    /// What is compared; their findings may point to the key above ours.
    #[serde(default)]
    by: By,
    /// The places that both speak of.
    both: usize,
    #[serde(default)]
    classes: Vec<Class>,
}

/// What makes two findings speak of the same place.
#[derive(Clone, Copy, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum By {
    #[default]
    Line,
    Service,
    File,
}

/// Differences that have the same reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Class {
    only: Side,
    /// What a program can see of them; a difference belongs to the first class that it meets.
    #[serde(default)]
    when: When,
    /// Parts of the places (`path:line`) that belong to it; all when empty.
    #[serde(default)]
    places: Vec<String>,
    count: usize,
    right: Right,
    reason: String,
    /// Differences that somebody looked at, as `path:line`: ten of them, or all where there are fewer.
    looked_at: Vec<String>,
}

impl Class {
    fn has(&self, side: Side, at: &str, file: &File, line: u64) -> bool {
        self.only == side
            && file.is(self.when, at, line)
            && (self.places.is_empty() || self.places.iter().any(|part| at.contains(part)))
    }

    /// What is wrong with what it says, now that its differences are known.
    fn faults(&self, found: &[String]) -> Vec<String> {
        let mut faults = faults(self.count, &self.reason, &self.looked_at, found);
        if self.only == Side::Peer && self.right == Right::Peer {
            faults.push("they are right, and we are silent".to_owned());
        }
        faults
    }
}

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Debug)]
#[serde(rename_all = "kebab-case")]
enum Side {
    Peer,
    Dockworthy,
}

/// Who is right.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Right {
    Peer,
    Dockworthy,
    /// A matter of taste, or of what is not in the file.
    Both,
}

/// What a program can see about a difference.
#[derive(Clone, Copy, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
enum When {
    #[default]
    Always,
    /// The service builds its image.
    Built,
    /// The service is what a program outside Docker provides.
    Provided,
    /// The service is privileged.
    Privileged,
    /// The line is one of a Dockerfile inside the file.
    Inline,
    /// The line is the `image` of an item of a list.
    PreStart,
    /// The line has a variable without a default.
    Variable,
    /// The line has a default for a variable.
    Default,
    /// The line is an item in double quotes.
    DoubleQuoted,
    /// The finding is in a file that the Compose file reads variables from.
    EnvFile,
}

/// What somebody says, by code: files and lines, from 1.
type Said = BTreeMap<String, BTreeSet<(String, u64)>>;

#[test]
fn every_difference_to_compose_lint_has_its_reason() {
    let (Some(corpus), Some(program)) = (corpus::dir(), peers::program("compose-lint")) else {
        return;
    };
    let names = names(&corpus);
    let mut theirs = Said::new();
    let ask = |batch: &[String]| ask_compose_lint(&program, &corpus, batch);
    for answer in in_batches(&names, ask) {
        for finding in answer["findings"].as_array().expect("findings") {
            let line = finding["line"].as_u64().expect("a line");
            note(&mut theirs, &finding["rule_id"], &finding["file"], line);
        }
    }
    check(&corpus, &names, &table().compose_lint, &theirs);
}

#[test]
fn every_difference_to_dclint_has_its_reason() {
    let (Some(corpus), Some(program)) = (corpus::dir(), peers::program("dclint")) else {
        return;
    };
    let names = names(&corpus);
    let mut theirs = Said::new();
    let ask = |batch: &[String]| ask_dclint(&program, &corpus, batch);
    let answers = in_batches(&names, ask);
    let files = answers
        .iter()
        .flat_map(|answer| answer.as_array().expect("files"));
    for file in files {
        for message in file["messages"].as_array().expect("messages") {
            let line = message["line"].as_u64().expect("a line");
            note(&mut theirs, &message["rule"], &file["filePath"], line);
        }
    }
    check(&corpus, &names, &table().dclint, &theirs);
}

fn table() -> Table {
    serde_yaml::from_str(include_str!("compose_peers.yaml")).expect("a table of differences")
}

/// Compares what they say with what we say of the same files, and both with the table.
fn check(corpus: &Path, names: &[String], rows: &[Row], theirs: &Said) {
    // Some of theirs are in files that these lead to.
    let led_to = theirs.values().flatten().map(|(name, _)| name);
    let names: BTreeSet<&String> = names.iter().chain(led_to).collect();
    let ours = ours(corpus, &names);
    let files: Files = names
        .into_iter()
        .map(|name| (name.clone(), File::read(corpus, name)))
        .collect();
    let mut report = String::new();
    let nothing = BTreeSet::new();
    println!(
        "{:40} {:>6} {:>10} {:>16}",
        "code", "both", "only they", "only dockworthy"
    );
    for row in rows {
        let code = row.code.as_str();
        let answering = RULES
            .iter()
            .filter(|rule| rule.meta.aliases.contains(&code));
        let rules: Vec<&str> = answering.map(|rule| rule.meta.id).collect();
        if rules != row.rules {
            let _ = writeln!(report, "{code}: the rules that answer are {rules:?}");
        }
        let places = |said: &Said| places(said.get(code).unwrap_or(&nothing), row.by, &files);
        let (t, o) = (places(theirs), places(&ours));
        let both = t.keys().filter(|place| o.contains_key(*place)).count();
        println!(
            "{code:40} {both:6} {:10} {:16}",
            t.len() - both,
            o.len() - both
        );
        if both != row.both {
            let _ = writeln!(report, "{code}: both {both}, not {}", row.both);
        }
        let mut found = vec![Vec::new(); row.classes.len()];
        let only_they = t.iter().filter(|(place, _)| !o.contains_key(*place));
        let only_we = o.iter().filter(|(place, _)| !t.contains_key(*place));
        let sides = only_they
            .map(|found| (Side::Peer, found))
            .chain(only_we.map(|found| (Side::Dockworthy, found)));
        for (side, ((name, _), line)) in sides {
            let at = format!("{}:{line}", name.strip_prefix("files/").unwrap_or(name));
            let mut classes = row.classes.iter();
            match classes.position(|class| class.has(side, &at, &files[name], *line)) {
                Some(class) => found[class].push(at),
                None => {
                    let _ = writeln!(report, "{code}: only {side:?} at {at}");
                }
            }
        }
        for (class, found) in row.classes.iter().zip(&found) {
            for fault in class.faults(found) {
                let Class { only, reason, .. } = class;
                let _ = writeln!(report, "{code}: only {only:?}, {reason:?}: {fault}");
            }
        }
    }
    for code in theirs.keys() {
        if !rows.iter().any(|row| row.code == *code) {
            let _ = writeln!(report, "{code}: not in the table");
        }
    }
    assert_eq!(report, "");
}

/// The places, each with the first line on which something is said of it.
fn places(said: &BTreeSet<(String, u64)>, by: By, files: &Files) -> BTreeMap<(String, u64), u64> {
    let mut places = BTreeMap::new();
    for (name, line) in said {
        let place = match by {
            By::Line => *line,
            By::Service => files[name].service(*line).map_or(0, |service| service.line),
            By::File => 0,
        };
        places.entry((name.clone(), place)).or_insert(*line);
    }
    places
}

/// Adds a finding.
fn note(said: &mut Said, code: &Value, file: &Value, line: u64) {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    said.entry(text(code))
        .or_default()
        .insert((text(file), line));
}

/// Files by their paths in the corpus.
type Files = BTreeMap<String, File>;

/// A Compose file; others have no services.
struct File {
    lines: Vec<String>,
    /// In the order of the file.
    services: Vec<Service>,
}

/// What a class may ask about a service.
struct Service {
    line: u64,
    is_built: bool,
    is_provided: bool,
    is_privileged: bool,
}

impl File {
    fn read(corpus: &Path, name: &str) -> File {
        let bytes = std::fs::read(corpus.join(name)).expect("the corpus has it");
        let source = SourceFile::from_bytes(FileId(0), name.into(), bytes);
        let model = Compose::lower(&yaml::parse(&source.text).tree, FileId(0));
        let services = model.documents().flat_map(|document| &document.services);
        let services = services.map(|service| {
            let privileged = service.container.privileged.as_ref();
            Service {
                line: u64::from(source.lines.line(service.name.at.span.start)) + 1,
                is_built: service.container.build.is_some(),
                is_provided: service.provider.is_some(),
                is_privileged: privileged.is_some(),
            }
        });
        let mut services: Vec<Service> = services.collect();
        services.sort_by_key(|service| service.line);
        File {
            lines: source.text.lines().map(str::to_owned).collect(),
            services,
        }
    }

    /// The last service that begins before a line or on it.
    fn service(&self, line: u64) -> Option<&Service> {
        self.services.iter().rfind(|service| service.line <= line)
    }

    fn is(&self, when: When, at: &str, line: u64) -> bool {
        let service = |test: fn(&Service) -> bool| self.service(line).is_some_and(test);
        let index = usize::try_from(line)
            .expect("a small number")
            .saturating_sub(1);
        let text = self.lines.get(index).map_or("", |line| line.trim());
        match when {
            When::Always => true,
            When::Built => service(|service| service.is_built),
            When::Provided => service(|service| service.is_provided),
            When::Privileged => service(|service| service.is_privileged),
            When::Inline => text.starts_with("FROM ") || text.starts_with("dockerfile_inline:"),
            When::PreStart => text.starts_with("- image:"),
            When::Variable => text.contains('$') && !has_default(text),
            When::Default => has_default(text),
            When::DoubleQuoted => text.starts_with("- \"") || text.contains(": [\""),
            When::EnvFile => at.contains(".env:"),
        }
    }
}

/// Whether a variable has a default.
fn has_default(line: &str) -> bool {
    let mut variables = line.split("${").skip(1);
    variables.any(|rest| {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let rest = rest.trim_start_matches(name);
        rest.starts_with(":-") || rest.starts_with('-')
    })
}

/// The Compose files of the corpus, relative to its folder.
fn names(corpus: &Path) -> Vec<String> {
    let lines = std::fs::read_to_string(corpus.join("compose.jsonl")).expect("the corpus has it");
    let name = |line: &str| {
        let answer: Value = serde_json::from_str(line).expect("JSON");
        answer["file"].as_str().expect("a name").to_owned()
    };
    lines.lines().map(name).collect()
}

/// What compose-lint says about some of the files.
fn ask_compose_lint(program: &Path, corpus: &Path, names: &[String]) -> Value {
    let flags = ["check", "--format", "json"];
    let names = names.iter().map(String::as_str);
    let args: Vec<&str> = flags.into_iter().chain(names).collect();
    serde_json::from_slice(&peers::output(program, corpus, &args)).expect("JSON")
}

/// What dclint says about some of the files. It writes to a file, for it ends before all is in a pipe.
fn ask_dclint(program: &Path, corpus: &Path, names: &[String]) -> Value {
    let name = names.first().expect("some files").replace('/', "-");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name + ".json");
    let flags = ["--formatter", "json", "--output-file"];
    let target = path.to_str().expect("UTF-8");
    let names = names.iter().map(String::as_str);
    let args: Vec<&str> = flags.into_iter().chain([target]).chain(names).collect();
    peers::output(program, corpus, &args);
    let answer = std::fs::read(&path).expect("it wrote the file");
    serde_json::from_slice(&answer).expect("JSON")
}

/// Asks about all files, with several processes at once.
fn in_batches(names: &[String], ask: impl Fn(&[String]) -> Value + Sync) -> Vec<Value> {
    let ask = &ask;
    std::thread::scope(|scope| {
        let batches: Vec<_> = names
            .chunks(BATCH)
            .map(|batch| scope.spawn(move || ask(batch)))
            .collect();
        let answers = batches.into_iter().map(|batch| batch.join());
        answers.map(|answer| answer.expect("it ran")).collect()
    })
}

/// What we say about the files, under the codes that our rules answer to.
fn ours(corpus: &Path, names: &BTreeSet<&String>) -> Said {
    let program = Path::new(env!("CARGO_BIN_EXE_dockworthy"));
    let flags = [
        "check",
        "--no-config",
        "--preset",
        "all",
        "--format",
        "json",
    ];
    let files = names.iter().map(|name| name.as_str());
    let args: Vec<&str> = flags.into_iter().chain(files).collect();
    let answer: Value =
        serde_json::from_slice(&peers::output(program, corpus, &args)).expect("JSON");
    let mut said = Said::new();
    for finding in answer["diagnostics"].as_array().expect("findings") {
        let line = finding["range"]["start"]["line"].as_u64().expect("a line");
        let path = finding["path"].as_str().expect("a path").to_owned();
        if finding["suppressed"].is_null() && names.contains(&path) {
            for alias in finding["aliases"].as_array().expect("aliases") {
                note(&mut said, alias, &finding["path"], line);
            }
        }
    }
    said
}

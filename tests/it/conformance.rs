//! Small Compose projects, each with what `docker compose config` makes of it.
//!
//! A project is one text file below `tests/fixtures/projects/`: a sentence that says what it shows, then its files,
//! each behind a line `-- path --`. The answer of docker compose stands beside it, as JSON: `config` is what it
//! prints with `--format json`, with its `warnings`; `refuses` is its error. In both, `$PROJECT` is the folder of the
//! project and `$ABOVE` the folder around that.
//!
//! Where `docker-compose` of the version [`VERSION`] is on `PATH`, the recorded answers are compared with it.
//! `UPDATE_ANSWERS=1 cargo test --test it conformance` writes them.

mod ours;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::peers;

/// The answers are those of this version.
const VERSION: &str = "5.6.";

/// A project of the suite.
struct Case {
    /// Its path below `tests/fixtures/projects/`, without an ending.
    name: String,
    /// Paths, which may begin with `../`, and texts.
    files: Vec<(String, String)>,
    /// The recorded answer of docker compose.
    answer: Value,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/projects")
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the suite") {
        let area = entry.expect("readable").path();
        if !area.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&area).expect("an area") {
            let path = entry.expect("readable").path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                cases.push(Case::read(&path));
            }
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    fn read(path: &Path) -> Case {
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let name = path.strip_prefix(folder()).expect("below the folder");
        let name = name.with_extension("").to_string_lossy().into_owned();
        let mut files: Vec<(String, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            let header = line.trim_end().strip_prefix("-- ");
            if let Some(path) = header.and_then(|line| line.strip_suffix(" --")) {
                files.push((path.to_owned(), String::new()));
            } else if let Some((_, text)) = files.last_mut() {
                text.push_str(line);
            }
        }
        assert!(!files.is_empty(), "{name} has no file");
        let answer = std::fs::read_to_string(path.with_extension("json"));
        let answer = answer.map_or(Value::Null, |text| {
            serde_json::from_str(&text).expect("an answer is JSON")
        });
        Case {
            name,
            files,
            answer,
        }
    }

    /// What docker compose says when it is run in the folder of this project, below another that is empty.
    fn ask(&self, program: &Path, above: &Path) -> Value {
        let project = above.join("project");
        std::fs::create_dir_all(&project).expect("a folder");
        for (path, text) in &self.files {
            let path = project.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let output = Command::new(program)
            .args(["config", "--format", "json"])
            .current_dir(&project)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", "/home/user")
            .stdin(Stdio::null())
            .output()
            .expect("docker-compose runs");
        let shown = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes)
                .replace(&*project.to_string_lossy(), "$PROJECT")
                .replace(&*above.to_string_lossy(), "$ABOVE")
        };
        let complaints = shown(&output.stderr);
        let (warnings, errors): (Vec<&str>, Vec<&str>) = complaints
            .trim()
            .lines()
            .partition(|line| line.contains("level=warning"));
        if !output.status.success() {
            return json!({ "refuses": errors.join("\n") });
        }
        let config = serde_json::from_str(&shown(&output.stdout));
        let mut answer = json!({ "config": config.unwrap_or(Value::Null) });
        let mut warnings: Vec<String> = warnings.into_iter().map(message).collect();
        if !warnings.is_empty() {
            warnings.sort();
            answer["warnings"] = json!(warnings);
        }
        answer
    }
}

/// Whether one of these answers is the recorded one; otherwise the last of them.
fn same(answers: impl Iterator<Item = Value>, recorded: &Value) -> Result<(), Value> {
    let mut last = Value::Null;
    for answer in answers {
        if answer == *recorded {
            return Ok(());
        }
        last = answer;
    }
    Err(last)
}

/// The text of a line of the log: `time="…" level=warning msg="…"`.
fn message(line: &str) -> String {
    let text = line.split_once("msg=\"").map_or(line, |(_, text)| text);
    text.trim_end_matches('"').replace("\\\"", "\"")
}

/// A folder of this process, without links in its path.
fn temporary_folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dockworthy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder.canonicalize().expect("it is there")
}

#[test]
fn conformance_answers_are_those_of_docker_compose() {
    let Some(program) = peers::program("docker-compose") else {
        return;
    };
    let version = peers::output(&program, Path::new("/"), &["version", "--short"]);
    let version = String::from_utf8_lossy(&version);
    if !version.trim().starts_with(VERSION) {
        println!("skipped: docker-compose is {version}, not {VERSION}*");
        return;
    }
    let update = std::env::var_os("UPDATE_ANSWERS").is_some();
    let cases = cases();
    let folder = temporary_folder();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut differing = Vec::new();
        while let Some((index, case)) = cases
            .iter()
            .enumerate()
            .nth(next.fetch_add(1, Ordering::Relaxed))
        {
            // Compose walks its maps in no fixed order, so that it may name one or the other of two services.
            let answers =
                (0..12).map(|time| case.ask(&program, &folder.join(format!("{index}-{time}"))));
            let Err(answer) = same(answers, &case.answer) else {
                continue;
            };
            if update {
                let path = self::folder().join(format!("{}.json", case.name));
                let text = serde_json::to_string_pretty(&answer).expect("JSON");
                std::fs::write(path, text + "\n").expect("an answer");
            }
            differing.push(format!("{}:\n{}\nis now\n{answer}", case.name, case.answer));
        }
        differing
    };
    let mut differing = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut differing = work();
        differing.extend(other.join().expect("it does not panic"));
        differing
    });
    std::fs::remove_dir_all(&folder).expect("it was made here");
    differing.sort();
    assert!(
        differing.is_empty(),
        "{} answers{}:\n{}",
        differing.len(),
        if update { " were written" } else { " differ" },
        differing.join("\n\n")
    );
}

#[test]
fn conformance_suite_is_whole() {
    let cases = cases();
    assert!(cases.len() >= 170, "only {} projects", cases.len());
    for case in &cases {
        assert!(!case.answer.is_null(), "{} has no answer", case.name);
    }
    let mut answers = 0;
    for entry in std::fs::read_dir(folder()).expect("the suite") {
        let area = entry.expect("readable").path();
        let files = std::fs::read_dir(area).into_iter().flatten().flatten();
        answers += files
            .filter(|file| {
                file.path()
                    .extension()
                    .is_some_and(|ending| ending == "json")
            })
            .count();
    }
    assert_eq!(answers, cases.len(), "an answer without a project");
}

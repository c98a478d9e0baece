//! `docker compose config` is the reference: what it accepts is no error, what it refuses for its YAML or its
//! keys and values is one.

use std::fs;

use dockworthy::diagnostic::Severity;
use serde_json::Value;

use super::all_errors;
use crate::corpus;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/compose");

/// The rules of the errors that make Compose refuse a file.
fn refusals(text: &str, name: &str) -> Vec<&'static str> {
    let errors = all_errors(text, name).into_iter();
    let refusal = |severity: Option<Severity>| severity.is_none_or(|s| s == Severity::Error);
    errors
        .filter(|error| refusal(error.severity))
        .map(|error| error.rule)
        .collect()
}

#[test]
fn real_files_that_compose_accepts_have_no_error() {
    let Some(dir) = corpus::dir() else { return };
    let answers = fs::read_to_string(dir.join("compose.jsonl")).unwrap();
    let mut files = 0;
    let mut wrong = Vec::new();
    for answer in answers.lines() {
        let answer: Value = serde_json::from_str(answer).unwrap();
        let name = answer["file"].as_str().unwrap();
        let bytes = fs::read(dir.join(name)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let refusals = refusals(&text, name.rsplit('/').next().unwrap());
        files += 1;
        let expected = match (answer["valid"] == true, answer["error"].as_str().unwrap()) {
            (true, _) => true,
            // Undefined names, cycles, missing files and variables are not this module's.
            (false, error) => {
                let ours = ["false schema", "additional properties", "containerPort"];
                !ours.iter().any(|word| error.contains(word))
            }
        };
        if expected != refusals.is_empty() {
            wrong.push(format!(
                "{name}: {refusals:?}, but Compose: {}",
                answer["error"]
            ));
        }
    }
    assert!(files > 600);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Documents of which we say on purpose something else than Compose 5.6.1, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("99999999999999999999\"", "Compose lets sizes overflow"),
    ("9999999999g", "Compose lets sizes overflow"),
    (
        "$$80:80",
        "a dollar may be a variable to the grammar of ports",
    ),
];

#[test]
fn made_up_documents_have_the_same_verdict() {
    let verdicts = fs::read_to_string(format!("{FIXTURES}/verdicts.txt")).unwrap();
    let mut wrong = Vec::new();
    let lines = verdicts.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let (verdict, document) = line.split_once('\t').unwrap();
        if EXCEPTIONS.iter().any(|(part, _)| document.contains(part)) {
            continue;
        }
        let text = unescape(document);
        let refusals = refusals(&text, "compose.yaml");
        if refusals.is_empty() != (verdict == "valid") {
            wrong.push(format!("{line}\n  {refusals:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn unescape(document: &str) -> String {
    let mut text = String::new();
    let mut chars = document.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.push(match chars.next() {
                Some('n') => '\n',
                other => other.expect("an escaped character"),
            }),
            c => text.push(c),
        }
    }
    text
}

#[test]
fn a_file_with_every_key_is_in_order() {
    let text = fs::read_to_string(format!("{FIXTURES}/full.yaml")).unwrap();
    let errors = all_errors(&text, "full.yaml");
    assert!(errors.is_empty(), "{errors:#?}");
}

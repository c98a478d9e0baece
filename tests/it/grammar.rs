//! The small grammars against what the references made of real files: a word of a file that builds, or of a
//! Compose file that is valid, is never an error.

use std::fs;

use dockworthy::grammar::duration::{self, Units};
use dockworthy::grammar::image::ImageReference;
use dockworthy::grammar::platform::Platform;
use dockworthy::grammar::variable::{self, Dialect};
use dockworthy::grammar::{key_value, mount, port, size};
use serde_json::Value;

use crate::corpus;

/// The answers of a reference, one object a line.
fn answers(name: &str) -> Vec<Value> {
    let Some(dir) = corpus::dir() else {
        return Vec::new();
    };
    let text = fs::read_to_string(dir.join(name)).expect("the corpus holds the answers");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("an answer is a line of JSON"))
        .collect()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

#[test]
fn words_of_dockerfiles_that_build_are_valid() {
    let mut words = 0;
    let mut wrong = Vec::new();
    for answer in answers("buildkit.jsonl") {
        if answer["build_error"] != "" || answer["parse_error"] != "" {
            continue;
        }
        for instruction in answer["instructions"].as_array().into_iter().flatten() {
            let name = instruction["name"].as_str().unwrap_or_default();
            let arguments: Vec<&str> = strings(&instruction["args"]).collect();
            let mut check = |word: &str, error: Option<String>| {
                words += 1;
                if let Some(error) = error {
                    wrong.push(format!("{} {name}: {word}: {error}", answer["file"]));
                }
            };
            match name {
                "FROM" => {
                    let error = ImageReference::parse(arguments[0]).err();
                    check(arguments[0], error.map(|error| error.message));
                }
                "EXPOSE" => {
                    for word in &arguments {
                        check(
                            word,
                            port::parse_exposed(word).err().map(|error| error.message),
                        );
                    }
                }
                _ => {}
            }
            if matches!(
                name,
                "ARG" | "COPY" | "ENV" | "EXPOSE" | "FROM" | "LABEL" | "USER" | "WORKDIR"
            ) {
                for word in &arguments {
                    let template = variable::parse(word, Dialect::docker(b'\\'));
                    check(
                        word,
                        template.errors.first().map(|error| error.message(word)),
                    );
                }
            }
            for flag in strings(&instruction["flags"]) {
                let Some((flag, value)) = flag.split_once('=') else {
                    continue;
                };
                let error = match (name, flag) {
                    ("FROM", "--platform") => Platform::parse(value).err(),
                    ("RUN", "--mount") => key_value::parse_list(value).err(),
                    (
                        "HEALTHCHECK",
                        "--interval" | "--timeout" | "--start-period" | "--start-interval",
                    ) => duration::parse(value, Units::Go).err(),
                    _ => None,
                };
                check(value, error.map(|error| error.message));
            }
        }
    }
    println!("{words} words");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_of_valid_compose_files_are_valid() {
    let Some(dir) = corpus::dir() else {
        return;
    };
    let mut words = 0;
    let mut wrong = Vec::new();
    for answer in answers("compose.jsonl") {
        let file = answer["file"].as_str().unwrap_or_default();
        if answer["valid"] != true {
            continue;
        }
        let text = fs::read_to_string(dir.join(file)).unwrap();
        let Ok(yaml) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        let mut check = |word: &str, error: Option<String>| {
            words += 1;
            if let Some(error) = error {
                wrong.push(format!("{file}: {word}: {error}"));
            }
        };
        every_string(&yaml, &mut |word| {
            let template = variable::parse(word, Dialect::Compose);
            check(
                word,
                template.errors.first().map(|error| error.message(word)),
            );
        });
        for service in yaml["services"]
            .as_object()
            .into_iter()
            .flat_map(|services| services.values())
        {
            for word in strings(&service["ports"]) {
                check(
                    word,
                    port::parse_short(word).err().map(|error| error.message),
                );
            }
            for word in strings(&service["volumes"]) {
                check(
                    word,
                    mount::parse_short(word).err().map(|error| error.message),
                );
            }
            for key in ["mem_limit", "mem_reservation", "shm_size"] {
                if let Some(word) = service[key].as_str() {
                    check(word, size::parse(word).err().map(|error| error.message));
                }
            }
            for key in ["interval", "timeout", "start_period"] {
                if let Some(word) = service["healthcheck"][key].as_str() {
                    let error = duration::parse(word, Units::Compose).err();
                    check(word, error.map(|error| error.message));
                }
            }
            if let Some(word) = service["platform"].as_str() {
                check(word, Platform::parse(word).err().map(|error| error.message));
            }
            if let Some(word) = service["image"].as_str() {
                check(
                    word,
                    ImageReference::parse(word).err().map(|error| error.message),
                );
            }
        }
    }
    println!("{words} words");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn every_string(value: &Value, visit: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| every_string(item, visit)),
        Value::Object(entries) => entries.values().for_each(|item| every_string(item, visit)),
        _ => {}
    }
}

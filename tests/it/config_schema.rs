//! The JSON Schema and the reader agree on what a configuration may say.

use std::path::Path;

use dockworthy::config::KEYS;
use dockworthy::config::discover::Configs;
use dockworthy::config::schema::schema;
use dockworthy::rules::RULES;
use dockworthy::workspace::fs::Memory;
use serde_json::Value;

/// Whether the reader takes a text, and the first thing that it says against it.
fn read(text: &str) -> Result<(), String> {
    let files = [
        ("/w/.git/HEAD", ""),
        ("/w/base.yaml", "rules: {latest-tag: error}\n"),
        ("/w/a.yaml", ""),
        ("/w/b.yaml", ""),
        ("/w/prod.env", ""),
        ("/w/dockworthy.yaml", text),
    ];
    let memory: Memory = files.into_iter().collect();
    let mut configs = Configs::new(&memory, RULES);
    configs.for_file(Path::new("/w/Dockerfile"));
    match configs.errors.first() {
        Some(error) => Err(error.message.clone()),
        None => Ok(()),
    }
}

const GOOD: &[&str] = &[
    "",
    "# nothing\n",
    "{}",
    "presets: all",
    "presets: [recommended, style, none]",
    "presets: []",
    "extends: base.yaml",
    "extends: [hardened, ./base.yaml]",
    "rules:",
    "rules: {}",
    "rules: {latest-tag: off, DL3008: info, root-user: {severity: error}}",
    "rules: {latest-tag: {moving-tags: [a]}, CKV_DOCKER_3: warning}",
    "rules: {inconsistent-instruction-case: {case: upper}, suppression-without-reason: {forbid: true}}",
    "rules: {long-lasting-suppression: {max-days: 7}, missing-healthcheck: {engine: podman}}",
    "overrides: []",
    "overrides:",
    "overrides: [{files: a}]",
    "overrides: [{files: [a, b/*.yaml], presets: style, rules: {latest-tag: off}}]",
    "ignore: [{rules: latest-tag, reason: a}]",
    "ignore: [{rules: [security, DL*], files: a, services: [b*], reason: c, until: 2027-01-31}]",
    "registries: {allow: [a], deny: []}",
    "registries:",
    "images: {deny: [a]}",
    "downloads: {allow: [a]}",
    "labels: {a.b: url, c: semver?}",
    "labels: {}",
    "suppressions: {}",
    "suppressions: {require-reason: true, max-days: 3, report-unused: false, comments: true, strict: false}",
    "compose: {}",
    "compose: {files: a.yaml}",
    "compose: {files: [a.yaml, b.yaml], env-files: b.yaml}",
    "compose: {files: [[a.yaml], [a.yaml, b.yaml]], env-files: [b.yaml]}",
    "compose: {files: []}",
    "compose: {version: '2.20'}",
    "compose: {version: v5}",
    "compose: {version: ''}",
    "shell:",
    "shell: {shellcheck: off}",
    "shell: {shellcheck: required}",
    "rules: {shellcheck: {exclude: [SC2010], severity: info}, needs-newer-compose: {version: '2.2.1'}}",
    "engine: docker",
    "engine: podman",
    "exclude: a",
    "exclude: [a, '!b']",
    "fail-on: never",
    "fail-on: error",
    "baseline: a/b.json",
    "required-version: '>=0.1'",
];

const BAD: &[&str] = &[
    "[]",
    "a",
    "1",
    "no-such-key: 1",
    "presets: recomended",
    "presets: [1]",
    "presets: {a: 1}",
    "presets:",
    "extends: 1",
    "extends: {a: b}",
    "extends:",
    "rules: []",
    "rules: {no-such-rule: off}",
    "rules: {latest-tag: on}",
    "rules: {latest-tag: 1}",
    "rules: {latest-tag: true}",
    "rules: {latest-tag: }",
    "rules: {latest-tag: {severity: fatal}}",
    "rules: {latest-tag: {colour: red}}",
    "rules: {latest-tag: {moving-tags: a}}",
    "rules: {latest-tag: {moving-tags: [1]}}",
    "rules: {long-lasting-suppression: {max-days: -1}}",
    "rules: {long-lasting-suppression: {max-days: 1.5}}",
    "rules: {suppression-without-reason: {forbid: 'true'}}",
    "rules: {missing-healthcheck: {engine: lxc}}",
    "overrides: {}",
    "overrides: [a]",
    "overrides: [{}]",
    "overrides: [{rules: {latest-tag: off}}]",
    "overrides: [{files: 1}]",
    "overrides: [{files: a, rules: {no-such-rule: off}}]",
    "overrides: [{files: a, fail-on: error}]",
    "ignore: {}",
    "ignore: [a]",
    "ignore: [{rules: latest-tag}]",
    "ignore: [{reason: a}]",
    "ignore: [{rules: latest-tag, reason: 1}]",
    "ignore: [{rules: latest-tag, reason: a, until: tomorrow}]",
    "ignore: [{rules: latest-tag, reason: a, until: 2027-13-01}]",
    "ignore: [{rules: latest-tag, reason: a, service: b}]",
    "registries: []",
    "registries: {allow: a}",
    "registries: {allowed: [a]}",
    "images: {allow: a}",
    "downloads: 1",
    "labels: []",
    "labels:",
    "labels: {a: number}",
    "labels: {a: 1}",
    "suppressions: true",
    "suppressions: {require-reason: yes}",
    "suppressions: {max-days: many}",
    "suppressions: {report: true}",
    "suppressions: {comments: off}",
    "compose: []",
    "compose: {files: {a: b}}",
    "compose: {files: [[a.yaml], b.yaml]}",
    "compose: {files: [1]}",
    "compose: {env-files: 1}",
    "compose: {version: 2.20}",
    "compose: {version: '2.x'}",
    "compose: {version: '1.2.3.4'}",
    "shell: auto",
    "shell: {shellcheck: always}",
    "shell: {shellcheck: true}",
    "shell: {path: sh}",
    "engine: lxc",
    "engine:",
    "exclude:",
    "exclude: {a: b}",
    "exclude: [1]",
    "fail-on: style",
    "fail-on:",
    "baseline: [a]",
    "baseline: 1",
    "required-version: 1",
    "required-version: 0.1",
];

#[test]
fn the_schema_and_the_reader_agree() {
    let schema = schema(RULES);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mut wrong = Vec::new();
    let cases = GOOD
        .iter()
        .map(|text| (text, true))
        .chain(BAD.iter().map(|text| (text, false)));
    for (text, good) in cases {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        let (reader, schema) = (read(text), validator.is_valid(&value));
        if reader.is_ok() != good || schema != good {
            wrong.push(format!(
                "{text:?}: the reader says {reader:?}, the schema {schema}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_key_is_among_the_cases() {
    for (key, _) in KEYS {
        let start = format!("{key}:");
        for cases in [GOOD, BAD] {
            assert!(cases.iter().any(|text| text.starts_with(&start)), "{key}");
        }
    }
}

#[test]
fn every_property_is_described() {
    let schema = schema(RULES);
    for (key, _) in KEYS {
        let property = &schema["properties"][key];
        assert!(property["description"].is_string(), "{key}");
        for (name, below) in property["properties"].as_object().into_iter().flatten() {
            assert!(below["description"].is_string(), "{key}.{name}");
        }
    }
}

/// What the text of `dockworthy init` says once its comments are taken away.
fn uncommented(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with("  ") => rest,
        Some(rest) if rest.starts_with(' ') || rest.is_empty() => "",
        Some(rest) => rest,
        None => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_init_writes_is_valid_as_it_stands_and_without_its_comment_signs() {
    let text = include_str!("../../src/cli/init.yaml");
    let validator = jsonschema::validator_for(&schema(RULES)).expect("a schema");
    let whole = uncommented(text);
    for text in [text, &whole] {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        assert!(validator.is_valid(&value), "{text}");
    }
    assert_eq!(read(text), Ok(()));
    // The files of the example are not there, which is all that is wrong.
    let without = whole.replace("[compose.yaml, compose.prod.yaml]", "[a.yaml, b.yaml]");
    assert_eq!(
        read(&without.replace("[.env, prod.env]", "[a.yaml]")),
        Ok(())
    );
    for (key, _) in KEYS {
        assert!(
            whole
                .lines()
                .any(|line| line.starts_with(&format!("{key}:"))),
            "{key}"
        );
    }
}

#[test]
fn the_examples_of_the_documentation_are_valid() {
    let text = include_str!("../../docs/configuration.md");
    let validator = jsonschema::validator_for(&schema(RULES)).expect("a schema");
    let mut examples = 0;
    let mut keys = Vec::new();
    for part in text.split("```yaml\n").skip(1) {
        let (example, _) = part.split_once("```").expect("an end");
        let value: Value = serde_yaml::from_str(example).expect("YAML");
        assert!(validator.is_valid(&value), "{example}");
        assert_eq!(read(example), Ok(()), "{example}");
        keys.extend(value.as_object().expect("keys").keys().cloned());
        examples += 1;
    }
    assert!(examples >= 14, "{examples}");
    for (key, _) in KEYS {
        assert!(
            keys.iter().any(|known| known == key),
            "no example has `{key}`"
        );
    }
}

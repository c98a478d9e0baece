//! Nothing that a file can hold makes reading it fail, or take long.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use dockworthy::compose;
use dockworthy::text::FileId;
use dockworthy::yaml;

use super::all_errors;
use crate::corpus;

/// Reads a text; every span has to fit it.
fn read(text: &str) {
    for error in all_errors(text, "compose.yaml") {
        assert!(text.get(error.span.range()).is_some(), "{error:?}");
        let edits = error.fix.iter().flat_map(|fix| &fix.edits);
        for edit in edits {
            assert!(text.get(edit.span.range()).is_some(), "{error:?}");
        }
    }
}

/// Reads a text; quadratic behaviour would take minutes.
fn reads(text: &str) {
    let text: Arc<str> = text.into();
    let parsed = yaml::parse(&text);
    compose::read(&parsed.tree, FileId(0), Path::new("compose.yaml"));
}

#[test]
fn every_prefix_of_a_file_is_read() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/compose/full.yaml"
    );
    let text = fs::read_to_string(path).unwrap();
    for end in (0..text.len()).step_by(7) {
        read(&text[..end]);
    }
}

#[test]
fn nasty_files_are_read() {
    let Some(dir) = corpus::dir() else { return };
    for entry in fs::read_dir(dir.join("hostile-yaml")).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        read(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn aliases_and_merge_keys_do_not_multiply() {
    // Services of aliases of services.
    let mut text = String::from("x-env: &env\n");
    for index in 0..2000 {
        writeln!(text, "  V{index}: x").unwrap();
    }
    text.push_str("services:\n");
    for index in 0..2000 {
        writeln!(
            text,
            "  s{index}: {{image: x, environment: *env, labels: {{<<: *env}}}}"
        )
        .unwrap();
    }
    reads(&text);

    let mut text = String::from("a0: &a0 {image: x}\n");
    for index in 1..60 {
        let below = index - 1;
        writeln!(
            text,
            "a{index}: &a{index} {{<<: [*a{below}, *a{below}], k{index}: [*a{below}, *a{below}]}}"
        )
        .unwrap();
    }
    text.push_str("services: {web: *a59, db: {<<: *a59}}\n");
    reads(&text);
}

#[test]
fn many_mistakes_are_read() {
    let mut text = String::from("services:\n  web:\n    image: x\n");
    for index in 0..50_000 {
        writeln!(text, "    unknown_{index}: {{a: b}}").unwrap();
    }
    reads(&text);

    let mut text = String::from("services:\n  web:\n    image: x\n    security_opt:\n");
    for index in 0..50_000 {
        writeln!(text, "      - a{}", index % 100).unwrap();
    }
    reads(&text);

    let mut text = String::from("services:\n");
    for index in 0..4_000 {
        writeln!(
            text,
            "  s{index}: {{image: x, command: \"{}\"}}",
            "${A:-".repeat(20)
        )
        .unwrap();
    }
    reads(&text);
}

#[test]
fn one_very_long_text_is_read() {
    for part in ["${A:-", "$(", "a:", "'", "(", "\\\\", ",", "-", "1"] {
        let long = part.repeat(200_000 / part.len());
        let text = format!(
            "services: {{web: {{image: x, command: \"{long}\", ports: [\"{long}\"], volumes: [\"{long}\"], \
             extra_hosts: [\"{long}\"], tmpfs: \"{long}\", mem_limit: \"{long}\"}}}}\n"
        );
        reads(&text);
    }
}

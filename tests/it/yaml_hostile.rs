//! YAML that wants to hurt: deep, huge, exponential, unclosed. Everything ends soon, with a tree.

use std::path::Path;
use std::sync::Arc;

use dockworthy::diagnostic::{Parse, SyntaxError};
use dockworthy::yaml::{self, Yaml};

use super::corpus;
use super::yaml::assert_whole;

fn parse(text: String) -> Parse<Yaml> {
    let text: Arc<str> = text.into();
    // Quadratic behaviour would take minutes here.
    let parse = yaml::parse(&text);
    assert_eq!(
        parse.tree.documents.last().map(|d| d.span.end as usize),
        Some(text.len())
    );
    for error in &parse.errors {
        assert!(text.get(error.span.range()).is_some());
    }
    parse
}

fn rules(errors: &[SyntaxError]) -> Vec<&str> {
    let mut rules: Vec<&str> = errors.iter().map(|error| error.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn hostile_files_of_the_corpus_are_read_to_their_end() {
    let Some(corpus) = corpus::dir() else {
        return;
    };
    for entry in std::fs::read_dir(corpus.join("hostile-yaml")).expect("readable") {
        let path: &Path = &entry.expect("readable").path();
        let bytes = std::fs::read(path).expect("readable");
        let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
        let parse = yaml::parse(&text);
        assert_whole(&text, &parse.tree);
        for document in &parse.tree.documents {
            for id in document.ids() {
                let merged = document.merged(id);
                assert!(merged.entries.len() <= 100_000, "{}", path.display());
            }
        }
    }
}

#[test]
fn nesting_ends_at_the_limit() {
    for text in [
        "[".repeat(1_000_000),
        "{".repeat(1_000_000),
        "[".repeat(100_000) + &"]".repeat(100_000),
        "- ".repeat(1_000_000),
        "? ".repeat(500_000),
        (0..1000).map(|depth| " ".repeat(depth) + "a:\n").collect(),
    ] {
        let parse = parse(text);
        assert_eq!(parse.errors.len(), 1);
        assert!(
            parse.errors[0].message.contains("200"),
            "{}",
            parse.errors[0].message
        );
        assert!(!parse.tree.skipped.is_empty());
    }
}

#[test]
fn the_number_of_values_is_limited() {
    let parse = parse("- a\n".repeat(1_000_010));
    assert_eq!(parse.errors.len(), 1);
    assert!(parse.errors[0].message.contains("1000000"));
}

#[test]
fn large_files_take_time_in_proportion() {
    let nested = "k:\n  a:\n    b: {c: [d, e]}\n    f: some text\n";
    let no_error: [&str; 0] = [];
    for (text, expected) in [
        (nested.repeat(8_000), &["duplicate-mapping-key"][..]),
        (format!("a: {}", "x".repeat(20_000_000)), &no_error[..]),
        (format!("a: \"{}", "x".repeat(1_000_000)), &["invalid-yaml"]),
        (format!("{}: a", "x".repeat(4_000_000)), &no_error),
        (format!("a: b\n{}", "  #\n".repeat(200_000)), &no_error),
        ("#".repeat(8_000_000), &no_error),
        (
            format!("a: b\n{}", "\t\n".repeat(200_000)),
            &["invalid-yaml"],
        ),
        (
            format!("a: b\n{}", "\t".repeat(2_000_000)),
            &["invalid-yaml"],
        ),
        (format!("a: [{}", "b,".repeat(50_000)), &["invalid-yaml"]),
        (
            format!("a: [{}]", "b? , ".repeat(30_000)),
            &["invalid-yaml"],
        ),
        (
            format!("a: &a b\nc:\n{}", "- *a\n".repeat(100_000)),
            &no_error,
        ),
        (
            format!("a: &a b\nc:\n{}", "- *z\n".repeat(50_000)),
            &["undefined-alias"],
        ),
        (
            format!("a: b\n{}", "c\u{2028}".repeat(50_000)),
            &["invalid-yaml"],
        ),
        ("---\n".repeat(20_000), &no_error),
        ("\"".repeat(1_000_000), &["invalid-yaml"]),
        ("%a\n".repeat(100_000), &["invalid-yaml"]),
        (
            "a: b: c\n".repeat(100_000),
            &["duplicate-mapping-key", "invalid-yaml"],
        ),
    ] {
        let shown: String = text.chars().take(30).collect();
        assert_eq!(rules(&parse(text).errors), expected, "{shown:?}");
    }
}

#[test]
fn alias_bombs_are_named_and_cost_nothing() {
    let mut bomb = "a0: &a0 x\n".to_owned();
    for level in 1..60 {
        let alias = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![alias; 9].join(", "));
    }
    let parse = parse(bomb);
    assert_eq!(rules(&parse.errors), ["alias-expansion-limit"]);
    assert_eq!(parse.errors.len(), 1);
}

#[test]
fn chains_of_merge_keys_stop_at_the_budget() {
    let mut chain = "a0: &a0 {k0: v}\n".to_owned();
    for level in 1..2000 {
        chain += &format!(
            "a{level}: &a{level}\n  <<: *a{}\n  k{level}: v\n",
            level - 1
        );
    }
    let parse = parse(chain);
    let document = &parse.tree.documents[0];
    let merged: Vec<_> = document.ids().map(|id| document.merged(id)).collect();
    assert!(merged.iter().any(|merged| merged.truncated));
}

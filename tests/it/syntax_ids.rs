//! The rules that pass on what parsers refuse, and the ids under which parsers refuse: the same set.
//!
//! An error whose id has no rule would be found and then never shown; a rule whose id nobody says would promise
//! what never comes. Both are found in the sources, so that no fixture has to reach every error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dockworthy::rules::RULES;

/// The modules that make syntax errors.
const PARSERS: [&str; 5] = ["compose", "dockerfile", "grammar", "shell", "yaml"];

/// What ids of syntax errors begin with that reach `SyntaxError::new` through a variable. No other text of the
/// parsers does.
const PREFIXES: [&str; 6] = [
    "duplicate-",
    "invalid-",
    "missing-",
    "undefined-",
    "unknown-",
    "unterminated-",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of the parsers without their tests, by file.
fn parsers() -> BTreeMap<PathBuf, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    for module in PARSERS {
        sources(&src.join(module), &mut paths);
        paths.extend(Some(src.join(format!("{module}.rs"))).filter(|path| path.is_file()));
    }
    let code = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let code = text
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default()
            .to_owned();
        (path, code)
    };
    paths
        .into_iter()
        .filter(|path| !path.ends_with("tests.rs"))
        .map(code)
        .collect()
}

/// The string literals of a piece of code: good enough for ids, which hold no escapes.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
}

fn is_kebab_case(text: &str) -> bool {
    text.contains('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The ids that the parsers give to their errors, and a file for each.
fn emitted() -> BTreeMap<String, PathBuf> {
    let mut ids = BTreeMap::new();
    for (path, code) in parsers() {
        for call in code.split("SyntaxError::new(").skip(1) {
            if let Some(rest) = call.trim_start().strip_prefix('"') {
                let id = rest.split('"').next().unwrap_or_default();
                ids.insert(id.to_owned(), path.clone());
            }
        }
        let listed =
            literals(&code).filter(|text| PREFIXES.iter().any(|prefix| text.starts_with(prefix)));
        ids.extend(
            listed
                .filter(|text| is_kebab_case(text))
                .map(|id| (id.to_owned(), path.clone())),
        );
    }
    ids
}

#[test]
fn every_syntax_error_id_has_a_rule() {
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.meta.id).collect();
    let emitted = emitted();
    assert!(
        emitted.contains_key("invalid-yaml"),
        "the ids were not found: {emitted:?}"
    );
    let missing: Vec<String> = emitted
        .iter()
        .filter(|(id, _)| !known.contains(id.as_str()))
        .map(|(id, path)| format!("{id} ({})", path.display()))
        .collect();
    assert!(
        missing.is_empty(),
        "syntax errors that no rule passes on:\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_rule_that_passes_errors_on_has_a_parser_that_makes_them() {
    let parsers = parsers();
    let said: BTreeSet<&str> = parsers.values().flat_map(|code| literals(code)).collect();
    let mut silent = Vec::new();
    for rule in RULES {
        let folder = format!("rules/{}/{}/rule.rs", rule.meta.group, rule.meta.id);
        let code = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder))
            .expect("UTF-8");
        let passes_on = code
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default()
            .contains("on.syntax()");
        if passes_on && !said.contains(rule.meta.id) {
            silent.push(folder);
        }
    }
    assert!(
        silent.is_empty(),
        "rules that pass on what no parser says:\n{}",
        silent.join("\n")
    );
}

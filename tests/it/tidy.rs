//! House rules: module edges, forbidden names, orphan snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with an ending, with their text.
fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                found.push((
                    path.strip_prefix(root())
                        .expect("below the root")
                        .to_path_buf(),
                    text,
                ));
            }
        }
    }
    found.sort();
    found
}

/// The part of a file before its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

/// The module below `src/` that a file belongs to.
fn module(path: &Path) -> String {
    let mut parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    let top = parts.next().unwrap_or_default();
    if top == "rules" {
        return "rules".to_owned();
    }
    parts
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The table of `src/lib.rs`: module → what it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lib.lines().filter(|line| line.starts_with("//! | [`")) {
        let cells: Vec<&str> = line
            .trim_start_matches("//! |")
            .split('|')
            .map(str::trim)
            .collect();
        let name = cells[0]
            .trim_matches(|c| matches!(c, '[' | ']' | '`'))
            .to_owned();
        let known: BTreeSet<String> = table.keys().cloned().collect();
        let allowed = match cells[2] {
            "–" => BTreeSet::new(),
            "all" => known,
            "all above" => known,
            "all of the above but config" => known
                .into_iter()
                .filter(|other| other != "config")
                .collect(),
            "all above but config and rules" => known
                .into_iter()
                .filter(|other| other != "config" && other != "rules")
                .collect(),
            list => list.split(", ").map(str::to_owned).collect(),
        };
        table.insert(name, allowed);
    }
    assert!(
        table.len() > 10,
        "the table of src/lib.rs was not understood"
    );
    table
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let table = table();
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().chain(files("rules", ".rs")) {
        let own = module(&path);
        let Some(allowed) = table.get(&own) else {
            continue;
        };
        for (number, line) in code(&text).lines().enumerate() {
            for (at, _) in line
                .match_indices("crate::")
                .filter(|_| !line.trim_start().starts_with("//"))
            {
                let rest = &line[at + "crate::".len()..];
                let used: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let is_module = table.contains_key(&used);
                if is_module && used != own && !allowed.contains(&used) {
                    wrong.push(format!(
                        "{}:{}: `{own}` uses `{used}`",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    // `engine::testing` and `rules` are test doubles and generated code: they see what they test.
    wrong.retain(|line| !line.starts_with("src/engine/testing.rs"));
    assert!(
        wrong.is_empty(),
        "edges that src/lib.rs does not list:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn crates_are_named_where_they_belong() {
    let homes: [(&str, &[&str]); 6] = [
        ("miette", &["src/report/full"]),
        ("granit_parser", &["src/yaml/parse.rs"]),
        ("nom", &["src/grammar/", "src/dockerfile/"]),
        ("ignore", &["src/workspace/discover.rs"]),
        ("lsp_server", &["src/lsp/"]),
        ("lsp_types", &["src/lsp/"]),
    ];
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().chain(files("rules", ".rs")) {
        let path = path.to_string_lossy().into_owned();
        for (name, home) in homes {
            let uses = code(&text).contains(&format!("use {name}::"))
                || code(&text).contains(&format!(" {name}::"));
            if uses && !home.iter().any(|home| path.starts_with(home)) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_named_by_their_subject() {
    let forbidden = [
        "utils.rs",
        "util.rs",
        "helpers.rs",
        "common.rs",
        "types.rs",
        "misc.rs",
    ];
    for (path, _) in files("src", ".rs").into_iter().chain(files("rules", ".rs")) {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            !forbidden.contains(&name.as_str()),
            "{} has no subject",
            path.display()
        );
    }
}

#[test]
fn only_the_command_line_prints_and_writes() {
    let forbidden = [
        "std::fs::write",
        "fs::rename",
        "stdout()",
        "stderr()",
        "println!",
        "eprintln!",
    ];
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().chain(files("rules", ".rs")) {
        let path = path.to_string_lossy().into_owned();
        if path.starts_with("src/cli/") || path == "src/main.rs" {
            continue;
        }
        for word in forbidden.iter().filter(|word| code(&text).contains(**word)) {
            wrong.push(format!("{path} has {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_sort_with_the_same_code() {
    let own = [".sort()", ".sort_by(", ".sort_by_key(", ".sort_unstable"];
    let is_for_tests = |path: &str| path.ends_with("tests.rs") || path.ends_with("testing.rs");
    for (path, text) in files("src", ".rs").into_iter().chain(files("rules", ".rs")) {
        let path = path.to_string_lossy().into_owned();
        if path == "src/text/order.rs" || path.contains("/tests/") || is_for_tests(&path) {
            continue;
        }
        let sorts = own.iter().find(|sort| code(&text).contains(*sort));
        assert_eq!(sorts, None, "{path} sorts by itself, not by `text::order`");
    }
}

#[test]
fn rules_are_pure() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::time",
        "std::process",
        "\nstatic ",
        "LazyLock",
        "OnceLock",
        "thread_local",
    ];
    let mut wrong = Vec::new();
    for (path, text) in files("rules", "rule.rs") {
        for word in forbidden.iter().filter(|word| code(&text).contains(**word)) {
            wrong.push(format!("{} has `{word}`", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_snapshot_is_left_behind() {
    let ids: BTreeSet<&str> = dockworthy::rules::RULES
        .iter()
        .map(|rule| rule.meta.id)
        .collect();
    for (path, _) in files("snapshots/rules", ".snap") {
        let id = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            ids.contains(id.as_str()),
            "{} belongs to no rule",
            path.display()
        );
    }
}

//! `examples/ledger`: a project in which every file is fine by itself, and what is wrong stands between them.

use std::path::Path;
use std::process::Command;

/// Rule and line of every finding in `compose.yaml`.
const BETWEEN: &[(&str, u32)] = &[
    ("build-target-not-found", 9),
    ("undeclared-build-arg", 19),
    ("build-secret-not-granted", 20),
    ("unused-build-secret", 21),
    ("published-port-not-exposed", 23),
    ("ambiguous-default-stage", 28),
    ("unused-build-ssh", 31),
    ("dockerfile-not-found", 38),
    ("additional-context-path-not-found", 40),
    ("build-context-not-found", 46),
    ("inline-dockerfile-interpolated", 55),
];

fn findings(paths: &[&str], folder: &Path) -> Vec<(String, String, u32)> {
    let output = Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .args(["check", "--no-config", "--format", "json"])
        .args(paths)
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let line = &diagnostic["range"]["start"]["line"];
            let line = u32::try_from(line.as_u64().expect("a number")).expect("a line");
            (text(&diagnostic["path"]), text(&diagnostic["rule"]), line)
        })
        .collect()
}

#[test]
fn faults_between_the_files_are_all_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ledger");
    let found = findings(&["."], &folder);
    let found: Vec<(&str, &str, u32)> = found
        .iter()
        .map(|(path, rule, line)| (path.as_str(), rule.as_str(), *line))
        .collect();
    let wanted: Vec<(&str, &str, u32)> = BETWEEN
        .iter()
        .map(|(rule, line)| ("compose.yaml", *rule, *line))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn each_file_alone_is_fine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ledger");
    for path in [
        "api/Dockerfile",
        "worker/Dockerfile",
        "jobs/Dockerfile",
        "docs/Dockerfile",
    ] {
        assert_eq!(findings(&[path], &folder), [], "{path}");
    }
    // Without the other files there is nothing to compare with.
    let alone = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ledger-alone");
    std::fs::create_dir_all(&alone).expect("a folder");
    std::fs::copy(folder.join("compose.yaml"), alone.join("compose.yaml")).expect("a copy");
    let found = findings(&["compose.yaml"], &alone);
    let rules: Vec<&str> = found.iter().map(|(_, rule, _)| rule.as_str()).collect();
    let on_disk = [
        "build-context-not-found",
        "dockerfile-not-found",
        "additional-context-path-not-found",
    ];
    assert!(
        rules
            .iter()
            .all(|rule| on_disk.contains(rule) || *rule == "inline-dockerfile-interpolated"),
        "{rules:?}"
    );
}

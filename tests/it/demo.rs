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

#[test]
fn the_picture_shows_what_each_service_builds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ledger");
    let run = |format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_dockworthy"))
            .args(["files", "--no-config", "--format", format])
            .current_dir(&folder)
            .output()
            .expect("the binary runs");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let wanted = "\
compose.yaml  compose
  api      builds api/Dockerfile
  worker   builds worker/Dockerfile, stage `ship`
  reports  builds jobs/Dockerfile, stage `test`
  docs     builds docs/Dockerfile.production (not there)
  portal   builds protal/Dockerfile (not there)
  mailer   builds Dockerfile in the Compose file

api/Dockerfile  dockerfile, built by api in compose.yaml
docs/Dockerfile  dockerfile
jobs/Dockerfile  dockerfile, built by reports in compose.yaml
worker/Dockerfile  dockerfile, built by worker in compose.yaml
";
    let shown = run("text");
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    assert_eq!(lines, wanted.lines().collect::<Vec<_>>());
    let document: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    let services = document["projects"][0]["services"]
        .as_array()
        .expect("a list");
    let worker = services.iter().find(|service| service["name"] == "worker");
    assert_eq!(worker.expect("it is there")["build"]["stage"], "ship");
}

/// A project over several files: overrides, includes, a list in `.env`.
#[test]
fn the_picture_shows_the_files_of_a_project() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("picture");
    let _ = std::fs::remove_dir_all(&folder);
    let files = [
        (
            "compose.yaml",
            "include: [db/compose.yaml]\nservices: {web: {extends: {file: base.txt, service: b}}}\n",
        ),
        (
            "docker-compose.override.yml",
            "services: {web: {image: nginx:1.29}}\n",
        ),
        ("base.txt", "services: {b: {restart: always}}\n"),
        (
            "db/compose.yaml",
            "services: {db: {image: \"postgres:${PG}\"}}\n",
        ),
        ("db/.env", "PG=17\n"),
        (
            "other/stack.compose.yaml",
            "services: {a: {image: busybox:1.37}}\n",
        ),
    ];
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .args(["files", "--no-config"])
        .current_dir(&folder)
        .output()
        .expect("the binary runs");
    let wanted = "\
compose.yaml  compose
  + db/.env  env
  + db/compose.yaml  include
  + base.txt  extends
  + docker-compose.override.yml  override
  db   image postgres:17
  web  image nginx:1.29

other/stack.compose.yaml  compose (on its own; may be used with others)
  a  image busybox:1.37
";
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    let lines = lines.join("\n");
    assert_eq!(lines.trim_end(), wanted.trim_end());
}

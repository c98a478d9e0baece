//! `--add-ignores`: comments for what would fail the run, and for nothing else.

use std::path::Path;

use crate::cli::{Case, code, text};

#[test]
fn what_would_fail_the_run_is_ignored_with_its_reason() {
    let case = Case::new("ignores")
        .file(
            "Dockerfile",
            "# syntax=docker/dockerfile:1\nFROM debian AS base\nRUN apt-get install curl \\\n    # note\n    wget\n\nFROM base\nRUN <<EOF\ncd /x\nEOF\nUSER root\n",
        )
        .file(
            "compose.yaml",
            "services:\r\n  web:\r\n    image: nginx\r\n    privileged: true # for the demo\r\n    command: |\r\n      curl http://example.com | sh\r\n",
        );
    case.shows(
        "ignores-diff",
        &["--add-ignores", "--reason", "from before", "--diff"],
    );
    let output = case.run(&[
        "--add-ignores",
        "--reason",
        "from before",
        "--format",
        "concise",
    ]);
    assert_eq!(code(&output), 0, "{output:?}");
    let left = text(&output.stdout);
    assert!(left.lines().all(|line| line.contains(": info[")), "{left}");
    let compose = case.read("compose.yaml");
    assert!(
        compose.lines().all(|line| !line.ends_with('\r'))
            && compose.matches("\r\n").count() == compose.matches('\n').count()
    );
    let (dockerfile, compose) = (case.read("Dockerfile"), case.read("compose.yaml"));
    let output = case.run(&["--add-ignores", "--reason", "another"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(
        (case.read("Dockerfile"), case.read("compose.yaml")),
        (dockerfile, compose)
    );
}

#[test]
fn the_threshold_decides_what_is_ignored() {
    let case = Case::new("ignores-threshold").file("Dockerfile", "FROM debian\nUSER root\n");
    case.run(&["--add-ignores", "--fail-on", "never"]);
    assert_eq!(case.read("Dockerfile"), "FROM debian\nUSER root\n");
    let output = case.run(&[
        "--add-ignores",
        "--fail-on",
        "info",
        "--select",
        "untagged-image",
    ]);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: ignored 1 finding in 1 file\n"
    );
    assert_eq!(
        case.read("Dockerfile"),
        "# dockworthy: ignore[untagged-image]\nFROM debian\nUSER root\n"
    );
    // What a baseline knows needs no comment.
    let case = Case::new("ignores-baseline").file("Dockerfile", "FROM debian\nUSER root\n");
    case.run(&["--write-baseline"]);
    case.run(&["--add-ignores"]);
    assert_eq!(case.read("Dockerfile"), "FROM debian\nUSER root\n");
}

#[test]
fn what_stands_outside_instructions_is_ignored_for_the_file() {
    let case = Case::new("ignores-file").file(
        "Dockerfile",
        "FROM debian:13\nUSER 1\n# dockworthy: ignore[latest-tag] old\n",
    );
    let output = case.run(&["--add-ignores", "--reason", "x"]);
    assert_eq!(code(&output), 0, "{output:?}");
    assert_eq!(
        case.read("Dockerfile"),
        "# dockworthy: ignore-file[unused-suppression] x\nFROM debian:13\nUSER 1\n# dockworthy: ignore[latest-tag] old\n"
    );
}

#[test]
fn a_dockerfile_in_a_compose_file_is_ignored_above_it() {
    let case = Case::new("ignores-inline").file(
        "compose.yaml",
        "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM debian\n        USER 1\n",
    );
    let output = case.run(&["--add-ignores", "--reason", "x"]);
    assert_eq!(code(&output), 0, "{output:?}");
    assert_eq!(
        case.read("compose.yaml"),
        "services:\n  a:\n    build:\n      # dockworthy: ignore[untagged-image] x\n      dockerfile_inline: |\n        FROM debian\n        USER 1\n"
    );
}

#[test]
fn a_file_with_variables_is_ignored_above_the_variable() {
    let case = Case::new("ignores-env")
        .file(".gitignore", "*.log\n")
        .file(
            ".env",
            "A='1\n2' DB_PASSWORD=x7Gq0TzK2m\r\nexport TAG=3\r\n",
        )
        .file(
            "compose.yaml",
            "services:\n  web:\n    image: nginx:${TAG}\n    environment: [DB_PASSWORD]\n",
        );
    let only = ["--select", "secret-in-env-file,unused-suppression"];
    let run = |flags: &[&str]| case.run(&[&only[..], flags].concat());
    assert_eq!(code(&run(&[])), 1);
    let before = case.read(".env");
    let shown = run(&["--add-ignores", "--reason", "why", "--diff"]);
    assert!(text(&shown.stdout).contains("+# dockworthy: ignore[secret-in-env-file] why"));
    assert_eq!(case.read(".env"), before);
    let output = run(&["--add-ignores", "--reason", "why"]);
    assert_eq!(code(&output), 0, "{output:?}");
    assert_eq!(
        case.read(".env"),
        format!("# dockworthy: ignore[secret-in-env-file] why\n{before}")
    );
}

#[test]
fn what_cannot_be_written_is_told() {
    let case = Case::new("ignores-damaged").file("Dockerfile", b"FROM debian\nRUN echo \xff\n");
    let before = std::fs::read(case.folder.join("Dockerfile")).expect("readable");
    let output = case.run(&["--add-ignores"]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        std::fs::read(case.folder.join("Dockerfile")).expect("readable"),
        before
    );
    for reason in ["", "a\nb", "a\u{1b}[31m"] {
        assert_eq!(code(&case.run(&["--add-ignores", "--reason", reason])), 2);
    }
}

/// Copies a folder with all below it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("writable");
    for entry in std::fs::read_dir(from).expect("readable") {
        let path = entry.expect("readable").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::write(&to, std::fs::read(&path).expect("readable")).expect("writable");
        }
    }
}

#[test]
fn the_corpus_can_be_ignored() {
    let Some(corpus) = crate::corpus::dir() else {
        return;
    };
    let case = Case::new("ignores-corpus");
    copy(&corpus.join("files"), &case.folder);
    let common = ["--format", "json", "--preset", "all"];
    let run = |args: &[&str]| {
        let output = case.run(&[&common, args].concat());
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        (output, json)
    };
    let syntax = |json: &serde_json::Value| {
        let all = json["diagnostics"].as_array().expect("an array");
        all.iter().filter(|d| d["category"] == "syntax").count()
    };
    let (_, before) = run(&[]);
    let (output, after) = run(&["--add-ignores", "--reason", "from the corpus"]);
    assert!(
        text(&output.stderr).contains("ignored "),
        "{}",
        text(&output.stderr)
    );
    let left = after["diagnostics"].as_array().expect("an array").iter();
    let left = left.filter(|d| d["suppressed"].is_null() && d["severity"] != "info");
    let left: Vec<String> = left
        .map(|d| {
            format!(
                "{}:{} {}",
                d["path"], d["range"]["start"]["line"], d["rule"]
            )
        })
        .collect();
    assert!(
        left.is_empty(),
        "{} left: {:#?}",
        left.len(),
        &left[..left.len().min(30)]
    );
    assert_eq!(syntax(&before), syntax(&after));
    let (output, _) = run(&["--add-ignores", "--reason", "again"]);
    assert_eq!((code(&output), text(&output.stderr)), (0, String::new()));
}

//! Comments in files with variables, through the binary: what they silence, and what is said of them.

use crate::cli::{Case, code, text};

const SECRET: &str = "DB_PASSWORD=x7Gq0TzK2m\n";
const FOUND: &str = ".env:1:1: warning[secret-in-env-file]";

fn case(name: &str, env: &str) -> Case {
    Case::new(name)
        .file(".gitignore", "*.log\n")
        .file(".env", env)
        .file(
            "compose.yaml",
            "services:\n  web:\n    image: nginx:${TAG:-1}\n",
        )
}

/// Path, line and rule of what is found.
fn found(case: &Case, flags: &[&str]) -> Vec<String> {
    let rules = "secret-in-env-file,unused-suppression,unknown-rule-in-suppression,expired-suppression,\
                 suppression-without-reason,env-file-syntax";
    let output = case.run(&[&["check", "--format", "concise", "--select", rules], flags].concat());
    assert_eq!(text(&output.stderr), "");
    let shown = text(&output.stdout);
    let place = |line: &str| {
        line.split(']')
            .next()
            .map(|place| format!("{place}]"))
            .unwrap_or_default()
    };
    shown.lines().map(place).collect()
}

#[test]
fn the_next_line_or_the_file_is_ignored() {
    assert_eq!(found(&case("env-plain", SECRET), &[]), [FOUND]);
    for comment in [
        "# dockworthy: ignore[secret-in-env-file] for the demo",
        "# dockworthy: ignore[CL-0021] for the demo",
        "# dockworthy: ignore-file[secret-in-env-file] for the demo",
    ] {
        let case = case("env-ignored", &format!("{comment}\n\n{SECRET}"));
        assert_eq!(found(&case, &[]), [""; 0], "{comment}");
        let output = case.run(&[
            "check",
            "--format",
            "json",
            "--select",
            "secret-in-env-file",
        ]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(
            json["diagnostics"][0]["suppressed"]["reason"],
            "for the demo"
        );
        assert_eq!(code(&output), 0);
    }
}

#[test]
fn a_comment_that_ignores_nothing_is_told() {
    let unused = |env: &str| found(&case("env-unused", env), &[]);
    let comment = "# dockworthy: ignore[secret-in-env-file] why\n";
    assert_eq!(
        unused(&format!("{comment}A=1\n{SECRET}")),
        [
            ".env:1:22: warning[unused-suppression]",
            ".env:3:1: warning[secret-in-env-file]"
        ]
    );
    assert_eq!(
        unused(&format!("{SECRET}{comment}"))[1],
        ".env:2:1: warning[unused-suppression]"
    );
    assert_eq!(
        unused("# dockworthy: ignore[secret-in-envfile] why\nA=1\n"),
        [".env:1:22: warning[unknown-rule-in-suppression]"]
    );
    assert_eq!(
        unused(&format!(
            "# dockworthy: ignore[secret-in-env-file until=2020-01-31] why\n{SECRET}"
        )),
        [
            ".env:1:47: warning[expired-suppression]",
            ".env:2:1: warning[secret-in-env-file]"
        ]
    );
    // A rule that did not run may need it.
    let case = case("env-undecided", &format!("{comment}A=1\n"));
    assert_eq!(found(&case, &["--ignore", "secret-in-env-file"]), [""; 0]);
}

#[test]
fn what_points_into_the_file_can_be_ignored_there() {
    let with = |env: &str| {
        Case::new("env-pointing")
            .file(".gitignore", "*.log\n")
            .file("api.env", env)
            .file(
                "compose.yaml",
                "services:\n  web: {image: \"nginx:1\", env_file: api.env}\n",
            )
    };
    assert_eq!(
        found(&with(SECRET), &[]),
        ["compose.yaml:2:37: warning[secret-in-env-file]"]
    );
    let ignored = format!("# dockworthy: ignore[secret-in-env-file] why\n{SECRET}");
    assert_eq!(found(&with(&ignored), &[]), [""; 0]);
}

#[test]
fn projects_that_share_a_file_agree_about_its_comments() {
    let comment = "# dockworthy: ignore[secret-in-env-file] why\n";
    let with = |env: &str| {
        Case::new("env-shared")
            .file(".gitignore", "*.log\n")
            .file("api.env", env)
            .file("a/compose.yaml", "services:\n  web: {image: \"nginx:1\", env_file: ../api.env}\n")
            .file(
                "b/compose.yaml",
                "services:\n  web: {image: \"nginx:1\", env_file: ../api.env, environment: {DB_PASSWORD: a}}\n",
            )
    };
    // The second one sets the variable by itself, and has no use for the comment.
    assert_eq!(found(&with(&format!("{comment}{SECRET}")), &[]), [""; 0]);
    assert_eq!(
        found(&with(&format!("{comment}A=1\n")), &[]),
        ["api.env:1:22: warning[unused-suppression]"]
    );
}

#[test]
fn the_threshold_of_the_configuration_counts_there() {
    let case = case("env-threshold", SECRET).file("dockworthy.yaml", "fail-on: error\n");
    for args in [&["check"][..], &["check", "compose.yaml"]] {
        assert_eq!(code(&case.run(args)), 0, "{args:?}");
    }
    let output = case.run(&["check", "--add-ignores"]);
    assert_eq!((code(&output), case.read(".env")), (0, SECRET.to_owned()));
    assert_eq!(code(&case.run(&["check", "--fail-on", "warning"])), 1);
}

#[test]
fn a_baseline_forgets_what_is_mended_there() {
    let case = case("env-baseline", SECRET);
    case.run(&["--write-baseline"]);
    assert_eq!(found(&case, &[]), [""; 0]);
    let known = || case.read("dockworthy-baseline.json").contains("\".env\"");
    std::fs::write(case.folder.join(".env"), "A=1\n").expect("writable");
    case.run(&["--write-baseline", "--ignore", "secret-in-env-file"]);
    assert!(known(), "the rule has not run");
    case.run(&["--write-baseline"]);
    assert!(!known());
}

#[test]
fn comments_can_be_switched_off() {
    let ignored = format!("# dockworthy: ignore[secret-in-env-file] why\n{SECRET}");
    let case =
        case("env-off", &ignored).file("dockworthy.yaml", "suppressions: {comments: false}\n");
    assert_eq!(found(&case, &[]), [".env:2:1: warning[secret-in-env-file]"]);
}

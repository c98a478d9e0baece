//! Baselines: what is accepted stays accepted wherever it goes, and nothing else is.

use std::process::Output;

use crate::cli::{Case, code, text};

const DOCKERFILE: &str = "FROM debian\nWORKDIR /srv\nADD a /a\nADD b /b\nCMD run me\n";

const FILE: &str = "dockworthy-baseline.json";

/// A folder with a Dockerfile and a baseline that knows all of it.
fn accepted(name: &str, dockerfile: &str) -> Case {
    let case = Case::new(name).file("api/Dockerfile", dockerfile);
    let output = case.run(&["--write-baseline"]);
    assert_eq!(code(&output), 0, "{output:?}");
    case
}

/// The findings that are new, as `path: rule`.
fn new(output: &Output) -> Vec<String> {
    let lines = text(&output.stdout);
    let line = |line: &str| {
        let path = line.split(':').next().unwrap_or_default().to_owned();
        let rule = line.split(['[', ']']).nth(1).unwrap_or_default();
        format!("{path}: {rule}")
    };
    lines.lines().map(line).collect()
}

fn check(case: &Case) -> Output {
    case.run(&["--format", "concise"])
}

fn clean(case: &Case) {
    let output = check(case);
    assert_eq!(text(&output.stdout), "");
    assert_eq!(text(&output.stderr), "");
    assert_eq!(code(&output), 0);
}

#[test]
fn a_baseline_is_written_and_counts() {
    let case = Case::new("baseline").file("api/Dockerfile", DOCKERFILE);
    case.shows("baseline-write", &["--write-baseline"]);
    let written = case.read(FILE);
    case.shows("baseline-check", &["--format", "full"]);
    // Again, nothing changes.
    case.run(&["--write-baseline"]);
    assert_eq!(case.read(FILE), written);
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("baseline-file", written) });
}

#[test]
fn moved_lines_stay_known() {
    let case = accepted("baseline-moved", DOCKERFILE);
    let moved = DOCKERFILE
        .replace("WORKDIR", "# note\n\n\nWORKDIR")
        .replace("ADD a /a\nADD b /b", "ADD b /b\n  ADD  a /a");
    clean(&case.file("api/Dockerfile", moved.replace('\n', "\r\n")));
}

#[test]
fn a_renamed_file_stays_known() {
    let case = accepted("baseline-renamed", DOCKERFILE);
    let to = case.folder.join("services/api.Dockerfile");
    std::fs::create_dir_all(to.parent().expect("a parent")).expect("writable");
    std::fs::rename(case.folder.join("api/Dockerfile"), &to).expect("it is there");
    clean(&case);
    // And renamed with changes, of which some are new.
    let case = case.file(
        "services/api.Dockerfile",
        format!("{DOCKERFILE}USER root\n"),
    );
    assert_eq!(new(&check(&case)), ["services/api.Dockerfile: root-user"]);
}

#[test]
fn a_copy_is_new() {
    let case = accepted("baseline-copy", "FROM debian:13\nADD a /a\nUSER 1\n");
    let case = case.file("web/Dockerfile", "FROM debian:13\nADD a /a\nUSER 1\n");
    assert_eq!(new(&check(&case)), ["web/Dockerfile: add-instead-of-copy"]);
}

#[test]
fn an_edited_line_stays_known_unless_the_edit_is_the_fault() {
    let case = accepted("baseline-edited", "FROM debian AS base\nUSER 1\n");
    let case = case.file(
        "api/Dockerfile",
        "FROM --platform=linux/arm64 debian AS build\nUSER 1\n",
    );
    let found = new(&check(&case));
    assert!(
        !found.contains(&"api/Dockerfile: untagged-image".to_owned()),
        "{found:?}"
    );
    let case = case.file("api/Dockerfile", "FROM ubuntu AS base\nUSER 1\n");
    let found = new(&check(&case));
    assert!(
        found.contains(&"api/Dockerfile: untagged-image".to_owned()),
        "{found:?}"
    );
}

#[test]
fn duplicates_are_counted() {
    let twice = "FROM debian:13\nRUN cd a\nRUN cd a\nUSER 1\n";
    let case = accepted("baseline-duplicates", twice);
    assert!(
        case.read(FILE).contains("\"count\":2"),
        "{}",
        case.read(FILE)
    );
    let case = case.file("api/Dockerfile", twice.replace("USER", "RUN cd a\nUSER"));
    let found = new(&check(&case));
    assert_eq!(found.len(), 1, "{found:?}");
    let case = case.file("api/Dockerfile", "FROM debian:13\nRUN cd a\nUSER 1\n");
    let output = check(&case);
    assert_eq!(code(&output), 0);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: 1 finding of dockworthy-baseline.json is fixed; `--write-baseline` removes it\n"
    );
}

#[test]
fn only_new_findings_fail_the_run_and_known_ones_are_marked() {
    let case = accepted("baseline-new", DOCKERFILE);
    let case = case.file("api/Dockerfile", format!("{DOCKERFILE}USER root\n"));
    let output = case.run(&["--format", "json"]);
    assert_eq!(code(&output), 1);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let diagnostics = json["diagnostics"].as_array().expect("an array");
    let (known, new): (Vec<_>, Vec<_>) =
        diagnostics.iter().partition(|d| !d["suppressed"].is_null());
    assert!(known.len() >= 4 && known.iter().all(|d| d["suppressed"]["by"] == "baseline"));
    assert_eq!(new.len(), 1);
    assert_eq!(new[0]["rule"], "root-user");
    assert_eq!(json["summary"]["suppressed"], known.len());
}

#[test]
fn what_is_fixed_is_told_and_removed() {
    let case = accepted("baseline-fixed", DOCKERFILE);
    let better = DOCKERFILE.replace("ADD", "COPY");
    let case = case.file("api/Dockerfile", better);
    let output = check(&case);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: 2 findings of dockworthy-baseline.json are fixed; `--write-baseline` removes them\n"
    );
    assert_eq!(text(&case.run(&["--quiet"]).stderr), "");
    // A run that looks elsewhere, or for other things, says nothing about it.
    let case = case.file("web/Dockerfile", "FROM debian:13\nUSER 1\n");
    for args in [
        &["web"][..],
        &["--select", "syntax"],
        &["--ignore", "add-instead-of-copy"],
    ] {
        assert_eq!(text(&case.run(args).stderr), "", "{args:?}");
    }
    case.run(&["--write-baseline", "web"]);
    assert!(case.read(FILE).contains("add-instead-of-copy"));
    case.run(&["--write-baseline", "--ignore", "add-instead-of-copy"]);
    assert!(case.read(FILE).contains("add-instead-of-copy"));
    case.run(&["--write-baseline"]);
    assert!(!case.read(FILE).contains("add-instead-of-copy"));
    clean(&case);
}

#[test]
fn a_deleted_file_is_fixed() {
    let case = accepted("baseline-deleted", DOCKERFILE);
    std::fs::remove_file(case.folder.join("api/Dockerfile")).expect("it is there");
    let case = case.file("web/Dockerfile", "FROM debian:13\nUSER 1\n");
    let said = text(&check(&case).stderr);
    assert!(said.contains("are fixed"), "{said}");
    case.run(&["--write-baseline"]);
    assert!(
        case.read(FILE).contains("\"findings\": []"),
        "{}",
        case.read(FILE)
    );
}

#[test]
fn the_file_is_found_from_below_and_named_by_flag() {
    let case = accepted("baseline-below", DOCKERFILE);
    let below = |args: &[&str]| {
        let mut command = case.command(args);
        command.current_dir(case.folder.join("api"));
        command.output().expect("the binary runs")
    };
    assert_eq!(code(&below(&["--format", "concise"])), 0);
    assert_eq!(code(&below(&["--format", "concise", "--no-config"])), 1);
    std::fs::rename(case.folder.join(FILE), case.folder.join("known.json")).expect("it is there");
    assert_eq!(code(&below(&[])), 1);
    assert_eq!(code(&below(&["--baseline", "../known.json"])), 0);
    let output = case.run_with_input(
        &[
            "--baseline",
            "known.json",
            "--stdin-filename",
            "api/Dockerfile",
            "-",
        ],
        DOCKERFILE.as_bytes(),
    );
    assert_eq!(code(&output), 0, "{output:?}");
}

#[test]
fn separators_of_windows_make_no_difference() {
    let case = accepted("baseline-windows", DOCKERFILE);
    let written = case.read(FILE);
    let case = case.file(FILE, written.replace("api/Dockerfile", "api\\\\Dockerfile"));
    clean(&case);
}

#[test]
fn a_merge_of_two_baselines_counts_for_both() {
    let case = accepted("baseline-merge", DOCKERFILE);
    let ours = case.read(FILE);
    let case = case.file(
        "api/Dockerfile",
        DOCKERFILE.replace("ADD b /b", "USER root"),
    );
    std::fs::remove_file(case.folder.join(FILE)).expect("it is there");
    case.run(&["--write-baseline"]);
    let theirs = case.read(FILE);
    // What git makes of both with `merge=union`, but for the comma.
    let body = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with("    {"));
        let lines: Vec<String> = lines
            .map(|line| line.trim_end_matches(',').to_owned())
            .collect();
        lines.join(",\n")
    };
    let both = format!(
        "{{\n  \"version\": 1,\n  \"findings\": [\n{},\n{}\n  ]\n}}\n",
        body(&ours),
        body(&theirs)
    );
    let case = case.file(FILE, both);
    for dockerfile in [
        DOCKERFILE.to_owned(),
        DOCKERFILE.replace("ADD b /b", "USER root"),
    ] {
        let path = case.folder.join("api/Dockerfile");
        std::fs::write(path, dockerfile).expect("writable");
        let output = check(&case);
        assert_eq!((code(&output), text(&output.stdout)), (0, String::new()));
    }
}

#[test]
fn a_broken_baseline_is_trouble_with_its_line() {
    let case = accepted("baseline-broken", DOCKERFILE);
    let good = case.read(FILE);
    for (bad, wanted) in [
        (
            good.replace("\"count\":1", "\"count\":x"),
            ":4: broken baseline: expected value",
        ),
        (
            good.replacen("    {", "<<<<<<< HEAD\n    {", 1),
            ":4: broken baseline: a merge left both sides here",
        ),
        (String::new(), ":1: broken baseline: EOF"),
    ] {
        let path = case.folder.join(FILE);
        std::fs::write(&path, &bad).expect("writable");
        for args in [&[][..], &["--write-baseline"]] {
            let output = case.run(args);
            let said = text(&output.stderr);
            assert_eq!(code(&output), 2, "{said}");
            assert!(said.contains(&format!("{FILE}{wanted}")), "{said}");
            assert!(
                said.contains("; mend it, or delete it and run with `--write-baseline`"),
                "{said}"
            );
            assert_eq!(case.read(FILE), bad);
        }
    }
    case.shows("baseline-missing", &["--baseline", "nowhere.json"]);
}

#[test]
fn the_configuration_names_a_baseline_for_its_files() {
    let case = Case::new("baseline-config")
        .file("api/Dockerfile", DOCKERFILE)
        .file("api/dockworthy.yaml", "baseline: known.json\n")
        .file("web/Dockerfile", DOCKERFILE);
    let output = case.run(&["--write-baseline"]);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: wrote 5 findings to dockworthy-baseline.json\ndockworthy: wrote 5 findings to api/known.json\n"
    );
    assert!(
        case.read("api/known.json")
            .contains("\"path\":\"Dockerfile\"")
    );
    assert!(!case.read(FILE).contains("api/"), "{}", case.read(FILE));
    clean(&case);
    std::fs::remove_file(case.folder.join("api/known.json")).expect("it is there");
    let output = check(&case);
    assert_eq!(code(&output), 2);
    assert!(
        text(&output.stderr).contains("cannot read the baseline api/known.json"),
        "{output:?}"
    );
}

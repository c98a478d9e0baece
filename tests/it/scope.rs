//! `--since`, `--staged` and `--changed-lines`, with real repositories.

use std::path::Path;
use std::process::{Command, Output};

use crate::cli::{Case, code, text};

const SOUND: &str = "FROM debian:13\nWORKDIR /srv\nCOPY a /a\nUSER 1\n";

/// A folder that is a repository.
struct Repository(Case);

impl Repository {
    fn new(name: &str) -> Repository {
        let repository = Repository(Case::new(name));
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    fn git(&self, args: &[&str]) -> String {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.com",
                "-c",
                "commit.gpgSign=false",
            ])
            .args(args)
            .current_dir(&self.0.folder)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{args:?}: {output:?}");
        text(&output.stdout)
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
        std::fs::write(path, content).expect("writable");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "x"]);
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.0.command(args);
        let path = std::env::var_os("PATH").unwrap_or_default();
        command
            .env("PATH", path)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the binary runs")
    }

    /// The findings, as `path:line rule`.
    fn found(&self, args: &[&str]) -> Vec<String> {
        let args: Vec<&str> = args
            .iter()
            .copied()
            .chain(["--format", "concise"])
            .collect();
        let output = self.run(&args);
        assert_ne!(code(&output), 2, "{output:?}");
        let lines = text(&output.stdout);
        let line = |line: &str| {
            let parts: Vec<&str> = line.split(':').collect();
            let rule = line.split(['[', ']']).nth(1).unwrap_or_default();
            format!("{}:{} {rule}", parts[0], parts[1])
        };
        lines.lines().map(line).collect()
    }
}

#[test]
fn only_files_that_changed_are_shown() {
    let repository = Repository::new("since");
    repository.write("old/Dockerfile", "FROM debian:13\nADD a /a\nUSER 1\n");
    repository.write("new/Dockerfile", SOUND);
    repository.commit();
    repository.write("new/Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.write("untracked/Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.write(".gitignore", "ignored\n");
    repository.write("ignored/Dockerfile", SOUND.replace("COPY", "ADD"));
    let select = ["--select", "add-instead-of-copy"];
    let with = |args: &[&'static str]| [&select[..], args].concat();
    assert_eq!(
        repository.found(&with(&["--since", "HEAD"])),
        [
            "new/Dockerfile:3 add-instead-of-copy",
            "untracked/Dockerfile:3 add-instead-of-copy"
        ]
    );
    assert_eq!(
        repository.found(&with(&["--since", "HEAD", "new"])),
        ["new/Dockerfile:3 add-instead-of-copy"]
    );
    // The count in the summary is that of the files that changed.
    let output = repository.run(&with(&["--since", "HEAD"]));
    assert!(text(&output.stdout).contains("in 2 files"), "{output:?}");
    repository.commit();
    let output = repository.run(&with(&["--since", "HEAD"]));
    assert_eq!(code(&output), 0);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: no Dockerfile or Compose file has changed since HEAD\n"
    );
    let mut below = repository.command(&with(&["--since", "HEAD~1", "--format", "concise"]));
    let output = below
        .current_dir(repository.0.folder.join("new"))
        .output()
        .expect("it runs");
    assert!(
        text(&output.stdout).starts_with("Dockerfile:3:"),
        "{output:?}"
    );
}

#[test]
fn what_others_did_meanwhile_is_not_mine() {
    let repository = Repository::new("since-branch");
    repository.write("a/Dockerfile", SOUND);
    repository.write("b/Dockerfile", SOUND);
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "mine"]);
    repository.write("a/Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("b/Dockerfile", SOUND.replace("/srv", "/other"));
    repository.commit();
    repository.git(&["checkout", "--quiet", "mine"]);
    repository.write("c/Dockerfile", SOUND);
    let json = repository.run(&["--since", "main", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["summary"]["files"], 2);
}

#[test]
fn a_renamed_file_has_changed_in_the_lines_that_did() {
    let repository = Repository::new("since-renamed");
    let text = "FROM debian:13\nWORKDIR /srv\nADD a /a\nRUN a\nRUN b\nRUN c\nUSER 1\n";
    repository.write("old/Dockerfile", text);
    repository.commit();
    repository.git(&["mv", "old", "new"]);
    let args = ["--select", "add-instead-of-copy", "--since", "HEAD"];
    assert_eq!(
        repository.found(&args),
        ["new/Dockerfile:3 add-instead-of-copy"]
    );
    let lines = [&args[..], &["--changed-lines"]].concat();
    assert!(repository.found(&lines).is_empty());
    repository.write("new/Dockerfile", text.replace("RUN c", "ADD b /b"));
    assert_eq!(
        repository.found(&lines),
        ["new/Dockerfile:6 add-instead-of-copy"]
    );
}

#[test]
fn only_findings_on_changed_lines_are_shown() {
    let repository = Repository::new("changed-lines");
    let text = "FROM debian:13\nADD a /a\nADD b /b\nRUN echo \\\n  one \\\n  && cd /x\nUSER 1\n";
    repository.write("odd \"näme\"/Dockerfile", text);
    repository.commit();
    let args = [
        "--select",
        "add-instead-of-copy",
        "--since",
        "HEAD",
        "--changed-lines",
    ];
    assert!(repository.found(&args).is_empty());
    repository.write(
        "odd \"näme\"/Dockerfile",
        text.replace("ADD b /b", "# note\nADD b /c\nADD c /d"),
    );
    assert_eq!(
        repository.found(&args),
        [
            "odd \"näme\"/Dockerfile:4 add-instead-of-copy",
            "odd \"näme\"/Dockerfile:5 add-instead-of-copy"
        ]
    );
    repository.write("untracked/Dockerfile", text);
    assert_eq!(repository.found(&args).len(), 4);
    // A finding that is explained by a changed line counts as well.
    repository.write("two/Dockerfile", "FROM debian:13\nUSER 1\nCMD [\"a\"]\n");
    repository.commit();
    repository.write(
        "two/Dockerfile",
        "FROM debian:13\nUSER 1\nCMD [\"a\"]\nCMD [\"b\"]\n",
    );
    let found = repository.found(&[
        "--select",
        "multiple-cmd",
        "--since",
        "HEAD",
        "--changed-lines",
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn what_is_staged_is_linted_as_it_will_be_committed() {
    let repository = Repository::new("staged");
    repository.write("a/Dockerfile", SOUND);
    repository.write("b/Dockerfile", SOUND);
    repository.write("c/Dockerfile", SOUND);
    repository.commit();
    let select = ["--select", "add-instead-of-copy", "--staged"];
    let output = repository.run(&select);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: no Dockerfile or Compose file is staged\n"
    );
    // Staged with a fault that is mended in the folder, and the other way round.
    repository.write("a/Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.write("b/Dockerfile", SOUND.replace("/srv", "/other"));
    repository.git(&["add", "--all"]);
    repository.write("a/Dockerfile", SOUND);
    repository.write("b/Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.write("c/Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.write("untracked/Dockerfile", SOUND.replace("COPY", "ADD"));
    assert_eq!(
        repository.found(&select),
        ["a/Dockerfile:3 add-instead-of-copy"]
    );
    let lines = [&select[..], &["--changed-lines"]].concat();
    assert_eq!(
        repository.found(&lines),
        ["a/Dockerfile:3 add-instead-of-copy"]
    );
    // Even when the folder has the file no longer.
    std::fs::remove_dir_all(repository.0.folder.join("a")).expect("it is there");
    assert_eq!(
        repository.found(&select),
        ["a/Dockerfile:3 add-instead-of-copy"]
    );
    assert!(!repository.0.folder.join("a").exists());
}

#[test]
fn the_first_commit_can_be_checked() {
    let repository = Repository::new("staged-first");
    repository.write("Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.git(&["add", "--all"]);
    let args = [
        "--select",
        "add-instead-of-copy",
        "--staged",
        "--changed-lines",
    ];
    assert_eq!(
        repository.found(&args),
        ["Dockerfile:3 add-instead-of-copy"]
    );
}

#[test]
fn a_changed_dockerfile_is_seen_in_its_project() {
    let repository = Repository::new("since-project");
    repository.write(
        "compose.yaml",
        "services:\n  web:\n    build: {context: api, target: prod}\n",
    );
    repository.write("api/Dockerfile", "FROM debian:13 AS prod\nUSER 1\n");
    repository.commit();
    let select = ["--select", "build-target-not-found", "--since", "HEAD"];
    repository.write("api/Dockerfile", "FROM debian:13 AS other\nUSER 1\n");
    // It stands in a file that did not change.
    assert!(repository.found(&select).is_empty());
    repository.write(
        "compose.yaml",
        "services:\n  web:\n    build: {context: api, target: prod}\n    init: true\n",
    );
    assert_eq!(
        repository.found(&select),
        ["compose.yaml:3 build-target-not-found"]
    );
    // A staged Dockerfile counts as it is staged, even for the Compose file beside it.
    repository.git(&["add", "--all"]);
    repository.write("api/Dockerfile", "FROM debian:13 AS prod\nUSER 1\n");
    let select = ["--select", "build-target-not-found", "--staged"];
    assert_eq!(
        repository.found(&select),
        ["compose.yaml:3 build-target-not-found"]
    );
}

#[test]
fn without_git_a_repository_or_the_revision_it_says_so() {
    let repository = Repository::new("since-refused");
    repository.write("Dockerfile", SOUND);
    repository.commit();
    let said = |output: &Output| {
        assert_eq!(code(output), 2, "{output:?}");
        assert!(output.stdout.is_empty());
        text(&output.stderr)
    };
    for revision in ["nowhere", "--output=x", "HEAD:Dockerfile"] {
        let args = [format!("--since={revision}")];
        let output = repository.run(&[&args[0]]);
        assert_eq!(
            said(&output),
            format!(
                "dockworthy: `--since {revision}`: git knows no such revision here; in a shallow clone it may have to be fetched\n"
            )
        );
    }
    let output = repository
        .command(&["--staged"])
        .env("PATH", "/nonexistent")
        .output();
    let output = output.expect("the binary runs");
    assert_eq!(
        said(&output),
        "dockworthy: `--staged` needs git, and there is no `git` on the PATH; without the flag everything is linted\n"
    );
    // A folder that only looks like a repository.
    let plain = Repository(Case::new("since-plain").file("Dockerfile", SOUND));
    let mut command = plain.command(&["--since", "HEAD"]);
    command.env(
        "GIT_CEILING_DIRECTORIES",
        plain.0.folder.parent().expect("a parent"),
    );
    let output = command.output().expect("the binary runs");
    let said_plain = said(&output);
    assert!(
        said_plain.contains("`--since` asked git, which says: fatal: not a git repository"),
        "{said_plain}"
    );
    let output = repository.run(&["--since", "HEAD", "../since-plain"]);
    assert!(
        said(&output).contains("../since-plain lies outside the repository"),
        "{output:?}"
    );
    // Flags that contradict each other.
    for args in [
        &["--changed-lines"][..],
        &["--since", "HEAD", "--staged"],
        &["--staged", "--fix"],
        &["--since", "HEAD", "--write-baseline"],
        &["--since", "HEAD", "--changed-lines", "--fix"],
        &["--since", "HEAD", "-"],
        &["--reason", "x"],
    ] {
        assert_eq!(code(&repository.run(args)), 2, "{args:?}");
    }
}

#[test]
fn only_changed_files_are_fixed() {
    let repository = Repository::new("since-fix");
    let bad = SOUND.replace("COPY", "ADD");
    repository.write("old/Dockerfile", &bad);
    repository.commit();
    repository.write("new/Dockerfile", &bad);
    let output = repository.run(&[
        "--select",
        "add-instead-of-copy",
        "--since",
        "HEAD",
        "--fix",
    ]);
    assert_eq!(code(&output), 0, "{output:?}");
    assert_eq!(repository.0.read("new/Dockerfile"), SOUND);
    assert_eq!(repository.0.read("old/Dockerfile"), bad);
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_configures_is_run() {
    use std::os::unix::fs::PermissionsExt;

    let repository = Repository::new("since-hostile");
    repository.write("Dockerfile", SOUND);
    repository.commit();
    let trap = repository.0.folder.join(".git/trap");
    let sprung = repository.0.folder.join(".git/sprung");
    std::fs::write(
        &trap,
        format!("#!/bin/sh\ntouch '{}'\ncat\n", sprung.display()),
    )
    .expect("writable");
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).expect("writable");
    let trap = trap.to_string_lossy().into_owned();
    for name in [
        "core.fsmonitor",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.y.process",
        "core.pager",
        "core.sshCommand",
    ] {
        repository.git(&["config", name, &trap]);
    }
    for name in ["filter.x.required", "filter.y.required"] {
        repository.git(&["config", name, "true"]);
    }
    for hook in [
        "post-index-change",
        "post-checkout",
        "pre-commit",
        "fsmonitor-watchman",
    ] {
        let hook = Path::new(&trap).with_file_name("hooks").join(hook);
        std::fs::create_dir_all(hook.parent().expect("a parent")).expect("writable");
        std::fs::copy(&trap, hook).expect("writable");
    }
    repository.write(
        ".gitattributes",
        "Dockerfile diff=x filter=x\n*.Dockerfile filter=y\n",
    );
    repository.write("Dockerfile", SOUND.replace("COPY", "ADD"));
    repository.write("x.Dockerfile", SOUND.replace("COPY", "ADD"));
    for args in [
        &["--since", "HEAD", "--changed-lines"][..],
        &["--staged", "--changed-lines"],
        &["--since", "HEAD"],
    ] {
        let output = repository.run(args);
        assert_ne!(code(&output), 2, "{output:?}");
        assert!(!sprung.exists(), "{args:?}");
    }
    let args = [
        "--since",
        "HEAD",
        "--changed-lines",
        "--select",
        "add-instead-of-copy",
    ];
    assert_eq!(repository.found(&args).len(), 2);
}

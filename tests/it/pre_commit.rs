//! The hooks for pre-commit: their patterns, and the real pre-commit with them in a repository of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dockworthy::workspace::kind::{Kind, kind_by_name};
use regex::Regex;
use serde_yaml::Value;

use crate::peers;

fn manifest() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    std::fs::read_to_string(path).expect("readable")
}

fn hooks() -> Vec<Value> {
    let hooks: Value = serde_yaml::from_str(&manifest()).expect("YAML");
    hooks.as_sequence().expect("a list").clone()
}

fn key<'h>(hook: &'h Value, key: &str) -> &'h str {
    hook[key].as_str().unwrap_or_default()
}

#[test]
fn each_hook_has_a_twin_that_takes_the_binary_on_path() {
    let hooks = hooks();
    let of = |language: &str| -> Vec<(String, &str)> {
        let hooks = hooks
            .iter()
            .filter(|hook| key(hook, "language") == language);
        let mut found: Vec<(String, &str)> = hooks
            .map(|hook| (key(hook, "id").replace("-system", ""), key(hook, "entry")))
            .collect();
        found.sort();
        found
    };
    assert_eq!(of("rust"), of("system"));
    assert_eq!(of("rust").len(), 2);
    assert_eq!(hooks.len(), 4);
}

#[test]
fn the_hooks_take_the_files_that_a_walk_takes() {
    for hook in hooks() {
        let files = Regex::new(key(&hook, "files")).expect("a pattern");
        let exclude = Regex::new(key(&hook, "exclude")).expect("a pattern");
        for name in [
            "Dockerfile",
            "dockerfile",
            "DOCKERFILE",
            "Containerfile",
            "containerfile.dev",
            "Dockerfile.alpine",
            "Dockerfile.node.18",
            "Dockerfile.py",
            "Dockerfile.j2",
            "Dockerfile.in",
            "Dockerfile.env",
            "Dockerfile.dockerignore",
            "Dockerfile.tmpl",
            "Dockerfile-old",
            "MyDockerfile",
            ".Dockerfile",
            "web.Dockerfile",
            "web.dockerfile",
            "web.containerfile",
            "web.dockerfile.md",
            "compose.yaml",
            "compose.yml",
            "Compose.YML",
            "docker-compose.yml",
            "docker-compose.override.yaml",
            "docker-compose-test.yml",
            "docker_compose.yml",
            "compose.prod.eu.yaml",
            "compose_dev.yml",
            "compose.yml.tmpl",
            "compose.yml.j2",
            "compose.json",
            "web.compose.yml",
            "web-docker-compose.yaml",
            "composer.yml",
            "decompose.yml",
            "docker.yml",
            "values.yaml",
            ".dockerignore",
            ".env",
            "dockworthy.yaml",
        ] {
            for path in [name.to_owned(), format!("deploy/eu.west/{name}")] {
                let taken = files.is_match(&path) && !exclude.is_match(&path);
                let kind = kind_by_name(Path::new(&path));
                let ours = matches!(kind, Some(Kind::Dockerfile | Kind::Compose));
                assert_eq!(taken, ours, "{path}, {}", key(&hook, "id"));
            }
        }
    }
}

/// A git repository whose pre-commit runs a hook of this project.
struct Repository {
    folder: PathBuf,
    home: PathBuf,
    pre_commit: PathBuf,
}

impl Repository {
    /// `None` where pre-commit or git is absent.
    fn new(name: &str, hook: &str) -> Option<Repository> {
        let pre_commit = peers::program("pre-commit")?;
        peers::program("git")?;
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("pre-commit")
            .join(name);
        let _ = std::fs::remove_dir_all(&root);
        let repository = Repository {
            folder: root.join("project"),
            home: root.join("home"),
            pre_commit,
        };
        std::fs::create_dir_all(&repository.home).expect("writable");
        // Hooks live in a repository: one that holds nothing but the manifest as it stands.
        let hooks = root.join("hooks");
        for folder in [&hooks, &repository.folder] {
            std::fs::create_dir_all(folder).expect("writable");
            repository.git(folder, &["init", "--quiet"]);
        }
        std::fs::write(hooks.join(".pre-commit-hooks.yaml"), manifest()).expect("writable");
        repository.git(&hooks, &["add", "--all"]);
        repository.git(&hooks, &["commit", "--quiet", "--message", "hooks"]);
        let revision = repository.git(&hooks, &["rev-parse", "HEAD"]);
        repository.write(
            ".pre-commit-config.yaml",
            &format!(
                "repos:\n  - repo: {}\n    rev: {}\n    hooks:\n      - id: {hook}\n",
                hooks.display(),
                revision.trim()
            ),
        );
        let installed = repository.run(&repository.pre_commit, &["install"]);
        assert!(installed.status.success(), "{installed:?}");
        Some(repository)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
        std::fs::write(path, text).expect("writable");
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).expect("readable")
    }

    fn command(&self, program: &Path, folder: &Path, args: &[&str]) -> Output {
        let binary = Path::new(env!("CARGO_BIN_EXE_dockworthy"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = binary.parent().map(Path::to_path_buf).into_iter();
        let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)));
        let mut command = Command::new(program);
        for name in std::env::vars_os().map(|(name, _)| name) {
            // A hook that runs these tests would tell git about its own repository.
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command
            .args(args)
            .current_dir(folder)
            .env("PATH", path.expect("no separator in it"))
            .env("HOME", &self.home)
            .env("PRE_COMMIT_HOME", self.home.join("pre-commit"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.com")
            .env("GIT_COMMITTER_NAME", "A")
            .env("GIT_COMMITTER_EMAIL", "a@example.com")
            .stdin(Stdio::null());
        command.output().expect("it runs")
    }

    fn git(&self, folder: &Path, args: &[&str]) -> String {
        let output = self.command(Path::new("git"), folder, args);
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn run(&self, program: &Path, args: &[&str]) -> Output {
        self.command(program, &self.folder, args)
    }

    /// Stages everything and commits: whether the hook let it, and what it said.
    fn commit(&self) -> (bool, String) {
        self.git(&self.folder, &["add", "--all"]);
        let output = self.run(Path::new("git"), &["commit", "--message", "change"]);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        (output.status.success(), said)
    }
}

const CLEAN: &str = "FROM debian:13\nWORKDIR /src\nUSER 1000\n";

#[test]
fn a_commit_with_findings_is_refused_and_one_without_passes() {
    let Some(repository) = Repository::new("fails", "dockworthy-system") else {
        return;
    };
    repository.write(
        "api/Dockerfile",
        "FROM debian:latest\nWROKDIR /src\nUSER 1000\n",
    );
    repository.write("notes.txt", "FROM debian\n");
    let (passed, said) = repository.commit();
    assert!(!passed, "{said}");
    assert!(said.contains("unknown-instruction"), "{said}");
    assert!(said.contains("api/Dockerfile:2:1"), "{said}");
    repository.write("api/Dockerfile", CLEAN);
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
    assert!(said.contains("Passed"), "{said}");
    // Nothing of ours: nothing runs.
    repository.write("notes.txt", "FROM debian:latest\n");
    let (passed, said) = repository.commit();
    assert!(passed && said.contains("no files to check"), "{said}");
}

#[test]
fn the_fixing_hook_fixes_and_the_second_commit_passes() {
    let Some(repository) = Repository::new("fixes", "dockworthy-system-fix") else {
        return;
    };
    repository.write(
        "Dockerfile",
        "FROM debian:13\nMAINTAINER Ada <ada@example.com>\nUSER 1000\n",
    );
    let (passed, said) = repository.commit();
    assert!(!passed, "{said}");
    assert!(said.contains("files were modified by this hook"), "{said}");
    let fixed = repository.read("Dockerfile");
    assert!(!fixed.contains("MAINTAINER"), "{fixed}");
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
}

#[test]
fn a_compose_file_that_is_committed_alone_still_sees_its_project() {
    let Some(repository) = Repository::new("project", "dockworthy-system") else {
        return;
    };
    let base = "services:\n  db:\n    image: example/db:1\n  api:\n    image: example/api:1\n";
    repository.write("compose.yaml", base);
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
    // `db` stands in the other file, which is not part of this commit.
    repository.write(
        "compose.override.yaml",
        "services:\n  api:\n    depends_on: [db]\n",
    );
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
    repository.write(
        "compose.override.yaml",
        "services:\n  api:\n    depends_on: [dbx]\n",
    );
    let (passed, said) = repository.commit();
    assert!(!passed && said.contains("undefined-dependency"), "{said}");
}

#[test]
fn what_the_configuration_excludes_is_not_linted() {
    let Some(repository) = Repository::new("excludes", "dockworthy-system") else {
        return;
    };
    repository.write("dockworthy.yaml", "exclude: [vendor]\n");
    repository.write("vendor/Dockerfile", "FROM\n");
    repository.write("Dockerfile", CLEAN);
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
}

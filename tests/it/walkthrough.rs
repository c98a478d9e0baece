//! The walk-through in the documents, walked: its files are written, its commands run, their output compared.
//!
//! In `docs/walkthrough.md`, a block whose first line names a file (`yaml compose.yaml`) is that file, and a `console`
//! block is a session: commands behind `$ `, what they print below, `…` for lines that are left out, and the exit
//! status when it is not 0.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::peers;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The user's repository.
struct Project {
    folder: PathBuf,
    home: PathBuf,
}

impl Project {
    fn new() -> Project {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("walkthrough");
        let _ = std::fs::remove_dir_all(&root);
        let project = Project {
            folder: root.join("project"),
            home: root.join("home"),
        };
        for folder in [&project.folder, &project.home] {
            std::fs::create_dir_all(folder).expect("writable");
        }
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(path, text).expect("writable");
    }

    /// What a command prints, and its exit status when it is not 0.
    fn run(&self, command: &str) -> String {
        let binaries = Path::new(env!("CARGO_BIN_EXE_dockworthy")).parent();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = binaries.map(Path::to_path_buf).into_iter();
        let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)));
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", path.expect("no separator in it"))
            .env("HOME", &self.home)
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.com")
            .env("GIT_COMMITTER_NAME", "A")
            .env("GIT_COMMITTER_EMAIL", "a@example.com")
            .stdin(Stdio::null())
            .output()
            .expect("sh runs");
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.code() {
            Some(0) => {}
            code => {
                let _ = writeln!(said, "(exit status {})", code.unwrap_or(-1));
            }
        }
        said
    }
}

/// Whether a text is what a document shows of it.
fn is_shown(shown: &[&str], text: &[&str]) -> bool {
    match shown.split_first() {
        None => text.is_empty(),
        Some((&"…", rest)) => (0..=text.len()).any(|from| is_shown(rest, &text[from..])),
        Some((line, rest)) => text
            .split_first()
            .is_some_and(|(first, others)| first == line && is_shown(rest, others)),
    }
}

#[test]
fn what_is_left_out_may_be_anything() {
    assert!(is_shown(&["a", "…", "c"], &["a", "b", "b", "c"]));
    assert!(is_shown(&["a", "…"], &["a"]));
    assert!(!is_shown(&["a", "…", "c"], &["a", "b"]));
    assert!(!is_shown(&["a"], &["a", "b"]));
}

#[test]
fn the_walkthrough_goes_as_it_says() {
    if peers::program("sh").is_none() || peers::program("git").is_none() {
        return;
    }
    let document = std::fs::read_to_string(root().join("docs/walkthrough.md")).expect("readable");
    let project = Project::new();
    let (mut written, mut ran, mut wrong) = (0, 0, String::new());
    for block in document.split("\n```").skip(1).step_by(2) {
        let (head, body) = block.split_once('\n').expect("a first line");
        match head.split_once(' ') {
            Some((_, path)) => {
                project.write(path, &format!("{body}\n"));
                written += 1;
            }
            None if head == "console" => {
                for part in body.split("$ ").filter(|part| !part.is_empty()) {
                    let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
                    let program = command.split(' ').next().unwrap_or_default();
                    if program != "dockworthy" && peers::program(program).is_none() {
                        continue;
                    }
                    ran += 1;
                    let said = project.run(command);
                    let lines: Vec<&str> = said.lines().collect();
                    let shown: Vec<&str> = shown.lines().collect();
                    if !is_shown(&shown, &lines) {
                        let _ = writeln!(wrong, "$ {command}\n{said}");
                    }
                }
            }
            None => {}
        }
    }
    assert!(wrong.is_empty(), "these print something else:\n{wrong}");
    assert!(written >= 6 && ran >= 10, "{written} files, {ran} commands");
}

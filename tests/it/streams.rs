//! Where output cannot go: closed pipes, full disks, folders that nobody may write to.
#![cfg(unix)]

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use dockworthy::report::Format;

use crate::cli::{Case, code, text};

const BAD: &str = "FROM debian:13\nADD a /a\nUSER 1\n";

/// Everything in a folder, with its text.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let bytes = std::fs::read(&path).expect("readable");
            (path.display().to_string(), bytes)
        })
        .collect();
    files.sort();
    files
}

/// What writes files, and the file that it writes.
const WRITERS: [(&[&str], &str); 4] = [
    (&["--fix"], "Dockerfile"),
    (&["--add-ignores", "--reason", "x"], "Dockerfile"),
    (&["--write-baseline"], "dockworthy-baseline.json"),
    (&["--format", "json=out.json"], "out.json"),
];

/// The run could not write: it says which file, and left everything as it was.
fn refused(case: &Case, before: &[(String, Vec<u8>)], output: &Output, file: &str) {
    let said = text(&output.stderr);
    assert_eq!(code(output), 2, "{said}");
    assert!(
        said.contains(file) && said.contains("cannot write"),
        "{said}"
    );
    assert!(
        said.lines().all(|line| line.starts_with("dockworthy: ")),
        "{said}"
    );
    assert_eq!(content(&case.folder), before, "{said}");
}

#[test]
fn a_closed_pipe_is_quiet_in_every_format() {
    let case = Case::new("streams-pipe").file("Dockerfile", BAD.repeat(3000));
    let formats = Format::ALL
        .iter()
        .map(|format| vec!["--format", format.as_str()]);
    let others = [
        vec!["rules"],
        vec!["explain", "DL3008"],
        vec!["--diff", "--unsafe-fixes"],
    ];
    for args in formats.chain(others) {
        let mut command = case.command(&args);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the binary runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(text(&output.stderr), "", "{args:?}");
        assert!([0, 1].contains(&code(&output)), "{args:?}");
    }
    // Nor does it matter when nobody hears the complaints.
    let mut command = case.command(&["nowhere", "Dockerfile"]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("the binary runs");
    drop(child.stderr.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 2);
    assert!(!output.stdout.is_empty());
}

#[test]
fn a_full_disk_leaves_every_file_whole() {
    for (number, (args, file)) in WRITERS.into_iter().enumerate() {
        let case = Case::new(&format!("streams-full-{number}")).file("Dockerfile", BAD);
        let before = content(&case.folder);
        // No file may grow: what a full disk does, without one.
        let binary = case.command(&[]).get_program().to_owned();
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""])
            .arg(binary)
            .args(args)
            .args(["--select", "add-instead-of-copy"])
            .current_dir(&case.folder)
            .output()
            .expect("there is a shell");
        refused(&case, &before, &output, file);
    }
    if Path::new("/dev/full").exists() {
        let case = Case::new("streams-dev-full").file("Dockerfile", BAD);
        for format in Format::ALL {
            let output = case.run(&["--format", &format!("{}=/dev/full", format.as_str())]);
            let said = text(&output.stderr);
            assert_eq!(code(&output), 2, "{said}");
            assert!(said.contains("cannot write /dev/full: "), "{said}");
        }
    }
}

#[test]
fn a_read_only_folder_leaves_every_file_whole() {
    for (number, (args, file)) in WRITERS.into_iter().enumerate() {
        let case = Case::new(&format!("streams-read-only-{number}")).file("Dockerfile", BAD);
        let before = content(&case.folder);
        let folder = std::fs::metadata(&case.folder).expect("it is there");
        let mode =
            |mode| std::fs::set_permissions(&case.folder, std::fs::Permissions::from_mode(mode));
        mode(0o555).expect("it is ours");
        let args = [args, &["--select", "add-instead-of-copy"]].concat();
        let mut command = case.command(&args);
        if folder.uid() == 0 {
            // Nothing is read-only to the superuser, so it is somebody else.
            command.uid(65534).gid(65534);
        }
        let output = command.output();
        mode(0o755).expect("it is ours");
        let Ok(output) = output else {
            println!("skipped: another user cannot run the binary");
            return;
        };
        refused(&case, &before, &output, file);
    }
}

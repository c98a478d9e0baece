//! Diffs, and whether git applies them.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail like a test"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use dockworthy::report::Style;
use dockworthy::report::diff::{Change, write_diff};

fn diff(path: &str, old: &str, new: &str, screen: Option<&Style>) -> String {
    let change = Change {
        path: Path::new(path),
        old: Some(old.as_bytes()),
        new: new.as_bytes(),
    };
    let mut out = Vec::new();
    write_diff(&change, screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_change_is_shown_with_three_lines_around() {
    let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n";
    let new = old.replace("5\n", "five\n").replace("13\n", "");
    let expected = "\
--- a/api/Dockerfile
+++ b/api/Dockerfile
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
@@ -10,4 +10,3 @@
 10
 11
 12
-13
";
    assert_eq!(diff("api/Dockerfile", old, &new, None), expected);
}

#[test]
fn a_new_file_comes_from_nothing() {
    let change = Change {
        path: Path::new("a/.dockerignore"),
        old: None,
        new: b".git\n",
    };
    let mut out = Vec::new();
    write_diff(&change, None, &mut out).unwrap();
    let expected = "--- /dev/null\n+++ b/a/.dockerignore\n@@ -0,0 +1 @@\n+.git\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn a_missing_line_end_is_noted() {
    let expected = "\
--- a/f
+++ b/f
@@ -1,2 +1,2 @@
 a
-b
\\ No newline at end of file
+b
";
    assert_eq!(diff("f", "a\nb", "a\nb\n", None), expected);
}

#[test]
fn no_change_is_no_diff() {
    assert_eq!(diff("f", "a\n", "a\n", None), "");
}

#[test]
fn a_terminal_gets_nothing_that_steers_it() {
    let style = Style {
        color: true,
        ..Style::default()
    };
    let text = diff("f\x1b[5m", "\tx\x1b[31m\r\n", "\tx\u{202e}\n", Some(&style));
    let expected = "\
<1m--- \"a/f\\033[5m\"<0m
<1m+++ \"b/f\\033[5m\"<0m
<36m@@ -1 +1 @@<0m
<31m-\tx␛[31m␍<0m
<32m+\tx�<0m
";
    assert_eq!(text.replace("\x1b[", "<"), expected);
}

#[test]
fn a_large_diff_takes_no_time() {
    let old: String = (0..100_000)
        .map(|line| format!("RUN step {}\n", line % 1000))
        .collect();
    let news = [
        old.replace("7\n", "seven\n"),
        old.replace("step", "stage"),
        old.replace("RUN step 1", "RUN step 2"),
        old.lines().rev().map(|line| format!("{line}\n")).collect(),
    ];
    for new in news {
        assert!(diff("f", &old, &new, None).starts_with("--- a/f\n"));
    }
}

/// Applies a diff to a file in a fresh folder. `None` when there is no git.
fn applied(name: &str, path: &str, old: &[u8], patch: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diff")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, old).unwrap();
    fs::write(folder.join("patch"), patch).unwrap();
    let output = Command::new("git")
        .args(["apply", "--whitespace=nowarn", "patch"])
        .current_dir(&folder)
        // As if the folder were in no repository and nobody had settings.
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}\n{patch}");
    Some(fs::read(file).unwrap())
}

#[test]
fn git_applies_diffs() {
    let many: String = (0..200).map(|line| format!("line {line}\n")).collect();
    let changed = many.replace("3\n", "three\n").replace("line 77\n", "");
    for (name, path, old, new) in [
        (
            "plain",
            "a/Dockerfile",
            "FROM a\nRUN x\n",
            "FROM a:1\nRUN x\n",
        ),
        (
            "crlf",
            "f",
            "FROM a\r\nRUN x\r\nUSER y\r\n",
            "FROM a\r\nRUN z\r\nUSER y\r\n",
        ),
        ("to-lf", "f", "FROM a\r\nRUN x\r\n", "FROM a\nRUN x\n"),
        (
            "cr",
            "f",
            "FROM a\rRUN x\rRUN y\nz",
            "FROM a\rRUN x\rRUN z\nz",
        ),
        ("no-end", "f", "FROM a", "FROM b"),
        ("gets-end", "f", "FROM a\nRUN x", "FROM a\nRUN x\n"),
        ("loses-end", "f", "FROM a\nRUN x\n", "FROM a\nRUN x"),
        ("append", "f", "FROM a", "FROM a\nUSER b"),
        ("from-empty", "f", "", "FROM a\n"),
        (
            "delete-line",
            "f",
            "FROM a\nMAINTAINER b\nRUN x\n",
            "FROM a\nRUN x\n",
        ),
        (
            "blank-name",
            "my app/Dockerfile dev",
            "FROM a\n",
            "FROM b\n",
        ),
        ("odd-name", "a\"b\\c\td.Dockerfile", "FROM a\n", "FROM b\n"),
        ("unicode", "日本/Dockerfile.é", "FROM é\n", "FROM 日\n"),
        (
            "control",
            "f",
            "RUN \x1b[31m\0 x\n",
            "RUN \x1b[31m\0\u{202e} y\n",
        ),
        ("many", "f", &many, &changed),
    ] {
        let patch = diff(path, old, new, None);
        let Some(result) = applied(name, path, old.as_bytes(), &patch) else {
            println!("skipped: no git here");
            return;
        };
        assert_eq!(String::from_utf8_lossy(&result), new, "{name}");
    }
}

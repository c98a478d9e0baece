//! What the binary prints where: every format with the same exit status, counts, progress on a terminal only.
#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test may fail like a test"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dockworthy::report::Format;

const BROKEN: &str = "FROM debian:13\nRUNN make\n";
const WARNING: &str = "FROM debian:13\nWORKDIR src\nUSER 1000\n";

/// A folder of its own with files, the root of a repository.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("output")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join(".git")).unwrap();
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn the_exit_status_is_the_same_for_every_format() {
    let folder = folder(
        "status",
        &[
            ("clean/Dockerfile", "FROM debian:13\nUSER 1000\n"),
            ("warning/Dockerfile", WARNING),
            ("error/Dockerfile", BROKEN),
        ],
    );
    let cases: [(&[&str], i32); 7] = [
        (&["clean"], 0),
        (&["warning"], 1),
        (&["--fail-on", "error", "warning"], 0),
        (&["error"], 1),
        (&["--fail-on", "never", "error"], 0),
        (&["clean", "nowhere"], 2),
        (&["error", "nowhere"], 2),
    ];
    for (args, status) in cases {
        for format in Format::ALL {
            let format = ["check", "--format", format.as_str()];
            let plain = run(&folder, &[&format[..], args].concat());
            assert_eq!(plain.status.code(), Some(status), "{format:?} {args:?}");
            let counted = run(&folder, &[&format[..], &["--statistics"], args].concat());
            assert_eq!(counted.status.code(), Some(status), "{format:?} {args:?}");
        }
    }
}

#[test]
fn a_file_gets_what_standard_output_would_get() {
    let folder = folder(
        "files",
        &[("Dockerfile", BROKEN), ("compose.yaml", "services: 1\n")],
    );
    let sinks: Vec<String> = Format::ALL
        .iter()
        .map(|format| format!("--format={0}=out/{0}", format.as_str()))
        .collect();
    std::fs::create_dir(folder.join("out")).unwrap();
    let mut args = vec!["check"];
    args.extend(sinks.iter().map(String::as_str));
    assert_eq!(stdout(&run(&folder, &args)), "");
    for format in Format::ALL {
        let output = run(&folder, &["check", "--format", format.as_str()]);
        let file = std::fs::read_to_string(folder.join("out").join(format.as_str())).unwrap();
        assert_eq!(file, stdout(&output));
        assert!(file.contains("unknown-instruction"), "{format:?}");
    }
}

#[test]
fn rules_are_described_by_their_pages() {
    let folder = folder("pages", &[("Dockerfile", BROKEN)]);
    let output = run(&folder, &["check", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = &sarif["runs"][0]["tool"]["driver"]["rules"];
    let rules = rules.as_array().unwrap().iter();
    let rule = rules.clone().find(|r| r["id"] == "unknown-instruction");
    let rule = rule.unwrap();
    let id = "unknown-instruction";
    let found = dockworthy::rules::RULES.iter().find(|r| r.meta.id == id);
    let meta = found.unwrap().meta;
    assert_eq!(rule["name"], "UnknownInstruction");
    assert_eq!(rule["shortDescription"]["text"], meta.summary);
    assert_eq!(rule["helpUri"], meta.url());
    let markdown = rule["help"]["markdown"].as_str().unwrap();
    assert!(meta.readme.contains(markdown) && markdown.contains("### Bad"));
}

#[test]
fn help_and_documentation_name_every_format() {
    let folder = folder("help", &[]);
    let output = run(&folder, &["check", "--help"]);
    let help: Vec<&str> = stdout(&output).split([' ', ',', '[', ']', '\n']).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documentation = std::fs::read_to_string(root.join("docs/output.md")).unwrap();
    for format in Format::ALL.map(Format::as_str) {
        assert!(help.contains(&format), "{format}");
        assert!(
            documentation.contains(&format!("\n## {format}\n")),
            "{format}"
        );
    }
}

#[test]
fn statistics_count_by_rule() {
    let folder = folder(
        "statistics",
        &[
            ("a/Dockerfile", WARNING),
            ("b/Dockerfile", WARNING),
            ("c/Dockerfile", BROKEN),
        ],
    );
    let select = "--select=relative-workdir,unknown-instruction";
    let output = run(&folder, &["check", "--statistics", select]);
    let table = "\
findings  fixable  unsafe  severity  rule                 what is wrong
       2        0       2  warning   relative-workdir     working directory is a relative path
       1        0       1  error     unknown-instruction  ";
    let text = stdout(&output);
    assert!(text.starts_with(table), "{text}");
    let last = text.lines().last().unwrap();
    assert_eq!(
        last,
        "Found 1 error, 2 warnings in 3 files; 3 fixable with `--unsafe-fixes`"
    );
    let quiet = run(&folder, &["check", "--statistics", "--quiet", select]);
    assert_eq!(stdout(&quiet).lines().count(), 3);
    let nothing = run(&folder, &["check", "--statistics", "--select=latest-tag"]);
    assert_eq!(stdout(&nothing), "No findings in 3 files\n");
}

/// Files that keep a debug build busy for some seconds.
fn many_files(name: &str) -> PathBuf {
    let line =
        "RUN apt-get update && apt-get install -y curl git && curl https://example.com/x | sh\n";
    let text = format!("FROM debian:13\n{}", line.repeat(110));
    let folder = folder(name, &[]);
    for number in 0..40 {
        std::fs::write(folder.join(format!("{number}.Dockerfile")), &text).unwrap();
    }
    folder
}

#[test]
fn progress_is_not_shown_in_a_pipe() {
    let folder = many_files("pipe");
    let output = run(&folder, &["check", "--jobs=1", "--format=json"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(stdout(&output).starts_with('{'));
}

/// Runs the binary with standard error on a terminal, and prints what came there, and the seconds it took.
const TERMINAL: &str = r"
import os, pty, subprocess, sys, time
ours, theirs = pty.openpty()
start = time.time()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=theirs)
os.close(theirs)
shown = b''
while True:
    try:
        piece = os.read(ours, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
child.wait()
print(time.time() - start)
sys.stdout.flush()
os.write(1, shown)
";

/// What a terminal gets on standard error, if there is a Python to play one; and the seconds it took.
fn on_terminal(folder: &Path, term: &str, args: &[&str]) -> Option<(f64, String)> {
    let output = Command::new("python3")
        .args(["-c", TERMINAL, env!("CARGO_BIN_EXE_dockworthy")])
        .args(args)
        .current_dir(folder)
        .env("TERM", term)
        .output();
    let Ok(output) = output else {
        println!("skipped: no Python to play a terminal");
        return None;
    };
    if !output.status.success() {
        println!("skipped: this Python cannot play a terminal");
        return None;
    }
    let text = String::from_utf8(output.stdout).unwrap();
    let (seconds, shown) = text.split_once('\n').unwrap();
    Some((seconds.parse().unwrap(), shown.to_owned()))
}

#[test]
fn progress_is_shown_on_a_terminal_and_wiped_away() {
    let folder = many_files("terminal");
    let args = ["check", "--jobs=1", "--format=json"];
    let Some((seconds, shown)) = on_terminal(&folder, "xterm", &args) else {
        return;
    };
    if seconds < 2.0 {
        // A machine as fast as this has nothing to show.
        assert!(
            shown.is_empty() || shown.ends_with("\r\x1b[2K"),
            "{shown:?}"
        );
        println!("skipped: the run took only {seconds} s");
        return;
    }
    assert!(shown.starts_with("\r\x1b[2Klinted "), "{shown:?}");
    assert!(shown.contains(" of 40 files"), "{shown:?}");
    assert!(shown.ends_with("\r\x1b[2K"), "{shown:?}");

    // A terminal that cannot wipe a line away gets none, and neither does who wants it quiet.
    let quiet = ["check", "--jobs=1", "--format=json", "--quiet"];
    for (term, args) in [("dumb", &args[..]), ("xterm", &quiet)] {
        let (_, shown) = on_terminal(&folder, term, args).unwrap();
        assert_eq!(shown, "");
    }
}

#[test]
fn a_short_run_shows_no_progress() {
    let folder = folder("short", &[("Dockerfile", BROKEN)]);
    if let Some((_, shown)) = on_terminal(&folder, "xterm", &["check", "--format=json"]) {
        assert_eq!(shown, "");
    }
}

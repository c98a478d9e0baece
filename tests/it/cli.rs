//! The real binary: arguments, exit codes, streams, files.
//!
//! Each case runs in a folder of its own, with an environment that holds nothing but what it needs; one
//! snapshot holds command, exit code, standard output and standard error.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with files, and the binary to run in it.
pub(crate) struct Case {
    pub(crate) folder: PathBuf,
}

impl Case {
    /// An empty folder that looks like the root of a repository, so that no configuration above counts.
    pub(crate) fn new(name: &str) -> Case {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("cli")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join(".git")).expect("writable");
        Case { folder }
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Case {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
        std::fs::write(path, text).expect("writable");
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).expect("readable")
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dockworthy"));
        command
            .args(args)
            .current_dir(&self.folder)
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the binary runs")
    }

    pub(crate) fn run_with_input(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(input)
            .expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    /// Runs and compares everything that can be seen with a snapshot.
    pub(crate) fn shows(&self, name: &str, args: &[&str]) {
        self.snapshot(name, args, &self.run(args));
    }

    fn snapshot(&self, name: &str, args: &[&str], output: &Output) {
        let mut text = format!(
            "$ dockworthy {}\nexit status {}\n",
            args.join(" "),
            code(output)
        );
        for (name, stream) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            if !stream.is_empty() {
                let stream = String::from_utf8_lossy(stream);
                let stream = stream
                    .replace(&*self.folder.to_string_lossy(), "[folder]")
                    .replace('\x1b', "␛");
                let _ = write!(text, "--- {name}\n{stream}");
            }
        }
        let mut settings = insta::Settings::new();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/cli"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

pub(crate) fn text(stream: &[u8]) -> String {
    String::from_utf8_lossy(stream).into_owned()
}

const UNKNOWN: &str = "FROM debian:13\nWROKDIR /src\nUSER 1000\n";
const CLEAN: &str = "FROM debian:13\nWORKDIR /src\nUSER 1000\n";

#[test]
fn a_finding_is_shown_with_its_place() {
    Case::new("finding")
        .file("Dockerfile", UNKNOWN)
        .shows("finding", &["check"]);
}

#[test]
fn the_working_folder_is_a_build_context_and_a_bind_source() {
    let case = Case::new("working-folder")
        .file("Dockerfile", CLEAN)
        .file(
            "compose.yaml",
            "services:\n  api:\n    build: .\n    volumes:\n      - type: bind\n        source: .\n        \
             target: /src\n        bind: { create_host_path: false }\n",
        );
    for args in [&["check"][..], &["check", "compose.yaml"]] {
        let output = case.run(&[args, &["--fail-on", "error", "--format", "concise"]].concat());
        assert_eq!(code(&output), 0, "{}", text(&output.stdout));
    }
}

#[test]
fn exclusions_hold_for_named_files_when_asked() {
    let case = Case::new("force-exclude")
        .file("dockworthy.yaml", "exclude: [vendor]\n")
        .file("vendor/Dockerfile", UNKNOWN)
        .file("Dockerfile.py", "from os import path\n")
        .file("image", UNKNOWN);
    let named = ["vendor/Dockerfile", "Dockerfile.py", "image"];
    let run = |flags: &[&str]| {
        let output = case.run(&[&["check", "--format", "concise"], flags, &named].concat());
        let text = text(&output.stdout);
        let mut files: Vec<String> = text
            .lines()
            .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
            .collect();
        files.dedup();
        files
    };
    assert_eq!(run(&[]), ["Dockerfile.py", "image", "vendor/Dockerfile"]);
    // What no name denies is still linted: the user said that it is one of ours.
    assert_eq!(run(&["--force-exclude"]), ["image"]);
}

#[test]
fn no_command_means_check() {
    let case = Case::new("no-command").file("Dockerfile", UNKNOWN);
    assert_eq!(
        case.run(&["--format", "concise"]),
        case.run(&["check", "--format", "concise"])
    );
    assert_eq!(
        case.run(&["Dockerfile"]).stdout,
        case.run(&["check", "Dockerfile"]).stdout
    );
}

#[test]
fn formats_are_written_to_files_and_to_standard_output() {
    let case = Case::new("formats").file("Dockerfile", UNKNOWN);
    let output = case.run(&[
        "--format",
        "concise",
        "--format",
        "json=out.json",
        "--format",
        "github=out.txt",
    ]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        text(&output.stdout),
        "Dockerfile:2:1: error[unknown-instruction] `WROKDIR` is no instruction\n"
    );
    let json: serde_json::Value = serde_json::from_str(&case.read("out.json")).expect("JSON");
    assert_eq!(json["diagnostics"][0]["rule"], "unknown-instruction");
    assert_eq!(json["diagnostics"][0]["range"]["start"]["offset"], 15);
    assert!(case.read("out.txt").starts_with("::error "));
}

#[test]
fn a_report_that_cannot_be_written_keeps_no_other_back() {
    let case = Case::new("formats-unwritable").file("Dockerfile", UNKNOWN);
    let output = case.run(&[
        "--format",
        "json=none/out.json",
        "--format",
        "concise",
        "--format",
        "sarif=out.sarif",
    ]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("cannot write none/out.json"));
    assert!(text(&output.stdout).starts_with("Dockerfile:2:1: error[unknown-instruction]"));
    assert!(case.read("out.sarif").contains("unknown-instruction"));
}

#[test]
fn codes_of_shellcheck_are_explained() {
    let case = Case::new("explain-codes");
    for (code_of_it, title) in [
        ("SC2010", "# shellcheck"),
        ("sc2086", "# shell-variable-quoting"),
    ] {
        let output = case.run(&["explain", code_of_it]);
        assert!(text(&output.stdout).starts_with(title), "{output:?}");
    }
    assert_eq!(code(&case.run(&["explain", "SC9010"])), 2);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_passed_over_with_a_word() {
    let case = Case::new("skipped")
        .file("Dockerfile", CLEAN)
        .file("skip/x", "");
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, case.folder.join(name)).expect("writable");
    };
    link("nowhere", "Dockerfile.lost");
    link("Dockerfile.loop", "Dockerfile.loop");
    link("/dev/null", "Dockerfile.device");
    link(".", "loop");
    link("nowhere", "skip/Dockerfile");
    let said = |args: &[&str]| {
        let output = case.run(args);
        assert_eq!(code(&output), 0, "{output:?}");
        text(&output.stderr)
    };
    let wanted = "dockworthy: Dockerfile.device: skipped: it leads to a device\n\
        dockworthy: Dockerfile.loop: skipped: the symbolic link leads nowhere\n\
        dockworthy: Dockerfile.lost: skipped: the symbolic link leads nowhere\n";
    assert_eq!(said(&["check", "--exclude", "skip"]), wanted);
    assert_eq!(said(&["files", "--exclude", "skip"]), wanted);
    assert_eq!(said(&["check", "--exclude", "skip", "--quiet"]), "");
}

#[test]
fn a_clean_file_exits_with_zero() {
    Case::new("clean")
        .file("Dockerfile", CLEAN)
        .shows("clean", &["check", "--select", "syntax"]);
}

#[test]
fn nothing_to_lint_is_said_and_is_no_error() {
    Case::new("nothing")
        .file("README.md", "x")
        .shows("nothing", &["check"]);
}

#[test]
fn a_path_that_is_not_there_is_trouble_and_the_rest_is_linted() {
    let case = Case::new("missing-path").file("Dockerfile", UNKNOWN);
    case.shows(
        "missing-path",
        &["check", "--format", "concise", "nowhere", "Dockerfile"],
    );
}

#[test]
fn a_bad_flag_is_trouble() {
    let case = Case::new("bad-flag");
    for args in [
        &["--frobnicate"][..],
        &["--format", "yaml"],
        &["--fail-on", "fatal"],
        &["--jobs", "0"],
    ] {
        let output = case.run(args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
    case.shows("bad-selector", &["--select", "unknown-instrution"]);
}

#[test]
fn help_and_version_exit_with_zero() {
    let case = Case::new("help");
    case.shows("help", &["check", "--help"]);
    assert_eq!(code(&case.run(&["--version"])), 0);
}

#[test]
fn standard_input_is_linted() {
    let case = Case::new("stdin");
    let args = ["check", "--format", "concise", "-"];
    case.snapshot(
        "stdin",
        &args,
        &case.run_with_input(&args, UNKNOWN.as_bytes()),
    );
    let args = [
        "check",
        "--format",
        "concise",
        "--stdin-filename",
        "api/Dockerfile",
        "-",
    ];
    let output = case.run_with_input(&args, UNKNOWN.as_bytes());
    assert!(
        text(&output.stdout).starts_with("api/Dockerfile:2:1:"),
        "{output:?}"
    );
    let output = case.run_with_input(&["check", "-"], b"what is this?");
    assert_eq!(code(&output), 2);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let case = Case::new("stdin-fix");
    let output = case.run_with_input(&["--unsafe-fixes", "-"], UNKNOWN.as_bytes());
    assert_eq!(text(&output.stdout), CLEAN);
}

#[test]
fn fail_on_decides_about_the_exit_status() {
    let case = Case::new("fail-on").file("Dockerfile", UNKNOWN);
    assert_eq!(code(&case.run(&["--fail-on", "never"])), 0);
    assert_eq!(code(&case.run(&["--fail-on", "error"])), 1);
    let case = case.file(
        "dockworthy.yaml",
        "rules:\n  unknown-instruction: warning\nfail-on: error\n",
    );
    assert_eq!(code(&case.run(&["--select", "unknown-instruction"])), 0);
    assert_eq!(
        code(&case.run(&["--select", "unknown-instruction", "--fail-on", "warning"])),
        1
    );
}

#[test]
fn fixes_are_shown_and_applied() {
    let case = Case::new("fix").file("Dockerfile", UNKNOWN);
    case.shows("diff", &["--select", "syntax", "--unsafe-fixes", "--diff"]);
    assert_eq!(case.read("Dockerfile"), UNKNOWN);
    assert_eq!(
        code(&case.run(&["--select", "syntax", "--fix"])),
        1,
        "the only fix is an unsafe one"
    );
    assert_eq!(case.read("Dockerfile"), UNKNOWN);
    case.shows("fix", &["--select", "syntax", "--unsafe-fixes"]);
    assert_eq!(case.read("Dockerfile"), CLEAN);
}

#[cfg(unix)]
#[test]
fn fixing_keeps_the_mode_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let case = Case::new("fix-unix").file("real/Dockerfile", UNKNOWN);
    let path = case.folder.join("real/Dockerfile");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("own file");
    symlink("real/Dockerfile", case.folder.join("Dockerfile")).expect("a link");
    let output = case.run(&["--unsafe-fixes", "--select", "syntax", "Dockerfile"]);
    assert_eq!(code(&output), 2, "{output:?}");
    assert_eq!(case.read("real/Dockerfile"), UNKNOWN);
    assert_eq!(
        code(&case.run(&["--unsafe-fixes", "--select", "syntax", "real"])),
        0
    );
    assert_eq!(case.read("real/Dockerfile"), CLEAN);
    let mode = std::fs::metadata(&path)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    let left: Vec<_> = std::fs::read_dir(case.folder.join("real"))
        .expect("readable")
        .collect();
    assert_eq!(left.len(), 1, "a temporary file was left behind");
}

/// A folder in which everything is copied, secrets included, by two Dockerfiles.
fn copies_all(name: &str) -> Case {
    Case::new(name)
        .file(
            "app/Dockerfile",
            "FROM debian:13\nCOPY package.json .idea ./\nCOPY . .\n",
        )
        .file("app/web.Dockerfile", "FROM debian:13\nCOPY . .\n")
        .file("app/package.json", "{}")
        .file("app/.idea/a", "")
}

const COPIES: [&str; 5] = [
    "--preset",
    "none",
    "--select",
    "missing-dockerignore,copied-secret-not-ignored,image-bloat-files-copied",
    "--unsafe-fixes",
];

#[test]
fn fixes_make_a_file_beside() {
    let case = copies_all("fix-beside");
    case.shows("diff-beside", &[&COPIES[..], &["--diff"]].concat());
    assert!(!case.folder.join("app/.dockerignore").exists());
    case.shows("fix-beside", &COPIES);
    let ignored = case.read("app/.dockerignore");
    assert_eq!(ignored, ".git\n.idea\nDockerfile\nnode_modules\n");
    let again = case.run(&COPIES);
    assert_eq!((code(&again), text(&again.stderr)), (0, String::new()));
    assert_eq!(case.read("app/.dockerignore"), ignored);
    let left = std::fs::read_dir(case.folder.join("app")).expect("readable");
    assert_eq!(left.count(), 5, "a temporary file was left behind");
}

#[test]
fn fixes_add_lines_to_a_file_beside() {
    let case = copies_all("fix-lines-beside")
        .file("app/.env", "A=1")
        .file("app/.dockerignore", "tmp\r\n# end");
    let json = [&["--format", "json"], &COPIES[..4]].concat();
    let found: serde_json::Value = serde_json::from_slice(&case.run(&json).stdout).expect("JSON");
    let of_rule = |rule: &str| {
        let all = found["diagnostics"].as_array().expect("an array").iter();
        let mut all = all.filter(|found| found["rule"] == rule);
        all.next().expect("found")["fixes"][0]["edits"].clone()
    };
    let end = serde_json::json!({"line": 2, "column": 6, "offset": 10});
    assert_eq!(
        of_rule("copied-secret-not-ignored"),
        serde_json::json!([{
            "path": "app/.dockerignore",
            "range": {"start": end, "end": end},
            "text": "\r\n.env\r\n",
        }])
    );
    assert_eq!(code(&case.run(&COPIES)), 0);
    assert_eq!(
        case.read("app/.dockerignore"),
        "tmp\r\n# end\r\n.idea\r\n.env\r\n"
    );
    assert_eq!(
        case.read("app/Dockerfile"),
        "FROM debian:13\nCOPY package.json ./\nCOPY . .\n"
    );
}

#[test]
fn a_file_beside_is_left_alone_where_that_does_harm() {
    let needs = "FROM debian:13 AS a\nCOPY .idea /\nFROM debian:13\nCOPY package.json /\n";
    let case = copies_all("fix-beside-harm").file("app/other.Dockerfile", needs);
    let named = [&COPIES[..], &["app/Dockerfile"]].concat();
    assert_eq!(code(&case.run(&named)), 0);
    assert!(!case.folder.join("app/.dockerignore").exists());
    assert_eq!(
        case.read("app/Dockerfile"),
        "FROM debian:13\nCOPY package.json ./\nCOPY . .\n"
    );
    assert_eq!(case.read("app/other.Dockerfile"), needs);
    // Standard input writes nothing but standard output.
    let case = copies_all("fix-beside-stdin");
    let args = [&COPIES[..], &["--stdin-filename", "app/Dockerfile", "-"]].concat();
    let output = case.run_with_input(&args, b"FROM debian:13\nCOPY . .\n");
    assert_eq!(text(&output.stdout), "FROM debian:13\nCOPY . .\n");
    assert!(!case.folder.join("app/.dockerignore").exists());
}

#[cfg(unix)]
#[test]
fn a_file_beside_keeps_its_mode_and_is_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let case = copies_all("fix-beside-link")
        .file("app/.env", "A=1")
        .file("ignore", "a\n");
    let path = case.folder.join("app/.dockerignore");
    symlink("../ignore", &path).expect("a link");
    assert_eq!(code(&case.run(&COPIES)), 2);
    assert_eq!(case.read("ignore"), "a\n");
    std::fs::remove_file(&path).expect("there");
    let case = case.file("app/.dockerignore", "a\n");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("own file");
    assert_eq!(code(&case.run(&COPIES)), 0);
    assert_eq!(case.read("app/.dockerignore"), "a\n.env\n");
    let mode = std::fs::metadata(&path)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    std::fs::remove_file(&path).expect("there");
    std::fs::remove_file(case.folder.join("app/web.Dockerfile")).expect("there");
    let real = case.folder.join("app/Dockerfile");
    std::fs::rename(&real, case.folder.join("real")).expect("own file");
    symlink("../real", &real).expect("a link");
    let output = case.run(&[&COPIES[..], &["app/Dockerfile"]].concat());
    assert!(!path.exists(), "{output:?}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    let case = Case::new("pipe").file("Dockerfile", UNKNOWN.repeat(5000));
    let mut child = case
        .command(&["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(text(&output.stderr), "");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_trouble() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let case = Case::new("full").file("Dockerfile", UNKNOWN);
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("writable");
    let output = case
        .command(&["check"])
        .stdout(full)
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(
        text(&output.stderr).contains("cannot write to standard output"),
        "{output:?}"
    );
}

#[test]
fn colour_is_used_only_where_it_is_wanted() {
    let case = Case::new("colour").file("Dockerfile", UNKNOWN);
    let colored = |args: &[&str], env: &[(&str, &str)]| {
        let output = case
            .command(args)
            .envs(env.iter().copied())
            .output()
            .expect("it runs");
        output.stdout.contains(&0x1b)
    };
    assert!(!colored(&["check"], &[]), "a pipe is no terminal");
    assert!(colored(&["check", "--color", "always"], &[]));
    assert!(colored(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(
        &["check", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(!colored(&["check"], &[("NO_COLOR", "1")]));
}

#[test]
fn files_are_reported_in_order_however_many_threads_work() {
    let mut case = Case::new("order");
    for number in 0..40 {
        case = case.file(&format!("d{number:02}/Dockerfile"), UNKNOWN);
    }
    let one = case.run(&["--format", "json", "--jobs", "1"]);
    for jobs in ["2", "8"] {
        assert_eq!(one, case.run(&["--format", "json", "--jobs", jobs]));
    }
}

#[test]
fn a_comment_silences_a_finding() {
    let ignored = UNKNOWN.replace(
        "WROK",
        "# dockworthy: ignore[unknown-instruction] on purpose\nWROK",
    );
    let case = Case::new("ignore").file("Dockerfile", ignored);
    let output = case.run(&["--format", "json", "--select", "unknown-instruction"]);
    assert_eq!(code(&output), 0);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["summary"]["suppressed"], 1);
    assert_eq!(json["diagnostics"][0]["suppressed"]["reason"], "on purpose");
}

#[test]
fn a_comment_in_a_file_that_is_only_read_counts() {
    let base = "services:\n  web:\n    image: nginx:1\n    depends_on: [cahce]\n";
    let case = Case::new("ignore-read").file("compose.yaml", base).file(
        "compose.override.yaml",
        "services:\n  web:\n    init: true\n",
    );
    let args = [
        "--format",
        "concise",
        "--select",
        "correctness",
        "compose.override.yaml",
    ];
    let output = case.run(&args);
    assert!(
        text(&output.stdout).starts_with("compose.yaml:4:18: error[undefined-dependency]"),
        "{output:?}"
    );
    let ignored = base.replace(
        "[cahce]",
        "[cahce] # dockworthy: ignore[undefined-dependency, untagged-image] x",
    );
    let output = case.file("compose.yaml", ignored).run(&args);
    assert_eq!((code(&output), text(&output.stdout)), (0, String::new()));
}

#[test]
fn the_ignore_file_beside_a_dockerfile_counts() {
    let text = "FROM debian:13\nCOPY go.mod dist /src/\nUSER 1000\n";
    let select = ["--preset", "none", "--select", "copy-ignored-file"];
    let args = |path| [&["check", "--format", "concise"], &select[..], &[path]].concat();
    let case = Case::new("dockerignore")
        .file("app/Dockerfile", text)
        .file("app/go.mod", "")
        .file("app/.dockerignore", "dist\n")
        .file("own/web.Dockerfile", text)
        .file("own/web.Dockerfile.dockerignore", "**\n!go.mod\n")
        .file("elsewhere/Dockerfile", text)
        .file("elsewhere/.dockerignore", "dist\n");
    case.shows("dockerignore", &args("."));
    // Nobody knows what stands beside standard input.
    let args = [
        &["check"],
        &select[..],
        &["--stdin-filename", "app/Dockerfile", "-"],
    ]
    .concat();
    let output = case.run_with_input(&args, text.as_bytes());
    assert_eq!(code(&output), 0, "{output:?}");
}

#[cfg(unix)]
#[test]
fn an_ignore_file_that_leads_elsewhere_is_not_read() {
    use std::os::unix::fs::symlink;
    let case = Case::new("dockerignore-link")
        .file("Dockerfile", "FROM debian:13\nCOPY go.mod dist /src/\n")
        .file("go.mod", "")
        .file("rules/ignore", "dist\n");
    let link = case.folder.join(".dockerignore");
    let select = ["check", "--preset", "none", "--select", "copy-ignored-file"];
    let outside = Case::new("dockerignore-outside").file("ignore", "dist\n");
    symlink(outside.folder.join("ignore"), &link).expect("a link");
    assert_eq!(code(&case.run(&select)), 0);
    std::fs::remove_file(&link).expect("there");
    symlink("rules/ignore", &link).expect("a link");
    assert_eq!(code(&case.run(&select)), 1);
}

/// A Compose file that wants the stage `prod` of a Dockerfile at a path.
fn wants_prod(dockerfile: &str) -> String {
    format!(
        "services:\n  web:\n    build:\n      context: .\n      dockerfile: {dockerfile}\n      target: prod\n"
    )
}

#[test]
fn the_dockerfile_of_a_compose_file_is_read() {
    let text = "FROM debian:13 AS build\nFROM debian:13 AS production\n";
    let select = ["--preset", "none", "--select", "build-target-not-found"];
    let args = [&["check", "--format", "concise"], &select[..], &["."]].concat();
    let case = Case::new("target")
        .file("app/compose.yaml", wants_prod("Dockerfile"))
        .file("app/Dockerfile", text)
        .file(
            "deploy/compose.yaml",
            wants_prod("../docker/web.Dockerfile"),
        )
        .file("docker/web.Dockerfile", text)
        .file("none/compose.yaml", wants_prod("Dockerfile"))
        .file("right/compose.yaml", wants_prod("Dockerfile"))
        .file("right/Dockerfile", "FROM debian:13 AS Prod\n");
    case.shows("target", &args);
    let fix = [&["check", "--unsafe-fixes", "-q"], &select[..], &["."]].concat();
    assert_eq!(code(&case.run(&fix)), 0);
    assert!(
        case.read("app/compose.yaml")
            .ends_with("target: production\n")
    );
    // A name for standard input tells where its project is.
    let args = [
        &["check"],
        &select[..],
        &["--stdin-filename", "app/compose.yaml", "-"],
    ]
    .concat();
    let output = case.run_with_input(&args, wants_prod("Dockerfile").as_bytes());
    assert_eq!(code(&output), 1, "{output:?}");
}

#[test]
fn a_dockerfile_outside_the_repository_is_not_read() {
    let outside = Case::new("target-outside").file("Dockerfile", "FROM debian:13 AS build\n");
    let absolute = outside.folder.join("Dockerfile");
    let select = [
        "check",
        "--preset",
        "none",
        "--select",
        "build-target-not-found",
    ];
    let case = Case::new("target-inside");
    for path in ["../target-outside/Dockerfile", &absolute.to_string_lossy()] {
        let case = Case::new("target-inside").file("compose.yaml", wants_prod(path));
        let output = case.run(&select);
        assert_eq!(code(&output), 0, "{path}: {output:?}");
    }
    // In a repository that holds both it is.
    let both = Case::new("target-both")
        .file("inside/compose.yaml", wants_prod("../outside/Dockerfile"))
        .file("outside/Dockerfile", "FROM debian:13 AS build\n");
    assert_eq!(code(&both.run(&select)), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        let case = case
            .file("compose.yaml", wants_prod("Dockerfile"))
            .file("docker/Dockerfile", "FROM debian:13 AS build\n");
        let link = case.folder.join("Dockerfile");
        symlink(&absolute, &link).expect("a link");
        assert_eq!(code(&case.run(&select)), 0);
        std::fs::remove_file(&link).expect("there");
        symlink("docker/Dockerfile", &link).expect("a link");
        assert_eq!(code(&case.run(&select)), 1);
    }
}

#[test]
fn an_expired_comment_silences_nothing() {
    let ignored = UNKNOWN.replace(
        "WROK",
        "# dockworthy: ignore[unknown-instruction until=2020-01-01]\nWROK",
    );
    let case = Case::new("expired").file("Dockerfile", ignored);
    assert_eq!(code(&case.run(&["--select", "unknown-instruction"])), 1);
}

#[test]
fn the_configuration_is_found_upward_and_counts() {
    let case = Case::new("config")
        .file(
            "dockworthy.yaml",
            "rules:\n  unknown-instruction: off\nexclude: [vendor]\n",
        )
        .file("deep/down/Dockerfile", UNKNOWN)
        .file("vendor/Dockerfile", UNKNOWN);
    let select = ["--format", "json", "--ignore", "security"];
    let json = |args: &[&str]| {
        let args: Vec<&str> = select.iter().chain(args).copied().collect();
        serde_json::from_slice::<serde_json::Value>(&case.run(&args).stdout).expect("JSON")
    };
    let of_rule = |value: &serde_json::Value| {
        let all = value["diagnostics"].as_array().expect("a list");
        all.iter()
            .filter(|diagnostic| diagnostic["rule"] == "unknown-instruction")
            .count()
    };
    assert_eq!(of_rule(&json(&[])), 0);
    assert_eq!(json(&[])["summary"]["files"], 1);
    assert_eq!(of_rule(&json(&["--no-config"])), 2);
    assert_eq!(of_rule(&json(&["--config", "dockworthy.yaml"])), 0);
}

#[test]
fn every_fault_of_a_configuration_is_named_with_its_place() {
    let config = "presets: [recomended]\nrules:\n  unknown-instrution: off\n  unknown-instruction: loud\n  \
        unknown-flag: { severity: info, colour: red }\nfail-on: 3\nfoo: 1\n\
        labels: { team: uri }\nregistries: { alow: [a], deny: b }\n";
    let case = Case::new("bad-config")
        .file("Dockerfile", UNKNOWN)
        .file("dockworthy.yaml", config);
    case.shows("bad-config", &["check"]);
    let case = Case::new("broken-config")
        .file("Dockerfile", UNKNOWN)
        .file("dockworthy.yaml", "rules: [a\n");
    case.shows("broken-config", &["check"]);
    case.shows("missing-config", &["check", "--config", "nowhere.yaml"]);
}

#[test]
fn a_key_at_the_top_fills_the_options_of_several_rules() {
    let config = "labels:\n  team: text\n  com.example.built: rfc3339?\n";
    let dockerfile = "FROM debian:13\nLABEL com.example.built=today\n";
    let case = Case::new("shared-options")
        .file("Dockerfile", dockerfile)
        .file("dockworthy.yaml", config);
    let output = text(&case.run(&["check", "--format", "concise"]).stdout).to_owned();
    let lines: Vec<&str> = output
        .lines()
        .filter(|line| line.contains("label"))
        .collect();
    let wanted = [
        "Dockerfile:1:6: warning[missing-required-label] the image of this stage lacks the label `team`",
        "Dockerfile:2:25: info[label-not-rfc3339] the label `com.example.built` is `today`, which is no date and time as in RFC 3339",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn presets_and_selectors_choose_rules() {
    let case = Case::new("choose").file("Dockerfile", UNKNOWN);
    let silent = |args: &[&str]| !text(&case.run(args).stdout).contains("unknown-instruction");
    assert!(silent(&["--preset", "none", "--format", "concise"]));
    assert!(!silent(&["--preset", "all", "--format", "concise"]));
    assert!(silent(&["--ignore", "unknown-*", "--format", "concise"]));
    assert!(!silent(&["--select", "syntax", "--format", "concise"]));
    assert!(silent(&["--select", "security", "--format", "concise"]));
}

#[test]
fn rules_are_explained_by_any_name() {
    let case = Case::new("explain");
    let output = case.run(&["explain", "UNKNOWN-instruction"]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).starts_with("# unknown-instruction\n"));
    case.shows("explain-unknown", &["explain", "unknown-instrution"]);
}

#[test]
fn rules_are_listed_as_text_and_as_json() {
    let case = Case::new("rules");
    assert!(text(&case.run(&["rules"]).stdout).contains("unknown-instruction "));
    let json: serde_json::Value =
        serde_json::from_slice(&case.run(&["rules", "--format", "json"]).stdout).expect("JSON");
    let rules = json["rules"].as_array().expect("a list");
    assert_eq!(rules.len(), dockworthy::rules::RULES.len());
}

#[test]
fn a_file_named_by_the_user_is_linted_whatever_its_name() {
    let case = Case::new("named")
        .file("build.txt", UNKNOWN)
        .file("notes.txt", "nothing of ours\n");
    assert_eq!(code(&case.run(&["build.txt"])), 1);
    case.shows("named", &["check", "notes.txt"]);
}

#[test]
fn odd_bytes_never_reach_the_terminal_raw() {
    let case = Case::new("odd").file(
        "Dockerfile",
        b"FROM debian:13\n\x1b[31mRUN \xff\xc2\x9b x\n",
    );
    for format in ["full", "concise", "github"] {
        let output = case.run(&["--format", format]);
        let raw = text(&output.stdout);
        assert!(
            !raw.contains('\x1b') && !raw.contains('\u{9b}'),
            "{format}: {raw}"
        );
    }
}

//! `shell: {shellcheck: …}`: a ShellCheck on `PATH` is asked about scripts as well.
//!
//! Most cases put a program in its place that says what the case needs; those of the real one are skipped where there
//! is none. All of them need programs that are shell scripts.
#![cfg(unix)]

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use dockworthy::engine::outside::Question;
use dockworthy::shell::Dialect;
use dockworthy::text::{FileId, SourceFile};

use crate::cli::{Case, code, text};
use crate::examples;
use crate::shellcheck;

const AUTO: &str = "shell: { shellcheck: auto }\n";
const REQUIRED: &str = "shell:\n  shellcheck: required\n";

/// One answer to everything: `SC2010`, of which no rule of ours knows, and `SC2086`, which is one's own.
const ANSWER: &str = r#"{"comments":[
{"file":"-","line":1,"endLine":1,"column":1,"endColumn":3,"level":"warning","code":2010,"message":"Don't do that.","fix":null},
{"file":"-","line":1,"endLine":1,"column":4,"endColumn":6,"level":"info","code":2086,"message":"Quote.","fix":null}]}"#;

/// Puts a program into the folder `bin` of a case.
fn stand_in(case: Case, script: &str) -> Case {
    let case = case.file("bin/shellcheck", format!("#!/bin/sh\n{script}\n"));
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(case.folder.join("bin/shellcheck"), mode).expect("it is ours");
    case
}

fn answering(name: &str) -> Case {
    stand_in(
        Case::new(name),
        &format!("cat >/dev/null\ncat <<'END'\n{ANSWER}\nEND\nexit 1"),
    )
}

fn run(case: &Case, path: &str, args: &[&str]) -> Output {
    let mut command = case.command(args);
    command.env(
        "PATH",
        path.replace("[bin]", &case.folder.join("bin").to_string_lossy()),
    );
    command.output().expect("the binary runs")
}

/// What is printed with the program of the case in `PATH`.
fn concise(case: &Case, args: &[&str]) -> (i32, String) {
    let args = [&["check", "--format", "concise", "--exclude", "bin"], args].concat();
    let output = run(case, "[bin]:/usr/bin:/bin", &args);
    assert_eq!(text(&output.stderr), "");
    (code(&output), text(&output.stdout))
}

const FOUND: &str = "Dockerfile:2:5: warning[shellcheck] SC2010: Don't do that\n";

#[test]
fn what_it_says_is_a_finding_under_its_own_code() {
    let case = answering("asking-codes")
        .file("dockworthy.yaml", AUTO)
        .file("Dockerfile", "FROM debian:13\nRUN ls $A\nUSER 1\n");
    let only = |flags: &[&str]| concise(&case, &[&["--preset", "none"], flags].concat());
    assert_eq!(only(&[]), (1, FOUND.to_owned()));
    for (flags, wanted) in [
        (["--select", "SC2010"], FOUND),
        (["--select", "sc20*"], FOUND),
        (["--select", "shellcheck"], FOUND),
        (["--select", "correctness"], FOUND),
        (["--select", "SC2011"], ""),
        (["--ignore", "SC2010"], ""),
        (["--ignore", "SC*"], ""),
        (["--ignore", "shellcheck"], ""),
        (["--ignore", "SC2011"], FOUND),
    ] {
        let (_, shown) = only(&flags);
        let shown: String = shown
            .lines()
            .filter(|line| line.contains("SC2010"))
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(shown, wanted, "{flags:?}");
    }
    let output = run(
        &case,
        "[bin]:/usr/bin:/bin",
        &["check", "--format", "json", "--preset", "none"],
    );
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        json["diagnostics"][0]["aliases"],
        serde_json::json!(["SC2010"])
    );
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["diagnostics"][0]["range"]["end"]["column"], 7);
    // Without the setting nobody is asked, whatever is selected.
    let all = ["--no-config", "--preset", "all", "--select", "shellcheck"];
    assert_eq!(concise(&case, &all), (0, String::new()));
}

#[test]
fn what_a_rule_of_ours_answers_to_is_its_own_matter() {
    let case =
        answering("asking-covered").file("Dockerfile", "FROM debian:13\nRUN ls $A\nUSER 1\n");
    for config in [AUTO.to_owned(), format!("{AUTO}rules: {{SC2086: off}}\n")] {
        std::fs::write(case.folder.join("dockworthy.yaml"), config).expect("writable");
        let (_, shown) = concise(&case, &[]);
        assert!(!shown.contains("Quote"), "{shown}");
        assert!(shown.contains("SC2010"), "{shown}");
    }
    let all = concise(&case, &["--select", "SC2086", "--no-config"]).1;
    assert!(all.contains("[shell-variable-quoting]"), "{all}");
}

#[test]
fn comments_configuration_and_baselines_silence_it() {
    let base = |name: &str, dockerfile: &str, config: &str| {
        answering(name)
            .file("dockworthy.yaml", format!("{AUTO}presets: none\n{config}"))
            .file("Dockerfile", dockerfile)
    };
    let plain = "FROM debian:13\nRUN ls /x\n";
    for (comment, wanted) in [
        ("# dockworthy: ignore[SC2010] why", ""),
        ("# dockworthy: ignore[shellcheck] why", ""),
        ("# hadolint ignore=SC2010", ""),
        (
            "# hadolint ignore=SC2012",
            "Dockerfile:3:5: warning[shellcheck] SC2010: Don't do that\n",
        ),
        ("# shellcheck disable=SC2010", ""),
    ] {
        let with = plain.replace("RUN", &format!("{comment}\nRUN"));
        let case = base("asking-comments", &with, "");
        assert_eq!(concise(&case, &[]).1, wanted, "{comment}");
    }
    let case = base(
        "asking-ignore",
        plain,
        "ignore: [{rules: [SC2010], reason: why}]\n",
    );
    assert_eq!(concise(&case, &[]), (0, String::new()));
    let case = base(
        "asking-exclude",
        plain,
        "rules: {shellcheck: {exclude: [SC2010]}}\n",
    );
    assert_eq!(concise(&case, &[]), (0, String::new()));
    let case = base("asking-severity", plain, "rules: {shellcheck: info}\n");
    assert_eq!(concise(&case, &[]).0, 0);
    let case = base("asking-baseline", plain, "");
    run(
        &case,
        "[bin]:/usr/bin:/bin",
        &["check", "--write-baseline", "--exclude", "bin"],
    );
    assert_eq!(concise(&case, &[]), (0, String::new()));
    let case = base("asking-add", plain, "");
    let output = run(
        &case,
        "[bin]:/usr/bin:/bin",
        &["check", "--add-ignores", "--exclude", "bin"],
    );
    assert_eq!(code(&output), 0, "{output:?}");
    assert_eq!(
        case.read("Dockerfile"),
        "FROM debian:13\n# dockworthy: ignore[shellcheck]\nRUN ls /x\n"
    );
}

#[test]
fn a_comment_about_what_it_does_not_say_is_unused() {
    let case = answering("asking-unused")
        .file("dockworthy.yaml", AUTO)
        .file(
            "Dockerfile",
            "FROM debian:13\n# dockworthy: ignore[SC2010, SC2012] why\nRUN ls /x\nUSER 1\n",
        );
    let (_, shown) = concise(&case, &["--select", "shellcheck,unused-suppression"]);
    assert!(shown.starts_with("Dockerfile:2:30: "), "{shown}");
    assert!(
        shown.contains("`SC2012`") && !shown.contains("`SC2010`"),
        "{shown}"
    );
    // Nobody knows without asking.
    let without = concise(&case, &["--select", "unused-suppression", "--no-config"]).1;
    assert_eq!(without, "");
}

#[test]
fn a_program_that_must_be_there_is_missed() {
    let case = Case::new("asking-missing")
        .file("Dockerfile", "FROM debian\nRUN ls\nUSER 1\n")
        .file("dockworthy.yaml", REQUIRED);
    let output = run(&case, "/nowhere", &["check", "--format", "concise"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stdout).contains("[untagged-image]"));
    let said = text(&output.stderr).replace(&*case.folder.to_string_lossy(), "[folder]");
    assert_eq!(
        said,
        "dockworthy: [folder]/dockworthy.yaml:2: `shell.shellcheck` is `required`, and there is no `shellcheck` on the \
         PATH; install ShellCheck (https://www.shellcheck.net), or write `auto` to do without where it is missing\n"
    );
    std::fs::write(case.folder.join("dockworthy.yaml"), AUTO).expect("writable");
    let output = run(&case, "/nowhere", &["check"]);
    assert_eq!((code(&output), text(&output.stderr)), (1, String::new()));
    let input = case.run_with_input(&["check", "-"], b"FROM debian:13\nRUN ls\nUSER 1\n");
    assert_eq!(text(&input.stderr), "");
}

#[test]
fn what_stands_in_the_working_folder_is_not_run() {
    let script = "touch \"$0.was-run\"; echo '{\"comments\":[]}'";
    let case = stand_in(Case::new("asking-relative"), script)
        .file("Dockerfile", "FROM debian:13\nRUN ls\nUSER 1\n")
        .file("dockworthy.yaml", AUTO);
    for path in ["bin", "", ".", "./bin:"] {
        run(&case, path, &["check"]);
    }
    assert!(!case.folder.join("bin/shellcheck.was-run").exists());
    run(&case, "[bin]:/usr/bin:/bin", &["check"]);
    assert!(case.folder.join("bin/shellcheck.was-run").exists());
}

#[test]
fn a_program_that_fails_is_told_of_and_the_rest_is_linted() {
    let rubbish = "printf '\\033[31mred' >&2; echo '\u{7}'; exit 0";
    let case = stand_in(Case::new("asking-rubbish"), rubbish)
        .file("dockworthy.yaml", AUTO)
        .file(
            "Dockerfile",
            "FROM debian\nRUN a\nRUN b\nRUN c\nRUN d\nRUN e\nUSER 1\n",
        )
        .file("compose.yaml", "services:\n  a:\n    image: b\n");
    let output = run(
        &case,
        "[bin]:/usr/bin:/bin",
        &["check", "--format", "concise", "--exclude", "bin"],
    );
    assert_eq!(code(&output), 2);
    assert_eq!(text(&output.stdout).matches("[untagged-image]").count(), 2);
    let said = text(&output.stderr).replace(&*case.folder.to_string_lossy(), "[folder]");
    assert_eq!(
        said,
        "dockworthy: Dockerfile: ShellCheck ([folder]/bin/shellcheck) answered with something else than its format `json1`\n"
    );
}

#[test]
fn its_environment_and_flags_say_nothing_else() {
    let script = "cat >\"$0.input\"; echo \"$@ ${SHELLCHECK_OPTS-none}\" >>\"$0.flags\"; echo '{\"comments\":[]}'";
    let case = stand_in(Case::new("asking-flags"), script)
        .file("dockworthy.yaml", AUTO)
        .file(
            "Dockerfile",
            "FROM debian:13\nRUN a && \\\n  # why\n  b\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a && b\n\
             SHELL [\"pwsh\", \"-c\"]\nRUN c\nSHELL [\"/bin/zsh\", \"-c\"]\nRUN d\nRUN [\"e\"]\nCMD ['f', 'g']\nUSER 1\n",
        );
    let mut command = case.command(&["check", "--jobs", "1", "--exclude", "bin"]);
    let path = format!("{}:/usr/bin:/bin", case.folder.join("bin").display());
    command
        .env("PATH", path)
        .env("SHELLCHECK_OPTS", "-x -f gcc");
    let output = command.output().expect("the binary runs");
    assert_eq!(text(&output.stderr), "");
    let flags = |shell: &str| {
        format!(
            "--norc --format=json1 --shell={shell} --exclude=SC1090,SC1091,SC2153,SC2154,SC2187,SC2291 - none\n"
        )
    };
    assert_eq!(
        case.read("bin/shellcheck.flags"),
        flags("sh") + &flags("bash")
    );
    assert_eq!(case.read("bin/shellcheck.input"), "a && b");
}

/// The folder of the real ShellCheck.
fn real() -> Option<PathBuf> {
    shellcheck::program()?;
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("shellcheck").is_file())
}

#[test]
fn the_real_one_speaks_of_exact_places() {
    let Some(folder) = real() else { return };
    let case = Case::new("asking-real")
        .file("dockworthy.yaml", format!("{AUTO}presets: none\n"))
        .file(
            "Dockerfile",
            "FROM debian:13\nRUN echo é \\\n # why\n && ls /a | grep b\n\
             RUN <<EOF\n\tls /a | grep b\n# shellcheck disable=SC2010\nls /c | grep d\nEOF\n\
             ONBUILD RUN ls /a | grep b\nRUN ls /a | grep b # tail\n",
        )
        .file(
            "compose.yaml",
            "services:\n  a:\n    image: b:1\n    command: [sh, -c, \"ls /a | grep b\"]\n    healthcheck:\n      \
             test: >-\n        ls\n        $$A | grep b\n    environment: {X: \"ls | grep\"}\n  \
             c:\n    image: b:1\n    command: ls | grep b\n    entrypoint: [sh, -c, \"ls ${D} | grep b; ls ${D}\"]\n    \
             build:\n      dockerfile_inline: |\n        FROM b:1\n        RUN ls | grep b\n",
        );
    let output = run(
        &case,
        &folder.to_string_lossy(),
        &["check", "--format", "concise"],
    );
    let shown = text(&output.stdout);
    let places: Vec<&str> = shown
        .lines()
        .map(|line| {
            line.split_once(": SC2010")
                .or_else(|| line.split_once(" SC2010"))
                .map_or(line, |(place, _)| place)
        })
        .collect();
    assert_eq!(
        places,
        [
            "Dockerfile:4:5: warning[shellcheck]",
            "Dockerfile:6:2: warning[shellcheck]",
            "Dockerfile:10:13: warning[shellcheck]",
            "Dockerfile:11:5: warning[shellcheck]",
            "compose.yaml:4:24: warning[shellcheck]",
            "compose.yaml:7:9: warning[shellcheck]",
            "compose.yaml:13:27: warning[shellcheck]",
            "compose.yaml:17:13: warning[shellcheck]",
        ],
        "{shown}{}",
        text(&output.stderr)
    );
}

#[test]
fn the_example_says_what_the_real_one_says() {
    let Some(folder) = real() else { return };
    let script = "ls /srv | grep conf > /srv/list";
    let case = Case::new("asking-example")
        .file("dockworthy.yaml", format!("{AUTO}presets: none\n"))
        .file("Dockerfile", format!("FROM debian:13\nRUN {script}\n"));
    let output = run(
        &case,
        &folder.to_string_lossy(),
        &["check", "--format", "concise"],
    );
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), script);
    let question = Question {
        source: &source,
        dialect: Dialect::Posix,
        text: script,
    };
    let said = examples::stand_in(&question).expect("it answers");
    let message = said[0].message.trim_end_matches('.');
    assert_eq!(
        text(&output.stdout),
        format!(
            "Dockerfile:2:5: warning[shellcheck] {}: {message}\n",
            said[0].code
        )
    );
}

#[test]
fn many_scripts_that_are_the_same_are_shown_once() {
    let script = "echo x >>\"$0.count\"; echo '{\"comments\":[]}'";
    let case = stand_in(Case::new("asking-memo"), script)
        .file("dockworthy.yaml", AUTO)
        .file(
            "Dockerfile",
            format!("FROM debian:13\n{}USER 1\n", "RUN make\n".repeat(200)),
        );
    let begin = Instant::now();
    run(&case, "[bin]:/usr/bin:/bin", &["check", "--exclude", "bin"]);
    assert!(begin.elapsed() < Duration::from_secs(30));
    assert_eq!(case.read("bin/shellcheck.count"), "x\n");
}

#[test]
fn the_language_server_waits_for_no_other_program() {
    let script = "touch \"$0.was-run\"; echo '{\"comments\":[]}'";
    let dockerfile = "FROM debian\nRUN ls /a | grep b\n";
    let case = stand_in(Case::new("asking-lsp"), script)
        .file("Dockerfile", dockerfile)
        .file("dockworthy.yaml", REQUIRED);
    let folder = format!("file://{}", case.folder.display());
    let messages = [
        serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": {"processId": null, "rootUri": folder, "capabilities": {"textDocument": {"diagnostic": {}}}}}),
        serde_json::json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
            {"uri": format!("{folder}/Dockerfile"), "languageId": "dockerfile", "version": 1, "text": dockerfile}}}),
        serde_json::json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/diagnostic",
            "params": {"textDocument": {"uri": format!("{folder}/Dockerfile")}}}),
        serde_json::json!({"jsonrpc": "2.0", "id": 3, "method": "shutdown"}),
        serde_json::json!({"jsonrpc": "2.0", "method": "exit"}),
    ];
    let input: String = messages
        .iter()
        .map(|message| {
            let text = message.to_string();
            format!("Content-Length: {}\r\n\r\n{text}", text.len())
        })
        .collect();
    let mut command = case.command(&["lsp"]);
    let path = format!("{}:/usr/bin:/bin", case.folder.join("bin").display());
    let mut child = command
        .env("PATH", path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    drop(stdin);
    let said = text(&output.stdout);
    assert!(said.contains("untagged-image"), "{said}");
    assert!(!case.folder.join("bin/shellcheck.was-run").exists());
}

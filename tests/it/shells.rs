//! Shell completions and manual pages, as shells and troff take them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::peers;

fn dockworthy(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .args(args)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs")
}

fn printed(args: &[&str]) -> String {
    let output = dockworthy(args);
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// An empty folder with the script in it.
fn script(shell: &str, name: &str) -> (PathBuf, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("shells")
        .join(shell);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("writable");
    let path = folder.join(name);
    std::fs::write(&path, printed(&["completions", shell])).expect("writable");
    (folder, path)
}

/// What a shell prints for a script given on its command line.
fn run(shell: &Path, folder: &Path, args: &[&str]) -> String {
    let output = Command::new(shell)
        .args(args)
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .stdin(Stdio::null())
        .output()
        .expect("the shell runs");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What bash offers for the last of these words.
fn bash_offers(words: &str) -> Vec<String> {
    let Some(bash) = peers::program("bash") else {
        return Vec::new();
    };
    let (folder, path) = script("bash", "dockworthy.bash");
    let code = format!(
        "source {}; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
         _dockworthy dockworthy \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; \
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        path.display()
    );
    let offered = run(&bash, &folder, &["--norc", "-c", &code]);
    offered.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_flags_and_values() {
    if peers::program("bash").is_none() {
        return;
    }
    assert_eq!(bash_offers("dockworthy expl"), ["explain"]);
    assert_eq!(bash_offers("dockworthy check --uns"), ["--unsafe-fixes"]);
    assert_eq!(bash_offers("dockworthy check --fail-on e"), ["error"]);
    assert_eq!(bash_offers("dockworthy check --preset hard"), ["hardened"]);
    assert_eq!(bash_offers("dockworthy check --format gith"), ["github"]);
    assert_eq!(bash_offers("dockworthy completions po"), ["powershell"]);
}

#[test]
fn fish_completes_a_flag() {
    let Some(fish) = peers::program("fish") else {
        return;
    };
    let (folder, path) = script("fish", "dockworthy.fish");
    let code = format!(
        "source {}; complete -C 'dockworthy check --uns'",
        path.display()
    );
    let offered = run(&fish, &folder, &["--no-config", "-c", &code]);
    assert!(offered.starts_with("--unsafe-fixes\t"), "{offered}");
}

#[test]
fn zsh_and_powershell_and_elvish_get_a_script() {
    let zsh = printed(&["completions", "zsh"]);
    assert!(zsh.starts_with("#compdef dockworthy"), "{zsh}");
    if let Some(shell) = peers::program("zsh") {
        let (folder, path) = script("zsh", "_dockworthy");
        let path = path.display().to_string();
        // It parses, and the completion system takes it for the command.
        run(&shell, &folder, &["--no-rcs", "-n", &path]);
        let code =
            "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; print $_comps[dockworthy]";
        let taken = run(&shell, &folder, &["--no-rcs", "-c", code]);
        assert_eq!(taken.trim(), "_dockworthy");
    }
    let powershell = printed(&["completions", "powershell"]);
    assert!(powershell.contains("Register-ArgumentCompleter -Native -CommandName 'dockworthy'"));
    let elvish = printed(&["completions", "elvish"]);
    assert!(elvish.contains("edit:completion:arg-completer[dockworthy]"));
}

#[test]
fn an_unknown_shell_is_refused() {
    let output = dockworthy(&["completions", "tcsh"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("bash, elvish, fish, powershell, zsh"),
        "{message}"
    );
}

#[test]
fn every_command_has_a_manual_page() {
    let page = printed(&["man"]);
    assert!(page.contains(".TH DOCKWORTHY 1"), "{page}");
    let commands: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("dockworthy\\-")?.strip_suffix("(1)"))
        .collect();
    assert!(commands.contains(&"check"), "{page}");
    for command in commands {
        let page = printed(&["man", &command.replace('\\', "")]);
        let title = format!(".TH DOCKWORTHY\\-{} 1", command.to_uppercase());
        assert!(page.contains(&title.replace('\\', "")), "{page}");
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    let output = dockworthy(&["man", "chek"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("no command is called `chek`; commands are check,"),
        "{message}"
    );
}

#[test]
fn manual_pages_are_read_by_man_and_mandoc() {
    for (page, words) in [
        ("", "Exit status: 0"),
        ("check", "--unsafe-fixes"),
        ("explain", "DL3008"),
    ] {
        let args: Vec<&str> = ["man", page]
            .into_iter()
            .filter(|a| !a.is_empty())
            .collect();
        let text = printed(&args);
        if let Some(man) = peers::program("man") {
            let shown = peers::output_of(&man, &["-l", "-P", "cat", "-"], &text);
            assert!(shown.contains(words), "{shown}");
        }
        if let Some(mandoc) = peers::program("mandoc") {
            let faults = peers::output_of(&mandoc, &["-T", "lint", "-W", "error"], &text);
            assert_eq!(faults, "");
        }
    }
}

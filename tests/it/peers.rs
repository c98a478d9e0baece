//! Other tools that tests compare with, where they are installed. `.ci/run` puts them on `PATH`.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use dockworthy::engine::meta::Preset;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{Level, RuleSetting, Settings};
use dockworthy::rules::RULES;

/// The program with this name on `PATH`; says that the test is skipped and gives `None` when it is absent.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file());
    if found.is_none() {
        println!("skipped: no `{name}` on PATH");
    }
    found
}

/// What a program writes to standard output in this folder. Findings make linters fail, so its status is not
/// looked at. It sees none of the user's configuration.
pub fn output(program: &Path, folder: &Path, args: &[&str]) -> Vec<u8> {
    let output = Command::new(program)
        .args(args)
        .current_dir(folder)
        .env("HOME", "/nonexistent")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .stdin(Stdio::null())
        .output();
    output.expect("the program runs").stdout
}

/// What a program writes to standard output when it is given this input.
pub fn output_of(program: &Path, args: &[&str], input: &str) -> String {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it was asked for");
    let text = std::thread::scope(|scope| {
        // A program that stops early closes the pipe; its output tells.
        scope.spawn(move || drop(stdin.write_all(input.as_bytes())));
        let mut text = Vec::new();
        let mut stdout = child.stdout.take().expect("it was asked for");
        stdout.read_to_end(&mut text).map(|_| text)
    });
    child.wait().expect("it ends");
    String::from_utf8_lossy(&text.unwrap_or_default()).into_owned()
}

/// What is wrong with what a class of differences to another tool says, now that the differences are known,
/// each as `path:line`: their number, the reason, and those that somebody looked at.
pub fn faults(said: usize, reason: &str, looked_at: &[String], found: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let count = found.len();
    if said != count {
        faults.push(format!("{count}, not {said}"));
    }
    if reason.is_empty() {
        faults.push("without a reason".to_owned());
    }
    let gone = looked_at.iter().filter(|at| !found.contains(at));
    faults.extend(gone.map(|at| format!("{at} is none of these")));
    let looked_at: BTreeSet<&String> = looked_at.iter().collect();
    if looked_at.len() < count.min(10) {
        let step = (count / 10).max(1);
        let some: Vec<&str> = found
            .iter()
            .step_by(step)
            .take(10)
            .map(String::as_str)
            .collect();
        faults.push(format!(
            "{} of {count} looked at: {}",
            looked_at.len(),
            some.join(" ")
        ));
    }
    faults
}

/// Every rule, with its own severity.
pub fn all_rules() -> Arc<Ruleset> {
    let mut settings = Settings {
        presets: vec![Preset::None],
        ..Settings::default()
    };
    for rule in RULES {
        let level = Some(Level::On(rule.meta.severity));
        let setting = RuleSetting {
            level,
            ..RuleSetting::default()
        };
        settings.rules.insert(rule.meta.id, setting);
    }
    Ruleset::build(RULES, &settings)
}

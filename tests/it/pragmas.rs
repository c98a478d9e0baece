//! What hadolint's documentation shows of comments and configurations: as a person would expect by default, as
//! hadolint itself reads it in strict mode.
//!
//! Where hadolint is installed, every case is compared with what it says.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use dockworthy::check;
use dockworthy::engine::meta;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{Selector, Settings};
use dockworthy::engine::suppress::Comments;
use dockworthy::rules::RULES;
use dockworthy::text::lines::Unit;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;

use crate::cli::Case;

/// The codes that the cases are about.
const CODES: [&str; 4] = ["DL3003", "DL3004", "DL3006", "DL3002"];

/// The findings that are left, as lines and codes.
fn left(text: &str, comments: Comments) -> BTreeSet<(u32, &'static str)> {
    let select = CODES
        .iter()
        .map(|code| Selector::parse(code, RULES).expect("a code"));
    let settings = Settings {
        select: select.collect(),
        comments,
        ..Settings::default()
    };
    let ruleset = Ruleset::build(RULES, &settings);
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
    let linted = check::lint(&source, Kind::Dockerfile, &ruleset, None);
    let found = linted
        .diagnostics
        .iter()
        .filter(|found| found.suppressed.is_none());
    found
        .filter_map(|found| {
            let rule = meta::find(RULES, found.rule)?;
            let code = CODES.iter().find(|code| rule.meta.answers_to(code))?;
            let start = found.finding.at.span.start;
            // hadolint knows the line of the instruction only.
            let parsed = dockworthy::dockerfile::parse::parse(&source.text);
            let mut instructions = parsed.tree.instructions.iter();
            let instruction = instructions.find(|instruction| instruction.span.end >= start)?;
            let at = source
                .lines
                .position(instruction.span.start, Unit::Utf32, text);
            Some((at.line + 1, *code))
        })
        .collect()
}

/// What hadolint says; nothing where it is not installed.
fn hadolint(name: &str, text: &str) -> Option<BTreeSet<(u32, &'static str)>> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pragma-{name}"));
    std::fs::write(&path, text).expect("writable");
    let mut command = Command::new("hadolint");
    command
        .args(["--format", "json", "--no-fail", "--config", "/dev/null"])
        .arg(&path);
    let output = command.output().ok()?;
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let found = found.as_array()?.iter().filter_map(|found| {
        let code = CODES.iter().find(|code| found["code"] == **code)?;
        Some((u32::try_from(found["line"].as_u64()?).ok()?, *code))
    });
    Some(found.collect())
}

/// A Dockerfile, and the lines that speak by default and in strict mode.
struct Pragma {
    text: &'static str,
    tolerant: &'static [(u32, &'static str)],
    strict: &'static [(u32, &'static str)],
}

const fn pragma(
    text: &'static str,
    tolerant: &'static [(u32, &'static str)],
    strict: &'static [(u32, &'static str)],
) -> Pragma {
    Pragma {
        text,
        tolerant,
        strict,
    }
}

const CASES: &[Pragma] = &[
    // The examples of the documentation.
    pragma(
        "# hadolint ignore=DL3006\nFROM ubuntu\n\n# hadolint ignore=DL3003,SC1035 # We accept these issues, because ...\nRUN cd /tmp && echo \"hello!\"\n",
        &[],
        &[],
    ),
    pragma(
        "# hadolint global ignore=DL3003,DL3006,SC1035 # We accept these issues, because ...\nFROM ubuntu\n\nRUN cd /tmp && echo \"foo\"\n",
        &[],
        &[],
    ),
    pragma(
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\n# hadolint shell=powershell\nRUN Get-Process notepad | Stop-Process\n",
        &[],
        &[],
    ),
    // The grammar.
    pragma(
        "  #hadolint   ignore = DL3006 , DL3007\nFROM debian\n",
        &[],
        &[],
    ),
    pragma("# hadolint ignore=DL3006#x\nFROM debian\n", &[], &[]),
    pragma(
        "# hadolint ignore=dl3006\nFROM debian\n",
        &[],
        &[(2, "DL3006")],
    ),
    pragma(
        "# Hadolint ignore=DL3006\nFROM debian\n",
        &[],
        &[(2, "DL3006")],
    ),
    pragma(
        "# hadolint ignore=DL3006,\nFROM debian\n",
        &[],
        &[(2, "DL3006")],
    ),
    pragma(
        "# hadolint ignore=DL3006 because\nFROM debian\n",
        &[],
        &[(2, "DL3006")],
    ),
    pragma(
        "# hadolint ignore=DL3007 DL3006\nFROM debian\n",
        &[(2, "DL3006")],
        &[(2, "DL3006")],
    ),
    pragma("# hadolint ignore=*\nFROM debian\n", &[], &[(2, "DL3006")]),
    pragma(
        "# hadolint ignore: DL3006\nFROM debian\n",
        &[(2, "DL3006")],
        &[(2, "DL3006")],
    ),
    pragma(
        "# hadolint ignore=DL3006,X3004\nFROM debian\n",
        &[],
        &[(2, "DL3006")],
    ),
    pragma(
        "# hadolint global ignore=DL3006 why\nFROM debian\n",
        &[],
        &[(2, "DL3006")],
    ),
    // How far it reaches.
    pragma(
        "# hadolint ignore=DL3006\n\nFROM debian\n",
        &[],
        &[(3, "DL3006")],
    ),
    pragma(
        "# hadolint ignore=DL3006\n# why\nFROM debian\n",
        &[],
        &[(3, "DL3006")],
    ),
    pragma(
        "# hadolint ignore=DL3006\n# hadolint ignore=DL3002\nFROM debian\n",
        &[],
        &[(3, "DL3006")],
    ),
    pragma(
        "FROM debian:1\n# hadolint ignore=DL3003\nRUN a \\\n && sudo y\n",
        &[(3, "DL3004")],
        &[(3, "DL3004")],
    ),
    pragma(
        "FROM debian:1\nRUN a && \\\n# hadolint ignore=DL3004\n sudo b\n",
        &[],
        &[(2, "DL3004")],
    ),
    pragma(
        "FROM debian:1\n# hadolint ignore=DL3004\nRUN sudo a\nRUN sudo b\n",
        &[(4, "DL3004")],
        &[(4, "DL3004")],
    ),
    pragma(
        "FROM debian\nRUN sudo c\n# hadolint global ignore=DL3006,DL3004\n",
        &[],
        &[],
    ),
    pragma(
        "# hadolint global ignore=DL3004\n# hadolint ignore=DL3006\nFROM debian\nRUN sudo b\n",
        &[],
        &[],
    ),
    pragma(
        "FROM debian:1\r\n# hadolint ignore=DL3004\r\nRUN sudo x\r\n",
        &[],
        &[],
    ),
    // Stages.
    pragma(
        "# hadolint stage ignore=DL3006,DL3004\nFROM debian\nRUN sudo a\nFROM debian:1\nRUN sudo b\n",
        &[(5, "DL3004")],
        &[(2, "DL3006"), (5, "DL3004")],
    ),
    pragma(
        "FROM debian:1\n# hadolint stage ignore=DL3004\nRUN sudo a\n",
        &[],
        &[(3, "DL3004")],
    ),
    pragma(
        "# hadolint stage ignore=DL3004\n\nFROM debian:1\nRUN sudo a\n",
        &[],
        &[(4, "DL3004")],
    ),
];

#[test]
fn comments_mean_what_a_person_expects_and_in_strict_mode_what_hadolint_reads() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let set = |found: &[(u32, &'static str)]| found.iter().copied().collect::<BTreeSet<_>>();
        let mut compare = |who: &str, found: BTreeSet<_>, wanted: &[(u32, &'static str)]| {
            if found != set(wanted) {
                wrong.push(format!(
                    "{who} says {found:?}, not {wanted:?}:\n{}",
                    case.text
                ));
            }
        };
        compare(
            "the default",
            left(case.text, Comments::Tolerant),
            case.tolerant,
        );
        compare(
            "strict mode",
            left(case.text, Comments::Strict),
            case.strict,
        );
        if let Some(found) = hadolint(&number.to_string(), case.text) {
            compare("hadolint", found, case.strict);
            compared += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if compared == 0 {
        println!("hadolint is not installed: not compared with it");
    }
    for case in CASES {
        let (strict, tolerant) = (
            left(case.text, Comments::Strict),
            left(case.text, Comments::Tolerant),
        );
        assert!(
            tolerant.is_subset(&strict),
            "strict mode must not allow more: {}",
            case.text
        );
    }
}

#[test]
fn strict_mode_is_a_setting() {
    let case = Case::new("strict")
        .file(
            "dockworthy.yaml",
            "presets: none\nrules: {DL3006: error}\nsuppressions: {strict: true}\n",
        )
        .file("Dockerfile", "# hadolint ignore=dl3006\nFROM debian\n");
    assert_eq!(case.run(&["check"]).status.code(), Some(1));
    let case = case.file("dockworthy.yaml", "presets: none\nrules: {DL3006: error}\n");
    assert_eq!(case.run(&["check"]).status.code(), Some(0));
}

/// The settings that a documented `.hadolint.yaml` comes to, as `dockworthy config` lists them.
fn settings(text: &str) -> Vec<String> {
    let case = Case::new("hadolint-documented").file(".hadolint.yaml", text);
    let output = case.run(&["config", "--config", ".hadolint.yaml"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = shown
        .lines()
        .filter(|line| line.starts_with("  ") && !line.contains(" default"));
    lines
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn documented_configurations_mean_what_they_say() {
    let ignored = "ignored:\n  - DL3000\n  - SC1010\n";
    assert_eq!(
        settings(ignored),
        [
            "rules.relative-workdir off .hadolint.yaml:2",
            "fail-on info .hadolint.yaml:1"
        ]
    );
    let trusted = format!(
        "{ignored}\ntrustedRegistries:\n  - docker.io\n  - my-company.com:5000\n  - \"*.gcr.io\"\n"
    );
    assert_eq!(
        settings(&trusted),
        [
            "rules.relative-workdir off .hadolint.yaml:2",
            "registries.allow docker.io, my-company.com:5000, *.gcr.io .hadolint.yaml:6",
            "fail-on info .hadolint.yaml:1",
        ]
    );
    assert_eq!(
        settings("trustedRegistries: docker.io\n")[0],
        "registries.allow docker.io .hadolint.yaml:1"
    );
    let over = "override:\n  error:\n    - DL3001\n    - DL3002\n  warning:\n    - DL3042\n    - DL3033\n  info:\n    - DL3032\n  style:\n    - DL3015\n";
    let levels = settings(over);
    for level in [
        "rules.useless-command error .hadolint.yaml:3",
        "rules.root-user error .hadolint.yaml:4",
        "rules.unpinned-rpm-package warning .hadolint.yaml:7",
        "rules.apt-get-missing-no-install-recommends info .hadolint.yaml:11",
    ] {
        assert!(
            levels.iter().any(|line| line == level),
            "{level}: {levels:?}"
        );
    }
    let threshold = "failure-threshold: info\noverride:\n  warning:\n    - DL3042\n    - DL3033\n  info:\n    - DL3032\n";
    assert!(settings(threshold).contains(&"fail-on info .hadolint.yaml:1".to_owned()));
    let labels = "label-schema:\n  author: text\n  contact: email\n  created: rfc3339\n  version: semver\n  documentation: url\n  git-revision: hash\n  license: spdx\n";
    let shown = settings(labels);
    assert_eq!(
        shown[0],
        "labels {author: text; contact: email; created: rfc3339; documentation: url; git-revision: hash; license: spdx; version: semver} .hadolint.yaml:2"
    );
    assert!(
        settings(&format!("{labels}strict-labels: true\n"))
            .contains(&"rules.unknown-label info .hadolint.yaml:9".to_owned())
    );
}

#[test]
fn a_label_from_a_variable_is_text() {
    let case = Case::new("hadolint-labels")
        .file(".hadolint.yaml", "label-schema:\n  version: text\n")
        .file(
            "Dockerfile",
            "FROM debian:buster\nARG VERSION=\"du-jour\"\nLABEL version=\"${VERSION}\"\n",
        );
    let args = [
        "check",
        "--preset",
        "hadolint",
        "--config",
        ".hadolint.yaml",
        "--format",
        "concise",
        "--quiet",
    ];
    let output = case.run(&args);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
}

#[test]
fn variables_of_hadolint_are_not_read() {
    let case = Case::new("hadolint-environment").file("Dockerfile", "FROM debian\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dockworthy"));
    command
        .args(["check", "--quiet"])
        .current_dir(&case.folder)
        .env("HADOLINT_IGNORE", "DL3006")
        .env("HADOLINT_NOFAIL", "1");
    assert_eq!(command.output().expect("it runs").status.code(), Some(1));
}

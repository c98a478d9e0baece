//! Findings that matter more or less than their rule usually does.

use std::sync::Arc;

use dockworthy::check;
use dockworthy::diagnostic::Severity;
use dockworthy::engine::meta::Preset;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::Settings;
use dockworthy::rules::RULES;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;

fn ruleset(preset: Preset) -> Arc<Ruleset> {
    let settings = Settings {
        presets: vec![preset],
        ..Settings::default()
    };
    Ruleset::build(RULES, &settings)
}

/// How much each finding of a rule in a file matters.
fn severities(rule: &str, kind: Kind, text: &str) -> Vec<Severity> {
    let source = SourceFile::from_text(FileId(0), "file".into(), text);
    let linted = check::lint(&source, kind, &ruleset(Preset::Recommended), None);
    let diagnostics = linted.diagnostics.iter();
    diagnostics
        .filter(|diagnostic| diagnostic.rule == rule)
        .map(|diagnostic| diagnostic.severity)
        .collect()
}

#[test]
fn dockerfiles() {
    use Severity::{Error, Info, Warning};
    for (rule, text, severity) in [
        ("root-user", "FROM a\nUSER root\nCMD b", Warning),
        ("root-user", "FROM a\nUSER root\nRUN b", Info),
        ("root-user", "FROM a\nUSER root\nCMD []", Info),
        ("missing-user", "FROM debian\nCMD a", Warning),
        ("missing-user", "FROM debian\nRUN a", Info),
        ("missing-user", "FROM a\nCMD b", Info),
        (
            "undefined-stage",
            "FROM a AS build\nFROM b\nCOPY --from=biuld c d",
            Warning,
        ),
        ("undefined-stage", "FROM a\nCOPY --from=b c d", Info),
        ("undefined-stage", "FROM a\nCOPY --from=B c d", Warning),
        ("undefined-stage", "FROM a\nCOPY --from=1 c d", Error),
        ("relative-workdir", "FROM a\nWORKDIR b", Warning),
        ("relative-workdir", "FROM scratch\nWORKDIR b", Info),
        ("relative-workdir", "FROM a\nWORKDIR /\nWORKDIR b", Info),
        ("shell-form-entrypoint", "FROM a\nCMD b", Warning),
        ("shell-form-entrypoint", "FROM a\nCMD b $C", Warning),
        ("shell-form-entrypoint", "FROM a\nCMD exec b $C", Info),
    ] {
        assert_eq!(
            severities(rule, Kind::Dockerfile, text),
            [severity],
            "{rule}: {text}"
        );
    }
}

#[test]
fn compose_files() {
    use Severity::{Info, Warning};
    let text = "services:\n  a:\n    image: b\n    user: root\n    pre_start:\n      - image: c\n        \
                user: root\n    post_start:\n      - command: d\n        user: root\n";
    assert_eq!(
        severities("root-user", Kind::Compose, text),
        [Warning, Info, Info]
    );
}

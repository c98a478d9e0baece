//! The engine with rules of its own making: it names none, and it survives any.

use dockworthy::check;
use dockworthy::diagnostic::{Confidence, Severity};
use dockworthy::engine::Hooks;
use dockworthy::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{Level, RuleSetting, Settings};
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::kind::Kind;

const META: RuleMeta = RuleMeta {
    id: "speaks",
    group: "test",
    summary: "speaks of every instruction",
    category: Category::Style,
    severity: Severity::Warning,
    confidence: Confidence::High,
    fix: FixKind::None,
    since: "0.1.0",
    presets: &[
        (Preset::Recommended, Severity::Warning),
        (Preset::Production, Severity::Error),
    ],
    aliases: &["T1"],
    options: &[],
    readme: "",
};

fn speaks(on: &mut Hooks<'_>) {
    on.instruction(|instruction, cx| {
        cx.report(instruction.instruction.keyword.span, "an instruction");
    });
}

fn panics(on: &mut Hooks<'_>) {
    on.instruction(|instruction, cx| {
        cx.report(instruction.instruction.keyword.span, "must not be seen");
        panic!("on purpose");
    });
}

fn modest(on: &mut Hooks<'_>) {
    on.instruction(|instruction, cx| {
        cx.report(instruction.instruction.keyword.span, "a detail")
            .severity(Severity::Info);
    });
}

const RULES: &[Rule] = &[
    Rule {
        meta: RuleMeta {
            id: "modest",
            aliases: &[],
            ..META
        },
        register: modest,
    },
    Rule {
        meta: RuleMeta {
            id: "panics",
            aliases: &[],
            ..META
        },
        register: panics,
    },
    Rule {
        meta: META,
        register: speaks,
    },
];

const FILE: &str = "FROM a\n# dockworthy: ignore[T1] it is known\nRUN b\nONBUILD RUN c\n";

fn lint(rules: &'static [Rule], settings: &Settings) -> check::Linted {
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), FILE);
    check::lint(
        &source,
        Kind::Dockerfile,
        &Ruleset::build(rules, settings),
        None,
    )
}

#[test]
fn no_rules_means_no_findings() {
    assert!(lint(&[], &Settings::default()).diagnostics.is_empty());
}

#[test]
fn a_rule_that_panics_is_named_and_the_others_go_on() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let linted = lint(RULES, &Settings::default());
    std::panic::set_hook(hook);
    assert_eq!(linted.internal.len(), 1);
    assert_eq!(
        (
            linted.internal[0].place,
            linted.internal[0].message.as_str()
        ),
        ("panics", "on purpose")
    );
    let speaking = linted
        .diagnostics
        .iter()
        .filter(|d| d.rule == "speaks")
        .count();
    assert_eq!(speaking, 4, "three instructions and a trigger");
    assert!(linted.diagnostics.iter().all(|d| d.rule != "panics"));
}

fn without_panic() -> Settings {
    let mut settings = Settings::default();
    settings.rules.insert(
        "panics",
        RuleSetting {
            level: Some(Level::Off),
            ..RuleSetting::default()
        },
    );
    settings
}

fn severities(settings: &Settings, rule: &str) -> Vec<Severity> {
    let linted = lint(RULES, settings);
    linted
        .diagnostics
        .iter()
        .filter(|d| d.rule == rule)
        .map(|d| d.severity)
        .collect()
}

#[test]
fn presets_give_severities_and_configuration_wins() {
    let mut settings = without_panic();
    assert_eq!(severities(&settings, "speaks"), [Severity::Warning; 4]);
    settings.presets = vec![Preset::Production];
    assert_eq!(severities(&settings, "speaks"), [Severity::Error; 4]);
    settings.rules.insert(
        "speaks",
        RuleSetting {
            level: Some(Level::On(Severity::Info)),
            ..RuleSetting::default()
        },
    );
    assert_eq!(severities(&settings, "speaks"), [Severity::Info; 4]);
    settings.presets = vec![Preset::None];
    assert_eq!(severities(&settings, "modest"), []);
}

#[test]
fn a_finding_may_matter_less_than_its_rule_unless_configured() {
    let mut settings = without_panic();
    assert_eq!(severities(&settings, "modest"), [Severity::Info; 4]);
    settings.rules.insert(
        "modest",
        RuleSetting {
            level: Some(Level::On(Severity::Error)),
            ..RuleSetting::default()
        },
    );
    assert_eq!(severities(&settings, "modest"), [Severity::Error; 4]);
}

#[test]
fn findings_are_sorted_by_place_and_rule() {
    let linted = lint(RULES, &without_panic());
    let order: Vec<_> = linted
        .diagnostics
        .iter()
        .map(|d| (d.finding.at.span, d.rule))
        .collect();
    let mut sorted = order.clone();
    sorted.sort();
    assert_eq!(order, sorted);
}

#[test]
fn a_comment_silences_by_alias_and_only_the_next_instruction() {
    let linted = lint(RULES, &without_panic());
    let silenced: Vec<_> = linted
        .diagnostics
        .iter()
        .filter(|d| d.suppressed.is_some())
        .collect();
    assert_eq!(silenced.len(), 1);
    assert_eq!(silenced[0].rule, "speaks");
    assert_eq!(silenced[0].finding.at.span.text(FILE), "RUN");
    let reason = silenced[0]
        .suppressed
        .as_ref()
        .and_then(|s| s.reason.as_deref());
    assert_eq!(reason, Some("it is known"));
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let prints = |text: &str| -> Vec<String> {
        let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
        let ruleset = Ruleset::build(RULES, &without_panic());
        let linted = check::lint(&source, Kind::Dockerfile, &ruleset, None);
        linted
            .diagnostics
            .iter()
            .map(|d| d.fingerprint.clone())
            .collect()
    };
    let (here, moved) = (
        prints("FROM a\nRUN b\nRUN b\n"),
        prints("\n# c\nFROM a\n\n  RUN  b\nRUN b\n"),
    );
    assert_eq!(here, moved);
    let mut distinct = here.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), here.len());
}

//! The examples in the rules' READMEs: each Bad makes the rule speak, each Fixed is what its fix leaves, each
//! Good keeps it silent. `RULE=id` narrows the run to one rule.

use std::path::Path;
use std::sync::Arc;

use dockworthy::check::{self, Linted, Subject};
use dockworthy::diagnostic::{Applicability, Diagnostic, Severity};
use dockworthy::engine::fix;
use dockworthy::engine::outside::{Question, Remark};
use dockworthy::engine::readme::{Example, ExampleKind, examples};
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::{RuleSetting, Selector, Settings};
use dockworthy::engine::{Rule, meta};
use dockworthy::report;
use dockworthy::rules::RULES;
use dockworthy::text::edit::with_lines;
use dockworthy::text::{FileId, SourceFile, Sources};
use dockworthy::workspace::beside::{Beside, Folders};
use dockworthy::workspace::fs::Memory;
use dockworthy::workspace::kind::{Kind, kind_by_name};

#[test]
fn every_example_shows_what_it_says() {
    let wanted = std::env::var("RULE").ok();
    let mut failures = Vec::new();
    for rule in RULES
        .iter()
        .filter(|rule| wanted.as_deref().is_none_or(|id| id == rule.meta.id))
    {
        run(rule, &mut failures);
    }
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn run(rule: &'static Rule, failures: &mut Vec<String>) {
    let id = rule.meta.id;
    let examples = match examples(rule.meta.readme) {
        Ok(examples) => examples,
        Err(error) => return failures.push(format!("{id}: {error}")),
    };
    let mut shown = String::new();
    for (index, example) in examples.iter().enumerate() {
        let name = format!("{id}: {:?} {}", example.kind, example.title);
        if example.files.is_empty() {
            failures.push(format!("{name}: no fence below the heading"));
        }
        match example.kind {
            ExampleKind::Bad => {
                bad(rule, example, &name, &mut shown, failures);
                if let Some(next) = examples
                    .get(index + 1)
                    .filter(|next| next.kind == ExampleKind::Fixed)
                {
                    fixed(rule, example, next, &name, failures);
                }
            }
            ExampleKind::Good => good(rule, example, &name, failures),
            ExampleKind::Fixed => {
                if index == 0 || examples[index - 1].kind != ExampleKind::Bad {
                    failures.push(format!("{name}: stands not behind a Bad example"));
                }
            }
        }
    }
    let has = |kind| examples.iter().any(|example| example.kind == kind);
    if !has(ExampleKind::Bad) || !has(ExampleKind::Good) {
        failures.push(format!("{id}: a Bad and a Good example are needed"));
    }
    if (rule.meta.fix.as_str() != "none") != has(ExampleKind::Fixed) {
        failures.push(format!(
            "{id}: a Fixed example is needed if, and only if, the rule has a fix"
        ));
    }
    snapshot(id, &shown);
}

fn snapshot(id: &str, shown: &str) {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/rules"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(id, shown));
}

/// Settings under which only `rule` runs, with the example's options.
pub fn only(rule: &Rule, options: Option<&str>) -> Settings {
    let mut setting = RuleSetting::default();
    if let Some(options) = options {
        setting.options = serde_yaml::from_str(options).expect("options are a mapping");
    }
    let selector = Selector::parse(rule.meta.id, RULES).expect("the rule exists");
    let mut settings = Settings {
        presets: vec![meta::Preset::None],
        select: vec![selector],
        ..Settings::default()
    };
    settings.rules.insert(rule.meta.id, setting);
    settings
}

/// Rules of which the findings of `rule` count. It runs alone, unless it is about what others find.
fn ruleset(rule: &Rule, options: Option<&str>) -> Arc<Ruleset> {
    let mut settings = only(rule, options);
    let ruleset = Ruleset::asking(RULES, &settings, Some(Arc::new(stand_in)));
    if ruleset.table().suppression.is_empty() {
        return ruleset;
    }
    settings.presets = vec![meta::Preset::All];
    settings.select.clear();
    Ruleset::build(RULES, &settings)
}

/// What ShellCheck says of the example of the rule `shellcheck`; where there is a ShellCheck, `asking` compares.
pub fn stand_in(question: &Question<'_>) -> Option<Vec<Remark>> {
    let remark = |at| {
        Remark {
        code: "SC2010".into(),
        severity: Severity::Warning,
        message: "Don't use ls | grep. Use a glob or a for loop with a condition to allow non-alphanumeric filenames."
            .to_owned(),
        range: at..at + 2,
    }
    };
    let found = question.text.find("ls /srv | grep").map(remark);
    Some(found.into_iter().collect())
}

/// The findings of one rule in a file of an example.
fn lint_one(rule: &Rule, subject: Subject<'_>, ruleset: &Ruleset, example: &Example) -> Linted {
    let today = Some("2027-01-01");
    let mut linted = if subject.kind == Kind::Compose && example.files.len() > 1 {
        let files: Memory = example.files.iter().cloned().collect();
        check::lint_among(subject, &compose_files(example), &files, ruleset, today)
    } else {
        check::lint_subject(subject, ruleset, today)
    };
    linted
        .diagnostics
        .retain(|diagnostic| diagnostic.rule == rule.meta.id);
    linted
}

/// The Compose files of an example, by their numbers.
fn compose_files(example: &Example) -> Vec<SourceFile> {
    let files = (0..).zip(&example.files);
    files
        .filter(|(_, (path, _))| kind_by_name(path.as_ref()) == Some(Kind::Compose))
        .map(|(id, (path, bytes))| SourceFile::from_bytes(FileId(id), path.into(), bytes.clone()))
        .collect()
}

/// The files of an example, linted one by one.
fn lint(rule: &Rule, example: &Example) -> Vec<(SourceFile, Linted)> {
    let ruleset = ruleset(rule, example.options.as_deref());
    let file = |(index, (path, bytes)): (usize, &(String, Vec<u8>))| {
        let id = FileId(u32::try_from(index).expect("few files"));
        let source = SourceFile::from_bytes(id, path.into(), bytes.clone());
        let kind = kind_by_name(path.as_ref())
            .filter(|kind| matches!(kind, Kind::Dockerfile | Kind::Compose))?;
        let beside = beside(example, &source, kind);
        let subject = Subject {
            source: &source,
            kind,
            beside: beside.as_ref(),
        };
        let linted = lint_one(rule, subject, &ruleset, example);
        assert!(linted.internal.is_empty(), "{path}: {:?}", linted.internal);
        Some((source, linted))
    };
    let files = example.files.iter().enumerate().filter_map(file);
    files.chain(others(rule, example, &ruleset)).collect()
}

/// The findings of one rule in files that are no Compose files and belong to the project of the example's first one.
fn others(rule: &Rule, example: &Example, ruleset: &Ruleset) -> Vec<(SourceFile, Linted)> {
    let compose = compose_files(example);
    let Some(source) = compose.first().filter(|_| example.files.len() > 1) else {
        return Vec::new();
    };
    let subject = Subject {
        source,
        kind: Kind::Compose,
        beside: None,
    };
    let files: Memory = example.files.iter().cloned().collect();
    let linted = check::lint_all_among(subject, &compose, &files, ruleset, Some("2027-01-01"));
    let others = linted.others.into_iter().map(|(source, mut linted)| {
        let found = &mut linted.diagnostics;
        found.retain(|diagnostic| diagnostic.rule == rule.meta.id);
        (source, linted)
    });
    others
        .filter(|(_, linted)| !linted.diagnostics.is_empty())
        .collect()
}

/// What stands beside a file of an example; nothing is known of it where the example has no other file.
fn beside(example: &Example, source: &SourceFile, kind: Kind) -> Option<Beside> {
    if example.files.len() < 2 {
        return None;
    }
    let files: Memory = example.files.iter().cloned().collect();
    check::surroundings(source, kind, &Folders::new(&files))
}

fn bad(rule: &Rule, example: &Example, name: &str, shown: &mut String, failures: &mut Vec<String>) {
    let linted = lint(rule, example);
    if linted
        .iter()
        .all(|(_, linted)| linted.diagnostics.is_empty())
    {
        failures.push(format!("{name}: the rule is silent"));
    }
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    for (source, linted) in linted {
        for error in linted
            .syntax_errors
            .iter()
            .filter(|error| error.rule != rule.meta.id)
        {
            failures.push(format!("{name}: has a syntax error: {}", error.message));
        }
        sources.insert(source);
        diagnostics.extend(linted.diagnostics);
    }
    shown.push_str(&render(&sources, &diagnostics));
}

fn render(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let report = report::Report::new(diagnostics, sources, &[], sources.iter().count());
    let mut out = Vec::new();
    report::write(
        report::Format::Full,
        &report,
        &report::Style::default(),
        &mut out,
    )
    .expect("a vector takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn fixed(rule: &Rule, bad: &Example, wanted: &Example, name: &str, failures: &mut Vec<String>) {
    let result = fix_all(rule, bad);
    for (path, bytes) in &result.files {
        let text = String::from_utf8_lossy(bytes);
        match wanted.files.iter().find(|(other, _)| other == path) {
            Some((_, wanted)) if wanted != bytes => {
                let wanted = String::from_utf8_lossy(wanted);
                failures.push(format!(
                    "{name}: fixing gives\n{text}--- instead of\n{wanted}---"
                ));
            }
            None if bad.files.iter().all(|(other, _)| other != path) => {
                failures.push(format!("{name}: fixing makes {path}:\n{text}---"));
            }
            _ => {}
        }
    }
    for (path, _) in &wanted.files {
        if result.files.iter().all(|(other, _)| other != path) {
            failures.push(format!("{name}: fixing does not make {path}"));
        }
    }
    if fix_all(rule, &result).files != result.files {
        failures.push(format!("{name}: fixing again changes the files again"));
    }
}

/// An example after all fixes of a rule, those in files beside the linted ones included.
fn fix_all(rule: &Rule, example: &Example) -> Example {
    let ruleset = ruleset(rule, example.options.as_deref());
    let mut files = example.files.clone();
    let mut companions = Vec::new();
    for (number, (path, bytes)) in files.iter_mut().enumerate() {
        let Some(kind) = kind_by_name((**path).as_ref())
            .filter(|kind| matches!(kind, Kind::Dockerfile | Kind::Compose))
        else {
            continue;
        };
        let text = std::str::from_utf8(bytes).expect("what can be fixed is text");
        let id = FileId(u32::try_from(number).expect("few files"));
        let source = SourceFile::from_text(id, (&**path).into(), text);
        let beside = beside(example, &source, kind);
        let fixed = fix::fix(text, Applicability::Unsafe, |text| {
            let source = SourceFile::from_text(id, (&**path).into(), text);
            let subject = Subject {
                source: &source,
                kind,
                beside: beside.as_ref(),
            };
            lint_one(rule, subject, &ruleset, example).into_fixable()
        });
        for companion in fixed.companions {
            let beside = Path::new(&**path).with_file_name(&*companion.name);
            companions.push((beside.to_string_lossy().into_owned(), companion.lines));
        }
        *bytes = fixed.text.into_bytes();
    }
    for (path, lines) in companions {
        let at = files.iter().position(|(other, _)| *other == path);
        let at = at.unwrap_or_else(|| {
            files.push((path, Vec::new()));
            files.len() - 1
        });
        let text = String::from_utf8_lossy(&files[at].1);
        files[at].1 = with_lines(&text, &lines).into_bytes();
    }
    Example {
        files,
        ..example.clone()
    }
}

fn good(rule: &Rule, example: &Example, name: &str, failures: &mut Vec<String>) {
    for (source, linted) in lint(rule, example) {
        for error in &linted.syntax_errors {
            failures.push(format!("{name}: has a syntax error: {}", error.message));
        }
        for diagnostic in &linted.diagnostics {
            let text = diagnostic.finding.at.span.text(&source.text);
            failures.push(format!(
                "{name}: the rule speaks of `{text}`: {}",
                diagnostic.finding.message
            ));
        }
    }
}

#[test]
fn severities_in_front_matter_are_the_ones_in_force() {
    for rule in RULES {
        let active = only(rule, None).active(&rule.meta).expect("switched on");
        assert_eq!(active.severity, rule.meta.severity);
        assert!(active.severity >= Severity::Info);
    }
}

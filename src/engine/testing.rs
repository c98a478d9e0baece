//! Caret tests for rules: the expected findings stand as comments in the file under test.
//!
//! ```text
//! FROM debian
//! #    ^^^^^^ `debian` has no tag
//! ```
//! marks the range (on its first line) and the beginning of the message. Carets right behind the `#` mark
//! from the first column. The message may have a severity in front, as in `info: …`, which then counts as
//! well. Lines without carets are part of the file as they are.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::meta::{self, Preset};
use super::ruleset::Ruleset;
use super::settings::{RuleSetting, Selector, Settings};
use crate::check::{Linted, Subject, lint_all_among, lint_among, surroundings};
use crate::diagnostic::{Applicability, Severity};
use crate::rules::RULES;
use crate::text::lines::Unit;
use crate::text::{FileId, SourceFile};
use crate::workspace::beside::{Beside, Folders};
use crate::workspace::fs::Memory;
use crate::workspace::kind::{Kind, kind_by_name};

/// Checks the findings of one rule in a Dockerfile.
#[track_caller]
pub(crate) fn dockerfile(rule: &str, text: &str) {
    check(rule, &Value::Null, "Dockerfile", Kind::Dockerfile, text);
}

/// Checks the findings of one rule in a Dockerfile that stands among other files, given by path and text.
#[track_caller]
pub(crate) fn dockerfile_among(rule: &str, files: &[(&str, &str)], text: &str) {
    let path = "Dockerfile";
    check_among(rule, files, path, Kind::Dockerfile, text);
}

/// Checks the findings of one rule in a Compose file at a path that stands among other files, given by path and
/// text.
#[track_caller]
pub(crate) fn compose_among(rule: &str, files: &[(&str, &str)], path: &str, text: &str) {
    check_among(rule, files, path, Kind::Compose, text);
}

/// Checks the findings of one rule in a file that is no Compose file and belongs to the project of a `compose.yaml`.
#[track_caller]
pub(crate) fn beside_compose(rule: &str, compose: &str, path: &str, text: &str) {
    let all: Memory = [("compose.yaml", compose), (path, text)]
        .into_iter()
        .collect();
    let source = SourceFile::from_text(FileId(0), "compose.yaml".into(), compose);
    let subject = Subject {
        source: &source,
        kind: Kind::Compose,
        beside: None,
    };
    let ruleset = only(rule, &Value::Null);
    let linted = lint_all_among(subject, &[], &all, &ruleset, Some("2027-01-01"));
    let mut others = linted.others.into_iter();
    let found = others.find(|(source, _)| source.path == Path::new(path));
    let (source, linted) = found.unwrap_or_else(|| {
        let source = SourceFile::from_text(FileId(1), path.into(), text);
        (source, Linted::default())
    });
    compare(rule, linted, &source);
}

/// What the fixes of one rule want in files beside a Dockerfile that stands among other files: each as the other
/// file's name and the lines.
pub(crate) fn companions(rule: &str, files: &[(&str, &str)], text: &str) -> Vec<String> {
    let all: Memory = files
        .iter()
        .copied()
        .chain([("Dockerfile", text)])
        .collect();
    let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
    let beside = surroundings(&source, Kind::Dockerfile, &Folders::new(&all));
    let subject = Subject {
        source: &source,
        kind: Kind::Dockerfile,
        beside: beside.as_ref(),
    };
    let linted = lint(rule, subject, &only(rule, &Value::Null));
    let fixes = linted
        .diagnostics
        .iter()
        .flat_map(|found| &found.finding.fixes);
    let companions = fixes.filter_map(|fix| fix.companion.as_ref());
    companions
        .map(|companion| format!("{}: {}", companion.name, companion.lines.join("\n")))
        .collect()
}

#[track_caller]
fn check_among(rule: &str, files: &[(&str, &str)], path: &str, kind: Kind, text: &str) {
    let all: Memory = files.iter().copied().chain([(path, text)]).collect();
    let source = SourceFile::from_text(FileId(0), path.into(), text);
    let beside = surroundings(&source, kind, &Folders::new(&all));
    if kind == Kind::Dockerfile {
        return check_beside(rule, &Value::Null, path, kind, text, beside.as_ref());
    }
    let ruleset = only(rule, &Value::Null);
    let subject = Subject {
        source: &source,
        kind,
        beside: beside.as_ref(),
    };
    let is_compose = |path: &str| kind_by_name(path.as_ref()) == Some(Kind::Compose);
    let others: Vec<SourceFile> = (1..)
        .zip(files.iter().filter(|(path, _)| is_compose(path)))
        .map(|(id, (path, text))| SourceFile::from_text(FileId(id), path.into(), *text))
        .collect();
    let linted = lint_among(subject, &others, &all, &ruleset, Some("2027-01-01"));
    compare(rule, linted, &source);
}

/// Checks the findings of one rule in a Compose file.
#[track_caller]
pub(crate) fn compose(rule: &str, text: &str) {
    check(rule, &Value::Null, "compose.yaml", Kind::Compose, text);
}

/// Checks the findings of one rule with options (a JSON object) in a file of a certain name.
#[track_caller]
pub(crate) fn check(rule: &str, options: &Value, path: &str, kind: Kind, text: &str) {
    check_beside(rule, options, path, kind, text, None);
}

#[track_caller]
fn check_beside(
    rule: &str,
    options: &Value,
    path: &str,
    kind: Kind,
    text: &str,
    beside: Option<&Beside>,
) {
    let ruleset = only(rule, options);
    let source = SourceFile::from_text(FileId(0), path.into(), text);
    let subject = Subject {
        source: &source,
        kind,
        beside,
    };
    compare(rule, lint(rule, subject, &ruleset), &source);
}

/// Compares what a rule found with what the carets want.
#[track_caller]
fn compare(rule: &str, mut linted: Linted, source: &SourceFile) {
    assert!(linted.internal.is_empty(), "{:?}", linted.internal);
    linted
        .diagnostics
        .retain(|diagnostic| diagnostic.rule == rule);
    let text = &*source.text;
    let mut found: Vec<Mark> = Vec::new();
    for diagnostic in linted
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.suppressed.is_none())
    {
        let span = diagnostic.finding.at.span;
        let start = source.lines.position(span.start, Unit::Utf32, text);
        let line_end = source
            .lines
            .content_span(start.line, text)
            .end
            .max(span.start);
        let end = source
            .lines
            .position(span.end.min(line_end), Unit::Utf32, text);
        let message = diagnostic.finding.message.clone();
        found.push(Mark {
            line: start.line,
            start: start.column,
            end: end.column,
            severity: Some(diagnostic.severity),
            message,
        });
    }
    let wanted = marks(text);
    let agree = found.len() == wanted.len() && found.iter().zip(&wanted).all(|(f, w)| f.meets(w));
    assert!(agree, "in\n{text}\nfound: {found:#?}\nwanted: {wanted:#?}");
}

/// A Dockerfile after the fixes of one rule that are at least as applicable as `threshold`.
pub(crate) fn fixed(rule: &str, threshold: Applicability, text: &str) -> String {
    fixed_in(rule, threshold, "Dockerfile", Kind::Dockerfile, text)
}

/// A Compose file after the fixes of one rule that are at least as applicable as `threshold`.
pub(crate) fn fixed_compose(rule: &str, threshold: Applicability, text: &str) -> String {
    fixed_in(rule, threshold, "compose.yaml", Kind::Compose, text)
}

/// A Dockerfile that stands among other files, given by path and text, after the fixes of one rule that are at
/// least as applicable as `threshold`.
pub(crate) fn fixed_among(
    rule: &str,
    threshold: Applicability,
    files: &[(&str, &str)],
    text: &str,
) -> String {
    let path = "Dockerfile";
    let all: Memory = files.iter().copied().chain([(path, text)]).collect();
    let source = SourceFile::from_text(FileId(0), path.into(), text);
    let beside = surroundings(&source, Kind::Dockerfile, &Folders::new(&all));
    fixed_beside(
        rule,
        threshold,
        path,
        Kind::Dockerfile,
        text,
        beside.as_ref(),
    )
}

fn fixed_in(rule: &str, threshold: Applicability, path: &str, kind: Kind, text: &str) -> String {
    fixed_beside(rule, threshold, path, kind, text, None)
}

fn fixed_beside(
    rule: &str,
    threshold: Applicability,
    path: &str,
    kind: Kind,
    text: &str,
    beside: Option<&Beside>,
) -> String {
    let ruleset = only(rule, &Value::Null);
    let lint = |text: &str| {
        let source = SourceFile::from_text(FileId(0), path.into(), text);
        let subject = Subject {
            source: &source,
            kind,
            beside,
        };
        lint(rule, subject, &ruleset).into_fixable()
    };
    super::fix::fix(text, threshold, lint).text
}

/// The findings of one rule, on the day 2027-01-01.
fn lint(rule: &str, subject: Subject<'_>, ruleset: &Ruleset) -> Linted {
    let mut linted = crate::check::lint_subject(subject, ruleset, Some("2027-01-01"));
    linted
        .diagnostics
        .retain(|diagnostic| diagnostic.rule == rule);
    linted
}

/// Settings under which only `rule` runs. A rule about suppressions needs the others.
fn only(rule: &str, options: &Value) -> Arc<Ruleset> {
    let rule = meta::find(RULES, rule).expect("the rule exists");
    let mut setting = RuleSetting::default();
    if let Some(options) = options.as_object() {
        setting.options = options
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
    }
    let selector = Selector::parse(rule.meta.id, RULES).expect("the rule exists");
    let mut settings = Settings {
        presets: vec![Preset::None],
        select: vec![selector],
        ..Settings::default()
    };
    settings.rules.insert(rule.meta.id, setting);
    let ruleset = Ruleset::build(RULES, &settings);
    if ruleset.table().suppression.is_empty() {
        return ruleset;
    }
    settings.presets = vec![Preset::All];
    settings.select.clear();
    Ruleset::build(RULES, &settings)
}

/// A range on one line (from 0, in characters) and a message.
#[derive(Debug)]
struct Mark {
    line: u32,
    start: u32,
    end: u32,
    /// `None` where it does not matter.
    severity: Option<Severity>,
    message: String,
}

impl Mark {
    fn meets(&self, wanted: &Mark) -> bool {
        (self.line, self.start, self.end) == (wanted.line, wanted.start, wanted.end)
            && (wanted.severity.is_none() || self.severity == wanted.severity)
            && self.message.starts_with(&wanted.message)
    }
}

/// The caret comments of a text. Each speaks of the nearest line above that is no caret comment.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut above = 0;
    for (line, content) in (0..).zip(text.lines()) {
        let Some((start, end, message)) = caret(content) else {
            above = line;
            continue;
        };
        let named = message.split_once(": ");
        let named = named.and_then(|(word, rest)| Some((Severity::parse(word)?, rest.to_owned())));
        let (severity, message) = match named {
            Some((severity, rest)) => (Some(severity), rest),
            None => (None, message),
        };
        marks.push(Mark {
            line: above,
            start,
            end,
            severity,
            message,
        });
    }
    marks.sort_by_key(|mark| (mark.line, mark.start, mark.end));
    marks
}

fn caret(line: &str) -> Option<(u32, u32, String)> {
    let trimmed = line.trim_start();
    let inside = trimmed.strip_prefix('#')?;
    let carets = inside.trim_start();
    let rest = carets.trim_start_matches('^');
    if rest.len() == carets.len() {
        return None;
    }
    let first = line.chars().count() - carets.chars().count();
    let end = line.chars().count() - rest.chars().count();
    let start = if first == 1 { 0 } else { first };
    let number = |count: usize| u32::try_from(count).expect("short lines");
    Some((number(start), number(end), rest.trim().to_owned()))
}

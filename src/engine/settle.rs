//! What becomes of raw findings: severity, suppression, order, fingerprint. The only such step, for the
//! command line and for editors. Which comment silences which finding is [`suppress`](super::suppress)'s matter.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Suppression};
use crate::text::fnv::Fnv;
use crate::text::{SourceFile, Span, order};

use super::context::RawFinding;
use super::ruleset::Ruleset;

/// Turns the raw findings of one file into diagnostics, sorted by position and rule. Equal findings of one
/// rule at one place are one.
pub fn settle(
    raw: Vec<RawFinding>,
    suppressions: Vec<Option<Suppression>>,
    ruleset: &Ruleset,
    source: &SourceFile,
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = raw
        .into_iter()
        .zip(suppressions)
        .filter_map(|(raw, suppressed)| diagnose(raw, suppressed, ruleset))
        .collect();
    order::sort_by(&mut diagnostics, |a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|a, b| key(a) == key(b));
    fingerprint(&mut diagnostics, source);
    diagnostics
}

fn key(diagnostic: &Diagnostic) -> (Span, &'static str, &str) {
    (
        diagnostic.finding.at.span,
        diagnostic.rule,
        &diagnostic.finding.message,
    )
}

fn diagnose(
    raw: RawFinding,
    suppressed: Option<Suppression>,
    ruleset: &Ruleset,
) -> Option<Diagnostic> {
    let active = ruleset.active(raw.rule)?;
    let meta = ruleset.meta(raw.rule);
    let finding = raw.finding;
    let severity = finding
        .severity
        .filter(|_| !active.fixed)
        .unwrap_or(active.severity);
    Some(Diagnostic {
        rule: meta.id,
        aliases: meta.aliases,
        category: meta.category.as_str(),
        severity,
        confidence: meta.confidence,
        finding,
        fingerprint: String::new(),
        url: meta.url(),
        suppressed,
    })
}

/// Fingerprints from rule, path, the offending text and its line without their blanks, and how many equal ones
/// came before: so moved lines stay known, and what goes away leaves the names of its neighbours alone.
fn fingerprint(diagnostics: &mut [Diagnostic], source: &SourceFile) {
    let path = source.display_path();
    let mut seen = BTreeMap::new();
    for diagnostic in diagnostics {
        let span = diagnostic.finding.at.span;
        let line = source.lines.line(span.start);
        let line = source.lines.content_span(line, &source.text);
        let mut hash = Fnv::default();
        let code = diagnostic.finding.code.as_deref();
        for part in [diagnostic.rule, &path].into_iter().chain(code) {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        // A line of megabytes must not be hashed once for each of its findings.
        hash.write_words(line.text(&source.text), FINGERPRINT_CHARS);
        hash.write(&[0]);
        hash.write_words(span.text(&source.text), FINGERPRINT_CHARS);
        let ordinal = seen.entry(hash.value()).or_insert(0_u32);
        hash.write(&ordinal.to_le_bytes());
        *ordinal += 1;
        diagnostic.fingerprint = hexadecimal(hash.value());
    }
}

/// A number in sixteen digits.
fn hexadecimal(number: u64) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(16);
    for byte in number.to_be_bytes() {
        for digit in [byte >> 4, byte & 0xf] {
            text.push(char::from(DIGITS[usize::from(digit)]));
        }
    }
    text
}

/// How much of a text goes into a fingerprint, in characters.
const FINGERPRINT_CHARS: usize = 500;

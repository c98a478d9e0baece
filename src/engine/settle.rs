//! What becomes of raw findings: severity, suppression, order, fingerprint. The only such step, for the
//! command line and for editors. Which comment silences which finding is [`suppress`](super::suppress)'s matter.

use crate::diagnostic::{Diagnostic, Suppression};
use crate::text::{SourceFile, Span};

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
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
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

/// Fingerprints from rule, path, the text of the line without its blanks, and how many equal ones came
/// before: so moved lines stay known.
fn fingerprint(diagnostics: &mut [Diagnostic], source: &SourceFile) {
    let path = source.display_path();
    let mut seen = std::collections::HashMap::new();
    for diagnostic in diagnostics {
        let line = source.lines.line(diagnostic.finding.at.span.start);
        let text = source
            .lines
            .content_span(line, &source.text)
            .text(&source.text);
        let mut hash = Fnv::default();
        for part in [diagnostic.rule, &path] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        // A line of megabytes must not be hashed once for each of its findings.
        let end = match text.len() > FINGERPRINT_CHARS {
            true => text.char_indices().nth(FINGERPRINT_CHARS),
            false => None,
        };
        let head = end.map_or(text, |(end, _)| &text[..end]);
        for word in head.split_whitespace() {
            hash.write(word.as_bytes());
            hash.write(b" ");
        }
        let base = hash.0;
        let ordinal = seen.entry(base).or_insert(0_u32);
        hash.write(&ordinal.to_le_bytes());
        *ordinal += 1;
        diagnostic.fingerprint = format!("{:016x}", hash.0);
    }
}

/// How much of a line goes into a fingerprint, in characters.
const FINGERPRINT_CHARS: usize = 500;

/// The FNV-1a hash: small, and the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

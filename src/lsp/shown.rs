//! One diagnostic as the protocol has it: as JSON, and as a value for what carries it along.
//!
//! A keystroke says hundreds of them. They are written piece by piece, because nearly every text is written as it is,
//! and finding that out for a whole text is many times faster than asking about each of its bytes.

use std::borrow::Cow;

use lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, Location, Position, Range, Uri,
};
use serde::Serialize;

use super::diagnostics::SOURCE;
use super::index::Finding;
use super::session::Session;
use crate::config::discover::ConfigError;
use crate::diagnostic::Severity;
use crate::report;
use crate::text::Span;

/// A diagnostic before it is said.
pub struct Shown<'f> {
    range: Range,
    severity: DiagnosticSeverity,
    /// The rule and the address of its page.
    rule: Option<(&'static str, &'f str)>,
    message: Cow<'f, str>,
    help: Option<Cow<'f, str>>,
    tag: Option<DiagnosticTag>,
    related: Vec<Related<'f>>,
}

/// Another place that explains it.
struct Related<'f> {
    uri: Uri,
    range: Range,
    message: Cow<'f, str>,
}

impl<'f> Shown<'f> {
    /// A finding; nothing if its file is not known.
    pub fn finding(session: &Session<'_>, finding: Finding<'f>) -> Option<Shown<'f>> {
        let Finding {
            diagnostic,
            sources,
        } = finding;
        let finding = &diagnostic.finding;
        let encoding = session.client.encoding;
        let labels = finding.labels.iter();
        let labels = labels.filter(|_| session.client.shows_related);
        let related = labels.filter_map(|label| {
            let source = sources.get(label.at.file)?;
            Some(Related {
                uri: session.uri_of(&source.path),
                range: encoding.range(label.at.span, source),
                message: report::one_line(&label.text),
            })
        });
        let source = sources.get(finding.at.file)?;
        Some(Shown {
            range: encoding.range(finding.at.span, source),
            severity: severity(diagnostic.severity),
            rule: Some((diagnostic.rule, &diagnostic.url)),
            message: report::one_line(&finding.message),
            help: finding.help.as_deref().map(report::one_line),
            tag: tag(diagnostic.rule),
            related: related.collect(),
        })
    }

    /// A fault of a configuration.
    pub fn fault(session: &Session<'_>, fault: &'f ConfigError) -> Shown<'f> {
        let error = fault.error.as_ref();
        let span = error.map_or(Span::default(), |error| error.span);
        let message = error.map_or(&fault.message, |error| &error.message);
        let help = error.and_then(|error| error.help.as_deref());
        Shown {
            range: session.client.encoding.range(span, &fault.source),
            severity: DiagnosticSeverity::Error,
            rule: None,
            message: report::one_line(message),
            help: help.map(report::one_line),
            tag: None,
            related: Vec::new(),
        }
    }

    /// Writes it as JSON.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend(br#"{"range":"#);
        range(out, self.range);
        out.extend(br#","severity":"#);
        json(out, self.severity);
        if let Some((rule, url)) = self.rule {
            out.extend(br#","code":"#);
            text(out, &[rule]);
            out.extend(br#","codeDescription":{"href":"#);
            text(out, &[url]);
            out.push(b'}');
        }
        out.extend(br#","source":"#);
        text(out, &[SOURCE]);
        out.extend(br#","message":"#);
        match &self.help {
            Some(help) => text(out, &[&self.message, HELP, help]),
            None => text(out, &[&self.message]),
        }
        if let Some(tag) = self.tag {
            out.extend(br#","tags":["#);
            json(out, tag);
            out.push(b']');
        }
        for (number, related) in self.related.iter().enumerate() {
            out.extend(match number {
                0 => &br#","relatedInformation":[{"location":{"uri":"#[..],
                _ => br#",{"location":{"uri":"#,
            });
            text(out, &[related.uri.as_ref()]);
            out.extend(br#","range":"#);
            range(out, related.range);
            out.extend(br#"},"message":"#);
            text(out, &[&related.message]);
            out.push(b'}');
        }
        if !self.related.is_empty() {
            out.push(b']');
        }
        out.push(b'}');
    }

    /// The same as a value.
    pub fn into_value(self) -> Diagnostic {
        let message = match self.help {
            Some(help) => format!("{}{HELP}{help}", self.message),
            None => self.message.into_owned(),
        };
        let related = self.related.into_iter().map(|related| {
            let (uri, range) = (related.uri, related.range);
            DiagnosticRelatedInformation {
                location: Location { uri, range },
                message: related.message.into_owned(),
            }
        });
        let related: Vec<_> = related.collect();
        Diagnostic {
            range: self.range,
            severity: Some(self.severity),
            code: self.rule.map(|(rule, _)| Code::String(rule.to_owned())),
            code_description: self
                .rule
                .map(|(_, url)| CodeDescription { href: url.into() }),
            source: Some(SOURCE.to_owned()),
            message: message.into(),
            tags: self.tag.map(|tag| vec![tag]),
            related_information: (!related.is_empty()).then_some(related),
            data: None,
        }
    }
}

/// What stands between a message and what to do about it.
const HELP: &str = "\nhelp: ";

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// How an editor may show what a rule points to: faded, because it does nothing, or struck out, because it is going
/// away. A rule's id says which.
fn tag(rule: &str) -> Option<DiagnosticTag> {
    let is_unnecessary = rule.starts_with("unused-")
        || rule.ends_with("-has-no-effect")
        || rule.contains("redundant");
    let is_deprecated =
        rule.contains("deprecated") || rule.starts_with("legacy-") || rule.starts_with("obsolete-");
    match (is_unnecessary, is_deprecated) {
        (true, _) => Some(DiagnosticTag::Unnecessary),
        (_, true) => Some(DiagnosticTag::Deprecated),
        _ => None,
    }
}

fn range(out: &mut Vec<u8>, range: Range) {
    out.extend(br#"{"start":"#);
    position(out, range.start);
    out.extend(br#","end":"#);
    position(out, range.end);
    out.push(b'}');
}

fn position(out: &mut Vec<u8>, position: Position) {
    out.extend(br#"{"line":"#);
    json(out, position.line);
    out.extend(br#","character":"#);
    json(out, position.character);
    out.push(b'}');
}

/// Writes a text that comes in parts.
fn text(out: &mut Vec<u8>, parts: &[&str]) {
    out.push(b'"');
    for part in parts {
        let begin = out.len();
        if part.bytes().fold(true, |is, byte| is & is_plain(byte)) {
            out.extend(part.as_bytes());
            continue;
        }
        // In quotes, which are those of the whole.
        json(out, part);
        out.remove(begin);
        out.pop();
    }
    out.push(b'"');
}

/// Whether a byte stands for itself in a text (RFC 8259, section 7).
fn is_plain(byte: u8) -> bool {
    byte >= b' ' && byte != b'"' && byte != b'\\'
}

/// What cannot be written as JSON cannot be sent either; of what comes here, everything can.
pub fn json(out: &mut Vec<u8>, value: impl Serialize) {
    let _ = serde_json::to_writer(out, &value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_id_tells_how_to_show_its_findings() {
        assert_eq!(tag("unused-volume"), Some(DiagnosticTag::Unnecessary));
        assert_eq!(tag("deprecated-image"), Some(DiagnosticTag::Deprecated));
        assert_eq!(tag("latest-tag"), None);
    }

    #[test]
    fn what_is_written_is_the_value() {
        let at = |line, character| Position::new(line, character);
        for message in [
            "plain",
            "é🎉",
            "\"quoted\" \\ \u{7f}\u{1}",
            "",
            "a\u{2028}b",
        ] {
            let related = |number| Related {
                uri: "file:///w/a%20\"b".into(),
                range: Range::new(at(number, 0), at(u32::MAX, 9)),
                message: message.into(),
            };
            for count in 0..3 {
                let shown = |rule, help: Option<&'static str>| Shown {
                    range: Range::new(at(1, 2), at(3, 4)),
                    severity: DiagnosticSeverity::Warning,
                    rule,
                    message: message.into(),
                    help: help.map(Cow::Borrowed),
                    tag: tag(rule.map_or("", |(rule, _)| rule)),
                    related: (0..count).map(related).collect(),
                };
                let rule = Some(("unused-volume", "https://example.com/?a=\"b\""));
                for (rule, help) in [(rule, Some("say \"why\"")), (None, None)] {
                    let mut written = Vec::new();
                    shown(rule, help).write(&mut written);
                    let written: serde_json::Value = serde_json::from_slice(&written).unwrap();
                    let value = serde_json::to_value(shown(rule, help).into_value()).unwrap();
                    assert_eq!(written, value);
                }
            }
        }
    }
}

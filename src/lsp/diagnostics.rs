//! Findings as the protocol has them, pushed or pulled.
//!
//! A client that asks is not told: a list that it gets twice is shown twice.

use std::hash::{DefaultHasher, Hash, Hasher};

use lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, DocumentDiagnosticParams, Location, WorkspaceDiagnosticParams,
};
use serde::Serialize;

use super::documents::Name;
use super::features::Failure;
use super::index::{Finding, absolute};
use super::session::Session;
use super::settings::Scope;
use crate::config::discover::ConfigError;
use crate::diagnostic::Severity;
use crate::report;
use crate::text::{Span, order};

/// The name under which editors show our diagnostics.
pub const SOURCE: &str = "dockworthy";

/// The feature's name in the settings.
pub const FEATURE: &str = "diagnostics";

/// The diagnostics of a document as JSON. They are many, and said at each keystroke: written once, they are compared
/// and sent as they are.
#[derive(PartialEq, Eq, Debug)]
pub struct Written {
    /// A list.
    json: Vec<u8>,
    /// Whether there are none.
    pub is_empty: bool,
}

/// The diagnostics of a document, open or not.
pub fn written(session: &Session<'_>, name: &Name) -> Written {
    let diagnostics = of(session, name);
    Written {
        json: json(&diagnostics),
        is_empty: diagnostics.is_empty(),
    }
}

impl Written {
    /// What the list is known by: the same list, the same number.
    pub fn mark(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.json.hash(&mut hasher);
        hasher.finish()
    }
}

/// What cannot be written as JSON cannot be sent either.
fn json(value: impl Serialize) -> Vec<u8> {
    serde_json::to_vec(&value).unwrap_or_default()
}

fn of(session: &Session<'_>, name: &Name) -> Vec<Diagnostic> {
    let is_shown =
        session.documents.get(name).is_some() || session.settings.scope == Scope::Workspace;
    if !session.settings.has(FEATURE) || !is_shown {
        return Vec::new();
    }
    let mut all: Vec<Diagnostic> = session
        .findings(name)
        .iter()
        .filter_map(|finding| one(session, *finding))
        .collect();
    if let Some(path) = name.path() {
        let errors = session.index.config_errors().iter();
        let own = errors.filter(|error| absolute(&error.source.path) == path);
        all.extend(own.map(|error| of_config(session, error)));
    }
    all
}

/// One finding; nothing if its file is not known.
pub fn one(session: &Session<'_>, finding: Finding<'_>) -> Option<Diagnostic> {
    let Finding {
        diagnostic,
        sources,
    } = finding;
    let at = diagnostic.finding.at;
    let source = sources.get(at.file)?;
    let labels = diagnostic
        .finding
        .labels
        .iter()
        .filter(|_| session.client.shows_related);
    let related: Vec<DiagnosticRelatedInformation> = labels
        .filter_map(|label| {
            let source = sources.get(label.at.file)?;
            Some(DiagnosticRelatedInformation {
                location: Location {
                    uri: session.uri_of(&source.path),
                    range: session.client.encoding.range(label.at.span, source),
                },
                message: clean(&label.text),
            })
        })
        .collect();
    let mut message = clean(&diagnostic.finding.message);
    if let Some(help) = &diagnostic.finding.help {
        message = format!("{message}\nhelp: {}", clean(help));
    }
    let tags = tags(diagnostic.rule);
    Some(Diagnostic {
        range: session.client.encoding.range(at.span, source),
        severity: Some(severity(diagnostic.severity)),
        code: Some(Code::String(diagnostic.rule.to_owned())),
        code_description: Some(CodeDescription {
            href: diagnostic.url.clone().into(),
        }),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        tags: (!tags.is_empty()).then_some(tags),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    })
}

/// A fault of a configuration.
fn of_config(session: &Session<'_>, error: &ConfigError) -> Diagnostic {
    let span = error
        .error
        .as_ref()
        .map_or(Span::default(), |error| error.span);
    let message = match &error.error {
        Some(error) => match &error.help {
            Some(help) => format!("{}\nhelp: {}", clean(&error.message), clean(help)),
            None => clean(&error.message),
        },
        None => clean(&error.message),
    };
    Diagnostic {
        range: session.client.encoding.range(span, &error.source),
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}

/// A text without what an editor might take for more than text.
pub fn clean(text: &str) -> String {
    report::one_line(text).into_owned()
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// How an editor may show what a rule points to: faded, because it does nothing, or struck out, because it is going
/// away. A rule's id says which.
fn tags(rule: &str) -> Vec<DiagnosticTag> {
    let is_unnecessary = rule.starts_with("unused-")
        || rule.ends_with("-has-no-effect")
        || rule.contains("redundant");
    let is_deprecated =
        rule.contains("deprecated") || rule.starts_with("legacy-") || rule.starts_with("obsolete-");
    let unnecessary = is_unnecessary.then_some(DiagnosticTag::Unnecessary);
    let deprecated = is_deprecated.then_some(DiagnosticTag::Deprecated);
    unnecessary.into_iter().chain(deprecated).collect()
}

/// The notification about a document.
pub fn publication(session: &Session<'_>, name: &Name, diagnostics: &Written) -> Vec<u8> {
    let uri = json(session.uri(name));
    let mut body = Vec::with_capacity(diagnostics.json.len() + uri.len() + 150);
    body.extend(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
    body.extend(uri);
    if let Some(document) = session.documents.get(name) {
        body.extend(br#","version":"#);
        body.extend(json(document.version));
    }
    body.extend(br#","diagnostics":"#);
    body.extend(&diagnostics.json);
    body.extend(b"}}");
    body
}

/// Answers `textDocument/diagnostic`.
pub fn document(
    session: &mut Session<'_>,
    params: DocumentDiagnosticParams,
) -> Result<Vec<u8>, Failure> {
    let name = Name::new(&params.text_document.uri);
    let diagnostics = written(session, &name);
    session.note_told(&name, &diagnostics);
    let mut answer = Vec::with_capacity(diagnostics.json.len() + 100);
    answer.push(b'{');
    report(
        &mut answer,
        &diagnostics,
        params.previous_result_id.as_ref(),
    );
    answer.push(b'}');
    Ok(answer)
}

/// The fields of a report about a document; `known` is what the client was told before.
fn report(answer: &mut Vec<u8>, diagnostics: &Written, known: Option<&String>) {
    let id = diagnostics.mark().to_string();
    let is_known = known == Some(&id);
    answer.extend(match is_known {
        true => &br#""kind":"unchanged","resultId":""#[..],
        false => br#""kind":"full","resultId":""#,
    });
    answer.extend(id.as_bytes());
    answer.push(b'"');
    if !is_known {
        answer.extend(br#","items":"#);
        answer.extend(&diagnostics.json);
    }
}

/// Answers `workspace/diagnostic`: every file with findings, and those that the client still shows some of.
pub fn workspace(
    session: &mut Session<'_>,
    params: WorkspaceDiagnosticParams,
) -> Result<Vec<u8>, Failure> {
    let known = params.previous_result_ids.into_iter();
    let known = order::map(known.map(|previous| (Name::new(&previous.uri), previous.value)));
    let mut answer = br#"{"items":["#.to_vec();
    let begin = answer.len();
    for name in session.reported_files(known.keys()) {
        let diagnostics = written(session, &name);
        let previous = known.get(&name);
        if diagnostics.is_empty && previous.is_none() {
            continue;
        }
        let document = session.documents.get(&name);
        let version = document.map(|document| document.version);
        if answer.len() > begin {
            answer.push(b',');
        }
        answer.extend(br#"{"uri":"#);
        answer.extend(json(session.uri(&name)));
        // Null for a file that is not open.
        answer.extend(br#","version":"#);
        answer.extend(json(version));
        answer.push(b',');
        report(&mut answer, &diagnostics, previous);
        answer.push(b'}');
    }
    answer.extend(b"]}");
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rules_id_tells_how_to_show_its_findings() {
        assert_eq!(tags("unused-volume"), [DiagnosticTag::Unnecessary]);
        assert_eq!(tags("deprecated-image"), [DiagnosticTag::Deprecated]);
        assert_eq!(tags("latest-tag"), []);
    }
}

//! Findings as the protocol has them, pushed or pulled.
//!
//! A client that asks is not told: a list that it gets twice is shown twice.

use std::hash::{DefaultHasher, Hash, Hasher};

use lsp_types::{DocumentDiagnosticParams, WorkspaceDiagnosticParams};

use super::documents::Name;
use super::features::Answer;
use super::index::absolute;
use super::session::Session;
use super::settings::Scope;
use super::shown::{Shown, json};
use crate::config::discover::ConfigError;
use crate::report;
use crate::text::order;

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
    let mut json = b"[".to_vec();
    let mut add = |shown: Shown<'_>| {
        if json.len() > 1 {
            json.push(b',');
        }
        shown.write(&mut json);
    };
    let is_shown =
        session.documents.get(name).is_some() || session.settings.scope == Scope::Workspace;
    if session.settings.has(FEATURE) && is_shown {
        for finding in session.findings(name) {
            if let Some(shown) = Shown::finding(session, finding) {
                add(shown);
            }
        }
        let faults = session.index.config_errors().iter();
        let is_own = |fault: &&ConfigError| name.path() == Some(&absolute(&fault.source.path));
        for fault in faults.filter(is_own) {
            add(Shown::fault(session, fault));
        }
    }
    json.push(b']');
    Written {
        is_empty: json.len() == 2,
        json,
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

/// A text without what an editor might take for more than text.
pub fn clean(text: &str) -> String {
    report::one_line(text).into_owned()
}

/// The notification about a document.
pub fn publication(session: &Session<'_>, name: &Name, diagnostics: &Written) -> Vec<u8> {
    let mut body = Vec::with_capacity(diagnostics.json.len() + 500);
    body.extend(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#);
    json(&mut body, session.uri(name));
    if let Some(document) = session.documents.get(name) {
        body.extend(br#","version":"#);
        json(&mut body, document.version);
    }
    body.extend(br#","diagnostics":"#);
    body.extend(&diagnostics.json);
    body.extend(b"}}");
    body
}

/// Answers `textDocument/diagnostic`.
pub fn document(session: &mut Session<'_>, params: DocumentDiagnosticParams) -> Answer {
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
pub fn workspace(session: &mut Session<'_>, params: WorkspaceDiagnosticParams) -> Answer {
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
        json(&mut answer, session.uri(&name));
        // Null for a file that is not open.
        answer.extend(br#","version":"#);
        json(&mut answer, version);
        answer.push(b',');
        report(&mut answer, &diagnostics, previous);
        answer.push(b'}');
    }
    answer.extend(b"]}");
    Ok(answer)
}

//! Commands: what the editor may ask the server to do.

use lsp_server::ErrorCode;
use lsp_types::{
    ApplyWorkspaceEditParams, ApplyWorkspaceEditRequest, MessageType, ShowDocumentParams,
    ShowDocumentRequest,
};
use serde_json::Value;

use super::actions;
use super::documents::Name;
use super::features::Failure;
use super::outbox::Question;
use super::params::Command;
use super::session::Session;
use crate::rules::RULES;

/// Applies every safe fix to a document, whose URI is the argument.
pub const FIX_ALL: &str = "dockworthy.fixAll";

/// Opens the page of a rule, whose id is the argument.
pub const OPEN_DOCUMENTATION: &str = "dockworthy.openDocumentation";

/// Answers `workspace/executeCommand`.
pub fn execute(session: &mut Session<'_>, params: Command) -> Result<Option<Value>, Failure> {
    let first = params.arguments.as_deref().and_then(<[Value]>::first);
    let argument = first.and_then(Value::as_str).ok_or_else(|| {
        let message = format!("`{}` wants a text as its argument", params.command);
        Failure::new(ErrorCode::InvalidParams, message)
    })?;
    match &*params.command {
        FIX_ALL => fix_all(session, argument),
        OPEN_DOCUMENTATION => open_documentation(session, argument),
        other => {
            let message = format!("there is no command `{other}`");
            Err(Failure::new(ErrorCode::InvalidParams, message))
        }
    }
}

fn fix_all(session: &mut Session<'_>, uri: &str) -> Result<Option<Value>, Failure> {
    let name = Name::new(&uri.into());
    session.freshen(&name);
    let edit = session
        .source(&name)
        .and_then(|source| actions::fix_all(session, &name, &source, |_| true));
    let Some(edit) = edit else {
        session.outbox.show(
            MessageType::Info,
            "nothing in this file can be fixed safely",
        );
        return Ok(None);
    };
    if !session.client.applies_edits {
        let message = "the editor does not let the server change files";
        return Err(Failure::new(ErrorCode::RequestFailed, message));
    }
    let params = ApplyWorkspaceEditParams {
        label: Some("Fix all findings of dockworthy".to_owned()),
        edit,
        metadata: None,
    };
    session
        .outbox
        .ask::<ApplyWorkspaceEditRequest>(params, Question::Other);
    Ok(None)
}

fn open_documentation(session: &mut Session<'_>, rule: &str) -> Result<Option<Value>, Failure> {
    let Some(rule) = RULES.iter().find(|known| known.meta.answers_to(rule)) else {
        let message = format!("there is no rule `{rule}`");
        return Err(Failure::new(ErrorCode::InvalidParams, message));
    };
    let url = rule.meta.url();
    if !session.client.shows_documents {
        session.outbox.show(
            MessageType::Info,
            format!("`{}` is explained at {url}", rule.meta.id),
        );
        return Ok(None);
    }
    let params = ShowDocumentParams {
        uri: url.into(),
        external: Some(true),
        take_focus: Some(true),
        selection: None,
    };
    session
        .outbox
        .ask::<ShowDocumentRequest>(params, Question::Other);
    Ok(None)
}

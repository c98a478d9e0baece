//! Code lenses, for clients that can show the places which they are about.

use lsp_types::{
    CodeLens, CodeLensOptions, CodeLensParams, CodeLensRequest, Command, ServerCapabilities,
    WorkDoneProgressOptions,
};
use serde_json::{Value, json};

use super::Asked;
use crate::ide::{self, Place};
use crate::lsp::client::Client;
use crate::lsp::features::{Failure, Feature};
use crate::lsp::session::Session;

/// The command of the client that shows places, which are its third argument; the first two are the URI of the document
/// and a position in it. The client says that it has it in `experimental.commands.commands`.
pub(super) const SHOW_REFERENCES: &str = "dockworthy.showReferences";

pub(super) fn features() -> Vec<Feature> {
    vec![Feature::acting::<CodeLensRequest, _>(
        "codeLens", advertise, lenses,
    )]
}

/// Whether the client has the command. To others a lens would be of no use.
fn shows_references(client: &Client) -> bool {
    let commands = client
        .capabilities
        .pointer("/experimental/commands/commands");
    let commands = commands.and_then(Value::as_array);
    commands.is_some_and(|commands| commands.iter().any(|command| command == SHOW_REFERENCES))
}

fn advertise(client: &Client, capabilities: &mut ServerCapabilities) {
    if shows_references(client) {
        capabilities.code_lens_provider = Some(CodeLensOptions {
            resolve_provider: None,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        });
    }
}

fn lenses(
    session: &mut Session<'_>,
    params: CodeLensParams,
) -> Result<Option<Vec<CodeLens>>, Failure> {
    Ok(session.ask(&params.text_document.uri, |asked| {
        if !shows_references(&asked.session.client) {
            return None;
        }
        let lenses = ide::lenses(asked.workspace, &asked.path).into_iter();
        let lenses = lenses.map(|lens| {
            let range = asked.range(lens.span);
            let places = lens
                .places
                .iter()
                .filter_map(|place| location(asked, place));
            let places: Vec<Value> = places.collect();
            CodeLens {
                range,
                command: Some(Command {
                    title: lens.title,
                    command: SHOW_REFERENCES.to_owned(),
                    arguments: Some(vec![json!(asked.uri), json!(range.start), json!(places)]),
                    tooltip: None,
                }),
                data: None,
            }
        });
        Some(lenses.collect())
    }))
}

fn location(asked: &Asked<'_, '_>, place: &Place) -> Option<Value> {
    let source = &asked.workspace.document(&place.path)?.source;
    let range = asked.session.client.encoding.range(place.span, source);
    Some(json!({ "uri": asked.session.uri_of(&place.path), "range": range }))
}

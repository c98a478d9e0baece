//! Names: where they are declared and used, and how they are changed.

use lsp_server::ErrorCode;
use lsp_types::{
    BaseSymbolInformation, Definition, DefinitionLink, DefinitionRequest, DefinitionResponse,
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightRequest, Location,
    PrepareRenamePlaceholder, PrepareRenameRequest, PrepareRenameResult, ReferencesRequest,
    RenameOptions, RenameRequest, SymbolInformation, SymbolKind, WorkDoneProgressOptions,
    WorkspaceEdit, WorkspaceSymbolRequest, WorkspaceSymbolResponse,
};

use super::{Asked, on, shown, told_elsewhere};
use crate::ide::{self, Access, NameKind, NamedKind};
use crate::lsp::client::Client;
use crate::lsp::documents::Name;
use crate::lsp::edits::{Change, workspace_edit};
use crate::lsp::features::{Failure, Feature};
use crate::lsp::params::{At, Rename, Search};
use crate::lsp::session::Session;

pub(super) fn features() -> Vec<Feature> {
    vec![
        Feature::acting::<DefinitionRequest, _>(
            "definition",
            |_, capabilities| on(&mut capabilities.definition_provider),
            definition,
        ),
        Feature::acting::<ReferencesRequest, _>(
            "references",
            |_, capabilities| on(&mut capabilities.references_provider),
            references,
        ),
        Feature::acting::<DocumentHighlightRequest, _>(
            "highlights",
            |_, capabilities| on(&mut capabilities.document_highlight_provider),
            highlights,
        ),
        Feature::acting::<RenameRequest, _>(
            "rename",
            |client, capabilities| {
                capabilities.rename_provider = Some(match prepares(client) {
                    true => RenameOptions {
                        prepare_provider: Some(true),
                        work_done_progress_options: WorkDoneProgressOptions::default(),
                    }
                    .into(),
                    false => true.into(),
                });
            },
            rename,
        ),
        Feature::acting::<PrepareRenameRequest, _>("rename", told_elsewhere, prepare_rename),
        Feature::acting::<WorkspaceSymbolRequest, _>(
            "symbols",
            |_, capabilities| on(&mut capabilities.workspace_symbol_provider),
            workspace_symbols,
        ),
    ]
}

/// Whether a client asks before it renames.
fn prepares(client: &Client) -> bool {
    let pointer = "/textDocument/rename/prepareSupport";
    let ability = client.capabilities.pointer(pointer);
    ability.and_then(serde_json::Value::as_bool) == Some(true)
}

fn definition(session: &mut Session<'_>, place: At) -> Result<Option<DefinitionResponse>, Failure> {
    Ok(session.ask(&place.text_document.uri, |asked| {
        let targets = ide::definition(asked.workspace, &asked.path, asked.at(place.position));
        if asked.can("/textDocument/definition/linkSupport") {
            let link = |target: &ide::Target| {
                let name = asked.location(&target.place)?;
                let full = asked.location(&target.full)?;
                Some(DefinitionLink {
                    origin_selection_range: Some(asked.range(target.origin)),
                    target_uri: name.uri,
                    target_range: full.range,
                    target_selection_range: name.range,
                })
            };
            let links = targets.iter().filter_map(link).collect();
            return Some(DefinitionResponse::DefinitionLinkList(links));
        }
        let places = targets
            .iter()
            .filter_map(|target| asked.location(&target.place));
        Some(Definition::LocationList(places.collect()).into())
    }))
}

fn references(session: &mut Session<'_>, place: At) -> Result<Option<Vec<Location>>, Failure> {
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        let with_declaration = place.context.include_declaration;
        let places = ide::references(asked.workspace, &asked.path, at, with_declaration);
        Some(
            places
                .iter()
                .filter_map(|place| asked.location(place))
                .collect(),
        )
    }))
}

fn highlights(
    session: &mut Session<'_>,
    place: At,
) -> Result<Option<Vec<DocumentHighlight>>, Failure> {
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        let highlights = ide::highlights(asked.workspace, &asked.path, at);
        let highlight = |(span, access)| DocumentHighlight {
            range: asked.range(span),
            kind: Some(match access {
                Access::Read => DocumentHighlightKind::Read,
                Access::Write => DocumentHighlightKind::Write,
            }),
        };
        Some(highlights.into_iter().map(highlight).collect())
    }))
}

fn prepare_rename(
    session: &mut Session<'_>,
    place: At,
) -> Result<Option<PrepareRenameResult>, Failure> {
    Ok(session.ask(&place.text_document.uri, |asked| {
        let at = asked.at(place.position);
        let (span, name) = ide::prepare_rename(asked.workspace, &asked.path, at)?;
        let range = asked.range(span);
        Some(PrepareRenamePlaceholder::new(range, name).into())
    }))
}

fn rename(session: &mut Session<'_>, params: Rename) -> Result<Option<WorkspaceEdit>, Failure> {
    let edit = session.ask(&params.text_document.uri, |asked| {
        let at = asked.at(params.position);
        let renamed = ide::rename(asked.workspace, &asked.path, at, &params.new_name);
        let files = match renamed {
            Ok(files) => files,
            Err(error) => {
                return Some(Err(Failure::new(
                    ErrorCode::RequestFailed,
                    error.to_string(),
                )));
            }
        };
        let changes = files.iter().filter_map(|(path, edits)| {
            let source = &asked.workspace.document(path)?.source;
            let name = match *path == asked.path {
                true => Name::new(&params.text_document.uri),
                false => Name::Path(path.clone()),
            };
            Some(Change::new(asked.session, &name, source, edits))
        });
        Some(Ok(workspace_edit(asked.session, changes.collect())))
    });
    edit.transpose()
}

fn workspace_symbols(
    session: &mut Session<'_>,
    params: Search,
) -> Result<Option<WorkspaceSymbolResponse>, Failure> {
    let (session, workspace) = session.up_to_date();
    let found = ide::workspace_symbols(workspace, &params.query);
    let symbol = |named: ide::Named| {
        let source = &workspace.document(&named.place.path)?.source;
        let range = session.client.encoding.range(named.place.span, source);
        let base = BaseSymbolInformation {
            name: named.name,
            kind: kind(named.kind),
            tags: None,
            container_name: (!named.container.is_empty()).then(|| shown(session, &named.container)),
        };
        let location = Location::new(session.documents.uri(&named.place.path), range);
        Some(SymbolInformation::new(None, location, base))
    };
    let symbols: Vec<SymbolInformation> = found.into_iter().filter_map(symbol).collect();
    Ok(Some(symbols.into()))
}

fn kind(kind: NamedKind) -> SymbolKind {
    match kind {
        NamedKind::Job => SymbolKind::Event,
        NamedKind::Name(NameKind::Stage | NameKind::Service) => SymbolKind::Class,
        NamedKind::Name(NameKind::Variable | NameKind::Argument | NameKind::Environment) => {
            SymbolKind::Variable
        }
        NamedKind::Name(_) => SymbolKind::Struct,
    }
}

impl Asked<'_, '_> {
    /// A place in this document or another one.
    fn location(&self, place: &ide::Place) -> Option<Location> {
        let source = &self.workspace.document(&place.path)?.source;
        let uri = match place.path == self.path {
            true => self.uri.clone(),
            false => self.session.documents.uri(&place.path),
        };
        let range = self.session.client.encoding.range(place.span, source);
        Some(Location::new(uri, range))
    }
}

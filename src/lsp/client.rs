//! What the client said of itself when it began.
//!
//! Read by name rather than as a whole, so that a client with one odd entry is served all the same.

use std::path::PathBuf;

use lsp_types::Uri;
use serde_json::Value;

use super::convert::{self, Encoding};
use crate::text::order;

/// The abilities of a client that change what it is sent.
#[derive(Clone, Debug)]
pub struct Client {
    /// What columns count.
    pub encoding: Encoding,
    /// It asks for diagnostics.
    pub pulls: bool,
    /// It can be told to ask for diagnostics again.
    pub refreshes: bool,
    /// It shows related places of a diagnostic.
    pub shows_related: bool,
    /// It takes edits with versions, in an order.
    pub takes_document_changes: bool,
    /// Edits may make files.
    pub creates_files: bool,
    /// Edits may have places to fill in.
    pub takes_snippets: bool,
    /// It makes changes that the server asks for.
    pub applies_edits: bool,
    /// It takes code actions that are no mere commands.
    pub takes_action_literals: bool,
    /// It shows progress.
    pub shows_progress: bool,
    /// It answers questions about its settings.
    pub has_configuration: bool,
    /// It can be asked later to tell of changed settings.
    pub registers_configuration: bool,
    /// It can be asked later to watch files.
    pub watches_files: bool,
    /// It opens addresses.
    pub shows_documents: bool,
    /// All that it said, for what only one feature asks.
    pub capabilities: Value,
    /// The folders that were opened.
    pub folders: Vec<PathBuf>,
    /// The settings that it sent along.
    pub options: Value,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub fn new(params: &Value) -> Client {
        let capabilities = &params["capabilities"];
        let can = |pointer: &str| capabilities.pointer(pointer).is_some_and(is_able);
        let list = |pointer: &str| {
            let values = capabilities.pointer(pointer).and_then(Value::as_array);
            values.into_iter().flatten().filter_map(Value::as_str)
        };
        Client {
            encoding: Encoding::negotiate(list("/general/positionEncodings")),
            pulls: can("/textDocument/diagnostic"),
            refreshes: can("/workspace/diagnostics/refreshSupport"),
            shows_related: can("/textDocument/publishDiagnostics/relatedInformation")
                || can("/textDocument/diagnostic/relatedInformation"),
            takes_document_changes: can("/workspace/workspaceEdit/documentChanges"),
            creates_files: list("/workspace/workspaceEdit/resourceOperations")
                .any(|kind| kind == "create"),
            takes_snippets: can("/workspace/workspaceEdit/snippetEditSupport"),
            applies_edits: can("/workspace/applyEdit"),
            takes_action_literals: can("/textDocument/codeAction/codeActionLiteralSupport"),
            shows_progress: can("/window/workDoneProgress"),
            has_configuration: can("/workspace/configuration"),
            registers_configuration: can("/workspace/didChangeConfiguration/dynamicRegistration"),
            watches_files: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_documents: can("/window/showDocument/support"),
            folders: folders(params),
            options: params["initializationOptions"].clone(),
            capabilities: capabilities.clone(),
        }
    }

    /// Whether the client takes the registration of a method after it began.
    pub fn registers(&self, method: &str) -> bool {
        let pointer = format!("/{method}/dynamicRegistration");
        self.capabilities.pointer(&pointer).is_some_and(is_able)
    }
}

/// Whether an ability is there: an object is, and so is `true`.
fn is_able(value: &Value) -> bool {
    value.is_object() || value == &Value::Bool(true)
}

/// The folders of the workspace; older clients have one at most.
fn folders(params: &Value) -> Vec<PathBuf> {
    let path = |uri: &Value| convert::path(&Uri::from(uri.as_str()?));
    let listed = params["workspaceFolders"].as_array();
    let mut folders: Vec<PathBuf> = match listed {
        Some(listed) => listed
            .iter()
            .filter_map(|folder| path(&folder["uri"]))
            .collect(),
        None => {
            let root = path(&params["rootUri"]);
            let older = || params["rootPath"].as_str().map(PathBuf::from);
            root.or_else(older).into_iter().collect()
        }
    };
    folders.retain(|folder| folder.is_absolute());
    order::sort(&mut folders);
    folders.dedup();
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn odd_entries_do_no_harm() {
        for params in [
            json!(null),
            json!([]),
            json!({"capabilities": 3, "workspaceFolders": {}}),
        ] {
            let client = Client::new(&params);
            assert!(!client.pulls && client.folders.is_empty(), "{params}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn folders_come_from_where_the_client_puts_them() {
        let folders = |params: Value| Client::new(&params).folders;
        let one = vec![PathBuf::from("/w")];
        assert_eq!(folders(json!({"rootPath": "/w", "rootUri": null})), one);
        assert_eq!(
            folders(json!({"rootPath": "/x", "rootUri": "file:///w"})),
            one
        );
        let listed = json!([{"uri": "file:///w/", "name": "w"}, {"uri": "vscode-vfs://a/b"}, {}]);
        assert_eq!(
            folders(json!({"rootUri": "file:///x", "workspaceFolders": listed})),
            one
        );
        assert!(folders(json!({"rootUri": null, "workspaceFolders": null})).is_empty());
    }

    #[test]
    fn a_method_is_registered_if_the_client_says_so() {
        let registers = json!({"textDocument": {"hover": {"dynamicRegistration": true}}});
        let client = Client::new(&json!({"capabilities": registers}));
        assert!(client.registers("textDocument/hover"));
        assert!(!client.registers("textDocument/rename"));
    }
}

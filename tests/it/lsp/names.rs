//! Names and hints over the protocol, through the link between a Compose file and a Dockerfile.

use serde_json::{Value, json};

use super::editor::Editor;
use super::shows;

const DOCKERFILE: &str =
    "ARG TAG=3.22\nFROM alpine:$TAG AS base\nFROM base AS run\nCOPY --from=base /a /b\n";
const COMPOSE: &str = "services:\n  web:\n    image: \"x:${VERSION:-1}\"\n    build: {context: api, target: base, args: {TAG: '3.23'}}\n    depends_on: [db]\n    ports: [\"80:80\"]\n  db:\n    image: postgres:18\n";

fn session(name: &str, capabilities: Value) -> Editor {
    let files = [("api/Dockerfile", DOCKERFILE), ("compose.yaml", COMPOSE)];
    let mut editor = Editor::start(name, &files, capabilities);
    editor.hides_diagnostics = true;
    editor.is_recording = false;
    editor.open("compose.yaml", "yaml", COMPOSE);
    editor.open("api/Dockerfile", "dockerfile", DOCKERFILE);
    editor.is_recording = true;
    editor
}

#[test]
fn a_stage_through_both_languages() {
    let client = json!({
        "textDocument": { "rename": { "prepareSupport": true } },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    });
    let mut editor = session("names", client);
    // From the target of the build to the stage, and from there to all uses.
    let target = editor.at("compose.yaml", 3, 36);
    editor.request("textDocument/definition", target.clone());
    let mut all = editor.at("api/Dockerfile", 1, 22);
    editor.request("textDocument/documentHighlight", all.clone());
    all["context"] = json!({ "includeDeclaration": true });
    editor.request("textDocument/references", all);
    editor.request("textDocument/prepareRename", target.clone());
    let mut rename = target;
    rename["newName"] = json!("runtime");
    editor.request("textDocument/rename", rename.clone());
    rename["newName"] = json!("run");
    editor.refusal("textDocument/rename", rename);
    editor.request("workspace/symbol", json!({ "query": "b" }));
    shows("names", &editor.transcript);
}

#[test]
fn definitions_as_links_for_clients_that_know_them() {
    let client = json!({ "textDocument": { "definition": { "linkSupport": true } } });
    let mut editor = session("links", client);
    let service = editor.at("compose.yaml", 4, 18);
    let links = editor.request("textDocument/definition", service);
    assert_eq!(
        links[0]["targetSelectionRange"]["start"],
        json!({ "line": 6, "character": 2 })
    );
    assert_eq!(
        links[0]["originSelectionRange"]["start"],
        json!({ "line": 4, "character": 17 })
    );
    let nothing = editor.at("compose.yaml", 0, 0);
    assert_eq!(
        editor.request("textDocument/definition", nothing),
        json!([])
    );
}

#[test]
fn hints_in_a_part_of_a_document() {
    let mut editor = session("hints", json!({}));
    let range = |first: u32, last: u32| json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 0 } });
    let mut params = editor.at("compose.yaml", 0, 0);
    params["range"] = range(0, 9);
    editor.request("textDocument/inlayHint", params.clone());
    params["range"] = range(0, 1);
    assert_eq!(editor.request("textDocument/inlayHint", params), json!([]));
    let mut params = editor.at("api/Dockerfile", 0, 0);
    params["range"] = range(0, 9);
    editor.request("textDocument/inlayHint", params);
    shows("hints", &editor.transcript);
}

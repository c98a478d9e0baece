//! Diagnostics: pushed and pulled, of documents and of the workspace, and what refreshes them.

use serde_json::json;

use super::editor::{Editor, rules};
use super::shows;

const DOCKERFILE: &str = "FROM debian:latest\nUSER root\n";

#[test]
fn a_session_from_beginning_to_end() {
    let files = [
        ("Dockerfile", DOCKERFILE),
        ("compose.yaml", "services:\n  a:\n    build: .\n"),
    ];
    let capabilities = json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "window": { "workDoneProgress": true },
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "didChangeConfiguration": { "dynamicRegistration": true },
        },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
    });
    let mut editor = Editor::start("session", &files, capabilities);
    while editor.told("$/progress")["value"]["kind"] != "end" {}
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.published("Dockerfile");
    let range =
        json!({ "start": { "line": 0, "character": 12 }, "end": { "line": 0, "character": 18 } });
    editor.edit(
        "Dockerfile",
        2,
        json!([{ "range": range, "text": "13.1-slim" }]),
    );
    editor.published("Dockerfile");
    editor.close("Dockerfile");
    editor.published("Dockerfile");
    editor.shut_down();
    shows("session", &editor.transcript);
}

#[test]
fn an_edited_dockerfile_refreshes_the_compose_file_that_builds_it() {
    let files = [
        ("api/Dockerfile", "FROM alpine:3.22 AS run\n"),
        (
            "compose.yaml",
            "services:\n  a:\n    build: {context: api, target: run}\n",
        ),
    ];
    let mut editor = Editor::start("dependent", &files, json!({}));
    editor.open("compose.yaml", "dockercompose", files[1].1);
    let before = editor.published("compose.yaml");
    assert!(
        !rules(&before).contains(&"build-target-not-found"),
        "{before}"
    );
    editor.open("api/Dockerfile", "dockerfile", "FROM alpine:3.22 AS ran\n");
    let after = editor.published("compose.yaml");
    assert!(rules(&after).contains(&"build-target-not-found"), "{after}");
    editor.change("api/Dockerfile", 2, files[0].1);
    assert_eq!(editor.published("compose.yaml"), before);
}

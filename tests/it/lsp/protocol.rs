//! What is not as it should be: the server answers it and goes on.

use dockworthy::lsp::Ending;
use lsp_server::Message;
use serde_json::{Value, json};

use super::editor::{Editor, rules};

const DOCKERFILE: &str = "FROM debian:latest\nUSER 1\n";

#[test]
fn nothing_is_answered_before_initialize() {
    let mut editor = Editor::new("early", &[]);
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    let (code, message) = editor.refusal("textDocument/hover", json!({}));
    assert_eq!(code, -32002);
    assert_eq!(message, "`textDocument/hover` came before `initialize`");
    editor.initialize(json!({}), json!(null));
    let (code, _) = editor.refusal("initialize", json!({}));
    assert_eq!(code, -32600);
    assert_eq!(editor.shut_down(), Ending::Orderly);
}

#[test]
fn an_exit_without_a_shutdown_is_abrupt() {
    assert_eq!(Editor::new("exit-early", &[]).exit(), Ending::Abrupt);
    assert_eq!(Editor::start("exit", &[], json!({})).exit(), Ending::Abrupt);
}

#[test]
fn nothing_is_answered_after_shutdown() {
    let mut editor = Editor::start("late", &[], json!({}));
    editor.request("shutdown", Value::Null);
    let (code, _) = editor.refusal("textDocument/diagnostic", json!({}));
    assert_eq!(code, -32600);
    assert_eq!(editor.exit(), Ending::Orderly);
}

#[test]
fn what_is_not_known_or_not_understood_is_refused() {
    let mut editor = Editor::start("unknown", &[], json!({}));
    for (method, params, expected) in [
        ("textDocument/nonsense", json!({}), -32601),
        ("$/nonsense", json!(null), -32601),
        ("", json!([]), -32601),
        ("textDocument/codeAction", json!(null), -32602),
        (
            "textDocument/codeAction",
            json!({"textDocument": 7}),
            -32602,
        ),
        (
            "textDocument/diagnostic",
            json!({"textDocument": {}}),
            -32602,
        ),
        (
            "workspace/executeCommand",
            json!({"command": "rm", "arguments": ["x"]}),
            -32602,
        ),
        (
            "workspace/executeCommand",
            json!({"command": "dockworthy.fixAll"}),
            -32602,
        ),
        (
            "workspace/executeCommand",
            json!({"command": "dockworthy.openDocumentation", "arguments": ["no-such-rule"]}),
            -32602,
        ),
    ] {
        let (code, message) = editor.refusal(method, params.clone());
        assert_eq!(code, expected, "{method} {params}: {message}");
    }
    for (method, params) in [
        ("textDocument/didOpen", json!({"textDocument": {"uri": 3}})),
        ("textDocument/didChange", json!([])),
        ("$/setTrace", json!({"value": "verbose"})),
        (
            "workspace/didChangeWatchedFiles",
            json!({"changes": [{"uri": "x", "type": 99}]}),
        ),
        ("workspace/didChangeWorkspaceFolders", json!({})),
        ("workspace/didChangeConfiguration", json!(null)),
        ("nonsense", json!({"a": [[[]]]})),
    ] {
        editor.notify(method, params);
    }
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
}

#[test]
fn changes_to_what_is_not_open_are_passed_over() {
    let mut editor = Editor::start("not-open", &[("Dockerfile", DOCKERFILE)], json!({}));
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
    editor.change("Dockerfile", 2, "FROM scratch\n");
    let message = editor.told("window/logMessage")["message"].clone();
    assert!(
        message
            .as_str()
            .expect("text")
            .ends_with("was changed but is not open")
    );
    editor.close("Dockerfile");
    assert_eq!(rules(&editor.pull("Dockerfile")), ["latest-tag"]);
}

#[test]
fn positions_outside_a_document_mean_its_nearest_place() {
    let mut editor = Editor::start("outside", &[], json!({}));
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    let begin = json!({ "line": 0, "character": 4_000_000_000_u32 });
    editor.change("Dockerfile", 2, "FROM debian:latest\n");
    let edits = json!([
        { "range": { "start": far, "end": far }, "text": "USER a\n" },
        { "range": { "start": begin, "end": begin }, "text": " AS x" },
        { "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "b" },
    ]);
    editor.edit("Dockerfile", 3, edits);
    let text = "FROM debian:latest AS x\nbUSER a\n";
    let incremental = editor.pull("Dockerfile");
    editor.change("Dockerfile", 4, text);
    assert_eq!(editor.pull("Dockerfile"), incremental);
    let range = json!({ "start": far, "end": far });
    let params = json!({
        "textDocument": { "uri": editor.uri("Dockerfile") },
        "range": range,
        "context": { "diagnostics": [] },
    });
    assert_eq!(editor.request("textDocument/codeAction", params), json!([]));
    let range = json!({ "start": { "line": -1, "character": 0 }, "end": far });
    let params = json!({
        "textDocument": { "uri": editor.uri("Dockerfile") },
        "range": range,
        "context": { "diagnostics": [] },
    });
    assert_eq!(editor.refusal("textDocument/codeAction", params).0, -32602);
}

#[test]
fn more_than_is_read_from_a_disk_is_a_problem_of_its_own() {
    let mut editor = Editor::start("huge", &[], json!({}));
    editor.is_recording = false;
    let text = format!("{DOCKERFILE}#{}", "x".repeat(20_000_000));
    editor.open("Dockerfile", "dockerfile", &text);
    assert_eq!(editor.published("Dockerfile"), "");
    editor.change("Dockerfile", 2, DOCKERFILE);
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
}

#[test]
fn a_request_that_was_cancelled_in_line_is_not_worked_on() {
    let mut editor = Editor::start("cancelled", &[], json!({}));
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.published("Dockerfile");
    // The server is busy with the first message for longer than it takes to send the others.
    let text = format!(
        "{DOCKERFILE}{}",
        "RUN apt-get update && apt-get install curl\n".repeat(3_000)
    );
    editor.change("Dockerfile", 2, &text);
    let document = json!({ "textDocument": { "uri": editor.uri("Dockerfile") } });
    let first = editor.ask("textDocument/diagnostic", document.clone());
    let second = editor.ask("textDocument/diagnostic", document);
    let third = editor.ask("textDocument/nonsense", json!({}));
    editor.notify("$/cancelRequest", json!({ "id": 999 }));
    editor.notify("$/cancelRequest", json!({ "id": {} }));
    let id: i32 = second.to_string().parse().expect("a number");
    editor.notify("$/cancelRequest", json!({ "id": id }));
    let mut outcome = Vec::new();
    while outcome.len() < 3 {
        let message = editor.until(|message| matches!(message, Message::Response(_)));
        if let Message::Response(response) = message {
            let code = response.response_result.err().map(|error| error.code);
            outcome.push((response.id, code));
        }
    }
    assert!(outcome.contains(&(first, None)), "{outcome:?}");
    assert!(outcome.contains(&(third, Some(-32601))), "{outcome:?}");
    assert!(outcome.contains(&(second, Some(-32800))), "{outcome:?}");
}

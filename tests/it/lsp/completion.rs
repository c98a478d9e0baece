//! What editors are offered while somebody types, and how instructions are written, as scripted sessions.

use serde_json::{Value, json};

use super::editor::Editor;
use super::shows;

const DOCKERFILE: &str = "\
ARG TAG=3.22
FROM alpine:$TAG AS base
# région é
COPY --from=
FROM base
";

const COMPOSE: &str = "\
services:
  web:
    build: {context: ., target: }
    restart: 
    dep
  db:
    image: postgres
";

fn capabilities() -> Value {
    json!({
        "textDocument": {
            // Who asks for findings is not told of them in between.
            "diagnostic": {},
            "completion": { "completionItem": {
                "snippetSupport": true,
                "documentationFormat": ["markdown"],
                "tagSupport": { "valueSet": [1] },
                "insertTextModeSupport": { "valueSet": [1, 2] },
            } },
            "signatureHelp": { "signatureInformation": { "documentationFormat": ["plaintext"] } },
        },
    })
}

fn session(name: &str, capabilities: Value) -> Editor {
    let files = [("Dockerfile", DOCKERFILE), ("compose.yaml", COMPOSE)];
    let mut editor = Editor::start(name, &files, capabilities);
    editor.hides_diagnostics = true;
    editor.is_recording = false;
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.open("compose.yaml", "yaml", COMPOSE);
    editor.is_recording = true;
    editor
}

/// The labels that are offered.
fn labels(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().expect("a list").iter();
    items.filter_map(|item| item["label"].as_str()).collect()
}

fn item<'a>(answer: &'a Value, label: &str) -> &'a Value {
    let mut items = answer["items"].as_array().expect("a list").iter();
    let found = items.find(|item| item["label"] == label);
    found.unwrap_or_else(|| panic!("{label} is not among {:?}", labels(answer)))
}

#[test]
fn items_and_signatures() {
    let mut editor = session("completion", capabilities());
    for (path, line, character) in [
        ("compose.yaml", 2, 32),
        ("compose.yaml", 3, 13),
        ("compose.yaml", 99, 99),
    ] {
        let params = editor.at(path, line, character);
        editor.request("textDocument/completion", params);
    }
    for (line, character) in [(3, 12), (1, 20), (2, 4)] {
        let params = editor.at("Dockerfile", line, character);
        editor.request("textDocument/signatureHelp", params);
    }
    shows("completion", &editor.transcript);
}

#[test]
fn a_half_typed_key_becomes_a_whole_one() {
    let mut editor = session("completion-key", capabilities());
    let params = editor.at("compose.yaml", 4, 7);
    let answer = editor.request("textDocument/completion", params);
    let depends = item(&answer, "depends_on");
    assert_eq!(
        depends["textEdit"],
        json!({
            "range": {
                "start": { "line": 4, "character": 4 },
                "end": { "line": 4, "character": 7 },
            },
            "newText": "depends_on:\n      ",
        })
    );
    assert_eq!(depends["insertTextMode"], 1);
    assert_eq!(depends["documentation"]["kind"], "markdown");
    assert_eq!(item(&answer, "external_links")["kind"], 10);
    // Order is what it was given in.
    let sorted: Vec<&str> = answer["items"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|item| item["sortText"].as_str())
        .collect();
    assert!(sorted.is_sorted());
}

#[test]
fn stages_are_offered_in_a_copy_without_a_source() {
    let mut editor = session("completion-copy", json!({}));
    editor.change("Dockerfile", 2, "FROM a AS é\nFROM b AS two\nCOPY --from=");
    let params = editor.at("Dockerfile", 2, 12);
    let answer = editor.request("textDocument/completion", params);
    assert_eq!(labels(&answer)[0], "é");
}

#[test]
fn snippets_are_for_clients_that_take_them() {
    for (client, text, format) in [
        (capabilities(), json!("RUN ${1:command}"), json!(2)),
        (json!({}), json!("RUN "), Value::Null),
    ] {
        let mut editor = session("completion-snippets", client);
        editor.change("Dockerfile", 2, "FROM a\n\n");
        let params = editor.at("Dockerfile", 1, 0);
        let answer = editor.request("textDocument/completion", params);
        let run = item(&answer, "RUN");
        assert_eq!(run["textEdit"]["newText"], text);
        assert_eq!(run["insertTextFormat"], format);
    }
}

#[test]
fn a_blank_that_indents_asks_for_nothing() {
    let mut editor = session("completion-blank", capabilities());
    let mut ask = |line: u32, character: u32| {
        let mut params = editor.at("compose.yaml", line, character);
        params["context"] = json!({ "triggerKind": 2, "triggerCharacter": " " });
        editor.request("textDocument/completion", params)
    };
    assert_eq!(ask(4, 2), Value::Null);
    assert!(labels(&ask(3, 13)).contains(&"always"));
}

#[test]
fn positions_are_counted_as_agreed() {
    for (encoding, character) in [("utf-8", 21), ("utf-16", 19), ("utf-32", 18)] {
        let client = json!({ "general": { "positionEncodings": [encoding] } });
        let mut editor = session(&format!("completion-{encoding}"), client);
        editor.change("Dockerfile", 2, "FROM a\nENV E=1\nRUN echo é🎉 ${E\n");
        let params = editor.at("Dockerfile", 2, character - 1);
        let answer = editor.request("textDocument/completion", params);
        let range = &item(&answer, "E")["textEdit"]["range"];
        let line = "RUN echo é🎉 ${E";
        let expected = match encoding {
            "utf-8" => line.len(),
            "utf-16" => line.encode_utf16().count(),
            _ => line.chars().count(),
        };
        assert_eq!(range["end"]["character"], expected, "{encoding}");
    }
}

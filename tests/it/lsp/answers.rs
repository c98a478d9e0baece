//! What editors ask besides findings, as scripted sessions.

use serde_json::{Value, json};

use super::editor::Editor;
use super::shows;

const DOCKERFILE: &str = "\
# syntax=docker/dockerfile:1
ARG TAG=3.22
FROM alpine:$TAG AS base
# région é
ENV A=1
RUN echo \"$A\" \\
    && ls -l
FROM base
COPY --from=nginx:1.29 /x /x
";

const COMPOSE: &str = "\
x-a: &a
  init: true
services:
  web:
    <<: *a
    build: {context: ., target: base, args: {TAG: '3.23'}}
    mem_limit: 512m
";

fn capabilities() -> Value {
    json!({
        "textDocument": {
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "documentLink": { "tooltipSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
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

#[test]
fn outlines_folds_and_selections() {
    let mut editor = session("outline", capabilities());
    for path in ["Dockerfile", "compose.yaml"] {
        let document = editor.document(path);
        editor.request("textDocument/documentSymbol", document.clone());
        editor.request("textDocument/foldingRange", document);
    }
    let mut params = editor.document("Dockerfile");
    params["positions"] = json!([{ "line": 5, "character": 12 }, { "line": 99, "character": 0 }]);
    editor.request("textDocument/selectionRange", params);
    shows("outline", &editor.transcript);
}

#[test]
fn a_flat_outline_for_clients_without_nesting() {
    let mut editor = session("flat", json!({}));
    let document = editor.document("compose.yaml");
    let symbols = editor.request("textDocument/documentSymbol", document);
    let names: Vec<&str> = symbols
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|s| s["name"].as_str())
        .collect();
    assert_eq!(names[..4], ["x-a", "init", "services", "web"]);
    assert_eq!(symbols[3]["containerName"], "services");
}

#[test]
fn hover_and_links() {
    let mut editor = session("hover", capabilities());
    for (path, line, character) in [
        ("Dockerfile", 2, 14),
        ("Dockerfile", 5, 1),
        ("Dockerfile", 7, 6),
        ("compose.yaml", 6, 17),
        ("compose.yaml", 4, 9),
        ("compose.yaml", 99, 99),
    ] {
        let params = editor.at(path, line, character);
        editor.request("textDocument/hover", params);
    }
    let links = editor.document("Dockerfile");
    editor.request("textDocument/documentLink", links);
    shows("hover", &editor.transcript);
}

#[test]
fn hover_in_plain_text() {
    let client = json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
    let mut editor = session("hover-plain", client);
    let params = editor.at("Dockerfile", 2, 14);
    let hover = editor.request("textDocument/hover", params);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let text = hover["contents"]["value"].as_str().expect("text");
    assert!(
        text.starts_with("TAG = 3.22 unless the build sets it\nfrom ARG in line 2\nservice web of compose.yaml sets"),
        "{text}"
    );
}

#[test]
fn tokens_in_every_encoding() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let client = json!({ "general": { "positionEncodings": [encoding] } });
        let mut editor = session(&format!("tokens-{encoding}"), client);
        let params = editor.document("Dockerfile");
        let tokens = editor.request("textDocument/semanticTokens/full", params.clone());
        let data: Vec<u64> = tokens["data"]
            .as_array()
            .expect("numbers")
            .iter()
            .filter_map(Value::as_u64)
            .collect();
        assert_eq!(data.len() % 5, 0);
        // The comment with letters that are two bytes long.
        let comment = data.chunks(5).scan(0, |line, token| {
            *line += token[0];
            Some((*line, token[2]))
        });
        let length = comment
            .filter(|(line, _)| *line == 3)
            .map(|(_, length)| length)
            .next();
        assert_eq!(
            length,
            Some(if encoding == "utf-8" { 12 } else { 10 }),
            "{encoding}"
        );
        let mut part = params;
        part["range"] =
            json!({ "start": { "line": 4, "character": 0 }, "end": { "line": 5, "character": 0 } });
        let part = editor.request("textDocument/semanticTokens/range", part);
        assert_eq!(part["data"][0], 4);
    }
}

#[test]
fn a_document_that_is_no_file_is_answered() {
    let mut editor = session("untitled", capabilities());
    let uri = "untitled:Untitled-1";
    editor.open(
        uri,
        "dockercompose",
        "services:\n  web:\n    image: nginx\n",
    );
    let params = editor.at(uri, 2, 5);
    let hover = editor.request("textDocument/hover", params);
    let text = hover["contents"]["value"].as_str().expect("text");
    assert!(text.starts_with("**image**"), "{text}");
    editor.edit(
        uri,
        2,
        json!([{ "text": "services:\n  api:\n    image: b\n" }]),
    );
    // Files that come and go elsewhere do not take it away.
    editor.write("new/Dockerfile", "FROM a\n");
    let change = json!({ "uri": editor.uri("new/Dockerfile"), "type": 1 });
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    let symbols = editor.document(uri);
    let symbols = editor.request("textDocument/documentSymbol", symbols);
    assert_eq!(symbols[0]["children"][0]["name"], "api");
}

#[test]
fn unsaved_text_is_asked() {
    let mut editor = session("unsaved", capabilities());
    editor.change("Dockerfile", 2, "ARG TAG=9\nFROM alpine:$TAG\n");
    let params = editor.at("Dockerfile", 1, 14);
    let hover = editor.request("textDocument/hover", params);
    let text = hover["contents"]["value"].as_str().expect("text");
    assert!(text.starts_with("`TAG` = `9` unless"), "{text}");
}

#[test]
fn features_are_turned_off_one_by_one() {
    let files = [("Dockerfile", DOCKERFILE)];
    let mut editor = Editor::new("off", &files);
    let answer = editor.initialize(json!({}), json!({ "features": { "hover": false } }));
    let capabilities = &answer["capabilities"];
    assert_eq!(capabilities["hoverProvider"], Value::Null);
    assert_eq!(capabilities["foldingRangeProvider"], true);
    editor.notify("initialized", json!({}));
    let params = editor.at("Dockerfile", 2, 14);
    assert_eq!(editor.request("textDocument/hover", params), Value::Null);
}

#[test]
fn lenses() {
    let able =
        json!({ "experimental": { "commands": { "commands": ["dockworthy.showReferences"] } } });
    let mut editor = session("lenses", able);
    editor.transcript.clear();
    let compose = COMPOSE.replace("    mem_limit", "    ports: ['80:80']\n    mem_limit");
    editor.change("compose.yaml", 2, &compose);
    for path in ["Dockerfile", "compose.yaml"] {
        let document = editor.document(path);
        editor.request("textDocument/codeLens", document);
    }
    shows("lenses", &editor.transcript);
}

#[test]
fn no_lenses_for_clients_that_can_do_nothing_with_them() {
    let mut editor = session("no-lenses", capabilities());
    assert!(!editor.transcript.contains("codeLens"));
    let document = editor.document("Dockerfile");
    assert_eq!(
        editor.request("textDocument/codeLens", document),
        Value::Null
    );
}

#[test]
fn formatting() {
    let dockerfile = "FROM a \nRUN b \\\n&& c \\\n\t&& d\nRUN <<EOF\n  e \nEOF";
    let compose =
        "services:\n    web: # é\n        image: nginx \n        command: |\n          a \n";
    let mut editor = session("formatting", capabilities());
    editor.is_recording = false;
    editor.change("Dockerfile", 2, dockerfile);
    editor.change("compose.yaml", 2, compose);
    editor.is_recording = true;
    let options =
        |width: u32, has_spaces: bool| json!({ "tabSize": width, "insertSpaces": has_spaces });
    for (path, options) in [
        ("Dockerfile", options(4, true)),
        ("Dockerfile", options(4, false)),
        ("compose.yaml", options(2, true)),
    ] {
        let mut params = editor.document(path);
        params["options"] = options;
        editor.request("textDocument/formatting", params);
    }
    let mut params = editor.document("Dockerfile");
    params["options"] = options(2, true);
    params["range"] =
        json!({ "start": { "line": 2, "character": 1 }, "end": { "line": 3, "character": 0 } });
    editor.request("textDocument/rangeFormatting", params);
    let mut params = editor.at("Dockerfile", 2, 0);
    params["options"] = options(4, true);
    params["ch"] = json!("\n");
    editor.request("textDocument/onTypeFormatting", params);
    shows("formatting", &editor.transcript);
}

/// The column about this server in the table of the documentation.
#[test]
fn the_documentation_says_what_is_announced() {
    let text = include_str!("../../../docs/language-server.md");
    let client = json!({
        "general": { "positionEncodings": ["utf-8"] },
        "textDocument": { "diagnostic": {} },
        "experimental": { "commands": { "commands": ["dockworthy.showReferences"] } },
    });
    let mut editor = Editor::new("announced", &[]);
    let answer = editor.initialize(client, Value::Null);
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
        let name = cells.next()?.strip_suffix('`')?;
        let is_capability = name.ends_with("Provider") || name == "textDocumentSync";
        Some((name, cells.next()?)).filter(|_| is_capability)
    });
    let mut count = 0;
    for (name, ours) in rows {
        let announced = !answer["capabilities"][name].is_null();
        assert_eq!(announced, ours != "no", "{name}: {ours}");
        count += 1;
    }
    assert!(count >= 20, "{count} rows");
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    let provider = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!(provider["workspaceDiagnostics"], true);
    assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
}

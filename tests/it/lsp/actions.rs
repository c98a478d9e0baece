//! Code actions and commands, and what becomes of the text.

use lsp_server::{Message, Response};
use serde_json::{Value, json};

use super::editor::{Editor, rules};
use super::shows;

const DOCKERFILE: &str = "FROM debian:latest\nMAINTAINER a@example.com\nRUN apt-get update && apt-get install -y curl\nUSER 1\n";

fn literals() -> Value {
    json!({
        "textDocument": { "codeAction": { "codeActionLiteralSupport": {} } },
        "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    })
}

fn actions(editor: &mut Editor, path: &str, line: u32, only: Value) -> Vec<Value> {
    let place = |character: u32| json!({ "line": line, "character": character });
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let params = json!({
        "textDocument": { "uri": editor.uri(path) },
        "range": { "start": place(0), "end": place(1_000) },
        "context": context,
    });
    let result = editor.request("textDocument/codeAction", params);
    result.as_array().expect("a list").clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    let titles = actions.iter().filter_map(|action| action["title"].as_str());
    titles.collect()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions
        .iter()
        .find(|action| action["title"].as_str().is_some_and(|t| t.contains(title)));
    found.unwrap_or_else(|| panic!("no {title:?} in {:?}", titles(actions)))
}

/// The text after the edits of a document, whose columns are bytes here.
fn applied(text: &str, edits: &Value) -> String {
    let lines: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let at = |place: &Value| {
        let number =
            |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("it fits");
        lines.get(number("line")).copied().unwrap_or(text.len()) + number("character")
    };
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .expect("a list")
        .iter()
        .map(|edit| {
            let new = edit["newText"]
                .as_str()
                .or_else(|| edit["snippet"]["value"].as_str());
            (
                at(&edit["range"]["start"]),
                at(&edit["range"]["end"]),
                new.expect("a text").to_owned(),
            )
        })
        .collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

#[test]
fn a_finding_has_its_fixes_a_comment_and_a_page() {
    let mut editor = Editor::start("actions", &[], literals());
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.published("Dockerfile");
    editor.transcript.clear();
    let all = actions(&mut editor, "Dockerfile", 1, Value::Null);
    shows("actions", &editor.transcript);
    let fix = all
        .iter()
        .find(|action| action["isPreferred"] == true)
        .expect("a safe fix");
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    let text = applied(DOCKERFILE, &change["edits"]);
    assert!(text.contains("LABEL"), "{text}");
}

#[test]
fn a_comment_is_written_in_the_manner_of_the_language() {
    let mut editor = Editor::start("ignore", &[], literals());
    let compose = "services:\n  a:\n    image: debian:latest\n    mem_limit: 1g\n    cpus: 1\n";
    for (path, language, text, line, expected) in [
        (
            "Dockerfile",
            "dockerfile",
            "FROM debian:latest\nUSER 1\n",
            0,
            "# dockworthy: ignore[latest-tag] say why\nFROM debian:latest\nUSER 1\n",
        ),
        (
            "compose.yaml",
            "yaml",
            compose,
            2,
            "services:\n  a:\n    image: debian:latest  # dockworthy: ignore[latest-tag] say why\n    mem_limit: 1g\n    cpus: 1\n",
        ),
        (
            "untitled:Untitled-1",
            "dockerfile",
            "FROM debian:latest\nUSER 1\n",
            0,
            "# dockworthy: ignore[latest-tag] say why\nFROM debian:latest\nUSER 1\n",
        ),
    ] {
        editor.open(path, language, text);
        assert_eq!(rules(&editor.published(path)), ["latest-tag"]);
        let all = actions(&mut editor, path, line, json!(["quickfix"]));
        let ignore = titled(&all, "Ignore `latest-tag` here");
        let new = applied(text, &ignore["edit"]["documentChanges"][0]["edits"]);
        assert_eq!(new, expected);
        editor.change(path, 2, &new);
        assert_eq!(editor.published(path), "");
        let in_file = titled(&all, "Ignore `latest-tag` in this file");
        let new = applied(text, &in_file["edit"]["documentChanges"][0]["edits"]);
        editor.change(path, 3, &new);
        assert_eq!(editor.published(path), "", "{new}");
    }
}

#[test]
fn the_reason_is_a_place_to_fill_in_if_the_editor_has_such() {
    let mut capabilities = literals();
    capabilities["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(true);
    let mut editor = Editor::start("snippet", &[], capabilities);
    editor.open("Dockerfile", "dockerfile", "FROM debian:latest\nUSER 1\n");
    let all = actions(&mut editor, "Dockerfile", 0, Value::Null);
    let edit = &titled(&all, "here")["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(
        edit["snippet"]["value"],
        "# dockworthy: ignore[latest-tag] ${1:say why}\n"
    );
}

#[test]
fn everything_is_fixed_at_once_as_an_edit_or_by_a_command() {
    let mut editor = Editor::start("fix-all", &[], literals());
    let text = "FROM debian:13\nMAINTAINER a@example.com\nENV A 1\nUSER 1\n";
    editor.open("Dockerfile", "dockerfile", text);
    let before = editor.published("Dockerfile");
    assert!(rules(&before).len() >= 2, "{before}");
    let asked = actions(&mut editor, "Dockerfile", 3, json!(["source.fixAll"]));
    let [action] = &asked[..] else {
        panic!("{asked:?}");
    };
    assert_eq!(action["kind"], "source.fixAll.dockworthy");
    let fixed = applied(text, &action["edit"]["documentChanges"][0]["edits"]);
    assert!(
        !fixed.contains("MAINTAINER") && fixed.contains("ENV A=1"),
        "{fixed}"
    );
    // Without being asked for it costs nothing until it is chosen.
    let offered = actions(&mut editor, "Dockerfile", 3, Value::Null);
    let command = &titled(&offered, "in this file")["command"];
    assert_eq!(command["command"], "dockworthy.fixAll");
    let uri = editor.uri("Dockerfile");
    editor.ask(
        "workspace/executeCommand",
        json!({ "command": "dockworthy.fixAll", "arguments": [uri] }),
    );
    let params = editor.told("workspace/applyEdit");
    assert_eq!(
        applied(text, &params["edit"]["documentChanges"][0]["edits"]),
        fixed
    );
    editor.change("Dockerfile", 2, &fixed);
    editor.published("Dockerfile");
    assert!(actions(&mut editor, "Dockerfile", 3, json!(["source"])).is_empty());
}

#[test]
fn a_compose_file_is_fixed_with_its_project() {
    let text =
        "version: '3'\nservices:\n  a:\n    image: debian:13\n    mem_limit: 1g\n    cpus: 1\n";
    let mut editor = Editor::start("fix-compose", &[("compose.yaml", text)], literals());
    let asked = actions(
        &mut editor,
        "compose.yaml",
        5,
        json!(["source.fixAll.dockworthy"]),
    );
    if let Some(action) = asked.first() {
        let change = &action["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"]["version"], Value::Null);
        assert!(applied(text, &change["edits"]).starts_with("services:"));
    } else {
        panic!("nothing to fix: {}", editor.pull("compose.yaml"));
    }
}

#[test]
fn a_rules_page_is_opened_by_the_editor() {
    let mut capabilities = literals();
    capabilities["window"] = json!({ "showDocument": { "support": true } });
    let mut editor = Editor::start("page", &[], capabilities);
    let command = json!({ "command": "dockworthy.openDocumentation", "arguments": ["DL3007"] });
    editor.ask("workspace/executeCommand", command.clone());
    let params = editor.told("window/showDocument");
    assert_eq!(params["external"], true);
    assert!(
        params["uri"]
            .as_str()
            .expect("an address")
            .ends_with("/latest-tag")
    );
    let mut editor = Editor::start("no-page", &[], json!({}));
    editor.ask("workspace/executeCommand", command);
    let message = editor.told("window/showMessage")["message"].clone();
    assert!(
        message
            .as_str()
            .expect("text")
            .starts_with("`latest-tag` is explained at https://")
    );
}

#[test]
fn older_clients_get_commands_and_plain_changes() {
    let mut editor = Editor::start("older", &[], json!({ "workspace": { "applyEdit": true } }));
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    let all = actions(&mut editor, "Dockerfile", 1, Value::Null);
    assert!(
        all.iter().all(|command| command["command"].is_string()),
        "{all:?}"
    );
    let uri = editor.uri("Dockerfile");
    editor.ask(
        "workspace/executeCommand",
        json!({ "command": "dockworthy.fixAll", "arguments": [uri.clone()] }),
    );
    let is_it = |message: &Message| matches!(message, Message::Request(r) if r.method == "workspace/applyEdit");
    let Message::Request(request) = editor.until(is_it) else {
        panic!("no request");
    };
    let edits = &request.params["edit"]["changes"][&uri];
    assert!(applied(DOCKERFILE, edits).contains("LABEL"));
    editor.send(Response::new_ok(request.id, json!({ "applied": true })).into());
}

#[test]
fn a_fix_that_needs_another_file_makes_it() {
    let text = "FROM alpine:3.22\nCOPY . /app\nUSER 1\n";
    let files = [
        ("Dockerfile", text),
        (".env", "SECRET=1\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
    ];
    let mut editor = Editor::start("companion", &files, literals());
    let all = actions(&mut editor, "Dockerfile", 1, json!(["quickfix"]));
    let with_file = all
        .iter()
        .find(|action| action["edit"]["documentChanges"][0]["kind"] == "create");
    let changes =
        &with_file.unwrap_or_else(|| panic!("{:?}", titles(&all)))["edit"]["documentChanges"];
    assert!(
        changes[0]["uri"]
            .as_str()
            .expect("a URI")
            .ends_with("/.dockerignore")
    );
    let added = changes[1]["edits"][0]["newText"]
        .as_str()
        .expect("a text")
        .to_owned();
    // The same fix adds to the file once it is there, as the editor has it.
    editor.open(".dockerignore", "ignore", "node_modules");
    let all = actions(&mut editor, "Dockerfile", 1, json!(["quickfix"]));
    let changes = all
        .iter()
        .filter_map(|action| action["edit"]["documentChanges"].as_array())
        .flatten()
        .find(|change| {
            change["textDocument"]["uri"]
                .as_str()
                .is_some_and(|uri| uri.ends_with("/.dockerignore"))
        });
    let change = changes.expect("a change");
    assert_eq!(
        applied("node_modules", &change["edits"]),
        format!("node_modules\n{added}")
    );
}

#[test]
fn the_same_is_said_otherwise() {
    let text = "services:\n  a:\n    image: b:1\n    ports:\n      - \"80:80\"  # é\n    environment: [A=1]\n    logging: {driver: local}\n  c:\n    image: d:1\n    logging: {driver: local}\n";
    let mut editor = Editor::start("rewrites", &[], literals());
    editor.open("compose.yaml", "yaml", text);
    for (line, kind, title, expected) in [
        (
            4,
            "refactor.rewrite",
            "Write this port in the long syntax",
            "      - target: 80\n        published: \"80\"  # é\n",
        ),
        (
            5,
            "refactor",
            "Write `environment` as a mapping",
            "    environment: {A: \"1\"}\n",
        ),
        (
            6,
            "refactor.extract",
            "Give `logging` a name, for 2 services",
            "    logging: &logging {driver: local}\n  c:\n    image: d:1\n    logging: *logging\n",
        ),
    ] {
        let place = json!({ "line": line, "character": 14 });
        let params = json!({
            "textDocument": { "uri": editor.uri("compose.yaml") },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": [kind] },
        });
        let found = editor.request("textDocument/codeAction", params);
        let found = found.as_array().expect("a list");
        assert_eq!(titles(found), [title]);
        let edits = &found[0]["edit"]["documentChanges"][0]["edits"];
        let changed = applied(text, edits);
        assert!(changed.contains(expected), "{changed}");
    }
}

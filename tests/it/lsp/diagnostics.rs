//! Diagnostics: pushed and pulled, of documents and of the workspace, and what refreshes them.

use serde_json::{Value, json};

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
    // What the server says more than once while it looks around is not counted; a silent one fails here.
    editor.open("api/Dockerfile", "dockerfile", "FROM alpine:3.22 AS ran\n");
    while !rules(&editor.published("compose.yaml")).contains(&"build-target-not-found") {}
    editor.change("api/Dockerfile", 2, files[0].1);
    while editor.published("compose.yaml") != before {}
}

const SERVICE: &str = "services:\n  a:\n    image: debian:latest\n    mem_limit: 1g\n    cpus: 1\n";

#[test]
fn pulled_diagnostics_are_unchanged_as_long_as_they_are() {
    let pulls = json!({ "textDocument": { "diagnostic": {} } });
    let mut editor = Editor::start("pull", &[("Dockerfile", DOCKERFILE)], pulls);
    let document = json!({ "uri": editor.uri("Dockerfile") });
    let ask = |previous: &Value| json!({ "textDocument": document, "previousResultId": previous });
    let first = editor.request("textDocument/diagnostic", ask(&Value::Null));
    assert_eq!(first["kind"], "full");
    assert_eq!(rules(&list(&first["items"])), ["latest-tag", "root-user"]);
    let again = editor.request("textDocument/diagnostic", ask(&first["resultId"]));
    assert_eq!(
        again,
        json!({ "kind": "unchanged", "resultId": first["resultId"] })
    );
    editor.open("Dockerfile", "dockerfile", "FROM debian:13\nUSER root\n");
    let other = editor.request("textDocument/diagnostic", ask(&first["resultId"]));
    assert_eq!(rules(&list(&other["items"])), ["root-user"]);
}

#[test]
fn the_workspaces_diagnostics_are_those_of_all_files() {
    let files = [
        ("a/Dockerfile", DOCKERFILE),
        ("b/Dockerfile", "FROM scratch\nUSER 1\n"),
        ("compose.yaml", SERVICE),
    ];
    let pulls = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut editor = Editor::start("workspace", &files, pulls);
    let report = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let seen = |report: &Value| -> Vec<(String, String)> {
        let items = report["items"].as_array().expect("a list").iter();
        let one = |item: &Value| {
            let uri = item["uri"]
                .as_str()
                .expect("a URI")
                .rsplit("/workspace/")
                .next();
            (
                uri.expect("a name").to_owned(),
                item["kind"].as_str().expect("a kind").to_owned(),
            )
        };
        items.map(one).collect()
    };
    let pair = |uri: &str, kind: &str| (uri.to_owned(), kind.to_owned());
    assert_eq!(
        seen(&report),
        [pair("a/Dockerfile", "full"), pair("compose.yaml", "full")]
    );
    let known: Vec<Value> = report["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| json!({ "uri": item["uri"], "value": item["resultId"] }))
        .collect();
    // A file that loses its last finding is told of once more.
    editor.open("a/Dockerfile", "dockerfile", "FROM scratch\nUSER 1\n");
    let report = editor.request(
        "workspace/diagnostic",
        json!({ "previousResultIds": known }),
    );
    assert_eq!(
        seen(&report),
        [
            pair("a/Dockerfile", "full"),
            pair("compose.yaml", "unchanged")
        ]
    );
    assert_eq!(report["items"][0]["items"], json!([]));
    assert_eq!(report["items"][0]["version"], 1);
}

#[test]
fn a_client_that_asks_is_not_told_but_asked_to_ask() {
    let files = [
        ("api/Dockerfile", "FROM alpine:3.22 AS run\n"),
        (
            "compose.yaml",
            "services:\n  a:\n    build: {context: api, target: run}\n",
        ),
    ];
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let mut editor = Editor::start("refresh", &files, capabilities);
    editor.told("workspace/diagnostic/refresh");
    editor.open("api/Dockerfile", "dockerfile", "FROM alpine:3.22 AS ran\n");
    editor.told("workspace/diagnostic/refresh");
    assert!(rules(&editor.pull("compose.yaml")).contains(&"build-target-not-found"));
    assert!(!editor.transcript.contains("publishDiagnostics"));
}

#[test]
fn unsaved_texts_win_over_the_disk() {
    let files = [
        (".env", "PORT=80\n"),
        (
            "compose.yaml",
            "services:\n  a:\n    image: debian:13\n    mem_limit: 1g\n    cpus: 1\n    ports: [\"127.0.0.1:${PORT}:80\"]\n",
        ),
    ];
    let mut editor = Editor::start("unsaved", &files, json!({}));
    editor.open("compose.yaml", "dockercompose", files[1].1);
    assert_eq!(editor.published("compose.yaml"), "");
    // The editor's `.env` counts, though it was not saved.
    editor.open(".env", "dotenv", "PORT=eighty\n");
    assert_eq!(
        rules(&editor.published("compose.yaml")),
        ["invalid-port-mapping"]
    );
    editor.change(".env", 2, "PORT=81\n");
    assert_eq!(editor.published("compose.yaml"), "");
}

#[test]
fn an_ignore_file_refreshes_what_is_built_beside_it() {
    let files = [
        ("Dockerfile", "FROM alpine:3.22\nCOPY a /a\nUSER 1\n"),
        ("a", ""),
        (".dockerignore", "b\n"),
    ];
    let mut editor = Editor::start("ignore-file", &files, json!({}));
    editor.open("Dockerfile", "dockerfile", files[0].1);
    let before = editor.published("Dockerfile");
    editor.open(".dockerignore", "ignore", "a\n");
    let after = editor.published("Dockerfile");
    assert_ne!(before, after);
    assert!(rules(&after).contains(&"copy-ignored-file"), "{after}");
}

#[test]
fn files_that_come_and_go_are_noticed() {
    let mut editor = Editor::start("watched", &[("Dockerfile", DOCKERFILE)], json!({}));
    assert_eq!(
        rules(&editor.published("Dockerfile")),
        ["latest-tag", "root-user"]
    );
    editor.write("web.Dockerfile", "FROM debian:latest\nUSER 1\n");
    let event = |editor: &mut Editor, path: &str, kind: u32| {
        let changes = json!([{ "uri": editor.uri(path), "type": kind }]);
        editor.notify(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": changes }),
        );
    };
    event(&mut editor, "web.Dockerfile", 1);
    assert_eq!(rules(&editor.published("web.Dockerfile")), ["latest-tag"]);
    editor.write("web.Dockerfile", "FROM debian\nUSER 1\n");
    event(&mut editor, "web.Dockerfile", 2);
    assert_eq!(
        rules(&editor.published("web.Dockerfile")),
        ["untagged-image"]
    );
    std::fs::remove_file(editor.folder.join("web.Dockerfile")).expect("there");
    event(&mut editor, "web.Dockerfile", 3);
    assert_eq!(editor.published("web.Dockerfile"), "");
}

#[test]
fn several_folders_are_looked_at_and_some_are_closed() {
    let files = [("a/Dockerfile", DOCKERFILE), ("b/Dockerfile", DOCKERFILE)];
    let mut editor = Editor::new("folders", &files);
    let folder = |editor: &Editor, name: &str| json!({ "uri": editor.uri(name), "name": name });
    let folders = json!([folder(&editor, "a")]);
    editor.request(
        "initialize",
        json!({ "capabilities": {}, "workspaceFolders": folders }),
    );
    editor.notify("initialized", json!({}));
    assert_eq!(rules(&editor.published("a/Dockerfile")).len(), 2);
    let event = json!({ "added": [folder(&editor, "b")], "removed": [folder(&editor, "a")] });
    editor.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": event }),
    );
    assert_eq!(editor.published("a/Dockerfile"), "");
    assert_eq!(rules(&editor.published("b/Dockerfile")).len(), 2);
}

#[test]
fn files_outside_any_folder_and_documents_that_are_no_files_are_linted() {
    let mut editor = Editor::new("outside-folders", &[("Dockerfile", DOCKERFILE)]);
    editor.request("initialize", json!({ "capabilities": {}, "rootUri": null }));
    editor.notify("initialized", json!({}));
    editor.open("Dockerfile", "dockerfile", "FROM debian:latest\nUSER 1\n");
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
    editor.open(
        "untitled:Untitled-1",
        "dockerfile",
        "FROM debian:latest\nUSER 1\n",
    );
    assert_eq!(
        rules(&editor.published("untitled:Untitled-1")),
        ["latest-tag"]
    );
    editor.change("untitled:Untitled-1", 2, "FROM debian:13\nUSER 1\n");
    assert_eq!(editor.published("untitled:Untitled-1"), "");
    editor.open("untitled:Untitled-2", "yaml", SERVICE);
    assert_eq!(
        rules(&editor.published("untitled:Untitled-2")),
        ["latest-tag"]
    );
    editor.close("untitled:Untitled-2");
    assert_eq!(editor.published("untitled:Untitled-2"), "");
}

#[test]
fn name_and_content_decide_what_a_document_is() {
    let mut editor = Editor::start("kinds", &[], json!({}));
    for (path, language, text, expected) in [
        ("compose.yaml", "yaml", SERVICE, &["latest-tag"][..]),
        (
            "docker-compose.yml",
            "dockercompose",
            SERVICE,
            &["latest-tag"],
        ),
        ("stack.yml", "dockercompose", SERVICE, &["latest-tag"]),
        ("values.yml", "yaml", SERVICE, &[]),
        (
            "api.build",
            "dockerfile",
            "FROM debian:latest\nUSER 1\n",
            &["latest-tag"],
        ),
        (
            "Dockerfile.tmpl",
            "dockerfile",
            "FROM debian:latest\nUSER 1\n",
            &[],
        ),
    ] {
        editor.open(path, language, text);
        let published = editor.published(path);
        assert!(
            expected.iter().all(|rule| rules(&published).contains(rule)),
            "{path}: {published}"
        );
        assert!(
            !expected.is_empty() || published.is_empty(),
            "{path}: {published}"
        );
    }
}

#[test]
fn diagnostics_say_where_they_are_explained_and_how_to_show_them() {
    let related =
        json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let text =
        "FROM alpine:3.22 AS unused\nFROM alpine:3.22\nRUN cd /tmp\nUSER 1\nENV A=1\nENV A=2\n";
    let mut editor = Editor::start("details", &[], related);
    editor.open("Dockerfile", "dockerfile", text);
    let published = editor.published("Dockerfile");
    shows("details", &published.replace(&editor.uri(""), "file:///w"));
    let uri = editor.uri("Dockerfile");
    let params = json!({ "textDocument": { "uri": uri } });
    let report = editor.request("textDocument/diagnostic", params);
    for diagnostic in report["items"].as_array().expect("a list") {
        let code = diagnostic["code"].as_str().expect("a code");
        let href = diagnostic["codeDescription"]["href"]
            .as_str()
            .expect("an address");
        assert!(
            href.starts_with("https://") && href.ends_with(code),
            "{href}"
        );
        assert_eq!(diagnostic["source"], "dockworthy");
        assert!(diagnostic.get("data").is_none());
    }
}

fn list(items: &Value) -> String {
    super::editor::diagnostics(items)
}

#[test]
fn the_first_look_can_be_cancelled() {
    let capabilities = json!({ "window": { "workDoneProgress": true } });
    let mut editor = Editor::new("cancel-scan", &[("a/Dockerfile", DOCKERFILE)]);
    editor.initialize(capabilities, json!(null));
    // Both are read before anything is linted.
    editor.notify("initialized", json!({}));
    let token = json!({ "token": "dockworthy/scan" });
    editor.notify("window/workDoneProgress/cancel", token);
    while editor.told("$/progress")["value"]["kind"] != "end" {}
    editor.open("b/Dockerfile", "dockerfile", DOCKERFILE);
    assert_eq!(rules(&editor.published("b/Dockerfile")).len(), 2);
    assert_eq!(rules(&editor.pull("a/Dockerfile")).len(), 2);
}

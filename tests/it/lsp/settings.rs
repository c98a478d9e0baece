//! Settings of the editor and configurations of the project, changed while the session goes on.

use lsp_server::{Message, Response};
use serde_json::{Value, json};

use super::editor::{Editor, rules};

const DOCKERFILE: &str = "FROM debian:latest\nUSER 1\n";

fn set(editor: &mut Editor, settings: Value) {
    let params = json!({ "settings": { "dockworthy": settings } });
    editor.notify("workspace/didChangeConfiguration", params);
}

#[test]
fn a_feature_that_is_off_is_not_told_of_and_not_answered() {
    let mut editor = Editor::new("off", &[]);
    let pulls = json!({ "textDocument": { "diagnostic": {} } });
    let off = json!({ "features": { "codeActions": false, "diagnostics": false } });
    let result = editor.initialize(pulls, off);
    let capabilities = &result["capabilities"];
    assert!(
        capabilities.get("codeActionProvider").is_none(),
        "{capabilities}"
    );
    assert!(
        capabilities.get("executeCommandProvider").is_none(),
        "{capabilities}"
    );
    assert!(
        capabilities.get("diagnosticProvider").is_none(),
        "{capabilities}"
    );
    editor.notify("initialized", json!({}));
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    let params = json!({
        "textDocument": { "uri": editor.uri("Dockerfile") },
        "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } },
        "context": { "diagnostics": [] },
    });
    assert_eq!(
        editor.request("textDocument/codeAction", params),
        Value::Null
    );
    assert_eq!(editor.pull("Dockerfile"), "");
}

#[test]
fn features_are_registered_when_they_are_switched_on() {
    let mut editor = Editor::new("registered", &[]);
    let capabilities = json!({ "textDocument": { "codeAction": { "dynamicRegistration": true } } });
    editor.initialize(
        capabilities,
        json!({ "features": { "codeActions": false } }),
    );
    editor.notify("initialized", json!({}));
    set(&mut editor, json!({ "features": { "codeActions": true } }));
    let told = editor.told("client/registerCapability");
    let registration = &told["registrations"][0];
    assert_eq!(registration["method"], "textDocument/codeAction");
    let kinds = &registration["registerOptions"]["codeActionKinds"];
    let all = [
        "quickfix",
        "refactor.rewrite",
        "refactor.extract",
        "source.fixAll.dockworthy",
    ];
    assert_eq!(kinds, &json!(all));
    set(&mut editor, json!({ "enable": false }));
    let told = editor.told("client/unregisterCapability");
    assert_eq!(told["unregisterations"][0]["id"], registration["id"]);
}

#[test]
fn settings_count_at_once() {
    let service = "services:\n  a:\n    image: debian:latest\n    mem_limit: 1g\n    cpus: 1\n";
    let mut editor = Editor::start("live", &[], json!({}));
    editor.open("compose.yaml", "dockercompose", service);
    assert_eq!(rules(&editor.published("compose.yaml")), ["latest-tag"]);
    set(&mut editor, json!({ "enable": false }));
    assert_eq!(editor.published("compose.yaml"), "");
    set(&mut editor, json!({ "preset": "hardened" }));
    let hardened = editor.published("compose.yaml");
    assert!(
        rules(&hardened).contains(&"missing-no-new-privileges"),
        "{hardened}"
    );
    set(&mut editor, json!({ "preset": "none", "colour": true }));
    assert_eq!(editor.published("compose.yaml"), "");
    assert!(
        editor
            .transcript
            .contains("the setting `dockworthy.colour` is not understood")
    );
}

#[test]
fn only_open_files_are_told_of_if_that_is_wanted() {
    let files = [("a/Dockerfile", DOCKERFILE), ("b/Dockerfile", DOCKERFILE)];
    let mut editor = Editor::new("scope", &files);
    editor.initialize(
        json!({}),
        json!({ "diagnostics": { "scope": "openFiles" } }),
    );
    editor.notify("initialized", json!({}));
    editor.open("b/Dockerfile", "dockerfile", DOCKERFILE);
    assert_eq!(rules(&editor.published("b/Dockerfile")), ["latest-tag"]);
    editor.close("b/Dockerfile");
    assert_eq!(editor.published("b/Dockerfile"), "");
    assert!(
        !editor.transcript.contains("a/Dockerfile"),
        "{}",
        editor.transcript
    );
    set(&mut editor, json!({}));
    assert_eq!(rules(&editor.published("a/Dockerfile")), ["latest-tag"]);
}

#[test]
fn a_client_that_answers_is_asked_for_its_settings() {
    let mut editor = Editor::new("asked", &[]);
    editor.initialize(
        json!({ "workspace": { "configuration": true } }),
        json!(null),
    );
    editor.notify("initialized", json!({}));
    let is_it = |message: &Message| matches!(message, Message::Request(r) if r.method == "workspace/configuration");
    let Message::Request(request) = editor.until(is_it) else {
        panic!("no request");
    };
    assert_eq!(
        request.params,
        json!({ "items": [{ "section": "dockworthy" }] })
    );
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
    let answer = json!([{ "features": { "diagnostics": false } }]);
    editor.send(Response::new_ok(request.id, answer).into());
    assert_eq!(editor.published("Dockerfile"), "");
}

#[test]
fn a_configuration_counts_as_it_is_written() {
    let mut editor = Editor::start("config-live", &[], json!({}));
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
    editor.open("dockworthy.yaml", "yaml", "rules:\n  latest-tag: off\n");
    assert_eq!(editor.published("Dockerfile"), "");
    editor.change("dockworthy.yaml", 2, "rules:\n  latest-tag: error\n");
    assert!(editor.published("Dockerfile").contains("error[latest-tag]"));
    editor.close("dockworthy.yaml");
    assert!(
        editor
            .published("Dockerfile")
            .contains("warning[latest-tag]")
    );
}

#[test]
fn a_broken_configuration_never_means_the_defaults() {
    let files = [
        ("dockworthy.yaml", "rules:\n  latest-tagg: off\n"),
        ("Dockerfile", DOCKERFILE),
    ];
    let mut editor = Editor::start("config-broken", &files, json!({}));
    let published = editor.published("dockworthy.yaml");
    assert!(published.starts_with("1:2-1:13 error "), "{published}");
    assert!(published.contains("latest-tag"), "{published}");
    let shown = editor.transcript.matches("window/showMessage").count();
    assert_eq!(shown, 1, "{}", editor.transcript);
    assert!(
        editor
            .transcript
            .contains("the files below it are not linted until that is mended")
    );
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    assert_eq!(editor.published("Dockerfile"), "");
    // While it is being mended, its diagnostics say enough.
    editor.open("dockworthy.yaml", "yaml", "rules:\n  latest-tag: of\n");
    let published = editor.published("dockworthy.yaml");
    assert!(published.starts_with("1:14-1:16 error "), "{published}");
    editor.change("dockworthy.yaml", 2, "rules:\n  latest-tag: info\n");
    assert!(editor.published("Dockerfile").contains("info[latest-tag]"));
    let shown = editor.transcript.matches("window/showMessage").count();
    assert_eq!(shown, 1, "{}", editor.transcript);
}

#[test]
fn what_a_baseline_accepts_is_not_shown() {
    let mut editor = Editor::start("baseline", &[("Dockerfile", DOCKERFILE)], json!({}));
    assert_eq!(rules(&editor.published("Dockerfile")), ["latest-tag"]);
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_dockworthy"))
        .args(["check", "--write-baseline", "--quiet"])
        .current_dir(&editor.folder)
        .output()
        .expect("the binary runs");
    assert!(status.status.success(), "{status:?}");
    let changes = json!([{ "uri": editor.uri("dockworthy-baseline.json"), "type": 1 }]);
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": changes }),
    );
    assert_eq!(editor.published("Dockerfile"), "");
    editor.open("Dockerfile", "dockerfile", "FROM debian\nUSER 1\n");
    assert_eq!(rules(&editor.published("Dockerfile")), ["untagged-image"]);
}

#[test]
fn projects_of_the_configuration_are_linted_as_such() {
    let part = "services:\n  a:\n    image: debian:13\n    mem_limit: 1g\n    cpus: 1\n    networks: [inner]\n";
    let files = [
        (
            "dockworthy.yaml",
            "compose:\n  files: [compose.yaml, part.yaml]\n",
        ),
        ("compose.yaml", "networks:\n  inner: {}\n"),
        ("part.yaml", part),
    ];
    let mut editor = Editor::start("projects", &files, json!({}));
    editor.open("part.yaml", "yaml", part);
    assert_eq!(editor.published("part.yaml"), "");
    editor.open("compose.yaml", "yaml", "networks:\n  outer: {}\n");
    let published = editor.published("part.yaml");
    assert_eq!(rules(&published), ["undefined-network"]);
}

#[test]
fn projects_of_the_configuration_are_asked_as_such() {
    let part =
        "services:\n  a:\n    image: \"debian:${TAG}\"\n    networks: [inner]\n    init: true\n";
    let base = "networks:\n  inner: {}\nservices:\n  a: {init: false}\n";
    let files = [
        (
            "dockworthy.yaml",
            "compose:\n  files: [compose.yaml, part.yaml]\n  env-files: [values]\n",
        ),
        ("compose.yaml", base),
        ("part.yaml", part),
        ("values", "TAG=13\n"),
    ];
    let able = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = Editor::start("projects-asked", &files, able);
    let mut watched = String::new();
    while !watched.contains("**/values") {
        watched = editor.told("client/registerCapability").to_string();
    }
    assert!(watched.contains("**/part.yaml"), "{watched}");
    assert!(!watched.contains("**/compose.yaml"), "{watched}");
    editor.open("part.yaml", "yaml", part);
    let definition = editor.at("part.yaml", 3, 16);
    let found = editor.request("textDocument/definition", definition);
    assert_eq!(found[0]["uri"], editor.uri("compose.yaml"), "{found}");
    let image = editor.at("part.yaml", 2, 16);
    let hover = editor.request("textDocument/hover", image.clone());
    let words = hover["contents"]["value"].as_str().expect("text");
    assert!(words.contains("comes to `debian:13`"), "{words}");
    // Both count as soon as they change.
    editor.write("values", "TAG=12\n");
    let change = json!({ "uri": editor.uri("values"), "type": 2 });
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    let hover = editor.request("textDocument/hover", image.clone());
    let words = hover["contents"]["value"].as_str().expect("text");
    assert!(words.contains("comes to `debian:12`"), "{words}");
    editor.open(
        "dockworthy.yaml",
        "yaml",
        "compose:\n  files: [compose.yaml, part.yaml]\n",
    );
    let hover = editor.request("textDocument/hover", image);
    let words = hover["contents"]["value"].as_str().expect("text");
    assert!(!words.contains("comes to"), "{words}");
}

#[test]
fn what_a_configuration_extends_is_watched_and_counts_at_once() {
    let compose = "services:\n  a:\n    image: debian:latest\n    mem_limit: 1g\n    cpus: 1\n";
    let files = [
        ("dockworthy.yaml", "extends: [shared/base.conf]\n"),
        ("shared/base.conf", "rules: {latest-tag: off}\n"),
        ("compose.yaml", compose),
    ];
    let able = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = Editor::start("extends-watched", &files, able);
    let mut watched = String::new();
    while !watched.contains("base.conf") {
        watched = editor.told("client/registerCapability").to_string();
    }
    editor.open("compose.yaml", "yaml", compose);
    assert_eq!(editor.published("compose.yaml"), "");
    editor.write("shared/base.conf", "rules: {}\n");
    let change = json!({ "uri": editor.uri("shared/base.conf"), "type": 2 });
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    let published = editor.published("compose.yaml");
    assert_eq!(rules(&published), ["latest-tag"]);
    editor.write("dockworthy.yaml", "rules: {}\n");
    let change = json!({ "uri": editor.uri("dockworthy.yaml"), "type": 2 });
    editor.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [change] }),
    );
    let gone = editor.told("client/unregisterCapability").to_string();
    assert!(gone.contains("dockworthy/configuredFiles"), "{gone}");
}

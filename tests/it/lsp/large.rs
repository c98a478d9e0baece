//! Documents of ten megabytes are answered like any other.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::process::{Server, is_whole};

/// How long an answer may take. It takes a second at most; other tests run beside this one.
const PATIENCE: Duration = Duration::from_secs(30);

/// How large a document is. Without optimization each byte takes as long as twenty with it.
fn size() -> usize {
    if is_whole() { 10_000_000 } else { 500_000 }
}

#[test]
fn a_dockerfile_of_many_instructions_is_answered() {
    let line = "RUN echo 0123456789 0123456789 0123456789 0123456789 \"é🎉\" && curl -f x\n";
    let text = format!(
        "FROM debian:latest\n{}USER 1\n",
        line.repeat(size() / line.len())
    );
    serves(
        "large-lines",
        "Dockerfile",
        "dockerfile",
        &text,
        "latest",
        "latest-tag",
    );
}

#[test]
fn a_dockerfile_of_one_long_instruction_is_answered() {
    let text = format!(
        "FROM debian:latest\nRUN echo {}\nUSER 1\n",
        "é ".repeat(size() / 3)
    );
    serves(
        "large-line",
        "Dockerfile",
        "dockerfile",
        &text,
        "latest",
        "latest-tag",
    );
}

#[test]
fn a_compose_file_of_many_services_is_answered() {
    let service = |number: usize| {
        format!(
            "  s{number}:\n    image: debian:13\n    restart: always\n    environment:\n      A: \"é🎉\"\n      B: ${{B}}\n    mem_limit: 1g\n    cpus: 1\n    networks: [default]\n"
        )
    };
    let count = size() / service(10_000).len();
    let services: String = (1..count).map(service).collect();
    let first = "  s0:\n    image: debian:latest\n";
    let text = format!("services:\n{first}{services}");
    serves(
        "large-compose",
        "compose.yaml",
        "dockercompose",
        &text,
        "latest",
        "latest-tag",
    );
}

/// Opens a document, asks everything about it, and mends the one word that a rule is about and breaks it again.
fn serves(name: &str, path: &str, language: &str, text: &str, word: &str, rule: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("lsp")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join(".git")).expect("writable");
    let capabilities = json!({
        "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } },
        "experimental": { "commands": { "commands": ["dockworthy.showReferences"] } },
    });
    let mut server = Server::with_folder(&folder, capabilities);
    let uri = format!("file://{}/{path}", folder.display());
    let mut slowest = (Duration::ZERO, String::new());
    let mut time = |what: &str, begin: Instant| {
        let taken = begin.elapsed();
        assert!(taken < PATIENCE, "{what} of {path} took {taken:?}");
        if taken > slowest.0 {
            slowest = (taken, what.to_owned());
        }
    };
    let begin = Instant::now();
    server.open(&uri, language, 1, text);
    let is_found = |list: &Value| {
        let mut list = list.as_array().expect("a list").iter();
        list.any(|diagnostic| diagnostic["code"] == rule)
    };
    assert!(is_found(server.told_of(&uri, 1)));
    time("opening", begin);
    let document = json!({ "uri": uri });
    let lines = text.lines().count();
    let place = |line: usize| json!({ "line": line, "character": 5 });
    for line in [0, 2, lines / 2, lines - 1] {
        let at = json!({ "textDocument": document, "position": place(line) });
        let range = json!({ "start": place(line), "end": place(line) });
        let context = json!({ "diagnostics": [], "includeDeclaration": true });
        let here = json!({ "textDocument": document, "range": range, "context": context });
        let these = json!({ "textDocument": document, "positions": [place(line)] });
        for (method, params) in [
            ("textDocument/hover", &at),
            ("textDocument/completion", &at),
            ("textDocument/signatureHelp", &at),
            ("textDocument/definition", &at),
            ("textDocument/documentHighlight", &at),
            ("textDocument/codeAction", &here),
            ("textDocument/inlayHint", &here),
            ("textDocument/selectionRange", &these),
        ] {
            let begin = Instant::now();
            server.request(method, params.clone());
            time(method, begin);
        }
    }
    for method in [
        "textDocument/documentSymbol",
        "textDocument/foldingRange",
        "textDocument/semanticTokens/full",
        "textDocument/documentLink",
        "textDocument/formatting",
        "textDocument/codeLens",
    ] {
        let begin = Instant::now();
        let options = json!({ "tabSize": 4, "insertSpaces": true });
        let params = json!({ "textDocument": document, "options": options });
        let answer = server.request(method, params);
        assert!(!answer.is_null(), "{method}");
        time(method, begin);
    }
    let line = text
        .lines()
        .position(|line| line.contains(word))
        .expect("it is there");
    let column = text
        .lines()
        .nth(line)
        .and_then(|line| line.find(word))
        .expect("it is there");
    let at = |character: usize| json!({ "line": line, "character": character });
    let (good, end) = (
        "13.1",
        json!({ "line": lines - 1, "character": 1_000_000_000 }),
    );
    for (version, old, new) in [(2, word, good), (3, good, word)] {
        let range = json!({ "start": at(column), "end": at(column + old.len()) });
        // At the beginning and at the end at once.
        let changes = json!([
            { "range": { "start": end, "end": end }, "text": " " },
            { "range": range, "text": new },
        ]);
        let begin = Instant::now();
        server.edit(&uri, version, changes);
        let told = server.told_of(&uri, version);
        assert_eq!(is_found(told), new == word, "version {version}");
        time("an edit", begin);
    }
    let (taken, what) = slowest;
    println!(
        "{path}, {} bytes: the slowest is {what} with {taken:?}",
        text.len()
    );
}

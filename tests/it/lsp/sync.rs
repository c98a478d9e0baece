//! Random edits leave the server with the text that the editor has: what it says of it is what a server says that is
//! shown the text for the first time.
//!
//! Two documents of one folder are edited, a Dockerfile and the Compose file that builds it, so that each also changes
//! what is said of the other. With every kind of edit: here and there, several in one notification, whole texts, taken
//! back, closed and opened again, with questions in between that leave something to be remembered.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::process::{Server, is_whole};

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("it fits") % limit.max(1)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

const DOCKERFILE: &str = "# syntax=docker/dockerfile:1\nFROM debian:latest AS build\nRUN apt-get update \\\n  # é🎉\n  && apt-get install -y curl\nFROM build\r\nCOPY --from=build /a /b\nUSER root\n";

const COMPOSE: &str = "services:\n  web: # é🎉\n    image: nginx\n    ports: [\"80:80\"]\n    environment:\n      PASSWORD: hunter2\n  db:\n    build: {context: ., target: build}\nvolumes:\n  data: {}\n";

const OVERRIDE: &str = "services:\n  web:\n    image: nginx:${TAG:-1}\n    depends_on: [db]\n";

const WORDS: &[&str] = &[
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "#",
    "\\\n",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "é",
    "🎉",
    "\u{feff}",
    "\0",
    "\u{2028}",
    "e\u{301}",
    "FROM x\n",
    "FROM build AS é🎉\n",
    "ARG A=${B:-c}\r\n",
    "RUN curl http://a | sh\n",
    "RUN <<EOF\n",
    "EOF\n",
    "services:\n",
    "  image: b:latest\n",
    "  é:\n    build: .\n",
    "privileged: true",
    "extends: {file: compose.override.yaml, service: web}",
    "dockerfile: Dockerfile",
    "&a ",
    "*a",
    "|\n",
    "$X",
    "${",
    "# dockworthy: ignore[latest-tag] why\n",
    "USER root\n",
];

/// Questions whose answers are compared, and that are asked in between.
const QUESTIONS: &[&str] = &[
    "textDocument/diagnostic",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/documentLink",
];

/// How many edits are made, and how many of them come between two comparisons.
fn rounds() -> (usize, usize) {
    if is_whole() { (10_000, 20) } else { (400, 50) }
}

#[test]
fn random_edits_are_followed_by_bytes() {
    follow("sync-8", "utf-8", false, 1);
}

#[test]
fn random_edits_are_followed_by_code_units_and_told_of() {
    follow("sync-16", "utf-16", true, 2);
}

#[test]
fn random_edits_are_followed_by_characters() {
    follow("sync-32", "utf-32", false, 3);
}

/// A document as the editor has it.
struct Document {
    uri: String,
    language: &'static str,
    start: &'static str,
    text: String,
    version: i32,
    /// Texts that an undo brings back.
    before: Vec<String>,
}

/// Follows random edits; `is_told` for a client that does not ask for diagnostics.
fn follow(name: &str, encoding: &str, is_told: bool, seed: u64) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("lsp")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join(".git")).expect("writable");
    std::fs::write(folder.join("compose.override.yaml"), OVERRIDE).expect("writable");
    std::fs::write(folder.join(".env"), "TAG=2\nX=é🎉\n").expect("writable");
    let mut text_document = json!({
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        "publishDiagnostics": { "relatedInformation": true },
    });
    if !is_told {
        text_document["diagnostic"] = json!({});
    }
    let capabilities = json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": text_document,
    });
    let mut server = Server::with_folder(&folder, capabilities.clone());
    let mut fresh = Server::with_folder(&folder, capabilities);
    let document = |path: &str, language, start: &'static str| Document {
        uri: format!("file://{}/{path}", folder.display()),
        language,
        start,
        text: start.to_owned(),
        version: 1,
        before: Vec::new(),
    };
    let mut documents = [
        document("Dockerfile", "dockerfile", DOCKERFILE),
        document("compose.yaml", "dockercompose", COMPOSE),
    ];
    for document in &documents {
        server.open(&document.uri, document.language, 1, document.text.as_str());
    }
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15 ^ seed);
    let (rounds, step) = rounds();
    for round in 1..=rounds {
        let number = numbers.below(documents.len());
        let document = &mut documents[number];
        step_on(&mut server, document, &mut numbers, encoding);
        if numbers.below(4) == 0 {
            let asked = documents[numbers.below(documents.len())].uri.clone();
            let question = numbers.pick(QUESTIONS);
            server.request(question, json!({ "textDocument": { "uri": asked } }));
        }
        if round % step == 0 {
            let place = format!("seed {seed}, round {round}");
            compare(&mut server, &mut fresh, &documents, encoding, &place);
            for document in documents.iter().filter(|_| is_told) {
                hears(&mut server, &mut fresh, document);
            }
            for document in &documents {
                fresh.close(&document.uri);
            }
        }
    }
}

/// Makes one edit of a random kind.
fn step_on(server: &mut Server, document: &mut Document, numbers: &mut Numbers, encoding: &str) {
    document.version += 1;
    let old = document.text.clone();
    if document.text.len() > 4_000 {
        document.text = document.start.to_owned();
        let whole = json!([{ "text": document.text }]);
        server.edit(&document.uri, document.version, whole);
        return;
    }
    match numbers.below(40) {
        0 => {
            server.close(&document.uri);
            let (uri, language) = (&document.uri, document.language);
            server.open(uri, language, document.version, &document.text);
            return;
        }
        1 => {
            document.text = document.start.replace('\n', "\r\n");
            let whole = json!([{ "text": document.text }]);
            server.edit(&document.uri, document.version, whole);
        }
        2..8 => {
            let Some(before) = document.before.pop() else {
                server.edit(&document.uri, document.version, json!([]));
                return;
            };
            // What differs is put back at once, as an editor does it.
            let change = difference(&document.text, &before, encoding);
            document.text = before;
            server.edit(&document.uri, document.version, json!([change]));
            return;
        }
        _ => {
            let count = 1 + numbers.below(3);
            let changes: Vec<Value> = (0..count)
                .map(|_| change(&mut document.text, numbers, encoding))
                .collect();
            server.edit(&document.uri, document.version, json!(changes));
        }
    }
    document.before.push(old);
}

/// Compares what a server says that followed the edits with what one says that sees the texts for the first time.
fn compare(
    server: &mut Server,
    fresh: &mut Server,
    documents: &[Document],
    encoding: &str,
    place: &str,
) {
    for document in documents {
        fresh.open(
            &document.uri,
            document.language,
            document.version,
            &document.text,
        );
    }
    for document in documents {
        let place = || format!("{place}, {}: {:?}", document.uri, document.text);
        let followed = answers(server, document);
        let expected = answers(fresh, document);
        for (question, expected) in &expected {
            assert_eq!(followed[question], *expected, "{question}\n{}", place());
        }
        // The last selection that holds a place is the whole text, from its first to its last column.
        if !document.text.is_empty() {
            let end = position(&document.text, document.text.len(), encoding);
            let params = json!({ "textDocument": { "uri": document.uri }, "positions": [end] });
            let mut outer = server.request("textDocument/selectionRange", params)[0].take();
            while outer.get("parent").is_some() {
                outer = outer["parent"].take();
            }
            let whole = json!({ "start": { "line": 0, "character": 0 }, "end": end });
            assert_eq!(outer["range"], whole, "{}", place());
        }
    }
}

/// Waits until a server has told of a document what it says when it is asked. What is said of it also changes with the
/// other one, after its own version was told of.
fn hears(server: &mut Server, fresh: &mut Server, document: &Document) {
    let params = json!({ "textDocument": { "uri": document.uri } });
    let asked = fresh.request("textDocument/diagnostic", params);
    while *server.told_of(&document.uri, document.version) != asked["items"] {
        server.receive();
    }
}

fn answers(server: &mut Server, document: &Document) -> BTreeMap<&'static str, Value> {
    let params = json!({ "textDocument": { "uri": document.uri } });
    let mut ask = |question: &&'static str| (*question, server.request(question, params.clone()));
    QUESTIONS.iter().map(&mut ask).collect()
}

/// Makes a change to the text, and says it as an editor would.
fn change(text: &mut String, numbers: &mut Numbers, encoding: &str) -> Value {
    let places = places(text);
    let first = numbers.below(places.len());
    let length = if numbers.below(3) == 0 {
        numbers.below(12)
    } else {
        0
    };
    let last = (first + length).min(places.len() - 1);
    replace(
        text,
        places[first],
        places[last],
        numbers.pick(WORDS),
        encoding,
    )
}

/// Where an editor may put its cursor: not between the two characters of one line break.
fn places(text: &str) -> Vec<usize> {
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.filter(|at| !is_inside_break(text, *at)).collect()
}

fn is_inside_break(text: &str, at: usize) -> bool {
    text[..at].ends_with('\r') && text[at..].starts_with('\n')
}

/// The one change that makes one text of another.
fn difference(old: &str, new: &str, encoding: &str) -> Value {
    let is_place = |at: &usize| {
        let is = |text: &str| text.is_char_boundary(*at) && !is_inside_break(text, *at);
        is(old) && is(new)
    };
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b);
    let start = (0..=same.count()).rev().find(is_place).expect("0 is one");
    let tails = old[start..].bytes().rev().zip(new[start..].bytes().rev());
    let same = tails.take_while(|(a, b)| a == b).count();
    let is_end = |back: &usize| {
        let is = |text: &str| {
            let at = text.len() - back;
            text.is_char_boundary(at) && !is_inside_break(text, at)
        };
        is(old) && is(new)
    };
    let back = (0..=same).rev().find(is_end).unwrap_or(0);
    let mut text = old.to_owned();
    let change = replace(
        &mut text,
        start,
        old.len() - back,
        &new[start..new.len() - back],
        encoding,
    );
    assert_eq!(text, new);
    change
}

fn replace(text: &mut String, start: usize, end: usize, new: &str, encoding: &str) -> Value {
    let range =
        json!({ "start": position(text, start, encoding), "end": position(text, end, encoding) });
    text.replace_range(start..end, new);
    json!({ "range": range, "text": new })
}

/// The position of a byte, counted in the plainest way.
fn position(text: &str, at: usize, encoding: &str) -> Value {
    let before = &text[..at];
    let mut line = 0;
    let mut begin = 0;
    for (index, character) in before.char_indices() {
        let is_break =
            character == '\n' || character == '\r' && !text[index + 1..].starts_with('\n');
        if is_break {
            line += 1;
            begin = index + 1;
        }
    }
    let rest = &before[begin..];
    let column = match encoding {
        "utf-8" => rest.len(),
        "utf-32" => rest.chars().count(),
        _ => rest.encode_utf16().count(),
    };
    json!({ "line": line, "character": column })
}

//! Random edits, one character here and a block there, leave the server with the text that the editor has.

use serde_json::{Value, json};

use super::editor::Editor;

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

const COMPOSE: &str = "services:\n  web: # é🎉\n    image: nginx\n    ports: [\"80:80\"]\n    environment:\n      PASSWORD: hunter2\n  db:\n    build: .\nvolumes:\n  data: {}\n";

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
    "FROM x\n",
    "RUN curl http://a | sh\n",
    "<<EOF\n",
    "EOF\n",
    "services:\n",
    "  image: b:latest\n",
    "privileged: true",
    "&a ",
    "*a",
    "|\n",
    "$X",
    "${",
    "# dockworthy: ignore[latest-tag] why\n",
    "USER root\n",
];

/// How many edits are made. A run without optimization is slower by far.
fn rounds() -> usize {
    if cfg!(debug_assertions) { 600 } else { 10_000 }
}

#[test]
fn random_edits_of_a_dockerfile_are_followed() {
    follow(
        "sync-dockerfile",
        "Dockerfile",
        "dockerfile",
        DOCKERFILE,
        "utf-16",
        1,
    );
    follow(
        "sync-dockerfile-8",
        "Dockerfile",
        "dockerfile",
        DOCKERFILE,
        "utf-8",
        2,
    );
}

#[test]
fn random_edits_of_a_compose_file_are_followed() {
    follow("sync-compose", "compose.yaml", "yaml", COMPOSE, "utf-16", 3);
    follow(
        "sync-compose-32",
        "compose.yaml",
        "yaml",
        COMPOSE,
        "utf-32",
        4,
    );
}

fn follow(name: &str, path: &str, language: &str, start: &str, encoding: &str, seed: u64) {
    let capabilities = json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": { "diagnostic": {} },
    });
    let other = ("Dockerfile", "FROM alpine:3.22\n");
    let mut editor = Editor::start(name, &[other], capabilities);
    editor.is_recording = false;
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15 ^ seed);
    let mut text = start.to_owned();
    editor.open(path, language, &text);
    let mut version = 1;
    for round in 1..=rounds() {
        version += 1;
        let count = 1 + numbers.below(3);
        let changes: Vec<Value> = (0..count)
            .map(|_| change(&mut text, &mut numbers, encoding))
            .collect();
        editor.edit(path, version, json!(changes));
        if text.len() > 4_000 {
            text = start.to_owned();
            version += 1;
            editor.change(path, version, &text);
        }
        if round % 40 == 0 {
            let followed = editor.pull(path);
            editor.close(path);
            editor.open(path, language, &text);
            assert_eq!(
                editor.pull(path),
                followed,
                "after {round} rounds: {text:?}"
            );
        }
    }
}

/// Makes a change to the text, and says it as an editor would.
fn change(text: &mut String, numbers: &mut Numbers, encoding: &str) -> Value {
    let places: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        // No editor puts its cursor between the two characters of one line break.
        .filter(|at| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n')))
        .collect();
    let first = numbers.below(places.len());
    let length = if numbers.below(3) == 0 {
        numbers.below(12)
    } else {
        0
    };
    let last = (first + length).min(places.len() - 1);
    let (start, end) = (places[first], places[last]);
    let new = numbers.pick(WORDS);
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

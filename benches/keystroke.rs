//! Keystroke to diagnostics over the language server: an edit of one character in a file of 1,000 lines, until its
//! diagnostics are there.
//!
//! `cargo bench --bench keystroke` prints the median and the 99th percentile, which has a budget of 5 ms.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use dockworthy::lsp::{Connection, serve};
use lsp_server::{Notification, Request};
use serde_json::{Value, json};

/// How many edits are measured.
const EDITS: i32 = 2_000;

fn main() {
    let stage = "FROM debian:13 AS stage\nWORKDIR /src\nCOPY . .\nRUN apt-get update \\\n  && apt-get install -y --no-install-recommends curl git \\\n  && rm -rf /var/lib/apt/lists/*\nENV A=1 B=2\nRUN curl -fsSL https://example.com/x.sh | bash\nRUN make && make install\nUSER 1\n";
    let dockerfile = stage.repeat(100);
    let mut compose = String::from("services:\n");
    for number in 0..100 {
        compose.push_str(&format!(
            "  s{number}:\n    image: debian:13\n    restart: always\n    ports:\n      - \"{}:80\"\n    environment:\n      A: \"1\"\n      B: ${{B}}\n    networks:\n      - default\n",
            8000 + number
        ));
    }
    for (name, language, text) in [
        ("Dockerfile", "dockerfile", dockerfile),
        ("compose.yaml", "yaml", compose),
    ] {
        let mut times = measure(name, language, &text);
        times.sort();
        let at = |percent: usize| times[times.len() * percent / 100];
        println!(
            "{name}: {} lines, median {:?}, 99th percentile {:?}",
            text.lines().count(),
            at(50),
            at(99)
        );
    }
}

fn measure(name: &str, language: &str, text: &str) -> Vec<Duration> {
    let (client, messages) = channel();
    let (bodies, told) = channel();
    let server = Connection::new(messages, move |body| drop(bodies.send(body)));
    let thread = std::thread::spawn(move || serve(&server, || "2026-11-23".to_owned()));
    let notify = |method: &str, params: Value| {
        let message = Notification::new(method.to_owned(), params);
        client.send(message.into()).expect("it listens");
    };
    // The clock stops when the message is there; what it says is looked at afterwards.
    let published = |version: i32| loop {
        let body: Vec<u8> = told.recv().expect("it speaks");
        let end = Instant::now();
        let message: Value = serde_json::from_slice(&body).expect("a message");
        if message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["version"] == version
        {
            return end;
        }
    };
    let params = json!({ "capabilities": {}, "rootUri": null, "processId": null });
    let request = Request::new(1.into(), "initialize".to_owned(), params);
    client.send(request.into()).expect("it listens");
    notify("initialized", json!({}));
    let uri = format!("file:///nowhere/{name}");
    let item = json!({ "uri": uri, "languageId": language, "version": 0, "text": text });
    notify("textDocument/didOpen", json!({ "textDocument": item }));
    published(0);
    let mut times = Vec::new();
    for version in 1..=EDITS {
        let line = 500;
        let place = |character: u32| json!({ "line": line, "character": character });
        // A character comes and goes.
        let (range, text) = match version % 2 {
            1 => (json!({ "start": place(0), "end": place(0) }), "#"),
            _ => (json!({ "start": place(0), "end": place(1) }), ""),
        };
        let document = json!({ "uri": uri, "version": version });
        let changes = json!([{ "range": range, "text": text }]);
        let begin = Instant::now();
        notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": changes }),
        );
        times.push(published(version) - begin);
    }
    notify("exit", Value::Null);
    thread.join().expect("no panic");
    times
}

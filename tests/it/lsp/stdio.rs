//! The real binary over its standard streams: frames, garbage between them, exit codes.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A running server.
struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dockworthy"))
            .args(["lsp", "--stdio"])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("piped"));
        Server {
            child,
            input,
            output,
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("not closed");
        input.write_all(bytes).expect("it reads");
        input.flush().expect("it reads");
    }

    fn send(&mut self, message: Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn receive(&mut self) -> Value {
        let mut length = None;
        loop {
            let mut line = String::new();
            assert_ne!(
                self.output.read_line(&mut line).expect("text"),
                0,
                "it ended"
            );
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            let value = line
                .strip_prefix("Content-Length: ")
                .expect("only this field");
            length = Some(value.parse::<usize>().expect("a number"));
        }
        let mut body = vec![0; length.expect("a length")];
        self.output
            .read_exact(&mut body)
            .expect("as long as it says");
        let message: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(message["jsonrpc"], "2.0");
        message
    }

    /// Receives messages up to one with this method.
    fn told(&mut self, method: &str) -> Value {
        loop {
            let message = self.receive();
            if message["method"] == method {
                return message["params"].clone();
            }
        }
    }

    fn initialize(&mut self) {
        let params = json!({ "capabilities": {}, "processId": null, "rootUri": null });
        self.send(
            json!({ "jsonrpc": "2.0", "id": "first", "method": "initialize", "params": params }),
        );
        let answer = self.receive();
        assert_eq!(answer["id"], "first");
        assert_eq!(answer["result"]["serverInfo"]["name"], "dockworthy");
        assert_eq!(
            answer["result"]["capabilities"]["positionEncoding"],
            "utf-16"
        );
        self.send(json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    }

    fn exit_code(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("it ends").code()
    }
}

#[test]
fn a_session_over_the_standard_streams() {
    let mut server = Server::start();
    server.initialize();
    let item = json!({
        "uri": "untitled:Untitled-1", "languageId": "dockerfile", "version": 3,
        "text": "FROM 🎉x:latest\nFROM debian:latest\nUSER 1\n",
    });
    let params = json!({ "textDocument": item });
    server.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
    let published = server.told("textDocument/publishDiagnostics");
    assert_eq!(published["version"], 3);
    let codes: Vec<&str> = published["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|diagnostic| diagnostic["code"].as_str())
        .collect();
    assert!(codes.contains(&"latest-tag"), "{codes:?}");
    server.send(json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
    assert_eq!(
        server.receive(),
        json!({ "jsonrpc": "2.0", "id": 2, "result": null })
    );
    server.send(json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn garbage_is_answered_and_the_session_goes_on() {
    let mut server = Server::start();
    server.initialize();
    for (garbage, id, code) in [
        ("{\"jsonrpc\":", Value::Null, -32700),
        ("\u{1b}[31m", Value::Null, -32700),
        ("[1, 2]", Value::Null, -32600),
        ("{\"id\": 7, \"method\": {}}", json!(7), -32600),
    ] {
        server.raw(format!("Content-Length: {}\r\n\r\n{garbage}", garbage.len()).as_bytes());
        let answer = server.receive();
        assert_eq!(
            (&answer["id"], &answer["error"]["code"]),
            (&id, &json!(code)),
            "{garbage}"
        );
    }
    server.raw(b"\x00\xff\r\n\r\nnonsense without a colon\r\n");
    server.send(json!({ "jsonrpc": "2.0", "id": 8, "method": "textDocument/nonsense" }));
    assert_eq!(server.receive()["error"]["code"], -32601);
    server.send(json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown" }));
    assert_eq!(server.receive()["id"], 9);
    server.send(json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.exit_code(), Some(0));
}

#[test]
fn a_client_that_goes_away_ends_the_server() {
    let mut server = Server::start();
    server.initialize();
    assert_eq!(server.exit_code(), Some(1));
    let mut server = Server::start();
    server.send(json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.exit_code(), Some(1));
    let mut server = Server::start();
    server.raw(b"Content-Length: 100\r\n\r\n{");
    assert_eq!(server.exit_code(), Some(1));
}

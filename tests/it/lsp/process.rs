//! A server that runs as a process of its own, over its standard streams.
//!
//! What takes thousands of edits or megabytes is far slower without optimization. By default such tests take the
//! binary that was built for the tests, and less of everything; with `DOCKWORTHY_SERVER=target/release/dockworthy` they
//! take that one, and the sizes that are promised.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// Names a release binary to run.
const VARIABLE: &str = "DOCKWORTHY_SERVER";

/// Whether the promised sizes are tried.
pub fn is_whole() -> bool {
    std::env::var_os(VARIABLE).is_some() || !cfg!(debug_assertions)
}

/// A running server.
pub struct Server {
    child: Child,
    /// What it reads; `None` once the client went away.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i32,
    /// The diagnostics that it told of last, by URI, each with the version of the text.
    pub published: std::collections::BTreeMap<String, (Value, Value)>,
}

impl Server {
    /// A server that waits for `initialize`.
    pub fn start() -> Server {
        let binary = match std::env::var_os(VARIABLE) {
            Some(path) => Path::new(env!("CARGO_MANIFEST_DIR")).join(path),
            None => PathBuf::from(env!("CARGO_BIN_EXE_dockworthy")),
        };
        let mut child = Command::new(&binary)
            .args(["lsp", "--stdio"])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary.display()));
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("piped"));
        Server {
            child,
            input,
            output,
            next: 1,
            published: std::collections::BTreeMap::new(),
        }
    }

    /// A server for a folder.
    pub fn with_folder(folder: &Path, capabilities: Value) -> Server {
        let mut server = Server::start();
        let folders = json!([{ "uri": format!("file://{}", folder.display()), "name": "w" }]);
        let params = json!({
            "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders,
        });
        server.request("initialize", params);
        server.notify("initialized", json!({}));
        server
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("not closed");
        input.write_all(bytes).expect("it reads");
        input.flush().expect("it reads");
    }

    pub fn send(&mut self, message: Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks something, and gives the result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.next;
        self.next += 1;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let mut message = self.receive();
            if message["id"] == id && message.get("method").is_none() {
                assert!(message.get("error").is_none(), "{method}: {message:.400}");
                return message["result"].take();
            }
        }
    }

    /// The next message. What the server asks is answered with nothing; diagnostics are kept.
    pub fn receive(&mut self) -> Value {
        let mut length = None;
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("text");
            assert_ne!(read, 0, "it ended");
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            let value = line.strip_prefix("Content-Length: ");
            let value = value.expect("only this field");
            length = Some(value.parse::<usize>().expect("a number"));
        }
        let mut body = vec![0; length.expect("a length")];
        self.output
            .read_exact(&mut body)
            .expect("as long as it says");
        let message: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(message["jsonrpc"], "2.0");
        if message.get("method").is_some() && message.get("id").is_some() {
            self.send(json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
        }
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let uri = params["uri"].as_str().expect("a URI").to_owned();
            let told = (params["version"].clone(), params["diagnostics"].clone());
            self.published.insert(uri, told);
        }
        if message["method"] == "window/logMessage" {
            let text = message["params"]["message"].as_str().expect("a text");
            assert!(!text.contains("internal error"), "{text}");
        }
        message
    }

    /// Receives messages up to one with this method.
    pub fn told(&mut self, method: &str) -> Value {
        loop {
            let mut message = self.receive();
            if message["method"] == method {
                return message["params"].take();
            }
        }
    }

    /// Waits for the diagnostics of a version of a document.
    pub fn told_of(&mut self, uri: &str, version: i32) -> &Value {
        while self
            .published
            .get(uri)
            .is_none_or(|(known, _)| *known != version)
        {
            self.receive();
        }
        &self.published[uri].1
    }

    pub fn open(&mut self, uri: &str, language: &str, version: i32, text: &str) {
        let item = json!({ "uri": uri, "languageId": language, "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    pub fn edit(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    pub fn close(&mut self, uri: &str) {
        let params = json!({ "textDocument": { "uri": uri } });
        self.notify("textDocument/didClose", params);
    }

    /// The exit code of a server whose client goes away.
    pub fn exit_code(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends by itself when nobody speaks to it; a test that failed does not wait for that.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

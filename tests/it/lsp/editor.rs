//! An editor that follows a script, and the transcript of what was said.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use dockworthy::lsp::{Connection, Ending, serve};
use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// How long the server may think. Other tests run beside this one.
const PATIENCE: Duration = Duration::from_secs(30);

/// The client's end of a connection in memory.
struct Wire {
    sender: Sender<Message>,
    receiver: Receiver<Vec<u8>>,
}

/// A folder with files, and a server for it.
pub struct Editor {
    pub folder: PathBuf,
    wire: Option<Wire>,
    server: Option<JoinHandle<Ending>>,
    next: i32,
    /// What was said, with the folder's name replaced.
    pub transcript: String,
    /// Whether what is said goes into the transcript.
    pub is_recording: bool,
    /// Whether diagnostics stay out of it: they come between answers, sooner or later.
    pub hides_diagnostics: bool,
}

impl Editor {
    /// A folder with files that looks like the root of a repository, and a server that waits for `initialize`.
    pub fn new(name: &str, files: &[(&str, &str)]) -> Editor {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("lsp")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join(".git")).expect("writable");
        let (sender, messages) = channel();
        let (bodies, receiver) = channel();
        // What is sent to an editor that is gone is lost.
        let server = Connection::new(messages, move |body| drop(bodies.send(body)));
        let server = std::thread::spawn(move || serve(&server, || "2026-11-23".to_owned()));
        let editor = Editor {
            folder,
            wire: Some(Wire { sender, receiver }),
            server: Some(server),
            next: 1,
            transcript: String::new(),
            is_recording: true,
            hides_diagnostics: false,
        };
        for (path, text) in files {
            editor.write(path, text);
        }
        editor
    }

    /// A server that was told of the folder, and of these abilities of the client.
    pub fn start(name: &str, files: &[(&str, &str)], capabilities: Value) -> Editor {
        let mut editor = Editor::new(name, files);
        editor.initialize(capabilities, json!(null));
        editor.notify("initialized", json!({}));
        editor
    }

    /// Says who the client is.
    pub fn initialize(&mut self, capabilities: Value, options: Value) -> Value {
        let folders = json!([{ "uri": self.uri(""), "name": "w" }]);
        self.request(
            "initialize",
            json!({
                "processId": null,
                "rootUri": null,
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": folders,
            }),
        )
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
        std::fs::write(path, text).expect("writable");
    }

    /// The URI of a file in the folder.
    pub fn uri(&self, path: &str) -> String {
        if path.contains(':') {
            return path.to_owned();
        }
        let folder = format!("file://{}", self.folder.display());
        if path.is_empty() {
            folder
        } else {
            format!("{folder}/{path}")
        }
    }

    fn wire(&self) -> &Wire {
        self.wire.as_ref().expect("not ended")
    }

    pub fn send(&mut self, message: Message) {
        self.record("-->", &message);
        self.wire()
            .sender
            .send(message)
            .expect("the server listens");
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    /// Sends a request without waiting for its answer.
    pub fn ask(&mut self, method: &str, params: Value) -> RequestId {
        let id = RequestId::from(self.next);
        self.next += 1;
        self.send(Request::new(id.clone(), method.to_owned(), params).into());
        id
    }

    /// Sends a request and gives its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let response = self.response(method, params);
        match response.response_result {
            Ok(result) => result,
            Err(error) => panic!("{method}: {error:?}"),
        }
    }

    /// Sends a request and gives the number and the message of its refusal.
    pub fn refusal(&mut self, method: &str, params: Value) -> (i32, String) {
        match self.response(method, params).response_result {
            Ok(result) => panic!("{method} was answered: {result}"),
            Err(error) => (error.code, error.message),
        }
    }

    fn response(&mut self, method: &str, params: Value) -> Response {
        let id = self.ask(method, params);
        let is_it = |message: &Message| matches!(message, Message::Response(r) if r.id == id);
        match self.until(is_it) {
            Message::Response(response) => response,
            other => panic!("{other:?}"),
        }
    }

    /// Receives messages up to one; what the server asks is answered with nothing.
    pub fn until(&mut self, is_it: impl Fn(&Message) -> bool) -> Message {
        loop {
            let received = self.wire().receiver.recv_timeout(PATIENCE);
            let Ok(body) = received else {
                panic!("the server says no more after:\n{}", self.transcript);
            };
            let message = serde_json::from_slice(&body).expect("a message");
            self.record("<--", &message);
            if is_it(&message) {
                return message;
            }
            if let Message::Request(request) = message {
                let response = Response::new_ok(request.id, Value::Null);
                self.wire()
                    .sender
                    .send(response.into())
                    .expect("the server listens");
            }
        }
    }

    /// Receives messages up to a notification or request with this method, and gives its parameters.
    pub fn told(&mut self, method: &str) -> Value {
        let is_it = |message: &Message| match message {
            Message::Notification(notification) => notification.method == method,
            Message::Request(request) => request.method == method,
            Message::Response(_) => false,
        };
        match self.until(is_it) {
            Message::Notification(notification) => notification.params,
            Message::Request(request) => {
                let response = Response::new_ok(request.id, Value::Null);
                self.wire()
                    .sender
                    .send(response.into())
                    .expect("the server listens");
                request.params
            }
            Message::Response(response) => panic!("{response:?}"),
        }
    }

    /// Receives messages up to the diagnostics of a file, and gives these, one a line.
    pub fn published(&mut self, path: &str) -> String {
        let uri = self.uri(path);
        let is_it = |message: &Message| {
            matches!(message, Message::Notification(notification)
                if notification.method == "textDocument/publishDiagnostics"
                    && notification.params["uri"] == *uri)
        };
        match self.until(is_it) {
            Message::Notification(notification) => diagnostics(&notification.params["diagnostics"]),
            other => panic!("{other:?}"),
        }
    }

    /// The parameters of a question about a document.
    pub fn document(&self, path: &str) -> Value {
        json!({ "textDocument": { "uri": self.uri(path) } })
    }

    /// The parameters of a question about a place.
    pub fn at(&self, path: &str, line: u32, character: u32) -> Value {
        let mut params = self.document(path);
        params["position"] = json!({ "line": line, "character": character });
        params
    }

    pub fn open(&mut self, path: &str, language: &str, text: &str) {
        let item =
            json!({ "uri": self.uri(path), "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Replaces a document's whole text.
    pub fn change(&mut self, path: &str, version: i32, text: &str) {
        self.edit(path, version, json!([{ "text": text }]));
    }

    pub fn edit(&mut self, path: &str, version: i32, changes: Value) {
        let document = json!({ "uri": self.uri(path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    pub fn close(&mut self, path: &str) {
        let document = json!({ "uri": self.uri(path) });
        self.notify("textDocument/didClose", json!({ "textDocument": document }));
    }

    /// Asks for the diagnostics of a document, and gives them one a line.
    pub fn pull(&mut self, path: &str) -> String {
        let document = json!({ "textDocument": { "uri": self.uri(path) } });
        let report = self.request("textDocument/diagnostic", document);
        assert_eq!(report["kind"], "full");
        diagnostics(&report["items"])
    }

    /// Ends the session properly, and gives how the server saw it.
    pub fn shut_down(&mut self) -> Ending {
        self.request("shutdown", Value::Null);
        self.exit()
    }

    /// Says `exit`, and gives how the server saw it.
    pub fn exit(&mut self) -> Ending {
        self.notify("exit", Value::Null);
        self.wire = None;
        let server = self.server.take().expect("not ended");
        server.join().expect("no panic")
    }

    fn record(&mut self, arrow: &str, message: &Message) {
        let is_diagnostics = matches!(message, Message::Notification(notification)
            if notification.method == "textDocument/publishDiagnostics");
        if !self.is_recording || self.hides_diagnostics && is_diagnostics {
            return;
        }
        let mut line = match message {
            Message::Request(request) => {
                format!(
                    "{arrow} {} #{}{}",
                    request.method,
                    request.id,
                    shown(&request.params)
                )
            }
            Message::Notification(notification) => {
                let params = &notification.params;
                match &*notification.method {
                    "textDocument/publishDiagnostics" => {
                        let version = match params["version"].as_i64() {
                            Some(version) => format!(" v{version}"),
                            None => String::new(),
                        };
                        let uri = params["uri"].as_str().unwrap_or_default();
                        let list = indented(&diagnostics(&params["diagnostics"]));
                        format!("{arrow} {} {uri}{version}{list}", notification.method)
                    }
                    method => format!("{arrow} {method}{}", shown(params)),
                }
            }
            Message::Response(response) => match &response.response_result {
                Ok(result) => format!("{arrow} #{}{}", response.id, shown(result)),
                Err(error) => format!(
                    "{arrow} #{} refused ({}): {}",
                    response.id, error.code, error.message
                ),
            },
        };
        line = line.replace(&self.uri(""), "file:///w");
        line = line.replace(&self.folder.display().to_string(), "/w");
        line = line.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let _ = writeln!(self.transcript, "{line}");
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.wire = None;
    }
}

/// Diagnostics, one a line, help and labels below: `2:6-2:10 warning[root-user] …`, lines and columns from 0.
pub fn diagnostics(list: &Value) -> String {
    let mut text = String::new();
    for diagnostic in list.as_array().expect("a list") {
        let severity = match diagnostic["severity"].as_u64() {
            Some(1) => "error",
            Some(2) => "warning",
            _ => "info",
        };
        let code = match diagnostic["code"].as_str() {
            Some(code) => format!("[{code}]"),
            None => String::new(),
        };
        let range = range(&diagnostic["range"]);
        let message = diagnostic["message"]
            .as_str()
            .expect("a message")
            .replace('\n', "\n    ");
        let _ = writeln!(text, "{range} {severity}{code} {message}");
        for tag in diagnostic["tags"].as_array().into_iter().flatten() {
            let tag = if tag == 1 {
                "unnecessary"
            } else {
                "deprecated"
            };
            let _ = writeln!(text, "    {tag}");
        }
        for related in diagnostic["relatedInformation"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let uri = related["location"]["uri"].as_str().unwrap_or_default();
            let place = self::range(&related["location"]["range"]);
            let message = related["message"].as_str().unwrap_or_default();
            let _ = writeln!(text, "    {uri} {place} {message}");
        }
    }
    text
}

/// The rules in a list of diagnostics as [`diagnostics`] shows it.
pub fn rules(list: &str) -> Vec<&str> {
    let lines = list.lines().filter(|line| !line.starts_with(' '));
    let rules = lines.filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0));
    rules.collect()
}

fn range(range: &Value) -> String {
    let at = |place: &Value| format!("{}:{}", place["line"], place["character"]);
    format!("{}-{}", at(&range["start"]), at(&range["end"]))
}

/// A value below its message: on the same line if it is short, else indented.
fn shown(value: &Value) -> String {
    if value.is_null() {
        return String::new();
    }
    let text = value.to_string();
    if text.len() <= 100 {
        return format!(" {text}");
    }
    indented(&serde_yaml::to_string(&with_short_ranges(value)).expect("a value"))
}

/// The same with each range as one word.
fn with_short_ranges(value: &Value) -> Value {
    let is_range = |value: &Value| value["start"]["line"].is_u64() && value["end"]["line"].is_u64();
    match value {
        value if is_range(value) => range(value).into(),
        Value::Array(items) => items.iter().map(with_short_ranges).collect(),
        Value::Object(map) => {
            let entries = map
                .iter()
                .map(|(key, value)| (key.clone(), with_short_ranges(value)));
            Value::Object(entries.collect())
        }
        other => other.clone(),
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("\n      {line}"));
    lines.collect()
}

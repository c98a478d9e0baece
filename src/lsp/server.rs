//! The loop: reads what is there, answers in order, and works when there is nothing to answer.
//!
//! Messages are drained before anything is linted, so that a burst of edits costs one run, and a request that was
//! cancelled meanwhile costs nothing. A panic ends the message that it happened in, never the session.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    ConfigurationItem, ConfigurationParams, ConfigurationRequest, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, InitializeResult, MessageType, SaveOptions,
    ServerCapabilities, ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceFolder,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::client::Client;
use super::convert;
use super::diagnostics;
use super::documents::Name;
use super::features::{self, Answer, Failure, Feature};
use super::outbox::{Outbox, Question};
use super::params::{DidChange, DidOpen, Whole};
use super::registration::Registered;
use super::session::{Files, Session};
use super::settings::{SECTION, Settings};
use super::transport::Connection;
use super::watch;
use crate::workspace::fs::Disk;

/// How a session ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// The client said that it was done.
    Orderly,
    /// The client went away without a word.
    Abrupt,
}

/// Serves a client until it says `exit` or is gone. `today` gives the date (`YYYY-MM-DD`), which decides about expired
/// suppressions.
pub fn serve(connection: &Connection, today: fn() -> String) -> Ending {
    serve_with(connection, today, features::all())
}

fn serve_with(connection: &Connection, today: fn() -> String, features: Vec<Feature>) -> Ending {
    let outbox = Outbox::new(connection);
    let Some((id, params)) = wait_for_initialize(connection, &outbox) else {
        return Ending::Abrupt;
    };
    let client = Client::new(&params);
    let files = Files::new(Disk::new(""));
    let mut server = Server {
        session: Session::new(&files, client, outbox, today),
        names: features::names(&features),
        features,
        registered: Registered::default(),
        queue: VecDeque::new(),
        is_ready: false,
        is_shut_down: false,
    };
    server.initialize(id);
    server.run(connection)
}

/// Refuses everything until the client says who it is.
fn wait_for_initialize(connection: &Connection, outbox: &Outbox) -> Option<(RequestId, Value)> {
    for message in &connection.receiver {
        match message {
            Message::Request(request) if request.method == "initialize" => {
                return Some((request.id, request.params));
            }
            Message::Request(request) => {
                let message = format!("`{}` came before `initialize`", request.method);
                let failure = Failure::new(ErrorCode::ServerNotInitialized, message);
                outbox.answer(&request.id, Err(failure));
            }
            Message::Notification(notification) if notification.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
    None
}

struct Server<'f> {
    session: Session<'f>,
    features: Vec<Feature>,
    /// The names that features have in the settings.
    names: Vec<&'static str>,
    registered: Registered,
    queue: VecDeque<Message>,
    /// Whether the client has heard what the server can do.
    is_ready: bool,
    is_shut_down: bool,
}

impl Server<'_> {
    fn initialize(&mut self, id: RequestId) {
        let options = self.session.client.options.clone();
        self.configure(&options);
        let result = InitializeResult {
            capabilities: self.capabilities(),
            server_info: Some(ServerInfo {
                name: "dockworthy".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        let answer = features::answer(serde_json::to_value(result));
        self.session.outbox.answer(&id, answer);
    }

    fn capabilities(&mut self) -> ServerCapabilities {
        let client = &self.session.client;
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(
                SaveOptions {
                    include_text: Some(false),
                }
                .into(),
            ),
            ..TextDocumentSyncOptions::default()
        };
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(true.into()),
        };
        let mut capabilities = ServerCapabilities {
            position_encoding: Some(client.encoding.kind()),
            text_document_sync: Some(sync.into()),
            workspace: Some(WorkspaceOptions {
                workspace_folders: Some(folders),
                ..WorkspaceOptions::default()
            }),
            ..ServerCapabilities::default()
        };
        let settings = &self.session.settings;
        self.registered
            .begin(&self.features, settings, client, &mut capabilities);
        capabilities
    }

    fn run(&mut self, connection: &Connection) -> Ending {
        loop {
            while let Ok(message) = connection.receiver.try_recv() {
                self.enqueue(message);
            }
            let message = match self.queue.pop_front() {
                Some(message) => message,
                None if self.is_ready && !self.is_shut_down && !self.session.is_idle() => {
                    self.guarded("linting", |server| server.session.work());
                    continue;
                }
                None => match connection.receiver.recv() {
                    Ok(message) => {
                        self.enqueue(message);
                        continue;
                    }
                    Err(_) => return self.ending(),
                },
            };
            match message {
                Message::Request(request) => self.request(request),
                Message::Notification(notification) if notification.method == "exit" => {
                    return self.ending();
                }
                Message::Notification(notification) => {
                    let method = notification.method.clone();
                    self.guarded(&method, |server| server.notification(notification));
                }
                Message::Response(response) => {
                    self.guarded("an answer", |server| server.response(response));
                }
            }
        }
    }

    fn ending(&self) -> Ending {
        match self.is_shut_down {
            true => Ending::Orderly,
            false => Ending::Abrupt,
        }
    }

    /// Puts a message in line, unless it takes another one out of it.
    fn enqueue(&mut self, message: Message) {
        if let Message::Notification(notification) = &message
            && notification.method == "$/cancelRequest"
        {
            let id = notification.params.get("id").cloned().unwrap_or_default();
            if let Ok(id) = serde_json::from_value::<RequestId>(id) {
                self.cancel(&id);
            }
            return;
        }
        self.queue.push_back(message);
    }

    fn cancel(&mut self, id: &RequestId) {
        let is_it =
            |message: &Message| matches!(message, Message::Request(request) if request.id == *id);
        if let Some(at) = self.queue.iter().position(is_it) {
            self.queue.remove(at);
            let failure = Failure::new(ErrorCode::RequestCanceled, "the client cancelled this");
            self.session.outbox.answer(id, Err(failure));
        }
    }

    /// Does something that must not end the session.
    fn guarded(&mut self, what: &str, act: impl FnOnce(&mut Self)) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| act(self))) {
            let message = panic_message(&*panic);
            let message = format!("internal error in {what}: {message}; please report it");
            self.session.outbox.log(MessageType::Error, message);
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let refused = |message: &str| Err(Failure::new(ErrorCode::InvalidRequest, message));
        let result = match &*method {
            _ if self.is_shut_down => refused("the server was shut down"),
            "initialize" => refused("the server is initialized already"),
            "shutdown" => {
                self.is_shut_down = true;
                Ok(b"null".to_vec())
            }
            _ => self.feature(&method, params),
        };
        self.session.outbox.answer(&id, result);
    }

    fn feature(&mut self, method: &str, params: Value) -> Answer {
        let Some(feature) = self
            .features
            .iter()
            .find(|feature| feature.method == method)
        else {
            let message = format!("`{method}` is not known");
            return Err(Failure::new(ErrorCode::MethodNotFound, message));
        };
        if !self.session.settings.has(feature.name) && feature.name != diagnostics::FEATURE {
            return Ok(b"null".to_vec());
        }
        // Diagnostics that are off are an empty list, since null is no answer there.
        feature.answer(&mut self.session, params)
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match &*method {
            "initialized" => self.initialized(),
            "textDocument/didOpen" => {
                if let Some(params) = self.read::<DidOpen>(&method, params) {
                    self.session.opened(params.text_document);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = self.read::<DidChange>(&method, params) {
                    self.session.changed(params);
                }
            }
            "textDocument/didSave" => {
                if let Some(params) = self.read::<Whole>(&method, params) {
                    self.session.saved(&params.text_document.uri);
                }
            }
            "textDocument/didClose" => {
                if let Some(params) = self.read::<Whole>(&method, params) {
                    self.session.closed(&params.text_document.uri);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(params) = self.read::<DidChangeWatchedFilesParams>(&method, params) {
                    self.session.files_changed(params.changes);
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(params) = self.read::<DidChangeWorkspaceFoldersParams>(&method, params)
                {
                    let paths = |folders: Vec<WorkspaceFolder>| -> Vec<_> {
                        let paths = folders
                            .iter()
                            .filter_map(|folder| convert::path(&folder.uri));
                        paths.collect()
                    };
                    let event = params.event;
                    self.session
                        .folders_changed(paths(event.added), &paths(event.removed));
                }
            }
            "workspace/didChangeConfiguration" => {
                if self.session.client.has_configuration {
                    self.ask_configuration();
                } else {
                    self.configure(&params["settings"]);
                }
            }
            "window/workDoneProgress/cancel" => self.session.cancel_scan(&params["token"]),
            // Whatever else a client tells is not for this server.
            _ => {}
        }
    }

    fn read<P: DeserializeOwned>(&mut self, method: &str, params: Value) -> Option<P> {
        match serde_json::from_value(params) {
            Ok(params) => Some(params),
            Err(error) => {
                let message = format!("`{method}` is not understood: {error}");
                self.session.outbox.log(MessageType::Warning, message);
                None
            }
        }
    }

    fn initialized(&mut self) {
        if std::mem::replace(&mut self.is_ready, true) {
            return;
        }
        watch::register(&self.session.client, &mut self.session.outbox);
        if self.session.client.has_configuration {
            self.ask_configuration();
        }
        self.session.begin_scan();
    }

    fn ask_configuration(&mut self) {
        let item = ConfigurationItem {
            section: Some(SECTION.to_owned()),
            ..ConfigurationItem::default()
        };
        let params = ConfigurationParams { items: vec![item] };
        let outbox = &mut self.session.outbox;
        outbox.ask::<ConfigurationRequest>(params, Question::Configuration);
    }

    fn response(&mut self, response: Response) {
        let answered = self.session.outbox.answered(response);
        if let Some((Question::Configuration, Some(result))) = answered {
            // Without settings of its own, the client says null; then those that it sent at first still count.
            if let Some(value) = result.get(0).filter(|value| !value.is_null()) {
                self.configure(value);
            }
        }
    }

    fn configure(&mut self, value: &Value) {
        let (settings, faults) = Settings::read(value, &self.names);
        self.session.configure(settings, &faults);
        if self.is_ready {
            let Session {
                client,
                settings,
                outbox,
                ..
            } = &mut self.session;
            self.registered
                .update(&self.features, settings, client, outbox);
        }
    }
}

/// What a panic said.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "no message".to_owned())
}

/// The document that a request is about, if it is about one.
pub(super) fn document_of(params: &Value) -> Option<Name> {
    let uri = params.pointer("/textDocument/uri")?.as_str()?;
    Some(Name::new(&uri.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::features::Failure;
    use lsp_types::{HoverRequest, Request as _};
    use serde_json::json;
    use std::sync::mpsc::channel;

    /// Sends messages to a server whose hover panics, and gives what it sends until it is gone.
    fn answers(messages: Vec<Message>) -> (Vec<Message>, Ending) {
        let (sender, receiver) = channel();
        for message in messages {
            sender.send(message).unwrap();
        }
        let (bodies, told) = channel();
        let server = Connection::new(receiver, move |body| drop(bodies.send(body)));
        let handler =
            |_: &mut Session<'_>, _: Value| -> Result<_, Failure> { panic!("on purpose") };
        let mut features = features::all();
        features.retain(|feature| feature.method != HoverRequest::METHOD.as_str());
        features.push(Feature::acting::<HoverRequest, _>(
            "hover",
            |_, _| {},
            handler,
        ));
        let ending = serve_with(&server, || "2026-11-23".to_owned(), features);
        drop(server);
        let told = told.iter().map(|body| serde_json::from_slice(&body));
        (told.map(Result::unwrap).collect(), ending)
    }

    fn request(id: i32, method: &str, params: Value) -> Message {
        let id = RequestId::from(id);
        let method = method.to_owned();
        Request { id, method, params }.into()
    }

    #[test]
    fn a_panic_in_a_request_ends_only_that_request() {
        let place = json!({
            "textDocument": { "uri": "file:///w/Dockerfile" },
            "position": { "line": 0, "character": 0 },
        });
        let (answers, ending) = answers(vec![
            request(1, "initialize", json!({ "capabilities": {} })),
            request(2, "textDocument/hover", place.clone()),
            request(3, "textDocument/diagnostic", place),
            request(4, "shutdown", Value::Null),
            Notification::new("exit".to_owned(), Value::Null).into(),
        ]);
        let outcome: Vec<(String, Option<String>)> = answers
            .into_iter()
            .filter_map(|message| match message {
                Message::Response(response) => {
                    let error = response.response_result.err();
                    let error = error.map(|error| format!("{} {}", error.code, error.message));
                    Some((response.id.to_string(), error))
                }
                _ => None,
            })
            .collect();
        let panicked = "-32603 internal error in textDocument/hover: on purpose; please report it";
        let expected = [("1", None), ("2", Some(panicked)), ("3", None), ("4", None)];
        let expected = expected.map(|(id, error)| (id.to_owned(), error.map(str::to_owned)));
        assert_eq!(outcome, expected);
        assert_eq!(ending, Ending::Orderly);
    }
}

//! What the server says without being asked: notifications, and requests to the client.

use std::collections::HashMap;
use std::sync::Arc;

use lsp_server::{RequestId, Response};
use lsp_types::{MessageType, Notification, Request, ShowMessageParams};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::features::Answer;
use super::transport::Connection;

/// A question that the client has yet to answer, and what its answer is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// The settings.
    Configuration,
    /// Nothing that the server waits for.
    Other,
}

/// Sends messages, and remembers what was asked.
pub struct Outbox {
    send: Arc<dyn Fn(Vec<u8>) + Send + Sync>,
    next: i32,
    asked: HashMap<RequestId, Question>,
}

impl Outbox {
    /// Sends over a connection.
    pub fn new(connection: &Connection) -> Outbox {
        Outbox {
            send: connection.send.clone(),
            next: 0,
            asked: HashMap::new(),
        }
    }

    /// Answers a request.
    pub fn answer(&self, id: &RequestId, answer: Answer) {
        match answer {
            Ok(result) => {
                let id = value(id).to_string();
                let mut body = Vec::with_capacity(result.len() + id.len() + 50);
                body.extend(br#"{"jsonrpc":"2.0","id":"#);
                body.extend(id.into_bytes());
                body.extend(br#","result":"#);
                body.extend(result);
                body.push(b'}');
                self.send(body);
            }
            Err(failure) => {
                let error = json!({ "code": failure.code, "message": failure.message });
                self.tell([("id", value(id)), ("error", error)]);
            }
        }
    }

    /// Tells the client something.
    pub fn notify<N: Notification>(&self, params: N::Params) {
        let method = N::METHOD.as_str().into();
        self.tell([("method", method), ("params", value(params))]);
    }

    /// Asks the client for something.
    pub fn ask<R: Request>(&mut self, params: R::Params, question: Question) {
        let id = RequestId::from(self.next);
        self.next = self.next.wrapping_add(1);
        let method = R::METHOD.as_str().into();
        self.tell([
            ("id", value(&id)),
            ("method", method),
            ("params", value(params)),
        ]);
        self.asked.insert(id, question);
    }

    fn tell<const N: usize>(&self, fields: [(&str, Value); N]) {
        // Parameters may be left out, but are never null.
        let fields = fields
            .into_iter()
            .filter(|(name, value)| *name != "params" || !value.is_null());
        let mut message: Map<String, Value> = fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        message.insert("jsonrpc".to_owned(), "2.0".into());
        self.send(Value::Object(message).to_string().into_bytes());
    }

    /// Sends a message that is JSON already.
    pub fn send(&self, body: Vec<u8>) {
        (self.send)(body);
    }

    /// Takes an answer. Gives what was asked, and the result if it was not refused.
    pub fn answered(&mut self, response: Response) -> Option<(Question, Option<Value>)> {
        let question = self.asked.remove(&response.id)?;
        Some((question, response.response_result.ok()))
    }

    /// Shows a message to the user.
    pub fn show(&self, kind: MessageType, message: impl Into<String>) {
        let message = message.into();
        self.notify::<lsp_types::ShowMessageNotification>(ShowMessageParams { kind, message });
    }

    /// Writes a line into the client's log.
    pub fn log(&self, kind: MessageType, message: impl Into<String>) {
        let message = message.into();
        self.notify::<lsp_types::LogMessageNotification>(lsp_types::LogMessageParams {
            kind,
            message,
        });
    }
}

/// What a message says. What cannot be written as JSON cannot be sent either.
fn value(params: impl Serialize) -> Value {
    serde_json::to_value(params).unwrap_or_default()
}

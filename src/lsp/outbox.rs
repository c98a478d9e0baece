//! What the server says without being asked: notifications, and requests to the client.

use std::collections::HashMap;

use lsp_server::{Connection, Message, RequestId, Response};
use lsp_types::{MessageType, Notification, Request, ShowMessageParams};
use serde_json::Value;

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
    send: Box<dyn Fn(Message)>,
    next: i32,
    asked: HashMap<RequestId, Question>,
}

impl Outbox {
    /// Sends over a connection.
    pub fn new(connection: &Connection) -> Outbox {
        let sender = connection.sender.clone();
        Outbox {
            // A client that is gone is noticed by what reads from it.
            send: Box::new(move |message| drop(sender.send(message))),
            next: 0,
            asked: HashMap::new(),
        }
    }

    /// Answers a request.
    pub fn answer(&self, response: Response) {
        (self.send)(response.into());
    }

    /// Tells the client something.
    pub fn notify<N: Notification>(&self, params: N::Params) {
        let method = N::METHOD.as_str().to_owned();
        (self.send)(lsp_server::Notification::new(method, params).into());
    }

    /// Asks the client for something.
    pub fn ask<R: Request>(&mut self, params: R::Params, question: Question) {
        let id = RequestId::from(self.next);
        self.next = self.next.wrapping_add(1);
        self.asked.insert(id.clone(), question);
        let method = R::METHOD.as_str().to_owned();
        (self.send)(lsp_server::Request::new(id, method, params).into());
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

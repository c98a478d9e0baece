//! Messages over a pair of streams: each with a header that tells its length.
//!
//! Unlike the transport that `lsp_server` brings, this one answers what is no message and goes on, and makes no room
//! for a length before it was sent.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::Deserialize;
use serde_json::{Value, json};

/// The largest message that is read, in bytes. A document of 20 MB fits, even if every character is escaped.
const MAX_MESSAGE: u64 = 256 << 20;

/// The longest line of a header, in bytes.
const MAX_HEADER: u64 = 4096;

/// The server's end of a connection: what a client says, and the way to tell it something.
pub struct Connection {
    /// What the client says, in order. Closed when it is gone.
    pub(super) receiver: Receiver<Message>,
    pub(super) send: Arc<dyn Fn(Vec<u8>) + Send + Sync>,
}

impl Connection {
    /// A connection from messages that were read, and to what takes the body of a message: JSON without a header. A
    /// client that is gone is noticed by what reads from it, not by what sends.
    pub fn new(
        receiver: Receiver<Message>,
        send: impl Fn(Vec<u8>) + Send + Sync + 'static,
    ) -> Connection {
        let send = Arc::new(send);
        Connection { receiver, send }
    }
}

/// A connection over streams. It ends when the client closes its stream, or says `exit`. A message is written by whoever
/// sends it, without another thread in between; meanwhile the client is read all the same.
///
/// # Errors
/// When the system gives no thread.
pub fn connect(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
) -> io::Result<Connection> {
    let (sender, receiver) = mpsc::channel();
    let output = Mutex::new(output);
    let connection = Connection::new(receiver, move |body| {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        // A client that is gone is noticed by what reads from it.
        let _ = write(&mut *output, &body);
    });
    let answer = connection.send.clone();
    let reader = Builder::new().name("lsp-reader".to_owned());
    reader.spawn(move || {
        let mut input = io::BufReader::new(input);
        while let Ok(Some(body)) = body(&mut input) {
            match body.and_then(|body| message(&body)) {
                Ok(message) => {
                    let is_exit =
                        matches!(&message, Message::Notification(n) if n.method == "exit");
                    if sender.send(message).is_err() || is_exit {
                        return;
                    }
                }
                Err(fault) => answer(fault.to_string().into_bytes()),
            }
        }
    })?;
    Ok(connection)
}

/// The body of the next message; inside, the answer to what has none. `None` at the end of the stream.
fn body(input: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, Value>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(MAX_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if !line.is_empty() {
            let line = String::from_utf8_lossy(line);
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<u64>().ok();
            }
        } else if let Some(length) = length {
            return sized(input, length);
        }
        // A blank line without a length ends nothing that could be read: the next header may be sound.
    }
}

fn sized(input: &mut impl BufRead, length: u64) -> io::Result<Option<Result<Vec<u8>, Value>>> {
    if length > MAX_MESSAGE {
        if io::copy(&mut input.take(length), &mut io::sink())? < length {
            return Ok(None);
        }
        let message = format!("a message of {length} bytes is too large");
        let refused = fault(Value::Null, ErrorCode::InvalidRequest, &message);
        return Ok(Some(Err(refused)));
    }
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body)?;
    // A stream that ends inside a message was cut off.
    Ok((read as u64 == length).then_some(Ok(body)))
}

/// Every field that a message may have.
#[derive(Deserialize)]
struct Fields {
    id: Option<Value>,
    method: Option<String>,
    #[serde(default)]
    params: Value,
    #[serde(default)]
    result: Value,
    error: Option<ResponseError>,
}

/// The message in a body, or the answer to what is none.
fn message(body: &[u8]) -> Result<Message, Value> {
    let fields: Fields = match serde_json::from_slice(body) {
        Ok(fields) => fields,
        Err(error) if error.is_data() => {
            let value: Value = serde_json::from_slice(body).unwrap_or_default();
            return Err(no_message(value.get("id"), &error.to_string()));
        }
        Err(error) => {
            let why = format!("this is not JSON: {error}");
            return Err(fault(Value::Null, ErrorCode::ParseError, &why));
        }
    };
    let id = fields.id.as_ref().map(RequestId::deserialize);
    match (id, fields.method) {
        (Some(Ok(id)), Some(method)) => {
            let params = fields.params;
            Ok(Request { id, method, params }.into())
        }
        (None, Some(method)) => {
            let params = fields.params;
            Ok(Notification { method, params }.into())
        }
        (Some(Ok(id)), None) => {
            let response_result = fields.error.map_or(Ok(fields.result), Err);
            Ok(Response {
                id,
                response_result,
            }
            .into())
        }
        (Some(Err(_)), _) => Err(no_message(
            fields.id.as_ref(),
            "the id is no number or string",
        )),
        (None, None) => Err(no_message(None, "there is neither an id nor a method")),
    }
}

fn no_message(id: Option<&Value>, why: &str) -> Value {
    let id = id.filter(|id| id.is_string() || id.is_number());
    let why = format!("this is no message of the protocol: {why}");
    fault(
        id.cloned().unwrap_or_default(),
        ErrorCode::InvalidRequest,
        &why,
    )
}

fn fault(id: Value, code: ErrorCode, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } })
}

/// Writes a message in one piece, so that its reader is not woken for the header alone.
fn write(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let header = format!("Content-Length: {}\r\n\r\n", body.len());
    output.write_all(&[header.as_bytes(), body].concat())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read from a stream, each message by its method or by the code of the answer.
    fn read(stream: &[u8]) -> Vec<String> {
        let mut input = stream;
        let mut seen = Vec::new();
        while let Ok(Some(body)) = body(&mut input) {
            seen.push(match body.and_then(|body| message(&body)) {
                Ok(Message::Request(request)) => request.method,
                Ok(Message::Notification(notification)) => notification.method,
                Ok(Message::Response(_)) => "response".to_owned(),
                Err(answer) => format!("{} {}", answer["id"], answer["error"]["code"]),
            });
        }
        seen
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_one_is_read() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        for (bad, answer) in [
            (framed("{"), Some("null -32700")),
            (framed("\u{0}"), Some("null -32700")),
            (framed(&"[".repeat(10_000)), Some("null -32700")),
            (framed("[]"), Some("null -32600")),
            (framed("{}"), Some("null -32600")),
            (
                framed(r#"{"id":{"a":1},"method":"x"}"#),
                Some("null -32600"),
            ),
            (framed(r#"{"id":7,"method":8}"#), Some("7 -32600")),
            ("hello\r\n\r\n".to_owned(), None),
            ("Content-Length: many\r\n\r\n".to_owned(), None),
            ("\r\n\r\n\n".to_owned(), None),
        ] {
            let seen = read(format!("{bad}{good}").as_bytes());
            let expected: Vec<&str> = answer.into_iter().chain(["a"]).collect();
            assert_eq!(seen, expected, "{bad:.80}");
        }
    }

    #[test]
    fn headers_may_have_other_fields_and_other_line_ends() {
        let body = r#"{"jsonrpc":"2.0","id":1,"method":"b"}"#;
        let length = body.len();
        let stream = format!("content-length:{length}\nContent-Type: utf-8\n\n{body}");
        assert_eq!(read(stream.as_bytes()), ["b"]);
    }

    #[test]
    fn a_length_that_nobody_sends_costs_nothing() {
        assert!(read(b"Content-Length: 99999999999999\r\n\r\n{}").is_empty());
        let skipped = format!("Content-Length: {}\r\n\r\n", MAX_MESSAGE + 1);
        let body = vec![b'x'; usize::try_from(MAX_MESSAGE).unwrap() + 1];
        let stream = [
            skipped.as_bytes(),
            &body,
            framed(r#"{"method":"a"}"#).as_bytes(),
        ]
        .concat();
        assert_eq!(read(&stream), ["null -32600", "a"]);
        assert!(read(b"Content-Length: 200000000\r\n\r\n{}").is_empty());
    }
}

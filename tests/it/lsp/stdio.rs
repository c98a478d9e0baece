//! The real binary over its standard streams: frames, garbage between them, exit codes.

use serde_json::{Value, json};

use super::process::Server;

/// A server that knows no folder.
fn initialized() -> Server {
    let mut server = Server::start();
    let params = json!({ "capabilities": {}, "processId": null, "rootUri": null });
    server
        .send(json!({ "jsonrpc": "2.0", "id": "first", "method": "initialize", "params": params }));
    let answer = server.receive();
    assert_eq!(answer["id"], "first");
    assert_eq!(answer["result"]["serverInfo"]["name"], "dockworthy");
    assert_eq!(
        answer["result"]["capabilities"]["positionEncoding"],
        "utf-16"
    );
    server.send(json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    server
}

#[test]
fn a_session_over_the_standard_streams() {
    let mut server = initialized();
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
    let mut server = initialized();
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
    let server = initialized();
    assert_eq!(server.exit_code(), Some(1));
    let mut server = Server::start();
    server.send(json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.exit_code(), Some(1));
    let mut server = Server::start();
    server.raw(b"Content-Length: 100\r\n\r\n{");
    assert_eq!(server.exit_code(), Some(1));
}

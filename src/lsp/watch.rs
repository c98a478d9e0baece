//! What the client is asked to tell: files that change outside the editor, and settings.

use lsp_types::{Registration, RegistrationParams, RegistrationRequest};
use serde_json::json;

use super::client::Client;
use super::outbox::{Outbox, Question};
use super::settings::SECTION;

/// The files that findings depend on. Others count when they are opened or saved.
const PATTERNS: [&str; 11] = [
    "**/*[Dd]ockerfile*",
    "**/*[Cc]ontainerfile*",
    "**/*compose*.{yml,yaml}",
    "**/*.dockerignore",
    "**/.env",
    "**/*.env",
    "**/.env.*",
    "**/dockworthy.yaml",
    "**/.dockworthy.yaml",
    "**/.gitignore",
    "**/dockworthy-baseline.json",
];

/// Asks the client to tell of changes, as far as it takes such requests.
pub fn register(client: &Client, outbox: &mut Outbox) {
    let mut registrations = Vec::new();
    let mut add = |method: &str, options| {
        registrations.push(Registration {
            id: format!("dockworthy/{method}"),
            method: method.to_owned(),
            register_options: Some(options),
        });
    };
    if client.watches_files {
        let watchers: Vec<_> = PATTERNS
            .iter()
            .map(|pattern| json!({ "globPattern": pattern }))
            .collect();
        add(
            "workspace/didChangeWatchedFiles",
            json!({ "watchers": watchers }),
        );
    }
    if client.registers_configuration {
        add(
            "workspace/didChangeConfiguration",
            json!({ "section": SECTION }),
        );
    }
    if !registrations.is_empty() {
        outbox.ask::<RegistrationRequest>(RegistrationParams { registrations }, Question::Other);
    }
}

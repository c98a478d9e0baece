//! What the client is asked to tell: files that change outside the editor, and settings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lsp_types::{
    Registration, RegistrationParams, RegistrationRequest, Unregistration, UnregistrationParams,
    UnregistrationRequest,
};
use serde_json::json;

use super::client::Client;
use super::outbox::{Outbox, Question};
use super::settings::SECTION;
use crate::workspace::kind::{Kind, kind_by_name};

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

/// What the client was asked to watch besides, because a configuration names it.
#[derive(Debug, Default)]
pub struct Watched {
    patterns: BTreeSet<String>,
}

/// The name of that request.
const CONFIGURED: &str = "dockworthy/configuredFiles";

impl Watched {
    /// Asks the client to tell of changes of these files, and of no others that it was asked of here.
    pub fn follow(&mut self, client: &Client, outbox: &mut Outbox, files: &BTreeSet<PathBuf>) {
        let files = files.iter().filter(|file| !is_watched(file));
        let patterns: BTreeSet<String> = files.filter_map(|file| pattern(file)).collect();
        if !client.watches_files || patterns == self.patterns {
            return;
        }
        let method = "workspace/didChangeWatchedFiles".to_owned();
        let id = CONFIGURED.to_owned();
        if !self.patterns.is_empty() {
            let gone = Unregistration {
                id: id.clone(),
                method: method.clone(),
            };
            let params = UnregistrationParams {
                unregisterations: vec![gone],
            };
            outbox.ask::<UnregistrationRequest>(params, Question::Other);
        }
        if !patterns.is_empty() {
            let watchers = patterns.iter().map(|name| json!({ "globPattern": name }));
            let watchers: Vec<_> = watchers.collect();
            let new = Registration {
                id,
                method,
                register_options: Some(json!({ "watchers": watchers })),
            };
            let params = RegistrationParams {
                registrations: vec![new],
            };
            outbox.ask::<RegistrationRequest>(params, Question::Other);
        }
        self.patterns = patterns;
    }
}

/// Whether one of the [`PATTERNS`] surely takes a file.
fn is_watched(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default();
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    matches!(kind_by_name(path), Some(Kind::Config | Kind::Dockerignore))
        || name.ends_with(".env")
        || name.starts_with(".env.")
        || is_yaml && name.contains("compose")
}

/// A pattern that takes files of this name in any folder.
fn pattern(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let plain = |c: char| if "*?[]{}!\\".contains(c) { '?' } else { c };
    let name: String = name.chars().map(plain).collect();
    Some(format!("**/{name}"))
}

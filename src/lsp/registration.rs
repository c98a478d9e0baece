//! Features that are switched on and off while the client runs, for clients that take such news.
//!
//! What was told at the beginning cannot be taken back; it is answered with nothing once it is off.

use std::collections::{BTreeMap, BTreeSet};

use lsp_types::{
    Registration, RegistrationParams, RegistrationRequest, ServerCapabilities, Unregistration,
    UnregistrationParams, UnregistrationRequest,
};
use serde_json::{Value, json};

use super::client::Client;
use super::features::Feature;
use super::outbox::{Outbox, Question};
use super::settings::Settings;
use crate::text::order;

/// What the client was told of.
#[derive(Debug, Default)]
pub struct Registered {
    /// Methods that were told at the beginning.
    fixed: BTreeSet<String>,
    /// Methods that were told later.
    later: BTreeSet<String>,
}

impl Registered {
    /// The capabilities of all features that are on.
    pub fn begin(
        &mut self,
        features: &[Feature],
        settings: &Settings,
        client: &Client,
        capabilities: &mut ServerCapabilities,
    ) {
        for feature in features.iter().filter(|feature| settings.has(feature.name)) {
            feature.advertise(client, capabilities);
            self.fixed.insert(family(feature.method));
        }
    }

    /// Tells the client of features that are on or off by now.
    pub fn update(
        &mut self,
        features: &[Feature],
        settings: &Settings,
        client: &Client,
        outbox: &mut Outbox,
    ) {
        let mut wanted: BTreeMap<String, Value> = BTreeMap::new();
        for feature in features.iter().filter(|feature| settings.has(feature.name)) {
            let method = family(feature.method);
            if client.registers(&method)
                && !self.fixed.contains(&method)
                && let Some(options) = options(feature, client)
            {
                wanted.insert(method, options);
            }
        }
        let gone: Vec<Unregistration> = self
            .later
            .iter()
            .filter(|method| !wanted.contains_key(*method))
            .map(|method| Unregistration {
                id: id(method),
                method: method.clone(),
            })
            .collect();
        let new: Vec<Registration> = wanted
            .iter()
            .filter(|(method, _)| !self.later.contains(*method))
            .map(|(method, options)| Registration {
                id: id(method),
                method: method.clone(),
                register_options: Some(options.clone()),
            })
            .collect();
        self.later = order::set(wanted.into_keys());
        if !gone.is_empty() {
            let params = UnregistrationParams {
                unregisterations: gone,
            };
            outbox.ask::<UnregistrationRequest>(params, Question::Other);
        }
        if !new.is_empty() {
            let params = RegistrationParams { registrations: new };
            outbox.ask::<RegistrationRequest>(params, Question::Other);
        }
    }
}

fn id(method: &str) -> String {
    format!("dockworthy/{method}")
}

/// The method that several questions of one feature are registered as.
fn family(method: &str) -> String {
    let parts: Vec<&str> = method.splitn(3, '/').take(2).collect();
    parts.join("/")
}

/// What a feature's registration says: the same that its capability would.
fn options(feature: &Feature, client: &Client) -> Option<Value> {
    let mut capabilities = ServerCapabilities::default();
    feature.advertise(client, &mut capabilities);
    let capabilities = serde_json::to_value(capabilities).ok()?;
    let options = capabilities.as_object()?.values().next()?.clone();
    let mut options = if options.is_object() {
        options
    } else {
        json!({})
    };
    // The documents are those that the client starts this server for.
    options
        .as_object_mut()?
        .insert("documentSelector".to_owned(), Value::Null);
    Some(options)
}

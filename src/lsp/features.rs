//! What the server can do, one line for each method: the feature's name in the settings, the function that answers,
//! and how the client is told.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::ErrorCode;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionRequest, DiagnosticOptions,
    DocumentDiagnosticRequest, ExecuteCommandOptions, ExecuteCommandRequest, Request,
    ServerCapabilities, WorkDoneProgressOptions, WorkspaceDiagnosticRequest,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::actions;
use super::answers;
use super::client::Client;
use super::commands;
use super::diagnostics;
use super::session::Session;
use crate::text::order;

/// Why a request could not be answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The protocol's number.
    pub code: i32,
    /// For people.
    pub message: String,
}

impl Failure {
    /// A failure with one of the protocol's numbers.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Failure {
        Failure {
            code: code as i32,
            message: message.into(),
        }
    }
}

/// What the client is answered: JSON.
pub type Answer = Result<Vec<u8>, Failure>;

/// A function that answers.
type Handler = Box<dyn Fn(&mut Session<'_>, Value) -> Answer>;

/// How the client is told that a method is answered.
type Capability = fn(&Client, &mut ServerCapabilities);

/// A method that the server answers.
pub struct Feature {
    /// What it is called in the settings; several methods may be one feature.
    pub name: &'static str,
    /// The method.
    pub method: &'static str,
    /// Whether it asks about findings, so that these must be up to date.
    pub asks_findings: bool,
    capability: Capability,
    handler: Handler,
}

impl Feature {
    /// A method, and what answers it.
    pub(super) fn acting<R: Request, P: DeserializeOwned>(
        name: &'static str,
        capability: Capability,
        handler: impl Fn(&mut Session<'_>, P) -> Result<R::Result, Failure> + 'static,
    ) -> Feature {
        Feature::writing::<R, P>(name, capability, move |session, params| {
            answer(serde_json::to_value(handler(session, params)?))
        })
    }

    /// A method whose answer is written by its handler.
    fn writing<R: Request, P: DeserializeOwned>(
        name: &'static str,
        capability: Capability,
        handler: impl Fn(&mut Session<'_>, P) -> Answer + 'static,
    ) -> Feature {
        let handler = move |session: &mut Session<'_>, params: Value| {
            handler(session, serde_json::from_value(params).map_err(odd)?)
        };
        Feature {
            name,
            method: R::METHOD.as_str(),
            asks_findings: false,
            capability,
            handler: Box::new(handler),
        }
    }

    /// The same, told that it asks about findings.
    fn of_findings(mut self) -> Feature {
        self.asks_findings = true;
        self
    }

    /// Tells the client.
    pub fn advertise(&self, client: &Client, capabilities: &mut ServerCapabilities) {
        (self.capability)(client, capabilities);
    }

    /// Answers; a panic is a failure like any other.
    pub fn answer(&self, session: &mut Session<'_>, params: Value) -> Answer {
        let answer = || {
            if self.asks_findings {
                match super::server::document_of(&params) {
                    Some(name) => session.freshen(&name),
                    None => session.finish(),
                }
            }
            (self.handler)(session, params)
        };
        catch_unwind(AssertUnwindSafe(answer)).unwrap_or_else(|panic| {
            let what = super::server::panic_message(&*panic);
            let message = format!(
                "internal error in {}: {what}; please report it",
                self.method
            );
            Err(Failure::new(ErrorCode::InternalError, message))
        })
    }
}

/// An answer as JSON, the keys of each object sorted.
pub(super) fn answer(result: serde_json::Result<Value>) -> Answer {
    let result =
        result.map_err(|error| Failure::new(ErrorCode::InternalError, error.to_string()))?;
    Ok(result.to_string().into_bytes())
}

fn odd(error: serde_json::Error) -> Failure {
    let message = format!("the parameters are not understood: {error}");
    Failure::new(ErrorCode::InvalidParams, message)
}

/// Everything that the server answers once it is initialized.
pub fn all() -> Vec<Feature> {
    let mut features = vec![
        Feature::writing::<DocumentDiagnosticRequest, _>(
            "diagnostics",
            pull,
            diagnostics::document,
        )
        .of_findings(),
        Feature::writing::<WorkspaceDiagnosticRequest, _>(
            "diagnostics",
            pull,
            diagnostics::workspace,
        )
        .of_findings(),
        Feature::acting::<CodeActionRequest, _>("codeActions", code_actions, actions::code_actions)
            .of_findings(),
        Feature::acting::<ExecuteCommandRequest, _>("codeActions", commands, commands::execute),
    ];
    features.extend(answers::features());
    features
}

/// The names of all features, for the settings.
pub fn names(features: &[Feature]) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = features.iter().map(|feature| feature.name).collect();
    names.push(diagnostics::FEATURE);
    order::sort(&mut names);
    names.dedup();
    names
}

fn code_actions(_: &Client, capabilities: &mut ServerCapabilities) {
    let options = CodeActionOptions {
        code_action_kinds: Some(vec![
            CodeActionKind::QuickFix,
            actions::REWRITE,
            actions::EXTRACT,
            actions::FIX_ALL,
        ]),
        ..CodeActionOptions::default()
    };
    capabilities.code_action_provider = Some(options.into());
}

fn commands(_: &Client, capabilities: &mut ServerCapabilities) {
    let commands = [commands::FIX_ALL, commands::OPEN_DOCUMENTATION];
    capabilities.execute_command_provider = Some(ExecuteCommandOptions {
        commands: commands.map(str::to_owned).to_vec(),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    });
}

fn pull(client: &Client, capabilities: &mut ServerCapabilities) {
    if client.pulls {
        let options = DiagnosticOptions {
            identifier: Some(diagnostics::SOURCE.to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        capabilities.diagnostic_provider = Some(options.into());
    }
}

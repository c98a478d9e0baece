//! The language server: what an editor asks over the Language Server Protocol.
//!
//! One thread owns all state (`session`). It reads every message that is there, answers in order, and lints once
//! when there is nothing left to read (`server`). What was linted is kept by unit (`index`). A feature is one line
//! in `features`.
//!
//! The only module that names `lsp_server` and `lsp_types`. It reads files through `workspace::fs` and writes nothing:
//! changes are the editor's to make.

mod accepted;
mod actions;
mod answers;
mod client;
mod commands;
mod convert;
mod diagnostics;
mod documents;
mod edits;
mod features;
mod index;
mod outbox;
mod params;
mod progress;
mod registration;
mod server;
mod session;
mod settings;
mod shown;
mod transport;
mod watch;

pub use server::{Ending, serve};
pub use transport::{Connection, connect};

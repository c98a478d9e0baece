//! Dockerfiles: syntax tree, parser and model.
//!
//! [`parse`](parse::parse) reads a text exactly as BuildKit's parser does and always gives an
//! [`Ast`](ast::Ast), with what BuildKit refuses as a list of errors. Everything here works on one file;
//! the build context, other files and the registry belong to others.

pub mod account;
pub mod argument_use;
pub mod ast;
pub mod context;
pub mod copied;
mod directive;
pub mod frontend;
pub mod ignorefile;
pub mod keep_out;
pub mod keyword;
pub mod launch;
pub mod mentions;
pub mod model;
pub mod mount;
pub mod nearest;
mod no_shell;
pub mod packages;
pub mod parse;
pub mod port;
pub mod reads;
pub mod removal;
pub mod runs_as;
pub mod scan;
pub mod script;
pub mod source;
pub mod steps;
pub mod unpack;
pub mod user;
pub mod word;
pub mod written;

pub use model::{Dockerfile, Stage};

//! Dockerfiles: syntax tree, parser and model.
//!
//! [`parse`](parse::parse) reads a text exactly as BuildKit's parser does and always gives an
//! [`Ast`](ast::Ast), with what BuildKit refuses as a list of errors. Everything here works on one file;
//! the build context, other files and the registry belong to others.

pub mod account;
pub mod argument_use;
pub mod ast;
pub mod copied;
mod directive;
pub mod keyword;
pub mod model;
pub mod mount;
mod nearest;
pub mod parse;
pub mod runs_as;
pub mod scan;
pub mod script;
pub mod user;
pub mod word;

pub use model::{Dockerfile, Stage};

//! Compose files: schema, typed files and projects.
//!
//! [`read`] makes a typed [`File`] of a YAML tree and says what the Compose Specification does not allow in
//! it. Every value keeps its place in the file and what is known of it when variables are in it.
//!
//! Not for: YAML itself (`crate::yaml`), other files (`project`), and what is unwise but allowed (rules).

pub mod build;
pub mod canonical;
pub mod cast;
pub mod command;
pub mod container;
pub mod containers;
pub mod depends;
pub mod deploy;
pub mod develop;
pub mod device;
pub mod dotenv;
pub mod environment;
pub mod extent;
pub mod file;
pub mod grant;
pub mod healthcheck;
pub mod host_path;
pub mod interpolate;
pub mod link;
mod merge;
pub mod mount;
pub mod network;
pub mod port;
pub mod profiles;
pub mod project;
mod reader;
pub mod references;
pub mod resource;
pub mod schema;
pub mod script;
pub mod security_opt;
pub mod service;
pub mod swarm;
mod tree;
pub mod ulimit;
pub mod undefined;
pub mod unused;
pub mod uses;
pub mod validate;
pub mod value;

use std::path::Path;

use crate::diagnostic::Parse;
use crate::text::FileId;
use crate::yaml::Yaml;

pub use file::File;

/// Reads a Compose file. Its path tells whether it is meant to be merged into another one, where keys may be
/// missing.
pub fn read(yaml: &Yaml, id: FileId, path: &Path) -> Parse<File> {
    let context = validate::Context {
        overlay: extent::is_override(path),
    };
    Parse {
        errors: validate::validate(yaml, context),
        tree: File::lower(yaml, id),
    }
}

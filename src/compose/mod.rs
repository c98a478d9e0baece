//! Compose files: schema, typed files and projects.

pub mod command;
pub mod interpolate;
pub mod schema;
pub mod value;

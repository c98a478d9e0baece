//! Compose files: schema, typed files and projects.

pub mod schema;

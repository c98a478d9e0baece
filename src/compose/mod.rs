//! Compose files: schema, typed files and projects.

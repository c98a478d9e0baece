//! dockworthy: a static linter for Dockerfiles and Compose files.

pub mod compose;
pub mod diagnostic;
pub mod dockerfile;
pub mod engine;
pub mod grammar;
pub mod knowledge;
pub mod report;
pub mod shell;
pub mod text;
pub mod workspace;
pub mod yaml;

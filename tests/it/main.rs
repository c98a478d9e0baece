//! All integration tests, in one binary so that they link once.

mod buildkit;
mod codegen;
mod corpus;
mod diff;
mod discover;
mod examples;
mod grammar;
mod report;
mod tidy;
mod yaml;
mod yaml_errors;

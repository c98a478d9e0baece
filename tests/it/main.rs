//! All integration tests, in one binary so that they link once.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    reason = "tests fail by panicking"
)]

mod accepted;
mod asking;
mod buildkit;
mod buildkit_checks;
mod ci;
mod cli;
mod codegen;
mod compose;
mod compose_peers;
mod config;
mod config_schema;
mod conformance;
mod corpus;
mod demo;
mod diff;
mod discover;
mod dockerfile;
mod docs;
mod editors;
mod engine;
mod env_files;
mod examples;
mod exec_forms;
mod fix_corpus;
mod formats;
mod grammar;
mod hadolint;
mod ide;
mod ignoring;
mod lsp;
mod migrate;
mod output;
mod own_image;
mod packages;
mod peers;
mod pragmas;
mod pre_commit;
mod report;
mod robust;
mod scope;
mod shell;
mod shellcheck;
mod shells;
mod streams;
mod syntax_ids;
mod tidy;
mod traps;
mod walkthrough;
mod yaml;
mod yaml_errors;
mod yaml_hostile;

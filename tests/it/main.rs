//! All integration tests, in one binary so that they link once.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    reason = "tests fail by panicking"
)]

mod buildkit;
mod buildkit_checks;
mod cli;
mod codegen;
mod compose;
mod compose_peers;
mod conformance;
mod corpus;
mod demo;
mod diff;
mod discover;
mod dockerfile;
mod engine;
mod examples;
mod fix_corpus;
mod grammar;
mod hadolint;
mod ide;
mod own_image;
mod peers;
mod pre_commit;
mod report;
mod robust;
mod shell;
mod shellcheck;
mod shells;
mod syntax_ids;
mod tidy;
mod yaml;
mod yaml_errors;
mod yaml_hostile;

//! All integration tests, in one binary so that they link once.

mod buildkit;
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
mod corpus;
mod diff;
mod discover;
mod grammar;
mod report;

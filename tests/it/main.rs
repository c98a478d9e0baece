//! All integration tests, in one binary so that they link once.

mod buildkit;
mod corpus;
mod diff;
mod discover;
mod grammar;
mod report;
mod syntax_ids;

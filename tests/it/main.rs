//! All integration tests, in one binary so that they link once.

mod buildkit;
mod corpus;
mod discover;
mod dockerfile;
mod grammar;

//! dockworthy: a static linter for Dockerfiles and Compose files.
//!
//! # The way of a file
//!
//! ```text
//! paths ──workspace::discover──▶ SourceFile (bytes → text + line index)
//!                                    │
//!                ┌───────────────────┴───────────────────┐
//!                ▼                                       ▼
//!      dockerfile::parse → Ast                  yaml::parse → Yaml (span tree)
//!      dockerfile::model → Dockerfile           compose → File (typed, every leaf with its place)
//!        (stages, scopes, users, scripts)               │
//!                │                  compose::project → Project (all files of a project, merged)
//!                └───────────────────┬───────────────────┘
//!                                    ▼
//!            engine::walk: one pass, table dispatch to the hooked checks
//!            engine::settle: severity → suppression → order → fingerprint
//!                                    │  Diagnostic (+ Fix)
//!                    ┌───────────────┴───────────────┐
//!                    ▼                               ▼
//!            report::{full, json, …}        engine::fix (until stable)
//! ```
//!
//! Everything behind *discover* is a pure function of paths and texts, the settings, and of what stands beside the
//! files. Compose files of one project are a unit, linted by one thread: each file by itself, then the project as a
//! whole, whose findings go to the files that they stand in ([`check`]). [`workspace::projects`] decides which files
//! belong together and reads what they lead to; [`compose::project`] merges them as Compose does: trees are not copied,
//! merged mappings point into their documents, so that every value keeps its place. [`engine::built`] links a container
//! to its Dockerfile. [`workspace::beside`] looks at the folder of a Dockerfile and reads the ignore files there. In a run
//! over folders nothing is asked twice: [`workspace::listed`] keeps what stands in each folder, and what [`check::survey`]
//! reads to find out which files belong together is linted as it was read.
//!
//! # Which module may use which
//!
//! | module | for | may use |
//! | --- | --- | --- |
//! | [`text`] | spans, lines, sources, cooked text, edits | – |
//! | [`workers`] | threads that share the work | text |
//! | [`diagnostic`] | findings as plain data | text |
//! | [`grammar`] | small grammars both languages share | text, diagnostic |
//! | [`knowledge`] | tables of facts with source and date | text, grammar |
//! | [`shell`] | the shell language | text, diagnostic, grammar |
//! | [`dockerfile`] | Dockerfiles: tree, parser, model | text, diagnostic, grammar, knowledge, shell |
//! | [`yaml`] | YAML with exact places | text, diagnostic |
//! | [`compose`] | Compose files: schema, typed files | text, diagnostic, grammar, yaml, shell |
//! | [`workspace`] | which file is what, which make a project; the only module that reads files | text, diagnostic, yaml, compose |
//! | [`engine`] | rules, hooks, walk, settle, suppress, fix | all above |
//! | [`config`] | `dockworthy.yaml` | text, diagnostic, knowledge, engine, workspace, yaml, compose |
//! | [`rules`] | the rule set | all of the above but config |
//! | [`baseline`] | findings that are accepted for now, in a file | text, diagnostic |
//! | [`check`] | the façade | compose, diagnostic, dockerfile, engine, text, workers, workspace, yaml |
//! | [`ide`] | what an editor asks: names, their uses, outlines | all above but config and rules |
//! | [`report`] | output formats | text, diagnostic, workers |
//! | [`lsp`] | the language server | text, diagnostic, baseline, compose, workspace, engine, config, rules, check, report, ide, workers |
//! | [`cli`] | the command line | all |
//!
//! `tests/it/tidy.rs` fails on an edge that is not in this table.
//!
//! # Invariants
//!
//! 1. Parsing never fails and never panics; every prefix of every fixture parses.
//! 2. Every span is a byte range of the file on disk, on character boundaries.
//! 3. Rules are pure: no I/O, no clock, no environment, no statics, no knowledge of severity, configuration
//!    or other rules.
//! 4. Only `workspace::fs` reads files that are linted, but for what is staged, which git gives to `cli`; only `cli`
//!    writes; only `cli` and `main` print.
//! 5. `miette` is named in `report::full` only, `granit_parser` in `yaml::parse`, `nom` in `grammar` and
//!    `dockerfile`, `ignore` in `workspace::discover`, `rayon_core` in `workers`, `lsp_server` and `lsp_types` in `lsp`.
//! 6. The engine names no rule; it works with an empty rule list.
//! 7. Output is deterministic: sorted by path, position, rule; no hash map's order reaches it.
//! 8. There is one suppression mechanism and one settle step.
//! 9. Fixes are applied whole or not at all, never overlap, and bring no new syntax error.
//! 10. A panic in one rule on one file becomes an internal error that names both, and the run goes on.
//! 11. What is sorted is sorted by [`text::order`], whose code all types share: it keeps the binary small.

pub mod baseline;
pub mod check;
pub mod cli;
pub mod compose;
pub mod config;
pub mod diagnostic;
pub mod dockerfile;
pub mod engine;
pub mod grammar;
pub mod ide;
pub mod knowledge;
pub mod lsp;
pub mod report;
#[path = "../rules/mod.rs"]
pub mod rules;
pub mod shell;
pub mod text;
pub mod workers;
pub mod workspace;
pub mod yaml;

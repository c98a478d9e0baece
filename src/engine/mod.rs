//! Rules, hooks, the walk, and what becomes of findings.
//!
//! The engine names no rule: the list is handed in. Everything here is a pure function of a source text,
//! what stands beside it and the settings in force; nothing reads files or prints.

mod arrays;
pub mod built;
pub mod built_context;
pub mod context;
pub mod fix;
pub mod hooks;
pub mod labels;
pub mod meta;
pub mod nodes;
pub mod outside;
pub mod pairs;
pub mod readme;
pub mod ruleset;
pub mod served;
pub mod settings;
pub mod settle;
pub mod suppress;
#[cfg(test)]
pub(crate) mod testing;
pub mod undefined;
pub mod unused;
pub mod walk;

pub use context::Context;
pub use hooks::Hooks;
pub use meta::{Rule, RuleMeta};

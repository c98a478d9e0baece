//! The files of a run: what they are and where they come from.
//!
//! Not for: what files say. This module looks at names, at the first lines of a text, and at the disk;
//! only [`fs`] reads files. What stands [`beside`] a file is handed on as it is.

pub mod beside;
pub mod discover;
pub mod fs;
pub mod git_index;
pub mod kind;
pub mod listed;
pub mod overlay;
pub mod projects;

pub use kind::Kind;

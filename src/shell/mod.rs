//! The shell language of `RUN`, `CMD`, heredocs and Compose commands.
//!
//! POSIX sh and bash, read from [`Cooked`](crate::text::Cooked) text into a tree of [`ast`] nodes. The
//! grammar is the *Shell Command Language* of POSIX.1-2024 with the additions of the Bash Reference Manual;
//! it is one grammar for all such shells, so that a rule can point at bash syntax in a script for `sh`.
//!
//! Commands that are given as words, without a shell, have the same trees ([`words`]).
//!
//! Not for: running, expanding against an environment, PowerShell or cmd (see [`Dialect::is_posix`]).
//!
//! Invariants: [`parse()`] always gives a tree; every span is a span of the file, mapped while reading (a
//! cursor on the map makes that constant for each), and lies inside the span of its parent, except that the
//! lines of a heredoc stand behind the command they belong to; time and memory are linear in the text.

pub mod assign;
pub mod ast;
pub mod context;
pub mod credentials;
pub mod dialect;
pub mod downloads;
pub mod execution;
pub mod few;
pub mod inner;
pub mod invocation;
pub mod options;
pub mod packages;
pub mod parse;
pub mod permissions;
pub mod plain;
pub mod programs;
pub mod removal;
pub mod slice;
pub mod split;
pub mod state;
pub mod walk;
pub mod word;
pub mod words;

mod braces;
mod compound;
mod conditional;
mod escape;
mod expansion;
mod heredoc;
mod lex;
mod list;
mod parts;
mod pattern;
mod quotes;
mod simple;

pub use dialect::Dialect;
pub use parse::parse;
pub use slice::Text;

//! YAML as a tree of nodes with exact places.
//!
//! [`Document`] is an arena of nodes that keeps what a linter needs and a loader throws away: the place of
//! every value, key, tag and anchor, comments, quoting styles, duplicate keys and aliases as references.
//!
//! Nearly every Compose file is read by `everyday`, which knows the part of YAML that they are written in; the event
//! parser reads the others, and says what is wrong with those.
//!
//! Not for: meaning. What a key of a Compose file stands for is known to `compose`; this module knows no
//! more than which scalars Docker's YAML reader takes for numbers.
//!
//! Invariant: every span is a byte range of the text that was parsed, and a child's span lies inside its
//! parent's.

mod builder;
mod check;
pub mod comments;
mod cooked;
mod diagnose;
pub mod edit;
mod everyday;
mod layout;
pub mod merge;
pub mod node;
mod parse;
mod problem;
mod recover;
pub mod scalar;
mod strict;

pub use comments::Comment;
pub use merge::{Merged, MergedEntry};
pub use node::{
    Alias, Anchor, CollectionStyle, Document, Entry, Kind, NodeId, Place, ScalarStyle, Tag, Yaml,
};
pub use recover::parse;
pub use scalar::{Resolved, Scalar};

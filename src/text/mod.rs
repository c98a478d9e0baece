//! Text and positions: the only place that knows bytes, lines, columns and encodings.
//!
//! Every position in dockworthy is a byte offset into the file on disk, held in a `u32` (files are
//! limited to [`source::MAX_BYTES`]). Lines and columns are worked out at the very end, by
//! [`LineIndex`], in whatever unit the reader of the output counts.
//!
//! Not for: knowing what a text means. This module has no idea of Dockerfiles or YAML.

pub mod cooked;
pub mod diff;
pub mod edit;
pub mod fnv;
pub mod lines;
pub mod order;
pub mod path;
pub mod source;
pub mod span;

pub use cooked::{Cooked, CookedBuilder, Mapper};
pub use edit::{Edit, EditError, TextEnd, apply};
pub use lines::{LineColumn, LineIndex};
pub use source::{Damage, DamageKind, SourceFile, Sources};
pub use span::{At, FileId, Located, Location, Span, Spanned};

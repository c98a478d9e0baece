//! Build stages: what they are built on, and what they take from one another.
//!
//! Names as BuildKit resolves them (`dockerfile2llb/convert.go`): `FROM` finds an earlier stage by its name
//! in lower case; `COPY --from` and `RUN --mount=from` find any stage of the file in any case, the last one
//! with the name; only `COPY --from` takes a number.

use std::ops::Range;

use crate::text::{Span, Spanned};

use super::value::Value;

/// A build stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its number, counted from 0.
    pub index: usize,
    /// Its name as written behind `AS`.
    pub name: Option<Spanned<Box<str>>>,
    /// Which instruction of the file is its `FROM`.
    pub from: usize,
    /// Its instructions, without the `FROM`.
    pub instructions: Range<usize>,
    /// What it is built on.
    pub base: Base,
    /// The stage at the end of its chain of `FROM`, itself perhaps: the one that is built on an image, on
    /// nothing, or on who knows what.
    pub root: usize,
    /// Whether it is asked for as an image: it is the last stage, or another one that somebody names.
    pub is_target: bool,
    /// Whether the image that is built has it inside: it is a target, or a target is built on it.
    pub is_output: bool,
    /// Whether a build needs it: it is an output, or an output takes something from it.
    pub is_built: bool,
    /// The `ONBUILD` instructions of its own.
    pub triggers: Vec<usize>,
    /// Which of the file's references are its own.
    pub(super) references: Range<usize>,
}

/// What a stage is built on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// An image, by its reference after variables were replaced.
    Image(Value),
    /// An earlier stage.
    Stage(usize),
    /// `scratch`: nothing.
    Scratch,
    /// A variable decides, or `FROM` names nothing.
    Unresolved,
}

/// A place where a stage takes something from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageReference {
    /// The stage that takes.
    pub stage: usize,
    /// The instruction that takes. In a stage built on one with triggers it can be an `ONBUILD` there.
    pub instruction: usize,
    /// How.
    pub kind: ReferenceKind,
    /// The name or number as written, variables included.
    pub text: Box<str>,
    /// Its bytes.
    pub span: Span,
    /// What it means.
    pub target: Target,
}

/// How a stage takes from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// `FROM`.
    From,
    /// `COPY --from`.
    Copy,
    /// `RUN --mount=from`.
    Mount,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A stage of the file, perhaps a later one or the very same.
    Stage(usize),
    /// A number that is no stage's.
    NoStage,
    /// No stage: an image, or a context that the user names.
    Image,
    /// `scratch`.
    Scratch,
    /// A variable decides.
    Unresolved,
}

impl Stage {
    /// Whether a name, in any case, is this stage's.
    pub fn is_called(&self, name: &str) -> bool {
        self.name
            .as_ref()
            .is_some_and(|own| own.value.eq_ignore_ascii_case(name))
    }

    /// Whether everything in it is in this file: it begins with nothing.
    pub fn is_from_scratch(&self) -> bool {
        self.base == Base::Scratch
    }
}

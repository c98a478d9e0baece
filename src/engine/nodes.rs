//! Nodes in the form in which rules see them.

use std::ops::Deref;

use crate::dockerfile::ast::Instruction;

/// An instruction's own node, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'n, T> {
    /// The instruction as a whole.
    pub instruction: &'n Instruction,
    /// Which instruction of the file it is, counted from 0; for the trigger of an `ONBUILD` that of the
    /// `ONBUILD`.
    pub index: usize,
    /// What is particular to this instruction.
    pub node: &'n T,
}

impl<T> Deref for Placed<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.node
    }
}

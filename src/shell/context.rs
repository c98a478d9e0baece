//! Where a node of the tree stands: what is beside it, and what is around it.

use super::ast::{Command, List, ListItem, ListOperator, Pipeline, SimpleCommand};
use crate::text::Span;

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The innermost list that it is part of.
    pub list: &'a List,
    /// Which item of the list.
    pub index: usize,
    /// Which command of the item's pipeline.
    pub position: usize,
    pub(super) flags: u16,
}

/// A simple command and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct CommandUse<'a> {
    /// The command.
    pub command: &'a SimpleCommand,
    /// Its surroundings.
    pub context: Context<'a>,
}

/// In a condition of `if`, `while` or `until`.
pub(super) const CONDITION: u16 = 1;
/// In a body of `if` or `case`.
pub(super) const BRANCH: u16 = 1 << 1;
/// In a loop.
pub(super) const LOOP: u16 = 1 << 2;
/// In the body of a function.
pub(super) const FUNCTION: u16 = 1 << 3;
/// In a shell of its own.
pub(super) const SUBSHELL: u16 = 1 << 4;
/// In a substitution.
pub(super) const SUBSTITUTION: u16 = 1 << 5;
/// In the background.
pub(super) const BACKGROUND: u16 = 1 << 6;
/// In a script inside a string.
pub(super) const INNER: u16 = 1 << 7;
/// In such a script that the outer shell expands first.
pub(super) const INEXACT: u16 = 1 << 8;

impl<'a> Context<'a> {
    /// The item of the list.
    pub fn item(&self) -> Option<&'a ListItem> {
        self.list.items.get(self.index)
    }

    /// The pipeline that it is part of.
    pub fn pipeline(&self) -> Option<&'a Pipeline> {
        self.item().map(|item| &item.pipeline)
    }

    /// The operator in front of the pipeline, in the same list.
    pub fn operator_before(&self) -> Option<ListOperator> {
        let before = self.list.items.get(self.index.checked_sub(1)?)?;
        before.operator.map(|operator| operator.value)
    }

    /// The operator behind the pipeline.
    pub fn operator_behind(&self) -> Option<ListOperator> {
        self.item()?.operator.map(|operator| operator.value)
    }

    /// The command whose output it reads through a pipe.
    pub fn piped_from(&self) -> Option<&'a Command> {
        let before = self.position.checked_sub(1)?;
        self.pipeline()?.commands.get(before)
    }

    /// The command that reads its output through a pipe.
    pub fn piped_into(&self) -> Option<&'a Command> {
        self.pipeline()?.commands.get(self.position + 1)
    }

    /// Whether other commands run behind it, so that its status is not that of the script, the subshell or the
    /// function around it. `span` is its place, `last` where the last command of the script begins.
    pub fn is_followed(&self, span: Span, last: u32) -> bool {
        let is_last = self.index + 1 >= self.list.items.len();
        if !is_last {
            return true;
        }
        !self.in_subshell() && !self.in_function() && (self.in_loop() || span.end <= last)
    }

    /// Whether `!` turns the status of its pipeline around.
    pub fn is_negated(&self) -> bool {
        self.pipeline()
            .is_some_and(|pipeline| pipeline.negation.is_some())
    }

    /// Whether its status decides something, so that failing is no error: a condition of `if`, `while` or
    /// `until`, or the left side of `&&` and `||`, or behind `!`.
    pub fn is_tested(&self) -> bool {
        self.in_condition() || self.is_negated() || self.item().is_some_and(ListItem::is_chained)
    }

    /// Inside a condition of `if`, `while` or `until`.
    pub fn in_condition(&self) -> bool {
        self.has(CONDITION)
    }

    /// Inside a body of `if` or `case`, so that it may not run.
    pub fn in_branch(&self) -> bool {
        self.has(BRANCH)
    }

    /// Inside a loop's body or condition.
    pub fn in_loop(&self) -> bool {
        self.has(LOOP)
    }

    /// Inside a function's body, so that it runs when the function is called.
    pub fn in_function(&self) -> bool {
        self.has(FUNCTION)
    }

    /// Inside `( … )`, a substitution or a coprocess, so that variables and the folder it sets are lost
    /// behind it. Members of a pipeline run like that, too; see [`Context::pipeline`].
    pub fn in_subshell(&self) -> bool {
        self.has(SUBSHELL)
    }

    /// Inside `$( … )`, backticks or `<( … )`.
    pub fn in_substitution(&self) -> bool {
        self.has(SUBSTITUTION)
    }

    /// Ended by `&`, itself or something around it.
    pub fn in_background(&self) -> bool {
        self.has(BACKGROUND)
    }

    /// Inside a string that is read as a script of its own: `sh -c '…'`.
    pub fn in_inner_script(&self) -> bool {
        self.has(INNER)
    }

    /// False inside an inner script whose text the outer shell expands first; see
    /// [`InnerScript::is_exact`](super::ast::InnerScript::is_exact).
    pub fn is_exact(&self) -> bool {
        !self.has(INEXACT)
    }

    fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// The same place inside something else.
    pub(super) fn with(self, flags: u16) -> Context<'a> {
        Context {
            flags: self.flags | flags,
            ..self
        }
    }
}

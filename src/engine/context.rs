//! What a check gets to see besides its node, and how it reports.

use crate::diagnostic::{Finding, Suppression};
use crate::text::{At, SourceFile};

use super::ruleset::RuleIndex;

/// A finding and the rule that made it, before settings and suppressions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawFinding {
    /// Which rule.
    pub rule: RuleIndex,
    /// What it said.
    pub finding: Finding,
    /// Why it counts no longer, if a comment in another file that it points to says so.
    pub suppressed: Option<Suppression>,
}

/// What a check gets: the model it asked for, the text, and a place for findings.
///
/// The model is a type parameter, so that a check cannot ask for one that its node does not belong to.
pub struct Context<'a, M: ?Sized> {
    /// The model that the node belongs to.
    pub model: &'a M,
    /// The file that is being walked.
    pub source: &'a SourceFile,
    rule: RuleIndex,
    out: &'a mut Vec<RawFinding>,
}

impl<'a, M: ?Sized> Context<'a, M> {
    /// A context for one call of one rule's check.
    pub fn new(
        model: &'a M,
        source: &'a SourceFile,
        rule: RuleIndex,
        out: &'a mut Vec<RawFinding>,
    ) -> Context<'a, M> {
        Context {
            model,
            source,
            rule,
            out,
        }
    }

    /// Reports a finding. It counts at once; what comes back is for adding help, labels and fixes.
    pub fn report(&mut self, at: impl At, message: impl Into<String>) -> &mut Finding {
        let finding = Finding::new(at.location(self.source.id), message);
        self.push(finding)
    }

    /// Reports a finding that is already complete.
    pub fn push(&mut self, finding: Finding) -> &mut Finding {
        self.out.push(RawFinding {
            rule: self.rule,
            finding,
            suppressed: None,
        });
        let last = self.out.len() - 1;
        &mut self.out[last].finding
    }

    /// The text of the file.
    pub fn text(&self) -> &'a str {
        &self.source.text
    }
}

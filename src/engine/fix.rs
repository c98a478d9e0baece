//! Applying fixes until nothing is left to apply.
//!
//! A fix is applied whole or not at all; fixes that overlap wait for the next round. Every result is linted
//! again, and a fix that brings a syntax error which was not there before is taken back.
//!
//! What fixes want in other files is collected; whoever writes the files joins it and sees that it does no harm.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Applicability, Companion, Diagnostic, Fix};
use crate::text::{Edit, Span, apply, order};

/// How many rounds are made at most; real files need two or three.
const MAX_ROUNDS: usize = 16;

/// What fixing a text came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fixed {
    /// The text after all fixes.
    pub text: String,
    /// How many findings of each rule were fixed.
    pub applied: BTreeMap<&'static str, usize>,
    /// What these fixes change in other files.
    pub companions: Vec<Companion>,
}

impl Fixed {
    fn count(&mut self, rule: &'static str, companion: Option<&Companion>) {
        *self.applied.entry(rule).or_default() += 1;
        self.companions.extend(companion.cloned());
    }
}

/// A text as the linter sees it.
pub struct Linted {
    /// The findings, suppressed ones left out.
    pub diagnostics: Vec<Diagnostic>,
    /// How many places do not follow the grammar, whether or not a rule that reports them is on.
    pub syntax_errors: usize,
}

/// Applies every fix that is at least as applicable as `threshold`. `lint` is asked about each new text;
/// its diagnostics must point into that text.
pub fn fix(text: &str, threshold: Applicability, mut lint: impl FnMut(&str) -> Linted) -> Fixed {
    let mut fixed = Fixed {
        text: text.to_owned(),
        applied: BTreeMap::new(),
        companions: Vec::new(),
    };
    let mut refused: HashSet<(&'static str, String)> = HashSet::new();
    let mut state = lint(&fixed.text);
    for _ in 0..MAX_ROUNDS {
        let chosen = choose(&state.diagnostics, threshold, &refused);
        if chosen.is_empty() {
            break;
        }
        let errors = state.syntax_errors;
        let mut attempt = |fixes: &[Chosen<'_>]| attempt(&fixed.text, fixes, errors, &mut lint);
        let Some((good, (text, next))) = harmless(&chosen, &mut attempt, &mut refused) else {
            continue;
        };
        for (rule, fix) in good {
            fixed.count(rule, fix.companion.as_ref());
        }
        (fixed.text, state) = (text, next);
    }
    for diagnostic in &state.diagnostics {
        let fix = diagnostic.fix_at_least(threshold);
        if let Some(fix) = fix.filter(|fix| fix.edits.is_empty() && fix.companion.is_some()) {
            fixed.count(diagnostic.rule, fix.companion.as_ref());
        }
    }
    fixed
}

/// A fix, and the rule that it is of.
type Chosen<'d> = (&'static str, &'d Fix);

/// As many of the fixes as do no harm, and what they come to. A batch that does harm is halved until it is known which
/// of them do; those are refused from now on.
fn harmless<'d>(
    fixes: &[Chosen<'d>],
    attempt: &mut impl FnMut(&[Chosen<'d>]) -> Option<(String, Linted)>,
    refused: &mut HashSet<(&'static str, String)>,
) -> Option<(Vec<Chosen<'d>>, (String, Linted))> {
    if let Some(result) = attempt(fixes) {
        return Some((fixes.to_vec(), result));
    }
    if let [(rule, fix)] = fixes {
        refused.insert((*rule, mark(fix)));
        return None;
    }
    let (left, right) = fixes.split_at(fixes.len() / 2);
    let halves = (
        harmless(left, attempt, refused),
        harmless(right, attempt, refused),
    );
    match halves {
        (Some((left, result)), Some((right, _))) => {
            let both = [left.as_slice(), &right].concat();
            // Where only both together do harm, the others have their turn in the next round.
            Some(match attempt(&both) {
                Some(result) => (both, result),
                None => (left, result),
            })
        }
        (left, right) => left.or(right),
    }
}

/// What a refused fix is known by: its edits would move with the text, what they write does not.
fn mark(fix: &Fix) -> String {
    let written: Vec<&str> = fix.edits.iter().map(|edit| edit.text.as_str()).collect();
    format!("{}\0{}", fix.title, written.join("\0"))
}

/// As many fixes as do not overlap, in the order of their places.
fn choose<'d>(
    diagnostics: &'d [Diagnostic],
    threshold: Applicability,
    refused: &HashSet<(&'static str, String)>,
) -> Vec<Chosen<'d>> {
    let mut fixes: Vec<Chosen<'_>> = diagnostics
        .iter()
        .filter_map(|diagnostic| Some((diagnostic.rule, diagnostic.fix_at_least(threshold)?)))
        .filter(|(rule, fix)| !fix.edits.is_empty() && !refused.contains(&(*rule, mark(fix))))
        .collect();
    order::sort_by_key(&mut fixes, |(_, fix)| fix.edits[0].span);
    let mut end = None;
    fixes.retain(|(_, fix)| {
        let extent = extent(fix);
        let free = end.is_none_or(|end| extent.start > end);
        if free {
            end = Some(extent.end);
        }
        free
    });
    fixes
}

fn extent(fix: &Fix) -> Span {
    fix.edits
        .iter()
        .map(|edit| edit.span)
        .reduce(Span::cover)
        .unwrap_or_default()
}

/// The text with these fixes, unless they do not fit or bring new syntax errors.
fn attempt(
    text: &str,
    fixes: &[Chosen<'_>],
    errors_before: usize,
    lint: &mut impl FnMut(&str) -> Linted,
) -> Option<(String, Linted)> {
    let edits: Vec<&Edit> = fixes.iter().flat_map(|(_, fix)| &fix.edits).collect();
    let result = apply(text, edits).ok()?;
    if result == text {
        return None;
    }
    let next = lint(&result);
    (next.syntax_errors <= errors_before).then_some((result, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Confidence, Finding, Severity};
    use crate::text::{FileId, Location};

    fn diagnostic(span: Span, text: &str, applicability: Applicability) -> Diagnostic {
        let mut finding = Finding::new(
            Location {
                file: FileId(0),
                span,
            },
            "x",
        );
        finding.fix(Fix::new(
            "x",
            applicability,
            vec![Edit::replace(span, text)],
        ));
        Diagnostic {
            rule: "test",
            aliases: &[],
            category: "style",
            severity: Severity::Info,
            confidence: Confidence::High,
            finding,
            fingerprint: String::new(),
            url: String::new(),
            suppressed: None,
        }
    }

    /// Finds every `a` and wants it to be `text`; `!` is a syntax error.
    fn lint(text: &str, replacement: &str, applicability: Applicability) -> Linted {
        let diagnostics = text
            .match_indices('a')
            .map(|(at, _)| diagnostic(Span::from_range(at..at + 1), replacement, applicability))
            .collect();
        Linted {
            diagnostics,
            syntax_errors: text.matches('!').count(),
        }
    }

    #[test]
    fn fixes_are_applied_until_stable() {
        let fixed = fix("aab a", Applicability::Safe, |text| {
            lint(text, "c", Applicability::Safe)
        });
        assert_eq!(fixed.text, "ccb c");
        assert_eq!(fixed.applied["test"], 3);
    }

    #[test]
    fn a_fix_below_the_threshold_is_left() {
        let fixed = fix("a", Applicability::Safe, |text| {
            lint(text, "c", Applicability::Unsafe)
        });
        assert_eq!(fixed.text, "a");
    }

    #[test]
    fn a_fix_that_breaks_the_file_is_taken_back() {
        let fixed = fix("a", Applicability::Safe, |text| {
            lint(text, "!", Applicability::Safe)
        });
        assert_eq!((fixed.text.as_str(), fixed.applied.len()), ("a", 0));
    }

    #[test]
    fn one_that_does_harm_keeps_no_other_back() {
        // Every `a` becomes a `b` but the one behind `(`, where that does harm.
        let text = "a ".repeat(40) + "(a" + &" a".repeat(40);
        let fixed = fix(&text, Applicability::Safe, |text| Linted {
            syntax_errors: text.matches("(b").count(),
            ..lint(text, "b", Applicability::Safe)
        });
        assert_eq!(fixed.text, text.replace('a', "b").replace("(b", "(a"));
        assert_eq!(fixed.applied["test"], 80);
    }

    #[test]
    fn what_fixes_want_in_another_file_is_collected_once() {
        let fixed = fix("aab", Applicability::Safe, |text| {
            let mut linted = lint(text, "b", Applicability::Safe);
            linted
                .diagnostics
                .extend(lint("a", "", Applicability::Safe).diagnostics);
            for diagnostic in &mut linted.diagnostics {
                let fix = &mut diagnostic.finding.fixes[0];
                fix.edits.retain(|edit| !edit.text.is_empty());
                fix.companion = Some(Companion {
                    name: "x".into(),
                    lines: vec!["y".into()],
                    end: None,
                });
            }
            linted
        });
        assert_eq!((fixed.text.as_str(), fixed.companions.len()), ("bbb", 3));
        assert_eq!(fixed.applied["test"], 3);
    }

    #[test]
    fn a_fix_that_never_settles_ends() {
        let fixed = fix("a", Applicability::Safe, |text| {
            lint(text, "aa", Applicability::Safe)
        });
        assert!(fixed.text.len() > 1);
    }
}

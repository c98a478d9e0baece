//! The value of a template, as far as its variables are known.

use std::ops::Range;

use super::{Modifier, Operator, Piece, Reference, Template, Word};

/// Longest text that an expansion gives, in bytes. `ENV A=$A$A` doubles a value on each line; past this the
/// result is unknown.
pub const MAX_EXPANDED: usize = 1 << 16;

/// Most steps that matching one pattern may take; past them the result is unknown.
const MAX_PATTERN_STEPS: usize = 1 << 20;

/// What is known of a variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// It has this value.
    Set(String),
    /// It certainly has none.
    Unset,
    /// Only the build or the run will tell.
    Unknown,
}

/// A template with its references replaced.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Expanded {
    /// The text. A reference whose value is unknown stands in it as it is written.
    pub text: String,
    /// Whether every reference was resolved, so that `text` is the value.
    pub complete: bool,
    /// The first reference with `?` or `:?` whose variable is missing: expanding it is an error.
    pub missing: Option<Range<usize>>,
}

impl Expanded {
    /// The value, if it is known for sure.
    pub fn known(&self) -> Option<&str> {
        (self.complete && self.missing.is_none()).then_some(&*self.text)
    }
}

impl Template {
    /// Replaces the references in `text`, the text that this template was parsed from. A template with
    /// errors is never complete.
    pub fn expand(&self, text: &str, lookup: &mut dyn FnMut(&str) -> Value) -> Expanded {
        let mut expansion = Expansion {
            text,
            lookup,
            complete: self.errors.is_empty(),
            missing: None,
        };
        let text = expansion.pieces(&self.pieces);
        Expanded {
            text,
            complete: expansion.complete,
            missing: expansion.missing,
        }
    }
}

struct Expansion<'t, 'l> {
    text: &'t str,
    lookup: &'l mut dyn FnMut(&str) -> Value,
    complete: bool,
    missing: Option<Range<usize>>,
}

impl Expansion<'_, '_> {
    fn source(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn pieces(&mut self, pieces: &[Piece]) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Literal(range) => out.push_str(self.source(range)),
                Piece::Reference(reference) => match self.reference(reference) {
                    Some(value) if out.len() + value.len() <= MAX_EXPANDED => out.push_str(&value),
                    _ => {
                        self.complete = false;
                        out.push_str(self.source(&reference.range));
                    }
                },
            }
        }
        out
    }

    /// A word's value, if all of it is known. Leaves `complete` alone: the word may not matter.
    fn word(&mut self, word: &Word) -> Option<String> {
        let outer = std::mem::replace(&mut self.complete, true);
        let value = self.pieces(&word.pieces);
        let known = std::mem::replace(&mut self.complete, outer);
        known.then_some(value)
    }

    fn reference(&mut self, reference: &Reference) -> Option<String> {
        let name = self.text.get(reference.name.clone()).unwrap_or_default();
        let value = (self.lookup)(name);
        match &reference.modifier {
            None => match value {
                Value::Set(value) => Some(value),
                Value::Unset => Some(String::new()),
                Value::Unknown => None,
            },
            Some(modifier) => self.modified(reference, modifier, value),
        }
    }

    fn modified(
        &mut self,
        reference: &Reference,
        modifier: &Modifier,
        value: Value,
    ) -> Option<String> {
        let (value, set) = match value {
            Value::Set(value) => (value, true),
            Value::Unset => (String::new(), false),
            Value::Unknown => return None,
        };
        let filled = !value.is_empty();
        match modifier.operator {
            Operator::DefaultIfEmpty if filled => Some(value),
            Operator::DefaultIfUnset if set => Some(value),
            Operator::DefaultIfEmpty | Operator::DefaultIfUnset => self.word(&modifier.word),
            Operator::AlternativeIfFilled if !filled => Some(String::new()),
            Operator::AlternativeIfSet if !set => Some(String::new()),
            Operator::AlternativeIfFilled | Operator::AlternativeIfSet => self.word(&modifier.word),
            Operator::RequiredFilled if filled => Some(value),
            Operator::Required if set => Some(value),
            Operator::RequiredFilled | Operator::Required => {
                self.missing.get_or_insert_with(|| reference.range.clone());
                None
            }
            operator => {
                let pattern = self.word(&modifier.word)?;
                let replacement = match &modifier.replacement {
                    Some(word) => self.word(word)?,
                    None => String::new(),
                };
                substitute(&value, &pattern, operator, &replacement)
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Token {
    Char(char),
    Any,
    Star,
}

/// A pattern's tokens; nothing for an escape that BuildKit refuses.
fn tokens(pattern: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        tokens.push(match c {
            '*' => Token::Star,
            '?' => Token::Any,
            '\\' => Token::Char(
                chars
                    .next()
                    .filter(|c| matches!(c, '*' | '?' | '\\' | '}' | '/'))?,
            ),
            c => Token::Char(c),
        });
    }
    Some(tokens)
}

/// For each length, whether the pattern matches exactly that many of the first characters.
fn matches(pattern: &[Token], value: &[char]) -> Vec<bool> {
    let mut reached = vec![false; value.len() + 1];
    reached[0] = true;
    for token in pattern {
        let mut next = vec![false; value.len() + 1];
        for at in 0..=value.len() {
            next[at] = match token {
                Token::Star => reached[at] || at > 0 && next[at - 1],
                Token::Any => at > 0 && reached[at - 1],
                Token::Char(c) => at > 0 && reached[at - 1] && value[at - 1] == *c,
            };
        }
        reached = next;
    }
    reached
}

/// The value after a pattern operator, where it is certain.
fn substitute(value: &str, pattern: &str, operator: Operator, replacement: &str) -> Option<String> {
    // BuildKit's wildcards stop at line breaks, and its replacement knows `$1`.
    if value.contains('\n') || replacement.contains('$') {
        return None;
    }
    // `${A#$B}` with B beginning with `#` is `${A##…}`: the operator is read off the expanded word.
    if pattern.starts_with(['#', '%'])
        && matches!(operator, Operator::TrimPrefix | Operator::TrimSuffix)
    {
        return None;
    }
    let mut pattern = tokens(pattern)?;
    let mut value: Vec<char> = value.chars().collect();
    let steps = (pattern.len() + 1).saturating_mul(value.len() + 1);
    if steps > MAX_PATTERN_STEPS {
        return None;
    }
    match operator {
        Operator::TrimPrefix | Operator::TrimLongestPrefix => {
            let matched = matches(&pattern, &value);
            let end = if operator == Operator::TrimPrefix {
                matched.iter().position(|&m| m)
            } else {
                matched.iter().rposition(|&m| m)
            };
            Some(value[end.unwrap_or(0)..].iter().collect())
        }
        Operator::TrimSuffix | Operator::TrimLongestSuffix => {
            pattern.reverse();
            value.reverse();
            let matched = matches(&pattern, &value);
            let end = if operator == Operator::TrimSuffix {
                matched.iter().position(|&m| m)
            } else {
                matched.iter().rposition(|&m| m)
            };
            Some(value[end.unwrap_or(0)..].iter().rev().collect())
        }
        Operator::ReplaceFirst | Operator::ReplaceAll => {
            if pattern.is_empty() || steps.saturating_mul(value.len() + 1) > MAX_PATTERN_STEPS {
                return None;
            }
            let all = operator == Operator::ReplaceAll;
            let mut out = String::new();
            let mut at = 0;
            let mut replaced = false;
            while at < value.len() {
                let end = (!replaced || all)
                    .then(|| matches(&pattern, &value[at..]).iter().rposition(|&m| m))
                    .flatten();
                match end {
                    // Whether an empty match counts depends on what came before it.
                    Some(0) => return None,
                    Some(len) => {
                        out.push_str(replacement);
                        replaced = true;
                        at += len;
                    }
                    None => {
                        out.push(value[at]);
                        at += 1;
                    }
                }
            }
            Some(out)
        }
        _ => None,
    }
}

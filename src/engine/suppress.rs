//! Comments that ask for silence: `# dockworthy: ignore[rule, rule] reason`.
//!
//! On a line of its own such a comment covers the next instruction, or the next YAML node with everything
//! below it; at the end of a YAML line it covers that line. `ignore-file[…]`, before the first instruction
//! or node, covers the file. `until=2027-01-31` at the end of the brackets makes it expire on that day.

use crate::dockerfile::ast::{self, Ast};
use crate::text::span::offset;
use crate::text::{Span, Spanned};
use crate::yaml::{Document, Place, Yaml};

/// A comment that asks for silence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IgnoreComment {
    /// The ids or aliases in the brackets.
    pub rules: Vec<Spanned<String>>,
    /// The text behind the brackets.
    pub reason: Option<Spanned<String>>,
    /// The first day, as `YYYY-MM-DD`, on which it no longer counts.
    pub until: Option<Spanned<String>>,
    /// The comment itself.
    pub span: Span,
    /// The bytes whose findings it silences.
    pub covers: Span,
}

impl IgnoreComment {
    /// Whether it silences findings of a rule that answers to one of its names, at `at`, on the day `today`
    /// (`YYYY-MM-DD`; `None` means that nothing expires).
    pub fn silences(
        &self,
        answers_to: impl Fn(&str) -> bool,
        at: Span,
        today: Option<&str>,
    ) -> bool {
        self.covers.touches(at.start)
            && self.is_in_force(today)
            && self.rules.iter().any(|rule| answers_to(&rule.value))
    }

    fn is_in_force(&self, today: Option<&str>) -> bool {
        match (&self.until, today) {
            (Some(until), Some(today)) => today < until.value.as_str(),
            _ => true,
        }
    }
}

/// What a comment says, before it is known what it covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directive {
    /// Whether it speaks of the whole file.
    pub whole_file: bool,
    rules: Vec<Spanned<String>>,
    reason: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    span: Span,
}

impl Directive {
    /// Reads a comment whose text, from its `#` on, begins at byte `start` of the file. `None` when it is
    /// not addressed to dockworthy or does not follow the grammar.
    pub fn parse(comment: &str, start: u32) -> Option<Directive> {
        let body = comment.trim_start_matches('#').trim_start();
        let body = body.strip_prefix("dockworthy:")?.trim_start();
        let (whole_file, rest) = match body.strip_prefix("ignore-file") {
            Some(rest) => (true, rest),
            None => (false, body.strip_prefix("ignore")?),
        };
        let inside = rest.strip_prefix('[')?;
        let close = inside.find(']')?;
        let at = |part: &str| start + offset(part.as_ptr() as usize - comment.as_ptr() as usize);
        let spanned = |part: &str| {
            Spanned::new(
                part.to_owned(),
                Span::new(at(part), at(part) + offset(part.len())),
            )
        };
        let mut rules = Vec::new();
        let mut until = None;
        let words = inside[..close].split(|c: char| c == ',' || c == ';' || c.is_whitespace());
        for word in words.filter(|word| !word.is_empty()) {
            match word.strip_prefix("until=") {
                Some(date) => until = Some(spanned(date)),
                None => rules.push(spanned(word)),
            }
        }
        let reason = inside[close + 1..]
            .trim_start_matches([':', '-', ' ', '\t'])
            .trim_end();
        let reason = (!reason.is_empty()).then(|| spanned(reason));
        let span = Span::new(start, start + offset(comment.trim_end().len()));
        Some(Directive {
            whole_file,
            rules,
            reason,
            until,
            span,
        })
    }

    /// The suppression of what is in `covers`.
    pub fn covering(self, covers: Span) -> IgnoreComment {
        let Directive {
            rules,
            reason,
            until,
            span,
            ..
        } = self;
        IgnoreComment {
            rules,
            reason,
            until,
            span,
            covers,
        }
    }
}

/// Covers everything.
const WHOLE_FILE: Span = Span {
    start: 0,
    end: u32::MAX,
};

/// The suppressions in a Dockerfile. A comment between the lines of an instruction covers that instruction.
pub fn in_dockerfile(ast: &Ast, text: &str) -> Vec<IgnoreComment> {
    let mut found = Vec::new();
    if !ast.comments.iter().any(is_ours) {
        return found;
    }
    for (index, instruction) in ast.instructions.iter().enumerate() {
        for comment in ast
            .comments_before(instruction)
            .iter()
            .chain(ast.comments_inside(instruction))
        {
            let Some(directive) = directive(comment, text) else {
                continue;
            };
            let covers = match directive.whole_file {
                false => instruction.span,
                true if index == 0 => WHOLE_FILE,
                true => continue,
            };
            found.push(directive.covering(covers));
        }
    }
    found
}

fn is_ours(comment: &ast::Comment) -> bool {
    comment.text.starts_with("dockworthy:")
}

fn directive(comment: &ast::Comment, text: &str) -> Option<Directive> {
    if is_ours(comment) {
        Directive::parse(comment.span.text(text), comment.span.start)
    } else {
        None
    }
}

/// The suppressions in a YAML file.
pub fn in_yaml(yaml: &Yaml, text: &str) -> Vec<IgnoreComment> {
    let mut found = Vec::new();
    for document in &yaml.documents {
        let first = document
            .root
            .map_or(u32::MAX, |root| document.full_span(root).start);
        for comment in &document.comments {
            let Some(directive) = Directive::parse(comment.span.text(text), comment.span.start)
            else {
                continue;
            };
            let covers = if directive.whole_file {
                if comment.span.start > first {
                    continue;
                }
                WHOLE_FILE
            } else if comment.own_line {
                match next_node(document, comment.span.end, text) {
                    Some(span) => span,
                    None => continue,
                }
            } else {
                line_of(comment.span, text)
            };
            found.push(directive.covering(covers));
        }
    }
    found
}

/// The bytes of the line that a comment ends, without its line break.
fn line_of(comment: Span, text: &str) -> Span {
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    Span::new(offset(start), comment.end)
}

/// The entry or item that begins behind `from`, with everything below it.
fn next_node(document: &Document, from: u32, text: &str) -> Option<Span> {
    let rest = text.get(from as usize..)?;
    let mut at = from as usize;
    for line in rest.split_inclusive(['\n', '\r']) {
        let content = line.trim_start();
        if content.is_empty() || content.starts_with('#') {
            at += line.len();
            continue;
        }
        at += line.len() - content.len();
        break;
    }
    // A list item begins at its dash; the node behind it is what is covered, and the dash with it.
    let dash = at;
    let behind = text.get(at..)?.trim_start_matches(['-', ' ']);
    let is_item = text[at..].starts_with("- ");
    let at = if is_item {
        text.len() - behind.len()
    } else {
        at
    };
    let deepest = document.node_at(offset(at))?;
    let mut best = document.full_span(deepest);
    for id in document.ancestors(deepest) {
        if document.full_span(id).start < offset(dash) {
            break;
        }
        match document.place(id) {
            Place::Item(_) if is_item => {
                best = document.full_span(id).cover(Span::empty(offset(dash)))
            }
            Place::Key(index) if !is_item => {
                let entry = document
                    .parent(id)
                    .and_then(|parent| document.entries(parent).get(index as usize));
                best = entry.map_or(best, |entry| document.entry_span(*entry));
                break;
            }
            _ => {}
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(comment: &str) -> Option<Directive> {
        Directive::parse(comment, 100)
    }

    #[test]
    fn rules_reason_and_expiry_are_read_with_their_places() {
        let comment = "# dockworthy: ignore[root-user, DL3008 until=2027-01-31] needs port 80";
        let directive = parse(comment).unwrap();
        let names: Vec<_> = directive
            .rules
            .iter()
            .map(|r| (r.value.as_str(), r.span.start))
            .collect();
        assert_eq!(names, [("root-user", 121), ("DL3008", 132)]);
        assert_eq!(directive.until.unwrap().value, "2027-01-31");
        assert_eq!(directive.reason.unwrap().value, "needs port 80");
        assert!(!directive.whole_file);
    }

    fn covered(yaml: &str) -> Vec<String> {
        let parsed = crate::yaml::parse(&yaml.into());
        let comments = in_yaml(&parsed.tree, yaml);
        comments
            .iter()
            .map(|comment| comment.covers.text(yaml).to_owned())
            .collect()
    }

    #[test]
    fn a_comment_above_a_key_covers_the_entry_and_what_is_below() {
        let yaml = "services:\n  # dockworthy: ignore[x]\n\n  # more\n  web:\n    image: a\n  db:\n    image: b\n";
        assert_eq!(covered(yaml), ["web:\n    image: a"]);
    }

    #[test]
    fn a_comment_above_the_first_key_covers_that_key_only() {
        let yaml = "# dockworthy: ignore[x]\nservices:\n  web: {}\nvolumes: {}\n";
        assert_eq!(covered(yaml), ["services:\n  web: {}"]);
    }

    #[test]
    fn a_comment_above_an_item_covers_the_item() {
        let yaml = "a:\n  # dockworthy: ignore[x]\n  - b: 1\n    c: 2\n  - d: 3\n";
        assert_eq!(covered(yaml), ["- b: 1\n    c: 2"]);
    }

    #[test]
    fn a_comment_at_the_end_of_a_line_covers_that_line() {
        let yaml = "a:\n  b: 1 # dockworthy: ignore[x] why\n  c: 2\n";
        assert_eq!(covered(yaml), ["  b: 1 # dockworthy: ignore[x] why"]);
    }

    #[test]
    fn comments_for_others_are_left_alone() {
        for comment in [
            "# hadolint ignore=DL3008",
            "# dockworthy is nice",
            "# dockworthy: ignore root-user",
        ] {
            assert_eq!(parse(comment), None, "{comment}");
        }
    }

    #[test]
    fn an_expired_suppression_silences_nothing() {
        let suppression = parse("#dockworthy: ignore-file[a until=2027-01-31]")
            .unwrap()
            .covering(Span::new(0, 9));
        let silences = |today| suppression.silences(|name| name == "a", Span::new(3, 4), today);
        assert!(silences(None));
        assert!(silences(Some("2027-01-30")));
        assert!(!silences(Some("2027-01-31")));
    }
}

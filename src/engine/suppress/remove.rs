//! The edits that take a comment away, or one of its names, and nothing else.

use super::IgnoreComment;
use crate::text::span::offset;
use crate::text::{Edit, Span};

/// Words that begin a parser directive of a Dockerfile.
const DIRECTIVES: &[&str] = &["syntax", "escape", "check"];

/// The edit that takes the comment away, its line included when it has one of its own.
pub fn removal(comment: &IgnoreComment, text: &str) -> Option<Edit> {
    if comment.removable != comment.span {
        return Some(Edit::delete(comment.removable));
    }
    let (before, behind) = (
        text.get(..comment.span.start as usize)?,
        text.get(comment.span.end as usize..)?,
    );
    let content = before.trim_end_matches([' ', '\t']);
    let is_own_line = content.is_empty() || content.ends_with(['\n', '\r', '\u{feff}']);
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    let rest = &behind[blanks..];
    if !is_own_line {
        return Some(Edit::delete(Span::new(
            offset(content.len()),
            comment.span.end,
        )));
    }
    let line_breaks = ["\r\n", "\n", "\r"].into_iter();
    // The last line may have none.
    let line_break = line_breaks.chain([""]).find(|end| rest.starts_with(end))?;
    let next = rest[line_break.len()..].lines().next().unwrap_or_default();
    // In front of all instructions, what follows could become a parser directive.
    if comment.in_head && is_like_a_directive(next) {
        return None;
    }
    let end = comment.span.end + offset(blanks + line_break.len());
    Some(Edit::delete(Span::new(offset(content.len()), end)))
}

fn is_like_a_directive(line: &str) -> bool {
    let Some(body) = line.trim_start().strip_prefix('#') else {
        return false;
    };
    body.split_once('=').is_some_and(|(name, _)| {
        DIRECTIVES
            .iter()
            .any(|directive| name.trim().eq_ignore_ascii_case(directive))
    })
}

/// The edit that takes one of several names away, with what separates it from its neighbour.
pub fn name_removal(comment: &IgnoreComment, index: usize) -> Edit {
    let span = comment.rules[index].span;
    let next = comment.rules.get(index + 1);
    let previous = index
        .checked_sub(1)
        .and_then(|previous| comment.rules.get(previous));
    Edit::delete(match (next, previous) {
        (Some(next), _) => Span::new(span.start, next.span.start),
        (None, Some(previous)) => Span::new(previous.span.end, span.end),
        (None, None) => span,
    })
}

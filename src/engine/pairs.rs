//! Edits of instructions that are lists of pairs: `ENV`, `ARG` and `LABEL`.
//!
//! Not for: what a pair means.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Pair;
use crate::text::Span;
use crate::text::span::offset;

/// The bytes to delete so that one pair of an `ENV`, `ARG` or `LABEL` is gone and the rest reads as before: with
/// the gap before it, or behind it when it is the first; whole lines when it is the only one. `index` is the
/// number of the instruction.
pub fn without(pairs: &[Pair], pair: usize, index: usize, model: &Dockerfile, text: &str) -> Span {
    let span = pairs[pair].span;
    if let Some(before) = pair.checked_sub(1) {
        return Span::new(pairs[before].span.end, span.end);
    }
    if let Some(next) = pairs.get(1) {
        return Span::new(span.start, next.span.start);
    }
    let whole = model.ast.instructions[index].span;
    let before = &text[..whole.start as usize];
    let start = before.trim_end_matches([' ', '\t']).len();
    let behind = &text[whole.end as usize..];
    let end = text.len() - behind.trim_start_matches([' ', '\t']).len();
    let line_end = [b"\r\n".as_slice(), b"\n"]
        .into_iter()
        .find(|line_end| text.as_bytes()[end..].starts_with(line_end))
        .map_or(0, <[u8]>::len);
    Span::new(offset(start), offset(end + line_end))
}

//! Comments and what they stand beside.
//!
//! Not for: what a comment says; suppressions are read by `engine`.

use super::{Document, NodeId};
use crate::text::Span;

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the `#` to the end of the line, without the line break.
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

impl Document {
    /// The text of a comment, without its `#` and the blanks around.
    pub fn comment_text(&self, comment: Comment) -> &str {
        comment.span.text(&self.text).trim_start_matches('#').trim()
    }

    /// The comments that stand on lines of their own directly above the node: above the line on which its
    /// entry, item or the node itself begins, with no other line in between.
    pub fn comments_above(&self, id: NodeId) -> &[Comment] {
        let mut line = self.line_start(self.head(id));
        let end = self
            .comments
            .partition_point(|comment| comment.span.start < line);
        let mut start = end;
        while let Some(comment) = start
            .checked_sub(1)
            .and_then(|index| self.comments.get(index))
        {
            let between = Span::new(comment.span.end, line).text(&self.text);
            if !comment.own_line || !matches!(between, "\n" | "\r\n" | "\r") {
                break;
            }
            line = self.line_start(comment.span.start);
            start -= 1;
        }
        &self.comments[start..end]
    }

    /// The comment at the end of the line on which the node's entry, item or the node itself begins, or
    /// else of the line on which a node of several lines ends.
    pub fn comment_beside(&self, id: NodeId) -> Option<Comment> {
        let at_end_of = |place: u32| {
            let next = self
                .comments
                .partition_point(|comment| comment.span.start < place);
            let comment = *self.comments.get(next)?;
            let between = Span::new(place, comment.span.start).text(&self.text);
            let same_line = !comment.own_line && !between.contains(['\n', '\r']);
            same_line.then_some(comment)
        };
        at_end_of(self.head(id)).or_else(|| at_end_of(self.span(id).end))
    }

    /// Where the entry that the node is the value of begins, or else the node itself.
    fn head(&self, id: NodeId) -> u32 {
        let first = self.key_of(id).unwrap_or(id);
        self.full_span(first).start
    }

    fn line_start(&self, place: u32) -> u32 {
        let before = Span::new(0, place).text(&self.text);
        let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        crate::text::span::offset(start)
    }
}

//! Collections in brackets and braces.

use super::super::CollectionStyle;
use super::Reader;
use crate::text::Span;
use crate::text::span::offset;

/// How deep brackets may stand in brackets.
const MAX_FLOW_DEPTH: usize = 8;

impl Reader<'_> {
    /// Reads a flow collection, whose lines stand deeper than `column`.
    pub(super) fn flow(&mut self, column: usize, depth: usize) -> Option<()> {
        if depth > MAX_FLOW_DEPTH {
            return None;
        }
        let mapping = self.byte() == Some(b'{');
        let close = if mapping { b'}' } else { b']' };
        let opener = self.one_byte();
        let properties = self.properties();
        self.builder.begin(
            self.text,
            mapping,
            CollectionStyle::Flow,
            opener,
            properties,
        );
        self.place_anchor();
        loop {
            self.flow_blanks(column)?;
            if self.byte()? == close {
                break;
            }
            if mapping {
                self.flow_key(column)?;
            }
            match self.byte()? {
                b'[' | b'{' => self.flow(column, depth + 1)?,
                b'*' => self.alias()?,
                _ => self.scalar(true)?,
            }
            self.flow_blanks(column)?;
            match self.byte()? {
                b',' => self.at += 1,
                byte if byte == close => break,
                _ => return None,
            }
        }
        let closer = self.one_byte();
        self.builder.end(closer);
        Some(())
    }

    fn one_byte(&mut self) -> Span {
        let start = offset(self.at);
        self.at += 1;
        Span::new(start, start + 1)
    }

    /// Reads a key with its colon, up to the value.
    fn flow_key(&mut self, column: usize) -> Option<()> {
        self.scalar(true)?;
        self.blanks();
        if !self.is_indicator(b':') {
            return None;
        }
        self.at += 1;
        self.flow_blanks(column)
    }

    /// Goes to the next token, which may be on a later line and behind comments.
    fn flow_blanks(&mut self, column: usize) -> Option<()> {
        // Where the line begins, if it is another than that of the last token.
        let mut line = None;
        loop {
            self.blanks();
            match self.byte()? {
                b'#' if line == Some(self.at) || self.bytes[self.at - 1] == b' ' => {
                    self.comment(line.is_some());
                    line = Some(self.at);
                }
                b'\r' | b'\n' => {
                    self.line_break();
                    line = Some(self.at);
                }
                byte => {
                    let closes = matches!(byte, b']' | b'}');
                    let deep = line.is_none_or(|line| self.at - line > column);
                    return (closes || deep).then_some(());
                }
            }
        }
    }
}

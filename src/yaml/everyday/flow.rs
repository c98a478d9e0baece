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
            if matches!(self.byte()?, b'[' | b'{') {
                self.flow(column, depth + 1)?;
            } else {
                self.scalar(true)?;
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

    /// Goes to the next token, which may be on a later line.
    fn flow_blanks(&mut self, column: usize) -> Option<()> {
        self.blanks();
        while matches!(self.byte()?, b'\r' | b'\n') {
            self.line_break();
            let line = self.at;
            self.blanks();
            let free = matches!(self.byte()?, b'\r' | b'\n' | b']' | b'}');
            if !free && self.at - line <= column {
                return None;
            }
        }
        Some(())
    }
}

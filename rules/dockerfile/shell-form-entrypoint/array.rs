//! The edits that make a JSON array of a shell form. They leave line breaks and comments where they are.

use std::fmt::Write as _;

use crate::dockerfile::ast::ShellForm;
use crate::shell::word::Word;
use crate::text::{Edit, Span};

/// An array of these words, all of them known. It takes the place of what stands between `start` and the last
/// word. `text` is the file's.
pub(super) fn of_words(words: &[Word], start: u32, text: &str) -> Vec<Edit> {
    let mut edits = Vec::with_capacity(words.len() * 2);
    for (index, word) in words.iter().enumerate() {
        let value = word.literal().unwrap_or_default();
        let escaped = escaped(value);
        let opening = if index == 0 { "[\"" } else { "\"" };
        let closing = if index + 1 == words.len() {
            "\"]"
        } else {
            "\","
        };
        let first = if index == 0 { start } else { word.span.start };
        let stays = first == word.span.start && word.span.text(text) == escaped;
        if stays {
            edits.push(Edit::insert(word.span.start, opening));
            edits.push(Edit::insert(word.span.end, closing));
        } else {
            let span = Span::new(first, word.span.end);
            edits.push(Edit::replace(span, format!("{opening}{escaped}{closing}")));
        }
    }
    edits
}

/// An array that runs the whole text in a shell, with `exec` put in at the byte `exec_at` of the file.
pub(super) fn of_script(form: &ShellForm, exec_at: u32) -> Option<Vec<Edit>> {
    let text = form.text.text();
    let mut edits = Vec::new();
    let mut opening = "[\"/bin/sh\", \"-c\", \"".to_owned();
    if exec_at == form.span.start {
        opening.push_str("exec ");
    } else {
        edits.push(Edit::insert(exec_at, "exec "));
    }
    edits.push(Edit::insert(form.span.start, opening));
    edits.push(Edit::insert(form.span.end, "\"]"));
    for (at, c) in text.char_indices() {
        if c.is_control() {
            return None;
        }
        if matches!(c, '"' | '\\') {
            let span = form.text.span(at..at + 1);
            if span.len() != 1 {
                return None;
            }
            edits.push(Edit::replace(span, format!("\\{c}")));
        }
    }
    Some(edits)
}

/// A text as it stands between the quotes of JSON.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

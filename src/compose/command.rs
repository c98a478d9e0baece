//! Commands: `command`, `entrypoint` and those of hooks.
//!
//! A text is split into words by mattn/go-shellwords (compose-go `types/command.go`), which looks like a
//! shell and is none: it replaces no variable, runs nothing, and silently stops at the first operator.
//!
//! Not for: what a command does when a shell runs it (`crate::shell`).

use std::ops::Range;

use super::reader::{Reader, Slot};
use super::value::{Scalar, Setting, Text};
use crate::text::{Cooked, CookedBuilder, FileId, Located, Location, Span};

/// A command.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A text that Compose splits into words.
    Line(Line),
    /// The words.
    Words(Vec<Text>),
}

/// A command as a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The text.
    pub text: Scalar,
    /// The text taken apart.
    pub split: Split,
    /// Nothing when Compose refuses the text.
    words: Vec<Text>,
}

impl Line {
    fn new(text: Scalar, file: FileId) -> Line {
        let split = split(text.text());
        let word = |word: &Word| Located {
            value: text
                .part(word.range.clone())
                .with_text(word.cooked(text.cooked())),
            at: Location {
                file,
                span: text.span_of(word.range.clone()),
            },
        };
        let words = match split.error {
            Some(_) => Vec::new(),
            None => split.words.iter().map(word).collect(),
        };
        Line { text, split, words }
    }
}

impl Command {
    /// Whether it is empty, which clears the image's.
    pub fn is_empty(&self) -> bool {
        match self {
            Command::Line(line) => line.text.is_empty(),
            Command::Words(words) => words.is_empty(),
        }
    }

    /// The words that are run, each with what is known of it. Nothing for a line that Compose refuses.
    pub fn words(&self) -> &[Text] {
        match self {
            Command::Words(words) => words,
            Command::Line(line) => &line.words,
        }
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Command> {
        let command = if cx.is_list(slot.node) {
            Command::Words(cx.texts(slot).items)
        } else {
            Command::Line(Line::new(cx.scalar(slot.node)?, slot.at.file))
        };
        Some(slot.field(command))
    }
}

/// Words as a line of shell in which each is quoted, so that what reads shell reads the same words: its places are
/// those of the words. Variables that are unknown are masked, see [`Scalar::masked`].
pub fn quoted(words: &[Text]) -> Cooked<'static> {
    let mut line = CookedBuilder::default();
    for word in words {
        let place = word.at.span;
        let before = if line.is_empty() { "'" } else { " '" };
        line.replaced(before, Span::empty(place.start));
        let Some(masked) = word.value.masked() else {
            line.replaced("\u{fffc}'", place);
            continue;
        };
        let text = masked.text();
        let mut done = 0;
        for (at, quote) in text.match_indices('\'') {
            line.cooked(&masked.slice(done..at));
            line.replaced("'\\''", masked.span(at..at + quote.len()));
            done = at + quote.len();
        }
        line.cooked(&masked.slice(done..text.len()));
        line.replaced("'", Span::empty(place.end));
    }
    line.finish(words.first().map_or(0, |word| word.at.span.start))
}

/// A command line taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Split {
    /// The words up to the cut.
    pub words: Vec<Word>,
    /// The first character that Compose takes for an operator. It and all that follows is dropped.
    pub cut: Option<Range<usize>>,
    /// Why the line is refused.
    pub error: Option<SplitError>,
}

/// A word of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Without its quotes and escapes.
    pub text: String,
    /// With them, in bytes of the line.
    pub range: Range<usize>,
    /// What the text is made of, from left to right.
    pieces: Vec<Piece>,
}

/// A stretch of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// The bytes of the line.
    range: Range<usize>,
    /// What they stand for, if not for themselves.
    escape: Option<char>,
}

impl Word {
    /// The text with its map to the file; `line` is what was split.
    pub fn cooked(&self, line: &Cooked<'_>) -> Cooked<'static> {
        let mut builder = CookedBuilder::with_capacity(self.text.len());
        for piece in &self.pieces {
            match piece.escape {
                None => builder.cooked(&line.slice(piece.range.clone())),
                Some(c) => {
                    builder.replaced(c.encode_utf8(&mut [0; 4]), line.span(piece.range.clone()))
                }
            }
        }
        builder.finish(line.start_of(self.range.start))
    }

    /// Adds bytes of the line that stand for themselves.
    fn push(&mut self, line: &str, range: Range<usize>) {
        self.text.push_str(&line[range.clone()]);
        self.range.end = range.end;
        match self.pieces.last_mut() {
            Some(last) if last.escape.is_none() && last.range.end == range.start => {
                last.range.end = range.end;
            }
            _ => self.pieces.push(Piece {
                range,
                escape: None,
            }),
        }
    }

    /// Adds a character that stands for some bytes of the line.
    fn push_escape(&mut self, c: char, range: Range<usize>) {
        self.text.push(c);
        self.range.end = range.end;
        self.pieces.push(Piece {
            range,
            escape: Some(c),
        });
    }
}

/// Why a command line is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitError {
    /// The offending bytes of the line.
    pub range: Range<usize>,
    /// What is wrong.
    pub kind: SplitErrorKind,
}

/// What is wrong with a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitErrorKind {
    /// A quote, backtick or `$(` that is not closed.
    Unclosed,
    /// A parenthesis outside quotes and `$(…)`.
    Parenthesis,
    /// A backslash at the end.
    TrailingBackslash,
}

/// What an opened quote is closed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Single,
    Double,
    Backtick,
    Substitution,
}

/// Splits a command line into words as Compose does.
pub fn split(line: &str) -> Split {
    let mut split = Split::default();
    let mut word: Option<Word> = None;
    let mut quote: Option<(Quote, usize)> = None;
    let mut escaped: Option<usize> = None;
    let mut next = 0;
    while let Some(c) = line[next..].chars().next() {
        let at = next;
        if escaped.is_none() {
            let plain = line.as_bytes()[at..].iter();
            let plain = plain.take_while(|byte| !is_special(**byte)).count();
            if plain > 0 {
                next += plain;
                open(&mut word, at).push(line, at..next);
                continue;
            }
        }
        let end = at + c.len_utf8();
        next = end;
        if let Some(backslash) = escaped.take() {
            let word = open(&mut word, backslash);
            match (quote, c) {
                (Some((Quote::Backtick | Quote::Substitution, _)), _) => {
                    word.push(line, backslash..end);
                }
                (_, 't') => word.push_escape('\t', backslash..end),
                (_, 'n') => word.push_escape('\n', backslash..end),
                _ => word.push(line, at..end),
            }
            continue;
        }
        let kind = quote.map(|(kind, _)| kind);
        match (c, kind) {
            ('\\', Some(Quote::Single)) => {}
            ('\\', _) => {
                escaped = Some(at);
                continue;
            }
            (' ' | '\t' | '\r' | '\n', None) => {
                split.words.extend(word.take());
                continue;
            }
            ('\'', None) => {
                quote = Some((Quote::Single, at));
                // Only a closed quote makes an empty word.
                open(&mut word, at).range.end = end;
                continue;
            }
            ('"', None) => {
                quote = Some((Quote::Double, at));
                open(&mut word, at).range.end = end;
                continue;
            }
            ('\'', Some(Quote::Single)) | ('"', Some(Quote::Double)) => {
                quote = None;
                open(&mut word, at).range.end = end;
                continue;
            }
            ('`', None) => quote = Some((Quote::Backtick, at)),
            ('`', Some(Quote::Backtick)) => quote = None,
            ('(', None) if word.as_ref().is_some_and(|word| word.text.ends_with('$')) => {
                quote = Some((Quote::Substitution, at - 1));
            }
            (')', Some(Quote::Substitution)) => quote = None,
            ('(' | ')', None | Some(Quote::Substitution)) => {
                split.error = Some(SplitError {
                    range: at..end,
                    kind: SplitErrorKind::Parenthesis,
                });
                return split;
            }
            (';' | '&' | '|' | '<' | '>', None) => {
                split.cut = Some(at..end);
                // `2>`: the number belongs to the operator.
                let is_number = |word: &Word| word.text.bytes().all(|b| b.is_ascii_digit());
                if c == '>' && word.as_ref().is_some_and(is_number) {
                    word = None;
                }
                break;
            }
            _ => {}
        }
        open(&mut word, at).push(line, at..end);
    }
    split.words.extend(word);
    let unfinished = |at: usize, kind: SplitErrorKind| SplitError {
        range: at..at + 1,
        kind,
    };
    split.error = match (escaped, quote) {
        (_, Some((_, at))) => Some(unfinished(at, SplitErrorKind::Unclosed)),
        (Some(at), None) => Some(unfinished(at, SplitErrorKind::TrailingBackslash)),
        (None, None) => None,
    };
    split
}

/// Whether a byte can be more than itself somewhere in a command line.
fn is_special(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'\r'
            | b'\n'
            | b'\\'
            | b'\''
            | b'"'
            | b'`'
            | b'('
            | b')'
            | b';'
            | b'&'
            | b'|'
            | b'<'
            | b'>'
    )
}

fn open(word: &mut Option<Word>, at: usize) -> &mut Word {
    word.get_or_insert_with(|| Word {
        text: String::new(),
        range: at..at,
        pieces: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        let split = split(line);
        assert_eq!(split.error, None, "{line}");
        split.words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_line_is_split_at_blanks_outside_quotes() {
        assert_eq!(words("a  'b c' \"d\te\" ''"), ["a", "b c", "d\te", ""]);
        assert_eq!(
            words(r#"a\ b "c\"d" 'e\f' \n"#),
            ["a b", "c\"d", "e\\f", "\n"]
        );
        assert_eq!(words("A=1 $(b c) `d e`"), ["A=1", "$(b c)", "`d e`"]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn a_line_is_cut_at_the_first_operator() {
        let line = split("npm ci && npm start");
        assert_eq!(line.words.len(), 2);
        assert_eq!(line.cut, Some(7..8));
        assert_eq!(split("a 2>&1").words.len(), 1);
        assert_eq!(split("a 2x>b").words.len(), 2);
        assert_eq!(split("'a;b' \"c|d\"").cut, None);
        // What is behind the cut is not even looked at.
        assert_eq!(split("a | 'b").error, None);
    }

    #[test]
    fn unbalanced_lines_are_refused() {
        let table = [
            ("a 'b", 2, SplitErrorKind::Unclosed),
            ("a \"b", 2, SplitErrorKind::Unclosed),
            ("a `b", 2, SplitErrorKind::Unclosed),
            ("a $(b", 2, SplitErrorKind::Unclosed),
            ("a (b)", 2, SplitErrorKind::Parenthesis),
            ("a b) c", 3, SplitErrorKind::Parenthesis),
            ("a \\", 2, SplitErrorKind::TrailingBackslash),
        ];
        for (line, at, kind) in table {
            let error = split(line).error.expect(line);
            assert_eq!((error.range.start, error.kind), (at, kind), "{line}");
        }
    }

    #[test]
    fn ranges_of_words_hold_their_quotes() {
        let line = "a 'b c'd";
        let split = split(line);
        assert_eq!(&line[split.words[1].range.clone()], "'b c'd");
        let cooked = split.words[1].cooked(&Cooked::verbatim(line, 10));
        assert_eq!(cooked.text(), "b cd");
        assert_eq!(cooked.span(2..4), Span::new(15, 18));
    }
}

//! Splitting of Compose's `command`, `entrypoint` and hook commands given as text.
//!
//! Compose runs no shell for them. It splits the text into words with a small program of its own (the Go
//! module `mattn/go-shellwords`, version 1.0.12 in compose-go's `go.mod`), which looks like a shell and is
//! none: it stops without a word at the first `;`, `&`, `|`, `<` or `>`, knows no variables and no
//! comments, and takes `\n` for a line break. What it does is written down in its `shellwords.go`; this file
//! does the same with places.

use crate::diagnostic::{Parse, SyntaxError};
use crate::text::{Cooked, Span, Spanned};

/// What becomes of a command given as text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Split {
    /// The words that the program gets.
    pub words: Vec<SplitWord>,
    /// The operator at which splitting stopped; nothing from there on is ever seen by anyone.
    pub stopped_at: Option<Spanned<char>>,
    /// From the operator to the end of the text.
    pub ignored: Option<Span>,
}

/// A word after splitting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SplitWord {
    /// The word without quotes and escapes.
    pub value: String,
    /// Its place, quotes included.
    pub span: Span,
    /// Whether quotes or a backslash are used in it.
    pub is_quoted: bool,
}

/// Splits a command as Compose does. `text` is what is left after interpolation. On an error Compose refuses
/// the file; the words read so far are given all the same.
pub fn split(text: &Cooked<'_>) -> Parse<Split> {
    let mut state = State::default();
    let end = text.text().len();
    for (at, character) in text.text().char_indices() {
        match state.read(at, character) {
            Step::GoOn => {}
            Step::EndWord => state.end_word(text, at),
            Step::Stop => {
                let span = text.span(at..at + character.len_utf8());
                state.split.stopped_at = Some(Spanned::new(character, span));
                state.split.ignored = Some(text.span(at..end));
                state.end_word(text, at);
                return Parse {
                    tree: state.split,
                    errors: Vec::new(),
                };
            }
            Step::Fail => {
                state.end_word(text, at);
                let span = text.span(at..at + 1);
                let error = SyntaxError::new(
                    super::parse::RULE,
                    span,
                    "`(` outside of quotes is refused by Compose",
                )
                .with_help("put the text in quotes, or run it with `sh -c`");
                return Parse {
                    tree: state.split,
                    errors: vec![error],
                };
            }
        }
    }
    let error = state
        .open()
        .map(|(at, message)| SyntaxError::new(super::parse::RULE, text.span(at..at + 1), message));
    state.end_word(text, end);
    Parse {
        tree: state.split,
        errors: error.into_iter().collect(),
    }
}

/// What to do after a character.
enum Step {
    GoOn,
    EndWord,
    Stop,
    Fail,
}

/// What the splitter remembers between characters.
#[derive(Default)]
struct State {
    split: Split,
    value: String,
    /// Where the word begins.
    start: Option<usize>,
    /// Whether there is a word, be it an empty one.
    has_word: bool,
    is_quoted: bool,
    /// Where the open quote, parenthesis or backslash stands.
    escaped: Option<usize>,
    double: Option<usize>,
    single: Option<usize>,
    backtick: Option<usize>,
    substitution: Option<usize>,
}

impl State {
    fn read(&mut self, at: usize, character: char) -> Step {
        if self.escaped.take().is_some() {
            self.value.push(match character {
                't' => '\t',
                'n' => '\n',
                other => other,
            });
            self.has_word = true;
            return Step::GoOn;
        }
        let in_single = self.single.is_some();
        let in_double = self.double.is_some();
        let in_backtick = self.backtick.is_some();
        let in_substitution = self.substitution.is_some();
        match character {
            '\\' => {
                self.begin(at);
                if in_single {
                    self.value.push('\\');
                } else {
                    self.escaped = Some(at);
                    self.is_quoted = true;
                }
                return Step::GoOn;
            }
            ' ' | '\t' | '\r' | '\n' => {
                if in_single || in_double || in_backtick || in_substitution {
                    self.value.push(character);
                } else {
                    return Step::EndWord;
                }
                return Step::GoOn;
            }
            '`' if !in_single && !in_double && !in_substitution => {
                toggle(&mut self.backtick, at);
            }
            // Without `$(` before it, `)` opens what it should close.
            ')' if !in_single && !in_double && !in_backtick => {
                toggle(&mut self.substitution, at);
            }
            '(' if !in_single && !in_double && !in_backtick => {
                if in_substitution || !self.value.ends_with('$') {
                    return Step::Fail;
                }
                self.substitution = Some(at);
                self.value.push('(');
                return Step::GoOn;
            }
            '"' if !in_single && !in_substitution => {
                self.begin(at);
                self.has_word |= in_double;
                self.is_quoted = true;
                toggle(&mut self.double, at);
                return Step::GoOn;
            }
            '\'' if !in_double && !in_substitution => {
                self.begin(at);
                self.has_word |= in_single;
                self.is_quoted = true;
                toggle(&mut self.single, at);
                return Step::GoOn;
            }
            ';' | '&' | '|' | '<' | '>'
                if !in_single && !in_double && !in_backtick && !in_substitution =>
            {
                // In front of `>` a word that begins with a digit is taken for a descriptor.
                if character == '>' && self.value.starts_with(|first: char| first.is_ascii_digit())
                {
                    self.has_word = false;
                }
                return Step::Stop;
            }
            _ => {}
        }
        self.begin(at);
        self.value.push(character);
        self.has_word = true;
        Step::GoOn
    }

    fn begin(&mut self, at: usize) {
        self.start = self.start.or(Some(at));
    }

    /// Ends the word, if there is one, before the character at `at`.
    fn end_word(&mut self, text: &Cooked<'_>, at: usize) {
        let value = std::mem::take(&mut self.value);
        let is_quoted = std::mem::take(&mut self.is_quoted);
        let has_word = std::mem::take(&mut self.has_word);
        if let Some(start) = self.start.take()
            && has_word
        {
            self.split.words.push(SplitWord {
                value,
                span: text.span(start..at),
                is_quoted,
            });
        }
    }

    /// What is still open at the end, and why that is refused.
    fn open(&self) -> Option<(usize, &'static str)> {
        let all = [
            (self.single, "`'` is never closed"),
            (self.double, "`\"` is never closed"),
            (self.backtick, "backtick is never closed"),
            (self.substitution, "parenthesis is never closed"),
            (self.escaped, "`\\` at the end escapes nothing"),
        ];
        all.into_iter()
            .find_map(|(at, message)| Some((at?, message)))
    }
}

fn toggle(open: &mut Option<usize>, at: usize) {
    *open = match open {
        Some(_) => None,
        None => Some(at),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let parsed = split(&Cooked::verbatim(text, 0));
        assert_eq!(parsed.errors, [], "{text}");
        parsed
            .tree
            .words
            .into_iter()
            .map(|word| word.value)
            .collect()
    }

    #[test]
    fn words_are_those_of_compose() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("  a\tb\r\n c ", &["a", "b", "c"]),
            ("a 'b c' \"d e\"", &["a", "b c", "d e"]),
            ("a'b'\"c\"d", &["abcd"]),
            ("'' \"\" x", &["", "", "x"]),
            (r"a\ b \n\t\x", &["a b", "\n\tx"]),
            (r#""a\"b" 'a\b'"#, &["a\"b", "a\\b"]),
            (
                "echo $(date +%s) `a b` *.c ~",
                &["echo", "$(date +%s)", "`a b`", "*.c", "~"],
            ),
            ("A=1 b $X ${Y} # c", &["A=1", "b", "$X", "${Y}", "#", "c"]),
            ("sh -c \"a && b\"", &["sh", "-c", "a && b"]),
            ("a ) b )", &["a", ") b )"]),
            ("`a \"b\" c`", &["`a b c`"]),
            ("é 'ü ü'", &["é", "ü ü"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn splitting_stops_at_the_first_operator() {
        let cases: &[(&str, &[&str], char, usize)] = &[
            ("npm ci && npm start", &["npm", "ci"], '&', 7),
            ("a;b", &["a"], ';', 1),
            ("a | b", &["a"], '|', 2),
            ("a <b", &["a"], '<', 2),
            ("a 2>&1", &["a"], '>', 3),
            ("a 8080>x", &["a"], '>', 6),
            ("a x2>y", &["a", "x2"], '>', 4),
            ("a ''; b", &["a", ""], ';', 4),
        ];
        for (text, expected, operator, at) in cases {
            let parsed = split(&Cooked::verbatim(text, 10)).tree;
            let values: Vec<&str> = parsed.words.iter().map(|word| &*word.value).collect();
            assert_eq!(values, *expected, "{text}");
            let start = 10 + crate::text::span::offset(*at);
            let span = Span::new(start, start + 1);
            assert_eq!(parsed.stopped_at, Some(Spanned::new(*operator, span)));
            let end = 10 + crate::text::span::offset(text.len());
            assert_eq!(parsed.ignored, Some(Span::new(start, end)));
        }
    }

    #[test]
    fn what_compose_refuses_is_an_error_at_its_place() {
        let cases = [
            ("a 'b", 2, "`'` is never closed"),
            ("a \"b", 2, "`\"` is never closed"),
            ("a `b", 2, "backtick is never closed"),
            ("a $(b", 3, "parenthesis is never closed"),
            ("a ) b", 2, "parenthesis is never closed"),
            ("a \\", 2, "`\\` at the end escapes nothing"),
            ("a (b)", 2, "`(` outside of quotes is refused by Compose"),
            (
                "a $(b (c))",
                6,
                "`(` outside of quotes is refused by Compose",
            ),
        ];
        for (text, at, message) in cases {
            let parsed = split(&Cooked::verbatim(text, 0));
            let [error] = &parsed.errors[..] else {
                panic!("{text}: {:?}", parsed.errors);
            };
            assert_eq!((error.span.start, &*error.message), (at, message), "{text}");
            assert_eq!(parsed.tree.words[0].value, "a");
        }
    }

    #[test]
    fn places_reach_through_escapes_of_the_file() {
        let mut builder = crate::text::CookedBuilder::default();
        builder.verbatim("a ", 5);
        builder.replaced("\"", Span::new(7, 9));
        builder.verbatim("b c", 9);
        builder.replaced("\"", Span::new(12, 14));
        builder.verbatim(" d", 14);
        let parsed = split(&builder.finish(5)).tree;
        let spans: Vec<Span> = parsed.words.iter().map(|word| word.span).collect();
        assert_eq!(
            spans,
            [Span::new(5, 6), Span::new(7, 14), Span::new(15, 16)]
        );
        assert!(parsed.words[1].is_quoted);
    }
}

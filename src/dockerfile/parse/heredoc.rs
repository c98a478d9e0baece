//! Heredocs of `RUN`, `COPY` and `ADD`.
//!
//! Which words open one and where its body ends, as in BuildKit's `parser/parser.go` and the part of
//! `shell/lex.go` that finds words. Whatever `# escape=` says, the backslash escapes here. Shell text is
//! not understood at this point: `$(( 1 << 2 ))` opens a heredoc, for BuildKit as well.

use std::ops::Range;

use nom::bytes::complete::{tag, take_while};
use nom::character::complete::digit0;
use nom::combinator::opt;
use nom::{IResult, Offset, Parser};

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::grammar::variable::{self, Dialect, Piece, Template};
use crate::text::span::offset;
use crate::text::{Cooked, CookedBuilder, Edit, Span, Spanned};

use super::super::ast::Heredoc;
use super::super::scan::{RawLine, Scanner};
use super::reader::{Reader, variable_error};

/// How often a body whose end is not found is taken to end at a line that nearly ends it. More than a
/// few in a file are hopeless, and each one reads the file to its end.
const MAX_RECOVERIES: u32 = 8;

/// What opens a heredoc, before its body is known.
pub(super) struct Opener {
    word: Span,
    delimiter: Spanned<Box<str>>,
    quoted: bool,
    strip_tabs: bool,
    descriptor: u32,
}

/// The openers on a line, given with keyword and flags. A line with an open quote or brace has none.
pub(super) fn openers(reader: &mut Reader<'_, '_>) -> Vec<Opener> {
    let line = reader.text();
    if memchr::memmem::find(line.as_bytes(), b"<<").is_none() {
        return Vec::new();
    }
    let template = variable::parse(line, Dialect::docker(b'\\'));
    if !template.errors.is_empty() {
        return Vec::new();
    }
    words(line, &template)
        .into_iter()
        .filter_map(|range| opener(reader, &line[range]))
        .collect()
}

/// Whether a word of `COPY` or `ADD` stands for a heredoc.
pub(super) fn is_opener(word: &str) -> bool {
    opener_parts(word).is_ok_and(|(rest, _)| {
        !rest.is_empty()
            && variable::parse(rest, Dialect::docker(b'\\'))
                .errors
                .is_empty()
    })
}

/// The ranges of the words of a line. White space behind `<<` belongs to its word, white space inside of
/// braces separates.
fn words(line: &str, template: &Template) -> Vec<Range<usize>> {
    let mut references = template
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Reference(reference) => Some(reference.range.clone()),
            Piece::Literal(_) => None,
        })
        .peekable();
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    let mut quote = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while references.next_if(|range| range.end <= at).is_some() {}
        let in_reference = references.peek().is_some_and(|range| range.start <= at);
        match quote {
            Some('\'') if c == '\'' => quote = None,
            Some('"') if in_reference => {}
            Some('"') if c == '"' => quote = None,
            Some('"') if c == '\\' => {
                chars.next_if(|(_, next)| matches!(next, '"' | '$' | '\\'));
            }
            Some(_) => {}
            None if c.is_whitespace() => {
                words.extend(start.take().map(|start| start..at));
                continue;
            }
            None if in_reference => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '\\' => {
                chars.next();
            }
            None if c == '<' && chars.next_if(|(_, next)| *next == '<').is_some() => {
                while chars
                    .next_if(|(_, next)| matches!(next, ' ' | '\t' | '\r'))
                    .is_some()
                {}
            }
            None => {}
        }
        start.get_or_insert(at);
    }
    words.extend(start.map(|start| start..line.len()));
    words
}

/// `3<<-` at the start of a word, and what follows: the delimiter, to the end of the word.
fn opener_parts(word: &str) -> IResult<&str, (&str, bool)> {
    let (rest, descriptor) = digit0.parse(word)?;
    let (rest, _) = tag("<<").parse(rest)?;
    let (rest, dash) = opt(tag("-")).parse(rest)?;
    let (rest, _) = take_while(char::is_whitespace).parse(rest)?;
    if rest.contains('<') {
        // A here-string, or nothing that anyone would write.
        return Err(nom::Err::Error(nom::error::Error::new(
            rest,
            nom::error::ErrorKind::Not,
        )));
    }
    Ok((rest, (descriptor, dash.is_some())))
}

fn opener(reader: &mut Reader<'_, '_>, word: &str) -> Option<Opener> {
    let (name, (descriptor, strip_tabs)) = opener_parts(word).ok()?;
    if name.is_empty() {
        return None;
    }
    let template = variable::parse(name, Dialect::docker(b'\\'));
    if let Some(error) = template.errors.first() {
        let message = error.message(name);
        reader.error(
            SyntaxError::new("invalid-heredoc", reader.span(name), message)
                .with_help("write a plain word behind `<<`"),
        );
        return None;
    }
    let delimiter: String = template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(range) => &name[range.clone()],
            Piece::Reference(reference) => &name[reference.range.clone()],
        })
        .collect();
    let quoted = has_quote(name);
    let word_len = word.offset(name) + name.len();
    Some(Opener {
        word: reader.span(&word[..word_len]),
        delimiter: Spanned::new(delimiter.into(), reader.span(name)),
        quoted,
        strip_tabs,
        descriptor: descriptor.parse().unwrap_or(0),
    })
}

/// Whether a quote stands in a word without a backslash before it.
fn has_quote(word: &str) -> bool {
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\'' => return true,
            '\\' => drop(chars.next()),
            _ => {}
        }
    }
    false
}

/// Reads bodies of heredocs.
pub(super) struct Bodies {
    recoveries_left: u32,
}

impl Default for Bodies {
    fn default() -> Bodies {
        Bodies {
            recoveries_left: MAX_RECOVERIES,
        }
    }
}

impl Bodies {
    /// Reads the body of a heredoc from the lines that come next. Gives its last line as well.
    pub(super) fn read(
        &mut self,
        text: &str,
        scanner: &mut Scanner<'_>,
        opener: Opener,
    ) -> (Heredoc, Option<(u32, u32)>) {
        let (body_start, _) = scanner.position();
        let mut near: Option<(Span, Span, (usize, u32))> = None;
        let mut end = None;
        let mut body_end = body_start;
        let mut last = None;
        while let Some(line) = scanner.raw_line() {
            if ends(line, &opener) {
                let word = line.text.trim_start_matches('\t');
                let indent = if opener.strip_tabs {
                    line.text.len() - word.len()
                } else {
                    0
                };
                end = Some(Span::from_range(line.start + indent..line.end()));
                last = Some((offset(line.end()), line.number));
                break;
            }
            if near.is_none() && nearly_ends(line, &opener) {
                let body = Span::from_range(body_start..line.start);
                near = Some((line.span(), body, scanner.position()));
            }
            body_end = line.next;
            last = Some((offset(line.end()), line.number));
        }
        let mut body_span = Span::from_range(body_start..body_end);
        if end.is_none() {
            if self.recoveries_left == 0 {
                near = None;
            }
            scanner
                .errors
                .push(unterminated(&opener, near.as_ref().map(|near| near.0)));
            match near {
                Some((line, body, position)) => {
                    self.recoveries_left -= 1;
                    scanner.seek(position);
                    body_span = body;
                    last = Some((line.end, position.1));
                }
                None => last = Some((body_span.end, scanner.position().1)),
            }
        }
        let heredoc = Heredoc {
            word: opener.word,
            delimiter: opener.delimiter,
            quoted: opener.quoted,
            strip_tabs: opener.strip_tabs,
            descriptor: opener.descriptor,
            body: body(text, body_span, opener.strip_tabs),
            body_span,
            terminator: end,
        };
        (heredoc, last)
    }
}

fn ends(line: RawLine<'_>, opener: &Opener) -> bool {
    let text = if opener.strip_tabs {
        line.text.trim_start_matches('\t')
    } else {
        line.text
    };
    *text == *opener.delimiter.value
}

fn nearly_ends(line: RawLine<'_>, opener: &Opener) -> bool {
    !opener.delimiter.value.trim().is_empty() && line.text.trim() == opener.delimiter.value.trim()
}

fn unterminated(opener: &Opener, near: Option<Span>) -> SyntaxError {
    let name = excerpt(&opener.delimiter.value);
    let message = format!("the heredoc `{name}` is not closed");
    let error = SyntaxError::new("invalid-heredoc", opener.word, message);
    let dash = if opener.strip_tabs {
        "; only tabs may stand before it"
    } else {
        ""
    };
    match near {
        Some(line) => error
            .with_help(format!(
                "write `{name}` on a line of its own without spaces around it{dash}"
            ))
            .with_label(line, "white space keeps this line from closing it")
            .with_fix(Fix::new(
                "take the white space away, so that the heredoc ends here",
                Applicability::Unsafe,
                vec![Edit::replace(line, opener.delimiter.value.to_string())],
            )),
        None => error.with_help(format!(
            "end it by a line that holds nothing but `{name}`{dash}"
        )),
    }
}

/// The body as the program sees it: for `<<-` without the tabs at the start of its lines.
fn body(text: &str, span: Span, strip_tabs: bool) -> Cooked<'static> {
    let content = span.text(text);
    if !strip_tabs {
        return Cooked::verbatim(content, span.start).into_owned();
    }
    let mut builder = CookedBuilder::with_capacity(content.len());
    let mut at = span.start;
    for line in content.split_inclusive('\n') {
        let kept = line.trim_start_matches('\t');
        builder.verbatim(kept, at + offset(line.len() - kept.len()));
        at += offset(line.len());
    }
    builder.finish(span.start)
}

/// What BuildKit would refuse in a body that it expands, as it does for `COPY` and `ADD`.
pub(super) fn check_expansion(heredoc: &Heredoc, errors: &mut Vec<SyntaxError>) {
    if heredoc.quoted {
        return;
    }
    let text = heredoc.body.text();
    if memchr::memchr(b'$', text.as_bytes()).is_none() {
        return;
    }
    for error in variable::parse(text, Dialect::docker_heredoc()).errors {
        let span = heredoc.body.span(error.range.clone());
        errors.push(
            variable_error(&error, text, span)
                .with_label(
                    heredoc.delimiter.span,
                    "unquoted, so variables are replaced",
                )
                .with_help("quote the word behind `<<` to keep the text as it is"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{errors, fixed};
    use super::*;
    use crate::dockerfile::parse::parse;

    fn words_of(line: &str) -> Vec<&str> {
        let template = variable::parse(line, Dialect::docker(b'\\'));
        words(line, &template)
            .into_iter()
            .map(|range| &line[range])
            .collect()
    }

    #[test]
    fn words_keep_quotes_together() {
        assert_eq!(
            words_of(r#"RUN "a <<b" c\ d"#),
            ["RUN", "\"a <<b\"", r"c\ d"]
        );
        assert_eq!(
            words_of("a '${b c}' ${x:-y z}"),
            ["a", "'${b c}'", "${x:-y", "z}"]
        );
        assert_eq!(words_of(r#"a "$b c\" d" e"#), ["a", r#""$b c\" d""#, "e"]);
    }

    #[test]
    fn space_behind_the_operator_belongs_to_its_word() {
        assert_eq!(words_of("RUN <<  EOF x"), ["RUN", "<<  EOF", "x"]);
        assert_eq!(words_of("RUN <<- EOF"), ["RUN", "<<-", "EOF"]);
        assert_eq!(words_of("a <<<b"), ["a", "<<<b"]);
    }

    #[test]
    fn only_a_word_that_begins_with_the_operator_opens() {
        assert!(is_opener("<<EOF"));
        assert!(is_opener("3<<-'EOF'"));
        assert!(is_opener("<< EOF"));
        for word in [
            "<<",
            "<<-",
            "<<<EOF",
            "a<<EOF",
            "\"<<EOF\"",
            "<EOF",
            "<<EOF<x",
        ] {
            assert!(!is_opener(word), "{word}");
        }
    }

    fn heredocs(text: &str) -> Vec<Heredoc> {
        let ast = parse(text).tree;
        ast.instructions[1].heredocs.clone()
    }

    #[test]
    fn bodies_follow_in_order() {
        let text = "FROM a\nCOPY <<B 3<<-\"C\" /d\nC\nB\n\t\tx\n\ty\\\n\tC\nRUN e";
        assert_eq!(errors(text), []);
        let found = heredocs(text);
        assert_eq!(found[0].body.text(), "C\n");
        assert!(!found[0].quoted && !found[0].strip_tabs);
        assert_eq!(found[1].body.text(), "x\ny\\\n");
        assert_eq!(found[1].body.span(0..1).text(text), "x");
        assert_eq!(found[1].body_span.text(text), "\t\tx\n\ty\\\n");
        assert!(found[1].quoted && found[1].strip_tabs);
        assert_eq!(found[1].descriptor, 3);
        assert_eq!(found[1].word.text(text), "3<<-\"C\"");
        assert_eq!(found[1].delimiter.span.text(text), "\"C\"");
        assert_eq!(found[1].terminator.unwrap().text(text), "C");
    }

    #[test]
    fn an_open_heredoc_is_one_error() {
        assert_eq!(
            errors("FROM a\nRUN <<B\nfoo\nbar"),
            [("invalid-heredoc", "<<B")]
        );
    }

    #[test]
    fn white_space_around_the_terminator_is_found() {
        let text = "FROM a\nRUN <<B\nfoo\n B\nUSER c";
        assert_eq!(errors(text), [("invalid-heredoc", "<<B")]);
        assert_eq!(fixed(text), "FROM a\nRUN <<B\nfoo\nB\nUSER c");
        assert_eq!(parse(text).tree.instructions.len(), 3);
    }

    #[test]
    fn only_some_instructions_take_heredocs() {
        assert_eq!(errors("FROM a\nCMD <<B\nENV c <<D\nRUN [\"<<E\"]"), []);
        assert_eq!(
            heredocs("FROM a\nRUN echo \"<<B\" <<<c $((1<<2))\n").len(),
            0
        );
        assert_eq!(heredocs("FROM a\nRUN it's <<B\n").len(), 0);
    }

    #[test]
    fn unquoted_bodies_of_copy_are_expanded() {
        let text = "FROM a\nCOPY <<B <<'C' /d\n${x^}\nB\n${y^}\nC\nRUN <<E\n${z^}\nE";
        assert_eq!(errors(text), [("invalid-variable-substitution", "${x^}")]);
    }

    #[test]
    fn line_breaks_of_windows_end_no_word() {
        let found = heredocs("FROM a\r\nRUN <<B\r\nx\r\nB\r\n");
        assert_eq!(found[0].body.text(), "x\r\n");
    }
}

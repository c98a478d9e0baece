//! References to variables in a text: `$NAME` and `${NAME:-word}`, as Docker and as Compose read them.
//!
//! The two dialects look alike and differ everywhere below the surface: which names exist, which modifiers,
//! what is an escape, where a brace closes, what is an error. Both give the same tree here. This module does
//! not know any variable; [`Template::expand`] asks its caller.
//!
//! Every range is in bytes of the text that was parsed, on character boundaries. Pieces are sorted and do
//! not overlap; what lies between two pieces is syntax that vanishes (quotes, escapes).

mod compose;
mod docker;
mod expand;

use std::ops::Range;

pub use expand::{Expanded, Value};

/// Deepest nesting of `${A:-${B:-…}}` that is read; deeper ones are an error.
pub const MAX_DEPTH: usize = 64;

/// Whose rules a text follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Words of Dockerfile instructions, as BuildKit expands them (`frontend/dockerfile/shell/lex.go`).
    Docker {
        /// The escape character, `\` unless the `escape` directive makes it a backtick.
        escape: u8,
        /// Whether quotes are syntax. They are everywhere but in the body of a COPY or ADD heredoc.
        quotes: bool,
    },
    /// Scalars of a Compose file, as compose-go interpolates them (`template/template.go`).
    Compose,
}

impl Dialect {
    /// Docker's rules for an ordinary instruction with this escape character.
    pub fn docker(escape: u8) -> Dialect {
        Dialect::Docker {
            escape,
            quotes: true,
        }
    }

    /// Docker's rules for the body of a COPY or ADD heredoc: quotes are ordinary characters, and the
    /// escape character is always the backslash.
    pub fn docker_heredoc() -> Dialect {
        Dialect::Docker {
            escape: b'\\',
            quotes: false,
        }
    }
}

/// A text taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Template {
    /// Literal text and references, from left to right.
    pub pieces: Vec<Piece>,
    /// What is wrong, from left to right. The pieces are still all that could be understood.
    pub errors: Vec<VariableError>,
}

/// A stretch of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Text that stands for itself. For `\$` and `$$` it is the second character alone.
    Literal(Range<usize>),
    /// A reference to a variable.
    Reference(Reference),
}

/// `$NAME`, `${NAME}` or `${NAME` modifier `}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// From the dollar to the end of the name or the closing brace.
    pub range: Range<usize>,
    /// The name. In Docker's dialect it can be a number, a special character such as `@`, or empty
    /// (`${+x}`), none of which BuildKit ever sets.
    pub name: Range<usize>,
    /// What is done with the value; boxed because few references have one.
    pub modifier: Option<Box<Modifier>>,
}

/// What follows the name inside braces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Modifier {
    /// The operation.
    pub operator: Operator,
    /// Where the operator's characters stand.
    pub at: Range<usize>,
    /// The text behind the operator: default, alternative, message or pattern.
    pub word: Word,
    /// The second text of [`Operator::ReplaceFirst`] and [`Operator::ReplaceAll`].
    pub replacement: Option<Word>,
}

/// A nested text, which may hold references of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// All of it, quotes included.
    pub range: Range<usize>,
    /// Its parts, in offsets of the whole text.
    pub pieces: Vec<Piece>,
}

/// The operation of a modifier. Docker knows all, Compose the first six.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    /// `:-`: the word if the variable is unset or empty.
    DefaultIfEmpty,
    /// `-`: the word if the variable is unset.
    DefaultIfUnset,
    /// `:+`: the word if the variable is set and not empty, else nothing.
    AlternativeIfFilled,
    /// `+`: the word if the variable is set, else nothing.
    AlternativeIfSet,
    /// `:?`: an error with the word as its message if the variable is unset or empty.
    RequiredFilled,
    /// `?`: an error with the word as its message if the variable is unset.
    Required,
    /// `#`: without the shortest prefix that matches the word.
    TrimPrefix,
    /// `##`: without the longest such prefix.
    TrimLongestPrefix,
    /// `%`: without the shortest suffix that matches the word.
    TrimSuffix,
    /// `%%`: without the longest such suffix.
    TrimLongestSuffix,
    /// `/`: the first match of the word replaced.
    ReplaceFirst,
    /// `//`: every match of the word replaced.
    ReplaceAll,
}

impl Operator {
    /// Whether the reference has a value without the variable being set: the word stands in, or nothing.
    pub fn tolerates_unset(self) -> bool {
        matches!(
            self,
            Operator::DefaultIfEmpty
                | Operator::DefaultIfUnset
                | Operator::AlternativeIfFilled
                | Operator::AlternativeIfSet
        )
    }

    /// Whether the word is what an unset variable is replaced by.
    pub fn is_default(self) -> bool {
        matches!(self, Operator::DefaultIfEmpty | Operator::DefaultIfUnset)
    }

    /// Whether an unset variable is an error.
    pub fn is_required(self) -> bool {
        matches!(self, Operator::RequiredFilled | Operator::Required)
    }
}

/// Something that the dialect refuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VariableError {
    /// What is wrong.
    pub kind: VariableErrorKind,
    /// The offending bytes.
    pub range: Range<usize>,
}

/// What is wrong with a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VariableErrorKind {
    /// No `}` closes the reference; in Compose, none on the same line.
    Unclosed,
    /// No name can begin after `${`.
    BadName,
    /// The name is followed by something that is no modifier.
    UnsupportedModifier,
    /// `${NAME/pattern` without the slash before the replacement.
    MissingSlash,
    /// A quote that is not closed; Docker only.
    UnclosedQuote,
    /// More than [`MAX_DEPTH`] references inside one another.
    TooDeep,
}

impl VariableError {
    /// What is wrong, for the user; `text` is the text that was parsed.
    pub fn message(&self, text: &str) -> String {
        let found = super::excerpt(text.get(self.range.clone()).unwrap_or_default());
        match self.kind {
            VariableErrorKind::Unclosed => format!("`{found}` is not closed by `}}`"),
            VariableErrorKind::BadName => format!("`{found}` does not begin a variable's name"),
            VariableErrorKind::UnsupportedModifier => {
                format!("`{found}` uses a modifier that is not supported here")
            }
            VariableErrorKind::MissingSlash => {
                format!("`{found}` has no `/` between pattern and replacement")
            }
            VariableErrorKind::UnclosedQuote => format!("`{found}` is not closed"),
            VariableErrorKind::TooDeep => {
                format!("variables are nested deeper than {MAX_DEPTH} levels")
            }
        }
    }
}

/// Takes a text apart. Never fails; what is wrong is in [`Template::errors`].
pub fn parse(text: &str, dialect: Dialect) -> Template {
    match dialect {
        Dialect::Docker { escape, quotes } => docker::parse(text, escape, quotes),
        Dialect::Compose => compose::parse(text),
    }
}

/// Whether a text holds a reference or a malformed one, so that its value is not in the file alone.
/// Allocates nothing when there is no dollar.
pub fn has_reference(text: &str, dialect: Dialect) -> bool {
    if memchr::memchr(b'$', text.as_bytes()).is_none() {
        return false;
    }
    let template = parse(text, dialect);
    !template.errors.is_empty() || template.references().next().is_some()
}

impl Template {
    /// Every reference, outer before inner, in the order in which their dollars stand.
    pub fn references(&self) -> References<'_> {
        References {
            stack: vec![self.pieces.iter()],
        }
    }

    /// The only piece's range, if the text is one literal.
    pub fn literal(&self) -> Option<Range<usize>> {
        match self.pieces.as_slice() {
            [Piece::Literal(range)] => Some(range.clone()),
            _ => None,
        }
    }
}

impl Word {
    /// Every reference inside, outer before inner.
    pub fn references(&self) -> References<'_> {
        References {
            stack: vec![self.pieces.iter()],
        }
    }
}

/// The references of a [`Template`] or [`Word`], nested ones included.
#[derive(Clone, Debug)]
pub struct References<'t> {
    stack: Vec<std::slice::Iter<'t, Piece>>,
}

impl<'t> Iterator for References<'t> {
    type Item = &'t Reference;

    fn next(&mut self) -> Option<&'t Reference> {
        loop {
            match self.stack.last_mut()?.next() {
                None => {
                    self.stack.pop();
                }
                Some(Piece::Literal(_)) => {}
                Some(Piece::Reference(reference)) => {
                    if let Some(modifier) = &reference.modifier {
                        if let Some(replacement) = &modifier.replacement {
                            self.stack.push(replacement.pieces.iter());
                        }
                        self.stack.push(modifier.word.pieces.iter());
                    }
                    return Some(reference);
                }
            }
        }
    }
}

/// How much of what follows a name belongs to an unsupported modifier: up to the closing brace, if that
/// comes on the same line and before anything that could begin a reference, else one character.
fn unsupported(rest: &str) -> usize {
    match rest
        .bytes()
        .position(|byte| matches!(byte, b'}' | b'$' | b'\n' | b'"' | b'\''))
    {
        Some(at) if rest.as_bytes()[at] == b'}' => at + 1,
        _ => rest
            .chars()
            .next()
            .filter(|&c| c != '$')
            .map_or(0, char::len_utf8),
    }
}

/// Collects pieces and joins literals that touch.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Piece>,
}

impl Pieces {
    fn literal(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Literal(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Literal(range)),
        }
    }

    fn reference(&mut self, reference: Reference) {
        self.pieces.push(Piece::Reference(reference));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCKER: Dialect = Dialect::Docker {
        escape: b'\\',
        quotes: true,
    };

    /// `name`, or `name operator word` with `|` before a replacement, of each reference.
    fn shown(text: &str, dialect: Dialect) -> Vec<String> {
        let template = parse(text, dialect);
        assert_eq!(template.errors, [], "{text}");
        assert_sound(text, &template);
        template
            .references()
            .map(|reference| {
                let mut shown = text[reference.name.clone()].to_owned();
                if let Some(modifier) = &reference.modifier {
                    shown += &format!(
                        " {} {}",
                        &text[modifier.at.clone()],
                        &text[modifier.word.range.clone()]
                    );
                    if let Some(replacement) = &modifier.replacement {
                        shown += &format!(" | {}", &text[replacement.range.clone()]);
                    }
                }
                shown
            })
            .collect()
    }

    /// The first error: its kind and text.
    fn error(text: &str, dialect: Dialect) -> (VariableErrorKind, &str) {
        let template = parse(text, dialect);
        assert_sound(text, &template);
        let error = template.errors.first().expect("an error");
        assert!(error.message(text).chars().count() <= 100);
        (error.kind, &text[error.range.clone()])
    }

    /// Pieces are sorted, disjoint, inside their parent and on character boundaries.
    fn assert_sound(text: &str, template: &Template) {
        fn check(text: &str, pieces: &[Piece], within: Range<usize>) {
            let mut at = within.start;
            for piece in pieces {
                let range = match piece {
                    Piece::Literal(range) => range.clone(),
                    Piece::Reference(reference) => {
                        if let Some(modifier) = &reference.modifier {
                            let word = modifier.word.range.clone();
                            assert!(
                                modifier.at.end <= word.start && word.end <= reference.range.end
                            );
                            check(text, &modifier.word.pieces, word);
                            if let Some(replacement) = &modifier.replacement {
                                check(text, &replacement.pieces, replacement.range.clone());
                            }
                        }
                        assert!(text.get(reference.name.clone()).is_some());
                        reference.range.clone()
                    }
                };
                assert!(
                    at <= range.start && range.end <= within.end,
                    "{text}: {pieces:?}"
                );
                assert!(!range.is_empty() && text.get(range.clone()).is_some());
                at = range.end;
            }
        }
        check(text, &template.pieces, 0..text.len());
        for error in &template.errors {
            assert!(text.get(error.range.clone()).is_some());
        }
    }

    fn expand(text: &str, dialect: Dialect) -> Expanded {
        parse(text, dialect).expand(text, &mut |name| match name {
            "A" => Value::Set("abc.tar.gz".to_owned()),
            "E" => Value::Set(String::new()),
            "X" => Value::Unknown,
            _ => Value::Unset,
        })
    }

    fn known(text: &str, dialect: Dialect) -> Option<String> {
        expand(text, dialect).known().map(str::to_owned)
    }

    #[test]
    fn docker_names() {
        for (text, names) in [
            ("$A-$B", vec!["A", "B"]),
            ("$A_1.x${B}c", vec!["A_1", "B"]),
            (
                "$1a $12 $@ $* $# $? $- $$ $!",
                vec!["1", "12", "@", "*", "#", "?", "-", "$", "!"],
            ),
            ("${1} ${@} ${?}", vec!["1", "@", "?"]),
            ("$é!", vec!["é"]),
            ("$ a $. $( $", vec![]),
            ("no dollar", vec![]),
        ] {
            assert_eq!(shown(text, DOCKER), names, "{text}");
        }
    }

    #[test]
    fn docker_modifiers() {
        for (text, expected) in [
            ("${A:-b}", "A :- b"),
            ("${A-b}", "A - b"),
            ("${A:+b}", "A :+ b"),
            ("${A+b}", "A + b"),
            ("${A:?b}", "A :? b"),
            ("${A?b}", "A ? b"),
            ("${A#b}", "A # b"),
            ("${A##b}", "A ## b"),
            ("${A%b}", "A % b"),
            ("${A%%b}", "A %% b"),
            ("${A:#b}", "A :# b"),
            ("${A/b/c}", "A / b | c"),
            ("${A//b/c}", "A // b | c"),
            ("${A/b/}", "A / b | "),
            ("${A:-}", "A :- "),
            (r"${A#\}}", r"A # \}"),
            ("${A:-'}'}", "A :- '}'"),
            ("${A:-\"}\"}", "A :- \"}\""),
            ("${A:-a:b-c}", "A :- a:b-c"),
            ("${A/\\//c}", "A / \\/ | c"),
        ] {
            assert_eq!(shown(text, DOCKER), [expected], "{text}");
        }
    }

    #[test]
    fn docker_words_nest() {
        let text = "x${A:-${B:+$C}y}$D";
        assert_eq!(shown(text, DOCKER), ["A :- ${B:+$C}y", "B :+ $C", "C", "D"]);
        let text = "${A/$B/${C}}$D";
        assert_eq!(shown(text, DOCKER), ["A / $B | ${C}", "B", "C", "D"]);
    }

    #[test]
    fn docker_quotes_and_escapes_hide_dollars() {
        assert_eq!(shown(r#"'$A' "$B" \$C "\$D" "'$E'""#, DOCKER), ["B", "E"]);
        assert_eq!(shown("`$A \\$B", Dialect::docker(b'`')), ["B"]);
        let heredoc = Dialect::docker_heredoc();
        assert_eq!(shown("it's $A \\$B", heredoc), ["A"]);
    }

    #[test]
    fn docker_pieces_leave_out_what_vanishes() {
        let text = r#"a'b c'\$"d\e""#;
        let template = parse(text, DOCKER);
        let literals: Vec<&str> = template
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(range) => &text[range.clone()],
                Piece::Reference(_) => "reference",
            })
            .collect();
        assert_eq!(literals, ["a", "b c", "$", r"d\e"]);
    }

    #[test]
    fn docker_errors() {
        use VariableErrorKind::*;
        for (text, kind, range) in [
            ("a${", Unclosed, "${"),
            ("a${A", Unclosed, "${A"),
            ("a${A:-b", Unclosed, "${A"),
            ("${A:-${B}", Unclosed, "${A"),
            ("${}", BadName, "${}"),
            ("${{A}}", BadName, "${{"),
            ("${:-A}", BadName, "${:"),
            ("${ A}", BadName, "${ A}"),
            ("${A^^}", UnsupportedModifier, "${A^^}"),
            ("${A:0:3}", UnsupportedModifier, "${A:0:3}"),
            ("${A:$B}", UnsupportedModifier, "${A:"),
            ("${A/b}", MissingSlash, "${A"),
            ("${A/b/c", Unclosed, "${A"),
            ("a'$A", UnclosedQuote, "'"),
            ("a\"$A", UnclosedQuote, "\""),
            ("${A:-'b}", UnclosedQuote, "'"),
        ] {
            assert_eq!(error(text, DOCKER), (kind, range), "{text}");
            assert_eq!(parse(text, DOCKER).errors.len(), 1, "{text}");
        }
    }

    #[test]
    fn references_around_an_error_are_found() {
        let text = "$A ${B^} $C ${D:-$E";
        let template = parse(text, DOCKER);
        let names: Vec<&str> = template
            .references()
            .map(|r| &text[r.name.clone()])
            .collect();
        assert_eq!(names, ["A", "C", "D", "E"]);
        assert_eq!(template.errors.len(), 2);
    }

    #[test]
    fn compose_references() {
        for (text, expected) in [
            ("$A-${B}c$_1", vec!["A", "B", "_1"]),
            ("$$A $${B} $1 $? $(c) $2y $", vec![]),
            ("$é", vec![]),
            ("${A:-b}", vec!["A :- b"]),
            ("${A-b}", vec!["A - b"]),
            ("${A:?b c}", vec!["A :? b c"]),
            ("${A?b}", vec!["A ? b"]),
            ("${A:+b}", vec!["A :+ b"]),
            ("${A+b}", vec!["A + b"]),
            ("${A:-${B:-$C}}d", vec!["A :- ${B:-$C}", "B :- $C", "C"]),
            ("${A:-{\"k\":1}}x", vec!["A :- {\"k\":1}"]),
            ("${A:-$$B}", vec!["A :- $$B"]),
            ("${A:-'}'}", vec!["A :- '"]),
            ("${A-x}\n${B-y}", vec!["A - x", "B - y"]),
        ] {
            assert_eq!(shown(text, Dialect::Compose), expected, "{text}");
        }
    }

    #[test]
    fn compose_reference_whose_braces_never_balance_reaches_to_the_last_brace() {
        assert_eq!(shown("${A:-{} x} y", Dialect::Compose), ["A :- {} x"]);
        assert_eq!(shown("${A:-{x} y", Dialect::Compose), ["A :- {x"]);
    }

    #[test]
    fn compose_errors() {
        use VariableErrorKind::*;
        for (text, kind, range) in [
            ("${", Unclosed, "${"),
            ("${A", Unclosed, "${A"),
            ("${A:-b", Unclosed, "${A"),
            ("${A:-b\n}", Unclosed, "${A"),
            ("${}", BadName, "${}"),
            ("${1A}", BadName, "${1"),
            ("${#A}", BadName, "${#"),
            ("${$A}", BadName, "${"),
            ("${é}", BadName, "${é"),
            ("${A/a/b}", UnsupportedModifier, "${A/a/b}"),
            ("${A%y} }", UnsupportedModifier, "${A%y}"),
            ("${A,,}", UnsupportedModifier, "${A,,}"),
            ("${A:0:3}", UnsupportedModifier, "${A:0:3}"),
            ("${A$B}", UnsupportedModifier, "${A"),
            ("${A:-${B}", Unclosed, "${B"),
        ] {
            assert_eq!(error(text, Dialect::Compose), (kind, range), "{text}");
        }
    }

    #[test]
    fn a_text_without_references_says_so() {
        assert!(!has_reference("a\\$b", DOCKER));
        assert!(!has_reference("a$$b", Dialect::Compose));
        assert!(has_reference("a$$b", DOCKER));
        assert!(has_reference("${", Dialect::Compose));
    }

    #[test]
    fn expansion_follows_the_operators() {
        for (text, value) in [
            ("$A!", Some("abc.tar.gz!")),
            ("$E", Some("")),
            ("$U", Some("")),
            ("$X", None),
            ("${U:-d$A}", Some("dabc.tar.gz")),
            ("${E:-d}", Some("d")),
            ("${E-d}", Some("")),
            ("${A:-$X}", Some("abc.tar.gz")),
            ("${U:-$X}", None),
            ("${X:-d}", None),
            ("${A:+d}", Some("d")),
            ("${E:+d}", Some("")),
            ("${E+d}", Some("d")),
            ("${U+d}", Some("")),
            ("${U+$X}", Some("")),
            ("${A:?m}", Some("abc.tar.gz")),
            ("${E?m}", Some("")),
            ("${E:?m}", None),
            ("${U?m}", None),
        ] {
            for dialect in [DOCKER, Dialect::Compose] {
                assert_eq!(known(text, dialect).as_deref(), value, "{text}");
            }
        }
        assert_eq!(known("$$A", Dialect::Compose).as_deref(), Some("$A"));
        assert_eq!(known(r#"'$A'"$E\$"\$"#, DOCKER).as_deref(), Some("$A$$"));
    }

    #[test]
    fn docker_patterns() {
        for (text, value) in [
            ("${A#a}", "bc.tar.gz"),
            ("${A#*.}", "tar.gz"),
            ("${A##*.}", "gz"),
            ("${A%.*}", "abc.tar"),
            ("${A%%.*}", "abc"),
            ("${A#?}", "bc.tar.gz"),
            ("${A%x}", "abc.tar.gz"),
            ("${A/a/X}", "Xbc.tar.gz"),
            ("${A//a/X}", "Xbc.tXr.gz"),
            ("${A/.*/}", "abc"),
            ("${A//[.]/X}", "abc.tar.gz"),
            (r"${A#\*}", "abc.tar.gz"),
        ] {
            assert_eq!(known(text, DOCKER).as_deref(), Some(value), "{text}");
        }
        assert_eq!(known(r"${A#\a}", DOCKER), None);
        assert_eq!(known("${A//*/b$A}", DOCKER).as_deref(), Some("babc.tar.gz"));
    }

    #[test]
    fn what_is_unknown_stays_in_the_text() {
        let expanded = expand("$A:${X:-1}", DOCKER);
        assert_eq!(expanded.text, "abc.tar.gz:${X:-1}");
        assert!(!expanded.complete);
    }

    #[test]
    fn a_missing_required_variable_is_named() {
        let expanded = expand("a${U:?gone}", Dialect::Compose);
        assert_eq!(expanded.missing, Some(1..11));
    }

    #[test]
    fn expansion_does_not_grow_without_bound() {
        let text = "$A".repeat(100);
        let template = parse(&text, DOCKER);
        let expanded = template.expand(&text, &mut |_| Value::Set("x".repeat(10_000)));
        assert!(!expanded.complete);
        assert!(expanded.text.len() <= expand::MAX_EXPANDED + text.len());
    }

    #[test]
    fn nesting_has_a_limit() {
        for dialect in [DOCKER, Dialect::Compose] {
            let nested = |depth: usize| "${A:-".repeat(depth) + &"}".repeat(depth);
            assert_eq!(parse(&nested(MAX_DEPTH), dialect).errors, []);
            assert_eq!(
                error(&nested(100_000), dialect).0,
                VariableErrorKind::TooDeep
            );
        }
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        let many = 20_000;
        for unit in [
            "${A:-", "${", "${A", "${A^", "${A/", "$", "${A:-{", "'", "\"$A", "${A:-\n", "${A:-}",
            "\\",
        ] {
            for tail in ["", "}", "\n}"] {
                let text = unit.repeat(many) + tail;
                for dialect in [DOCKER, Dialect::docker_heredoc(), Dialect::Compose] {
                    parse(&text, dialect);
                }
            }
        }
    }

    #[test]
    fn every_short_text_is_read_soundly() {
        let alphabet = ["$", "{", "}", "A", ":-", "/", "'", "\"", "\\", "é", "\n"];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts
                .iter()
                .flat_map(|text| alphabet.map(|unit| format!("{text}{unit}")))
                .collect();
            for text in &texts {
                for dialect in [DOCKER, Dialect::docker_heredoc(), Dialect::Compose] {
                    assert_sound(text, &parse(text, dialect));
                }
            }
        }
    }
}

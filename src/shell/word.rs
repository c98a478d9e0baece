//! Words: literal text, quotes, expansions, patterns.
//!
//! A word is what stands between blanks and operators. Its parts lie side by side without gaps and keep how
//! they were quoted; [`Word::text`] and [`Word::literal`] give what the program gets to see.

use std::borrow::Cow;

use super::ast::List;
use super::few::Few;
use super::slice::Text;
use crate::text::{Span, Spanned};

/// A word as written. Built by the parser; the text without quotes is worked out once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// Its parts in order; none for an empty assignment value.
    pub parts: Few<WordPart>,
    /// The whole word, quotes included.
    pub span: Span,
    /// The text of a static word that is no single piece of its parts.
    joined: Option<Box<str>>,
}

/// A piece of a word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WordPart {
    /// Text as it stands. In double quotes and heredocs escapes are already resolved.
    Literal(Spanned<Text>),
    /// A backslash and the character that it quotes.
    Escaped(Spanned<char>),
    /// `'…'`
    SingleQuoted(Spanned<Text>),
    /// `$'…'` with its escapes resolved; `None` where they give no UTF-8.
    AnsiQuoted(Spanned<Option<Text>>),
    /// `"…"` and `$"…"`
    DoubleQuoted(Box<DoubleQuoted>),
    /// `$name`, `${…}`
    Parameter(Box<Parameter>),
    /// `$(…)` and backticks
    CommandSubstitution(Box<CommandSubstitution>),
    /// `<(…)` and `>(…)` of bash
    ProcessSubstitution(Box<ProcessSubstitution>),
    /// `$((…))` and bash's old `$[…]`
    Arithmetic(Box<Arithmetic>),
    /// `*`, `?`, `[…]`
    Glob(Spanned<Glob>),
    /// `@(…|…)` and its relatives of ksh and bash
    ExtendedGlob(Box<ExtendedGlob>),
    /// A delimiter of a brace expansion; what is between them are parts of the same word. POSIX shells
    /// take the text as it is.
    Brace(Spanned<Brace>),
    /// `~` or `~user` at the start of the word, as written.
    Tilde(Spanned<Text>),
}

/// Double quotes and what is in them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoubleQuoted {
    /// Literals and expansions.
    pub parts: Few<WordPart>,
    /// Whether it is `$"…"`, which bash translates.
    pub localized: bool,
    /// With the quotes.
    pub span: Span,
    joined: Option<Box<str>>,
}

/// A parameter expansion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// A name, a number, or one of `@*#?-$!`; empty where none could be found.
    pub name: Spanned<Text>,
    /// What is between `[` and `]`.
    pub subscript: Option<Box<Word>>,
    /// Whether braces are used.
    pub braced: bool,
    /// Whether `!` asks for the variable that the variable names.
    pub indirect: bool,
    /// What is done to the value.
    pub operation: Option<Box<Operation>>,
    /// From `$` to the name or `}`.
    pub span: Span,
}

/// What `${…}` does to a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operation {
    /// `${#x}`
    Length,
    /// `${x-w}`, `${x=w}`, `${x?w}`, `${x+w}`
    Conditional {
        /// Which of the four.
        action: Conditionally,
        /// Whether `:` makes an empty value count as unset.
        or_empty: bool,
        /// `w`
        word: Word,
    },
    /// `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`
    Trim {
        /// Whether it is `%`.
        suffix: bool,
        /// Whether the operator is doubled.
        longest: bool,
        /// `p`
        pattern: Word,
    },
    /// `${x/p/r}` and its relatives
    Replace {
        /// What is replaced.
        scope: ReplaceScope,
        /// `p`
        pattern: Word,
        /// `r`
        replacement: Option<Word>,
    },
    /// `${x:offset:length}`
    Substring {
        /// An arithmetic expression.
        offset: Word,
        /// An arithmetic expression.
        length: Option<Word>,
    },
    /// `${x^}`, `${x^^}`, `${x,}`, `${x,,}`, `${x~}`, `${x~~}`
    ChangeCase {
        /// `^`, `,` or `~`
        operator: char,
        /// Whether the operator is doubled.
        all: bool,
        /// Which characters are changed; empty means any.
        pattern: Word,
    },
    /// `${x@Q}` and its relatives
    Transform(char),
    /// `${!prefix*}` and `${!prefix@}`
    Names,
    /// Something that no shell in our grammar knows; shells complain when they run it.
    Unknown,
}

/// What happens to an unset parameter, or for `+` to a set one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Conditionally {
    /// `-`: the word is used instead.
    Default,
    /// `=`: the word is assigned as well.
    Assign,
    /// `?`: the shell stops with the word as message.
    Fail,
    /// `+`: the word is used if the parameter is set.
    Alternative,
}

/// Which matches `${x/p/r}` replaces.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ReplaceScope {
    /// `/`
    First,
    /// `//`
    All,
    /// `/#`
    Prefix,
    /// `/%`
    Suffix,
}

/// The output of commands as text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommandSubstitution {
    /// The commands.
    pub body: List,
    /// Whether backticks are used.
    pub backquoted: bool,
    /// With its delimiters.
    pub span: Span,
}

/// Commands as a file name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProcessSubstitution {
    /// The commands.
    pub body: List,
    /// Whether it is `>(…)`.
    pub output: bool,
    /// With its delimiters.
    pub span: Span,
}

/// An arithmetic expression. Its operators are not taken apart: shells check them when they run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arithmetic {
    /// Literals, quotes and expansions.
    pub expression: Word,
    /// With its delimiters.
    pub span: Span,
}

/// A pattern character.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Glob {
    /// `*`
    Star,
    /// `?`
    Question,
    /// `[…]` as written.
    Bracket(Text),
}

/// An extended pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExtendedGlob {
    /// `?`, `*`, `+`, `@` or `!`
    pub operator: char,
    /// What `|` separates.
    pub patterns: Few<Word>,
    /// With operator and parentheses.
    pub span: Span,
}

/// The delimiters of a brace expansion.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Brace {
    /// `{`
    Open,
    /// `,`
    Comma,
    /// `..`
    Range,
    /// `}`
    Close,
}

impl Word {
    /// A word of these parts.
    pub(super) fn new(parts: Few<WordPart>, span: Span) -> Word {
        let joined = joined(&parts);
        Word {
            parts,
            span,
            joined,
        }
    }

    /// A word of nothing but text.
    #[inline]
    pub(super) fn plain(text: Text, span: Span) -> Word {
        Word {
            parts: Few::One(WordPart::Literal(Spanned::new(text, span))),
            span,
            joined: None,
        }
    }

    /// A word that no shell reads: `inside` is the place of its text, `span` that of all of it.
    pub(super) fn given(text: Text, inside: Span, span: Span) -> Word {
        Word {
            parts: Few::One(WordPart::Literal(Spanned::new(text, inside))),
            span,
            joined: None,
        }
    }

    /// The place of its text without what stands around a word that no shell reads; the whole word else.
    pub fn inside(&self) -> Span {
        match &*self.parts {
            [WordPart::Literal(text)] => text.span,
            _ => self.span,
        }
    }

    /// The text after quote removal, patterns and tilde as written, if nothing in it is expanded to
    /// something that only the running shell knows. `"/tmp"/*` gives `/tmp/*`. `None` also for extended
    /// patterns.
    pub fn text(&self) -> Option<&str> {
        match &self.joined {
            Some(text) => Some(text),
            None => only_text(&self.parts),
        }
    }

    /// The text after quote removal, if it is exactly what the program gets: without expansions and also
    /// without patterns, brace expansions and tilde.
    pub fn literal(&self) -> Option<&str> {
        if let [WordPart::Literal(text)] = &*self.parts {
            return Some(&text.value);
        }
        let expands = |part: &WordPart| {
            matches!(
                part,
                WordPart::Glob(_)
                    | WordPart::ExtendedGlob(_)
                    | WordPart::Brace(_)
                    | WordPart::Tilde(_)
            )
        };
        if self.parts.iter().any(expands) {
            return None;
        }
        self.text()
    }

    /// Whether [`Word::literal`] is `text`.
    pub fn is(&self, text: &str) -> bool {
        match &*self.parts {
            [WordPart::Literal(literal)] => literal.value == *text,
            _ => self.literal() == Some(text),
        }
    }

    /// The text before the first expansion, quotes removed; all of it if there is none.
    pub fn leading_text(&self) -> Cow<'_, str> {
        if let Some(text) = self.text() {
            return Cow::Borrowed(text);
        }
        let mut text = String::new();
        push_leading_text(&self.parts, &mut text);
        Cow::Owned(text)
    }

    /// Like [`Word::leading_text`], but only as far as it is one piece of the word, which costs nothing:
    /// `--url=` of `--url="$x"`.
    pub fn leading_piece(&self) -> &str {
        if let Some(text) = self.text() {
            return text;
        }
        self.pieces()
            .next()
            .and_then(piece_text)
            .unwrap_or_default()
    }

    /// The text with every parameter replaced by what `lookup` says of its name (empty for one that is known
    /// to be unset; then `${x:-default}` gives the default; `${x%end}` takes off an end without wildcards). `None` if `lookup` does not know one of them
    /// or the word holds another kind of expansion. Values are inserted whole, without field splitting.
    pub fn resolve(&self, lookup: &Lookup<'_>) -> Option<Cow<'_, str>> {
        if let Some(text) = self.text() {
            return Some(Cow::Borrowed(text));
        }
        let mut text = String::new();
        resolve_into(&self.parts, lookup, &mut text)?;
        Some(Cow::Owned(text))
    }

    /// Whether any of it is quoted, be it with a backslash.
    pub fn is_quoted(&self) -> bool {
        self.parts.iter().any(WordPart::is_quoted)
    }

    /// The places of its quotes, outermost only: `'…'`, `$'…'`, `"…"`, `\x`.
    pub fn quotes(&self) -> impl Iterator<Item = Span> {
        let quoted = self.parts.iter().filter(|part| part.is_quoted());
        quoted.map(WordPart::span)
    }

    /// Whether the running shell puts something in place of a part: a parameter, command or arithmetic.
    pub fn has_expansion(&self) -> bool {
        self.pieces().any(WordPart::is_expansion)
    }

    /// Whether it is a word that no shell reads and a `*` in it is only that: in a script such a part is a pattern,
    /// or quoted.
    pub fn has_literal_star(&self) -> bool {
        matches!(&*self.parts, [WordPart::Literal(text)] if text.value.contains('*'))
    }

    /// Whether it has an unquoted pattern that is matched against file names.
    pub fn has_glob(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, WordPart::Glob(_) | WordPart::ExtendedGlob(_)))
    }

    /// Whether bash makes several words of it.
    pub fn has_brace_expansion(&self) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, WordPart::Brace(_)))
    }

    /// The expansions outside quotes, whose results are split into words and matched against file names.
    pub fn unquoted_expansions(&self) -> impl Iterator<Item = &WordPart> {
        self.parts.iter().filter(|part| part.is_expansion())
    }

    /// Every parameter in it, in double quotes too, but not those inside other expansions.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.pieces().filter_map(|part| match part {
            WordPart::Parameter(parameter) => Some(&**parameter),
            _ => None,
        })
    }

    /// Every part, with those in double quotes in place of the quotes.
    pub fn pieces(&self) -> impl Iterator<Item = &WordPart> {
        self.parts.iter().flat_map(|part| match part {
            WordPart::DoubleQuoted(quoted) => quoted.parts.iter(),
            _ => std::slice::from_ref(part).iter(),
        })
    }
}

/// What is known of a variable's value, by its name.
pub type Lookup<'l> = dyn Fn(&str) -> Option<Cow<'l, str>> + 'l;

impl WordPart {
    /// Its place, quotes and delimiters included.
    pub fn span(&self) -> Span {
        match self {
            WordPart::Literal(text) | WordPart::SingleQuoted(text) | WordPart::Tilde(text) => {
                text.span
            }
            WordPart::Escaped(escaped) => escaped.span,
            WordPart::AnsiQuoted(text) => text.span,
            WordPart::DoubleQuoted(quoted) => quoted.span,
            WordPart::Parameter(parameter) => parameter.span,
            WordPart::CommandSubstitution(substitution) => substitution.span,
            WordPart::ProcessSubstitution(substitution) => substitution.span,
            WordPart::Arithmetic(arithmetic) => arithmetic.span,
            WordPart::Glob(glob) => glob.span,
            WordPart::ExtendedGlob(glob) => glob.span,
            WordPart::Brace(brace) => brace.span,
        }
    }

    /// Whether it is a kind of quotes, the backslash included.
    pub fn is_quoted(&self) -> bool {
        matches!(
            self,
            WordPart::Escaped(_)
                | WordPart::SingleQuoted(_)
                | WordPart::AnsiQuoted(_)
                | WordPart::DoubleQuoted(_)
        )
    }

    /// Whether the running shell puts text in its place.
    pub fn is_expansion(&self) -> bool {
        matches!(
            self,
            WordPart::Parameter(_)
                | WordPart::CommandSubstitution(_)
                | WordPart::ProcessSubstitution(_)
                | WordPart::Arithmetic(_)
        )
    }
}

impl DoubleQuoted {
    /// Double quotes around these parts.
    pub(super) fn new(parts: Few<WordPart>, localized: bool, span: Span) -> DoubleQuoted {
        let joined = joined(&parts);
        DoubleQuoted {
            parts,
            localized,
            span,
            joined,
        }
    }

    /// The text between the quotes, if nothing in it is expanded.
    pub fn text(&self) -> Option<&str> {
        match &self.joined {
            Some(text) => Some(text),
            None => only_text(&self.parts),
        }
    }
}

impl Parameter {
    /// Whether it is a variable, not a positional or special parameter.
    pub fn is_variable(&self) -> bool {
        let first = self.name.value.bytes().next();
        first.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphabetic())
    }

    /// Whether its value is always a number, so that it is never split into words.
    pub fn is_numeric(&self) -> bool {
        matches!(self.operation.as_deref(), Some(Operation::Length))
            || (self.operation.is_none() && matches!(&*self.name.value, "#" | "?" | "$" | "!"))
    }
}

impl Glob {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Glob::Star => "*",
            Glob::Question => "?",
            Glob::Bracket(text) => text,
        }
    }
}

impl Brace {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Brace::Open => "{",
            Brace::Comma => ",",
            Brace::Range => "..",
            Brace::Close => "}",
        }
    }
}

/// The text of parts that are one static piece, or none at all.
fn only_text(parts: &[WordPart]) -> Option<&str> {
    match parts {
        [] => Some(""),
        [part] => piece_text(part),
        _ => None,
    }
}

/// The text of a part that stands for a fixed text and holds it in one piece.
fn piece_text(part: &WordPart) -> Option<&str> {
    match part {
        WordPart::Literal(text) | WordPart::SingleQuoted(text) | WordPart::Tilde(text) => {
            Some(&text.value)
        }
        WordPart::AnsiQuoted(text) => text.value.as_deref(),
        WordPart::DoubleQuoted(quoted) => quoted.text(),
        WordPart::Glob(glob) => Some(glob.value.as_str()),
        WordPart::Brace(brace) => Some(brace.value.as_str()),
        _ => None,
    }
}

/// The text of several parts (or a lone escape), if all are static.
fn joined(parts: &[WordPart]) -> Option<Box<str>> {
    let is_static =
        |part: &WordPart| matches!(part, WordPart::Escaped(_)) || piece_text(part).is_some();
    let needs_joining = parts.len() > 1 || matches!(parts, [WordPart::Escaped(_)]);
    if !needs_joining || !parts.iter().all(is_static) {
        return None;
    }
    let mut text = String::new();
    push_leading_text(parts, &mut text);
    Some(text.into_boxed_str())
}

/// Appends the text of the parts before the first expansion. Gives whether there is none.
fn push_leading_text(parts: &[WordPart], text: &mut String) -> bool {
    parts.iter().all(|part| match part {
        WordPart::Escaped(escaped) => {
            text.push(escaped.value);
            true
        }
        WordPart::DoubleQuoted(quoted) => push_leading_text(&quoted.parts, text),
        _ => match piece_text(part) {
            Some(piece) => {
                text.push_str(piece);
                true
            }
            None => false,
        },
    })
}

fn resolve_into(parts: &[WordPart], lookup: &Lookup<'_>, text: &mut String) -> Option<()> {
    for part in parts {
        match part {
            WordPart::Escaped(escaped) => text.push(escaped.value),
            WordPart::DoubleQuoted(quoted) => resolve_into(&quoted.parts, lookup, text)?,
            WordPart::Parameter(parameter) => resolve_parameter(parameter, lookup, text)?,
            _ => text.push_str(piece_text(part)?),
        }
    }
    Some(())
}

fn resolve_parameter(parameter: &Parameter, lookup: &Lookup<'_>, text: &mut String) -> Option<()> {
    if parameter.indirect || parameter.subscript.is_some() {
        return None;
    }
    // A variable that nobody knows may well be set, so that its default says nothing.
    let value = lookup(&parameter.name.value)?;
    match parameter.operation.as_deref() {
        Some(Operation::Conditional {
            action: Conditionally::Default | Conditionally::Assign,
            or_empty: true,
            word,
        }) if value.is_empty() => return resolve_into(&word.parts, lookup, text),
        None
        | Some(Operation::Conditional {
            action: Conditionally::Default | Conditionally::Assign | Conditionally::Fail,
            ..
        }) => text.push_str(&value),
        Some(Operation::Trim {
            suffix, pattern, ..
        }) if !pattern.has_glob() => {
            let end = pattern.text()?;
            let kept = if *suffix {
                value.strip_suffix(end)
            } else {
                value.strip_prefix(end)
            };
            text.push_str(kept.unwrap_or(&value));
        }
        Some(_) => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    /// The word that is the argument of a command.
    fn word(text: &str) -> Word {
        let script = format!("x {text}");
        let parsed = parse(&Cooked::verbatim(&script, 0), Dialect::Bash);
        assert_eq!(parsed.errors, [], "{text}");
        let mut commands = parsed.tree.commands();
        let [_, word] = &commands.next().unwrap().command.words[..] else {
            panic!("{text} is not one word");
        };
        word.clone()
    }

    #[test]
    fn parts_and_words_stay_small() {
        assert!(size_of::<WordPart>() <= 40);
        assert!(size_of::<Word>() <= 64);
    }

    #[test]
    fn a_literal_is_what_the_program_gets() {
        let cases = [
            ("a", Some("a")),
            ("'a b'", Some("a b")),
            ("\"a b\"", Some("a b")),
            ("''", Some("")),
            (r"a\ b", Some("a b")),
            (r#"--x="a\"b"'c'"#, Some("--x=a\"bc")),
            (r#""a\$b\c""#, Some("a$b\\c")),
            ("a\\\nb", Some("ab")),
            (r"$'a\tb'", Some("a\tb")),
            ("$\"a\"", Some("a")),
            ("a=b", Some("a=b")),
            ("[", Some("[")),
            ("{}", Some("{}")),
            ("{a}", Some("{a}")),
            ("{a,b", Some("{a,b")),
            ("a{b..c,", Some("a{b..c,")),
            ("{foo..bar}", Some("{foo..bar}")),
            ("a~", Some("a~")),
            ("'*'", Some("*")),
            ("$", Some("$")),
            ("a$ ", Some("a$")),
            ("*.c", None),
            ("[ab]", None),
            ("a?", None),
            ("{a,b}", None),
            ("{1..3}", None),
            ("~/a", None),
            ("$a", None),
            ("\"$a\"", None),
            ("`a`", None),
            ("@(a)", None),
        ];
        for (text, literal) in cases {
            assert_eq!(word(text).literal(), literal, "{text}");
        }
    }

    #[test]
    fn text_keeps_patterns_as_they_are_written() {
        let cases = [
            ("/var/lib/apt/lists/*", Some("/var/lib/apt/lists/*")),
            ("\"/tmp\"/*.[ch]", Some("/tmp/*.[ch]")),
            ("~/.cache/{a,b{1..2}}", Some("~/.cache/{a,b{1..2}}")),
            ("a$b*", None),
        ];
        for (text, expected) in cases {
            assert_eq!(word(text).text(), expected, "{text}");
        }
        assert_eq!(word("\"/tmp\"/*.$a*").leading_text(), "/tmp/*.");
        assert_eq!(word("--url=\"$a\"").leading_piece(), "--url=");
        assert_eq!(word("$a/b").leading_text(), "");
    }

    #[test]
    fn known_variables_are_resolved() {
        let lookup = |name: &str| match name {
            "V" => Some(Cow::Borrowed("1.2")),
            "EMPTY" => Some(Cow::Borrowed("")),
            _ => None,
        };
        let cases = [
            ("a", Some("a")),
            ("curl=$V-*", Some("curl=1.2-*")),
            ("\"x${V}y\"'$V'", Some("x1.2y$V")),
            ("${EMPTY:-d$V}", Some("d1.2")),
            ("${EMPTY-d}", Some("")),
            ("${V:-d}", Some("1.2")),
            ("${V:?gone}", Some("1.2")),
            ("${OTHER:-d}", None),
            ("${V#1}", Some(".2")),
            ("${V%%.2}", Some("1")),
            ("${V%3}", Some("1.2")),
            ("${V%.*}", None),
            ("${V%$V}", None),
            ("${!V}", None),
            ("$V$(a)", None),
        ];
        for (text, expected) in cases {
            let word = word(text);
            assert_eq!(word.resolve(&lookup).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn quotes_and_unquoted_expansions_are_told_apart() {
        let text = "$a\"$b `c`\"'d'\\e$(f)${g:-$h}";
        let word = word(text);
        // The command and a blank stand in front.
        let place = |span: Span| Span::new(span.start - 2, span.end - 2).text(text);
        let quotes: Vec<&str> = word.quotes().map(place).collect();
        assert_eq!(quotes, ["\"$b `c`\"", "'d'", "\\e"]);
        let unquoted = word.unquoted_expansions().map(WordPart::span);
        let unquoted: Vec<&str> = unquoted.map(place).collect();
        assert_eq!(unquoted, ["$a", "$(f)", "${g:-$h}"]);
        let names = word.parameters().map(|parameter| &*parameter.name.value);
        assert_eq!(names.collect::<Vec<_>>(), ["a", "b", "g"]);
    }

    #[test]
    fn every_operation_on_a_parameter_is_read() {
        let operation = |text: &str| {
            let word = word(text);
            let parameter = word.parameters().next().unwrap().clone();
            let operation = parameter.operation.map(|operation| match *operation {
                Operation::Length => "length".to_owned(),
                Operation::Conditional {
                    action,
                    or_empty,
                    word,
                } => format!("{action:?} {or_empty} {:?}", word.text()),
                Operation::Trim {
                    suffix,
                    longest,
                    pattern,
                } => format!("trim {suffix} {longest} {:?}", pattern.text()),
                Operation::Replace {
                    scope,
                    pattern,
                    replacement,
                } => {
                    let replacement = replacement.as_ref().and_then(Word::text);
                    format!("{scope:?} {:?} {replacement:?}", pattern.text())
                }
                Operation::Substring { offset, length } => {
                    let length = length.as_ref().and_then(Word::text);
                    format!("substring {:?} {length:?}", offset.text())
                }
                Operation::ChangeCase {
                    operator,
                    all,
                    pattern,
                } => format!("case {operator} {all} {:?}", pattern.text()),
                Operation::Transform(letter) => format!("transform {letter}"),
                Operation::Names => "names".to_owned(),
                Operation::Unknown => "unknown".to_owned(),
            });
            let subscript = parameter.subscript.as_ref().and_then(|word| word.text());
            format!(
                "{}{}{} {}",
                if parameter.indirect { "!" } else { "" },
                &*parameter.name.value,
                subscript.map_or(String::new(), |text| format!("[{text}]")),
                operation.unwrap_or_default()
            )
        };
        let cases = [
            ("$abc", "abc "),
            ("$12", "1 "),
            ("$?", "? "),
            ("${12}", "12 "),
            ("${x:-a b}", "x Default true Some(\"a b\")"),
            ("${x=w}", "x Assign false Some(\"w\")"),
            ("${x:?}", "x Fail true Some(\"\")"),
            ("${x+w}", "x Alternative false Some(\"w\")"),
            ("${#x}", "x length"),
            ("${#}", "# "),
            ("${#@}", "@ length"),
            ("${#x[@]}", "x[@] length"),
            ("${##a}", "# trim false false Some(\"a\")"),
            ("${x#*/}", "x trim false false Some(\"*/\")"),
            ("${x##p}", "x trim false true Some(\"p\")"),
            ("${x%'}'}", "x trim true false Some(\"}\")"),
            ("${x%%p}", "x trim true true Some(\"p\")"),
            ("${x/a/b}", "x First Some(\"a\") Some(\"b\")"),
            ("${x//a}", "x All Some(\"a\") None"),
            ("${x/#a/}", "x Prefix Some(\"a\") Some(\"\")"),
            ("${x/%a/b/c}", "x Suffix Some(\"a\") Some(\"b/c\")"),
            ("${x:1:2}", "x substring Some(\"1\") Some(\"2\")"),
            ("${x: -1}", "x substring Some(\" -1\") None"),
            ("${x^}", "x case ^ false Some(\"\")"),
            ("${x,,[A-Z]}", "x case , true Some(\"[A-Z]\")"),
            ("${x@Q}", "x transform Q"),
            ("${!x}", "!x "),
            ("${!x*}", "!x names"),
            ("${!x[@]}", "!x[@] "),
            ("${!}", "! "),
            ("${x[i + 1]}", "x[i + 1] "),
            ("${@:2}", "@ substring Some(\"2\") None"),
            ("${}", " unknown"),
            ("${x y}", "x unknown"),
        ];
        for (text, expected) in cases {
            assert_eq!(operation(text), expected, "{text}");
        }
    }
}

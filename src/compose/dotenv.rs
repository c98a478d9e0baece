//! Env files: `.env`, the `env_file` of a service, and its `format: raw`.
//!
//! The grammar is that of compose-go (`dotenv/parser.go`), checked with `docker compose config` 5.6.1. It is
//! neither the shell's nor that of other dotenv readers: `:` separates as well as `=`, a `#` begins a comment
//! only behind a space, text behind a closing quote is the next statement, and a last line without `=` and
//! without a line break is the value of a variable with an empty name.
//!
//! Compose stops at the first error. This reader notes it and goes on with the next line.
//!
//! Not for: reading files and which file belongs to which project (`workspace`, `project`).

use std::collections::HashMap;

use memchr::{memchr, memchr2, memmem};

use super::interpolate;
use crate::diagnostic::{Parse, SyntaxError};
use crate::grammar::variable::{self, Dialect, Value, VariableErrorKind};
use crate::text::lines::bom_len;
use crate::text::span::offset;
use crate::text::{Cooked, CookedBuilder, Span};

/// The rule whose findings the errors are.
pub const RULE: &str = "env-file-syntax";

/// Length in bytes from which on Compose does not read a line of a raw file (`bufio.MaxScanTokenSize`).
const MAX_RAW_LINE: usize = 64 * 1024;

/// Most bytes of values that [`values`] makes of one file; what is beyond them is unknown. Without it, lines
/// of `A=$B$B` would multiply a long value.
const MAX_VALUES: usize = 1 << 24;

/// Which grammar a file follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Quotes, escapes, comments, variables.
    Dotenv,
    /// `format: raw`: every line is `NAME=value` to the letter, as in `docker run --env-file`.
    Raw,
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quoting {
    /// Without quotes: to the end of the line or to ` #`, without the white space at both ends.
    Plain,
    /// In `'`: literal but for `\'`; may span lines.
    Single,
    /// In `"`: with escapes and variables; may span lines.
    Double,
    /// A line of a raw file.
    Raw,
}

/// One variable of an env file.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The name. It is empty where a line begins with its separator, and where a file ends in a word without
    /// separator and line break.
    pub name: Box<str>,
    /// Where the name stands.
    pub name_span: Span,
    /// Its value; none where the variable is taken from the environment (a bare name).
    pub value: Option<Written>,
    /// From the name to the end of the value, quotes included.
    pub span: Span,
}

impl Entry {
    /// Its value, if there is one that no variable is a part of.
    pub fn literal(&self) -> Option<&str> {
        let written = self.value.as_ref()?;
        let value = written.text.text();
        let is_filled_in = written.is_interpolated() && value.contains('$');
        (!is_filled_in).then_some(value)
    }
}

/// A value as it is written.
#[derive(Clone, PartialEq, Debug)]
pub struct Written {
    /// The text with its escapes resolved, before its variables are replaced.
    pub text: Cooked<'static>,
    /// How it is written.
    pub quoting: Quoting,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Written {
    /// Whether Compose replaces variables in it.
    pub fn is_interpolated(&self) -> bool {
        matches!(self.quoting, Quoting::Plain | Quoting::Double)
    }
}

/// Reads an env file.
pub fn parse(text: &str, format: Format) -> Parse<Vec<Entry>> {
    let mut reader = Reader {
        text,
        at: bom_len(text),
        entries: Vec::new(),
        errors: Vec::new(),
        unclosed: false,
    };
    match format {
        Format::Dotenv => while reader.statement() {},
        Format::Raw => reader.raw(),
    }
    Parse {
        tree: reader.entries,
        errors: reader.errors,
    }
}

/// The variables that a file sets, in its order; of two with one name the later wins. `outer` is the
/// environment that Compose asks first when it replaces variables, and the only one that it takes bare names
/// from; earlier variables of the file are asked next. A bare name that the environment does not have is
/// left out.
pub fn values<'e>(entries: &'e [Entry], outer: &dyn Fn(&str) -> Value) -> Vec<(&'e str, Value)> {
    let mut all = Vec::with_capacity(entries.len());
    let mut earlier: HashMap<&str, Value> = HashMap::new();
    let mut left = MAX_VALUES;
    for entry in entries {
        let value = match &entry.value {
            None => outer(&entry.name),
            Some(written) if written.is_interpolated() => {
                replaced(written.text.text(), &earlier, outer, &mut left)
            }
            Some(written) => Value::Set(written.text.text().to_owned()),
        };
        if value == Value::Unset {
            continue;
        }
        earlier.insert(&entry.name, value.clone());
        all.push((&*entry.name, value));
    }
    all
}

/// A text with its variables replaced, never [`Value::Unset`].
fn replaced(
    text: &str,
    earlier: &HashMap<&str, Value>,
    outer: &dyn Fn(&str) -> Value,
    left: &mut usize,
) -> Value {
    if !text.contains('$') {
        return Value::Set(text.to_owned());
    }
    let template = variable::parse(text, Dialect::Compose);
    let expanded = template.expand(text, &mut |name| {
        let value = match outer(name) {
            Value::Unset => earlier.get(name),
            Value::Set(value) if value.len() <= *left => {
                *left -= value.len();
                return Value::Set(value);
            }
            _ => return Value::Unknown,
        };
        match value {
            None => Value::Unset,
            Some(Value::Set(value)) if value.len() <= *left => {
                *left -= value.len();
                Value::Set(value.clone())
            }
            Some(_) => Value::Unknown,
        }
    });
    match expanded.known() {
        Some(value) => Value::Set(value.to_owned()),
        None => Value::Unknown,
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    entries: Vec<Entry>,
    errors: Vec<SyntaxError>,
    /// Whether a quote was not closed. To Compose all that follows is its value: entries are still read, as
    /// they are most likely meant, but nothing is said about them.
    unclosed: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(offset(start), offset(end))
    }

    /// The end of the line that `self.at` is in, before its line feed.
    fn line_end(&self) -> usize {
        self.at + memchr(b'\n', self.rest().as_bytes()).unwrap_or(self.rest().len())
    }

    fn error(&mut self, span: Span, message: impl Into<String>, help: &str) {
        if !self.unclosed {
            self.errors
                .push(SyntaxError::new(RULE, span, message).with_help(help));
        }
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        self.at += self.rest().len() - self.rest().trim_start_matches(skipped).len();
    }

    /// Reads one statement or comment; false at the end of the file.
    fn statement(&mut self) -> bool {
        self.skip(char::is_whitespace);
        if self.rest().starts_with('#') {
            self.at = self.line_end();
            return true;
        }
        if let Some(behind) = self.rest().strip_prefix("export")
            && behind.starts_with(EXPORT_SPACE)
        {
            self.at += "export".len();
            self.skip(|c| EXPORT_SPACE.contains(&c));
            self.skip(is_blank);
        }
        if self.rest().is_empty() {
            return false;
        }
        let start = self.at;
        let end = self.rest().char_indices().find(|&(_, c)| !is_name(c));
        let (length, separator) = match end {
            Some((at, separator @ ('=' | ':' | '\n'))) => (at, separator),
            Some((at, wrong)) => {
                let wrong_at = start + at;
                let span = self.span(wrong_at, wrong_at + wrong.len_utf8());
                let message = format!("{} is not allowed in a variable's name", quoted(wrong));
                self.error(
                    span,
                    message,
                    "write `NAME=value`, and put a value of several lines in quotes",
                );
                self.at = self.line_end();
                return true;
            }
            None => {
                // Without separator and line break the word becomes the value of a variable without name.
                let name = (self.at, self.at);
                self.plain(name);
                return true;
            }
        };
        let name = self.rest().get(..length).unwrap_or_default().trim_end();
        let end = start + name.len();
        if name.contains(' ') {
            let span = self.span(start, end);
            self.error(
                span,
                "a variable's name contains a space",
                "write `NAME=value`, and put a value of several lines in quotes",
            );
        }
        self.at = start + length + separator.len_utf8();
        if separator == '\n' {
            if !name.contains(' ') {
                self.push((start, end), None);
            }
            return true;
        }
        self.skip(is_blank);
        let read = self.entries.len();
        match self.rest().bytes().next() {
            Some(quote @ (b'\'' | b'"')) => self.quoted((start, end), quote),
            _ => self.plain((start, end)),
        }
        if name.contains(' ') {
            self.entries.truncate(read);
        }
        true
    }

    fn push(&mut self, (start, end): (usize, usize), value: Option<Written>) {
        let name_span = self.span(start, end);
        self.entries.push(Entry {
            name: self.text.get(start..end).unwrap_or_default().into(),
            name_span,
            span: value.as_ref().map_or(name_span, |value| {
                Span::new(name_span.start, value.span.end)
            }),
            value,
        });
    }

    /// Notes what is wrong with the references of a value, and the value.
    fn push_value(&mut self, name: (usize, usize), value: Written) {
        if value.is_interpolated() {
            for (span, kind, message) in interpolate::errors(&value.text) {
                if kind != VariableErrorKind::TooDeep {
                    self.error(
                        span,
                        message,
                        "double the `$` or put the value in single quotes",
                    );
                }
            }
        }
        self.push(name, Some(value));
    }

    /// The value at `self.at`, to the end of the line.
    fn plain(&mut self, name: (usize, usize)) {
        let start = self.at;
        let line_end = self.line_end();
        let line = self.text.get(start..line_end).unwrap_or_default();
        let value = memmem::find(line.as_bytes(), b" #")
            .and_then(|comment| line.get(..comment))
            .unwrap_or(line)
            .trim_end();
        let written = Written {
            text: Cooked::verbatim(value, offset(start)).into_owned(),
            quoting: Quoting::Plain,
            span: self.span(start, start + value.len()),
        };
        self.at = line_end;
        self.push_value(name, written);
    }

    /// The value whose opening quote is at `self.at`.
    fn quoted(&mut self, name: (usize, usize), quote: u8) {
        let open = self.at;
        let inside = open + 1;
        // Behind a quote that was not closed, lines are taken one by one.
        let reach = if self.unclosed {
            self.line_end()
        } else {
            self.text.len()
        };
        let bytes = self.text.as_bytes();
        let mut at = inside;
        let mut close = None;
        while let Some(rest) = bytes.get(at..reach)
            && let Some(found) = memchr2(quote, b'\\', rest)
        {
            if bytes[at + found] == quote {
                close = Some(at + found);
                break;
            }
            at += found + 2;
        }
        let end = close.unwrap_or_else(|| self.line_end());
        let quoting = if quote == b'"' {
            Quoting::Double
        } else {
            Quoting::Single
        };
        let text = self.text.get(inside..end).unwrap_or_default();
        let written = Written {
            text: match quoting {
                Quoting::Double => unescape(text, inside, double_escape),
                _ => unescape(text, inside, single_escape),
            },
            quoting,
            span: self.span(open, close.map_or(end, |close| close + 1)),
        };
        self.at = written.span.end as usize;
        if close.is_none() {
            let span = self.span(open, inside);
            let message = format!("`{}` opens a value that is not closed", char::from(quote));
            self.error(
                span,
                message,
                "close the quote, or double the backslash before it",
            );
            self.unclosed = true;
        }
        self.push_value(name, written);
    }

    /// All lines of a raw file.
    fn raw(&mut self) {
        let mut line_start = 0;
        while self.at < self.text.len() {
            let line_end = self.line_end();
            if line_end - line_start >= MAX_RAW_LINE {
                let span = self.span(self.at, line_end);
                self.error(
                    span,
                    "the line is longer than 65535 bytes",
                    "shorten it, or leave `format: raw` out",
                );
            }
            self.raw_line(line_end);
            self.at = line_end + 1;
            line_start = self.at;
        }
    }

    fn raw_line(&mut self, line_end: usize) {
        let line = self.text.get(self.at..line_end).unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let end = self.at + line.len();
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let start = end - line.len();
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (line, None),
        };
        let name_end = start + name.len();
        if name.is_empty() {
            let span = self.span(start, start + 1);
            self.error(span, "no name stands before `=`", "write `NAME=value`");
        } else if name.contains([' ', '\t']) {
            let span = self.span(start, name_end);
            self.error(
                span,
                "a variable's name contains white space",
                "write `NAME=value`; a raw file knows no `export`",
            );
        } else {
            let value = value.map(|value| Written {
                text: Cooked::verbatim(value, offset(name_end + 1)).into_owned(),
                quoting: Quoting::Raw,
                span: self.span(name_end + 1, end),
            });
            self.push((start, name_end), value);
        }
    }
}

/// What separates `export` from a name: `\s` of Go's regular expressions.
const EXPORT_SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// White space that does not end a line.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{a0}'
    )
}

/// What Compose's scan for the end of a name passes over; spaces are judged afterwards.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']') || is_blank(c)
}

/// A character for a message.
fn quoted(c: char) -> String {
    match c {
        '`' => "a backtick".to_owned(),
        c if c.is_control() || c == '\u{feff}' => format!("`{}`", c.escape_unicode()),
        c => format!("`{c}`"),
    }
}

/// What an escape stands for, and how many bytes it is long. The text begins with the backslash.
type Escape = fn(&str) -> Option<(String, usize)>;

/// The text between quotes, which begins at `start` of the file.
fn unescape(text: &str, start: usize, escape: Escape) -> Cooked<'static> {
    let mut out = CookedBuilder::with_capacity(text.len());
    let mut at = 0;
    let mut done = 0;
    while let Some(rest) = text.get(at..)
        && let Some(found) = memchr(b'\\', rest.as_bytes())
    {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        match escape(rest) {
            Some((value, len)) => {
                out.verbatim(text.get(done..at).unwrap_or_default(), offset(start + done));
                let source = Span::new(offset(start + at), offset(start + at + len));
                out.replaced(&value, source);
                at += len;
                done = at;
            }
            None => at += 1,
        }
    }
    out.verbatim(text.get(done..).unwrap_or_default(), offset(start + done));
    out.finish(offset(start))
}

/// Within `'` only the quote can be escaped. `\\` stays two characters, but belongs together.
fn single_escape(text: &str) -> Option<(String, usize)> {
    match text.as_bytes().get(1)? {
        b'\'' => Some(("'".to_owned(), 2)),
        b'\\' => Some(("\\\\".to_owned(), 2)),
        _ => None,
    }
}

/// Within `"`: those of Go that are one character, `\$`, and a byte as `\0` with three octal digits.
fn double_escape(text: &str) -> Option<(String, usize)> {
    let character = match text.as_bytes().get(1)? {
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'v' => '\u{b}',
        b'"' => '"',
        b'\\' => '\\',
        // A dollar of its own, which is doubled for the reader of variables.
        b'$' => return Some(("$$".to_owned(), 2)),
        b'0' => return Some(octal(text)),
        _ => return None,
    };
    Some((character.to_string(), 2))
}

/// `\0` and up to three digits. Where they are no byte, only the zero is lost.
fn octal(text: &str) -> (String, usize) {
    let digits = text.get(2..).unwrap_or_default();
    let count = digits
        .bytes()
        .take(3)
        .take_while(u8::is_ascii_digit)
        .count();
    let digits = digits.get(..count).unwrap_or_default();
    let byte = (count == 3).then(|| u8::from_str_radix(digits, 8).ok());
    let value = match byte.flatten() {
        Some(byte) => char::from(byte).to_string(),
        None => format!("\\{digits}"),
    };
    (value, 2 + count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(name: &str) -> Value {
        match name {
            "HOME" => Value::Set("/root".to_owned()),
            "X" => Value::Set("out".to_owned()),
            "HUH" => Value::Unknown,
            _ => Value::Unset,
        }
    }

    /// `NAME=value` of every variable, joined with `|`; `NAME?` where the value is unknown.
    fn read(text: &str, format: Format) -> String {
        let parse = parse(text, format);
        assert_eq!(parse.errors, [], "{text:?}");
        let shown: Vec<String> = values(&parse.tree, &environment)
            .into_iter()
            .map(|(name, value)| match value {
                Value::Set(value) => format!("{name}={value}"),
                _ => format!("{name}?"),
            })
            .collect();
        shown.join("|")
    }

    #[test]
    fn values_are_those_of_compose() {
        // All observed with `docker compose config` 5.6.1.
        let table = [
            ("A=1\n", "A=1"),
            ("A: 1\n", "A=1"),
            ("A = 1 \n", "A=1"),
            ("A=1:2\n", "A=1:2"),
            ("A:B=2\n", "A=B=2"),
            ("A==1\n", "A==1"),
            ("export A=1\n", "A=1"),
            ("export\tA=1\n", "A=1"),
            ("export\nA=1\n", "A=1"),
            ("export\u{b}A=1\n", "export\u{b}A=1"),
            ("exportA=1\n", "exportA=1"),
            ("export=1\n", "export=1"),
            ("export A=1 B=2\n", "A=1 B=2"),
            ("export\n", ""),
            ("export", "=export"),
            ("A\nB=1\n", "B=1"),
            ("HOME\n", "HOME=/root"),
            ("export HOME\n", "HOME=/root"),
            ("HOME", "=HOME"),
            ("x y", "=x y"),
            ("x\r", "=x"),
            ("A=1\nA\n", "A=1"),
            ("HOME=x\n", "HOME=x"),
            ("=1\n", "=1"),
            ("A=1\n:", "A=1|="),
            ("A=\nB=2\n", "A=|B=2"),
            ("A = \nB=2\n", "A=|B=2"),
            ("A:\n  HOME\n", "A=|HOME=/root"),
            ("A=1\rB=2\r\nC=3\r\n", "A=1\rB=2|C=3"),
            ("A=x#y #z\n", "A=x#y"),
            ("A=x\t#y\n", "A=x\t#y"),
            ("A= #x\n", "A=#x"),
            ("A=1 # x # y\n", "A=1"),
            ("A=a # $B ${\n", "A=a"),
            ("A=a\"b # c\n", "A=a\"b"),
            ("# c\n  # d\n A=1", "A=1"),
            ("A='x' HOME\n", "A=x|HOME=/root"),
            ("A='x'=3\n", "A=x|=3"),
            ("A=\"x\"B=2\n", "A=x|B=2"),
            ("A=\"x\" # c\nB=1", "A=x|B=1"),
            ("A='a\nb'\n", "A=a\nb"),
            ("A=\"a\r\nb\"\r\nC=1\r\n", "A=a\r\nb|C=1"),
            ("A='it\\'s $B \\\\ \\n'\n", "A=it's $B \\\\ \\n"),
            ("A='a\\\\'\nB='x'\n", "A=a\\\\|B=x"),
            ("A='${'\n", "A=${"),
            (
                "A=\"x\\n\\t\\\"\\\\ \\$B \\q \\x41 \\101 \\0101 \\a\\b\\v\\f\\e\"\n",
                "A=x\n\t\"\\ $B \\q \\x41 \\101 A \u{7}\u{8}\u{b}\u{c}\\e",
            ),
            (
                "A=\"\\u0041 \\' \\0 \\07 \\01234 \\0999 \\c \\08x \\0777\"\n",
                "A=\\u0041 \\' \\ \\7 S4 \\999 \\c \\8x \\777",
            ),
            ("A=\\$B \\n\n", "A=\\ \\n"),
            ("A=\"$$X \\$X \\\\$X\"\n", "A=$X $X \\out"),
            ("A=$B\nB=1\n", "A=|B=1"),
            ("B=1\nA=$B ${B} ${C:-d} ${C-e} $$B\n", "B=1|A=1 1 d e $B"),
            ("B=1\nB=2\nA=${B}\n", "B=1|B=2|A=2"),
            ("X=in\nA=$X\n", "X=in|A=out"),
            ("A=${X:+y}${Z:+z}\n", "A=y"),
            ("A=\"${Q:-\\\"q\\\"}\"\n", "A=\"q\""),
            ("A=$1 $(pwd)\n", "A=$1 $(pwd)"),
            ("\u{feff}A=1\n", "A=1"),
            ("\u{feff}# c\nA=1", "A=1"),
            ("A-B.c[0]=1\n", "A-B.c[0]=1"),
            ("é²=1\n", "é²=1"),
            ("A\tB=1\n", "A\tB=1"),
            ("A\u{a0}=1\n", "A=1"),
            ("A=1\u{2003}\n", "A=1"),
            ("\u{2003}A=1\n", "A=1"),
            ("", ""),
            ("\n", ""),
            // What only the machine can tell.
            ("A=$HUH\nHUH\nB=$A\n", "A?|HUH?|B?"),
            ("A=${Z?}\n", "A?"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text, Format::Dotenv), expected, "{text:?}");
        }
    }

    #[test]
    fn raw_values_are_those_of_compose() {
        let table = [
            ("A=1\n", "A=1"),
            ("A=\"x\"\n", "A=\"x\""),
            ("A=x # c\n", "A=x # c"),
            ("# c\n \t# d\n A=1\n", "A=1"),
            ("A= 1 \n", "A= 1 "),
            ("A=$X ${\n", "A=$X ${"),
            ("A\nHOME\n", "HOME=/root"),
            ("HOME", "HOME=/root"),
            ("A:1\n", ""),
            ("\u{feff}A=1\r\nB=2\r\n", "A=1|B=2"),
            ("A=1\rB=2\n", "A=1\rB=2"),
            ("A='a\nb'\n", "A='a"),
            ("A(=\n", "A(="),
            ("A\u{a0}B=1\n", "A\u{a0}B=1"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text, Format::Raw), expected, "{text:?}");
        }
    }

    /// The offending bytes of every error.
    fn wrong(text: &str, format: Format) -> Vec<&str> {
        let parse = parse(text, format);
        parse.errors.iter().map(|e| e.span.text(text)).collect()
    }

    #[test]
    fn what_compose_refuses_is_an_error() {
        let table: [(&str, &[&str]); 20] = [
            ("A B=1\n", &["A B"]),
            ("A B='x\ny'\nC=1\n", &["A B"]),
            ("export A B\n", &["A B"]),
            ("- A=1\n", &["- A"]),
            ("A='x' y z\n", &["y z"]),
            ("A(=1\n", &["("]),
            ("A(=1\nB/=2", &["(", "/"]),
            ("A\u{2003}=1\n", &["\u{2003}"]),
            ("\"A\"=1\n", &["\""]),
            ("A+=1\n", &["+"]),
            ("x y # c", &["#"]),
            ("export\n# c\nA=1", &["#"]),
            ("\u{feff}\u{feff}A=1\n", &["\u{feff}"]),
            ("A\u{0}=1\n", &["\u{0}"]),
            ("A=\"abc\nB=1\n", &["\""]),
            ("A='a\\'\nB!=1\n", &["'"]),
            ("A=${X\n", &["${X"]),
            ("A=a${\n", &["${"]),
            ("A=\"\\t${Q:-a\nb}\"\n", &["${Q"]),
            ("A=b\nC=1\n", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(wrong(text, Format::Dotenv), expected, "{text:?}");
        }
    }

    #[test]
    fn what_compose_refuses_of_raw_files_is_an_error() {
        for text in ["A =1\n", "A\t=1\n", "A B\n", "A \n", "export A=1\n"] {
            let name = text.split(['=', '\n']).next().unwrap();
            assert_eq!(wrong(text, Format::Raw), [name], "{text:?}");
        }
        assert_eq!(wrong("A=1\n =1", Format::Raw), ["="]);
        let longest = format!("A={}\n", "x".repeat(65533));
        assert!(wrong(&longest, Format::Raw).is_empty());
        assert_eq!(
            wrong(&format!("A=x{}", &longest[2..]), Format::Raw).len(),
            1
        );
    }

    #[test]
    fn everything_has_its_place() {
        let text = "\u{feff}export A = \"x\\ty\" # c\nB:z \nC\n";
        let entries = parse(text, Format::Dotenv).tree;
        let names: Vec<_> = entries.iter().map(|e| e.name_span.text(text)).collect();
        assert_eq!(names, ["A", "B", "C"]);
        let spans: Vec<_> = entries.iter().map(|e| e.span.text(text)).collect();
        assert_eq!(spans, ["A = \"x\\ty\"", "B:z", "C"]);
        let value = entries[0].value.as_ref().unwrap();
        assert_eq!(value.span.text(text), "\"x\\ty\"");
        assert_eq!(value.text.text(), "x\ty");
        assert_eq!(value.text.span(1..2).text(text), "\\t");
        assert_eq!(value.text.span(2..3).text(text), "y");
        assert_eq!(value.quoting, Quoting::Double);
        assert!(entries[2].value.is_none());
    }

    #[test]
    fn entries_behind_an_open_quote_are_still_read() {
        let entries = parse("A='x\nB=1\nC=\"\nD=\"y\"\n", Format::Dotenv).tree;
        let names: Vec<_> = entries.iter().map(|entry| &*entry.name).collect();
        assert_eq!(names, ["A", "B", "C", "D"]);
    }

    #[test]
    fn hostile_files_take_linear_time() {
        let open = format!("A='\n{}", "B=\"\n".repeat(200_000));
        assert_eq!(parse(&open, Format::Dotenv).tree.len(), 200_001);
        let escapes = format!("A=\"{}\"", "\\\\".repeat(500_000));
        assert_eq!(parse(&escapes, Format::Dotenv).errors, []);
        let mut growing = format!("A={}\n", "x".repeat(60_000));
        growing.push_str(&"A=$A${B}\n".repeat(20_000));
        let entries = parse(&growing, Format::Dotenv).tree;
        let values = values(&entries, &|_| Value::Unset);
        assert_eq!(values.last(), Some(&("A", Value::Unknown)));
        let braces = format!("A={}", "${A".repeat(100_000));
        assert!(!parse(&braces, Format::Dotenv).errors.is_empty());
    }
}

//! The parser: its state, its limits, its errors.
//!
//! One pass of recursive descent over the text, without a separate token list and without going back: where
//! the grammar is ambiguous (`((`, `$((`) a bounded look ahead decides. The other files of this folder hold
//! the grammar, each a part of `impl Parser`.
//!
//! Errors come from texts that every shell of our grammar refuses to read. What only fails when it is run
//! (a bad `${…}`, a missing command) is no syntax error, and what only bash knows is none either. After an
//! error reading goes on at the next command separator.

use std::ops::Range;
use std::sync::Arc;

use super::Dialect;
use super::ast::{List, ListItem, Script};
use super::few::Few;
use super::heredoc::Pending;
use super::programs::Programs;
use super::slice::Text;
use super::word::Word;
use crate::diagnostic::{Parse, SyntaxError};
use crate::text::{Cooked, Mapper, Span, Spanned, order};

/// The rule that reports errors of shell syntax.
pub const RULE: &str = "shell-syntax-error";

/// How many commands, quotes and expansions may stand inside each other. bash gives up later, but no script
/// written by hand comes near.
pub const MAX_DEPTH: u32 = 100;

/// How many words, commands and parts of words one script may have; this bounds memory.
pub const MAX_NODES: u32 = 2_000_000;

/// How many errors one script can have; whoever mended these will see the next.
const MAX_ERRORS: usize = 100;

/// How many bytes of a text may be looked at ahead, and how many times all of it.
const LOOK_AHEAD_BYTES: usize = 1 << 12;
const LOOK_AHEAD_TIMES: usize = 8;

/// Reads a script. Zsh scripts give a tree but no errors, save that a limit was hit; for the dialects that are
/// not [`is_posix`](Dialect::is_posix) there is nothing to gain.
pub fn parse(text: &Cooked<'_>, dialect: Dialect) -> Parse<Script> {
    parse_with_limit(text, dialect, MAX_NODES)
}

/// Like [`parse`] with another limit in place of [`MAX_NODES`].
pub fn parse_with_limit(text: &Cooked<'_>, dialect: Dialect, max_nodes: u32) -> Parse<Script> {
    let shared = Shared {
        dialect,
        max_nodes,
        is_quiet: dialect == Dialect::Zsh,
        ..Shared::default()
    };
    let mut parser = Parser::new(text, shared);
    let script = parser.script();
    let mut errors = parser.shared.errors;
    order::sort_by_key(&mut errors, |error| (error.span.start, error.span.end));
    Parse {
        tree: script,
        errors,
    }
}

/// The state of reading one text.
pub(super) struct Parser<'t> {
    pub(super) cooked: &'t Cooked<'t>,
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    /// The text once more, for the tree to keep.
    shared_text: Arc<str>,
    map: Mapper<'t>,
    /// The next byte to read.
    pub(super) pos: usize,
    /// Where the text ends for now: at its end, or at the end of the construct that is being read.
    pub(super) end: usize,
    /// Which closing words the constructs around this place wait for.
    pub(super) wanted: u16,
    /// Heredocs whose lines begin behind the next line break.
    pub(super) pending: Vec<Pending>,
    /// The items of the lists being read, innermost list last.
    pub(super) items: Vec<ListItem>,
    /// The words of the commands being read, innermost command last, and where they stand.
    pub(super) words: Vec<Word>,
    pub(super) word_ranges: Vec<Range<usize>>,
    /// No `]` stands between the last look for one and here.
    pub(super) no_bracket_before: usize,
    pub(super) shared: Shared,
}

/// What a text shares with the texts inside it that are read on their own (backticks, `sh -c`).
#[derive(Default)]
pub(super) struct Shared {
    pub(super) dialect: Dialect,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) comments: Vec<Spanned<Text>>,
    /// What the commands of the script run, up to here.
    pub(super) programs: Programs,
    /// Whether a command of the script, up to here, holds a script in an argument or heredoc.
    pub(super) has_inner: bool,
    /// Whether errors are dropped.
    pub(super) is_quiet: bool,
    /// Whether an error was found at the end of the text; what else is open there follows from it.
    is_ended: bool,
    /// Whether a limit was hit and nothing more is read.
    is_stopped: bool,
    depth: u32,
    /// In how many scripts that are heredocs of each other it is being read.
    pub(super) heredoc_depth: u32,
    nodes: u32,
    max_nodes: u32,
    /// How many bytes may still be looked at ahead.
    look_ahead_left: usize,
    /// Whether an error was found on this line.
    line_has_error: bool,
}

impl<'t> Parser<'t> {
    pub(super) fn new(cooked: &'t Cooked<'t>, mut shared: Shared) -> Parser<'t> {
        let text = cooked.text();
        shared.look_ahead_left += LOOK_AHEAD_BYTES + text.len() * LOOK_AHEAD_TIMES;
        Parser {
            cooked,
            text,
            bytes: text.as_bytes(),
            shared_text: Arc::from(text),
            map: cooked.mapper(),
            pos: 0,
            end: if shared.is_stopped { 0 } else { text.len() },
            wanted: 0,
            pending: Vec::new(),
            items: Vec::with_capacity(5),
            words: Vec::with_capacity(16),
            word_ranges: Vec::with_capacity(16),
            no_bracket_before: 0,
            shared,
        }
    }

    /// Reads the whole text.
    pub(super) fn script(&mut self) -> Script {
        let outer_comments = std::mem::take(&mut self.shared.comments);
        let outer_programs = std::mem::take(&mut self.shared.programs);
        let outer_has_inner = std::mem::take(&mut self.shared.has_inner);
        let body = self.whole_list();
        let programs = self.shared.programs;
        self.shared.programs = self.shared.programs.and(outer_programs);
        let has_inner = std::mem::replace(&mut self.shared.has_inner, outer_has_inner);
        Script {
            dialect: self.shared.dialect,
            body,
            comments: std::mem::replace(&mut self.shared.comments, outer_comments),
            span: self.cooked.span(0..self.text.len()),
            programs,
            has_inner,
        }
    }

    /// Reads another text, such as what is between backticks, as a list.
    pub(super) fn inner_list(&mut self, cooked: &Cooked<'_>) -> List {
        let was_ended = std::mem::take(&mut self.shared.is_ended);
        let mut inner = Parser::new(cooked, std::mem::take(&mut self.shared));
        let list = inner.whole_list();
        self.shared = inner.shared;
        self.shared.is_ended = was_ended;
        self.heed_limits();
        list
    }

    /// Reads a script that an argument holds.
    pub(super) fn inner_script(
        &mut self,
        cooked: &Cooked<'_>,
        dialect: Dialect,
        is_quiet: bool,
    ) -> Script {
        let was_ended = std::mem::take(&mut self.shared.is_ended);
        let outer_dialect = std::mem::replace(&mut self.shared.dialect, dialect);
        let was_quiet = self.shared.is_quiet;
        self.shared.is_quiet |= is_quiet || dialect == Dialect::Zsh;
        let mut inner = Parser::new(cooked, std::mem::take(&mut self.shared));
        let script = inner.script();
        self.shared = inner.shared;
        self.shared.is_ended = was_ended;
        self.shared.dialect = outer_dialect;
        self.shared.is_quiet = was_quiet;
        self.heed_limits();
        script
    }

    /// Reads up to `end` with `read`, as if the text ended there, and goes on behind it.
    pub(super) fn within<T>(&mut self, end: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer_end = self.end;
        self.end = end.min(outer_end);
        let outer_wanted = std::mem::take(&mut self.wanted);
        let outer_pending = std::mem::take(&mut self.pending);
        let was_ended = std::mem::take(&mut self.shared.is_ended);
        let result = read(self);
        self.pos = self.pos.max(self.end);
        self.end = outer_end;
        self.wanted = outer_wanted;
        self.pending = outer_pending;
        self.shared.is_ended = was_ended;
        self.heed_limits();
        result
    }

    /// Goes one level down; false where that is too deep and reading stops. `start` is where the level
    /// begins.
    pub(super) fn enter(&mut self, start: usize) -> bool {
        if self.shared.depth >= MAX_DEPTH {
            let message = format!("commands nest deeper than {MAX_DEPTH} levels");
            self.stop(start, message);
            return false;
        }
        self.shared.depth += 1;
        true
    }

    /// Goes one level up again.
    pub(super) fn leave(&mut self) {
        self.shared.depth -= 1;
    }

    /// Counts a node of the tree; large ones count twice.
    pub(super) fn count_node(&mut self) {
        self.shared.nodes += 1;
        let max = self.shared.max_nodes;
        if self.shared.nodes > max {
            let message = format!("the script has more than {max} words and expansions");
            self.stop(self.pos, message);
        }
    }

    /// Whether so many bytes may still be looked at ahead. All look-aheads together read a few times the
    /// text at most.
    pub(super) fn may_look_ahead(&mut self, bytes: usize) -> bool {
        let left = self.shared.look_ahead_left.checked_sub(bytes);
        self.shared.look_ahead_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Reports that a limit was hit. What is being read is finished, then everything sees the end of the
    /// text: see [`Parser::heed_limits`].
    fn stop(&mut self, at: usize, message: String) {
        if !self.shared.is_stopped {
            self.shared.line_has_error = false;
            self.shared.is_ended = false;
            let was_quiet = std::mem::take(&mut self.shared.is_quiet);
            self.error(at..at + 1, message);
            self.shared.is_quiet = was_quiet;
        }
        self.shared.is_stopped = true;
    }

    /// Ends the text here if a limit was hit. Every loop of the parser begins with this.
    pub(super) fn heed_limits(&mut self) {
        if self.shared.is_stopped {
            self.end = self.pos;
        }
    }

    /// Reports an error at a range of the text, which is cut to the text and to whole characters. Of several
    /// errors on a line only the first is reported: it may be to blame for the others.
    pub(super) fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.error_with_help(range, message, None);
    }

    /// Reports an error and says what to do.
    pub(super) fn error_with_help(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: Option<&str>,
    ) {
        let is_explained = self.shared.line_has_error || self.shared.is_ended;
        let is_full = self.shared.errors.len() >= MAX_ERRORS;
        if self.shared.is_quiet || self.shared.is_stopped || is_explained || is_full {
            return;
        }
        let mut start = range.start.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = range.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.shared.line_has_error = true;
        let mut error = SyntaxError::new(RULE, self.cooked.span(start..end), message);
        error.help = help.map(str::to_owned);
        self.shared.errors.push(error);
    }

    /// Reports something that is still open at the end of the text, unless that follows from another
    /// error there.
    pub(super) fn error_at_end(&mut self, opening: Range<usize>, message: impl Into<String>) {
        self.error(opening, message);
        self.shared.is_ended = true;
    }

    /// Reports something that is not closed, at the end or where it should be.
    pub(super) fn unclosed(&mut self, opening: Range<usize>, message: impl Into<String>) {
        self.unclosed_with_help(opening, message, None);
    }

    /// Like [`Parser::unclosed`], and says what to do.
    pub(super) fn unclosed_with_help(
        &mut self,
        opening: Range<usize>,
        message: impl Into<String>,
        help: Option<&str>,
    ) {
        self.error_with_help(opening, message, help);
        self.shared.is_ended |= self.at_end();
    }

    /// Notes that a new line begins.
    pub(super) fn forget_errors_of_line(&mut self) {
        self.shared.line_has_error = false;
    }

    /// Reads without reporting errors.
    pub(super) fn quietly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let was_quiet = std::mem::replace(&mut self.shared.is_quiet, true);
        let result = read(self);
        self.shared.is_quiet = was_quiet;
        result
    }

    /// The byte to read next; `None` at the end.
    pub(super) fn peek(&self) -> Option<u8> {
        if self.pos < self.end {
            self.bytes.get(self.pos).copied()
        } else {
            None
        }
    }

    /// The byte `ahead` of the next one; NUL, which means nothing to the grammar, behind the end.
    pub(super) fn peek_at(&self, ahead: usize) -> u8 {
        let at = self.pos + ahead;
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// What is left to read.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.pos..self.end).unwrap_or_default()
    }

    /// What is left to read, as text.
    pub(super) fn rest_text(&self) -> &'t str {
        self.text.get(self.pos..self.end).unwrap_or_default()
    }

    /// Whether the text goes on with `prefix`.
    pub(super) fn looking_at(&self, prefix: &str) -> bool {
        self.rest().starts_with(prefix.as_bytes())
    }

    /// Whether nothing is left.
    pub(super) fn at_end(&self) -> bool {
        self.pos >= self.end
    }

    /// The place in the file of the next byte.
    pub(super) fn file_start(&mut self) -> u32 {
        self.map.start_of(self.pos)
    }

    /// The place in the file behind the last byte read.
    pub(super) fn file_end(&mut self) -> u32 {
        self.map.end_of(self.pos)
    }

    /// The place of what was read since `start`, a place in the file. Empty if nothing was.
    pub(super) fn span_from(&mut self, start: u32) -> Span {
        let end = self.file_end();
        Span::new(start.min(end), end)
    }

    /// A range of the text for the tree.
    pub(super) fn text_of(&self, range: Range<usize>) -> Text {
        Text::part(&self.shared_text, range)
    }

    /// The place of a range of the text.
    pub(super) fn span_of(&mut self, range: Range<usize>) -> Span {
        let start = self.map.start_of(range.start);
        let end = self.map.end_of(range.end);
        Span::new(start.min(end), end)
    }

    /// The empty place behind the last byte read.
    pub(super) fn here(&mut self) -> Span {
        Span::empty(self.file_end())
    }

    /// A list of nothing, behind the last byte read.
    pub(super) fn no_commands(&mut self) -> List {
        List {
            items: Few::new(),
            span: self.here(),
        }
    }

    /// A word of nothing, behind the last byte read.
    pub(super) fn no_word(&mut self) -> Word {
        Word::new(Few::new(), self.here())
    }

    /// Reads `bytes` bytes and gives their place.
    pub(super) fn take(&mut self, bytes: usize) -> Span {
        let start = self.file_start();
        self.pos = (self.pos + bytes).min(self.end);
        self.span_from(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, dialect: Dialect) -> Parse<Script> {
        parse(&Cooked::verbatim(text, 0), dialect)
    }

    /// The errors of a bash script: the offending text and the message.
    fn errors(text: &str) -> Vec<(String, String)> {
        let errors = read(text, Dialect::Bash).errors.into_iter();
        errors
            .map(|error| (error.span.text(text).to_owned(), error.message))
            .collect()
    }

    #[test]
    fn one_mistake_is_one_error_at_its_token() {
        let cases = [
            ("a && && b", "&&", "`&&` has no command after it"),
            ("a; && b", "&&", "`&&` has no command before it"),
            ("a &&", "&&", "`&&` has no command after it"),
            ("a || # b", "||", "`||` has no command after it"),
            ("a &; b", ";", "`;` has no command before it"),
            ("| a", "|", "`|` has no command before it"),
            ("a | | b", "|", "`|` has no command after it"),
            ("a |& ", "|&", "`|&` has no command after it"),
            ("a | ! b", "!", "`!` stands after `|`"),
            ("! && a", "!", "`!` has no command after it"),
            ("if a; b; fi", "if", "`if` has no `then`"),
            ("if a then b; fi; c", "if", "`if` has no `then`"),
            ("if a; then b; elif c; fi", "elif", "`elif` has no `then`"),
            ("if a; then b", "if", "`if` has no `fi`"),
            ("if a; then fi", "then", "`then` is followed by no command"),
            (
                "if a; then b; else fi",
                "else",
                "`else` is followed by no command",
            ),
            ("while a; b; done", "while", "`while` has no `do`"),
            ("until a; do b", "until", "`until` has no `done`"),
            ("for x in a b do c; done", "for", "`for` has no `do`"),
            ("for x in a; do b", "for", "`for` has no `done`"),
            ("for; do a; done", "for", "`for` has no variable"),
            (
                "for x in a | b; do c; done",
                "|",
                "`|` is unexpected in the words of a loop",
            ),
            (
                "for ((i=0; i<3; i++) do a; done",
                "((",
                "`((` is never closed",
            ),
            ("case x in a) b;;", "case", "`case` has no `esac`"),
            (
                "case x in a b;; esac",
                "a",
                "pattern `a` has no `)` after it",
            ),
            ("case x a) b;; esac; c", "case", "`case` has no `in`"),
            (
                "case x in ) b;; esac",
                ")",
                "an arm of `case` has no pattern",
            ),
            ("a ;; b", ";;", "`;;` stands outside of `case`"),
            ("{ a }", "{", "`{` is never closed"),
            ("( a; b", "(", "`(` is never closed"),
            ("()", "(", "`(` is followed by no command"),
            ("a ) && b", ")", "`)` has no `(` before it"),
            ("fi; a", "fi", "`fi` has no `if` before it"),
            ("a; done; b", "done", "`done` has no `do` before it"),
            ("in a", "in", "`in` is unexpected here"),
            (
                "if a; then b; done; c",
                "done",
                "`done` has no `do` before it",
            ),
            ("echo (a; b) && c", "(", "`(` is unexpected here"),
            ("foo bar() { a; }", "(", "`(` is unexpected here"),
            ("(a) b", "b", "`b` is unexpected here"),
            ("f()", ")", "function `f` has no body"),
            ("coproc", "coproc", "`coproc` has no command after it"),
            ("a >", ">", "`>` has no target"),
            ("a 2> && b", ">", "`>` has no target"),
            ("a > 2>b", ">", "`>` has no target"),
            ("cat <<", "<<", "`<<` has no delimiter"),
            ("[[ a b ]]; c", "b", "`b` is unexpected in `[[`"),
            ("[[ a == b && c", "[[", "`[[` is never closed"),
            ("[[ ( a ]]", "(", "`(` in `[[` is never closed"),
            ("[[ -f ]]", "-f", "`-f` has no operand"),
            ("[[ a == ]]", "==", "`==` has no right side"),
            ("[[ a && ]]", "&&", "`&&` has nothing after it in `[[`"),
            ("a=(b; c)", ";", "`;` is unexpected in an array"),
            ("a=(b", "(", "`(` of an array is never closed"),
            ("echo 'a && b", "'", "`'` is never closed"),
            ("echo \"a $(b", "\"", "`\"` is never closed"),
            ("echo \"$(b\"", "\"", "`\"` is never closed"),
            ("echo $'a\\'", "$'", "`$'` is never closed"),
            ("echo $(a; b", "$(", "`$(` is never closed"),
            ("echo ${a && b", "${", "`${` is never closed"),
            ("echo `a && (b", "`", "backtick is never closed"),
            ("echo `a && (b` c", "(", "`(` is never closed"),
            ("echo <(a", "<(", "`<(` is never closed"),
            ("echo @(a|b", "@(", "`@(` is never closed"),
            ("sh -c 'a && (b'", "(", "`(` is never closed"),
        ];
        for (text, place, message) in cases {
            let expected = (place.to_owned(), message.to_owned());
            assert_eq!(errors(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_mistake_does_not_hide_what_follows() {
        let cases = [
            ("a && && b", "a b"),
            ("a (b); c", "a c"),
            ("if a; b; fi; c", "a b c"),
            ("echo 'a\nb; c", "echo b c"),
            ("echo \"a\nb; c", "echo b c"),
            ("case x in a b;; c) d;; esac; e", "d e"),
            ("for x in a do b; done; c", "c"),
            ("a ) b; c", "a b c"),
            ("[[ a b c ]] && d", "d"),
            ("a > && b", "a b"),
        ];
        for (text, names) in cases {
            let script = read(text, Dialect::Bash).tree;
            let found: Vec<&str> = script
                .commands()
                .filter_map(|found| found.command.name())
                .collect();
            assert_eq!(found.join(" "), names, "{text}");
        }
    }

    #[test]
    fn what_only_fails_when_it_runs_is_no_error() {
        let cases = [
            "echo ${} ${a b} ${a!} ${1x}",
            "echo $((1 +)) ${x:}",
            "cat <<EOF",
            "cat <<EOF && echo",
            "cat <<EOF\nno end",
            "x=$(cat <<EOF\na\nEOF)\nb",
            "nothing_of_that_name",
            "echo a\\",
            "!",
            "time",
            "f() echo a",
            "x=`echo 'a b'`",
            "echo ${x#*(} \"${x%%(*}\"",
            "case x in esac",
            "case $x in (a|b) ;; *) ;& c) d; esac",
            "for x do a; done; for x; do a; done; for x in; do a; done",
            "for x in a; { b; }; for ((;;)) { a; }; for ((i = 0; i < (3); i++)); do b; done",
            "((a) ; (b)); ( (a) )",
            "if { a; } then (b) fi",
            "[[ ]]; [[ ! -f a && ( a < b || $x =~ ^(a|b c)+$ ) ]] || c",
            "a &\nb & c",
            "echo \"${x:-it's}\" \"${x:-\"a b\"}\"",
            "function a { b; }; function c() ( d )",
            "coproc a; coproc b { c; }; select x in a; do b; done",
            "a[1]=2 b[x y]=3 c+=(d [e]=f) g+=h",
            "true;\r\nif a; then\r\n  b\r\nfi\r\n",
        ];
        for text in cases {
            assert_eq!(errors(text), [], "{text}");
        }
    }

    #[test]
    fn words_that_only_bash_reserves_are_commands_to_a_posix_shell() {
        for text in ["coproc", "function f", "select a", "time | a"] {
            assert_eq!(read(text, Dialect::Posix).errors, [], "{text}");
        }
        for text in ["coproc", "function f", "select a", "time | a"] {
            assert_ne!(read(text, Dialect::Bash).errors, [], "{text}");
        }
    }

    #[test]
    fn zsh_is_never_called_wrong() {
        let parsed = read("for x (a b) { echo $x }; print -l *(.)", Dialect::Zsh);
        assert_eq!(parsed.errors, []);
    }

    #[test]
    fn depth_is_limited_and_the_message_names_the_limit() {
        for (open, middle) in [
            ("(", ""),
            ("{ ", ""),
            ("$(", ""),
            ("if ", ""),
            ("${a:-", ""),
        ] {
            let text = format!("{}{middle}", open.repeat(10_000));
            let errors = errors(&text);
            let [(_, message)] = &errors[..] else {
                panic!("{open}: {errors:?}");
            };
            assert_eq!(message, "commands nest deeper than 100 levels", "{open}");
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        // `RUN echo \⏎  $(a b)` after joining.
        let mut builder = crate::text::CookedBuilder::default();
        builder.verbatim("echo ", 4);
        builder.verbatim("  $(a b) \"x", 11);
        builder.verbatim("y\"", 25);
        let parsed = parse(&builder.finish(4), Dialect::Posix);
        let places: Vec<Span> = parsed
            .tree
            .commands()
            .flat_map(|found| found.command.words.iter().map(|word| word.span))
            .collect();
        let expected = [(4, 8), (13, 19), (20, 27), (15, 16), (17, 18)];
        assert_eq!(places, expected.map(|(start, end)| Span::new(start, end)));
    }

    #[test]
    fn backticks_inside_backticks_keep_their_places() {
        let text = r"a `b \`c \\\$d\` \$e`";
        let parsed = read(text, Dialect::Posix);
        assert_eq!(parsed.errors, []);
        let words: Vec<&str> = parsed
            .tree
            .commands()
            .flat_map(|found| found.command.words.iter().map(|word| word.span.text(text)))
            .collect();
        // A backslash that goes away in front of a word is not part of it.
        let expected = [
            "a",
            r"`b \`c \\\$d\` \$e`",
            "b",
            r"`c \\\$d\`",
            "$e",
            "c",
            "$d",
        ];
        assert_eq!(words, expected);
    }
}

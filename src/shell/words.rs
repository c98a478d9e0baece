//! A command that is given as its words: the system gets them as they are, and no shell reads them.
//!
//! Nothing in a word is quoted or expanded: `$x`, `*` and `~` are what is written there. Wrappers (`sudo`, `env`)
//! and a shell with a script among the words are seen like those of a shell's command.

use std::ops::Range;
use std::sync::Arc;

use super::Dialect;
use super::ast::{Command, InnerScript, List, ListItem, Pipeline, Script, SimpleCommand};
use super::few::Few;
use super::inner::argument_script;
use super::parse::parse;
use super::programs::Programs;
use super::slice::Text;
use super::word::Word;
use crate::diagnostic::Parse;
use crate::text::{Cooked, Span};

/// How many words a command may have; one with more is not looked at.
const MAX_WORDS: usize = 1 << 16;

/// Builtins of shells that are no programs anywhere, so that nobody knows what a program of that name does.
const BUILTINS: &[&str] = &[
    ".", "alias", "declare", "eval", "exit", "export", "let", "local", "read", "readonly",
    "return", "set", "shift", "shopt", "source", "trap", "typeset", "ulimit", "umask", "unalias",
    "unset", "wait",
];

/// A word of such a command.
#[derive(Clone, Debug)]
pub struct GivenWord {
    /// Where in the text of the whole command it is.
    pub range: Range<usize>,
    /// Its place in the file, with what stands around it, such as quotes.
    pub span: Span,
}

/// The script of one command with these words, which are ranges of `text`. Errors are those of a script among
/// them. `None` where there is no program.
pub fn parse_words(
    text: &Cooked<'_>,
    words: impl ExactSizeIterator<Item = GivenWord> + Clone,
) -> Option<Parse<Script>> {
    if words.len() > MAX_WORDS {
        return None;
    }
    let shared: Arc<str> = Arc::from(text.text());
    let mut map = text.mapper();
    let given = words.clone().map(|word| {
        let start = map.start_of(word.range.start);
        let inside = Span::new(start, map.end_of(word.range.end).max(start));
        Word::given(Text::part(&shared, word.range), inside, word.span)
    });
    let mut command = SimpleCommand {
        words: given.collect(),
        ..SimpleCommand::default()
    };
    let (first, last) = (command.words.first()?, command.words.last()?);
    let span = first.span.cover(last.span);
    let is_none = |name: &str| name.is_empty() || BUILTINS.contains(&name);
    if first.literal().is_none_or(is_none) {
        return None;
    }
    command.span = span;
    let mut programs = Programs::default();
    command.find_program(&mut programs);
    let found = command
        .unwrapped()
        .and_then(|invocation| argument_script(&invocation, Dialect::None));
    let mut errors = Vec::new();
    if let Some(found) = found
        && let Some(word) = words.clone().nth(found.word)
    {
        let dialect = match found.dialect {
            Dialect::None => Dialect::Posix,
            dialect => dialect,
        };
        let parsed = parse(&text.slice(word.range), dialect);
        programs = programs.and(parsed.tree.programs);
        if !found.is_shell_unknown {
            errors = parsed.errors;
        }
        command.inner = Some(Box::new(InnerScript {
            script: parsed.tree,
            is_exact: true,
        }));
    }
    let has_inner = command.inner.is_some();
    command.is_flat = !has_inner;
    let pipeline = Pipeline {
        time: None,
        negation: None,
        commands: Few::One(Command::Simple(command)),
        pipes: Vec::new(),
        span,
    };
    let item = ListItem {
        pipeline,
        operator: None,
        is_background: false,
    };
    let body = List {
        items: Few::One(item),
        span,
    };
    Some(Parse {
        tree: Script {
            dialect: Dialect::None,
            body,
            comments: Vec::new(),
            span,
            programs,
            has_inner,
        },
        errors,
    })
}

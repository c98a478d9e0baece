//! The instruction that the cursor is in, as far as the cursor: what completion and signatures go by.
//!
//! Where instructions begin and end is the parser's word, which reads any text. What is in the instruction is read
//! again here, because half of it is not written yet.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Heredoc, Instruction, InstructionKind};
use crate::dockerfile::keyword::Keyword;

/// What the cursor is in.
#[derive(Debug)]
pub(super) enum At {
    /// An instruction.
    Line(Line),
    /// The text of a heredoc, of the instruction with this number.
    Heredoc {
        number: usize,
        /// Whether variables in it stay as they are.
        is_quoted: bool,
        /// The text up to the cursor.
        before: String,
    },
    /// A comment; the text from its `#` to the cursor.
    Comment(String),
    /// Nothing, or a keyword that is being written: what there is of it.
    Start(String),
    /// An instruction that is none.
    Nowhere,
}

/// An instruction up to the cursor.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number in the syntax tree.
    pub(super) number: usize,
    /// Its keyword, for `ONBUILD` that of the trigger.
    pub(super) keyword: Keyword,
    /// Whether its keyword is written in small letters.
    pub(super) is_small: bool,
    /// What stands behind the keyword, on one line.
    pub(super) rest: String,
    /// The words of it that are complete.
    pub(super) words: Vec<String>,
    /// The word at the cursor, as far as the cursor; empty behind a blank.
    pub(super) current: String,
}

impl Line {
    /// The complete words that are no flags.
    pub(super) fn arguments(&self) -> &[String] {
        let flags = self.words.iter().take_while(|word| word.starts_with("--"));
        &self.words[flags.count()..]
    }

    /// Whether a flag may still come.
    pub(super) fn takes_flags(&self) -> bool {
        self.arguments().is_empty()
    }

    /// Whether a flag is there, and its value.
    pub(super) fn flag(&self, name: &str) -> Option<&str> {
        self.words.iter().find_map(|word| {
            let flag = word.strip_prefix("--")?;
            let (known, value) = flag.split_once('=').unwrap_or((flag, ""));
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// What the cursor is in.
pub(super) fn at(model: &Dockerfile, text: &str, at: u32) -> At {
    let ast = &model.ast;
    let at = at as usize;
    let before = text.get(..at).unwrap_or_default();
    let start_of_line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before[start_of_line..].trim_start_matches('\u{feff}');
    let number = ast
        .instructions
        .partition_point(|instruction| (instruction.span.start as usize) <= at);
    let inside = number.checked_sub(1).and_then(|number| {
        let instruction = &ast.instructions[number];
        let is_inside = at <= instruction.span.end as usize || {
            // The last line of the file is to be continued.
            let written = instruction.span.text(text).trim_end();
            let rest = text.get(instruction.span.end as usize..at);
            written.ends_with(ast.escape.as_char())
                && rest.is_some_and(|rest| rest.trim().is_empty())
        };
        is_inside.then_some((number, instruction))
    });
    let Some((number, instruction)) = inside else {
        let line = line.trim_start();
        return match line.starts_with('#') {
            true => At::Comment(line.to_owned()),
            false => At::Start(line.to_owned()),
        };
    };
    if let Some(heredoc) = heredoc_at(instruction, at) {
        let start = heredoc.body_span.start as usize;
        return At::Heredoc {
            number,
            is_quoted: heredoc.quoted,
            before: text.get(start..at).unwrap_or_default().to_owned(),
        };
    }
    let start = instruction.span.start as usize;
    if start < start_of_line && line.trim_start().starts_with('#') {
        return At::Comment(line.trim_start().to_owned());
    }
    let written = text.get(start..at).unwrap_or_default();
    read(number, &joined(written, ast.escape.as_char()))
}

fn heredoc_at(instruction: &Instruction, at: usize) -> Option<&Heredoc> {
    let inner = match &instruction.kind {
        InstructionKind::Onbuild(onbuild) => onbuild.trigger.as_deref().unwrap_or(instruction),
        _ => instruction,
    };
    inner.heredocs.iter().find(|heredoc| {
        let body = heredoc.body_span;
        let end = match heredoc.terminator {
            Some(terminator) => terminator.start,
            None => body.end.saturating_add(1),
        };
        (body.start as usize) <= at && at < end as usize
    })
}

/// Lines as one, without the breaks and comments between them.
fn joined(written: &str, escape: char) -> String {
    let mut joined = String::with_capacity(written.len());
    let mut lines = written.split('\n').enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        if lines.peek().is_none() {
            joined.push_str(line);
            break;
        }
        let is_comment = number > 0 && line.trim_start().starts_with('#');
        if is_comment || line.trim().is_empty() {
            continue;
        }
        let line = line.trim_end();
        joined.push_str(line.strip_suffix(escape).unwrap_or(line));
    }
    joined
}

fn read(number: usize, text: &str) -> At {
    let mut is_trigger = false;
    let mut rest = text;
    loop {
        let Some((word, behind)) = rest.split_once([' ', '\t', '\r']) else {
            return At::Start(text.to_owned());
        };
        let keyword = match Keyword::parse(word) {
            Some(Keyword::Onbuild) if !is_trigger => {
                is_trigger = true;
                rest = behind.trim_start();
                continue;
            }
            Some(keyword) => keyword,
            None => return At::Nowhere,
        };
        let behind = behind.trim_start();
        let mut words: Vec<String> = behind.split_whitespace().map(str::to_owned).collect();
        let is_open = !behind.is_empty() && !behind.ends_with(char::is_whitespace);
        let current = if is_open { words.pop() } else { None };
        return At::Line(Line {
            number,
            keyword,
            is_small: word.starts_with(|c: char| c.is_ascii_lowercase()),
            rest: behind.to_owned(),
            words,
            current: current.unwrap_or_default(),
        });
    }
}

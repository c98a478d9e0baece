//! The parser: from a text to an [`Ast`].
//!
//! Reads a file as BuildKit's parser and instruction parser do (`frontend/dockerfile/parser` and
//! `frontend/dockerfile/instructions`), and reports at least one error exactly when they, or BuildKit's
//! word lexer, refuse it. It never fails and never stops: each fault is one error, and what is around
//! it is read. Facts that BuildKit accepts are kept in the tree for rules to judge.
//!
//! Not for: what the values mean, what stages and variables there are; see the model.

mod command;
mod copy;
pub mod flags;
mod from;
mod from_variable;
mod healthcheck;
mod heredoc;
mod json;
mod mount;
mod reader;
mod unknown;
mod words;

use crate::diagnostic::{Applicability, Fix, Parse, SyntaxError};
use crate::grammar::excerpt;
use crate::text::span::offset;
use crate::text::{Edit, Span, Spanned, order};

use super::ast::{
    Arg, Ast, Cmd, Command, Entrypoint, Env, Expose, Flag, Heredoc, Instruction, InstructionKind,
    Label, Lines, Maintainer, Onbuild, StopSignal, Unknown, User, Volume, Workdir,
};
use super::keyword::Keyword;
use super::nearest::nearest;
use super::scan::{Logical, Scanner};
pub use from::is_stage_name;
use reader::Reader;

/// How deep `ONBUILD ONBUILD …` is followed. BuildKit allows one level.
const MAX_TRIGGERS: u32 = 3;

/// How long instructions are at least on average in most files, in bytes.
const INSTRUCTION: usize = 128;

/// For how many instructions there is room at first at the most: a long file can be a single one.
const FEW: usize = 16;

/// Reads a Dockerfile.
pub fn parse(text: &str) -> Parse<Ast> {
    let mut scanner = Scanner::new(text);
    let mut bodies = heredoc::Bodies::default();
    let mut instructions: Vec<Instruction> =
        Vec::with_capacity(FEW.min(text.len() / INSTRUCTION + 1));
    while let Some(logical) = scanner.logical_line() {
        let instruction = instruction(text, &mut scanner, &mut bodies, logical, &instructions);
        instructions.push(instruction);
    }
    let (directives, comments, errors, escape) = scanner.into_parts();
    let tree = Ast {
        directives,
        instructions,
        comments,
        escape,
        span: Span::new(0, offset(text.len())),
    };
    let mut parse = Parse { tree, errors };
    check_stages(&parse.tree, &mut parse.errors);
    from_variable::mend(text, &parse.tree, &mut parse.errors);
    order::sort_by_key(&mut parse.errors, |error| {
        (error.span.start, error.span.end)
    });
    parse
}

/// Reads one instruction with its heredocs.
fn instruction(
    text: &str,
    scanner: &mut Scanner<'_>,
    bodies: &mut heredoc::Bodies,
    logical: Logical<'_>,
    before: &[Instruction],
) -> Instruction {
    let escape = scanner.escape;
    let mut reader = Reader::new(&logical.text, escape, &mut scanner.errors);
    let line = reader.text();
    let mut instruction = command_line(&mut reader, line, logical.span, 0);
    instruction.span = logical.span;
    instruction.lines = logical.lines;
    let openers = if takes_heredocs(&instruction) {
        heredoc::openers(&mut reader)
    } else {
        Vec::new()
    };
    if let InstructionKind::Unknown(_) = instruction.kind {
        let error = unknown::unknown_instruction(
            &instruction.keyword.value,
            instruction.keyword.span,
            logical.lines.first,
            before.last(),
            escape.as_char(),
        );
        scanner.errors.push(error);
    }
    let mut heredocs = Vec::with_capacity(openers.len());
    for opener in openers {
        let (heredoc, last) = bodies.read(text, scanner, opener);
        heredocs.push(heredoc);
        if let Some((end, line)) = last {
            instruction.span.end = end;
            instruction.lines.last = line;
        }
    }
    attach(&mut instruction, heredocs, &mut scanner.errors);
    instruction.blank_lines = logical.blank_lines;
    instruction.comments_before = logical.comments_before;
    instruction.comments_inside = logical.comments_inside;
    instruction
}

/// Puts heredocs where they belong: on the instruction, or on its trigger.
fn attach(instruction: &mut Instruction, heredocs: Vec<Heredoc>, errors: &mut Vec<SyntaxError>) {
    if let InstructionKind::Onbuild(Onbuild {
        trigger: Some(trigger),
    }) = &mut instruction.kind
    {
        trigger.span.end = instruction.span.end;
        trigger.lines = instruction.lines;
        attach(trigger, heredocs, errors);
        return;
    }
    if matches!(
        instruction.kind,
        InstructionKind::Copy(_) | InstructionKind::Add(_)
    ) {
        for heredoc in &heredocs {
            heredoc::check_expansion(heredoc, errors);
        }
    }
    instruction.heredocs = heredocs;
}

/// `RUN`, `COPY` and `ADD` take heredocs unless they are written as a JSON array; `ONBUILD` takes those
/// of its trigger.
fn takes_heredocs(instruction: &Instruction) -> bool {
    match &instruction.kind {
        InstructionKind::Run(run) => !matches!(run.command, Some(Command::Exec(_))),
        InstructionKind::Copy(copy) => !copy.paths.is_json,
        InstructionKind::Add(add) => !add.paths.is_json,
        InstructionKind::Onbuild(Onbuild {
            trigger: Some(trigger),
        }) => !matches!(trigger.kind, InstructionKind::Onbuild(_)) && takes_heredocs(trigger),
        _ => false,
    }
}

/// Reads keyword, flags and arguments from `text`, a slice of the reader's line; `line` is where errors
/// about nothing at all point to.
fn command_line<'l>(
    reader: &mut Reader<'l, '_>,
    text: &'l str,
    line: Span,
    depth: u32,
) -> Instruction {
    let text = text.trim();
    let (word, rest) = words::first(text);
    let (flags, rest) = flags::take(reader, rest);
    let arguments = rest.trim();
    let span = if text.is_empty() {
        line
    } else {
        reader.span(text)
    };
    let keyword = if word.is_empty() {
        Spanned::new(Box::default(), line)
    } else {
        reader.spanned(word)
    };
    let known = Keyword::parse(word);
    if let Some(known) = known
        && !is_none_healthcheck(known, arguments)
    {
        flags::check(reader, known, &flags);
    }
    let kind = match known {
        Some(known) => kind(reader, known, &flags, arguments, span, depth),
        None => InstructionKind::Unknown(Unknown {
            text: arguments.into(),
        }),
    };
    Instruction {
        keyword,
        kind,
        flags,
        heredocs: Vec::new(),
        arguments: if arguments.is_empty() {
            Span::empty(span.end)
        } else {
            reader.span(arguments)
        },
        span,
        lines: Lines::default(),
        blank_lines: Vec::new(),
        comments_before: 0..0,
        comments_inside: 0..0,
        is_trigger: depth > 0,
    }
}

/// BuildKit looks at no flags of `HEALTHCHECK NONE`.
fn is_none_healthcheck(keyword: Keyword, arguments: &str) -> bool {
    keyword == Keyword::Healthcheck
        && arguments
            .split_whitespace()
            .next()
            .is_some_and(|test| test.eq_ignore_ascii_case("none"))
}

fn kind<'l>(
    reader: &mut Reader<'l, '_>,
    keyword: Keyword,
    found: &[Flag],
    text: &'l str,
    all: Span,
    depth: u32,
) -> InstructionKind {
    let name = keyword.as_str();
    let is_missing = text.is_empty();
    let kind = match keyword {
        Keyword::Add => InstructionKind::Add(Box::new(copy::add(reader, found, text, all))),
        Keyword::Copy => InstructionKind::Copy(Box::new(copy::copy(reader, found, text, all))),
        Keyword::From => {
            return InstructionKind::From(Box::new(from::from(reader, found, text, all)));
        }
        Keyword::Run => {
            return InstructionKind::Run(Box::new(command::run(reader, found, text)));
        }
        Keyword::Cmd => {
            return InstructionKind::Cmd(Cmd {
                command: command::command(reader, text),
            });
        }
        Keyword::Entrypoint => {
            return InstructionKind::Entrypoint(Entrypoint {
                command: command::command(reader, text),
            });
        }
        Keyword::Healthcheck => {
            return InstructionKind::Healthcheck(Box::new(healthcheck::healthcheck(
                reader, found, text, all,
            )));
        }
        Keyword::Shell => InstructionKind::Shell(command::shell(reader, text)),
        Keyword::Env => InstructionKind::Env(Env {
            pairs: words::pairs(reader, name, text),
        }),
        Keyword::Label => InstructionKind::Label(Label {
            pairs: words::pairs(reader, name, text),
        }),
        Keyword::Arg => InstructionKind::Arg(Arg {
            pairs: words::arguments(reader, text),
        }),
        Keyword::Expose => InstructionKind::Expose(Expose {
            ports: words::split(text).map(|port| reader.lexed(port)).collect(),
        }),
        Keyword::Volume => InstructionKind::Volume(volume(reader, text)),
        Keyword::User => InstructionKind::User(User {
            user: words::whole(reader, text),
        }),
        Keyword::Workdir => InstructionKind::Workdir(Workdir {
            path: words::whole(reader, text),
        }),
        Keyword::StopSignal => InstructionKind::StopSignal(StopSignal {
            signal: words::whole(reader, text),
        }),
        Keyword::Maintainer => InstructionKind::Maintainer(Maintainer {
            name: (!is_missing).then(|| reader.plain(text)),
        }),
        Keyword::Onbuild => InstructionKind::Onbuild(onbuild(reader, text, all, depth)),
    };
    if is_missing && !matches!(keyword, Keyword::Add | Keyword::Copy) {
        reader.error(missing(
            all,
            &format!("`{name}` has no arguments"),
            usage(keyword),
        ));
    }
    kind
}

/// What to write for an instruction that has no arguments.
fn usage(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Add => "write `ADD source destination`",
        Keyword::Arg => "write `ARG NAME` or `ARG NAME=default`",
        Keyword::Cmd | Keyword::Entrypoint | Keyword::Run => "write a command",
        Keyword::Copy => "write `COPY source destination`",
        Keyword::Env => "write `ENV NAME=value`",
        Keyword::Expose => "write `EXPOSE port`",
        Keyword::From => "write `FROM image:tag`",
        Keyword::Healthcheck => "write `HEALTHCHECK CMD command` or `HEALTHCHECK NONE`",
        Keyword::Label => "write `LABEL key=value`",
        Keyword::Maintainer => "write `LABEL org.opencontainers.image.authors=name` instead",
        Keyword::Onbuild => "write an instruction behind `ONBUILD`",
        Keyword::Shell => "write `SHELL [\"program\", \"argument\"]`",
        Keyword::StopSignal => "write `STOPSIGNAL SIGTERM`",
        Keyword::User => "write `USER name`",
        Keyword::Volume => "write `VOLUME /path`",
        Keyword::Workdir => "write `WORKDIR /path`",
    }
}

fn missing(span: Span, message: &str, help: &str) -> SyntaxError {
    SyntaxError::new("missing-arguments", span, message).with_help(help)
}

fn volume<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> Volume {
    let paths = words::list(reader, text);
    if paths.is_json && paths.words.is_empty() {
        let span = reader.span(text);
        reader.error(missing(
            span,
            "`VOLUME` names no path",
            usage(Keyword::Volume),
        ));
    }
    for path in &paths.words {
        // BuildKit looks once before and once after quotes are taken away.
        if matches!(path.raw.trim(), "" | "\"\"" | "''") {
            reader.error(missing(
                path.span,
                "a path of `VOLUME` is empty",
                usage(Keyword::Volume),
            ));
        }
    }
    Volume { paths }
}

fn onbuild<'l>(reader: &mut Reader<'l, '_>, text: &'l str, all: Span, depth: u32) -> Onbuild {
    if text.is_empty() || depth >= MAX_TRIGGERS {
        return Onbuild { trigger: None };
    }
    let trigger = command_line(reader, text, all, depth + 1);
    let word = excerpt(&trigger.keyword.value);
    let help = match trigger.kind.keyword() {
        Some(Keyword::Onbuild) if depth == 0 => "one `ONBUILD` is enough",
        Some(Keyword::From | Keyword::Maintainer) => "BuildKit takes any other instruction",
        Some(_) => {
            return Onbuild {
                trigger: Some(Box::new(trigger)),
            };
        }
        None => "write an instruction behind `ONBUILD`",
    };
    let message = format!("`{word}` cannot follow `ONBUILD`");
    let mut error = SyntaxError::new("invalid-onbuild-trigger", trigger.keyword.span, message);
    error = match nearest(&trigger.keyword.value, Keyword::ALL.map(Keyword::as_str)) {
        Some(near) if trigger.kind.keyword().is_none() => error
            .with_help(format!("`{near}` may be meant"))
            .with_fix(Fix::new(
                format!("write `{near}`; it may not be what was meant"),
                Applicability::Unsafe,
                vec![Edit::replace(trigger.keyword.span, near)],
            )),
        _ => error.with_help(help),
    };
    reader.error(error);
    Onbuild {
        trigger: Some(Box::new(trigger)),
    }
}

/// Reports a file without a stage, and instructions before the first one.
fn check_stages(ast: &Ast, errors: &mut Vec<SyntaxError>) {
    let is = |instruction: &Instruction, keyword| instruction.kind.keyword() == Some(keyword);
    if ast.instructions.is_empty() {
        errors.push(
            SyntaxError::new(
                "empty-dockerfile",
                Span::empty(0),
                "the file has no instructions",
            )
            .with_help("begin with `FROM image:tag`"),
        );
        return;
    }
    let stray = ast
        .instructions
        .iter()
        .take_while(|instruction| !is(instruction, Keyword::From))
        .find(|instruction| instruction.kind.keyword().is_some() && !is(instruction, Keyword::Arg));
    // What looks like a misspelt `FROM` is reported as such.
    let is_from = |instruction: &Instruction| {
        instruction.kind.keyword().is_none()
            && nearest(
                &instruction.keyword.value,
                Keyword::ALL.map(Keyword::as_str),
            ) == Some("FROM")
    };
    if ast.instructions.first().is_some_and(is_from) {
        return;
    }
    if let Some(stray) = stray {
        let message = format!("`{}` stands before the first `FROM`", stray.keyword.value);
        errors.push(
            SyntaxError::new("missing-from", stray.keyword.span, message)
                .with_help("only `ARG` may come before `FROM image:tag`"),
        );
    } else if ast
        .instructions
        .iter()
        .all(|instruction| is(instruction, Keyword::Arg))
    {
        let last = ast.instructions.last().map_or(ast.span, |last| last.span);
        errors.push(
            SyntaxError::new(
                "empty-dockerfile",
                last,
                "the file has no `FROM`, only `ARG`",
            )
            .with_help("add `FROM image:tag`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply;

    /// Rule and text of each error. Every error has a short message and a remedy.
    pub(super) fn errors(text: &str) -> Vec<(&'static str, &str)> {
        let parse = parse(text);
        for error in &parse.errors {
            assert!(error.message.chars().count() <= 100, "{}", error.message);
            assert!(!error.message.ends_with('.'), "{}", error.message);
            assert!(error.help.is_some(), "{}", error.message);
        }
        parse
            .errors
            .iter()
            .map(|error| (error.rule, error.span.text(text)))
            .collect()
    }

    /// The text after the fixes of all errors, which leave none.
    pub(super) fn fixed(text: &str) -> String {
        let parse = parse(text);
        let edits = parse
            .errors
            .iter()
            .flat_map(|error| &error.fix.as_ref().expect("a fix").edits);
        let fixed = apply(text, edits).unwrap();
        assert_eq!(errors(&fixed), [], "{fixed}");
        fixed
    }

    #[test]
    fn every_instruction_is_read() {
        let text = "ARG a\nFROM b\nADD c d\nCMD e\nCOPY f g\nENTRYPOINT h\nENV i=j\nEXPOSE 1\n\
            HEALTHCHECK NONE\nLABEL k=l\nMAINTAINER m\nONBUILD RUN n\nRUN o\nSHELL [\"p\"]\n\
            STOPSIGNAL q\nUSER r\nVOLUME s\nWORKDIR t";
        let parse = parse(text);
        assert_eq!(parse.errors, []);
        let mut keywords: Vec<_> = parse
            .tree
            .instructions
            .iter()
            .map(|instruction| instruction.kind.keyword().unwrap())
            .collect();
        keywords.sort();
        assert_eq!(keywords, Keyword::ALL);
    }

    #[test]
    fn keywords_are_read_in_any_case() {
        assert_eq!(errors("from a\nRun b\ncOpY c d"), []);
    }

    #[test]
    fn missing_arguments_are_reported_once_each() {
        let text = "FROM a\nADD\nARG\nCMD\nCOPY b\nENTRYPOINT\nENV\nEXPOSE\nHEALTHCHECK\nLABEL\n\
            MAINTAINER\nONBUILD\nRUN\nSHELL\nSTOPSIGNAL\nUSER\nVOLUME\nWORKDIR";
        let found = errors(text);
        assert!(
            found.iter().all(|(rule, _)| *rule == "missing-arguments"),
            "{found:?}"
        );
        let words: Vec<&str> = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(
            words,
            [
                "ADD",
                "ARG",
                "COPY b",
                "ENV",
                "EXPOSE",
                "HEALTHCHECK",
                "LABEL",
                "MAINTAINER",
                "ONBUILD",
                "SHELL",
                "STOPSIGNAL",
                "USER",
                "VOLUME",
                "WORKDIR"
            ]
        );
        assert_eq!(
            errors("FROM a\nVOLUME [\"b\", \" \"]"),
            [("missing-arguments", "\" \"")]
        );
        assert_eq!(errors("FROM a\nSHELL []"), [("missing-arguments", "[]")]);
        assert_eq!(errors("FROM a\nCMD []\nENTRYPOINT []\nRUN []"), []);
    }

    #[test]
    fn a_file_needs_a_stage() {
        assert_eq!(errors(""), [("empty-dockerfile", "")]);
        assert_eq!(errors("# a\n\n"), [("empty-dockerfile", "")]);
        assert_eq!(errors("ARG a\nARG b"), [("empty-dockerfile", "ARG b")]);
        assert_eq!(
            errors("ARG a\nRUN b\nCMD c\nFROM d"),
            [("missing-from", "RUN")]
        );
        assert_eq!(errors("RUN b"), [("missing-from", "RUN")]);
    }

    #[test]
    fn triggers_are_instructions_of_their_own() {
        let parse = parse("FROM a\nONBUILD  COPY --chown=b <<C /d\nx\nC\n");
        assert_eq!(parse.errors, []);
        let onbuild = &parse.tree.instructions[1];
        let InstructionKind::Onbuild(Onbuild {
            trigger: Some(trigger),
        }) = &onbuild.kind
        else {
            panic!("{onbuild:?}");
        };
        assert!(trigger.is_trigger && !onbuild.is_trigger);
        assert_eq!((trigger.heredocs.len(), onbuild.heredocs.len()), (1, 0));
        assert_eq!(trigger.span, Span::new(16, onbuild.span.end));
        assert_eq!(trigger.lines, onbuild.lines);
    }

    #[test]
    fn some_triggers_are_refused() {
        let text =
            "FROM a\nONBUILD FROM b\nONBUILD maintainer c\nONBUILD ONBUILD RUN d\nONBUILD RNU e";
        assert_eq!(
            errors(text),
            [
                ("invalid-onbuild-trigger", "FROM"),
                ("invalid-onbuild-trigger", "maintainer"),
                ("invalid-onbuild-trigger", "ONBUILD"),
                ("invalid-onbuild-trigger", "RNU"),
            ]
        );
    }

    #[test]
    fn deep_triggers_are_cut_off() {
        let text = format!("FROM a\n{}RUN b", "ONBUILD ".repeat(100_000));
        assert!(errors(&text).len() < 5);
    }

    #[test]
    fn one_broken_line_does_not_spoil_the_next() {
        let text = "FROM a\nCOPY --form=b c\nFOO\nENV d\nUSER e";
        let parse = parse(text);
        assert_eq!(parse.errors.len(), 4);
        assert!(matches!(
            parse.tree.instructions[4].kind,
            InstructionKind::User(_)
        ));
    }

    #[test]
    fn comments_belong_to_the_instruction_below_or_around_them() {
        let ast = parse("# a\nFROM b\n# c\n# d\nRUN e \\\n # f\n g\n# h").tree;
        let texts = |comments: &[super::super::ast::Comment]| {
            comments
                .iter()
                .map(|c| c.text.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(ast.comments_before(&ast.instructions[0])), ["a"]);
        assert_eq!(texts(ast.comments_before(&ast.instructions[1])), ["c", "d"]);
        assert_eq!(texts(ast.comments_inside(&ast.instructions[1])), ["f"]);
        assert_eq!(ast.comments.len(), 5);
    }
}

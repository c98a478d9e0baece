//! A readable form of a shell tree, which also checks that its places are sound.

use std::fmt::Write as _;

use dockworthy::shell::ast::{
    AssignmentValue, Command, CompoundCommand, CompoundKind, Conditional, ConditionalKind, List,
    Redirect, Script, SimpleCommand,
};
use dockworthy::shell::word::{Operation, Word, WordPart};
use dockworthy::text::Span;

/// The tree, one node a line: its place, its kind, the text of the file at its place. Fails the test if a
/// place lies outside of the text, inside a character, or outside of the place of its parent.
pub fn dump(script: &Script, text: &str) -> String {
    let mut dump = Dump {
        text,
        out: String::new(),
        parents: Vec::new(),
        is_silent: false,
    };
    dump.script(script);
    dump.out
}

/// Only the checks.
pub fn check(script: &Script, text: &str) {
    let mut dump = Dump {
        text,
        out: String::new(),
        parents: Vec::new(),
        is_silent: true,
    };
    dump.script(script);
}

struct Dump<'t> {
    text: &'t str,
    out: String,
    parents: Vec<Span>,
    is_silent: bool,
}

impl Dump<'_> {
    /// Writes a node and what `inside` writes below it.
    fn node(&mut self, kind: &str, span: Span, inside: impl FnOnce(&mut Self)) {
        let source = self.text.get(span.range());
        assert!(
            source.is_some(),
            "{kind} at {span:?} is no range of the text"
        );
        if let Some(parent) = self.parents.last() {
            assert!(
                parent.contains(span),
                "{kind} at {span:?} is not inside {parent:?}"
            );
        }
        if !self.is_silent {
            let indent = self.parents.len() * 2;
            let escape = |character: char| match character.is_control() {
                true => character.escape_default().to_string(),
                false => character.to_string(),
            };
            let source = source.unwrap_or_default().chars().take(60);
            let shown: String = source.map(escape).collect();
            let _ = writeln!(self.out, "{:indent$}{span:?} {kind} `{shown}`", "");
        }
        self.parents.push(span);
        inside(self);
        self.parents.pop();
    }

    /// Writes nodes that stand elsewhere in the text than their parent, as the lines of a heredoc do.
    fn elsewhere(&mut self, inside: impl FnOnce(&mut Self)) {
        let all = self.text.len();
        let whole = Span::from_range(0..all);
        let outer: Vec<Span> = self.parents.iter().map(|_| whole).collect();
        let parents = std::mem::replace(&mut self.parents, outer);
        inside(self);
        self.parents = parents;
    }

    fn leaf(&mut self, kind: &str, span: Span) {
        self.node(kind, span, |_| {});
    }

    fn script(&mut self, script: &Script) {
        self.node(
            &format!("script {:?}", script.dialect),
            script.span,
            |dump| {
                dump.list("list", &script.body);
                for comment in &script.comments {
                    dump.leaf("comment", comment.span);
                }
            },
        );
    }

    fn list(&mut self, kind: &str, list: &List) {
        self.node(kind, list.span, |dump| {
            let mut end = list.span.start;
            for item in &list.items {
                let pipeline = &item.pipeline;
                assert!(end <= pipeline.span.start, "pipelines overlap");
                end = pipeline.span.end;
                if pipeline.pipes.is_empty()
                    && pipeline.time.is_none()
                    && pipeline.negation.is_none()
                {
                    pipeline
                        .commands
                        .iter()
                        .for_each(|command| dump.command(command));
                } else {
                    dump.node("pipeline", pipeline.span, |dump| {
                        if let Some(span) = pipeline.time {
                            dump.leaf("time", span);
                        }
                        if let Some(span) = pipeline.negation {
                            dump.leaf("not", span);
                        }
                        for (index, command) in pipeline.commands.iter().enumerate() {
                            dump.command(command);
                            if let Some(pipe) = pipeline.pipes.get(index) {
                                dump.leaf(&format!("{:?}", pipe.value), pipe.span);
                            }
                        }
                    });
                }
                if let Some(operator) = item.operator {
                    assert!(
                        end <= operator.span.start,
                        "operator at {:?} inside its pipeline in {:?}",
                        operator.span,
                        dump.text
                    );
                    end = operator.span.end;
                    dump.leaf(&format!("{:?}", operator.value), operator.span);
                }
            }
        });
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Simple(simple) => {
                self.node("simple", simple.span, |dump| dump.simple(simple));
            }
            Command::Compound(compound) => self.compound(compound),
            Command::Function(function) => self.node("function", function.span, |dump| {
                dump.leaf("name", function.name.span);
                function.body.iter().for_each(|body| dump.command(body));
            }),
            Command::Coprocess(coprocess) => self.node("coproc", coprocess.span, |dump| {
                coprocess
                    .name
                    .iter()
                    .for_each(|name| dump.leaf("name", name.span));
                coprocess
                    .command
                    .iter()
                    .for_each(|command| dump.command(command));
            }),
        }
    }

    fn simple(&mut self, command: &SimpleCommand) {
        for assignment in &command.assignments {
            let kind = if assignment.append {
                "append"
            } else {
                "assign"
            };
            self.node(kind, assignment.span, |dump| {
                dump.leaf("name", assignment.name.span);
                if let Some(subscript) = &assignment.subscript {
                    dump.word("subscript", subscript);
                }
                match &assignment.value {
                    AssignmentValue::Word(word) => dump.word("value", word),
                    AssignmentValue::Array(array) => dump.node("array", array.span, |dump| {
                        for element in &array.elements {
                            if let Some(subscript) = &element.subscript {
                                dump.word("subscript", subscript);
                            }
                            dump.word("element", &element.value);
                        }
                    }),
                }
            });
        }
        for word in &command.words {
            self.word("word", word);
        }
        self.redirects(&command.redirects);
        if let Some(inner) = command.inner_script() {
            let kind = if inner.is_exact { "inner" } else { "inexact" };
            let node = |dump: &mut Self| {
                dump.node(kind, inner.script.span, |dump| {
                    dump.list("list", &inner.script.body);
                });
            };
            // The lines of a heredoc stand behind the command.
            if command.span.contains(inner.script.span) {
                node(self);
            } else {
                self.elsewhere(node);
            }
        }
    }

    fn redirects(&mut self, redirects: &[Redirect]) {
        for redirect in redirects {
            self.node("redirect", redirect.span, |dump| {
                if let Some(descriptor) = &redirect.descriptor {
                    dump.leaf(&format!("{:?}", descriptor.value), descriptor.span);
                }
                let operator = redirect.operator;
                dump.leaf(&format!("{:?}", operator.value), operator.span);
                dump.word("target", &redirect.target);
                let Some(heredoc) = &redirect.heredoc else {
                    return;
                };
                let Some(body) = heredoc.body() else { return };
                let kind = format!(
                    "body of {:?}{}{}",
                    heredoc.delimiter,
                    if heredoc.quoted { ", quoted" } else { "" },
                    if body.terminated { "" } else { ", open" },
                );
                dump.elsewhere(|dump| dump.word(&kind, &body.text));
            });
        }
    }

    fn compound(&mut self, command: &CompoundCommand) {
        let kind = match &command.kind {
            CompoundKind::Group(_) => "group",
            CompoundKind::Subshell(_) => "subshell",
            CompoundKind::If(_) => "if",
            CompoundKind::For(command) if command.select => "select",
            CompoundKind::For(_) | CompoundKind::ArithmeticFor(_) => "for",
            CompoundKind::While(command) if command.until => "until",
            CompoundKind::While(_) => "while",
            CompoundKind::Case(_) => "case",
            CompoundKind::Conditional(_) => "conditional",
            CompoundKind::Arithmetic(_) => "arithmetic",
        };
        self.node(kind, command.span, |dump| {
            match &command.kind {
                CompoundKind::Group(list) | CompoundKind::Subshell(list) => {
                    dump.list("list", list);
                }
                CompoundKind::If(command) => {
                    for branch in &command.branches {
                        dump.list("condition", &branch.condition);
                        dump.list("then", &branch.body);
                    }
                    if let Some(list) = &command.otherwise {
                        dump.list("else", list);
                    }
                }
                CompoundKind::For(command) => {
                    dump.leaf("variable", command.variable.span);
                    for word in command.words.iter().flatten() {
                        dump.word("word", word);
                    }
                    dump.list("body", &command.body);
                }
                CompoundKind::ArithmeticFor(command) => {
                    dump.node("header", command.header.span, |dump| {
                        dump.word("expression", &command.header.expression);
                    });
                    dump.list("body", &command.body);
                }
                CompoundKind::While(command) => {
                    dump.list("condition", &command.condition);
                    dump.list("body", &command.body);
                }
                CompoundKind::Case(command) => {
                    dump.word("subject", &command.subject);
                    for arm in &command.arms {
                        dump.node("arm", arm.span, |dump| {
                            for pattern in &arm.patterns {
                                dump.word("pattern", pattern);
                            }
                            dump.list("body", &arm.body);
                            if let Some(end) = arm.end {
                                dump.leaf(&format!("{:?}", end.value), end.span);
                            }
                        });
                    }
                }
                CompoundKind::Conditional(expression) => dump.conditional(expression),
                CompoundKind::Arithmetic(arithmetic) => {
                    dump.word("expression", &arithmetic.expression);
                }
            }
            dump.redirects(&command.redirects);
        });
    }

    fn conditional(&mut self, conditional: &Conditional) {
        let kind = match &conditional.kind {
            ConditionalKind::Or(_) => "or",
            ConditionalKind::And(_) => "and",
            ConditionalKind::Not(_) => "not",
            ConditionalKind::Group(_) => "group",
            ConditionalKind::Unary { .. } => "unary",
            ConditionalKind::Binary { .. } => "binary",
            ConditionalKind::Word(_) => "word",
            ConditionalKind::Missing => "missing",
        };
        self.node(kind, conditional.span, |dump| match &conditional.kind {
            ConditionalKind::Or(all) | ConditionalKind::And(all) => {
                all.iter().for_each(|one| dump.conditional(one));
            }
            ConditionalKind::Not(inner) | ConditionalKind::Group(inner) => {
                dump.conditional(inner);
            }
            ConditionalKind::Unary { operator, operand } => {
                dump.leaf("operator", operator.span);
                dump.word("operand", operand);
            }
            ConditionalKind::Binary {
                left,
                operator,
                right,
            } => {
                dump.word("left", left);
                dump.leaf("operator", operator.span);
                dump.word("right", right);
            }
            ConditionalKind::Word(word) => dump.word("word", word),
            ConditionalKind::Missing => {}
        });
    }

    fn word(&mut self, kind: &str, word: &Word) {
        let is_plain = matches!(&word.parts[..], [] | [WordPart::Literal(_)]);
        self.node(kind, word.span, |dump| {
            if is_plain {
                word.parts.iter().for_each(|part| {
                    assert!(word.span.contains(part.span()), "{part:?}");
                });
            } else {
                dump.parts(&word.parts);
            }
        });
    }

    fn parts(&mut self, parts: &[WordPart]) {
        let mut end = 0;
        for part in parts {
            assert!(end <= part.span().start, "parts overlap");
            end = part.span().end;
            self.part(part);
        }
    }

    fn part(&mut self, part: &WordPart) {
        let span = part.span();
        match part {
            WordPart::Literal(_) => self.leaf("literal", span),
            WordPart::Escaped(_) => self.leaf("escaped", span),
            WordPart::SingleQuoted(_) => self.leaf("single", span),
            WordPart::AnsiQuoted(text) => self.leaf(&format!("ansi {:?}", text.value), span),
            WordPart::Glob(_) => self.leaf("glob", span),
            WordPart::Brace(_) => self.leaf("brace", span),
            WordPart::Tilde(_) => self.leaf("tilde", span),
            WordPart::DoubleQuoted(quoted) => {
                self.node("double", span, |dump| dump.parts(&quoted.parts));
            }
            WordPart::CommandSubstitution(substitution) => {
                let kind = match substitution.backquoted {
                    true => "backquoted",
                    false => "substitution",
                };
                self.node(kind, span, |dump| dump.list("list", &substitution.body));
            }
            WordPart::ProcessSubstitution(substitution) => {
                self.node("process", span, |dump| {
                    dump.list("list", &substitution.body)
                });
            }
            WordPart::Arithmetic(arithmetic) => self.node("arithmetic", span, |dump| {
                dump.word("expression", &arithmetic.expression);
            }),
            WordPart::ExtendedGlob(glob) => {
                self.node(&format!("glob {}", glob.operator), span, |dump| {
                    for pattern in &glob.patterns {
                        dump.word("pattern", pattern);
                    }
                });
            }
            WordPart::Parameter(parameter) => {
                let kind = if parameter.indirect {
                    "indirect parameter"
                } else {
                    "parameter"
                };
                self.node(kind, span, |dump| {
                    dump.leaf("name", parameter.name.span);
                    if let Some(subscript) = &parameter.subscript {
                        dump.word("subscript", subscript);
                    }
                    if let Some(operation) = &parameter.operation {
                        dump.operation(operation);
                    }
                });
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Conditional { action, word, .. } => {
                self.word(&format!("{action:?}"), word);
            }
            Operation::Trim { pattern, .. } => self.word("trim", pattern),
            Operation::ChangeCase { pattern, .. } => self.word("case", pattern),
            Operation::Replace {
                pattern,
                replacement,
                ..
            } => {
                self.word("replace", pattern);
                replacement.iter().for_each(|word| self.word("by", word));
            }
            Operation::Substring { offset, length } => {
                self.word("offset", offset);
                length.iter().for_each(|word| self.word("length", word));
            }
            Operation::Length | Operation::Transform(_) | Operation::Names => {}
            Operation::Unknown => {}
        }
    }
}

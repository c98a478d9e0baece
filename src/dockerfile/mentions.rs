//! Which arguments the text of a file names.
//!
//! Looser than [`argument_use`](super::argument_use), for who must not overlook a use: `$NAME` counts in quotes, in
//! heredocs and in comments between lines too, and in a `RUN` so does the bare name where it is asked for.

use std::collections::{HashMap, HashSet};

use super::ast::InstructionKind;
use super::model::{Definition, Dockerfile, Lookup, Origin};
use crate::text::Span;
use crate::text::span::offset;

/// An argument by its stage, `None` before the first `FROM`, and its name.
pub type Key<'m> = (Option<usize>, &'m str);

/// Where arguments are named.
#[derive(Debug, Default)]
pub struct Mentions<'m> {
    /// Those that something names or hands on, and where.
    named: HashMap<Key<'m>, Span>,
    /// Names for which nothing stands at some place.
    lost: HashSet<&'m str>,
    /// Those that the command of a container names, and where first.
    started: HashMap<Key<'m>, Span>,
}

/// How a name has to stand in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// Behind `$`, `${` and the like.
    Variable,
    /// As a word.
    Word,
}

impl<'m> Mentions<'m> {
    /// Whether something may use an argument.
    pub fn has(&self, argument: &'m Definition) -> bool {
        self.named.contains_key(&key(argument)) || self.lost.contains(&*argument.name)
    }

    /// Where the command that a container is started with names an argument, which is gone by then.
    pub fn started(&self, argument: &'m Definition) -> Option<Span> {
        self.started.get(&key(argument)).copied()
    }

    /// Notes what a name at an instruction means.
    fn see(&mut self, model: &'m Dockerfile, index: usize, name: &'m str, span: Span) {
        match model.config_at(index).lookup(name) {
            Lookup::Defined(definition) if definition.origin == Origin::Env => {}
            Lookup::Defined(definition) => {
                self.named.insert(key(definition), span);
            }
            Lookup::Predefined(_) | Lookup::Undefined { .. } => {
                self.lost.insert(name);
            }
        }
    }

    /// Notes which of some arguments the words of `RUN`s name in any form, arithmetic and `test -v` included.
    pub fn add_words(&mut self, model: &'m Dockerfile, names: &HashSet<&'m str>, text: &str) {
        for (index, instruction) in model.ast.instructions.iter().enumerate() {
            if matches!(instruction.kind, InstructionKind::Run(_)) {
                each_name(text, instruction.span, Form::Word, &mut |name, span| {
                    if let Some(name) = names.get(name)
                        && let Lookup::Defined(found) = model.config_at(index).lookup(name)
                    {
                        self.named.insert(key(found), span);
                    }
                });
            }
        }
    }
}

/// The key of an argument.
pub fn key(argument: &Definition) -> Key<'_> {
    (argument.stage, &argument.name)
}

impl Dockerfile {
    /// Where `$NAME` stands for some of the arguments of a file, whose text it is.
    pub fn named_arguments<'m>(&'m self, names: &HashSet<&'m str>, text: &str) -> Mentions<'m> {
        let mut mentions = Mentions::default();
        for (index, instruction) in self.ast.instructions.iter().enumerate() {
            let acting = self.acting(index);
            let stage = self.stage_of(index).map(|stage| stage.index);
            match &acting.kind {
                InstructionKind::Arg(arg) => {
                    for pair in &arg.pairs {
                        let Some(name) = names.get(&*pair.key.raw) else {
                            continue;
                        };
                        if stage.is_some() {
                            mentions.named.insert((None, name), pair.span);
                        }
                        let is_handed_on = pair.value.is_none()
                            && matches!(self.config_at(index).lookup(name), Lookup::Defined(_));
                        if is_handed_on {
                            mentions.see(self, index, name, pair.span);
                        }
                    }
                }
                // Who gives it another value has a reason.
                InstructionKind::Env(env) => {
                    for pair in &env.pairs {
                        let name = names.get(&*pair.key.raw);
                        let is_defined = |name: &&&str| {
                            matches!(self.config_at(index).lookup(name), Lookup::Defined(_))
                        };
                        if let Some(name) = name.filter(is_defined) {
                            mentions.see(self, index, name, pair.span);
                        }
                    }
                }
                _ => {}
            }
            let is_arg = matches!(acting.kind, InstructionKind::Arg(_));
            let is_start = matches!(
                instruction.kind,
                InstructionKind::Cmd(_)
                    | InstructionKind::Entrypoint(_)
                    | InstructionKind::Healthcheck(_)
            );
            each_name(text, instruction.span, Form::Variable, &mut |name, span| {
                let Some(name) = names.get(name) else {
                    return;
                };
                // Each argument sees those before it.
                if is_arg {
                    mentions.named.insert((stage, name), span);
                }
                match self.config_at(index).lookup(name) {
                    Lookup::Defined(found) if is_start && found.origin == Origin::Arg => {
                        mentions.started.entry(key(found)).or_insert(span);
                    }
                    _ => mentions.see(self, index, name, span),
                }
            });
        }
        mentions
    }
}

/// Whether a text names a variable, be it only as a word.
pub fn has_word(text: &str, name: &str) -> bool {
    let bytes = text.as_bytes();
    let is_part = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|byte| is_name(*byte))
    };
    memchr::memmem::find_iter(bytes, name.as_bytes())
        .any(|at| !is_part(at.checked_sub(1)) && !is_part(Some(at + name.len())))
}

/// Shows every name in a part of a text that stands there in a form, and where.
fn each_name<'t>(text: &'t str, span: Span, form: Form, show: &mut dyn FnMut(&'t str, Span)) {
    let part = span.text(text);
    let bytes = part.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if form == Form::Variable {
            let Some(dollar) = memchr::memchr(b'$', &bytes[at..]) else {
                return;
            };
            at += dollar + 1;
            let signs = bytes[at..]
                .iter()
                .take_while(|byte| matches!(byte, b'{' | b'!' | b'#'));
            at += signs.count();
        } else {
            at += bytes[at..]
                .iter()
                .take_while(|byte| !is_name(**byte))
                .count();
        }
        let length = bytes[at..]
            .iter()
            .take_while(|byte| is_name(**byte))
            .count();
        if length > 0 {
            let start = span.start + offset(at);
            show(
                &part[at..at + length],
                Span::new(start, start + offset(length)),
            );
        }
        at += length;
    }
}

/// Whether a byte can be part of a name.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    /// The arguments of a file that nothing names.
    fn unnamed(text: &str) -> Vec<String> {
        let model = Dockerfile::new(parse(text).tree);
        let arguments = || {
            model
                .definitions()
                .iter()
                .filter(|found| found.origin == Origin::Arg)
        };
        let names: HashSet<&str> = arguments().map(|found| &*found.name).collect();
        let mut mentions = model.named_arguments(&names, text);
        mentions.add_words(&model, &names, text);
        let unnamed = arguments().filter(|found| !mentions.has(found));
        unnamed
            .map(|found| format!("{:?} {}", found.stage, found.name))
            .collect()
    }

    #[test]
    fn a_name_means_the_argument_in_scope() {
        for (text, expected) in [
            ("FROM a\nARG A B C\nRUN x $A ${B:-1} $((C + 1))", &[][..]),
            ("FROM a\nARG A\nRUN x 'AB $AB'", &["Some(0) A"]),
            ("FROM a\nARG A\nFROM b\nARG A\nRUN x $A", &["Some(0) A"]),
            ("FROM a AS b\nARG A=1\nFROM b\nARG A\nRUN x $A", &[]),
            ("FROM a AS b\nARG A=1\nFROM b\nRUN x $A", &[]),
            ("ARG A=1\nFROM a\nARG A\nRUN x $A", &[]),
            ("ARG A=1 B=2\nFROM a:$A", &["None B"]),
            ("ARG A=1\nARG B=$A\nFROM a:$B", &[]),
            ("ARG A=1 B=$A\nFROM a:$B", &[]),
            ("FROM a\nARG A=1 B=$A\nRUN x $B", &[]),
            // Declared where nobody sees it: another mistake.
            ("ARG A=1\nFROM a\nRUN x $A", &[]),
            ("FROM a\nARG A\nFROM b\nRUN x $A", &[]),
            ("FROM a\nRUN x $A\nARG A", &[]),
            ("FROM a\nARG A\nENV A=1", &[]),
            ("FROM a\nARG A\nCOPY <<E /x\n$A\nE", &[]),
            ("FROM a\nARG A\nONBUILD RUN x $A", &[]),
            ("FROM a\nARG A\nRUN test -v A", &[]),
            ("FROM a\nARG A\nLABEL A=1", &["Some(0) A"]),
        ] {
            assert_eq!(unnamed(text), expected, "{text}");
        }
    }

    #[test]
    fn words_have_ends() {
        assert!(has_word("a $A b", "A") && has_word("A", "A"));
        assert!(!has_word("AB A_ xA", "A"));
    }
}

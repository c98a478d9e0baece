//! Uses of variables that nothing in sight defines.
//!
//! The words are those in which BuildKit replaces variables and looks for undefined ones (the `Expand`
//! methods of `instructions/commands.go`). Shell commands are not among them.

use std::collections::HashSet;

use crate::grammar::variable::{self, Dialect, Reference};
use crate::knowledge::predefined::{Predefined, predefined};
use crate::text::Span;

use super::super::ast::{Instruction, InstructionKind};
use super::super::nearest::nearest;
use super::super::word::Word;
use super::Dockerfile;
use super::scope::{Definition, Lookup, Origin};
use super::stages::Stage;

/// How many definitions of a name are looked at to find one in another stage.
const MAX_DEFINITIONS: usize = 16;

/// How many names in scope are compared with a misspelt one.
const MAX_COMPARED: usize = 256;

/// A use of a variable that is not defined where it stands.
#[derive(Clone, Debug)]
pub struct Unresolved<'m> {
    /// The name.
    pub name: &'m str,
    /// The bytes of the name.
    pub name_span: Span,
    /// From `$` to the last byte.
    pub span: Span,
    /// The instruction that uses it.
    pub instruction: usize,
    /// Whether the use says what to do without it, as `${NAME:-default}` does.
    pub has_alternative: bool,
    /// Whether the use stops the build without it, as `${NAME:?text}` does.
    pub is_required: bool,
    /// Whether it stands in the body of a heredoc.
    pub in_heredoc: bool,
    /// Whether the base image can define it.
    pub perhaps_in_base: bool,
    /// An `ARG` before the first `FROM` with this name, which the stage would have to name again.
    pub global: Option<&'m Definition>,
    /// The definition of this name in another stage, or later in the same one.
    pub elsewhere: Option<&'m Definition>,
}

/// How many uses that say what to do without the variable are compared with the others.
const MAX_ALTERNATIVES: usize = 256;

impl Dockerfile {
    /// Those of [`Dockerfile::unresolved`] that nothing in the instruction explains: an alternative, one around
    /// them as in `${NAME:+-$NAME}`, or the same `ENV`. Not those in heredocs; every image has a `PATH`, and
    /// BuildKit gives one even to `scratch`.
    pub fn unexplained(&self, instruction: usize) -> Vec<Unresolved<'_>> {
        let uses = self.unresolved(instruction);
        if uses.is_empty() {
            return uses;
        }
        let alternatives = uses.iter().filter(|used| used.has_alternative);
        let alternatives: Vec<(&str, Span)> =
            alternatives.map(|used| (used.name, used.span)).collect();
        if alternatives.len() > MAX_ALTERNATIVES {
            return Vec::new();
        }
        let beside: HashSet<&str> = match self.ast.instructions.get(instruction) {
            Some(Instruction {
                kind: InstructionKind::Env(env),
                ..
            }) => env.pairs.iter().map(|pair| &*pair.key.raw).collect(),
            _ => HashSet::new(),
        };
        let mut uses = uses;
        uses.retain(|used| {
            let is_inside =
                |(name, span): &(&str, Span)| *name == used.name && span.contains(used.span);
            !used.has_alternative
                && !used.in_heredoc
                && used.name != "PATH"
                && !beside.contains(used.name)
                && !alternatives.iter().any(is_inside)
        });
        uses
    }

    /// The uses of undefined variables in the words of an instruction that BuildKit expands, and in the
    /// bodies of unquoted heredocs of `COPY` and `ADD`.
    pub fn unresolved(&self, instruction: usize) -> Vec<Unresolved<'_>> {
        let Some(node) = self.ast.instructions.get(instruction) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut earlier: HashSet<&str> = HashSet::new();
        if let InstructionKind::Arg(arg) = &node.kind {
            // Each argument sees those before it.
            for pair in &arg.pairs {
                if let Some(value) = &pair.value {
                    self.in_word(instruction, value, &earlier, &mut found);
                }
                earlier.insert(&pair.key.raw);
            }
            return found;
        }
        node.each_expanded_word(|word| self.in_word(instruction, word, &earlier, &mut found));
        self.in_heredocs(instruction, node, &mut found);
        found
    }

    /// A declaration of a name that `stage` does not see, where the name is not defined there and the image
    /// below is not known to define it: an `ARG` before the first `FROM`, or one in another stage. An `ENV` of
    /// another stage is one only if the image below is known.
    pub fn declared_elsewhere(&self, stage: &Stage, name: &str) -> Option<&Definition> {
        if predefined(name) == Some(Predefined::Proxy) {
            return None;
        }
        let others = || {
            let definitions = self.definitions_of(name).take(MAX_DEFINITIONS);
            definitions.filter(|definition| definition.stage != Some(stage.index))
        };
        // Most names are not, and what is known of an image takes longer to find out.
        others().next()?;
        let env = self.base_facts(stage).and_then(|image| image.env);
        if env.is_some_and(|env| env.contains(&name)) {
            return None;
        }
        let is_closed = self.root_of(stage).is_from_scratch() || env.is_some();
        others().find(|definition| {
            definition.stage.is_none() || definition.origin == Origin::Arg || is_closed
        })
    }

    /// The name of a variable in scope before an instruction that is spelt nearly like `name`.
    pub fn similar_variable(&self, instruction: usize, name: &str) -> Option<&str> {
        let variables = self.config_at(instruction).variables().take(MAX_COMPARED);
        let names = variables.map(|definition| &*definition.name);
        // `ENV a( b` defines a name that no `$` can ask for.
        nearest(name, names.filter(|name| is_identifier(name)))
    }

    fn in_word<'m>(
        &'m self,
        instruction: usize,
        word: &'m Word,
        earlier: &HashSet<&str>,
        found: &mut Vec<Unresolved<'m>>,
    ) {
        for reference in word.references() {
            let (name, name_span) = word.name_of(reference);
            if earlier.contains(name) {
                continue;
            }
            let span = word.span_of(reference.range.clone());
            found.extend(self.unresolved_use(instruction, reference, name, name_span, span));
        }
    }

    fn in_heredocs<'m>(
        &'m self,
        instruction: usize,
        node: &'m Instruction,
        found: &mut Vec<Unresolved<'m>>,
    ) {
        if !matches!(
            node.kind,
            InstructionKind::Copy(_) | InstructionKind::Add(_)
        ) {
            return;
        }
        for heredoc in node.heredocs.iter().filter(|heredoc| !heredoc.quoted) {
            let text = heredoc.body.text();
            if memchr::memchr(b'$', text.as_bytes()).is_none() {
                continue;
            }
            for reference in variable::parse(text, Dialect::docker_heredoc()).references() {
                let name = text.get(reference.name.clone()).unwrap_or_default();
                let name_span = heredoc.body.span(reference.name.clone());
                let span = heredoc.body.span(reference.range.clone());
                let unresolved = self.unresolved_use(instruction, reference, name, name_span, span);
                found.extend(unresolved.map(|unresolved| Unresolved {
                    in_heredoc: true,
                    ..unresolved
                }));
            }
        }
    }

    fn unresolved_use<'m>(
        &'m self,
        instruction: usize,
        reference: &Reference,
        name: &'m str,
        name_span: Span,
        span: Span,
    ) -> Option<Unresolved<'m>> {
        let config = self.config_at(instruction);
        let is_from = matches!(
            self.ast.instructions[instruction].kind,
            InstructionKind::From(_)
        );
        let perhaps_in_base = match config.lookup(name) {
            Lookup::Defined(_) => return None,
            Lookup::Predefined(_) if is_from => return None,
            // A stage sees them after naming them in an ARG, but nobody knows what the base has.
            Lookup::Predefined(_) => true,
            Lookup::Undefined { perhaps_in_base } => perhaps_in_base,
        };
        let stage = self.stage_of(instruction).map(|stage| stage.index);
        let first = self.definitions_of(name).next();
        let global = first.filter(|definition| definition.stage.is_none());
        let elsewhere = self
            .definitions_of(name)
            .take(MAX_DEFINITIONS)
            .filter(|definition| definition.stage.is_some())
            .min_by_key(|definition| definition.stage == stage);
        Some(Unresolved {
            name,
            name_span,
            span,
            instruction,
            has_alternative: reference
                .modifier
                .as_ref()
                .is_some_and(|modifier| modifier.operator.tolerates_unset()),
            is_required: reference
                .modifier
                .as_ref()
                .is_some_and(|modifier| modifier.operator.is_required()),
            in_heredoc: false,
            perhaps_in_base,
            global: global.filter(|_| !is_from && stage.is_some()),
            elsewhere,
        })
    }
}

/// Whether a name is one that `$name` can ask for as a whole.
fn is_identifier(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::ast::Ast;
    use crate::dockerfile::parse::parse;

    #[test]
    fn a_declaration_elsewhere_counts_unless_the_image_below_defines_the_name() {
        let text = "ARG GLOBAL GOPATH http_proxy\nFROM golang:1.26\nARG INNER\nENV SET=1\n\
            FROM x\nFROM golang:1.26\nARG INNER";
        let model = Dockerfile::new(parse(text).tree);
        let declared = |stage: usize, name: &str| {
            let stage = &model.stages[stage];
            let found = model.declared_elsewhere(stage, name);
            found.map(|definition| definition.stage)
        };
        assert_eq!(declared(0, "GLOBAL"), Some(None));
        assert_eq!(declared(0, "GOPATH"), None);
        assert_eq!(declared(1, "GOPATH"), Some(None));
        assert_eq!(declared(1, "http_proxy"), None);
        assert_eq!(declared(1, "INNER"), Some(Some(0)));
        assert_eq!(declared(2, "INNER"), Some(Some(0)));
        assert_eq!(declared(1, "SET"), None);
        assert_eq!(declared(2, "SET"), Some(Some(0)));
        assert_eq!(declared(0, "SET"), None);
    }

    #[test]
    fn only_names_that_can_be_asked_for_are_similar() {
        let text = "FROM a\nENV SIGNA( b\nENV SIGNAL=c\nRUN x";
        let model = Dockerfile::new(parse(text).tree);
        assert_eq!(model.similar_variable(3, "SIGNA"), Some("SIGNAL"));
        let model = Dockerfile::new(parse("FROM a\nENV SIGNAL( b\nRUN x").tree);
        assert_eq!(model.similar_variable(2, "SIGNAL"), None);
    }

    #[test]
    fn nothing_is_unresolved_in_an_empty_file() {
        let model = Dockerfile::new(Ast::default());
        assert!(model.unresolved(0).is_empty());
        let model = Dockerfile::new(parse("RUN $a").tree);
        assert!(model.unresolved(0).is_empty());
    }
}

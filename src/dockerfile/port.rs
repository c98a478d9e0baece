//! The ports that `EXPOSE` names, after variables were replaced.
//!
//! BuildKit replaces the variables of each word and splits the result at white space
//! (`dockerfile2llb/convert_expose.go`), so that one word can name several ports.

use super::ast::{Instruction, InstructionKind};
use super::model::Dockerfile;
use super::word::Word;
use crate::grammar::GrammarError;
use crate::grammar::port::{PortMapping, parse_exposed};
use crate::text::{Cooked, CookedBuilder};

/// A port, or a range of ports, that `EXPOSE` names.
#[derive(Clone, Debug)]
pub struct ExposedPort<'m> {
    /// The word that it stands in.
    pub word: &'m Word,
    /// The text as BuildKit reads it, with its map to the file. Variables that are not known stay as they are
    /// written; what another one stands for has the place of the whole word.
    pub text: Cooked<'m>,
    /// The text taken apart, or why it is no port. Parts with variables are unknown.
    pub port: Result<PortMapping, GrammarError>,
}

impl<'m> ExposedPort<'m> {
    fn new(word: &'m Word, text: Cooked<'m>) -> ExposedPort<'m> {
        let port = parse_exposed(text.text());
        ExposedPort { word, text, port }
    }
}

impl Dockerfile {
    /// The ports of an `EXPOSE`, by its number; those of its trigger for an `ONBUILD`. None for other
    /// instructions.
    pub fn exposed_ports<'m>(
        &'m self,
        index: usize,
        instruction: &'m Instruction,
    ) -> Vec<ExposedPort<'m>> {
        let InstructionKind::Expose(expose) = &instruction.kind else {
            return Vec::new();
        };
        let mut ports = Vec::with_capacity(expose.ports.len());
        for word in &expose.ports {
            // What a trigger's variables stand for depends on where it runs.
            let value = if word.has_variables() && !instruction.is_trigger {
                self.value_at(index, word)
            } else {
                super::model::Value::Unknown
            };
            match value.text() {
                Some(text) => ports.extend(text.split_whitespace().map(|part| {
                    let mut builder = CookedBuilder::with_capacity(part.len());
                    builder.replaced(part, word.span);
                    ExposedPort::new(word, builder.finish(word.span.start))
                })),
                None => ports.push(ExposedPort::new(word, word.value_cooked())),
            }
        }
        ports
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    #[test]
    fn variables_can_bring_several_ports() {
        let text =
            "FROM a\nARG MORE=\"90 91/udp\"\nARG NONE\nEXPOSE 80 $MORE \"443\" $NONE 8\\\n1\n";
        let model = Dockerfile::new(parse(text).tree);
        let index = model.ast.instructions.len() - 1;
        let ports = model.exposed_ports(index, &model.ast.instructions[index]);
        let shown: Vec<_> = ports
            .iter()
            .map(|port| {
                let span = port.text.span(0..port.text.text().len());
                (port.text.text(), span.text(text))
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("80", "80"),
                ("90", "$MORE"),
                ("91/udp", "$MORE"),
                ("443", "443"),
                ("$NONE", "$NONE"),
                ("81", "8\\\n1"),
            ]
        );
        assert!(ports.iter().all(|port| port.port.is_ok()));
    }
}

//! Flags backslashes outside quotes in front of characters that need none.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{AssignmentValue, Command, CompoundKind, ConditionalKind};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Word, WordPart};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    // In a Compose file a backslash may be YAML's.
    if !has_needless(script.text) || script.in_compose().is_some() {
        return;
    }
    for (node, context) in script.script.nodes_of(
        const {
            Kinds::COMMANDS
                .and(Kinds::COMPOUNDS)
                .and(Kinds::ASSIGNMENTS)
                .and(Kinds::REDIRECTS)
                .and(Kinds::CONDITIONALS)
        },
    ) {
        if !context.is_exact() {
            continue;
        }
        match node {
            Node::Command(Command::Simple(command)) => {
                for (index, word) in command.words.iter().enumerate() {
                    // `\rm` is no alias.
                    let parts = &word.parts[..];
                    let is_command = index == 0 && matches!(parts, [WordPart::Escaped(_), ..]);
                    escapes(&parts[usize::from(is_command)..], cx);
                }
            }
            Node::Assignment(assignment) => match &assignment.value {
                AssignmentValue::Word(word) => escapes(&word.parts, cx),
                AssignmentValue::Array(array) => {
                    let words = array.elements.iter().map(|element| &element.value);
                    words.for_each(|word| escapes(&word.parts, cx));
                }
            },
            Node::Redirect(redirect) if redirect.heredoc.is_none() => {
                escapes(&redirect.target.parts, cx);
            }
            Node::Command(Command::Compound(command)) => match &command.kind {
                CompoundKind::For(command) => {
                    let words: &[Word] = command.words.as_deref().unwrap_or_default();
                    words.iter().for_each(|word| escapes(&word.parts, cx));
                }
                CompoundKind::Case(command) => {
                    escapes(&command.subject.parts, cx);
                    let patterns = command.arms.iter().flat_map(|arm| arm.patterns.iter());
                    patterns.for_each(|word| escapes(&word.parts, cx));
                }
                _ => {}
            },
            Node::Conditional(conditional) => match &conditional.kind {
                ConditionalKind::Unary { operand, .. } => escapes(&operand.parts, cx),
                ConditionalKind::Binary {
                    left,
                    operator,
                    right,
                } => {
                    escapes(&left.parts, cx);
                    // A regular expression has backslashes of its own.
                    if &*operator.value != "=~" {
                        escapes(&right.parts, cx);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}

fn escapes(parts: &[WordPart], cx: &mut Context<'_, Host<'_>>) {
    for part in parts {
        let WordPart::Escaped(escaped) = part else {
            continue;
        };
        let character = escaped.value;
        if is_needed(character) {
            continue;
        }
        let message = format!("`\\{character}` is just `{character}` outside quotes");
        let finding = cx.report(escaped.span, message);
        if character.is_alphanumeric() {
            finding.help("put the word in single quotes if the program is to see the backslash");
        } else {
            finding.help("leave the backslash away, or quote the word if the program needs it");
            finding.severity(Severity::Info);
        }
    }
}

/// Whether a backslash stands in front of a character that may not need it.
fn has_needless(text: &str) -> bool {
    let mut signs = memchr::memchr_iter(b'\\', text.as_bytes());
    signs.any(|at| {
        let next = text[at + 1..].chars().next();
        next.is_some_and(|character| !is_needed(character))
    })
}

/// Whether a character means, or to some shell or program meant, something else without a backslash.
fn is_needed(character: char) -> bool {
    character.is_ascii_whitespace()
        || matches!(
            character,
            '.' | '"'
                | '\''
                | '$'
                | '#'
                | '{'
                | '}'
                | '('
                | ')'
                | '['
                | ']'
                | '*'
                | '?'
                | '<'
                | '>'
                | '&'
                | '|'
                | ';'
                | '!'
                | '~'
                | ','
                | '+'
                | '@'
                | '\\'
                | '`'
        )
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_backslashes_that_do_nothing_are_reported() {
        dockerfile(
            "useless-backslash",
            r#"
FROM debian:13
RUN tr \n x && a C:\Users b=\t >\c && "\d" '\e' $'\f' "$(g \h)"; \rm r\m; i s/\//x/ \-j
#      ^^ warning: `\n` is just `n` outside quotes
#                  ^^ warning: `\U`
#                           ^^ warning: `\t`
#                               ^^ warning: `\c`
#                                                          ^^ warning: `\h`
#                                                                     ^^ warning: `\m`
#                                                                             ^^ info: `\/`
#                                                                                   ^^ info: `\-`
RUN a \. \  \$ \* \; \{ \\ \( \~ \! \@ b\
c \d ${e:-\f}
# ^^ warning: `\d`
CMD for a in \b; do case \c in \d) ;; esac; done; [[ \e =~ \f ]]
#            ^^ warning: `\b`
#                        ^^ warning: `\c`
#                              ^^ warning: `\d`
#                                                    ^^ warning: `\e`
"#,
        );
    }
}

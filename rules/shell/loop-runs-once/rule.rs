//! Flags `for` loops over a single word.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, CompoundKind};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Word, WordPart};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    for (node, _) in script.script.nodes_of(Kinds::COMPOUNDS) {
        let Node::Command(Command::Compound(compound)) = node else {
            continue;
        };
        let CompoundKind::For(command) = &compound.kind else {
            continue;
        };
        let Some([word]) = command.words.as_deref() else {
            continue;
        };
        if command.select || may_be_several(word) {
            continue;
        }
        let (why, help, is_fault) = fault(word);
        let shown: String = command.variable.value.chars().take(40).collect();
        let message = format!("loop over `{shown}` runs once: {why}");
        let finding = cx.report(word.span, message);
        finding.help(help);
        if is_fault {
            finding.severity(Severity::Warning);
        }
    }
}

/// Whether the shell can make more or fewer words of it.
fn may_be_several(word: &Word) -> bool {
    let splits = word
        .unquoted_expansions()
        .any(|part| !matches!(part, WordPart::Arithmetic(_)));
    let is_list = word.parameters().any(|parameter| {
        &*parameter.name.value == "@"
            || parameter.indirect
            || parameter
                .subscript
                .as_ref()
                .is_some_and(|subscript| subscript.span.len() == 1)
    });
    splits || is_list || word.has_glob() || word.has_brace_expansion()
}

/// What is wrong with the word, what to do, and whether it cannot have been meant.
fn fault(word: &Word) -> (&'static str, &'static str, bool) {
    let is_quoted = matches!(
        &*word.parts,
        [WordPart::DoubleQuoted(_) | WordPart::SingleQuoted(_)]
    );
    let text = word.text();
    if is_quoted && text.is_none() {
        let help = "leave the quotes away, or go through the words or lines in another way";
        return ("quotes make one word of the value", help, true);
    }
    let Some(text) = text else {
        return ("there is one word", "leave the loop away", false);
    };
    if is_quoted && text.contains([' ', '\t', '\n']) {
        let help = "leave the quotes away, or quote each word";
        return ("quotes make one word of the list", help, true);
    }
    if text.contains(',') && !is_quoted {
        let help = "separate the words by blanks";
        return ("commas do not separate words", help, true);
    }
    let help = "add words, write `$name` if a variable is meant, or leave the loop away";
    ("there is one word", help, false)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn one_word_that_stays_one_is_reported() {
        dockerfile(
            "loop-runs-once",
            r#"
FROM debian:13
RUN for a in b; do c; done
#            ^ info: loop over `a` runs once: there is one word
RUN for a in \
  b$((1))"$c" \
# ^^^^^^^^^^^ info: loop over `a` runs once: there is one word
  ; do c; done
RUN for a in "b c"; do d; done; for a in 'b c'; do d; done; for a in b,c; do d; done
#            ^^^^^ warning: loop over `a` runs once: quotes make one word of the list
#                                        ^^^^^ warning: loop over `a` runs once: quotes make
#                                                                    ^^^ warning: loop over `a` runs once: commas
RUN for a in "$b"; do c; done; x=$(for a in "$(b)"; do c; done)
#            ^^^^ warning: loop over `a` runs once: quotes make one word of the value
#                                           ^^^^^^ warning: loop over `a` runs once: quotes
RUN for a in "$@" ; do b; done; for a in $b; do c; done; for a in *.c; do d; done; for a; do b; done
RUN for a in $(b); do c; done; for a in {1,2}; do b; done; for a in "${b[@]}"; do c; done; for a in; do b; done
RUN for a in b c; do d; done
"#,
        );
    }
}

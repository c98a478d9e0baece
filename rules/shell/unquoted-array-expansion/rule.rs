//! Flags `$@`, `$*` and whole arrays without quotes.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::Dialect;
use crate::shell::ast::{Assignment, Command, CompoundKind, RedirectOperator, Script};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Conditionally, Operation, Parameter, Word, WordPart};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let text = script.text;
    // `$@`, `${@`, `${a[@]`, and the same with `*`.
    let bytes = text.as_bytes();
    let mut signs = memchr::memchr2_iter(b'@', b'*', bytes);
    let is_behind = |at: usize| matches!(bytes[at - 1], b'$' | b'{' | b'[' | b'#' | b'!');
    if !text.contains('$') || !signs.any(|at| at > 0 && is_behind(at)) {
        return;
    }
    let can_fix = script.takes_quotes();
    for (index, script) in script.script.with_exact_inner().into_iter().enumerate() {
        for parameter in unquoted(script) {
            let written = parameter.span.text(cx.text());
            let message = format!("words of `{written}` are split once more outside quotes");
            let is_star = parameter.name.value.as_bytes() == b"*";
            let finding = cx.report(parameter.span, message);
            if is_star {
                finding.help("write `\"$@\"`, which keeps each argument as it is");
            } else {
                finding.help("put it in double quotes, which keep each word as it is");
            }
            if can_fix && index == 0 {
                let edits = if is_star && !parameter.braced {
                    vec![Edit::replace(parameter.span, "\"$@\"")]
                } else {
                    let (start, end) = (parameter.span.start, parameter.span.end);
                    vec![Edit::insert(start, "\""), Edit::insert(end, "\"")]
                };
                if !is_star || !parameter.braced {
                    finding.fix(Fix::new(
                        "put it in double quotes",
                        Applicability::Unsafe,
                        edits,
                    ));
                }
            }
        }
    }
}

fn unquoted<'s>(script: &'s Script) -> Vec<&'s Parameter> {
    let mut found = Vec::new();
    for (node, context) in
        script.nodes_of(const { Kinds::COMMANDS.and(Kinds::COMPOUNDS).and(Kinds::REDIRECTS) })
    {
        if context.in_inner_script() {
            continue;
        }
        let mut add = |word: &'s Word| {
            found.extend(word.unquoted_expansions().filter_map(|part| match part {
                WordPart::Parameter(parameter) if is_all(parameter) => Some(&**parameter),
                _ => None,
            }));
        };
        match node {
            Node::Command(Command::Simple(command)) => {
                command.words.iter().for_each(&mut add);
                if script.dialect == Dialect::Posix {
                    let values = command.declarations().iter();
                    values.filter_map(Assignment::word).for_each(add);
                }
            }
            Node::Command(Command::Compound(command)) => {
                if let CompoundKind::For(command) = &command.kind {
                    command.words.iter().flatten().for_each(add);
                }
            }
            Node::Redirect(redirect)
                if !matches!(
                    redirect.operator.value,
                    RedirectOperator::Heredoc
                        | RedirectOperator::HeredocStripped
                        | RedirectOperator::HereString
                ) =>
            {
                add(&redirect.target);
            }
            _ => {}
        }
    }
    found
}

/// Whether a parameter stands for several words.
fn is_all(parameter: &Parameter) -> bool {
    let is_counted_or_tested = matches!(
        parameter.operation.as_deref(),
        Some(
            Operation::Length
                | Operation::Names
                | Operation::Conditional {
                    action: Conditionally::Alternative,
                    ..
                }
        )
    );
    let is_all = matches!(&*parameter.name.value, "@" | "*")
        || parameter
            .subscript
            .as_ref()
            .is_some_and(|subscript| matches!(subscript.text(), Some("@" | "*")));
    is_all && !is_counted_or_tested
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn whole_lists_belong_in_quotes() {
        dockerfile(
            "unquoted-array-expansion",
            r#"
FROM debian:13
SHELL ["/bin/bash", "-c"]
RUN a $@ "$@" ${*} "$*" b$@ ${c[@]} ${c[0]} ${#c[@]} ${@:2} ${@+x} $# $1
#     ^^ words of `$@` are split once more outside quotes
#             ^^^^ words of `${*}`
#                        ^^ words of `$@`
#                           ^^^^^^^ words of `${c[@]}`
#                                                    ^^^^^^ words of `${@:2}`
RUN for a in $* "$@"; do b; done; c=$@; case $* in d) ;; esac; [[ $@ = e ]]; f=($@)
#            ^^ words of `$*`
CMD exec a \
  $@
# ^^ words of `$@`
"#,
        );
    }

    #[test]
    fn quotes_are_the_fix() {
        let text = "FROM debian:13\nRUN a $@ $* ${b[@]}\n";
        assert_eq!(
            fixed("unquoted-array-expansion", Applicability::Unsafe, text),
            "FROM debian:13\nRUN a \"$@\" \"$@\" \"${b[@]}\"\n"
        );
    }
}

//! Flags expansions without quotes that a shell may split into words.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Lookup;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::Dialect;
use crate::shell::ast::{Assignment, Command, Redirect, RedirectOperator, Script, SimpleCommand};
use crate::shell::plain::Uncertain;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{
    CommandSubstitution, Conditionally, Operation, Parameter, Word, WordPart,
};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let text = script.text;
    if !text.contains(['$', '`']) {
        return;
    }
    // What the environment of a container holds is not known.
    let config = script
        .in_dockerfile()
        .map(|script| script.model.config_at(script.place.instruction));
    let is_defined = |name: &str| {
        config.as_ref().is_none_or(|config| {
            matches!(
                config.lookup(name),
                Lookup::Defined(_) | Lookup::Predefined(_)
            )
        })
    };
    let place = script;
    // Which program `sh` is in an image is not known either: not all of them split what `export` is given.
    let splits_declarations = script.in_dockerfile().is_some();
    // In brackets, `[ "$a" ]` would be the exec form.
    let can_fix = script.takes_quotes() && !text.starts_with('[');
    for (index, script) in script.script.with_exact_inner().into_iter().enumerate() {
        let found = split_expansions(script, splits_declarations, &is_defined);
        for Split {
            part,
            word,
            is_target,
        } in found
        {
            if place.has_hole_in(part.span()) {
                continue;
            }
            let what = match part {
                WordPart::Parameter(parameter) => {
                    format!("`{}` is", name_of(parameter, cx.text()))
                }
                WordPart::CommandSubstitution(substitution) => output_of(substitution),
                _ => continue,
            };
            let fix = (can_fix && index == 0)
                .then(|| quoted(part, word, is_target, cx.text()))
                .flatten();
            let message = format!("{what} split into words outside quotes");
            let finding = cx.report(part.span(), message);
            finding.help("put it in double quotes, unless it is meant to be several words");
            if let Some(fix) = fix {
                finding.fix(fix);
            }
        }
    }
}

/// An expansion that may be split.
struct Split<'a> {
    part: &'a WordPart,
    word: &'a Word,
    /// Whether the word is what a redirection leads to, or is assigned.
    is_target: bool,
}

fn split_expansions<'a>(
    script: &'a Script,
    splits_declarations: bool,
    is_plain: &dyn Fn(&str) -> bool,
) -> Vec<Split<'a>> {
    let mut found = Vec::new();
    let mut add = |word: &'a Word, is_target: bool| {
        let expansions = word.unquoted_expansions().filter(|part| may_split(part));
        found.extend(expansions.map(|part| Split {
            part,
            word,
            is_target,
        }));
    };
    for (node, context) in script.nodes_of(const { Kinds::COMMANDS.and(Kinds::REDIRECTS) }) {
        if context.in_inner_script() {
            continue;
        }
        match node {
            Node::Command(Command::Simple(command)) => {
                for word in arguments(command) {
                    add(word, false);
                }
                if splits_declarations && script.dialect == Dialect::Posix {
                    let values = command.declarations().iter().filter_map(Assignment::word);
                    values.for_each(|word| add(word, true));
                }
            }
            Node::Redirect(Redirect {
                operator, target, ..
            }) if operator.value != RedirectOperator::HereString
                && operator.value != RedirectOperator::Heredoc
                && operator.value != RedirectOperator::HeredocStripped =>
            {
                add(target, true);
            }
            _ => {}
        }
    }
    // Following the values is the greater part of the work.
    let has_parameters = found
        .iter()
        .any(|split| matches!(split.part, WordPart::Parameter(_)));
    if has_parameters {
        let uncertain: Uncertain = script.uncertain(is_plain);
        found.retain(|split| match split.part {
            WordPart::Parameter(parameter) => uncertain.contains(parameter),
            _ => true,
        });
    }
    found
}

/// The words of a command that are split and where that can matter.
fn arguments(command: &SimpleCommand) -> impl Iterator<Item = &Word> {
    let words = &command.words[..];
    let mut first = 0;
    match command.name() {
        // They do nothing with their arguments.
        Some(":" | "true" | "false") => first = words.len(),
        // Their assignments are arithmetic or none.
        Some("let") => first = words.len(),
        Some("exec" | "command" | "builtin" | "time") => first = 1,
        _ => {}
    }
    words.iter().enumerate().filter_map(move |(index, word)| {
        // A command line in a variable is meant to be split.
        let is_command = index <= first && word.parts.len() == 1;
        (index >= first && !is_command).then_some(word)
    })
}

fn may_split(part: &WordPart) -> bool {
    match part {
        WordPart::Parameter(parameter) => may_split_parameter(parameter),
        WordPart::CommandSubstitution(substitution) => may_split_output(substitution),
        _ => false,
    }
}

fn may_split_parameter(parameter: &Parameter) -> bool {
    let is_all = matches!(&*parameter.name.value, "@" | "*")
        || parameter
            .subscript
            .as_ref()
            .is_some_and(|subscript| matches!(subscript.text(), Some("@" | "*")));
    // `${x:+word}` is mostly there to give several words or none.
    let is_alternative = matches!(
        parameter.operation.as_deref(),
        Some(
            Operation::Conditional {
                action: Conditionally::Alternative,
                ..
            } | Operation::Names
        )
    );
    !is_all && !is_alternative
}

fn may_split_output(substitution: &CommandSubstitution) -> bool {
    let items = &substitution.body.items;
    let name = match &items[..] {
        [] => return false,
        [item] => match &item.pipeline.commands[..] {
            [Command::Simple(command)] => command.name(),
            _ => None,
        },
        _ => None,
    };
    // These print numbers, one or many, which are meant to be split.
    !matches!(name, Some("seq" | "pgrep" | "pidof"))
}

/// What is said of the output of a substitution.
fn output_of(substitution: &CommandSubstitution) -> String {
    let first = substitution.body.items.first();
    let commands = first.map_or(&[][..], |item| &item.pipeline.commands[..]);
    let only = substitution.body.items.len() == 1 && commands.len() == 1;
    let name = match commands {
        [Command::Simple(command), ..] if only => command.name(),
        _ => None,
    };
    match name {
        Some(name) => format!("output of `{}` is", shown(name)),
        None => "output of a command is".to_owned(),
    }
}

/// How a parameter is called in a message.
fn name_of(parameter: &Parameter, text: &str) -> String {
    let written = parameter.span.text(text);
    if written.contains(['\\', '\n']) {
        format!("${}", &*parameter.name.value)
    } else {
        shown(written).to_owned()
    }
}

/// The beginning of a text that could be long.
fn shown(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(40)
        .map_or(text.len(), |(index, _)| index);
    let line = text[..end].lines().next();
    line.unwrap_or_default()
}

/// How many parts of a word are looked at for each of its expansions.
const MAX_PARTS: usize = 256;

/// Quotes around an expansion, where they can be set.
fn quoted(part: &WordPart, word: &Word, is_target: bool, text: &str) -> Option<Fix> {
    let span = part.span();
    let inside = span.text(text);
    // Quotes inside of backticks inside of quotes mean different things to different shells.
    if inside.contains(['"', '`', '\\', '\n']) {
        return None;
    }
    let is_list = match part {
        WordPart::Parameter(parameter) => {
            parameter.operation.is_some() || names_several(&parameter.name.value)
        }
        _ => false,
    };
    let is_path = word.parts.iter().take(MAX_PARTS).any(|part| {
        matches!(part, WordPart::Literal(text) if text.value.contains('/') || text.value.contains('.'))
    });
    let is_option = word.leading_piece().starts_with('-');
    let applicability = match () {
        () if is_target || (is_path && !is_list && !is_option) => Applicability::Safe,
        () if is_list => return None,
        () => Applicability::Unsafe,
    };
    let edits = vec![Edit::insert(span.start, "\""), Edit::insert(span.end, "\"")];
    Some(Fix::new("put it in double quotes", applicability, edits))
}

/// Whether a name sounds like more than one word: `BUILD_DEPS`, `args`.
fn names_several(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with('s') || name.ends_with("list") || name.contains("opt") || name.contains("flag")
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_what_can_be_split_is_reported() {
        dockerfile(
            "shell-variable-quoting",
            r#"
FROM debian:13
ARG ARG
RUN echo $a "$b" '$c' $ARG $? ${#a} $(pgrep a) $(seq 3) ${d:+x y} "$(echo $e)" $((1 + f))
#        ^^ `$a` is split into words outside quotes
#                                                                         ^^ `$e` is split
RUN x=$a y=$(b) c; for d in $e $(f); do g; done; case $h in $i) ;; esac; [[ $j = $k ]]; cat <<< $l
RUN $a b; $a$b; command $(a) c; : ${a:?}; "$a" $b; exec $a
#         ^^ `$a`
#           ^^ `$b`
#                                              ^^ `$b`
RUN a >$b 2>&1; [ -n $c ]; ls $(cat d) `e | f` "$@" $@ ${a[@]}
#      ^^ `$b`
#                    ^^ `$c`
#                             ^^^^^^^^ output of `cat` is split into words outside quotes
#                                      ^^^^^^^ output of a command is split
RUN export a=$b
#            ^^ `$b`
RUN sh -c 'echo $a' && a=1 && echo $a && \
#               ^^ `$a`
#                                  ^^ `$a`
    echo /x/$b\
#           ^^^ `$bc`
c
SHELL ["/bin/bash", "-c"]
RUN export a=$b
"#,
        );
    }

    #[test]
    fn quotes_are_added_where_a_list_makes_no_sense() {
        let fix = |applicability, run: &str| {
            let text = format!("FROM debian:13\nRUN {run}\n");
            let fixed = fixed("shell-variable-quoting", applicability, &text);
            fixed["FROM debian:13\nRUN ".len()..].trim_end().to_owned()
        };
        let safe = |run| fix(Applicability::Safe, run);
        assert_eq!(
            safe("cd /a/$b-$(c)/d >$e"),
            "cd /a/\"$b\"-\"$(c)\"/d >\"$e\""
        );
        assert_eq!(
            safe("curl $url https://a.b/$c $args/x"),
            "curl $url https://a.b/\"$c\" $args/x"
        );
        assert_eq!(safe("[ $a ] && [ $b/c ]"), "[ $a ] && [ $b/c ]");
        let all = |run| fix(Applicability::Unsafe, run);
        assert_eq!(
            all("a $url $packages `b` $(c \"d\")"),
            "a \"$url\" $packages `b` $(c \"d\")"
        );
    }
}

//! Flags `rm -r` of a path that becomes a system directory when a variable is empty.

use std::collections::HashSet;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Lookup;
use crate::engine::nodes::{Host, InstructionScript, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Assignment, Command, CompoundKind};
use crate::shell::invocation::Invocation;
use crate::shell::options::ShellOption;
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{
    CommandSubstitution, Conditionally, Glob, Operation, Parameter, Word, WordPart,
};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Directories without which a system does not work, by the Filesystem Hierarchy Standard 3.0, and those with
/// people's data.
const SYSTEM: &[&str] = &[
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/lib32",
    "/lib64",
    "/media",
    "/mnt",
    "/proc",
    "/root",
    "/sbin",
    "/sys",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local",
    "/usr/sbin",
    "/usr/share",
    "/var",
    "/var/lib",
];

/// Variables that the shell or the builder always sets.
const ALWAYS_SET: &[&str] = &["HOME", "PATH", "PWD"];

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    if !script.script.may_run(const { &Programs::of(&["rm"]) }) {
        return;
    }
    let mut stops_at_unset = script
        .place
        .is_started_with(script.model, ShellOption::NOUNSET);
    let mut filled: HashSet<&str> = HashSet::new();
    for (node, context) in script.script.nodes_of(
        const {
            Kinds::COMMANDS
                .and(Kinds::COMPOUNDS)
                .and(Kinds::ASSIGNMENTS)
        },
    ) {
        match node {
            Node::Assignment(assignment) => {
                if is_filled(assignment) {
                    filled.insert(&assignment.name.value);
                } else if !assignment.append {
                    filled.remove(&*assignment.name.value);
                }
            }
            Node::Command(Command::Compound(compound)) => {
                if let CompoundKind::For(command) = &compound.kind {
                    filled.insert(&command.variable.value);
                }
            }
            Node::Command(Command::Simple(command)) => {
                if let Some(change) = ShellOption::NOUNSET.change(command) {
                    stops_at_unset = change;
                }
                let Some(invocation) = command.unwrapped().filter(is_recursive_rm) else {
                    continue;
                };
                // Without a shell nothing replaces `*`.
                let words = invocation.operands(&[]);
                for word in words.filter(|word| !word.has_literal_star()) {
                    let culprits = culprits(word, &|parameter| {
                        !stops_at_unset && may_be_empty(parameter, script, &filled)
                    });
                    if let Some(culprits) = culprits {
                        report(word, &culprits, !context.in_inner_script(), cx);
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_recursive_rm(invocation: &Invocation<'_>) -> bool {
    invocation.name() == Some("rm") && invocation.has_any_flag(&["r", "R", "recursive"])
}

fn report(word: &Word, culprits: &[&WordPart], is_fixable: bool, cx: &mut Context<'_, Host<'_>>) {
    let text = cx.text();
    let Some(first) = culprits.first() else {
        cx.report(word.span, "`rm -r` removes everything")
            .help("name the directories that are to go");
        return;
    };
    let shown = first.span().text(text);
    let shown = if shown.len() <= 40 && !shown.contains('\n') {
        shown
    } else {
        "an expansion"
    };
    let message = format!("`rm -r` removes a system directory if `{shown}` is empty");
    let finding = cx.report(word.span, message);
    finding.help("write `${name:?}`, which stops the script when the variable is empty");
    let edits: Option<Vec<Edit>> = culprits.iter().map(|part| guarded(part)).collect();
    if let Some(edits) = edits.filter(|_| is_fixable) {
        let title = "stop when the variable is empty";
        finding.fix(Fix::new(title, Applicability::Unsafe, edits));
    }
}

/// `:?` in a plain expansion.
fn guarded(part: &WordPart) -> Option<Edit> {
    let WordPart::Parameter(parameter) = part else {
        return None;
    };
    let is_plain = parameter.operation.is_none()
        && parameter.subscript.is_none()
        && !parameter.indirect
        && parameter.is_variable();
    let name = &parameter.name.value;
    is_plain.then(|| Edit::replace(parameter.span, format!("${{{name}:?}}")))
}

/// The expansions that may be empty in a path that is then a system directory; none of them where the path is
/// `/` as it stands. `None` for a harmless path.
fn culprits<'w>(
    word: &'w Word,
    may_be_empty: &dyn Fn(&Parameter) -> bool,
) -> Option<Vec<&'w WordPart>> {
    let mut path = String::new();
    let mut found = Vec::new();
    for part in word.pieces() {
        match part {
            WordPart::Parameter(parameter) if may_be_empty(parameter) => found.push(part),
            WordPart::CommandSubstitution(substitution) if !prints_folder(substitution) => {
                found.push(part);
            }
            WordPart::Literal(text) | WordPart::SingleQuoted(text) => path.push_str(&text.value),
            WordPart::Escaped(escaped) => path.push(escaped.value),
            WordPart::Glob(glob) if glob.value == Glob::Star => path.push('*'),
            // Something that is not empty.
            _ => path.push('?'),
        }
    }
    let path = path.strip_suffix('*').unwrap_or(&path);
    if !path.starts_with('/') || path.len() > 64 {
        return None;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let path = format!("/{}", parts.join("/"));
    if found.is_empty() {
        return (path == "/").then_some(found);
    }
    // `$x` is a path of its own then, and `rm` does nothing without one.
    let is_system = path == "/" || SYSTEM.contains(&path.as_str());
    is_system.then_some(found)
}

/// Whether a substitution prints the name of a folder whenever the script goes on.
fn prints_folder(substitution: &CommandSubstitution) -> bool {
    let first = substitution.body.items.first();
    let command = first.and_then(|item| item.pipeline.commands.first());
    let command = command.and_then(Command::as_simple);
    let invocation = command.and_then(|command| command.unwrapped());
    invocation.is_some_and(|invocation| invocation.is_any(&["mktemp", "pwd"]))
}

/// Whether a variable cannot be empty behind an assignment.
fn is_filled(assignment: &Assignment) -> bool {
    let Some(word) = assignment.word() else {
        return true;
    };
    word.pieces().any(|part| match part {
        WordPart::Literal(text) | WordPart::SingleQuoted(text) => !text.value.is_empty(),
        WordPart::CommandSubstitution(substitution) => prints_folder(substitution),
        WordPart::Parameter(_) => false,
        _ => true,
    })
}

/// Whether a parameter is perhaps empty, and nothing sees to it that the script stops then.
fn may_be_empty(
    parameter: &Parameter,
    script: &InstructionScript<'_>,
    filled: &HashSet<&str>,
) -> bool {
    match parameter.operation.as_deref() {
        Some(Operation::Length) => return false,
        Some(Operation::Conditional { action, word, .. }) => match action {
            Conditionally::Fail => return false,
            Conditionally::Default | Conditionally::Assign => {
                return word.text().is_some_and(str::is_empty);
            }
            Conditionally::Alternative => return true,
        },
        _ => {}
    }
    if !parameter.is_variable() {
        return !matches!(&*parameter.name.value, "#" | "$" | "?" | "-");
    }
    let name = &*parameter.name.value;
    if ALWAYS_SET.contains(&name) || filled.contains(name) {
        return false;
    }
    // What a command inside the script sets is seen above; what comes from outside, the model knows.
    match script
        .model
        .config_at(script.place.instruction)
        .lookup(name)
    {
        Lookup::Defined(definition) => match definition.value.text() {
            Some(value) => value.is_empty(),
            None => definition.is_unset_by_default,
        },
        Lookup::Predefined(_) => false,
        Lookup::Undefined { perhaps_in_base } => {
            let is_local = name.bytes().any(|byte| byte.is_ascii_lowercase());
            !perhaps_in_base || is_local
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_paths_that_an_empty_variable_makes_dangerous_count() {
        dockerfile(
            "dangerous-rm-path",
            r#"
FROM example.com/base
ARG WITHOUT
ARG WITH=a
ENV SET=/opt/a EMPTY=
RUN rm -rf "$dir/"* ${dir}/ "$WITHOUT/*" \
#          ^^^^^^^^ `rm -r` removes a system directory if `$dir` is empty
#                   ^^^^^^^ `rm -r` removes a system directory if `${dir}` is empty
#                           ^^^^^^^^^^^^ `rm -r` removes a system directory if `$WITHOUT` is empty
  $EMPTY/usr /usr/$dir $(list)/*
# ^^^^^^^^^^ `rm -r` removes a system directory if `$EMPTY` is empty
#            ^^^^^^^^^ `rm -r` removes
#                      ^^^^^^^^^ `rm -r` removes a system directory if `$(list)` is empty
RUN sudo rm -R -- "$a/$b" && sh -c 'rm --recursive $a/lib/*' && find . | xargs rm -r /*
#                 ^^^^^^^ `rm -r` removes
#                                                  ^^^^^^^^ `rm -r` removes
#                                                                                    ^^ `rm -r` removes everything
RUN rm -rf $SET/* $WITH/* $UNKNOWN/* $dir $dir/lib/x $dir$dir "${dir:?}"/* "${dir:-a}"/* $HOME/* $PWD/ $$/*
RUN ["rm", "-rf", "/*", "$dir/"]
RUN ["sudo", "rm", "-rf", "/"]
#                         ^^^ `rm -r` removes everything
RUN rm -f $dir/* && rm "$dir"/* && echo rm -rf $dir/* && rm -rf /usr/share/doc/* "$dir"/*.c $dir/.* /opt/$dir/x
RUN dir=/a; rm -rf $dir/*; dir=$(mktemp -d) && rm -rf "$dir/"; for x in a; do rm -rf $x/*; done
RUN dir="$(list)" && rm -rf "$dir"/*
#                           ^^^^^^^^ `rm -r` removes
RUN set -eu; rm -rf $dir/*; set +u; rm -rf $dir/*
#                                          ^^^^^^ `rm -r` removes
"#,
        );
    }

    #[test]
    fn the_fix_guards_plain_variables() {
        let before = "FROM a\nRUN rm -rf \"$a\"/$b ${c}/* ${d%/}/*\n";
        let after = "FROM a\nRUN rm -rf \"${a:?}\"/${b:?} ${c:?}/* ${d%/}/*\n";
        let fixed = fixed("dangerous-rm-path", Applicability::Unsafe, before);
        assert_eq!(fixed, after);
    }
}

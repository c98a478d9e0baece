//! Flags uses of variables that are declared where the stage does not see them.

use std::collections::HashSet;

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::ast::{InstructionKind, Pair, Run};
use crate::dockerfile::model::{Definition, Lookup, Origin};
use crate::dockerfile::mount::MountKey;
use crate::dockerfile::script::ShellScript;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::predefined::{Predefined, predefined};
use crate::shell::ast::{Command, CompoundKind, Script};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Operation, WordPart};
use crate::text::{Edit, Span};

/// Variables that shells set themselves, or the builder for every command.
const SET_BY_SHELL: [&str; 18] = [
    "EUID", "GROUPS", "HOME", "HOSTNAME", "IFS", "LINENO", "OLDPWD", "OPTARG", "OPTIND", "PATH",
    "PPID", "PS1", "PWD", "RANDOM", "SECONDS", "SHELL", "TERM", "UID",
];

/// Commands behind which any variable may be set.
const SETS_ANYTHING: [&str; 3] = [".", "source", "eval"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    // Without a declaration there is nothing to be out of sight, but for what the builder declares.
    let names_platform = || cx.text().contains("TARGET") || cx.text().contains("BUILD");
    if model.definitions().is_empty() && !names_platform() {
        return;
    }
    let mut in_commands = HashSet::new();
    for index in stage.instructions.clone() {
        let Some(instruction) = model.ast.instructions.get(index) else {
            continue;
        };
        match &instruction.kind {
            InstructionKind::Onbuild(_) => {}
            InstructionKind::Run(run) => {
                words(stage, index, cx);
                for script in model.scripts_of(index) {
                    commands(stage, index, run, script, &mut in_commands, cx);
                }
            }
            _ => words(stage, index, cx),
        }
    }
}

/// Uses that BuildKit replaces.
fn words(stage: &Stage, index: usize, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    for used in model.unexplained(index) {
        let name = used.name;
        if let Some(declared) = model.declared_elsewhere(stage, name) {
            report(stage, used.name_span, declared, cx);
        }
    }
}

/// Uses in the commands of a `RUN`; for each name the first one of the stage.
fn commands<'m>(
    stage: &Stage,
    index: usize,
    run: &Run,
    script: &'m ShellScript,
    seen: &mut HashSet<&'m str>,
    cx: &mut Context<'m, Dockerfile>,
) {
    let Some(tree) = &script.script else { return };
    if !uses_capitals(script.text.text()) {
        return;
    }
    let model: &'m Dockerfile = cx.model;
    let config = model.config_at(index);
    let mut set = None;
    for (node, _) in tree.nodes_of(Kinds::PARAMETERS) {
        let Node::Part(WordPart::Parameter(parameter)) = node else {
            continue;
        };
        let name = parameter.name.value.as_str();
        let tolerates_unset = matches!(
            parameter.operation.as_deref(),
            Some(Operation::Conditional { .. } | Operation::Names)
        );
        if tolerates_unset || !is_in_capitals(name) || seen.contains(name) {
            continue;
        }
        if SET_BY_SHELL.contains(&name)
            || !matches!(
                config.lookup(name),
                Lookup::Undefined { .. } | Lookup::Predefined(_)
            )
        {
            continue;
        }
        let declared = model.declared_elsewhere(stage, name);
        // What the builder declares is in sight of `FROM` only.
        let is_platform = declared.is_none()
            && predefined(name) == Some(Predefined::Platform)
            && is_told_by_builder(stage, name, model);
        if (declared.is_none() && !is_platform) || makes_base(stage, name, model) {
            continue;
        }
        let set = set.get_or_insert_with(|| Set::of(tree));
        if set.anything || set.names.contains(name) || is_secret(run, name) {
            continue;
        }
        seen.insert(name);
        match declared {
            Some(declared) => report(stage, parameter.name.span, declared, cx),
            None => report_platform(stage, parameter.name.span, name, cx),
        }
    }
}

/// Whether only the builder can have set one of its variables for a platform: the image is known, and does not.
fn is_told_by_builder(stage: &Stage, name: &str, model: &Dockerfile) -> bool {
    let env = model.base_facts(stage).and_then(|image| image.env);
    let is_closed = model.root_of(stage).is_from_scratch() || env.is_some();
    is_closed && !env.is_some_and(|env| env.contains(&name))
}

fn report_platform(stage: &Stage, span: Span, name: &str, cx: &mut Context<'_, Dockerfile>) {
    let edit = argument_behind(stage, name, cx.text(), cx.model);
    let message = format!("`{name}` is not defined in this stage and becomes empty");
    cx.report(span, message)
        .help(format!(
            "put `ARG {name}` into this stage, above its use; the builder gives it the value"
        ))
        .fixes
        .extend(edit.map(|edit| {
            let title = "name it at the beginning of the stage";
            Fix::new(title, Applicability::Safe, vec![edit])
        }));
}

/// Whether a variable in capitals may be used in a text.
fn uses_capitals(text: &str) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    memchr::memchr_iter(b'$', text.as_bytes()).any(|at| {
        let rest = text[at + 1..].trim_start_matches(['{', '#', '!']);
        let len = rest.bytes().take_while(is_name).count();
        is_in_capitals(&rest[..len])
    })
}

fn is_in_capitals(name: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(is_capital) && name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a secret is put into the variable.
fn is_secret(run: &Run, name: &str) -> bool {
    let mut variables = run
        .mounts
        .iter()
        .filter_map(|mount| mount.value(MountKey::Env));
    variables.any(|variable| *variable.raw == *name)
}

/// Whether an image of which not all variables are known is named with the variable: it may well have it too.
fn makes_base(stage: &Stage, name: &str, model: &Dockerfile) -> bool {
    let root = model.root_of(stage);
    let InstructionKind::From(from) = &model.ast.instructions[root.from].kind else {
        return false;
    };
    let mut names = from
        .image
        .iter()
        .flat_map(|word| word.references().map(|reference| word.name_of(reference).0));
    if root.is_from_scratch() || !names.any(|used| used == name) {
        return false;
    }
    let image = model.base_facts(stage);
    image.is_none_or(|image| image.env.is_none())
}

/// What a script sets.
struct Set<'s> {
    anything: bool,
    names: HashSet<&'s str>,
}

impl<'s> Set<'s> {
    fn of(script: &'s Script) -> Set<'s> {
        let mut set = Set {
            anything: false,
            names: HashSet::new(),
        };
        for (node, _) in script.nodes_of(
            const {
                Kinds::COMMANDS
                    .and(Kinds::COMPOUNDS)
                    .and(Kinds::ASSIGNMENTS)
                    .and(Kinds::PARAMETERS)
            },
        ) {
            match node {
                Node::Assignment(assignment) => {
                    set.names.insert(assignment.name.value.as_str());
                }
                Node::Command(Command::Compound(compound)) => {
                    if let CompoundKind::For(each) = &compound.kind {
                        set.names.insert(each.variable.value.as_str());
                    }
                }
                Node::Command(Command::Simple(command)) => {
                    let name = command.name();
                    set.anything |= name.is_some_and(|name| SETS_ANYTHING.contains(&name));
                    // `read NAME`, `export NAME`, `printf -v NAME`, and whatever else takes a name.
                    set.names
                        .extend(command.args().iter().filter_map(|word| word.literal()));
                }
                Node::Part(WordPart::Parameter(parameter)) => {
                    if let Some(Operation::Conditional { .. }) = parameter.operation.as_deref() {
                        // Whoever asks whether it is set knows that it may not be.
                        set.names.insert(parameter.name.value.as_str());
                    }
                }
                _ => {}
            }
        }
        set
    }
}

fn report(stage: &Stage, span: Span, declared: &Definition, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let name = &*declared.name;
    let shown = excerpt(name);
    let place = match declared.stage {
        None => "before the first `FROM`",
        Some(_) => "in another stage",
    };
    let fix = fix(stage, declared, cx.text(), model);
    let finding = cx.report(
        span,
        format!("`{shown}` is not defined in this stage and becomes empty"),
    );
    finding
        .label(declared.name_span, format!("declared {place} only"))
        .help(match declared.origin {
            Origin::Arg => format!("put `ARG {shown}` into this stage, above its use"),
            Origin::Env => format!("define `{shown}` in this stage as well"),
        })
        .fixes
        .extend(fix);
    if makes_base(stage, name, model) {
        finding.severity(Severity::Warning);
    }
}

fn fix(stage: &Stage, declared: &Definition, text: &str, model: &Dockerfile) -> Option<Fix> {
    let (title, argument, applicability) = match (declared.origin, declared.stage) {
        (Origin::Env, _) => return None,
        (Origin::Arg, None) => {
            let title = "name it again at the beginning of the stage";
            (title, &*declared.name, Applicability::Safe)
        }
        (Origin::Arg, Some(_)) => {
            let pair = pair_of(declared, model)?;
            let title = "declare it here as well; the two defaults can drift apart";
            (title, pair.span.text(text), Applicability::Unsafe)
        }
    };
    if argument.contains(['\n', '$']) {
        return None;
    }
    let edit = argument_behind(stage, argument, text, model)?;
    Some(Fix::new(title, applicability, vec![edit]))
}

/// Declares an argument right behind the `FROM` of a stage.
fn argument_behind(stage: &Stage, argument: &str, text: &str, model: &Dockerfile) -> Option<Edit> {
    let from = model.ast.instructions.get(stage.from)?;
    let keyword = match &*from.keyword.value {
        "from" => "arg",
        _ => "ARG",
    };
    let end = from.span.end;
    let is_windows = text[end as usize..].starts_with("\r\n");
    let line_end = if is_windows { "\r\n" } else { "\n" };
    Some(Edit::insert(end, format!("{line_end}{keyword} {argument}")))
}

fn pair_of<'m>(declared: &Definition, model: &'m Dockerfile) -> Option<&'m Pair> {
    match &model.acting(declared.instruction).kind {
        InstructionKind::Arg(arg) => arg
            .pairs
            .iter()
            .find(|pair| pair.key.span == declared.name_span),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn a_stage_names_platforms_before_it_uses_them() {
        dockerfile(
            "variable-out-of-scope",
            r#"
FROM debian:13
RUN curl -O https://example.com/$TARGETARCH/$TARGETOS-${TARGETVARIANT:-}
#                                ^^^^^^^^^^ error: `TARGETARCH` is not defined in this stage and becomes empty
#                                            ^^^^^^^^ error: `TARGETOS`
RUN echo $TARGETARCH && BUILDARCH=$(arch) && echo $BUILDARCH $TARGETS
FROM debian:13
ARG TARGETARCH
RUN echo $TARGETARCH
FROM registry.example.org/base
RUN echo $BUILDOS
"#,
        );
        assert_eq!(
            fixed(
                "variable-out-of-scope",
                Applicability::Safe,
                "FROM debian:13\nRUN echo $TARGETARCH\n"
            ),
            "FROM debian:13\nARG TARGETARCH\nRUN echo $TARGETARCH\n"
        );
    }

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "variable-out-of-scope",
            r#"
ARG GLOBAL=1 TARGETOS LOW=x
FROM debian:13 AS base
ARG INNER=2
ENV SET=3
COPY "a b/${GLOBAL}" \
#           ^^^^^^ error: `GLOBAL` is not defined in this stage
  x$TARGETOS $LOWER /
#   ^^^^^^^^ error: `TARGETOS` is not defined in this stage
ENV OWN=${GLOBAL:-x} GLOBALS=$GLOBALS
FROM registry.example.org/base
USER $INNER$SET
#     ^^^^^ error: `INNER` is not defined in this stage
FROM scratch
USER $SET
#     ^^^ error: `SET` is not defined in this stage
ONBUILD USER $SET
"#,
        );
    }

    #[test]
    fn commands_are_looked_into() {
        dockerfile(
            "variable-out-of-scope",
            r#"
ARG A=1 B=2 C=3 D=4 E=5 F=6 G=7 lower=8 HOME=9 TOKEN=10
FROM debian:13
RUN x && echo "a \
  $A" ${B%.*} $A
#  ^ error: `A` is not defined in this stage
#       ^ error: `B` is not defined in this stage
RUN echo $A $lower $HOME ${C-c} '$D' \$E
RUN for D in 1; do echo $D; done; read E; echo $E; C=2; echo $C
RUN --mount=type=secret,id=x,env=TOKEN use $TOKEN
RUN sh -c 'echo $F' && cat <<EOF
#                ^ error: `F` is not defined in this stage
text $G
#     ^ error: `G` is not defined in this stage
EOF
CMD echo $C
"#,
        );
    }

    #[test]
    fn a_base_image_that_is_named_with_it_may_define_it() {
        dockerfile(
            "variable-out-of-scope",
            r#"
ARG V=1
FROM registry.example.org/base:$V
RUN echo $V
LABEL v=$V
#        ^ warning: `V` is not defined in this stage
"#,
        );
    }

    #[test]
    fn one_line_mends_a_stage() {
        let before = "ARG A=1\r\nfrom b as c\r\nuser $A\r\nlabel a=$A\r\n";
        let after = "ARG A=1\r\nfrom b as c\r\narg A\r\nuser $A\r\nlabel a=$A\r\n";
        assert_eq!(
            fixed("variable-out-of-scope", Applicability::Safe, before),
            after
        );
        let before = "FROM a\nARG B=\"c d\"\nFROM e\nUSER $B\n";
        let after = "FROM a\nARG B=\"c d\"\nFROM e\nARG B=\"c d\"\nUSER $B\n";
        assert_eq!(
            fixed("variable-out-of-scope", Applicability::Unsafe, before),
            after
        );
    }
}

//! Flags build arguments whose values do not reach the stages that use them: declared above the first `FROM` alone.

use std::collections::HashMap;

use crate::compose::project::Project;
use crate::dockerfile::Stage;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::{Lookup, Origin};
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::predefined::predefined;
use crate::shell::ast::Script;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Operation, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

/// An argument that is declared above the first `FROM` alone.
struct Global {
    declared: Span,
    used: Option<(usize, Span)>,
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let arguments = &used.build.value.args;
    if arguments.is_empty() || !used.is_settled(cx.model) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let mut globals: HashMap<&str, Global> = HashMap::new();
    for argument in arguments {
        if let Some(name) = argument.name.value.known()
            && predefined(name).is_none()
            && let Some(declared) = declared(&reading, name)
        {
            let global = Global {
                declared,
                used: None,
            };
            globals.insert(name, global);
        }
    }
    if globals.is_empty() {
        return;
    }
    find_uses(&reading, &mut globals);
    for argument in arguments {
        let name = argument.name.value.text();
        let Some(Global {
            declared,
            used: Some((_, place)),
        }) = globals.remove(name)
        else {
            continue;
        };
        let message = format!(
            "the value of `{}` does not reach the stage that uses it",
            excerpt(name)
        );
        cx.report(argument.name.text_at(), message)
            .label(reading.file.location(place), "nothing stands for it here")
            .label(
                reading.file.location(declared),
                "this declaration is for `FROM` alone",
            )
            .help(format!(
                "write `ARG {}` in the stage as well",
                excerpt(name)
            ));
    }
}

/// Where an argument is declared above the first `FROM`, if it is nowhere else.
fn declared(reading: &Reading<'_>, name: &str) -> Option<Span> {
    let mut definitions = reading.model().definitions_of(name);
    let first = definitions.next()?;
    let is_lone = definitions.next().is_none();
    (is_lone && first.stage.is_none() && first.origin == Origin::Arg).then_some(first.name_span)
}

/// Finds the first use of each argument in the stages that the build needs.
fn find_uses(reading: &Reading<'_>, globals: &mut HashMap<&str, Global>) {
    let model = reading.model();
    for (number, instruction) in reading.instructions() {
        let Some(stage) = model.stage_of(number).filter(|stage| stage.from != number) else {
            continue;
        };
        if matches!(instruction.kind, InstructionKind::Onbuild(_)) {
            continue;
        }
        for used in model.unexplained(number) {
            note(reading, stage, used.name, (number, used.name_span), globals);
        }
        if !matches!(instruction.kind, InstructionKind::Run(_)) {
            continue;
        }
        for script in model.scripts_of(number) {
            if let Some(tree) = &script.script {
                in_script(reading, stage, number, tree, globals);
            }
        }
    }
}

fn in_script(
    reading: &Reading<'_>,
    stage: &Stage,
    number: usize,
    script: &Script,
    globals: &mut HashMap<&str, Global>,
) {
    let config = reading.model().config_at(number);
    for (node, _) in script.nodes_of(Kinds::PARAMETERS) {
        let Node::Part(WordPart::Parameter(parameter)) = node else {
            continue;
        };
        let name = parameter.name.value.as_str();
        let tolerates_unset = matches!(
            parameter.operation.as_deref(),
            Some(Operation::Conditional { .. } | Operation::Names)
        );
        if !globals.contains_key(name)
            || tolerates_unset
            || !matches!(config.lookup(name), Lookup::Undefined { .. })
            || makes_base(reading, name)
            || sets(script, name)
        {
            continue;
        }
        note(reading, stage, name, (number, parameter.name.span), globals);
    }
}

fn note(
    reading: &Reading<'_>,
    stage: &Stage,
    name: &str,
    place: (usize, Span),
    globals: &mut HashMap<&str, Global>,
) {
    if let Some(global) = globals.get_mut(name)
        && global.used.is_none()
        && reading.model().declared_elsewhere(stage, name).is_some()
    {
        global.used = Some(place);
    }
}

/// Whether the tag of an image is made from a variable: such an image often sets one of the same name.
fn makes_base(reading: &Reading<'_>, name: &str) -> bool {
    let froms = reading.model().stages.iter().filter_map(|stage| {
        match &reading.model().ast.instructions[stage.from].kind {
            InstructionKind::From(from) => from.image.as_ref(),
            _ => None,
        }
    });
    let mut words = froms.flat_map(|image| {
        image
            .references()
            .map(move |reference| image.name_of(reference).0)
    });
    words.any(|used| used == name)
}

/// Whether a script gives a variable a value, or may do so by reading another file.
fn sets(script: &Script, name: &str) -> bool {
    script.commands().any(|found| {
        let command = found.command;
        let words = || command.words.iter().filter_map(|word| word.literal());
        let first = words().next();
        let assigns = |assignment: &crate::shell::ast::Assignment| assignment.name.value == name;
        command.assignments.iter().any(assigns)
            || matches!(first, Some("." | "source" | "eval"))
            || matches!(first, Some("read" | "export" | "for" | "local" | "declare"))
                && words().any(|word| word.split('=').next() == Some(name))
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const FILES: &[(&str, &str)] = &[(
        "Dockerfile",
        "ARG BASE=13\nARG VERSION\nARG COMMIT\nARG LATER=1\nARG OTHER\nARG SET\nFROM debian:$BASE\nARG COMMIT\nRUN fetch $VERSION $COMMIT $BASE ${LATER:-2}\nCOPY app-$OTHER /\nRUN SET=1; use $SET\n",
    )];

    #[test]
    fn the_name_is_marked() {
        compose_among(
            "build-arg-out-of-scope",
            FILES,
            "compose.yaml",
            r#"
services:
  a:
    build:
      args:
        BASE: 12
        "VERSION": 2
#       ^^^^^^^^^ warning: the value of `VERSION` does not reach the stage that uses it
        COMMIT: x
        LATER: 3
        SET: 1
        NONE: 1
  b: {build: {args: [OTHER]}}
#                    ^^^^^ warning: the value of `OTHER` does not reach
  c: {build: {args: ["$X=1"]}}
  d: {build: {context: $X, args: [OTHER]}}
"#,
        );
    }
}

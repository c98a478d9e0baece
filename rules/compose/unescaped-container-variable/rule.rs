//! Flags variables of a container that Compose replaces before the container sees them.

use std::collections::{HashMap, HashSet};

use crate::compose::command::Command;
use crate::compose::container::Container;
use crate::compose::healthcheck::Test;
use crate::compose::interpolate::Reference;
use crate::compose::project::Project;
use crate::compose::script::ContainerScript;
use crate::compose::value::Scalar;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::ast::{Command as ShellCommand, CompoundKind};
use crate::shell::walk::Node;
use crate::text::{Edit, Location, Span, order};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

/// Variables that shells set themselves and do not hand on to other programs, so that Compose never has them.
const OF_SHELLS: [&str; 3] = ["HOSTNAME", "PPID", "RANDOM"];

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let asks = |scalar: &Scalar| !scalar.references().is_empty();
    let may_ask = project.merged.documents().any(|document| {
        let mut services = document.services.iter();
        let mut containers = document.containers();
        services.any(|service| service.hooks().next().is_some())
            || containers.any(|owned| scalars(owned.container).into_iter().any(asks))
    });
    // Most projects ask for no variable in a command.
    if !may_ask {
        return;
    }
    let mut outside = Outside::default();
    let mut seen: HashSet<Location> = HashSet::new();
    for script in &project.merged.scripts() {
        let mut assigned = None;
        for hole in script.holes.iter().filter(|hole| is_bare(hole, project)) {
            let name = &*hole.name;
            let at = Location {
                file: script.file,
                span: hole.span,
            };
            seen.insert(at);
            let assigned = assigned.get_or_insert_with(|| assigned_in(script));
            if assigned.contains(name) {
                report(at, name, None, Applicability::Safe, cx);
            } else if OF_SHELLS.contains(&name) {
                if !outside.uses(name, project, cx.text()) {
                    report(at, name, None, Applicability::Safe, cx);
                }
            } else if let Some(given) = given(script.container, name, project)
                && !outside.uses(name, project, cx.text())
            {
                report(at, name, Some(given), Applicability::Unsafe, cx);
            }
        }
    }
    for owned in project.merged.containers() {
        let container = owned.container;
        for scalar in scalars(container) {
            let references = scalar.references().iter();
            for reference in references.filter(|reference| is_bare(reference, project)) {
                let at = Location {
                    file: scalar.file(),
                    span: reference.span,
                };
                let name = &*reference.name;
                if let Some(given) = given(container, name, project)
                    && seen.insert(at)
                    && !outside.uses(name, project, cx.text())
                {
                    report_without_shell(at, name, given, cx);
                }
            }
        }
    }
}

/// Whether a reference names a variable and nothing else, and the project does not set that.
fn is_bare(reference: &Reference, project: &Project) -> bool {
    let name = &*reference.name;
    let environment = &project.environment;
    reference.operator.is_none()
        && environment.get(name).is_none()
        && !environment.is_set_to_unknown(name)
}

/// The scalars of a container's commands.
fn scalars(container: &Container) -> Vec<&Scalar> {
    let mut all = Vec::new();
    for command in [&container.entrypoint, &container.command]
        .into_iter()
        .flatten()
    {
        match &command.value {
            Command::Line(line) => all.push(&line.text),
            Command::Words(words) => all.extend(words.iter().map(|word| &word.value)),
        }
    }
    let check = container.healthcheck.as_ref();
    if let Some(test) = check.and_then(|check| check.value.test.as_ref()) {
        match &test.value {
            Test::Text(line) => all.push(line),
            Test::Cmd { words, .. } | Test::CmdShell { words, .. } => {
                all.extend(words.iter().map(|word| &word.value));
            }
            Test::None { .. } | Test::Other(_) => {}
        }
    }
    all
}

/// Where a container gets a variable from, if its value does not come from the variable of the same name.
fn given(container: &Container, name: &str, project: &Project) -> Option<Location> {
    let Some(pair) = container.environment.get(name) else {
        return in_env_files(container, name, project);
    };
    let value = &pair.value.as_ref()?.value;
    let is_own = value
        .references()
        .iter()
        .all(|reference| &*reference.name != name);
    is_own.then_some(pair.name.at)
}

/// Where an `env_file` of the container sets a variable.
fn in_env_files(container: &Container, name: &str, project: &Project) -> Option<Location> {
    container.env_file.iter().find_map(|env_file| {
        let path = project.local_path(&env_file.path.value)?;
        let mut files = project.variables.iter();
        let file = files.find(|file| file.path == path && !file.of_project)?;
        let entry = file.entries.iter().find(|entry| *entry.name == *name)?;
        Some(Location {
            file: file.id,
            span: entry.name_span,
        })
    })
}

/// The variables that a script sets, but for those that it is told by Compose: `A=$A`.
fn assigned_in<'s>(script: &'s ContainerScript<'_>) -> HashSet<&'s str> {
    let mut found = HashSet::new();
    let mut told: HashSet<&str> = HashSet::new();
    for (node, _) in script.script.iter().flat_map(|script| script.nodes()) {
        match node {
            Node::Assignment(assignment) => {
                let name = &*assignment.name.value;
                let is_told = script
                    .holes
                    .iter()
                    .any(|hole| &*hole.name == name && assignment.span.contains(hole.span));
                if is_told {
                    told.insert(name);
                }
                found.insert(name);
            }
            Node::Command(ShellCommand::Compound(compound)) => {
                if let CompoundKind::For(command) = &compound.kind {
                    found.insert(&*command.variable.value);
                }
            }
            Node::Command(ShellCommand::Simple(command)) if command.name() == Some("read") => {
                let names = command.args().iter().filter_map(|word| word.text());
                found.extend(names.filter(|name| !name.starts_with('-')));
            }
            _ => {}
        }
    }
    found.retain(|name| !told.contains(name));
    found
}

/// Which variables the file asks Compose for outside of commands, where it can only mean those of Compose.
#[derive(Default)]
struct Outside {
    known: HashMap<Box<str>, bool>,
    commands: Option<Vec<Span>>,
}

impl Outside {
    fn uses(&mut self, name: &str, project: &Project, text: &str) -> bool {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let commands = self.commands.get_or_insert_with(|| {
            let mut spans: Vec<Span> = project
                .merged
                .containers()
                .flat_map(|owned| scalars(owned.container))
                .map(|scalar| scalar.span_of(0..scalar.text().len()))
                .collect();
            let hooks = project
                .merged
                .services
                .iter()
                .flat_map(|service| service.hooks());
            spans.extend(hooks.filter_map(|hook| Some(hook.command.as_ref()?.at.span)));
            order::sort(&mut spans);
            spans
        });
        let is_use = |at: usize| {
            let before = text[..at].strip_suffix('{').unwrap_or(&text[..at]);
            let behind = text[at + name.len()..].bytes().next();
            let is_name = behind.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
            let Some(before) = before.strip_suffix('$').filter(|_| !is_name) else {
                return false;
            };
            let first = commands.partition_point(|span| (span.start as usize) <= at);
            let near = commands[..first].iter().rev().take(8);
            let is_command = near.into_iter().any(|span| at < span.end as usize);
            let line = before.rsplit('\n').next().unwrap_or_default();
            let is_comment = line.trim_start().starts_with('#');
            !before.ends_with('$') && !is_command && !is_comment
        };
        let uses = memchr::memmem::find_iter(text.as_bytes(), name).any(is_use);
        self.known.insert(name.into(), uses);
        uses
    }
}

fn report(
    at: Location,
    name: &str,
    given: Option<Location>,
    applicability: Applicability,
    cx: &mut Context<'_, Project>,
) {
    let shown = excerpt(name);
    let message = format!("Compose replaces `${shown}` before the container's shell sees it");
    let finding = cx.report(at, message);
    finding.help(format!(
        "write `$${shown}` for the variable of the container"
    ));
    if let Some(given) = given {
        finding.label(given, "the container has it from here");
    }
    let edit = Edit::insert(at.span.start, "$");
    let title = "double the dollar, so that the shell sees one";
    finding.fix(Fix::new(title, applicability, vec![edit]));
}

fn report_without_shell(at: Location, name: &str, given: Location, cx: &mut Context<'_, Project>) {
    let shown = excerpt(name);
    let message = format!("`${shown}` is a variable of Compose here, not of the container");
    let finding = cx.report(at, message);
    finding.label(given, "the container has one of this name");
    finding.help(format!(
        "let a shell run the command and write `$${shown}`, or set it for Compose"
    ));
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, compose_among, fixed_compose};

    #[test]
    fn what_the_container_has_is_marked() {
        compose(
            "unescaped-container-variable",
            r#"
services:
  a:
    image: x
    environment: {USER_NAME: app, PORT: "80", OTHER: "${OTHER}", TAG: a, LEVEL: }
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U $USER_NAME -d ${OTHER} -p ${PORT:-80}"]
#                                        ^^^^^^^^^^ Compose replaces `$USER_NAME` before
    command: serve --port ${PORT} $LEVEL
#                         ^^^^^^^ `$PORT` is a variable of Compose here
    labels: {tag: "${TAG}"}
    entrypoint: sh -c "run $TAG $$USER_NAME"
"#,
        );
    }

    #[test]
    fn what_a_file_with_variables_gives_is_marked() {
        compose_among(
            "unescaped-container-variable",
            &[("a.env", "MODE=fast\nTAG=1\n"), (".env", "LEVEL=1\n")],
            "compose.yaml",
            r#"
services:
  a:
    image: "x:${TAG}"
    env_file: [a.env, .env, not.env]
    command: [sh, -c, "run $MODE $LEVEL $TAG $OTHER"]
#                          ^^^^^ Compose replaces `$MODE`
  b: {image: x, command: [sh, -c, "run $MODE"]}
"#,
        );
    }

    #[test]
    fn what_a_script_sets_is_marked() {
        compose(
            "unescaped-container-variable",
            r#"
services:
  a:
    image: x
    pre_stop:
      - command: [sh, -c, 'for i in 1 2; do echo $i; done']
#                                                ^^ Compose replaces `$i`
    entrypoint: ["sh", "-c", "B=$B; echo $B; read -r line; echo ${line} $RANDOM $HOME"]
#                                                               ^^^^^^^ Compose replaces `$line`
#                                                                       ^^^^^^^ Compose replaces `$RANDOM`
"#,
        );
    }

    #[test]
    fn the_fix_doubles_the_dollar() {
        assert_eq!(
            fixed_compose(
                "unescaped-container-variable",
                Applicability::Safe,
                "services: {a: {image: x, command: 'sh -c \"for i in *; do echo ${i}; done\"'}}\n"
            ),
            "services: {a: {image: x, command: 'sh -c \"for i in *; do echo $${i}; done\"'}}\n"
        );
    }
}

//! Flags `rails assets:precompile` without anything that stands for the secret key.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Lookup;
use crate::dockerfile::mount::MountKind;
use crate::engine::nodes::{Host, InstructionScript, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::SimpleCommand;
use crate::shell::programs::Programs;
use crate::shell::word::Word;
use crate::text::Edit;

/// Variables that give the application a key.
const KEYS: [&str; 3] = [
    "RAILS_MASTER_KEY",
    "SECRET_KEY_BASE",
    "SECRET_KEY_BASE_DUMMY",
];

/// Variables that say which environment the application runs in.
const ENVIRONMENTS: [&str; 2] = ["RACK_ENV", "RAILS_ENV"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(script) = &script.in_dockerfile() else {
        return;
    };
    let Some(run) = script.run() else { return };
    if !script
        .script
        .may_run(const { &Programs::of(&["bundle", "rails", "rake"]) })
    {
        return;
    }
    let mut is_set = run
        .mounts
        .iter()
        .any(|mount| mount.kind == Some(MountKind::Secret));
    let mut config = None;
    for found in script.script.commands() {
        let sets_here = sets_key(found.command);
        if found.command.words.is_empty() || found.command.name() == Some("export") {
            is_set |= sets_here;
        }
        let Some(task) = precompile(found.command) else {
            continue;
        };
        if is_set || sets_here || !found.context.is_exact() {
            continue;
        }
        let is_set_before = *config.get_or_insert_with(|| is_set_before(script));
        if is_set_before {
            return;
        }
        let at = found.command.span.start;
        let edits = vec![Edit::insert(at, "SECRET_KEY_BASE_DUMMY=1 ")];
        cx.report(
            task.span,
            "the assets are compiled with the real key, or with none",
        )
        .help("set `SECRET_KEY_BASE_DUMMY=1` for this command")
        .fix(Fix::new(
            "set `SECRET_KEY_BASE_DUMMY=1` for this command",
            Applicability::Safe,
            edits,
        ));
    }
}

/// Whether assignments of a command give a key, or say that it is not for production.
fn sets_key(command: &SimpleCommand) -> bool {
    let assigned = command.assignments.iter().any(|assignment| {
        let name = &*assignment.name.value;
        let is_other_environment = || {
            ENVIRONMENTS.contains(&name)
                && !assignment.word().is_some_and(|word| word.is("production"))
        };
        KEYS.contains(&name) || is_other_environment()
    });
    // `env NAME=value rails …`, `rails … RAILS_ENV=test`
    assigned
        || command.words.iter().any(|word| {
            let text = word.leading_piece();
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            text.contains('=')
                && (KEYS.contains(&name) || ENVIRONMENTS.contains(&name) && value != "production")
        })
}

/// The task of a command that runs it: `rails`, `bin/rails`, `bundle exec rake`.
fn precompile(command: &SimpleCommand) -> Option<&Word> {
    let mut words = command.words.as_slice();
    if let [bundle, exec, rest @ ..] = words
        && bundle.is("bundle")
        && exec.is("exec")
    {
        words = rest;
    }
    let (program, arguments) = words.split_first()?;
    let name = program.literal()?.rsplit('/').next()?;
    if !matches!(name, "rails" | "rake") {
        return None;
    }
    arguments.iter().find(|word| word.is("assets:precompile"))
}

/// Whether instructions above say the same for all commands.
fn is_set_before(script: &InstructionScript<'_>) -> bool {
    let config = script.model.config_at(script.place.instruction);
    let is_defined = |name: &&str| matches!(config.lookup(name), Lookup::Defined(_));
    let is_other_environment = |name: &&str| match config.lookup(name) {
        Lookup::Defined(definition) => definition.value.text() != Some("production"),
        _ => false,
    };
    KEYS.iter().any(is_defined) || ENVIRONMENTS.iter().any(is_other_environment)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_task_is_marked() {
        dockerfile(
            "asset-precompile-without-dummy-key",
            r#"
FROM ruby:3.4
RUN bundle install && NODE_ENV=production bin/rails \
  assets:precompile
# ^^^^^^^^^^^^^^^^^ the assets are compiled with the real key, or with none
RUN RAILS_ENV=production rake assets:clean assets:precompile
#                                          ^^^^^^^^^^^^^^^^^ the assets
RUN export SECRET_KEY_BASE=x; rails assets:precompile
RUN env SECRET_KEY_BASE_DUMMY=1 rails assets:precompile
RUN rake assets:precompile RAILS_ENV=test; echo rails assets:precompile
CMD rails assets:precompile
ARG SECRET_KEY_BASE
RUN rails assets:precompile
"#,
        );
    }

    #[test]
    fn the_key_is_set_for_the_command_alone() {
        let text = |run| format!("FROM a\nRUN {run}\n");
        let fixed = fixed(
            "asset-precompile-without-dummy-key",
            Applicability::Safe,
            &text("a && RAILS_ENV=production bin/rails assets:precompile && b"),
        );
        assert_eq!(
            fixed,
            text(
                "a && SECRET_KEY_BASE_DUMMY=1 RAILS_ENV=production bin/rails assets:precompile && b"
            )
        );
    }
}

//! Flags `yarn install` whose cache stays in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Base;
use crate::dockerfile::packages::{Fate, PackageScript, PackageUse, Packages};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::{Context, Hooks};
use crate::shell::ast::ListOperator;
use crate::shell::packages::managers::{Action, System};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

/// What only newer versions of Yarn know.
const NEWER: &[&str] = &[
    ".yarnrc.yml",
    ".yarn/",
    "corepack",
    "yarn set version",
    "--immutable",
    ".pnp.",
];

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if !script.is_in_output() {
        return;
    }
    // The last one: what cleans up behind it cleans up behind all.
    let mut uses = script.uses.iter().rev();
    let fills = |found: &PackageUse<'_>| {
        found.is_of(System::Yarn) && matches!(found.action, Action::Install | Action::Sync)
    };
    let Some(last) = uses.find(|found| fills(found)) else {
        return;
    };
    if last.cache != Fate::Stays || is_elsewhere(script, last) || is_newer(script, cx.text()) {
        return;
    }
    let fix = fix(script, last);
    let finding = cx.report(last.head(), "`yarn` leaves its cache in the image");
    finding.help("end the same `RUN` with `yarn cache clean`, or mount a cache");
    finding.fixes.extend(fix);
}

/// How far up a newer version is looked for.
const MAX_STAGES: usize = 8;
const MAX_EARLIER: usize = 64;

/// Whether the stage, or the nearest ones that it is built on, speaks of a newer version of Yarn.
fn is_newer(script: &PackageScript<'_>, text: &str) -> bool {
    let model = script.dockerfile;
    let says = |index: usize| {
        let written = model.ast.instructions[index].span.text(text);
        NEWER.iter().any(|word| written.contains(word))
    };
    let mut end = script.place.instruction + 1;
    for stage in model.chain(script.stage).take(MAX_STAGES) {
        let earlier = (stage.instructions.start..end.max(stage.instructions.start)).rev();
        if earlier.take(MAX_EARLIER).any(says) {
            return true;
        }
        if let Base::Stage(base) = stage.base {
            end = model
                .stages
                .get(base)
                .map_or(0, |base| base.instructions.end);
        }
    }
    false
}

/// Whether the cache is in a mount, in a folder that only the build knows, or below a folder for what is
/// temporary.
fn is_elsewhere(script: &PackageScript<'_>, found: &PackageUse<'_>) -> bool {
    let is_other = |folder: Option<&str>| folder.is_none_or(|folder| script.is_mounted(folder));
    let mut folders = found.values_of(&["cache-folder", "preferred-cache-folder"]);
    let variable = script.variable(found, "YARN_CACHE_FOLDER");
    folders.any(|folder| is_other(folder.text))
        || variable.is_some_and(is_other)
        || found.has_flag(&["help", "version"])
        || script.hidden_flags(found).any(|flag| flag.is_none())
}

/// Cleans the cache at the end of the script.
fn fix(script: &PackageScript<'_>, found: &PackageUse<'_>) -> Option<Fix> {
    let last = script.script.body.items.last()?;
    let ends_in_background = last
        .operator
        .is_some_and(|operator| operator.value == ListOperator::Background);
    // Another user has another cache.
    let is_wrapped = found.invocation.is_wrapped();
    if ends_in_background || is_wrapped || script.place.origin == ScriptOrigin::ExecForm {
        return None;
    }
    let text = match script.place.origin {
        ScriptOrigin::Heredoc => "\nyarn cache clean",
        ScriptOrigin::ShellForm | ScriptOrigin::ExecForm => " && yarn cache clean",
    };
    let edit = Edit::insert(last.pipeline.span.end, text);
    let title = "clean the cache in the same `RUN`";
    Some(Fix::new(title, Applicability::Safe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn what_cleans_behind_the_last_counts() {
        dockerfile(
            "yarn-cache-not-cleaned",
            r#"
FROM node:24
RUN yarn cache clean && yarn && yarn global add a@1
#                               ^^^^^^^^^^^^^^^ `yarn` leaves its cache
RUN yarn
#   ^^^^ `yarn` leaves its cache in the image
RUN yarn build && yarn run install && yarn test && echo yarn install
RUN YARN_CACHE_FOLDER=$CACHE yarn install && yarn install --cache-folder $CACHE && yarn $OPTIONS install
RUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn && rm -rf node_modules
RUN --mount=type=cache,target=/usr/local/share/.cache yarn install
RUN yarn && rm -rf /usr/local/share/.cache
RUN --mount=type=tmpfs,target=/tmp yarn install --cache-folder=/tmp/yarn
"#,
        );
    }

    #[test]
    fn a_heredoc_gets_a_line() {
        assert_eq!(
            fixed(
                "yarn-cache-not-cleaned",
                Applicability::Safe,
                "FROM node:24\nRUN <<EOF\nyarn install\nyarn build\nEOF\n",
            ),
            "FROM node:24\nRUN <<EOF\nyarn install\nyarn build\nyarn cache clean\nEOF\n"
        );
    }
}

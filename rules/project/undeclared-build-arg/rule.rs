//! Flags build arguments that the Dockerfile does not declare where the build would see them.

use std::collections::{HashMap, HashSet};

use crate::compose::project::Project;
use crate::compose::value::Pair;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Origin;
use crate::dockerfile::nearest::nearest;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::predefined::predefined;
use crate::text::{Edit, Location, order};
use crate::yaml::edit;

/// How many names of arguments are compared with a misspelt one.
const MAX_NAMES: usize = 256;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.builds(check);
}

fn check(builds: &[BuildUse<'_>], cx: &mut Context<'_, Project>) {
    // One argument can reach several builds, through an anchor, a merge or `extends`. It is of use if one declares it.
    let mut of_use: HashSet<Location> = HashSet::new();
    let mut found: Vec<(&Pair, &BuildUse<'_>, Reading<'_>)> = Vec::new();
    for used in builds {
        let reading = used
            .reading()
            .filter(|reading| used.is_settled(cx.model) && !reading.may_be_made_of_triggers());
        let declared = reading.as_ref().map(declared);
        for argument in &used.build.value.args {
            let name = argument.name.value.known();
            let is_missing = match (&declared, name) {
                (Some(declared), Some(name)) => {
                    !declared.contains_key(name) && predefined(name).is_none()
                }
                _ => false,
            };
            match &reading {
                Some(reading) if is_missing => found.push((argument, used, reading.clone())),
                _ => {
                    of_use.insert(argument.name.at);
                }
            }
        }
    }
    for (argument, used, reading) in found {
        if !of_use.contains(&argument.name.at) {
            report(argument, used, &reading, cx);
        }
    }
}

/// The arguments that the build declares, before the first `FROM` and in the stages that it may need, and where.
fn declared<'n>(reading: &Reading<'n>) -> HashMap<&'n str, Location> {
    let model = reading.model();
    let counts = |stage: Option<usize>| stage.is_none_or(|stage| reading.may_need(stage));
    let mut declared: HashMap<&str, Location> = HashMap::new();
    for definition in model.definitions() {
        if definition.origin == Origin::Arg && counts(definition.stage) {
            let at = reading.file.location(definition.name_span);
            declared.entry(&definition.name).or_insert(at);
        }
    }
    declared
}

fn report(
    argument: &Pair,
    used: &BuildUse<'_>,
    reading: &Reading<'_>,
    cx: &mut Context<'_, Project>,
) {
    let Some(name) = argument.name.value.known() else {
        return;
    };
    let declared = declared(reading);
    let given = &used.build.value.args;
    let is_free = |known: &&str| given.get(known).is_none();
    let mut names: Vec<(&str, Location)> = declared.iter().map(|(n, at)| (*n, *at)).collect();
    order::sort_by_key(&mut names, |(_, at)| *at);
    let names = names.iter().map(|(name, _)| *name).filter(is_free);
    let names: Vec<&str> = names.take(MAX_NAMES).collect();
    let similar = names
        .iter()
        .copied()
        .find(|known| known.eq_ignore_ascii_case(name))
        .or_else(|| nearest(name, names.iter().copied()));
    let elsewhere = reading
        .model()
        .definitions_of(name)
        .find(|definition| definition.origin == Origin::Arg);
    let at = argument.name.text_at();
    let text = cx.model.text(at.file);
    let message = match elsewhere {
        Some(_) => format!(
            "no stage that this build needs declares the argument `{}`",
            excerpt(name)
        ),
        None => format!(
            "the Dockerfile does not declare the argument `{}`",
            excerpt(name)
        ),
    };
    let finding = cx.report(at, message);
    finding.help("declare it with `ARG` in the stage that uses it, or take it out");
    if let Some(definition) = elsewhere {
        let place = reading.file.location(definition.name_span);
        finding.label(place, "this stage is not built");
    }
    if let Some(similar) = similar {
        if let Some(place) = declared.get(similar) {
            finding.label(*place, "declared here");
        }
        finding.help(format!("did you mean `{}`?", excerpt(similar)));
        if text.get(at.span.range()) == Some(name) {
            finding.fix(Fix::new(
                format!(
                    "write `{}`; it may not be the argument that was meant",
                    excerpt(similar)
                ),
                Applicability::Unsafe,
                vec![Edit::replace(at.span, similar)],
            ));
        }
        return;
    }
    if elsewhere.is_some() || argument.via.is_some() || given.items.len() < 2 {
        return;
    }
    let span = argument.at.span;
    let is_list = given.form == crate::compose::value::PairsForm::List;
    let removal = match is_list {
        true => edit::remove_item(text, span),
        false => edit::remove_entry(text, span),
    };
    if let Some(removal) = removal {
        finding.fix(Fix::new(
            "take the argument out; the build does not see it",
            Applicability::Unsafe,
            vec![removal],
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const FILES: &[(&str, &str)] = &[
        (
            "Dockerfile",
            "ARG BASE=a\nFROM $BASE AS one\nARG VERSION\nARG COMMIT\nRUN x\nFROM b AS two\nARG OTHER\nRUN y\nFROM one\nRUN x\n",
        ),
        (
            "open/Dockerfile",
            "ARG KIND=one\nFROM a AS one\nARG ONE\nFROM a AS two\nARG TWO\nFROM $KIND\nRUN x\n",
        ),
        ("onbuild/Dockerfile", "FROM a\n"),
        ("trigger/Dockerfile", "FROM a\nONBUILD ARG LATER\nRUN x\n"),
        (
            "front/Dockerfile",
            "# syntax=example/front\nFROM a\nRUN x\n",
        ),
        ("broken/Dockerfile", "FROM a\nRNU x\n"),
    ];

    #[track_caller]
    fn check(text: &str) {
        compose_among("undeclared-build-arg", FILES, "compose.yaml", text);
    }

    #[test]
    fn the_name_is_marked() {
        check(
            r#"
services:
  a:
    build:
      context: .
      args:
        BASE: x
        VERSION: 1
        "VERSON": 1
#       ^^^^^^^^ warning: the Dockerfile does not declare the argument `VERSON`
        version: 1
#       ^^^^^^^ warning: the Dockerfile does not declare the argument `version`
        OTHER: 1
#       ^^^^^ warning: no stage that this build needs declares the argument `OTHER`
        HTTP_PROXY: http://proxy.example.com
        BUILDKIT_INLINE_CACHE: 1
        TARGETARCH: arm64
  b: {build: {args: [NONE=1, "MORE=$X", BASE]}}
#                    ^^^^ warning: the Dockerfile does not declare the argument `NONE`
#                             ^^^^ warning: the Dockerfile does not declare the argument `MORE`
  c: {build: {target: two, args: [OTHER=1, VERSION=1]}}
#                                          ^^^^^^^ warning: no stage that this build needs declares
  d:
    build:
      args: {GONE: 1}
#            ^^^^ the Dockerfile does not declare
      dockerfile_inline: |
        FROM a
        RUN x
"#,
        );
    }

    #[test]
    fn what_is_not_known_is_not_judged() {
        check(
            r"
services:
  a: {build: {context: open, args: [ONE=1, TWO=1]}}
  b: {build: {context: onbuild, args: [ONE=1]}}
  c: {build: {context: trigger, args: [LATER=1]}}
  d: {build: {context: front, args: [ONE=1]}}
  e: {build: {context: broken, args: [ONE=1]}}
  f: {build: {context: none, args: [ONE=1]}}
  g: {build: {target: $X, args: [ONE=1]}}
  h: {build: {target: gone, args: [ONE=1]}}
  i: {build: {args: ['$X=1', BUILDKIT_SYNTAX=x, ONE=1]}}
",
        );
    }

    #[test]
    fn an_argument_for_several_builds_is_of_use_to_one() {
        check(
            r"
x-args: &args
  VERSION: 1
  OTHER: 1
  NONE: 1
# ^^^^ the Dockerfile does not declare
services:
  a: {build: {args: *args}}
  b: {build: {target: two, args: {<<: *args}}}
",
        );
    }
}

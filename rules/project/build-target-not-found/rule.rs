//! Flags `build.target` that names no stage of the Dockerfile that is built.
//!
//! BuildKit looks the target up among the names of stages, in any case, and nowhere else: a number is no target
//! there, and an empty one is the last stage (`dockerfile2llb/convert.go`, `resolveTarget`).

use std::fmt::Write as _;

use crate::compose::build::Build;
use crate::compose::cast::boolean_word;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::value::{Field, Knowledge, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::nearest::nearest;
use crate::engine::built::BuildUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

/// How many stages are named to choose from.
const MAX_SHOWN: usize = 5;

/// How many names of stages are kept to choose from.
const MAX_NAMES: usize = 256;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let build = &used.build.value;
    let Some(target) = build.target.as_deref() else {
        return;
    };
    let Some(wanted) = target.value.known().filter(|wanted| !wanted.is_empty()) else {
        return;
    };
    let Some(file) = used.dockerfile.filter(|file| file.is_sound) else {
        return;
    };
    let has_another_frontend = build.has_argument("BUILDKIT_SYNTAX");
    if has_another_frontend
        || file.model.stages.is_empty()
        || file.model.stage_called(wanted).is_some()
    {
        return;
    }
    let names = names(used);
    let similar = similar(wanted, &names);
    if is_certain(build, cx.model.extent, similar.is_some()) {
        report(target, &names, similar, build, cx);
    }
}

/// The names of the first stages, each once.
fn names<'n>(used: &BuildUse<'n>) -> Vec<&'n str> {
    let Some(file) = used.dockerfile else {
        return Vec::new();
    };
    let model = &file.model;
    let stages = model.stages.iter().filter_map(|stage| {
        let name = stage.name.as_ref()?;
        let counts = model.stage_called(&name.value)?;
        (counts.index == stage.index).then_some(&*name.value)
    });
    stages.take(MAX_NAMES).collect()
}

fn report(
    target: &Field<Scalar>,
    names: &[&str],
    similar: Option<&str>,
    build: &Build,
    cx: &mut Context<'_, Project>,
) {
    let scalar = &target.value;
    let wanted = scalar.text();
    let at = scalar.location_of(0..wanted.len());
    let shown = excerpt(wanted);
    let dockerfile = match build.dockerfile_path() {
        Some(path) => format!("`{}`", excerpt(&path)),
        None if build.dockerfile_inline.is_some() => {
            "the Dockerfile below `dockerfile_inline`".to_owned()
        }
        None => "the Dockerfile".to_owned(),
    };
    let message = if wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("`{shown}` is no stage's name in {dockerfile}, and a number does not count")
    } else {
        format!("no stage of {dockerfile} is called `{shown}`")
    };
    let text = cx.model.text(at.file);
    let finding = cx.report(at, message);
    let parts = [
        &build.target,
        &build.context,
        &build.dockerfile,
        &build.dockerfile_inline,
    ];
    let has_default = |field: &Field<Scalar>| field.value.knowledge() != Knowledge::Known;
    if parts
        .iter()
        .any(|part| part.as_deref().is_some_and(has_default))
    {
        finding.severity(Severity::Warning);
    }
    finding.help(choice(wanted, names, similar));
    let Some(similar) = similar else {
        return;
    };
    // In place of an escape or through an alias, another text would be changed than the one meant. Some names are
    // no text in YAML unless they are quoted.
    let is_verbatim = text.get(at.span.range()) == Some(wanted);
    let is_text = boolean_word(similar).is_none() && !similar.eq_ignore_ascii_case("null");
    if is_verbatim && is_text && target.via.is_none() {
        finding.fix(Fix::new(
            format!(
                "build `{}`; it may not be the stage that was meant",
                excerpt(similar)
            ),
            Applicability::Unsafe,
            vec![Edit::replace(at.span, similar)],
        ));
    }
}

/// What to do: the stages to choose from, the likeliest first.
fn choice(wanted: &str, names: &[&str], similar: Option<&str>) -> String {
    let others = names.iter().copied();
    let others = others.filter(|name| Some(*name) != similar);
    let mut shown = String::new();
    for (index, name) in others.enumerate() {
        if index > 0 {
            shown.push_str(", ");
        }
        if index == MAX_SHOWN {
            shown.push('…');
            break;
        }
        let _ = write!(shown, "`{}`", excerpt(name));
    }
    match similar {
        Some(similar) if shown.is_empty() => format!("did you mean `{}`?", excerpt(similar)),
        Some(similar) => format!("did you mean `{}`? there is also {shown}", excerpt(similar)),
        None if shown.is_empty() => format!(
            "name the stage with `AS {}`, or leave `target` out to build the last one",
            excerpt(wanted)
        ),
        None if names.len() == 1 => format!("the only stage with a name is {shown}"),
        None => format!("the stages with a name are {shown}"),
    }
}

/// The stage that is likely meant: spelt nearly so, or with the same beginning, such as `dev` and `development`.
fn similar<'n>(wanted: &str, names: &[&'n str]) -> Option<&'n str> {
    const SHORTEST: usize = 3;
    let names = || names.iter().copied();
    let begins = |long: &str, short: &str| {
        short.len() >= SHORTEST
            && long
                .get(..short.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(short))
    };
    nearest(wanted, names()).or_else(|| {
        let mut longer = names().filter(|name| begins(name, wanted) || begins(wanted, name));
        let first = longer.next()?;
        longer.next().is_none().then_some(first)
    })
}

/// Whether the Dockerfile is surely the one that is built: all of the project is known, or the whole path is written
/// here, so that no other file's is in force. A misspelt name makes up for a little doubt.
fn is_certain(build: &Build, extent: Extent, is_slip: bool) -> bool {
    let is_alone = match extent {
        Extent::Whole => true,
        Extent::Unclear => is_slip && build.context.is_some(),
        Extent::Part => false,
    };
    build.dockerfile_inline.is_some()
        || (build.context.is_some() && build.dockerfile.is_some())
        || is_alone
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    const DOCKERFILE: (&str, &str) = (
        "app/Dockerfile",
        "FROM a AS build\nFROM b AS Dev\nFROM c AS production\nFROM d\n",
    );

    #[track_caller]
    fn check(path: &str, text: &str) {
        compose_among("build-target-not-found", &[DOCKERFILE], path, text);
    }

    #[test]
    fn the_value_is_marked() {
        check(
            "compose.yaml",
            r#"
services:
  a: {build: {context: app, target: biuld}}
#                                   ^^^^^ error: no stage of `app/Dockerfile` is called `biuld`
  b:
    build:
      context: ./app/.
      target: "staging" # here
#              ^^^^^^^ error: no stage of `app/Dockerfile` is called `staging`
  c:
    build:
      context: ${APP:-app}
      target: ${STAGE:-debug}
#                      ^^^^^ warning: no stage of `app/Dockerfile` is called `debug`
  d:
    build: {context: app, target: '3'}
#                                  ^ error: `3` is no stage's name in `app/Dockerfile`, and a number does not
  e:
    build:
      target: two
#             ^^^ error: no stage of the Dockerfile below `dockerfile_inline` is called `two`
      dockerfile_inline: |
        FROM a AS one
  f: {build: {context: app, target: DEV}}
  g: {build: {context: app, target: ''}}
  h: {build: {context: app, target: }}
"#,
        );
    }

    #[test]
    fn what_is_not_known_is_not_judged() {
        check(
            "compose.yaml",
            r"
services:
  a: {build: {context: app, target: $STAGE}}
  b: {build: {context: $APP, target: x}}
  c: {build: {context: other, target: x}}
  d: {build: {context: app, dockerfile: other, target: x}}
  e: {build: {context: 'https://example.com/app.git', target: x}}
  f: {build: {context: app, target: x, args: {BUILDKIT_SYNTAX: example/frontend}}}
  g: {build: {context: app, target: x}, extends: {service: z, file: z.yaml}}
",
        );
        compose(
            "build-target-not-found",
            "services: {a: {build: {context: app, target: x}}}\n",
        );
    }

    #[test]
    fn a_dockerfile_that_is_refused_has_no_stages() {
        for text in [
            "",
            "# FROM a AS b",
            "FRMO a AS x\nFROM b",
            "FROM a\nRUN <<EOF\nFROM b AS x\n",
            "# syntax=example/frontend\nFROM a",
        ] {
            compose_among(
                "build-target-not-found",
                &[("Dockerfile", text)],
                "compose.yaml",
                "services: {a: {build: {target: x}}}\n",
            );
        }
        compose_among(
            "build-target-not-found",
            &[("Dockerfile", "# syntax=docker/dockerfile:1\nFROM a")],
            "compose.yaml",
            "services: {a: {build: {target: x}}}\n#                              ^ no stage of\n",
        );
    }

    #[test]
    fn a_part_of_a_project_may_build_another_dockerfile() {
        let part = "services: {a: {build: {context: app, target: x}}}\n";
        check("compose.override.yaml", part);
        check("compose.prod.yaml", part);
        check(
            "compose.yaml",
            &format!("{part}---\nservices: {{a: {{build: {{target: dev}}}}}}\n"),
        );
        let slip = "services: {a: {build: {context: app, target: prod}}}\n";
        check("compose.override.yaml", slip);
        check(
            "compose.prod.yaml",
            &format!("{slip}#                                            ^^^^ no stage of\n"),
        );
        check(
            "compose.override.yaml",
            r"
services:
  a: {build: {context: app, dockerfile: Dockerfile, target: x}}
#                                                           ^ no stage of `app/Dockerfile`
",
        );
    }

    #[test]
    fn an_override_file_beside_may_change_the_build() {
        let text = "services: {a: {build: {context: app, target: x}}}\n";
        let with = |over: &str, text: &str| {
            let files = [DOCKERFILE, ("compose.override.yaml", over)];
            compose_among("build-target-not-found", &files, "compose.yaml", text);
        };
        with("services: {a: {build: {dockerfile: b}}}", text);
        with("services: {a: {build: b}}", text);
        let marked = format!("{text}#                                            ^ no stage of\n");
        with("services: {b: {build: b}}", &marked);
        with("services: {a: {ports: [80]}}", &marked);
    }

    #[test]
    fn a_value_that_several_services_share_is_marked_once() {
        check(
            "compose.yaml",
            r"
x-build: &build
  context: app
  target: biuld
#         ^^^^^ no stage of
services:
  a: {build: *build}
  b: {build: {<<: *build}}
",
        );
    }
}

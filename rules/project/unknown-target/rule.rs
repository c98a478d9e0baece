//! Flags `build.target` that names no stage of the Dockerfile that is built.
//!
//! BuildKit looks the target up among the names of stages, in any case, and nowhere else: a number is no target
//! there, and an empty one is the last stage (`dockerfile2llb/convert.go`, `resolveTarget`).

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::compose::File;
use crate::compose::build::Build;
use crate::compose::cast::boolean_word;
use crate::compose::container::Container;
use crate::compose::extent::Extent;
use crate::compose::value::{Field, Knowledge, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::ast::{Ast, DirectiveKind, InstructionKind};
use crate::dockerfile::nearest::nearest;
use crate::dockerfile::parse::parse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, FileId};

/// How many stages are named to choose from.
const MAX_SHOWN: usize = 5;

/// How many names of stages are kept to choose from.
const MAX_NAMES: usize = 256;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

/// The stages of a Dockerfile.
#[derive(Default)]
struct Stages {
    /// Their names in lower case.
    lower: HashSet<String>,
    /// The first ones as they are written, each once.
    written: Vec<Box<str>>,
}

/// Where a Dockerfile is.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Place {
    /// A file.
    Path(String),
    /// In the Compose file, from this byte on.
    Inline(u32),
}

/// What is found out about the project on the way, once.
#[derive(Default)]
struct Project {
    /// By the Dockerfile; `None` where they are not known.
    stages: HashMap<Place, Option<Stages>>,
    extent: Option<Extent>,
    changed: Option<Changed>,
}

/// The services of which an override file says something of the build.
struct Changed {
    services: HashSet<Box<str>>,
    /// Whether there may be more of them.
    truncated: bool,
}

/// A container that may be built.
struct Built<'f> {
    /// The name of its service or job.
    owner: &'f str,
    container: &'f Container,
    /// Whether it begins with what another service says.
    extends: bool,
    /// Whether it stands elsewhere, so that others may have it too.
    is_shared: bool,
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    // A document behind `---` may change every build of those before it.
    if !file.overlays.is_empty() {
        return;
    }
    let mut project = Project::default();
    for service in file.services.iter() {
        for owned in service.containers() {
            let built = Built {
                owner: &owned.owner.value,
                container: owned.container,
                extends: service.extends.is_some(),
                is_shared: service.via.is_some(),
            };
            target(&built, &mut project, cx);
        }
    }
    for job in file.jobs.iter() {
        let built = Built {
            owner: &job.name.value,
            container: &job.container,
            extends: false,
            is_shared: false,
        };
        target(&built, &mut project, cx);
    }
}

fn target(built: &Built<'_>, project: &mut Project, cx: &mut Context<'_, File>) {
    let Some(field) = &built.container.build else {
        return;
    };
    let build = &field.value;
    let Some(target) = &build.target else {
        return;
    };
    let Some(wanted) = target.value.known().filter(|wanted| !wanted.is_empty()) else {
        return;
    };
    let Some(place) = place(build) else {
        return;
    };
    let file = cx.model;
    let read = || match (&place, &build.dockerfile_inline) {
        (Place::Path(path), _) => file.neighbours.text(path).and_then(Stages::of),
        (Place::Inline(_), Some(inline)) => Stages::of(inline.value.known()?),
        (Place::Inline(_), None) => None,
    };
    let stages = project.stages.entry(place.clone()).or_insert_with(read);
    let Some(stages) = stages else {
        return;
    };
    if stages.lower.contains(&wanted.to_lowercase()) {
        return;
    }
    let extent = *project
        .extent
        .get_or_insert_with(|| file.extent(&cx.source.path));
    let changed = project.changed.get_or_insert_with(|| Changed::by(file));
    let similar = similar(wanted, &stages.written);
    if !is_certain(built, build, extent, similar.is_some()) || changed.contains(built.owner) {
        return;
    }
    let is_shared = built.is_shared || field.via.is_some();
    report(
        target,
        &place,
        &stages.written,
        similar,
        is_shared,
        build,
        cx,
    );
}

fn report(
    target: &Field<Scalar>,
    place: &Place,
    names: &[Box<str>],
    similar: Option<&str>,
    is_shared: bool,
    build: &Build,
    cx: &mut Context<'_, File>,
) {
    let scalar = &target.value;
    let wanted = scalar.text();
    let span = scalar.span_of(0..wanted.len());
    let shown = excerpt(wanted);
    let dockerfile = match place {
        Place::Path(path) => format!("`{}`", excerpt(path)),
        Place::Inline(_) => "the Dockerfile below `dockerfile_inline`".to_owned(),
    };
    let message = if wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("`{shown}` is no stage's name in {dockerfile}, and a number does not count")
    } else {
        format!("no stage of {dockerfile} is called `{shown}`")
    };
    let text = cx.text();
    let finding = cx.report(span, message);
    let parts = [
        &build.target,
        &build.context,
        &build.dockerfile,
        &build.dockerfile_inline,
    ];
    let has_default = |field: &Field<Scalar>| field.value.knowledge() == Knowledge::Default;
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
    let is_verbatim = text.get(span.range()) == Some(wanted);
    let is_text = boolean_word(similar).is_none() && !similar.eq_ignore_ascii_case("null");
    if is_verbatim && is_text && !is_shared && target.via.is_none() {
        finding.fix(Fix::new(
            format!(
                "build `{}`; it may not be the stage that was meant",
                excerpt(similar)
            ),
            Applicability::Unsafe,
            vec![Edit::replace(span, similar)],
        ));
    }
}

/// What to do: the stages to choose from, the likeliest first.
fn choice(wanted: &str, names: &[Box<str>], similar: Option<&str>) -> String {
    let others = names.iter().map(|name| &**name);
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
fn similar<'n>(wanted: &str, names: &'n [Box<str>]) -> Option<&'n str> {
    const SHORTEST: usize = 3;
    let names = || names.iter().map(|name| &**name);
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

fn place(build: &Build) -> Option<Place> {
    // The frontend that reads the Dockerfile may be another one.
    let mut arguments = build.args.items.iter();
    if arguments.any(|argument| argument.name.value.text() == "BUILDKIT_SYNTAX") {
        return None;
    }
    match &build.dockerfile_inline {
        Some(inline) => Some(Place::Inline(inline.at.span.start)),
        None => build.dockerfile_path().map(Place::Path),
    }
}

/// Whether the Dockerfile is surely the one that is built: the file holds all of the project, or the whole path is
/// written here, so that no other file's is in force. A misspelt name makes up for a little doubt.
fn is_certain(built: &Built<'_>, build: &Build, extent: Extent, is_slip: bool) -> bool {
    let is_alone = match extent {
        Extent::Whole => true,
        Extent::Unclear => is_slip && build.context.is_some(),
        Extent::Part => false,
    };
    build.dockerfile_inline.is_some()
        || (build.context.is_some() && build.dockerfile.is_some())
        || (is_alone && !built.extends)
}

impl Changed {
    /// By the override files that Compose takes in by itself.
    fn by(file: &File) -> Changed {
        let mut changed = Changed {
            services: HashSet::new(),
            truncated: false,
        };
        for text in file.neighbours.overrides() {
            let parsed = crate::yaml::parse(&Arc::from(text));
            for document in File::lower(&parsed.tree, FileId(0)).documents() {
                changed.truncated |= document.truncated;
                let services = document.services.iter();
                let built = services.filter(|service| service.container.build.is_some());
                changed
                    .services
                    .extend(built.map(|service| service.name.value.clone()));
            }
        }
        changed
    }

    fn contains(&self, service: &str) -> bool {
        self.truncated || self.services.contains(service)
    }
}

impl Stages {
    /// `None` when a Dockerfile has no stages, BuildKit refuses it before it asks for one, or another frontend
    /// reads it.
    fn of(text: &str) -> Option<Stages> {
        let parsed = parse(text);
        if !parsed.errors.is_empty() || !is_read_by_docker(&parsed.tree) {
            return None;
        }
        let mut has_stage = false;
        let mut stages = Stages::default();
        for instruction in &parsed.tree.instructions {
            let InstructionKind::From(from) = &instruction.kind else {
                continue;
            };
            has_stage = true;
            if let Some(name) = &from.name
                && stages.lower.insert(name.value.to_lowercase())
                && stages.written.len() < MAX_NAMES
            {
                stages.written.push(name.value.clone());
            }
        }
        has_stage.then_some(stages)
    }
}

fn is_read_by_docker(ast: &Ast) -> bool {
    ast.directive(DirectiveKind::Syntax).is_none_or(|syntax| {
        let image = &*syntax.value.value;
        let image = image.strip_prefix("docker.io/").unwrap_or(image);
        image.starts_with("docker/dockerfile")
    })
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
        compose_among("unknown-target", &[DOCKERFILE], path, text);
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
  h: {build: {context: app, target: !reset x}}
",
        );
        compose(
            "unknown-target",
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
                "unknown-target",
                &[("Dockerfile", text)],
                "compose.yaml",
                "services: {a: {build: {target: x}}}\n",
            );
        }
        compose_among(
            "unknown-target",
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
        check("compose.yaml", &format!("{part}---\n{part}"));
        check(
            "compose.yaml",
            &format!("{part}---\nservices: {{b: {{image: c}}}}\n"),
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
            compose_among("unknown-target", &files, "compose.yaml", text);
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

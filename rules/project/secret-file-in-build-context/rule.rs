//! Flags builds that copy files with secrets out of their context: those that the project declares, and those whose
//! names say so.
//!
//! Where the Dockerfile tells as much by itself, `copied-secret-not-ignored` and `secret-file-copied` say it there.

use crate::compose::project::{OnDisk, Project};
use crate::compose::value::Scalar;
use crate::dockerfile::context::Root;
use crate::dockerfile::ignorefile::{Fuel, IgnoreFile, Verdict};
use crate::dockerfile::source::{ContextSource, excluded};
use crate::engine::built::BuildUse;
use crate::engine::built_context::{Taken, Taking};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::file::{SecretFile, is_for_show, kind};
use crate::knowledge::secrets::in_env_file;
use crate::text::Location;

/// How much matching the patterns of one `--exclude` may cost.
const STEPS: u32 = 100_000;

/// How many files that a project declares are looked for in a context.
const MAX_DECLARED: usize = 100;

/// A file with secrets that the project names.
struct Declared<'n> {
    /// Its path as seen from the context.
    path: String,
    /// What the project uses it for.
    what: String,
    /// Where it is named.
    at: &'n Scalar,
}

/// A file with secrets that a build copies.
struct Copied {
    path: String,
    from: Location,
    declared: Option<(String, Location)>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    let Some(taking) = used.taking(project) else {
        return;
    };
    let sources: Vec<_> = taking.kept_sources().collect();
    if sources.is_empty() {
        return;
    }
    let declared = declared(project, &taking);
    let mut copied: Vec<Copied> = Vec::new();
    for (source, taken) in sources {
        let instruction = &taking.reading.model().ast.instructions[source.instruction];
        let Some(excluded) = excluded(instruction) else {
            continue;
        };
        let from = taking.reading.file.location(source.span);
        let mut add = |path: String, declared| {
            if copied.iter().all(|known| known.path != path) {
                copied.push(Copied {
                    path,
                    from,
                    declared,
                });
            }
        };
        for file in &declared {
            if is_copied(&file.path, source, &excluded, &taking)
                && !is_told(&file.path, source, &taking)
            {
                add(
                    file.path.clone(),
                    Some((
                        file.what.clone(),
                        file.at.location_of(0..file.at.text().len()),
                    )),
                );
            }
        }
        for path in named(source, taken) {
            let is_copied = is_copied(&path, source, &excluded, &taking);
            if is_copied
                && !is_told(&path, source, &taking)
                && !is_harmless(&path, project, &taking)
            {
                add(path, None);
            }
        }
    }
    let Some(first) = copied.first() else {
        return;
    };
    let what = match &first.declared {
        Some((what, _)) => format!(", {what},"),
        None => String::new(),
    };
    let more = match copied.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more like it"),
    };
    let finding = cx.report(
        used.context_at(),
        format!(
            "the build copies `{}`{what}{more} into the image",
            excerpt(&first.path)
        ),
    );
    finding.label(first.from, "copied here");
    if let Some((_, at)) = &first.declared {
        finding.label(*at, "named here");
    }
    let ignore = taking
        .context
        .root
        .ignore_file()
        .map_or(".dockerignore", |(name, _)| name);
    let path = match taking.context.has_own_ignore {
        true => ignore.into(),
        false => taking
            .context
            .path
            .join(ignore)
            .to_string_lossy()
            .into_owned(),
    };
    finding.help(format!(
        "list it in `{}`, or copy only what is needed",
        excerpt(&path)
    ));
}

/// The files of secrets, and those with variables of which one is a credential, that lie in the context.
fn declared<'n>(project: &'n Project, taking: &Taking<'_>) -> Vec<Declared<'n>> {
    let mut all: Vec<Declared<'n>> = Vec::new();
    let mut add = |named: &'n Scalar, what: String| {
        if all.len() < MAX_DECLARED
            && let Some((path, OnDisk::File)) = project.look(named)
            && let Some(inside) = taking.context.inside(&path)
            && !inside.ends_with(".pub")
            && !is_for_show(&inside)
            && all.iter().all(|known| known.path != inside)
        {
            all.push(Declared {
                path: inside,
                what,
                at: named,
            });
        }
    };
    for secret in &project.merged.secrets {
        if let Some(file) = &secret.file {
            let name = excerpt(&secret.key.value);
            add(&file.value, format!("the secret `{name}`"));
        }
    }
    for owned in project.merged.containers() {
        for file in &owned.container.env_file {
            let scalar = &file.path.value;
            if let Some((path, OnDisk::File)) = project.look(scalar)
                && holds_credential(project, &path) == Some(true)
            {
                let owner = excerpt(&owned.owner.value);
                add(scalar, format!("the variables of `{owner}`"));
            }
        }
    }
    all
}

/// Whether a file with variables holds a credential; `None` where it was not read.
fn holds_credential(project: &Project, path: &std::path::Path) -> Option<bool> {
    let mut files = project.variables.iter();
    let file = files.find(|file| file.path == path)?;
    let mut entries = file.entries.iter();
    Some(entries.any(|entry| {
        let value = entry.literal();
        value.is_some_and(|value| in_env_file(&entry.name, value))
    }))
}

/// The files of a folder that is copied whose names say that they hold secrets.
fn named(source: &ContextSource, taken: &Taken) -> Vec<String> {
    let names = taken.secrets.iter();
    let inside = names.map(|name| match source.is_everything() {
        true => name.to_string(),
        false => format!("{}/{name}", source.path),
    });
    inside.filter(|path| !is_for_show(path)).collect()
}

/// Whether a source takes a file along.
fn is_copied(
    path: &str,
    source: &ContextSource,
    excluded: &IgnoreFile,
    taking: &Taking<'_>,
) -> bool {
    if !source.is_sure || source.is_pattern() && !source.is_everything() {
        return false;
    }
    let inside = match source.is_everything() {
        true => Some(path),
        false if path == &*source.path => Some(source.name()),
        false => {
            let rest = path.strip_prefix(&*source.path);
            rest.and_then(|rest| rest.strip_prefix('/'))
        }
    };
    let is_out = |inside| excluded.verdict(inside, &mut Fuel::new(STEPS)) != Verdict::Kept;
    inside.is_some_and(|inside| !is_out(inside))
        && taking.context.root.verdict(path) == Verdict::Kept
}

/// Whether a rule that sees only the Dockerfile says so.
fn is_told(path: &str, source: &ContextSource, taking: &Taking<'_>) -> bool {
    if path == &*source.path {
        return kind(path).is_some();
    }
    let stage = taking.reading.model().stage_of(source.instruction);
    let is_output = stage.is_some_and(|stage| stage.is_output);
    taking.context.seen_alone == Some(Root::Sure)
        && source.is_everything()
        && is_output
        && !path.contains('/')
        && kind(path).is_some()
}

/// Whether a file with variables is known to hold none that is a credential.
fn is_harmless(path: &str, project: &Project, taking: &Taking<'_>) -> bool {
    kind(path) == Some(SecretFile::Environment)
        && holds_credential(project, &taking.context.path.join(path)) == Some(false)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const RULE: &str = "secret-file-in-build-context";

    #[test]
    fn the_context_is_marked() {
        let files = [
            (
                "api/Dockerfile",
                "FROM a AS x\nCOPY . /x\nFROM b AS y\nCOPY api/conf /conf\nCOPY --exclude=*.key keys /keys\nFROM b AS dev\nCOPY db.txt /\n",
            ),
            ("all.Dockerfile", "FROM a\nCOPY . /x\n"),
            ("go.mod", ""),
            (".env", "PASSWORD=x7Gq0TzK2m"),
            ("db.txt", "x"),
            ("api/conf/token.txt", "x"),
            ("api/conf/server.key", "x"),
            ("api/conf/plain.env", "A=b"),
            ("keys/a.key", "x"),
            ("web/go.mod", ""),
            ("web/.env", "PORT=1"),
        ];
        compose_among(
            RULE,
            &files,
            "compose.yaml",
            r#"
services:
  a:
    env_file: [api/conf/plain.env, .env]
    build:
      dockerfile: api/Dockerfile
      target: y
      context: "./"
#               ^^ warning: the build copies `api/conf/token.txt`, the secret `token`, and 1 more like it into the image
  b:
    build: {context: ., dockerfile: api/Dockerfile, target: dev}
#                    ^ warning: the build copies `db.txt`, the secret `db`, into the image
  c:
    build: {context: ., dockerfile: api/Dockerfile, target: x}
#                    ^ warning: the build copies `db.txt`, the secret `db`, and 2 more like it into the image
  d:
    build: {context: ., dockerfile: all.Dockerfile}
#                    ^ warning: the build copies `db.txt`, the secret `db`, and 1 more like it into the image
  e:
    env_file: web/.env
    build: {context: web, dockerfile: ../all.Dockerfile}
secrets:
  db: {file: db.txt}
  token: {file: ./api/conf/token.txt}
  env: {environment: TOKEN}
"#,
        );
    }
}

//! Flags files with variables that git tracks and that hold a credential.

use std::collections::HashSet;
use std::path::Path;

use crate::compose::dotenv::{self, Entry, Format};
use crate::compose::project::{OnDisk, Project};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::file::is_for_show;
use crate::knowledge::secrets::in_env_file;
use crate::text::Location;

/// What to do.
const HELP: &str = "take the file out of the repository, ignore it, and change the credential";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let mut told = HashSet::new();
    for owned in project.merged.containers() {
        for env_file in &owned.container.env_file {
            let written = env_file.path.value.text();
            let Some((path, OnDisk::File)) = project.look(&env_file.path.value) else {
                continue;
            };
            if is_for_show(written) || told.contains(&path) {
                continue;
            }
            let is_raw = matches!(&env_file.format, Some(format) if format.value.is("raw"));
            let format = if is_raw { Format::Raw } else { Format::Dotenv };
            if let Some((name, at)) = credential(project, &path, format) {
                let shown = excerpt(written);
                let message = format!("`{shown}` is tracked by git, with a credential in it");
                cx.report(env_file.path.at, message)
                    .label(at, format!("`{}` looks like one", excerpt(&name)))
                    .help(HELP);
            }
            told.insert(path);
        }
    }
    for path in project.disk.env_files() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_for_show(&name) || told.contains(path) {
            continue;
        }
        if let Some((_, at)) = credential(project, path, Format::Dotenv) {
            let shown = excerpt(&name);
            cx.report(
                at,
                format!("`{shown}` is tracked by git, with a credential in it"),
            )
            .help(HELP);
        }
    }
}

/// The first variable of a tracked file that looks like a credential, and the place of its name.
fn credential(project: &Project, path: &Path, format: Format) -> Option<(Box<str>, Location)> {
    if project.disk.tracked(path) != Some(true) {
        return None;
    }
    let source = project.disk.text_for_git(path)?;
    let entries = dotenv::parse(&source.text, format).tree;
    let is_credential = |entry: &Entry| {
        let value = entry.literal();
        value.is_some_and(|value| in_env_file(&entry.name, value))
    };
    let found = entries.into_iter().find(is_credential)?;
    let at = Location {
        file: source.id,
        span: found.name_span,
    };
    Some((found.name, at))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::AtomicU32;

    use crate::check::{Elsewhere, Member, Subject, lint_unit};
    use crate::engine::meta::Preset;
    use crate::engine::ruleset::Ruleset;
    use crate::engine::settings::Settings;
    use crate::engine::testing::compose_among;
    use crate::rules::RULES;
    use crate::text::{FileId, SourceFile};
    use crate::workspace::Kind;
    use crate::workspace::fs::Memory;
    use crate::workspace::projects::Places;

    /// An index that names one file.
    fn index(name: &str) -> String {
        let length = char::from(u8::try_from(name.len()).expect("a short name"));
        let end = "\0".repeat(8 - (62 + name.len()) % 8 + 20);
        format!(
            "DIRC\0\0\0\x02\0\0\0\x01{}{length}{name}{end}",
            "\0".repeat(61)
        )
    }

    #[test]
    fn one_file_is_told_of_once() {
        compose_among(
            "env-file-tracked-by-git",
            &[
                (".git/index", &index("a.env")),
                ("a.env", "A=b\nDB_PASSWORD='x7Gq0TzK2m'\n"),
                ("b.env", "DB_PASSWORD=x7Gq0TzK2m\n"),
            ],
            "compose.yaml",
            r#"
services:
  a: {image: x, env_file: ["./a.env", b.env, c.env]}
#                          ^^^^^^^^^ warning: `./a.env` is tracked by git, with a credential in it
  b: {image: x, env_file: a.env}
"#,
        );
    }

    #[test]
    fn the_env_file_of_the_project_is_told_of_where_it_stands() {
        let compose = "services: {a: {image: x}}\n";
        let env = "TAG=1\nAPI_TOKEN=x7Gq0TzK2mP4\n";
        let index = index(".env");
        let memory: Memory = [
            (".git/index", &*index),
            (".env", env),
            ("compose.yaml", compose),
        ]
        .into_iter()
        .collect();
        let source = SourceFile::from_text(FileId(0), "compose.yaml".into(), compose);
        let settings = Settings {
            presets: vec![Preset::All],
            ..Settings::default()
        };
        let ruleset = Ruleset::build(RULES, &settings);
        let member = Member {
            subject: Subject {
                source: &source,
                kind: Kind::Compose,
                beside: None,
            },
            ruleset: &ruleset,
        };
        let places = Places::new(&memory);
        let next = AtomicU32::new(1);
        let elsewhere = Elsewhere {
            places: &places,
            next: &next,
        };
        let root = places.root_of(Path::new("compose.yaml"));
        let linted = lint_unit(&[member], &[root], Some(elsewhere), None);
        let (env, linted) = linted.others.first().expect("findings in another file");
        assert_eq!(env.path, Path::new(".env"));
        let found = linted.diagnostics.iter();
        let found = found.filter(|found| found.rule == "env-file-tracked-by-git");
        let places: Vec<&str> = found
            .map(|found| found.finding.at.span.text(&env.text))
            .collect();
        assert_eq!(places, ["API_TOKEN"]);
    }
}

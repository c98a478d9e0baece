//! Flags files with variables that hold a credential, and that nothing keeps out of the next commit.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use crate::compose::container::{Container, EnvFile};
use crate::compose::project::{Project, VariableFile};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::file::is_for_show;
use crate::knowledge::secrets::in_env_file;
use crate::text::Location;

/// What to do.
const HELP: &str = "add the file to `.gitignore`";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let mut named: BTreeMap<PathBuf, Vec<(&EnvFile, &Container)>> = BTreeMap::new();
    for owned in project.merged.containers() {
        for env_file in &owned.container.env_file {
            if let Some(path) = project.local_path(&env_file.path.value) {
                named
                    .entry(path)
                    .or_default()
                    .push((env_file, owned.container));
            }
        }
    }
    let mut told: HashSet<&PathBuf> = HashSet::new();
    for file in &project.variables {
        let shown = file.path.file_name().unwrap_or_default().to_string_lossy();
        if !project.disk.is_open_to_git(&file.path)
            || is_for_show(&shown)
            || told.contains(&file.path)
        {
            continue;
        }
        let users = named.get(&file.path).map_or(&[][..], Vec::as_slice);
        let Some((name, at)) = credential(file, users) else {
            continue;
        };
        told.insert(&file.path);
        let first = users
            .iter()
            .map(|(env_file, _)| env_file)
            .min_by_key(|env_file| env_file.path.at);
        let message = |shown| format!("git does not ignore `{shown}`, and a credential is in it");
        match first {
            Some(env_file) => {
                let shown = excerpt(env_file.path.value.text());
                cx.report(env_file.path.text_at(), message(shown))
                    .label(at, format!("`{}` looks like one", excerpt(name)))
                    .help(HELP);
            }
            None => {
                cx.report(at, message(excerpt(&shown))).help(HELP);
            }
        }
    }
}

/// The first variable that looks like a credential, and the place of its name: one that some container takes from the
/// file, and does not set itself.
fn credential<'f>(
    file: &'f VariableFile,
    users: &[(&EnvFile, &Container)],
) -> Option<(&'f str, Location)> {
    let found = file.entries.iter().find(|entry| {
        let sets = |(_, container): &(&EnvFile, &Container)| {
            let pair = container.environment.get(&entry.name);
            pair.is_some_and(|pair| pair.value.is_some())
        };
        let value = entry.literal();
        value.is_some_and(|value| in_env_file(&entry.name, value))
            && (users.is_empty() || !users.iter().all(sets))
    })?;
    let at = Location {
        file: file.id,
        span: found.name_span,
    };
    Some((&found.name, at))
}

#[cfg(test)]
mod tests {
    use crate::check::{Subject, lint_all_among};
    use crate::engine::ruleset::Ruleset;
    use crate::engine::settings::Settings;
    use crate::engine::testing::compose_among;
    use crate::rules::RULES;
    use crate::text::{FileId, SourceFile};
    use crate::workspace::Kind;
    use crate::workspace::fs::Memory;

    const RULE: &str = "secret-in-env-file";
    const SECRET: &str = "A=b\nDB_PASSWORD='x7Gq0TzK2m'\n";

    #[test]
    fn the_path_is_marked_once() {
        compose_among(
            RULE,
            &[
                (".gitignore", "*.log\n/c.env\n"),
                ("a.env", SECRET),
                ("b.env", "DB_PASSWORD=password\nURL=${DB_PASSWORD}\n"),
                ("c.env", SECRET),
                ("d.env.example", SECRET),
                ("e.env", SECRET),
            ],
            "compose.yaml",
            r#"
services:
  a: {image: x, env_file: ["./a.env", b.env, c.env, d.env.example, none.env]}
#                           ^^^^^^^ warning: git does not ignore `./a.env`, and a credential is in it
  b: {image: x, env_file: a.env}
  c: {image: x, env_file: e.env, environment: {DB_PASSWORD: other}}
"#,
        );
    }

    #[test]
    fn without_git_nobody_knows() {
        compose_among(
            RULE,
            &[("a.env", SECRET)],
            "compose.yaml",
            "services: {a: {image: x, env_file: a.env}}\n",
        );
        compose_among(
            RULE,
            &[
                ("a.env", SECRET),
                (".git/HEAD", ""),
                (".git/info/exclude", "*.env"),
            ],
            "compose.yaml",
            "services: {a: {image: x, env_file: a.env}}\n",
        );
        compose_among(
            RULE,
            &[("a.env", SECRET), (".git/HEAD", "")],
            "compose.yaml",
            "services: {a: {image: x, env_file: a.env}}\n#                                  ^^^^^ warning: git does not\n",
        );
    }

    #[test]
    fn the_file_of_the_project_is_marked_itself() {
        let compose = "services: {a: {image: \"x:$TAG\"}}\n";
        let files = [
            (".gitignore", "*.log\n"),
            (".env", "TAG=1\nDB_PASSWORD=x7Gq0TzK2m\n"),
            ("compose.yaml", compose),
        ];
        let memory: Memory = files.into_iter().collect();
        let source = SourceFile::from_text(FileId(0), "compose.yaml".into(), compose);
        let subject = Subject {
            source: &source,
            kind: Kind::Compose,
            beside: None,
        };
        let ruleset = Ruleset::build(RULES, &Settings::default());
        let linted = lint_all_among(subject, &[], &memory, &ruleset, None);
        let (env, linted) = linted.others.first().expect("findings in another file");
        let found = linted.diagnostics.iter().filter(|found| found.rule == RULE);
        let places: Vec<&str> = found
            .map(|found| found.finding.at.span.text(&env.text))
            .collect();
        assert_eq!(places, ["DB_PASSWORD"]);
    }
}

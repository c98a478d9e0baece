//! The other files that a Compose file leads to: which a rule needs, and what they say.
//!
//! Only a `build.target` asks for any: the Dockerfile that is built, and the override files that Compose takes in
//! by itself, which may change all of it.
//!
//! Not for: reading them (`workspace::beside`), and joining several Compose files to one project.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::File;
use super::extent::is_found_by_itself;

/// The names of override files that Compose takes in beside a file that it found by itself (`cli/options.go` of
/// compose-go).
pub const OVERRIDES: [&str; 4] = [
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
];

/// The texts of other files, by their paths as seen from the folder of the Compose file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours(BTreeMap<Box<str>, Box<str>>);

impl Neighbours {
    /// The text of a file, if it is known.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(|text| &**text)
    }

    /// The override files that Compose takes in by itself, as far as they are known.
    pub fn overrides(&self) -> impl Iterator<Item = &str> {
        OVERRIDES.iter().filter_map(|name| self.text(name))
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Neighbours {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(files: T) -> Neighbours {
        let files = files.into_iter();
        Neighbours(
            files
                .map(|(path, text)| (path.into(), text.into()))
                .collect(),
        )
    }
}

/// The paths of the files that a rule needs beside a Compose file, as seen from its folder, each once. Most files
/// need none, which costs them no more than a search for two words.
pub fn wanted(text: &Arc<str>, path: &Path) -> Vec<String> {
    if !text.contains("target") || !text.contains("build") {
        return Vec::new();
    }
    let file = File::lower(&crate::yaml::parse(text).tree, crate::text::FileId(0));
    let mut wanted = Vec::new();
    let mut has_target = false;
    for owned in file.containers() {
        let build = owned.container.build.as_ref().map(|build| &build.value);
        if let Some(build) = build.filter(|build| build.target.is_some()) {
            has_target = true;
            wanted.extend(build.dockerfile_path());
        }
    }
    if has_target && is_found_by_itself(path) {
        wanted.extend(OVERRIDES.map(str::to_owned));
    }
    wanted.sort();
    wanted.dedup();
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(build: &str) -> Vec<String> {
        let text = format!("services:\n  a:\n    build: {build}\n");
        super::wanted(&text.as_str().into(), Path::new("prod.yaml"))
    }

    #[test]
    fn the_dockerfile_of_a_target_is_wanted() {
        for (build, path) in [
            ("{target: a}", "Dockerfile"),
            ("{target: a, context: ./b/}", "b/Dockerfile"),
            (
                "{target: a, context: .., dockerfile: b/../c.Dockerfile}",
                "../c.Dockerfile",
            ),
            ("{target: a, context: b/c, dockerfile: ../d}", "b/d"),
            ("{target: a, context: b, dockerfile: /c/./d}", "/c/d"),
            ("{target: a, context: '${B:-b}'}", "b/Dockerfile"),
            ("{target: a, context: /../b}", "/b/Dockerfile"),
        ] {
            assert_eq!(wanted(build), [path], "{build}");
        }
    }

    #[test]
    fn others_are_not() {
        for build in [
            "{context: target}",
            "{target: a, dockerfile_inline: FROM a}",
            "{target: a, context: 'https://example.com/a.git'}",
            "{target: a, context: 'git@example.com:a.git'}",
            "{target: a, context: github.com/a/b}",
            "{target: a, context: $B}",
            "{target: a, dockerfile: 'https://example.com/Dockerfile'}",
            "{target: a, context: ~/b}",
            "{target: a, context: 'C:\\b'}",
            "{target: a, context: \"\\0\"}",
        ] {
            assert_eq!(wanted(build), [""; 0], "{build}");
        }
    }

    #[test]
    fn override_files_belong_to_names_that_compose_finds() {
        let text = "services: {a: {build: {target: b}}, c: {build: {target: d}}}".into();
        let all = super::wanted(&text, Path::new("a/compose.yaml"));
        assert_eq!(all.len(), 5);
        assert_eq!(all[0], "Dockerfile");
    }
}

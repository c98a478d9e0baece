//! Which file is what: by name first, then by content.
//!
//! Three questions with three answers. A file that a folder walk meets is linted if its name says so and
//! its content does not say otherwise ([`kind_of_found`]): `Dockerfile.py` may be a Dockerfile or a Python
//! program, `docker-compose.yml` may be a GitHub workflow. A file that the user named is linted whatever
//! its name ([`kind_of_named`]). A file that another file points to is what that other file says.
//!
//! Not for: parsing. The content is looked at by line, and only as far as a line's first word or key.

use std::path::Path;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Instructions that build an image.
    Dockerfile,
    /// A Compose file, whole or a part that is merged or included.
    Compose,
    /// What stays out of a build context.
    Dockerignore,
    /// Variables for interpolation or for containers, one a line.
    Env,
    /// Our own settings.
    Config,
}

impl Kind {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Dockerfile => "dockerfile",
            Kind::Compose => "compose",
            Kind::Dockerignore => "dockerignore",
            Kind::Env => "env",
            Kind::Config => "config",
        }
    }
}

/// Endings of templates: their text is not yet what Docker will read.
const TEMPLATES: &[&str] = &[
    "j2", "jinja", "jinja2", "tmpl", "template", "tpl", "erb", "in",
];

/// Endings behind `Dockerfile.` that may as well tell the language of the file. Then the content decides.
const OTHER_LANGUAGES: &[&str] = &[
    "adoc",
    "bash",
    "c",
    "cc",
    "cpp",
    "cs",
    "css",
    "go",
    "h",
    "hpp",
    "html",
    "ini",
    "java",
    "js",
    "json",
    "jsx",
    "kt",
    "lua",
    "md",
    "mdx",
    "php",
    "pl",
    "properties",
    "ps1",
    "py",
    "rb",
    "rs",
    "rst",
    "scala",
    "scss",
    "sh",
    "snap",
    "sql",
    "swift",
    "toml",
    "ts",
    "tsx",
    "txt",
    "vim",
    "vue",
    "xml",
    "yaml",
    "yml",
];

/// Dockerfile instructions (Dockerfile reference; `frontend/dockerfile/command` in BuildKit).
const INSTRUCTIONS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Top-level keys that say something of a project (Compose Specification; `version`, `name` and `x-…`
/// say nothing, since other files have them too).
const COMPOSE_KEYS: &[&str] = &[
    "services", "include", "networks", "volumes", "configs", "secrets", "models",
];

/// The kind that a file's name tells. Templates have none.
pub fn kind_by_name(path: &Path) -> Option<Kind> {
    named(&lower_name(path)?).map(|(kind, _)| kind)
}

/// Whether a name says that the file is a template, whose text is not yet what Docker will read.
pub fn is_template(path: &Path) -> bool {
    let name = lower_name(path);
    let ending = name.as_deref().and_then(|name| name.rsplit_once('.'));
    ending.is_some_and(|(_, ending)| TEMPLATES.contains(&ending))
}

/// The kind that a text tells: an instruction on its first line, or the keys of a Compose file.
pub fn kind_by_content(text: &str) -> Option<Kind> {
    if begins_like_a_dockerfile(text) {
        return Some(Kind::Dockerfile);
    }
    let keys = TopLevel::of(text);
    (keys.compose && !keys.foreign && !keys.list).then_some(Kind::Compose)
}

/// The kind of a file that the user named, whatever its name: templates too are what the name before
/// their ending says. `None` when neither name nor content tells.
pub fn kind_of_named(path: &Path, text: &str) -> Option<Kind> {
    let mut name = lower_name(path)?;
    while let Some((stem, ending)) = name.rsplit_once('.')
        && TEMPLATES.contains(&ending)
    {
        name = stem.to_owned();
    }
    match named(&name) {
        Some((kind, Trust::Name)) => Some(kind),
        Some((kind, _)) => kind_by_content(text).or(Some(kind)),
        None => kind_by_content(text),
    }
}

/// The kind of a file that was met on a walk: what its name tells, unless the content says that it is
/// something else.
pub fn kind_of_found(path: &Path, text: &str) -> Option<Kind> {
    let (kind, trust) = named(&lower_name(path)?)?;
    let believed = match (kind, trust) {
        (Kind::Dockerfile, Trust::Content) => begins_like_a_dockerfile(text),
        (Kind::Compose, Trust::Name) => {
            let keys = TopLevel::of(text);
            keys.compose || !(keys.list || keys.foreign)
        }
        (Kind::Compose, Trust::Content) => {
            let keys = TopLevel::of(text);
            keys.compose || !(keys.list || keys.foreign || keys.unknown)
        }
        _ => true,
    };
    believed.then_some(kind)
}

/// How far a name is to be believed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Unless the content is plainly something else.
    Name,
    /// Only if the content fits.
    Content,
}

fn lower_name(path: &Path) -> Option<String> {
    // A name that is no Unicode can still end in `.Dockerfile`; the lost characters do not matter here.
    Some(path.file_name()?.to_string_lossy().to_lowercase())
}

/// The kind of a file by its name in lower case, and how sure that is.
fn named(name: &str) -> Option<(Kind, Trust)> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if TEMPLATES.contains(&ending) {
        return None;
    }
    if matches!(ending, "dockerignore" | "containerignore") {
        return Some((Kind::Dockerignore, Trust::Name));
    }
    if matches!(name, "dockworthy.yaml" | ".dockworthy.yaml") {
        return Some((Kind::Config, Trust::Name));
    }
    if ending == "env" || name.starts_with(".env.") {
        return Some((Kind::Env, Trust::Name));
    }
    if matches!(name, "dockerfile" | "containerfile")
        || matches!(ending, "dockerfile" | "containerfile")
    {
        return Some((Kind::Dockerfile, Trust::Name));
    }
    if name.starts_with("dockerfile.") || name.starts_with("containerfile.") {
        let trust = if OTHER_LANGUAGES.contains(&ending) {
            Trust::Content
        } else {
            Trust::Name
        };
        return Some((Kind::Dockerfile, trust));
    }
    let stem = name
        .strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))?;
    compose_stem(stem).map(|trust| (Kind::Compose, trust))
}

/// How much a YAML file's name before its ending sounds like Compose.
fn compose_stem(stem: &str) -> Option<Trust> {
    if matches!(stem, "compose" | "docker-compose") {
        return Some(Trust::Name);
    }
    let before = |word: &str| {
        stem.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with(['.', '-', '_']))
    };
    let behind = |word: &str| {
        stem.strip_suffix(word)
            .is_some_and(|rest| rest.ends_with(['.', '-', '_']))
    };
    if before("docker-compose") || behind("docker-compose") {
        Some(Trust::Name)
    } else if before("compose") || behind("compose") {
        Some(Trust::Content)
    } else {
        None
    }
}

/// Whether the first line that is no comment is an instruction, or a comment is a parser directive.
fn begins_like_a_dockerfile(text: &str) -> bool {
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            let key = comment.split('=').next().unwrap_or_default().trim();
            if key.len() < comment.len() && matches!(key, "syntax" | "escape" | "check") {
                return true;
            }
        } else if !line.is_empty() {
            return is_instruction(line);
        }
    }
    false
}

fn is_instruction(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(keyword) = words.next() else {
        return false;
    };
    if keyword.eq_ignore_ascii_case("from") {
        // `from os import path` is Python.
        let mut words = words.filter(|word| !word.starts_with("--"));
        let (image, rest) = (words.next(), words.next());
        return image.is_some() && rest.is_none_or(|word| word.eq_ignore_ascii_case("as"));
    }
    INSTRUCTIONS.contains(&keyword) && words.next().is_some()
}

/// What the top level of a YAML text holds, by its lines that begin without a blank.
#[derive(Clone, Copy, Default)]
struct TopLevel {
    /// A key of [`COMPOSE_KEYS`].
    compose: bool,
    /// A key that Compose files never have and that other well-known files always have.
    foreign: bool,
    /// A key that says nothing to us.
    unknown: bool,
    /// The whole is a list: its items begin before any key.
    list: bool,
}

impl TopLevel {
    fn of(text: &str) -> TopLevel {
        let mut found = TopLevel::default();
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            // JSON, or YAML written like it: all on the top level is inside the brace.
            found.compose = text.contains("services");
            found.unknown = !found.compose;
            return found;
        }
        let mut keys = 0;
        for line in text.lines() {
            if keys == 0 && (line.starts_with("- ") || line.trim_end() == "-") {
                found.list = true;
            }
            if line.starts_with([' ', '\t', '#', '-', '%']) {
                continue;
            }
            let Some((key, rest)) = line.split_once(':') else {
                continue;
            };
            if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
                continue;
            }
            keys += 1;
            match key.trim_end().trim_matches(['"', '\'']) {
                key if COMPOSE_KEYS.contains(&key) => found.compose = true,
                // GitHub workflows and actions, Kubernetes, GitLab CI, Ansible.
                "on" | "runs" | "apiVersion" | "kind" | "stages" | "hosts" | "tasks" => {
                    found.foreign = true;
                }
                // Workflows have `jobs` as well, but never without `on`.
                key if matches!(key, "version" | "name" | "jobs") || key.starts_with("x-") => {}
                _ => found.unknown = true,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Option<Kind> {
        kind_by_name(Path::new(name))
    }

    #[test]
    fn names_tell_the_kind() {
        for dockerfile in [
            "Dockerfile",
            "dockerfile",
            "a/b/Containerfile",
            "Dockerfile.alpine",
            "Dockerfile.node.18",
            "Containerfile.dev",
            "web.Dockerfile",
            "web.DOCKERFILE",
            "web.containerfile",
        ] {
            assert_eq!(name(dockerfile), Some(Kind::Dockerfile), "{dockerfile}");
        }
        for compose in [
            "compose.yaml",
            "compose.yml",
            "docker-compose.yml",
            "Docker-Compose.YAML",
            "compose.override.yml",
            "compose.prod.eu.yaml",
            "docker-compose.dev.yml",
            "docker-compose-test.yml",
            "web.compose.yml",
            "web.docker-compose.yaml",
        ] {
            assert_eq!(name(compose), Some(Kind::Compose), "{compose}");
        }
        for (other, kind) in [
            (".dockerignore", Kind::Dockerignore),
            ("Dockerfile.dockerignore", Kind::Dockerignore),
            (".env", Kind::Env),
            (".env.local", Kind::Env),
            ("prod.env", Kind::Env),
            (".dockworthy.yaml", Kind::Config),
        ] {
            assert_eq!(name(other), Some(kind), "{other}");
        }
        for none in [
            "Dockerfile.j2",
            "compose.yml.tmpl",
            "Dockerfile.in",
            "Dockerfile.template",
            "Dockerfile-old",
            "MyDockerfile",
            "composer.yml",
            "decompose.yml",
            "compose.json",
            "docker.yml",
            "values.yaml",
        ] {
            assert_eq!(name(none), None, "{none}");
        }
    }

    #[test]
    fn content_tells_the_kind() {
        for dockerfile in [
            "FROM alpine\n",
            "\u{feff}# syntax=docker/dockerfile:1\n\n",
            "# a comment\n\n  from --platform=linux/amd64 alpine as base\r\n",
            "ARG V=1\nFROM a:$V\n",
            "RUN make\n",
        ] {
            assert_eq!(
                kind_by_content(dockerfile),
                Some(Kind::Dockerfile),
                "{dockerfile}"
            );
        }
        for compose in [
            "services:\n  a: {}\n",
            "# x\n---\nversion: '3'\n\"services\" :\n  a:\n",
            "include:\n- a.yml\n",
            "{\"services\": {}}",
        ] {
            assert_eq!(kind_by_content(compose), Some(Kind::Compose), "{compose}");
        }
        for none in [
            "",
            "\n# nothing\n",
            "from os import path\n",
            "package main\n",
            "on: push\njobs: {}\nservices: x\n",
            "- name: a\n  services: b\n",
            "key: value\n",
            "RUN\n",
            "{}",
        ] {
            assert_eq!(kind_by_content(none), None, "{none}");
        }
    }

    #[test]
    fn a_found_file_is_not_what_its_content_denies() {
        let found = |path: &str, text: &str| kind_of_found(Path::new(path), text);
        assert_eq!(found("dockerfile.py", "from os import path\n"), None);
        assert_eq!(found("dockerfile.rs", "//! Parses.\nuse std;\n"), None);
        assert_eq!(
            found("Dockerfile.py", "FROM python\n"),
            Some(Kind::Dockerfile)
        );
        assert_eq!(found("docker-compose.yml", "on: push\njobs:\n  a:\n"), None);
        assert_eq!(found("docker-compose.yml", "- name: start\n"), None);
        assert_eq!(
            found("docker-compose.yml", "servces:\n  a:\n"),
            Some(Kind::Compose)
        );
        assert_eq!(found("compose-metrics.yml", "reports: on\n"), None);
        assert_eq!(
            found("compose.dev.yml", "x-a: 1\nservices:\n"),
            Some(Kind::Compose)
        );
        assert_eq!(found("compose.dev.yml", ""), Some(Kind::Compose));
        assert_eq!(found("Dockerfile", "nonsense"), Some(Kind::Dockerfile));
    }

    #[test]
    fn a_named_file_is_what_name_or_content_tells() {
        let named = |path: &str, text: &str| kind_of_named(Path::new(path), text);
        assert_eq!(named("build", "FROM a\n"), Some(Kind::Dockerfile));
        assert_eq!(named("stack.yml", "services:\n"), Some(Kind::Compose));
        assert_eq!(
            named("Dockerfile.j2", "{% if x %}\n"),
            Some(Kind::Dockerfile)
        );
        assert_eq!(named("compose.yml.tmpl", "{{ x }}\n"), Some(Kind::Compose));
        assert_eq!(named("compose-ci.yml", "jobs:\n"), Some(Kind::Compose));
        assert_eq!(named("notes.txt", "hello\n"), None);
    }
}

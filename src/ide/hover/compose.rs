//! Compose files: what keys mean, what values come to, what the whole project makes of them.

use serde_json::Value as Json;

use super::{Hover, block, code, image};
use crate::compose::project::Project;
use crate::compose::schema::{self, Form, Key};
use crate::compose::value::{Knowledge, Scalar};
use crate::grammar::duration::{self, Units};
use crate::grammar::{port, size};
use crate::ide::document::{ComposeText, Document};
use crate::ide::workspace::{Team, Workspace};
use crate::yaml::{Document as Yaml, Kind as YamlKind, NodeId, Place};

/// The longest effective value that is shown, in lines.
const LONGEST: usize = 40;

/// What there is to say of a place in a Compose file.
pub(super) fn hover(
    workspace: &Workspace<'_>,
    document: &Document,
    compose: &ComposeText,
    at: u32,
) -> Option<Hover> {
    let (yaml, node) = compose.loaded.yaml.node_at(at)?;
    let span = yaml.span(node);
    if !span.touches(at) {
        return None;
    }
    let team = workspace.team(document.path());
    let here = Here { yaml, node, team };
    if let Some((alias, target)) = here.alias() {
        let text = yaml.full_span(target).text(document.text());
        let line = document.source.lines.line(yaml.span(target).start) + 1;
        let markdown = format!(
            "{} stands for what is in line {line}:\n\n{}",
            code(alias),
            block("yaml", &cut(text))
        );
        return Some(Hover { span, markdown });
    }
    let mut parts: Vec<String> = Vec::new();
    let position = schema::position(yaml, node);
    match yaml.place(node) {
        Place::Key(_) => {
            let is_own = |key: &Key| Some(key.name) == yaml.as_str(node);
            match position.and_then(|position| position.key) {
                Some(key) if is_own(key) => parts.push(here.key_words(key)),
                _ => parts.extend(here.declared()),
            }
            parts.extend(here.effective(document));
        }
        _ => {
            parts.extend(here.variables(document));
            let form = position.and_then(|position| position.shape?.word);
            if let Some(word) = form {
                parts.extend(here.value_words(word.form));
            }
            parts.extend(here.effective(document));
        }
    }
    if parts.is_empty() {
        return None;
    }
    Some(Hover {
        span,
        markdown: parts.join("\n\n"),
    })
}

/// The keys from the root to a node. `None` if an item of a list is on the way.
pub(in crate::ide) fn keys_of(yaml: &Yaml, node: NodeId) -> Option<Vec<&str>> {
    let mut keys = Vec::new();
    for id in yaml.ancestors(node) {
        match yaml.place(id) {
            Place::Root => break,
            Place::Item(_) => return None,
            Place::Key(_) => keys.push(yaml.as_str(id)?),
            Place::Value(_) => keys.push(yaml.as_str(yaml.key_of(id)?)?),
        }
    }
    keys.reverse();
    Some(keys)
}

struct Here<'h> {
    yaml: &'h Yaml,
    node: NodeId,
    team: Option<&'h Team>,
}

impl Here<'_> {
    fn alias(&self) -> Option<(&str, NodeId)> {
        match self.yaml.kind(self.node) {
            YamlKind::Alias(alias) => Some((alias.name, alias.target?)),
            _ => None,
        }
    }

    fn keys(&self) -> Option<Vec<&str>> {
        keys_of(self.yaml, self.node)
    }

    fn key_words(&self, key: &Key) -> String {
        let mut text = format!("**{}**: {}", key.name, key.doc);
        if let Some(version) = key.since {
            text.push_str(&format!("  \nDocker Compose {version} and later"));
        }
        if let Some(instead) = key.deprecated {
            text.push_str(&format!("  \nDeprecated: {instead}"));
        }
        if let Some(page) = self.page() {
            text.push_str(&format!("\n\n[Compose file reference]({page})"));
        }
        text
    }

    /// The page of the reference for a key: each section has one, and each key of a service has a heading.
    fn page(&self) -> Option<String> {
        let keys = self.keys()?;
        let root = "https://docs.docker.com/reference/compose-file";
        Some(match &keys[..] {
            ["version" | "name"] => format!("{root}/version-and-name/"),
            [
                section @ ("services" | "networks" | "volumes" | "configs" | "secrets" | "models"
                | "include"),
            ] => {
                format!("{root}/{section}/")
            }
            ["services", _, "build", ..] => format!("{root}/build/"),
            ["services", _, "deploy", ..] => format!("{root}/deploy/"),
            ["services", _, "develop", ..] => format!("{root}/develop/"),
            ["services", _, key, ..] => format!("{root}/services/#{key}"),
            [
                section @ ("networks" | "volumes" | "configs" | "secrets" | "models"),
                _,
                ..,
            ] => {
                format!("{root}/{section}/")
            }
            _ => return None,
        })
    }

    /// What a name of a section declares.
    fn declared(&self) -> Option<String> {
        let keys = self.keys()?;
        let [section, name] = &keys[..] else {
            return None;
        };
        let what = match *section {
            "services" => "service",
            "jobs" => "job",
            "networks" => "network",
            "volumes" => "volume",
            "secrets" => "secret",
            "configs" => "config",
            "models" => "model",
            _ => return None,
        };
        Some(format!("{what} {}", code(name)))
    }

    fn projects(&self) -> impl Iterator<Item = &Project> {
        let projects = self.team.into_iter().flat_map(|team| &team.projects);
        projects.map(|linked| &linked.project)
    }

    /// What a key of the file comes to in the project, if the project makes something else of it.
    fn effective(&self, document: &Document) -> Option<String> {
        let keys = self.keys()?;
        if keys.len() < 2 {
            return None;
        }
        let own = document.source.id;
        let project = self.team?.project_of(own)?;
        let mut value = self.team?.config_of(own)?;
        for key in &keys {
            value = value.get(key)?;
        }
        let files = project.files.len();
        let written = self.yaml.as_str(self.value_node());
        let is_same = written.is_some() && written == value.as_str();
        if is_same || (files < 2 && !self.is_indirect()) {
            return None;
        }
        let mut yaml = String::new();
        write_yaml(value, 0, &mut yaml);
        let from = match files {
            0 | 1 => String::new(),
            _ => format!(" of {}", names(project)),
        };
        Some(format!(
            "In the project{from}:\n\n{}",
            block("yaml", &cut(yaml.trim_start_matches('\n')))
        ))
    }

    /// The value of the key that the node is, or the node itself.
    fn value_node(&self) -> NodeId {
        let Place::Key(number) = self.yaml.place(self.node) else {
            return self.node;
        };
        let parent = self.yaml.parent(self.node);
        let entries = parent.map_or(&[][..], |parent| self.yaml.entries(parent));
        entries
            .get(number as usize)
            .map_or(self.node, |entry| entry.value)
    }

    /// Whether the value holds or is an alias or a merge key, or stands in something that does.
    fn is_indirect(&self) -> bool {
        let span = self.yaml.full_span(self.value_node());
        let inside = self
            .yaml
            .ids()
            .filter(|id| span.contains(self.yaml.span(*id)));
        let mut inside = inside.take(1_000);
        inside.any(|id| matches!(self.yaml.kind(id), YamlKind::Alias(_)))
    }

    /// What the variables in a value come to.
    fn variables(&self, document: &Document) -> Option<String> {
        let cooked = self.yaml.cooked(self.node)?;
        if !cooked.text().contains('$') {
            return None;
        }
        let own = document.source.id;
        let project = self
            .projects()
            .find(|project| project.directory_of(own).is_some());
        let environment = project.map(|project| &*project.environment);
        let YamlKind::Scalar(scalar) = self.yaml.kind(self.node) else {
            return None;
        };
        let value = Scalar::read(
            cooked.into_owned(),
            scalar.style,
            scalar.resolve(),
            own,
            environment,
        );
        let mut lines = Vec::new();
        if let Some(known) = value.known() {
            lines.push(format!("comes to {}", code(known)));
        }
        let mut told: Vec<&str> = Vec::new();
        for reference in value.references() {
            if told.contains(&&*reference.name) {
                continue;
            }
            told.push(&reference.name);
            let name = code(&reference.name);
            let set = environment.and_then(|environment| environment.get(&reference.name));
            lines.push(match (set, &reference.word) {
                (Some(value), _) => format!("{name} = {} from `.env`", code(value)),
                (None, Some(word))
                    if reference
                        .operator
                        .is_some_and(|operator| operator.is_default()) =>
                {
                    format!("{name} is set by the environment, else {}", code(word))
                }
                (None, _) => format!("{name} is set by the environment"),
            });
        }
        if value.knowledge() == Knowledge::Known {
            return None;
        }
        Some(lines.join("  \n"))
    }

    fn value_words(&self, form: Form) -> Option<String> {
        let text = self.yaml.as_str(self.node)?;
        match form {
            Form::Image => image::words(text),
            Form::ByteSize | Form::PositiveSize => size::parse(text).ok()?.map(bytes),
            Form::Duration => duration::parse(text, Units::Compose)
                .ok()?
                .map(|time| seconds(time.nanoseconds)),
            Form::Port => port_words(text),
            Form::FileMode => Some(format!(
                "file mode {}",
                mode_words(u32::from_str_radix(text.trim_start_matches("0o"), 8).ok()?)
            )),
            Form::Name(_) | Form::Link => self.named(text),
            _ => None,
        }
    }

    /// A service that is named.
    fn named(&self, text: &str) -> Option<String> {
        let name = text.split(':').next()?;
        let (project, service) = self
            .projects()
            .find_map(|project| Some((project, project.service(name)?)))?;
        let container = &service.container;
        let mut lines = vec![format!("service {}", code(name))];
        if let Some(image) = &container.image {
            lines.push(format!("image {}", code(image.value.text())));
        }
        if let Some(build) = &container.build
            && let Some(path) = project.dockerfile_path(build)
        {
            lines.push(format!("built from {}", code(&path.display().to_string())));
        }
        if let Some(place) = self.team.and_then(|team| team.place(service.name.at)) {
            lines.push(format!(
                "declared in {}",
                code(&place.path.display().to_string())
            ));
        }
        Some(lines.join("  \n"))
    }
}

fn names(project: &Project) -> String {
    let names: Vec<String> = project
        .files
        .iter()
        .take(4)
        .map(|file| code(&file.path.display().to_string()))
        .collect();
    let more = project.files.len().saturating_sub(names.len());
    match more {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn cut(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().take(LONGEST + 1).collect();
    if lines.len() > LONGEST {
        lines.truncate(LONGEST);
        lines.push("…");
    }
    lines.join("\n")
}

/// A value as YAML that a person reads.
fn write_yaml(value: &Json, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Json::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                out.push_str(&format!("\n{indent}{key}:"));
                write_child(value, depth, out);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for item in items {
                out.push_str(&format!("\n{indent}-"));
                let mut inner = String::new();
                write_yaml(item, depth + 1, &mut inner);
                out.push(' ');
                out.push_str(inner.trim_start());
            }
        }
        Json::Object(_) => out.push_str("{}"),
        Json::Array(_) => out.push_str("[]"),
        Json::String(text) if is_plain(text) => out.push_str(text),
        other => out.push_str(&other.to_string()),
    }
}

fn write_child(value: &Json, depth: usize, out: &mut String) {
    let is_nested = match value {
        Json::Object(map) => !map.is_empty(),
        Json::Array(items) => !items.is_empty(),
        _ => false,
    };
    if !is_nested {
        out.push(' ');
    }
    write_yaml(value, depth + 1, out);
}

/// Whether a text needs no quotes for a reader.
fn is_plain(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(allowed)
        && !matches!(
            text,
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
}

/// A number of bytes for people.
fn bytes(count: u64) -> String {
    let units = [("GiB", 1u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let unit = units.iter().find(|(_, size)| count >= *size);
    match unit {
        Some((name, size)) if count.is_multiple_of(*size) => {
            format!("{} {name} ({count} bytes)", count / size)
        }
        #[expect(clippy::cast_precision_loss, reason = "it is rounded to one decimal")]
        Some((name, size)) => format!("{:.1} {name} ({count} bytes)", count as f64 / *size as f64),
        None => format!("{count} bytes"),
    }
}

fn seconds(nanoseconds: i64) -> String {
    let whole = nanoseconds / 1_000_000_000;
    match whole {
        0 => format!("{} ms", nanoseconds / 1_000_000),
        1 => "1 second".to_owned(),
        _ => format!("{whole} seconds"),
    }
}

fn mode_words(mode: u32) -> String {
    let bit = |at: u32, letter: char| if mode >> at & 1 == 1 { letter } else { '-' };
    (0..9)
        .rev()
        .map(|at| bit(at, ['x', 'w', 'r'][at as usize % 3]))
        .collect::<String>()
}

fn port_words(text: &str) -> Option<String> {
    let mapping = port::parse_short(text).ok()?;
    let inside = code(text.get(mapping.container.range.clone())?);
    let protocol = mapping.protocol().map_or("tcp", port::Protocol::as_str);
    let Some(host) = &mapping.host else {
        return Some(format!(
            "port {inside} ({protocol}) of the container, at a port of the host that Docker chooses"
        ));
    };
    let on = match mapping.is_on_all_interfaces() {
        Some(true) => "on all interfaces of the host",
        Some(false) if mapping.is_on_loopback() == Some(true) => "on this machine only",
        _ => "on one address of the host",
    };
    Some(format!(
        "port {} of the host leads to port {inside} ({protocol}) of the container, {on}",
        code(text.get(host.range.clone())?)
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::hovered;

    fn in_compose(text: &str) -> Option<String> {
        hovered(&[("compose.yaml", text)])
    }

    #[test]
    fn keys() {
        let text = in_compose("services:\n  web:\n    ima¦ge: nginx\n").expect("an answer");
        assert!(text.starts_with("image: **image**: "), "{text}");
        assert!(
            text.ends_with("(https://docs.docker.com/reference/compose-file/services/#image)"),
            "{text}"
        );
        let text = in_compose("services:\n  we¦b:\n    image: nginx\n").expect("an answer");
        assert_eq!(text, "web: service `web`");
        assert_eq!(in_compose("services:\n  web:\n    x-¦y: nginx\n"), None);
    }

    #[test]
    fn values() {
        let cases = [
            (
                "services:\n  a:\n    mem_limit: 51¦2m\n",
                "512m: 512 MiB (536870912 bytes)",
            ),
            (
                "services:\n  a:\n    stop_grace_period: 1m¦30s\n",
                "1m30s: 90 seconds",
            ),
            (
                "services:\n  a:\n    ports: [\"80¦80:80\"]\n",
                "\"8080:80\": port `8080` of the host leads to port `80` (tcp) of the container, on all interfaces of the host",
            ),
            (
                "services:\n  a:\n    image: b:${T¦AG:-1}\n",
                "b:${TAG:-1}: comes to `b:1`  \n`TAG` is set by the environment, else `1`",
            ),
            (
                "services:\n  a: {depends_on: [¦b]}\n  b: {image: c}\n",
                "b: service `b`  \nimage `c`  \ndeclared in `compose.yaml`",
            ),
        ];
        for (text, wanted) in cases {
            let found = in_compose(text).unwrap_or_default();
            assert!(found.starts_with(wanted), "{text}: {found}");
        }
    }

    #[test]
    fn variables_of_the_env_file() {
        let compose = "services:\n  a:\n    image: \"b:$¦TAG\"\n";
        let files = [("compose.yaml", compose), (".env", "TAG=7\n")];
        let wanted = "\"b:$TAG\": comes to `b:7`  \n`TAG` = `7` from `.env`";
        let found = hovered(&files).unwrap_or_default();
        assert!(found.starts_with(wanted), "{found}");
    }

    #[test]
    fn what_the_project_makes_of_it() {
        let base = "services:\n  a:\n    ima¦ge: b\n    environment: {X: '1'}\n";
        let over = "services:\n  a:\n    image: c\n";
        let files = [("compose.yaml", base), ("compose.override.yaml", over)];
        let found = hovered(&files).unwrap_or_default();
        let wanted =
            "In the project of `compose.yaml`, `compose.override.yaml`:\n\n```yaml\nc\n```";
        assert!(found.ends_with(wanted), "{found}");
    }

    #[test]
    fn aliases() {
        let text = "x-a: &a\n  init: true\nservices:\n  b: {<<: *¦a}\n";
        let found = in_compose(text).expect("an answer");
        assert!(
            found.starts_with("*a: `a` stands for what is in line 2:\n\n```yaml\n"),
            "{found}"
        );
    }
}

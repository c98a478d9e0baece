//! What a reader would have to look up, to be shown in the line: what variables come to, what another file of the
//! project says instead, who builds a stage.

use std::path::Path;

use super::document::{ComposeText, Document};
use super::hover::Builds;
use super::workspace::Workspace;
use crate::compose::project::{Project, Role};
use crate::compose::value::{Knowledge, Scalar};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::grammar::port;
use crate::text::{Span, order};
use crate::yaml::{Document as Yaml, Kind as YamlKind, NodeId, Place};

/// A few words in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// The byte that they are shown before.
    pub at: u32,
    /// The words.
    pub label: String,
    /// What they mean.
    pub tooltip: String,
}

/// The longest value that is shown, in characters.
const LONGEST: usize = 40;

/// The most hints of a document.
const MOST: usize = 1_000;

/// The hints in a part of a document, in the order of the file.
pub fn hints(workspace: &Workspace<'_>, path: &Path, range: Span) -> Vec<Hint> {
    let Some(document) = workspace.document(path) else {
        return Vec::new();
    };
    let mut hints = Hints {
        range,
        found: Vec::new(),
    };
    if let Some(dockerfile) = document.dockerfile() {
        let builds = Builds::of(workspace, path);
        hints.dockerfile(&dockerfile.model, &builds);
    } else if let Some(compose) = document.compose() {
        hints.compose(workspace, document, compose);
    }
    let mut found = hints.found;
    order::sort_by_key(&mut found, |hint| hint.at);
    found.truncate(MOST);
    found
}

struct Hints {
    range: Span,
    found: Vec<Hint>,
}

impl Hints {
    fn is_wanted(&self, span: Span) -> bool {
        span.start <= self.range.end && self.range.start <= span.end
    }

    fn add(&mut self, at: u32, label: String, tooltip: impl Into<String>) {
        self.found.push(Hint {
            at,
            label,
            tooltip: tooltip.into(),
        });
    }

    fn dockerfile(&mut self, model: &Dockerfile, builds: &Builds) {
        for (number, instruction) in model.ast.instructions.iter().enumerate() {
            if !self.is_wanted(instruction.span) {
                continue;
            }
            for word in instruction.words() {
                if !word.has_variables() {
                    continue;
                }
                let value = model.value_at(number, word);
                if let Some(text) = value.text().and_then(short) {
                    let tooltip = match value.known() {
                        Some(_) => "what the variables come to",
                        None => "what the variables come to unless the build sets them",
                    };
                    self.add(word.span.end, format!("= {text}"), tooltip);
                }
            }
            if let InstructionKind::From(_) = instruction.kind
                && let Some(stage) = model.stage_of(number)
            {
                let services: Vec<&str> = builds.services_of(stage.index).collect();
                if let Some(list) = short(&services.join(", ")) {
                    let label = format!("built by {list}");
                    self.add(instruction.span.end, label, "services of Compose files");
                }
            }
        }
    }

    fn compose(&mut self, workspace: &Workspace<'_>, document: &Document, compose: &ComposeText) {
        let own = document.source.id;
        let team = workspace.team(document.path());
        let projects = team.into_iter().flat_map(|team| &team.projects);
        let mut projects = projects.map(|linked| &linked.project);
        let project = projects.find(|project| project.files.iter().any(|file| file.id == own));
        for yaml in &compose.loaded.yaml.documents {
            for id in yaml.ids() {
                if !self.is_wanted(yaml.full_span(id)) {
                    continue;
                }
                self.variables(yaml, id, document, project);
                if let Some(project) = project {
                    self.overridden(workspace, yaml, id, document, project);
                }
            }
        }
        for part in compose.file.documents() {
            for owned in part.containers() {
                for port in &owned.container.ports {
                    self.port(port.at.span, document);
                }
            }
        }
    }

    /// What the variables of a value come to.
    fn variables(
        &mut self,
        yaml: &Yaml,
        id: NodeId,
        document: &Document,
        project: Option<&Project>,
    ) {
        let YamlKind::Scalar(scalar) = yaml.kind(id) else {
            return;
        };
        if !scalar.value.contains('$') || matches!(yaml.place(id), Place::Key(_)) {
            return;
        }
        let Some(cooked) = yaml.cooked(id) else {
            return;
        };
        let environment = project.map(|project| &*project.environment);
        let resolved = scalar.resolve();
        let value = Scalar::read(
            cooked.into_owned(),
            scalar.style,
            resolved,
            document.source.id,
            environment,
        );
        let tooltip = match value.knowledge() {
            Knowledge::Default => "as long as nobody sets the variables",
            Knowledge::EnvFile => "what `.env` says, as long as the environment says nothing else",
            Knowledge::Known | Knowledge::Unknown => return,
        };
        if let Some(text) = value.known().and_then(short) {
            self.add(yaml.span(id).end, format!("= {text}"), tooltip);
        }
    }

    /// What an override file says in place of a value of a service.
    fn overridden(
        &mut self,
        workspace: &Workspace<'_>,
        yaml: &Yaml,
        id: NodeId,
        document: &Document,
        project: &Project,
    ) {
        let is_value = matches!(yaml.kind(id), YamlKind::Scalar(_));
        let own = project
            .files
            .iter()
            .find(|file| file.id == document.source.id);
        let (true, Some(Role::Base)) = (is_value, own.map(|file| file.role)) else {
            return;
        };
        let Some(key) = yaml.key_of(id).and_then(|key| yaml.as_str(key)) else {
            return;
        };
        let service = yaml.parent(id).and_then(|service| {
            let section = yaml.parent(service)?;
            let name = yaml.as_str(yaml.key_of(service)?)?;
            let is_section = yaml.find(&["services"]) == Some(section);
            is_section.then_some(name)
        });
        let Some(service) = service else {
            return;
        };
        let overrides = project
            .files
            .iter()
            .rev()
            .filter(|file| file.role == Role::Override);
        for file in overrides {
            let other = workspace.document(&file.path).and_then(Document::compose);
            let said = other.and_then(|other| {
                let mut documents = other.loaded.yaml.documents.iter().rev();
                documents.find_map(|yaml| yaml.as_str(yaml.find(&["services", service, key])?))
            });
            if let Some(text) = said.and_then(short) {
                let name = file.path.file_name().unwrap_or_default().to_string_lossy();
                let tooltip = format!("{name} says otherwise");
                self.add(yaml.span(id).end, format!("→ {text} in {name}"), tooltip);
                return;
            }
        }
    }

    fn port(&mut self, at: Span, document: &Document) {
        if !self.is_wanted(at) {
            return;
        }
        let text = at.text(document.text());
        let bare = text.trim_matches(['"', '\'']);
        let Ok(mapping) = port::parse_short(bare) else {
            return;
        };
        if mapping.host.is_some() && mapping.is_on_all_interfaces() == Some(true) {
            let tooltip = "no address is named, so that the port can be reached from outside";
            self.add(at.end, "on all interfaces".to_owned(), tooltip);
        }
    }
}

/// A text that fits in a line; nothing for one that is empty or too long.
fn short(text: &str) -> Option<&str> {
    let fits = text.chars().take(LONGEST + 1).count() <= LONGEST;
    (fits && !text.trim().is_empty() && !text.contains(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    fn shown(files: &[(&str, &str)]) -> String {
        let scene = Scene::new(files);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let mut text = document.text().to_owned();
        for hint in hints(&workspace, &scene.path, Span::new(0, u32::MAX))
            .iter()
            .rev()
        {
            text.insert_str(hint.at as usize, &format!("«{}»", hint.label));
        }
        text
    }

    #[test]
    fn in_a_dockerfile() {
        let text =
            "¦ARG V=3\nFROM a:$V AS b\nENV P=/x\nWORKDIR \"$P/y\"\nRUN echo $V\nCOPY $UNKNOWN /\n";
        let wanted = "ARG V=3\nFROM a:$V«= a:3» AS b«built by web»\nENV P=/x\nWORKDIR \"$P/y\"«= /x/y»\nRUN echo $V\nCOPY $UNKNOWN /\n";
        let compose = "services: {web: {build: .}}\n";
        assert_eq!(
            shown(&[("Dockerfile", text), ("compose.yaml", compose)]),
            wanted
        );
    }

    #[test]
    fn in_a_compose_file() {
        let text = "¦services:\n  a:\n    image: \"b:${T:-1}\"\n    user: $U\n    restart: always\n    hostname: $X\n    ports: [\"80:80\", \"127.0.0.1:81:81\", \"82\"]\n";
        let over = "services: {a: {restart: 'no'}}\n";
        let files = [
            ("compose.yaml", text),
            ("compose.override.yaml", over),
            (".env", "U=7\n"),
        ];
        let wanted = "services:\n  a:\n    image: \"b:${T:-1}\"«= b:1»\n    user: $U«= 7»\n    restart: always«→ no in compose.override.yaml»\n    hostname: $X\n    ports: [\"80:80\"«on all interfaces», \"127.0.0.1:81:81\", \"82\"]\n";
        assert_eq!(shown(&files), wanted);
    }
}

//! What of a document leads elsewhere: images to their pages, paths to their files, addresses to where they point.
//!
//! Nothing is fetched: an address is made from the text alone. A path is a link only if the file is there.

use std::path::{Path, PathBuf};

use super::document::{ComposeText, DockerfileText, Document};
use super::workspace::Workspace;
use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::value::Scalar;
use crate::dockerfile::ast::{DirectiveKind, InstructionKind};
use crate::dockerfile::model::{Base, ReferenceKind, Target};
use crate::dockerfile::word::Word;
use crate::grammar::image::ImageReference;
use crate::knowledge::image_pages;
use crate::text::path::lexical;
use crate::text::{Span, order};
use crate::workspace::fs::Entry;

/// A link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The bytes that lead there, without quotes.
    pub span: Span,
    /// Where they lead.
    pub target: LinkTarget,
    /// What is there, in a few words.
    pub tooltip: &'static str,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkTarget {
    /// To an address.
    Address(String),
    /// To a file of the workspace.
    File(PathBuf),
}

/// The links of a document, in the order of the file.
pub fn links(workspace: &Workspace<'_>, path: &Path) -> Vec<Link> {
    let Some(document) = workspace.document(path) else {
        return Vec::new();
    };
    let mut links = Links {
        workspace,
        found: Vec::new(),
    };
    if let Some(dockerfile) = document.dockerfile() {
        links.dockerfile(dockerfile);
    } else if let Some(compose) = document.compose() {
        links.compose(document, compose);
    }
    let mut found = links.found;
    order::sort_by_key(&mut found, |link| link.span);
    found.dedup_by_key(|link| link.span);
    found
}

struct Links<'l> {
    workspace: &'l Workspace<'l>,
    found: Vec<Link>,
}

impl Links<'_> {
    fn image(&mut self, text: &str, span: Span) {
        let Ok(image) = ImageReference::parse(text) else {
            return;
        };
        if let Some(page) = image_pages::page(&image) {
            self.found.push(Link {
                span,
                target: LinkTarget::Address(page),
                tooltip: "open the image's page",
            });
        }
    }

    fn address(&mut self, text: &str, span: Span) {
        let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        if (text.starts_with("https://") || text.starts_with("http://"))
            && text.chars().all(is_plain)
        {
            self.found.push(Link {
                span,
                target: LinkTarget::Address(text.to_owned()),
                tooltip: "open the address",
            });
        }
    }

    fn file(&mut self, path: PathBuf, span: Span) {
        if let Ok(Entry::File) = self.workspace.files().entry(&path) {
            self.found.push(Link {
                span,
                target: LinkTarget::File(path),
                tooltip: "open the file",
            });
        }
    }

    fn dockerfile(&mut self, dockerfile: &DockerfileText) {
        let model = &dockerfile.model;
        for directive in &model.ast.directives {
            if directive.kind == DirectiveKind::Syntax && directive.counts {
                self.image(&directive.value.value, directive.value.span);
            }
        }
        for stage in &model.stages {
            let InstructionKind::From(from) = &model.ast.instructions[stage.from].kind else {
                continue;
            };
            if let Base::Image(value) = &stage.base
                && let (Some(image), Some(text)) = (&from.image, value.text())
            {
                self.image(text, text_span(image));
            }
        }
        for reference in &model.references {
            if reference.kind != ReferenceKind::From && reference.target == Target::Image {
                self.image(&reference.text, reference.span);
            }
        }
        for instruction in &model.ast.instructions {
            if let InstructionKind::Add(add) = &instruction.kind {
                for source in add.paths.sources() {
                    if let Some(text) = source.literal() {
                        self.address(&text, text_span(source));
                    }
                }
            }
        }
    }

    fn compose(&mut self, document: &Document, compose: &ComposeText) {
        let team = self.workspace.team(document.path());
        let projects = team.into_iter().flat_map(|team| &team.projects);
        // The first project in which it is known where the paths of the file begin.
        let id = document.source.id;
        let project = projects
            .map(|linked| &linked.project)
            .find(|project| project.directory_of(id).is_some());
        for part in compose.file.documents() {
            for owned in part.containers() {
                self.container(owned.container, project);
            }
            for model in part.models.iter() {
                if let Some(name) = &model.model {
                    self.model(&name.value);
                }
            }
            if let Some(project) = project {
                self.paths(part, project);
            }
        }
    }

    fn container(&mut self, container: &Container, project: Option<&Project>) {
        if let Some(image) = &container.image
            && let Some(text) = image.value.known()
        {
            self.image(text, value_span(&image.value));
        }
        let (Some(project), Some(build)) = (project, &container.build) else {
            return;
        };
        let Some(path) = project.dockerfile_path(build) else {
            return;
        };
        // The Dockerfile where it is named, else the folder that it is in.
        let named = build
            .value
            .dockerfile
            .as_ref()
            .or(build.value.context.as_ref());
        if let Some(named) = named {
            self.file(path, value_span(&named.value));
        }
    }

    /// An AI model, whose name is that of an image.
    fn model(&mut self, name: &Scalar) {
        if let Some(text) = name.known() {
            self.image(text, value_span(name));
        }
    }

    fn paths(&mut self, part: &File, project: &Project) {
        let mut scalars: Vec<&Scalar> = Vec::new();
        for include in &part.include {
            scalars.extend(include.path.iter().map(|path| &path.value));
            scalars.extend(include.env_file.iter().map(|path| &path.value));
        }
        for service in part.services.iter() {
            let extends = service.extends.as_ref();
            let file = extends.and_then(|extends| extends.value.file.as_ref());
            scalars.extend(file.map(|file| &file.value));
        }
        for owned in part.containers() {
            let container = owned.container;
            scalars.extend(container.env_file.iter().map(|file| &file.path.value));
            scalars.extend(container.label_file.iter().map(|file| &file.value));
            let sources = container.volumes.iter();
            let sources = sources.filter_map(|mount| mount.source.as_ref());
            scalars.extend(sources.map(|source| &source.value));
        }
        for object in part.secrets.iter().chain(part.configs.iter()) {
            scalars.extend(object.file.as_ref().map(|file| &file.value));
        }
        for scalar in scalars {
            if let Some(path) = project.local_path(scalar) {
                self.file(lexical(&path), value_span(scalar));
            }
        }
    }
}

/// The bytes of a word without its quotes.
fn text_span(word: &Word) -> Span {
    let value = word.value_cooked();
    value.span(0..value.text().len())
}

/// The bytes of a value without its quotes.
fn value_span(scalar: &Scalar) -> Span {
    let raw = scalar.raw();
    raw.span(0..raw.text().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    fn linked(files: &[(&str, &str)]) -> Vec<String> {
        let scene = Scene::new(files);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let show = |link: &Link| {
            let target = match &link.target {
                LinkTarget::Address(address) => address.clone(),
                LinkTarget::File(path) => path.display().to_string(),
            };
            format!("{} > {target}", link.span.text(document.text()))
        };
        links(&workspace, &scene.path).iter().map(show).collect()
    }

    #[test]
    fn of_a_dockerfile() {
        let text = "¦# syntax=docker/dockerfile:1\nARG V=3\nFROM alpine:$V AS a\nFROM $X\nFROM a\nCOPY --from=nginx:1 /x /\nADD \"https://example.com/a.tar\" /b /\n";
        let wanted = [
            "docker/dockerfile:1 > https://hub.docker.com/r/docker/dockerfile",
            "alpine:$V > https://hub.docker.com/_/alpine",
            "nginx:1 > https://hub.docker.com/_/nginx",
            "https://example.com/a.tar > https://example.com/a.tar",
        ];
        assert_eq!(linked(&[("Dockerfile", text)]), wanted);
    }

    #[test]
    fn of_a_compose_file() {
        let text = "¦include: [sub/part.yaml, sub/none.yaml]\nservices:\n  a:\n    image: 'quay.io/a/b:1'\n    env_file: [a.env, b.env]\n    volumes: [\"./conf/x.conf:/x:ro\", \"data:/d\"]\n  b:\n    build: ./api\n  c:\n    build: {context: api, dockerfile: dev.Dockerfile}\nsecrets:\n  s: {file: ./s.txt}\n";
        let files = [
            ("compose.yaml", text),
            (
                "sub/part.yaml",
                "services: {d: {image: d, env_file: ../a.env}}\n",
            ),
            ("a.env", ""),
            ("conf/x.conf", ""),
            ("api/Dockerfile", ""),
            ("api/dev.Dockerfile", ""),
            ("s.txt", ""),
        ];
        let wanted = [
            "sub/part.yaml > sub/part.yaml",
            "quay.io/a/b:1 > https://quay.io/repository/a/b",
            "a.env > a.env",
            "./conf/x.conf > conf/x.conf",
            "./api > api/Dockerfile",
            "dev.Dockerfile > api/dev.Dockerfile",
            "./s.txt > s.txt",
        ];
        assert_eq!(linked(&files), wanted);
    }
}

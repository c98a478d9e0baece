//! What a reader would have to look up, to be shown in the line: what variables come to, what another file of the
//! project says instead, who builds a stage, who runs in a container.

mod compose;

use std::path::Path;

use super::hover::Builds;
use super::workspace::Workspace;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::text::{Span, order};

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
        compose::hints(&mut hints, workspace, document, compose);
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

    #[test]
    fn what_the_project_says_instead() {
        let text = "¦services:\n  a:\n    image: \"b:$T\"\n    mem_limit: 512m\n    init: true\n    environment: {X: '1', Y: '2'}\n    deploy: {replicas: 2}\n    user: a\n";
        let over = "x-b: &b {replicas: 3}\nservices:\n  a:\n    image: b:2\n    mem_limit: 536870912\n    init: !reset\n    environment: [X=3]\n    deploy: *b\n    user: $WHO\n";
        let files = [
            ("compose.yaml", text),
            ("compose.override.yaml", over),
            (".env", "T=1\n"),
        ];
        let wanted = "services:\n  a:\n    image: \"b:$T\"«= b:1»«→ b:2 in compose.override.yaml»\n    mem_limit: 512m\n    init: true«→ nothing, by compose.override.yaml»\n    environment: {X: '1', Y: '2'}\n    deploy: {replicas: 2«→ 3 in compose.override.yaml»}\n    user: a«→ $WHO in compose.override.yaml»\n";
        assert_eq!(shown(&files), wanted);
    }

    #[test]
    fn what_an_extended_service_says() {
        let text = "¦services:\n  a:\n    extends: {service: b, file: base.yaml}\n    image: c\n    restart: always\n  d:\n    extends: a\n    image: e\n";
        let base = "services: {b: {image: x, restart: always}}\n";
        let files = [("compose.yaml", text), ("base.yaml", base)];
        let wanted = "services:\n  a:\n    extends: {service: b, file: base.yaml}\n    image: c«instead of x»\n    restart: always\n  d:\n    extends: a\n    image: e«instead of c»\n";
        assert_eq!(shown(&files), wanted);
    }

    #[test]
    fn who_runs_and_in_which_network() {
        let text = "¦services:\n  a:\n    build: .\n    networks: [n]\n  b:\n    image: alpine:3\n  c:\n    image: alpine:3\n    user: x\n    network_mode: none\n  d:\n    image: example.com/unknown\n    networks: [n]\nnetworks: {n: {}}\n";
        let wanted = "services:\n  a:« runs as app»\n    build: .\n    networks: [n]\n  b:« runs as root, in network default»\n    image: alpine:3\n  c:\n    image: alpine:3\n    user: x\n    network_mode: none\n  d:\n    image: example.com/unknown\n    networks: [n]\nnetworks: {n: {}}\n";
        let files = [("compose.yaml", text), ("Dockerfile", "FROM a\nUSER app\n")];
        assert_eq!(shown(&files), wanted.replace("« ", "«"));
    }
}

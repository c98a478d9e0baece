//! The same said otherwise: short syntax as long, a list as a mapping and back, what is said twice under one name.
//!
//! A rewriting is offered only if the file comes to the same by itself, which is tried: what `docker compose config` would
//! print of it stays. Comments stay where they are. Only Compose files have any.

mod anchor;
mod mounts;
mod pairs;
mod ports;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::document::{ComposeText, Document};
use super::hover::keys_of;
use super::workspace::{Workspace, config};
use crate::compose::File;
use crate::compose::project::{Project, Root};
use crate::text::{Edit, SourceFile, Span, apply};
use crate::yaml::edit::double_quoted;
use crate::yaml::{CollectionStyle, Document as Yaml, Kind as YamlKind, NodeId, Place};

/// A way to say the same otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rewrite {
    /// What it does, as a command.
    pub title: String,
    /// Whether it gives a name to what stands there; else it only writes it otherwise.
    pub is_extraction: bool,
    /// The changes to the document.
    pub edits: Vec<Edit>,
}

/// What may be written otherwise at a place.
pub fn rewrites(workspace: &Workspace<'_>, path: &Path, at: Span) -> Vec<Rewrite> {
    let Some(document) = workspace.document(path) else {
        return Vec::new();
    };
    let Some(compose) = document.compose() else {
        return Vec::new();
    };
    if !compose.errors.is_empty() || !compose.loaded.yaml.skipped.is_empty() {
        return Vec::new();
    }
    let Some((yaml, node)) = compose.loaded.yaml.node_at(at.start) else {
        return Vec::new();
    };
    let here = Here {
        text: document.text(),
        yaml,
    };
    let mut found: Vec<Rewrite> = Vec::new();
    for id in yaml.ancestors(node) {
        // A key stands for its value.
        let id = here.value_of(id);
        let candidates = [
            pairs::rewrite(&here, id),
            ports::rewrite(&here, id),
            mounts::rewrite(&here, id),
            anchor::rewrite(&here, id),
        ];
        for candidate in candidates.into_iter().flatten() {
            if found.iter().all(|known| known.title != candidate.title) {
                found.push(candidate);
            }
        }
    }
    if !found.is_empty() {
        let before = comes_to(document, compose);
        found.retain(|rewrite| {
            let Ok(text) = apply(document.text(), &rewrite.edits) else {
                return false;
            };
            let source = SourceFile::from_text(document.source.id, path.to_path_buf(), text);
            let changed = Document::new(source, document.kind);
            let after = changed
                .compose()
                .filter(|changed| changed.errors.is_empty());
            after.is_some_and(|after| comes_to(&changed, after) == before)
        });
    }
    found
}

/// What a file comes to by itself, in canonical form.
fn comes_to(document: &Document, compose: &ComposeText) -> Json {
    let root = Root {
        files: vec![document.path().to_path_buf()],
        directory: document
            .path()
            .parent()
            .unwrap_or(Path::new(""))
            .to_path_buf(),
        ..Root::default()
    };
    let file = Arc::new(File::lower(&compose.loaded.yaml, document.source.id));
    let mut config = config(&Project::alone(file, &root, &document.source, None));
    let services = config.get_mut("services").and_then(Json::as_object_mut);
    for service in services
        .into_iter()
        .flat_map(|services| services.values_mut())
    {
        let mounts = service.get_mut("volumes").and_then(Json::as_array_mut);
        for mount in mounts.into_iter().flatten().filter_map(Json::as_object_mut) {
            // The short syntax brings options that are none.
            mount.retain(|key, value| key != "volume" || *value != json!({}));
        }
    }
    config
}

/// A Compose file.
struct Here<'h> {
    text: &'h str,
    yaml: &'h Yaml,
}

impl<'h> Here<'h> {
    /// The value of a key; anything else as it is.
    fn value_of(&self, id: NodeId) -> NodeId {
        let Place::Key(number) = self.yaml.place(id) else {
            return id;
        };
        let entries = self.yaml.parent(id).map(|parent| self.yaml.entries(parent));
        let entry = entries.and_then(|entries| entries.get(number as usize));
        entry.map_or(id, |entry| entry.value)
    }

    /// The keys that lead to a node.
    fn keys(&self, id: NodeId) -> Option<Vec<&'h str>> {
        keys_of(self.yaml, id)
    }

    /// The keys that lead to the list that a node is an item of.
    fn keys_of_list(&self, id: NodeId) -> Option<Vec<&'h str>> {
        let is_item = matches!(self.yaml.place(id), Place::Item(_));
        self.keys(self.yaml.parent(id).filter(|_| is_item)?)
    }

    /// A scalar that stands on one line, without anchor and tag.
    fn plain_text(&self, id: NodeId) -> Option<&'h str> {
        let is_scalar = matches!(self.yaml.kind(id), YamlKind::Scalar(_));
        let is_bare = is_scalar && self.yaml.tag(id).is_none() && self.yaml.anchor(id).is_none();
        let is_line = !self.yaml.span(id).text(self.text).contains(['\n', '\r']);
        self.yaml.as_str(id).filter(|_| is_bare && is_line)
    }

    fn is_flow(&self, id: NodeId) -> bool {
        self.yaml.collection_style(id) == Some(CollectionStyle::Flow)
    }

    /// The column of a byte in its line, if nothing but blanks and dashes stand before it.
    fn column(&self, at: u32) -> Option<usize> {
        let before = self.text.get(..at as usize)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let before = &before[start..];
        let is_blank = before.bytes().all(|byte| byte == b' ' || byte == b'-');
        is_blank.then_some(before.len())
    }

    /// How lines end.
    fn line_break(&self) -> &'static str {
        if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    /// The edit that writes a mapping in place of an item of a list.
    fn as_mapping(&self, item: NodeId, entries: &[(String, String)]) -> Option<Edit> {
        let span = self.yaml.full_span(item);
        let mut lines = entries.iter().map(|(key, value)| format!("{key}: {value}"));
        if self.is_flow(self.yaml.parent(item)?) {
            let all: Vec<String> = lines.collect();
            return Some(Edit::replace(span, format!("{{{}}}", all.join(", "))));
        }
        let column = self.column(span.start)?;
        let mut text = lines.next()?;
        for line in lines {
            text.push_str(self.line_break());
            text.push_str(&" ".repeat(column));
            text.push_str(&line);
        }
        Some(Edit::replace(span, text))
    }
}

/// A text as a scalar, in quotes unless it surely is the same without.
fn scalar(text: &str) -> String {
    let is_safe =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '=' | '@' | '+');
    let begins =
        text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '.'));
    // Numbers such as `.5` and words such as `yes`, also in older versions of YAML.
    let has_letter = text.contains(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '=');
    let words = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", ".inf", ".nan",
    ];
    let is_word = words.iter().any(|word| word.eq_ignore_ascii_case(text));
    match begins && has_letter && !is_word && text.chars().all(is_safe) {
        true => text.to_owned(),
        false => double_quoted(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    /// What becomes of a text by the rewritings at its cursor, each with its title.
    fn rewritten(text: &str) -> Vec<(String, String)> {
        let scene = Scene::new(&[("compose.yaml", text)]);
        let workspace = scene.workspace();
        let found = rewrites(&workspace, &scene.path, Span::empty(scene.at));
        let plain = text.replace('¦', "");
        let applied = found.into_iter().map(|rewrite| {
            let text = apply(&plain, &rewrite.edits).expect("edits fit");
            (rewrite.title, text)
        });
        applied.collect()
    }

    #[track_caller]
    fn becomes(text: &str, title: &str, wanted: &str) {
        let found = rewritten(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(title, text)| (&**title, &**text))
            .collect();
        assert_eq!(found, [(title, wanted)]);
    }

    #[test]
    fn lists_and_mappings() {
        let list = "services:\n  a:\n    image: b\n    environment:\n      # first\n      - A=1  # one\n\n      - ¦B=x y=$Z\n      - 'C'\n      - D=\n    init: true\n";
        let map = "services:\n  a:\n    image: b\n    environment:\n      # first\n      A: \"1\"  # one\n\n      B: \"x y=$Z\"\n      C:\n      D: \"\"\n    init: true\n";
        becomes(list, "Write `environment` as a mapping", map);
        let map = map.replace("      D", "      ¦D");
        let list = list
            .replace('¦', "")
            .replace("B=x y=$Z", "\"B=x y=$Z\"")
            .replace("'C'", "C");
        becomes(&map, "Write `environment` as a list", &list);
    }

    #[test]
    fn lists_that_are_not_indented_and_those_in_brackets() {
        becomes(
            "services:\n  a:\n    image: b\n    lab¦els:\n    - x=w\n    - z=true\n",
            "Write `labels` as a mapping",
            "services:\n  a:\n    image: b\n    labels:\n      x: w\n      z: \"true\"\n",
        );
        becomes(
            "services:\n  a:\n    build: {context: ., args: [A=1, ¦B]}\n",
            "Write `args` as a mapping",
            "services:\n  a:\n    build: {context: ., args: {A: \"1\", B: }}\n",
        );
        becomes(
            "services:\n  a: {image: b, sysctls: {net.a: 1¦, net.b: c}}\n",
            "Write `sysctls` as a list",
            "services:\n  a: {image: b, sysctls: [net.a=1, net.b=c]}\n",
        );
    }

    #[test]
    fn what_would_come_to_something_else_is_not_offered() {
        for text in [
            "services: {a: {image: b, environment: [¦A=1, A=2]}}\n",
            "services: {a: {image: b, environment: [¦'$A=1']}}\n",
            "services: {a: {image: b, labels: [¦A]}}\n",
            "services: {a: {image: b, environment: {¦A: 1.10}}}\n",
            "services: {a: {image: b, environment: {¦A: 010}}}\n",
            "services:\n  a:\n    image: b\n    environment:\n      ¦A: |\n        b\n",
            "x-a: &a {B: c}\nservices: {a: {image: b, environment: {<<: *a, ¦A: b}}}\n",
            "services: {a: {image: b, environment: [¦]}}\n",
            "services: {a: {image: b, command: [¦x=1]}}\n",
            "services: {a: {image: b, ports: ['¦8000-8001:8000-8001', $P:80]}}\n",
            "services: {a: {image: b, volumes: ['a:/b:¦rw,bad', '$V:/x']}}\nvolumes: {a: {}}\n",
            "services: {a: {image: b, environment: [¦A=1}}\n",
        ] {
            assert_eq!(rewritten(text), [], "{text}");
        }
    }

    #[test]
    fn ports_in_the_long_syntax() {
        becomes(
            "services:\n  a:\n    image: b\n    ports:\n      - \"127.0.0.1:80¦80:80/udp\"  # why\n      - 90\n",
            "Write this port in the long syntax",
            "services:\n  a:\n    image: b\n    ports:\n      - target: 80\n        published: \"8080\"\n        host_ip: 127.0.0.1\n        protocol: udp  # why\n      - 90\n",
        );
        becomes(
            "services: {a: {image: b, ports: [¦90]}}\n",
            "Write this port in the long syntax",
            "services: {a: {image: b, ports: [{target: 90}]}}\n",
        );
        becomes(
            "services: {a: {image: b, ports: ['¦[::1]:80-82:90']}}\n",
            "Write this port in the long syntax",
            "services: {a: {image: b, ports: [{target: 90, published: \"80-82\", host_ip: \"::1\"}]}}\n",
        );
    }

    #[test]
    fn mounts_in_the_long_syntax() {
        becomes(
            "services:\n  a:\n    image: b\n    volumes:\n    - ¦./x:/y:ro\n    - data:/z\nvolumes: {data: {}}\n",
            "Write this mount in the long syntax",
            "services:\n  a:\n    image: b\n    volumes:\n    - type: bind\n      source: ./x\n      target: /y\n      read_only: true\n      bind:\n        create_host_path: true\n    - data:/z\nvolumes: {data: {}}\n",
        );
        becomes(
            "services: {a: {image: b, volumes: ['data¦:/z:nocopy', /q]}}\nvolumes: {data: {}}\n",
            "Write this mount in the long syntax",
            "services: {a: {image: b, volumes: [{type: volume, source: data, target: /z, volume: {nocopy: true}}, /q]}}\nvolumes: {data: {}}\n",
        );
        becomes(
            "services: {a: {image: b, volumes: [¦data:/q]}}\nvolumes: {data: {}}\n",
            "Write this mount in the long syntax",
            "services: {a: {image: b, volumes: [{type: volume, source: data, target: /q}]}}\nvolumes: {data: {}}\n",
        );
        // Compose takes one letter for a drive.
        let drive = "services: {a: {image: b, volumes: [¦v:/q]}}\nvolumes: {v: {}}\n";
        assert_eq!(rewritten(drive), []);
        becomes(
            "services: {a: {image: b, volumes: [¦/q]}}\n",
            "Write this mount in the long syntax",
            "services: {a: {image: b, volumes: [{type: volume, target: /q}]}}\n",
        );
    }

    #[test]
    fn what_is_said_twice_gets_a_name() {
        becomes(
            "services:\n  a:\n    image: b\n    logging:  # c\n      driver: ¦local\n      options: {max-size: 1m}\n  d:\n    image: e\n    logging:\n      options: {max-size: 1m}\n      driver: local\n    init: true\n  f: {image: g, logging: {driver: local, options: {max-size: 1m}}}\n",
            "Give `logging` a name, for 2 services",
            "services:\n  a:\n    image: b\n    logging: &logging  # c\n      driver: local\n      options: {max-size: 1m}\n  d:\n    image: e\n    logging:\n      options: {max-size: 1m}\n      driver: local\n    init: true\n  f: {image: g, logging: *logging}\n",
        );
        for text in [
            // A comment would be lost.
            "services:\n  a:\n    image: b\n    logging: {driver: ¦local}\n  d:\n    image: e\n    logging:\n      # why\n      driver: local\n",
            "services:\n  a: {image: b, logging: {driver: ¦local}}\n  d: {image: e, logging: {driver: none}}\n",
        ] {
            assert_eq!(rewritten(text), [], "{text}");
        }
    }
}

//! Scalars: words of a list, names, paths, ports.

use super::place::{Slot, Step};
use super::{Here, Spot};
use crate::compose::schema::{Cast, Form, Shape, Space, Types, Word};
use crate::ide::completion::{Completion, CompletionKind, image, in_name, path};
use crate::knowledge::capabilities;

/// How often an image is pulled (the Compose Specification, `pull_policy`).
const PULL_POLICIES: [&str; 7] = [
    "always",
    "missing",
    "never",
    "build",
    "daily",
    "weekly",
    "every_12h",
];

/// Platforms that images are often built for.
const PLATFORMS: [&str; 3] = ["linux/amd64", "linux/arm64", "linux/arm/v7"];

impl Here<'_> {
    /// The scalars that a shape takes.
    pub(super) fn values(&self, spot: &Spot, shape: &'static Shape) -> Vec<Completion> {
        let Some(word) = shape.word else {
            return self.listed(spot, shape);
        };
        let mut items = self.words(spot, word);
        if self.place.slot == Slot::Node {
            items.extend(self.listed(spot, shape));
        }
        items
    }

    /// Items of a list, where its dash is still to be written.
    fn listed(&self, spot: &Spot, shape: &'static Shape) -> Vec<Completion> {
        let can_begin = self.place.slot == Slot::Node
            && !self.place.is_flow
            && self.place.quote.is_none()
            && self.cursor.behind().trim().is_empty();
        let Some(list) = shape.list.as_ref().filter(|_| can_begin) else {
            return Vec::new();
        };
        let Some(word) = list.items.word else {
            return Vec::new();
        };
        let texts: Vec<(String, String)> = match word.form {
            Form::Name(space) => self.others(space),
            Form::Link => self.others(Space::Service),
            Form::Variable if is_arguments(spot) => {
                let names = self.arguments().into_iter();
                names
                    .map(|(name, detail)| (format!("{name}="), detail))
                    .collect()
            }
            _ => Vec::new(),
        };
        let items = texts.into_iter().map(|(name, detail)| {
            let item = self.dashed(&name).rank(3);
            if detail.is_empty() {
                item
            } else {
                item.detail(detail)
            }
        });
        items.collect()
    }

    fn words(&self, spot: &Spot, word: Word) -> Vec<Completion> {
        if let Some(items) = self.by_key(spot) {
            return items;
        }
        match word.form {
            Form::OneOf(words) | Form::Usually(words) if is_capability(spot) => {
                self.capabilities(words)
            }
            Form::OneOf(words) | Form::Usually(words) | Form::Protocol(words) => {
                self.usual(words, word)
            }
            Form::PullPolicy => self.usual(&PULL_POLICIES, word),
            Form::Platform => self.usual(&PLATFORMS, word),
            Form::Name(space) => self.named(self.others(space)),
            Form::Link => self.named(self.others(Space::Service)),
            Form::Image => self.images(),
            Form::Port => {
                let ports = self.exposed().into_iter();
                self.ports(ports.map(|port| format!("{port}:{port}")).collect())
            }
            Form::ExposedPort | Form::TargetPort => self.ports(self.exposed()),
            Form::Mount => self.mount(),
            Form::Path => self.paths(spot),
            Form::Variable if is_arguments(spot) => self.pairs(self.arguments()),
            Form::Variable => self.pairs(self.environment()),
            _ if word.types.has(Types::BOOL) && word.cast == Some(Cast::Bool) => {
                self.usual(&["true", "false"], word)
            }
            _ => Vec::new(),
        }
    }

    /// Keys whose values are known by more than their form.
    fn by_key(&self, spot: &Spot) -> Option<Vec<Completion>> {
        let key = spot.key?;
        Some(match (spot.owner.name, key.name) {
            ("`build`", "target") => self.named(self.stages()),
            ("`build`", "no_cache_filter") => self.named(self.stages()),
            ("`extends`", "service") => {
                let names = match self.sibling("file") {
                    Some(file) => self.services_of(file),
                    None => self.others(Space::Service),
                };
                self.named(names)
            }
            (_, "sysctls") => self.pairs(Here::sysctls()),
            ("a mount", "target") => self.targets(&self.place.typed),
            ("a mount", "source") => match self.sibling("type") {
                Some("volume") => self.named(self.names(Space::Volume)),
                Some("bind") => self.paths_from(&self.folder(), |_| true),
                None => self.mount(),
                Some(_) => Vec::new(),
            },
            ("a secret's grant", "source") => self.named(self.names(Space::Secret)),
            ("a config's grant", "source") => self.named(self.names(Space::Config)),
            ("`healthcheck`", "test") if matches!(self.place.path.last(), Some(Step::Item)) => {
                self.usual_texts(&["CMD", "CMD-SHELL", "NONE"])
            }
            _ => return None,
        })
    }

    /// The names of a kind but for the service itself.
    fn others(&self, space: Space) -> Vec<(String, String)> {
        let is_service = matches!(space, Space::Service | Space::ServiceOrJob);
        let own = self.owner().filter(|_| is_service);
        let names = self.names(space).into_iter();
        names
            .filter(|(name, _)| Some(name.as_str()) != own)
            .collect()
    }

    fn named(&self, names: Vec<(String, String)>) -> Vec<Completion> {
        let span = self.cursor.word(&self.place.typed, in_name);
        let items = names.into_iter().map(|(name, detail)| {
            let text = self.scalar(&name);
            let item = Completion::new(name, CompletionKind::Name, span)
                .text(text)
                .rank(3);
            if detail.is_empty() {
                item
            } else {
                item.detail(detail)
            }
        });
        items.collect()
    }

    /// `NAME=` in a list of variables.
    fn pairs(&self, names: Vec<(String, String)>) -> Vec<Completion> {
        if self.place.typed.contains('=') {
            return Vec::new();
        }
        let span = self.cursor.word(&self.place.typed, in_name);
        let items = names.into_iter().map(|(name, detail)| {
            Completion::new(&*name, CompletionKind::Variable, span)
                .text(format!("{name}="))
                .detail(detail)
        });
        items.collect()
    }

    fn usual_texts(&self, words: &[&str]) -> Vec<Completion> {
        let span = self.cursor.word(&self.place.typed, in_name);
        let item = |word: &&str| {
            Completion::new(*word, CompletionKind::Value, span).text(self.scalar(word))
        };
        words.iter().map(item).collect()
    }

    /// Words of a list. One that ends with a colon is followed by a name: of a service, or of something that is not
    /// known here.
    fn usual(&self, words: &[&str], word: Word) -> Vec<Completion> {
        let is_part = |c: char| in_name(c) || matches!(c, ':' | '/');
        let span = self.cursor.word(&self.place.typed, is_part);
        let mut items = Vec::new();
        for text in words {
            if *text == "service:" {
                for (name, _) in self.others(Space::Service) {
                    let text = format!("service:{name}");
                    items.push(Completion::new(text, CompletionKind::Name, span).rank(6));
                }
                continue;
            }
            if text.ends_with(':') {
                continue;
            }
            let is_bool = word.types.has(Types::BOOL);
            let written = if is_bool {
                (*text).to_owned()
            } else {
                self.scalar(text)
            };
            items.push(Completion::new(*text, CompletionKind::Value, span).text(written));
        }
        items
    }

    fn capabilities(&self, words: &[&str]) -> Vec<Completion> {
        let span = self.cursor.word(&self.place.typed, in_name);
        let mut items: Vec<Completion> = capabilities::CAPABILITIES
            .iter()
            .map(|capability| {
                Completion::new(capability.name, CompletionKind::Value, span)
                    .doc(format!("Lets the container {}.", capability.allows))
            })
            .collect();
        if words.contains(&"ALL") || items.iter().all(|item| item.label != "ALL") {
            items.push(
                Completion::new("ALL", CompletionKind::Value, span)
                    .doc("All capabilities.")
                    .rank(3),
            );
        }
        items
    }

    fn images(&self) -> Vec<Completion> {
        let typed = &*self.place.typed;
        let mut items: Vec<Completion> = image::images(typed, self.cursor).collect();
        let span = self
            .cursor
            .word(typed, |c| image::is_part(c) || matches!(c, ':' | '@'));
        for project in self.projects() {
            for owned in project.merged.containers() {
                let image = owned
                    .container
                    .image
                    .as_ref()
                    .and_then(|image| image.value.known());
                let is_own = Some(&*owned.owner.value) == self.owner();
                if let Some(image) = image.filter(|image| !is_own && !image.is_empty()) {
                    items.push(
                        Completion::new(image, CompletionKind::Image, span)
                            .text(self.scalar(image))
                            .detail(format!("as in service {}", owned.owner.value))
                            .rank(4),
                    );
                }
            }
        }
        items
    }

    fn ports(&self, ports: Vec<String>) -> Vec<Completion> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
        let span = self.cursor.word(&self.place.typed, is_part);
        let items = ports.into_iter().map(|port| {
            let text = self.scalar(&port);
            Completion::new(port, CompletionKind::Value, span)
                .text(text)
                .detail("exposed by the Dockerfile")
        });
        items.collect()
    }

    /// The source of a mount in the short form, or its options.
    fn mount(&self) -> Vec<Completion> {
        let typed = &*self.place.typed;
        let mut parts = typed.split(':');
        let (source, target, options) = (parts.next(), parts.next(), parts.next());
        match (source, target, options) {
            (_, Some(_), Some(options)) => {
                let last = options.rsplit(',').next().unwrap_or_default();
                let span = self.cursor.word(last, in_name);
                let words = ["ro", "rw", "z", "Z"].into_iter();
                words
                    .map(|word| Completion::new(word, CompletionKind::Value, span))
                    .collect()
            }
            (Some(source), None, _) => {
                if source.starts_with("./") || source.starts_with("../") {
                    return self.paths_from(&self.folder(), |_| true);
                }
                let span = self.cursor.word(source, in_name);
                let volumes = self.names(Space::Volume).into_iter();
                let is_short = !matches!(self.place.path.last(), Some(Step::Key(_)));
                let end = if is_short { ":" } else { "" };
                let mut items: Vec<Completion> = volumes
                    .map(|(name, _)| {
                        let text = format!("{name}{end}");
                        Completion::new(name, CompletionKind::Name, span)
                            .text(text)
                            .rank(3)
                    })
                    .collect();
                if source.is_empty() || source == "." {
                    items.push(Completion::new("./", CompletionKind::Folder, span));
                }
                items
            }
            (Some(_), Some(target), None) => self.targets(target),
            _ => Vec::new(),
        }
    }

    fn paths(&self, spot: &Spot) -> Vec<Completion> {
        let is_yaml = |name: &str| name.ends_with(".yaml") || name.ends_with(".yml");
        match (spot.owner.name, spot.key.map_or("", |key| key.name)) {
            ("`build`", "dockerfile") => self.paths_from(&self.context(), |_| true),
            ("`build`", "context") | (_, "build") => self.paths_from(&self.folder(), |_| false),
            (_, "include" | "path") if self.is_include() => {
                self.paths_from(&self.folder(), is_yaml)
            }
            ("`extends`", "file") => self.paths_from(&self.folder(), is_yaml),
            _ => self.paths_from(&self.folder(), |_| true),
        }
    }

    fn is_include(&self) -> bool {
        matches!(self.place.path.first(), Some(Step::Key(key)) if key == "include")
    }

    /// Paths from a folder: all folders, and the files whose names are wanted.
    fn paths_from(&self, folder: &std::path::Path, is_wanted: fn(&str) -> bool) -> Vec<Completion> {
        let typed = &*self.place.typed;
        let mut items = path::paths(self.workspace.files(), folder, typed, self.cursor);
        items.retain(|item| item.kind == CompletionKind::Folder || is_wanted(&item.label));
        items
    }

    /// Text as a scalar of YAML, in quotes where it would be something else without.
    fn scalar(&self, text: &str) -> String {
        match self.place.quote.is_none() && needs_quotes(text) {
            true => format!("\"{text}\""),
            false => text.to_owned(),
        }
    }
}

fn is_arguments(spot: &Spot) -> bool {
    spot.owner.name == "`build`" && spot.key.is_some_and(|key| key.name == "args")
}

fn is_capability(spot: &Spot) -> bool {
    let key = spot.key.map_or("", |key| key.name);
    matches!(key, "cap_add" | "cap_drop")
}

/// Whether a plain scalar would not be text: a boolean or nothing in any version of YAML, or a number, to which base
/// 60 belongs in older ones.
fn needs_quotes(text: &str) -> bool {
    let words = [
        "yes", "no", "on", "off", "true", "false", "null", "y", "n", "~",
    ];
    let is_word = words.iter().any(|word| word.eq_ignore_ascii_case(text));
    let is_base_60 = text.contains(':') && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    is_word || is_base_60 || text.starts_with(['*', '&', '!', '@', '%', '`', '#', '{', '['])
}

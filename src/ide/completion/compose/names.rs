//! Names that the files of a project declare, and anchors.

use std::collections::BTreeMap;

use super::Here;
use crate::compose::File;
use crate::compose::schema::Space;
use crate::ide::completion::{Completion, CompletionKind, in_name};
use crate::ide::names::NameKind;

impl Here<'_> {
    /// The names of a kind, each with a word on it.
    pub(super) fn names(&self, space: Space) -> Vec<(String, String)> {
        let mut found = BTreeMap::new();
        for project in self.projects() {
            of_file(&project.merged, space, &mut found);
        }
        if let Some(compose) = self.document.compose() {
            for part in compose.file.documents() {
                of_file(part, space, &mut found);
            }
        }
        self.written(space, &mut found);
        found.into_iter().collect()
    }

    /// The names of a section of the text, whatever stands around them: a half-typed line can hide them from the
    /// parser.
    fn written(&self, space: Space, found: &mut BTreeMap<String, String>) {
        let sections: &[&str] = match space {
            Space::Service => &["services"],
            Space::ServiceOrJob => &["services", "jobs"],
            Space::Network => &["networks"],
            Space::Volume => &["volumes"],
            Space::Secret => &["secrets"],
            Space::Config => &["configs"],
            Space::Model => &["models"],
            Space::Profile => &[],
        };
        let mut is_inside = false;
        let mut column = 0;
        for line in self.cursor.text.lines() {
            let trimmed = line.trim_start_matches(' ');
            let indent = line.len() - trimmed.len();
            let Some((name, _)) = trimmed.split_once(':') else {
                continue;
            };
            if indent == 0 {
                is_inside = sections.contains(&name.trim_end());
                column = 0;
            } else if is_inside {
                if column == 0 {
                    column = indent;
                }
                let is_name = !name.is_empty() && name.chars().all(in_name);
                if indent == column && is_name {
                    found.entry(name.to_owned()).or_default();
                }
            }
        }
    }

    pub(super) fn anchors(&self, typed: &str) -> Vec<Completion> {
        let span = self.cursor.word(typed, in_name);
        let names = self.document.names().names_of(NameKind::Anchor);
        names
            .map(|name| Completion::new(name, CompletionKind::Name, span).detail("anchor"))
            .collect()
    }

    /// The services of another file.
    pub(super) fn services_of(&self, file: &str) -> Vec<(String, String)> {
        let path = crate::text::path::lexical(&self.folder().join(file));
        let document = self.workspace.document(&path);
        let Some(compose) = document.and_then(|document| document.compose()) else {
            return Vec::new();
        };
        let mut found = BTreeMap::new();
        for part in compose.file.documents() {
            of_file(part, Space::Service, &mut found);
        }
        found.into_iter().collect()
    }
}

fn of_file(file: &File, space: Space, found: &mut BTreeMap<String, String>) {
    let mut add = |name: &str, detail: String| {
        let known = found.entry(name.to_owned()).or_default();
        if known.is_empty() {
            *known = detail;
        }
    };
    match space {
        Space::Service | Space::ServiceOrJob => {
            for service in &file.services {
                let image = service.container.image.as_ref();
                let image = image.map_or(String::new(), |image| image.value.text().to_owned());
                add(&service.name.value, image);
            }
            if space == Space::ServiceOrJob {
                file.jobs
                    .names()
                    .for_each(|name| add(name, "job".to_owned()));
            }
        }
        Space::Network => file
            .networks
            .names()
            .for_each(|name| add(name, String::new())),
        Space::Volume => file
            .volumes
            .names()
            .for_each(|name| add(name, String::new())),
        Space::Secret => file
            .secrets
            .names()
            .for_each(|name| add(name, String::new())),
        Space::Config => file
            .configs
            .names()
            .for_each(|name| add(name, String::new())),
        Space::Model => file
            .models
            .names()
            .for_each(|name| add(name, String::new())),
        Space::Profile => {
            let services = file.services.iter().map(|service| &service.profiles);
            let jobs = file.jobs.iter().map(|job| &job.profiles);
            for profile in services.chain(jobs).flat_map(|profiles| profiles.iter()) {
                if let Some(name) = profile.value.known() {
                    add(name, String::new());
                }
            }
        }
    }
}

//! Whether a file is meant to stand alone.
//!
//! Many Compose files are not: they are merged into another one, included or extended. What is missing in
//! such a file is no mistake of its own. Nothing here looks at other files; `workspace` knows who reaches
//! whom, and its word counts more.

use super::File;
use super::schema::Space;

/// Why a file does not look as if it stood alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FragmentSign {
    /// Its name says that it overrides another file: `compose.override.yaml`, `docker-compose.dev-override.yml`.
    OverrideName,
    /// It resets or replaces something (`!reset`, `!override`), which means nothing in a file alone.
    ResetTag,
    /// It has services, and none of them says where its container comes from: no image, build, provider or
    /// service to extend.
    NoSource,
    /// It has neither services nor jobs nor includes.
    NoServices,
}

impl File {
    /// What speaks against the file standing alone. `file_name` is the last part of its path.
    pub fn fragment_signs(&self, file_name: &str) -> Vec<FragmentSign> {
        let mut signs = Vec::new();
        if file_name.to_ascii_lowercase().contains("override") {
            signs.push(FragmentSign::OverrideName);
        }
        if !self.resets.is_empty() || !self.replacements.is_empty() {
            signs.push(FragmentSign::ResetTag);
        }
        let mut services = self.services.iter().filter(|service| service.has_keys());
        let documents = || std::iter::once(self).chain(&self.overlays);
        let sourced = documents()
            .flat_map(|document| &document.services)
            .any(|service| service.has_source());
        if services.next().is_some() && !sourced {
            signs.push(FragmentSign::NoSource);
        }
        let anything = documents().any(|document| {
            !document.services.is_empty()
                || !document.jobs.is_empty()
                || !document.include.is_empty()
        });
        if !anything {
            signs.push(FragmentSign::NoServices);
        }
        signs
    }

    /// Whether the file is probably merged into another one, so that what is missing in it may be there.
    pub fn is_fragment_likely(&self, file_name: &str) -> bool {
        !self.fragment_signs(file_name).is_empty()
    }

    /// Whether names may be declared in files that this one includes.
    pub fn has_includes(&self) -> bool {
        std::iter::once(self)
            .chain(&self.overlays)
            .any(|document| !document.include.is_empty())
    }

    /// Whether a service of this file begins with one of another file, so that it may have more than is
    /// written here.
    pub fn extends_other_files(&self) -> bool {
        let documents = std::iter::once(self).chain(&self.overlays);
        documents
            .flat_map(|document| &document.services)
            .any(|service| {
                let extends = service.extends.as_ref();
                extends.is_some_and(|extends| extends.value.file.is_some())
            })
    }

    /// Whether the file declares a name. The network `default` always exists.
    pub fn declares(&self, space: Space, name: &str) -> bool {
        let here = match space {
            Space::Service => self.services.contains(name),
            Space::ServiceOrJob => self.services.contains(name) || self.jobs.contains(name),
            Space::Network => name == "default" || self.networks.contains(name),
            Space::Volume => self.volumes.contains(name),
            Space::Secret => self.secrets.contains(name),
            Space::Config => self.configs.contains(name),
            Space::Model => self.models.contains(name),
            Space::Profile => self.services.iter().any(|service| {
                let mut profiles = service.profiles.iter();
                profiles.any(|profile| profile.value.is(name))
            }),
        };
        here || self
            .overlays
            .iter()
            .any(|overlay| overlay.declares(space, name))
    }
}

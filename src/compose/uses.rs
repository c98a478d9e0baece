//! What a container uses by name: the references inside a project, each with its place.
//!
//! Not for: names of other files.

use super::File;
use super::container::Container;
use super::link::{Namespace, NamespaceOwner};
use super::schema::Space;
use super::service::Service;
use super::value::{Scalar, Setting, Text};
use crate::text::Location;

/// A name that something else of the project is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// What kind of thing is named.
    pub space: Space,
    /// The name, which is certain as long as nobody sets a variable in it.
    pub name: Box<str>,
    /// Where it stands, without what surrounds it (`service:`, a mount's target).
    pub at: Location,
    /// Which key uses it.
    pub by: UsedBy,
    /// Whether the name is written as it is, without any variable.
    pub is_literal: bool,
}

/// The key by which a container uses something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UsedBy {
    /// `depends_on`
    DependsOn,
    /// `links`
    Links,
    /// `volumes_from`
    VolumesFrom,
    /// `network_mode: service:…`
    NetworkMode,
    /// `ipc: service:…`
    Ipc,
    /// `pid: service:…`
    Pid,
    /// `uts: service:…`
    Uts,
    /// `cgroup: service:…`
    Cgroup,
    /// `build.additional_contexts`, with a value `service:…`
    AdditionalContexts,
    /// `extends`, of the same file
    Extends,
    /// `networks`
    Networks,
    /// `volumes`
    Volumes,
    /// `secrets`
    Secrets,
    /// `build.secrets`
    BuildSecrets,
    /// `configs`
    Configs,
    /// `models`
    Models,
}

impl UsedBy {
    /// The key as it is written.
    pub fn key(self) -> &'static str {
        match self {
            UsedBy::DependsOn => "depends_on",
            UsedBy::Links => "links",
            UsedBy::VolumesFrom => "volumes_from",
            UsedBy::NetworkMode => "network_mode",
            UsedBy::Ipc => "ipc",
            UsedBy::Pid => "pid",
            UsedBy::Uts => "uts",
            UsedBy::Cgroup => "cgroup",
            UsedBy::AdditionalContexts => "build.additional_contexts",
            UsedBy::Extends => "extends",
            UsedBy::Networks => "networks",
            UsedBy::Volumes => "volumes",
            UsedBy::Secrets => "secrets",
            UsedBy::BuildSecrets => "build.secrets",
            UsedBy::Configs => "configs",
            UsedBy::Models => "models",
        }
    }
}

struct Uses(Vec<Use>);

impl Uses {
    fn add(&mut self, space: Space, by: UsedBy, name: &Text) {
        if let Some(known) = name.value.known() {
            self.0.push(Use {
                space,
                name: known.into(),
                at: name.text_at(),
                by,
                is_literal: name.value.literal().is_some(),
            });
        }
    }

    fn namespace(&mut self, by: UsedBy, field: &Setting<Namespace>) {
        if let Some(field) = field
            && let NamespaceOwner::Service(name) = &field.value.owner
        {
            self.add(Space::Service, by, name);
        }
    }
}

impl Container {
    /// Everything that the container uses by a name that is known. Names with an unknown variable are not
    /// among them, nor are containers outside the project.
    pub fn uses(&self) -> Vec<Use> {
        let mut uses = Uses(Vec::new());
        for dependency in &self.depends_on {
            uses.add(Space::ServiceOrJob, UsedBy::DependsOn, &dependency.service);
        }
        for from in self.volumes_from.iter().filter(|from| !from.container) {
            uses.add(Space::Service, UsedBy::VolumesFrom, &from.name);
        }
        uses.namespace(UsedBy::NetworkMode, &self.network_mode);
        uses.namespace(UsedBy::Ipc, &self.ipc);
        uses.namespace(UsedBy::Pid, &self.pid);
        uses.namespace(UsedBy::Uts, &self.uts);
        uses.namespace(UsedBy::Cgroup, &self.cgroup);
        for network in &self.networks {
            uses.add(Space::Network, UsedBy::Networks, &network.network);
        }
        for mount in &self.volumes {
            if let Some(source) = &mount.source
                && mount.volume_name().is_some_and(|name| !name.is_empty())
            {
                uses.add(Space::Volume, UsedBy::Volumes, source);
            }
        }
        for source in self
            .secrets
            .iter()
            .filter_map(|grant| grant.source.as_ref())
        {
            uses.add(Space::Secret, UsedBy::Secrets, source);
        }
        for source in self
            .configs
            .iter()
            .filter_map(|grant| grant.source.as_ref())
        {
            uses.add(Space::Config, UsedBy::Configs, source);
        }
        for model in &self.models {
            uses.add(Space::Model, UsedBy::Models, &model.model);
        }
        if let Some(build) = &self.build {
            let secrets = build.value.secrets.iter();
            for source in secrets.filter_map(|grant| grant.source.as_ref()) {
                uses.add(Space::Secret, UsedBy::BuildSecrets, source);
            }
            for context in &build.value.additional_contexts {
                if let Some(value) = &context.value
                    && let Some(name) = after_prefix(value, "service:")
                {
                    uses.add(Space::Service, UsedBy::AdditionalContexts, &name);
                }
            }
        }
        uses.0
    }
}

impl Service {
    /// Everything that the service uses by a name that is known: what its container uses, its links, and
    /// the service of the same file that it extends.
    pub fn uses(&self) -> Vec<Use> {
        let mut uses = Uses(self.container.uses());
        for link in &self.links {
            uses.add(Space::Service, UsedBy::Links, &link.name);
        }
        if let Some(extends) = &self.extends
            && extends.value.file.is_none()
            && let Some(service) = &extends.value.service
        {
            uses.add(Space::Service, UsedBy::Extends, service);
        }
        uses.0
    }
}

impl File {
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

/// What follows a prefix of a text.
fn after_prefix(text: &Text, prefix: &str) -> Option<Text> {
    let all: &Scalar = &text.value;
    all.text().starts_with(prefix).then(|| {
        let range = prefix.len()..all.text().len();
        Text {
            at: Location {
                file: text.at.file,
                span: all.span_of(range.clone()),
            },
            value: all.part(range),
        }
    })
}

//! Every container that a file describes, whoever owns it.
//!
//! Not for: what a container is made of (`container`), and containers of other files.

use super::File;
use super::command::Command;
use super::container::Container;
use super::service::Service;
use super::value::{Field, Name, Pairs};

/// A container and the service or job that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Owned<'f> {
    /// The name of the service or job.
    pub owner: &'f Name,
    /// The container.
    pub container: &'f Container,
}

/// A command and the container that it runs in.
#[derive(Clone, Copy, Debug)]
pub struct OwnedCommand<'f> {
    /// The name of the service or job.
    pub owner: &'f Name,
    /// The container.
    pub container: &'f Container,
    /// Which key it is the value of.
    pub key: CommandKey,
    /// The command.
    pub command: &'f Field<Command>,
}

/// The key of a command.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CommandKey {
    /// `entrypoint`
    Entrypoint,
    /// `command`
    Command,
    /// `command` of `post_start`, `pre_stop` or `develop.watch[].exec`, which knows no entrypoint.
    Hook,
}

impl File {
    /// Every command of this document.
    pub fn commands(&self) -> Vec<OwnedCommand<'_>> {
        let mut all = Vec::new();
        for Owned { owner, container } in self.containers() {
            let keys = [
                (CommandKey::Entrypoint, &container.entrypoint),
                (CommandKey::Command, &container.command),
            ];
            all.extend(keys.into_iter().filter_map(|(key, command)| {
                Some(OwnedCommand {
                    owner,
                    container,
                    key,
                    command: command.as_deref()?,
                })
            }));
        }
        for service in &self.services {
            all.extend(service.hooks().filter_map(|hook| {
                Some(OwnedCommand {
                    owner: &service.name,
                    container: &service.container,
                    key: CommandKey::Hook,
                    command: hook.command.as_deref()?,
                })
            }));
        }
        all
    }

    /// All documents of the file: this one, and those behind a `---`, which are merged into it.
    pub fn documents(&self) -> impl Iterator<Item = &File> {
        std::iter::once(self).chain(&self.overlays)
    }

    /// The containers of services, of their `pre_start` steps and of jobs, in this document.
    pub fn containers(&self) -> impl Iterator<Item = Owned<'_>> {
        let services = self.services.iter().flat_map(Service::containers);
        let jobs = self.jobs.iter().map(|job| Owned {
            owner: &job.name,
            container: &job.container,
        });
        services.chain(jobs)
    }
}

impl Container {
    /// Every list of keys and values in which Compose hands texts on: environment, labels, build arguments and so on.
    pub fn pairs(&self) -> Vec<&Pairs> {
        let mut all = vec![
            &self.annotations,
            &self.environment,
            &self.labels,
            &self.storage_opt,
            &self.sysctls,
        ];
        all.extend(self.logging.iter().map(|logging| &logging.value.options));
        if let Some(build) = &self.build {
            all.extend([&build.value.args, &build.value.labels]);
        }
        all
    }
}

impl File {
    /// The same for everything in this document.
    pub fn pairs(&self) -> Vec<&Pairs> {
        let mut all: Vec<&Pairs> = self
            .containers()
            .flat_map(|owned| owned.container.pairs())
            .collect();
        for service in &self.services {
            all.extend(service.deploy.iter().map(|deploy| &deploy.value.labels));
            all.extend(service.hooks().map(|hook| &hook.environment));
        }
        for network in &self.networks {
            all.extend([&network.driver_opts, &network.labels]);
        }
        for volume in &self.volumes {
            all.extend([&volume.driver_opts, &volume.labels]);
        }
        for object in self.secrets.iter().chain(&self.configs) {
            all.push(&object.labels);
        }
        all
    }
}

impl Service {
    /// The container of the service, and those of its `pre_start` steps.
    pub fn containers(&self) -> impl Iterator<Item = Owned<'_>> {
        let steps = self.pre_start.iter().map(|step| &step.container);
        std::iter::once(&self.container)
            .chain(steps)
            .map(|container| Owned {
                owner: &self.name,
                container,
            })
    }
}

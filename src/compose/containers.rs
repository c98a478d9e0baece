//! Every container that a file describes, whoever owns it.
//!
//! Not for: what a container is made of (`container`), and containers of other files.

use super::File;
use super::container::Container;
use super::service::Service;
use super::value::Name;

/// A container and the service or job that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Owned<'f> {
    /// The name of the service or job.
    pub owner: &'f Name,
    /// The container.
    pub container: &'f Container,
}

impl File {
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

//! A Compose project: all files that `docker compose` would load together, merged into one.
//!
//! Not for: finding files (`workspace`), and what one file says by itself ([`File`]).

use std::path::Path;
use std::sync::Arc;

use super::File;
use super::extent::Extent;
use super::service::Service;

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    /// Everything that its files say together. Every place in it names the file that it is in.
    pub merged: Arc<File>,
    /// How much of the project is known: of a part, what seems to be missing may be there.
    pub extent: Extent,
}

impl Project {
    /// The project of one file that stands alone.
    pub fn alone(file: Arc<File>, path: &Path) -> Project {
        Project {
            extent: file.extent(path),
            merged: file,
        }
    }

    /// A service as it is in the end, by its name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.merged.service(name)
    }
}

//! The paths of the host that a container gets to see, however they come in: mounts, volumes that are bound to a
//! path, secrets and configs that are files.
//!
//! Not for: devices, which are no files of the host, and what a path means.
//!
//! Invariant: paths are compared as text. Links and what exists on the host are unknown here.

use super::File;
use super::container::Container;
use super::grant::Grant;
use super::mount::{Mount, MountType};
use super::resource::FileObject;
use super::value::{Map, Scalar};
use crate::text::Location;

/// A path of the host that a container gets to see.
#[derive(Clone, Debug)]
pub struct HostPath<'f> {
    /// The path as it is written; its value is known.
    pub path: &'f Scalar,
    /// Where the path is written.
    pub at: Location,
    /// Where the container asks for it, if that is elsewhere: the name of a volume, secret or config.
    pub via: Option<Location>,
    /// Whether the container may only read. `None` if that is unknown.
    pub read_only: Option<bool>,
    /// The mount, unless it is a secret or config.
    pub mount: Option<&'f Mount>,
}

impl File {
    /// The paths of the host that a container of this document gets to see, as far as they are known.
    pub fn host_paths<'f>(&'f self, container: &'f Container) -> Vec<HostPath<'f>> {
        let mounts = container
            .volumes
            .iter()
            .filter_map(|mount| self.mounted(mount));
        let secrets = container
            .secrets
            .iter()
            .filter_map(|grant| granted(grant, &self.secrets));
        let configs = container
            .configs
            .iter()
            .filter_map(|grant| granted(grant, &self.configs));
        mounts.chain(secrets).chain(configs).collect()
    }

    fn mounted<'f>(&'f self, mount: &'f Mount) -> Option<HostPath<'f>> {
        let source = mount.source.as_ref()?;
        let (path, via) = match mount.kind()? {
            MountType::Bind | MountType::Npipe => (source, None),
            MountType::Volume => {
                let volume = self.volumes.get(source.value.known()?)?;
                (volume.bound_path()?, Some(source.at))
            }
            MountType::Tmpfs | MountType::Cluster | MountType::Image => return None,
        };
        path.value.known()?;
        Some(HostPath {
            path: &path.value,
            at: path.at,
            via,
            read_only: mount.is_read_only(),
            mount: Some(mount),
        })
    }
}

fn granted<'f>(grant: &'f Grant, declared: &'f Map<FileObject>) -> Option<HostPath<'f>> {
    let source = grant.source.as_ref()?;
    let file = declared.get(source.value.known()?)?.file.as_ref()?;
    file.value.known()?;
    Some(HostPath {
        path: &file.value,
        at: file.at,
        via: Some(source.at),
        // Compose mounts the file that they are.
        read_only: Some(true),
        mount: None,
    })
}

impl HostPath<'_> {
    /// The path without `.`, `..`, doubled and trailing slashes, if it begins at the root or in somebody's home.
    /// Relative paths depend on where the project lies. Windows paths are left as they are.
    pub fn absolute(&self) -> Option<String> {
        absolute(self.path.known()?)
    }
}

/// Takes the detours out of a path that begins with `/` or `~`. `..` does not lead above the root.
pub fn absolute(path: &str) -> Option<String> {
    let home = path == "~" || path.starts_with("~/");
    if !home && !path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // Where a home directory lies is unknown, and so is what is above it.
            ".." if parts == ["~"] => return None,
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Some(if home { joined } else { format!("/{joined}") })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::FileId;

    #[test]
    fn detours_leave_a_path() {
        for (path, wanted) in [
            ("/", Some("/")),
            ("//var/./run/", Some("/var/run")),
            ("/etc/../../run", Some("/run")),
            ("~", Some("~")),
            ("~/a//b", Some("~/a/b")),
            ("~/../b", None),
            ("~root/a", None),
            ("./a", None),
            ("a", None),
            (r"C:\a", None),
        ] {
            assert_eq!(absolute(path).as_deref(), wanted, "{path}");
        }
    }

    #[test]
    fn every_way_in_is_found() {
        let text = "services:\n  a:\n    volumes:\n      - /b:/x\n      - ./c:/y\n      - dd:/z\n      - /anonymous\n\
            \x20     - {type: bind, source: /e, target: /e}\n      - ${F}:/f\n    secrets: [g]\n    configs: [{source: h}]\n\
            volumes:\n  dd:\n    driver_opts: {o: bind, device: /d}\nsecrets:\n  g: {file: /g}\nconfigs:\n  h: {file: /h}\n";
        let yaml = crate::yaml::parse(&Arc::from(text)).tree;
        let file = File::lower(&yaml, FileId(0));
        let service = file.service("a").expect("the service");
        let paths: Vec<_> = file
            .host_paths(&service.container)
            .iter()
            .map(|path| {
                (
                    path.path.text().to_owned(),
                    path.via.map(|via| via.span.text(text).to_owned()),
                )
            })
            .collect();
        let wanted = [
            ("/b", None),
            ("./c", None),
            ("/d", Some("dd")),
            ("/e", None),
            ("/g", Some("g")),
            ("/h", Some("h")),
        ];
        let wanted: Vec<_> = wanted
            .map(|(path, via)| (path.to_owned(), via.map(str::to_owned)))
            .into();
        assert_eq!(paths, wanted);
    }
}

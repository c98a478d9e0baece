//! Whether a file is written for Docker Swarm, whose `docker stack deploy` reads the same format as Compose and heeds
//! other keys.
//!
//! Not for: which keys those are. What only one of the two heeds may be a mistake, so that it is no evidence.

use std::path::Path;

use super::File;
use super::project::Project;
use super::service::Service;

impl Project {
    /// Whether one of its files is evidently written for Swarm.
    pub fn is_for_swarm(&self) -> bool {
        let mut files = self.files.iter();
        files.any(|file| has_swarm_name(&file.path)) || self.merged.uses_swarm()
    }
}

impl File {
    /// Whether the file uses what makes no sense on a single machine: overlay networks, containers on every node,
    /// conditions on nodes.
    pub fn uses_swarm(&self) -> bool {
        let mut networks = self
            .documents()
            .flat_map(|document| document.networks.iter());
        let mut services = self
            .documents()
            .flat_map(|document| document.services.iter());
        networks.any(|network| {
            let driver = network.driver.as_ref();
            driver.is_some_and(|driver| driver.value.is("overlay"))
        }) || services.any(is_placed)
    }
}

/// Whether a file's name says that it describes a stack.
fn has_swarm_name(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    name.contains("stack") || name.contains("swarm")
}

/// Whether somebody thought about the nodes that a service runs on.
fn is_placed(service: &Service) -> bool {
    let Some(deploy) = &service.deploy else {
        return false;
    };
    let mode = deploy.value.mode.as_ref();
    let is_global = mode.is_some_and(|mode| matches!(mode.value.text(), "global" | "global-job"));
    let placement = deploy.value.placement.as_ref();
    is_global || placement.is_some_and(|placement| !placement.value.constraints.is_empty())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compose::project::{ProjectFile, Role};
    use crate::text::FileId;

    fn is_for_swarm(path: &str, text: &str) -> bool {
        let yaml = crate::yaml::parse(&Arc::from(text)).tree;
        let file = File::lower(&yaml, FileId(0));
        let project = Project {
            files: vec![ProjectFile {
                id: FileId(0),
                path: path.into(),
                role: Role::Base,
            }],
            merged: file.into(),
            ..Project::default()
        };
        project.is_for_swarm()
    }

    #[test]
    fn names_networks_and_nodes_tell() {
        let plain = "services: {a: {image: x, deploy: {mode: replicated, replicas: 2}}}\n";
        assert!(!is_for_swarm("compose.yaml", plain));
        assert!(is_for_swarm("web/docker-stack.yml", plain));
        for text in [
            "services: {a: {image: x, deploy: {mode: global}}}\n",
            "services: {a: {image: x, deploy: {placement: {constraints: [node.role == manager]}}}}\n",
            "networks: {n: {driver: overlay}}\n",
            "services: {}\n---\nnetworks: {n: {driver: overlay}}\n",
        ] {
            assert!(is_for_swarm("compose.yaml", text), "{text}");
        }
    }
}

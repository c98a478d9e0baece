//! What is known of the container at the cursor besides what its file says: the variables that its image sets, the
//! directories in which it has data, the kernel parameters that may be set for it.

use super::Here;
use crate::compose::container::Container;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Origin;
use crate::grammar::image::ImageReference;
use crate::ide::completion::{Completion, CompletionKind};
use crate::knowledge::{datastores, images};

/// Kernel parameters that belong to the namespaces of a container, so that Docker lets one set them: those of
/// <https://docs.docker.com/reference/cli/docker/container/run/#sysctl>, and of the network's the ones that images ask
/// for.
const SYSCTLS: &[(&str, &str)] = &[
    ("fs.mqueue.msg_max", "messages of a queue"),
    ("fs.mqueue.msgsize_max", "bytes of a message"),
    ("fs.mqueue.queues_max", "message queues"),
    ("kernel.msgmax", "bytes of a message of System V"),
    ("kernel.msgmnb", "bytes of a queue of System V"),
    ("kernel.msgmni", "queues of System V"),
    ("kernel.sem", "semaphores of System V"),
    (
        "kernel.shm_rmid_forced",
        "shared memory goes with its processes",
    ),
    ("kernel.shmall", "pages of shared memory"),
    ("kernel.shmmax", "bytes of a segment of shared memory"),
    ("kernel.shmmni", "segments of shared memory"),
    ("net.core.somaxconn", "connections that wait to be accepted"),
    ("net.ipv4.conf.all.rp_filter", "checks of source addresses"),
    (
        "net.ipv4.conf.all.src_valid_mark",
        "routing by marks, as WireGuard needs it",
    ),
    ("net.ipv4.ip_forward", "forwarding between networks"),
    (
        "net.ipv4.ip_local_port_range",
        "ports of outgoing connections",
    ),
    (
        "net.ipv4.ip_unprivileged_port_start",
        "the first port that needs no root",
    ),
    ("net.ipv4.ping_group_range", "groups that may send pings"),
    (
        "net.ipv4.tcp_keepalive_time",
        "seconds before a silent connection is probed",
    ),
    (
        "net.ipv4.tcp_syncookies",
        "cookies against floods of connections",
    ),
    ("net.ipv6.conf.all.disable_ipv6", "no IPv6"),
    (
        "net.ipv6.conf.all.forwarding",
        "forwarding between IPv6 networks",
    ),
];

impl<'h> Here<'h> {
    /// The container of the service at the cursor, as the projects have it.
    fn containers(&self) -> impl Iterator<Item = &'h Container> {
        let owner = self.owner();
        let projects = self.projects();
        projects.filter_map(move |project| Some(&project.service(owner?)?.container))
    }

    /// The image that the service runs.
    fn image(&self) -> Option<ImageReference> {
        let mut containers = self
            .containers()
            .filter(|container| container.build.is_none());
        let image = containers.find_map(|container| container.image.as_ref()?.value.known());
        ImageReference::parse(image?).ok()
    }

    /// Kernel parameters.
    pub(super) fn sysctls() -> Vec<(String, String)> {
        let owned = |(name, words): &(&str, &str)| ((*name).to_owned(), (*words).to_owned());
        SYSCTLS.iter().map(owned).collect()
    }

    /// Variables that the service's image sets, in its Dockerfile or by what is known of it.
    pub(super) fn set_by_image(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for build in self.builds() {
            let Some(file) = build.dockerfile else {
                continue;
            };
            let stage = build.stage().and_then(|stage| file.model.stages.get(stage));
            let Some(stage) = stage else { continue };
            for definition in file.model.final_config(stage).variables() {
                if definition.origin == Origin::Env {
                    found.push((
                        definition.name.to_string(),
                        "ENV of the Dockerfile".to_owned(),
                    ));
                }
            }
        }
        let facts = self.image().and_then(|image| images::image(&image));
        let names = facts.and_then(|facts| facts.env).unwrap_or_default();
        let words = "set by the image".to_owned();
        found.extend(names.iter().map(|name| ((*name).to_owned(), words.clone())));
        found
    }

    /// Directories of the service's container in which it has data.
    pub(super) fn data_directories(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        if let Some(store) = self.image().as_ref().and_then(datastores::of) {
            let data = store.layout().and_then(|layout| layout.data);
            let words = format!("where {} has its data", store.title());
            let data = data.unwrap_or_default().iter();
            found.extend(data.map(|path| ((*path).to_owned(), words.clone())));
        }
        for build in self.builds() {
            let Some(file) = build.dockerfile else {
                continue;
            };
            let stage = build.stage().and_then(|stage| file.model.stages.get(stage));
            let Some(stage) = stage else { continue };
            for (_, instruction) in file.model.final_config(stage).volumes() {
                if let InstructionKind::Volume(volume) = &instruction.kind {
                    let paths = volume.paths.words.iter().filter_map(|word| word.literal());
                    let words = "VOLUME of the Dockerfile";
                    found.extend(paths.map(|path| (path.into_owned(), words.to_owned())));
                }
            }
        }
        found
    }

    /// The target of a mount.
    pub(super) fn targets(&self, typed: &str) -> Vec<Completion> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
        let span = self.cursor.word(typed, is_part);
        let items = self.data_directories().into_iter();
        items
            .map(|(path, words)| Completion::new(path, CompletionKind::Folder, span).detail(words))
            .collect()
    }
}

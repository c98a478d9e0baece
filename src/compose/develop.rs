//! Development with `docker compose watch`, and commands run in a container's life.

use super::command::Command;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{Extension, Flag, List, Pairs, Scalar, Setting, Text};
use crate::text::Location;

/// An item of `develop.watch`.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// All of it.
    pub at: Location,
    /// The path of the host.
    pub path: Setting<Scalar>,
    /// `rebuild`, `sync`, `restart`, `sync+restart` or `sync+exec`.
    pub action: Setting<Scalar>,
    /// Where in the container the files go.
    pub target: Setting<Scalar>,
    /// Patterns of files that do not matter.
    pub ignore: List<Text>,
    /// Patterns of files that matter.
    pub include: List<Text>,
    /// The command of `sync+exec`.
    pub exec: Setting<Hook>,
    /// Whether all files are copied at first.
    pub initial_sync: Option<Flag>,
    /// Keys that begin with `x-`, such as the old `x-initialSync`.
    pub extensions: Vec<Extension>,
}

impl Watch {
    /// The items of `develop.watch`; the value is that of `develop`.
    pub(super) fn read_all(cx: &Reader<'_>, develop: &Slot<'_>) -> List<Watch> {
        let watch = cx.slot(develop.node, "watch");
        watch.map_or_else(List::default, |slot| {
            cx.list(&slot, |node| Watch::read(cx, node))
        })
    }

    fn read(cx: &Reader<'_>, node: Node) -> Option<Watch> {
        if !cx.is_mapping(node) {
            return None;
        }
        let mut watch = Watch {
            at: cx.at(node),
            path: None,
            action: None,
            target: None,
            ignore: List::default(),
            include: List::default(),
            exec: None,
            initial_sync: None,
            extensions: Vec::new(),
        };
        for slot in cx.slots(node) {
            let slot = &slot;
            match slot.name {
                "path" => watch.path = cx.scalar_field(slot),
                "action" => watch.action = cx.scalar_field(slot),
                "target" => watch.target = cx.scalar_field(slot),
                "ignore" => watch.ignore = cx.texts(slot),
                "include" => watch.include = cx.texts(slot),
                "exec" => {
                    watch.exec = Hook::read(cx, slot.node).map(|hook| slot.field(hook));
                }
                "initial_sync" => watch.initial_sync = cx.flag(slot),
                name if name.starts_with("x-") => watch.extensions.push(slot.extension()),
                _ => {}
            }
        }
        Some(watch)
    }
}

/// A command that runs in the service's container: `post_start`, `pre_stop` and `watch[].exec`.
#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    /// All of it.
    pub at: Location,
    /// The command.
    pub command: Setting<Command>,
    /// The user.
    pub user: Setting<Scalar>,
    /// Whether the command has all privileges.
    pub privileged: Option<Flag>,
    /// The directory in which it starts.
    pub working_dir: Setting<Scalar>,
    /// Environment variables.
    pub environment: Pairs,
}

impl Hook {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Hook> {
        if !cx.is_mapping(node) {
            return None;
        }
        let mut hook = Hook {
            at: cx.at(node),
            command: None,
            user: None,
            privileged: None,
            working_dir: None,
            environment: Pairs::default(),
        };
        for slot in cx.slots(node) {
            let slot = &slot;
            match slot.name {
                "command" => hook.command = Command::read(cx, slot),
                "user" => hook.user = cx.scalar_field(slot),
                "privileged" => hook.privileged = cx.flag(slot),
                "working_dir" => hook.working_dir = cx.scalar_field(slot),
                "environment" => hook.environment = cx.pairs(slot),
                _ => {}
            }
        }
        Some(hook)
    }
}

//! Services and jobs.
//!
//! Not for: what both share with `pre_start` steps (`container`).

use super::container::Container;
use super::deploy::Deploy;
use super::develop::{Hook, Watch};
use super::link::Link;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{
    Extension, Field, Flag, List, Name, Named, Pairs, Scalar, Setting, Text, Typed,
};
use crate::text::Location;

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its key.
    pub name: Name,
    /// Where its value stands.
    pub at: Location,
    /// The alias through which the value came here, if it stands elsewhere.
    pub via: Option<Location>,
    /// Its container.
    pub container: Container,
    /// Whether `docker compose up` shows its output.
    pub attach: Option<Flag>,
    /// The name of the container.
    pub container_name: Setting<Scalar>,
    /// How many containers run, with which resources.
    pub deploy: Setting<Deploy>,
    /// Where `develop` stands.
    pub develop: Setting<()>,
    /// What `docker compose watch` does.
    pub watch: List<Watch>,
    /// The service whose configuration this one begins with.
    pub extends: Setting<Extends>,
    /// Containers outside the project.
    pub external_links: List<Link>,
    /// Services under other names.
    pub links: List<Link>,
    /// Containers that run before the service starts.
    pub pre_start: List<PreStart>,
    /// Commands to run once the container has started.
    pub post_start: List<Hook>,
    /// Commands to run before it is stopped.
    pub pre_stop: List<Hook>,
    /// Profiles.
    pub profiles: List<Text>,
    /// The program that provides the service.
    pub provider: Setting<Provider>,
    /// When the container is started again.
    pub restart: Setting<Scalar>,
    /// How many containers run.
    pub scale: Setting<Typed<i64>>,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
    /// Keys that no service has.
    pub unknown: Vec<Name>,
    has_keys: bool,
}

/// `extends`
#[derive(Clone, Debug, PartialEq)]
pub struct Extends {
    /// The service to begin with.
    pub service: Option<Text>,
    /// The file in which it is declared; this one by default.
    pub file: Setting<Scalar>,
}

/// `provider`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Provider {
    /// The program.
    pub kind: Setting<Scalar>,
    /// Its options; those that are lists are left out.
    pub options: Pairs,
}

/// A step of `pre_start`.
#[derive(Clone, Debug, PartialEq)]
pub struct PreStart {
    /// All of it.
    pub at: Location,
    /// Its container.
    pub container: Container,
    /// Whether the step runs for each replica.
    pub per_replica: Option<Flag>,
}

/// A job.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its key.
    pub name: Name,
    /// Where its value stands.
    pub at: Location,
    /// Its container.
    pub container: Container,
    /// Profiles.
    pub profiles: List<Text>,
    /// What starts it.
    pub triggers: Setting<Triggers>,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
}

/// `triggers` of a job.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Triggers {
    /// Whether it may be run by hand.
    pub manual: Option<Flag>,
    /// Times at which it runs.
    pub schedule: List<Schedule>,
}

/// An item of `triggers.schedule`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// All of it.
    pub at: Location,
    /// The crontab line.
    pub cron: Option<Text>,
    /// The time zone.
    pub timezone: Setting<Scalar>,
    /// `forbid` or `queue`.
    pub concurrency: Setting<Scalar>,
    /// `one` or `skip`.
    pub missed_fires: Setting<Scalar>,
}

impl Named for Service {
    fn name(&self) -> &Name {
        &self.name
    }
}

impl Named for Job {
    fn name(&self) -> &Name {
        &self.name
    }
}

impl Service {
    /// Whether the file says where the container comes from: an image, a build, a provider or a service to
    /// extend.
    pub fn has_source(&self) -> bool {
        self.container.image.is_some()
            || self.container.build.is_some()
            || self.provider.is_some()
            || self.extends.is_some()
    }

    /// What says how many containers run: `scale`, or else `deploy.replicas`. Without either, it is one.
    pub fn replicas(&self) -> Option<&Field<Typed<i64>>> {
        let replicas = || self.deploy.as_ref()?.value.replicas.as_deref();
        self.scale.as_deref().or_else(replicas)
    }

    /// Whether anything is said of the service at all.
    pub fn has_keys(&self) -> bool {
        self.has_keys
    }

    /// The commands that are run in its container besides its own: after the start, before the stop, and when files
    /// change.
    pub fn hooks(&self) -> impl Iterator<Item = &Hook> {
        let watched = self.watch.iter().filter_map(|watch| watch.exec.as_ref());
        let hooks = self.post_start.iter().chain(&self.pre_stop);
        hooks.chain(watched.map(|exec| &exec.value))
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Service {
        let mut service = Service {
            name: slot.declared(),
            at: slot.at,
            via: slot.via,
            has_keys: false,
            container: Container::default(),
            attach: None,
            container_name: None,
            deploy: None,
            develop: None,
            watch: List::default(),
            extends: None,
            external_links: List::default(),
            links: List::default(),
            pre_start: List::default(),
            post_start: List::default(),
            pre_stop: List::default(),
            profiles: List::default(),
            provider: None,
            restart: None,
            scale: None,
            extensions: Vec::new(),
            unknown: Vec::new(),
        };
        for slot in cx.slots(slot.node) {
            service.take(cx, &slot);
        }
        service
    }

    fn take(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) {
        self.has_keys = true;
        match slot.name {
            "attach" => self.attach = cx.flag(slot),
            "container_name" => self.container_name = cx.scalar_field(slot),
            "deploy" => self.deploy = Deploy::read(cx, slot),
            "develop" => {
                self.develop = Some(slot.field(()));
                self.watch = Watch::read_all(cx, slot);
            }
            "extends" => self.extends = Extends::read(cx, slot),
            "external_links" => {
                self.external_links = cx.list(slot, |node| Link::read(cx, node));
            }
            "links" => self.links = cx.list(slot, |node| Link::read(cx, node)),
            "pre_start" => self.pre_start = cx.list(slot, |node| PreStart::read(cx, node)),
            "post_start" => self.post_start = cx.list(slot, |node| Hook::read(cx, node)),
            "pre_stop" => self.pre_stop = cx.list(slot, |node| Hook::read(cx, node)),
            "profiles" => self.profiles = cx.texts(slot),
            "provider" => self.provider = Provider::read(cx, slot),
            "restart" => self.restart = cx.scalar_field(slot),
            "scale" => self.scale = cx.integer(slot),
            name if name.starts_with("x-") => self.extensions.push(slot.extension()),
            _ => {
                if !self.container.take(cx, slot) {
                    self.unknown.push(slot.declared());
                }
            }
        }
    }
}

impl Extends {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Extends> {
        Some(slot.field(Extends::of(cx, slot.node)?))
    }

    /// The value of `extends`, whichever way it is written.
    pub(super) fn of(cx: &Reader<'_>, node: Node) -> Option<Extends> {
        let mut extends = Extends {
            service: None,
            file: None,
        };
        if cx.is_mapping(node) {
            for slot in cx.slots(node) {
                match slot.name {
                    "service" => extends.service = cx.text(slot.node),
                    "file" => extends.file = cx.scalar_field(&slot),
                    _ => {}
                }
            }
        } else {
            extends.service = Some(cx.text(node)?);
        }
        Some(extends)
    }
}

impl Provider {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Provider> {
        if !cx.is_mapping(slot.node) {
            return None;
        }
        let mut provider = Provider::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "type" => provider.kind = cx.scalar_field(&slot),
                "options" => provider.options = cx.pairs(&slot),
                _ => {}
            }
        }
        Some(slot.field(provider))
    }
}

impl PreStart {
    fn read(cx: &Reader<'_>, node: Node) -> Option<PreStart> {
        if !cx.is_mapping(node) {
            return None;
        }
        let mut step = PreStart {
            at: cx.at(node),
            container: Container::default(),
            per_replica: None,
        };
        for slot in cx.slots(node) {
            if slot.name == "per_replica" {
                step.per_replica = cx.flag(&slot);
            } else {
                step.container.take(cx, &slot);
            }
        }
        Some(step)
    }
}

impl Job {
    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Job {
        let mut job = Job {
            name: slot.declared(),
            at: slot.at,
            container: Container::default(),
            profiles: List::default(),
            triggers: None,
            extensions: Vec::new(),
        };
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            match slot.name {
                "profiles" => job.profiles = cx.texts(slot),
                "triggers" => job.triggers = Triggers::read(cx, slot),
                name if name.starts_with("x-") => job.extensions.push(slot.extension()),
                _ => {
                    job.container.take(cx, slot);
                }
            }
        }
        job
    }
}

impl Triggers {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Triggers> {
        if !cx.is_mapping(slot.node) {
            return None;
        }
        let mut triggers = Triggers::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "manual" => triggers.manual = cx.flag(&slot),
                "schedule" => {
                    triggers.schedule = cx.list(&slot, |node| Schedule::read(cx, node));
                }
                _ => {}
            }
        }
        Some(slot.field(triggers))
    }
}

impl Schedule {
    fn read(cx: &Reader<'_>, node: Node) -> Option<Schedule> {
        let mut schedule = Schedule {
            at: cx.at(node),
            cron: None,
            timezone: None,
            concurrency: None,
            missed_fires: None,
        };
        if !cx.is_mapping(node) {
            schedule.cron = Some(cx.text(node)?);
            return Some(schedule);
        }
        for slot in cx.slots(node) {
            match slot.name {
                "cron" => schedule.cron = cx.text(slot.node),
                "timezone" => schedule.timezone = cx.scalar_field(&slot),
                "concurrency" => schedule.concurrency = cx.scalar_field(&slot),
                "missed_fires" => schedule.missed_fires = cx.scalar_field(&slot),
                _ => {}
            }
        }
        Some(schedule)
    }
}

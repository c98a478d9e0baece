//! What services, jobs and `pre_start` steps have in common: a container.
//!
//! Not for: keys that only a service or a job has (`service`).

use super::build::Build;
use super::cast;
use super::command::Command;
use super::depends::Dependency;
use super::device::{Device, Gpus};
use super::grant::Grant;
use super::healthcheck::Healthcheck;
use super::link::{BlockLimit, ExtraHost, Namespace, NamespaceOwner};
use super::mount::{Mount, TmpfsMount, VolumesFrom};
use super::network::Attachment;
use super::port::{ExposedPort, Port};
use super::reader::{Reader, Slot};
use super::resource::ModelUse;
use super::tree::Node;
use super::ulimit::Ulimit;
use super::value::{Flag, List, Pairs, Scalar, Setting, Text, Typed};
use crate::grammar::duration::Duration;
use crate::grammar::image::ImageReference;
use crate::text::Location;

/// A container: a service's, a job's or a `pre_start` step's. Every field is named after its key; the last
/// eight are not allowed in a `pre_start` step.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Container {
    /// OCI annotations.
    pub annotations: Pairs,
    /// Limits and weights for block devices.
    pub blkio_config: Setting<BlockIo>,
    /// Capabilities to add.
    pub cap_add: List<Text>,
    /// Capabilities to take away.
    pub cap_drop: List<Text>,
    /// Control group namespace.
    pub cgroup: Setting<Namespace>,
    /// Parent control group.
    pub cgroup_parent: Setting<Scalar>,
    /// The command.
    pub command: Setting<Command>,
    /// Configs to mount.
    pub configs: List<Grant>,
    /// Number of CPUs (Windows).
    pub cpu_count: Setting<Typed<i64>>,
    /// Share of the CPUs in percent (Windows).
    pub cpu_percent: Setting<Typed<f64>>,
    /// Microseconds of a scheduler period.
    pub cpu_period: Setting<Typed<i64>>,
    /// Microseconds of CPU time in each period.
    pub cpu_quota: Setting<Typed<i64>>,
    /// Microseconds of a real-time period.
    pub cpu_rt_period: Setting<Typed<i64>>,
    /// Microseconds of real-time CPU time.
    pub cpu_rt_runtime: Setting<Typed<i64>>,
    /// Weight among containers.
    pub cpu_shares: Setting<Typed<i64>>,
    /// Number of CPUs.
    pub cpus: Setting<Typed<f64>>,
    /// CPUs to run on.
    pub cpuset: Setting<Scalar>,
    /// Where the value of `credential_spec` stands, with its keys and texts.
    pub credential_spec: Pairs,
    /// Rules for devices.
    pub device_cgroup_rules: List<Text>,
    /// Devices of the host.
    pub devices: List<Device>,
    /// Name servers.
    pub dns: List<Text>,
    /// Options for `resolv.conf`.
    pub dns_opt: List<Text>,
    /// Search domains.
    pub dns_search: List<Text>,
    /// Domain name.
    pub domainname: Setting<Scalar>,
    /// The entrypoint.
    pub entrypoint: Setting<Command>,
    /// Files with environment variables.
    pub env_file: List<EnvFile>,
    /// Environment variables.
    pub environment: Pairs,
    /// Lines for `/etc/hosts`.
    pub extra_hosts: List<ExtraHost>,
    /// Graphics devices.
    pub gpus: Setting<Gpus>,
    /// More groups for the user.
    pub group_add: List<Text>,
    /// Host name.
    pub hostname: Setting<Scalar>,
    /// The image.
    pub image: Setting<Scalar>,
    /// Whether an init process runs.
    pub init: Option<Flag>,
    /// Inter-process communication namespace.
    pub ipc: Setting<Namespace>,
    /// Isolation technology.
    pub isolation: Setting<Scalar>,
    /// Files with labels.
    pub label_file: List<Text>,
    /// Labels.
    pub labels: Pairs,
    /// Where the output goes.
    pub logging: Setting<Logging>,
    /// Hardware address.
    pub mac_address: Setting<Scalar>,
    /// Most memory in bytes.
    pub mem_limit: Setting<Typed<i64>>,
    /// Reserved memory in bytes.
    pub mem_reservation: Setting<Typed<i64>>,
    /// How readily it is swapped out.
    pub mem_swappiness: Setting<Typed<i64>>,
    /// Most memory and swap in bytes; `-1` for no limit.
    pub memswap_limit: Setting<Typed<i64>>,
    /// AI models.
    pub models: List<ModelUse>,
    /// Network namespace.
    pub network_mode: Setting<Namespace>,
    /// Networks to join.
    pub networks: List<Attachment>,
    /// Whether the kernel spares the container when memory runs out.
    pub oom_kill_disable: Option<Flag>,
    /// How soon the kernel kills it.
    pub oom_score_adj: Setting<Typed<i64>>,
    /// Process namespace.
    pub pid: Setting<Namespace>,
    /// Most processes; `-1` for no limit.
    pub pids_limit: Setting<Typed<i64>>,
    /// Platform.
    pub platform: Setting<Scalar>,
    /// Whether it has all privileges.
    pub privileged: Option<Flag>,
    /// When the image is pulled.
    pub pull_policy: Setting<Scalar>,
    /// Age at which the image is pulled again.
    pub pull_refresh_after: Setting<Scalar>,
    /// Whether the root filesystem is read-only.
    pub read_only: Option<Flag>,
    /// OCI runtime.
    pub runtime: Setting<Scalar>,
    /// Secrets to mount.
    pub secrets: List<Grant>,
    /// Security options.
    pub security_opt: List<Text>,
    /// Size of `/dev/shm` in bytes.
    pub shm_size: Setting<Typed<i64>>,
    /// Time between the stop signal and the kill.
    pub stop_grace_period: Setting<Typed<Duration>>,
    /// The stop signal.
    pub stop_signal: Setting<Scalar>,
    /// Options of the storage driver.
    pub storage_opt: Pairs,
    /// Kernel parameters.
    pub sysctls: Pairs,
    /// Memory mounts.
    pub tmpfs: List<TmpfsMount>,
    /// Resource limits of processes.
    pub ulimits: List<Ulimit>,
    /// Whether the Docker API's socket is mounted.
    pub use_api_socket: Option<Flag>,
    /// The user; a number in YAML is kept, though Compose refuses it.
    pub user: Setting<Scalar>,
    /// User namespace.
    pub userns_mode: Setting<Scalar>,
    /// Host name namespace.
    pub uts: Setting<Namespace>,
    /// Mounts.
    pub volumes: List<Mount>,
    /// Services whose mounts are taken over.
    pub volumes_from: List<VolumesFrom>,
    /// Directory in which the command starts.
    pub working_dir: Setting<Scalar>,

    /// How the image is built.
    pub build: Setting<Build>,
    /// What has to be there first.
    pub depends_on: List<Dependency>,
    /// Whether `depends_on` is a list of names.
    pub depends_on_is_list: bool,
    /// Ports for other containers.
    pub expose: List<ExposedPort>,
    /// The health check.
    pub healthcheck: Setting<Healthcheck>,
    /// Published ports.
    pub ports: List<Port>,
    /// Whether standard input stays open.
    pub stdin_open: Option<Flag>,
    /// Whether there is a terminal.
    pub tty: Option<Flag>,

    /// `image` taken apart.
    reference: Option<Box<ImageReference>>,
}

/// `logging`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Logging {
    /// The driver.
    pub driver: Setting<Scalar>,
    /// Its options.
    pub options: Pairs,
}

/// `blkio_config`
#[derive(Clone, Debug, PartialEq, Default)]
pub struct BlockIo {
    /// Share of the bandwidth.
    pub weight: Setting<Typed<i64>>,
    /// Share of the bandwidth for each device.
    pub weight_device: List<BlockLimit>,
    /// Most bytes a second to read.
    pub device_read_bps: List<BlockLimit>,
    /// Most reads a second.
    pub device_read_iops: List<BlockLimit>,
    /// Most bytes a second to write.
    pub device_write_bps: List<BlockLimit>,
    /// Most writes a second.
    pub device_write_iops: List<BlockLimit>,
}

/// An item of `env_file`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvFile {
    /// All of it.
    pub at: Location,
    /// The path.
    pub path: Text,
    /// Whether a missing file is an error; it is unless this says `false`.
    pub required: Option<Flag>,
    /// `raw`, or the usual format.
    pub format: Setting<Scalar>,
}

impl EnvFile {
    /// Whether a missing file is an error. `None` if that is unknown.
    pub fn is_required(&self) -> Option<bool> {
        match &self.required {
            None => Some(true),
            Some(required) => required.value.value,
        }
    }

    fn read(cx: &Reader<'_>, node: Node) -> Option<EnvFile> {
        if !cx.is_mapping(node) {
            let path = cx.text(node)?;
            return Some(EnvFile {
                at: path.at,
                path,
                required: None,
                format: None,
            });
        }
        let (mut path, mut required, mut format) = (None, None, None);
        for slot in cx.slots(node) {
            match slot.name {
                "path" => path = cx.text(slot.node),
                "required" => required = cx.flag(&slot),
                "format" => format = cx.scalar_field(&slot),
                _ => {}
            }
        }
        Some(EnvFile {
            at: cx.at(node),
            path: path?,
            required,
            format,
        })
    }
}

impl Container {
    /// Whether it certainly has a network of its own, so that its ports are published: not that of another
    /// container or of the host, and not none.
    pub fn has_network_of_its_own(&self) -> bool {
        let Some(mode) = &self.network_mode else {
            return true;
        };
        let known = mode.value.text.known();
        mode.value.owner == NamespaceOwner::Other
            && known.is_some_and(|mode| !matches!(mode, "host" | "none"))
    }

    /// The last part of the image's name, such as `nginx`, if it is known; the tag need not be.
    pub fn image_name(&self) -> Option<&str> {
        self.reference()?.path.known()?.rsplit('/').next()
    }

    /// The image taken apart as far as its variables are known, if it is a reference.
    pub fn reference(&self) -> Option<&ImageReference> {
        self.reference.as_deref()
    }

    /// The same where nothing of it depends on a variable without a value.
    pub fn known_reference(&self) -> Option<&ImageReference> {
        self.image.as_ref()?.value.known()?;
        self.reference()
    }

    fn take_image(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) {
        self.image = cx.scalar_field(slot);
        let text = self.image.as_ref().map(|image| image.value.text());
        let reference = text.and_then(|text| ImageReference::parse(text).ok());
        self.reference = reference.map(Box::new);
    }

    /// Reads the value of a key, if it is one that containers have.
    pub(super) fn take(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) -> bool {
        self.take_process(cx, slot)
            || self.take_resource(cx, slot)
            || self.take_surroundings(cx, slot)
            || self.take_workload(cx, slot)
    }

    /// What runs, from which image, as whom.
    fn take_process(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) -> bool {
        match slot.name {
            "annotations" => self.annotations = cx.pairs(slot),
            "cap_add" => self.cap_add = cx.texts(slot),
            "cap_drop" => self.cap_drop = cx.texts(slot),
            "command" => self.command = Command::read(cx, slot),
            "entrypoint" => self.entrypoint = Command::read(cx, slot),
            "env_file" => self.env_file = cx.list(slot, |node| EnvFile::read(cx, node)),
            "environment" => self.environment = cx.pairs(slot),
            "group_add" => self.group_add = cx.texts(slot),
            "image" => self.take_image(cx, slot),
            "init" => self.init = cx.flag(slot),
            "isolation" => self.isolation = cx.scalar_field(slot),
            "label_file" => self.label_file = cx.texts(slot),
            "labels" => self.labels = cx.pairs(slot),
            "logging" => self.logging = logging(cx, slot),
            "platform" => self.platform = cx.scalar_field(slot),
            "privileged" => self.privileged = cx.flag(slot),
            "pull_policy" => self.pull_policy = cx.scalar_field(slot),
            "pull_refresh_after" => self.pull_refresh_after = cx.scalar_field(slot),
            "read_only" => self.read_only = cx.flag(slot),
            "runtime" => self.runtime = cx.scalar_field(slot),
            "security_opt" => self.security_opt = cx.texts(slot),
            "stop_grace_period" => self.stop_grace_period = cx.duration(slot),
            "stop_signal" => self.stop_signal = cx.scalar_field(slot),
            "user" => self.user = cx.scalar_field(slot),
            "working_dir" => self.working_dir = cx.scalar_field(slot),
            _ => return false,
        }
        true
    }

    /// How much of the machine it may use.
    fn take_resource(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) -> bool {
        match slot.name {
            "blkio_config" => self.blkio_config = block_io(cx, slot),
            "cgroup_parent" => self.cgroup_parent = cx.scalar_field(slot),
            "cpu_count" => self.cpu_count = cx.integer(slot),
            "cpu_percent" => self.cpu_percent = cx.float(slot),
            "cpu_period" => self.cpu_period = cx.integer(slot),
            "cpu_quota" => self.cpu_quota = cx.integer(slot),
            "cpu_rt_period" => self.cpu_rt_period = cx.integer(slot),
            "cpu_rt_runtime" => self.cpu_rt_runtime = cx.integer(slot),
            "cpu_shares" => self.cpu_shares = cx.integer(slot),
            "cpus" => self.cpus = cx.float(slot),
            "cpuset" => self.cpuset = cx.scalar_field(slot),
            "gpus" => self.gpus = Gpus::read(cx, slot),
            "mem_limit" => self.mem_limit = cx.bytes(slot),
            "mem_reservation" => self.mem_reservation = cx.bytes(slot),
            "mem_swappiness" => self.mem_swappiness = cx.typed_field(slot, cast::bytes),
            "memswap_limit" => self.memswap_limit = cx.bytes(slot),
            "oom_kill_disable" => self.oom_kill_disable = cx.flag(slot),
            "oom_score_adj" => self.oom_score_adj = cx.integer(slot),
            "pids_limit" => self.pids_limit = cx.integer(slot),
            "shm_size" => self.shm_size = cx.bytes(slot),
            "storage_opt" => self.storage_opt = cx.pairs(slot),
            "ulimits" => self.ulimits = Ulimit::read_all(cx, slot),
            _ => return false,
        }
        true
    }

    /// What it sees of the host, the network and other containers.
    fn take_surroundings(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) -> bool {
        match slot.name {
            "cgroup" => self.cgroup = Namespace::read(cx, slot),
            "configs" => self.configs = cx.list(slot, |node| Grant::read(cx, node)),
            "credential_spec" => self.credential_spec = cx.pairs(slot),
            "device_cgroup_rules" => self.device_cgroup_rules = cx.texts(slot),
            "devices" => self.devices = cx.list(slot, |node| Device::read(cx, node)),
            "dns" => self.dns = cx.texts(slot),
            "dns_opt" => self.dns_opt = cx.texts(slot),
            "dns_search" => self.dns_search = cx.texts(slot),
            "domainname" => self.domainname = cx.scalar_field(slot),
            "extra_hosts" => self.extra_hosts = ExtraHost::read_all(cx, slot),
            "hostname" => self.hostname = cx.scalar_field(slot),
            "ipc" => self.ipc = Namespace::read(cx, slot),
            "mac_address" => self.mac_address = cx.scalar_field(slot),
            "models" => self.models = ModelUse::read_all(cx, slot),
            "network_mode" => self.network_mode = Namespace::read(cx, slot),
            "networks" => self.networks = Attachment::read_all(cx, slot),
            "pid" => self.pid = Namespace::read(cx, slot),
            "secrets" => self.secrets = cx.list(slot, |node| Grant::read(cx, node)),
            "sysctls" => self.sysctls = cx.pairs(slot),
            "tmpfs" => self.tmpfs = cx.list(slot, |node| TmpfsMount::read(cx, node)),
            "use_api_socket" => self.use_api_socket = cx.flag(slot),
            "userns_mode" => self.userns_mode = cx.scalar_field(slot),
            "uts" => self.uts = Namespace::read(cx, slot),
            "volumes" => self.volumes = cx.list(slot, |node| Mount::read(cx, node)),
            "volumes_from" => {
                self.volumes_from = cx.list(slot, |node| VolumesFrom::read(cx, node));
            }
            _ => return false,
        }
        true
    }

    /// What `pre_start` steps do not have.
    fn take_workload(&mut self, cx: &Reader<'_>, slot: &Slot<'_>) -> bool {
        match slot.name {
            "build" => self.build = Build::read(cx, slot),
            "depends_on" => {
                self.depends_on_is_list = cx.is_list(slot.node);
                self.depends_on = Dependency::read_all(cx, slot);
            }
            "expose" => self.expose = cx.list(slot, |node| ExposedPort::read(cx, node)),
            "healthcheck" => self.healthcheck = Healthcheck::read(cx, slot),
            "ports" => self.ports = cx.list(slot, |node| Port::read(cx, node)),
            "stdin_open" => self.stdin_open = cx.flag(slot),
            "tty" => self.tty = cx.flag(slot),
            _ => return false,
        }
        true
    }
}

fn logging(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Logging> {
    if !cx.is_mapping(slot.node) {
        return None;
    }
    let mut logging = Logging::default();
    for slot in cx.slots(slot.node) {
        match slot.name {
            "driver" => logging.driver = cx.scalar_field(&slot),
            "options" => logging.options = cx.pairs(&slot),
            _ => {}
        }
    }
    Some(slot.field(logging))
}

fn block_io(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<BlockIo> {
    if !cx.is_mapping(slot.node) {
        return None;
    }
    let mut config = BlockIo::default();
    for slot in cx.slots(slot.node) {
        let limits = || cx.list(&slot, |node| BlockLimit::read(cx, node));
        match slot.name {
            "weight" => config.weight = cx.integer(&slot),
            "weight_device" => config.weight_device = limits(),
            "device_read_bps" => config.device_read_bps = limits(),
            "device_read_iops" => config.device_read_iops = limits(),
            "device_write_bps" => config.device_write_bps = limits(),
            "device_write_iops" => config.device_write_iops = limits(),
            _ => {}
        }
    }
    Some(slot.field(config))
}

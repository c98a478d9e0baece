//! What services, jobs and `pre_start` steps have in common.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::View;
use super::mounts;
use super::network::{attachment, model_use};
use super::object::{Alone, Object, entries, pairs, shown, typed};
use crate::compose::command::Command;
use crate::compose::container::Container;
use crate::compose::dotenv::{self, Format};
use crate::compose::healthcheck::{Healthcheck, Test};
use crate::compose::link::{BlockLimit, ExtraHost};
use crate::compose::project::Loader;
use crate::compose::ulimit::Ulimit;
use crate::compose::value::{List, Setting};
use crate::grammar::variable::Value as Variable;
use crate::text::{SourceFile, order};

impl View<'_> {
    pub(super) fn container(&self, object: &mut Object, container: &Container) {
        self.process(object, container);
        self.surroundings(object, container);
        resources(object, container);
    }

    /// What runs, from which image, as whom.
    fn process(&self, object: &mut Object, container: &Container) {
        object.pairs("annotations", &container.annotations, Alone::Empty);
        if let Some(build) = &container.build {
            object.put("build", self.build(build));
        }
        object.unique_texts("cap_add", &container.cap_add);
        object.unique_texts("cap_drop", &container.cap_drop);
        object.put("command", command(&container.command));
        object.put("entrypoint", command(&container.entrypoint));
        self.environment(object, container);
        object.texts("group_add", &container.group_add);
        if let Some(check) = &container.healthcheck {
            object.put("healthcheck", healthcheck(&check.value));
        }
        object.text("image", &container.image);
        object.flag("init", &container.init);
        object.text("isolation", &container.isolation);
        self.labels(object, container);
        if let Some(field) = &container.logging {
            let mut logging = Object::default();
            logging.text("driver", &field.value.driver);
            logging.pairs("options", &field.value.options, Alone::Empty);
            object.put("logging", logging.finish());
        }
        object.text("platform", &container.platform);
        object.raised("privileged", &container.privileged);
        object.text("pull_policy", &container.pull_policy);
        if let Some(policy) = &container.pull_policy
            && policy.value.is("if_not_present")
        {
            object.put("pull_policy", json!("missing"));
        }
        object.text("pull_refresh_after", &container.pull_refresh_after);
        object.raised("read_only", &container.read_only);
        object.text("runtime", &container.runtime);
        object.texts("security_opt", &container.security_opt);
        object.raised("stdin_open", &container.stdin_open);
        object.duration("stop_grace_period", &container.stop_grace_period);
        object.text("stop_signal", &container.stop_signal);
        object.raised("tty", &container.tty);
        object.text("user", &container.user);
        object.text("working_dir", &container.working_dir);
    }

    /// `environment` over what the env files say.
    fn environment(&self, object: &mut Object, container: &Container) {
        let own = self.passed(&container.environment, Alone::Empty);
        let Some(loader) = self.loader else {
            let files = container.env_file.iter().map(|file| {
                let mut entry = Object::default();
                let path = self.path(&file.path.value, file.path.at.file);
                entry.put("path", json!(path));
                entry.put("required", json!(true));
                entry.flag("required", &file.required);
                entry.text("format", &file.format);
                entry.finish()
            });
            object.put_list("env_file", files.collect());
            object.put_map("environment", own);
            return;
        };
        let mut all: Map<String, Value> = Map::new();
        for file in &container.env_file {
            let path = self.path(&file.path.value, file.path.at.file);
            let Some(source) = self.taken_in(loader, path.as_ref()) else {
                continue;
            };
            let is_raw = file.format.as_ref().is_some_and(|it| it.value.is("raw"));
            let format = if is_raw { Format::Raw } else { Format::Dotenv };
            let entries = dotenv::parse(&source.text, format).tree;
            let lookup = |name: &str| match self.project.environment.lookup(name) {
                Variable::Set(value) => Variable::Set(value),
                other => match own.get(name).and_then(Value::as_str) {
                    Some(value) => Variable::Set(value.to_owned()),
                    None => other,
                },
            };
            for (name, value) in dotenv::values(&entries, &lookup) {
                match value {
                    Variable::Set(value) => {
                        all.insert(name.to_owned(), json!(value));
                    }
                    Variable::Unknown => {
                        all.insert(name.to_owned(), Value::Null);
                    }
                    Variable::Unset => {}
                }
            }
        }
        all.extend(own);
        object.put_map("environment", all);
    }

    /// A file whose contents are taken in, as long as they are not too much.
    fn taken_in(&self, loader: &dyn Loader, path: &Path) -> Option<Arc<SourceFile>> {
        let source = loader.text(path).ok()?;
        let left = self.file_bytes_left.get().checked_sub(source.text.len())?;
        self.file_bytes_left.set(left);
        Some(source)
    }

    /// `labels` over what the label files say.
    fn labels(&self, object: &mut Object, container: &Container) {
        let mut all: Map<String, Value> = Map::new();
        let paths = container.label_file.iter();
        let paths: Vec<String> = paths
            .map(|path| self.path(&path.value, path.at.file))
            .collect();
        if let Some(loader) = self.loader {
            for path in &paths {
                let Some(source) = self.taken_in(loader, path.as_ref()) else {
                    continue;
                };
                let entries = dotenv::parse(&source.text, Format::Dotenv).tree;
                let lookup = |name: &str| self.project.environment.lookup(name);
                for (name, value) in dotenv::values(&entries, &lookup) {
                    if let Variable::Set(value) = value {
                        all.insert(name.to_owned(), json!(value));
                    }
                }
            }
        }
        object.put_list(
            "label_file",
            paths.into_iter().map(|path| json!(path)).collect(),
        );
        all.extend(pairs(&container.labels, Alone::Empty));
        object.put_map("labels", all);
    }

    /// What it sees of the host, the network and other containers.
    fn surroundings(&self, object: &mut Object, container: &Container) {
        let namespaces = [
            ("cgroup", &container.cgroup),
            ("ipc", &container.ipc),
            ("network_mode", &container.network_mode),
            ("pid", &container.pid),
            ("uts", &container.uts),
        ];
        for (key, namespace) in namespaces {
            if let Some(field) = namespace {
                object.put(key, json!(shown(&field.value.text)));
            }
        }
        let configs = container.configs.iter();
        let configs = configs.map(|grant| mounts::grant(grant, None));
        object.put_unique("configs", configs, &["source", "target"]);
        object.pairs("credential_spec", &container.credential_spec, Alone::Empty);
        object.unique_texts("device_cgroup_rules", &container.device_cgroup_rules);
        let devices = container.devices.iter().map(mounts::device);
        object.put_unique("devices", devices, &["target"]);
        object.unique_texts("dns", &container.dns);
        object.unique_texts("dns_opt", &container.dns_opt);
        object.unique_texts("dns_search", &container.dns_search);
        object.text("domainname", &container.domainname);
        let exposed = container.expose.iter().map(mounts::exposed);
        object.put_unique("expose", exposed, &[]);
        object.put_list("extra_hosts", extra_hosts(&container.extra_hosts));
        object.text("hostname", &container.hostname);
        object.text("mac_address", &container.mac_address);
        let models = container.models.iter();
        let models = models.map(|model| (shown(&model.model.value), model_use(model)));
        object.put_entries("models", models);
        let networks = container.networks.iter();
        let networks = networks.map(|network| (shown(&network.network.value), attachment(network)));
        object.put_entries("networks", networks);
        let ports = self.ports(&container.ports);
        let identity = ["host_ip", "published", "target", "protocol"];
        object.put_unique("ports", ports, &identity);
        object.pairs("sysctls", &container.sysctls, Alone::Empty);
        let tmpfs = container.tmpfs.iter().map(|mount| {
            let options: Vec<String> = mount
                .options
                .iter()
                .map(|text| shown(&text.value))
                .collect();
            let target = shown(&mount.target.value);
            json!(match options.is_empty() {
                true => target,
                false => format!("{target}:{}", options.join(",")),
            })
        });
        object.put_unique("tmpfs", tmpfs, &[]);
        object.raised("use_api_socket", &container.use_api_socket);
        object.text("userns_mode", &container.userns_mode);
        let volumes = container.volumes.iter().map(|mount| self.mount(mount));
        object.put_unique("volumes", volumes, &["target"]);
        let volumes_from = container.volumes_from.iter().map(|from| {
            let prefix = if from.container { "container:" } else { "" };
            let name = shown(&from.name.value);
            json!(match &from.mode {
                None => format!("{prefix}{name}"),
                Some(mode) => format!("{prefix}{name}:{}", shown(&mode.value)),
            })
        });
        object.put_list("volumes_from", volumes_from.collect());
    }
}

/// How much of the machine it may use.
fn resources(object: &mut Object, container: &Container) {
    if let Some(field) = &container.blkio_config {
        let config = &field.value;
        let mut limits = Object::default();
        limits.integer("weight", &config.weight);
        for (key, list, name) in [
            ("device_read_bps", &config.device_read_bps, "rate"),
            ("device_read_iops", &config.device_read_iops, "rate"),
            ("device_write_bps", &config.device_write_bps, "rate"),
            ("device_write_iops", &config.device_write_iops, "rate"),
            ("weight_device", &config.weight_device, "weight"),
        ] {
            let list = list.iter().map(|limit| block_limit(limit, name));
            limits.put_list(key, list.collect());
        }
        object.put("blkio_config", limits.finish());
    }
    object.text("cgroup_parent", &container.cgroup_parent);
    object.integer("cpu_count", &container.cpu_count);
    object.float("cpu_percent", &container.cpu_percent);
    object.integer("cpu_period", &container.cpu_period);
    object.integer("cpu_quota", &container.cpu_quota);
    object.integer("cpu_rt_period", &container.cpu_rt_period);
    object.integer("cpu_rt_runtime", &container.cpu_rt_runtime);
    object.integer("cpu_shares", &container.cpu_shares);
    object.float("cpus", &container.cpus);
    object.text("cpuset", &container.cpuset);
    if let Some(gpus) = &container.gpus {
        object.put("gpus", super::deploy::gpus(&gpus.value));
    }
    object.bytes("mem_limit", &container.mem_limit);
    object.bytes("mem_reservation", &container.mem_reservation);
    object.bytes("mem_swappiness", &container.mem_swappiness);
    object.bytes("memswap_limit", &container.memswap_limit);
    object.raised("oom_kill_disable", &container.oom_kill_disable);
    object.integer("oom_score_adj", &container.oom_score_adj);
    object.integer("pids_limit", &container.pids_limit);
    object.bytes("shm_size", &container.shm_size);
    object.pairs("storage_opt", &container.storage_opt, Alone::Empty);
    object.put_map("ulimits", ulimits(&container.ulimits));
}

/// The words of a command; nothing where the image's is used.
pub(super) fn command(command: &Setting<Command>) -> Value {
    match command {
        None => Value::Null,
        Some(field) => super::object::texts(field.value.words()),
    }
}

fn healthcheck(check: &Healthcheck) -> Value {
    let mut object = Object::default();
    let words = match check.test.as_ref().map(|test| &test.value) {
        None => Vec::new(),
        Some(Test::Text(line)) => vec![json!("CMD-SHELL"), json!(shown(line))],
        Some(Test::Cmd { keyword, words } | Test::CmdShell { keyword, words }) => {
            let words = std::iter::once(keyword).chain(words);
            words.map(|word| json!(shown(&word.value))).collect()
        }
        Some(Test::None { keyword }) => vec![json!(shown(&keyword.value))],
        Some(Test::Other(words)) => {
            let words = words.iter();
            words.map(|word| json!(shown(&word.value))).collect()
        }
    };
    object.put_list("test", words);
    object.raised("disable", &check.disable);
    object.duration("interval", &check.interval);
    object.duration("timeout", &check.timeout);
    object.integer("retries", &check.retries);
    object.duration("start_period", &check.start_period);
    object.duration("start_interval", &check.start_interval);
    object.finish()
}

/// Hosts by name, each address with its own entry and without brackets.
pub(super) fn extra_hosts(hosts: &List<ExtraHost>) -> Vec<Value> {
    let mut all: Vec<(String, String)> = Vec::new();
    for host in hosts {
        for address in &host.addresses {
            let text = shown(&address.value);
            let bare = text
                .strip_prefix('[')
                .and_then(|text| text.strip_suffix(']'));
            let address = bare.map_or_else(|| text.clone(), str::to_owned);
            all.push((shown(&host.host.value), address));
        }
    }
    order::sort_by(&mut all, |a, b| a.0.cmp(&b.0));
    let lines = all.into_iter();
    lines
        .map(|(host, address)| json!(format!("{host}={address}")))
        .collect()
}

/// A number for both limits, or each of them.
pub(super) fn ulimits(limits: &List<Ulimit>) -> Map<String, Value> {
    let limits = limits.iter().map(|limit| {
        let value = match (&limit.soft, &limit.hard) {
            (Some(soft), Some(hard)) if soft.at == hard.at => {
                typed(&soft.value, |number| json!(number))
            }
            (soft, hard) => {
                let mut object = Object::default();
                for (key, side) in [("soft", soft), ("hard", hard)] {
                    let number = side.as_ref();
                    object.put_some(key, number.map(|it| typed(&it.value, |n| json!(n))));
                }
                object.finish()
            }
        };
        (limit.name.value.to_string(), value)
    });
    entries(limits)
}

fn block_limit(limit: &BlockLimit, name: &str) -> Value {
    let mut object = Object::default();
    let path = limit.path.as_ref();
    object.put_some("path", path.map(|path| json!(shown(&path.value))));
    if let Some(value) = &limit.value {
        let bytes = crate::compose::cast::bytes(&value.value);
        let number = bytes.map_or_else(|| shown(&value.value), |bytes| bytes.to_string());
        object.put(name, json!(number));
    }
    object.finish()
}

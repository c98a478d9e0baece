//! How images are built, and what is watched.

use serde_json::{Map, Value, json};

use super::View;
use super::container::{extra_hosts, ulimits};
use super::mounts::grant;
use super::object::{Alone, Object, shown};
use crate::compose::build::Build;
use crate::compose::develop::{Hook, Watch};
use crate::compose::value::{Field, Pairs, Scalar};
use crate::text::FileId;

impl View<'_> {
    pub(super) fn build(&self, field: &Field<Build>) -> Value {
        let build = &field.value;
        let mut object = Object::default();
        let context = match &build.context {
            Some(context) => self.context(&context.value, context.at.file),
            None => self.here(field.at),
        };
        object.put("context", json!(context));
        object.text("dockerfile", &build.dockerfile);
        if build.dockerfile.is_none() && build.dockerfile_inline.is_none() {
            object.put("dockerfile", json!("Dockerfile"));
        }
        object.text("dockerfile_inline", &build.dockerfile_inline);
        object.text("target", &build.target);
        object.put_map("args", self.passed(&build.args, Alone::Absent));
        let contexts = build.additional_contexts.iter().map(|pair| {
            let value = match &pair.value {
                Some(value) => json!(self.context(&value.value, value.at.file)),
                None => Value::Null,
            };
            (shown(&pair.name.value), value)
        });
        object.put_entries("additional_contexts", contexts);
        let secrets = build.secrets.iter().map(|secret| grant(secret, None));
        object.put_list("secrets", secrets.collect());
        let keys = build.ssh.iter().map(|pair| match &pair.value {
            None => json!(shown(&pair.name.value)),
            Some(path) if path.value.is_empty() => json!(shown(&pair.name.value)),
            Some(path) => json!(format!(
                "{}={}",
                shown(&pair.name.value),
                self.path(&path.value, path.at.file)
            )),
        });
        object.put_list("ssh", keys.collect());
        object.pairs("labels", &build.labels, Alone::Empty);
        object.texts("cache_from", &build.cache_from);
        object.texts("cache_to", &build.cache_to);
        object.raised("no_cache", &build.no_cache);
        object.texts("no_cache_filter", &build.no_cache_filter);
        object.raised("pull", &build.pull);
        object.text("network", &build.network);
        object.texts("platforms", &build.platforms);
        object.raised("privileged", &build.privileged);
        object.texts("entitlements", &build.entitlements);
        object.put_list("extra_hosts", extra_hosts(&build.extra_hosts));
        object.text("isolation", &build.isolation);
        object.bytes("shm_size", &build.shm_size);
        object.unique_texts("tags", &build.tags);
        object.put_map("ulimits", ulimits(&build.ulimits));
        object.text("provenance", &build.provenance);
        object.text("sbom", &build.sbom);
        object.finish()
    }

    /// A folder, or something that is not on this machine.
    fn context(&self, scalar: &Scalar, file: FileId) -> String {
        let text = scalar.text();
        let is_elsewhere = text.contains("://")
            || text.starts_with("git@")
            || text.starts_with("github.com/")
            || text.starts_with("service:");
        match is_elsewhere {
            true => shown(scalar),
            false => self.path(scalar, file),
        }
    }

    /// Keys and values, where a key alone takes its value from the variables of the project.
    pub(super) fn passed(&self, list: &Pairs, alone: Alone) -> Map<String, Value> {
        let mut map = Map::new();
        for pair in list {
            let name = shown(&pair.name.value);
            let value = match &pair.value {
                Some(value) => json!(shown(&value.value)),
                None => self.passed_through(&name),
            };
            if value.is_null() && alone == Alone::Absent {
                continue;
            }
            map.insert(name, value);
        }
        map
    }

    pub(super) fn watch(&self, watch: &Watch) -> Value {
        let mut object = Object::default();
        object.put_some("path", self.path_setting(&watch.path));
        object.text("action", &watch.action);
        object.text("target", &watch.target);
        object.texts("ignore", &watch.ignore);
        object.texts("include", &watch.include);
        if let Some(exec) = &watch.exec {
            object.put("exec", self.hook(&exec.value));
        }
        object.raised("initial_sync", &watch.initial_sync);
        object.finish()
    }

    pub(super) fn hook(&self, hook: &Hook) -> Value {
        let mut object = Object::default();
        object.put("command", super::container::command(&hook.command));
        object.text("user", &hook.user);
        object.raised("privileged", &hook.privileged);
        object.text("working_dir", &hook.working_dir);
        object.put_map("environment", self.passed(&hook.environment, Alone::Empty));
        object.finish()
    }
}

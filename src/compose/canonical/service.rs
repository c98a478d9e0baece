//! Services and jobs.

use serde_json::{Map, Value, json};

use super::View;
use super::mounts::grant;
use super::object::{Object, shown, typed};
use crate::compose::container::Container;
use crate::compose::depends::Condition;
use crate::compose::link::{Link, NamespaceOwner};
use crate::compose::service::{Job, Service};
use crate::compose::value::List;

/// Where secrets appear in a container.
const SECRETS: &str = "/run/secrets";

impl View<'_> {
    pub(super) fn service(&self, service: &Service) -> Value {
        let mut object = Object::default();
        let container = &service.container;
        self.container(&mut object, container);
        let secrets = container.secrets.iter();
        let secrets = secrets.map(|secret| grant(secret, Some(SECRETS)));
        object.put_list("secrets", secrets.collect());
        if has_default_network(service) {
            put_default_network(&mut object, container);
        }
        object.flag("attach", &service.attach);
        object.text("container_name", &service.container_name);
        object.put_map("depends_on", dependencies(container, &service.links));
        if let Some(deploy) = &service.deploy {
            object.put("deploy", super::deploy::deploy(&deploy.value));
        }
        if service.develop.is_some() && !service.watch.is_empty() {
            let watch: Vec<Value> = service
                .watch
                .iter()
                .map(|watch| self.watch(watch))
                .collect();
            object.put("develop", json!({ "watch": watch }));
        }
        object.put_list("external_links", links(&service.external_links));
        object.put_list("links", links(&service.links));
        let steps = service.pre_start.iter().map(|step| {
            let mut object = Object::default();
            self.container(&mut object, &step.container);
            let secrets = step.container.secrets.iter();
            let secrets = secrets.map(|secret| grant(secret, None));
            object.put_list("secrets", secrets.collect());
            put_default_network(&mut object, &step.container);
            if step.container.image.is_none() {
                // It runs in the image of the service.
                object.text("image", &container.image);
            }
            object.raised("per_replica", &step.per_replica);
            object.finish()
        });
        object.put_list("pre_start", steps.collect());
        for (key, hooks) in [
            ("post_start", &service.post_start),
            ("pre_stop", &service.pre_stop),
        ] {
            let hooks = hooks.iter().map(|hook| self.hook(hook));
            object.put_list(key, hooks.collect());
        }
        object.texts("profiles", &service.profiles);
        if let Some(field) = &service.provider {
            let mut provider = Object::default();
            provider.text("type", &field.value.kind);
            object.put("provider", provider.finish());
        }
        object.text("restart", &service.restart);
        object.integer("scale", &service.scale);
        object.finish()
    }

    pub(super) fn job(&self, job: &Job) -> Value {
        let mut object = Object::default();
        let container = &job.container;
        self.container(&mut object, container);
        let secrets = container.secrets.iter();
        let secrets = secrets.map(|secret| grant(secret, Some(SECRETS)));
        object.put_list("secrets", secrets.collect());
        put_default_network(&mut object, container);
        object.put_map("depends_on", dependencies(container, &List::default()));
        object.texts("profiles", &job.profiles);
        if let Some(field) = &job.triggers {
            let mut triggers = Object::default();
            triggers.flag("manual", &field.value.manual);
            let schedule = field.value.schedule.iter().map(|line| {
                let mut entry = Object::default();
                let cron = line.cron.as_ref();
                entry.put_some("cron", cron.map(|cron| json!(shown(&cron.value))));
                entry.text("timezone", &line.timezone);
                entry.text("concurrency", &line.concurrency);
                entry.text("missed_fires", &line.missed_fires);
                entry.finish()
            });
            triggers.put_list("schedule", schedule.collect());
            object.put("triggers", triggers.finish());
        }
        object.finish()
    }
}

/// Whether Compose puts a service into the network `default`, because nothing else is said.
pub(super) fn has_default_network(service: &Service) -> bool {
    let container = &service.container;
    service.provider.is_none() && container.network_mode.is_none() && container.networks.is_empty()
}

fn put_default_network(object: &mut Object, container: &Container) {
    if container.network_mode.is_none() && container.networks.is_empty() {
        object.put("networks", json!({ "default": null }));
    }
}

fn links(links: &List<Link>) -> Vec<Value> {
    let links = links.iter();
    links
        .map(|link| {
            let name = shown(&link.name.value);
            json!(match &link.alias {
                None => name,
                Some(alias) => format!("{name}:{}", shown(&alias.value)),
            })
        })
        .collect()
}

/// What has to be there first: as it is said, and what follows from links and from what is shared.
fn dependencies(container: &Container, links: &List<Link>) -> Map<String, Value> {
    let mut all = Map::new();
    for dependency in &container.depends_on {
        let mut object = Object::default();
        let condition = match &dependency.condition {
            None => json!("service_started"),
            Some(condition) => typed(&condition.value, |condition| {
                json!(match condition {
                    Condition::Started => "service_started",
                    Condition::Healthy => "service_healthy",
                    Condition::CompletedSuccessfully => "service_completed_successfully",
                })
            }),
        };
        object.put("condition", condition);
        object.raised("restart", &dependency.restart);
        object.put("required", json!(true));
        object.flag("required", &dependency.required);
        all.insert(shown(&dependency.service.value), object.finish());
    }
    let mut implied = |name: String, restarts: bool| {
        let mut object = Object::default();
        object.put("condition", json!("service_started"));
        object.put("required", json!(true));
        if restarts {
            object.put("restart", json!(true));
        }
        all.entry(name).or_insert_with(|| object.finish());
    };
    for link in links {
        implied(shown(&link.name.value), true);
    }
    let namespaces = [
        &container.network_mode,
        &container.ipc,
        &container.pid,
        &container.uts,
        &container.cgroup,
    ];
    for namespace in namespaces.into_iter().flatten() {
        if let NamespaceOwner::Service(service) = &namespace.value.owner {
            implied(shown(&service.value), true);
        }
    }
    for from in &container.volumes_from {
        if !from.container {
            implied(shown(&from.name.value), false);
        }
    }
    all
}

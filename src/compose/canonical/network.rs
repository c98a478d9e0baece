//! Networks, volumes, secrets, configs and models of a project.

use serde_json::{Value, json};

use super::View;
use super::object::{Alone, Object};
use crate::compose::network::{Attachment, Ipam, Network};
use crate::compose::resource::{FileObject, Model, ModelUse, Volume};

impl View<'_> {
    pub(super) fn network(&self, network: &Network) -> Value {
        let mut object = Object::default();
        let is_external = network.is_external();
        let name = self.resource_name(&network.key.value, &network.name, is_external);
        object.put("name", name);
        object.put(
            "ipam",
            network
                .ipam
                .as_ref()
                .map_or(json!({}), |ipam| pools(&ipam.value)),
        );
        object.text("driver", &network.driver);
        object.pairs("driver_opts", &network.driver_opts, Alone::Empty);
        object.raised("internal", &network.internal);
        object.raised("attachable", &network.attachable);
        object.flag("enable_ipv4", &network.enable_ipv4);
        object.flag("enable_ipv6", &network.enable_ipv6);
        object.pairs("labels", &network.labels, Alone::Empty);
        if is_external {
            object.put("external", json!(true));
        }
        object.finish()
    }

    pub(super) fn volume(&self, volume: &Volume) -> Value {
        let mut object = Object::default();
        let is_external = volume.is_external();
        let name = self.resource_name(&volume.key.value, &volume.name, is_external);
        object.put("name", name);
        object.text("driver", &volume.driver);
        let mut options = super::object::pairs(&volume.driver_opts, Alone::Empty);
        let is_bound = volume
            .driver
            .as_ref()
            .is_some_and(|driver| driver.value.is("local"))
            && options.get("o").is_some_and(|option| option == "bind");
        if is_bound
            && let Some(device) = volume.driver_opts.get("device")
            && let Some(value) = &device.value
        {
            let path = self.path(&value.value, value.at.file);
            options.insert("device".to_owned(), json!(path));
        }
        object.put_map("driver_opts", options);
        object.pairs("labels", &volume.labels, Alone::Empty);
        if is_external {
            object.put("external", json!(true));
        }
        object.finish()
    }

    pub(super) fn file_object(&self, item: &FileObject) -> Value {
        let mut object = Object::default();
        let is_external = item.is_external();
        let name = self.resource_name(&item.key.value, &item.name, is_external);
        object.put("name", name);
        object.put_some("file", self.path_setting(&item.file));
        object.text("environment", &item.environment);
        object.text("content", &item.content);
        object.text("driver", &item.driver);
        object.pairs("driver_opts", &item.driver_opts, Alone::Empty);
        object.text("template_driver", &item.template_driver);
        object.pairs("labels", &item.labels, Alone::Empty);
        if is_external {
            object.put("external", json!(true));
        }
        object.finish()
    }

    pub(super) fn model(&self, model: &Model) -> Value {
        let mut object = Object::default();
        object.text("name", &model.name);
        object.text("model", &model.model);
        object.integer("context_size", &model.context_size);
        object.texts("runtime_flags", &model.runtime_flags);
        object.finish()
    }
}

fn pools(ipam: &Ipam) -> Value {
    let mut object = Object::default();
    object.text("driver", &ipam.driver);
    let pools = ipam.config.iter().map(|pool| {
        let mut object = Object::default();
        object.text("subnet", &pool.subnet);
        object.text("ip_range", &pool.ip_range);
        object.text("gateway", &pool.gateway);
        object.pairs("aux_addresses", &pool.aux_addresses, Alone::Empty);
        object.finish()
    });
    object.put_list("config", pools.collect());
    object.pairs("options", &ipam.options, Alone::Empty);
    object.finish()
}

/// How a service joins a network; nothing if nothing is said of it.
pub(super) fn attachment(attachment: &Attachment) -> Value {
    let mut object = Object::default();
    object.unique_texts("aliases", &attachment.aliases);
    object.text("ipv4_address", &attachment.ipv4_address);
    object.text("ipv6_address", &attachment.ipv6_address);
    object.unique_texts("link_local_ips", &attachment.link_local_ips);
    object.text("mac_address", &attachment.mac_address);
    object.text("interface_name", &attachment.interface_name);
    object.pairs("driver_opts", &attachment.driver_opts, Alone::Empty);
    object.float("priority", &attachment.priority);
    object.float("gw_priority", &attachment.gw_priority);
    or_null(object.finish())
}

/// How a service uses a model; nothing if nothing is said of it.
pub(super) fn model_use(model: &ModelUse) -> Value {
    let mut object = Object::default();
    object.text("endpoint_var", &model.endpoint_var);
    object.text("model_var", &model.model_var);
    or_null(object.finish())
}

fn or_null(value: Value) -> Value {
    match &value {
        Value::Object(map) if map.is_empty() => Value::Null,
        _ => value,
    }
}

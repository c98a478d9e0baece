//! Mounts, ports, devices and what containers are granted, in their long form.

use std::cell::Cell;
use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::View;
use super::object::{Alone, Object, shown, typed};
use crate::compose::device::Device;
use crate::compose::grant::Grant;
use crate::compose::mount::{Mount, MountType};
use crate::compose::port::{ExposedPort, Port, PortHost};
use crate::compose::value::{List, Text};
use crate::grammar::port::Protocol;

impl View<'_> {
    pub(super) fn ports(&self, ports: &List<Port>) -> Vec<Value> {
        let ports = ports.iter();
        ports.flat_map(|it| port(it, &self.ports_left)).collect()
    }

    pub(super) fn mount(&self, mount: &Mount) -> Value {
        let mut object = Object::default();
        let kind = mount.kind();
        if let Some(kind) = &mount.kind {
            object.put("type", typed(&kind.value, |kind| json!(word(*kind))));
        }
        if let Some(source) = &mount.source {
            let text = match kind {
                Some(MountType::Bind) => self.path(&source.value, source.at.file),
                _ => shown(&source.value),
            };
            object.put("source", json!(text));
        }
        if let Some(target) = &mount.target {
            object.put("target", json!(cleaned(&shown(&target.value))));
        }
        if let Some(read_only) = &mount.read_only
            && !read_only.value.is(&false)
        {
            object.put("read_only", typed(&read_only.value, |value| json!(value)));
        }
        object.text("consistency", &mount.consistency);
        let is_there = |section: MountType| match &mount.short {
            // A text of one or two bytes is never looked into.
            Some(text) => kind == Some(section) && text.text().len() > 2,
            None => mount.sections.iter().any(|(own, _)| *own == section),
        };
        if is_there(MountType::Bind) {
            let mut bind = Object::default();
            put_text(&mut bind, "propagation", mount.bind.propagation.as_ref());
            put_text(&mut bind, "selinux", mount.bind.selinux.as_ref());
            put_text(&mut bind, "recursive", mount.bind.recursive.as_ref());
            if let Some(create) = &mount.bind.create_host_path
                && !create.value.is(&true)
            {
                bind.flag("create_host_path", &Some(create.clone()));
            }
            object.put("bind", bind.finish());
        }
        if is_there(MountType::Volume) {
            let mut volume = Object::default();
            if let Some(nocopy) = &mount.volume.nocopy
                && !nocopy.value.is(&false)
            {
                volume.put("nocopy", typed(&nocopy.value, |value| json!(value)));
            }
            put_text(&mut volume, "subpath", mount.volume.subpath.as_ref());
            volume.pairs("labels", &mount.volume.labels, Alone::Empty);
            object.put("volume", volume.finish());
        }
        if is_there(MountType::Tmpfs) {
            let mut tmpfs = Object::default();
            tmpfs.bytes("size", &mount.tmpfs.size);
            if let Some(mode) = &mount.tmpfs.mode {
                tmpfs.put("mode", typed(&mode.value, |mode| json!(mode)));
            }
            object.put("tmpfs", tmpfs.finish());
        }
        if is_there(MountType::Image) {
            let mut image = Object::default();
            put_text(&mut image, "subpath", mount.image_subpath.as_ref());
            object.put("image", image.finish());
        }
        object.finish()
    }
}

fn put_text(object: &mut Object, key: &str, text: Option<&Text>) {
    object.put_some(key, text.map(|text| json!(shown(&text.value))));
}

fn word(kind: MountType) -> &'static str {
    match kind {
        MountType::Bind => "bind",
        MountType::Volume => "volume",
        MountType::Tmpfs => "tmpfs",
        MountType::Npipe => "npipe",
        MountType::Cluster => "cluster",
        MountType::Image => "image",
    }
}

/// A path in a container without the slash at its end.
fn cleaned(path: &str) -> &str {
    match path.trim_end_matches('/') {
        "" => path,
        cleaned => cleaned,
    }
}

/// A port; a range of container ports becomes one for each, as long as there are not too many of them.
fn port(port: &Port, left: &Cell<usize>) -> Vec<Value> {
    let mut object = Object::default();
    object.text("name", &port.name);
    object.text("app_protocol", &port.app_protocol);
    object.put("mode", json!("ingress"));
    object.text("mode", &port.mode);
    let protocol = match &port.protocol {
        None => json!("tcp"),
        Some(protocol) => typed(&protocol.value, |protocol| {
            json!(match protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
                Protocol::Sctp => "sctp",
            })
        }),
    };
    object.put("protocol", protocol);
    if let PortHost::Given(address) = &port.host_ip {
        let address = typed(&address.value, |address| json!(address.to_string()));
        object.put("host_ip", address);
    }
    let template = object.finish();
    let one = |target: Value, published: Option<Value>| {
        let mut port = template.clone();
        port["target"] = target;
        if let Some(published) = published {
            port["published"] = published;
        }
        port
    };
    let range = |range: &RangeInclusive<u16>| {
        let (first, last) = (range.start(), range.end());
        json!(match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        })
    };
    let published = port.published.as_ref();
    let targets = port.target_numbers();
    let count = targets.as_ref().map_or(1, |ports| ports.len());
    let expands = count <= left.get();
    if expands {
        left.set(left.get() - count);
    }
    match (
        targets,
        published.and_then(|ports| ports.value.value.clone()),
    ) {
        (Some(targets), numbers) if expands && count > 1 => targets
            .enumerate()
            .map(|(index, target)| {
                let published = numbers.as_ref().and_then(|n| n.clone().nth(index));
                one(json!(target), published.map(|n| json!(n.to_string())))
            })
            .collect(),
        (targets, _) => {
            let target = match (targets, &port.target) {
                (Some(targets), _) if count == 1 => json!(targets.start()),
                (Some(targets), _) => range(&targets),
                (None, Some(target)) => json!(shown(&target.value.scalar)),
                (None, None) => Value::Null,
            };
            let published = published.map(|ports| typed(&ports.value, range));
            let published = published.filter(|published| published != "");
            vec![one(target, published)]
        }
    }
}

pub(super) fn exposed(port: &ExposedPort) -> Value {
    let number = shown(&port.ports.value.scalar);
    json!(match &port.protocol {
        None => number,
        Some(protocol) => format!("{number}/{}", shown(&protocol.value)),
    })
}

pub(super) fn device(device: &Device) -> Value {
    let mut object = Object::default();
    put_text(&mut object, "source", device.source.as_ref());
    let is_short = device.short.is_some();
    let target = device.target.as_ref();
    let target = target.filter(|target| !(is_short && target.value.is_empty()));
    let target = target.or(device.source.as_ref().filter(|_| is_short));
    put_text(&mut object, "target", target);
    put_text(&mut object, "permissions", device.permissions.as_ref());
    if is_short && device.permissions.is_none() {
        object.put("permissions", json!("rwm"));
    }
    object.finish()
}

/// A secret or config that is granted; secrets of a container appear in a folder of their own.
pub(super) fn grant(grant: &Grant, folder: Option<&str>) -> Value {
    let mut object = Object::default();
    put_text(&mut object, "source", grant.source.as_ref());
    if let (Some(folder), Some(source)) = (folder, &grant.source) {
        object.put(
            "target",
            json!(format!("{folder}/{}", shown(&source.value))),
        );
    }
    object.text("target", &grant.target);
    object.text("uid", &grant.uid);
    object.text("gid", &grant.gid);
    if let Some(mode) = &grant.mode {
        let mode = typed(&mode.value, |mode| json!(format!("{mode:04o}")));
        object.put("mode", mode);
    }
    object.finish()
}

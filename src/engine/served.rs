//! What a container is known to serve that is not meant for everyone: databases, pages for administrators, debuggers.
//! Told by its image, its name, its command and its variables.
//!
//! Not for: who can reach it.

use super::built::BuildUse;
use crate::compose::container::Container;
use crate::compose::port::Port;
use crate::compose::project::Project;
use crate::compose::value::Text;
use crate::dockerfile::model::Base;
use crate::grammar::image::ImageReference;
use crate::grammar::port::Protocol;
use crate::knowledge::{admin_ports, datastores};

/// The port of Traefik's page, and the flag that serves it without a check of who asks
/// (<https://doc.traefik.io/traefik/operations/dashboard/>).
const TRAEFIK: (u16, &str) = (8080, "--api.insecure");

/// Debuggers: what starts them, what they are called, and the ports on which they listen by default.
const DEBUGGERS: &[(&str, &str, &[u16])] = &[
    // https://nodejs.org/en/learn/getting-started/debugging
    ("--inspect", "the debugger of Node.js", &[9229]),
    // https://docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html
    ("-agentlib:jdwp", "the Java debugger", &[5005, 8000]),
    ("-Xrunjdwp", "the Java debugger", &[5005, 8000]),
    // https://github.com/microsoft/debugpy
    ("debugpy", "the Python debugger", &[5678]),
    // https://github.com/go-delve/delve
    ("dlv", "the Go debugger", &[2345, 40000]),
];

/// Names that people give to services with a datastore, and the ports that tell which one it is. The ports are those
/// of `knowledge/datastores.yaml`.
const NAMES: &[(&str, &[(u16, &str)])] = &[
    ("database", ANY_DATABASE),
    ("db", ANY_DATABASE),
    (
        "elastic",
        &[(9200, "Elasticsearch"), (9300, "Elasticsearch")],
    ),
    (
        "elasticsearch",
        &[(9200, "Elasticsearch"), (9300, "Elasticsearch")],
    ),
    ("mariadb", &[(3306, "MariaDB")]),
    ("memcached", &[(11211, "Memcached")]),
    ("mongo", &[(27017, "MongoDB")]),
    ("mongodb", &[(27017, "MongoDB")]),
    ("mysql", &[(3306, "MySQL")]),
    ("postgres", &[(5432, "PostgreSQL")]),
    ("postgresql", &[(5432, "PostgreSQL")]),
    ("redis", &[(6379, "Redis")]),
    ("valkey", &[(6379, "Valkey")]),
];

const ANY_DATABASE: &[(u16, &str)] = &[
    (1433, "SQL Server"),
    (3306, "MySQL"),
    (5432, "PostgreSQL"),
    (27017, "MongoDB"),
];

/// What kind of thing is served.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A database, a cache or a queue.
    Datastore,
    /// A page for administrators, or a debugger.
    Administration,
}

/// Something that a container serves over TCP.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Served {
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it is called.
    pub title: &'static str,
    /// The port in the container.
    pub port: u16,
}

/// What a container is known to serve; `owner` is the name of its service. Of two things on one port the first
/// counts.
pub fn of(owner: &str, container: &Container) -> Vec<Served> {
    of_image(owner, container, container.reference())
}

fn of_image(owner: &str, container: &Container, reference: Option<&ImageReference>) -> Vec<Served> {
    let mut served = Vec::new();
    if container.ports.is_empty() {
        return served;
    }
    administration(reference, container, &mut served);
    let store = reference.and_then(datastores::of);
    match store {
        Some(store) => served.extend(store.ports().iter().map(|port| Served {
            kind: Kind::Datastore,
            title: store.title(),
            port: *port,
        })),
        None => served.extend(by_name(owner)),
    }
    served
}

/// Shows the ports with which containers publish something of a kind to others than the host itself. `meant` are
/// services that are to do so.
pub fn each_published(
    project: &Project,
    kind: Kind,
    meant: &[String],
    mut show: impl FnMut(&Port, &'static str),
) {
    for owned in project.merged.containers() {
        let (owner, container) = (&*owned.owner.value, owned.container);
        if may_publish(owner, container, meant) {
            open_ports(container, &of(owner, container), kind, &mut show);
        }
    }
}

/// The same of a container that is built, for what the image serves that its Dockerfile begins with. What the
/// container is known for without it is left to [`each_published`].
pub fn each_published_by_base(
    used: &BuildUse<'_>,
    kind: Kind,
    meant: &[String],
    mut show: impl FnMut(&Port, &'static str),
) {
    let (owner, container) = (&*used.owner.value, used.container);
    if !may_publish(owner, container, meant) {
        return;
    }
    let Some(reading) = used.reading() else {
        return;
    };
    let Base::Image(image) = &reading.model().root_of(reading.stage).base else {
        return;
    };
    let image = image
        .text()
        .and_then(|text| ImageReference::parse(text).ok());
    let known = of(owner, container);
    let served = of_image(owner, container, image.as_ref());
    open_ports(container, &served, kind, &mut |port, title| {
        if published(&known, port).is_none() {
            show(port, title);
        }
    });
}

fn may_publish(owner: &str, container: &Container, meant: &[String]) -> bool {
    !meant.iter().any(|name| name == owner)
        && is_open(container)
        && container.has_network_of_its_own()
}

/// Whether any port can be reached by others than the host itself.
fn is_open(container: &Container) -> bool {
    let mut ports = container.ports.iter();
    ports.any(|port| port.is_on_loopback() == Some(false))
}

fn open_ports(
    container: &Container,
    served: &[Served],
    kind: Kind,
    show: &mut dyn FnMut(&Port, &'static str),
) {
    for port in &container.ports {
        let found = published(served, port).filter(|served| served.kind == kind);
        if let Some(found) = found.filter(|_| port.is_on_loopback() == Some(false)) {
            show(port, found.title);
        }
    }
}

/// What a port publishes of what is served.
pub fn published<'s>(served: &'s [Served], port: &Port) -> Option<&'s Served> {
    if served.is_empty() || port.protocol() != Some(Protocol::Tcp) {
        return None;
    }
    let target = port.target_numbers()?;
    served.iter().find(|served| target.contains(&served.port))
}

fn by_name(owner: &str) -> impl Iterator<Item = Served> {
    let words = |name: &str| {
        owner
            .split(['-', '_'])
            .any(|word| word.eq_ignore_ascii_case(name))
    };
    let found = NAMES.iter().find(|(name, _)| words(name));
    let ports = found.map_or(&[][..], |(_, ports)| ports);
    ports.iter().map(|(port, title)| Served {
        kind: Kind::Datastore,
        title,
        port: *port,
    })
}

fn administration(
    reference: Option<&ImageReference>,
    container: &Container,
    served: &mut Vec<Served>,
) {
    let mut add = |title, ports: &[u16]| {
        served.extend(ports.iter().map(|port| Served {
            kind: Kind::Administration,
            title,
            port: *port,
        }));
    };
    if let Some(page) = reference.and_then(admin_ports::of) {
        add(page.title, page.ports);
    }
    let commands = [&container.entrypoint, &container.command];
    let words = || {
        let commands = commands.into_iter().flatten();
        commands.flat_map(|command| command.value.words())
    };
    let name = reference.and_then(ImageReference::familiar_name);
    let is_traefik = name.is_some_and(|name| name.rsplit('/').next() == Some("traefik"));
    let (number, flag) = TRAEFIK;
    let serves_page = |word: &Text| {
        let rest = word.value.text().strip_prefix(flag);
        rest.is_some_and(|rest| matches!(rest, "" | "=true"))
    };
    if is_traefik && words().any(serves_page) {
        add("Traefik's page", &[number]);
    }
    let values = container
        .environment
        .iter()
        .filter_map(|pair| pair.value.as_ref());
    let texts = words().chain(values).map(|text| text.value.text());
    let mut is_started = [false; DEBUGGERS.len()];
    for word in texts.flat_map(str::split_whitespace) {
        let name = word.rsplit('/').next().unwrap_or_default();
        for (is_started, (sign, ..)) in is_started.iter_mut().zip(DEBUGGERS) {
            *is_started |= starts(if sign.starts_with('-') { word } else { name }, sign);
        }
    }
    for (is_started, (_, title, ports)) in is_started.into_iter().zip(DEBUGGERS) {
        if is_started {
            add(title, ports);
        }
    }
}

/// Whether a word starts a debugger: the sign itself, or the sign with something behind it that belongs to it.
fn starts(word: &str, sign: &str) -> bool {
    let Some(rest) = word.strip_prefix(sign) else {
        return false;
    };
    rest.is_empty() || rest.starts_with(['=', ':']) || rest == "-brk" || rest.starts_with("-brk=")
}

//! Flags ports of the host that two services of a project want.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::ops::RangeInclusive;

use crate::compose::container::Container;
use crate::compose::port::{HostPorts, Port, PortHost};
use crate::compose::profiles::{Together, can_run_together};
use crate::compose::project::Project;
use crate::compose::value::{List, Name, Text};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::port::Protocol;
use crate::text::{Edit, Location};

/// How many numbers of ranges are looked at in all.
const MAX_NUMBERS: usize = 300_000;

/// How many publications of the same number are compared.
const MAX_COMPARED: usize = 16;

/// How many ranges to choose from are looked at.
const MAX_POOLS: usize = 100;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

/// Something that a container publishes on the host.
struct Publication<'p> {
    owner: &'p Name,
    profiles: &'p List<Text>,
    /// Whose list of ports it is in.
    container: &'p Container,
    port: &'p Port,
    protocol: Protocol,
    address: Address,
    /// How many containers want a port.
    count: i64,
}

/// On which addresses of the host a port is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    /// Every one of both families.
    All,
    /// This one; the unspecified one stands for every one of its family.
    One(IpAddr),
}

impl Address {
    fn of(port: &Port) -> Option<Address> {
        match &port.host_ip {
            PortHost::Absent => Some(Address::All),
            PortHost::Given(address) => Some(Address::One(address.value.value?.to_canonical())),
            PortHost::Unknown => None,
        }
    }

    fn overlaps(self, other: Address) -> bool {
        let (Address::One(a), Address::One(b)) = (self, other) else {
            return true;
        };
        a.is_ipv4() == b.is_ipv4() && (a == b || a.is_unspecified() || b.is_unspecified())
    }
}

impl Publication<'_> {
    /// Whether the two want the same ports if the numbers are the same.
    fn meets(&self, other: &Publication<'_>) -> bool {
        self.protocol == other.protocol
            && self.address.overlaps(other.address)
            && can_run_together(self.profiles, other.profiles) == Together::Yes
    }

    /// Whether they are the same, so that Compose drops one of them.
    fn is_same(&self, other: &Publication<'_>) -> bool {
        self.owner == other.owner
            && self.address == other.address
            && self.protocol == other.protocol
            && self.port.published_numbers() == other.port.published_numbers()
            && self.port.target_numbers() == other.port.target_numbers()
    }
}

/// Everything that a project publishes on ports that are known.
#[derive(Default)]
struct Published<'p> {
    fixed: Vec<(RangeInclusive<u16>, Publication<'p>)>,
    pools: Vec<(RangeInclusive<u16>, Publication<'p>)>,
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let published = Published::of(project);
    let mut by_number: HashMap<u16, Vec<usize>> = HashMap::new();
    let mut left = MAX_NUMBERS;
    let mut taken: HashSet<u16> = HashSet::new();
    let all = published.fixed.iter().chain(&published.pools);
    for (numbers, _) in all {
        if taken.len() < MAX_NUMBERS && numbers.len() < 1000 {
            taken.extend(numbers.clone());
        }
    }
    for (index, (numbers, publication)) in published.fixed.iter().enumerate() {
        if numbers.len() > left {
            break;
        }
        left -= numbers.len();
        let mut first: Option<(u16, &Publication<'_>)> = None;
        for number in numbers.clone() {
            let earlier = by_number.entry(number).or_default();
            let others = earlier.iter().map(|other| &published.fixed[*other].1);
            let mut met = others.filter(|other| publication.meets(other));
            if let Some(other) = met.next()
                && first.is_none()
            {
                first = Some((number, other));
            }
            if earlier.len() < MAX_COMPARED {
                earlier.push(index);
            }
        }
        if let Some((number, other)) = first
            && !publication.is_same(other)
        {
            collision(number, publication, other, &mut taken, cx);
        }
    }
    for (numbers, pool) in published.pools.iter().take(MAX_POOLS) {
        shortage(numbers, pool, &published, &by_number, cx);
    }
}

impl<'p> Published<'p> {
    fn of(project: &'p Project) -> Published<'p> {
        let mut published = Published::default();
        for service in &project.merged.services {
            let count = match service.replicas() {
                None => 1,
                Some(replicas) => replicas.value.value.unwrap_or(1),
            };
            if service.provider.is_none() && count > 0 {
                published.add(&service.name, &service.profiles, &service.container, count);
            }
        }
        for job in &project.merged.jobs {
            published.add(&job.name, &job.profiles, &job.container, 1);
        }
        published
    }

    fn add(
        &mut self,
        owner: &'p Name,
        profiles: &'p List<Text>,
        container: &'p Container,
        count: i64,
    ) {
        if !container.has_network_of_its_own() {
            return;
        }
        for port in &container.ports {
            let (Some(protocol), Some(address)) = (port.protocol(), Address::of(port)) else {
                continue;
            };
            let publication = Publication {
                owner,
                profiles,
                container,
                port,
                protocol,
                address,
                count,
            };
            match port.host_ports() {
                Some(HostPorts::Fixed(numbers)) => self.fixed.push((numbers, publication)),
                Some(HostPorts::Pool(numbers)) => self.pools.push((numbers, publication)),
                Some(HostPorts::Ephemeral) | None => {}
            }
        }
    }
}

/// Where a publication names the host's port. What an anchor or `extends` brings is named where it is brought.
fn place(publication: &Publication<'_>, other: &Publication<'_>) -> Option<Location> {
    let published = publication.port.published.as_ref()?;
    if publication.port.at != other.port.at {
        return Some(published.text_at());
    }
    let list = publication.container.ports.origin.as_ref();
    let via = list.and_then(|origin| origin.via);
    Some(via.unwrap_or(publication.owner.at))
}

fn collision(
    number: u16,
    publication: &Publication<'_>,
    other: &Publication<'_>,
    taken: &mut HashSet<u16>,
    cx: &mut Context<'_, Project>,
) {
    let (Some(at), Some(first)) = (place(publication, other), &other.port.published) else {
        return;
    };
    let name = &other.owner.value;
    let protocol = publication.protocol.as_str();
    let message = if publication.owner == other.owner {
        format!("port {number}/{protocol} of the host is published twice")
    } else {
        format!("port {number}/{protocol} of the host is published by `{name}` as well")
    };
    let file = cx.source.id;
    let finding = cx.report(at, message);
    finding.label(first.text_at(), "published here");
    finding.help("publish one of them on another port, or not at all");
    let Some(published) = &publication.port.published else {
        return;
    };
    let is_literal = published.value.scalar.literal().is_some();
    let is_one = published
        .value
        .value
        .as_ref()
        .is_some_and(|numbers| numbers.len() == 1);
    if at != published.text_at() || at.file != file || !is_literal || !is_one {
        return;
    }
    let free = (number..=u16::MAX).find(|candidate| !taken.contains(candidate));
    if let Some(free) = free {
        taken.insert(free);
        let edit = Edit::replace(at.span, free.to_string());
        let title = format!("publish on port {free}; who uses {number} has to change");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Says when fewer ports are left in a range than there are containers that choose from it.
fn shortage(
    numbers: &RangeInclusive<u16>,
    pool: &Publication<'_>,
    published: &Published<'_>,
    by_number: &HashMap<u16, Vec<usize>>,
    cx: &mut Context<'_, Project>,
) {
    let is_taken = |number: &u16| {
        let fixed = by_number.get(number).map_or(&[][..], Vec::as_slice);
        fixed
            .iter()
            .any(|index| pool.meets(&published.fixed[*index].1))
    };
    let taken: Vec<u16> = numbers.clone().filter(is_taken).collect();
    let rivals = published
        .pools
        .iter()
        .take(MAX_POOLS)
        .filter(|(others, other)| {
            other.port.at != pool.port.at
                && others.start() >= numbers.start()
                && others.end() <= numbers.end()
                && pool.meets(other)
        });
    let rivals: i64 = rivals.map(|(_, rival)| rival.count).sum();
    let size = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let left = size - i64::try_from(taken.len()).unwrap_or(i64::MAX);
    // A range that is too small for its own service is another matter.
    let wanted = pool.count.saturating_add(rivals);
    if pool.count > size || left >= wanted {
        return;
    }
    let Some(range) = &pool.port.published else {
        return;
    };
    let message = format!("{left} of {size} ports are left in the range for {wanted} containers");
    let finding = cx.report(range.text_at(), message);
    finding.help("widen the range, or publish the others elsewhere");
    let first = taken
        .first()
        .and_then(|number| by_number.get(number)?.first());
    if let Some(fixed) = first.and_then(|index| published.fixed[*index].1.port.published.as_ref()) {
        finding.label(fixed.text_at(), "this one is taken");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn protocols_addresses_and_ranges_count() {
        compose(
            "host-port-collision",
            r#"
services:
  a: {image: x, ports: ["80:80", "127.0.0.1:81:81", "[::]:82:82", "83:83/udp", "90-95:90-95"]}
  b: {image: x, ports: ["0.0.0.0:80:1"]}
#                                ^^ port 80/tcp of the host is published by `a` as well
  c: {image: x, ports: ["${C:-81}:1", "[::1]:81:1", "192.168.0.1:81:1"]}
#                             ^^ port 81/tcp of the host is published by `a` as well
#                                            ^^ port 81/tcp of the host is published twice
#                                                                ^^ port 81/tcp of the host is published twice
  d: {image: x, ports: ["0.0.0.0:82:1", "83:1", "${D}:80", "80"]}
  e: {image: x, ports: [{target: 1, published: 94, host_ip: "::ffff:127.0.0.1"}]}
#                                              ^^ port 94/tcp of the host is published by `a` as well
  f: {image: x, ports: ["95-96:1-2"], network_mode: host}
"#,
        );
    }

    #[test]
    fn one_service_collides_with_itself() {
        compose(
            "host-port-collision",
            r#"
services:
  a:
    image: x
    ports:
      - "80:80"
      - "80:81"
#        ^^ port 80/tcp of the host is published twice
      - 90:90
      - {target: 90, published: 90}
  b: {image: x, scale: 0, ports: ["80:80"]}
"#,
        );
    }

    #[test]
    fn what_is_inherited_is_reported_where_it_is() {
        compose(
            "host-port-collision",
            r#"
x-ports: &ports ["80:80"]
services:
  a: {image: x, ports: *ports}
  b: {image: x, "ports": *ports}
#                        ^^^^^^ port 80/tcp of the host is published by `a` as well
  c: {image: x, ports: ["70:70"]}
  d: {extends: c}
# ^ port 70/tcp of the host is published by `c` as well
"#,
        );
    }

    #[test]
    fn profiles_tell_alternatives() {
        compose(
            "host-port-collision",
            r#"
services:
  a: {image: x, ports: ["80:80"], profiles: [p]}
  b: {image: x, ports: ["80:80"], profiles: [q]}
  c: {image: x, ports: ["80:80"], profiles: ["${P}"]}
  d: {image: x, ports: ["80:80"], profiles: [q, r]}
#                        ^^ port 80/tcp of the host is published by `b` as well
"#,
        );
    }

    #[test]
    fn ranges_to_choose_from_have_to_be_large_enough() {
        compose(
            "host-port-collision",
            r#"
services:
  a: {image: x, ports: ["80-81:1"]}
#                        ^^^^^ 1 of 2 ports are left in the range for 2
  b: {image: x, ports: ["80-81:1"], scale: 1}
#                        ^^^^^ 1 of 2 ports are left in the range for 2
  c: {image: x, ports: ["81:1"]}
  d: {image: x, ports: ["90-91:1"], scale: 3}
  e: {image: x, ports: ["100-102:1"], scale: 2}
  f: {image: x, ports: ["101:1"]}
"#,
        );
    }
}

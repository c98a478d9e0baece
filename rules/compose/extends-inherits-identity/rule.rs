//! Flags services that get by `extends` what only one container can have: an address, or a host name.
//!
//! Names of containers and ports of the host that two services get in this way are seen by `duplicate-container-name` and
//! `host-port-collision`.

use std::collections::HashMap;

use crate::compose::profiles::Together;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::undefined::Inheritance;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;

/// With how many services that have the same one is compared.
const MAX_COMPARED: usize = 20;

/// What only one container can have.
struct Identity<'p> {
    key: &'static str,
    value: &'p Field<Scalar>,
    /// Whether Docker starts no second container with it.
    is_refused: bool,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extended.is_empty() {
        return;
    }
    let inheritance = Inheritance::of(project);
    let mut owners: HashMap<Location, Vec<&Service>> = HashMap::new();
    for service in &project.merged.services {
        for identity in identities(service) {
            owners.entry(identity.value.at).or_default().push(service);
        }
    }
    for service in &project.merged.services {
        for identity in identities(service) {
            let Some(extended) = inheritance.origin(&service.name.value, identity.value.at) else {
                continue;
            };
            let others = owners.get(&identity.value.at).into_iter().flatten();
            let mut others = others.take(MAX_COMPARED).filter(|other| {
                other.name.value != service.name.value
                    && service.can_run_together(other) == Together::Yes
            });
            // Of two that inherit the same the later one is told.
            let other = others.find(|other| {
                inheritance
                    .origin(&other.name.value, identity.value.at)
                    .is_none()
                    || other.name.at < service.name.at
            });
            if let Some(other) = other {
                report(&identity, service, other, extended.at, cx);
            }
        }
    }
}

fn report(
    identity: &Identity<'_>,
    service: &Service,
    other: &Service,
    at: Location,
    cx: &mut Context<'_, Project>,
) {
    let (name, other) = (excerpt(&service.name.value), excerpt(&other.name.value));
    let Identity { key, value, .. } = identity;
    let text = excerpt(value.value.text());
    let finding = cx.report(
        at,
        format!(
            "`{name}` gets `{key}: {text}` from the service that it extends, as `{other}` has it"
        ),
    );
    finding.label(value.text_at(), "written here");
    finding.help(format!(
        "write another `{key}` in the service, or take it from the other one"
    ));
    if !identity.is_refused || !service.profiles.is_empty() {
        finding.severity(Severity::Warning);
    }
}

/// What a service has that only one container can have.
fn identities(service: &Service) -> Vec<Identity<'_>> {
    let container = &service.container;
    let is_given = |value: &Field<Scalar>| value.value.known().is_some_and(|text| !text.is_empty());
    let mut all = Vec::new();
    if let Some(value) = container
        .hostname
        .as_deref()
        .filter(|value| is_given(value))
    {
        all.push(Identity {
            key: "hostname",
            value,
            is_refused: false,
        });
    }
    for network in &container.networks {
        let values = [
            ("ipv4_address", &network.ipv4_address, true),
            ("ipv6_address", &network.ipv6_address, true),
            ("mac_address", &network.mac_address, false),
        ];
        for (key, value, is_refused) in values {
            if let Some(value) = value.as_deref().filter(|value| is_given(value)) {
                all.push(Identity {
                    key,
                    value,
                    is_refused,
                });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn what_is_inherited_is_told_where_it_is() {
        let base =
            "services:\n  a: {image: x, hostname: one, networks: {n: {ipv4_address: 10.0.0.2}}}\n";
        compose_among(
            "extends-inherits-identity",
            &[("base.yaml", base)],
            "compose.yaml",
            r"
services:
  a: {extends: {file: base.yaml, service: a}}
  b: {extends: {service: a, file: base.yaml}, hostname: two}
#                        ^ error: `b` gets `ipv4_address: 10.0.0.2` from the service that it extends, as `a` has it
  c:
    extends: d
#            ^ warning: `c` gets `hostname: three` from the service that it extends, as `d` has it
  d: {image: x, hostname: three}
  e: {extends: d, hostname: four}
  f: {extends: g, profiles: !override [p]}
  g: {image: x, hostname: five, profiles: [q]}
  h: {image: x, hostname: three}
networks:
  n: {ipam: {config: [{subnet: 10.0.0.0/24}]}}
",
        );
    }
}

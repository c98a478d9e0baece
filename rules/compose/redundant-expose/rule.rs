//! Flags exposed ports that are published as well.
//!
//! What Compose hands to the engine as exposed is one set of both (docker/compose, `pkg/compose/create.go`,
//! `buildContainerPorts`).

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::port::ExposedPort;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::port::Protocol;
use crate::text::Edit;
use crate::yaml::edit;

/// With how many published ports an exposed one is compared.
const MAX_COMPARED: usize = 100;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            container(owned.container, cx);
        }
    }
}

fn container(container: &Container, cx: &mut Context<'_, File>) {
    let Some(origin) = &container.expose.origin else {
        return;
    };
    let is_redundant = |exposed: &&ExposedPort| is_published(exposed, container);
    let redundant: Vec<&ExposedPort> = container.expose.iter().filter(is_redundant).collect();
    let is_all = redundant.len() == container.expose.items.len();
    let text = cx.text();
    for (index, exposed) in redundant.into_iter().enumerate() {
        let at = exposed.ports.text_at();
        let shown = exposed.ports.value.scalar.text();
        let finding = cx.report(at, format!("`{shown}` is exposed and published"));
        finding.help("remove it from `expose`");
        let edit: Option<Edit> = match (is_all, index) {
            (false, _) => edit::remove_item(text, exposed.ports.at.span),
            // With the last item goes the key, and one edit does for all.
            (true, 0) if origin.via.is_none() => {
                edit::remove_entry(text, origin.key.span.cover(origin.at.span))
            }
            (true, _) => None,
        };
        if let Some(edit) = edit {
            finding.fix(Fix::new("remove it", Applicability::Safe, vec![edit]));
        }
    }
}

fn is_published(exposed: &ExposedPort, container: &Container) -> bool {
    let protocol = match &exposed.protocol {
        None => Some(Protocol::Tcp.as_str()),
        Some(protocol) => protocol.value.known(),
    };
    let (Some(protocol), Some(ports)) = (protocol, &exposed.ports.value.value) else {
        return false;
    };
    let mut published = container.ports.iter().take(MAX_COMPARED);
    published.any(|port| {
        let same = |other: Protocol| protocol.eq_ignore_ascii_case(other.as_str());
        port.protocol().is_some_and(same)
            && port.target_numbers().is_some_and(|target| {
                target.start() <= ports.start() && ports.end() <= target.end()
            })
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn port_and_protocol_are_compared() {
        compose(
            "redundant-expose",
            r#"
x-expose: &expose [80, "90/udp", "91-92", "${E}"]
#                  ^^ `80` is exposed and published
#                                 ^^^^^ `91-92` is exposed and published
services:
  a: {image: x, ports: ["8080:80", "90:90", "91-93:91-93"], expose: *expose}
  b: {image: x, ports: ["${B:-1}:70/udp"], expose: ["70/UDP"]}
#                                                    ^^ `70` is exposed and published
  c: {image: x, expose: [80]}
"#,
        );
    }

    #[test]
    fn items_go_alone_or_with_their_key() {
        for (expose, left) in [
            ("    expose: [80, 90]\n", "    expose: [90]\n"),
            ("    expose: [90, 80]\n", "    expose: [90]\n"),
            ("    expose: [80, 81]\n", ""),
            ("    expose:\n    - 80\n", ""),
            (
                "    expose:\n      - 90\n      - 80 # web\n",
                "    expose:\n      - 90\n",
            ),
        ] {
            let service = "services:\n  a:\n    image: x\n    ports: ['1:80', '2:81']\n";
            let text = format!("{service}{expose}");
            let fixed = fixed_compose("redundant-expose", Applicability::Safe, &text);
            assert_eq!(fixed, format!("{service}{left}"), "{expose}");
        }
    }
}

//! Flags networks that a container joins and the file does not declare.

use crate::compose::File;
use crate::compose::extent::Extent;
use crate::compose::value::Text;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::meta::nearest_of;
use crate::engine::{Context, Hooks};
use crate::text::Edit;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let extent = file.extent(&cx.source.path);
    if extent == Extent::Part {
        return;
    }
    for document in file.documents() {
        for owned in document.containers() {
            for attachment in &owned.container.networks {
                reference(file, extent, &attachment.network, cx);
            }
        }
    }
}

fn reference(file: &File, extent: Extent, network: &Text, cx: &mut Context<'_, File>) {
    let Some(name) = network.value.known().filter(|name| !name.is_empty()) else {
        return;
    };
    let declared = |name: &str| {
        file.documents()
            .find_map(|document| document.networks.get(name))
    };
    if name == "default" || declared(name).is_some() {
        return;
    }
    let names = file
        .documents()
        .flat_map(|document| document.networks.names());
    let near = nearest_of(names, name).and_then(declared);
    if near.is_none() && extent != Extent::Whole {
        return;
    }
    let declare = network.value.literal().and_then(|name| {
        let key = file.networks.key.map(|key| key.span);
        let last = file
            .networks
            .iter()
            .last()
            .map(|last| edit::entry(last.key.at.span, last.at.span));
        edit::declare(cx.text(), "networks", key, last, name)
    });
    let finding = cx.report(network.at, format!("the network `{name}` is not declared"));
    finding.help("declare it under `networks`, with `external: true` if it exists already");
    if let Some(near) = near {
        let right = &near.key.value;
        finding.label(near.key.at.span, format!("`{right}` is declared here"));
        finding.help(format!("did you mean `{right}`?"));
        if network.value.literal().is_some() {
            let edit = Edit::replace(network.value.span_of(0..name.len()), &**right);
            let title = format!("write `{right}`; it may not be what was meant");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
    if let Some(edit) = declare {
        let title = format!("declare `{name}`; Compose then makes a network of that name");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::engine::testing::{check, compose};
    use crate::workspace::kind::Kind;

    #[test]
    fn every_container_is_looked_at() {
        compose(
            "undefined-network",
            r#"
services:
  a:
    image: x
    networks: [default, "one", two]
#                       ^^^^^ the network `one` is not declared
    pre_start:
      - {image: y, networks: [three]}
#                             ^^^^^ the network `three` is not declared
  b:
    image: x
    profiles: [debug]
    networks:
      one:
#     ^^^ the network `one` is not declared
  c: {image: x, networks: ["${N}"]}
jobs:
  d: {image: x, networks: [four], triggers: {manual: true}}
#                          ^^^^ the network `four` is not declared
networks:
  two:
"#,
        );
    }

    #[test]
    fn a_file_of_another_name_may_be_a_part_but_slips_are_slips() {
        check(
            "undefined-network",
            &Value::Null,
            "compose.prod.yaml",
            Kind::Compose,
            r"
services:
  a:
    image: x
    networks: [backend, fronted]
#                       ^^^^^^^ the network `fronted` is not declared
networks:
  frontend:
",
        );
    }
}

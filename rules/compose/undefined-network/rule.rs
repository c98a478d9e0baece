//! Flags networks that a container joins and the file does not declare.

use crate::compose::File;
use crate::compose::extent::Extent;
use crate::compose::network::Network;
use crate::compose::references::Declared;
use crate::compose::value::{Named, Text};
use crate::diagnostic::{Applicability, Fix};
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
    let networks = file
        .documents()
        .flat_map(|document| document.networks.iter());
    let mut declared = Declared::new(networks);
    for document in file.documents() {
        for owned in document.containers() {
            for attachment in &owned.container.networks {
                reference(extent, &mut declared, &attachment.network, cx);
            }
        }
    }
}

fn reference(
    extent: Extent,
    declared: &mut Declared<'_, Network>,
    network: &Text,
    cx: &mut Context<'_, File>,
) {
    let known = network.value.known().filter(|name| !name.is_empty());
    let Some(name) = known.filter(|name| *name != "default" && !declared.contains(name)) else {
        return;
    };
    let near = declared.nearest(name);
    let is_slip = near.as_ref().is_some_and(|near| near.is_slip);
    if extent == Extent::Unclear && !is_slip {
        return;
    }
    let (file, text) = (cx.model, cx.text());
    let literal = network.value.literal().is_some();
    let place = network.value.span_of(0..name.len());
    let finding = cx.report(place, format!("the network `{name}` is not declared"));
    finding.help("declare it under `networks`, with `external: true` if it exists already");
    if let Some(near) = near {
        let right = near.item.name();
        finding.label(right.at.span, format!("`{}` is declared here", right.value));
        finding.help(format!("did you mean `{}`?", right.value));
        if literal {
            let edit = Edit::replace(place, &*right.value);
            let title = format!("write `{}`; it may not be what was meant", right.value);
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
    if literal && let Some(edit) = declaration(file, text, name) {
        let title = format!("declare `{name}`; Compose then makes a network of that name");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// The edit that declares a network.
fn declaration(file: &File, text: &str, name: &str) -> Option<Edit> {
    let key = file.networks.key.map(|key| key.span);
    let last = file.networks.iter().last();
    let last = last.map(|last| edit::entry(last.key.at.span, last.at.span));
    edit::declare(text, "networks", key, last, name)
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
#                        ^^^ the network `one` is not declared
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

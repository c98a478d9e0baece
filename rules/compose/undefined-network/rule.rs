//! Flags networks that a container joins and the project does not declare.

use crate::compose::network::Network;
use crate::compose::project::Project;
use crate::compose::uses::UsedBy;
use crate::engine::undefined::{is_certain, of, offer_declaration, report};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

const HELP: &str = "declare it under `networks`, with `external: true` if it exists already";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for undefined in of(project, &[UsedBy::Networks]) {
        if !is_certain(project, undefined) {
            continue;
        }
        let name = excerpt(&undefined.used.name);
        let finding = report(
            cx,
            undefined,
            format!("the network `{name}` is not declared"),
            HELP,
        );
        let title = format!("declare `{name}`; Compose then makes a network of that name");
        let section = ("networks", &project.merged.networks);
        let place = |network: &Network| network.at;
        offer_declaration(finding, project, undefined, section, place, title);
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

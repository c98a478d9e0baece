//! Flags networks that nothing uses.

use crate::compose::schema::Space;
use crate::engine::{Hooks, unused};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        unused::report(
            project,
            Space::Network,
            "network",
            |file| &file.networks,
            cx,
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, compose_among, fixed_compose};

    const RULE: &str = "unused-network";

    #[test]
    fn every_way_of_use_counts() {
        compose(
            RULE,
            r#"
services:
  a: {image: x, networks: [a, "${B:-b}"]}
  b: {image: x, networks: {c: {aliases: [d]}}}
  e: {build: {context: ., network: e}}
networks:
  a:
  b:
  c:
  "d":
# ^^^ warning: no service uses the network `d`
  e:
  default:
  f: {external: true}
"#,
        );
    }

    #[test]
    fn parts_of_projects_are_left_alone() {
        let text = "services: {a: {image: x}}\nnetworks: {a: {file: ./a, driver: x}}\n";
        compose_among(RULE, &[], "compose.override.yaml", text);
        compose_among(RULE, &[], "other.yaml", text);
    }

    #[test]
    fn a_section_goes_with_its_last_entry() {
        let fixed = |text| fixed_compose(RULE, Applicability::Unsafe, text);
        assert_eq!(
            fixed("networks:\n  a:\n    driver: x # y\nservices:\n  b: {image: x}\n"),
            "services:\n  b: {image: x}\n"
        );
        assert_eq!(
            fixed("services: {a: {image: x}}\nnetworks: {a: {name: b}, c: {name: d}}\n"),
            "services: {a: {image: x}}\nnetworks: {c: {name: d}}\n"
        );
        let kept =
            "services: {a: {image: x, labels: *l}}\nnetworks:\n  a:\n    labels: &l {c: d}\n";
        assert_eq!(fixed(kept), kept);
    }
}

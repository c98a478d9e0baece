//! Flags volumes that nothing uses.

use crate::compose::schema::Space;
use crate::engine::{Hooks, unused};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        unused::report(project, Space::Volume, "volume", |file| &file.volumes, cx);
    });
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, compose_among, fixed_compose};

    const RULE: &str = "unused-volume";

    #[test]
    fn every_way_of_use_counts() {
        compose(
            RULE,
            r#"
services:
  a:
    image: x
    volumes: ["aa:/a", "${B:-bb}:/b", {type: volume, source: c, target: /c}, {type: cluster, source: d, target: /d}, "./f:/f"]
    pre_start: [{image: y, volumes: ["ee:/e"]}]
jobs:
  j: {image: x, triggers: {manual: true}, volumes: ["gg:/g"]}
volumes:
  aa:
  bb:
  c:
  d:
  ee:
  "f":
# ^^^ warning: no service uses the volume `f`
  gg:
  h: {external: true}
"#,
        );
    }

    #[test]
    fn parts_of_projects_are_left_alone() {
        let text = "services: {a: {image: x}}\nvolumes: {a: {file: ./a, driver: x}}\n";
        compose_among(RULE, &[], "compose.override.yaml", text);
        compose_among(RULE, &[], "other.yaml", text);
    }

    #[test]
    fn a_section_goes_with_its_last_entry() {
        let fixed = |text| fixed_compose(RULE, Applicability::Unsafe, text);
        assert_eq!(
            fixed("volumes:\n  a:\n    driver: x # y\nservices:\n  b: {image: x}\n"),
            "services:\n  b: {image: x}\n"
        );
        assert_eq!(
            fixed("services: {a: {image: x}}\nvolumes: {a: {name: b}, c: {name: d}}\n"),
            "services: {a: {image: x}}\nvolumes: {c: {name: d}}\n"
        );
        let kept = "services: {a: {image: x, labels: *l}}\nvolumes:\n  a:\n    labels: &l {c: d}\n";
        assert_eq!(fixed(kept), kept);
    }
}

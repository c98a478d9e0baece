//! Flags configs that nothing uses.

use crate::compose::schema::Space;
use crate::engine::{Hooks, unused};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        unused::report(project, Space::Config, "config", |file| &file.configs, cx);
    });
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, compose_among, fixed_compose};

    const RULE: &str = "unused-config";

    #[test]
    fn every_way_of_use_counts() {
        compose(
            RULE,
            r#"
services:
  a: {image: x, configs: [a, {source: b, target: /b}]}
configs:
  a: {file: ./a}
  b: {content: b}
  "c": {content: c}
# ^^^ warning: no service uses the config `c`
  d: {external: true}
"#,
        );
    }

    #[test]
    fn parts_of_projects_are_left_alone() {
        let text = "services: {a: {image: x}}\nconfigs: {a: {file: ./a, driver: x}}\n";
        compose_among(RULE, &[], "compose.override.yaml", text);
        compose_among(RULE, &[], "other.yaml", text);
    }

    #[test]
    fn a_section_goes_with_its_last_entry() {
        let fixed = |text| fixed_compose(RULE, Applicability::Unsafe, text);
        assert_eq!(
            fixed("configs:\n  a:\n    driver: x # y\nservices:\n  b: {image: x}\n"),
            "services:\n  b: {image: x}\n"
        );
        assert_eq!(
            fixed("services: {a: {image: x}}\nconfigs: {a: {name: b}, c: {name: d}}\n"),
            "services: {a: {image: x}}\nconfigs: {c: {name: d}}\n"
        );
        let kept = "services: {a: {image: x, labels: *l}}\nconfigs:\n  a:\n    labels: &l {c: d}\n";
        assert_eq!(fixed(kept), kept);
    }
}

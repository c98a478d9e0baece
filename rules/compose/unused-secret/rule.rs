//! Flags secrets that nothing uses.

use crate::compose::schema::Space;
use crate::engine::{Hooks, unused};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        unused::report(project, Space::Secret, "secret", |file| &file.secrets, cx);
    });
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, compose_among, fixed_compose};

    const RULE: &str = "unused-secret";

    #[test]
    fn every_way_of_use_counts() {
        compose(
            RULE,
            r#"
services:
  a: {image: x, secrets: [a, {source: b}]}
  c: {build: {context: ., secrets: [c, {source: d}]}}
secrets:
  a: {file: ./a}
  b: {file: ./b}
  c: {file: ./c}
  d: {file: ./d}
  "e": {file: ./e}
# ^^^ warning: no service uses the secret `e`
  f: {external: true}
"#,
        );
    }

    #[test]
    fn parts_of_projects_are_left_alone() {
        let text = "services: {a: {image: x}}\nsecrets: {a: {file: ./a, driver: x}}\n";
        compose_among(RULE, &[], "compose.override.yaml", text);
        compose_among(RULE, &[], "other.yaml", text);
    }

    #[test]
    fn a_section_goes_with_its_last_entry() {
        let fixed = |text| fixed_compose(RULE, Applicability::Unsafe, text);
        assert_eq!(
            fixed("secrets:\n  a:\n    driver: x # y\nservices:\n  b: {image: x}\n"),
            "services:\n  b: {image: x}\n"
        );
        assert_eq!(
            fixed("services: {a: {image: x}}\nsecrets: {a: {name: b}, c: {name: d}}\n"),
            "services: {a: {image: x}}\nsecrets: {c: {name: d}}\n"
        );
        let kept = "services: {a: {image: x, labels: *l}}\nsecrets:\n  a:\n    labels: &l {c: d}\n";
        assert_eq!(fixed(kept), kept);
    }
}

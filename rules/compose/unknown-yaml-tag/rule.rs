//! Passes on tags that nobody knows.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn tags_of_yaml_and_compose_are_known() {
        compose(
            "unknown-yaml-tag",
            r#"
services:
  a: &a
    image: !!str 1
    ports: !reset []
    labels: !override {a: b}
    command: !overide [x]
#            ^^^^^^^^ nobody knows the tag `!overide`
  b: {image: x, expose: !<!list> [80]}
#                       ^^^^^^^^ nobody knows
x-a: !include y.yaml
#    ^^^^^^^^ nobody knows
"#,
        );
    }
}

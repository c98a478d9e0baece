//! Passes on words that only YAML 1.1 takes for booleans.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn only_keys_that_are_on_or_off_count() {
        compose(
            "yaml-1-1-boolean",
            r#"
services:
  a:
    image: yes
    command: on
    restart: no
    environment: {A: yes}
    tty: yes
#        ^^^ `yes` is
    init: 'Off'
#         ^^^^^ `Off` is
    read_only: ${RO:-no}
#              ^^^^^^^^^ `no` is
    privileged: ${P}
    stdin_open: True
"#,
        );
    }

    #[test]
    fn the_fix_leaves_variables_alone() {
        assert_eq!(
            fixed_compose(
                "yaml-1-1-boolean",
                Applicability::Safe,
                "services: {a: {image: x, tty: \"y\", init: \"${I:-no}\"}}\n"
            ),
            "services: {a: {image: x, tty: true, init: \"${I:-no}\"}}\n"
        );
    }
}

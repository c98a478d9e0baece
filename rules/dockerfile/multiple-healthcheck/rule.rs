//! Flags every `HEALTHCHECK` of a stage but the last.

use crate::dockerfile::keyword::Keyword;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(|stage, cx| super::multiple_cmd::check(Keyword::Healthcheck, stage, cx));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn all_but_the_last_are_marked() {
        dockerfile(
            "multiple-healthcheck",
            r#"
FROM a
CMD b
HEALTHCHECK CMD b
#^^^^^^^^^^^^^^^^ this `HEALTHCHECK` has no effect, since another one follows
healthcheck \
#^^^^^^^^^^ this `HEALTHCHECK` has no effect, since another one follows
  NONE
CMD b
ONBUILD HEALTHCHECK CMD b
HEALTHCHECK NONE
FROM c
HEALTHCHECK NONE
"#,
        );
    }
}

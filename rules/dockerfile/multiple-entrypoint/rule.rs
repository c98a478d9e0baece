//! Flags every `ENTRYPOINT` of a stage but the last.

use crate::dockerfile::keyword::Keyword;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(|stage, cx| super::multiple_cmd::check(Keyword::Entrypoint, stage, cx));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn all_but_the_last_are_marked() {
        dockerfile(
            "multiple-entrypoint",
            r#"
FROM a
CMD b
ENTRYPOINT CMD b
#^^^^^^^^^^^^^^^ this `ENTRYPOINT` has no effect, since another one follows
entrypoint \
#^^^^^^^^^ this `ENTRYPOINT` has no effect, since another one follows
  NONE
CMD b
ONBUILD ENTRYPOINT CMD b
ENTRYPOINT NONE
FROM c
ENTRYPOINT NONE
"#,
        );
    }
}

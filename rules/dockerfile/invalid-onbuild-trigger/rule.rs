//! Passes on the parser's errors about triggers of `ONBUILD`.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_word_is_marked() {
        dockerfile(
            "invalid-onbuild-trigger",
            r#"
FROM node:24
ONBUILD FROM debian:13
#       ^^^^ `FROM` cannot follow `ONBUILD`
onbuild maintainer me
#       ^^^^^^^^^^ `maintainer` cannot follow `ONBUILD`
ONBUILD npm ci
#       ^^^ `npm` cannot follow `ONBUILD`
"#,
        );
    }
}

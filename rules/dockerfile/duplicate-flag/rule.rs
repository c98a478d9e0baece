//! Passes on the parser's errors about flags that are given twice.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_second_one_is_marked() {
        dockerfile(
            "duplicate-flag",
            r##"
FROM debian:13
COPY --link --chown=a --link --chown=b /a /b
#                     ^^^^^^ `--link` is given twice
#                            ^^^^^^^^^ `--chown` is given twice
"##,
        );
    }
}

//! Passes on the parser's errors about quotes that are not closed.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_quote_is_marked() {
        dockerfile(
            "unterminated-quote",
            r##"
FROM debian:13
LABEL a="b" note=it's-mine
#                  ^ `'` is not closed
"##,
        );
    }

    #[test]
    fn an_escaped_quote_needs_no_partner() {
        dockerfile(
            "unterminated-quote",
            r##"
FROM debian:13
WORKDIR /it\'s
"##,
        );
    }
}

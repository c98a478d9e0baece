//! Passes on the parser's errors about variables that BuildKit cannot replace.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_reference_is_marked() {
        dockerfile(
            "invalid-variable-substitution",
            r##"
FROM debian:13
ENV A=${B^^} C=${} D=x
#     ^^^^^^ `${B^^}` uses a modifier that is not supported here
#              ^^^ `${}` does not begin a variable's name
"##,
        );
    }

    #[test]
    fn a_heredoc_that_is_expanded_is_looked_at() {
        dockerfile(
            "invalid-variable-substitution",
            r##"
FROM debian:13
COPY <<EOF /etc/conf
name=${NAME:0:3}
#    ^^^^^^^^^^^
EOF
COPY <<'EOF' /etc/conf
name=${NAME:0:3}
EOF
"##,
        );
    }
}

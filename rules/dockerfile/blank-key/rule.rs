//! Passes on the parser's errors about pairs without a name.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_pair_is_marked() {
        dockerfile(
            "blank-key",
            r##"
FROM debian:13
ENV A=b =c
#       ^^ `=c` has no name before the `=`
ARG =d
#   ^^ `=d` has no name before the `=`
"##,
        );
    }
}

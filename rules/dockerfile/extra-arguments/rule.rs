//! Flags arguments that are too many: what the parser refuses, and words behind the name of `USER`, which BuildKit
//! takes for a part of the name.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::User;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
    on.user(check);
}

fn check(user: &Placed<'_, User>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &user.user else { return };
    // What is quoted is meant, and only Windows has names such as `NT AUTHORITY\SYSTEM`.
    let is_plain = !word.raw.contains(['"', '\'', '\\', '`', '{']);
    let is_windows = |stage| cx.model.is_perhaps_for_windows(stage);
    if !is_plain || cx.model.stage_of(user.index).is_some_and(is_windows) {
        return;
    }
    let Some((name, rest)) = word.raw.split_once([' ', '\t']) else {
        return;
    };
    let rest = rest.trim_start();
    let span = word.span_of(word.raw.len() - rest.len()..word.raw.len());
    if rest.starts_with('#') {
        cx.report(span, "this comment is a part of the user's name")
            .help("put the comment on a line of its own");
    } else {
        let message = format!("`{}` is a part of the user's name", excerpt(rest));
        cx.report(span, message)
            .help(format!("write `USER {}`", excerpt(name)));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_surplus_is_marked() {
        dockerfile(
            "extra-arguments",
            r##"
FROM debian:13
HEALTHCHECK NONE # off
#                ^^^^^ `HEALTHCHECK NONE` takes no arguments
"##,
        );
    }

    #[test]
    fn a_name_of_a_user_has_no_blanks() {
        dockerfile(
            "extra-arguments",
            r##"
FROM debian:13
ARG U
USER app:app   # not root
#              ^^^^^^^^^^ this comment is a part of the user's name
USER $U b
#       ^ `b` is a part of the user's name
USER "a b"
USER ${U:-a b}
ONBUILD USER a \
  b
# ^ `b` is a part of the user's name
FROM example.com/windows
USER NT AUTHORITY\NETWORK SERVICE
FROM mcr.microsoft.com/windows/servercore:ltsc2025
USER My User
"##,
        );
    }
}

//! Flags containers in the host's host name.

use super::host_pid_namespace::check;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        check(
            file,
            cx,
            |container| container.uts.as_ref().map(|uts| &uts.value.text),
            |finding| {
                finding.help("set `hostname` if a certain name is needed");
            },
            "the container has the name of the host",
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_exact_word_means_the_host() {
        compose(
            "host-uts-namespace",
            r#"
services:
  a:
    image: x
    uts: "host"
#         ^^^^ the container has the name
  b: {image: x, uts: HOST}
  c: {image: x, uts: "${MODE}"}
  d: {image: x, uts: "${MODE:-host}"}
#                             ^^^^ info: the container has the name
  e: {image: x, uts: "service:a"}
jobs:
  f: {image: x, uts: host, triggers: {manual: true}}
#                    ^^^^ the container has the name
"#,
        );
    }
}

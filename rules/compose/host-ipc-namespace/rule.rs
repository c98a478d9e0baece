//! Flags containers in the host's IPC namespace.

use super::host_pid_namespace::check;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        check(
            file,
            cx,
            |container| container.ipc.as_ref().map(|ipc| &ipc.value.text),
            |finding| {
                finding.help(
                    "share one service with `shareable` and `service:NAME`, or set `shm_size`",
                );
            },
            "the container reaches the shared memory of the host",
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_exact_word_means_the_host() {
        compose(
            "host-ipc-namespace",
            r#"
services:
  a:
    image: x
    ipc: "host"
#         ^^^^ the container reaches the shared memory
  b: {image: x, ipc: HOST}
  c: {image: x, ipc: "${MODE}"}
  d: {image: x, ipc: "${MODE:-host}"}
#                             ^^^^ info: the container reaches the shared memory
  e: {image: x, ipc: "service:a"}
jobs:
  f: {image: x, ipc: host, triggers: {manual: true}}
#                    ^^^^ the container reaches the shared memory
"#,
        );
    }
}

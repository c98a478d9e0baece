//! Flags containers in the host's user namespace.

use serde::Deserialize;

use super::host_pid_namespace::check;
use crate::diagnostic::Severity;
use crate::engine::Hooks;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    userns_remap: bool,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.compose(move |file, cx| {
        check(
            file,
            cx,
            |container| container.userns_mode.as_ref().map(|mode| &mode.value),
            |finding| {
                finding.help("leave it out");
                if options.userns_remap {
                    finding.severity(Severity::Warning);
                }
            },
            "root in the container is root of the host, whatever the daemon remaps",
        );
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_exact_word_means_the_host() {
        compose(
            "host-user-namespace",
            r#"
services:
  a:
    image: x
    userns_mode: "host"
#                 ^^^^ root in the container is root of the host
  b: {image: x, userns_mode: HOST}
  c: {image: x, userns_mode: "${MODE}"}
  d: {image: x, userns_mode: "${MODE:-host}"}
#                                     ^^^^ info: root in the container is root of the host
  e: {image: x, userns_mode: "service:a"}
jobs:
  f: {image: x, userns_mode: host, triggers: {manual: true}}
#                            ^^^^ root in the container is root of the host
"#,
        );
    }

    #[test]
    fn where_users_are_remapped_it_is_a_warning() {
        crate::engine::testing::check(
            "host-user-namespace",
            &serde_json::json!({ "userns-remap": true }),
            "compose.yaml",
            crate::workspace::kind::Kind::Compose,
            "services:\n  a: {image: x, userns_mode: host}\n#                            ^^^^ warning: root in the container\n",
        );
    }
}

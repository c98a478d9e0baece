//! Flags containers that get a capability that reaches the whole host.

use super::host_takeover_capability::added;
use crate::engine::Hooks;
use crate::knowledge::capabilities::Class;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        added(file, Class::Reaching, cx, |_, _, finding| {
            finding.help("leave it out, and let the host do this");
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_are_found_in_any_spelling() {
        compose(
            "host-reaching-capability",
            r#"
services:
  a: {image: x, cap_add: ["cap_perfmon", SYS_TIME, SYSLOG, "${C:-SYS_TIME}"]}
#                          ^^^^^^^^^^^ `cap_perfmon` lets the container watch
#                                        ^^^^^^^^ warning: `SYS_TIME` lets the container set the clock
#                                                                ^^^^^^^^ info: `SYS_TIME` lets
"#,
        );
    }
}

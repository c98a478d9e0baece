//! Flags containers without an AppArmor profile.

use super::seccomp_disabled::unconfined;
use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        let message = "the container runs without an AppArmor profile";
        let help = "remove it, or name a profile that allows what is missing";
        unconfined(file, cx, "apparmor", (message, help));
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_last_option_counts() {
        compose(
            "apparmor-disabled",
            r#"
services:
  a: {image: x, security_opt: ["apparmor:unconfined", seccomp=unconfined]}
#                               ^^^^^^^^^^^^^^^^^^^ the container runs without
  b: {image: x, security_opt: [apparmor=unconfined, apparmor=mine]}
"#,
        );
    }
}

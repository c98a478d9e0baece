//! Flags variables of Docker Content Trust.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.variable(|variable, cx| {
        let is_one = matches!(
            &*variable.name,
            "DOCKER_CONTENT_TRUST" | "DOCKER_CONTENT_TRUST_SERVER"
        );
        let is_on = match variable.known.as_deref() {
            // The client reads it as a boolean of Go; anything but a false one switches it on.
            Some(value) => !matches!(
                value.trim(),
                "" | "0" | "f" | "F" | "false" | "False" | "FALSE"
            ),
            None => false,
        };
        if is_one && is_on {
            let message = format!(
                "`{}` is for Docker Content Trust, which is shut down",
                variable.name
            );
            cx.report(variable.name_span, message)
                .help("remove it, and pin images by digest");
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "content-trust-obsolete",
            "\nFROM docker:28-cli\nARG DOCKER_CONTENT_TRUST\nENV \"DOCKER_CONTENT_TRUST\"=true\n#   ^^^^^^^^^^^^^^^^^^^^^^ info: `DOCKER_CONTENT_TRUST` is for Docker\n",
        );
        compose(
            "content-trust-obsolete",
            r#"
services:
  a:
    build: {context: ., args: ["DOCKER_CONTENT_TRUST=1"]}
#                               ^^^^^^^^^^^^^^^^^^^^ info: `DOCKER_CONTENT_TRUST` is for
    environment:
      DOCKER_CONTENT_TRUST: ${TRUST}
      DOCKER_CONTENT_TRUST_SERVER: https://notary.example.com
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: `DOCKER_CONTENT_TRUST_SERVER` is for
"#,
        );
    }
}

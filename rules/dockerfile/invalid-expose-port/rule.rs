//! Flags words of `EXPOSE` that are no ports.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Expose;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.expose(check);
}

fn check(expose: &Placed<'_, Expose>, cx: &mut Context<'_, Dockerfile>) {
    for port in cx.model.exposed_ports(expose.index, expose.instruction) {
        match &port.port {
            // Whatever follows is the rest of the sentence.
            Err(_) if port.word.raw.starts_with('#') => {
                cx.report(port.word.span, "`EXPOSE` has no comments behind its ports")
                    .help("move the comment to a line of its own");
                return;
            }
            Err(error) => {
                let span = port.text.span(error.range.clone());
                let finding = cx.report(span, error.message.clone());
                if port.text.text().contains(',') {
                    finding.help("write spaces between ports");
                } else if let Some(help) = &error.help {
                    finding.help(help.clone());
                }
            }
            Ok(mapping) => {
                let numbers = mapping.container.numbers.as_ref();
                if numbers.is_some_and(|numbers| *numbers.start() == 0) {
                    cx.report(
                        port.text.span(mapping.container.range.clone()),
                        "port 0 is none that a program listens on",
                    )
                    .severity(Severity::Warning)
                    .help("write the port that the program listens on");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_part_that_is_wrong_is_marked() {
        dockerfile(
            "invalid-expose-port",
            r#"
FROM a
EXPOSE 80 70000/tcp 90-80 443/tls 1:2:3
#                                 ^ error: `1` is not an IP address
#                             ^^^ protocol `tls` is not tcp, udp or sctp
#                   ^^^^^ port range `90-80` is reversed
#         ^^^^^ container port `70000` is larger than 65535
EXPOSE "http" \
#       ^^^^ container port `http` is not a number
  0-10 \
# ^^^^ warning: port 0 is none
  8080:http
#      ^^^^ container port `http`
ONBUILD EXPOSE x 1$A
#              ^ container port `x`
"#,
        );
    }

    #[test]
    fn variables_count_as_far_as_they_are_known() {
        dockerfile(
            "invalid-expose-port",
            r#"
ARG P=x
FROM a
ARG P
ENV GOOD=80 BAD="81 y"
EXPOSE $GOOD $BAD $P $OTHER ${OTHER}/tcp ${OTHER}/x
#                                                 ^ protocol `x`
#                 ^^ container port `x`
#            ^^^^ container port `y`
"#,
        );
    }

    #[test]
    fn a_comment_is_one_finding() {
        dockerfile(
            "invalid-expose-port",
            "FROM a\nEXPOSE 80 # the web server\n#         ^ `EXPOSE` has no comments\n",
        );
    }
}

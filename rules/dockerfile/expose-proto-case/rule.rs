//! Flags protocols of `EXPOSE` with capital letters.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Expose;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.expose(check);
}

fn check(expose: &Placed<'_, Expose>, cx: &mut Context<'_, Dockerfile>) {
    for port in cx.model.exposed_ports(expose.index, expose.instruction) {
        let Ok(mapping) = &port.port else { continue };
        let Some(part) = mapping
            .protocol
            .as_ref()
            .filter(|part| part.protocol.is_some())
        else {
            continue;
        };
        let written = &port.text.text()[part.range.clone()];
        if !written.bytes().any(|byte| byte.is_ascii_uppercase()) {
            continue;
        }
        let small = written.to_ascii_lowercase();
        let span = port.text.span(part.range.clone());
        let finding = cx.report(span, format!("protocol `{written}` is written in capitals"));
        finding.help(format!("write `{small}`"));
        if !port.word.has_variables() {
            let fix = Fix::new(
                format!("write `{small}`"),
                Applicability::Safe,
                vec![Edit::replace(span, small)],
            );
            finding.fix(fix);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_protocol_is_marked() {
        dockerfile(
            "expose-proto-case",
            r#"
ARG WEB=80/TCP
FROM a
ARG WEB
EXPOSE 80/tcp 53/UDP $WEB $OTHER/Sctp \
#                                ^^^^ protocol `Sctp` is written in capitals
#                    ^^^^ protocol `TCP`
#                ^^^ protocol `UDP`
  8080:80/Tcp 80/HTTP
#         ^^^ protocol `Tcp`
"#,
        );
    }
}

//! Flags words of `EXPOSE` with a port or an address of the host.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Expose;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::port::HostIp;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.expose(check);
}

fn check(expose: &Placed<'_, Expose>, cx: &mut Context<'_, Dockerfile>) {
    for port in cx.model.exposed_ports(expose.index, expose.instruction) {
        let Ok(mapping) = &port.port else { continue };
        let has_address = matches!(mapping.host_ip, HostIp::Address { .. });
        let has_port = mapping
            .host
            .as_ref()
            .is_some_and(|host| host.numbers.is_some());
        let text = port.text.text();
        let Some(host) = mapping.container.range.start.checked_sub(1) else {
            continue;
        };
        if !has_address && !has_port {
            continue;
        }
        let (written, kept) = (excerpt(&text[..host]), &text[host + 1..]);
        let message = format!("`{written}` is a part of the host, which `EXPOSE` ignores");
        let finding = cx.report(port.text.span(0..host), message);
        finding.help(format!(
            "write `EXPOSE {}`; ports are published when the container is started",
            excerpt(kept)
        ));
        if !port.word.has_variables() {
            let edit = Edit::delete(port.text.span(0..host + 1));
            finding.fix(Fix::new(
                "keep the port of the container",
                Applicability::Safe,
                vec![edit],
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn what_is_ignored_is_marked() {
        dockerfile(
            "expose-host-mapping",
            r#"
ARG MAPPING=8080:80
FROM a
ARG MAPPING
EXPOSE 80 8080:80/udp \
#         ^^^^ `8080` is a part of the host
  127.0.0.1::80 $MAPPING "1:2" :80 x:80 80:x
#                         ^ `1` is a part
#               ^^^^^^^^ `8080` is a part
# ^^^^^^^^^^ `127.0.0.1:` is a part of the host
EXPOSE $PORT:80 8080:$PORT
#               ^^^^ `8080`
"#,
        );
    }

    #[test]
    fn fixing_keeps_the_port_of_the_container() {
        let before = "FROM a\nEXPOSE 1:2/TCP [::1]:3:4 \"5:6\" 7:\\\n8 9:$P\n";
        let after = "FROM a\nEXPOSE 2/TCP 4 \"6\" \\\n8 9:$P\n";
        assert_eq!(
            fixed("expose-host-mapping", Applicability::Safe, before),
            after
        );
    }
}

//! Flags containers that get the root of the host's disk.

use crate::compose::File;
use crate::compose::host_path::HostPath;
use crate::compose::value::Knowledge;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::host_paths::{self, Area};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            for path in document.host_paths(owned.container) {
                let area = path.absolute().and_then(|path| host_paths::area(&path));
                if let Some(area) = area {
                    report(&path, area, cx);
                }
            }
        }
    }
}

fn report(path: &HostPath<'_>, area: Area, cx: &mut Context<'_, File>) {
    if area != Area::Root {
        return;
    }
    let written = excerpt(path.path.text());
    let message = format!("`{written}` gives the container the whole disk of the host");
    let finding = cx.report(path.via.unwrap_or(path.at), message);
    finding.help("mount only the folders that the program needs");
    if path.via.is_some() {
        finding.label(path.at, "this is the path of the host");
        finding.also_suppress_at(path.at.span);
    }
    if path.path.knowledge() == Knowledge::Default {
        finding.severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn detours_lead_there_as_well() {
        compose(
            "host-root-mount",
            r#"
x-all: &all ["//:/h"]
#             ^^ `//` gives the container the whole disk
services:
  a:
    image: x
    volumes:
      - /:/rootfs:ro,rslave
#       ^ error: `/` gives
      - "/etc/..:/a"
#        ^^^^^^^ `/etc/..` gives
      - {type: bind, source: '/.', target: /b}
#                            ^^^^ `/.` gives
      - ${ROOT:-/}:/c
#               ^ warning: `/` gives
      - /$ROOT:/d
      - /srv:/e
      - ~:/f
  b: {image: x, volumes: *all}
"#,
        );
    }
}

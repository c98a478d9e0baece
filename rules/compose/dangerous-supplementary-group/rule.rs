//! Flags containers that run in a group with far-reaching rights.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::value::{Knowledge, Scalar, is_true};
use crate::diagnostic::Severity;
use crate::dockerfile::runs_as::is_root;
use crate::engine::{Context, Hooks};

/// Groups, and what their members may do (<https://wiki.debian.org/SystemGroups>).
const GROUPS: [(&str, &str); 6] = [
    ("disk", "read and write disks"),
    ("docker", "control the Docker engine"),
    ("kmem", "read the memory of the kernel"),
    ("shadow", "read the hashes of passwords"),
    ("sudo", "become root"),
    ("wheel", "become root"),
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            if is_true(&container.privileged) {
                continue;
            }
            let socket = has_socket(document, container);
            for item in &container.group_add {
                let Some(name) = item.value.known() else {
                    continue;
                };
                if is_root(name) {
                    let place = item.value.span_of(0..name.len());
                    cx.report(
                        place,
                        "the container may read what belongs to the group of root",
                    )
                    .help("give the files that are needed to a group of their own")
                    .severity(Severity::Info);
                } else {
                    check_group(&item.value, 0, socket, cx);
                }
            }
            let user = container.user.as_ref().map(|user| &user.value);
            if let Some(user) = user
                && let Some(colon) = user.known().and_then(|user| user.find(':'))
            {
                check_group(user, colon + 1, socket, cx);
            }
        }
    }
}

/// Whether the container gets the socket that members of `docker` may talk to, which is reported by itself.
fn has_socket(file: &File, container: &Container) -> bool {
    is_true(&container.use_api_socket)
        || file
            .host_paths(container)
            .iter()
            .any(|path| path.path.text().ends_with("docker.sock"))
}

fn check_group(scalar: &Scalar, start: usize, socket: bool, cx: &mut Context<'_, File>) {
    let Some(name) = scalar.known().and_then(|text| text.get(start..)) else {
        return;
    };
    let Some((_, rights)) = GROUPS.iter().find(|(group, _)| *group == name) else {
        return;
    };
    if name == "docker" && socket {
        return;
    }
    let place = scalar.span_of(start..start + name.len());
    let finding = cx.report(place, format!("members of `{name}` may {rights}"));
    finding.help("give what is needed to a group of its own");
    if scalar.knowledge() == Knowledge::Default {
        finding.severity(Severity::Info);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn added_groups_and_that_of_the_user_are_looked_at() {
        compose(
            "dangerous-supplementary-group",
            r#"
services:
  a: {image: x, user: "app:shadow", group_add: ["wheel", 0, root, disks, "${G}"]}
#                          ^^^^^^ warning: members of `shadow` may read
#                                                ^^^^^ warning: members of `wheel` may become
#                                                        ^ info: the container may read what
#                                                           ^^^^ info: the container may read what
  b: {image: x, user: "1000:root"}
  c: {image: x, group_add: [docker, "${C:-kmem}"], use_api_socket: true}
#                                         ^^^^ info: members of `kmem` may read
  d: {image: x, group_add: [docker]}
#                           ^^^^^^ members of `docker` may control
"#,
        );
    }
}

//! Flags containers in a control group of their own choice.

use crate::compose::File;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for container in containers.map(|owned| owned.container) {
        let Some(parent) = &container.cgroup_parent else {
            continue;
        };
        let Some(name) = parent.value.known().filter(|name| !name.is_empty()) else {
            continue;
        };
        let place = parent.value.span_of(0..name.len());
        cx.report(
            place,
            format!("the container runs in the control group `{name}`"),
        )
        .help("leave it out unless the group was set up for this service");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_name_is_marked() {
        compose(
            "custom-cgroup-parent",
            "services:\n  a: {image: x, cgroup_parent: '/b'}\n#                               ^^ the container runs in the control group `/b`\n  c: {image: x, cgroup_parent: ''}\n",
        );
    }
}

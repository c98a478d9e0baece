//! Flags `name` and `external.name` that differ.

use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::resource::External;
use crate::compose::value::{Scalar, Setting};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for document in project.merged.documents() {
            check(document, cx);
        }
    });
}

fn check(file: &File, cx: &mut Context<'_, Project>) {
    for volume in &file.volumes {
        report(&volume.external, &volume.name, cx);
    }
    for network in &file.networks {
        report(&network.external, &network.name, cx);
    }
    for object in file.secrets.iter().chain(&file.configs) {
        report(&object.external, &object.name, cx);
    }
}

fn report(external: &Setting<External>, name: &Setting<Scalar>, cx: &mut Context<'_, Project>) {
    let (Some(field), Some(name)) = (external, name) else {
        return;
    };
    let External::Name(Some(inner)) = &field.value else {
        return;
    };
    if let (Some(one), Some(other)) = (name.value.known(), inner.value.known())
        && one != other
    {
        let (one, other) = (excerpt(one), excerpt(other));
        let message = format!("`{other}` is not the name `{one}` that is given as well");
        cx.report(inner.at, message)
            .help("keep the right one as `name`, and write `external: true`")
            .label(name.at, "this is the other name");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_that_differ_are_marked() {
        compose(
            "external-name-conflict",
            r#"
volumes: {a: {external: {name: "b"}, name: c}, d: {external: {name: e}, name: 'e'}}
#                              ^^^ `b` is not the name `c`
networks: {a: {external: {name: b}, name: $C}, d: {external: {name: b}}}
secrets: {a: {external: {name: b}, name: "${C:-c}"}}
#                              ^ `b` is not the name `c`
configs: {a: {external: true, name: b}}
"#,
        );
    }
}

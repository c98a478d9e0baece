//! Flags override files without a base in their folder.

use crate::compose::project::Project;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let siblings = &project.siblings;
    let is_override = |name: &str| siblings.overrides.contains(&name);
    if siblings.bases.is_empty() && project.only_name().is_some_and(is_override) {
        cx.report(
            project.beginning(),
            "no file stands here that this one is merged over",
        )
        .help("move it beside a `compose.yaml`, or give it that name");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{check, compose_among};
    use crate::workspace::kind::Kind;

    #[test]
    fn the_folder_decides() {
        let rule = "override-without-base";
        let other = [("compose.prod.yaml", "services: {a: {image: x}}\n")];
        let text = "
services: {a: {init: true}}
#^^^^^^^ info: no file stands here that this one is merged over
";
        compose_among(rule, &other, "docker-compose.override.yml", text);
        let text = "services: {a: {init: true}}\n";
        compose_among(rule, &other, "my.override.yml", text);
        let name = "compose.override.yaml";
        compose_among(
            rule,
            &[(".env", "COMPOSE_FILE=a.yaml:compose.override.yaml\n")],
            name,
            text,
        );
        // Of a file that is not on a disk nothing is known.
        check(rule, &serde_json::Value::Null, name, Kind::Compose, text);
    }
}

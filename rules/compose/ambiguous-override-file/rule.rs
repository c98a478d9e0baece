//! Flags override files of which another one in the same folder takes the place.

use crate::compose::project::Project;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let Some(name) = project.only_name() else {
        return;
    };
    let overrides = &project.siblings.overrides;
    if let Some(first) = overrides.first()
        && *first != name
        && overrides.contains(&name)
        && !project.siblings.bases.is_empty()
    {
        let message = format!("Compose takes `{first}` in this folder, not this file");
        cx.report(project.beginning(), message)
            .help("join both, or give this one another name");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_file_that_is_not_taken_is_told() {
        let base = ("compose.yml", "services: {a: {image: x}}\n");
        let other = ("compose.override.yml", "services: {a: {init: true}}\n");
        let text = "
services: {a: {image: x}}
#^^^^^^^ warning: Compose takes `compose.override.yml` in this folder, not this file
";
        let rule = "ambiguous-override-file";
        compose_among(rule, &[base, other], "compose.override.yaml", text);
        let text = "services: {a: {image: x}}\n";
        compose_among(rule, &[other], "compose.override.yaml", text);
        compose_among(rule, &[base], "compose.override.yaml", text);
    }
}

//! Flags Compose files of which another one in the same folder takes the place.

use crate::compose::project::Project;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let Some(name) = project.only_name() else {
        return;
    };
    let bases = &project.siblings.bases;
    if let Some(first) = bases.first()
        && *first != name
        && bases.contains(&name)
    {
        let message = format!("Compose takes `{first}` in this folder, not this file");
        cx.report(project.beginning(), message)
            .help("remove one of them, or give it another name");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_file_that_is_not_taken_is_told() {
        let other = [("compose.yml", "services: {a: {image: x}}\n")];
        compose_among(
            "ambiguous-compose-file",
            &other,
            "docker-compose.yml",
            "
version: '3'
#^^^^^^ warning: Compose takes `compose.yml` in this folder, not this file
services: {a: {image: x}}
",
        );
        compose_among(
            "ambiguous-compose-file",
            &other,
            "compose.yaml",
            "services: {a: {image: x}}\n",
        );
        compose_among(
            "ambiguous-compose-file",
            &other,
            "docker-compose.prod.yml",
            "services: {a: {image: x}}\n",
        );
    }
}

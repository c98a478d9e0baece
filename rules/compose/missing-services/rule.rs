//! Flags files that Compose finds by itself and in which nothing runs.

use std::path::Path;

use crate::compose::extent::is_found_by_itself;
use crate::compose::project::Project;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let file = &project.merged;
    let is_found = |name: &str| is_found_by_itself(Path::new(name));
    let is_part = file.truncated || !file.include.is_empty() || !project.problems.is_empty();
    let has_any = file
        .documents()
        .any(|document| !document.services.is_empty() || !document.jobs.is_empty());
    let place = project.beginning();
    // A file with nothing in it is another matter, as is one whose services are null.
    if is_part || has_any || file.services.key.is_some() || place.span.is_empty() {
        return;
    }
    if project.only_name().is_some_and(is_found) {
        cx.report(place, "nothing runs in this file: it has no services")
            .help("declare services, or give the file a name that says what it is a part of");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn only_whole_files_are_told() {
        let rule = "missing-services";
        compose(
            rule,
            "\nvolumes:\n#^^^^^^ info: nothing runs in this file\n  a:\n",
        );
        compose(rule, "services: {}\nvolumes: {a: }\n");
        compose(rule, "x-a: {}\n");
        compose(
            rule,
            "jobs: {a: {image: x, triggers: {manual: true}}}\nvolumes: {a: }\n",
        );
        compose_among(rule, &[], "compose.override.yaml", "volumes: {a: }\n");
        let includes = [(
            "compose.yaml",
            "include: [a/compose.yaml]\nservices: {a: {image: x}}\n",
        )];
        compose_among(rule, &includes, "a/compose.yaml", "volumes: {a: }\n");
    }
}

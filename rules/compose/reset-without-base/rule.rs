//! Flags `!reset` and `!override` in files that are merged over nothing.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let file = &project.merged;
    // Of several files, the tags are gone once they are merged.
    if project.extent != Extent::Whole || project.only_name().is_none() || !file.overlays.is_empty()
    {
        return;
    }
    for reset in &file.resets {
        cx.report(reset.at, "`!reset` throws away only the value behind it")
            .help("no file comes before this one; remove the tag, or the key");
    }
    for replacement in &file.replacements {
        cx.report(replacement.at, "`!override` does nothing here")
            .help("no file comes before this one; remove the tag");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn the_first_file_has_nothing_before_it() {
        let rule = "reset-without-base";
        compose(
            rule,
            "
services:
  a:
    image: x
    ports: !reset [80]
#          ^^^^^^^^^^^ warning: `!reset` throws away only the value behind it
    expose: !override [81]
#           ^^^^^^^^^^^^^^ warning: `!override` does nothing here
",
        );
        compose(
            rule,
            "services: {a: {image: x, ports: !reset [80]}}\n---\nservices: {a: {init: true}}\n",
        );
        let text = "services: {a: {image: x, ports: !reset [80]}}\n";
        compose_among(rule, &[], "compose.override.yaml", text);
        compose_among(rule, &[], "compose.prod.yaml", text);
        compose_among(rule, &[("compose.prod.yaml", "")], "compose.yaml", text);
    }
}

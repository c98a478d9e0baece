//! Flags services that have a profile only because they extend one that has it.

use crate::compose::project::Project;
use crate::compose::undefined::Inheritance;
use crate::compose::value::Text;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.extended.is_empty() {
        return;
    }
    let inheritance = Inheritance::of(project);
    let documents = project.merged.documents();
    for service in documents.flat_map(|document| document.services.iter()) {
        let Some(profile) = service.profiles.iter().next() else {
            continue;
        };
        let origin = |profile: &Text| inheritance.origin(&service.name.value, profile.at);
        let is_own = |profile: &Text| origin(profile).is_none();
        if let Some(extended) = origin(profile)
            && !service.profiles.iter().any(is_own)
        {
            let (name, known) = (excerpt(&service.name.value), excerpt(profile.value.text()));
            let message = format!("`{name}` gets the profile `{known}` and only runs with it");
            cx.report(extended.at, message)
                .help("write `profiles: !reset []` in the service, or take the profile from the other one")
                .label(profile.at, "the profile");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn chains_and_files_are_followed() {
        let base = "services:\n  a: {image: x, profiles: [p]}\n  b: {extends: a}\n";
        compose_among(
            "extends-inherits-profiles",
            &[("base.yaml", base)],
            "compose.yaml",
            "
services:
  a: {extends: {file: base.yaml, service: b}}
#                                         ^ warning: `a` gets the profile `p`
  b: {extends: {file: base.yaml, service: b}, profiles: [q]}
  c: {extends: {file: base.yaml, service: b}, profiles: !reset []}
  d: {image: x, profiles: [p]}
",
        );
    }
}

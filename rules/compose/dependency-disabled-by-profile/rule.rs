//! Flags dependencies that are not active whenever the service is.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::uses::{Use, UsedBy};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let project = cx.model;
    if project.extent == Extent::Part {
        return;
    }
    let Some(own) = profiles(service) else {
        return;
    };
    for used in service.uses() {
        if !is_needed(service, &used) {
            continue;
        }
        let Some(other) = project.service(&used.name) else {
            continue;
        };
        let Some(theirs) = profiles(other).filter(|theirs| !theirs.is_empty()) else {
            continue;
        };
        let always = project.environment.get("COMPOSE_PROFILES");
        let is_on = |profile: &&str| {
            always.is_some_and(|all| {
                all.split(',')
                    .any(|one| one.trim() == *profile || one.trim() == "*")
            })
        };
        if theirs.iter().any(is_on) || project.environment.is_set_to_unknown("COMPOSE_PROFILES") {
            continue;
        }
        let without = own.iter().find(|profile| !theirs.contains(profile));
        let name = excerpt(&used.name);
        let message = match without {
            Some(profile) => format!(
                "with the profile `{}` alone, `{name}` is not there",
                excerpt(profile)
            ),
            None if own.is_empty() => {
                format!(
                    "`{name}` is only there with the profile `{}`",
                    excerpt(theirs[0])
                )
            }
            None => continue,
        };
        let finding = cx.report(used.at, message);
        finding.help(match used.by {
            UsedBy::DependsOn => "give both the same profiles, or write `required: false`",
            _ => "give both the same profiles",
        });
        if used.by == UsedBy::DependsOn
            && let Some(edit) = optional(service, &used, project)
        {
            let title = "write `required: false`; the service then starts without the other";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        if let Some(key) = other.profiles.key() {
            finding.label(key, format!("the profiles of `{name}`"));
        }
    }
}

/// The profiles of a service, if all are known. A blank one has a meaning of its own.
fn profiles(service: &Service) -> Option<Vec<&str>> {
    let names = service.profiles.iter().map(|profile| profile.value.known());
    let is_plain = |name: &&str| !name.is_empty() && *name != "*";
    names.map(|name| name.filter(is_plain)).collect()
}

/// Whether the service cannot do without what it uses.
fn is_needed(service: &Service, used: &Use) -> bool {
    match used.by {
        UsedBy::DependsOn => {
            let mut all = service.container.depends_on.iter();
            let same = all.find(|dependency| dependency.service.value.is(&used.name));
            same.is_some_and(|dependency| dependency.is_required() == Some(true))
        }
        UsedBy::Links
        | UsedBy::VolumesFrom
        | UsedBy::NetworkMode
        | UsedBy::Ipc
        | UsedBy::Pid
        | UsedBy::Uts => true,
        _ => false,
    }
}

/// Says of a dependency in the long form that it need not be there.
fn optional(service: &Service, used: &Use, project: &Project) -> Option<Edit> {
    let mut all = service.container.depends_on.iter();
    let same = all.find(|dependency| dependency.service.value.is(&used.name))?;
    if let Some(required) = &same.required {
        let is_here = required.via.is_none() && required.at.file == used.at.file;
        return is_here.then(|| Edit::replace(required.at.span, "false"));
    }
    let condition = same.condition.as_ref()?;
    if condition.key.file != used.at.file || condition.key.span.start < used.at.span.end {
        return None;
    }
    let text = project.text(condition.key.file);
    edit::insert_entry_behind(text, condition.entry(text)?, "required: false")
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn profiles_are_compared() {
        compose(
            "dependency-disabled-by-profile",
            r#"
services:
  a: {image: x, depends_on: ["b", d], network_mode: "service:c"}
#                             ^ error: `b` is only there with the profile `p`
#                                                            ^ error: `c` is only there with the profile `p`
  b: {image: x, profiles: [p]}
  c: {image: x, profiles: [p, q], links: [b]}
#                                         ^ error: with the profile `q` alone, `b` is not there
  d: {image: x, profiles: []}
  e: {image: x, profiles: [p], depends_on: [b, c, a]}
  f: {image: x, depends_on: {b: {condition: service_started, required: false}}}
  g: {image: x, profiles: ["${P}"]}
  h: {image: x, profiles: [""], depends_on: [b, g]}
  i: {image: x, depends_on: [g, h]}
"#,
        );
    }

    #[test]
    fn an_override_may_add_the_profile() {
        compose_among(
            "dependency-disabled-by-profile",
            &[("compose.override.yaml", "services: {a: {profiles: [p]}}\n")],
            "compose.yaml",
            "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, profiles: [p]}\n",
        );
    }
}

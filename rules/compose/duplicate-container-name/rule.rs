//! Flags container names that several services of a project have.

use std::collections::HashMap;

use crate::compose::profiles::Together;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

/// With how many services of the same container name one is compared.
const MAX_COMPARED: usize = 20;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let mut by_name: HashMap<&str, Vec<&Service>> = HashMap::new();
    for service in &project.merged.services {
        let Some(field) = &service.container_name else {
            continue;
        };
        let Some(name) = field.value.known().filter(|name| !name.is_empty()) else {
            continue;
        };
        let earlier = by_name.entry(name).or_default();
        let together = |other: &&&Service| service.can_run_together(other) == Together::Yes;
        if let Some(other) = earlier.iter().take(MAX_COMPARED).find(together) {
            report(name, service, other, cx);
        }
        earlier.push(service);
    }
}

fn report(name: &str, service: &Service, other: &Service, cx: &mut Context<'_, Project>) {
    let (Some(field), Some(first)) = (&service.container_name, &other.container_name) else {
        return;
    };
    // What both inherit is no mistake where it stands, but where it is inherited.
    let is_inherited = field.at == first.at;
    let place = if is_inherited {
        field.via.unwrap_or(service.name.at)
    } else {
        field.text_at()
    };
    let message = format!(
        "the containers of `{}` and `{}` are both named `{name}`",
        other.name.value, service.name.value
    );
    let finding = cx.report(place, message);
    finding.label(first.text_at(), "the name is taken here");
    finding.help("give it another name, or leave `container_name` out");
    // Compose looks only at what is active, which takes a profile then.
    if !service.profiles.is_empty() || !other.profiles.is_empty() {
        finding.severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_of_services_that_run_together_differ() {
        compose(
            "duplicate-container-name",
            r#"
services:
  a: {image: x, container_name: one}
  b: {image: x, container_name: "one", profiles: [p]}
#                                ^^^ warning: the containers of `a` and `b` are both named `one`
  c: {image: x, container_name: two, profiles: [p]}
  d: {image: x, container_name: two, profiles: [q]}
  e: {image: x, container_name: "${E:-two}", profiles: [q]}
#                                     ^^^ the containers of `d` and `e`
  f: {image: x, container_name: "${F}"}
  g: {image: x, container_name: "${F}"}
  h: {image: x, container_name: one}
#                               ^^^ error: the containers of `a` and `h` are both named `one`
"#,
        );
    }

    #[test]
    fn an_inherited_name_is_reported_where_it_is_inherited() {
        compose(
            "duplicate-container-name",
            r"
services:
  a: &a
    image: x
    container_name: one
  b:
    <<: *a
#       ^^ the containers of `a` and `b` are both named `one`
    command: y
",
        );
    }
}

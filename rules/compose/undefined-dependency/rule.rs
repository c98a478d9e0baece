//! Flags dependencies on services that do not exist.

use crate::compose::File;
use crate::compose::depends::Dependency;
use crate::compose::extent::Extent;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::meta::nearest_of;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let extent = file.extent(&cx.source.path);
    if extent == Extent::Part {
        return;
    }
    for document in file.documents() {
        for service in &document.services {
            for dependency in &service.container.depends_on {
                reference(file, extent, dependency, cx);
            }
        }
    }
}

fn reference(file: &File, extent: Extent, dependency: &Dependency, cx: &mut Context<'_, File>) {
    let scalar = &dependency.service.value;
    let Some(name) = scalar.known().filter(|name| !name.is_empty()) else {
        return;
    };
    let service = |name: &str| file.documents().find_map(|document| document.service(name));
    // That a service cannot wait for a job is another matter.
    let is_job = file
        .documents()
        .any(|document| document.jobs.contains(name));
    if is_job || service(name).is_some() {
        return;
    }
    let names = file
        .documents()
        .flat_map(|document| document.services.names());
    let meant = by_container_name(file, name).or_else(|| nearest_of(names, name).and_then(service));
    if meant.is_none() && extent != Extent::Whole {
        return;
    }
    let finding = cx.report(
        dependency.service.at,
        format!("there is no service `{name}`"),
    );
    let Some(meant) = meant else {
        finding.help("name a service of this file, or remove the entry");
        return;
    };
    let right = &meant.name.value;
    finding.label(meant.name.at.span, format!("`{right}` is declared here"));
    finding.help(format!("did you mean `{right}`?"));
    if scalar.literal().is_some() {
        let edit = Edit::replace(scalar.span_of(0..name.len()), &**right);
        let title = format!("write `{right}`; it may not be what was meant");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// The service whose container has this name.
fn by_container_name<'f>(file: &'f File, name: &str) -> Option<&'f Service> {
    let services = file
        .documents()
        .flat_map(|document| document.services.iter());
    let mut services = services.filter(|service| {
        service
            .container_name
            .as_ref()
            .is_some_and(|container| container.value.is(name))
    });
    services.next()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_are_those_of_services() {
        compose(
            "undefined-dependency",
            r#"
services:
  a:
    image: x
    profiles: [debug]
    depends_on: [b, "c", "${D}"]
#                   ^^^ there is no service `c`
  b:
    image: x
    depends_on:
      shop-e:
#     ^^^^^^ there is no service `shop-e`
        condition: service_started
        required: false
      run:
        condition: service_completed_successfully
  e:
    image: x
    container_name: shop-e
jobs:
  run: {image: x, triggers: {manual: true}}
"#,
        );
    }

    #[test]
    fn documents_of_one_file_are_one_project() {
        compose(
            "undefined-dependency",
            "services:\n  a: {image: x, depends_on: [b]}\n---\nservices:\n  b: {image: x}\n",
        );
    }
}

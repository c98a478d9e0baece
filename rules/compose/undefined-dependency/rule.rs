//! Flags dependencies on services that do not exist.

use std::collections::HashMap;

use crate::compose::File;
use crate::compose::depends::Dependency;
use crate::compose::extent::Extent;
use crate::compose::references::Declared;
use crate::compose::service::{Job, Service};
use crate::diagnostic::{Applicability, Fix};
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
    let services = || {
        file.documents()
            .flat_map(|document| document.services.iter())
    };
    let mut known = Known {
        services: Declared::new(services()),
        // That a service cannot wait for a job is another matter.
        jobs: Declared::new(file.documents().flat_map(|document| document.jobs.iter())),
        by_container_name: services()
            .filter_map(|service| Some((service.container_name.as_ref()?.value.known()?, service)))
            .collect(),
    };
    for service in services() {
        for dependency in &service.container.depends_on {
            reference(extent, &mut known, dependency, cx);
        }
    }
}

/// What a dependency may name, and what may be meant by a name that is none.
struct Known<'f> {
    services: Declared<'f, Service>,
    jobs: Declared<'f, Job>,
    by_container_name: HashMap<&'f str, &'f Service>,
}

fn reference(
    extent: Extent,
    known: &mut Known<'_>,
    dependency: &Dependency,
    cx: &mut Context<'_, File>,
) {
    let scalar = &dependency.service.value;
    let Some(name) = scalar.known().filter(|name| !name.is_empty()) else {
        return;
    };
    if known.services.contains(name) || known.jobs.contains(name) {
        return;
    }
    let (meant, certain) = match known.by_container_name.get(name) {
        Some(service) => (Some(*service), true),
        None => match known.services.nearest(name) {
            Some(near) => (Some(near.item), near.is_slip),
            None => (None, false),
        },
    };
    if extent == Extent::Unclear && !certain {
        return;
    }
    let place = scalar.span_of(0..name.len());
    let finding = cx.report(place, format!("there is no service `{name}`"));
    let Some(meant) = meant else {
        finding.help("name a service of this file, or remove the entry");
        return;
    };
    let right = &meant.name.value;
    finding.label(meant.name.at.span, format!("`{right}` is declared here"));
    finding.help(format!("did you mean `{right}`?"));
    if scalar.literal().is_some() {
        let edit = Edit::replace(place, &**right);
        let title = format!("write `{right}`; it may not be what was meant");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
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
#                    ^ there is no service `c`
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

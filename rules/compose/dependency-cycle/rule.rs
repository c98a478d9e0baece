//! Flags circles of dependencies between services.

use std::collections::HashMap;

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::uses::{Use, UsedBy};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::order;

/// How many services of a circle are named.
const MAX_SHOWN: usize = 5;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    let services: Vec<&Service> = project
        .merged
        .documents()
        .flat_map(|document| document.services.iter())
        .collect();
    let numbers: HashMap<&str, usize> = services
        .iter()
        .enumerate()
        .map(|(number, service)| (&*service.name.value, number))
        .collect();
    let edges: Vec<Vec<(usize, Use)>> = services
        .iter()
        .map(|service| edges(service, &numbers))
        .collect();
    let mut is_done = vec![false; services.len()];
    let mut place_on_path: Vec<Option<usize>> = vec![None; services.len()];
    for first in 0..services.len() {
        if is_done[first] {
            continue;
        }
        // The services on the way, and which of their edges comes next.
        let mut path: Vec<(usize, usize)> = vec![(first, 0)];
        place_on_path[first] = Some(0);
        while let Some((number, next)) = path.last_mut() {
            let number = *number;
            let Some((target, used)) = edges[number].get(*next) else {
                is_done[number] = true;
                place_on_path[number] = None;
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(start) = place_on_path[*target] {
                let circle: Vec<usize> = path[start..]
                    .iter()
                    .take(MAX_SHOWN + 1)
                    .map(|(number, _)| *number)
                    .collect();
                report(&circle, path.len() - start, &services, &edges, used, cx);
            } else if !is_done[*target] {
                place_on_path[*target] = Some(path.len());
                path.push((*target, 0));
            }
        }
    }
}

/// The services that a service waits for, each once.
fn edges(service: &Service, numbers: &HashMap<&str, usize>) -> Vec<(usize, Use)> {
    let mut edges: Vec<(usize, Use)> = Vec::new();
    for used in service.uses() {
        let is_dependency = matches!(
            used.by,
            UsedBy::DependsOn
                | UsedBy::Links
                | UsedBy::VolumesFrom
                | UsedBy::NetworkMode
                | UsedBy::Ipc
                | UsedBy::Pid
                | UsedBy::Uts
        );
        if let Some(number) = numbers.get(&*used.name)
            && is_dependency
        {
            edges.push((*number, used));
        }
    }
    // The first one of several stays.
    order::sort_by_key(&mut edges, |(number, _)| *number);
    edges.dedup_by_key(|(number, _)| *number);
    order::sort_by_key(&mut edges, |(_, used)| used.at.span.start);
    edges
}

fn report(
    circle: &[usize],
    length: usize,
    services: &[&Service],
    edges: &[Vec<(usize, Use)>],
    closing: &Use,
    cx: &mut Context<'_, Project>,
) {
    let name = |number: usize| excerpt(&services[number].name.value);
    let Some(&first) = circle.first() else {
        return;
    };
    let mut way: Vec<String> = circle
        .iter()
        .take(MAX_SHOWN)
        .map(|number| name(*number).to_string())
        .collect();
    if length > MAX_SHOWN {
        way.push("…".to_owned());
    }
    let first_name = name(first);
    let message = format!(
        "`{first_name}` waits for itself: {} → {first_name}",
        way.join(" → ")
    );
    let finding = cx.report(closing.at, message);
    finding.help("remove one of the dependencies");
    for pair in circle.windows(2) {
        let step = edges[pair[0]].iter().find(|(number, _)| *number == pair[1]);
        if let Some((_, used)) = step {
            let (one, other) = (name(pair[0]), name(pair[1]));
            finding.label(
                used.at,
                format!("`{one}` waits for `{other}` by `{}`", used.by.key()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, compose_among};

    #[test]
    fn every_kind_of_dependency_counts() {
        compose(
            "dependency-cycle",
            r#"
services:
  a: {image: x, depends_on: [b, "c"]}
  b: {image: x, network_mode: "service:c"}
  c:
    image: x
    depends_on:
      a:
#     ^ error: `a` waits for itself: a → b → c → a
        condition: service_started
        required: false
  d: {image: x, links: ["d:e"]}
#                        ^ error: `d` waits for itself: d → d
  f: {image: x, volumes_from: [a, "container:f"], depends_on: [g]}
  g: {image: x, depends_on: [h, a], external_links: [f]}
"#,
        );
    }

    #[test]
    fn files_are_merged() {
        compose_among(
            "dependency-cycle",
            &[(
                "compose.override.yaml",
                "services: {b: {depends_on: [a]}}\n",
            )],
            "compose.yaml",
            "services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x}\n",
        );
        compose_among(
            "dependency-cycle",
            &[(
                "compose.yaml",
                "services: {a: {image: x, depends_on: [b]}, b: {image: x}}\n",
            )],
            "compose.override.yaml",
            "
services:
  b: {depends_on: [a]}
#                  ^ error: `a` waits for itself: a → b → a
",
        );
    }

    #[test]
    fn long_circles_are_cut() {
        let mut text = "\nservices:\n".to_owned();
        for number in 0..9 {
            let line = format!(
                "  s{number}: {{image: x, depends_on: [s{}]}}\n",
                (number + 1) % 9
            );
            text.push_str(&line);
        }
        text.push_str("#                             ^^ error: `s0` waits for itself: s0 → s1 → s2 → s3 → s4 → … → s0\n");
        compose("dependency-cycle", &text);
    }
}

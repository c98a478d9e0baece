//! What stands above a line: who builds a Dockerfile and its stages, and on which ports a service is published.

use std::path::Path;

use super::Place;
use super::document::{ComposeText, Document};
use super::workspace::Workspace;
use crate::compose::port::Port;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::grammar::port::Protocol;
use crate::text::{Span, order};

/// A few words above a line, and the places that they are about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lens {
    /// What they are shown above.
    pub span: Span,
    /// The words.
    pub title: String,
    /// The places, at least one, sorted.
    pub places: Vec<Place>,
}

/// How many ports are named.
const MOST: usize = 5;

/// The lenses of a document, in the order of the file.
pub fn lenses(workspace: &Workspace<'_>, path: &Path) -> Vec<Lens> {
    let Some(document) = workspace.document(path) else {
        return Vec::new();
    };
    if let Some(dockerfile) = document.dockerfile() {
        of_dockerfile(workspace, path, &dockerfile.model)
    } else if let Some(compose) = document.compose() {
        of_compose(workspace, document, compose)
    } else {
        Vec::new()
    }
}

fn of_dockerfile(workspace: &Workspace<'_>, path: &Path, model: &Dockerfile) -> Vec<Lens> {
    let builds = workspace.builds_of(path).filter_map(|(team, _, build)| {
        let place = team.place(build.owner.at)?;
        Some((build.stage(), place))
    });
    let builds: Vec<(Option<usize>, Place)> = builds.collect();
    let instructions = model.ast.instructions.iter().enumerate();
    let stages = instructions.filter_map(|(number, instruction)| {
        let is_from = matches!(instruction.kind, InstructionKind::From(_));
        let stage = model.stage_of(number).filter(|_| is_from)?;
        Some((stage.index, instruction.span))
    });
    let stages: Vec<(usize, Span)> = stages.collect();
    let Some(first) = model.ast.instructions.first() else {
        return Vec::new();
    };
    let all = builds.iter().map(|(_, place)| place.clone());
    let mut lenses: Vec<Lens> = lens(
        first.span,
        all.collect(),
        ["uses this Dockerfile", "use this Dockerfile"],
    )
    .into_iter()
    .collect();
    // Of a single stage this says it all.
    if stages.len() > 1 {
        lenses.extend(stages.into_iter().filter_map(|(index, span)| {
            let own = builds.iter().filter(|(stage, _)| *stage == Some(index));
            let places = own.map(|(_, place)| place.clone()).collect();
            lens(span, places, ["builds this stage", "build this stage"])
        }));
    }
    lenses
}

/// A lens about services; nothing if there are none.
fn lens(span: Span, mut places: Vec<Place>, words: [&str; 2]) -> Option<Lens> {
    order::sort(&mut places);
    places.dedup();
    let title = match places.len() {
        0 => return None,
        1 => format!("1 service {}", words[0]),
        count => format!("{count} services {}", words[1]),
    };
    Some(Lens {
        span,
        title,
        places,
    })
}

fn of_compose(workspace: &Workspace<'_>, document: &Document, compose: &ComposeText) -> Vec<Lens> {
    let team = workspace.team(document.path());
    let Some((team, project)) =
        team.and_then(|team| Some((team, team.project_of(document.source.id)?)))
    else {
        return Vec::new();
    };
    let services = compose
        .file
        .documents()
        .flat_map(|part| part.services.iter());
    let lenses = services.filter_map(|service| {
        let merged = project.service(&service.name.value)?;
        let ports = merged.container.ports.iter();
        let published = ports.filter_map(|port| Some((published(port)?, team.place(port.at)?)));
        let (mut words, mut places): (Vec<String>, Vec<Place>) = published.unzip();
        if words.is_empty() {
            return None;
        }
        order::sort(&mut places);
        places.dedup();
        let more = words.len().saturating_sub(MOST);
        words.truncate(MOST);
        let more = match more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Some(Lens {
            span: service.name.at.span,
            title: format!("published on {}{more}", words.join(", ")),
            places,
        })
    });
    let mut lenses: Vec<Lens> = lenses.collect();
    order::sort_by_key(&mut lenses, |lens| lens.span);
    lenses
}

/// The host's side of a port, if it is given and known.
fn published(port: &Port) -> Option<String> {
    let numbers = port.published_numbers()?;
    let mut words = match port.host_address() {
        Some(address) if address.is_ipv6() => format!("[{address}]:"),
        Some(address) => format!("{address}:"),
        None => String::new(),
    };
    words.push_str(&numbers.start().to_string());
    if numbers.len() > 1 {
        words.push_str(&format!("-{}", numbers.end()));
    }
    if let Some(protocol) = port
        .protocol()
        .filter(|protocol| *protocol != Protocol::Tcp)
    {
        words.push_str(&format!("/{}", protocol.as_str()));
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::Scene;

    fn shown(files: &[(&str, &str)]) -> Vec<String> {
        let scene = Scene::new(files);
        let workspace = scene.workspace();
        let document = workspace.document(&scene.path).expect("a document");
        let lenses = lenses(&workspace, &scene.path).into_iter();
        let shown = lenses.map(|lens| {
            let places = lens.places.iter().map(|place| {
                let document = workspace.document(&place.path).expect("a document");
                place.span.text(document.text()).to_owned()
            });
            let places: Vec<String> = places.collect();
            let span = lens.span.text(document.text());
            format!("{span}: {}: {}", lens.title, places.join(" "))
        });
        shown.collect()
    }

    #[test]
    fn who_builds_a_dockerfile_and_its_stages() {
        let compose = "services:\n  a: {build: {context: ., target: one}}\n  b: {build: .}\n  c: {build: {context: ., target: $X}}\n  d: {build: {context: ., target: two}}\n";
        let text = "¦ARG V\nFROM a AS one\nFROM b AS two\nFROM two AS three\n";
        assert_eq!(
            shown(&[("Dockerfile", text), ("compose.yaml", compose)]),
            [
                "ARG V: 4 services use this Dockerfile: a b c d",
                "FROM a AS one: 1 service builds this stage: a",
                "FROM b AS two: 1 service builds this stage: d",
                "FROM two AS three: 1 service builds this stage: b",
            ]
        );
        let text = "¦FROM a\n";
        let compose = "services: {a: {build: .}}\n";
        let files = [("Dockerfile", text), ("compose.yaml", compose)];
        assert_eq!(shown(&files), ["FROM a: 1 service uses this Dockerfile: a"]);
        assert_eq!(shown(&[("Dockerfile", text)]), [""; 0]);
    }

    #[test]
    fn where_a_service_is_published() {
        let text = "¦services:\n  a:\n    image: b\n    ports: ['127.0.0.1:80:80', '53:53/udp', '90', {target: 1, published: '7'}, '[::1]:8-9:8-9', '$P:1']\n  c: {image: d}\n";
        let over = "services: {c: {ports: ['1:1', '2:2', '3:3', '4:4', '5:5', '6:6']}}\n";
        let wanted = [
            "a: published on 127.0.0.1:80, 53/udp, 7, [::1]:8-9: '127.0.0.1:80:80' '53:53/udp' {target: 1, published: '7'} '[::1]:8-9:8-9'",
            "c: published on 1, 2, 3, 4, 5 and 1 more: '1:1' '2:2' '3:3' '4:4' '5:5' '6:6'",
        ];
        let files = [("compose.yaml", text), ("compose.override.yaml", over)];
        assert_eq!(shown(&files), wanted);
    }
}

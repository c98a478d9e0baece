//! Flags services that publish none of the ports that their Dockerfile exposes, but others.

use std::ops::RangeInclusive;

use crate::compose::container::Container;
use crate::compose::healthcheck::Test;
use crate::compose::port::Port;
use crate::compose::project::Project;
use crate::compose::value::Scalar;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Base;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::port::Protocol;
use crate::text::{Edit, Location};

/// Images that expose no port, by their names on Docker Hub. Another image may expose what the Dockerfile does not.
/// Read on 2026-11-23: the Dockerfiles or their templates in docker-library/buildpack-deps, golang, julia, openjdk, pypy,
/// python and ruby, nodejs/docker-node, rust-lang/docker-rust, adoptium/containers, alpinelinux/docker-alpine,
/// AlmaLinux/container-images, corretto/corretto-docker, amazonlinux/container-images, archlinux/archlinux-docker,
/// CentOS/sig-cloud-instance-images, Quantisan/docker-clojure, c0b/docker-elixir, erlang/docker-erlang-otp,
/// fedora-cloud/docker-brew-fedora, keeganwitt/docker-gradle, haskell/docker-haskell, carlossg/docker-maven,
/// Perl/docker-perl, rocky-linux/sig-cloud-instance-images, SAP/SapMachine-infrastructure, swiftlang/swift-docker and
/// tianon/docker-brew-ubuntu-core; of busybox and debian what docker-library/repo-info says of the images.
const EXPOSE_NOTHING: [&str; 30] = [
    "almalinux",
    "alpine",
    "amazoncorretto",
    "amazonlinux",
    "archlinux",
    "buildpack-deps",
    "busybox",
    "centos",
    "clojure",
    "debian",
    "eclipse-temurin",
    "elixir",
    "erlang",
    "fedora",
    "golang",
    "gradle",
    "haskell",
    "julia",
    "maven",
    "node",
    "openjdk",
    "perl",
    "pypy",
    "python",
    "rockylinux",
    "ruby",
    "rust",
    "sapmachine",
    "swift",
    "ubuntu",
];

/// Ports of debuggers: Delve, .NET, Java, debugpy, Node.js before 8, Chrome, Node.js.
pub(crate) const DEBUGGERS: [u16; 8] = [2345, 4024, 5005, 5678, 5858, 9222, 9229, 40000];

pub(crate) type Numbers = RangeInclusive<u16>;

/// A port that a Dockerfile exposes, and where.
pub(crate) struct Exposed {
    pub(crate) numbers: Numbers,
    pub(crate) protocol: Protocol,
    pub(crate) at: Location,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    if container.ports.is_empty()
        || container.network_mode.is_some()
        || !container.env_file.is_empty()
        || !used.is_settled(cx.model)
    {
        return;
    }
    let Some(published) = published(container) else {
        return;
    };
    let Some(reading) = used.reading().filter(exposes_all_that_it_has) else {
        return;
    };
    let Some(exposed) = exposed(&reading).filter(|exposed| !exposed.is_empty()) else {
        return;
    };
    let is_exposed = |numbers: &Numbers, protocol: Protocol| {
        let own = exposed.iter();
        let mut own = own.filter(|exposed| exposed.protocol == protocol);
        own.any(|exposed| overlap(&exposed.numbers, numbers))
    };
    // A port beside the exposed one is likely meant.
    if published
        .iter()
        .any(|(_, numbers, protocol)| is_exposed(numbers, *protocol))
    {
        return;
    }
    for (port, numbers, _) in &published {
        if !is_explained(numbers, used, &reading) {
            report(port, numbers, published.len(), &exposed, cx);
        }
    }
}

/// The published ports, with the numbers in the container. `None` if one is not known.
fn published(container: &Container) -> Option<Vec<(&Port, Numbers, Protocol)>> {
    let ports = container.ports.iter();
    let ports = ports.map(|port| Some((port, port.target_numbers()?, port.protocol()?)));
    ports.collect()
}

/// Whether the image has no port but those that the Dockerfile exposes.
pub(crate) fn exposes_all_that_it_has(reading: &Reading<'_>) -> bool {
    match &reading.model().root_of(reading.stage).base {
        Base::Scratch => true,
        Base::Image(image) => image.text().is_some_and(|image| {
            let image = image.strip_prefix("docker.io/").unwrap_or(image);
            let image = image.strip_prefix("library/").unwrap_or(image);
            let name = image.split([':', '@']).next().unwrap_or_default();
            EXPOSE_NOTHING.contains(&name) || is_distroless(name)
        }),
        Base::Stage(_) | Base::Unresolved => false,
    }
}

/// Whether an image is one of distroless that are made of a system and a language. Those below them, such as
/// `java/jetty`, expose the port of their server (`nodejs/BUILD`, `java/java.bzl` and `java/jetty/BUILD` of
/// GoogleContainerTools/distroless, read on 2026-11-23).
fn is_distroless(name: &str) -> bool {
    let image = name.strip_prefix("gcr.io/distroless/");
    image.is_some_and(|image| !image.contains('/'))
}

/// The ports that the stage exposes. `None` if one is not known.
pub(crate) fn exposed(reading: &Reading<'_>) -> Option<Vec<Exposed>> {
    let model = reading.model();
    let mut all = Vec::new();
    for (number, instruction) in model.final_config(reading.stage).exposes() {
        for port in model.exposed_ports(number, instruction) {
            let mapping = port.port.as_ref().ok()?;
            all.push(Exposed {
                numbers: mapping.container.numbers.clone()?,
                protocol: mapping.protocol()?,
                at: reading.file.location(port.word.span),
            });
        }
    }
    Some(all)
}

pub(crate) fn overlap(a: &Numbers, b: &Numbers) -> bool {
    a.start() <= b.end() && b.start() <= a.end()
}

/// Whether something tells that the program listens on the port after all, or may do so.
fn is_explained(numbers: &Numbers, used: &BuildUse<'_>, reading: &Reading<'_>) -> bool {
    let container = used.container;
    let is_expected = container.expose.iter().any(|port| {
        let known = port.ports.value.value.as_ref();
        known.is_none_or(|own| overlap(own, numbers))
    });
    is_expected
        || DEBUGGERS.iter().any(|port| numbers.contains(port))
        || texts(container, used)
            .into_iter()
            .any(|text| text.known().is_none_or(|text| mentions(text, numbers)))
        || is_in_dockerfile(numbers, reading)
}

/// The values of a service that may say on which port its program listens.
pub(crate) fn texts(container: &Container, used: &BuildUse<'_>) -> Vec<Scalar> {
    let mut texts: Vec<Scalar> = Vec::new();
    let commands = [&container.command, &container.entrypoint];
    for command in commands.into_iter().flatten() {
        let words = command.value.words().iter();
        texts.extend(words.map(|word| word.value.clone()));
    }
    for pair in container.environment.iter().chain(&container.labels) {
        texts.extend(pair.value.as_ref().map(|value| value.value.clone()));
    }
    let arguments = used.build.value.args.iter();
    texts.extend(arguments.filter_map(|pair| Some(pair.value.as_ref()?.value.clone())));
    let test = container
        .healthcheck
        .as_ref()
        .and_then(|check| check.value.test.as_ref());
    match test.map(|test| &test.value) {
        Some(Test::Text(text)) => texts.push(text.clone()),
        Some(Test::Cmd { words, .. } | Test::CmdShell { words, .. } | Test::Other(words)) => {
            texts.extend(words.iter().map(|word| word.value.clone()));
        }
        Some(Test::None { .. }) | None => {}
    }
    texts
}

/// Whether the Dockerfile mentions the port outside of `EXPOSE`.
pub(crate) fn is_in_dockerfile(numbers: &Numbers, reading: &Reading<'_>) -> bool {
    let text = &reading.file.text;
    let instructions = reading.model().ast.instructions.iter();
    let mut others =
        instructions.filter(|instruction| !matches!(instruction.kind, InstructionKind::Expose(_)));
    others.any(|instruction| {
        let text = text.get(instruction.span.range()).unwrap_or_default();
        mentions(text, numbers)
    })
}

/// Whether one of the numbers stands in a text.
pub(crate) fn mentions(text: &str, numbers: &Numbers) -> bool {
    let mut found = text.split(|c: char| !c.is_ascii_digit());
    found.any(|digits| {
        digits
            .parse::<u16>()
            .is_ok_and(|number| numbers.contains(&number))
    })
}

fn report(
    port: &Port,
    numbers: &Numbers,
    count: usize,
    exposed: &[Exposed],
    cx: &mut Context<'_, Project>,
) {
    let project = cx.model;
    let (at, written) = match &port.target {
        Some(target) => {
            let text = target.value.scalar.text();
            (target.value.scalar.location_of(0..text.len()), text)
        }
        None => return,
    };
    let shown = shown(numbers);
    let finding = cx.report(
        at,
        format!("port {shown} is published, and the Dockerfile exposes another one"),
    );
    finding.help("publish the port that the program listens on, or expose this one");
    for other in exposed.iter().take(3) {
        finding.label(other.at, "exposed here");
    }
    let [only] = exposed else {
        return;
    };
    let is_single = |numbers: &Numbers| numbers.start() == numbers.end();
    let is_verbatim = project.text(at.file).get(at.span.range()) == Some(written);
    let is_like = port.protocol() == Some(only.protocol);
    if count == 1 && is_like && is_single(numbers) && is_single(&only.numbers) && is_verbatim {
        let right = only.numbers.start().to_string();
        finding.fix(Fix::new(
            format!("publish port {right} of the container; the program may listen on another"),
            Applicability::Unsafe,
            vec![Edit::replace(at.span, right)],
        ));
    }
}

fn shown(numbers: &Numbers) -> String {
    match numbers.start() == numbers.end() {
        true => numbers.start().to_string(),
        false => format!("{}-{}", numbers.start(), numbers.end()),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    const FILES: &[(&str, &str)] = &[
        (
            "Dockerfile",
            "FROM node:24\nEXPOSE 3000 3001\nCMD run --admin 9000\n",
        ),
        ("udp/Dockerfile", "FROM scratch\nEXPOSE 53/udp\n"),
        ("var/Dockerfile", "FROM node:24\nARG PORT\nEXPOSE $PORT\n"),
        ("base/Dockerfile", "FROM nginx:1\nEXPOSE 3000\n"),
        ("none/Dockerfile", "FROM node:24\n"),
    ];

    #[test]
    fn the_port_of_the_container_is_marked() {
        compose_among(
            "published-port-not-exposed",
            FILES,
            "compose.yaml",
            r#"
services:
  a: {build: ., ports: ["80:8080"]}
#                           ^^^^ warning: port 8080 is published, and the Dockerfile exposes another one
  b:
    build: .
    ports:
      - target: 8080
#               ^^^^ warning: port 8080 is published
        published: 80
  c: {build: udp, ports: ["53:53"]}
#                             ^^ warning: port 53 is published
  d: {build: ., ports: ["127.0.0.1:80-81:4000-4001/tcp"]}
#                                        ^^^^^^^^^ warning: port 4000-4001 is published
"#,
        );
    }

    #[test]
    fn what_may_be_right_is_not_marked() {
        compose_among(
            "published-port-not-exposed",
            FILES,
            "compose.yaml",
            r#"
services:
  a: {build: ., ports: ["80:3000", "81:8080"]}
  b: {build: ., ports: ["80:9000"]}
  c: {build: ., ports: ["80:$PORT"]}
  d: {build: ., ports: ["80:8080"], command: serve -p 8080}
  e: {build: ., ports: ["80:8080"], environment: {PORT: 8080}}
  f: {build: ., ports: ["80:8080"], environment: [PORT=$PORT]}
  g: {build: ., ports: ["80:8080"], env_file: .env}
  h: {build: ., ports: ["80:8080"], expose: [8080]}
  i: {build: ., ports: ["9229:9229"]}
  j: {build: ., ports: ["80:8080"], network_mode: host}
  k: {build: udp, ports: ["53:53/udp"]}
  l: {build: var, ports: ["80:8080"]}
  m: {build: base, ports: ["80:80"]}
  n: {build: none, ports: ["80:80"]}
  o: {build: ., ports: ["80:8080"], healthcheck: {test: curl localhost:8080}}
"#,
        );
    }
}

//! Flags services of which a health check, a label of a proxy, or `PORT` names a port that the image does not expose and
//! that is not published either.

use crate::compose::container::Container;
use crate::compose::healthcheck::Test;
use crate::compose::project::Project;
use crate::compose::value::Scalar;
use crate::engine::built::{BuildUse, Reading};
use crate::engine::{Context, Hooks};
use crate::grammar::port::Protocol;
use crate::text::Location;

use super::published_port_not_exposed::{
    DEBUGGERS, Exposed, Numbers, exposed, exposes_all_that_it_has, is_in_dockerfile, mentions,
    overlap,
};

/// Variables that tell a program on which port to listen.
const VARIABLES: [&str; 5] = [
    "APP_PORT",
    "HTTP_PORT",
    "LISTEN_PORT",
    "PORT",
    "SERVER_PORT",
];

/// Names of the container itself.
const ITSELF: [&str; 4] = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];

/// A port that something says the program listens on.
struct Named {
    port: u16,
    at: Location,
    what: &'static str,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    on.build(check);
}

fn check(used: &BuildUse<'_>, cx: &mut Context<'_, Project>) {
    let container = used.container;
    let named = named(container);
    if named.is_empty()
        || container.network_mode.is_some()
        || !container.env_file.is_empty()
        || !used.is_settled(cx.model)
    {
        return;
    }
    let Some(reading) = used.reading().filter(exposes_all_that_it_has) else {
        return;
    };
    let Some(exposed) = exposed(&reading) else {
        return;
    };
    let is_tcp = |port: &&Exposed| port.protocol == Protocol::Tcp;
    let Some(first) = exposed.iter().find(is_tcp) else {
        return;
    };
    for one in &named {
        let numbers = one.port..=one.port;
        let is_exposed = exposed.iter().any(|port| overlap(&port.numbers, &numbers));
        if is_exposed || is_explained(one, &numbers, &named, used, &reading) {
            continue;
        }
        let message = format!(
            "{} port {}, and the Dockerfile exposes another one",
            one.what, one.port
        );
        cx.report(one.at, message)
            .help("name the port that the program listens on, or expose this one")
            .label(first.at, "exposed here");
    }
}

/// The ports that are named, with where and by what.
fn named(container: &Container) -> Vec<Named> {
    let mut all = Vec::new();
    if let Some(check) = &container.healthcheck
        && let Some(test) = &check.value.test
    {
        match &test.value {
            Test::Text(text) => in_test(text, &mut all),
            Test::Cmd { words, .. } | Test::CmdShell { words, .. } | Test::Other(words) => {
                words.iter().for_each(|word| in_test(&word.value, &mut all));
            }
            Test::None { .. } => {}
        }
    }
    for label in &container.labels {
        let name = label.name.value.text();
        let is_port = name.starts_with("traefik.http.services.")
            && name.ends_with(".loadbalancer.server.port");
        if let Some(value) = label.value.as_ref().filter(|_| is_port) {
            whole(&value.value, "Traefik forwards to", &mut all);
        }
    }
    for variable in &container.environment {
        let is_port = VARIABLES.contains(&variable.name.value.text());
        if let Some(value) = variable.value.as_ref().filter(|_| is_port) {
            whole(&value.value, "the program is told to listen on", &mut all);
        }
    }
    all
}

/// A value that is a port.
fn whole(value: &Scalar, what: &'static str, all: &mut Vec<Named>) {
    if let Some(text) = value.known()
        && let Ok(port) = text.parse::<u16>()
    {
        all.push(Named {
            port,
            at: value.location_of(0..text.len()),
            what,
        });
    }
}

/// The ports behind the container's own names in a test.
fn in_test(test: &Scalar, all: &mut Vec<Named>) {
    let Some(text) = test.known() else {
        return;
    };
    for name in ITSELF {
        for (at, _) in text.match_indices(name) {
            let behind = &text[at + name.len()..];
            let Some(rest) = behind.strip_prefix(':') else {
                continue;
            };
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let start = at + name.len() + 1;
            if let Ok(port) = rest[..digits].parse::<u16>() {
                all.push(Named {
                    port,
                    at: test.location_of(start..start + digits),
                    what: "the health check asks",
                });
            }
        }
    }
}

/// Whether something else says that the program listens there as well.
fn is_explained(
    one: &Named,
    numbers: &Numbers,
    named: &[Named],
    used: &BuildUse<'_>,
    reading: &Reading<'_>,
) -> bool {
    let container = used.container;
    let is_published = container.ports.iter().any(|port| {
        let target = port.target_numbers();
        target.is_none_or(|target| overlap(&target, numbers))
    });
    let is_expected = container.expose.iter().any(|port| {
        let known = port.ports.value.value.as_ref();
        known.is_none_or(|own| overlap(own, numbers))
    });
    // Two that agree are right, and `EXPOSE` was forgotten.
    let is_agreed = named
        .iter()
        .any(|other| other.port == one.port && other.what != one.what);
    let commands = [&container.command, &container.entrypoint];
    let words = commands.into_iter().flatten();
    let mut words = words.flat_map(|command| command.value.words());
    let is_in_command = words.any(|word| {
        let text = word.value.known();
        text.is_none_or(|text| mentions(text, numbers))
    });
    let variables = container.environment.iter();
    let values = variables.filter_map(|pair| pair.value.as_ref());
    let mut others =
        values.filter(|value| value.value.location_of(0..0).span.start != one.at.span.start);
    let is_in_variable = others.any(|value| {
        let text = value.value.known();
        text.is_none_or(|text| mentions(text, numbers))
    });
    let mut arguments = used.build.value.args.iter();
    let is_in_argument = arguments.any(|pair| {
        let value = pair.value.as_ref();
        value.is_none_or(|value| {
            let text = value.value.known();
            text.is_none_or(|text| mentions(text, numbers))
        })
    });
    is_published
        || is_expected
        || is_agreed
        || is_in_command
        || is_in_variable
        || is_in_argument
        || DEBUGGERS.contains(&one.port)
        || is_in_dockerfile(numbers, reading)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn the_port_is_marked() {
        let files = [
            (
                "Dockerfile",
                "FROM node:24\nEXPOSE 3000 3001\nCMD run --admin 9000\n",
            ),
            ("base/Dockerfile", "FROM nginx:1\nEXPOSE 3000\n"),
            ("none/Dockerfile", "FROM node:24\n"),
        ];
        compose_among(
            "exposed-port-mismatch",
            &files,
            "compose.yaml",
            r#"
services:
  a:
    build: .
    ports: ["80:3000"]
    healthcheck: {test: [CMD, curl, "http://localhost:8080/health"]}
#                                                     ^^^^ info: the health check asks port 8080, and the Dockerfile exposes another one
  b:
    build: .
    labels:
      traefik.http.services.b.loadbalancer.server.port: "8080"
#                                                        ^^^^ info: Traefik forwards to port 8080
  c:
    build: .
    environment: [PORT=8080]
#                      ^^^^ info: the program is told to listen on port 8080
  d: {build: ., ports: ["80:8080"], environment: {PORT: 8080}}
  e: {build: ., healthcheck: {test: curl localhost:3001}}
  f: {build: ., healthcheck: {test: curl localhost:9000}}
  g: {build: ., healthcheck: {test: curl localhost:8080}, environment: {PORT: 8080}}
  h: {build: ., healthcheck: {test: curl localhost:8080}, command: serve 8080}
  i: {build: ., healthcheck: {test: curl other:8080}}
  j: {build: base, environment: {PORT: 8080}}
  k: {build: none, environment: {PORT: 8080}}
  l: {build: ., environment: {PORT: "$PORT"}}
  m: {build: ., environment: {PORT: 8080}, env_file: .env}
"#,
        );
    }
}

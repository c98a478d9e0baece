//! Flags Docker APIs that everybody may call who reaches their port.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::Text;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::port::Protocol;

/// The port of the API without TLS.
const PLAIN: u16 = 2375;

/// The environment variable that says where a daemon in a container keeps its certificates; with nothing in it, the
/// daemon does without (`dockerd-entrypoint.sh` of <https://github.com/docker-library/docker>).
const CERTIFICATES: &str = "DOCKER_TLS_CERTDIR";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    for owned in project.merged.containers() {
        let container = owned.container;
        if !published(container, cx) {
            listening(container, cx);
        }
        client(container, project, cx);
    }
}

/// The services of a project, by all names under which others reach them.
fn names(project: &Project) -> HashMap<&str, &Service> {
    let mut names: HashMap<&str, &Service> = HashMap::new();
    for service in &project.merged.services {
        names.insert(&service.name.value, service);
        let others = [&service.container_name, &service.container.hostname];
        let others = others
            .into_iter()
            .filter_map(|name| name.as_ref()?.value.known());
        let aliases = service
            .container
            .networks
            .iter()
            .flat_map(|network| &network.aliases);
        let aliases = aliases.filter_map(|alias| alias.value.known());
        for name in others.chain(aliases) {
            names.entry(name).or_insert(service);
        }
    }
    names
}

/// Published ports. Whether there is any.
fn published(container: &Container, cx: &mut Context<'_, Project>) -> bool {
    if !container.has_network_of_its_own() {
        return false;
    }
    let mut found = false;
    for port in &container.ports {
        let is_plain = |numbers: Option<std::ops::RangeInclusive<u16>>| {
            numbers.is_some_and(|numbers| numbers.contains(&PLAIN))
        };
        let numbers = [port.target_numbers(), port.published_numbers()];
        if port.protocol() != Some(Protocol::Tcp) || !numbers.into_iter().any(is_plain) {
            continue;
        }
        let Some((at, scalar)) = port.exposure() else {
            continue;
        };
        found = true;
        let shown = excerpt(scalar.text());
        let finding = cx.report(
            at,
            format!("`{shown}` publishes the Docker API without TLS"),
        );
        finding.help("do not publish it; other containers of the project reach it anyway");
        if port.is_on_loopback() != Some(false) {
            finding.severity(Severity::Warning);
        }
    }
    found
}

/// Daemons and forwarders that listen for everybody in their networks.
fn listening(container: &Container, cx: &mut Context<'_, Project>) {
    let commands = [&container.entrypoint, &container.command];
    let words: Vec<&Text> = commands
        .into_iter()
        .flatten()
        .flat_map(|command| command.value.words())
        .collect();
    let is_dind = is_dind(container);
    let runs = |name: &str| {
        let is = |word: &&Text| word.value.text().rsplit('/').next() == Some(name);
        words.iter().any(is)
    };
    let is_checked = words
        .iter()
        .any(|word| word.value.is("--tlsverify") || word.value.is("--tlsverify=true"));
    if (is_dind || runs("dockerd")) && !is_checked {
        for (index, word) in words.iter().enumerate() {
            if let Some(address) = address_of_host(word, index.checked_sub(1).map(|i| words[i]))
                && is_open(address)
            {
                let message = "the Docker API listens without TLS for all containers around it";
                cx.report(word.text_at(), message)
                    .help("leave the address out; the image listens with TLS by itself")
                    .severity(Severity::Warning);
            }
        }
    }
    forwarder(&words, cx);
    let certificates = container.environment.get(CERTIFICATES);
    if is_dind
        && let Some(pair) = certificates
        && let Some(value) = pair.value.as_ref().filter(|value| value.value.is_empty())
        && let name = pair.name.text_at()
    {
        let message = format!("without `{CERTIFICATES}` the daemon serves its API without TLS");
        let at = if value.at.span.is_empty() {
            name
        } else {
            value.at
        };
        cx.report(at, message)
            .help("remove it, and give the clients the certificates in `/certs/client`")
            .severity(Severity::Warning);
    }
}

/// Programs that hand on the daemon's socket to whoever connects.
fn forwarder(words: &[&Text], cx: &mut Context<'_, Project>) {
    let begins = |word: &Text, scheme: &str| {
        let begin = word.value.text().get(..scheme.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let lower = |word: &Text| word.value.text().to_ascii_lowercase();
    let to_socket = words
        .iter()
        .any(|word| begins(word, "unix") && lower(word).contains("docker.sock"));
    if !to_socket {
        return;
    }
    let listener = words.iter().find(|word| {
        let text = lower(word);
        begins(word, "tcp") && text.contains("-l") && !text.contains("bind=127.")
    });
    if let Some(listener) = listener {
        let message = "the Docker API is handed on to all containers around it";
        cx.report(listener.text_at(), message)
            .help("use a proxy that lets only the calls pass that are needed")
            .severity(Severity::Warning);
    }
}

/// Containers that call an API.
fn client(container: &Container, project: &Project, cx: &mut Context<'_, Project>) {
    let environment = &container.environment;
    let value = environment
        .get("DOCKER_HOST")
        .and_then(|pair| pair.value.as_ref());
    let Some(value) = value else { return };
    let Some(host) = value.value.known().and_then(plain_host) else {
        return;
    };
    let verifies = environment.get("DOCKER_TLS_VERIFY").is_some_and(|pair| {
        !pair
            .value
            .as_ref()
            .is_some_and(|value| value.value.is_empty())
    });
    if verifies || is_loopback(host) {
        return;
    }
    if let Some(service) = names(project).get(host) {
        if is_dind(&service.container) {
            cx.report(value.text_at(), format!("`{host}` is called without TLS"))
                .help("use the port 2376 and its certificates")
                .severity(Severity::Info);
        }
    } else if host.contains(['.', ':']) {
        let message = format!(
            "the Docker API of `{}` is called without TLS",
            excerpt(host)
        );
        cx.report(value.text_at(), message)
            .help("use `ssh://`, or the port 2376 with TLS");
    }
}

/// The host in `tcp://HOST[:2375]`; nothing for other ports.
fn plain_host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("tcp://")?.trim_end_matches('/');
    let (host, port) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']')?;
            (host, behind.strip_prefix(':'))
        }
        None => match rest.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (rest, None),
        },
    };
    let is_plain = port.is_none_or(|port| port == "2375");
    (is_plain && !host.is_empty()).then_some(host)
}

/// The address that a word gives to `-H` or `--host`, by itself or behind the flag.
fn address_of_host<'w>(word: &'w Text, before: Option<&Text>) -> Option<&'w str> {
    let text = word.value.known()?;
    if let Some((flag, address)) = text.split_once('=') {
        return matches!(flag, "-H" | "--host").then_some(address);
    }
    if let Some(address) = text.strip_prefix("-H").filter(|rest| !rest.is_empty()) {
        return Some(address);
    }
    let is_behind_flag =
        before.is_some_and(|before| before.value.is("-H") || before.value.is("--host"));
    is_behind_flag.then_some(text)
}

/// Whether a daemon that listens there is reached from elsewhere.
fn is_open(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("tcp://") else {
        return false;
    };
    let host = match rest.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => rest.split(':').next().unwrap_or_default(),
    };
    !is_loopback(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Whether the image is Docker's own with a daemon in it.
fn is_dind(container: &Container) -> bool {
    let Some(reference) = container.reference() else {
        return false;
    };
    let name = reference.familiar_name();
    let is_docker = name.is_some_and(|name| name == "docker" || name.ends_with("/docker"));
    let tag = reference.tag.as_ref().and_then(|tag| tag.known());
    is_docker && tag.is_some_and(|tag| tag.split('-').any(|word| word == "dind"))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn published_ports_count() {
        compose(
            "docker-api-exposed",
            r#"
x-port: &port {target: 2375, published: 9}
#                                       ^ error: `9` publishes the Docker API without TLS
services:
  a: {image: x, ports: [*port, "127.0.0.1:2375:80", "2370-2380:2370-2380", "2376:2376", "2375:1/udp"]}
#                               ^^^^^^^^^ warning: `127.0.0.1` publishes
#                                                    ^^^^^^^^^^^^^^^^^^^ error: `2370-2380:2370-2380` publishes
  b: {image: x, ports: ["2375:2375"], network_mode: host}
"#,
        );
    }

    #[test]
    fn daemons_and_forwarders_count() {
        compose(
            "docker-api-exposed",
            r#"
services:
  a: {image: "docker:dind", command: [--host, "tcp://0.0.0.0:2375"]}
#                                              ^^^^^^^^^^^^^^^^^^ warning: the Docker API listens
  b: {image: x, entrypoint: /usr/bin/dockerd -H=tcp://:2375 --tls}
#                                            ^^^^^^^^^^^^^^ warning: the Docker API listens
  c: {image: "docker:29-dind-rootless", command: "--host=tcp://127.0.0.1:2375 -H unix:///run/docker.sock"}
  d: {image: "docker:dind", command: [--host, "tcp://0.0.0.0:2376", --tlsverify]}
  e: {image: x, command: docker -H tcp://b:2375 ps}
  f: {image: "docker:${V}-dind", environment: [DOCKER_TLS_CERTDIR=]}
  g: {image: "registry/docker:dind", environment: {DOCKER_TLS_CERTDIR: ""}}
#                                                                      ^^ warning: without `DOCKER_TLS_CERTDIR`
  h: {image: "docker:dind", environment: {DOCKER_TLS_CERTDIR: /certs}}
  i: {image: x, command: "socat TCP-LISTEN:2375,fork UNIX-CONNECT:/var/run/docker.sock"}
#                               ^^^^^^^^^^^^^^^^^^^^ warning: the Docker API is handed on
"#,
        );
    }

    #[test]
    fn clients_count() {
        compose(
            "docker-api-exposed",
            r#"
services:
  a: {image: x, environment: {DOCKER_HOST: "tcp://10.0.0.1:2375"}}
#                                           ^^^^^^^^^^^^^^^^^^^ error: the Docker API of `10.0.0.1` is called without TLS
  b: {image: x, environment: ["DOCKER_HOST=tcp://dind"]}
#                                          ^^^^^^^^^^ info: `dind` is called without TLS
  c: {image: x, environment: {DOCKER_HOST: "tcp://proxy:2375"}}
  d: {image: x, environment: {DOCKER_HOST: "tcp://a.example.com:2375", DOCKER_TLS_VERIFY: 1}}
  e: {image: x, environment: {DOCKER_HOST: "tcp://a.example.com:2376"}}
  f: {image: x, environment: {DOCKER_HOST: "${H}"}}
  g: {image: x, environment: {DOCKER_HOST: "tcp://localhost:2375"}}
  h: {image: "docker:dind", hostname: dind}
"#,
        );
    }
}

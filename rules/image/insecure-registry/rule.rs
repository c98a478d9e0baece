//! Flags registries that are likely reached without TLS.

use std::net::IpAddr;

use crate::engine::nodes::{Host, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

/// Domains that no public authority gives certificates for.
const LOCAL: [&str; 5] = [".home", ".internal", ".lan", ".local", ".localdomain"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.image(check);
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Ok(reference) = &image.reference else {
        return;
    };
    let Some(part) = &reference.registry else {
        return;
    };
    let Some(registry) = part.known() else { return };
    if image.is_built() || reference.digest.is_some() || !is_insecure(registry) {
        return;
    }
    let message = format!(
        "registry `{}` is likely reached without TLS",
        excerpt(registry)
    );
    cx.report(image.span_of(part), message)
        .help("give it a name with a certificate, or pin the image by digest");
}

fn is_insecure(registry: &str) -> bool {
    let (host, port) = match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, port),
        _ => (registry, ""),
    };
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    if let Ok(address) = host.parse::<IpAddr>() {
        return !address.to_canonical().is_loopback();
    }
    // Docker Desktop's name for its host is not reached over a network.
    if host == "localhost" || host.ends_with(".localhost") || host.ends_with("docker.internal") {
        return false;
    }
    port == "80" || !host.contains('.') || LOCAL.iter().any(|domain| host.ends_with(domain))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_registry_is_marked() {
        compose(
            "insecure-registry",
            r#"
services:
  a: {image: "registry:5000/a"}
#             ^^^^^^^^^^^^^ registry `registry:5000` is likely reached without TLS
  b: {image: "${R:-nexus.lan}/b"}
#                  ^^^^^^^^^ registry `nexus.lan` is
  c: {image: "[::1]:5000/c"}
  d: {image: "${R}/d"}
  e: {image: "10.0.0.1/e", build: .}
  f: {image: "host.docker.internal:5000/f"}
"#,
        );
        dockerfile(
            "insecure-registry",
            "\nFROM registry.example.com:80/a:1\n#    ^^^^^^^^^^^^^^^^^^^^^^^ registry `registry.example.com:80`\nCOPY --from=127.0.0.1:5000/b:1 / /\n",
        );
    }
}

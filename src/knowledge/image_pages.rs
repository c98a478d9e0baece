//! Where a registry describes an image to people.
//!
//! Sources, looked at on 2026-11-23: for Docker Hub, Quay and GitHub the links that Microsoft's Container Tools for
//! Visual Studio Code make (`ImageLinkProvider.ts` of its Compose language service); for the Microsoft Artifact Registry
//! the addresses in the READMEs of `dotnet/dotnet-docker`.

use crate::grammar::image::{DOCKER_HUB, ImageReference};

/// The address of the page that describes an image. `None` for a registry that has no such pages, and where a variable
/// takes part in the name.
pub fn page(image: &ImageReference) -> Option<String> {
    let registry = image.registry()?;
    let path = image.path.known()?;
    if path.is_empty() {
        return None;
    }
    Some(match &*registry {
        DOCKER_HUB => {
            let name = image.familiar_name()?;
            let kind = if name.contains('/') { "r" } else { "_" };
            format!("https://hub.docker.com/{kind}/{name}")
        }
        "quay.io" => format!("https://quay.io/repository/{path}"),
        "ghcr.io" => {
            // Which repository a package of a longer name belongs to is not known.
            let (owner, name) = path
                .split_once('/')
                .filter(|(_, name)| !name.contains('/'))?;
            format!("https://github.com/{owner}/{name}/pkgs/container/{name}")
        }
        "mcr.microsoft.com" => format!("https://mcr.microsoft.com/artifact/mar/{path}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_registries() {
        for (image, wanted) in [
            ("alpine:3.22", Some("https://hub.docker.com/_/alpine")),
            (
                "docker.io/library/alpine",
                Some("https://hub.docker.com/_/alpine"),
            ),
            ("grafana/loki@sha256:", None),
            (
                "grafana/loki",
                Some("https://hub.docker.com/r/grafana/loki"),
            ),
            ("quay.io/a/b:1", Some("https://quay.io/repository/a/b")),
            (
                "ghcr.io/a/b:1",
                Some("https://github.com/a/b/pkgs/container/b"),
            ),
            ("ghcr.io/a/b/c", None),
            (
                "mcr.microsoft.com/dotnet/sdk:9.0",
                Some("https://mcr.microsoft.com/artifact/mar/dotnet/sdk"),
            ),
            ("registry.example.com/a", None),
            ("$NAME", None),
        ] {
            let reference = ImageReference::parse(image).ok();
            assert_eq!(
                reference.as_ref().and_then(page).as_deref(),
                wanted,
                "{image}"
            );
        }
    }
}

//! Images that are no longer maintained under their name, and what took their place.
//!
//! Sources: the files `deprecated.md` in <https://github.com/docker-library/docs>, Bitnami's announcement in
//! <https://github.com/bitnami/charts/issues/35164>, <https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/>,
//! and the archived repository of Watchtower; 2026-11-23.

use crate::grammar::image::ImageReference;

/// What is known of an image that is given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deprecated {
    /// The end of a sentence that begins with the image.
    pub since: &'static str,
    /// What to do.
    pub instead: &'static str,
}

const DEPRECATED: &str = "is deprecated and gets no updates";

/// Familiar names, sorted, with what to use.
const NAMES: &[(&str, &str, &str)] = &[
    ("adoptopenjdk", DEPRECATED, "use `eclipse-temurin`"),
    (
        "centos",
        DEPRECATED,
        "use `almalinux`, `rockylinux` or `quay.io/centos/centos:stream10`",
    ),
    ("consul", DEPRECATED, "use `hashicorp/consul`"),
    (
        "containrrr/watchtower",
        "is of a project that was archived in 2025",
        "use a maintained fork or another updater",
    ),
    (
        "django",
        DEPRECATED,
        "use `python`, and install Django with pip",
    ),
    ("java", DEPRECATED, "use `eclipse-temurin`"),
    ("jenkins", DEPRECATED, "use `jenkins/jenkins:lts`"),
    (
        "mono",
        DEPRECATED,
        "move to .NET, in `mcr.microsoft.com/dotnet/runtime`",
    ),
    ("nats-streaming", DEPRECATED, "use `nats` with JetStream"),
    (
        "openjdk",
        DEPRECATED,
        "use `eclipse-temurin`, `amazoncorretto` or another build of OpenJDK",
    ),
    (
        "opensuse",
        DEPRECATED,
        "use `opensuse/leap` or `opensuse/tumbleweed`",
    ),
    ("owncloud", DEPRECATED, "use `owncloud/server`"),
    ("piwik", DEPRECATED, "use `matomo`"),
    (
        "rails",
        DEPRECATED,
        "use `ruby`, and install Rails with bundler",
    ),
    (
        "sentry",
        DEPRECATED,
        "use Sentry's self-hosted installation",
    ),
    ("vault", DEPRECATED, "use `hashicorp/vault`"),
];

/// Beginnings of familiar names of which all are given up.
const BEGINNINGS: &[(&str, &str, &str)] = &[
    (
        "bitnami/",
        "was moved to `bitnamilegacy` in 2025, and gets no updates there",
        "use the image of the program's makers",
    ),
    (
        "bitnamilegacy/",
        "gets no updates",
        "use the image of the program's makers",
    ),
    (
        "k8s.gcr.io/",
        "gets no updates since 2023",
        "use `registry.k8s.io`",
    ),
];

/// What is known of an image, if it is given up. Early builds are what `openjdk` is still for.
pub fn of(reference: &ImageReference) -> Option<Deprecated> {
    let name = reference.familiar_name()?;
    let tag = reference
        .tag
        .as_ref()
        .and_then(|tag| tag.known())
        .unwrap_or_default();
    let is_early = |word: &str| name == "openjdk" && word == "ea";
    if tag.split('-').any(is_early) {
        return None;
    }
    let exact = NAMES
        .binary_search_by(|(known, _, _)| (*known).cmp(&name))
        .ok();
    let found = match exact {
        Some(at) => NAMES.get(at),
        None => BEGINNINGS
            .iter()
            .find(|(start, _, _)| name.starts_with(start)),
    };
    found.map(|&(_, since, instead)| Deprecated { since, instead })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_found() {
        assert!(NAMES.is_sorted());
        let of = |text: &str| of(&ImageReference::parse(text).unwrap()).map(|found| found.instead);
        assert_eq!(
            of("docker.io/library/vault:1"),
            Some("use `hashicorp/vault`")
        );
        assert_eq!(
            of("bitnami/redis"),
            Some("use the image of the program's makers")
        );
        assert_eq!(of("openjdk:27-ea-slim"), None);
        assert_eq!(of("hashicorp/vault"), None);
        assert_eq!(of("example.com/bitnami/redis"), None);
    }
}

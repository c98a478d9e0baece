//! Build arguments that exist without an ARG.
//!
//! Sources: the sections on predefined ARGs, platform ARGs and built-in build args of
//! <https://docs.docker.com/reference/dockerfile/>, `BUILDKIT_DOCKERFILE_CHECK` from
//! <https://docs.docker.com/build/checks/>, and `frontend/dockerfile/dockerfile2llb` of moby/buildkit for the
//! ones that the page leaves out.

/// How an argument comes to exist.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Predefined {
    /// A proxy setting. Usable in RUN of every stage without ARG, and kept out of the history. Empty unless
    /// the user passes it.
    Proxy,
    /// A property of the build, always set in the global scope, that is in FROM. A stage sees it only after
    /// `ARG NAME`.
    Platform,
    /// A switch of the builder that a user may pass with `--build-arg`. A stage sees it only after
    /// `ARG NAME`.
    Builder,
}

/// The proxy settings; each exists in lower case too.
const PROXIES: [&str; 5] = [
    "ALL_PROXY",
    "FTP_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
];

const PLATFORM: [&str; 11] = [
    "BUILDARCH",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDPLATFORM",
    "BUILDVARIANT",
    "TARGETARCH",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETPLATFORM",
    "TARGETSTAGE",
    "TARGETVARIANT",
];

/// What the builder makes of an argument's name; `None` for one that only the Dockerfile can define.
pub fn predefined(name: &str) -> Option<Predefined> {
    let is_proxy = |proxy: &&str| {
        let is_small = || !name.bytes().any(|byte| byte.is_ascii_uppercase());
        **proxy == *name || (proxy.eq_ignore_ascii_case(name) && is_small())
    };
    if PROXIES.iter().any(is_proxy) {
        Some(Predefined::Proxy)
    } else if PLATFORM.contains(&name) {
        Some(Predefined::Platform)
    } else if name == "SOURCE_DATE_EPOCH" || name.starts_with("BUILDKIT_") {
        Some(Predefined::Builder)
    } else {
        None
    }
}

/// The names that a Dockerfile can use in FROM without declaring them.
pub fn global_names() -> impl Iterator<Item = &'static str> {
    PLATFORM.iter().copied()
}

/// The proxy settings, which every `RUN` can use.
pub fn proxy_names() -> impl Iterator<Item = &'static str> {
    PROXIES.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("HTTP_PROXY", Some(Predefined::Proxy)),
            ("http_proxy", Some(Predefined::Proxy)),
            ("no_proxy", Some(Predefined::Proxy)),
            ("All_Proxy", None),
            ("PROXY", None),
            ("TARGETPLATFORM", Some(Predefined::Platform)),
            ("BUILDVARIANT", Some(Predefined::Platform)),
            ("TARGETSTAGE", Some(Predefined::Platform)),
            ("targetarch", None),
            ("BUILDKIT_INLINE_CACHE", Some(Predefined::Builder)),
            ("SOURCE_DATE_EPOCH", Some(Predefined::Builder)),
            ("VERSION", None),
            ("", None),
        ] {
            assert_eq!(predefined(name), expected, "{name}");
        }
        assert!(global_names().all(|name| predefined(name) == Some(Predefined::Platform)));
    }
}

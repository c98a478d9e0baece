//! Patterns for images, as lists of allowed and denied registries and images have them.
//!
//! `*` stands for any characters but `/`; at the end of a pattern with a `/` for anything. Names are compared in
//! full: `nginx` is `docker.io/library/nginx`.

use super::image::{DOCKER_HUB, ImageReference};

/// A pattern for images: `[registry/]path[:tag][@digest]`, or a registry alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImagePattern {
    /// The registry, perhaps with `*`.
    registry: String,
    /// What follows it; `None` where the pattern is for a whole registry.
    path: Option<String>,
    /// The tag, perhaps with `*`.
    tag: Option<String>,
    /// The digest.
    digest: Option<String>,
}

impl ImagePattern {
    /// A pattern for registries: `ghcr.io`, `*.example.com`, `localhost:5000`, or a part of one, such as
    /// `docker.io/library/*` or `ghcr.io/example`.
    pub fn registry(text: &str) -> ImagePattern {
        let text = text.trim().trim_end_matches('/');
        let (registry, path) = match text.split_once('/') {
            Some((registry, path)) => (registry, Some(path.to_owned())),
            None => (text, None),
        };
        ImagePattern {
            registry: normal(registry),
            path,
            tag: None,
            digest: None,
        }
    }

    /// A pattern for images: `nginx`, `nginx:1.*`, `ghcr.io/example/*`, `bitnami/*`.
    pub fn image(text: &str) -> ImagePattern {
        let text = text.trim();
        let (text, digest) = match text.split_once('@') {
            Some((text, digest)) => (text, Some(digest.to_owned())),
            None => (text, None),
        };
        let last = text.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match text[last..].find(':') {
            Some(colon) => (
                &text[..last + colon],
                Some(text[last + colon + 1..].to_owned()),
            ),
            None => (text, None),
        };
        let (registry, path) = match name.split_once('/') {
            Some((first, path))
                if first == "localhost" || first == "*" || first.contains(['.', ':']) =>
            {
                (normal(first), path.to_owned())
            }
            Some(_) => (DOCKER_HUB.to_owned(), name.to_owned()),
            None if name == "*" => ("*".to_owned(), name.to_owned()),
            None => (DOCKER_HUB.to_owned(), format!("library/{name}")),
        };
        ImagePattern {
            registry,
            path: Some(path),
            tag,
            digest,
        }
    }

    /// Whether the pattern is for an image; `None` if a part that matters is unknown.
    pub fn matches(&self, image: &ImageReference) -> Option<bool> {
        if !glob(&self.registry, &image.registry()?, false) {
            return Some(false);
        }
        let Some(path) = &self.path else {
            return Some(true);
        };
        let wanted = path.strip_suffix("/*").unwrap_or(path);
        let is_open = wanted.len() < path.len() || path == "*";
        let name = image.path.known()?;
        let is_short = image.is_on_docker_hub()? && !name.contains('/');
        let full = if is_short {
            format!("library/{name}")
        } else {
            name.to_owned()
        };
        let is_path = path == "*"
            || glob(wanted, &full, false)
            || (is_open && folders(&full).any(|folder| glob(wanted, folder, false)));
        if !is_path {
            return Some(false);
        }
        if let Some(tag) = &self.tag {
            let is_tag = match &image.tag {
                Some(own) => glob(tag, own.known()?, true),
                None => image.digest.is_none() && glob(tag, "latest", true),
            };
            if !is_tag {
                return Some(false);
            }
        }
        match (&self.digest, &image.digest) {
            (None, _) => Some(true),
            (Some(digest), Some(own)) => Some(*digest == own.known()?),
            (Some(_), None) => Some(false),
        }
    }

    /// Whether the pattern is for the registry of an image, or a part of it that the image is in; `None` if a
    /// part that matters is unknown.
    pub fn matches_registry(&self, image: &ImageReference) -> Option<bool> {
        match &self.path {
            Some(path) if !path.contains('*') => {
                let open = ImagePattern {
                    path: Some(format!("{path}/*")),
                    ..self.clone()
                };
                Some(self.matches(image)? || open.matches(image)?)
            }
            _ => self.matches(image),
        }
    }
}

fn normal(registry: &str) -> String {
    let registry = registry.to_ascii_lowercase();
    match &*registry {
        "index.docker.io" | "registry-1.docker.io" => DOCKER_HUB.to_owned(),
        _ => registry,
    }
}

/// The folders that a path lies in: `a/b` and `a` for `a/b/c`.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whether a text follows a pattern in which `*` stands for any characters, slashes only if `any` says so.
fn glob(pattern: &str, text: &str, any: bool) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where the last star stands, and how much of the text it has taken.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(byte) if *byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) if any || text[taken] != b'/' => {
                    star = Some((at, taken + 1));
                    p = at + 1;
                    t = taken + 1;
                }
                _ => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry(pattern: &str, image: &str) -> Option<bool> {
        let image = ImageReference::parse(image).expect("a reference");
        ImagePattern::registry(pattern).matches_registry(&image)
    }

    fn image(pattern: &str, image: &str) -> Option<bool> {
        let image = ImageReference::parse(image).expect("a reference");
        ImagePattern::image(pattern).matches(&image)
    }

    #[test]
    fn registries_are_compared_by_their_normal_names() {
        for (pattern, reference, expected) in [
            ("docker.io", "debian", true),
            ("index.docker.io", "debian", true),
            ("docker.io", "registry-1.docker.io/a/b", true),
            ("docker.io", "ghcr.io/a/b", false),
            ("ghcr.io", "GHCR.io/a/b:1", true),
            ("localhost:5000", "localhost:5000/a", true),
            ("localhost", "localhost:5000/a", false),
            ("*.example.com", "a.b.example.com/c", true),
            ("*.example.com", "example.com/c", false),
            ("*.example.com", "example.org/a.example.com/c", false),
            ("*", "ghcr.io/a", true),
            ("docker.io/library", "debian", true),
            ("docker.io/library/*", "debian:13", true),
            ("docker.io/library/*", "a/debian", false),
            ("ghcr.io/team", "ghcr.io/team/a/b", true),
            ("ghcr.io/team/*", "ghcr.io/team/a/b", true),
            ("ghcr.io/team", "ghcr.io/teams/a", false),
            ("ghcr.io/t*/a", "ghcr.io/team/a", true),
        ] {
            assert_eq!(
                registry(pattern, reference),
                Some(expected),
                "{pattern} {reference}"
            );
        }
        assert_eq!(registry("ghcr.io", "$X/a"), None);
        assert_eq!(registry("ghcr.io", "ghcr.io/$X"), Some(true));
        assert_eq!(registry("ghcr.io/a", "ghcr.io/$X"), None);
        assert_eq!(registry("ghcr.io/a", "quay.io/$X"), Some(false));
    }

    #[test]
    fn images_are_compared_with_tag_and_digest() {
        let digest = format!("sha256:{}", "a".repeat(64));
        for (pattern, reference, expected) in [
            ("nginx", "docker.io/library/nginx:1", true),
            ("nginx", "nginx", true),
            ("nginx", "bitnami/nginx", false),
            ("nginx:1.*", "nginx:1.29", true),
            ("nginx:1.*", "nginx:2", false),
            ("nginx:latest", "nginx", true),
            ("nginx:*", "nginx", true),
            ("bitnami/*", "bitnami/redis:8", true),
            ("bitnami/*", "redis", false),
            ("ghcr.io/a/*", "ghcr.io/a/b/c", true),
            ("*/team/app", "registry.example.com/team/app", true),
            ("*", "ghcr.io/a/b", true),
            ("localhost:5000/a:1", "localhost:5000/a:1", true),
            (
                &format!("nginx@{digest}"),
                &format!("nginx:1@{digest}"),
                true,
            ),
            (&format!("nginx@{digest}"), "nginx:1", false),
        ] {
            assert_eq!(
                image(pattern, reference),
                Some(expected),
                "{pattern} {reference}"
            );
        }
        assert_eq!(image("nginx:1", "nginx:$X"), None);
        assert_eq!(image("redis:1", "nginx:$X"), Some(false));
    }
}

//! Base images: who runs in them, with which shell, package manager and environment.
//!
//! The table is `images.yaml`, with the source of each fact; `images/table.rs` is made from it, so that nothing
//! is read at run time. An image that is not in it is unknown, and so is each field that its entry
//! leaves out. Where the tag is unknown, a fact is given only if it holds for every tag.

mod table;

use table::{ENTRIES, NAMES, PATTERNS};

use crate::grammar::image::ImageReference;

/// What is known of an image. Fields without a value are unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Image {
    /// What the image is built from.
    pub family: Option<Family>,
    /// Who runs in it by default.
    pub user: Option<DefaultUser>,
    /// The name or number of that user, where it is not root.
    pub runs_as: Option<&'static str>,
    /// What `/bin/sh` is.
    pub shell: Option<Shell>,
    /// How packages are installed.
    pub package_manager: Option<PackageManager>,
    /// What becomes of the words of `CMD`.
    pub entrypoint: Option<Entrypoint>,
    /// Names that a current version of the image sets with ENV, sorted. An old version may set more.
    pub env: Option<&'static [&'static str]>,
}

/// What an image is built from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Family {
    /// Debian and Ubuntu.
    Debian,
    /// Alpine Linux.
    Alpine,
    /// Red Hat's and everything else with RPM packages but SUSE's.
    Redhat,
    /// openSUSE.
    Suse,
    /// Arch Linux.
    Arch,
    /// Chainguard's Wolfi.
    Wolfi,
    /// BusyBox alone.
    Busybox,
    /// Libraries and no programs.
    Distroless,
    /// Nothing.
    Scratch,
    /// Windows.
    Windows,
}

/// Who runs in an image by default.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DefaultUser {
    /// The superuser.
    Root,
    /// The image's entrypoint begins as root, prepares, and goes on as somebody else. What a Dockerfile
    /// runs on top is run by root.
    StepsDown,
    /// Somebody else.
    NonRoot,
}

/// What `/bin/sh` is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shell {
    /// Debian's Almquist shell.
    Dash,
    /// BusyBox's Almquist shell.
    Ash,
    /// The GNU shell.
    Bash,
    /// There is none: a RUN in shell form fails.
    None,
    /// The Windows command processor.
    Cmd,
}

/// How packages are installed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PackageManager {
    /// Debian's `apt-get`.
    Apt,
    /// Alpine's and Wolfi's `apk`.
    Apk,
    /// Fedora's `dnf`.
    Dnf,
    /// The small `dnf` without Python.
    Microdnf,
    /// The older `yum`.
    Yum,
    /// Azure Linux' `tdnf`.
    Tdnf,
    /// openSUSE's `zypper`.
    Zypper,
    /// Arch Linux' `pacman`.
    Pacman,
    /// Nothing.
    None,
}

/// What becomes of the words of `CMD`. Entrypoints that do other things with them are not told apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Entrypoint {
    /// There is no entrypoint: they are what is run.
    None,
    /// The entrypoint ends by running them, if the first one is a program.
    PassesOn,
}

/// One entry of the table.
#[derive(Debug)]
struct Entry {
    tags: &'static [&'static str],
    family: Option<Family>,
    user: Option<DefaultUser>,
    runs_as: Option<&'static str>,
    shell: Option<Shell>,
    packages: Option<PackageManager>,
    entrypoint: Option<Entrypoint>,
    env: Option<&'static [&'static str]>,
}

impl Entry {
    fn facts(&'static self) -> Image {
        Image {
            family: self.family,
            user: self.user,
            runs_as: self.runs_as,
            shell: self.shell,
            package_manager: self.packages,
            entrypoint: self.entrypoint,
            env: self.env,
        }
    }
}

impl Image {
    /// What both agree on.
    fn common(self, other: &Image) -> Image {
        fn same<T: PartialEq>(a: Option<T>, b: Option<&T>) -> Option<T> {
            a.filter(|a| b == Some(a))
        }
        Image {
            family: same(self.family, other.family.as_ref()),
            user: same(self.user, other.user.as_ref()),
            runs_as: same(self.runs_as, other.runs_as.as_ref()),
            shell: same(self.shell, other.shell.as_ref()),
            package_manager: same(self.package_manager, other.package_manager.as_ref()),
            entrypoint: same(self.entrypoint, other.entrypoint.as_ref()),
            env: same(self.env, other.env.as_ref()),
        }
    }
}

/// What is known of the image that a reference names; `None` if that is nothing. Only the name and the tag
/// count, since a digest says nothing by itself.
pub fn image(reference: &ImageReference) -> Option<Image> {
    let name = reference.familiar_name()?;
    let tag = match &reference.tag {
        Some(tag) => tag.known(),
        None if reference.is_untagged() => Some("latest"),
        None => None,
    };
    by_name(&name, tag)
}

/// What is known of an image by its familiar name, and its tag unless that is unknown.
fn by_name(name: &str, tag: Option<&str>) -> Option<Image> {
    let entries = called(name);
    if entries.is_empty() {
        return None;
    }
    match tag {
        Some(tag) => {
            let by_tag = entries
                .iter()
                .filter_map(|entry| specificity(entry.tags, tag).map(|specific| (specific, entry)))
                .max_by_key(|(specific, _)| *specific)
                .map(|(_, entry)| *entry);
            let entry = by_tag.or_else(|| entries.into_iter().find(|entry| entry.tags.is_empty()));
            entry.map(Entry::facts)
        }
        None => {
            let all_tags = entries.iter().any(|entry| entry.tags.is_empty());
            let mut facts = entries.iter().map(|entry| entry.facts());
            let first = facts.next().filter(|_| all_tags)?;
            Some(facts.fold(first, |common, facts| common.common(&facts)))
        }
    }
}

/// The entries for a name. The name itself counts before a pattern, and the longer of two patterns before the shorter.
fn called(name: &str) -> Vec<&'static Entry> {
    let start = NAMES.partition_point(|(known, _)| *known < name);
    let same = NAMES[start..]
        .iter()
        .take_while(|(known, _)| *known == name);
    let mut entries: Vec<&Entry> = same.map(|(_, at)| &ENTRIES[*at]).collect();
    if !entries.is_empty() {
        return entries;
    }
    let mut longest = 0;
    for (pattern, at) in PATTERNS {
        if pattern.len() < longest || !matches(pattern, name) {
            continue;
        }
        if pattern.len() > longest {
            longest = pattern.len();
            entries.clear();
        }
        entries.push(&ENTRIES[*at]);
    }
    entries
}

/// How closely one of the patterns describes a text: larger is closer, and the text itself is closest.
fn specificity(patterns: &[&str], text: &str) -> Option<usize> {
    patterns
        .iter()
        .filter(|pattern| matches(pattern, text))
        .map(|pattern| {
            if pattern.contains('*') {
                pattern.len()
            } else {
                usize::MAX
            }
        })
        .max()
}

/// Whether a text fits a pattern, in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    // Nearly every pattern begins with something else, and this shows it the soonest.
    let pairs = pattern.bytes().zip(text.bytes());
    let same = pairs.take_while(|(wanted, byte)| wanted == byte && *wanted != b'*');
    let same = same.count();
    let (Some(rest), Some(mut text)) = (pattern.get(same..), text.get(same..)) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix('*') else {
        return rest.is_empty() && text.is_empty();
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text.ends_with(part);
        }
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn facts(text: &str) -> Option<Image> {
        image(&ImageReference::parse(text).unwrap())
    }

    #[test]
    fn the_table_is_sorted_and_without_duplicates() {
        assert!(NAMES.is_sorted());
        let mut seen = HashSet::new();
        for (name, at) in NAMES.iter().chain(PATTERNS) {
            let tags = ENTRIES[*at].tags;
            if tags.is_empty() {
                assert!(seen.insert((*name, "")), "{name}");
            }
            for tag in tags {
                assert!(seen.insert((*name, *tag)), "{name}:{tag}");
            }
        }
        for entry in ENTRIES.iter() {
            if let Some(env) = &entry.env {
                assert!(env.is_sorted() && env.contains(&"PATH"), "{entry:?}");
            }
        }
    }

    #[test]
    fn a_root_user_has_no_other_name() {
        for entry in ENTRIES.iter() {
            let windows = entry.family == Some(Family::Windows);
            if entry.user != Some(DefaultUser::NonRoot) && !windows {
                assert_eq!(entry.runs_as, None, "{entry:?}");
            }
        }
    }

    #[test]
    fn the_tag_decides_between_variants() {
        for (reference, family, shell) in [
            ("node", Family::Debian, Shell::Dash),
            ("node:22-alpine3.23", Family::Alpine, Shell::Ash),
            ("docker.io/library/node:alpine", Family::Alpine, Shell::Ash),
            ("python:3.13-slim-trixie", Family::Debian, Shell::Dash),
            (
                "gcr.io/distroless/static-debian12:nonroot",
                Family::Distroless,
                Shell::None,
            ),
            (
                "mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled",
                Family::Distroless,
                Shell::None,
            ),
            (
                "mcr.microsoft.com/dotnet/aspnet:9.0-azurelinux3.0-distroless",
                Family::Distroless,
                Shell::None,
            ),
            (
                "mcr.microsoft.com/dotnet/aspnet:9.0-azurelinux3.0",
                Family::Redhat,
                Shell::Bash,
            ),
            (
                "registry.access.redhat.com/ubi9/ubi-minimal:9.4",
                Family::Redhat,
                Shell::Bash,
            ),
            ("scratch", Family::Scratch, Shell::None),
        ] {
            let facts = facts(reference).unwrap();
            assert_eq!(
                (facts.family, facts.shell),
                (Some(family), Some(shell)),
                "{reference}"
            );
        }
    }

    #[test]
    fn default_users() {
        for (reference, user, runs_as) in [
            ("nginx", Some(DefaultUser::Root), None),
            (
                "nginxinc/nginx-unprivileged:1.29-alpine",
                Some(DefaultUser::NonRoot),
                Some("101"),
            ),
            ("postgres:17-alpine", Some(DefaultUser::StepsDown), None),
            (
                "gcr.io/distroless/base-debian12",
                Some(DefaultUser::Root),
                None,
            ),
            (
                "gcr.io/distroless/base-debian12:debug-nonroot",
                Some(DefaultUser::NonRoot),
                Some("65532"),
            ),
            (
                "gcr.io/distroless/base-debian12:debug",
                Some(DefaultUser::Root),
                None,
            ),
            (
                "elasticsearch:8.15.5",
                Some(DefaultUser::NonRoot),
                Some("1000:0"),
            ),
            (
                "cgr.dev/chainguard/wolfi-base",
                Some(DefaultUser::Root),
                None,
            ),
            ("cgr.dev/chainguard/python:latest-dev", None, None),
            (
                "wordpress:cli-php8.4",
                Some(DefaultUser::NonRoot),
                Some("www-data"),
            ),
        ] {
            let facts = facts(reference).unwrap();
            assert_eq!((facts.user, facts.runs_as), (user, runs_as), "{reference}");
        }
    }

    #[test]
    fn entrypoints() {
        for (reference, entrypoint) in [
            ("debian:13", Some(Entrypoint::None)),
            ("node:$VERSION", Some(Entrypoint::PassesOn)),
            ("nginx:1.29", None),
        ] {
            assert_eq!(
                facts(reference).unwrap().entrypoint,
                entrypoint,
                "{reference}"
            );
        }
    }

    #[test]
    fn an_unknown_tag_gives_what_all_tags_share() {
        let node = facts("node:$VERSION").unwrap();
        assert_eq!(node.user, Some(DefaultUser::Root));
        assert_eq!(
            (node.family, node.shell, node.package_manager),
            (None, None, None)
        );
        assert!(node.env.is_some());
        let hex = "0".repeat(64);
        assert_eq!(facts(&format!("node@sha256:{hex}")), Some(node));
        assert_eq!(facts("gcr.io/distroless/static:$TAG").unwrap().user, None);
        assert_eq!(facts("elasticsearch:$TAG"), None);
    }

    #[test]
    fn what_is_not_in_the_table_is_unknown() {
        for reference in [
            "me/node",
            "ghcr.io/library/node",
            "$IMAGE",
            "$REG/node",
            "elasticsearch:7.17.0",
            "node$X",
        ] {
            assert_eq!(facts(reference), None, "{reference}");
        }
    }

    #[test]
    fn patterns() {
        for (pattern, text, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("*b*", "abc", true),
            ("a*b*c", "axbxc", true),
            ("a*b*c", "acb", false),
            ("*b*b", "b", false),
            ("*-x*", "a-x", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}

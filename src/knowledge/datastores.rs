//! Datastores: databases, caches, queues and search engines that people run from an image; on which ports they
//! serve and in which directories their data is.
//!
//! The table is `datastores.yaml`, with the source of each fact; `datastores/table.rs` is made from it. Ports hold
//! for every image of a program, directories only for the images whose Dockerfile was read, and only for the
//! major version that the tag tells.

mod table;

use table::{BASENAMES, ENTRIES, NAMES};

use crate::grammar::image::ImageReference;

/// What is known of the datastore in an image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Datastore {
    entry: &'static Entry,
    /// Whether the image itself is in the table, rather than another one with the same program.
    is_listed: bool,
    /// The major version, where the tag tells it.
    pub major: Option<u32>,
}

/// Whether data is lost with the container.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Keeps {
    /// It keeps data that nobody wants to lose.
    Data,
    /// A cache, a queue, an index or a cluster's memory: many run it without keeping anything.
    Maybe,
    /// It has nothing but its memory.
    Nothing,
}

/// Where an image has its data.
#[derive(PartialEq, Eq, Debug)]
pub struct Layout {
    /// The first major version with it.
    since: u32,
    /// The directories where a volume belongs. `None` if nobody knows; empty if there is nothing to keep.
    pub data: Option<&'static [&'static str]>,
    /// Directories where a volume is often put, and where this version has no data.
    pub mistaken: &'static [&'static str],
}

/// One entry of the table.
#[derive(PartialEq, Eq, Debug)]
struct Entry {
    names: &'static [&'static str],
    basenames: &'static [&'static str],
    title: &'static str,
    ports: &'static [u16],
    keeps: Keeps,
    current: Option<u32>,
    floating: &'static [&'static str],
    version: Version,
    moved_by: &'static [&'static str],
    layouts: &'static [Layout],
}

/// Which word of a tag tells the version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Version {
    /// The first: `17.2-alpine`.
    Leading,
    /// The one behind `pg`: `0.8.0-pg17`.
    Pg,
}

/// The datastore in the image that a reference names.
pub fn of(reference: &ImageReference) -> Option<Datastore> {
    let name = reference.familiar_name()?;
    // A mirror of Docker Hub keeps the official images where the Hub itself has them.
    let official = name.rsplit_once("library/").map(|(_, name)| name);
    let listed = |name: &str| named(NAMES, name);
    let found = listed(&name).or_else(|| official.and_then(listed));
    let (entry, is_listed) = match found {
        Some(entry) => (entry, true),
        None => {
            let base = name.rsplit('/').next().unwrap_or_default();
            (named(BASENAMES, base)?, false)
        }
    };
    let major = match &reference.tag {
        Some(tag) => tag.known().and_then(|tag| entry.major(tag)),
        None => entry.current.filter(|_| reference.is_untagged()),
    };
    Some(Datastore {
        entry,
        is_listed,
        major,
    })
}

/// The entry that a sorted list has for a name.
fn named(list: &[(&str, usize)], name: &str) -> Option<&'static Entry> {
    let found = list.binary_search_by_key(&name, |(known, _)| known);
    found.ok().map(|at| &ENTRIES[list[at].1])
}

impl Datastore {
    /// What it is called, such as `PostgreSQL`.
    pub fn title(&self) -> &'static str {
        self.entry.title
    }

    /// Whether the image itself was read, rather than another one with the same program.
    pub fn is_listed(&self) -> bool {
        self.is_listed
    }

    /// The TCP ports inside the container on which it serves, sorted.
    pub fn ports(&self) -> &'static [u16] {
        self.entry.ports
    }

    /// Whether data is lost with the container.
    pub fn keeps(&self) -> Keeps {
        self.entry.keeps
    }

    /// Environment variables that put the data into other directories than those of [`Datastore::layout`].
    pub fn moved_by(&self) -> &'static [&'static str] {
        self.entry.moved_by
    }

    /// Where its version has the data. `None` if the image is not one of those that were read, or if the tag does
    /// not tell the version and versions differ.
    pub fn layout(&self) -> Option<&'static Layout> {
        let layouts = self.entry.layouts;
        if !self.is_listed {
            return None;
        }
        match (self.major, layouts) {
            (_, [only]) => Some(only),
            (Some(major), all) => all.iter().rev().find(|layout| layout.since <= major),
            (None, _) => None,
        }
    }

    /// The directories in which any version of the image has data. `None` if those of some version are unknown.
    pub fn data_of_any_version(&self) -> Option<Vec<&'static str>> {
        let mut all = Vec::new();
        for layout in self.entry.layouts.iter().filter(|_| self.is_listed) {
            all.extend_from_slice(layout.data?);
        }
        self.is_listed.then_some(all)
    }
}

impl Entry {
    /// The major version that a tag tells.
    fn major(&self, tag: &str) -> Option<u32> {
        if tag == "latest" || self.floating.contains(&tag) {
            return self.current;
        }
        let word = match self.version {
            Version::Leading => tag.strip_prefix('v').unwrap_or(tag),
            Version::Pg => tag.split('-').find_map(|word| word.strip_prefix("pg"))?,
        };
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        word[..digits].parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn datastore(text: &str) -> Option<Datastore> {
        of(&ImageReference::parse(text).expect("a reference"))
    }

    fn data(text: &str) -> Option<&'static [&'static str]> {
        datastore(text)?.layout()?.data
    }

    #[test]
    fn the_table_is_sorted() {
        let names: Vec<&str> = ENTRIES
            .iter()
            .flat_map(|entry| entry.names)
            .copied()
            .collect();
        for entry in ENTRIES {
            assert!(entry.names.is_sorted() && entry.basenames.is_sorted());
            assert!(entry.ports.is_sorted(), "{entry:?}");
            assert!(entry.layouts.is_sorted_by_key(|layout| layout.since));
            for name in entry.names {
                assert_eq!(
                    names.iter().filter(|other| *other == name).count(),
                    1,
                    "{name}"
                );
            }
            for layout in entry.layouts {
                let mut dirs = layout
                    .data
                    .unwrap_or_default()
                    .iter()
                    .chain(layout.mistaken);
                assert!(dirs.all(|dir| dir.starts_with('/') && !dir.ends_with('/')));
                let data = layout.data.unwrap_or_default();
                assert!(
                    !layout.mistaken.iter().any(|dir| data.contains(dir)),
                    "{entry:?}"
                );
            }
        }
    }

    #[test]
    fn the_tag_tells_where_the_data_is() {
        let before: &[&str] = &["/var/lib/postgresql/data"];
        let since: &[&str] = &["/var/lib/postgresql"];
        for text in [
            "postgres:17",
            "postgres:9.6-alpine3.5",
            "docker.io/library/postgres:16.3",
        ] {
            assert_eq!(data(text), Some(before), "{text}");
        }
        for text in [
            "postgres",
            "postgres:latest",
            "postgres:18beta1",
            "postgres:alpine",
        ] {
            assert_eq!(data(text), Some(since), "{text}");
        }
        assert_eq!(data("postgis/postgis:17-3.5"), Some(before));
        assert_eq!(data("pgvector/pgvector:0.8.0-pg17"), Some(before));
        assert_eq!(data("pgvector/pgvector:pg18-trixie"), Some(since));
        assert_eq!(
            data("mirror.example.com/hub/library/postgres:15"),
            Some(before)
        );
        for text in [
            "postgres:$TAG",
            "postgres:bullseye",
            "postgres@sha256:0000000000000000000000000000000000000000000000000000000000000000",
            "postgis/postgis",
            "pgvector/pgvector:latest",
            "example/postgres:17",
            "ghcr.io/example/postgres:17",
        ] {
            let found = datastore(text).expect("a datastore");
            assert_eq!((found.title(), found.ports()), ("PostgreSQL", &[5432][..]));
            assert_eq!(found.layout(), None, "{text}");
        }
        assert_eq!(
            data("influxdb:1.8-alpine"),
            Some(&["/var/lib/influxdb"][..])
        );
        assert_eq!(data("influxdb:2"), Some(&["/var/lib/influxdb2"][..]));
        assert_eq!((data("influxdb:3-core"), data("influxdb")), (None, None));
    }

    #[test]
    fn images_with_one_layout_have_it_under_every_tag() {
        for text in ["mysql:$TAG", "mysql", "mysql:lts"] {
            assert_eq!(data(text), Some(&["/var/lib/mysql"][..]), "{text}");
        }
        assert_eq!(data("memcached:1.6"), Some(&[][..]));
        let memcached = datastore("memcached").expect("a datastore");
        assert_eq!(memcached.keeps(), Keeps::Nothing);
        assert_eq!(
            data("bitnami/postgresql:16"),
            Some(&["/bitnami/postgresql"][..])
        );
    }

    #[test]
    fn a_volume_of_an_unknown_version_may_be_that_of_any() {
        let any = |text| datastore(text).expect("a datastore").data_of_any_version();
        let both = vec!["/var/lib/postgresql/data", "/var/lib/postgresql"];
        assert_eq!(any("postgres:$TAG"), Some(both));
        assert_eq!((any("influxdb"), any("example/postgres")), (None, None));
    }

    #[test]
    fn other_images_are_none() {
        for text in [
            "nginx",
            "mongo-express",
            "redis/redis-exporter",
            "$IMAGE",
            "example/app:postgres",
        ] {
            assert_eq!(datastore(text), None, "{text}");
        }
    }
}

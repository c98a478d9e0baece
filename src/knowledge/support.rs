//! Until when releases of distributions, languages and databases are supported.
//!
//! The table is `support.yaml`, with the source of each list; `support/table.rs` is made from it. Nothing here
//! looks at a clock: what is past is told by [`TODAY`], the day on which the table was last looked through.

mod table;

use std::fmt;
use std::ops::Range;

use table::PRODUCTS;
pub use table::TODAY;

use crate::grammar::image::ImageReference;

/// A day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// Of the common era.
    pub year: i32,
    /// From 1.
    pub month: i32,
    /// From 1.
    pub day: i32,
}

impl Date {
    /// How many days it is behind `other`; negative if before.
    pub fn days_since(self, other: Date) -> i32 {
        self.number() - other.number()
    }

    /// The number of the day in the calendar, from the first of March of a year 0 on.
    fn number(self) -> i32 {
        // Years begin with March, so that the leap day is the last one.
        let (year, month) = match self.month {
            1 | 2 => (self.year - 1, self.month + 9),
            month => (self.year, month - 3),
        };
        year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + self.day - 1
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A product.
#[derive(Debug)]
struct Product {
    names: &'static [&'static str],
    title: &'static str,
    suffix: Option<&'static str>,
    supported: &'static [&'static str],
    releases: &'static [Release],
}

/// A release of a product.
#[derive(Debug)]
struct Release {
    version: &'static str,
    codenames: &'static [&'static str],
    end: Date,
}

/// The end of support of something that is in an image.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// What it is, such as `Debian`.
    pub title: &'static str,
    /// Its release, such as `12`.
    pub version: &'static str,
    /// The last day of its support.
    pub end: Date,
    /// Releases to use instead, newest first.
    pub supported: &'static [&'static str],
    /// Where the tag says so, in bytes of the reference.
    pub range: Range<usize>,
}

/// The releases that the tag of an image names, and until when each is supported: first that of the image itself,
/// then that of the distribution below it.
pub fn of(reference: &ImageReference) -> Vec<Support> {
    let mut found = Vec::new();
    let (Some(name), Some(tag)) = (reference.familiar_name(), &reference.tag) else {
        return found;
    };
    let Some(text) = tag.known() else {
        return found;
    };
    let product = PRODUCTS
        .iter()
        .find(|product| product.names.contains(&&*name));
    let is_official = reference.is_official() == Some(true);
    let mut start = tag.range.start;
    for (index, word) in text.split('-').enumerate() {
        let range = start..start + word.len();
        start = range.end + 1;
        let own = product.and_then(|product| {
            let release = product.release(word).filter(|_| index == 0);
            Some((product, release.or_else(|| product.called(word))?))
        });
        // Other images have what they are built on behind their own version.
        let below = || {
            may_follow(word).then_some(())?;
            let mut all = PRODUCTS.iter().filter(|_| is_official || product.is_some());
            all.find_map(|product| {
                let version = product.suffix.and_then(|suffix| word.strip_prefix(suffix));
                let release = version.and_then(|version| product.release(version));
                Some((product, release.or_else(|| product.called(word))?))
            })
        };
        if let Some((product, release)) = own.or_else(below) {
            found.push(Support {
                title: product.title,
                version: release.version,
                end: release.end,
                supported: product.supported,
                range,
            });
        }
    }
    found
}

/// False if a word surely is no release of any product, neither by its codename nor by a version behind a suffix.
fn may_follow(word: &str) -> bool {
    const SUFFIXES: u32 = {
        let mut letters = 0;
        let mut index = 0;
        while index < PRODUCTS.len() {
            if let Some(suffix) = PRODUCTS[index].suffix {
                letters |= match suffix.as_bytes() {
                    [first, ..] => 1 << (*first & 31),
                    [] => u32::MAX,
                };
            }
            index += 1;
        }
        letters
    };
    word.bytes().next().is_some_and(|first| {
        let is_suffix = SUFFIXES & 1 << (first & 31) != 0;
        is_suffix || CODENAMES[usize::from(first)] & length(word) != 0
    })
}

impl Product {
    /// The release that a version belongs to: `3.9.18` to `3.9`.
    fn release(&self, version: &str) -> Option<&'static Release> {
        self.releases.iter().find(|release| {
            let rest = version.strip_prefix(release.version);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    fn called(&self, codename: &str) -> Option<&'static Release> {
        // Most words are numbers or variants, and no codename is as long and begins like them.
        let first = codename.bytes().next()?;
        if CODENAMES[usize::from(first)] & length(codename) == 0 {
            return None;
        }
        self.releases
            .iter()
            .find(|release| release.codenames.contains(&codename))
    }
}

/// For each first letter the lengths of the codenames that begin with it, as bits.
const CODENAMES: [u32; 256] = {
    let mut lengths = [0; 256];
    let mut product = 0;
    while product < PRODUCTS.len() {
        let releases = PRODUCTS[product].releases;
        let mut release = 0;
        while release < releases.len() {
            let names = releases[release].codenames;
            let mut name = 0;
            while name < names.len() {
                lengths[names[name].as_bytes()[0] as usize] |= length(names[name]);
                name += 1;
            }
            release += 1;
        }
        product += 1;
    }
    lengths
};

/// The length of a name as a bit.
const fn length(name: &str) -> u32 {
    1 << (name.len() % 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: i32, day: i32) -> Date {
        Date { year, month, day }
    }

    fn support(text: &str) -> Vec<String> {
        of(&ImageReference::parse(text).expect("a reference"))
            .into_iter()
            .map(|found| {
                let place = &text[found.range];
                format!("{} {} {} {place}", found.title, found.version, found.end)
            })
            .collect()
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(date(2024, 3, 1).days_since(date(2024, 2, 28)), 2);
        assert_eq!(date(2025, 3, 1).days_since(date(2025, 2, 28)), 1);
        assert_eq!(date(2026, 11, 22).days_since(date(2025, 11, 22)), 365);
        assert_eq!(date(2000, 1, 1).days_since(date(1999, 12, 31)), 1);
        assert_eq!(date(2026, 1, 1).days_since(date(2026, 11, 22)), -325);
    }

    #[test]
    fn the_table_is_sorted_and_says_when() {
        assert!(PRODUCTS.is_sorted_by_key(|product| product.names[0]));
        for product in PRODUCTS {
            assert!(product.names.is_sorted(), "{product:?}");
            for release in product.releases {
                assert!((2010..2050).contains(&release.end.year), "{release:?}");
            }
            for supported in product.supported {
                let release = product.release(supported);
                assert!(
                    release.is_none_or(|release| release.end > TODAY),
                    "{supported}"
                );
            }
        }
    }

    #[test]
    fn tags_name_a_release_and_what_it_is_built_on() {
        for (text, expected) in [
            ("debian:10", &["Debian 10 2024-06-30 10"][..]),
            (
                "debian:buster-20240612-slim",
                &["Debian 10 2024-06-30 buster"],
            ),
            (
                "docker.io/library/debian:10.13",
                &["Debian 10 2024-06-30 10.13"],
            ),
            (
                "registry.access.redhat.com/ubi7/ubi-minimal:7.9-1445",
                &["Red Hat UBI 7 2024-06-30 7.9"],
            ),
            (
                "docker.elastic.co/elasticsearch/elasticsearch:7.17.9",
                &["Elasticsearch 7 2026-01-15 7.17.9"],
            ),
            (
                "mcr.microsoft.com/windows/nanoserver:ltsc2022-amd64",
                &["Nano Server ltsc2022 2031-10-14 ltsc2022"],
            ),
            (
                "python:3.9.18-slim-bullseye",
                &[
                    "Python 3.9 2025-10-31 3.9.18",
                    "Debian 11 2026-08-31 bullseye",
                ],
            ),
            (
                "node:18-alpine3.18",
                &[
                    "Node.js 18 2025-04-30 18",
                    "Alpine 3.18 2025-05-09 alpine3.18",
                ],
            ),
            ("maven:3-jdk-focal", &["Ubuntu 20.04 2025-05-31 focal"]),
            (
                "mcr.microsoft.com/dotnet/sdk:6.0.1-focal",
                &[".NET 6 2024-11-12 6.0.1", "Ubuntu 20.04 2025-05-31 focal"],
            ),
            ("centos:centos7.9.2009", &[]),
            ("centos:centos7", &["CentOS 7 2024-06-30 centos7"]),
            (
                "amazonlinux:2.0.20230727.0",
                &["Amazon Linux 2 2026-06-30 2.0.20230727.0"],
            ),
            (
                "mcr.microsoft.com/windows/servercore:20H2-amd64",
                &["Windows Server 20H2 2022-08-09 20H2"],
            ),
            ("python:3", &[]),
            ("python:3.90", &[]),
            ("node:slim", &[]),
            ("example/app:3.9-focal", &[]),
            ("quay.io/debian:10", &[]),
            ("node:$X", &[]),
            ("node", &[]),
        ] {
            assert_eq!(support(text), expected, "{text}");
        }
    }
}

//! Platforms: `os[/arch[/variant]]`, or an architecture alone.
//!
//! Grammar and normalisation of containerd/platforms (`platforms.go`, `database.go`).

use nom::bytes::complete::take_while1;
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt, recognize};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::{GrammarError, Part, excerpt, is_known, split};

const SYSTEMS: [&str; 17] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "windows",
    "zos",
];

const ARCHITECTURES: [&str; 24] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// A platform as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Platform {
    /// The operating system, with its version in parentheses if that is given. `None` if only an
    /// architecture is.
    pub os: Option<Part>,
    /// The architecture. `None` if only a system is given.
    pub architecture: Option<Part>,
    /// The variant of the architecture.
    pub variant: Option<Part>,
}

/// A platform in its canonical spelling. Two platforms are the same if these are equal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Normalized {
    /// Lower case, without a version.
    pub os: Option<String>,
    /// Go's name: `amd64`, not `x86_64`.
    pub architecture: Option<String>,
    /// Without the default variant of the architecture.
    pub variant: Option<String>,
}

impl Platform {
    /// Reads a platform. A text that begins with a variable may name any of the parts; it is taken for the
    /// system.
    pub fn parse(text: &str) -> Result<Platform, GrammarError> {
        if text.is_empty() {
            return Err(GrammarError::new(0..0, "platform is empty"));
        }
        let parts = split(text, b'/');
        for (index, range) in parts.iter().enumerate() {
            let word = &text[range.clone()];
            let valid = if index == 0 {
                all_consuming(system).parse(word).is_ok()
            } else {
                all_consuming(component).parse(word).is_ok()
            };
            if is_known(word) && !valid {
                let message = format!("`{}` is not a valid part of a platform", excerpt(word));
                let range = if range.is_empty() {
                    0..text.len()
                } else {
                    range.clone()
                };
                return Err(GrammarError::new(range, message)
                    .with_help("write `os/arch` or `os/arch/variant`"));
            }
        }
        let part = |index: usize| parts.get(index).map(|range| Part::new(text, range.clone()));
        if parts.len() > 3 {
            let message = format!("platform `{}` has more than three parts", excerpt(text));
            return Err(
                GrammarError::new(0..text.len(), message).with_help("write `os/arch/variant`")
            );
        }
        if parts.len() == 1 && is_known(text) {
            let name = without_version(text).to_ascii_lowercase();
            if SYSTEMS.contains(&&*name) || name == "macos" {
                return Ok(Platform {
                    os: part(0),
                    architecture: None,
                    variant: None,
                });
            }
            if !ARCHITECTURES.contains(&&*normal_architecture(&name, "").0) {
                let message = format!(
                    "`{}` is no operating system and no architecture",
                    excerpt(text)
                );
                return Err(GrammarError::new(0..text.len(), message).with_help("write `os/arch`"));
            }
            return Ok(Platform {
                os: None,
                architecture: part(0),
                variant: None,
            });
        }
        Ok(Platform {
            os: part(0),
            architecture: part(1),
            variant: part(2),
        })
    }

    /// The canonical spelling; `None` if a part is unknown.
    pub fn normalized(&self) -> Option<Normalized> {
        let known = |part: &Option<Part>| match part {
            Some(part) => part.known().map(|word| Some(word.to_ascii_lowercase())),
            None => Some(None),
        };
        let os = known(&self.os)?.map(|os| match without_version(&os) {
            "macos" => "darwin".to_owned(),
            os => os.to_owned(),
        });
        let variant = known(&self.variant)?.unwrap_or_default();
        let (architecture, variant) = match known(&self.architecture)? {
            Some(architecture) => {
                let (architecture, variant) = normal_architecture(&architecture, &variant);
                (Some(architecture), variant)
            }
            None => (None, String::new()),
        };
        Some(Normalized {
            os,
            architecture,
            variant: (!variant.is_empty()).then_some(variant),
        })
    }
}

fn without_version(system: &str) -> &str {
    system.split_once('(').map_or(system, |(name, _)| name)
}

/// Go's names, without a default variant.
fn normal_architecture(architecture: &str, variant: &str) -> (String, String) {
    let (architecture, variant) = match (architecture, variant) {
        ("i386", _) => ("386", ""),
        ("x86_64" | "x86-64" | "amd64", "v1") => ("amd64", ""),
        ("x86_64" | "x86-64", variant) => ("amd64", variant),
        ("aarch64" | "arm64", "8" | "v8") => ("arm64", ""),
        ("aarch64", variant) => ("arm64", variant),
        ("armhf", _) | ("arm", "" | "7" | "v7") => ("arm", "v7"),
        ("armel", _) | ("arm", "6") => ("arm", "v6"),
        ("arm", "5") => ("arm", "v5"),
        ("arm", "8") => ("arm", "v8"),
        other => other,
    };
    (architecture.to_owned(), variant.to_owned())
}

/// An operating system, perhaps with `(version+feature)`.
fn system(input: &str) -> IResult<&str, &str> {
    let name = take_while1(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let option = |c: char| c.is_ascii_alphanumeric() || "_.%-".contains(c);
    let feature = preceded(char('+'), take_while1(option));
    let version = recognize((opt(take_while1(option)), many0_count(feature)));
    recognize((name, opt(delimited(char('('), version, char(')'))))).parse(input)
}

fn component(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_alphanumeric() || "_.-".contains(c)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `os arch variant`, normalised, with `-` for what is not there; `?` if unknown.
    fn shown(text: &str) -> String {
        let platform =
            Platform::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.message));
        let Some(normalized) = platform.normalized() else {
            return "?".to_owned();
        };
        let show = |part: Option<String>| part.unwrap_or_else(|| "-".to_owned());
        format!(
            "{} {} {}",
            show(normalized.os),
            show(normalized.architecture),
            show(normalized.variant)
        )
    }

    #[test]
    fn platforms_are_normalised() {
        for (text, expected) in [
            ("linux/amd64", "linux amd64 -"),
            ("Linux/X86_64", "linux amd64 -"),
            ("linux/amd64/v1", "linux amd64 -"),
            ("linux/amd64/v3", "linux amd64 v3"),
            ("linux/arm64/v8", "linux arm64 -"),
            ("linux/aarch64", "linux arm64 -"),
            ("linux/arm", "linux arm v7"),
            ("linux/arm/7", "linux arm v7"),
            ("linux/armhf", "linux arm v7"),
            ("linux/armel", "linux arm v6"),
            ("linux/arm/v6", "linux arm v6"),
            ("linux/i386", "linux 386 -"),
            ("macos/arm64", "darwin arm64 -"),
            ("linux", "linux - -"),
            ("amd64", "- amd64 -"),
            ("x86-64", "- amd64 -"),
            ("windows(10.0.17763)/amd64", "windows amd64 -"),
            ("windows(10.0+win32k)/amd64", "windows amd64 -"),
            ("made/up", "made up -"),
            ("$BUILDPLATFORM", "?"),
            ("linux/$TARGETARCH", "?"),
            ("${P:-linux/amd64}", "?"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn errors() {
        for (text, range, message) in [
            ("", "", "platform is empty"),
            (
                "linx",
                "linx",
                "`linx` is no operating system and no architecture",
            ),
            ("linux/", "linux/", "`` is not a valid part of a platform"),
            ("/amd64", "/amd64", "`` is not a valid part of a platform"),
            (
                "linux/amd 64",
                "amd 64",
                "`amd 64` is not a valid part of a platform",
            ),
            ("linux/*", "*", "`*` is not a valid part of a platform"),
            (
                "a/b/c/d",
                "a/b/c/d",
                "platform `a/b/c/d` has more than three parts",
            ),
            ("$OS/a,b", "a,b", "`a,b` is not a valid part of a platform"),
            (
                "linux(/amd64",
                "linux(",
                "`linux(` is not a valid part of a platform",
            ),
        ] {
            let error = Platform::parse(text).expect_err(text);
            assert_eq!(
                (&text[error.range], &*error.message),
                (range, message),
                "{text}"
            );
        }
    }
}

//! Compose's short volume form: `TARGET` or `SOURCE:TARGET[:OPTIONS]`.
//!
//! Grammar after compose-go's `format/volume.go`. It knows no platform, so a single letter before a colon is
//! always the beginning of a Windows drive, in every section.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::recognize;
use nom::{IResult, Parser};

use super::{GrammarError, Part, excerpt, is_known, separators};

/// A mount in the short form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShortMount {
    /// What is mounted.
    pub kind: MountKind,
    /// The host's path or the volume's name; none for an anonymous volume.
    pub source: Option<Part>,
    /// The path in the container.
    pub target: Part,
    /// The options, in order.
    pub options: Vec<MountOption>,
}

/// What a mount's source is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MountKind {
    /// No source: a volume of the container's own.
    Anonymous,
    /// A volume that has a name.
    Named,
    /// A path of the host: it begins with `.`, `/`, `~`, `\\` or a drive.
    Bind,
    /// It begins with a variable.
    Unknown,
}

/// An option as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MountOption {
    /// Its text and place.
    pub part: Part,
    /// What it means.
    pub kind: MountOptionKind,
}

/// What an option means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MountOptionKind {
    /// `ro`
    ReadOnly,
    /// `rw`
    ReadWrite,
    /// `nocopy`: do not fill a new volume from the image.
    NoCopy,
    /// `z`: label for several containers.
    SelinuxShared,
    /// `Z`: label for this container alone.
    SelinuxPrivate,
    /// `private`, `rprivate`, `shared`, `rshared`, `slave`, `rslave`
    Propagation,
    /// Anything else, which Compose drops without a word.
    Ignored,
    /// It holds a variable.
    Unknown,
}

impl ShortMount {
    /// Whether the container may only read; the last of `ro` and `rw` counts. `None` if a variable may say
    /// otherwise.
    pub fn is_read_only(&self) -> Option<bool> {
        for option in self.options.iter().rev() {
            match option.kind {
                MountOptionKind::ReadOnly => return Some(true),
                MountOptionKind::ReadWrite => return Some(false),
                MountOptionKind::Unknown => return None,
                _ => {}
            }
        }
        // `$TARGET` may bring options of its own.
        (!self.options.is_empty() || self.target.is_known()).then_some(false)
    }
}

/// Reads an item of a service's `volumes` in the short form.
pub fn parse_short(text: &str) -> Result<ShortMount, GrammarError> {
    if text.is_empty() {
        return Err(GrammarError::new(0..0, "volume is empty"));
    }
    let sections = sections(text);
    if let Some(empty) = sections.iter().find(|section| section.is_empty()) {
        let message = format!("`{}` has an empty section between colons", excerpt(text));
        let around = empty.start.saturating_sub(1)..(empty.end + 1).min(text.len());
        return Err(GrammarError::new(around, message));
    }
    let part = |range: &Range<usize>| Part::new(text, range.clone());
    match sections.as_slice() {
        [target] => {
            let target = part(target);
            let kind = if target.is_known() {
                MountKind::Anonymous
            } else {
                MountKind::Unknown
            };
            Ok(ShortMount {
                kind,
                source: None,
                target,
                options: Vec::new(),
            })
        }
        [source, target] => Ok(ShortMount {
            kind: kind(&text[source.clone()]),
            source: Some(part(source)),
            target: part(target),
            options: Vec::new(),
        }),
        [source, target, options] => Ok(ShortMount {
            kind: kind(&text[source.clone()]),
            source: Some(part(source)),
            target: part(target),
            options: self::options(text, options.clone()),
        }),
        _ => {
            let from = sections.get(3).map_or(0, |section| section.start - 1);
            let message = format!("`{}` has more than three sections", excerpt(text));
            Err(GrammarError::new(from..text.len(), message)
                .with_help("use the long form for a path with a colon"))
        }
    }
}

/// The ranges between the colons that separate.
fn sections(text: &str) -> Vec<Range<usize>> {
    let mut sections = Vec::new();
    let mut start = 0;
    // compose-go takes one or two bytes as a target whatever they are.
    for colon in separators(text, b':').filter(|_| text.len() > 2) {
        let section = &text[start..colon];
        let mut chars = section.chars();
        let is_drive = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
        if !is_drive {
            sections.push(start..colon);
            start = colon + 1;
        }
    }
    sections.push(start..text.len());
    sections
}

fn kind(source: &str) -> MountKind {
    if path_prefix(source).is_ok() {
        return MountKind::Bind;
    }
    // `c$X` may become a drive.
    let mut chars = source.chars();
    let second = (chars.next(), chars.next());
    if matches!(second, (Some('$'), _) | (_, Some('$'))) {
        MountKind::Unknown
    } else {
        MountKind::Named
    }
}

/// What makes a source a path.
fn path_prefix(input: &str) -> IResult<&str, &str> {
    let drive = recognize((satisfy(char::is_alphabetic), char(':')));
    alt((recognize(one_of("./~")), tag("\\\\"), drive)).parse(input)
}

fn options(text: &str, section: Range<usize>) -> Vec<MountOption> {
    super::split(&text[section.clone()], b',')
        .into_iter()
        .map(|range| {
            let part = Part::new(text, section.start + range.start..section.start + range.end);
            let kind = match &*part.value {
                "ro" => MountOptionKind::ReadOnly,
                "rw" => MountOptionKind::ReadWrite,
                "nocopy" => MountOptionKind::NoCopy,
                "z" => MountOptionKind::SelinuxShared,
                "Z" => MountOptionKind::SelinuxPrivate,
                "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave" => {
                    MountOptionKind::Propagation
                }
                word if is_known(word) => MountOptionKind::Ignored,
                _ => MountOptionKind::Unknown,
            };
            MountOption { part, kind }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kind source target options`, with `-` for no source.
    fn shown(text: &str) -> String {
        let mount = parse_short(text).unwrap_or_else(|error| panic!("{text}: {}", error.message));
        let mut shown = format!(
            "{:?} {} {}",
            mount.kind,
            mount.source.as_ref().map_or("-", |part| &*part.value),
            mount.target.value
        );
        for option in &mount.options {
            assert_eq!(&text[option.part.range.clone()], &*option.part.value);
            shown += &format!(" {:?}", option.kind);
        }
        shown
    }

    #[test]
    fn short_forms() {
        for (text, expected) in [
            ("/data", "Anonymous - /data"),
            ("a:", "Anonymous - a:"),
            (".", "Anonymous - ."),
            ("C:\\path", "Anonymous - C:\\path"),
            ("data:/x", "Named data /x"),
            ("data/y:/x", "Named data/y /x"),
            ("./a:/x", "Bind ./a /x"),
            ("../a:/x", "Bind ../a /x"),
            ("/a:/x", "Bind /a /x"),
            ("~/a:/x", "Bind ~/a /x"),
            (".a:/x", "Bind .a /x"),
            (
                "\\\\.\\pipe\\a:\\\\.\\pipe\\b",
                "Bind \\\\.\\pipe\\a \\\\.\\pipe\\b",
            ),
            ("C:\\a:D:\\b:ro", "Bind C:\\a D:\\b ReadOnly"),
            ("C:/a:/b", "Bind C:/a /b"),
            ("name:D:", "Named name D:"),
            ("name:D::rw", "Named name D: ReadWrite"),
            ("a:/data", "Anonymous - a:/data"),
            ("a:/data:/x", "Bind a:/data /x"),
            ("v:z:z", "Bind v:z z"),
            ("/a:/b:ro,z", "Bind /a /b ReadOnly SelinuxShared"),
            ("/a:/b:Z,rslave", "Bind /a /b SelinuxPrivate Propagation"),
            ("v1:/b:nocopy,delegated", "Named v1 /b NoCopy Ignored"),
            ("v1:/b:ro,,", "Named v1 /b ReadOnly Ignored Ignored"),
            ("é:/b:x", "Bind é:/b x"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn unknown_parts() {
        for (text, expected) in [
            ("$DATA", "Unknown - $DATA"),
            ("$DATA:/x", "Unknown $DATA /x"),
            ("${DATA:-./a:b}:/x", "Unknown ${DATA:-./a:b} /x"),
            ("./a/$B:/x", "Bind ./a/$B /x"),
            ("data$B:/x", "Named data$B /x"),
            ("c$B:/x", "Unknown c$B /x"),
            ("./a:/x:$OPTIONS", "Bind ./a /x Unknown"),
            ("./a:$X", "Bind ./a $X"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_of_ro_and_rw_counts() {
        for (text, read_only) in [
            ("/a:/b", Some(false)),
            ("/a:/b:ro", Some(true)),
            ("/a:/b:ro,rw", Some(false)),
            ("/a:/b:rw,z,ro", Some(true)),
            ("/a:/b:$O", None),
            ("/a:/b:$O,ro", Some(true)),
            ("/a:/b:ro,$O", None),
            ("/a:$B", None),
        ] {
            assert_eq!(
                parse_short(text).unwrap().is_read_only(),
                read_only,
                "{text}"
            );
        }
    }

    #[test]
    fn errors() {
        for (text, range, message) in [
            ("", "", "volume is empty"),
            (":/x", ":", "`:/x` has an empty section between colons"),
            (
                "/a::ro",
                "::",
                "`/a::ro` has an empty section between colons",
            ),
            (
                "/a:/b:",
                ":",
                "`/a:/b:` has an empty section between colons",
            ),
            (
                "/a:/b:ro:c1",
                ":c1",
                "`/a:/b:ro:c1` has more than three sections",
            ),
        ] {
            let error = parse_short(text).expect_err(text);
            assert_eq!(
                (&text[error.range], &*error.message),
                (range, message),
                "{text}"
            );
        }
    }
}

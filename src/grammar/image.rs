//! Image references: `[host[:port]/]path[:tag][@algorithm:hex]`.
//!
//! Grammar of the distribution project's `reference` package, in the familiar form in which users write it:
//! what may be left out (registry, `library/`, tag) is not filled in, but asked for by methods.

use std::borrow::Cow;
use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::{char, digit1};
use nom::combinator::{all_consuming, opt, recognize};
use nom::multi::separated_list1;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::{GrammarError, Part, excerpt, is_known, separators, split};

/// Longest path with its namespace, in bytes (`RepositoryNameTotalLengthMax`).
const LONGEST_PATH: usize = 255;

/// The name of Docker Hub in a normalised reference.
pub const DOCKER_HUB: &str = "docker.io";

/// The digest algorithms that Docker knows, and the length of their hexadecimal digits.
const ALGORITHMS: [(&str, usize); 3] = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

/// A reference as written, with a range for each part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImageReference {
    /// Registry and path: everything before tag and digest.
    pub name: Part,
    /// The host with its port. `None` means Docker Hub, unless the path is unknown.
    pub registry: Option<Part>,
    /// The repository inside the registry. Where a variable comes first, nobody knows whether it names a
    /// registry or a namespace; then all of it is in the path.
    pub path: Part,
    /// The tag, without its colon.
    pub tag: Option<Part>,
    /// The digest with its algorithm, without the `@`.
    pub digest: Option<Part>,
}

impl ImageReference {
    /// Reads a reference. A text without any variable has to follow the grammar; with variables, the parts
    /// without one have to.
    pub fn parse(text: &str) -> Result<ImageReference, GrammarError> {
        if text.is_empty() {
            return Err(GrammarError::new(0..0, "image reference is empty"));
        }
        let mut colons = memchr::memchr_iter(b':', text.as_bytes());
        if let Some(colon) = colons.find(|colon| text[*colon..].starts_with("://"))
            && is_known(&text[..colon])
        {
            let range = 0..colon + 3;
            let message = format!(
                "image reference begins with `{}`",
                excerpt(&text[range.clone()])
            );
            return Err(
                GrammarError::new(range, message).with_help("name the registry without a scheme")
            );
        }
        let at = separators(text, b'@').next();
        let digest = at.map(|at| Part::new(text, at + 1..text.len()));
        let before = &text[..at.unwrap_or(text.len())];
        let last = separators(before, b'/').last().map_or(0, |slash| slash + 1);
        let colon = separators(&before[last..], b':').next().map(|at| last + at);
        let tag = colon.map(|colon| Part::new(text, colon + 1..before.len()));
        let name = Part::new(text, 0..colon.unwrap_or(before.len()));
        let (registry, path) = registry_and_path(&name.value);
        let reference = ImageReference {
            registry: registry.map(|range| Part::new(text, range)),
            path: Part::new(text, path),
            name,
            tag,
            digest,
        };
        reference.check()?;
        Ok(reference)
    }

    fn check(&self) -> Result<(), GrammarError> {
        if let Some(registry) = &self.registry
            && registry.is_known()
            && all_consuming(host).parse(&registry.value).is_err()
        {
            let message = format!("`{}` is not a registry", excerpt(&registry.value));
            return Err(GrammarError::new(registry.range.clone(), message));
        }
        check_path(&self.path)?;
        let hub = self
            .registry
            .as_ref()
            .is_none_or(|host| is_hub(&host.value));
        let library = if hub && !self.path.value.contains('/') {
            "library/".len()
        } else {
            0
        };
        if self.path.is_known() && self.path.value.len() + library > LONGEST_PATH {
            let message = format!("repository name is longer than {LONGEST_PATH} characters");
            return Err(GrammarError::new(self.path.range.clone(), message));
        }
        if let Some(part) = &self.tag
            && part.is_known()
            && !is_tag(&part.value)
        {
            return Err(tag_error(part));
        }
        if let Some(digest) = &self.digest {
            check_digest(digest)?;
        }
        if self.tag.is_none() && self.digest.is_none() && is_image_id(&self.name.value) {
            return Err(GrammarError::new(
                self.name.range.clone(),
                "64 hexadecimal digits are an image id, not a repository name",
            ));
        }
        Ok(())
    }

    /// The registry's normalised name, in lower case: [`DOCKER_HUB`] under all its names and where none is
    /// written. `None` if it is unknown.
    pub fn registry(&self) -> Option<Cow<'_, str>> {
        match &self.registry {
            Some(part) if is_hub(&part.value) => Some(Cow::Borrowed(DOCKER_HUB)),
            Some(part) if part.value.bytes().any(|byte| byte.is_ascii_uppercase()) => part
                .known()
                .map(|host| Cow::Owned(host.to_ascii_lowercase())),
            Some(part) => part.known().map(Cow::Borrowed),
            None => {
                let first = self.path.value.split('/').next().unwrap_or_default();
                is_known(first).then_some(Cow::Borrowed(DOCKER_HUB))
            }
        }
    }

    /// Whether the image comes from Docker Hub. `None` if the registry is unknown.
    pub fn is_on_docker_hub(&self) -> Option<bool> {
        self.registry().map(|registry| registry == DOCKER_HUB)
    }

    /// The name as Docker shows it: without Docker Hub's registry and without `library/`. `None` if a part
    /// of it is unknown.
    pub fn familiar_name(&self) -> Option<Cow<'_, str>> {
        let path = self.path.known()?;
        let registry = self.registry()?;
        if registry != DOCKER_HUB {
            return Some(match &self.registry {
                Some(part) if *part.value == *registry => Cow::Borrowed(&*self.name.value),
                _ => Cow::Owned(format!("{registry}/{path}")),
            });
        }
        Some(Cow::Borrowed(match path.strip_prefix("library/") {
            Some(official) if !official.contains('/') => official,
            _ => path,
        }))
    }

    /// What two references to the same image have in common: name, tag (`latest` where there is neither tag nor
    /// digest) and digest. `None` if a part of it is unknown.
    pub fn identity(&self) -> Option<String> {
        if !self.is_known() {
            return None;
        }
        let mut identity = self.familiar_name()?.into_owned();
        match (&self.tag, &self.digest) {
            (Some(tag), _) => {
                identity.push(':');
                identity.push_str(&tag.value);
            }
            (None, None) => identity.push_str(":latest"),
            (None, Some(_)) => {}
        }
        if let Some(digest) = &self.digest {
            identity.push('@');
            identity.push_str(&digest.value);
        }
        Some(identity)
    }

    /// Whether it is one of Docker's official images, such as `nginx`. `None` if that is unknown.
    pub fn is_official(&self) -> Option<bool> {
        let hub = self.is_on_docker_hub()?;
        if !hub {
            return Some(false);
        }
        self.familiar_name().map(|name| !name.contains('/'))
    }

    /// Whether the reference certainly has neither tag nor digest, so that it means `latest`. A variable
    /// at its end may bring either.
    pub fn is_untagged(&self) -> bool {
        self.tag.is_none() && self.digest.is_none() && self.ends_known()
    }

    /// Whether the reference certainly has no digest.
    pub fn is_without_digest(&self) -> bool {
        self.digest.is_none()
            && match &self.tag {
                Some(tag) => tag.is_known(),
                None => self.ends_known(),
            }
    }

    /// Whether the last component of the name holds no variable.
    fn ends_known(&self) -> bool {
        let start = separators(&self.name.value, b'/')
            .last()
            .map_or(0, |slash| slash + 1);
        is_known(&self.name.value[start..])
    }

    /// Whether no part of the reference is unknown.
    pub fn is_known(&self) -> bool {
        self.name.is_known()
            && self.tag.as_ref().is_none_or(Part::is_known)
            && self.digest.as_ref().is_none_or(Part::is_known)
    }
}

/// Docker Hub's names: that of the reference, the legacy index, and that of its server.
fn is_hub(registry: &str) -> bool {
    [DOCKER_HUB, "index.docker.io", "registry-1.docker.io"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(registry))
}

/// Splits a name at its first slash, if what stands before it is a registry: it has a dot, a colon or an
/// upper-case letter, or is `localhost` (`splitDockerDomain`).
fn registry_and_path(name: &str) -> (Option<Range<usize>>, Range<usize>) {
    if let Some(slash) = separators(name, b'/').next() {
        let first = &name[..slash];
        let literal = |byte: u8| separators(first, byte).next().is_some();
        let is_registry = if is_known(first) {
            first == "localhost"
                || first
                    .bytes()
                    .any(|b| b".:".contains(&b) || b.is_ascii_uppercase())
        } else {
            literal(b'.') || literal(b':')
        };
        if is_registry {
            return (Some(0..slash), slash + 1..name.len());
        }
    }
    (None, 0..name.len())
}

fn check_path(path: &Part) -> Result<(), GrammarError> {
    for range in split(&path.value, b'/') {
        let component = &path.value[range.clone()];
        if !is_known(component) || is_path_component(component) {
            continue;
        }
        let range = path.range.start + range.start..path.range.start + range.end;
        if component.is_empty() {
            let range = path.range.clone();
            let message = if path.value.is_empty() {
                "image reference has no repository name".to_owned()
            } else {
                format!("`{}` has an empty path component", excerpt(&path.value))
            };
            return Err(GrammarError::new(range, message));
        }
        let lower = component.to_lowercase();
        if lower != component && is_path_component(&lower) {
            let message = format!(
                "repository name `{}` is not in lower case",
                excerpt(component)
            );
            return Err(GrammarError::new(range, message).with_help(format!("write `{lower}`")));
        }
        let message = format!("`{}` is not a valid repository name", excerpt(component));
        return Err(GrammarError::new(range, message).with_help(
            "use lower-case letters and digits, separated by a dot, one or two underscores, or dashes",
        ));
    }
    Ok(())
}

fn tag_error(part: &Part) -> GrammarError {
    let message = if part.value.is_empty() {
        "image tag is empty".to_owned()
    } else if part.value.len() > 128 {
        "image tag is longer than 128 characters".to_owned()
    } else {
        format!("`{}` is not a valid tag", excerpt(&part.value))
    };
    GrammarError::new(part.range.clone(), message)
        .with_help("use letters, digits, `_`, `.` and `-`, and begin with none of the last two")
}

fn check_digest(digest: &Part) -> Result<(), GrammarError> {
    if !digest.is_known() {
        return Ok(());
    }
    let error = |message: String| Err(GrammarError::new(digest.range.clone(), message));
    let Some((algorithm, hex)) = digest.value.split_once(':') else {
        return error(format!("`{}` is not a digest", excerpt(&digest.value)));
    };
    let Some((_, length)) = ALGORITHMS.iter().find(|(name, _)| *name == algorithm) else {
        return error(format!(
            "digest algorithm `{}` is unknown",
            excerpt(algorithm)
        ));
    };
    if !hex
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    {
        return error(format!(
            "`{algorithm}` digest is not in lower-case hexadecimal digits"
        ));
    }
    if hex.len() != *length {
        return error(format!(
            "`{algorithm}` digest has {} digits instead of {length}",
            hex.len()
        ));
    }
    Ok(())
}

fn is_image_id(name: &str) -> bool {
    name.len() == 64
        && name
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text is lower-case letters and digits, with one dot, one or two underscores or any dashes between them.
fn is_path_component(text: &str) -> bool {
    let is_alphanumeric = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut rest = text.as_bytes();
    loop {
        let word = rest.iter().take_while(|byte| is_alphanumeric(byte)).count();
        rest = &rest[word..];
        if word == 0 || rest.is_empty() {
            return word > 0;
        }
        let separator = rest.iter().take_while(|byte| !is_alphanumeric(byte));
        let (separator, behind) = rest.split_at(separator.count());
        if !matches!(separator, b"." | b"_" | b"__") && separator.iter().any(|byte| *byte != b'-') {
            return false;
        }
        rest = behind;
    }
}

/// Whether a text is a word character, then up to 127 word characters, dots and dashes.
fn is_tag(text: &str) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = text.as_bytes();
    bytes.len() <= 128
        && bytes.first().is_some_and(is_word)
        && bytes
            .iter()
            .all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

/// A domain name, IPv4 address or bracketed IPv6 address, and perhaps a port.
fn host(input: &str) -> IResult<&str, &str> {
    let ipv6 = delimited(
        char('['),
        take_while1(|c: char| c.is_ascii_hexdigit() || c == ':'),
        char(']'),
    );
    let domain = recognize(separated_list1(char('.'), domain_component));
    recognize((alt((ipv6, domain)), opt(preceded(char(':'), digit1)))).parse(input)
}

/// Letters, digits and dashes, with no dash at either end.
fn domain_component(input: &str) -> IResult<&str, &str> {
    let (rest, component) =
        take_while(|c: char| c.is_ascii_alphanumeric() || c == '-').parse(input)?;
    if component.is_empty() || component.starts_with('-') || component.ends_with('-') {
        let error = nom::error::Error::new(input, nom::error::ErrorKind::Verify);
        return Err(nom::Err::Error(error));
    }
    Ok((rest, component))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> ImageReference {
        ImageReference::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.message))
    }

    /// `registry | path | tag | digest`, with `-` for what is not there.
    fn parts(text: &str) -> String {
        let reference = parse(text);
        for part in [&reference.registry, &reference.tag, &reference.digest]
            .into_iter()
            .flatten()
        {
            assert_eq!(&text[part.range.clone()], &*part.value);
        }
        assert_eq!(&text[reference.path.range.clone()], &*reference.path.value);
        let show = |part: &Option<Part>| {
            part.as_ref()
                .map_or("-".to_owned(), |p| p.value.to_string())
        };
        format!(
            "{} | {} | {} | {}",
            show(&reference.registry),
            reference.path.value,
            show(&reference.tag),
            show(&reference.digest)
        )
    }

    fn error(text: &str) -> (&str, String) {
        let error = ImageReference::parse(text).expect_err(text);
        assert!(error.message.chars().count() <= 100, "{}", error.message);
        (&text[error.range], error.message)
    }

    #[test]
    fn parts_are_found() {
        let hex = "a".repeat(64);
        for (text, expected) in [
            ("nginx", "- | nginx | - | -"),
            ("nginx:1.25", "- | nginx | 1.25 | -"),
            ("library/nginx", "- | library/nginx | - | -"),
            (
                "docker.io/library/nginx:1",
                "docker.io | library/nginx | 1 | -",
            ),
            ("localhost/app", "localhost | app | - | -"),
            ("localhost:5000/app", "localhost:5000 | app | - | -"),
            ("host:5000", "- | host | 5000 | -"),
            ("HOST/app", "HOST | app | - | -"),
            ("ghcr.io/a/b/c:v1", "ghcr.io | a/b/c | v1 | -"),
            ("[::1]:5000/app:t", "[::1]:5000 | app | t | -"),
            ("127.0.0.1/a", "127.0.0.1 | a | - | -"),
            ("a/b", "- | a/b | - | -"),
            ("x/a__b-c--d.e/f_g", "- | x/a__b-c--d.e/f_g | - | -"),
            ("a:_T.x-", "- | a | _T.x- | -"),
        ] {
            assert_eq!(parts(text), expected);
        }
        assert_eq!(
            parts(&format!("a@sha256:{hex}")),
            format!("- | a | - | sha256:{hex}")
        );
        assert_eq!(
            parts(&format!("a:1@sha256:{hex}")),
            format!("- | a | 1 | sha256:{hex}")
        );
        assert_eq!(
            parts(&format!("a@sha512:{hex}{hex}")),
            format!("- | a | - | sha512:{hex}{hex}")
        );
        let sha384 = "b".repeat(96);
        assert_eq!(
            parts(&format!("a@sha384:{sha384}")),
            format!("- | a | - | sha384:{sha384}")
        );
    }

    #[test]
    fn what_breaks_the_grammar_is_pointed_at() {
        for (text, range, message) in [
            ("", "", "image reference is empty"),
            (
                "https://ghcr.io/a",
                "https://",
                "image reference begins with `https://`",
            ),
            (
                "NGINX:1",
                "NGINX",
                "repository name `NGINX` is not in lower case",
            ),
            (
                "ghcr.io/Me/app",
                "Me",
                "repository name `Me` is not in lower case",
            ),
            ("a b", "a b", "`a b` is not a valid repository name"),
            ("a___b", "a___b", "`a___b` is not a valid repository name"),
            ("a..b", "a..b", "`a..b` is not a valid repository name"),
            ("-a", "-a", "`-a` is not a valid repository name"),
            ("a-/b", "a-", "`a-` is not a valid repository name"),
            ("é", "é", "`é` is not a valid repository name"),
            ("a//b", "a//b", "`a//b` has an empty path component"),
            ("a/", "a/", "`a/` has an empty path component"),
            (":1", "", "image reference has no repository name"),
            ("ghcr.io/", "", "image reference has no repository name"),
            ("a:", "", "image tag is empty"),
            ("a:.1", ".1", "`.1` is not a valid tag"),
            ("a:1+2", "1+2", "`1+2` is not a valid tag"),
            ("a:1:2", "1:2", "`1:2` is not a valid tag"),
            (
                "ex_ample.com/a",
                "ex_ample.com",
                "`ex_ample.com` is not a registry",
            ),
            ("host:port/a", "host:port", "`host:port` is not a registry"),
            ("-a.b/c", "-a.b", "`-a.b` is not a registry"),
            ("a@", "", "`` is not a digest"),
            ("a@md5:00", "md5:00", "digest algorithm `md5` is unknown"),
            (
                "a@sha256:abc",
                "sha256:abc",
                "`sha256` digest has 3 digits instead of 64",
            ),
            (
                "a@sha256:ABC",
                "sha256:ABC",
                "`sha256` digest is not in lower-case hexadecimal digits",
            ),
        ] {
            assert_eq!(error(text), (range, message.to_owned()), "{text}");
        }
    }

    #[test]
    fn lengths_have_limits() {
        parse(&format!("a:{}", "t".repeat(128)));
        assert_eq!(
            error(&format!("a:{}", "t".repeat(129))).1,
            "image tag is longer than 128 characters"
        );
        parse(&format!("ghcr.io/{}", "a".repeat(255)));
        parse(&"a".repeat(247));
        assert!(ImageReference::parse(&"a".repeat(248)).is_err());
        assert!(ImageReference::parse(&format!("x/{}", "a".repeat(254))).is_err());
        assert!(ImageReference::parse(&"a".repeat(64)).is_err());
        parse(&format!("{}:1", "a".repeat(64)));
    }

    #[test]
    fn names_are_normalised() {
        for (text, registry, familiar, official) in [
            ("nginx", "docker.io", "nginx", true),
            ("docker.io/library/nginx:1", "docker.io", "nginx", true),
            ("docker.io/nginx", "docker.io", "nginx", true),
            ("index.docker.io/library/nginx", "docker.io", "nginx", true),
            ("registry-1.docker.io/me/app", "docker.io", "me/app", false),
            ("me/app", "docker.io", "me/app", false),
            ("ghcr.io/me/app", "ghcr.io", "ghcr.io/me/app", false),
            ("GHCR.io/me/app", "ghcr.io", "ghcr.io/me/app", false),
            (
                "localhost:5000/nginx",
                "localhost:5000",
                "localhost:5000/nginx",
                false,
            ),
        ] {
            let reference = parse(text);
            assert_eq!(reference.registry().as_deref(), Some(registry), "{text}");
            assert_eq!(
                reference.familiar_name().as_deref(),
                Some(familiar),
                "{text}"
            );
            assert_eq!(reference.is_official(), Some(official), "{text}");
        }
    }

    #[test]
    fn variables_make_parts_unknown() {
        for (text, expected) in [
            ("alpine:$TAG", "- | alpine | $TAG | -"),
            ("alpine:${TAG:-3.1/x:y}", "- | alpine | ${TAG:-3.1/x:y} | -"),
            ("$REG/app:1", "- | $REG/app | 1 | -"),
            ("$REG:5000/app", "$REG:5000 | app | - | -"),
            ("${SUB}.example.com/app", "${SUB}.example.com | app | - | -"),
            ("$IMAGE", "- | $IMAGE | - | -"),
            ("ghcr.io/$OWNER/app", "ghcr.io | $OWNER/app | - | -"),
            ("a@$DIGEST", "- | a | - | $DIGEST"),
            ("a@sha256:$HEX", "- | a | - | sha256:$HEX"),
            ("$A/$B", "- | $A/$B | - | -"),
        ] {
            assert_eq!(parts(text), expected);
            assert!(!parse(text).is_known());
        }
    }

    #[test]
    fn unknown_parts_give_no_answer() {
        let reference = parse("$REG/app:1");
        assert_eq!(reference.registry(), None);
        assert_eq!(reference.familiar_name(), None);
        assert_eq!(reference.is_official(), None);
        assert_eq!(reference.tag.as_ref().and_then(Part::known), Some("1"));
        assert_eq!(parse("ghcr.io/$A").is_official(), Some(false));
        assert_eq!(
            parse("alpine:$TAG").familiar_name().as_deref(),
            Some("alpine")
        );
        assert_eq!(parse("me/$A").registry().as_deref(), Some("docker.io"));
    }

    #[test]
    fn an_image_is_untagged_only_where_no_variable_can_bring_a_tag() {
        for (text, untagged, without_digest) in [
            ("a", true, true),
            ("$REG/a", true, true),
            ("a:1", false, true),
            ("a:$TAG", false, false),
            ("a$SUFFIX", false, false),
            ("$IMAGE", false, false),
            ("ghcr.io/$IMAGE", false, false),
            ("a@$DIGEST", false, false),
        ] {
            assert_eq!(parse(text).is_untagged(), untagged, "{text}");
            assert_eq!(parse(text).is_without_digest(), without_digest, "{text}");
        }
    }

    #[test]
    fn literal_parts_beside_variables_are_still_checked() {
        assert_eq!(error("$REG/APP").0, "APP");
        assert_eq!(error("$REG/app:a b").0, "a b");
        assert_eq!(error("ghcr.io/$A/B:1").0, "B");
    }
}

//! Labels of images: which keys the specifications define, what their values have to be, and which keys are
//! badly formed.
//!
//! Sources, looked up 2026-11-22: the annotation keys of the OCI image specification
//! (<https://github.com/opencontainers/image-spec/blob/main/annotations.md>) and Docker's guidelines for keys
//! (<https://docs.docker.com/engine/manage-resources/labels/>).
//!
//! Not for: which labels a project asks for; that is configuration.

/// What the value of a label has to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelType {
    /// Anything but nothing.
    Text,
    /// An absolute URL.
    Url,
    /// A date and time as in RFC 3339.
    Rfc3339,
    /// An SPDX licence expression.
    Spdx,
    /// A git commit: 7 to 40, or 64, hexadecimal digits.
    Hash,
    /// A version as in Semantic Versioning 2.
    Semver,
    /// An e-mail address.
    Email,
}

impl LabelType {
    /// Every type, in the order of the documentation.
    pub const ALL: [LabelType; 7] = [
        LabelType::Text,
        LabelType::Url,
        LabelType::Rfc3339,
        LabelType::Spdx,
        LabelType::Hash,
        LabelType::Semver,
        LabelType::Email,
    ];

    /// The word used in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            LabelType::Text => "text",
            LabelType::Url => "url",
            LabelType::Rfc3339 => "rfc3339",
            LabelType::Spdx => "spdx",
            LabelType::Hash => "hash",
            LabelType::Semver => "semver",
            LabelType::Email => "email",
        }
    }

    /// The type that a word of the configuration names, and whether the label must be there: `url` is a
    /// label that is required, `url?` one that is not.
    pub fn parse(word: &str) -> Option<(LabelType, bool)> {
        let (word, required) = match word.strip_suffix('?') {
            Some(word) => (word, false),
            None => (word, true),
        };
        let named = LabelType::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word);
        named.map(|kind| (kind, required))
    }

    /// Whether a value is of this type.
    pub fn accepts(self, value: &str) -> bool {
        match self {
            LabelType::Text => !value.is_empty(),
            LabelType::Url => is_absolute_url(value),
            LabelType::Rfc3339 => is_rfc3339(value),
            LabelType::Spdx => spdx::Expression::parse(value).is_ok(),
            LabelType::Hash => is_git_hash(value),
            LabelType::Semver => semver::Version::parse(value).is_ok(),
            LabelType::Email => is_email(value),
        }
    }
}

/// The keys of the OCI image specification whose values have a form, with that form. `…version` has none:
/// it "may" match a label or tag and may be a semantic version.
const OCI: [(&str, LabelType); 6] = [
    ("created", LabelType::Rfc3339),
    ("documentation", LabelType::Url),
    ("licenses", LabelType::Spdx),
    ("revision", LabelType::Hash),
    ("source", LabelType::Url),
    ("url", LabelType::Url),
];

/// What an image can say of itself with the keys of the OCI image specification, without their common beginning
/// `org.opencontainers.image.`, and what each is for (`annotations.md`). Keys that belong to other things than images
/// are left out.
pub const ANNOTATIONS: [(&str, &str); 13] = [
    (
        "authors",
        "Who answers for the image, and how to reach them.",
    ),
    (
        "base.digest",
        "The digest of the image that this one is built on.",
    ),
    (
        "base.name",
        "The image that this one is built on, with its registry.",
    ),
    (
        "created",
        "When the image was built, as `2026-01-31T12:00:00Z`.",
    ),
    ("description", "What is in the image, in a sentence."),
    ("documentation", "The address of the documentation."),
    (
        "licenses",
        "The licences of what is in the image, as an SPDX expression.",
    ),
    ("revision", "The commit that the image was built from."),
    ("source", "The address of the source code."),
    ("title", "The name of the image for people."),
    ("url", "An address where to read more."),
    ("vendor", "Who gives out the image."),
    ("version", "The version of the program in the image."),
];

/// What the specifications say that the value of a key is; `None` for keys that they do not know or leave
/// free.
pub fn standard_type(key: &str) -> Option<LabelType> {
    let name = key.strip_prefix("org.opencontainers.image.")?;
    OCI.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| *kind)
}

/// What is wrong with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyFault {
    /// It is in a namespace that Docker keeps for itself; the prefix.
    Reserved(&'static str),
    /// It has a character that is neither a lower-case letter, a digit, `.` nor `-`.
    Character(char),
    /// It begins or ends with a character that is no letter and no digit.
    Edge(char),
    /// It has two separators one behind the other.
    RepeatedSeparator,
}

/// Namespaces that Docker keeps for itself, by the guidelines.
const RESERVED: [&str; 3] = ["com.docker.", "io.docker.", "org.dockerproject."];

/// Keys below the reserved namespaces that Docker asks authors of images to set: extensions of Docker Desktop
/// and what Buildx writes.
const OPEN: [&str; 3] = [
    "com.docker.extension.",
    "com.docker.desktop.",
    "com.docker.image.source.entrypoint",
];

/// The first fault of a key, if it has one. Slashes and underscores pass: Kubernetes and many projects use
/// them.
pub fn key_fault(key: &str) -> Option<KeyFault> {
    let odd = |c: char| !matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | '_' | '/');
    if let Some(odd) = key.chars().find(|c| odd(*c)) {
        return Some(KeyFault::Character(odd));
    }
    let is_separator = |c: &char| matches!(c, '.' | '-' | '_' | '/');
    let edges = [key.chars().next(), key.chars().next_back()];
    if let Some(edge) = edges.into_iter().flatten().find(is_separator) {
        return Some(KeyFault::Edge(edge));
    }
    let repeated = |pair: &[u8]| matches!(pair, b".." | b"--");
    if key.as_bytes().windows(2).any(repeated) {
        return Some(KeyFault::RepeatedSeparator);
    }
    if OPEN.iter().any(|open| key.starts_with(open)) {
        return None;
    }
    let reserved = RESERVED.iter().find(|reserved| key.starts_with(**reserved));
    reserved.map(|reserved| KeyFault::Reserved(reserved))
}

/// Whether a text is a URL with a scheme, an authority and no white space.
fn is_absolute_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let mut letters = scheme.bytes();
    let begins_well = letters
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic());
    let goes_on_well =
        letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_clean =
        !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
    begins_well && goes_on_well && (!authority.is_empty() || scheme == "file") && is_clean
}

/// Whether a text is a commit of git, whole (SHA-1 or SHA-256) or cut short.
fn is_git_hash(text: &str) -> bool {
    (matches!(text.len(), 7..=40) || text.len() == 64)
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text has the form of an e-mail address that people use: one `@`, a name before it, a domain
/// with a dot behind it.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let plain = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    !name.is_empty()
        && name.chars().all(plain)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// Whether a text is a date and time as in RFC 3339, section 5.6.
fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(date), Some(rest)) = (bytes.get(..19), bytes.get(19..)) else {
        return false;
    };
    let form = b"0000-00-00t00:00:00";
    let fits = date.iter().zip(form).all(|(byte, wanted)| match wanted {
        b'0' => byte.is_ascii_digit(),
        b't' => matches!(byte, b't' | b'T' | b' '),
        _ => byte == wanted,
    });
    if !fits {
        return false;
    }
    let number = |from: usize, to: usize| {
        let digits = &date[from..to];
        digits
            .iter()
            .fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    let is_date = (1..=12).contains(&month) && (1..=days).contains(&day);
    // A leap second is number 60.
    let is_time = number(11, 13) < 24 && number(14, 16) < 60 && number(17, 19) <= 60;
    is_date && is_time && is_offset(without_fraction(rest))
}

/// What is left behind `.` and digits; the text itself when there are none.
fn without_fraction(text: &[u8]) -> &[u8] {
    let Some(digits) = text.strip_prefix(b".") else {
        return text;
    };
    match digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
    {
        0 => text,
        count => &digits[count..],
    }
}

/// Whether a text is `Z` or `+hh:mm`.
fn is_offset(text: &[u8]) -> bool {
    match text {
        b"Z" | b"z" => true,
        [b'+' | b'-', hour @ .., b':', m1, m2] if hour.len() == 2 => {
            let digits = [hour[0], hour[1], *m1, *m2];
            digits.iter().all(u8::is_ascii_digit) && (hour[0], hour[1]) < (b'2', b'4') && *m1 < b'6'
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_configuration() {
        assert_eq!(LabelType::parse("url"), Some((LabelType::Url, true)));
        assert_eq!(
            LabelType::parse("semver?"),
            Some((LabelType::Semver, false))
        );
        assert_eq!(LabelType::parse("uri"), None);
        for kind in LabelType::ALL {
            assert_eq!(LabelType::parse(kind.as_str()), Some((kind, true)));
        }
    }

    #[test]
    fn values_of_each_type() {
        let cases: [(LabelType, &[&str], &[&str]); 6] = [
            (
                LabelType::Url,
                &[
                    "https://example.com",
                    "ssh://git@example.com/a.git",
                    "http://[::1]:80/?q",
                ],
                &[
                    "example.com",
                    "//example.com",
                    "https://",
                    "https:// a",
                    "git@example.com:a/b",
                    "1a://b",
                ],
            ),
            (
                LabelType::Rfc3339,
                &[
                    "2026-11-22T10:00:00Z",
                    "2026-11-22t10:00:00.123+01:00",
                    "2024-02-29 23:59:60z",
                ],
                &[
                    "2026-11-22",
                    "2026-11-22T10:00:00",
                    "2023-02-29T10:00:00Z",
                    "2026-13-01T10:00:00Z",
                    "2026-11-22T24:00:00Z",
                    "2026-11-22T10:00:00.Z",
                    "2026-11-22T10:00:00+25:00",
                    "2026-11-22T10:00:00+0100",
                    "é026-11-22T10:00:00Z",
                ],
            ),
            (
                LabelType::Spdx,
                &[
                    "MIT",
                    "Apache-2.0 OR MIT",
                    "GPL-2.0-only WITH Classpath-exception-2.0",
                    "LicenseRef-mine",
                ],
                &["Apache 2.0", "the MIT licence", "GPLv2", "MIT AND"],
            ),
            (
                LabelType::Hash,
                &["0123abc", "ABCDEF0123456789abcdef0123456789abcdef01"],
                &["main", "0123ab", "v1.2.3", "0123abcg"],
            ),
            (
                LabelType::Semver,
                &["1.2.3", "1.0.0-rc.1+b5"],
                &["1.2", "v1.2.3", "latest"],
            ),
            (
                LabelType::Email,
                &["ada@example.com", "a.b+c@mail.example.org"],
                &[
                    "ada",
                    "ada@localhost",
                    "Ada <ada@example.com>",
                    "@example.com",
                    "a b@example.com",
                ],
            ),
        ];
        for (kind, good, bad) in cases {
            for value in good {
                assert!(kind.accepts(value), "{value} is {}", kind.as_str());
            }
            for value in bad {
                assert!(!kind.accepts(value), "{value} is no {}", kind.as_str());
            }
        }
    }

    #[test]
    fn keys_with_faults() {
        for key in [
            "a",
            "com.example.some-label",
            "app_version",
            "k8s.io/name",
            "com.docker.extension.icon",
        ] {
            assert_eq!(key_fault(key), None, "{key}");
        }
        assert_eq!(key_fault("Version"), Some(KeyFault::Character('V')));
        assert_eq!(key_fault("a b"), Some(KeyFault::Character(' ')));
        assert_eq!(key_fault(".a"), Some(KeyFault::Edge('.')));
        assert_eq!(key_fault("a-"), Some(KeyFault::Edge('-')));
        assert_eq!(key_fault("a..b"), Some(KeyFault::RepeatedSeparator));
        assert_eq!(
            key_fault("io.docker.x"),
            Some(KeyFault::Reserved("io.docker."))
        );
        assert_eq!(key_fault(""), None);
    }

    #[test]
    fn keys_of_the_specification() {
        assert_eq!(
            standard_type("org.opencontainers.image.licenses"),
            Some(LabelType::Spdx)
        );
        assert_eq!(standard_type("org.opencontainers.image.version"), None);
        assert_eq!(standard_type("licenses"), None);
    }
}

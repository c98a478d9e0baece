//! What a value says about being a secret: nothing can be told from most, but some cannot be one.

/// What a literal value is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ValueKind {
    /// Nothing, or text that stands for a value to come.
    Placeholder,
    /// True, false, on, off, yes or no.
    Boolean,
    /// Up to five digits.
    ShortNumber,
    /// Six digits or more.
    Number,
    /// A path of a file system.
    Path,
    /// A URL without user and password.
    Url,
    /// 40 hexadecimal digits: the fingerprint of a key, or a commit.
    Fingerprint,
    /// The hash of a password, in one of the usual notations.
    PasswordHash,
    /// Anything else, a secret perhaps.
    Other,
}

/// Sorts a literal value.
pub fn kind(value: &str) -> ValueKind {
    let value = value.trim();
    if is_placeholder_value(value) {
        ValueKind::Placeholder
    } else if is_boolean(value) {
        ValueKind::Boolean
    } else if value.bytes().all(|byte| byte.is_ascii_digit()) {
        if value.len() < 6 {
            ValueKind::ShortNumber
        } else {
            ValueKind::Number
        }
    } else if is_path(value) {
        ValueKind::Path
    } else if let Some((scheme, rest)) = value.split_once("://")
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            ValueKind::Other
        } else {
            ValueKind::Url
        }
    } else if is_fingerprint(value) {
        ValueKind::Fingerprint
    } else if is_password_hash(value) {
        ValueKind::PasswordHash
    } else {
        ValueKind::Other
    }
}

/// Whether a value only stands for one to come: empty, `<your-token>`, `xxx`, `${NAME}`, `TODO`, `example`.
///
/// A word like `changeme` is none: it works as a password wherever it is left in place. See
/// [`is_weak_default`].
pub fn is_placeholder_value(value: &str) -> bool {
    const WORDS: [&str; 25] = [
        "dummy",
        "empty",
        "example",
        "fixme",
        "hidden",
        "n/a",
        "nil",
        "none",
        "not-a-secret",
        "not-set",
        "not_a_secret",
        "not_set",
        "notset",
        "null",
        "placeholder",
        "redacted",
        "replaceme",
        "replace_me",
        "replace-me",
        "sample",
        "tbd",
        "todo",
        "undefined",
        "unknown",
        "unset",
    ];
    const BEGINNINGS: [&str; 8] = [
        "dummy",
        "enter-your",
        "fake",
        "insert",
        "placeholder",
        "put-your",
        "replace",
        "your",
    ];
    const AROUND: [(&str, &str); 8] = [
        ("<", ">"),
        ("${", "}"),
        ("{{", "}}"),
        ("__", "__"),
        ("%", "%"),
        ("@", "@"),
        ("[", "]"),
        ("$(", ")"),
    ];
    let value = value.trim();
    if value.is_empty() || value.bytes().all(|byte| b"xX*.-_#?".contains(&byte)) {
        return true;
    }
    if value.contains("EXAMPLE") {
        return true;
    }
    let around = |&(before, after): &(&str, &str)| {
        value.len() > before.len() + after.len()
            && value.starts_with(before)
            && value.ends_with(after)
    };
    let begins = |beginning: &&str| {
        value
            .get(..beginning.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    };
    AROUND.iter().any(around)
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(value))
        || BEGINNINGS.iter().any(begins)
}

/// Whether a value is a password that everybody tries: it is a real credential, and a bad one.
pub fn is_weak_default(value: &str) -> bool {
    const WORDS: [&str; 54] = [
        "000000",
        "111111",
        "123",
        "1234",
        "12345",
        "123456",
        "1234567",
        "12345678",
        "123456789",
        "1234567890",
        "abc123",
        "admin",
        "admin1",
        "admin123",
        "admin1234",
        "administrator",
        "asdf",
        "default",
        "demo",
        "docker",
        "guest",
        "letmein",
        "mariadb",
        "minio",
        "minio123",
        "minioadmin",
        "mongo",
        "mysecretpassword",
        "mysql",
        "p@ssw0rd",
        "p@ssword",
        "pass",
        "pass123",
        "passw0rd",
        "password",
        "password1",
        "password123",
        "postgres",
        "postgrespassword",
        "qwerty",
        "rabbitmq",
        "redis",
        "root",
        "root123",
        "rootpassword",
        "secret",
        "secret123",
        "supersecret",
        "test",
        "test123",
        "testing",
        "toor",
        "user",
        "welcome",
    ];
    let value = value.trim().trim_matches('!');
    let lower = value.to_ascii_lowercase();
    WORDS.binary_search(&&*lower).is_ok()
        || lower.strip_prefix("change").is_some_and(|rest| {
            let rest = rest.trim_start_matches(['-', '_', ' ']);
            ["it", "me", "this"]
                .iter()
                .any(|word| rest.starts_with(word))
        })
}

/// Whether a value is a number, perhaps with a unit of time behind it.
pub fn is_quantity(value: &str) -> bool {
    const UNITS: [&str; 16] = [
        "", "d", "day", "days", "h", "hour", "hours", "m", "min", "minutes", "ms", "ns", "s",
        "sec", "seconds", "us",
    ];
    let value = value.trim();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '_');
    let number = &value[..value.len() - unit.len()];
    number.bytes().any(|byte| byte.is_ascii_digit())
        && UNITS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(unit.trim_start()))
}

fn is_boolean(value: &str) -> bool {
    [
        "true", "false", "yes", "no", "on", "off", "0", "1", "enabled", "disabled",
    ]
    .iter()
    .any(|word| word.eq_ignore_ascii_case(value))
}

/// An absolute or dotted path, a drive, or a relative path to a file that holds a key.
fn is_path(value: &str) -> bool {
    const KEY_FILES: [&str; 6] = [".crt", ".jks", ".key", ".p12", ".pem", ".pfx"];
    let bytes = value.as_bytes();
    let is_drive =
        matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    // Base64 text can begin with a slash too, but then hardly has a second one so soon.
    let is_absolute = value.starts_with('/') && !value.contains(['+', '=']);
    is_absolute
        || is_drive
        || value.starts_with("~/")
        || value.starts_with('.')
        || KEY_FILES.iter().any(|end| value.ends_with(end))
}

fn is_fingerprint(value: &str) -> bool {
    value.len() == 40 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The notations of crypt(3), of htpasswd and of LDAP. In Compose, dollars may stand doubled.
fn is_password_hash(value: &str) -> bool {
    const KINDS: [&str; 12] = [
        "$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$7$", "$apr1$", "$argon2", "$pbkdf2",
        "$scrypt$", "$y$",
    ];
    let single = value.replace("$$", "$");
    // htpasswd puts the user's name in front.
    let hash = single.find(":$").map_or(&*single, |at| &single[at + 1..]);
    KINDS.iter().any(|kind| hash.starts_with(kind))
        || value.starts_with("{SSHA}")
        || value.starts_with("{SHA}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (value, expected) in [
            ("", ValueKind::Placeholder),
            ("  ", ValueKind::Placeholder),
            ("true", ValueKind::Boolean),
            ("No", ValueKind::Boolean),
            ("0", ValueKind::Boolean),
            ("99999", ValueKind::ShortNumber),
            ("123456", ValueKind::Number),
            ("/run/secrets/x", ValueKind::Path),
            ("./x", ValueKind::Path),
            (".role", ValueKind::Path),
            ("~/x", ValueKind::Path),
            ("C:\\keys\\a", ValueKind::Path),
            ("%dir%/private.pem", ValueKind::Path),
            ("/9j/4AAQ+kZJRg==", ValueKind::Other),
            ("https://example.com/a@b", ValueKind::Url),
            ("postgres://db:5432/x", ValueKind::Url),
            ("postgres://u:p@db/x", ValueKind::Other),
            ("redis://:pw@db", ValueKind::Other),
            (
                "7169605F62C751356D054A26A821E680E5FA6305",
                ValueKind::Fingerprint,
            ),
            ("7169605f62c751356d054a26a821e680e5fa630", ValueKind::Other),
            ("$2a$12$FGHsQAGm9N9sxJ54RiWi", ValueKind::PasswordHash),
            ("$$2y$$05$$abc", ValueKind::PasswordHash),
            ("admin:$apr1$x$y", ValueKind::PasswordHash),
            ("hunter2", ValueKind::Other),
            ("changeme", ValueKind::Other),
            ("password", ValueKind::Other),
            ("-1", ValueKind::Other),
        ] {
            assert_eq!(kind(value), expected, "{value}");
        }
    }

    #[test]
    fn placeholders() {
        for value in [
            "",
            "<your-token>",
            "xxx",
            "XXX-XXX",
            "****",
            "...",
            "${TOKEN}",
            "{{ token }}",
            "__TOKEN__",
            "%TOKEN%",
            "TODO",
            "example",
            "Example",
            "your_password",
            "YOUR-API-TOKEN",
            "dummy",
            "dummy-key",
            "FAKE_TO_GENERATE_WARNING_OUTPUT",
            "replace_me",
            "none",
            "null",
            "placeholder",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ] {
            assert!(is_placeholder_value(value), "{value}");
        }
        for value in [
            "changeme",
            "password",
            "admin",
            "x1",
            "example_123",
            "s3cr3t",
            "<a",
            "é",
        ] {
            assert!(!is_placeholder_value(value), "{value}");
        }
    }

    #[test]
    fn weak_defaults_are_credentials() {
        for value in [
            "password",
            "Password",
            "changeme",
            "change-me",
            "CHANGE_ME",
            "!changeme!",
            "admin",
            "changeit",
            "change_this_please",
            "minioadmin",
            "123456",
            "root",
            "postgres",
        ] {
            assert!(is_weak_default(value), "{value}");
            assert!(!is_placeholder_value(value), "{value}");
        }
        for value in ["", "hunter2", "change", "exchange", "passwords"] {
            assert!(!is_weak_default(value), "{value}");
        }
    }

    #[test]
    fn quantities() {
        for value in ["3600", "24h", "1.5 hours", "30s", "100_000", "15 min"] {
            assert!(is_quantity(value), "{value}");
        }
        for value in ["", "h", "24x", "abc", "1h30m", "."] {
            assert!(!is_quantity(value), "{value}");
        }
    }
}

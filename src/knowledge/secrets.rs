//! What a secret looks like: by its own shape ([`token`]), by a name in front of a random text
//! ([`assigned`]), by the name of the variable that holds it ([`name`]), by what its value can be ([`value`]), and by
//! its place in a URL ([`url`]).
//!
//! Nothing here keeps or prints a value.

pub mod assigned;
pub mod default;
pub mod file;
pub mod name;
pub mod token;
pub mod url;
pub mod value;

use value::ValueKind;

/// What the name and the value of a variable say about a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Suspicion {
    /// The name does not say secret, or the value cannot be one.
    None,
    /// The name says secret. The value is still to come: it is empty, a placeholder, or in other variables.
    Name,
    /// The name says secret, and the value is there and can be one.
    Value,
}

/// What an ENV or ARG of a Dockerfile says: `known` is the value as far as the file tells it, defaults of
/// other variables included, `written` what it is otherwise.
pub fn in_dockerfile(name: &str, known: Option<&str>, written: &str) -> Suspicion {
    if !name::is_secret_name(name) {
        return Suspicion::None;
    }
    // A name that says as little as `KEY` does not make several words a passphrase.
    let is_vague = ["KEY", "AUTH"]
        .iter()
        .any(|word| name.eq_ignore_ascii_case(word));
    let is_text = is_vague && known.is_some_and(|known| known.trim().contains(' '));
    match known.map(value::kind) {
        Some(ValueKind::Number | ValueKind::Other) if is_text => Suspicion::Name,
        Some(ValueKind::Number | ValueKind::Other) => Suspicion::Value,
        Some(ValueKind::Placeholder) => Suspicion::Name,
        Some(_) => Suspicion::None,
        None => still_to_come(written),
    }
}

/// The same for an entry of a service's `environment` or of `build.args`. A short number is a secret here,
/// as in `POSTGRES_PASSWORD: 1234`, unless the name says that it counts something.
pub fn in_compose(name: &str, known: Option<&str>, written: &str) -> Suspicion {
    if !name::is_compose_secret_name(name) {
        return Suspicion::None;
    }
    let Some(known) = known else {
        return still_to_come(written);
    };
    // In the list form, quotes around a value are a part of it, and hardly ever meant to be.
    let known = unquoted(known);
    match value::kind(known) {
        ValueKind::ShortNumber | ValueKind::Number | ValueKind::Other => {
            if name::is_quantity_name(name) && value::is_quantity(known) {
                Suspicion::None
            } else {
                Suspicion::Value
            }
        }
        ValueKind::Placeholder => Suspicion::Name,
        _ => Suspicion::None,
    }
}

/// Whether an entry of a file with variables gives a credential away: by its name, the shape of its value, or a
/// password in a URL. What everybody tries first, and what is encrypted, is none.
pub fn in_env_file(name: &str, value: &str) -> bool {
    if value.starts_with("ENC[") || value.starts_with("encrypted:") {
        return false;
    }
    let is_named = in_compose(name, Some(value), value) == Suspicion::Value
        && value::kind(value) != ValueKind::ShortNumber
        && !value::is_weak_default(value);
    is_named
        || token::token(value).is_some()
        || url::passwords(value).any(|range| !value::is_weak_default(&value[range]))
}

/// How much the literal that a command takes as a password gives away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Strength {
    /// Nothing: it stands for a value to come, or cannot be a password.
    None,
    /// A password that everybody tries first.
    Weak,
    /// A secret.
    Secret,
}

/// What a literal says that a command takes as a password or token.
pub fn in_command(value: &str) -> Strength {
    const SHORTEST: usize = 4;
    const WORDS: [&str; 6] = [
        "changeit",
        "changeme",
        "change_me",
        "change-me",
        "test",
        "testing",
    ];
    let value = value.trim();
    let mut bytes = value.bytes();
    let first = bytes.next();
    let is_same = bytes.all(|byte| Some(byte) == first);
    let stands_for_another = value.len() < SHORTEST
        || is_same
        || value.contains(['$', '`', '<', '{'])
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(value));
    if stands_for_another {
        return Strength::None;
    }
    match value::kind(value) {
        ValueKind::ShortNumber | ValueKind::Number | ValueKind::Other => {
            if value::is_weak_default(value) {
                Strength::Weak
            } else {
                Strength::Secret
            }
        }
        _ => Strength::None,
    }
}

/// What a value with unknown variables in it says: it may be seen that it is no secret all the same.
fn still_to_come(written: &str) -> Suspicion {
    match value::kind(written) {
        ValueKind::Path | ValueKind::Url => Suspicion::None,
        _ => Suspicion::Name,
    }
}

fn unquoted(value: &str) -> &str {
    let inside = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both languages' answers for a value that the file gives as it is.
    fn both(name: &str, value: &str) -> [Suspicion; 2] {
        [
            in_dockerfile(name, Some(value), value),
            in_compose(name, Some(value), value),
        ]
    }

    #[test]
    fn several_words_below_a_vague_name_are_no_passphrase() {
        let suspicion = in_dockerfile("KEY", Some("value with spaces"), "value with spaces");
        assert_eq!(suspicion, Suspicion::Name);
        let suspicion = in_dockerfile("KEY", Some("hunter22"), "hunter22");
        assert_eq!(suspicion, Suspicion::Value);
    }

    #[test]
    fn known_false_alarms_of_other_tools_stay_silent() {
        for (name, value) in [
            // The fingerprint of a release key, as in the python image.
            ("GPG_KEY", "7169605F62C751356D054A26A821E680E5FA6305"),
            ("GOPRIVATE", "example.com/private"),
            ("VAULT_TOKEN_FILE", "vault"),
            ("DB_PASSWORD_FILE", "/run/secrets/db"),
            ("SSH_AUTH_SOCK", "agent"),
            ("MONKEY", "business"),
            ("KEYBOARD", "qwertz"),
            ("AUTHOR", "jane@example.com"),
            ("PUBLIC_KEY", "AAAAC3NzaC1lZDI1NTE5AAAA"),
            ("TOKEN_TTL", "3600"),
            ("KEY_LENGTH", "2048"),
            ("SECRET_KEY", "true"),
            ("SECRET_KEY", "/etc/ssl/private.pem"),
            ("TOKEN_URL", "abc"),
            ("SECRET_KEY", "https://auth.example.com/realm"),
            ("PASSWORD_POLICY", "strict"),
            ("AWS_ACCESS_KEY_ID", "minio"),
            ("SECRET_FORCED_LANGUAGE", "en"),
            ("MYSQL_ALLOW_EMPTY_PASSWORD", "yes"),
            ("MYSQL_RANDOM_ROOT_PASSWORD", "yes"),
        ] {
            assert_eq!(both(name, value), [Suspicion::None; 2], "{name}={value}");
        }
    }

    #[test]
    fn secrets_are_found() {
        for (name, value) in [
            ("API_KEY", "s3cr3t-value"),
            ("db_password", "hunter2"),
            (
                "AWS_SECRET_ACCESS_KEY",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz",
            ),
            ("PASSPHRASE", "correct horse"),
            ("GITHUB_TOKEN", "0123456789abcdef"),
            ("MYSQL_ROOT_PASSWORD", "password"),
            ("MYSQL_ROOT_PASSWORD", "changeme"),
            ("DB_PASSWORD", "12345678"),
            ("SECRET_KEY_BASE", "abcdef"),
            ("DB_PASSWORD", "pa$$word"),
        ] {
            assert_eq!(both(name, value), [Suspicion::Value; 2], "{name}={value}");
        }
    }

    #[test]
    fn placeholders_and_unknown_values_leave_the_name() {
        for value in ["", "<your-api-key>", "TODO"] {
            assert_eq!(both("API_KEY", value), [Suspicion::Name; 2], "{value}");
        }
        for (written, expected) in [
            ("$API_KEY", Suspicion::Name),
            ("${A}-${B}", Suspicion::Name),
            ("https://$USER:$PASS@example.com", Suspicion::Name),
            ("https://$HOST/realm", Suspicion::None),
            ("/run/secrets/$NAME", Suspicion::None),
        ] {
            assert_eq!(in_dockerfile("API_KEY", None, written), expected);
            assert_eq!(in_compose("API_KEY", None, written), expected);
        }
        assert_eq!(in_dockerfile("MODE", None, "$MODE"), Suspicion::None);
    }

    #[test]
    fn passwords_of_commands_are_weak_or_secret() {
        for (value, expected) in [
            ("", Strength::None),
            ("abc", Strength::None),
            ("xxxx", Strength::None),
            ("changeit", Strength::None),
            ("dummy", Strength::None),
            ("<token>", Strength::None),
            ("a$b", Strength::None),
            ("/run/secrets/a", Strength::None),
            ("root", Strength::Weak),
            ("Password", Strength::Weak),
            ("12345", Strength::Weak),
            ("hunter2", Strength::Secret),
            ("https://user:pw@host", Strength::Secret),
        ] {
            assert_eq!(in_command(value), expected, "{value}");
        }
    }

    #[test]
    fn a_short_number_is_a_password_in_compose_only() {
        let [docker, compose] = both("DB_PASSWORD", "1234");
        assert_eq!((docker, compose), (Suspicion::None, Suspicion::Value));
    }

    #[test]
    fn a_quantity_needs_name_and_value() {
        let compose = |name, value| in_compose(name, Some(value), value);
        assert_eq!(compose("ACCESS_TOKEN_LIFETIME", "24h"), Suspicion::None);
        assert_eq!(compose("MAX_TOKENS", "4096000"), Suspicion::None);
        assert_eq!(compose("TOKEN_LIFETIME", "abc"), Suspicion::Value);
        assert_eq!(compose("DB_PASSWORD", "24h"), Suspicion::Value);
    }

    #[test]
    fn quotes_of_the_list_form_do_not_make_a_secret() {
        let compose = |value| in_compose("DB_PASSWORD", Some(value), value);
        assert_eq!(compose("\"\""), Suspicion::Name);
        assert_eq!(compose("'true'"), Suspicion::None);
        assert_eq!(compose("'hunter2'"), Suspicion::Value);
        assert_eq!(compose("\"hunter2'"), Suspicion::Value);
    }

    #[test]
    fn values_that_are_no_credential_may_be_tracked() {
        for (name, value, wanted) in [
            ("DB_PASSWORD", "x7Gq0TzK2m", true),
            ("DB_PASSWORD", "password", false),
            ("DB_PASSWORD", "<your password>", false),
            ("DB_PASSWORD", "", false),
            ("DB_PASSWORD", "1234", false),
            (
                "DB_PASSWORD",
                "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt",
                false,
            ),
            ("DB_PASSWORD_FILE", "/run/secrets/password", false),
            ("TOKEN_TTL", "3600", false),
            ("URL", "postgres://app:x7Gq0TzK2m@db/app", true),
            ("URL", "postgres://postgres:postgres@db/app", false),
            ("TAG", "1.2", false),
        ] {
            assert_eq!(in_env_file(name, value), wanted, "{name}={value}");
        }
    }
}

//! What a secret looks like: by its own shape ([`token`]), by the name of the variable that holds it
//! ([`name`]), and by what its value can be ([`value`]).
//!
//! Nothing here keeps or prints a value.

pub mod name;
pub mod token;
pub mod value;

use crate::grammar::variable::Dialect;

use value::ValueKind;

/// Whether an ENV or ARG of a Dockerfile gives a secret away: its name says secret, and its value, unquoted,
/// is a literal that can be one.
pub fn is_secret_assignment(name: &str, value: &str, dialect: Dialect) -> bool {
    name::is_secret_name(name)
        && value::shipped_literal(value, dialect).is_some_and(|literal| {
            matches!(value::kind(&literal), ValueKind::Number | ValueKind::Other)
        })
}

/// The same for an entry of a service's `environment`. A short number is a secret here, as in
/// `POSTGRES_PASSWORD: 1234`, unless the name says that it counts something.
pub fn is_compose_secret_assignment(name: &str, value: &str) -> bool {
    name::is_compose_secret_name(name)
        && value::shipped_literal(value, Dialect::Compose).is_some_and(|literal| {
            let may_be_secret = matches!(
                value::kind(&literal),
                ValueKind::ShortNumber | ValueKind::Number | ValueKind::Other
            );
            may_be_secret && !(name::is_quantity_name(name) && value::is_quantity(&literal))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_env(name: &str, value: &str) -> bool {
        is_secret_assignment(name, value, Dialect::docker(b'\\'))
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
            ("API_KEY", ""),
            ("API_KEY", "<your-api-key>"),
            ("API_KEY", "${API_KEY}"),
            ("API_KEY", "${API_KEY:?set it}"),
            ("API_KEY", "${A}-${B}"),
            ("AUTH_TOKEN", "$TOKEN"),
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
            assert!(!in_env(name, value), "{name}={value}");
            assert!(!is_compose_secret_assignment(name, value), "{name}={value}");
        }
    }

    #[test]
    fn secrets_are_found() {
        for (name, value) in [
            ("API_KEY", "s3cr3t-value"),
            ("db_password", "hunter2"),
            ("DB_PASSWORD", "${PW:-hunter2}"),
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
        ] {
            assert!(in_env(name, value), "{name}={value}");
            assert!(is_compose_secret_assignment(name, value), "{name}={value}");
        }
    }

    #[test]
    fn a_short_number_is_a_password_in_compose_only() {
        assert!(is_compose_secret_assignment("DB_PASSWORD", "1234"));
        assert!(!in_env("DB_PASSWORD", "1234"));
    }

    #[test]
    fn a_quantity_needs_name_and_value() {
        assert!(!is_compose_secret_assignment(
            "ACCESS_TOKEN_LIFETIME",
            "24h"
        ));
        assert!(!is_compose_secret_assignment("MAX_TOKENS", "4096000"));
        assert!(is_compose_secret_assignment("TOKEN_LIFETIME", "abc"));
        assert!(is_compose_secret_assignment("DB_PASSWORD", "24h"));
    }
}

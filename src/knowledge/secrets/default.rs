//! Credentials that everybody tries first: well-known words, the user's own name, the name of the image.

use super::value::{is_placeholder_value, is_weak_default};

/// Why a credential protects nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DefaultCredential {
    /// It is on every list of passwords to try.
    Known,
    /// It is the name of the user.
    User,
    /// It is the name of the image.
    Image,
    /// It is a text that stands for one to come, and works as it is.
    Placeholder,
}

/// What makes this value a default credential. `user` is the name of the user that it belongs to, `image` that of
/// the image, without registry and tag.
pub fn default(value: &str, user: Option<&str>, image: Option<&str>) -> Option<DefaultCredential> {
    let value = value.trim();
    let is = |other: &str| other.len() > 1 && value.eq_ignore_ascii_case(other);
    if is_weak_default(value) {
        Some(DefaultCredential::Known)
    } else if user.is_some_and(is) {
        Some(DefaultCredential::User)
    } else if image.is_some_and(is) {
        Some(DefaultCredential::Image)
    } else if is_placeholder_value(value) && is_words(value) {
        Some(DefaultCredential::Placeholder)
    } else {
        None
    }
}

/// Whether a placeholder is made of words that work as a credential: not `<token>`, `xxx` or `none`.
fn is_words(value: &str) -> bool {
    const BEGINNINGS: [&str; 6] = ["enter", "insert", "placeholder", "put", "replace", "your"];
    let begins = |beginning: &&str| {
        value
            .get(..beginning.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    };
    BEGINNINGS.iter().any(begins) && !value.contains(['{', '<', '$', ' '])
}

/// The names of variables that may hold the user's name for this one: `DB_USER` for `DB_PASSWORD`.
pub fn user_names(name: &str) -> Vec<String> {
    const ENDS: [&str; 5] = ["_PASSWORD", "_PASS", "_PASSWD", "_PWD", "_SECRET"];
    const USERS: [&str; 3] = ["_USER", "_USERNAME", "_LOGIN"];
    match ENDS.iter().find_map(|end| name.strip_suffix(end)) {
        Some(stem) => USERS.iter().map(|user| format!("{stem}{user}")).collect(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_told_from_secrets() {
        for (value, expected) in [
            ("postgres", Some(DefaultCredential::Known)),
            ("ChangeMe!", Some(DefaultCredential::Known)),
            ("shop", Some(DefaultCredential::User)),
            ("nextcloud", Some(DefaultCredential::Image)),
            ("your-secret-key", Some(DefaultCredential::Placeholder)),
            ("replace_me", Some(DefaultCredential::Placeholder)),
            ("<your-token>", None),
            ("xxx", None),
            ("none", None),
            ("", None),
            ("hunter2", None),
        ] {
            assert_eq!(
                default(value, Some("shop"), Some("nextcloud")),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn the_user_stands_beside_the_password() {
        assert_eq!(
            user_names("DB_PASSWORD"),
            ["DB_USER", "DB_USERNAME", "DB_LOGIN"]
        );
        assert!(user_names("TOKEN").is_empty());
    }
}

//! Names of variables that hold secrets.
//!
//! Two tests, since the same words are used for different things. ENV and ARG names of a Dockerfile count by
//! whole words, as in BuildKit's check SecretsUsedInArgOrEnv, with more exceptions. Names in a service's
//! `environment` count by parts of words, without a bare `KEY`.

/// Words of an ENV or ARG name that mean a secret.
const WORDS: [&str; 12] = [
    "APIKEY",
    "AUTH",
    "CREDENTIAL",
    "CREDENTIALS",
    "KEY",
    "PASSPHRASE",
    "PASSWD",
    "PASSWORD",
    "PSW",
    "PWORD",
    "SECRET",
    "TOKEN",
];

/// Those of them that hardly mean anything else, and words that make one of `KEY`.
const STRONG_WORDS: [&str; 8] = [
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "PASSPHRASE",
    "PASSWD",
    "PASSWORD",
    "SECRET",
    "TOKEN",
];

/// Ends of a name with `KEY` that say as much.
const STRONG_KEYS: [&str; 6] = [
    "ACCESS_KEY",
    "API_KEY",
    "DEPLOY_KEY",
    "ENCRYPTION_KEY",
    "PRIVATE_KEY",
    "SSH_KEY",
];

/// Words that make an ENV or ARG name one of something beside the secret, wherever they stand.
const BESIDE: [&str; 18] = [
    "ALGORITHM",
    "DIR",
    "ENABLED",
    "EXPIRY",
    "FILE",
    "HEADER",
    "ID",
    "LENGTH",
    "NAME",
    "PATH",
    "POLICY",
    "PUBLIC",
    "SOCK",
    "TTL",
    "TYPE",
    "URI",
    "URL",
    "VERSION",
];

/// Words that do so as the last one: it says what the value is.
const BESIDE_AT_END: [&str; 32] = [
    "AUDIENCE", "BACKEND", "CLAIM", "CLASS", "DOMAIN", "DRIVER", "EMAIL", "ENDPOINT", "ENGINE",
    "FIELD", "FORMAT", "HOST", "HOSTNAME", "ISSUER", "LANGUAGE", "METHOD", "METHODS", "MODE",
    "PLUGIN", "PORT", "PREFIX", "PROVIDER", "REALM", "REGION", "SCHEME", "SCOPE", "SCOPES",
    "SERVER", "SERVICE", "SIZE", "USER", "USERNAME",
];

/// Parts of an `environment` name that mean a secret.
const COMPOSE_PARTS: [&str; 11] = [
    "ACCESS_KEY",
    "APIKEY",
    "API_KEY",
    "CREDENTIAL",
    "ENCRYPTION_KEY",
    "PASSPHRASE",
    "PASSWORD",
    "PRIVATE_KEY",
    "SECRET",
    "SECRET_KEY",
    "TOKEN",
];

/// Ends of an `environment` name that mean a secret.
const COMPOSE_ENDS: [&str; 5] = ["PASSWD", "_DSN", "_PASS", "_PWD", "_SALT"];

/// Parts of a name that counts or limits something.
const QUANTITIES: [&str; 24] = [
    "DURATION",
    "EXPIR",
    "INTERVAL",
    "ITERATIONS",
    "LIFETIME",
    "MAX_AGE",
    "MAX_LENGTH",
    "MIN_LENGTH",
    "POLICY",
    "ROUNDS",
    "TIMEOUT",
    "TOKENS",
    "TTL",
    "VALIDITY",
    "_COST",
    "_DAYS",
    "_HOURS",
    "_LIMIT",
    "_MINUTES",
    "_MS",
    "_PORT",
    "_RETRIES",
    "_SECONDS",
    "_SIZE",
];

/// Whether the name of an ENV or ARG says that it holds a secret.
pub fn is_secret_name(name: &str) -> bool {
    let mut secret = false;
    for word in words(name) {
        if is_one_of(word, &BESIDE) {
            return false;
        }
        secret |= is_one_of(word, &WORDS);
    }
    secret && !is_beside(name)
}

/// Whether the name of a variable says so beyond doubt: `KEY` and `AUTH` alone can be something else, and
/// builds of Rails want any value for `SECRET_KEY_BASE`.
pub fn is_strong_secret_name(name: &str) -> bool {
    let is_strong = words(name).any(|word| is_one_of(word, &STRONG_WORDS))
        || STRONG_KEYS.iter().any(|end| ends_with(name, end));
    is_strong && is_secret_name(name) && !name.eq_ignore_ascii_case("SECRET_KEY_BASE")
}

/// Whether the name of an entry of a service's `environment` says that it holds a secret.
pub fn is_compose_secret_name(name: &str) -> bool {
    let named = contains_one_of(name, &COMPOSE_PARTS, const { letters_of(&COMPOSE_PARTS) })
        || COMPOSE_ENDS.iter().any(|end| ends_with(name, end));
    named && !contains(name, "ALLOW_EMPTY_") && !contains(name, "RANDOM_") && !is_beside(name)
}

/// Whether a name counts or limits something, such as `TOKEN_TTL`. Only together with a value that is a
/// quantity does it clear a name of being a secret's.
pub fn is_quantity_name(name: &str) -> bool {
    contains_one_of(name, &QUANTITIES, const { letters_of(&QUANTITIES) })
}

/// Whether the last word says that the value is something beside the secret.
fn is_beside(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or_default();
    is_one_of(last, &BESIDE)
        || is_one_of(last, &BESIDE_AT_END)
        // In .NET's notation for nested settings, `…__Key` is a field of that name.
        || name.ends_with("__Key")
}

/// The words of a name: `DB_PASSWORD`, `adminPassword`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split('_').flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let pairs = rest.as_bytes().windows(2);
            let mut humps = pairs
                .zip(1..)
                .filter(|(pair, _)| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
            let end = humps.next().map_or(rest.len(), |(_, at)| at);
            let (word, behind) = rest.split_at(end);
            rest = behind;
            Some(word)
        })
    })
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// Whether one of several parts is in a name; `letters` are those that parts begin with.
fn contains_one_of(name: &str, parts: &[&str], letters: u32) -> bool {
    let bytes = name.as_bytes();
    (0..bytes.len()).any(|at| {
        let first = bytes[at].to_ascii_uppercase();
        let begins = |part: &&str| {
            let part = part.as_bytes();
            let piece = || bytes.get(at..at + part.len());
            part.first() == Some(&first)
                && piece().is_some_and(|piece| piece.eq_ignore_ascii_case(part))
        };
        letters & letter(first) != 0 && parts.iter().any(begins)
    })
}

/// The letters that parts begin with, as bits.
const fn letters_of(parts: &[&str]) -> u32 {
    let mut letters = 0;
    let mut at = 0;
    while at < parts.len() {
        letters |= letter(parts[at].as_bytes()[0]);
        at += 1;
    }
    letters
}

/// The bit of a letter, large or small.
const fn letter(byte: u8) -> u32 {
    1 << (byte % 32)
}

fn contains(name: &str, part: &str) -> bool {
    name.as_bytes()
        .windows(part.len())
        .any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

fn ends_with(name: &str, end: &str) -> bool {
    name.len()
        .checked_sub(end.len())
        .is_some_and(|at| name.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_counts_as_a_whole_and_in_any_case() {
        for word in WORDS {
            let lower = word.to_lowercase();
            for name in [
                word.to_owned(),
                format!("APP_{word}"),
                format!("{word}_BASE"),
                format!("a_{lower}_b"),
            ] {
                assert!(is_secret_name(&name), "{name}");
            }
            assert!(!is_secret_name(&format!("X{word}")), "{word}");
            assert!(!is_secret_name(&format!("{word}X")), "{word}");
        }
        for name in ["PRIVATE_KEY", "adminPassword", "app_apiToken"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["tokenFile", "publicKey", "Tokenizer", "keyName"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn some_names_are_beyond_doubt() {
        for name in [
            "DB_PASSWORD",
            "npm_token",
            "SSH_PRIVATE_KEY",
            "AWS_SECRET_ACCESS_KEY",
        ] {
            assert!(is_strong_secret_name(name), "{name}");
        }
        for name in [
            "KEY",
            "CACHE_KEY",
            "AUTH",
            "SECRET_KEY_BASE",
            "TOKEN_FILE",
            "PUBLIC_TOKEN",
        ] {
            assert!(!is_strong_secret_name(name), "{name}");
        }
    }

    #[test]
    fn words_beside_a_secret_clear_the_name() {
        for word in BESIDE {
            for name in [
                format!("{word}_KEY"),
                format!("KEY_{}", word.to_lowercase()),
            ] {
                assert!(!is_secret_name(&name), "{name}");
            }
            assert!(
                !is_compose_secret_name(&format!("API_TOKEN_{word}")),
                "{word}"
            );
        }
        for word in BESIDE_AT_END {
            assert!(!is_secret_name(&format!("AUTH_{word}")), "{word}");
            assert!(is_secret_name(&format!("{word}_AUTH")), "{word}");
        }
        assert!(!is_secret_name("Filters__0__Key"));
    }

    #[test]
    fn names_without_a_secret() {
        for name in [
            "",
            "_",
            "MONKEY",
            "KEYBOARD",
            "AUTHOR",
            "GOPRIVATE",
            "TOKENIZER",
            "PATH",
            "KEYS",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
        for name in [
            "",
            "LICENSE_KEY",
            "PUBLIC_KEY",
            "KEY",
            "COMPASS",
            "PWD",
            "PASS",
            "AUTH",
        ] {
            assert!(!is_compose_secret_name(name), "{name}");
        }
    }

    #[test]
    fn compose_names_count_by_parts() {
        for part in COMPOSE_PARTS {
            for name in [part.to_owned(), format!("x{}y", part.to_lowercase())] {
                assert!(is_compose_secret_name(&name), "{name}");
            }
        }
        for end in COMPOSE_ENDS {
            assert!(is_compose_secret_name(&format!("DB{end}")), "{end}");
            assert!(!is_compose_secret_name(&format!("DB{end}ES")), "{end}");
        }
        for name in [
            "DB_PASSWORD_FILE",
            "ALLOW_EMPTY_PASSWORD",
            "MYSQL_RANDOM_ROOT_PASSWORD",
        ] {
            assert!(!is_compose_secret_name(name), "{name}");
        }
    }

    #[test]
    fn names_of_quantities() {
        for name in [
            "TOKEN_TTL",
            "token_expiration",
            "PASSWORD_MIN_LENGTH",
            "MAX_TOKENS",
            "HASH_COST",
        ] {
            assert!(is_quantity_name(name), "{name}");
        }
        assert!(!is_quantity_name("DB_PASSWORD"));
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(WORDS.is_sorted() && BESIDE.is_sorted() && BESIDE_AT_END.is_sorted());
        assert!(COMPOSE_PARTS.is_sorted() && COMPOSE_ENDS.is_sorted() && QUANTITIES.is_sorted());
    }
}

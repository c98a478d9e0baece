//! Secrets that can be told by their own shape: tokens with a prefix, private keys.
//!
//! One pass over a text of any kind. Only a byte that can begin a prefix, at the start of a word, is looked
//! at twice. What follows must have the issuer's alphabet and length, and must look random: documentation
//! is full of examples. A format is here if its issuer publishes it (for GitHub: "GitHub's token formats" in
//! "About authentication to GitHub"; for GitLab: "Token prefixes" in its security documentation; for AWS:
//! "Unique identifiers" in the IAM user guide), and if nothing else has that shape.

use std::ops::Range;

/// A secret in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// What it is, for use in a message: `GitHub token`.
    pub kind: &'static str,
    /// Its bytes; of a private key, the line that begins it.
    pub range: Range<usize>,
}

/// The first secret in a text.
pub fn token(text: &str) -> Option<Token> {
    tokens(text).next()
}

/// Every secret in a text, from left to right, in linear time and without allocation.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens {
        bytes: text.as_bytes(),
        at: 0,
        runs: [(0, 0); 3],
    }
}

/// The secrets in a text.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Runs of letters, digits, `_` and `-` that were measured last, with start and end: many candidates in
    /// one run must not measure it, and the two that a JSON Web Token has behind it, again.
    runs: [(usize, usize); 3],
}

/// The characters that the body of a token is made of.
#[derive(Clone, Copy)]
enum Alphabet {
    Base62,
    /// Letters, digits, `_` and `-`.
    Url,
    LowerHex,
    /// Upper-case letters and the digits 2 to 7.
    Base32,
}

impl Alphabet {
    fn holds(self, byte: u8) -> bool {
        match self {
            Alphabet::Base62 => byte.is_ascii_alphanumeric(),
            Alphabet::Url => byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-',
            Alphabet::LowerHex => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Alphabet::Base32 => matches!(byte, b'A'..=b'Z' | b'2'..=b'7'),
        }
    }
}

/// A prefix, and the alphabet and shortest and longest length of what follows it.
type Format = (&'static str, &'static str, Alphabet, usize, usize);

/// Longest body of a token without a fixed length.
const LONG: usize = 400;

/// Formats that are a prefix and a body.
const FORMATS: [Format; 29] = [
    ("AWS access key id", "AKIA", Alphabet::Base32, 16, 16),
    ("AWS access key id", "ASIA", Alphabet::Base32, 16, 16),
    ("Anthropic key", "sk-ant-admin01-", Alphabet::Url, 80, LONG),
    ("Anthropic key", "sk-ant-api03-", Alphabet::Url, 80, LONG),
    ("Anthropic key", "sk-ant-oat01-", Alphabet::Url, 80, LONG),
    ("DigitalOcean token", "doo_v1_", Alphabet::LowerHex, 64, 64),
    ("DigitalOcean token", "dop_v1_", Alphabet::LowerHex, 64, 64),
    ("DigitalOcean token", "dor_v1_", Alphabet::LowerHex, 64, 64),
    ("Docker access token", "dckr_oat_", Alphabet::Url, 27, 40),
    ("Docker access token", "dckr_pat_", Alphabet::Url, 27, 40),
    ("GitHub token", "gho_", Alphabet::Base62, 36, LONG),
    ("GitHub token", "ghp_", Alphabet::Base62, 36, LONG),
    ("GitHub token", "ghr_", Alphabet::Base62, 36, LONG),
    ("GitHub token", "ghs_", Alphabet::Base62, 36, LONG),
    ("GitHub token", "ghu_", Alphabet::Base62, 36, LONG),
    ("GitLab token", "gldt-", Alphabet::Url, 20, LONG),
    ("GitLab token", "glpat-", Alphabet::Url, 20, LONG),
    ("GitLab token", "glptt-", Alphabet::Url, 20, LONG),
    ("GitLab token", "glrt-", Alphabet::Url, 20, LONG),
    ("Google API key", "AIza", Alphabet::Url, 35, 35),
    ("Hugging Face token", "hf_", Alphabet::Base62, 34, 40),
    ("OpenAI key", "sk-admin-", Alphabet::Url, 40, LONG),
    ("OpenAI key", "sk-proj-", Alphabet::Url, 40, LONG),
    ("OpenAI key", "sk-svcacct-", Alphabet::Url, 40, LONG),
    (
        "PyPI token",
        "pypi-AgEIcHlwaS5vcmc",
        Alphabet::Url,
        50,
        LONG,
    ),
    (
        "PyPI token",
        "pypi-AgENdGVzdC5weXBpLm9yZw",
        Alphabet::Url,
        50,
        LONG,
    ),
    ("Stripe key", "rk_live_", Alphabet::Base62, 20, LONG),
    ("Stripe key", "sk_live_", Alphabet::Base62, 20, LONG),
    ("npm token", "npm_", Alphabet::Base62, 36, 36),
];

/// The storage emulator's key, the same for everybody (Microsoft's documentation of Azurite).
const AZURITE_KEY: &[u8] = b"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2U";

/// The payload of the token that jwt.io shows: subject 1234567890.
const SAMPLE_JWT: &[u8] = b"eyJzdWIiOiIxMjM0NTY3ODkwIi";

/// The first three bytes of all prefixes: which byte can be the first, the second and the third.
const BEGINNINGS: [[&str; PLACES]; LANES] = [
    ["-S", "-G", "-."],
    ["A", "I", "z"],
    ["A", "K", "I"],
    ["A", "S", "I"],
    ["A", "c", "c"],
    ["d", "c", "k"],
    ["d", "o", "opr"],
    ["e", "y", "J"],
    ["g", "h", "oprsu"],
    ["g", "i", "t"],
    ["g", "l", "dpr"],
    ["h", "f", "_"],
    ["n", "p", "m"],
    ["p", "y", "p"],
    ["rs", "k", "-_"],
    ["x", "o", "x"],
];

/// How many bytes of a prefix are looked at first.
const PLACES: usize = 3;

/// How many beginnings there are: as many as bits are left for them in each quarter of a number.
const LANES: usize = 16;

/// What a byte can be, four times 16 bits: at the bottom whether a word can begin behind it, then for each of three
/// places the beginnings that it can belong to.
const ROLES: [u64; 256] = {
    let mut roles = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if !is_word(byte as u8) {
            roles[byte] = AHEAD;
        }
        byte += 1;
    }
    let mut lane = 0;
    while lane < LANES {
        let mut place = 0;
        while place < PLACES {
            let bytes = BEGINNINGS[lane][place].as_bytes();
            let mut at = 0;
            while at < bytes.len() {
                roles[bytes[at] as usize] |= 1 << (LANES * (place + 1) + lane);
                at += 1;
            }
            place += 1;
        }
        lane += 1;
    }
    roles
};

/// All beginnings, none of which has begun.
const AHEAD: u64 = (1 << LANES) - 1;

/// Where the first prefix of a text perhaps begins, at the start of a word: all beginnings are followed side by side,
/// one bit each, and every byte leaves of them those that it belongs to.
// As a part of the loop around it, every byte costs twice as much.
#[inline(never)]
fn first_beginning(text: &[u8], starts_word: bool) -> Option<usize> {
    let mut open = if starts_word { AHEAD } else { 0 };
    let last = text.iter().position(|byte| {
        open = (open << LANES | AHEAD) & ROLES[usize::from(*byte)];
        open >> (LANES * PLACES) != 0
    });
    Some(last? + 1 - PLACES)
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let before = self.at.checked_sub(1).map(|before| self.bytes[before]);
            let starts_word = before.is_none_or(|byte| !is_word(byte));
            let Some(step) = first_beginning(&self.bytes[self.at..], starts_word) else {
                self.at = self.bytes.len();
                return None;
            };
            let at = self.at + step;
            self.at = at + 1;
            if let Some((kind, end)) = self.candidate(at) {
                self.at = end;
                return Some(Token {
                    kind,
                    range: at..end,
                });
            }
        }
    }
}

impl Tokens<'_> {
    /// What begins at `at`, and where it ends.
    fn candidate(&mut self, at: usize) -> Option<(&'static str, usize)> {
        let rest = &self.bytes[at..];
        match rest {
            [b'-', b'-', b'-', ..] => private_key(self.bytes, at),
            [b'x', b'o', b'x', ..] => self.slack(at),
            [b'e', b'y', b'J', ..] => self.jwt(at),
            [b'S', b'G', b'.', ..] => sendgrid(rest).map(|len| ("SendGrid key", at + len)),
            [b'A', b'c', b'c', ..] => azure(rest).map(|len| ("Azure storage key", at + len)),
            [b'g', b'i', b't', ..] => {
                github_fine_grained(rest).map(|len| ("GitHub token", at + len))
            }
            _ => self.prefixed(at).or_else(|| self.openai(at)),
        }
    }

    fn prefixed(&self, at: usize) -> Option<(&'static str, usize)> {
        let rest = &self.bytes[at..];
        let (kind, prefix, alphabet, shortest, longest) = FORMATS
            .iter()
            .find(|(_, prefix, ..)| rest.starts_with(prefix.as_bytes()))?;
        let body = &rest[prefix.len()..];
        let len = run(body, *alphabet, longest + 1);
        let ends = body.get(len).is_none_or(|&byte| !is_word(byte));
        (len >= *shortest && len <= *longest && ends && looks_random(&body[..len]))
            .then_some((*kind, at + prefix.len() + len))
    }

    /// Where the run of URL-safe characters around `at` ends; `part` says which of a token's runs it is.
    fn url_run_end(&mut self, at: usize, part: usize) -> usize {
        let (start, end) = self.runs[part];
        if (start..end).contains(&at) {
            return end;
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        let end = at + run(rest, Alphabet::Url, rest.len());
        self.runs[part] = (at, end);
        end
    }

    /// `xoxb-`, `xoxp-` and the like, then groups of digits and letters.
    fn slack(&mut self, at: usize) -> Option<(&'static str, usize)> {
        let [_, _, _, b'a' | b'b' | b'p' | b'r' | b's', b'-', ..] = self.bytes[at..] else {
            return None;
        };
        let end = self.url_run_end(at, 0);
        let body = &self.bytes[at + 5..end];
        let digits = body
            .iter()
            .take(LONG)
            .filter(|byte| byte.is_ascii_digit())
            .count();
        let fits = (20..=LONG).contains(&body.len()) && digits >= 8 && !body.contains(&b'_');
        (fits && looks_random(body)).then_some(("Slack token", end))
    }

    /// The older keys, with `T3BlbkFJ` ("OpenAI" in Base64) between two random halves.
    fn openai(&mut self, at: usize) -> Option<(&'static str, usize)> {
        if !self.bytes[at..].starts_with(b"sk-") {
            return None;
        }
        let end = self.url_run_end(at, 0);
        let body = &self.bytes[at + 3..end];
        let fits = (40..=LONG).contains(&body.len())
            && body.windows(8).any(|window| window == b"T3BlbkFJ")
            && looks_random(body);
        fits.then_some(("OpenAI key", end))
    }

    /// Three parts between dots, of which the first two are JSON objects in Base64.
    fn jwt(&mut self, at: usize) -> Option<(&'static str, usize)> {
        let header_end = self.url_run_end(at, 0);
        if header_end - at < 12 || !self.bytes[header_end..].starts_with(b".eyJ") {
            return None;
        }
        let payload_end = self.url_run_end(header_end + 1, 1);
        let payload = &self.bytes[header_end + 1..payload_end];
        if payload.len() < 12 || self.bytes.get(payload_end) != Some(&b'.') {
            return None;
        }
        let end = self.url_run_end(payload_end + 1, 2);
        let signature = self.bytes.get(payload_end + 1..end)?;
        let signed = signature.len() >= 20 && looks_random(&signature[..signature.len().min(LONG)]);
        (signed && !payload.starts_with(SAMPLE_JWT)).then_some(("JSON Web Token", end))
    }
}

/// The line that begins a private key, if a key follows it: the words alone are often searched for.
fn private_key(bytes: &[u8], at: usize) -> Option<(&'static str, usize)> {
    const LONGEST_HEADER: usize = 64;
    let rest = bytes[at..].strip_prefix(b"-----BEGIN ")?;
    let dash = rest
        .iter()
        .take(LONGEST_HEADER)
        .position(|&byte| byte == b'-')?;
    let label = &rest[..dash];
    let kind = label.strip_suffix(b" BLOCK").unwrap_or(label);
    let is_private = kind.ends_with(b"PRIVATE KEY")
        && kind
            .iter()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b' ');
    let after = rest[label.len()..].strip_prefix(b"-----")?;
    let end = bytes.len() - after.len();
    let preceded = at > 0 && bytes[at - 1] == b'-';
    (is_private && !preceded && key_follows(after)).then_some(("private key", end))
}

/// Whether a long run of Base64 comes soon.
fn key_follows(after: &[u8]) -> bool {
    const SOON: usize = 400;
    let after = &after[..after.len().min(SOON)];
    after
        .split(|byte| !(byte.is_ascii_alphanumeric() || b"+/=".contains(byte)))
        .any(|run| run.len() >= 32 && looks_random(run))
}

/// `github_pat_`, 22 characters, `_`, 59 characters.
fn github_fine_grained(rest: &[u8]) -> Option<usize> {
    let prefix = b"github_pat_";
    let body = rest.strip_prefix(prefix)?;
    let first = run(body, Alphabet::Base62, 23);
    let second = run(body.get(first + 1..)?, Alphabet::Base62, 60);
    let len = first + 1 + second;
    let fits = first == 22 && second == 59 && body.get(first) == Some(&b'_');
    let ends = body.get(len).is_none_or(|&byte| !is_word(byte));
    (fits && ends && looks_random(&body[..len])).then_some(prefix.len() + len)
}

/// `SG.`, 22 characters, a dot, 43 characters.
fn sendgrid(rest: &[u8]) -> Option<usize> {
    let body = rest.get(3..)?;
    let first = run(body, Alphabet::Url, 23);
    let second = run(body.get(first + 1..)?, Alphabet::Url, 44);
    let fits = first == 22 && second == 43 && body.get(first) == Some(&b'.');
    (fits && looks_random(&body[first + 1..first + 1 + second])).then_some(3 + first + 1 + second)
}

/// `AccountKey=` and 64 bytes in Base64.
fn azure(rest: &[u8]) -> Option<usize> {
    let prefix = b"AccountKey=";
    let body = rest.strip_prefix(prefix)?;
    let key = body.get(..88)?;
    let digits = &key[..86];
    let fits = digits
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte))
        && key.ends_with(b"==")
        && !key.starts_with(AZURITE_KEY)
        && looks_random(digits);
    fits.then_some(prefix.len() + key.len())
}

/// How many bytes of an alphabet stand first, at most `longest`.
fn run(bytes: &[u8], alphabet: Alphabet, longest: usize) -> usize {
    let bytes = &bytes[..bytes.len().min(longest)];
    bytes
        .iter()
        .position(|&byte| !alphabet.holds(byte))
        .unwrap_or(bytes.len())
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a token's body is no example: enough different characters, no long repetition, no counting, none
/// of the words that stand for a secret.
pub(super) fn looks_random(body: &[u8]) -> bool {
    const EXAMPLES: [&[u8]; 10] = [
        b"example",
        b"placeholder",
        b"redacted",
        b"changeme",
        b"your",
        b"dummy",
        b"xxxx",
        b"12345678",
        b"abcdefgh",
        b"deadbeef",
    ];
    let mut seen = [false; 256];
    let mut different = 0;
    let mut repeated = 0;
    for (at, &byte) in body.iter().enumerate() {
        if !std::mem::replace(&mut seen[usize::from(byte)], true) {
            different += 1;
        }
        repeated = if at > 0 && body[at - 1] == byte {
            repeated + 1
        } else {
            0
        };
        if repeated >= 4 {
            return false;
        }
    }
    let is_example = |word: &&[u8]| {
        body.windows(word.len())
            .any(|window| window.eq_ignore_ascii_case(word))
    };
    different >= 8 && !EXAMPLES.iter().any(is_example)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters that look random enough, the same on each run. Tokens are made here, since one that is
    /// written down would be found by every secret scanner that reads this file.
    fn random(alphabet: &str, len: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let mut state = 7_usize;
        (0..len)
            .map(|_| {
                state = (state * 1_103_515_245 + 12_345) % (1 << 31);
                alphabet[(state >> 8) % alphabet.len()]
            })
            .collect()
    }

    const BASE62: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const HEX: &str = "0123456789abcdef";
    const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    fn body(alphabet: Alphabet, len: usize) -> String {
        match alphabet {
            Alphabet::Base62 | Alphabet::Url => random(BASE62, len),
            Alphabet::LowerHex => random(HEX, len),
            Alphabet::Base32 => random(BASE32, len),
        }
    }

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        tokens(text)
            .map(|token| (token.kind, &text[token.range]))
            .collect()
    }

    fn samples() -> Vec<(&'static str, String)> {
        let mut samples: Vec<(&'static str, String)> = FORMATS
            .iter()
            .map(|(kind, prefix, alphabet, shortest, _)| {
                (*kind, format!("{prefix}{}", body(*alphabet, *shortest)))
            })
            .collect();
        let random = |len| random(BASE62, len);
        samples.push((
            "GitHub token",
            format!("github_pat_{}_{}", random(22), random(59)),
        ));
        samples.push((
            "Slack token",
            format!("xoxb-2345678901-98765432109-{}", random(24)),
        ));
        samples.push((
            "OpenAI key",
            format!("sk-{}T3BlbkFJ{}", random(20), random(20)),
        ));
        samples.push(("SendGrid key", format!("SG.{}.{}", random(22), random(43))));
        samples.push(("Azure storage key", format!("AccountKey={}==", random(86))));
        samples.push((
            "JSON Web Token",
            format!("eyJhbGciOiJIUzI1NiJ9.eyJ{}.{}", random(30), random(43)),
        ));
        samples
    }

    #[test]
    fn every_format_is_found_wherever_it_stands() {
        for (kind, token) in samples() {
            for (before, after) in [
                ("", ""),
                ("TOKEN=", "\n"),
                ("'", "'"),
                ("https://x:", "@example.com"),
                ("- ", " # comment"),
                ("é", "é"),
            ] {
                let text = format!("{before}{token}{after}");
                assert_eq!(found(&text), [(kind, &*token)], "{text}");
            }
        }
    }

    #[test]
    fn a_token_inside_a_word_is_none() {
        for (kind, token) in samples() {
            assert_eq!(found(&format!("x{token}")), [], "{kind}");
            assert_eq!(found(&format!("_{token}")), [], "{kind}");
        }
    }

    #[test]
    fn lengths_and_alphabets_count() {
        for (kind, prefix, alphabet, shortest, longest) in FORMATS {
            let short = body(alphabet, shortest - 1);
            assert_eq!(found(&format!("{prefix}{short}")), [], "{kind}");
            let long = body(alphabet, longest + 1);
            assert_eq!(found(&format!("{prefix}{long}")), [], "{kind}");
            let broken = format!("{prefix}{short}+{short}");
            assert_eq!(found(&broken), [], "{kind}");
        }
    }

    #[test]
    fn examples_are_none() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE".to_owned(),
            format!("ghp_{}", "x".repeat(36)),
            format!("ghp_{}", "1234567890".repeat(4)),
            format!("ghp_{}", "abcdefghij".repeat(4)),
            format!("glpat-{}", "your-token-goes-here-please"),
            format!("npm_{}EXAMPLE", random(BASE62, 29)),
            format!("sk-proj-{}", "abab".repeat(20)),
            format!(
                "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2U{}==",
                random(BASE62, 34)
            ),
            format!(
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwi.{}",
                random(BASE62, 43)
            ),
            format!("xoxb-{}", "not-a-real-token-at-all-here"),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
    }

    #[test]
    fn ordinary_words_with_a_prefix_are_none() {
        for text in [
            "npm_config_cache=/tmp/npm",
            "hf_model_name=bert",
            "sk-learn",
            "ghp_",
            "glpat-",
            "SG.x",
            "pypi-server",
            "AKIA",
            "eyJ.eyJ.x",
            "-----BEGIN CERTIFICATE-----",
            "grep -q -- '-----BEGIN RSA PRIVATE KEY-----' key.pem",
            "-----BEGIN PUBLIC KEY-----",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_private_key_is_its_first_line() {
        let key = random(BASE62, 64);
        for label in [
            "RSA PRIVATE KEY",
            "PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "PGP PRIVATE KEY BLOCK",
        ] {
            for (line_break, indent) in [("\n", ""), ("\r\n", "  "), ("\\n", "")] {
                let first = format!("-----BEGIN {label}-----");
                let text = format!("x: {first}{line_break}{indent}{key}{line_break}{indent}{key}");
                assert_eq!(found(&text), [("private key", &*first)], "{text}");
            }
        }
    }

    #[test]
    fn a_failed_candidate_does_not_hide_the_next() {
        let key = format!("sk-{}T3BlbkFJ{}", random(BASE62, 20), random(BASE62, 20));
        let text = format!("eyJhbGciOiJIUzI1NiJ9-{key}.eyJ{}", random(BASE62, 30));
        assert_eq!(found(&text), [("OpenAI key", &*key)]);
    }

    #[test]
    fn all_of_several_tokens_are_found() {
        let text = samples()
            .into_iter()
            .map(|(_, token)| token)
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(found(&text).len(), samples().len());
    }

    #[test]
    fn every_prefix_is_looked_for() {
        for (_, prefix, ..) in FORMATS {
            assert!(
                first_beginning(prefix.as_bytes(), true) == Some(0),
                "{prefix}"
            );
        }
        assert!(FORMATS.is_sorted_by_key(|(kind, prefix, ..)| (*kind, *prefix)));
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for unit in [
            "sk-",
            "eyJ-",
            "eyJa.",
            "xoxb-",
            "ghp_",
            "-",
            "-----BEGIN ",
            "AKIA ",
            "SG.",
            "github_pat_ ",
            "AccountKey= ",
        ] {
            let text = unit.repeat(20_000);
            assert_eq!(found(&text), [], "{unit}");
            assert_eq!(found(&format!("{text}.{text}.{text}")), [], "{unit}");
        }
    }
}

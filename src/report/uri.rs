//! Paths as URI references (RFC 3986).

use std::path::{MAIN_SEPARATOR, Path};

/// A path as a URI reference: relative as long as the path is, else with the scheme `file`. Every byte that
/// is no unreserved character is percent-encoded, so that names which are no Unicode stay what they are.
pub(super) fn uri(path: &Path) -> String {
    encode(path.as_os_str().as_encoded_bytes(), MAIN_SEPARATOR == '\\')
}

/// Whether a reference stands for itself, without a base.
pub(super) fn is_absolute(uri: &str) -> bool {
    uri.starts_with("file:")
}

/// Whether an address holds nothing but what an address may hold, so that it ends where it seems to.
pub(super) fn is_plain(address: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    !address.is_empty() && address.bytes().all(is_allowed)
}

/// The reference for the bytes of a path; on Windows `\` separates its parts and `C:` may begin it.
fn encode(path: &[u8], is_windows: bool) -> String {
    let is_separator = |byte: u8| byte == b'/' || (is_windows && byte == b'\\');
    let has_drive = is_windows && path.len() > 2 && path[1] == b':' && is_separator(path[2]);
    let mut text = String::with_capacity(path.len() + 8);
    let mut rest = path;
    if has_drive {
        text.push_str("file:///");
        text.push(char::from(path[0]));
        text.push(':');
        rest = &path[2..];
    } else if is_windows && path.len() > 2 && is_separator(path[0]) && is_separator(path[1]) {
        // `\\server\share` names its server where the authority stands.
        text.push_str("file:");
    } else if path.first().is_some_and(|byte| is_separator(*byte)) {
        text.push_str("file://");
    } else if path.starts_with(b"./") {
        rest = &path[2..];
    }
    for byte in rest {
        match *byte {
            byte if is_separator(byte) => text.push('/'),
            b'-' | b'.' | b'_' | b'~' => text.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{encode, is_plain};

    #[test]
    fn paths_become_references() {
        let cases: [(&[u8], &str); 9] = [
            (b"api/Dockerfile", "api/Dockerfile"),
            (b"./Dockerfile", "Dockerfile"),
            (b"../Dockerfile", "../Dockerfile"),
            (b"-", "-"),
            (b"/srv/a b", "file:///srv/a%20b"),
            ("é/日".as_bytes(), "%C3%A9/%E6%97%A5"),
            (b"a:b?c#d%e[f]", "a%3Ab%3Fc%23d%25e%5Bf%5D"),
            (b"no-unicode\xff\x1b\n", "no-unicode%FF%1B%0A"),
            (br"a\b", "a%5Cb"),
        ];
        for (path, wanted) in cases {
            assert_eq!(encode(path, false), wanted);
        }
    }

    #[test]
    fn addresses_end_where_they_seem_to() {
        assert!(is_plain("https://example.org/a(b)?c=%20#d"));
        for address in [
            "",
            "https://x/ y",
            "https://x/\x1b",
            "https://x/\\",
            "https://x/é",
        ] {
            assert!(!is_plain(address), "{address:?}");
        }
    }

    #[test]
    fn paths_of_windows_become_references() {
        let cases: [(&[u8], &str); 4] = [
            (br"api\Dockerfile", "api/Dockerfile"),
            (br"C:\a b\Dockerfile", "file:///C:/a%20b/Dockerfile"),
            (br"\\server\share\x", "file://server/share/x"),
            (br"c:x", "c%3Ax"),
        ];
        for (path, wanted) in cases {
            assert_eq!(encode(path, true), wanted);
        }
    }
}

//! Names of hosts in the variables and commands of a container.
//!
//! Only where a text is certainly an address: the authority of a URL, and values of variables whose name says so.
//! Whether a service has the name is for `link` to say.

use crate::compose::value::Scalar;
use crate::text::Span;

/// How the name of a variable ends whose value is a host, or several.
const HOSTS: &[&str] = &["HOST", "HOSTNAME", "HOSTS"];

/// How the name of a variable ends whose value is a host with a port, or several.
const ADDRESSES: &[&str] = &[
    "ADDR", "ADDRESS", "BROKER", "BROKERS", "ENDPOINT", "HOST", "HOSTNAME", "HOSTS", "SERVER",
    "SERVERS", "URI", "URL",
];

/// The hosts in the value of a variable, each with its place and as it is written.
pub(super) fn of(variable: &Scalar, value: &Scalar) -> Vec<(Span, Box<str>)> {
    if value.text().contains("://") {
        return in_urls(value);
    }
    let name = variable.text().rsplit('_').next().unwrap_or_default();
    let has_end = |ends: &[&str]| ends.iter().any(|end| name.eq_ignore_ascii_case(end));
    let (is_host, is_address) = (has_end(HOSTS), has_end(ADDRESSES));
    let mut found = Vec::new();
    if (is_host || is_address)
        && let Some(cooked) = value.masked()
    {
        each(cooked.text(), |offset, host, has_port| {
            if has_port || is_host {
                let span = cooked.span(offset..offset + host.len());
                found.extend(known(value, span, host));
            }
        });
    }
    found
}

/// The hosts in the URLs of a text, each with its place and as it is written.
pub(super) fn in_urls(value: &Scalar) -> Vec<(Span, Box<str>)> {
    let mut found = Vec::new();
    if !value.text().contains("://") {
        return found;
    }
    let Some(cooked) = value.masked() else {
        return found;
    };
    let text = cooked.text();
    let mut at = 0;
    while let Some(scheme) = text[at..].find("://") {
        let start = at + scheme + "://".len();
        let rest = &text[start..];
        let end = rest.find([
            '/', '?', '#', ' ', '"', '\'', '\\', '\n', '\t', ')', '>', ';', '|',
        ]);
        let authority = &rest[..end.unwrap_or(rest.len())];
        let user = authority.rfind('@').map_or(0, |at| at + 1);
        each(&authority[user..], |offset, host, _| {
            let host_at = start + user + offset;
            let span = cooked.span(host_at..host_at + host.len());
            found.extend(known(value, span, host));
        });
        at = start + authority.len();
    }
    found
}

/// A host, if it can be a service's and no variable decides on it.
fn known(value: &Scalar, span: Span, host: &str) -> Option<(Span, Box<str>)> {
    let mut references = value.references().iter();
    let is_decided = references.any(|reference| reference.span.contains(span));
    (is_host(host) && !is_decided).then(|| (span, host.into()))
}

/// Shows the hosts of a list such as `a:1,b:2`, with their offsets and whether a port follows.
fn each(list: &str, mut show: impl FnMut(usize, &str, bool)) {
    let mut start = 0;
    for item in list.split(',') {
        let (host, port) = item.split_once(':').unwrap_or((item, ""));
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        if is_port(port) || port.contains(crate::compose::interpolate::UNKNOWN) {
            show(start, host, !port.is_empty());
        }
        start += item.len() + 1;
    }
}

/// Whether a text can be the name of a service and is no address of the machine itself.
fn is_host(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    !text.is_empty() && text != "localhost" && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Cooked;
    use crate::yaml::{Resolved, ScalarStyle};

    fn hosts(variable: &str, value: &str) -> Vec<String> {
        let scalar = |text: &str| {
            let raw = Cooked::verbatim(text, 0).into_owned();
            Scalar::new(raw, ScalarStyle::Plain, Resolved::Str)
        };
        let found = of(&scalar(variable), &scalar(value));
        let shown = |(span, host): &(Span, Box<str>)| {
            assert_eq!(span.text(value), &**host);
            host.to_string()
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn hosts_stand_in_addresses_only() {
        for (variable, value, expected) in [
            ("A", "postgres://u:p@db:5432/x", &["db"][..]),
            ("A", "postgres://${U}:${P:?x}@db/x", &["db"]),
            ("A", "jdbc:mysql://db/x?url=http://web", &["db", "web"]),
            ("A", "mongodb://a:1,b:${P}/x", &["a", "b"]),
            ("A", "http://${H:-db}/", &[]),
            ("A", "http://localhost:80 http://10.0.0.1", &[]),
            ("A", "http://db.example.com", &[]),
            ("DB_HOST", "db", &["db"]),
            ("DB_host", "db:5432", &["db"]),
            ("KAFKA_BROKERS", "a:9092,b:9092", &["a", "b"]),
            ("KAFKA_BROKERS", "a", &[]),
            ("DRIVER", "db", &[]),
            ("IMAGE", "db:5432", &[]),
            ("URL", "${X}", &[]),
        ] {
            assert_eq!(hosts(variable, value), expected, "{variable}={value}");
        }
    }
}

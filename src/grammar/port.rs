//! Ports: Compose's short form `[[IP:][HOST]:]CONTAINER[/PROTOCOL]` and the words of EXPOSE.
//!
//! EXPOSE takes the same words, though its host part means nothing. Grammar after `ParsePortSpec` of
//! docker/go-connections, which Compose calls, and BuildKit's `dockerfile2llb/convert_expose.go`.

use std::net::IpAddr;
use std::ops::{Range, RangeInclusive};

use nom::bytes::complete::tag_no_case;
use nom::character::complete::{char, digit1};
use nom::combinator::{all_consuming, opt, recognize, value};
use nom::sequence::preceded;
use nom::{IResult, Parser, branch::alt};

use super::{GrammarError, excerpt, is_known, split};

/// A port mapping or an exposed port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortMapping {
    /// The address on the host that the port is bound to.
    pub host_ip: HostIp,
    /// The ports on the host. `None`: certainly not given, so that Docker chooses one when it publishes.
    /// A range beside a single container port is a pool to choose from.
    pub host: Option<Ports>,
    /// The ports in the container.
    pub container: Ports,
    /// The protocol, if it is written.
    pub protocol: Option<ProtocolPart>,
}

/// The part of a mapping that says on which address of the host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostIp {
    /// None is given: every address.
    Absent,
    /// This one.
    Address {
        /// Its bytes, brackets included.
        range: Range<usize>,
        /// The address.
        address: IpAddr,
    },
    /// A variable may bring one.
    Unknown,
}

/// One port or a range of ports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ports {
    /// The bytes they stand in.
    pub range: Range<usize>,
    /// The numbers, lowest first; `None` if a variable is among them.
    pub numbers: Option<RangeInclusive<u16>>,
}

impl Ports {
    /// The number, if it is known and only one.
    pub fn single(&self) -> Option<u16> {
        let numbers = self.numbers.as_ref()?;
        (numbers.start() == numbers.end()).then_some(*numbers.start())
    }

    /// How many ports, if that is known.
    pub fn count(&self) -> Option<u32> {
        let numbers = self.numbers.as_ref()?;
        Some(u32::from(*numbers.end()) - u32::from(*numbers.start()) + 1)
    }
}

/// A protocol as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProtocolPart {
    /// Its bytes, without the slash.
    pub range: Range<usize>,
    /// Which; `None` if a variable says so.
    pub protocol: Option<Protocol>,
}

/// A protocol that a port can have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Protocol {
    /// The default.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Sctp => "sctp",
        }
    }
}

impl PortMapping {
    /// The protocol in effect; `None` if it is unknown.
    pub fn protocol(&self) -> Option<Protocol> {
        match &self.protocol {
            None => Some(Protocol::Tcp),
            Some(part) => part.protocol,
        }
    }

    /// Whether the port is reachable on every address of the host. `None` if a variable may say otherwise.
    pub fn is_on_all_interfaces(&self) -> Option<bool> {
        match &self.host_ip {
            HostIp::Absent => Some(true),
            HostIp::Address { address, .. } => Some(address.to_canonical().is_unspecified()),
            HostIp::Unknown => None,
        }
    }

    /// Whether the port is bound to a loopback address only. `None` if a variable may say otherwise.
    pub fn is_on_loopback(&self) -> Option<bool> {
        match &self.host_ip {
            HostIp::Absent => Some(false),
            HostIp::Address { address, .. } => Some(address.to_canonical().is_loopback()),
            HostIp::Unknown => None,
        }
    }
}

/// Reads an item of a service's `ports` in the short form. Port 0 of the container is refused.
pub fn parse_short(text: &str) -> Result<PortMapping, GrammarError> {
    let mapping = parse(text)?;
    if mapping
        .container
        .numbers
        .as_ref()
        .is_some_and(|numbers| *numbers.start() == 0)
    {
        return Err(GrammarError::new(
            mapping.container.range,
            "container port is not between 1 and 65535",
        ));
    }
    Ok(mapping)
}

/// Reads a word of EXPOSE. Port 0 is allowed, and so are an address and a host port, which BuildKit checks
/// and then ignores.
pub fn parse_exposed(text: &str) -> Result<PortMapping, GrammarError> {
    parse(text)
}

fn parse(text: &str) -> Result<PortMapping, GrammarError> {
    let mut sections = split(text, b':');
    let last = sections.pop().unwrap_or(0..text.len());
    let (container, protocol) = container_and_protocol(text, last)?;
    let host_section = sections.pop();
    let host_ip = match (&host_section, sections.first(), sections.last()) {
        (_, Some(first), Some(last)) => host_ip(text, first.start..last.end)?,
        // Without a colon of its own, a variable may still bring one.
        (Some(host), ..) if !is_known(&text[host.clone()]) => HostIp::Unknown,
        (None, ..) if !is_known(&text[container.range.clone()]) => HostIp::Unknown,
        _ => HostIp::Absent,
    };
    let host = match host_section {
        Some(range) if range.is_empty() => None,
        Some(range) => Some(ports(text, range, "host port")?),
        None if container.numbers.is_none() => Some(Ports {
            range: container.range.clone(),
            numbers: None,
        }),
        None => None,
    };
    if let Some(host) = &host
        && let (Some(hosts), Some(containers)) = (host.count(), container.count())
        && containers > 1
        && hosts != containers
    {
        let message = match hosts {
            1 => format!("one host port is mapped to {containers} container ports"),
            _ => format!("{hosts} host ports are mapped to {containers} container ports"),
        };
        return Err(
            GrammarError::new(host.range.start..container.range.end, message)
                .with_help("give two ranges of the same length"),
        );
    }
    Ok(PortMapping {
        host_ip,
        host,
        container,
        protocol,
    })
}

/// The last section, cut at its slash.
fn container_and_protocol(
    text: &str,
    section: Range<usize>,
) -> Result<(Ports, Option<ProtocolPart>), GrammarError> {
    let slash = super::separators(&text[section.clone()], b'/').next();
    let end = slash.map_or(section.end, |at| section.start + at);
    if end == section.start {
        let message = format!("`{}` has no container port", excerpt(text));
        return Err(GrammarError::new(0..text.len(), message));
    }
    let container = ports(text, section.start..end, "container port")?;
    let protocol = match slash {
        // An empty protocol is the default one.
        Some(_) if end + 1 == section.end => None,
        Some(_) => Some(protocol_part(text, end + 1..section.end)?),
        None => None,
    };
    Ok((container, protocol))
}

fn protocol_part(text: &str, range: Range<usize>) -> Result<ProtocolPart, GrammarError> {
    let word = &text[range.clone()];
    let protocol = match all_consuming(protocol).parse(word) {
        Ok((_, protocol)) => Some(protocol),
        Err(_) if is_known(word) => {
            let message = format!("protocol `{}` is not tcp, udp or sctp", excerpt(word));
            return Err(GrammarError::new(range, message));
        }
        Err(_) => None,
    };
    Ok(ProtocolPart { range, protocol })
}

fn host_ip(text: &str, range: Range<usize>) -> Result<HostIp, GrammarError> {
    let word = &text[range.clone()];
    if !is_known(word) {
        return Ok(HostIp::Unknown);
    }
    if word.is_empty() {
        // `::80`: two colons and nothing before them.
        return Ok(HostIp::Absent);
    }
    let bare = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'))
        .unwrap_or(word);
    match bare.parse::<IpAddr>() {
        Ok(address) => Ok(HostIp::Address { range, address }),
        Err(_) => {
            let message = format!("`{}` is not an IP address", excerpt(word));
            Err(GrammarError::new(range, message).with_help("a host name is not accepted here"))
        }
    }
}

fn ports(text: &str, range: Range<usize>, what: &str) -> Result<Ports, GrammarError> {
    let word = &text[range.clone()];
    let wrong = |message: String| Err(GrammarError::new(range.clone(), message));
    let Ok((_, (first, last))) = all_consuming(port_range).parse(word) else {
        if !is_known(word) {
            return Ok(Ports {
                range,
                numbers: None,
            });
        }
        return wrong(format!(
            "{what} `{}` is not a number or a range",
            excerpt(word)
        ));
    };
    let last = last.unwrap_or(first);
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok(Ports {
            range,
            numbers: Some(first..=last),
        }),
        (Some(_), Some(_)) => wrong(format!("port range `{}` is reversed", excerpt(word))),
        _ => wrong(format!("{what} `{}` is larger than 65535", excerpt(word))),
    }
}

/// Decimal digits as a number; leading zeros do not count.
fn number(digits: &str) -> Option<u16> {
    digits.trim_start_matches('+').parse().ok()
}

/// `80` or `80-90`. Go's number reader also takes a plus sign.
fn port_range(input: &str) -> IResult<&str, (&str, Option<&str>)> {
    fn port(input: &str) -> IResult<&str, &str> {
        recognize((opt(char('+')), digit1)).parse(input)
    }
    (port, opt(preceded(char('-'), port))).parse(input)
}

fn protocol(input: &str) -> IResult<&str, Protocol> {
    alt((
        value(Protocol::Tcp, tag_no_case("tcp")),
        value(Protocol::Udp, tag_no_case("udp")),
        value(Protocol::Sctp, tag_no_case("sctp")),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ip host container protocol` with `-` for what is not there and `?` for what is unknown.
    fn shown(text: &str) -> String {
        let mapping = parse_short(text).unwrap_or_else(|error| panic!("{text}: {}", error.message));
        let show = |ports: &Ports| match &ports.numbers {
            Some(numbers) if numbers.start() == numbers.end() => numbers.start().to_string(),
            Some(numbers) => format!("{}-{}", numbers.start(), numbers.end()),
            None => "?".to_owned(),
        };
        let ip = match &mapping.host_ip {
            HostIp::Absent => "-".to_owned(),
            HostIp::Unknown => "?".to_owned(),
            HostIp::Address { range, address } => {
                assert!(text.get(range.clone()).is_some());
                address.to_string()
            }
        };
        let protocol = match mapping.protocol() {
            Some(Protocol::Tcp) => "tcp",
            Some(Protocol::Udp) => "udp",
            Some(Protocol::Sctp) => "sctp",
            None => "?",
        };
        let host = mapping.host.as_ref().map_or("-".to_owned(), show);
        format!("{ip} {host} {} {protocol}", show(&mapping.container))
    }

    fn error(text: &str) -> (&str, String) {
        let error = parse_short(text).expect_err(text);
        (&text[error.range], error.message)
    }

    #[test]
    fn short_forms() {
        for (text, expected) in [
            ("80", "- - 80 tcp"),
            ("080", "- - 80 tcp"),
            ("3000-3005", "- - 3000-3005 tcp"),
            ("80/udp", "- - 80 udp"),
            ("80/SCTP", "- - 80 sctp"),
            ("80/", "- - 80 tcp"),
            ("8080:80", "- 8080 80 tcp"),
            ("0:80", "- 0 80 tcp"),
            (":80", "- - 80 tcp"),
            ("::80", "- - 80 tcp"),
            ("9090-9091:8080-8081", "- 9090-9091 8080-8081 tcp"),
            ("9090-9099:80", "- 9090-9099 80 tcp"),
            ("80-80:80", "- 80 80 tcp"),
            ("127.0.0.1:8001:8001/tcp", "127.0.0.1 8001 8001 tcp"),
            ("127.0.0.1::80", "127.0.0.1 - 80 tcp"),
            ("::1:82:82", "::1 82 82 tcp"),
            ("[::1]:82:82", "::1 82 82 tcp"),
            (
                "[2001:4860:0:2001::68]::333",
                "2001:4860:0:2001::68 - 333 tcp",
            ),
            ("::::80", ":: - 80 tcp"),
            (
                "0.0.0.0:1234-1235:3333-3334/tcp",
                "0.0.0.0 1234-1235 3333-3334 tcp",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn unknown_parts() {
        for (text, expected) in [
            ("$P", "? ? ? tcp"),
            ("$P:80", "? ? 80 tcp"),
            ("${P:-1:2}:80", "? ? 80 tcp"),
            ("8080:$P", "- 8080 ? tcp"),
            ("8080:8$P", "- 8080 ? tcp"),
            ("$IP:8080:80", "? 8080 80 tcp"),
            ("127.0.0.1:$P:80", "127.0.0.1 ? 80 tcp"),
            ("8080:80/$PROTO", "- 8080 80 ?"),
            ("8080:${P:-80/udp}", "- 8080 ? tcp"),
            ("$A-$B:1-2", "? ? 1-2 tcp"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn errors() {
        for (text, range, message) in [
            ("", "", "`` has no container port"),
            ("8080:", "8080:", "`8080:` has no container port"),
            ("/udp", "/udp", "`/udp` has no container port"),
            ("0", "0", "container port is not between 1 and 65535"),
            (
                "80:65536",
                "65536",
                "container port `65536` is larger than 65535",
            ),
            (
                "99999999999999999999:1",
                "99999999999999999999",
                "host port `99999999999999999999` is larger than 65535",
            ),
            ("90-80", "90-80", "port range `90-80` is reversed"),
            (
                "80-90-100",
                "80-90-100",
                "container port `80-90-100` is not a number or a range",
            ),
            (
                "80-",
                "80-",
                "container port `80-` is not a number or a range",
            ),
            (
                "1-3:1-2",
                "1-3:1-2",
                "3 host ports are mapped to 2 container ports",
            ),
            (
                "1:1-2",
                "1:1-2",
                "one host port is mapped to 2 container ports",
            ),
            ("80/http", "http", "protocol `http` is not tcp, udp or sctp"),
            (
                "80/tcp/udp",
                "tcp/udp",
                "protocol `tcp/udp` is not tcp, udp or sctp",
            ),
            (
                "80/tcp:90",
                "80/tcp",
                "host port `80/tcp` is not a number or a range",
            ),
            (
                "localhost:80:80",
                "localhost",
                "`localhost` is not an IP address",
            ),
            ("*:80:80", "*", "`*` is not an IP address"),
            (
                "fe80::1%eth0:80:80",
                "fe80::1%eth0",
                "`fe80::1%eth0` is not an IP address",
            ),
            ("[::1:80:80", "[::1", "`[::1` is not an IP address"),
            (
                "999.1.1.1:80:80",
                "999.1.1.1",
                "`999.1.1.1` is not an IP address",
            ),
            (
                "80 :80",
                "80 ",
                "host port `80 ` is not a number or a range",
            ),
            ("-1", "-1", "container port `-1` is not a number or a range"),
            (
                "80.5",
                "80.5",
                "container port `80.5` is not a number or a range",
            ),
            (
                "1080=1080",
                "1080=1080",
                "container port `1080=1080` is not a number or a range",
            ),
            ("$P:80/x", "x", "protocol `x` is not tcp, udp or sctp"),
            (
                "$IP:70000:80",
                "70000",
                "host port `70000` is larger than 65535",
            ),
        ] {
            assert_eq!(error(text), (range, message.to_owned()), "{text}");
        }
    }

    #[test]
    fn exposed_port_zero_is_no_error_of_the_grammar() {
        assert_eq!(parse_exposed("0").unwrap().container.single(), Some(0));
        assert!(parse_exposed("80-90/udp").is_ok());
        assert!(parse_exposed("8080:80").unwrap().host.is_some());
        assert!(parse_exposed("80/https").is_err());
    }

    #[test]
    fn addresses_say_who_can_reach_the_port() {
        for (text, all, loopback) in [
            ("1:1", Some(true), Some(false)),
            ("0.0.0.0:1:1", Some(true), Some(false)),
            ("[::]:1:1", Some(true), Some(false)),
            ("::ffff:0.0.0.0:1:1", Some(true), Some(false)),
            ("127.0.0.2:1:1", Some(false), Some(true)),
            ("::1:1:1", Some(false), Some(true)),
            ("10.0.0.1:1:1", Some(false), Some(false)),
            ("$P:1", None, None),
        ] {
            let mapping = parse_short(text).unwrap();
            assert_eq!(mapping.is_on_all_interfaces(), all, "{text}");
            assert_eq!(mapping.is_on_loopback(), loopback, "{text}");
        }
    }
}

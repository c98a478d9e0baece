//! Commands that fetch files from the network: from where, to where, with which checks.
//!
//! What `curl`, `wget`, `aria2c`, `axel` and FreeBSD's `fetch` understand, by `curl --help all` (curl 8),
//! `wget --help` (GNU Wget 1.21) and the manual pages aria2c(1), axel(1), fetch(1).
//!
//! Not for: `ADD` with a URL, package managers, `git`; whether a file is run (see [`super::execution`]).

mod options;

use super::ast::{Script, SimpleCommand};
use super::invocation::{Argument, Flag, FlagValue, Invocation, Values};
use super::programs::Programs;
use super::word::Word;
use crate::text::Span;

/// A command that fetches, or would if it had a URL: `curl --version` is one without sources.
#[derive(Clone, Debug)]
pub struct Download<'a> {
    /// The program.
    pub tool: Tool,
    /// The command without its wrappers.
    pub invocation: Invocation<'a>,
    /// What it fetches, in the order of the command.
    pub sources: Vec<Source<'a>>,
    /// Its options, in the order of the command.
    pub flags: Vec<Flag<'a>>,
}

/// A program that fetches files.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tool {
    /// `curl`
    Curl,
    /// `wget` of GNU or BusyBox
    Wget,
    /// `aria2c`
    Aria2,
    /// `axel`
    Axel,
    /// `fetch` of FreeBSD
    Fetch,
}

/// One thing that is fetched.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The word with the URL, perhaps with variables.
    pub word: &'a Word,
    /// Where it goes.
    pub target: Target<'a>,
}

/// Where a download goes.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// To standard output, which the command itself does not send to a file.
    Output,
    /// To a file that an option or a redirection names.
    File {
        /// The folder, if an option of its own names it.
        folder: Option<FlagValue<'a>>,
        /// The file.
        name: FlagValue<'a>,
    },
    /// To a file that is named like the last part of the URL.
    RemoteName {
        /// The folder, if an option names it.
        folder: Option<FlagValue<'a>>,
    },
}

impl Tool {
    /// The tool that a command runs, which says less than [`Download::of`] and takes less time.
    pub fn of(command: &SimpleCommand) -> Option<Tool> {
        Tool::called(command.unwrapped()?.name()?)
    }

    /// All of them.
    pub const PROGRAMS: Programs = Programs::of(&["curl", "wget", "aria2c", "axel", "fetch"]);

    /// The tool with this name.
    pub fn called(name: &str) -> Option<Tool> {
        Some(match name {
            "curl" => Tool::Curl,
            "wget" => Tool::Wget,
            "aria2c" => Tool::Aria2,
            "axel" => Tool::Axel,
            "fetch" => Tool::Fetch,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Curl => "curl",
            Tool::Wget => "wget",
            Tool::Aria2 => "aria2c",
            Tool::Axel => "axel",
            Tool::Fetch => "fetch",
        }
    }

    /// Its options that take a value, without dashes.
    pub fn with_value(self) -> &'static Values<'static> {
        match self {
            Tool::Curl => const { &Values::of(options::CURL_VALUES) },
            Tool::Wget => const { &Values::of(options::WGET_VALUES) },
            Tool::Aria2 => {
                const {
                    &Values::of(&[
                        "o",
                        "out",
                        "d",
                        "dir",
                        "i",
                        "input-file",
                        "l",
                        "log",
                        "j",
                        "s",
                        "x",
                    ])
                }
            }
            Tool::Axel => {
                const {
                    &Values::of(&[
                        "o",
                        "output",
                        "n",
                        "num-connections",
                        "s",
                        "H",
                        "U",
                        "T",
                        "timeout",
                    ])
                }
            }
            Tool::Fetch => {
                const { &Values::of(&["o", "output", "T", "timeout", "B", "S", "w", "i", "N"]) }
            }
        }
    }
}

impl<'a> Download<'a> {
    /// Takes a command apart; `None` for another program.
    pub fn of(command: &'a SimpleCommand) -> Option<Download<'a>> {
        let invocation = command.unwrapped()?;
        let tool = Tool::called(invocation.name()?)?;
        let mut words = Vec::new();
        let mut flags = Vec::new();
        let mut files: Vec<Option<FlagValue<'a>>> = Vec::new();
        let mut folder = None;
        let mut all_remote_names = tool != Tool::Curl;
        for argument in invocation.arguments_with(tool.with_value()) {
            let flag = match argument {
                Argument::Operand(word) => {
                    words.push(word);
                    continue;
                }
                Argument::Flag(flag) => flag,
            };
            flags.push(flag);
            match (tool, flag.name) {
                (Tool::Curl, "url") => words.extend(flag.value.map(|value| value.word)),
                (Tool::Curl, "o" | "output")
                | (Tool::Wget, "O" | "output-document")
                | (Tool::Aria2, "o" | "out")
                | (Tool::Axel | Tool::Fetch, "o" | "output") => files.extend(flag.value.map(Some)),
                (Tool::Curl, "O" | "remote-name") => files.push(None),
                (Tool::Curl, "remote-name-all") => all_remote_names = true,
                (Tool::Curl, "output-dir")
                | (Tool::Wget, "P" | "directory-prefix")
                | (Tool::Aria2, "d" | "dir") => folder = flag.value,
                _ => {}
            }
        }
        let redirect = command
            .redirects
            .iter()
            .find(|redirect| redirect.operator.value.writes() && redirect.descriptor.is_none());
        let redirected = redirect.map(|redirect| FlagValue {
            word: &redirect.target,
            text: redirect.target.text(),
        });
        let target =
            |number: usize| {
                // The option of curl belongs to one URL, that of the others to all.
                let file = match tool {
                    Tool::Curl => files.get(number),
                    _ => files.last(),
                };
                match file {
                    Some(Some(name)) if name.text == Some("-") => redirected
                        .map_or(Target::Output, |name| Target::File { folder: None, name }),
                    // GNU Wget looks at `-P` for names of its own making only.
                    Some(Some(name)) => Target::File {
                        folder: folder.filter(|_| tool != Tool::Wget),
                        name: *name,
                    },
                    Some(None) => Target::RemoteName { folder },
                    None if all_remote_names => Target::RemoteName { folder },
                    None => redirected
                        .map_or(Target::Output, |name| Target::File { folder: None, name }),
                }
            };
        let sources = words.iter().enumerate().map(|(number, word)| Source {
            word,
            target: target(number),
        });
        Some(Download {
            tool,
            invocation,
            sources: sources.collect(),
            flags,
        })
    }

    /// Where its program is named.
    pub fn place(&self) -> Span {
        self.invocation.name_word().span
    }

    /// Whether one of these options is given, named without dashes.
    pub fn has_any(&self, names: &[&str]) -> bool {
        self.flags.iter().any(|flag| names.contains(&flag.name))
    }

    /// Whether it asks for the body of its sources: no `HEAD`, no upload, nothing that is sent.
    pub fn is_get(&self) -> bool {
        let is_query = self.has_any(&["G", "get"]);
        let is_other = |flag: &Flag<'_>| match self.tool {
            Tool::Curl => match flag.name {
                "X" | "request" => flag.value.is_none_or(|value| value.text != Some("GET")),
                "I" | "head" | "F" | "form" | "form-string" | "T" | "upload-file" | "json" => true,
                "d" | "data" | "data-ascii" | "data-binary" | "data-raw" | "data-urlencode" => {
                    !is_query
                }
                _ => false,
            },
            Tool::Wget => match flag.name {
                "spider" | "post-data" | "post-file" | "body-data" | "body-file" => true,
                "method" => flag.value.is_none_or(|value| value.text != Some("GET")),
                _ => false,
            },
            _ => false,
        };
        !self.sources.is_empty() && !self.flags.iter().any(is_other)
    }

    /// Whether a variable stands among its words that may hold options: an unquoted one beside the URL, or in
    /// front of every other word.
    pub fn has_unknown_options(&self) -> bool {
        let args = self.invocation.args();
        let is_open = |word: &&Word| {
            word.leading_piece().is_empty() && word.unquoted_expansions().next().is_some()
        };
        let open = args.iter().filter(is_open).count();
        let values = self.flags.iter().filter_map(|flag| flag.value);
        let open_values = values.map(|value| value.word).filter(is_open).count();
        let named = self.sources.iter().filter(|source| !is_open(&source.word));
        match open.saturating_sub(open_values) {
            0 => false,
            1 => named.count() > 0,
            _ => true,
        }
    }

    /// The option that switches the check of certificates off.
    pub fn unchecked(&self) -> Option<Flag<'a>> {
        let is_off = |flag: &Flag<'_>| match self.tool {
            Tool::Curl | Tool::Axel => matches!(flag.name, "k" | "insecure"),
            // As getopt does, GNU Wget takes any beginning of a long option.
            Tool::Wget => {
                flag.name.len() >= "no-check".len() && "no-check-certificate".starts_with(flag.name)
            }
            Tool::Aria2 => {
                flag.name == "check-certificate"
                    && flag.value.and_then(|value| value.text) == Some("false")
            }
            Tool::Fetch => matches!(flag.name, "no-verify-peer" | "no-verify-hostname"),
        };
        self.flags.iter().copied().find(is_off)
    }

    /// Whether nothing tells who sends it: plain HTTP or FTP, or certificates are not checked.
    pub fn is_insecure(&self) -> bool {
        let is_plain = |source: &Source<'_>| {
            let scheme = Url::of(source.word).scheme;
            scheme.is_some_and(|scheme| {
                scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("ftp")
            })
        };
        self.sources.iter().any(is_plain) || self.unchecked().is_some()
    }

    /// Whether all of it stays on this machine: `file:` or the machine's own address.
    pub fn is_local(&self) -> bool {
        let is_local = |source: &Source<'_>| Url::of(source.word).is_local();
        !self.sources.is_empty() && self.sources.iter().all(is_local)
    }
}

impl Source<'_> {
    /// The path of the file that it goes to, variables as they are written; `None` for standard output,
    /// `/dev/null` and a URL that gives no name. `text` is that of the file under check.
    pub fn path(&self, text: &str) -> Option<String> {
        let (folder, name) = match self.target {
            Target::Output => return None,
            Target::File { folder, name } => (folder, value_path(&name, text)),
            Target::RemoteName { folder } => {
                let url = written(self.word, text);
                let name = url.split(['?', '#']).next()?.rsplit('/').next()?;
                if name.is_empty() {
                    return None;
                }
                (folder, name.to_owned())
            }
        };
        let path = match folder {
            Some(folder) => {
                let folder = value_path(&folder, text);
                format!("{}/{name}", folder.trim_end_matches('/'))
            }
            None => name,
        };
        // What is thrown away is no file.
        (path != "/dev/null").then_some(path)
    }
}

fn value_path(value: &FlagValue<'_>, text: &str) -> String {
    value
        .text
        .map_or_else(|| written(value.word, text), str::to_owned)
}

/// The text that a word gives, or where variables are in it the word as it is written, without quotes around
/// it.
pub fn written(word: &Word, text: &str) -> String {
    if let Some(text) = word.text() {
        return text.to_owned();
    }
    let written = word.span.text(text);
    let inner = written
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(written).to_owned()
}

/// The beginning of a URL, as far as the word with it tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Url<'a> {
    /// What stands before `://`, if that is known.
    pub scheme: Option<&'a str>,
    /// The host without user and port, if that is known.
    pub host: Option<&'a str>,
}

impl<'a> Url<'a> {
    /// The URL that a word begins with.
    pub fn of(word: &'a Word) -> Url<'a> {
        Url::parse(word.leading_piece(), word.text().is_some())
    }

    /// The URL in a text; if `is_whole` is false, something unknown follows.
    pub fn parse(text: &'a str, is_whole: bool) -> Url<'a> {
        let is_letter =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let letters = text.bytes().take_while(is_letter).count();
        let (scheme, rest) = match text[letters..].strip_prefix("://") {
            Some(rest) if letters > 0 => (Some(&text[..letters]), rest),
            _ => (None, text),
        };
        let is_end = |byte| matches!(byte, b'/' | b'?' | b'#');
        let authority = match rest.bytes().position(is_end) {
            Some(end) => rest.get(..end),
            None if is_whole => Some(rest),
            None => None,
        };
        let host = authority.map(|authority| {
            let host = authority.rsplit('@').next().unwrap_or(authority);
            match host.strip_prefix('[') {
                Some(address) => address.split(']').next().unwrap_or(address),
                None => host.split(':').next().unwrap_or(host),
            }
        });
        Url {
            scheme,
            host: host.filter(|host| !host.is_empty()),
        }
    }

    /// Whether it has this scheme, in any case.
    pub fn has_scheme(&self, wanted: &str) -> bool {
        self.scheme
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(wanted))
    }

    /// Whether it names a file or this machine.
    pub fn is_local(&self) -> bool {
        self.has_scheme("file") || self.host.is_some_and(is_loopback)
    }

    /// Whether the host is one that only a private network knows: a name without a dot, a name below one of the
    /// private top-level domains, or a private address.
    pub fn is_private(&self) -> bool {
        self.host.is_some_and(|host| {
            let last = host.rsplit('.').next().unwrap_or(host);
            let is_name = !host.contains(['.', ':']);
            let private = [
                "local",
                "svc",
                "internal",
                "lan",
                "home",
                "corp",
                "intranet",
                "test",
                "localdomain",
            ];
            is_name
                || private
                    .iter()
                    .any(|domain| last.eq_ignore_ascii_case(domain))
                || is_private_address(host)
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    last.eq_ignore_ascii_case("localhost")
        || host == "::1"
        || host
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback() || address.is_unspecified())
}

/// Whether an address is one of RFC 1918, RFC 3927 or RFC 4193.
fn is_private_address(host: &str) -> bool {
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_private() || address.is_link_local();
    }
    let address = host.parse::<std::net::Ipv6Addr>();
    address.is_ok_and(|address| address.is_unique_local() || address.is_unicast_link_local())
}

/// Whether a command compares a checksum or a signature.
pub fn verifies(invocation: &Invocation<'_>) -> bool {
    let Some(name) = invocation.name() else {
        return false;
    };
    let args = invocation.args();
    let has = |wanted: &str| args.iter().any(|word| word.is(wanted));
    let says = |wanted: &str| args.iter().any(|word| word.leading_text().contains(wanted));
    match name {
        "gpgv" | "gpgv2" | "cosign" | "minisign" | "signify" | "slsa-verifier" | "rhash"
        | "debsig-verify" | "dpkg-sig" => true,
        "gpg" | "gpg2" => has("--verify") || has("--verify-files"),
        "gh" => has("attestation"),
        "openssl" => has("dgst") || is_hash(args.first().and_then(Word::literal)),
        "rpm" | "rpmkeys" => has("-K") || has("--checksig"),
        "apk" => has("verify"),
        "jarsigner" => has("-verify"),
        "php" => says("hash_file("),
        "python" | "python3" => says("hashlib"),
        "aria2c" => args
            .iter()
            .any(|word| word.leading_text().starts_with("--checksum")),
        // Most names are shorter than that.
        _ => {
            is_checksum_tool(name)
                || name.len() >= 6 && (name.contains("verify") || name.contains("checksum"))
        }
    }
}

/// Whether a program computes checksums.
pub fn is_checksum_tool(name: &str) -> bool {
    matches!(
        name,
        "md5sum"
            | "sha1sum"
            | "sha224sum"
            | "sha256sum"
            | "sha384sum"
            | "sha512sum"
            | "b2sum"
            | "b3sum"
            | "shasum"
            | "cksum"
            | "sha256"
            | "sha512"
    )
}

fn is_hash(verb: Option<&str>) -> bool {
    matches!(
        verb,
        Some("md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512")
    )
}

/// Where the last command of a script begins that compares a checksum or a signature. What is downloaded before
/// it counts as compared: which file it is that it looks at is often in another file.
pub fn last_check(script: &Script) -> Option<u32> {
    let checks = script
        .commands()
        .filter_map(|found| found.command.unwrapped());
    let checks = checks
        .filter(verifies)
        .map(|check| check.name_word().span.start);
    checks.max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    fn with<T>(script: &str, check: impl Fn(&Download<'_>) -> T) -> T {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
        let commands = parsed.tree.commands();
        let found = commands
            .filter_map(|found| Download::of(found.command))
            .next();
        check(&found.unwrap())
    }

    #[test]
    fn options_tell_where_a_download_goes() {
        for (script, expected) in [
            ("curl https://a.example/b", "-"),
            ("curl -fsSL -o c https://a.example/b", "c"),
            (
                "sudo curl --output-dir /d -O https://a.example/b?c=d",
                "/d/b",
            ),
            (
                "curl -o c https://a.example/b -O https://a.example/d",
                "c d",
            ),
            ("curl --url https://a.example/b >c", "c"),
            ("curl -o /dev/null https://a.example/b", "-"),
            ("curl -H 'A: b' -o \"$d/c\" https://a.example/b", "$d/c"),
            ("wget -nv https://a.example/b", "b"),
            ("wget -qnc https://a.example/b https://a.example/c", "b c"),
            ("wget -qO- https://a.example/b", "-"),
            ("wget -O - https://a.example/b > c", "c"),
            ("wget -P /d https://a.example/b", "/d/b"),
            ("wget -P /d -O c https://a.example/b", "c"),
            ("aria2c -d /d -o c https://a.example/b", "/d/c"),
            ("wget https://a.example/", "-"),
        ] {
            let paths = with(script, |download| {
                let sources = download.sources.iter();
                let paths = sources.map(|source| source.path(script).unwrap_or("-".to_owned()));
                paths.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(paths, expected, "{script}");
        }
    }

    #[test]
    fn what_is_sent_is_no_download() {
        for script in [
            "curl -I https://a.example",
            "curl -X POST https://a.example",
            "curl -d a=b https://a.example",
            "curl --version",
            "wget --spider https://a.example",
            "wget --post-data=a https://a.example",
        ] {
            assert!(!with(script, |download| download.is_get()), "{script}");
        }
        for script in [
            "curl https://a.example",
            "curl -X GET https://a.example",
            "curl -Gd a=b https://a.example",
            "wget -q https://a.example",
        ] {
            assert!(with(script, |download| download.is_get()), "{script}");
        }
    }

    #[test]
    fn variables_may_be_options() {
        for (script, expected) in [
            ("curl $A https://a.example", true),
            ("curl ${A} $B", true),
            ("curl $A", false),
            ("curl -o $A https://a.example", false),
            ("curl \"$A\" https://a.example/$B", false),
            ("curl -o $A $B", false),
        ] {
            assert_eq!(
                with(script, |download| download.has_unknown_options()),
                expected,
                "{script}"
            );
        }
    }

    #[test]
    fn checks_of_certificates_can_be_off() {
        for (script, expected) in [
            ("curl -fsSLko a https://a.example", true),
            ("curl --insecure https://a.example", true),
            ("curl -ok https://a.example", false),
            ("curl -H -k https://a.example", false),
            ("wget --no-check-certificate https://a.example", true),
            ("wget --no-check-cert https://a.example", true),
            ("wget --no-check https://a.example", true),
            ("wget --no-cache https://a.example", false),
            ("aria2c --check-certificate=false https://a.example", true),
            ("aria2c --check-certificate=true https://a.example", false),
        ] {
            let found = with(script, |download| download.unchecked().is_some());
            assert_eq!(found, expected, "{script}");
        }
    }

    #[test]
    fn hosts_are_read_as_far_as_they_are_known() {
        for (text, is_whole, scheme, host) in [
            (
                "https://a.example/b",
                true,
                Some("https"),
                Some("a.example"),
            ),
            (
                "https://u:p@a.example:8080",
                true,
                Some("https"),
                Some("a.example"),
            ),
            ("http://[::1]:80/x", true, Some("http"), Some("::1")),
            ("https://a.example", false, Some("https"), None),
            ("https://", false, Some("https"), None),
            ("a.example/b", true, None, Some("a.example")),
            ("file:///a", true, Some("file"), None),
        ] {
            assert_eq!(Url::parse(text, is_whole), Url { scheme, host }, "{text}");
        }
        let parse = |text| Url::parse(text, true);
        assert!(parse("http://127.3.2.1/").is_local() && parse("http://a.localhost").is_local());
        assert!(parse("file:///x").is_local() && parse("http://[::1]").is_local());
        for private in [
            "http://db/",
            "http://10.0.0.1/",
            "http://a.svc",
            "http://x.internal",
        ] {
            assert!(parse(private).is_private(), "{private}");
        }
        assert!(!parse("http://a.example/").is_private() && !parse("http://8.8.8.8").is_private());
    }

    #[test]
    fn checks_are_recognised() {
        for (script, expected) in [
            ("sha256sum -c -", true),
            ("openssl dgst -sha256 a", true),
            ("openssl sha256 a", true),
            ("openssl req a", false),
            ("gpg --batch --verify a.asc a", true),
            ("gpg --import a", false),
            (
                "php -r \"if (hash_file('sha384', 'a') !== '$b') exit(1);\"",
                true,
            ),
            ("echo sha256sum", false),
            ("tar xf a", false),
        ] {
            let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
            assert_eq!(last_check(&parsed.tree).is_some(), expected, "{script}");
        }
    }
}

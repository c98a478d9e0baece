//! Flags addresses from which something is fetched without encryption.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Add;
use crate::engine::nodes::{Host, Placed, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::ast::SimpleCommand;
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Tool, Url, last_check};
use crate::shell::invocation::Invocation;
use crate::shell::programs::Programs;
use crate::shell::word::Word;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
    on.add(check_add);
}

/// Programs that fetch from addresses among their arguments.
const FETCHERS: &[&str] = &[
    "add-apt-repository",
    "apk",
    "apt-add-repository",
    "apt-key",
    "bun",
    "bundle",
    "bundler",
    "cargo",
    "code",
    "composer",
    "conda",
    "cpanm",
    "dnf",
    "gem",
    "go",
    "helm",
    "hg",
    "kubectl",
    "luarocks",
    "mamba",
    "microdnf",
    "npm",
    "npx",
    "opam",
    "pear",
    "pecl",
    "pip",
    "pip2",
    "pip3",
    "pipx",
    "pnpm",
    "poetry",
    "rpm",
    "svn",
    "uv",
    "yarn",
    "yum",
    "yum-config-manager",
    "zypper",
];

/// Those of them that check a signature of what they get.
const SIGNED: &[&str] = &["add-apt-repository", "apk", "apt-add-repository"];

/// Protocols that do not encrypt.
const PLAIN_SCHEMES: [&str; 3] = ["http", "ftp", "git"];

/// Hosts that answer requests without encryption only by pointing to `https:`, if at all.
/// Source: <https://github.blog/2021-09-01-improving-git-protocol-security-github/>, and the hosts' own redirects.
const HTTPS_HOSTS: &[&str] = &[
    "bitbucket.org",
    "codeload.github.com",
    "gist.github.com",
    "gist.githubusercontent.com",
    "github.com",
    "gitlab.com",
    "raw.githubusercontent.com",
    "www.github.com",
];

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    // What a health check asks is its own container.
    if script.is_healthcheck() || (script.run().is_none() && script.in_compose().is_none()) {
        return;
    }
    // Only a download has an address without a protocol.
    if !names_plain_scheme(script.text) && !script.script.may_run(&Tool::PROGRAMS) {
        return;
    }
    // Looked for only where something depends on it.
    let mut checked: Option<Option<u32>> = None;
    let has_neighbours = script.in_compose().is_some();
    for found in script.script.commands() {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        let Some(name) = invocation.name() else {
            continue;
        };
        if Tool::called(name).is_some() {
            for (word, kind) in downloaded(found.command) {
                let check = *checked.get_or_insert_with(|| last_check(script.script));
                let is_compared = check.is_some_and(|check| check > word.span.start);
                let fixable = found.context.is_exact();
                report(
                    word,
                    kind,
                    name,
                    Care {
                        is_compared,
                        fixable,
                        has_neighbours,
                    },
                    cx,
                );
            }
        } else if name == "echo" || name == "printf" {
            source_lines(&found, &invocation, has_neighbours, cx);
        } else if name == "git" {
            for word in repositories(&invocation) {
                let care = Care {
                    is_compared: false,
                    fixable: found.context.is_exact(),
                    has_neighbours,
                };
                report_if_plain(word, name, care, cx);
            }
        } else if is_fetcher(found.command, name) {
            for word in addresses(&invocation) {
                let care = Care {
                    is_compared: SIGNED.contains(&name),
                    fixable: found.context.is_exact(),
                    has_neighbours,
                };
                report_if_plain(word, name, care, cx);
            }
        }
    }
}

/// Whether a program, run by a command, fetches from addresses among its arguments; so does `pip` of any version.
fn is_fetcher(command: &SimpleCommand, name: &str) -> bool {
    let is_one = || FETCHERS.contains(&name);
    command.may_run(const { &Programs::of(FETCHERS) }) && is_one() || name.starts_with("pip")
}

/// Whether a text has an address with one of the protocols that do not encrypt, or something like it.
fn names_plain_scheme(text: &str) -> bool {
    let ends_with = |before: &[u8], scheme: &str| {
        let at = before.len().checked_sub(scheme.len());
        at.is_some_and(|at| before[at..].eq_ignore_ascii_case(scheme.as_bytes()))
    };
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, "://").any(|at| {
        PLAIN_SCHEMES
            .iter()
            .any(|scheme| ends_with(&bytes[..at], scheme))
    })
}

fn check_add(add: &Placed<'_, Add>, cx: &mut Context<'_, Dockerfile>) {
    if add.checksum.is_some() {
        return;
    }
    for source in add.paths.sources() {
        let value = source.value();
        let url = Url::parse(&value, !source.has_variables());
        if is_plain(&url)
            && let Some(nearness) = nearness(&url)
        {
            let fixable = Care {
                is_compared: false,
                fixable: true,
                has_neighbours: false,
            };
            report_at(
                source.span,
                &url,
                Plain::Written,
                nearness,
                "ADD",
                fixable,
                cx,
            );
        }
    }
}

/// What else is known of a fetch.
#[derive(Clone, Copy)]
struct Care {
    /// Whether a checksum or signature is compared.
    is_compared: bool,
    /// Whether the text may be changed where it stands.
    fixable: bool,
    /// Whether a private or unknown host may well be a neighbour of the container.
    has_neighbours: bool,
}

/// How plain HTTP comes about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    /// The address says so.
    Written,
    /// The address names no protocol.
    Default,
}

/// Where a host is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// Somewhere in the world.
    Far,
    /// At a private address, or nobody knows.
    Near,
}

/// `None` for this machine and for names that only a private network knows.
fn nearness(url: &Url<'_>) -> Option<Nearness> {
    if url.is_local() {
        return None;
    }
    let is_address = url
        .host
        .is_some_and(|host| host.parse::<std::net::IpAddr>().is_ok());
    match (url.is_private(), is_address) {
        (true, true) => Some(Nearness::Near),
        (true, false) => None,
        (false, _) if url.host.is_none() => Some(Nearness::Near),
        (false, _) => Some(Nearness::Far),
    }
}

/// What a download fetches without encryption.
fn downloaded(command: &SimpleCommand) -> Vec<(&Word, Plain)> {
    let Some(download) = Download::of(command) else {
        return Vec::new();
    };
    let has_default = download.has_any(&["proto-default", "proto"]);
    let plain = |word: &Word| {
        let url = Url::of(word);
        if url.scheme.is_some() {
            return is_plain(&url).then_some(Plain::Written);
        }
        let is_name = word.literal().is_some()
            && url.host.is_some_and(|host| {
                let last = host.rsplit('.').next().unwrap_or_default();
                host.contains('.')
                    && last.len() > 1
                    && last.bytes().all(|byte| byte.is_ascii_alphabetic())
            });
        let takes_http = matches!(download.tool, Tool::Curl | Tool::Wget) && !has_default;
        (is_name && takes_http).then_some(Plain::Default)
    };
    let sources = download.sources.iter();
    sources
        .filter_map(|source| Some((source.word, plain(source.word)?)))
        .collect()
}

fn is_plain(url: &Url<'_>) -> bool {
    PLAIN_SCHEMES.iter().any(|scheme| url.has_scheme(scheme))
}

/// The repositories that git reads.
fn repositories<'a>(invocation: &Invocation<'a>) -> impl Iterator<Item = &'a Word> + use<'a> {
    let mut verbs = invocation.operands(&["C", "c", "git-dir", "work-tree"]);
    let reads = verbs.next().and_then(Word::literal).is_some_and(|verb| {
        matches!(
            verb,
            "clone" | "fetch" | "pull" | "ls-remote" | "remote" | "submodule"
        )
    });
    invocation.args().iter().filter(move |_| reads)
}

/// The arguments of a command, but proxies and their names, and what is taken off a list.
fn addresses<'a>(invocation: &Invocation<'a>) -> impl Iterator<Item = &'a Word> + use<'a> {
    let args = invocation.args();
    let is_gem = invocation.name() == Some("gem");
    let is_proxy = |word: &Word| word.leading_piece().contains("proxy");
    let removes = move |word: &Word| word.is("--remove") || (is_gem && word.is("-r"));
    args.iter().enumerate().filter_map(move |(at, word)| {
        let before = at.checked_sub(1).and_then(|before| args.get(before));
        (!is_proxy(word) && !before.is_some_and(|before| is_proxy(before) || removes(before)))
            .then_some(word)
    })
}

/// Reports a word that is an address, or an option with one behind `=`.
fn report_if_plain<M>(word: &Word, name: &str, care: Care, cx: &mut Context<'_, M>) {
    let text = word.leading_piece();
    let address = match text.split_once('=') {
        Some((option, address)) if option.starts_with('-') => address,
        _ => text,
    };
    // `git+http://`, `registry+http://`
    let address = address.split_once('+').map_or(address, |(kind, rest)| {
        if kind.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            rest
        } else {
            address
        }
    });
    let url = Url::parse(address, word.text().is_some());
    if is_plain(&url)
        && let Some(nearness) = nearness(&url)
    {
        report_at(word.span, &url, Plain::Written, nearness, name, care, cx);
    }
}

fn report<M>(word: &Word, plain: Plain, name: &str, care: Care, cx: &mut Context<'_, M>) {
    let url = Url::of(word);
    if let Some(nearness) = nearness(&url) {
        report_at(word.span, &url, plain, nearness, name, care, cx);
    }
}

fn report_at<M>(
    span: Span,
    url: &Url<'_>,
    plain: Plain,
    nearness: Nearness,
    name: &str,
    care: Care,
    cx: &mut Context<'_, M>,
) {
    if care.has_neighbours && nearness == Nearness::Near {
        return;
    }
    let from = url
        .host
        .map_or(String::new(), |host| format!(" from `{}`", excerpt(host)));
    let message = match plain {
        Plain::Written => format!("`{name}` fetches{from} without encryption"),
        Plain::Default => {
            format!("`{name}` fetches{from} without encryption, since no protocol is named")
        }
    };
    let edit = edit(span, url, plain, cx.text());
    let finding = cx.report(span, message);
    finding.help("fetch it by `https:`");
    if care.is_compared || nearness == Nearness::Near {
        finding.severity(Severity::Info);
    }
    if let Some(edit) = edit.filter(|_| care.fixable) {
        finding.fix(Fix::new("write `https:`", Applicability::Safe, vec![edit]));
    }
}

/// Puts `https` in the place of the protocol, for hosts that have it.
fn edit(span: Span, url: &Url<'_>, plain: Plain, text: &str) -> Option<Edit> {
    let is_known = url
        .host
        .is_some_and(|host| HTTPS_HOSTS.binary_search(&host).is_ok());
    if !is_known {
        return None;
    }
    let written = span.text(text);
    let at = match plain {
        Plain::Written => written.find("://")?,
        Plain::Default => return None,
    };
    let scheme = url.scheme?;
    let end = span.start + u32::try_from(at).ok()?;
    let start = end.checked_sub(u32::try_from(scheme.len()).ok()?)?;
    let protocol = Span::new(start, end);
    (protocol.text(text) == scheme).then_some(Edit::replace(protocol, "https"))
}

/// `echo "deb http://…" >/etc/apt/sources.list`.
fn source_lines<M>(
    found: &CommandUse<'_>,
    invocation: &Invocation<'_>,
    has_neighbours: bool,
    cx: &mut Context<'_, M>,
) {
    let is_list = |word: &Word| word.leading_text().starts_with("/etc/apt/");
    let writes = found
        .command
        .redirects
        .iter()
        .any(|redirect| redirect.operator.value.writes() && is_list(&redirect.target));
    let is_piped = || {
        let reader = found
            .context
            .piped_into()
            .and_then(|reader| reader.as_simple());
        let reader = reader.and_then(|reader| reader.unwrapped());
        reader
            .is_some_and(|reader| reader.name() == Some("tee") && reader.args().iter().any(is_list))
    };
    for word in invocation.args() {
        let text = word.span.text(cx.text());
        let line = text.trim_start_matches(['"', '\'']);
        let is_source = line.starts_with("deb ") || line.starts_with("deb-src ");
        let Some(at) = text.find("http://").filter(|_| is_source) else {
            continue;
        };
        if !writes && !is_piped() {
            return;
        }
        let address = text.get(at..).unwrap_or_default();
        let length = address
            .find(|char: char| char.is_ascii_whitespace() || matches!(char, '"' | '\'' | '\\'))
            .unwrap_or(address.len());
        let Some(address) = address.get(..length) else {
            continue;
        };
        let url = Url::parse(address, !address.contains('$'));
        let (Some(nearness), Ok(at), Ok(length)) =
            (nearness(&url), u32::try_from(at), u32::try_from(length))
        else {
            continue;
        };
        let start = word.span.start + at;
        let is_unsigned = text.contains("trusted=yes") || text.contains("allow-insecure=yes");
        let care = Care {
            is_compared: !is_unsigned,
            fixable: false,
            has_neighbours,
        };
        let span = Span::new(start, start + length);
        report_at(span, &url, Plain::Written, nearness, "apt", care, cx);
    }
}

#[cfg(test)]
mod tests {
    use super::HTTPS_HOSTS;
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_table_is_sorted() {
        assert!(HTTPS_HOSTS.is_sorted());
    }

    #[test]
    fn addresses_that_are_fetched_from_are_found() {
        dockerfile(
            "insecure-http-url",
            r#"
FROM debian:13
RUN curl -e http://a.example -o x HTTPS://b.example/$C && wget \
      "ftp://a.example/b" c.example/d
#     ^^^^^^^^^^^^^^^^^^^ warning: `wget` fetches from `a.example` without encryption
#                         ^^^^^^^^^^^ warning: `wget` fetches from `c.example` without encryption, since no protocol is named
RUN wget -nv http://a.example/b && echo "$S b" | sha256sum -c -
#            ^^^^^^^^^^^^^^^^^^ info: `wget` fetches
RUN gem sources --add http://a.example -r http://b.example && curl -o x "http://$HOST/y"
#                     ^^^^^^^^^^^^^^^^ warning: `gem` fetches
#                                                                       ^^^^^^^^^^^^^^^^ info: `curl` fetches without
RUN wget -nv http://10.0.0.1/b http://db/c http://[::1]/d http://e.svc/f
#            ^^^^^^^^^^^^^^^^^ info: `wget` fetches
RUN git -C x clone git://a.example/b && git config --global http.proxy http://a.example && git commit -m http://a.example
#                  ^^^^^^^^^^^^^^^^^ `git` fetches
RUN pip install --extra-index-url=http://a.example/b --proxy http://a.example git+http://c.example/d.git
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `pip` fetches
#                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ `pip` fetches
RUN apk add --repository http://a.example/b c && npm config set registry http://a.example
#                        ^^^^^^^^^^^^^^^^^^ info: `apk` fetches
#                                                                        ^^^^^^^^^^^^^^^^ warning: `npm` fetches
RUN echo 'deb [trusted=yes] http://a.example b c' | sudo tee /etc/apt/sources.list && echo "deb http://a.example"
#                           ^^^^^^^^^^^^^^^^ warning: `apt` fetches
RUN curl example.com -o index.html && curl --proto-default https a.example -o b && curl -o a "$URL"
#        ^^^^^^^^^^^ `curl` fetches
ADD ["http://a.example/b", "/b"]
#    ^^^^^^^^^^^^^^^^^^^^ `ADD` fetches
CMD curl http://a.example
"#,
        );
    }

    #[test]
    fn hosts_with_https_get_it() {
        assert_eq!(
            fixed(
                "insecure-http-url",
                Applicability::Safe,
                "FROM a\nADD http://github.com/a/b.tgz /\nRUN git clone 'git://github.com/a/b' && curl http://a.example -o b\n",
            ),
            "FROM a\nADD https://github.com/a/b.tgz /\nRUN git clone 'https://github.com/a/b' && curl http://a.example -o b\n"
        );
    }
}

//! Flags downloads that are run unseen.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, CompoundKind, List, RedirectOperator, SimpleCommand};
use crate::shell::context::CommandUse;
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::word::{Word, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

/// Programs that run what they read, and their options whose value is the program.
const INTERPRETERS: &[(&str, &[&str])] = &[
    ("sh", SHELL),
    ("bash", SHELL),
    ("ash", SHELL),
    ("dash", SHELL),
    ("zsh", SHELL),
    ("ksh", SHELL),
    ("mksh", SHELL),
    ("python", &["c", "m"]),
    ("python2", &["c", "m"]),
    ("python3", &["c", "m"]),
    ("pypy", &["c", "m"]),
    ("pypy3", &["c", "m"]),
    ("perl", &["e", "E", "n", "p"]),
    ("ruby", &["e", "n", "p"]),
    ("node", &["e", "eval", "p", "print"]),
    ("php", &["r"]),
];

const SHELL: &[&str] = &["c"];

/// Options of interpreters that take a value and are no program.
const INTERPRETER_VALUES: &[&str] = &[
    "o",
    "O",
    "W",
    "X",
    "I",
    "r",
    "require",
    "rcfile",
    "init-file",
    "d",
];

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    let mut saved: Vec<Saved<'_>> = Vec::new();
    for found in script.script.commands() {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if verifies(&invocation) {
            saved.clear();
            continue;
        }
        let run = piped(&found, &invocation)
            .or_else(|| substituted(found.command, &invocation))
            .map(|download| (invocation.name_word().span, download))
            .or_else(|| run_of(&saved, &invocation, text));
        if let Some((at, download)) = run {
            report(at, &download, cx);
            saved.retain(|file| file.download.at != download.at);
        }
        if let Some(download) = Download::of(&invocation) {
            saved.extend(Saved::of(found.command, &invocation, download, text));
        }
    }
}

fn report(at: Span, download: &Download<'_>, cx: &mut Context<'_, Dockerfile>) {
    let name = download.name;
    let shown: String = at.text(cx.text()).chars().take(40).collect();
    let message = if download.is_insecure {
        format!("`{shown}` runs what `{name}` downloads over an unverified connection")
    } else {
        format!("`{shown}` runs what `{name}` downloads without a check")
    };
    let finding = cx.report(at, message);
    finding.label(download.at, "downloaded here");
    finding.help("save the file, compare its checksum or signature, then run it");
    if download.is_insecure {
        finding.severity(Severity::Error);
    }
}

/// A command that downloads.
#[derive(Clone, Copy)]
struct Download<'a> {
    name: &'a str,
    at: Span,
    /// Whether nothing tells who sends it: plain HTTP, or certificates are not checked.
    is_insecure: bool,
}

impl<'a> Download<'a> {
    fn of(invocation: &Invocation<'a>) -> Option<Download<'a>> {
        let name = invocation.name()?;
        if !matches!(name, "curl" | "wget" | "aria2c" | "axel" | "fetch") {
            return None;
        }
        let mut is_insecure = false;
        for word in invocation.args() {
            let start = word.leading_piece();
            let (scheme, rest) = start.split_once("://").unwrap_or(("", ""));
            let host = rest.split(['/', ':']).next().unwrap_or_default();
            if scheme.eq_ignore_ascii_case("file") || matches!(host, "localhost" | "127.0.0.1") {
                return None;
            }
            is_insecure |= scheme.eq_ignore_ascii_case("http");
        }
        let unchecked: &[&str] = match name {
            "curl" => &["k", "insecure"],
            "wget" => &["no-check-certificate"],
            _ => &[],
        };
        is_insecure |= invocation.arguments(values(name)).any(
            |argument| matches!(argument, Argument::Flag(flag) if unchecked.contains(&flag.name)),
        );
        let at = invocation.name_word().span;
        Some(Download {
            name,
            at,
            is_insecure,
        })
    }
}

/// Options of a download tool that take a value; see curl(1) and GNU Wget's manual.
fn values(name: &str) -> &'static [&'static str] {
    match name {
        "curl" => &[
            "o",
            "output",
            "output-dir",
            "H",
            "header",
            "A",
            "user-agent",
            "u",
            "user",
            "d",
            "data",
            "X",
            "request",
            "x",
            "proxy",
            "e",
            "referer",
            "b",
            "cookie",
            "c",
            "cookie-jar",
            "m",
            "max-time",
            "connect-timeout",
            "retry",
            "retry-delay",
            "retry-max-time",
            "w",
            "write-out",
            "cacert",
            "capath",
            "cert",
            "E",
            "key",
            "T",
            "upload-file",
            "C",
            "continue-at",
            "r",
            "range",
            "y",
            "Y",
            "z",
            "proto",
            "proto-redir",
            "resolve",
            "D",
            "dump-header",
            "F",
            "form",
            "K",
            "config",
            "max-redirs",
        ],
        "wget" => &[
            "O",
            "output-document",
            "P",
            "directory-prefix",
            "o",
            "output-file",
            "a",
            "append-output",
            "t",
            "tries",
            "T",
            "timeout",
            "U",
            "user-agent",
            "e",
            "execute",
            "header",
            "user",
            "password",
            "i",
            "w",
            "wait",
            "Q",
            "post-data",
            "waitretry",
            "read-timeout",
            "connect-timeout",
            "dns-timeout",
            "ca-certificate",
            "secure-protocol",
            "progress",
            "load-cookies",
            "save-cookies",
            "referer",
        ],
        _ => &["o", "d", "dir", "out"],
    }
}

/// The download in a list, at any place of it.
fn download_in(list: &List) -> Option<Download<'_>> {
    let commands = list
        .items
        .iter()
        .flat_map(|item| item.pipeline.commands.iter());
    commands
        .filter_map(Command::as_simple)
        .find_map(|command| Download::of(&command.unwrapped()?))
}

/// The download whose output a command reads, itself or in parentheses or braces.
fn download_of(command: &Command) -> Option<Download<'_>> {
    match command {
        Command::Simple(command) => Download::of(&command.unwrapped()?),
        Command::Compound(command) => match &command.kind {
            CompoundKind::Group(list) | CompoundKind::Subshell(list) => download_in(list),
            _ => None,
        },
        Command::Function(_) | Command::Coprocess(_) => None,
    }
}

/// How an interpreter is told what to run.
enum Program<'a> {
    /// By its standard input.
    Input,
    /// By a file.
    File(&'a Word),
    /// By an argument behind `-c` and the like.
    Text(&'a Word),
    /// Otherwise.
    Other,
}

fn program<'a>(invocation: &Invocation<'a>) -> Option<Program<'a>> {
    let name = invocation.name()?;
    if matches!(name, "." | "source") {
        let file = invocation.args().iter().find(|word| !word.is("--"))?;
        return Some(Program::File(file));
    }
    let (_, options) = INTERPRETERS.iter().find(|(known, _)| *known == name)?;
    let mut args = invocation.args().iter();
    let mut reads_input = false;
    while let Some(word) = args.next() {
        let text = word.leading_text();
        if word.is("-") || word.is("/dev/stdin") {
            return Some(Program::Input);
        }
        let Some(option) = text.strip_prefix('-') else {
            if text.starts_with('+') {
                continue;
            }
            return Some(if reads_input {
                Program::Input
            } else {
                Program::File(word)
            });
        };
        if let Some(long) = option.strip_prefix('-') {
            if options.contains(&long) {
                return Some(args.next().map_or(Program::Other, Program::Text));
            }
            if INTERPRETER_VALUES.contains(&long) {
                args.next();
            }
            continue;
        }
        let tells = option
            .char_indices()
            .any(|(at, letter)| options.contains(&&option[at..at + letter.len_utf8()]));
        if tells {
            // `-ec text`; of what is glued to the option nothing is known.
            return Some(args.next().map_or(Program::Other, Program::Text));
        }
        reads_input |= options == &SHELL && option.contains('s');
        let takes_value = option
            .char_indices()
            .next_back()
            .is_some_and(|(at, _)| INTERPRETER_VALUES.contains(&&option[at..]));
        if takes_value {
            args.next();
        }
    }
    let asks = invocation.has_flag("version") || invocation.has_flag("help");
    Some(if asks { Program::Other } else { Program::Input })
}

/// The download that is piped into an interpreter.
fn piped<'a>(found: &CommandUse<'a>, invocation: &Invocation<'a>) -> Option<Download<'a>> {
    if found.context.position == 0 || !matches!(program(invocation)?, Program::Input) {
        return None;
    }
    // `xargs sh` makes arguments of what it reads.
    let wrappers = found
        .command
        .words
        .get(..invocation.first)
        .unwrap_or_default();
    if wrappers.iter().any(|word| word.is("xargs")) {
        return None;
    }
    let commands = &found.context.pipeline()?.commands;
    // The command may be in a group that reads the pipe; then it is not this pipeline's.
    let before = commands.get(..found.context.position)?;
    before.iter().find_map(download_of)
}

/// The download in a substitution that an interpreter runs.
fn substituted<'a>(
    command: &'a SimpleCommand,
    invocation: &Invocation<'a>,
) -> Option<Download<'a>> {
    if invocation.name() == Some("eval") {
        return output(invocation.args().iter().find(|word| !word.is("--"))?);
    }
    match program(invocation)? {
        Program::Text(word) => output(word),
        Program::File(word) => word.parts.iter().find_map(|part| match part {
            WordPart::ProcessSubstitution(substitution) if !substitution.output => {
                download_in(&substitution.body)
            }
            _ => None,
        }),
        Program::Input => {
            let strings = command
                .redirects
                .iter()
                .filter(|redirect| redirect.operator.value == RedirectOperator::HereString);
            strings
                .map(|redirect| &redirect.target)
                .find_map(output)
                .or_else(|| {
                    let files = command
                        .redirects
                        .iter()
                        .filter(|redirect| redirect.operator.value == RedirectOperator::Input);
                    let mut parts = files.flat_map(|redirect| redirect.target.parts.iter());
                    parts.find_map(|part| match part {
                        WordPart::ProcessSubstitution(substitution) => {
                            download_in(&substitution.body)
                        }
                        _ => None,
                    })
                })
        }
        Program::Other => None,
    }
}

/// The download whose output a word begins with: `"$(curl …)"`.
fn output(word: &Word) -> Option<Download<'_>> {
    match word.pieces().next()? {
        WordPart::CommandSubstitution(substitution) => download_in(&substitution.body),
        _ => None,
    }
}

/// A file that was downloaded.
struct Saved<'a> {
    path: String,
    download: Download<'a>,
}

impl<'a> Saved<'a> {
    /// The file that a command writes its download to.
    fn of(
        command: &'a SimpleCommand,
        invocation: &Invocation<'a>,
        download: Download<'a>,
        text: &str,
    ) -> Option<Saved<'a>> {
        let mut folder = None;
        let mut file = None;
        let mut takes_remote_name = download.name != "curl";
        let mut url = None;
        for argument in invocation.arguments(values(download.name)) {
            match argument {
                Argument::Flag(flag) => {
                    let value = || {
                        flag.value.as_ref().map(|value| {
                            value
                                .text
                                .map_or_else(|| path(value.word, text), str::to_owned)
                        })
                    };
                    match (download.name, flag.name) {
                        ("curl", "o" | "output") | ("wget", "O" | "output-document") => {
                            file = value()
                        }
                        ("curl", "output-dir") | ("wget", "P" | "directory-prefix") => {
                            folder = value()
                        }
                        ("curl", "O" | "remote-name") => takes_remote_name = true,
                        _ => {}
                    }
                }
                Argument::Operand(word) => url = Some(word),
            }
        }
        if let Some(redirect) = command
            .redirects
            .iter()
            .find(|redirect| redirect.operator.value.writes() && redirect.descriptor.is_none())
            && (file.is_none() || file.as_deref() == Some("-"))
        {
            file = Some(path(&redirect.target, text));
        }
        let file = match file {
            Some(file) if file == "-" => return None,
            Some(file) => file,
            None if takes_remote_name => {
                let url = path(url?, text);
                let url = url.trim_matches(['"', '\'']);
                let name = url.split(['?', '#']).next()?.rsplit('/').next()?;
                if name.is_empty() {
                    return None;
                }
                name.to_owned()
            }
            None => return None,
        };
        let path = match folder {
            Some(folder) => format!("{}/{file}", folder.trim_end_matches('/')),
            None => file,
        };
        // What is thrown away is not run.
        (path != "/dev/null").then_some(Saved { path, download })
    }
}

/// The path that a word gives: its text, or the word as it is written where variables are in it.
fn path(word: &Word, text: &str) -> String {
    match word.text() {
        Some(text) => text.to_owned(),
        None => {
            let written = word.span.text(text);
            let inner = written
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            inner.unwrap_or(written).to_owned()
        }
    }
}

/// Where a saved file is run, and its download.
fn run_of<'a>(
    saved: &[Saved<'a>],
    invocation: &Invocation<'a>,
    text: &str,
) -> Option<(Span, Download<'a>)> {
    if saved.is_empty() {
        return None;
    }
    let file = match program(invocation) {
        Some(Program::File(word)) => word,
        Some(_) => return None,
        // Without a slash the name is looked up on `PATH`.
        None => Some(invocation.name_word()).filter(|word| path(word, text).contains('/'))?,
    };
    let run = path(file, text);
    let found = saved.iter().find(|saved| is_same(&saved.path, &run))?;
    Some((file.span, found.download))
}

/// Whether two paths name the same file: they are equal, or one has no folder, which `cd` may have chosen,
/// and the last part of the other.
fn is_same(saved: &str, run: &str) -> bool {
    let plain = |path: &str| {
        path.strip_prefix("./")
            .unwrap_or(path)
            .replace(['{', '}'], "")
    };
    let (saved, run) = (plain(saved), plain(run));
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    saved == run || ((!saved.contains('/') || !run.contains('/')) && last(&saved) == last(&run))
}

/// Whether a command compares a checksum or a signature.
fn verifies(invocation: &Invocation<'_>) -> bool {
    let Some(name) = invocation.name() else {
        return false;
    };
    let has = |wanted: &str| invocation.args().iter().any(|word| word.is(wanted));
    match name {
        "sha1sum" | "sha224sum" | "sha256sum" | "sha384sum" | "sha512sum" | "md5sum" | "b2sum"
        | "shasum" | "cksum" | "sha256" | "sha512" | "gpgv" | "cosign" | "minisign" | "signify"
        | "slsa-verifier" | "b3sum" | "rhash" | "gpgv2" => true,
        "gpg" | "gpg2" => has("--verify"),
        "gh" => has("attestation"),
        "openssl" => has("dgst"),
        "rpm" | "rpmkeys" => has("-K") || has("--checksig"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn interpreters_that_read_a_program_count() {
        dockerfile(
            "curl-pipe-shell",
            r#"
FROM debian:13
RUN curl -fsSL https://example.com/i | sudo -E bash -
#                                              ^^^^ `bash` runs what `curl` downloads without a check
RUN wget -qO- https://example.com/i | tee log | sh -s -- -y --default-toolchain none
#                                               ^^ `sh` runs what `wget` downloads
RUN (curl https://a.example || wget -O- https://b.example) | python3
#                                                            ^^^^^^^ `python3` runs what `curl` downloads
RUN curl https://example.com/i | V=1 bash -ex -o pipefail
#                                    ^^^^ `bash` runs what `curl` downloads
RUN curl https://example.com/i | python3 -c 'import json' && curl https://example.com/i | python -m json.tool
RUN curl https://example.com/i | perl -ne print && curl https://example.com/i | xargs sh
RUN curl https://example.com/i | sh script.sh && echo curl | sh && curl https://example.com | grep sh
RUN curl file:///etc/i | sh && curl http://localhost:80/i | sh
"#,
        );
    }

    #[test]
    fn substitutions_count() {
        dockerfile(
            "curl-pipe-shell",
            r#"
FROM debian:13
SHELL ["/bin/bash", "-c"]
RUN bash <(curl -s https://example.com/i) --yes
#   ^^^^ `bash` runs what `curl` downloads
RUN bash -c "$(curl -s https://example.com/i)" && . <(wget -qO- https://example.com/i)
#   ^^^^ `bash` runs what `curl` downloads
#                                                 ^ `.` runs what `wget` downloads
RUN eval "$(curl -s https://example.com/i)" && ruby -e "`curl https://example.com/i`"
#   ^^^^ `eval` runs what `curl` downloads
#                                              ^^^^ `ruby` runs what `curl` downloads
RUN bash <<<"$(curl -s https://example.com/i)"; bash < <(curl https://example.com/i)
#   ^^^^ `bash` runs what `curl` downloads
#                                               ^^^^ `bash` runs what `curl` downloads
RUN sh -c "echo $(curl https://example.com)" && V=$(curl https://example.com) && eval "$V x"
"#,
        );
    }

    #[test]
    fn saved_files_count_until_they_are_checked() {
        dockerfile(
            "curl-pipe-shell",
            r#"
FROM debian:13
RUN curl -fsSLo /tmp/i.sh https://example.com/i && chmod +x /tmp/i.sh && /tmp/i.sh -b && rm /tmp/i.sh
#                                                                        ^^^^^^^^^ `/tmp/i.sh` runs what `curl` downloads
RUN wget -P /tmp "https://example.com/${V}/get.py?x=1" && python3 /tmp/get.py
#                                                                 ^^^^^^^^^^^ `/tmp/get.py` runs what
RUN cd /x; curl -O https://example.com/run.sh; bash -e ./run.sh
#                                                      ^^^^^^^^ `./run.sh` runs what
RUN curl https://example.com/i >"$D/i.sh" && sh ${D}/i.sh && . $D/i.sh
#                                               ^^^^^^^^^ `${D}/i.sh` runs what
RUN curl -o i.sh https://example.com/i && echo "$S i.sh" | sha256sum -c - && sh i.sh
RUN curl -o i.sh https://example.com/i && gpg --batch --verify i.sh.asc i.sh && sh i.sh
RUN curl -o i.sh https://example.com/i && sh i.sh && sha256sum -c sums
#                                            ^^^^ `i.sh` runs what
RUN curl -o a.tar https://example.com/a && tar xf a.tar && sh install.sh
RUN curl -so /dev/null https://example.com/a && wget -O /usr/bin/jq https://example.com/jq && jq .
CMD curl -k https://example.com/i | sh
#                                   ^^ `sh` runs what `curl` downloads over an unverified connection
"#,
        );
    }
}

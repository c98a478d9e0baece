//! Flags options that keep a client from checking who answers.

use crate::compose::File;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::Family;
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Url};
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::programs::Programs;
use crate::shell::removal;
use crate::shell::word::Word;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
    on.compose(options);
}

/// Options of servers, as they stand in the words of a service's command: `--serversTransport.insecureSkipVerify=true` of
/// Traefik, and those of other programs with the same last name.
fn options(file: &File, cx: &mut Context<'_, File>) {
    let containers = file.documents().flat_map(File::containers);
    for container in containers.map(|owned| owned.container) {
        let commands = [&container.entrypoint, &container.command];
        let words = commands.into_iter().flatten();
        for word in words.flat_map(|command| command.value.words()) {
            if let Some(name) = word.value.known().and_then(skips_verification) {
                let message = format!(
                    "`{}` makes the program trust whoever answers",
                    excerpt(name)
                );
                cx.report(word.at, message)
                    .help(
                        "remove it, and give the program the certificate of the server's authority",
                    )
                    .severity(Severity::Warning);
            }
        }
    }
}

/// The name of an option that is set and keeps a server from checking certificates.
fn skips_verification(word: &str) -> Option<&str> {
    let (name, value) = word.split_once('=').unwrap_or((word, "true"));
    let last = name.strip_prefix("--")?.rsplit('.').next()?;
    let last = last.replace(['-', '_'], "").to_ascii_lowercase();
    let is_on = ["1", "t", "true"]
        .iter()
        .any(|on| value.eq_ignore_ascii_case(on));
    let is_it = matches!(&*last, "insecureskipverify" | "insecureskiptlsverify");
    (is_on && is_it).then_some(name)
}

/// Programs whose options switch the check off, and those that write them into files.
const PROGRAMS: Programs = Programs::of(&[
    "aria2c",
    "axel",
    "curl",
    "echo",
    "fetch",
    "http",
    "https",
    "printf",
    "scp",
    "sftp",
    "ssh",
    "ssh-copy-id",
    "sshfs",
    "wget",
]);

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    // Looked for only where something depends on it.
    let mut certificates: Option<bool> = None;
    for found in script.script.commands_of(&PROGRAMS) {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        let Some(name) = invocation.name() else {
            continue;
        };
        match name {
            "curl" | "wget" | "aria2c" | "axel" | "fetch" => {
                download(script, &found, &mut certificates, cx);
            }
            "http" | "https" => httpie(&invocation, cx),
            "ssh" | "scp" | "sftp" | "ssh-copy-id" | "sshfs" => host_key(&found, &invocation, cx),
            "echo" | "printf" => written(&found, &invocation, cx),
            _ => {}
        }
    }
}

fn download(
    script: &ScriptUse<'_>,
    found: &CommandUse<'_>,
    certificates: &mut Option<bool>,
    cx: &mut Context<'_, Host<'_>>,
) {
    let Some(download) = Download::of(found.command) else {
        return;
    };
    let Some(flag) = download.unchecked() else {
        return;
    };
    let urls = || download.sources.iter().map(|source| Url::of(source.word));
    // A container mostly asks itself or its neighbours, whose certificates nobody has signed.
    let is_inside = script.is_healthcheck() || script.in_compose().is_some();
    let is_own = download.is_local()
        || (is_inside && urls().all(|url| url.host.is_none() || url.is_private()));
    if is_own {
        return;
    }
    let name = download.tool.name();
    let shown = flag.word.inside().text(cx.text());
    let fix = removal::option(found.command, &flag, cx.text()).filter(|_| found.context.is_exact());
    let is_public = urls().all(|url| url.host.is_some() && !url.is_private());
    let applicability =
        if is_public && *certificates.get_or_insert_with(|| has_certificates(script)) {
            Applicability::Safe
        } else {
            Applicability::Unsafe
        };
    let help = match name {
        "curl" => "remove it; install `ca-certificates`, or name your authority with `--cacert`",
        "wget" => {
            "remove it; install `ca-certificates`, or name your authority with `--ca-certificate`"
        }
        _ => "remove it, and install `ca-certificates`",
    };
    let message = format!("`{shown}` makes `{name}` trust whoever answers");
    let finding = cx.report(flag.word.span, message);
    finding.help(help);
    if let Some(edit) = fix {
        let title = match applicability {
            Applicability::Safe => "check certificates",
            _ => "check certificates; the image must have those that the server needs",
        };
        finding.fix(Fix::new(title, applicability, vec![edit]));
    }
}

/// Whether the image surely has the certificates of public authorities: its base has them, or an earlier command
/// or the same one installs them.
fn has_certificates(script: &ScriptUse<'_>) -> bool {
    let Some(script) = script.in_dockerfile() else {
        return false;
    };
    let model = script.model;
    let instruction = script.place.instruction;
    let Some(stage) = model.stage_of(instruction) else {
        return false;
    };
    let family = model.base_facts(stage).and_then(|image| image.family);
    if matches!(
        family,
        Some(Family::Alpine | Family::Redhat | Family::Wolfi)
    ) {
        return true;
    }
    let first = stage.instructions.start;
    let earlier = (first..=instruction).rev().take(MAX_EARLIER);
    let mut scripts = earlier.flat_map(|index| model.scripts_of(index));
    scripts.any(|place| place.text.text().contains("ca-certificates"))
}

/// How many instructions above are searched for the installation of certificates.
const MAX_EARLIER: usize = 64;

fn httpie(invocation: &Invocation<'_>, cx: &mut Context<'_, Host<'_>>) {
    let is_local = invocation
        .args()
        .iter()
        .any(|word| Url::of(word).is_local() || word.leading_piece().starts_with(':'));
    let mut flags = invocation
        .arguments(&["verify"])
        .filter_map(|argument| match argument {
            Argument::Flag(flag) if flag.name == "verify" => Some(flag),
            _ => None,
        });
    let off = flags.find(|flag| {
        let value = flag.value.and_then(|value| value.text);
        value.is_some_and(|value| matches!(value, "no" | "false" | "No" | "False"))
    });
    if let Some(flag) = off.filter(|_| !is_local) {
        let value = flag.value.map_or(flag.word.span, |value| value.word.span);
        let message = "`http` trusts whoever answers";
        cx.report(flag.word.span.cover(value), message)
            .help("remove `--verify`, and install `ca-certificates`");
    }
}

/// Options of `ssh` and its relatives that take a value, by ssh(1), scp(1) and sftp(1).
const SSH_VALUES: &[&str] = &[
    "B", "b", "c", "D", "E", "e", "F", "I", "i", "J", "L", "l", "m", "O", "o", "P", "p", "Q", "R",
    "S", "W", "w",
];

fn host_key(found: &CommandUse<'_>, invocation: &Invocation<'_>, cx: &mut Context<'_, Host<'_>>) {
    let name = invocation.name().unwrap_or_default();
    let mut fix = keys_checked(found, invocation, cx.text());
    for argument in invocation.arguments(SSH_VALUES) {
        let Argument::Flag(flag) = argument else {
            // What follows the host is a command.
            return;
        };
        let Some(value) = flag.value.filter(|_| flag.name == "o") else {
            continue;
        };
        if value.text.is_some_and(accepts_any_key) {
            let message = format!("`{name}` trusts whatever key the host shows");
            let finding = cx.report(value.word.span, message);
            finding.help("put the host's key into `known_hosts` instead");
            finding.fixes.extend(fix.take());
        }
    }
}

/// Takes out every option that keeps host keys from being checked or looked up; `None` where one of them cannot
/// be taken out.
fn keys_checked(found: &CommandUse<'_>, invocation: &Invocation<'_>, text: &str) -> Option<Fix> {
    let mut edits = Vec::new();
    for argument in invocation.arguments(SSH_VALUES) {
        let Argument::Flag(flag) = argument else {
            break;
        };
        let value = flag.value.filter(|_| flag.name == "o");
        let Some(setting) = value.and_then(|value| value.text) else {
            continue;
        };
        if accepts_any_key(setting) || forgets_keys(setting) {
            edits.push(removal::option(found.command, &flag, text)?);
        }
    }
    let title = "check the host's key; fails unless it is in `known_hosts`";
    (found.context.is_exact() && !edits.is_empty())
        .then(|| Fix::new(title, Applicability::Unsafe, edits))
}

/// Whether a setting of ssh makes it look up known keys in an empty file.
fn forgets_keys(setting: &str) -> bool {
    let split = setting.trim().split_once(['=', ' ']);
    split.is_some_and(|(key, value)| {
        let is_file = |name: &str| key.eq_ignore_ascii_case(name);
        (is_file("UserKnownHostsFile") || is_file("GlobalKnownHostsFile"))
            && value.trim_start_matches(['=', ' ']) == "/dev/null"
    })
}

/// Whether a setting of ssh says that host keys are not checked.
fn accepts_any_key(setting: &str) -> bool {
    let setting = setting.trim();
    let split = setting.split_once(|char: char| char == '=' || char.is_ascii_whitespace());
    split.is_some_and(|(key, value)| {
        let value = value.trim_start_matches(['=', ' ', '\t']);
        key.eq_ignore_ascii_case("StrictHostKeyChecking")
            && (value.eq_ignore_ascii_case("no") || value.eq_ignore_ascii_case("off"))
    })
}

/// Lines of settings that a command writes.
fn written(found: &CommandUse<'_>, invocation: &Invocation<'_>, cx: &mut Context<'_, Host<'_>>) {
    let redirects = found.command.redirects.iter();
    let mut files = redirects.filter(|redirect| redirect.operator.value.writes());
    let tee = || {
        let command = found.context.piped_into()?.as_simple()?.unwrapped()?;
        let is_tee = command.name() == Some("tee");
        command.args().iter().rfind(|_| is_tee)
    };
    let Some(file) = files
        .next_back()
        .map(|redirect| &redirect.target)
        .or_else(tee)
    else {
        return;
    };
    // A home that a variable names comes first.
    let path = file.span.text(cx.text()).trim_matches(['"', '\'']);
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_off: fn(&str) -> bool = match name {
        ".curlrc" => |line| {
            let line = line.trim();
            line == "insecure" || line == "-k" || line == "--insecure"
        },
        ".wgetrc" | "wgetrc" => |line| {
            let line = line.replace([' ', '_', '-'], "");
            matches!(
                line.as_str(),
                "checkcertificate=off" | "checkcertificate=no"
            )
        },
        ".gemrc" | "gemrc" => |line| line.replace(' ', "").contains(":ssl_verify_mode:0"),
        "ssh_config" => accepts_any_key,
        "config" if path.contains(".ssh/") => accepts_any_key,
        _ if path.contains("ssh_config.d/") => accepts_any_key,
        _ => return,
    };
    for word in invocation.args() {
        if let Some(span) = line_in(word, is_off) {
            let message = format!("`{name}` makes every later command trust whoever answers");
            cx.report(span, message)
                .help("leave the setting as it is, and provide what the check needs");
            return;
        }
    }
}

/// The place of a word one of whose lines is like this.
fn line_in(word: &Word, is_off: fn(&str) -> bool) -> Option<Span> {
    let text = word.text()?;
    let mut lines = text.split('\n').flat_map(|line| line.split("\\n"));
    lines.any(is_off).then_some(word.span)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, dockerfile, fixed};

    #[test]
    fn options_of_servers_stand_in_a_command() {
        compose(
            "tls-verification-disabled",
            r#"
services:
  a:
    image: traefik:3
    command:
      - "--serverstransport.insecureskipverify=true"
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `--serverstransport.insecureskipverify` makes the program
      - --providers.docker.tls.insecureSkipVerify=false
      - --api.insecure=true
      - insecureSkipVerify
  b: {image: x, entrypoint: [etcd, --insecure-skip-tls-verify]}
#                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `--insecure-skip-tls-verify` makes
"#,
        );
    }

    #[test]
    fn options_are_found_alone_and_in_groups() {
        dockerfile(
            "tls-verification-disabled",
            r#"
FROM debian:13
RUN curl -fsSLk https://example.com/a && curl -ok https://example.com/a
#        ^^^^^^ `-fsSLk` makes `curl` trust whoever answers
RUN sudo wget \
      --no-check-certificate "$URL"
#     ^^^^^^^^^^^^^^^^^^^^^^ `--no-check-certificate` makes `wget` trust whoever answers
RUN aria2c --check-certificate=false https://example.com/a; http --verify=no https://example.com
#          ^^^^^^^^^^^^^^^^^^^^^^^^^ `--check-certificate=false` makes `aria2c` trust
#                                                                ^^^^^^^^^^^ `http` trusts whoever answers
RUN ssh -p 22 -o StrictHostKeyChecking=no a.example && scp -oStrictHostKeyChecking=off a b:
#                ^^^^^^^^^^^^^^^^^^^^^^^^ `ssh` trusts whatever key the host shows
#                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `scp` trusts
RUN printf 'Host *\n  StrictHostKeyChecking no\n' >> ~/.ssh/config
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `config` makes every later command trust
RUN echo "check_certificate = off" | tee -a $HOME/.wgetrc; echo ":ssl_verify_mode: 0" >~/.gemrc
#        ^^^^^^^^^^^^^^^^^^^^^^^^^ `.wgetrc` makes
#                                                               ^^^^^^^^^^^^^^^^^^^^^ `.gemrc` makes
RUN echo insecure >note && echo curl -k https://example.com && ssh a.example curl -o StrictHostKeyChecking=no
"#,
        );
    }

    #[test]
    fn the_machine_itself_does_not_count() {
        dockerfile(
            "tls-verification-disabled",
            r#"
FROM debian:13
RUN curl -k https://localhost/ && curl -k https://127.0.0.1:8443/a
HEALTHCHECK CMD curl -kf "https://$HOST/" || curl -kf https://app:8443/
CMD curl -k https://example.com/
#        ^^ `-k` makes `curl` trust
"#,
        );
    }

    #[test]
    fn host_keys_are_checked_again() {
        let fix = |text: &str| {
            let text = format!("FROM a\n{text}\n");
            let result = fixed("tls-verification-disabled", Applicability::Unsafe, &text);
            result.trim_start_matches("FROM a\n").trim_end().to_owned()
        };
        for (before, after) in [
            (
                "RUN ssh -p 22 -o StrictHostKeyChecking=no a b",
                "RUN ssh -p 22 a b",
            ),
            (
                "RUN scp -oStrictHostKeyChecking=no \\\n  a b:",
                "RUN scp \\\n  a b:",
            ),
            (
                "RUN ssh -o \"StrictHostKeyChecking no\" -o UserKnownHostsFile=/dev/null a",
                "RUN ssh a",
            ),
            (
                "RUN ssh -vo StrictHostKeyChecking=no a",
                "RUN ssh -vo StrictHostKeyChecking=no a",
            ),
            (
                "RUN sh -c \"ssh -o StrictHostKeyChecking=no $A\"",
                "RUN sh -c \"ssh -o StrictHostKeyChecking=no $A\"",
            ),
        ] {
            assert_eq!(fix(before), after);
        }
    }

    #[test]
    fn the_fix_is_safe_where_certificates_are_there() {
        let safe = |text: &str| fixed("tls-verification-disabled", Applicability::Safe, text);
        for (before, after) in [
            (
                "RUN curl \\\n  -k \\\n  https://a.example/b",
                "RUN curl \\\n  https://a.example/b",
            ),
            (
                "RUN wget --no-check-certificate https://a.example/b",
                "RUN wget https://a.example/b",
            ),
        ] {
            let debian = format!("FROM debian:13\n{before}\n");
            assert_eq!(safe(&debian), debian);
            let installs = "FROM debian:13\nRUN apt-get install -y ca-certificates\n";
            assert_eq!(
                safe(&format!("{installs}{before}\n")),
                format!("{installs}{after}\n")
            );
            assert_eq!(
                safe(&format!("FROM alpine\n{before}\n")),
                format!("FROM alpine\n{after}\n")
            );
        }
        let private = "FROM alpine\nRUN curl -k https://db:80/ && curl -k $URL\n";
        assert_eq!(safe(private), private);
    }
}

//! Flags downloads by `curl` that stop at a redirect.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Source, Target, Tool, Url};
use crate::shell::programs::Programs;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Hosts whose own instructions fetch without `-L`. Source: <https://www.rust-lang.org/tools/install>.
const ANSWERS_ITSELF: [&str; 1] = ["sh.rustup.rs"];

const CURL: Programs = Programs::of(&["curl"]);

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // A file of settings may say it.
    if !model.may_run(&CURL) || cx.text().contains(".curlrc") {
        return;
    }
    for place in model.scripts() {
        let is_run = matches!(
            model.acting(place.instruction).kind,
            InstructionKind::Run(_)
        );
        let scripts = place.script.iter().filter(|_| is_run);
        for found in scripts.flat_map(|script| script.commands_of(&CURL)) {
            check_command(&found, cx);
        }
    }
}

fn check_command(found: &CommandUse<'_>, cx: &mut Context<'_, Dockerfile>) {
    if Tool::of(found.command) != Some(Tool::Curl) {
        return;
    }
    let Some(download) = Download::of(found.command) else {
        return;
    };
    let is_piped = found.context.piped_into().is_some() || found.context.in_substitution();
    let is_kept = |source: &Source<'_>| match source.target {
        Target::Output => is_piped,
        Target::File { .. } | Target::RemoteName { .. } => source.path(cx.text()).is_some(),
    };
    let is_elsewhere = |source: &Source<'_>| {
        let url = Url::of(source.word);
        let is_address = |host: &str| host.parse::<std::net::IpAddr>().is_ok();
        let is_http = url.scheme.is_none() || url.has_scheme("http") || url.has_scheme("https");
        is_http
            && !url.is_local()
            && !url.is_private()
            && url
                .host
                .is_some_and(|host| !is_address(host) && !ANSWERS_ITSELF.contains(&host))
    };
    let mut sources = download.sources.iter();
    let is_concerned = sources.any(|source| is_kept(source) && is_elsewhere(source));
    if !is_concerned || !download.is_get() || download.has_unknown_options() || follows(&download) {
        return;
    }
    let at = download.place();
    let edit = option_edit(&download, 'L', cx.text());
    let finding = cx.report(at, "`curl` takes the answer of a redirect for the file");
    finding.help("add `-L`");
    if found.context.is_exact() {
        let title = "add `-L`; headers and cookies then go to the other address, too";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// Whether it follows redirects, or asks for them, or takes options from elsewhere.
fn follows(download: &Download<'_>) -> bool {
    download.flags.iter().any(|flag| match flag.name {
        "L" | "location" | "location-trusted" | "follow" | "K" | "config" => true,
        "w" | "write-out" => flag
            .value
            .is_none_or(|value| value.text.is_none_or(|text| text.contains("redirect_url"))),
        _ => false,
    })
}

/// Adds an option of one letter: to the first word if that holds others, and none of them takes a value.
fn option_edit(download: &Download<'_>, letter: char, text: &str) -> Edit {
    let values = download.tool.with_value().names;
    let first = download.invocation.args().first();
    let group = first.filter(|word| {
        let written = word.span.text(text);
        let letters = written.strip_prefix('-').unwrap_or_default();
        !letters.is_empty()
            && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (0..letters.len()).all(|at| !values.contains(&&letters[at..=at]))
    });
    match group {
        Some(word) => Edit::insert(word.span.end, letter.to_string()),
        None => Edit::insert(download.place().end, format!(" -{letter}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn what_is_kept_counts() {
        dockerfile(
            "curl-missing-location",
            r#"
FROM debian:13
RUN curl https://example.com/a && curl https://example.com/a | tar x && X=$(curl example.com/v)
#                                 ^^^^ `curl` takes the answer of a redirect
#                                                                           ^^^^ `curl` takes
RUN true \
    && curl -O "https://example.com/$V/a" && curl -so a ftp://example.com/a && curl $O -o a https://example.com
#      ^^^^ `curl` takes
RUN curl -K config -o a https://example.com/a && curl -o a http://db/a && curl -o a https://192.0.2.1/a
RUN curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y
CMD curl -o a https://example.com/a
"#,
        );
    }

    #[test]
    fn a_configuration_file_may_say_it() {
        dockerfile(
            "curl-missing-location",
            "FROM debian:13\nRUN echo location >~/.curlrc\nRUN curl -o a https://example.com/a\n",
        );
    }

    #[test]
    fn the_letter_joins_others() {
        for (before, after) in [
            (
                "curl -fsS -o a https://a.example/b",
                "curl -fsSL -o a https://a.example/b",
            ),
            (
                "curl -fsSo a https://a.example/b",
                "curl -L -fsSo a https://a.example/b",
            ),
            (
                "curl -O https://a.example/b",
                "curl -OL https://a.example/b",
            ),
            (
                "curl --fail -O https://a.example/b",
                "curl -L --fail -O https://a.example/b",
            ),
        ] {
            let fixed = fixed(
                "curl-missing-location",
                Applicability::Unsafe,
                &format!("FROM a\nRUN {before}\n"),
            );
            assert_eq!(fixed, format!("FROM a\nRUN {after}\n"));
        }
    }
}

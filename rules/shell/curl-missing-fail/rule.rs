//! Flags downloads by `curl` that take an error page for the file.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, Script};
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Source, Target, Tool, Url, last_check};
use crate::shell::programs::Programs;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

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
        if let Some(script) = place.script.as_ref().filter(|_| is_run) {
            check_script(script, cx);
        }
    }
}

fn check_script(script: &Script, cx: &mut Context<'_, Dockerfile>) {
    // Looked for only where something depends on it.
    let mut checked: Option<Option<u32>> = None;
    for found in script.commands_of(&CURL) {
        let curl = Some(found.command).filter(|command| Tool::of(command) == Some(Tool::Curl));
        let Some(download) = curl.and_then(Download::of) else {
            continue;
        };
        if !is_careless(&found, &download, cx.text()) {
            continue;
        }
        let checked = *checked.get_or_insert_with(|| last_check(script));
        if checked.is_none_or(|check| check < download.place().start) {
            report(&found, &download, cx);
        }
    }
}

/// Whether it keeps what the server sends, whatever the status.
fn is_careless(found: &CommandUse<'_>, download: &Download<'_>, text: &str) -> bool {
    let is_kept = |source: &Source<'_>| {
        let url = Url::of(source.word);
        let is_http = url.scheme.is_none() || url.has_scheme("http") || url.has_scheme("https");
        is_http
            && !url.is_local()
            && match source.target {
                Target::Output => found.context.piped_into().is_some(),
                Target::File { .. } | Target::RemoteName { .. } => source.path(text).is_some(),
            }
    };
    let is_careful = |download: &Download<'_>| {
        download.flags.iter().any(|flag| match flag.name {
            "f" | "fail" | "fail-with-body" | "K" | "config" => true,
            "w" | "write-out" => flag.value.is_none_or(|value| {
                value
                    .text
                    .is_none_or(|text| text.contains("http_code") || text.contains("response_code"))
            }),
            _ => false,
        })
    };
    download.sources.iter().any(is_kept)
        && download.is_get()
        && !is_careful(download)
        && !download.has_unknown_options()
}

/// Programs that refuse a page where they expect something else.
const STRICT: &[&str] = &[
    "apt-key", "bsdtar", "bunzip2", "bzip2", "cpio", "gpg", "gpg2", "gunzip", "gzip", "jq", "tar",
    "unxz", "unzip", "unzstd", "xz", "xzcat", "zcat", "zstd",
];

fn report(found: &CommandUse<'_>, download: &Download<'_>, cx: &mut Context<'_, Dockerfile>) {
    let reader = found
        .context
        .piped_into()
        .and_then(Command::as_simple)
        .and_then(|command| command.unwrapped());
    let is_noticed = reader.is_some_and(|reader| reader.is_any(STRICT));
    let at = download.place();
    let edit = option_edit(download, 'f', cx.text());
    let finding = cx.report(at, "`curl` takes an error page for the file");
    finding.help("add `-f`, so that the build stops there");
    if is_noticed {
        finding.severity(Severity::Info);
    }
    if found.context.is_exact() {
        finding.fix(Fix::new("add `-f`", Applicability::Safe, vec![edit]));
    }
}

/// Adds an option of one letter: to the first word if that holds others.
fn option_edit(download: &Download<'_>, letter: char, text: &str) -> Edit {
    let first = download.invocation.args().first();
    let group = first.filter(|word| {
        let letters = word.span.text(text).strip_prefix('-').unwrap_or_default();
        let is_value = letters.len() == 1 && download.tool.with_value().names.contains(&letters);
        letters.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_value
    });
    match group {
        Some(word) => Edit::insert(word.span.start + 1, letter.to_string()),
        None => Edit::insert(download.place().end, format!(" -{letter}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn saved_and_piped_answers_count() {
        dockerfile(
            "curl-missing-fail",
            r#"
FROM debian:13
RUN curl https://example.com/a && curl -so /dev/null https://example.com/a && curl -I https://example.com/a >x
RUN curl -sL "$URL" | tar xz && X="$(curl -s https://example.com/v)" && curl -sL example.com/x | sh
#   ^^^^ info: `curl` takes an error page for the file
#                                                                       ^^^^ warning: `curl` takes
RUN sudo \
      curl -LO https://example.com/a && sudo curl -fsSLo a https://example.com/a
#     ^^^^ `curl` takes
RUN curl -o a https://example.com/a && gpg --verify a.asc a && curl -o b https://example.com/b
#                                                              ^^^^ `curl` takes
RUN curl $OPTIONS -o a https://example.com/a && curl -o a file:///a && curl -o a http://localhost/
CMD curl https://example.com/a >a
"#,
        );
    }

    #[test]
    fn the_letter_joins_others() {
        for (before, after) in [
            (
                "curl -sSLo a https://a.example/b",
                "curl -fsSLo a https://a.example/b",
            ),
            (
                "curl -O https://a.example/b",
                "curl -fO https://a.example/b",
            ),
            (
                "curl -o b -sL https://a.example/b",
                "curl -f -o b -sL https://a.example/b",
            ),
            (
                "curl https://a.example/b >b",
                "curl -f https://a.example/b >b",
            ),
            (
                "curl --silent -O https://a.example/b",
                "curl -f --silent -O https://a.example/b",
            ),
        ] {
            let fixed = fixed(
                "curl-missing-fail",
                Applicability::Safe,
                &format!("FROM a\nRUN {before}\n"),
            );
            assert_eq!(fixed, format!("FROM a\nRUN {after}\n"));
        }
    }
}

//! Flags checks of downloads that a forged file passes.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::ast::Command;
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Tool, verifies};
use crate::shell::invocation::Invocation;
use crate::shell::word::{Word, WordPart};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if script.run().is_none() || !script.script.may_run(&Tool::PROGRAMS) {
        return;
    }
    let mut has_download = false;
    let mut weak: Vec<(Span, &str)> = Vec::new();
    for found in script.script.commands() {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if let Some(download) = Download::of(found.command) {
            has_download |= download.is_get() && !download.is_local();
            continue;
        }
        match hash(&invocation) {
            Some(name) if has_download && is_compared(&found, &invocation) => {
                weak.push((invocation.name_word().span, name));
            }
            Some(_) => {}
            None if verifies(&invocation) => return,
            None => {}
        }
        if has_download && invocation.is_any(&["[", "test", "[["]) {
            weak.extend(invocation.args().iter().filter_map(substituted));
        }
    }
    for (at, name) in weak {
        let shown = at.text(cx.text()).trim_matches(['"', '\'']);
        let finding = cx.report(
            at,
            format!("`{shown}` does not tell a forged download from the right one"),
        );
        finding.help(format!(
            "{name} is broken; compare a SHA-256 checksum or a signature"
        ));
        // A second file with the same SHA-1 takes months of many machines' time, one with the same MD5 seconds.
        if name == "SHA-1" {
            finding.severity(Severity::Info);
        }
    }
}

/// The broken algorithm that a command computes; `None` for every other command.
fn hash(invocation: &Invocation<'_>) -> Option<&'static str> {
    let args = invocation.args();
    let is_given = |names: &[&str]| {
        args.iter()
            .any(|word| names.iter().any(|name| word.is(name)))
    };
    match invocation.name()? {
        "md5sum" | "md5" => Some("MD5"),
        "sha1sum" | "sha1" => Some("SHA-1"),
        "shasum" => match invocation.value_of(&["a", "algorithm"]) {
            None => Some("SHA-1"),
            Some(value) => (value.text == Some("1")).then_some("SHA-1"),
        },
        "openssl" if is_given(&["md5", "-md5"]) => Some("MD5"),
        "openssl" if is_given(&["sha1", "-sha1"]) => Some("SHA-1"),
        _ => None,
    }
}

/// How many commands behind it in a pipeline are looked at.
const MAX_READERS: usize = 8;

/// Whether it compares by itself, or what it prints goes to something that does.
fn is_compared(found: &CommandUse<'_>, invocation: &Invocation<'_>) -> bool {
    let flags = ["c", "check", "s", "status", "w", "warn"];
    let checks =
        flags.iter().any(|flag| invocation.has_flag(flag)) && invocation.name() != Some("openssl");
    let commands = found
        .context
        .pipeline()
        .map_or(&[][..], |pipeline| &pipeline.commands);
    let mut readers = commands
        .iter()
        .skip(found.context.position + 1)
        .take(MAX_READERS);
    let is_read = readers.any(|reader| {
        let reader = reader.as_simple().and_then(|reader| reader.unwrapped());
        reader.is_some_and(|reader| reader.is_any(&["grep", "cmp", "diff"]))
    });
    checks || is_read
}

/// The broken algorithm in a substitution: `"$(md5sum file)"`.
fn substituted(word: &Word) -> Option<(Span, &'static str)> {
    word.pieces().find_map(|part| {
        let WordPart::CommandSubstitution(substitution) = part else {
            return None;
        };
        let items = substitution.body.items.iter();
        let commands = items.flat_map(|item| item.pipeline.commands.iter());
        commands.filter_map(Command::as_simple).find_map(|command| {
            let invocation = command.unwrapped()?;
            Some((invocation.name_word().span, hash(&invocation)?))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn checks_behind_a_download_are_found() {
        dockerfile(
            "weak-hash",
            r#"
FROM debian:13
RUN md5sum -c a && curl -O https://a.example/b && echo "$S b" \
    | sudo sha1sum --quiet -c -
#          ^^^^^^^ `
RUN curl -O https://a.example/b && openssl md5 b | grep -q "$S" && shasum -c b && shasum -a 256 b
RUN curl -O https://a.example/b && openssl md5 b | grep -q "$S" && shasum -c b
#                                  ^^^^^^^ `
#                                                                  ^^^^^^ `
RUN curl -O https://a.example/b && [ "$(md5sum <b)" = "$S" ] && md5sum b >b.name
#                                       ^^^^^^ `
RUN curl -O file:///b && md5sum -c b && git checkout 0123
"#,
        );
    }
}

//! Flags downloads that are used though nothing tells that they are the right ones.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{Command, Script};
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Source, Target, Tool, Url, verifies};
use crate::shell::execution::executions;
use crate::shell::word::Word;
use crate::text::{Span, order};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// A file that nothing was compared with so far.
struct Pending {
    tool: Tool,
    at: Span,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for stage in &model.stages {
        let mut pending: Vec<Pending> = Vec::new();
        for index in stage.instructions.clone() {
            if !matches!(model.acting(index).kind, InstructionKind::Run(_)) {
                continue;
            }
            let scripts = model.scripts_of(index).iter();
            for script in scripts.filter_map(|place| place.script.as_ref()) {
                read(script, &mut pending, cx.text());
            }
        }
        for Pending { tool, at } in pending {
            let name = tool.name();
            let message = format!("what `{name}` downloads here is used unchecked");
            cx.report(at, message).help(
                "compare its checksum in the same `RUN`: `echo \"$SHA256  file\" | sha256sum -c -`",
            );
        }
    }
}

/// Goes through a script. Where it compares something, everything before counts as compared: which file it looks
/// at is often in another file.
fn read(script: &Script, pending: &mut Vec<Pending>, text: &str) {
    if pending.is_empty() && !script.may_run(Tool::NAMES) {
        return;
    }
    // Those that are run at once, sorted; looked for only if there are any downloads.
    let mut run: Option<Vec<Span>> = None;
    for found in script.commands() {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if verifies(&invocation) {
            pending.clear();
            continue;
        }
        let Some(download) = Download::of(found.command) else {
            continue;
        };
        if !download.is_get() || download.is_local() {
            continue;
        }
        let mut sources = download.sources.iter();
        let Some(source) = sources.find(|source| is_used(source, &found, text)) else {
            continue;
        };
        let run = run.get_or_insert_with(|| {
            let places = executions(script, text).into_iter();
            let mut places: Vec<Span> = places.map(|found| found.download.place()).collect();
            order::sort(&mut places);
            places
        });
        if run.binary_search(&download.place()).is_err() {
            pending.push(Pending {
                tool: download.tool,
                at: source.word.span,
            });
        }
    }
}

/// Programs that unpack what they read.
const UNPACKERS: &[&str] = &[
    "bsdtar", "bunzip2", "bzcat", "bzip2", "cpio", "dpkg", "funzip", "gunzip", "gzip", "tar",
    "unxz", "unzip", "unzstd", "xz", "xzcat", "zcat", "zstd", "zstdcat",
];

/// Whether a file is kept or unpacked that can do harm.
fn is_used(source: &Source<'_>, found: &CommandUse<'_>, text: &str) -> bool {
    let url = Url::of(source.word);
    if url.is_local() || is_harmless(&end_of(source.word, text)) || names_commit(source.word) {
        return false;
    }
    match source.target {
        Target::Output => {
            let reader = found.context.piped_into().and_then(Command::as_simple);
            let reader = reader.and_then(|reader| reader.unwrapped());
            reader.is_some_and(|reader| reader.is_any(UNPACKERS))
        }
        Target::File { .. } | Target::RemoteName { .. } => source
            .path(text)
            .is_some_and(|path| !is_harmless(&path) && !is_setting(&path)),
    }
}

/// The written URL without query.
fn end_of(word: &Word, text: &str) -> String {
    let written = word.span.text(text).trim_matches(['"', '\'']);
    written
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Whether a name is that of a key, signature, checksum, or of a list of packages: what has rules of its own, or
/// only serves to check something else.
fn is_harmless(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let name = name.trim_end_matches(['"', '\'', '}']);
    let ends = [
        ".asc",
        ".sig",
        ".sign",
        ".gpg",
        ".pgp",
        ".pub",
        ".key",
        ".pem",
        ".crt",
        ".cer",
        ".minisig",
        ".sha1",
        ".sha256",
        ".sha512",
        ".sha256sum",
        ".sha512sum",
        ".md5",
        ".sum",
        ".list",
        ".repo",
        ".sources",
        ".txt",
        ".md",
        ".json",
        ".html",
    ];
    ends.iter().any(|end| name.ends_with(end))
        || [
            "sha1sum",
            "sha256sum",
            "sha512sum",
            "md5sum",
            "checksum",
            "keyring",
            "signing",
        ]
        .iter()
        .any(|part| name.contains(part))
        || matches!(name, "key" | "keys" | "gpgkey" | "gpg")
}

/// Whether a path is that of keys or of a package manager's settings.
fn is_setting(path: &str) -> bool {
    [
        "/keyrings/",
        "/trusted.gpg",
        "/etc/apt/",
        "/etc/apk/",
        "/etc/yum.repos.d/",
        "/rpm-gpg/",
    ]
    .iter()
    .any(|part| path.contains(part))
}

/// Whether an address names its content: a commit, a digest.
fn names_commit(word: &Word) -> bool {
    let text = word.leading_text();
    let parts = text.split(|char: char| !char.is_ascii_alphanumeric());
    parts
        .filter(|part| matches!(part.len(), 40 | 64))
        .any(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn what_is_kept_or_unpacked_counts_until_something_is_compared() {
        dockerfile(
            "unverified-download",
            r#"
FROM debian:13
RUN curl -fsSLO "https://example.com/a-$V.tgz.sig" \
    && wget https://example.com/b https://example.com/c
#           ^^^^^^^^^^^^^^^^^^^^^ what `wget` downloads here is used unchecked
RUN curl https://example.com/a && curl -o /dev/null https://example.com/a && curl https://example.com/a | grep b
RUN curl -o a.sh https://example.com/a && sh a.sh && curl https://example.com/a | bash
RUN curl -o /etc/apt/keyrings/a https://example.com/a && curl -O https://example.com/a.tgz.asc
CMD curl -o a https://example.com/a
FROM debian:13 AS other
RUN curl $URL | sudo tar xz
RUN curl -o a https://example.com/a && php -r "if (hash_file('sha384', 'a') !== '$S') { exit(1); }"
RUN sha256sum -c sums && aria2c -o a https://example.com/a
#                                    ^^^^^^^^^^^^^^^^^^^^^ what `aria2c` downloads
FROM other
RUN sha512sum -c sums
"#,
        );
    }
}

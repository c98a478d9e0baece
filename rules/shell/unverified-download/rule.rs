//! Flags downloads that are used though nothing tells that they are the right ones.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Add, InstructionKind};
use crate::dockerfile::model::Config;
use crate::dockerfile::source::SourceKind;
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
    /// What fetches it; `ADD` if it is no program.
    tool: Option<Tool>,
    at: Span,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for stage in &model.stages {
        let mut pending: Vec<Pending> = Vec::new();
        for index in stage.instructions.clone() {
            match &model.acting(index).kind {
                InstructionKind::Add(add) => {
                    added(add, model.config_at(index), &mut pending);
                    continue;
                }
                InstructionKind::Run(_) => {}
                _ => continue,
            }
            let scripts = model.scripts_of(index).iter();
            for script in scripts.filter_map(|place| place.script.as_ref()) {
                read(script, &mut pending, cx.text());
            }
        }
        for Pending { tool, at } in pending {
            let name = tool.map_or("ADD", Tool::name);
            let message = format!("what `{name}` downloads here is used unchecked");
            cx.report(at, message).help(if tool.is_some() {
                "compare its checksum in the same `RUN`: `echo \"$SHA256  file\" | sha256sum -c -`"
            } else {
                "name its checksum: `ADD --checksum=sha256:…`"
            });
        }
    }
}

/// The files that an `ADD` downloads.
fn added(add: &Add, config: Config<'_>, pending: &mut Vec<Pending>) {
    if add.checksum.is_some() {
        return;
    }
    let destination = add.paths.destination().map(|path| config.value(path));
    let destination = destination.as_ref().and_then(|path| path.text());
    if destination.is_some_and(|path| is_harmless(path) || is_setting(path)) {
        return;
    }
    for source in add.paths.sources() {
        let written = source.value();
        let is_url = SourceKind::of(&written) == SourceKind::Url;
        let path = written.split(['?', '#']).next().unwrap_or_default();
        if is_url
            && !Url::parse(&written, !source.has_variables()).is_local()
            && !is_harmless(path)
            && !has_digest(&written)
        {
            pending.push(Pending {
                tool: None,
                at: source.span,
            });
        }
    }
}

/// Goes through a script. Where it compares something, everything before counts as compared: which file it looks
/// at is often in another file.
fn read(script: &Script, pending: &mut Vec<Pending>, text: &str) {
    if pending.is_empty() && !script.may_run(&Tool::PROGRAMS) {
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
                tool: Some(download.tool),
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
    has_digest(&word.leading_text())
}

/// Whether an address has the digits of a commit or a digest in it.
fn has_digest(text: &str) -> bool {
    let parts = text.split(|char: char| !char.is_ascii_alphanumeric());
    parts
        .filter(|part| matches!(part.len(), 40 | 64))
        .any(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn what_add_downloads_counts() {
        dockerfile(
            "unverified-download",
            r#"
FROM debian:13
ADD https://example.com/a.tgz /a.tgz
RUN sha256sum -c /sums
ADD https://example.com/$B.tgz /b/
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^ what `ADD` downloads here is used unchecked
ADD --checksum=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa https://example.com/c /c
ADD https://example.com/key.asc https://example.com/d.git http://localhost/e local /f/
ADD https://example.com/g /etc/apt/keyrings/g.gpg
ADD ["https://example.com/0123456789abcdef0123456789abcdef01234567/h", "https://example.com/i", "/j/"]
#                                                                      ^^^^^^^^^^^^^^^^^^^^^^^ what `ADD`
"#,
        );
    }

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

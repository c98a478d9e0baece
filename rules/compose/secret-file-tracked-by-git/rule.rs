//! Flags files of secrets that git tracks.

use crate::compose::project::{OnDisk, Project};
use crate::compose::resource::FileObject;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::file::is_for_show;
use crate::knowledge::secrets::value::{is_placeholder_value, is_weak_default};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for secret in &project.merged.secrets {
            check(secret, cx);
        }
    });
}

fn check(secret: &FileObject, cx: &mut Context<'_, Project>) {
    let Some(file) = secret.file.as_ref().filter(|_| !secret.is_external()) else {
        return;
    };
    let written = file.value.text();
    let Some((path, OnDisk::File)) = cx.model.look(&file.value) else {
        return;
    };
    let disk = &cx.model.disk;
    if written.ends_with(".pub") || is_for_show(written) {
        return;
    }
    let shown = excerpt(written);
    let source = disk.text_for_git(&path);
    if !source.is_some_and(|source| is_secret(&source.text)) {
        return;
    }
    if disk.is_open_to_git(&path) {
        let message = format!("git does not ignore `{shown}`, the file of a secret");
        cx.report(file.at, message)
            .help("add it to `.gitignore`")
            .severity(Severity::Warning);
    } else {
        let message = format!("`{shown}`, the file of a secret, is tracked by git");
        cx.report(file.at, message)
            .help("take it out of the repository, ignore it, and change the secret");
    }
}

/// Whether the text of a file can be a secret as it stands.
fn is_secret(text: &str) -> bool {
    /// What encrypted texts begin with.
    const ENCRYPTED: [&str; 5] = [
        "$ANSIBLE_VAULT;",
        "-----BEGIN AGE ENCRYPTED FILE",
        "-----BEGIN PGP MESSAGE",
        "\0GITCRYPT",
        "age-encryption.org/",
    ];
    let text = text.trim_start_matches('\u{feff}').trim();
    let is_public = (text.contains("-----BEGIN CERTIFICATE") || text.contains(" PUBLIC KEY-----"))
        && !text.contains("PRIVATE KEY");
    !is_placeholder_value(text)
        && !is_weak_default(text)
        && !is_public
        && !text.contains("ENC[AES256_GCM,")
        && !ENCRYPTED.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::testing::compose_among;

    #[test]
    fn what_is_no_secret_may_be_tracked() {
        for text in [
            "",
            "\n",
            "changeme\n",
            "<your password>",
            "-----BEGIN CERTIFICATE-----\nx",
            "-----BEGIN PUBLIC KEY-----\nx",
            "password: ENC[AES256_GCM,data:x]",
            "$ANSIBLE_VAULT;1.1;AES256\n6231",
        ] {
            assert!(!is_secret(text), "{text}");
        }
        assert!(is_secret("vK3x0qTz81nLw\n"));
        assert!(is_secret(
            "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----"
        ));
    }

    #[test]
    fn the_repository_may_begin_above() {
        let name = "app/secrets/a.txt";
        let index = format!(
            "DIRC\0\0\0\x02\0\0\0\x01{}{}{name}{}{}",
            "\0".repeat(61),
            '\x11',
            '\0',
            "\0".repeat(20)
        );
        let text = "x7Gq0TzK2m\n";
        let files = [
            (".git/index", &*index),
            ("app/secrets/a.txt", text),
            ("app/secrets/b.txt", text),
            ("app/secrets/f.txt", text),
            ("app/.gitignore", "f.txt\n"),
        ];
        compose_among(
            "secret-file-tracked-by-git",
            &files,
            "app/compose.yaml",
            r#"
services:
  a: {image: x}
secrets:
  a: {file: "./secrets/${A:-a}.txt"}
#           ^^^^^^^^^^^^^^^^^^^^^^^ error: `./secrets/a.txt`, the file of a secret, is tracked by git
  b: {file: secrets/b.txt}
#           ^^^^^^^^^^^^^ warning: git does not ignore `secrets/b.txt`, the file of a secret
  f: {file: secrets/f.txt}
  c: {file: secrets/c.txt}
  d: {file: $A}
  e: {environment: A}
"#,
        );
        let mut filtered = files.to_vec();
        filtered.push((
            ".gitattributes",
            "secrets/** filter=git-crypt diff=git-crypt\n",
        ));
        compose_among(
            "secret-file-tracked-by-git",
            &filtered,
            "app/compose.yaml",
            "services: {a: {image: x}}\nsecrets: {a: {file: secrets/a.txt}}\n",
        );
    }
}

//! Flags `COPY` and `ADD` of files whose names say that they hold secrets.

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::source::{ContextSource, written_paths};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::file::{self, SecretFile};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for source in file.context_sources() {
        if matches!(source.verdict, Verdict::Ignored(_)) {
            continue;
        }
        let Some(kind) = file::kind(&source.path) else {
            continue;
        };
        let stage = file.stage_of(source.instruction);
        let is_output = stage.is_some_and(|stage| stage.is_output);
        if (!is_output && kind == SecretFile::Environment) || is_for_packages(file, source) {
            continue;
        }
        let what = match kind {
            SecretFile::PrivateKey => "is a private key",
            SecretFile::KeyStore => "holds private keys as a rule",
            SecretFile::Credentials => "holds credentials",
            SecretFile::Environment => "holds secrets as a rule",
        };
        let finding = cx.report(
            source.span,
            format!("`{}` {what} and stays in a layer", excerpt(&source.path)),
        );
        finding.help("mount it with `RUN --mount=type=secret`, or give it to the container");
        match kind {
            _ if !is_output => {
                finding.severity(Severity::Info);
            }
            SecretFile::PrivateKey => {
                finding.severity(Severity::Error);
            }
            _ => {}
        }
    }
}

/// Whether a key goes where package managers look for the public keys of repositories.
fn is_for_packages(file: &Dockerfile, source: &ContextSource) -> bool {
    let instruction = &file.ast.instructions[source.instruction];
    let destination = written_paths(instruction).and_then(|paths| paths.destination());
    destination.is_some_and(|word| {
        let path = word.value();
        [
            "/etc/apt/",
            "/etc/apk/",
            "/etc/pki/rpm-gpg",
            "/usr/share/keyrings",
        ]
        .iter()
        .any(|folder| path.starts_with(folder))
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{dockerfile, dockerfile_among};

    #[test]
    fn the_source_is_marked() {
        dockerfile(
            "secret-file-copied",
            r#"
FROM a AS b
COPY .env id_rsa server.key /c/
#         ^^^^^^ info: `id_rsa` is a private key and stays in a layer
#                ^^^^^^^^^^ info: `server.key` holds private keys
FROM a
ARG F=.netrc
COPY --chown=1 x \
  "home/.env.local" $F .aws/credentials /c/
# ^^^^^^^^^^^^^^^^^ warning: `home/.env.local` holds secrets as a rule
#                   ^^ warning: `.netrc` holds credentials
#                      ^^^^^^^^^^^^^^^^ warning: `.aws/credentials` holds
ADD ["certs/*.key", "my key.pem", "/"]
#    ^^^^^^^^^^^^^ warning: `certs/*.key` holds private keys
#                   ^^^^^^^^^^^^ error: `my key.pem` is a private key
COPY --from=b id_rsa /root/.ssh/
COPY a.key /etc/apt/trusted.gpg.d/
COPY <<.env $X https://example.com/.env /
A=1
.env
ONBUILD COPY .env /
"#,
        );
    }

    #[test]
    fn what_is_kept_out_is_not_copied() {
        dockerfile_among(
            "secret-file-copied",
            &[(".dockerignore", "*.key"), ("a.key", ""), ("b.p12", "")],
            "FROM a\nCOPY a.key b.p12 /\n#          ^^^^^ warning: `b.p12`\n",
        );
    }
}

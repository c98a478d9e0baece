//! Flags passwords and tokens that commands get in clear text.
//!
//! A value that is a secret by its own shape (`knowledge::secrets::token`) is not this rule's: it is
//! reported wherever it stands.

use crate::diagnostic::Severity;
use crate::dockerfile::mount::MountKind;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::name::is_strong_secret_name;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::{Strength, in_command};
use crate::shell::context::CommandUse;
use crate::shell::credentials::credentials;
use crate::shell::programs::Programs;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.command(check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    // Of containers in general `secret-in-command` speaks.
    if cx.model.in_compose().is_some() {
        return;
    }
    let is_run = cx.model.run().is_some();
    for credential in credentials(found, is_strong_secret_name) {
        let strength = in_command(credential.value);
        if strength == Strength::None || token(credential.span.text(cx.text())).is_some() {
            continue;
        }
        let message = format!(
            "`{}` gets a secret in clear text",
            excerpt(credential.receiver)
        );
        let finding = cx.report(credential.span, message);
        finding.help(if is_run {
            "mount it with `RUN --mount=type=secret`, and change the one that was written down"
        } else {
            "hand it in when the container runs, and change the one that was written down"
        });
        if strength == Strength::Weak {
            finding.severity(Severity::Warning);
        }
    }
    if is_run && found.command.may_run(const { &Programs::of(&["gcloud"]) }) {
        check_key_file(found, cx);
    }
}

/// `gcloud auth activate-service-account --key-file` with a file of the image.
fn check_key_file(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    const OPTIONS: &[&str] = &["account", "key-file", "password-file", "project"];
    let Some(invocation) = found.command.unwrapped() else {
        return;
    };
    if !invocation.is_any(&["gcloud"]) {
        return;
    }
    let mut operands = invocation.operands(OPTIONS);
    let is_login = operands.next().is_some_and(|word| word.is("auth"))
        && operands
            .next()
            .is_some_and(|word| word.is("activate-service-account"));
    let value = invocation
        .value_of(&["key-file"])
        .filter(|_| is_login)
        .filter(|value| value.text.is_some_and(|path| !path.starts_with("/dev/")));
    let is_mounted = cx.model.run().is_some_and(|run| {
        run.mounts
            .iter()
            .any(|mount| mount.kind != Some(MountKind::Cache))
    });
    if let Some(value) = value.filter(|_| !is_mounted) {
        cx.report(
            value.word.span,
            "this key is a file in a layer of the image",
        )
        .help("mount it with `RUN --mount=type=secret`")
        .severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_value_is_marked() {
        dockerfile(
            "secret-in-run-command",
            r#"
FROM debian:13
RUN mysql -uroot -phunter2 -e 'x' && \
#                ^^^^^^^^^ error: `mysql` gets a secret in clear text
    sh -c "docker login -u a --password='hunter2'"
#                            ^^^^^^^^^^^^^^^^^^^^ error: `docker` gets a secret
RUN export DB_PASSWORD=hunter2 && PGPASSWORD=postgres psql
#                      ^^^^^^^ error: `DB_PASSWORD` gets a secret
#                                            ^^^^^^^^ warning: `PGPASSWORD` gets a secret
RUN <<EOF
curl -u "a:hunter2" b
#       ^^^^^^^^^^^ error: `curl` gets
EOF
RUN env PGPASSWORD=hunter2 psql && sudo -E "DB_PASSWORD=hunter2" a && env B_TOKEN=$C d
#                  ^^^^^^^ error: `PGPASSWORD` gets a secret
#                                          ^^^^^^^^^^^^^^^^^^^^^ error: `DB_PASSWORD` gets a secret
CMD redis-cli -a hunter2 ping
#                ^^^^^^^ error: `redis-cli` gets a secret
RUN mysql -pdummy && curl -u a: b && curl -u a:$B c && KEY=hunter2 AUTH=hunter2 d
RUN curl -H 'Authorization: token ghp_NotARealTokenJustForThisLittleTest00' a
RUN TOKEN=$(cat /run/secrets/a) && B_TOKEN=/run/secrets/a c
"#,
        );
    }
}

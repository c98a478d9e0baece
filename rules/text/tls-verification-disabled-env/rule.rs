//! Flags variables that keep programs from checking who answers them.

use crate::diagnostic::{Applicability, Finding, Fix, Severity};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::removal as pairs;
use crate::engine::nodes::{Host, ScriptUse, SettingUse, VariableSite, VariableUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::downloads::Url;
use crate::shell::removal as parts;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.variable(variable);
    on.setting(setting);
}

/// When a variable switches the check off.
#[derive(Clone, Copy)]
enum Off {
    /// Whenever it is set.
    Set,
    /// With any text but the empty one.
    NotEmpty,
    /// With this value.
    Value(&'static str),
    /// With a word for yes.
    True,
    /// With a word for no.
    False,
    /// With a command that accepts any host key.
    AnyHostKey,
}

/// The variables, with those who read them. Sources: git(1), Node's command-line API, PEP 493, Bundler's
/// `config`, LWP::UserAgent, conda's configuration, `az` (`should_disable_connection_verify`), Vault's
/// environment variables, Cargo's configuration, Ansible's `HOST_KEY_CHECKING`, rsync(1).
const VARIABLES: &[(&str, Off, &str)] = &[
    ("ANSIBLE_HOST_KEY_CHECKING", Off::False, "Ansible"),
    (
        "AZURE_CLI_DISABLE_CONNECTION_VERIFICATION",
        Off::NotEmpty,
        "the Azure CLI",
    ),
    ("BUNDLE_SSL_VERIFY_MODE", Off::Value("0"), "Bundler"),
    ("CARGO_HTTP_CHECK_REVOKE", Off::False, "Cargo"),
    ("CONDA_SSL_VERIFY", Off::False, "conda"),
    ("GIT_SSH_COMMAND", Off::AnyHostKey, "git"),
    ("GIT_SSL_NO_VERIFY", Off::Set, "git"),
    ("NODE_TLS_REJECT_UNAUTHORIZED", Off::Value("0"), "Node"),
    ("PERL_LWP_SSL_VERIFY_HOSTNAME", Off::Value("0"), "Perl"),
    ("PYTHONHTTPSVERIFY", Off::Value("0"), "Python"),
    ("RSYNC_RSH", Off::AnyHostKey, "rsync"),
    ("VAULT_SKIP_VERIFY", Off::True, "Vault"),
];

/// Ends of the names of variables that switch the check off with a word for yes, in programs written in Go above all:
/// `GF_SMTP_SKIP_VERIFY` (Grafana), `NOMAD_SKIP_VERIFY`, `TRAEFIK_SERVERSTRANSPORT_INSECURESKIPVERIFY`.
const ENDS: &[&str] = &[
    "INSECURESKIPVERIFY",
    "INSECURE_SKIP_VERIFY",
    "SKIP_TLS_VERIFY",
    "SKIP_VERIFY",
    "TLS_SKIP_VERIFY_INSECURE",
];

/// Who reads a variable.
struct Reader {
    name: &'static str,
    /// Whether the variable says nothing else.
    is_only: bool,
    /// Whether only the name tells what it does.
    is_guessed: bool,
}

/// Who is kept from checking. `value` is `None` if only the build knows it.
fn reader(name: &str, value: Option<&str>) -> Option<Reader> {
    let known = VARIABLES.binary_search_by(|(known, _, _)| (*known).cmp(name));
    let is_guessed = known.is_err();
    let (_, off, reader) = match known {
        Ok(at) => VARIABLES.get(at)?,
        Err(_) => {
            let has_end = ENDS.iter().any(|end| {
                let before = name.strip_suffix(end);
                before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
            });
            has_end.then_some(&("", Off::True, "the program"))?
        }
    };
    let is_any =
        |value: &str, words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    let value = value.map(str::trim);
    let is_off = match (off, value) {
        (Off::Set, _) => true,
        (_, None) => false,
        (Off::NotEmpty, Some(value)) => !value.is_empty(),
        (Off::Value(off), Some(value)) => value == *off,
        (Off::True, Some(value)) => is_any(value, &["1", "t", "true", "yes", "on"]),
        (Off::False, Some(value)) => is_any(value, &["0", "f", "false", "no", "off", "n"]),
        (Off::AnyHostKey, Some(value)) => {
            let plain = value.replace([' ', '"', '\''], "").to_ascii_lowercase();
            plain.contains("stricthostkeychecking=no")
                || plain.contains("stricthostkeychecking=off")
        }
    };
    is_off.then_some(Reader {
        name: reader,
        // The command has more to say than that.
        is_only: !matches!(off, Off::AnyHostKey),
        is_guessed,
    })
}

fn variable(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    // Without a value nothing is set: an `ARG` that waits for one.
    if variable.value.is_none() {
        return;
    }
    let Some(reader) = reader(&variable.name, variable.known.as_deref()) else {
        in_clear_text(variable, cx);
        return;
    };
    let edit = match (variable.site, cx.model) {
        (VariableSite::Env(index) | VariableSite::Arg(index), Host::Dockerfile(model)) => {
            let acting = match &model.acting(index).kind {
                InstructionKind::Env(env) => Some(&env.pairs),
                InstructionKind::Arg(arg) => Some(&arg.pairs),
                _ => None,
            };
            acting.and_then(|all| {
                let whole = &model.ast.instructions[index];
                pairs::pair(whole, all, variable.name_span, cx.text())
            })
        }
        _ => None,
    };
    let span = variable.name_span.cover(variable.value_span);
    report(span, &variable.name, &reader, edit, cx);
}

/// The URL of a PostgreSQL database elsewhere, to which nothing is encrypted: `sslmode` of libpq.
fn in_clear_text(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(known) = variable.known.as_deref() else {
        return;
    };
    let (base, query) = known.split_once('?').unwrap_or((known, ""));
    let is_off = query
        .split(['&', '#'])
        .any(|pair| pair == "sslmode=disable");
    if !is_off
        || !["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| base.starts_with(scheme))
    {
        return;
    }
    let url = Url::parse(base, true);
    let Some(host) = url.host.filter(|_| !url.is_private() && !url.is_local()) else {
        return;
    };
    let message = format!(
        "the password and the data go to `{}` in clear text",
        excerpt(host)
    );
    let finding = cx.report(variable.value_span, message);
    finding.help("use `sslmode=verify-full`, with the certificate of the server's authority");
    finding.severity(Severity::Warning);
}

fn setting(used: &SettingUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let SettingUse { setting, found } = used;
    let Some(reader) = reader(setting.name, setting.value) else {
        return;
    };
    let edit = (setting.is_prefix && found.context.is_exact())
        .then(|| parts::part(found.command, setting.span, cx.text()));
    report(setting.span, setting.name, &reader, edit, cx);
}

fn report<M>(span: Span, name: &str, reader: &Reader, edit: Option<Edit>, cx: &mut Context<'_, M>) {
    let who = reader.name;
    let finding: &mut Finding =
        cx.report(span, format!("`{name}` makes {who} trust whoever answers"));
    finding.help("remove it, and add the certificate or host key that the check needs");
    if reader.is_guessed {
        finding.severity(Severity::Warning);
    }
    if let Some(edit) = edit.filter(|_| reader.is_only) {
        let (title, applicability) = match reader.is_guessed {
            true => ("remove it, if the program knows it", Applicability::Unsafe),
            false => ("remove it", Applicability::Safe),
        };
        finding.fix(Fix::new(title, applicability, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use super::VARIABLES;
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, dockerfile, fixed};

    #[test]
    fn the_table_is_sorted() {
        assert!(VARIABLES.is_sorted_by_key(|(name, _, _)| *name));
    }

    #[test]
    fn values_that_switch_the_check_off_are_found() {
        dockerfile(
            "tls-verification-disabled-env",
            r#"
FROM debian:13
ENV A=1 \
    GIT_SSL_NO_VERIFY=false \
#   ^^^^^^^^^^^^^^^^^^^^^^^ `GIT_SSL_NO_VERIFY` makes git trust whoever answers
    CONDA_SSL_VERIFY=${CHECK:-no}
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `CONDA_SSL_VERIFY` makes conda
ENV PYTHONHTTPSVERIFY 0
#   ^^^^^^^^^^^^^^^^^^^ `PYTHONHTTPSVERIFY` makes Python
ENV NODE_TLS_REJECT_UNAUTHORIZED=$X VAULT_SKIP_VERIFY=0 BUNDLE_SSL_VERIFY_MODE=1 RSYNC_RSH=ssh
ARG GIT_SSL_NO_VERIFY
ARG GIT_SSL_NO_VERIFY=
#   ^^^^^^^^^^^^^^^^^^ `GIT_SSL_NO_VERIFY` makes git
RUN export NODE_TLS_REJECT_UNAUTHORIZED=0; sudo env "GIT_SSH_COMMAND=ssh -o StrictHostKeyChecking=no" git clone x
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `NODE_TLS_REJECT_UNAUTHORIZED` makes Node
#                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `GIT_SSH_COMMAND` makes
RUN echo GIT_SSL_NO_VERIFY=1 && make GIT_SSL_NO_VERIFY=1
"#,
        );
        compose(
            "tls-verification-disabled-env",
            r#"
services:
  a:
    build:
      context: .
      args: { GIT_SSL_NO_VERIFY: 1 }
#             ^^^^^^^^^^^^^^^^^^^^ `GIT_SSL_NO_VERIFY` makes git
    environment:
      - NODE_TLS_REJECT_UNAUTHORIZED=0
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `NODE_TLS_REJECT_UNAUTHORIZED` makes Node
      - PYTHONHTTPSVERIFY
      - GF_SMTP_SKIP_VERIFY=true
#       ^^^^^^^^^^^^^^^^^^^^^^^^ warning: `GF_SMTP_SKIP_VERIFY` makes the program trust whoever answers
      - NOMAD_SKIP_VERIFY=false
      - DONT_INSECURESKIPVERIFY=${A:-1}
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `DONT_INSECURESKIPVERIFY` makes the program
      - SKIP_VERIFY_URL=1
      - MY_UNSKIP_VERIFY=$A
      - A=postgres://u:p@db.example.com:5432/x?a=b&sslmode=disable
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the password and the data go to `db.example.com` in clear text
      - B=postgres://u:p@db:5432/x?sslmode=disable
      - C=postgres://u:p@10.0.0.3/x?sslmode=disable
      - D=postgres://u:p@localhost/x?sslmode=disable
      - E=postgres://u:p@db.example.com/x?sslmode=require
      - F=postgres://u:p@$HOST/x?sslmode=disable
"#,
        );
    }

    #[test]
    fn the_fix_takes_the_variable_out() {
        assert_eq!(
            fixed(
                "tls-verification-disabled-env",
                Applicability::Safe,
                "FROM a\nENV GIT_SSL_NO_VERIFY=1\nARG A=1 GIT_SSL_NO_VERIFY=1\nRUN A=1 GIT_SSL_NO_VERIFY=1 git clone x\n",
            ),
            "FROM a\nARG A=1\nRUN A=1 git clone x\n"
        );
    }
}

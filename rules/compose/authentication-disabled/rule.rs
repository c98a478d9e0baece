//! Flags settings that let in everyone.

use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Pair, Pairs, PairsForm, Text};
use crate::diagnostic::{Applicability, Finding, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;
use crate::yaml::edit;

const HELP: &str = "remove it, and give the service a password";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

/// When a variable lets in everyone.
#[derive(Clone, Copy)]
enum Off {
    /// With this value.
    Value(&'static str),
    /// With any text but the empty one.
    Filled,
    /// With a word for yes.
    True,
    /// With a word for no.
    False,
    /// With the empty text.
    Empty,
}

/// Variables with the images that read them; an empty name stands for any image. Sources: the images' pages on Docker
/// Hub (postgres, mysql, mariadb, neo4j, bitnami/kafka, bitnami/zookeeper), the manuals of Elasticsearch, OpenSearch,
/// Weaviate, Grafana, code-server and Jupyter Server.
const VARIABLES: [(&str, &str, Off); 17] = [
    ("POSTGRES_HOST_AUTH_METHOD", "", Off::Value("trust")),
    ("MYSQL_ALLOW_EMPTY_PASSWORD", "", Off::Filled),
    ("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "", Off::Filled),
    ("ALLOW_EMPTY_PASSWORD", "", Off::True),
    ("ALLOW_PLAINTEXT_LISTENER", "", Off::True),
    ("ALLOW_ANONYMOUS_LOGIN", "", Off::True),
    ("xpack.security.enabled", "", Off::False),
    ("XPACK_SECURITY_ENABLED", "", Off::False),
    ("plugins.security.disabled", "", Off::True),
    ("DISABLE_SECURITY_PLUGIN", "", Off::True),
    ("DISABLE_SECURITY_DASHBOARDS_PLUGIN", "", Off::True),
    ("NEO4J_AUTH", "", Off::Value("none")),
    ("NEO4J_dbms_security_auth__enabled", "", Off::False),
    ("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", "", Off::True),
    ("GF_AUTH_ANONYMOUS_ORG_ROLE", "", Off::Value("Admin")),
    ("JUPYTER_TOKEN", "", Off::Empty),
    ("AUTH", "code-server", Off::Value("none")),
];

/// Options that let in everyone, as `--name=value` or `--name value`, and `--name` alone where there is no value.
const OPTIONS: [(&str, Option<&str>); 7] = [
    ("--auth", Some("none")),
    ("--noauth", None),
    ("--no-auth", None),
    ("--NotebookApp.token", Some("")),
    ("--IdentityProvider.token", Some("")),
    ("--ServerApp.token", Some("")),
    ("--protected-mode", Some("no")),
];

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let is_public = container
        .ports
        .iter()
        .any(|port| port.is_on_loopback() == Some(false));
    let image = || container.known_reference().and(container.image_name());
    for pair in &container.environment {
        let Some(name) = pair.name.value.known() else {
            continue;
        };
        let is_off = VARIABLES.iter().any(|&(known, of, off)| {
            known == name
                && (of.is_empty() || image() == Some(of))
                && pair.value.as_ref().is_some_and(|value| off.holds(value))
        });
        // What sets a password nevertheless.
        let is_secured = name.starts_with("MYSQL_") || name.starts_with("MARIADB_");
        let is_secured = is_secured && has_root_password(container);
        if is_off && !is_secured {
            let value = pair.value.as_ref().map_or(pair.at, |value| value.at);
            let at = pair.name.at;
            let at = Location {
                file: at.file,
                span: if at.file == value.file {
                    at.span.cover(value.span)
                } else {
                    at.span
                },
            };
            let message = format!("`{}` lets in everyone without a password", excerpt(name));
            let fix = removal(pair, &container.environment, cx.model);
            report(at, message, is_public, cx).fixes.extend(fix);
        }
    }
    for line in [&container.entrypoint, &container.command]
        .into_iter()
        .flatten()
    {
        let words = line.value.words();
        for at in options(words) {
            let option = excerpt(words[at].value.known().unwrap_or_default());
            let message = format!("`{option}` lets in everyone without a password");
            report(words[at].at, message, is_public, cx);
        }
    }
}

fn report<'c>(
    at: Location,
    message: String,
    is_public: bool,
    cx: &'c mut Context<'_, Project>,
) -> &'c mut Finding {
    let finding = cx.report(at, message);
    finding.help(HELP);
    if is_public {
        finding.severity(Severity::Error);
    }
    finding
}

/// Takes the variable out.
fn removal(pair: &Pair, environment: &Pairs, project: &Project) -> Option<Fix> {
    let text = project.text(pair.at.file);
    let value = pair.value.as_ref()?.at;
    let edit = match environment.form {
        PairsForm::List => edit::remove_item(text, pair.at.span),
        PairsForm::Mapping if value.file == pair.name.at.file => {
            edit::remove_entry(text, edit::entry(pair.name.at.span, value.span))
        }
        PairsForm::Mapping => None,
    };
    let title = "remove it; the program then asks for a password, which clients need";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit?]))
}

impl Off {
    fn holds(self, value: &Text) -> bool {
        let Some(text) = value.value.as_seen() else {
            return false;
        };
        // In the list form, quotes around a value are a part of it.
        let text = text.trim().trim_matches(['"', '\'']);
        let is_any = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        match self {
            Off::Value(off) => text.eq_ignore_ascii_case(off),
            Off::Filled => !text.is_empty(),
            Off::True => is_any(&["1", "t", "true", "yes", "on"]),
            Off::False => is_any(&["0", "f", "false", "no", "off"]),
            Off::Empty => text.is_empty(),
        }
    }
}

/// The words that let in everyone.
fn options(words: &[Text]) -> Vec<usize> {
    let text = |at: usize| words.get(at).and_then(|word| word.value.known());
    let has_password = (0..words.len()).any(|at| {
        text(at)
            .is_none_or(|word| word.starts_with("--requirepass") || word.starts_with("--aclfile"))
    });
    (0..words.len())
        .filter(|&at| {
            let Some(word) = text(at) else { return false };
            OPTIONS.iter().any(|&(name, value)| {
                let is_off = match (word.strip_prefix(name), value) {
                    (Some(""), None) => true,
                    (Some(""), Some(value)) => !value.is_empty() && text(at + 1) == Some(value),
                    (Some(rest), Some(value)) => rest
                        .strip_prefix('=')
                        .is_some_and(|given| given.trim_matches(['"', '\'']) == value),
                    _ => false,
                };
                is_off && (name != "--protected-mode" || !has_password)
            })
        })
        .collect()
}

/// Whether a password for root comes with the variable that allows none.
fn has_root_password(container: &Container) -> bool {
    let names = [
        "MYSQL_ROOT_PASSWORD",
        "MYSQL_ROOT_PASSWORD_FILE",
        "MARIADB_ROOT_PASSWORD",
        "MARIADB_ROOT_PASSWORD_FILE",
        "MYSQL_RANDOM_ROOT_PASSWORD",
        "MARIADB_RANDOM_ROOT_PASSWORD",
    ];
    names.iter().any(|name| {
        let pair = container.environment.get(name);
        pair.is_some_and(|pair| {
            pair.value
                .as_ref()
                .is_none_or(|value| !value.value.is_empty())
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn settings_are_marked() {
        compose(
            "authentication-disabled",
            r#"
services:
  a:
    image: mysql:8.4
    environment: {MYSQL_ALLOW_EMPTY_PASSWORD: "1"}
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `MYSQL_ALLOW_EMPTY_PASSWORD` lets in everyone
  b:
    image: bitnami/redis:8
    environment: ["ALLOW_EMPTY_PASSWORD=yes"]
#                  ^^^^^^^^^^^^^^^^^^^^^^^^ error: `ALLOW_EMPTY_PASSWORD` lets in everyone
    ports: ["6379:6379"]
  c:
    image: codercom/code-server:4
    command: --auth none --bind-addr 0.0.0.0:8080
#            ^^^^^^ warning: `--auth` lets in everyone
    environment: [AUTH=none]
#                 ^^^^^^^^^ warning: `AUTH` lets
    ports: ["127.0.0.1:8080:8080"]
  d:
    image: jupyter/base-notebook
    command: [start.sh, --ServerApp.token='']
#                       ^^^^^^^^^^^^^^^^^^^^ warning: `--ServerApp.token=''` lets
  e:
    image: x
    environment: {AUTH: none, NEO4J_AUTH: neo4j/hunter2, xpack.security.enabled: true, JUPYTER_TOKEN: }
    command: [redis-server, --protected-mode, "no", "${EXTRA}"]
"#,
        );
    }
}

//! Flags labels with secrets.

use crate::compose::File;
use crate::compose::value::{Pair, Pairs};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::token::token;
use crate::knowledge::secrets::url::passwords;
use crate::knowledge::secrets::{Suspicion, in_compose};
use crate::text::Location;

const HELP: &str =
    "let the program read it from a file, or take it from a variable without default";

/// What labels of Traefik that list users with the hashes of their passwords end in
/// (<https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/basicauth/>).
const USERS: [&str; 2] = ["basicauth.users", "digestauth.users"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            labels(&owned.container.labels, cx);
            labels(&owned.container.annotations, cx);
            if let Some(build) = &owned.container.build {
                labels(&build.value.labels, cx);
            }
        }
        for deploy in document
            .services
            .iter()
            .filter_map(|service| service.deploy.as_ref())
        {
            labels(&deploy.value.labels, cx);
        }
        document
            .networks
            .iter()
            .for_each(|network| labels(&network.labels, cx));
        document
            .volumes
            .iter()
            .for_each(|volume| labels(&volume.labels, cx));
    }
}

fn labels(labels: &Pairs, cx: &mut Context<'_, File>) {
    labels.iter().for_each(|label| check_label(label, cx));
}

fn check_label(label: &Pair, cx: &mut Context<'_, File>) {
    let (Some(name), Some(value)) = (label.name.value.known(), &label.value) else {
        return;
    };
    let shown = excerpt(name);
    let Some(masked) = value.value.masked() else {
        return;
    };
    let text = masked.text();
    for range in passwords(text) {
        let at = Location {
            file: value.at.file,
            span: masked.span(range),
        };
        if token(at.span.text(cx.text())).is_none() {
            cx.report(
                at,
                format!("label `{shown}` is a URL with its password in clear text"),
            )
            .help(HELP);
        }
    }
    let Some(known) = value.value.known() else {
        return;
    };
    let lower = name.to_ascii_lowercase();
    if USERS.iter().any(|end| lower.ends_with(end)) {
        if known.contains(':') {
            cx.report(
                value.at,
                format!("label `{shown}` shows the hashes of passwords"),
            )
            .help("put the users into a file and name it with `usersfile`")
            .severity(Severity::Info);
        }
        return;
    }
    if is_secret(name, known)
        && token(value.at.span.text(cx.text())).is_none()
        && passwords(text).next().is_none()
    {
        cx.report(
            value.at,
            format!("label `{shown}` shows a secret to all who can see the container"),
        )
        .help(HELP);
    }
}

/// Whether the last part of the name says secret, and the value can be one.
fn is_secret(name: &str, known: &str) -> bool {
    let last = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .replace('-', "_");
    // The labels of Homepage's widgets (<https://gethomepage.dev/configs/docker/>).
    let is_widget_key = name.starts_with("homepage.widget") && last == "key";
    let last = if is_widget_key { "API_KEY" } else { &last };
    let is_text = known.trim().contains([' ', '(', '{', ',']);
    !is_text && in_compose(last, Some(known), known) == Suspicion::Value
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_value_is_marked() {
        compose(
            "secret-in-label",
            r#"
services:
  a:
    image: a
    labels:
      - "com.example.password=hunter2"
#                             ^^^^^^^ error: label `com.example.password` shows a secret to all
      - homepage.widget.key=0f9a8c77d2
#                           ^^^^^^^^^^ error: label `homepage.widget.key` shows
      - homepage.widget.url=http://a:hunter2@b
#                                    ^^^^^^^ error: label `homepage.widget.url` is a URL
      - x.headers.customrequestheaders.X-Api-Key=${K:-hunter2}
#                                                ^^^^^^^^^^^^^ error: label
      - x.basicauth.users=${USERS}
      - x.digestAuth.users=a:b:0123456789abcdef
#                          ^^^^^^^^^^^^^^^^^^^^ info: label `x.digestAuth.users` shows the hashes
      - x.forwardauth.authResponseHeaders=X-Auth-Token
      - x.token.ttl=hunter2
      - x.jwt.secret=/run/secrets/a
      - x.password
    deploy: {labels: {a.secret: hunter2}}
#                               ^^^^^^^ error: label `a.secret` shows
    build: {context: ., labels: {a.secret: hunter2}}
#                                          ^^^^^^^ error: label `a.secret` shows
"#,
        );
    }
}

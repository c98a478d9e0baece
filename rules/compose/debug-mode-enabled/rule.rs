//! Flags published services that run in a mode for development.

use crate::compose::extent::is_for_development;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Location;

const HELP: &str = "leave it out, or set it in a file that only developers use";

/// Variables of frameworks, with the values that switch a mode for development on; an empty list stands for every
/// word for yes. Sources: the manuals of Django's, Flask's, Laravel's, Symfony's, Rails', Node's and ASP.NET's settings.
const VARIABLES: [(&str, &[&str]); 12] = [
    ("APP_DEBUG", &[]),
    ("APP_ENV", &["dev", "development"]),
    ("ASPNETCORE_ENVIRONMENT", &["development"]),
    ("DEBUG", &[]),
    ("DJANGO_DEBUG", &[]),
    ("DOTNET_ENVIRONMENT", &["development"]),
    ("FLASK_DEBUG", &[]),
    ("FLASK_ENV", &["development"]),
    ("NODE_ENV", &["development"]),
    ("RACK_ENV", &["development"]),
    ("RAILS_ENV", &["development"]),
    ("WERKZEUG_DEBUG_PIN", &["off"]),
];

/// Options, with the programs that know them.
const OPTIONS: [(&str, &[&str]); 6] = [
    ("--debug", &["flask"]),
    ("--debugger", &["flask"]),
    ("--inspect", &["node", "nodemon"]),
    ("--inspect-brk", &["node", "nodemon"]),
    ("--reload", &["flask", "gunicorn", "hypercorn", "uvicorn"]),
    ("--reload-dir", &["uvicorn"]),
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let is_public = container
        .ports
        .iter()
        .any(|port| port.is_on_loopback() == Some(false));
    if !is_public || is_for_development(&cx.source.path) {
        return;
    }
    // What another file adds, such as an override, may be for development.
    let file = cx.source.id;
    for pair in &container.environment {
        let (Some(name), Some(value)) = (pair.name.value.known(), &pair.value) else {
            continue;
        };
        let at = Location {
            file: value.at.file,
            span: pair.name.at.span.cover(value.at.span),
        };
        let is_one = VARIABLES.iter().any(|(known, words)| {
            *known == name
                && value
                    .value
                    .as_seen()
                    .is_some_and(|seen| is_on(&seen, words))
        });
        if is_one && value.at.file == file && pair.name.at.file == file {
            let message = format!("`{}` switches on a mode for development", excerpt(name));
            cx.report(at, message).help(HELP);
        }
    }
    let Some(line) = &container.command else {
        return;
    };
    let words = line.value.words();
    let names = words.iter().filter_map(|word| word.value.known());
    let programs: Vec<&str> = names
        .map(|word| word.rsplit('/').next().unwrap_or(word))
        .collect();
    for word in words.iter().filter(|word| word.at.file == file) {
        let Some(text) = word.value.known() else {
            continue;
        };
        let option = text.split('=').next().unwrap_or(text);
        let known = OPTIONS.iter().find(|(known, _)| *known == option);
        if known.is_some_and(|(_, of)| programs.iter().any(|program| of.contains(program))) {
            let message = format!("`{}` switches on a mode for development", excerpt(option));
            cx.report(word.at, message).help(HELP);
        }
    }
}

fn is_on(value: &str, words: &[&str]) -> bool {
    let value = value.trim().trim_matches(['"', '\'']);
    let words = match words.is_empty() {
        true => &["1", "on", "true", "yes"],
        false => words,
    };
    words.iter().any(|word| word.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_setting_is_marked() {
        compose(
            "debug-mode-enabled",
            r#"
services:
  a:
    image: a
    ports: [80]
    environment: ["NODE_ENV=${E:-development}", DEBUG=app:*]
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ `NODE_ENV` switches on a mode
    command: [node, --inspect=0.0.0.0:9229, a.js]
#                   ^^^^^^^^^^^^^^^^^^^^^^ `--inspect` switches on
  b: {image: b, environment: {DEBUG: 1}}
  c: {image: c, ports: [80], command: tool --reload, environment: {DEBUG: "${D}"}}
"#,
        );
    }
}

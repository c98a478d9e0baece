//! Flags services that install packages whenever a container starts.

use crate::compose::script::ScriptSite;
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::packages::{Package, Source, Use, named};

/// How many further packages are pointed at.
const MAX_LABELS: usize = 8;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let is_process = |site| matches!(site, ScriptSite::Process);
    if !script
        .in_compose()
        .is_some_and(|script| is_process(script.site))
    {
        return;
    }
    for found in script.script.commands() {
        let used = found.command.unwrapped();
        let Some(used) = used.as_ref().and_then(Use::of).filter(Use::is_install) else {
            continue;
        };
        let packages: Vec<Package<'_>> = used.packages().collect();
        let is_unpinned = |package: &&Package<'_>| {
            package.source == Source::Index && package.version.is_none() && !package.name.is_empty()
        };
        let unpinned: Vec<&Package<'_>> = packages.iter().filter(is_unpinned).collect();
        let [first, rest @ ..] = unpinned.as_slice() else {
            continue;
        };
        let manager = used.manager.name;
        let names = named(&unpinned);
        let message = format!("`{manager}` installs the newest {names} at every start");
        let finding = cx.report(first.span, message);
        finding.help("install it in a Dockerfile, and build the service from that");
        for package in rest.iter().take(MAX_LABELS) {
            finding.label(package.span, "also installed");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    const RULE: &str = "package-install-at-start";

    #[test]
    fn the_first_package_is_marked() {
        compose(
            RULE,
            r#"
services:
  a: {image: alpine:3, command: sh -c "apk add --no-cache curl git && exec app"}
#                                                         ^^^^ warning: `apk` installs the newest `curl` and `git` at every start
  b:
    image: python:3
    entrypoint: ["bash", "-c", "pip install flask==3.1 'gunicorn' -r requirements.txt; exec app"]
#                                                      ^^^^^^^^^^ warning: `pip` installs the newest `gunicorn` at every start
  c: {image: node:24, command: sh -c "npm install && npm ci && npm start"}
  d: {image: python:3, command: sh -c "pip install . -r a.txt flask==3.1"}
  e: {image: alpine:3, command: sh -c "echo apk add curl"}
  f: {image: alpine:3, command: app, healthcheck: {test: apk add curl}}
  g: {image: alpine:3, command: sh -c "apk add $PACKAGES"}
"#,
        );
    }

    #[test]
    fn an_image_is_built_once() {
        dockerfile(RULE, "FROM alpine:3\nRUN apk add curl\nCMD apk add curl\n");
    }
}

//! Flags `pip` whose cache stays in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{Fate, PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::Effect;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    if !script.is_in_output() {
        return;
    }
    for found in &script.uses {
        let fills = found.manager.name == "pip"
            && matches!(found.verb.name, "install" | "wheel" | "download");
        if !fills || found.cache != Fate::Stays || is_decided(script, found) {
            continue;
        }
        let verb = found.verb.name;
        let message = format!("`pip {verb}` leaves its downloads in the image");
        let finding = cx.report(found.verb.span, message);
        finding.help("add `--no-cache-dir`, or mount a cache at `/root/.cache/pip`");
        if found.command.context.is_exact() {
            let edit = Edit::insert(found.verb.span.end, " --no-cache-dir");
            finding.fix(Fix::new(
                "add `--no-cache-dir`",
                Applicability::Safe,
                vec![edit],
            ));
        }
    }
}

/// Whether something in sight, or in a variable, says what shall become of the cache.
fn is_decided(script: &PackageScript<'_>, found: &PackageUse<'_>) -> bool {
    let options = ["no-cache-dir", "no-cache", "help", "h", "dry-run"];
    let is_option = |flag: Option<&str>| {
        flag.is_none_or(|flag| {
            let name = flag.trim_start_matches('-');
            options.contains(&name.split_once('=').map_or(name, |(name, _)| name))
        })
    };
    let elsewhere = ["PIP_CACHE_DIR", "XDG_CACHE_HOME"].iter().any(|name| {
        let folder = script.variable(found, name);
        folder.is_some_and(|folder| folder.is_none_or(|folder| script.is_mounted(folder)))
    });
    let by_option = found
        .values_of(&["cache-dir"])
        .any(|folder| folder.text.is_none_or(|folder| script.is_mounted(folder)));
    let in_base = || {
        let image = script.dockerfile.base_facts(script.stage);
        let names = image.and_then(|image| image.env);
        names.is_some_and(|names| names.contains(&"PIP_NO_CACHE_DIR"))
    };
    found.has_flag(&options)
        || found.is_set(Effect::KeepsNoCache)
        || script.hidden_flags(found).any(is_option)
        || script.variable(found, "PIP_NO_CACHE_DIR").is_some()
        || elsewhere
        || by_option
        || in_base()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn every_way_to_decide_counts() {
        dockerfile(
            "pip-cache-not-disabled",
            r#"
FROM python:3.13
RUN true && python3 -m pip -q \
      wheel a && uv pip install b && pipx install c
#     ^^^^^ `pip wheel` leaves its downloads in the image
RUN pip --no-cache-dir install a && pip install --no-cache-dir=1 a && pip install $OPTIONS a && pip list
RUN export PIP_NO_CACHE_DIR=1 && pip install a
RUN pip install a; rm -rf /root/.cache
RUN --mount=type=cache,target=/c PIP_CACHE_DIR=/c pip install a && pip install --cache-dir=/c a
RUN --mount=type=cache,target=/root/.cache pip install a
RUN sh -c 'pip3 download a'
#               ^^^^^^^^ `pip download` leaves its downloads
RUN pip config set global.no-cache-dir true
RUN pip install a
"#,
        );
    }

    #[test]
    fn the_option_goes_behind_the_verb() {
        assert_eq!(
            fixed(
                "pip-cache-not-disabled",
                Applicability::Safe,
                "FROM python:3.13\nRUN python -m pip -q install \\\n    a\n",
            ),
            "FROM python:3.13\nRUN python -m pip -q install --no-cache-dir \\\n    a\n"
        );
    }
}

//! Flags variables for the build that stay in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Env, Separator};
use crate::dockerfile::model::{Lookup, Origin};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::knowledge::predefined::{Predefined, predefined};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.env(check);
}

/// Whether only a build has a use for a variable with this value.
fn is_for_builds(name: &str, value: &str) -> bool {
    match name {
        "DEBIAN_FRONTEND" => value.eq_ignore_ascii_case("noninteractive"),
        "NEEDRESTART_MODE" | "CFLAGS" | "CXXFLAGS" | "CPPFLAGS" | "LDFLAGS" => !value.is_empty(),
        // What is not to be reached through a proxy is no proxy.
        "NO_PROXY" | "no_proxy" => false,
        _ => predefined(name) == Some(Predefined::Proxy) && !value.is_empty(),
    }
}

fn check(env: &Placed<'_, Env>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let Some(stage) = model.stage_of(env.index).filter(|stage| stage.is_output) else {
        return;
    };
    // The words are read before the images, which are few: most variables are of other kinds.
    for pair in &env.pairs {
        let value = pair.value.as_ref().and_then(|value| value.literal());
        let Some(value) = value.filter(|value| is_for_builds(&pair.key.raw, value)) else {
            continue;
        };
        let is_shipped = model.stages.iter().any(|target| {
            let lookup = model.final_config(target).lookup(&pair.key.raw);
            target.is_target
                && model.chain(target).any(|link| link.index == stage.index)
                && matches!(lookup, Lookup::Defined(definition)
                    if definition.origin == Origin::Env && definition.name_span == pair.key.span)
        });
        if !is_shipped {
            continue;
        }
        let name = &*pair.key.raw;
        let finding = cx.report(
            pair.key.span,
            format!(
                "`{name}={}` stays in the image",
                crate::grammar::excerpt(&value)
            ),
        );
        if predefined(name) == Some(Predefined::Proxy) {
            finding.help(format!(
                "pass it with `--build-arg {name}=…`, which needs no line here"
            ));
            continue;
        }
        finding.help("write `ARG` in place of `ENV`, or set it in the command that needs it");
        if env.pairs.len() == 1 && pair.separator == Separator::Equals {
            let keyword = &env.instruction.keyword;
            let is_lower = keyword.value.bytes().all(|byte| byte.is_ascii_lowercase());
            let edit = Edit::replace(keyword.span, if is_lower { "arg" } else { "ARG" });
            let title = format!("make it an `ARG`; containers no longer have `{name}`");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn names_are_marked_in_the_last_stage_and_below_it() {
        dockerfile(
            "build-only-env",
            r#"
FROM debian:13 AS base
ENV DEBIAN_FRONTEND noninteractive
#   ^^^^^^^^^^^^^^^ `DEBIAN_FRONTEND=noninteractive` stays in the image
FROM base
ENV A=1 \
  CFLAGS="-O2 -g" \
# ^^^^^^ `CFLAGS=-O2 -g` stays in the image
  https_proxy=http://p
# ^^^^^^^^^^^ `https_proxy=http://p` stays in the image
ENV LDFLAGS= NO_PROXY=localhost DEBIAN_PRIORITY=low
"#,
        );
    }

    #[test]
    fn another_value_further_down_counts() {
        dockerfile(
            "build-only-env",
            "FROM a AS b\nENV DEBIAN_FRONTEND=noninteractive\nFROM b\nENV DEBIAN_FRONTEND=dialog\n",
        );
    }
}

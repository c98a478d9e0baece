//! Flags secrets and configs without content.

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::resource::{External, FileObject};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        // What other documents add is not joined here.
        if project.extent == Extent::Whole && project.merged.overlays.is_empty() {
            for secret in &project.merged.secrets {
                check("secret", "`file` or `environment`", secret, cx);
            }
            for config in &project.merged.configs {
                check("config", "`file`, `environment` or `content`", config, cx);
            }
        }
    });
}

fn check(what: &str, wanted: &str, object: &FileObject, cx: &mut Context<'_, Project>) {
    let has = |name: &str| object.keys.iter().any(|key| &*key.value == name);
    let has_source = has("file") || has("environment") || what == "config" && has("content");
    // A secret with a driver is for Swarm, which is another rule's business.
    let has_driver = what == "secret" && has("driver");
    let may_exist = object
        .external
        .as_ref()
        .is_some_and(|field| match &field.value {
            External::Flag(flag) => !flag.is(&false),
            External::Name(_) => true,
        });
    // What is no mapping at all is reported as such.
    let is_mapping = !object.at.span.is_empty();
    if has_source || has_driver || may_exist || !is_mapping {
        return;
    }
    let name = excerpt(&object.key.value);
    let message = format!("the {what} `{name}` comes from nowhere");
    cx.report(object.key.at, message)
        .help(format!("give it {wanted}"));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn whatever_may_bring_the_content_counts() {
        compose(
            "file-object-source-missing",
            r#"
x-file: &file {file: ./a}
services:
  a: {image: x}
secrets:
  "a": {external: false}
# ^^^ error: the secret `a` comes from nowhere
  b: {external: $E}
  c: {<<: *file}
  d: {driver: e}
  f: {file: ""}
  g:
configs:
  a: {template_driver: golang}
# ^ the config `a` comes from nowhere
  b: {content: ""}
"#,
        );
    }
}

//! Flags keys of Compose files that the oldest Docker Compose which has to read them does not know.

use serde::Deserialize;

use crate::compose::schema::{Version, newer_than, version};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};
use crate::yaml::Yaml;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    version: String,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    if let Some(oldest) = version(&options.version) {
        on.yaml(move |yaml, cx| check(oldest, &options.version, yaml, cx));
    }
}

fn check(oldest: Version, shown: &str, yaml: &Yaml, cx: &mut Context<'_, ()>) {
    for document in &yaml.documents {
        for newer in newer_than(document, oldest) {
            let message = format!(
                "`{}` needs Docker Compose {}, and {shown} has to read this file",
                newer.name, newer.since
            );
            let finding = cx.report(newer.at, message);
            finding.help(match newer.is_refused {
                true => "do without it, or raise `compose.version` in the configuration; the older version refuses the file",
                false => "do without it, or raise `compose.version` in the configuration",
            });
            if newer.is_refused {
                finding.severity(Severity::Error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn what_the_version_does_not_know_is_marked() {
        check(
            "needs-newer-compose",
            &json!({ "version": "2.23" }),
            "compose.yaml",
            Kind::Compose,
            r#"
models:
#^^^^^ error: `models` needs Docker Compose 2.38.0, and 2.23 has to read this file
  llm: {model: ai/smollm2}
x-hooks: &hooks
  pre_stop: [{command: a}]
# ^^^^^^^^ error: `pre_stop` needs Docker Compose 2.30.0
services:
  web:
    <<: *hooks
    image: a
    develop:
      watch: [{action: sync+exec, path: ., target: /a, exec: {command: b}}]
#                                                      ^^^^ error: `exec` needs Docker Compose 2.32.2
    env_file: [{path: .env, required: false}]
#                           ^^^^^^^^ error: `required` needs Docker Compose 2.24.0
    ports: !override ["80"]
#          ^^^^^^^^^ warning: `!override` needs Docker Compose 2.24.4
    build: {context: ., ulimits: {nofile: 3}}
#                       ^^^^^^^ error: `ulimits` needs Docker Compose 2.23.1
"#,
        );
    }

    #[test]
    fn what_it_knows_is_left_alone() {
        let text = "services:\n  a:\n    image: b\n    attach: false\n    models: {c: {}}\n    x-d: {models: e}\n";
        for version in ["v2.38.0", ""] {
            let options = json!({ "version": version });
            check(
                "needs-newer-compose",
                &options,
                "compose.yaml",
                Kind::Compose,
                text,
            );
        }
    }
}

//! Flags attributes of volumes, networks, secrets and configs that exist already.

use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::resource::External;
use crate::compose::value::{Name, Setting};
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for document in project.merged.documents() {
            check(document, cx);
        }
    });
}

fn check(file: &File, cx: &mut Context<'_, Project>) {
    for volume in &file.volumes {
        report("volume", &volume.external, &volume.keys, cx);
    }
    for network in &file.networks {
        report("network", &network.external, &network.keys, cx);
    }
    for secret in &file.secrets {
        report("secret", &secret.external, &secret.keys, cx);
    }
    for config in &file.configs {
        report("config", &config.external, &config.keys, cx);
    }
}

fn report(what: &str, external: &Setting<External>, keys: &[Name], cx: &mut Context<'_, Project>) {
    let Some(external) = external.as_ref().filter(|field| field.value.is_true()) else {
        return;
    };
    let described = keys.iter().filter(|key| {
        let key = &*key.value;
        !matches!(key, "external" | "name") && !key.starts_with("x-")
    });
    for key in described {
        let message = format!(
            "`{}` has no effect on a {what} that exists already",
            key.value
        );
        let finding = cx.report(key.at, message);
        finding.help("remove it, or remove `external` if Compose is to make it");
        finding.label(external.key, "this says that it exists");
        if what != "volume" {
            finding.severity(Severity::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn every_kind_is_looked_at() {
        compose(
            "external-with-attributes",
            r#"
x-driver: &driver {driver: local}
#                  ^^^^^^ `driver` has no effect on a volume
services:
  a: {image: x}
volumes:
  a: {external: "${E:-true}", "labels": {a: b}}
#                             ^^^^^^^^ error: `labels` has no effect on a volume
  b: {external: $E, driver: local}
  c: {external: false, driver: local}
  d:
    <<: *driver
    external: true
  e: {external: {name: f}, x-a: b}
networks:
  a: {external: true, name: b, ipam: {}}
#                              ^^^^ warning: `ipam` has no effect on a network
secrets:
  a: {external: true, file: ./a}
#                     ^^^^ warning: `file` has no effect on a secret
configs:
  a: {external: {name: b}, content: c}
#                          ^^^^^^^ warning: `content` has no effect on a config
"#,
        );
    }
}

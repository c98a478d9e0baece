//! Flags attributes of volumes, networks, secrets and configs that exist already.

use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::resource::External;
use crate::compose::value::{Name, Pairs, Scalar, Setting};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::text::Span;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(|project, cx| {
        for document in project.merged.documents() {
            check(document, cx);
        }
    });
}

fn check(file: &File, cx: &mut Context<'_, Project>) {
    for volume in &file.volumes {
        let described = Described {
            driver: &volume.driver,
            options: &volume.driver_opts,
            labels: &volume.labels,
        };
        report("volume", &volume.external, &volume.keys, &described, cx);
    }
    for network in &file.networks {
        let described = Described {
            driver: &network.driver,
            options: &network.driver_opts,
            labels: &network.labels,
        };
        report("network", &network.external, &network.keys, &described, cx);
    }
    for (what, object) in [("secret", &file.secrets), ("config", &file.configs)]
        .into_iter()
        .flat_map(|(what, objects)| objects.iter().map(move |object| (what, object)))
    {
        let described = Described {
            driver: &object.driver,
            options: &object.driver_opts,
            labels: &object.labels,
        };
        report(what, &object.external, &object.keys, &described, cx);
    }
}

/// What is most often said of a thing that exists already.
struct Described<'f> {
    driver: &'f Setting<Scalar>,
    options: &'f Pairs,
    labels: &'f Pairs,
}

impl Described<'_> {
    /// The entry of a key, if it is one of these.
    fn entry(&self, key: &Name, text: &str) -> Option<Span> {
        match &*key.value {
            "driver" => self.driver.as_ref()?.entry(text),
            "driver_opts" => whole(self.options),
            "labels" => whole(self.labels),
            _ => None,
        }
    }
}

/// The entry of a list of pairs, if it stands where its key is.
fn whole(pairs: &Pairs) -> Option<Span> {
    let origin = pairs.origin.as_ref()?;
    let is_here = origin.via.is_none() && origin.at.file == origin.key.file;
    is_here.then(|| edit::entry(origin.key.span, origin.at.span))
}

fn report(
    what: &str,
    external: &Setting<External>,
    keys: &[Name],
    described: &Described<'_>,
    cx: &mut Context<'_, Project>,
) {
    let Some(external) = external.as_ref().filter(|field| field.value.is_true()) else {
        return;
    };
    let useless = keys.iter().filter(|key| {
        let key = &*key.value;
        !matches!(key, "external" | "name") && !key.starts_with("x-")
    });
    for key in useless {
        let message = format!(
            "`{}` has no effect on a {what} that exists already",
            key.value
        );
        let text = cx.model.text(key.at.file);
        let entry = described.entry(key, text);
        let edit = entry.and_then(|entry| edit::remove_entry(text, entry));
        let finding = cx.report(key.at, message);
        finding.help("remove it, or remove `external` if Compose is to make it");
        finding.label(external.key, "this says that it exists");
        if what != "volume" {
            finding.severity(Severity::Warning);
        }
        if let Some(edit) = edit {
            let title = format!("remove `{}`; it tells how the {what} was meant", key.value);
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
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

//! Flags secrets and configs from variables that no file of the project sets.

use std::collections::HashSet;

use crate::compose::environment::Environment;
use crate::compose::grant::Grant;
use crate::compose::project::Project;
use crate::compose::resource::FileObject;
use crate::compose::value::{List, Map};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::variable::Value;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.project(check);
}

fn check(project: &Project, cx: &mut Context<'_, Project>) {
    if project.environment.is_empty() {
        return;
    }
    let containers = || project.merged.containers().map(|owned| owned.container);
    let secrets = granted(containers().map(|container| &container.secrets));
    objects("secret", &project.merged.secrets, &secrets, cx);
    let configs = granted(containers().map(|container| &container.configs));
    objects("config", &project.merged.configs, &configs, cx);
}

/// The names of what containers are given.
fn granted<'g>(lists: impl Iterator<Item = &'g List<Grant>>) -> HashSet<&'g str> {
    let grants = lists.flat_map(|list| list.iter());
    let names = grants.filter_map(|grant| grant.source.as_ref()?.value.known());
    names.collect()
}

fn objects(
    kind: &str,
    declared: &Map<FileObject>,
    granted: &HashSet<&str>,
    cx: &mut Context<'_, Project>,
) {
    let environment = &cx.model.environment;
    for object in declared.iter() {
        let Some(variable) = &object.environment else {
            continue;
        };
        let Some(name) = variable.value.known().filter(|name| !name.is_empty()) else {
            continue;
        };
        let is_open = matches!(environment.lookup(name), Value::Unknown)
            && !environment.is_set_to_unknown(name)
            && !Environment::is_usual(name);
        if !is_open || !granted.contains(&*object.key.value) {
            continue;
        }
        let message = format!("nothing sets `{}`, which this {kind} is", excerpt(name));
        let finding = cx.report(variable.text_at(), message);
        let Some(similar) = environment.similar(name) else {
            finding
                .help("set it in the `.env` file of the project, or wherever the project runs")
                .severity(Severity::Info);
            continue;
        };
        finding.help(format!("did you mean `{}`?", excerpt(similar)));
        if variable.value.literal().is_some() {
            let edit = Edit::replace(variable.text_at().span, similar);
            let title = format!("write `{similar}`; it may not be what was meant");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose_among;

    #[test]
    fn what_is_granted_and_not_set_is_told() {
        compose_among(
            "secret-variable-not-set",
            &[(".env", "DB_PASSWORD=a\nTOKEN=$NIX\n")],
            "compose.yaml",
            r#"
services:
  a: {image: x, secrets: [a, {source: b}, c, e], configs: [d]}
secrets:
  a: {environment: "DB_PASWORD"}
#                   ^^^^^^^^^^ warning: nothing sets `DB_PASWORD`, which this secret is
  b: {environment: API_KEY}
#                  ^^^^^^^ info: nothing sets `API_KEY`, which this secret is
  c: {environment: DB_PASSWORD}
  e: {environment: TOKEN}
  unused: {environment: NIX}
configs:
  d: {environment: "${N:-SETTINGS}"}
#                        ^^^^^^^^ info: nothing sets `SETTINGS`, which this config is
"#,
        );
    }
}

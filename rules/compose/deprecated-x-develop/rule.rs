//! Flags `x-develop` and `x-initialSync`.
//!
//! Compose 5.6.1 makes `develop` and `initial_sync` of them before it looks at the values.

use crate::compose::File;
use crate::compose::service::Service;
use crate::compose::value::Extension;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    for extension in &service.extensions {
        if &*extension.name.value == "x-develop" {
            report(extension, "develop", service.develop.is_some(), cx);
        }
    }
    for watch in &service.watch {
        for extension in &watch.extensions {
            if &*extension.name.value == "x-initialSync" {
                report(extension, "initial_sync", watch.initial_sync.is_some(), cx);
            }
        }
    }
}

/// `is_taken`: the new name stands beside the old one.
fn report(extension: &Extension, name: &str, is_taken: bool, cx: &mut Context<'_, File>) {
    let at = extension.name.at;
    let message = format!("`{}` is called `{name}` today", extension.name.value);
    let finding = cx.report(at.span, message);
    if is_taken {
        finding.help(format!("move what it says to `{name}`"));
        return;
    }
    finding.help(format!("write `{name}`"));
    let edit = Edit::replace(at.span, name);
    let title = format!("write `{name}`");
    finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_old_names_are_told_from_others() {
        compose(
            "deprecated-x-develop",
            r#"
services:
  a:
    build: .
    "x-develop": {watch: []}
#   ^^^^^^^^^^^ `x-develop` is called `develop` today
  b: {build: ., x-develop: {}, develop: {watch: [{path: a, action: rebuild, x-initialSync: true, x-other: 1}]}}
#               ^^^^^^^^^ `x-develop` is called
#                                                                           ^^^^^^^^^^^^^ `x-initialSync` is called `initial_sync`
  c: {build: ., x-develop-old: {}}
"#,
        );
    }

    #[test]
    fn a_name_that_is_taken_is_left_alone() {
        let text =
            "services:\n  a:\n    build: .\n    x-develop: {watch: []}\n    develop: {watch: []}\n";
        let fixed = fixed_compose("deprecated-x-develop", Applicability::Safe, text);
        assert_eq!(fixed, text);
    }
}

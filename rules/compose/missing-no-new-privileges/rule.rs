//! Flags services of which processes may gain rights.

use super::capabilities_not_dropped::{addition, can_be_hardened};
use crate::compose::container::Container;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::Edit;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let container = &service.container;
    let mut options = container.security_options();
    // Wrong words and values are the matter of others, and so is `false`.
    let is_said = options.any(|option| option.may_be("no-new-privileges"));
    if !can_be_hardened(service, cx.model) || is_said {
        return;
    }
    let edit = if container.security_opt.is_set() {
        item(container, cx)
    } else {
        addition(service, "security_opt: [\"no-new-privileges=true\"]", cx)
    };
    let name = &service.name;
    let finding = cx.report(
        name.at,
        format!("processes of `{}` may gain rights", name.value),
    );
    finding.help("set `security_opt: [\"no-new-privileges=true\"]`");
    if let Some(edit) = edit {
        let title = "add `no-new-privileges=true`; programs such as `sudo` will fail";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// The edit that adds the option behind the last one.
fn item(container: &Container, cx: &Context<'_, Project>) -> Option<Edit> {
    let list = &container.security_opt;
    let is_here = list.iter().all(|item| item.at.file == cx.source.id);
    let last = list.iter().last().filter(|_| is_here)?;
    edit::insert_item_behind(cx.text(), last.at.span, "no-new-privileges=true")
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_service_is_marked() {
        compose(
            "missing-no-new-privileges",
            r#"
services:
  a: {image: x, security_opt: ["label=disable"]}
# ^ info: processes of `a` may gain rights
  b: {image: x, security_opt: ["No-New-Privileges=true"]}
  c: {image: x, security_opt: ["no-new-privileges=false"]}
  d: {image: x, privileged: true}
"#,
        );
    }

    #[test]
    fn the_option_goes_behind_the_others() {
        let fixed =
            |text: &str| fixed_compose("missing-no-new-privileges", Applicability::Unsafe, text);
        assert_eq!(
            fixed(
                "services:\n  a: {image: x, security_opt: [a=b]}\n  c:\n    image: x\n    security_opt:\n    - 'd=e'"
            ),
            "services:\n  a: {image: x, security_opt: [a=b, no-new-privileges=true]}\n  c:\n    image: x\n    security_opt:\n    - 'd=e'\n    - no-new-privileges=true"
        );
    }
}

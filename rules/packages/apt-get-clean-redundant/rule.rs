//! Flags `apt-get clean` where a hook of the base image does the same.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::knowledge::images::Family;
use crate::shell::ast::ListOperator;
use crate::shell::packages::managers::{Action, System};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let mut uses = script.uses.iter().filter(|found| {
        found.is_of(System::Apt) && found.action == Action::Clean && found.verb.name == "clean"
    });
    let Some(found) = uses.next() else {
        return;
    };
    let image = script.dockerfile.base_image(script.stage);
    let is_debian = image.is_some_and(|image| image.family == Some(Family::Debian));
    let text = cx.text();
    let names_hook = memchr::memmem::find(text.as_bytes(), b"docker-clean").is_some();
    if !is_debian || names_hook {
        return;
    }
    let manager = found.manager.name;
    let edit = without(found, text);
    let message = format!("`{manager} clean` finds nothing to delete in this image");
    let finding = cx.report(found.head(), message);
    finding.help("remove it: the base image deletes packages after each installation");
    if let Some(edit) = edit {
        let title = format!("remove `{manager} clean`");
        finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
    }
}

/// Removes the command and the `&&` in front of it.
fn without(found: &PackageUse<'_>, text: &str) -> Option<Edit> {
    let context = &found.command.context;
    let command = found.command.command;
    let before = context.list.items.get(context.index.checked_sub(1)?)?;
    let is_alone = context.pipeline()?.commands.len() == 1
        && !context.is_negated()
        && context.operator_before() == Some(ListOperator::And)
        && context.operator_behind() != Some(ListOperator::Or);
    let span = Span::new(before.pipeline.span.end, command.span.end);
    let is_plain = !span.text(text).contains('#');
    (is_alone && is_plain && context.is_exact()).then(|| Edit::delete(span))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_clean_on_known_images_counts() {
        dockerfile(
            "apt-get-clean-redundant",
            r"
FROM python:3.14
RUN apt-get install -y a && apt-get \
#                           ^^^^^^^^^ `apt-get clean` finds nothing
      clean
RUN apt-get autoclean && apt-get distclean && dnf clean all
FROM python:3.14-alpine
RUN apt-get clean
",
        );
    }

    #[test]
    fn the_command_goes_away_with_its_operator() {
        assert_eq!(
            fixed(
                "apt-get-clean-redundant",
                Applicability::Safe,
                "FROM debian\nRUN a \\\n  && apt-get clean \\\n  && b\n"
            ),
            "FROM debian\nRUN a \\\n  && b\n"
        );
    }
}

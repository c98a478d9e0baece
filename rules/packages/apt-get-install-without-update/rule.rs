//! Flags `apt-get install` by lists that an earlier `RUN` fetched or deleted.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{Fate, Lists, PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::ast::ListOperator;
use crate::shell::packages::Source;
use crate::shell::packages::managers::{Action, System};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let (earlier, what, message) = match script.lists_before {
        Lists::Unknown => return,
        Lists::Fetched(earlier) => (
            earlier,
            "fetched here",
            "uses package lists of an earlier `RUN`",
        ),
        Lists::Deleted(earlier) => (
            earlier,
            "deleted here",
            "has no package lists: an earlier `RUN` deleted them",
        ),
    };
    let mut uses = script.uses.iter().filter(|found| found.is_of(System::Apt));
    let Some(found) = uses.find(|found| needs_lists(found)) else {
        return;
    };
    let start = found.command.command.span.start;
    let is_fetched = script.fetches_from.is_some_and(|from| from < start);
    let is_install = matches!(found.action, Action::Install | Action::BuildDependencies);
    if is_fetched || !is_install || found.lists == Fate::Mounted || is_lone(cx.model, earlier) {
        return;
    }
    let (manager, verb) = (found.manager.name, found.verb.name);
    let fix = fix(found);
    let keyword = script.dockerfile.acting(earlier).keyword.span;
    let finding = cx.report(found.head(), format!("`{manager} {verb}` {message}"));
    finding.help("begin the `RUN` with `apt-get update`, or install in the earlier one");
    finding.label(keyword, what);
    finding.fixes.extend(fix);
}

/// Whether a command fetches lists, or uses them.
fn needs_lists(found: &PackageUse<'_>) -> bool {
    let is_file = |source: Source| matches!(source, Source::Archive | Source::Path);
    match found.action {
        Action::Refresh | Action::BuildDependencies | Action::Upgrade | Action::Release => true,
        Action::Install => {
            !found.has_flag(found.manager.dry)
                && !found.has_flag(&["no-download"])
                && found
                    .packages
                    .iter()
                    .any(|package| !is_file(package.source))
        }
        _ => false,
    }
}

/// Whether the earlier `RUN` only fetches the lists, which is the fault then.
fn is_lone(packages: &Packages<'_>, instruction: usize) -> bool {
    let scripts = &packages.scripts;
    let at = scripts.partition_point(|script| script.place.instruction < instruction);
    scripts
        .get(at)
        .is_some_and(|script| script.lone_refresh().is_some())
}

/// Fetches the lists in front of the command.
fn fix(found: &PackageUse<'_>) -> Option<Fix> {
    let context = &found.command.context;
    let is_first = context.position == 0 && !context.is_negated();
    let is_chained = context.operator_before() == Some(ListOperator::Or);
    if !is_first || is_chained || !context.is_exact() {
        return None;
    }
    let command = found.command.command;
    let sudo = if command.name() == Some("sudo") {
        "sudo "
    } else {
        ""
    };
    let text = format!("{sudo}{} update && ", found.manager.name);
    let edit = Edit::insert(command.span.start, text);
    let title = "fetch the lists here as well";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_command_that_needs_lists_decides() {
        dockerfile(
            "apt-get-install-without-update",
            r#"
FROM debian:13 AS a
RUN apt-get install -y x
RUN apt-get update && apt-get install -y b
RUN sudo apt-get -y \
#        ^^^^^^^^^^^^ `apt-get install` uses package lists of an earlier `RUN`
      install c && apt-get install -y d
RUN apt-get update && apt-get install -y e && rm -rf /var/lib/apt/lists/*
RUN apt-get remove -y e && apt install -y f
#                          ^^^^^^^^^^^ `apt install` has no package lists
RUN apt-get install -s f; apt-get install ./x.deb; apt-get update; apt-get install -y g
RUN add-apt-repository ppa:a/b && apt-get install -y h
RUN ["./x.sh"]
RUN apt-get install -y i
FROM a
RUN apt-get install -y j
"#,
        );
    }

    #[test]
    fn lists_on_their_own_are_another_fault() {
        dockerfile(
            "apt-get-install-without-update",
            r"
FROM debian:13
RUN apt-get update
RUN apt-get install -y a
",
        );
    }
}

//! Flags `apt-get update` and the like in a `RUN` that installs nothing.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::ast::{Command, Instruction};
use crate::dockerfile::model::Base;
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::{Context, Hooks};
use crate::shell::ast::ListOperator;
use crate::shell::packages::managers::{Action, System};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let Some(refresh) = script.lone_refresh() else {
        return;
    };
    let (manager, verb) = (refresh.manager.name, refresh.verb.name);
    let stages = &script.dockerfile.stages;
    let is_base = stages
        .iter()
        .any(|stage| matches!(stage.base, Base::Stage(base) if base == script.stage.index));
    let fix = fix(cx.model, script, refresh.manager.system, cx.text());
    let message = format!("`{manager} {verb}` stands in a `RUN` that installs nothing");
    let finding = cx.report(refresh.head(), message);
    match refresh.manager.system {
        System::Apt => finding.help("put it into the `RUN` that installs"),
        _ => finding.help("remove it: the lists are fetched where packages are installed"),
    };
    if is_base {
        finding.severity(Severity::Info);
    }
    finding.fixes.extend(fix);
}

/// Makes one `RUN` of this one and the next, if that one installs and nothing stands between them.
fn fix(
    packages: &Packages<'_>,
    script: &PackageScript<'_>,
    system: System,
    text: &str,
) -> Option<Fix> {
    let next_index = script.place.instruction + 1;
    let at = packages
        .scripts
        .partition_point(|other| other.place.instruction < next_index);
    let next = packages.scripts.get(at)?;
    let is_next = next.place.instruction == next_index && next.stage.index == script.stage.index;
    let installs = next
        .installs()
        .any(|found| found.is_of(system) && found.command.context.is_exact());
    if !is_next || !installs || !is_plain(script) || !is_plain(next) {
        return None;
    }
    let ast = &script.dockerfile.ast;
    let first = ast.instructions.get(script.place.instruction)?;
    let second = ast.instructions.get(next_index)?;
    let (end, start) = (command(first)?.end, command(second)?.start);
    let between = Span::new(end, start);
    let written = between.text(text);
    if written.trim() != &*second.keyword.value {
        return None;
    }
    let line_end = if written.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let escape = ast.escape.as_char();
    let edit = Edit::replace(between, format!(" {escape}{line_end}    && "));
    let title = "join it with the next `RUN`, which is then built anew";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

/// Whether a script is a shell form without flags whose commands all hang on the ones before.
fn is_plain(script: &PackageScript<'_>) -> bool {
    let instruction = &script.dockerfile.ast.instructions[script.place.instruction];
    let mut operators = script.script.body.items.iter().map(|item| item.operator);
    script.place.origin == ScriptOrigin::ShellForm
        && !script.place.is_trigger
        && instruction.flags.is_empty()
        && instruction.heredocs.is_empty()
        && operators
            .all(|operator| operator.is_none_or(|operator| operator.value == ListOperator::And))
        && script
            .uses
            .iter()
            .all(|found| found.action != Action::Refresh || !found.command.context.in_branch())
}

/// The place of an instruction's command.
fn command(instruction: &Instruction) -> Option<Span> {
    match instruction.command()? {
        Command::Shell(_) => Some(instruction.arguments),
        Command::Exec(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn a_run_that_only_fetches_lists_counts() {
        dockerfile(
            "apt-get-update-alone",
            r#"
FROM debian:13 AS a
RUN set -e; sudo apt-get -qq \
#                ^^^^^^^^^^^^^ warning: `apt-get update` stands in a `RUN` that installs nothing
      update && echo done >/log && rm -rf /var/lib/apt/lists/*
RUN dnf -y makecache && pip install x
#   ^^^^^^^^^^^^^^^^ warning: `dnf makecache` stands
RUN zypper ref
#   ^^^^^^^^^^ warning: `zypper ref` stands
RUN apt-get update && apt-get -y upgrade && apk update && apk add a
RUN apt-get update && apt-get build-dep -y a
RUN apt-get update && curl http://a/b | bash
RUN apt-get update && $INSTALL
RUN apt-get update && npx playwright install-deps
RUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update
CMD apt-get update
"#,
        );
    }

    #[test]
    fn a_base_for_other_stages_is_information() {
        dockerfile(
            "apt-get-update-alone",
            r"
FROM debian:13 AS a
RUN apt-get update
#   ^^^^^^^^^^^^^^ info: `apt-get update` stands
FROM a
RUN apt-get install -y b
",
        );
    }

    #[test]
    fn only_plain_neighbours_are_joined() {
        let join = |text: &str| fixed("apt-get-update-alone", Applicability::Unsafe, text);
        assert_eq!(
            join("FROM a\r\nrun apt-get update\r\n\r\nrun apt-get install b\r\n"),
            "FROM a\r\nrun apt-get update \\\r\n    && apt-get install b\r\n"
        );
        for text in [
            "FROM a\nRUN apt-get update\n# why\nRUN apt-get install b\n",
            "FROM a\nRUN apt-get update\nRUN set -e; apt-get install b\n",
            "FROM a\nRUN apt-get update\nRUN --network=none apt-get install b\n",
            "FROM a\nRUN apt-get update\nUSER c\nRUN apt-get install b\n",
            "FROM a\nRUN apt-get update\nRUN pip install b\n",
            "FROM a\nRUN apt-get update\n",
        ] {
            assert_eq!(join(text), text);
        }
    }
}

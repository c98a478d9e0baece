//! Flags commands of `zypper` that wait for an answer.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in &script.uses {
        if !found.is_of(System::Zypper) || !script.asks(found) {
            continue;
        }
        let message = format!("`zypper {}` asks before it goes on", found.verb.name);
        let finding = cx.report(found.verb.span, message);
        finding.help("add `--non-interactive` in front of the command");
        if found.command.context.is_exact() {
            let edit = Edit::insert(found.invocation.name_word().span.end, " -n");
            finding.fix(Fix::new("add `-n`", Applicability::Safe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_command_that_asks_counts() {
        dockerfile(
            "zypper-missing-non-interactive",
            r"
FROM opensuse/leap:16.0
RUN zypper in a; zypper --quiet up; zypper patch; zypper rm b; zypper dup
#          ^^ `zypper in` asks before it goes on
#                               ^^ `zypper up` asks
#                                          ^^^^^ `zypper patch` asks
#                                                        ^^ `zypper rm` asks
#                                                                     ^^^ `zypper dup` asks
RUN zypper \
      source-install a && zypper install -n b
#     ^^^^^^^^^^^^^^ `zypper source-install` asks
#                                ^^^^^^^ `zypper install` asks
RUN zypper -n in a && zypper --non-interactive up && zypper rm -y b && zypper dup --no-confirm
RUN zypper $OPTIONS in a && zypper in --download-only a && yes | zypper up
RUN zypper refresh && zypper clean && zypper ar http://a/ b && zypper --version
",
        );
    }
}

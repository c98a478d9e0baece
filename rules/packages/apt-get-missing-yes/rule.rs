//! Flags commands of `apt-get` that wait for an answer.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(|script, cx| check(script, cx, |found| found.is_of(System::Apt)));
}

/// Reports the commands of some managers that wait for an answer which `-y` gives.
pub(super) fn check(
    script: &PackageScript<'_>,
    cx: &mut Context<'_, Packages<'_>>,
    is_looked_at: impl Fn(&PackageUse<'_>) -> bool,
) {
    for found in script.uses.iter().filter(|found| is_looked_at(found)) {
        if !script.asks(found) {
            continue;
        }
        let (manager, verb) = (found.manager.name, found.verb.name);
        let message = format!("`{manager} {verb}` asks before it goes on");
        let finding = cx.report(found.verb.span, message);
        finding.help("add `-y`");
        if found.command.context.is_exact() {
            let edit = Edit::insert(found.verb.span.end, " -y");
            finding.fix(Fix::new("add `-y`", Applicability::Safe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_command_that_asks_counts() {
        dockerfile(
            "apt-get-missing-yes",
            r#"
FROM debian:13
RUN apt-get update && sudo apt-get -q install a; apt full-upgrade
#                                     ^^^^^^^ `apt-get install` asks before it goes on
#                                                    ^^^^^^^^^^^^ `apt full-upgrade` asks
RUN apt-get \
      install \
#     ^^^^^^^ `apt-get install` asks
      a
RUN apt-get autoremove && apt-get build-dep a && apt-get dist-upgrade
#           ^^^^^^^^^^ `apt-get autoremove` asks
#                                 ^^^^^^^^^ `apt-get build-dep` asks
#                                                        ^^^^^^^^^^^^ `apt-get dist-upgrade` asks
RUN apt-get install && apt-get check && apt-get clean && apt-get download a
RUN xargs apt-get install <list
RUN cat list | xargs apt-get install a
#                            ^^^^^^^ `apt-get install` asks
RUN echo y | apt-get install a && apt-get install a <<<y
RUN bash -c "apt-get remove a"
#                    ^^^^^^ `apt-get remove` asks
CMD apt-get install a
"#,
        );
    }

    #[test]
    fn every_way_to_say_yes_counts() {
        dockerfile(
            "apt-get-missing-yes",
            r#"
FROM debian:13
ENV OPTIONS=-qqy
RUN apt-get install a -y && apt-get -qqy install a && apt-get --assume-yes install a
RUN apt-get -q -q install a && apt-get -q=2 install a && apt-get --force-yes install a
RUN apt-get -oAPT::Get::Assume-Yes=true install a && apt-get -o "$SETTING" install a
RUN apt-get $UNKNOWN install a && apt-get install $OPTIONS a && apt-get install $(cat list)
RUN opts='-y' && apt-get install $opts a && pkgs='a b' && apt-get install $pkgs
#                                                                 ^^^^^^^ `apt-get install` asks
"#,
        );
    }
}

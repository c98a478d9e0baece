//! Flags `apt-get update` whose lists stay in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::packages::{Fate, PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    // An `update` that stands alone is to move to where something is installed; deleting its lists would only make
    // it useless.
    if !script.is_in_output() || script.lone_refresh().is_some() {
        return;
    }
    // The last `update` that nothing cleans up behind.
    let mut uses = script.uses.iter().rev();
    let Some(update) = uses
        .find(|found| found.is_of(System::Apt) && found.is_refresh() && found.lists == Fate::Stays)
    else {
        return;
    };
    let manager = update.manager.name;
    let message = format!("the package lists of `{manager} update` stay in the image");
    let fix = fix(script, update);
    let finding = cx.report(update.head(), message);
    finding.help("end the same `RUN` with `rm -rf /var/lib/apt/lists/*`");
    finding.fixes.extend(fix);
}

/// Deletes the lists at the end of the script.
fn fix(script: &PackageScript<'_>, update: &PackageUse<'_>) -> Option<Fix> {
    let edit = script.at_end(update, "rm -rf /var/lib/apt/lists/*")?;
    let (title, applicability) = if script.needs_lists_behind {
        let title = "delete the lists; a later `RUN` installs with them";
        (title, Applicability::Unsafe)
    } else {
        ("delete the lists in the same `RUN`", Applicability::Safe)
    };
    Some(Fix::new(title, applicability, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn what_deletes_the_lists_behind_the_update_counts() {
        dockerfile(
            "apt-get-lists-not-removed",
            r#"
FROM debian:13
RUN rm -rf /var/lib/apt/lists/* && sudo apt-get -qq update && apt-get install a && apt-get clean
#                                       ^^^^^^^^^^^^^^^^^^ the package lists of `apt-get update` stay
RUN apt update && apt install a && rm /var/lib/apt && echo rm -rf /var/lib/apt/lists/*
#   ^^^^^^^^^^ the package lists of `apt update` stay
RUN apt-get update
RUN apt-get update && rm -rf /var/lib/apt/lists
RUN apt-get update && rm -fr /tmp/* "/var/lib/apt"/* && apt-get autoremove
RUN apt-get update && rm -r /var/lib/{apt,dpkg,cache}/ && find x
RUN apt-get update && find /var/lib/apt/lists -type f -delete
RUN apt-get update && apt-get distclean
RUN apt-get update && apt-get dist-clean
RUN apt-get update && /build/cleanup.sh
RUN bash -c 'apt-get update; rm -rf /var/lib/apt/lists/*'
RUN if apt-get update; then rm -rf /var/lib/apt/lists/partial /var/lib/apt/lists/*; fi
ENV LISTS=/var/lib/apt/lists
RUN apt-get update && apt-get install a && rm -rf $LISTS/*
RUN lists=/var/lib/apt && apt-get update && apt-get install a && rm -rf "${lists:?}/lists"
RUN apt-get update && apt-get install a && rm -rf "$OTHER"/*
#   ^^^^^^^^^^^^^^ the package lists of `apt-get update` stay
CMD apt-get update
"#,
        );
    }

    #[test]
    fn mounts_over_the_lists_count() {
        dockerfile(
            "apt-get-lists-not-removed",
            r"
FROM debian:13
RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update
RUN --mount=type=tmpfs,target=/var/lib/apt/ --mount=type=cache,target=/var/cache/apt apt-get update
RUN --mount=type=cache,target=$X apt-get update
RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install a
#                                            ^^^^^^^^^^^^^^ the package lists
",
        );
    }

    #[test]
    fn lists_that_are_used_later_stay_without_asking() {
        let text =
            "FROM debian:13\nRUN apt-get update && apt-get install a\nRUN apt-get install b\n";
        assert_eq!(
            fixed("apt-get-lists-not-removed", Applicability::Safe, text),
            text
        );
    }

    #[test]
    fn what_is_not_read_to_its_end_is_silent() {
        dockerfile(
            "apt-get-lists-not-removed",
            "FROM debian:13\nRUN apt-get update && apt-get install a && rm -rf \"/var/lib/apt/lists/*\n",
        );
        dockerfile(
            "apt-get-lists-not-removed",
            "FROM debian:13\nRUN <<EOF\napt-get update\napt-get install a\n",
        );
    }

    #[test]
    fn lines_that_the_last_command_reads_stay_its_own() {
        assert_eq!(
            fixed(
                "apt-get-lists-not-removed",
                Applicability::Safe,
                "FROM debian:13\nRUN <<EOF\napt-get update\napt-get install a\ncat <<E >b\nc\nE\nEOF\n",
            ),
            "FROM debian:13\nRUN <<EOF\napt-get update\napt-get install a\ncat <<E >b && rm -rf /var/lib/apt/lists/*\nc\nE\nEOF\n"
        );
    }

    #[test]
    fn a_heredoc_gets_a_line() {
        assert_eq!(
            fixed(
                "apt-get-lists-not-removed",
                Applicability::Safe,
                "FROM debian:13\nRUN <<EOF\napt-get update\napt-get install a\nEOF\n",
            ),
            "FROM debian:13\nRUN <<EOF\napt-get update\napt-get install a\nrm -rf /var/lib/apt/lists/*\nEOF\n"
        );
    }
}

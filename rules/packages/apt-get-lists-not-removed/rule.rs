//! Flags `apt-get update` whose lists stay in the image.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Run;
use crate::dockerfile::mount::{MountKey, MountKind};
use crate::dockerfile::script::ScriptOrigin;
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::ast::{ListOperator, Script};
use crate::shell::invocation::Invocation;
use crate::shell::packages::Use;
use crate::shell::word::Word;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

const LISTS: &str = "/var/lib/apt/lists";

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Dockerfile>) {
    let Some(run) = script.run() else {
        return;
    };
    let index = script.place.instruction;
    let stage = cx.model.stage_of(index);
    if !stage.is_some_and(|stage| stage.is_output) || is_mounted(cx.model, index, run) {
        return;
    }
    // The last `update` that nothing cleans up behind.
    let mut left: Option<Update<'_>> = None;
    for found in script.script.commands() {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if removes_lists(&invocation) {
            left = None;
        } else if let Some(update) = update(&invocation) {
            left = Some(Update {
                manager: update.manager.name,
                span: invocation.name_word().span.cover(update.verb.span),
                is_sudo: found.command.name() == Some("sudo"),
            });
        }
    }
    let Some(update) = left else {
        return;
    };
    let message = format!(
        "the package lists of `{} update` stay in the image",
        update.manager
    );
    let fix = fix(cx.model, script, &update);
    let finding = cx.report(update.span, message);
    finding.help("end the same `RUN` with `rm -rf /var/lib/apt/lists/*`");
    finding.fixes.extend(fix);
}

/// An `apt-get update`.
struct Update<'s> {
    manager: &'s str,
    /// From the program to the verb.
    span: Span,
    is_sudo: bool,
}

/// Whether a command fetches apt's lists.
fn update<'a>(invocation: &Invocation<'a>) -> Option<Use<'a>> {
    Use::of(invocation).filter(|found| found.is_apt() && found.is_update())
}

/// Whether something is mounted over the lists, so that they do not enter the image.
fn is_mounted(model: &Dockerfile, index: usize, run: &Run) -> bool {
    run.mounts.iter().any(|mount| {
        let holds = matches!(
            mount.kind,
            Some(MountKind::Cache | MountKind::Tmpfs | MountKind::Bind) | None
        );
        let target = mount.value(MountKey::Target);
        let value = target.map(|target| model.value_at(index, target));
        let is_above = value.is_some_and(|value| {
            value.text().is_none_or(|target| {
                let target = target.trim_end_matches('/');
                LISTS
                    .strip_prefix(target)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        });
        holds && is_above
    })
}

/// Whether a command deletes the lists, or perhaps does.
fn removes_lists(invocation: &Invocation<'_>) -> bool {
    let Some(name) = invocation.name() else {
        return false;
    };
    let args = invocation.args();
    match name {
        "rm" => {
            let recursive = invocation.has_flag("r")
                || invocation.has_flag("R")
                || invocation.has_flag("recursive");
            // Without `-r` the files go, and that is nearly all there is.
            let deletes = |word: &Word| is_lists(word, recursive);
            args.iter().any(deletes)
        }
        "find" => {
            args.first().is_some_and(|word| is_lists(word, true))
                && args.iter().any(|word| word.is("-delete") || word.is("rm"))
        }
        "apt-get" | "apt" => {
            Use::of(invocation).is_some_and(|found| found.verb_is_any(&["distclean"]))
        }
        // A script that is called like this is likely to do it.
        "make" | "docker-clean" => false,
        _ => name.contains("clean"),
    }
}

/// Whether a path is that of the lists, of what is in it, or of a folder around it.
fn is_lists(word: &Word, recursive: bool) -> bool {
    let text = word.leading_text();
    // `/var/lib/{apt,dpkg}`.
    if word.has_brace_expansion() {
        return text.starts_with("/var/") && (text.contains("apt") || text.contains("lists"));
    }
    let path = text.trim_end_matches(['*', '/']);
    if path.starts_with(LISTS) {
        return true;
    }
    let around = ["/var/lib/apt", "/var/lib", "/var"];
    recursive && !word.has_expansion() && around.contains(&path)
}

/// Deletes the lists at the end of the script.
fn fix(model: &Dockerfile, script: &ScriptUse<'_>, update: &Update<'_>) -> Option<Fix> {
    let list = &script.script.body;
    let last = list.items.last()?;
    let ends_in_background = last
        .operator
        .is_some_and(|operator| operator.value == ListOperator::Background);
    // Elsewhere than in the outermost list it would not be run with the same rights, or not at all.
    if ends_in_background || script.place.origin == ScriptOrigin::ExecForm {
        return None;
    }
    let command = if update.is_sudo {
        "sudo rm -rf /var/lib/apt/lists/*"
    } else {
        "rm -rf /var/lib/apt/lists/*"
    };
    let text = match script.place.origin {
        ScriptOrigin::Heredoc => format!("\n{command}"),
        ScriptOrigin::ShellForm | ScriptOrigin::ExecForm => format!(" && {command}"),
    };
    let edit = Edit::insert(last.pipeline.span.end, text);
    let (title, applicability) = if lists_are_needed_later(model, script.place.instruction) {
        let title = "delete the lists; a later `RUN` installs with them";
        (title, Applicability::Unsafe)
    } else {
        ("delete the lists in the same `RUN`", Applicability::Safe)
    };
    Some(Fix::new(title, applicability, vec![edit]))
}

/// Whether a later `RUN` of the file installs packages without an update of its own.
fn lists_are_needed_later(model: &Dockerfile, instruction: usize) -> bool {
    let scripts = model.scripts().iter();
    let mut later = scripts.filter(|place| place.instruction > instruction);
    later.any(|place| place.script.as_ref().is_none_or(needs_lists))
}

fn needs_lists(script: &Script) -> bool {
    let mut is_updated = false;
    script.commands().any(|found| {
        let Some(found) = found
            .command
            .unwrapped()
            .and_then(|invocation| Use::of(&invocation))
        else {
            return false;
        };
        is_updated |= found.is_update();
        let needs = found.verb_is_any(&[
            "install",
            "build-dep",
            "upgrade",
            "dist-upgrade",
            "full-upgrade",
        ]);
        found.is_apt() && needs && !is_updated
    })
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
RUN rm -rf /var/lib/apt/lists/* && sudo apt-get -qq update && apt-get clean
#                                       ^^^^^^^^^^^^^^^^^^ the package lists of `apt-get update` stay
RUN apt update && rm /var/lib/apt && echo rm -rf /var/lib/apt/lists/*
#   ^^^^^^^^^^ the package lists of `apt update` stay
RUN apt-get update && rm -rf /var/lib/apt/lists
RUN apt-get update && rm -fr /tmp/* "/var/lib/apt"/* && apt-get autoremove
RUN apt-get update && rm -r /var/lib/{apt,dpkg,cache}/ && find x
RUN apt-get update && find /var/lib/apt/lists -type f -delete
RUN apt-get update && apt-get distclean
RUN apt-get update && /build/cleanup.sh
RUN bash -c 'apt-get update; rm -rf /var/lib/apt/lists/*'
RUN if apt-get update; then rm -rf /var/lib/apt/lists/partial /var/lib/apt/lists/*; fi
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
RUN --mount=type=cache,target=/var/cache/apt apt-get update
#                                            ^^^^^^^^^^^^^^ the package lists
",
        );
    }

    #[test]
    fn lists_that_are_used_later_stay_without_asking() {
        let text = "FROM debian:13\nRUN apt-get update\nRUN apt-get install a\n";
        assert_eq!(
            fixed("apt-get-lists-not-removed", Applicability::Safe, text),
            text
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

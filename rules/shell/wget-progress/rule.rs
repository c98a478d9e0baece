//! Flags `wget` that writes its progress into the build log.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::{Base, Stage};
use crate::engine::{Context, Hooks};
use crate::knowledge::images::Family;
use crate::shell::ast::{Descriptor, RedirectOperator, Script, SimpleCommand};
use crate::shell::downloads::{Download, Tool};
use crate::shell::packages::Use;
use crate::shell::programs::Programs;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Which program `wget` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wget {
    Gnu,
    Busybox,
    Unknown,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // A file of settings may say what is written.
    if !model.may_run(const { &Programs::of(&["wget"]) })
        || cx.text().contains("wgetrc")
        || cx.text().contains("WGETRC")
    {
        return;
    }
    let mut ends: Vec<Wget> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let mut wget = match stage.base {
            Base::Stage(base) => ends.get(base).copied().unwrap_or(Wget::Unknown),
            _ => of_image(model, stage),
        };
        for index in stage.instructions.clone() {
            if !matches!(model.acting(index).kind, InstructionKind::Run(_)) {
                continue;
            }
            for place in model.scripts_of(index) {
                if let Some(script) = &place.script {
                    wget = check_script(script, wget, cx);
                }
            }
        }
        ends.push(wget);
    }
}

/// The `wget` of a base image.
fn of_image(model: &Dockerfile, stage: &Stage) -> Wget {
    let family = model.base_facts(stage).and_then(|image| image.family);
    match family {
        Some(Family::Alpine | Family::Busybox | Family::Wolfi) => Wget::Busybox,
        Some(Family::Debian | Family::Redhat | Family::Suse | Family::Arch) => Wget::Gnu,
        _ => Wget::Unknown,
    }
}

/// Goes through a script; gives which `wget` there is behind it.
fn check_script(script: &Script, before: Wget, cx: &mut Context<'_, Dockerfile>) -> Wget {
    let mut wget = before;
    for found in script.commands_of(const { &Programs::of(&["apk", "wget"]) }) {
        let Some(invocation) = found.command.unwrapped() else {
            continue;
        };
        if invocation.name() == Some("apk") {
            let installed = Use::of(&invocation).is_some_and(|found| {
                let mut operands = found.operands();
                found.is_install() && operands.any(|word| word.is("wget"))
            });
            if installed {
                wget = Wget::Gnu;
            } else if wget == Wget::Unknown {
                wget = Wget::Busybox;
            }
            continue;
        }
        if Tool::of(found.command) != Some(Tool::Wget) {
            continue;
        }
        let Some(download) = Download::of(found.command) else {
            continue;
        };
        let is_busybox =
            wget == Wget::Busybox || found.command.words.iter().any(|word| word.is("busybox"));
        if !is_busybox && writes_progress(found.command, &download) {
            report(&download, cx);
        }
    }
    wget
}

fn writes_progress(command: &SimpleCommand, download: &Download<'_>) -> bool {
    let fetches = !download.sources.is_empty() || download.has_any(&["i", "input-file"]);
    let is_quiet = download.flags.iter().any(|flag| match flag.name {
        "q" | "quiet" | "no-verbose" | "progress" | "show-progress" | "spider" | "o"
        | "output-file" | "a" | "append-output" | "b" | "background" | "version" | "V" | "help"
        | "h" => true,
        // `-nv`; of an unknown letter nothing is known.
        "n" => flag
            .value
            .is_none_or(|value| value.text.is_none_or(|text| text.contains('v'))),
        // Settings of its own.
        "e" | "execute" | "config" => true,
        _ => false,
    });
    let is_redirected = command.redirects.iter().any(|redirect| {
        let is_error = matches!(
            redirect
                .descriptor
                .as_ref()
                .map(|descriptor| &descriptor.value),
            Some(Descriptor::Number(2))
        );
        is_error
            || matches!(
                redirect.operator.value,
                RedirectOperator::OutputAndError | RedirectOperator::AppendOutputAndError
            )
    });
    fetches && !is_quiet && !is_redirected && !download.has_unknown_options()
}

fn report(download: &Download<'_>, cx: &mut Context<'_, Dockerfile>) {
    let at = download.place();
    let finding = cx.report(at, "`wget` writes its progress into the build log");
    finding.help("add `-nv`, or `--progress=dot:giga` for a little progress");
    let edit = Edit::insert(at.end, " -nv");
    finding.fix(Fix::new("add `-nv`", Applicability::Safe, vec![edit]));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_way_to_be_quiet_counts() {
        dockerfile(
            "wget-progress",
            r#"
FROM debian:13
RUN cd /x && \
    sudo wget -c \
#        ^^^^ `wget` writes its progress into the build log
    "$URL" | tar x
RUN wget -nc https://example.com/a && wget -i list && wget --version
#   ^^^^ `wget` writes
#                                     ^^^^ `wget` writes
RUN wget -cnv https://example.com/a && wget -qnc https://example.com/a && wget -nvc https://example.com/a
RUN wget --spider https://example.com/a && wget https://example.com/a &>log && echo wget https://example.com
RUN wget $OPTIONS https://example.com/a && wget -e verbose=off https://example.com/a
RUN apt-get install wget && busybox wget https://example.com/a
CMD wget https://example.com/a
"#,
        );
    }

    #[test]
    fn the_program_behind_the_name_counts() {
        dockerfile(
            "wget-progress",
            r"
FROM example/unknown
RUN wget https://example.com/a
#   ^^^^ `wget` writes
RUN apk add git
RUN wget https://example.com/a
FROM alpine AS a
RUN wget https://example.com/a
RUN apk --no-cache add wget && wget https://example.com/a
#                              ^^^^ `wget` writes
FROM a
RUN wget https://example.com/a
#   ^^^^ `wget` writes
",
        );
    }
}

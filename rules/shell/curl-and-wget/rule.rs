//! Flags a stage that calls both `curl` and `wget`.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Base;
use crate::engine::{Context, Hooks};
use crate::shell::downloads::{Download, Tool};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Where a stage, or one that it is built on, first calls each of the two.
#[derive(Clone, Copy, Default)]
struct Calls {
    curl: Option<Span>,
    wget: Option<Span>,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut ends: Vec<Calls> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let mut calls = match stage.base {
            Base::Stage(base) => ends.get(base).copied().unwrap_or_default(),
            _ => Calls::default(),
        };
        for index in stage.instructions.clone() {
            if !matches!(model.acting(index).kind, InstructionKind::Run(_)) {
                continue;
            }
            let scripts = model.scripts_of(index).iter();
            for script in scripts.filter_map(|place| place.script.as_ref()) {
                for found in script.commands() {
                    if let Some(download) = Download::of(found.command) {
                        call(&download, &mut calls, cx);
                    }
                }
            }
        }
        ends.push(calls);
    }
}

fn call(download: &Download<'_>, calls: &mut Calls, cx: &mut Context<'_, Dockerfile>) {
    if download.sources.is_empty() {
        return;
    }
    let (own, other, other_name) = match download.tool {
        Tool::Curl => (&mut calls.curl, calls.wget, "wget"),
        Tool::Wget => (&mut calls.wget, calls.curl, "curl"),
        _ => return,
    };
    let at = download.place();
    // One finding where the second of them comes in.
    if own.is_none()
        && let Some(other) = other
    {
        let name = download.tool.name();
        let message = format!("`{name}` downloads where `{other_name}` does already");
        let finding = cx.report(at, message);
        finding.label(other, format!("`{other_name}` is called here"));
        finding.help("use one of them for all downloads");
    }
    *own = own.or(Some(at));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_chain_of_stages_counts() {
        dockerfile(
            "curl-and-wget",
            r"
FROM debian:13 AS a
RUN curl https://example.com/a && apt-get install wget && wget --version && curl https://example.com/b
FROM a
RUN sudo \
    wget https://example.com/a
#   ^^^^ `wget` downloads where `curl` does already
RUN wget https://example.com/a; curl https://example.com/a
FROM debian:13
RUN wget https://example.com/a
",
        );
    }
}

//! Flags a stage that calls both `curl` and `wget`.

mod translate;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Base;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::downloads::{Download, Tool};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Where a stage, or one that it is built on, first calls each of the two.
#[derive(Clone, Copy, Default)]
struct Calls {
    curl: Option<First>,
    wget: Option<First>,
}

/// The first call of one of them.
#[derive(Clone, Copy)]
struct First {
    at: Span,
    /// Whether it surely runs, so that the program is there.
    is_sure: bool,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut ends: Vec<Calls> = Vec::with_capacity(model.stages.len());
    for stage in &model.stages {
        let mut calls = match stage.base {
            Base::Stage(base) => ends.get(base).copied().unwrap_or_default(),
            _ => Calls::default(),
        };
        for found in commands(model, stage) {
            if let Some(download) = Download::of(found.command) {
                call(model, stage, &found, &download, &mut calls, cx);
            }
        }
        ends.push(calls);
    }
}

/// Every command that a stage runs.
fn commands<'m>(model: &'m Dockerfile, stage: &Stage) -> impl Iterator<Item = CommandUse<'m>> {
    let instructions = stage.instructions.clone();
    let runs =
        instructions.filter(|index| matches!(model.acting(*index).kind, InstructionKind::Run(_)));
    let scripts = runs.flat_map(|index| model.scripts_of(index));
    let scripts = scripts.filter_map(|place| place.script.as_ref());
    scripts.flat_map(|script| script.commands())
}

fn call(
    model: &Dockerfile,
    stage: &Stage,
    found: &CommandUse<'_>,
    download: &Download<'_>,
    calls: &mut Calls,
    cx: &mut Context<'_, Dockerfile>,
) {
    if download.sources.is_empty() {
        return;
    }
    let (own, other, other_tool) = match download.tool {
        Tool::Curl => (&mut calls.curl, calls.wget, Tool::Wget),
        Tool::Wget => (&mut calls.wget, calls.curl, Tool::Curl),
        _ => return,
    };
    let at = download.place();
    // One finding where the second of them comes in.
    if own.is_none()
        && let Some(other) = other
    {
        let (name, other_name) = (download.tool.name(), other_tool.name());
        let fix = other
            .is_sure
            .then(|| translate::all(commands(model, stage), download.tool, cx.text()))
            .flatten();
        let message = format!("`{name}` downloads where `{other_name}` does already");
        let finding = cx.report(at, message);
        finding.label(other.at, format!("`{other_name}` is called here"));
        finding.help("use one of them for all downloads");
        if let Some(edits) = fix {
            let title = format!(
                "call `{other_name}` instead; it treats redirects, errors and files that exist in its own way"
            );
            finding.fix(Fix::new(title, Applicability::Unsafe, edits));
        }
    }
    if own.is_none() {
        let is_sure = translate::is_sure(found);
        *own = Some(First { at, is_sure });
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

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

    #[test]
    fn calls_are_translated() {
        let fix = |text: &str| {
            let text = format!("FROM a\n{text}\n");
            let result = fixed("curl-and-wget", Applicability::Unsafe, &text);
            result.trim_start_matches("FROM a\n").trim_end().to_owned()
        };
        let curl = "RUN curl https://example.com/c\n";
        for (before, after) in [
            (
                "wget https://example.com/a",
                "curl -fL -O https://example.com/a",
            ),
            (
                "sudo wget -q https://example.com/a",
                "sudo curl -fsSL -O https://example.com/a",
            ),
            (
                "wget -qO- \"https://$H/a?b\" | sh",
                "curl -fsSL \"https://$H/a?b\" | sh",
            ),
            (
                "wget -nv -O - https://a.example >b",
                "curl -fsSL https://a.example >b",
            ),
            (
                "wget -O \"$A\" \\\n  --no-verbose https://example.com/a && wget --output-document=b https://example.com/b",
                "curl -fsSL -o \"$A\" https://example.com/a && curl -fL -o b https://example.com/b",
            ),
            (
                "wget --no-check-certificate https://example.com/a -Ob",
                "curl -fkL https://example.com/a -o b",
            ),
        ] {
            assert_eq!(
                fix(&format!("{curl}RUN {before}")),
                format!("{curl}RUN {after}")
            );
        }
        for kept in [
            "wget -c https://example.com/a",
            "wget -P /b https://example.com/a",
            "wget https://example.com/a https://example.com/b",
            "wget https://example.com/a?b",
            "wget https://example.com/",
            "wget \"$URL\"",
            "wget $OPTS https://example.com/a",
            "c || wget https://example.com/a",
            "if c; then wget https://example.com/a; fi",
            "wget https://example.com/a && wget -c https://example.com/a",
            "sh -c \"wget https://example.com/$A\"",
        ] {
            let text = format!("{curl}RUN {kept}");
            assert_eq!(fix(&text), text);
        }
        let wget = "RUN wget https://example.com/c\n";
        for (before, after) in [
            (
                "curl https://example.com/a",
                "wget -O- https://example.com/a",
            ),
            (
                "curl -fsSL -o /a https://example.com/a",
                "wget -q -O /a https://example.com/a",
            ),
            (
                "curl -fsSLO https://example.com/a",
                "wget -q https://example.com/a",
            ),
            (
                "curl --silent -k --output a https://example.com/a",
                "wget -q --no-check-certificate -O a https://example.com/a",
            ),
            (
                "curl -sSL https://example.com/a | sh",
                "wget -q -O- https://example.com/a | sh",
            ),
        ] {
            assert_eq!(
                fix(&format!("{wget}RUN {before}")),
                format!("{wget}RUN {after}")
            );
        }
        for kept in [
            "curl -H a:b https://example.com/a",
            "curl -I https://example.com/a",
            "curl -d a https://example.com/a",
            "curl --retry 3 https://example.com/a",
        ] {
            let text = format!("{wget}RUN {kept}");
            assert_eq!(fix(&text), text);
        }
        let doubt = "RUN c || curl https://example.com/c\nRUN wget https://example.com/a";
        assert_eq!(fix(doubt), doubt);
    }
}

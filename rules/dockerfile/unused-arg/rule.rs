//! Flags build arguments that nothing uses, where no program can have read them from its environment.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::mentions::{Key, Mentions, key};
use crate::dockerfile::model::{Base, Definition, Origin};
use crate::dockerfile::reads::{Environments, Reads};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::built::BuiltFile;
use crate::engine::{Context, Hooks, pairs};
use crate::grammar::excerpt;
use crate::knowledge::environment::{is_read_by_programs, may_bust_cache};
use crate::knowledge::predefined::predefined;
use crate::knowledge::secrets::name::is_secret_name;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // Of several in one stage the last counts; `duplicate-env` sees the others.
    let mut last: HashMap<Key<'_>, Span> = HashMap::new();
    let arguments = model.definitions().iter();
    for argument in arguments.filter(|argument| is_candidate(model, argument)) {
        last.insert(key(argument), argument.name_span);
    }
    if last.is_empty() || !is_understood(model) {
        return;
    }
    let names: HashSet<&str> = last.keys().map(|(_, name)| *name).collect();
    let mut mentions = model.named_arguments(&names, cx.text());
    let is_silent = |argument: &Definition| {
        let name = &*argument.name;
        // What stands before the first `FROM` is in no environment.
        let is_read = argument.stage.is_some() && is_read_by_programs(name);
        is_read || predefined(name).is_some() || is_secret_name(name)
    };
    let mut open: Vec<&Definition> = model.definitions().iter().collect();
    open.retain(|argument| {
        last.get(&key(argument)) == Some(&argument.name_span)
            && !mentions.has(argument)
            && !is_silent(argument)
    });
    if open.is_empty() {
        return;
    }
    let names: HashSet<&str> = open.iter().map(|argument| &*argument.name).collect();
    mentions.add_words(model, &names, cx.text());
    let readers = Readers::of(model);
    for argument in open {
        let is_used = match argument.stage {
            Some(stage) => readers.may_read(stage, argument),
            None => readers.may_be_declared,
        };
        if !is_used && !mentions.has(argument) {
            report(argument, &mentions, cx);
        }
    }
}

/// Whether an argument is written in the file as one with a name, and no trigger.
fn is_candidate(model: &Dockerfile, argument: &Definition) -> bool {
    let instruction = &model.ast.instructions[argument.instruction];
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    argument.origin == Origin::Arg
        && matches!(instruction.kind, InstructionKind::Arg(_))
        && !argument.name.is_empty()
        && argument.name.bytes().all(is_name)
}

/// Whether the whole file is in the language that Docker's frontend reads.
fn is_understood(model: &Dockerfile) -> bool {
    let mut instructions = model.ast.instructions.iter();
    !model.stages.is_empty()
        && BuiltFile::is_read_by_docker(&model.ast)
        && !instructions.any(|found| matches!(found.kind, InstructionKind::Unknown(_)))
}

/// Where `RUN`s read what they are handed.
struct Readers {
    /// For each stage the last instruction of its own that may read any variable, and its last `RUN`.
    last: Vec<(Option<usize>, Option<usize>)>,
    /// For each stage whether one that is built on it may read any variable, and whether one has a `RUN`.
    above: Vec<(bool, bool)>,
    /// Whether triggers of an image may name arguments that stand before the first `FROM`.
    may_be_declared: bool,
}

impl Readers {
    fn of(model: &Dockerfile) -> Readers {
        let mut environments = Environments::of(model);
        let count = model.stages.len();
        let mut readers = Readers {
            last: vec![(None, None); count],
            above: vec![(false, false); count],
            may_be_declared: false,
        };
        // What stages do whose base a variable decides: it may be any stage.
        let mut anywhere = (false, false);
        for stage in model.stages.iter().rev() {
            let index = stage.index;
            let (reader, run) = &mut readers.last[index];
            for at in stage.instructions.clone().rev() {
                let reads = environments.at(at).reads;
                if reader.is_none() && reads > Reads::Nothing {
                    *reader = Some(at);
                }
                if run.is_none() && matches!(model.acting(at).kind, InstructionKind::Run(_)) {
                    *run = Some(at);
                }
            }
            let above = &mut readers.above[index];
            *above = (above.0 || anywhere.0, above.1 || anywhere.1);
            let all = (above.0 || reader.is_some(), above.1 || run.is_some());
            if let Base::Stage(base) = stage.base {
                let below = &mut readers.above[base];
                *below = (below.0 || all.0, below.1 || all.1);
            }
            if let InstructionKind::From(from) = &model.ast.instructions[stage.from].kind
                && from
                    .image
                    .as_ref()
                    .is_some_and(|image| image.has_variables())
            {
                anywhere = (anywhere.0 || all.0, anywhere.1 || all.1);
            }
            readers.may_be_declared |= may_have_triggers(model, stage);
        }
        readers
    }

    /// Whether a program may read an argument of a stage, or runs because of it.
    fn may_read(&self, stage: usize, argument: &Definition) -> bool {
        let (reader, run) = self.last[stage];
        let (read_above, run_above) = self.above[stage];
        let is_behind = |at: Option<usize>| at.is_some_and(|at| at > argument.instruction);
        read_above
            || is_behind(reader)
            || (may_bust_cache(&argument.name) && (run_above || is_behind(run)))
    }
}

/// Whether most of a stage may be what the triggers of its image do.
fn may_have_triggers(model: &Dockerfile, stage: &Stage) -> bool {
    match &stage.base {
        Base::Image(image) => {
            let is_known = model.base_image(stage).is_some();
            let is_for_triggers = image.text().is_some_and(|image| image.contains("onbuild"));
            is_for_triggers || (stage.instructions.is_empty() && !is_known)
        }
        Base::Unresolved => stage.instructions.is_empty(),
        Base::Stage(_) | Base::Scratch => false,
    }
}

fn report(argument: &Definition, mentions: &Mentions<'_>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let name = excerpt(&argument.name);
    if let Some(start) = mentions.started(argument) {
        let message = format!("the argument `{name}` is gone when the container starts");
        cx.report(argument.name_span, message)
            .label(start, "this is not the argument")
            .help(format!("keep it with `ENV {name}=${name}`"));
        return;
    }
    let pairs = model.ast.instructions[argument.instruction].pairs();
    let number = pairs.partition_point(|pair| pair.key.span.start < argument.name_span.start);
    let span = pairs::without(pairs, number, argument.instruction, model, cx.text());
    let title = "delete it; a build that passes it gets a warning then";
    let fix = Fix::new(title, Applicability::Unsafe, vec![Edit::delete(span)]);
    let (message, help) = match argument.stage {
        Some(_) => (
            format!("nothing uses the argument `{name}`"),
            "delete it, or use it".to_owned(),
        ),
        None => (
            format!("no `FROM` uses the argument `{name}`, and no stage names it"),
            format!("delete it, or write `ARG {name}` in the stage that needs it"),
        ),
    };
    cx.report(argument.name_span, message).help(help).fix(fix);
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    const RULE: &str = "unused-arg";

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            RULE,
            r#"
ARG TAG=13 OTHER=1
#          ^^^^^ info: no `FROM` uses the argument `OTHER`, and no stage names it
ARG DEBIAN_FRONTEND=noninteractive
#   ^^^^^^^^^^^^^^^ info: no `FROM` uses
ARG HTTPS_PROXY
FROM debian:$TAG AS base
ARG A=1 \
    B="2 3" \
#   ^ info: nothing uses the argument `B`
    C
RUN mkdir -p "$A" && apt-get install -y curl
LABEL c=$C
FROM base
ARG D
#   ^ nothing uses the argument `D`
COPY a b
FROM debian:13
arg PORT=80
#   ^^^^ info: the argument `PORT` is gone when the container starts
EXPOSE 80
CMD server $PORT
"#,
        );
    }

    #[test]
    fn programs_may_read_it() {
        for run in [
            "RUN make",
            "RUN apt-get update && ./build.sh",
            "RUN [\"make\"]",
            "RUN bash <<E\nmake\nE",
            "RUN npm ci",
            "RUN pip install a",
            "RUN printenv >b",
            "RUN <<E\nset\nE",
            "RUN <<E python3\nprint(1)\nE",
            "RUN apt-get install -y ./a.deb",
            "ONBUILD COPY a b",
            "SHELL [\"powershell\", \"-Command\"]\nRUN mkdir a",
            "RUN mkdir a\nFROM x\nRUN make",
            "FROM $V\nRUN make",
        ] {
            let text = format!("ARG V=x\nFROM debian:$V AS x\nARG A=1\n{run}\n");
            dockerfile(RULE, &text);
        }
        dockerfile(
            RULE,
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nARG A=1\nRUN mkdir a\n",
        );
    }

    #[test]
    fn names_with_a_meaning_are_used() {
        for name in [
            "DEBIAN_FRONTEND",
            "http_proxy",
            "TARGETARCH",
            "BUILDKIT_INLINE_CACHE",
            "SOURCE_DATE_EPOCH",
            "VITE_API",
            "NEXT_PUBLIC_API",
            "NPM_CONFIG_REGISTRY",
            "PIP_INDEX_URL",
            "CARGO_HOME",
            "GOPROXY",
            "COMPOSER_HOME",
            "TZ",
            "LC_ALL",
            "CACHEBUST",
            "BUILD_DATE",
            "NPM_TOKEN",
        ] {
            dockerfile(RULE, &format!("FROM a\nARG {name}\nRUN apt-get update\n"));
        }
        // With no command behind it there is nothing to run again.
        dockerfile(
            RULE,
            "FROM a\nRUN make\nARG CACHEBUST=1\n#   ^^^^^^^^^ nothing uses\nCMD a\n",
        );
    }

    #[test]
    fn what_other_rules_see_is_left_to_them() {
        for text in [
            "ARG A=1\nFROM a\nLABEL a=$A\n",
            "FROM a\nARG A=1\nFROM b\nLABEL a=$A\n",
            "FROM a\nLABEL a=$A\nARG A=1\n",
            "FROM a\nARG A=1\nENV A=2\n",
            "FROM a\nARG A=1\nFROM b:$A\n",
        ] {
            dockerfile(RULE, text);
        }
        dockerfile(
            RULE,
            "FROM a\nARG A=1\nARG A=2\n#   ^ nothing uses the argument `A`\nUSER 1\n",
        );
    }

    #[test]
    fn other_languages_are_left_alone() {
        for text in [
            "# syntax=devthefuture/dockerfile-x\nFROM a\nARG A=1\n",
            "FROM a\nARG A=1\nINCLUDE b\n",
            "ARG A=1\n",
            "ARG A=1\nFROM example.com/base\n",
            "ARG A=1\nFROM node:8-onbuild\nUSER 1\n",
            "ARG A=1\nFROM example.com/base AS x\nFROM debian\nCOPY --from=x a b\n",
        ] {
            dockerfile(RULE, text);
        }
        dockerfile(
            RULE,
            "# syntax=docker/dockerfile:1\nARG A=1\n#   ^ no `FROM` uses\nFROM a\nCOPY a b\n",
        );
    }

    #[test]
    fn the_fix_takes_it_out() {
        let fixed = |text: &str| fixed(RULE, Applicability::Unsafe, text);
        assert_eq!(
            fixed("FROM a\r\nARG A B=2 C\r\nARG D\r\nLABEL b=$B\r\n"),
            "FROM a\r\nARG B=2\r\nLABEL b=$B\r\n"
        );
        // One that only another unused one uses.
        assert_eq!(
            fixed("FROM a\nARG A=1\nARG B=$A\nUSER 1\n"),
            "FROM a\nUSER 1\n"
        );
        let started = "FROM a\nARG A=1\nCMD b $A\n";
        assert_eq!(fixed(started), started);
    }
}

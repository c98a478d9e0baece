//! Flags arguments that are new in every build in front of installations that do not need them.

use std::collections::HashSet;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind, Pair};
use crate::dockerfile::mentions::has_word;
use crate::dockerfile::model::{Definition, Origin};
use crate::dockerfile::reads::{Environments, Reads, copies_folders};
use crate::engine::built::BuiltFile;
use crate::engine::{Context, Hooks, pairs};
use crate::grammar::excerpt;
use crate::knowledge::environment::{
    is_of_a_build, is_of_an_image, is_read_by_bundlers, is_read_by_programs,
};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// How many arguments of a file are looked at: each looks through its stage.
const MAX_ARGUMENTS: usize = 32;

/// How many variables are followed that `ENV` and `ARG` give the value of an argument.
const MAX_COPIES: usize = 8;

/// How long the default of an argument can be that stands for a value to come, in bytes.
const MAX_PLACEHOLDER: usize = 32;

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let arguments = model.definitions().iter();
    let mut arguments = arguments
        .filter(|argument| is_candidate(model, argument))
        .peekable();
    if arguments.peek().is_none() || !BuiltFile::is_read_by_docker(&model.ast) {
        return;
    }
    let arguments: Vec<&Definition> = arguments.take(MAX_ARGUMENTS).collect();
    let names: HashSet<&str> = arguments.iter().map(|argument| &*argument.name).collect();
    let mentions = model.named_arguments(&names, cx.text());
    let mut environments = Environments::of(model);
    for argument in arguments {
        if mentions.has(argument)
            && let Some(found) = Found::of(argument, &mut environments, cx)
            && (is_of_a_build(&argument.name) || only_describes(argument, cx))
        {
            report(argument, &found, cx);
        }
    }
}

/// Whether an argument of a stage is new in every build, by its name and its default.
fn is_candidate(model: &Dockerfile, argument: &Definition) -> bool {
    let is_written = || {
        matches!(
            model.ast.instructions[argument.instruction].kind,
            InstructionKind::Arg(_)
        )
    };
    let is_open = || match argument.value.text() {
        Some(text) => is_placeholder(text),
        None => argument.is_unset_by_default,
    };
    argument.origin == Origin::Arg
        && argument.stage.is_some()
        && is_open()
        && (is_of_a_build(&argument.name) || is_of_an_image(&argument.name))
        && is_written()
}

/// Whether a default stands for a value to come: nothing, `unknown`, `0.0.0`; no version, hash or date.
fn is_placeholder(text: &str) -> bool {
    text.len() <= MAX_PLACEHOLDER && !text.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}

/// What a new value of an argument runs again for nothing.
struct Found {
    /// The first installation: its place, and how to speak of it.
    install: (Span, String),
    /// The instruction of the last one.
    last: usize,
    /// Whether something in front of that uses the argument.
    is_used_before: bool,
}

impl Found {
    /// Goes from an argument to the first instruction that may need it.
    fn of(
        argument: &Definition,
        environments: &mut Environments<'_>,
        cx: &Context<'_, Dockerfile>,
    ) -> Option<Found> {
        let model = cx.model;
        let stage = &model.stages[argument.stage?];
        let mut above = stage.instructions.start..argument.instruction;
        // What changes with the project runs again in every build anyway.
        if above.any(|index| copies_folders(model, index)) {
            return None;
        }
        // The argument, and what has its value.
        let mut names: Vec<&str> = vec![&argument.name];
        let mut found: Option<Found> = None;
        let mut is_used = false;
        for index in argument.instruction + 1..stage.instructions.end {
            let instruction = &model.ast.instructions[index];
            let text = instruction.span.text(cx.text());
            let is_named = names.iter().any(|name| has_word(text, name));
            match &instruction.kind {
                InstructionKind::Run(_) => {
                    let environment = environments.at(index);
                    if is_named || environment.reads == Reads::Anything {
                        break;
                    }
                    if let Some(install) = environment.install {
                        let found = found.get_or_insert(Found {
                            install,
                            last: index,
                            is_used_before: false,
                        });
                        (found.last, found.is_used_before) = (index, is_used);
                    }
                }
                InstructionKind::Label(_) => is_used |= is_named,
                InstructionKind::Env(_) | InstructionKind::Arg(_) if is_named => {
                    is_used = true;
                    if !hands_on(instruction, argument, &mut names) {
                        break;
                    }
                }
                InstructionKind::Onbuild(_)
                | InstructionKind::Cmd(_)
                | InstructionKind::Entrypoint(_)
                | InstructionKind::Healthcheck(_) => {}
                _ if is_named || copies_folders(model, index) => break,
                _ => {}
            }
        }
        found
    }
}

/// Notes the variables that an `ENV` or `ARG` gives the value of an argument. False where that may matter to any
/// program, or another argument takes its place.
fn hands_on<'m>(
    instruction: &'m Instruction,
    argument: &Definition,
    names: &mut Vec<&'m str>,
) -> bool {
    let pairs = instruction.pairs();
    let is_arg = matches!(instruction.kind, InstructionKind::Arg(_));
    let matters = |pair: &Pair| {
        let key = &*pair.key.raw;
        let is_itself = is_arg && *key == *argument.name;
        is_itself || (is_read_by_programs(key) && !is_read_by_bundlers(key))
    };
    if pairs.iter().any(matters) || names.len() + pairs.len() > MAX_COPIES {
        return false;
    }
    names.extend(pairs.iter().map(|pair| &*pair.key.raw));
    true
}

/// Whether only `LABEL` and `ENV` use an argument in its stage.
fn only_describes(argument: &Definition, cx: &Context<'_, Dockerfile>) -> bool {
    let model = cx.model;
    let stage = argument.stage.and_then(|stage| model.stages.get(stage));
    let Some(stage) = stage else { return false };
    let behind = &model.ast.instructions[argument.instruction + 1..stage.instructions.end];
    let mut uses = behind
        .iter()
        .filter(|instruction| has_word(instruction.span.text(cx.text()), &argument.name))
        .peekable();
    uses.peek().is_some()
        && uses.all(|instruction| {
            matches!(
                instruction.kind,
                InstructionKind::Label(_) | InstructionKind::Env(_)
            )
        })
}

fn report(argument: &Definition, found: &Found, cx: &mut Context<'_, Dockerfile>) {
    let (install, shown) = &found.install;
    let name = excerpt(&argument.name);
    let fix = fix(argument, found, cx);
    let message = format!("every new value of `{name}` runs `{shown}` again");
    let finding = cx.report(argument.name_span, message);
    finding.label(*install, "this does not need it");
    finding.help(match found.is_used_before {
        true => "move it down, with what uses it, behind the installation",
        false => "move it down, behind the installation",
    });
    finding.fixes.extend(fix);
}

/// Moves an argument behind the last installation, where nothing uses it before.
fn fix(argument: &Definition, found: &Found, cx: &Context<'_, Dockerfile>) -> Option<Fix> {
    let model = cx.model;
    let text = cx.text();
    let instruction = &model.ast.instructions[argument.instruction];
    let pairs = instruction.pairs();
    let number = pairs
        .iter()
        .position(|pair| pair.key.span == argument.name_span)?;
    let pair = &pairs[number];
    let is_plain = pair
        .value
        .as_ref()
        .is_none_or(|value| !value.has_variables());
    let is_on_one_line = !pair.span.text(text).contains('\n');
    // Another argument of the same line may use it.
    let is_alone = pairs.iter().all(|other| {
        other
            .value
            .as_ref()
            .is_none_or(|value| !value.has_variables())
    });
    if found.is_used_before || !is_plain || !is_on_one_line || !is_alone {
        return None;
    }
    // Others that were moved there stay in front of it.
    let behind = model.ast.instructions.get(found.last + 1..)?.iter();
    let is_moved = |instruction: &&Instruction| {
        let span = instruction.span.text(text);
        matches!(instruction.kind, InstructionKind::Arg(_)) && !has_word(span, &argument.name)
    };
    let moved = behind.take_while(is_moved).last();
    let end = moved
        .unwrap_or(&model.ast.instructions[found.last])
        .span
        .end;
    let is_dos = text.get(end as usize..)?.starts_with("\r\n");
    let line_end = if is_dos { "\r\n" } else { "\n" };
    let keyword = &*instruction.keyword.value;
    let line = format!("{line_end}{keyword} {}", pair.span.text(text));
    let gone = pairs::without(pairs, number, argument.instruction, model, text);
    Some(Fix::new(
        "move it behind the installation; commands up to there no longer see it",
        Applicability::Unsafe,
        vec![Edit::delete(gone), Edit::insert(end, line)],
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    const RULE: &str = "arg-busts-cache";

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            RULE,
            r#"
FROM debian:13
ARG PORT=80 \
    GIT_COMMIT="unknown" \
#   ^^^^^^^^^^ info: every new value of `GIT_COMMIT` runs `apt-get install` again
    VERSION
#   ^^^^^^^ info: every new value of `VERSION` runs `apt-get install` again
RUN mkdir /a
RUN apt-get update && apt-get install -y curl
ENV COMMIT=$GIT_COMMIT
RUN make
LABEL version=$VERSION
"#,
        );
    }

    #[test]
    fn installations_that_do_not_need_it_count() {
        for run in [
            "RUN apk add --no-cache curl",
            "RUN dnf upgrade -y",
            "RUN pip install -r requirements.txt",
            "RUN go mod download",
            "RUN yarn install --frozen-lockfile",
            "RUN --mount=type=cache,target=/root/.npm npm ci",
            "RUN apt-get update && apt-get install -y ./a.deb",
        ] {
            let text = format!(
                "FROM a\nARG BUILD_DATE=0\n#   ^^^^^^^^^^ info: every new\nCOPY a.txt b\n{run}\nLABEL d=$BUILD_DATE\n"
            );
            dockerfile(RULE, &text);
        }
    }

    #[test]
    fn a_use_before_keeps_it_there() {
        for between in [
            "RUN echo $BUILD_DATE && apt-get install -y a",
            "RUN echo \"$BUILD_DATE\"\nRUN apt-get install -y a",
            "RUN ./prepare\nRUN apt-get install -y a",
            "COPY a /$BUILD_DATE\nRUN apt-get install -y a",
            "ENV B=$BUILD_DATE\nRUN echo $B && apt-get install -y a",
            "ENV PATH=/opt/$BUILD_DATE/bin:$PATH\nRUN apt-get install -y a",
            "RUN make && apt-get install -y a",
            "RUN [\"./prepare\"]\nRUN apt-get install -y a",
            "COPY . .\nRUN npm ci",
            "COPY src /src\nRUN apt-get install -y a",
            "RUN pip install .",
            "RUN apt-get update",
            "RUN apt-get install -y --dry-run a",
            "SHELL [\"powershell\"]\nRUN apt-get install -y a",
        ] {
            let text = format!("FROM a\nARG BUILD_DATE\n{between}\nLABEL d=$BUILD_DATE\n");
            dockerfile(RULE, &text);
        }
    }

    #[test]
    fn values_are_handed_on() {
        dockerfile(
            RULE,
            "FROM a\nARG COMMIT\n#   ^^^^^^ info: every new\nENV VITE_COMMIT=$COMMIT C=$COMMIT\nRUN yarn\nCOPY . .\nRUN yarn build\n",
        );
    }

    #[test]
    fn a_pin_is_no_value_of_a_build() {
        for (argument, used) in [
            ("GIT_COMMIT=8d6ea7b", "LABEL a=$GIT_COMMIT"),
            ("BUILD_DATE=2026-01-01", "LABEL a=$BUILD_DATE"),
            ("VERSION=1.2", "LABEL a=$VERSION"),
            ("TOOL_SHA", "RUN echo \"$TOOL_SHA  x\" | sha256sum -c"),
            ("VERSION", "RUN curl https://example.com/$VERSION"),
            ("VERSION", "LABEL a=$VERSION\nRUN echo $VERSION"),
            ("TOOL_SHA256", "LABEL a=$TOOL_SHA256"),
            ("NODE_VERSION", "LABEL a=$NODE_VERSION"),
            ("CACHEBUST", "LABEL a=$CACHEBUST"),
            ("GIT_COMMIT=$A", "LABEL a=$GIT_COMMIT"),
            ("BUILD_DATE", "USER 1"),
        ] {
            let text = format!("FROM a\nARG {argument}\nRUN apt-get install -y b\n{used}\n");
            dockerfile(RULE, &text);
        }
        let text =
            "ARG GIT_COMMIT=1a\nFROM a\nARG GIT_COMMIT\nRUN apk add b\nLABEL a=$GIT_COMMIT\n";
        dockerfile(RULE, text);
        let text = "FROM a\nCOPY . .\nARG GIT_COMMIT\nRUN apk add b\nLABEL a=$GIT_COMMIT\n";
        dockerfile(RULE, text);
        let text = "ARG GIT_COMMIT\nFROM a\nRUN apk add b\nARG GIT_COMMIT\nLABEL a=$GIT_COMMIT\n";
        dockerfile(RULE, text);
    }

    #[test]
    fn the_fix_moves_it_behind_the_installation() {
        let fixed = |text: &str| fixed(RULE, Applicability::Unsafe, text);
        assert_eq!(
            fixed(
                "FROM a\r\narg A GIT_SHA=none B\r\nRUN apk add b\r\nRUN <<E\r\napk add c\r\nE\r\nRUN echo $GIT_SHA\r\n"
            ),
            "FROM a\r\narg A B\r\nRUN apk add b\r\nRUN <<E\r\napk add c\r\nE\r\narg GIT_SHA=none\r\nRUN echo $GIT_SHA\r\n"
        );
        for text in [
            "FROM a\nARG GIT_SHA\nLABEL a=$GIT_SHA\nRUN apk add b\n",
            "FROM a\nARG GIT_SHA A=$GIT_SHA\nRUN apk add b\nLABEL a=$A\n",
        ] {
            assert_eq!(fixed(text), text);
        }
        assert_eq!(
            fixed(
                "FROM a\nARG GIT_SHA\nARG BUILD_DATE\nRUN apk add b\nLABEL a=$GIT_SHA b=$BUILD_DATE\n"
            ),
            "FROM a\nRUN apk add b\nARG GIT_SHA\nARG BUILD_DATE\nLABEL a=$GIT_SHA b=$BUILD_DATE\n"
        );
        // A stage built on this one uses it.
        assert_eq!(
            fixed("FROM a AS b\nARG GIT_SHA\nRUN apk add b\nFROM b\nLABEL a=$GIT_SHA\n"),
            "FROM a AS b\nRUN apk add b\nARG GIT_SHA\nFROM b\nLABEL a=$GIT_SHA\n"
        );
    }
}

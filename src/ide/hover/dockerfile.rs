//! Dockerfiles: instructions, flags, variables, stages, images.

use std::path::Path;

use super::{Hover, block, code, image};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::keyword::Keyword;
use crate::dockerfile::model::{
    Base, Definition, Lookup, Origin, ReferenceKind, Setting, Stage, Target, Value,
};
use crate::ide::words;
use crate::ide::workspace::Workspace;
use crate::knowledge::predefined::Predefined;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::WordPart;
use crate::text::Span;

/// The Compose services that build a Dockerfile, and the arguments that they give it.
#[derive(Debug, Default)]
pub(in crate::ide) struct Builds {
    found: Vec<Build>,
}

#[derive(Debug)]
struct Build {
    /// The Compose file that the service is in.
    file: String,
    service: String,
    /// The number of the stage, if it is known.
    stage: Option<usize>,
    arguments: Vec<(String, Option<String>)>,
}

/// The most builds that are told of.
const MOST: usize = 5;

impl Builds {
    /// Those of the workspace.
    pub(in crate::ide) fn of(workspace: &Workspace<'_>, path: &Path) -> Builds {
        let found = workspace.builds_of(path).map(|(team, _, build)| {
            let place = team.place(build.owner.at);
            let arguments = build.build.value.args.iter();
            let arguments = arguments.filter_map(|pair| {
                let name = pair.name.value.known()?.to_owned();
                let value = pair.value.as_ref().and_then(|value| value.value.known());
                Some((name, value.map(str::to_owned)))
            });
            Build {
                file: place.map_or_else(String::new, |place| place.path.display().to_string()),
                service: build.owner.value.to_string(),
                stage: build.stage(),
                arguments: arguments.collect(),
            }
        });
        Builds {
            found: found.collect(),
        }
    }

    /// What services set an argument to, each with a word on who.
    fn values(&self, name: &str) -> impl Iterator<Item = String> {
        let found = self.found.iter().filter_map(move |build| {
            let (_, value) = build.arguments.iter().find(|(known, _)| known == name)?;
            let value = value
                .as_ref()
                .map_or("a value that is not known here".to_owned(), |value| {
                    code(value)
                });
            Some(format!("{} sets it to {value}", who(build)))
        });
        found.take(MOST)
    }

    /// The services that build a stage.
    pub(in crate::ide) fn services_of(&self, stage: usize) -> impl Iterator<Item = &str> {
        let builds = self
            .found
            .iter()
            .filter(move |build| build.stage == Some(stage));
        builds.map(|build| &*build.service)
    }

    /// Who builds a stage.
    fn of_stage(&self, stage: usize) -> impl Iterator<Item = String> {
        let builds = self
            .found
            .iter()
            .filter(move |build| build.stage == Some(stage));
        builds
            .map(|build| format!("built by {}", who(build)))
            .take(MOST)
    }
}

fn who(build: &Build) -> String {
    format!("service {} of {}", code(&build.service), code(&build.file))
}

/// What there is to say of a place in a Dockerfile.
pub(super) fn hover(model: &Dockerfile, text: &str, builds: &Builds, at: u32) -> Option<Hover> {
    let ast = &model.ast;
    for directive in &ast.directives {
        if directive.name.span.touches(at) {
            let doc = words::directive(directive.kind.as_str())?;
            return answer(directive.name.span, doc);
        }
    }
    let number = ast
        .instructions
        .partition_point(|instruction| instruction.span.start <= at);
    let number = number.checked_sub(1)?;
    let outer = &ast.instructions[number];
    if !outer.span.touches(at) {
        return None;
    }
    let instruction = match &outer.kind {
        InstructionKind::Onbuild(onbuild) if !outer.keyword.span.touches(at) => {
            onbuild.trigger.as_deref().unwrap_or(outer)
        }
        _ => outer,
    };
    let here = Here {
        model,
        builds,
        number,
        instruction,
        at,
    };
    if instruction.keyword.span.touches(at) {
        return here.keyword(text);
    }
    here.variable()
        .or_else(|| here.definition())
        .or_else(|| here.stage(text))
        .or_else(|| here.flag())
        .or_else(|| here.setting())
}

fn answer(span: Span, markdown: impl Into<String>) -> Option<Hover> {
    Some(Hover {
        span,
        markdown: markdown.into(),
    })
}

struct Here<'h> {
    model: &'h Dockerfile,
    builds: &'h Builds,
    number: usize,
    instruction: &'h Instruction,
    at: u32,
}

impl Here<'_> {
    fn keyword(&self, text: &str) -> Option<Hover> {
        let span = self.instruction.keyword.span;
        let keyword = self.instruction.kind.keyword()?;
        let found = words::instruction(keyword);
        let forms: Vec<&str> = found.forms.iter().map(|form| form.label).collect();
        let mut markdown = format!(
            "{}\n\n{}",
            block("dockerfile", &forms.join("\n")),
            found.doc
        );
        if keyword == Keyword::From
            && let Some(stage) = self.model.stage_of(self.number)
        {
            markdown.push_str("\n\n");
            markdown.push_str(&self.stage_words(stage, text));
        }
        let page = words::instruction_page(keyword);
        markdown.push_str(&format!("\n\n[Dockerfile reference]({page})"));
        answer(span, markdown)
    }

    fn flag(&self) -> Option<Hover> {
        if let InstructionKind::Run(run) = &self.instruction.kind {
            let mut fields = run.mounts.iter().flat_map(|mount| &mount.fields);
            if let Some(field) = fields.find(|field| field.key.span.touches(self.at)) {
                return answer(field.key.span, words::mount_key(field.name?));
            }
        }
        let keyword = self.instruction.kind.keyword()?;
        let mut flags = self.instruction.flags.iter();
        let flag =
            flags.find(|flag| Span::new(flag.span.start, flag.name.span.end).touches(self.at))?;
        let known = words::flags(keyword).iter();
        let found = known
            .clone()
            .find(|known| *known.name == *flag.name.value)?;
        answer(Span::new(flag.span.start, flag.name.span.end), found.doc)
    }

    /// A variable that is used.
    fn variable(&self) -> Option<Hover> {
        for word in self.instruction.words() {
            for reference in word.references() {
                let span = word.span_of(reference.range.clone());
                if span.touches(self.at) {
                    let (name, _) = word.name_of(reference);
                    let mut markdown = self.variable_words(name)?;
                    if reference.modifier.is_some()
                        && let Some(value) = self
                            .model
                            .config_at(self.number)
                            .reference_value(word, reference)
                            .text()
                    {
                        markdown.push_str(&format!("  \nhere: {}", code(value)));
                    }
                    return answer(span, markdown);
                }
            }
        }
        for script in self.model.scripts_of(self.number) {
            let Some(script) = &script.script else {
                continue;
            };
            // What is put in before a shell reads it stands outside, too.
            for script in script.with_exact_inner() {
                for (node, _) in script.nodes_of(Kinds::PARAMETERS) {
                    if let Node::Part(WordPart::Parameter(parameter)) = node
                        && parameter.span.touches(self.at)
                        && parameter.name.span.touches(self.at)
                    {
                        let markdown = self.variable_words(&parameter.name.value)?;
                        return answer(parameter.span, markdown);
                    }
                }
            }
        }
        None
    }

    fn variable_words(&self, name: &str) -> Option<String> {
        match self.model.config_at(self.number).lookup(name) {
            Lookup::Defined(definition) => Some(self.definition_words(definition)),
            Lookup::Predefined(kind) => Some(match kind {
                Predefined::Proxy => format!(
                    "{}: a proxy setting, empty unless the build is given one",
                    code(name)
                ),
                Predefined::Platform => format!("{}: set by the builder", code(name)),
                Predefined::Builder => format!("{}: a switch of the builder", code(name)),
            }),
            Lookup::Undefined {
                perhaps_in_base: true,
            } => Some(format!(
                "{} is not set in this file; the base image may set it",
                code(name)
            )),
            Lookup::Undefined { .. } => Some(format!("{} is not set here", code(name))),
        }
    }

    /// A variable where `ARG` or `ENV` defines it.
    fn definition(&self) -> Option<Hover> {
        let pair = self
            .instruction
            .pairs()
            .iter()
            .find(|pair| pair.key.span.touches(self.at))?;
        let mut all = self.model.definitions().iter();
        let definition = all.find(|known| known.name_span == pair.key.span)?;
        answer(pair.key.span, self.definition_words(definition))
    }

    fn definition_words(&self, definition: &Definition) -> String {
        let name = code(&definition.name);
        let line = self
            .model
            .ast
            .instructions
            .get(definition.instruction)
            .map_or(0, |i| i.lines.first);
        let keyword = match definition.origin {
            Origin::Arg => "ARG",
            Origin::Env => "ENV",
        };
        let mut lines = vec![match &definition.value {
            Value::Known(value) => format!("{name} = {}", code(value)),
            Value::Default(value) => format!("{name} = {} unless the build sets it", code(value)),
            Value::Unknown if definition.is_unset_by_default => {
                format!("{name} is empty unless the build sets it")
            }
            Value::Unknown => format!("{name}: its value is not known here"),
        }];
        lines.push(format!("from {keyword} in line {line}"));
        if definition.origin == Origin::Arg {
            lines.extend(self.builds.values(&definition.name));
        }
        lines.join("  \n")
    }

    /// A stage or image that is named.
    fn stage(&self, text: &str) -> Option<Hover> {
        let mut references = self.model.references.iter();
        let found = references.find(|reference| reference.span.touches(self.at));
        if let Some(reference) = found {
            let markdown = match reference.target {
                Target::Stage(stage) => self.stage_words(self.model.stages.get(stage)?, text),
                Target::NoStage => "there is no stage of this number".to_owned(),
                Target::Image if reference.kind == ReferenceKind::From => self.base_words()?,
                Target::Image => image::words(&reference.text)?,
                Target::Scratch => "nothing: an empty image".to_owned(),
                Target::Unresolved => return None,
            };
            return answer(reference.span, markdown);
        }
        let InstructionKind::From(from) = &self.instruction.kind else {
            return None;
        };
        if let Some(name) = from.name.as_ref().filter(|name| name.span.touches(self.at)) {
            let stage = self.model.stage_of(self.number)?;
            return answer(name.span, self.stage_words(stage, text));
        }
        let image = from
            .image
            .as_ref()
            .filter(|image| image.span.touches(self.at))?;
        answer(image.span, self.base_words()?)
    }

    fn base_words(&self) -> Option<String> {
        match &self.model.stage_of(self.number)?.base {
            Base::Image(value) => image::words(value.text()?),
            Base::Scratch => Some("nothing: an empty image".to_owned()),
            Base::Stage(_) | Base::Unresolved => None,
        }
    }

    fn stage_words(&self, stage: &Stage, text: &str) -> String {
        let from = self.model.ast.instructions.get(stage.from);
        let head = from.map_or("", |from| from.span.text(text));
        let mut lines = vec![format!("stage {} of this file", stage.index)];
        let config = self.model.final_config(stage);
        if let Setting::Set(user) = config.user()
            && let Some(user) = user.value.text()
        {
            lines.push(format!("runs as {}", code(user)));
        }
        if let Some(folder) = config.directory().text() {
            lines.push(format!("works in {}", code(folder)));
        }
        lines.extend(self.builds.of_stage(stage.index));
        format!("{}\n\n{}", block("dockerfile", head), lines.join("  \n"))
    }

    /// What an instruction comes to: the folder of `WORKDIR`, a value with its variables replaced.
    fn setting(&self) -> Option<Hover> {
        let stage = self.model.stage_of(self.number)?;
        let config = match self.model.stage_of(self.number + 1) {
            Some(next) if next.index == stage.index => self.model.config_at(self.number + 1),
            _ => self.model.final_config(stage),
        };
        if let InstructionKind::Workdir(workdir) = &self.instruction.kind
            && let Some(word) = &workdir.path
            && word.span.touches(self.at)
            && let Setting::Set(effective) = config.workdir()
            && effective.index == self.number
        {
            return answer(
                word.span,
                format!("the folder is {}", code(effective.value.text()?)),
            );
        }
        let words = self.instruction.words().into_iter();
        let mut words = words.filter(|word| word.has_variables());
        let word = words.find(|word| word.span.touches(self.at))?;
        let value = self.model.value_at(self.number, word);
        answer(word.span, format!("comes to {}", code(value.text()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::hovered;

    fn in_dockerfile(text: &str) -> Option<String> {
        hovered(&[("Dockerfile", text)])
    }

    #[test]
    fn instructions_and_flags() {
        let text = in_dockerfile("FROM a\nWORK¦DIR /x\n").expect("an answer");
        assert!(
            text.starts_with("WORKDIR: ```dockerfile\nWORKDIR path\n```\n\nThe folder"),
            "{text}"
        );
        assert!(text.ends_with("(https://docs.docker.com/reference/dockerfile/#workdir)"));
        let text = in_dockerfile("FROM a\nCOPY --fr¦om=b c d\n").expect("an answer");
        assert!(text.starts_with("--from: The stage"), "{text}");
        let text =
            in_dockerfile("FROM a\nRUN --mount=type=cache,tar¦get=/c x\n").expect("an answer");
        assert!(text.starts_with("target: Where"), "{text}");
        let text = in_dockerfile("# syn¦tax=docker/dockerfile:1\nFROM a\n").expect("an answer");
        assert!(text.starts_with("syntax: The image that reads"), "{text}");
        assert_eq!(in_dockerfile("FROM a\n¦\nRUN b\n"), None);
        assert_eq!(in_dockerfile("FROM a\nRUN echo he¦llo\n"), None);
    }

    #[test]
    fn variables() {
        let cases = [
            (
                "ARG V=3\nFROM a:$¦V\n",
                "$V: `V` = `3` unless the build sets it  \nfrom ARG in line 1",
            ),
            (
                "FROM a\nENV V=3\nRUN echo \"${¦V}\"\n",
                "${V}: `V` = `3`  \nfrom ENV in line 2",
            ),
            (
                "FROM a\nARG ¦V\n",
                "V: `V` is empty unless the build sets it  \nfrom ARG in line 2",
            ),
            (
                "FROM a\nRUN echo $HO¦ME\n",
                "$HOME: `HOME` is not set in this file; the base image may set it",
            ),
            (
                "FROM a:${TARGET¦ARCH}\n",
                "${TARGETARCH}: `TARGETARCH`: set by the builder",
            ),
            (
                "FROM a\nARG V\nCOPY ${¦V:-x} y\n",
                "${V:-x}: `V` is empty unless the build sets it  \nfrom ARG in line 2  \nhere: `x`",
            ),
            (
                "FROM a\nENV A=/b\nWORKDIR $A/c¦\n",
                "$A/c: the folder is `/b/c`",
            ),
        ];
        for (text, wanted) in cases {
            assert_eq!(in_dockerfile(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_build_of_a_service_tells_more() {
        let compose = "services:\n  web:\n    build:\n      context: .\n      target: run\n      args: {V: '4'}\n";
        let text = "ARG ¦V=3\nFROM a AS run\n";
        let wanted = "V: `V` = `3` unless the build sets it  \nfrom ARG in line 1  \nservice `web` of `compose.yaml` sets it to `4`";
        let files = [("compose.yaml", compose), ("Dockerfile", text)];
        assert_eq!(hovered(&files).as_deref(), Some(wanted));
        let text = "ARG V=3\nFROM a AS r¦un\nUSER 10\nWORKDIR /w\n";
        let files = [("compose.yaml", compose), ("Dockerfile", text)];
        let wanted = "run: ```dockerfile\nFROM a AS run\n```\n\nstage 0 of this file  \nruns as `10`  \nworks in `/w`  \nbuilt by service `web` of `compose.yaml`";
        assert_eq!(hovered(&files).as_deref(), Some(wanted));
    }

    #[test]
    fn images() {
        let text = in_dockerfile("FROM alp¦ine:3.15\n").expect("an answer");
        assert!(
            text.starts_with(
                "alpine:3.15: [alpine](https://hub.docker.com/_/alpine) of `docker.io`"
            ),
            "{text}"
        );
        assert!(
            text.contains("Alpine 3.15 is supported until 2023-11-01"),
            "{text}"
        );
        assert!(
            text.contains("runs as root") && text.contains("packages: `apk`"),
            "{text}"
        );
        let text = in_dockerfile("FROM a AS b\nFROM c\nCOPY --from=¦b d e\n").expect("an answer");
        assert!(text.contains("stage 0 of this file"), "{text}");
    }
}

//! Nodes in the form in which rules see them: instructions with their place, and what both languages have,
//! images and variables, found in either model and shown in one form.

use std::borrow::Cow;
use std::ops::Deref;

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::script::{self, ContainerScript};
use crate::compose::service::Service;
use crate::compose::value::{Knowledge, Pair as ComposePair, Scalar};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{DirectiveKind, Instruction, InstructionKind, Pair, Run, Separator};
use crate::dockerfile::model::{ReferenceKind, Target, Value};
use crate::dockerfile::mount::MountKey;
use crate::dockerfile::script::{ScriptOrigin, ShellScript};
use crate::dockerfile::word::Word;
use crate::grammar::image::ImageReference;
use crate::grammar::variable::Piece;
use crate::grammar::{GrammarError, Part};
use crate::shell::ast::Script;
use crate::shell::context::CommandUse;
use crate::shell::invocation::Setting;
use crate::shell::options::ShellOption;
use crate::text::{Cooked, CookedBuilder, FileId, Location, Span};

/// An instruction's own node, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'n, T> {
    /// The instruction as a whole.
    pub instruction: &'n Instruction,
    /// Which instruction of the file it is, counted from 0; for the trigger of an `ONBUILD` that of the
    /// `ONBUILD`.
    pub index: usize,
    /// What is particular to this instruction.
    pub node: &'n T,
}

impl<T> Deref for Placed<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.node
    }
}

/// The model that a shared node belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Host<'n> {
    /// A Dockerfile.
    Dockerfile(&'n Dockerfile),
    /// A Compose file.
    Compose(&'n File),
}

/// A reference to an image.
#[derive(Clone, Debug)]
pub struct ImageUse<'n> {
    /// Where it stands.
    pub site: ImageSite<'n>,
    /// The reference with variables replaced as far as they are known, and its map to the file.
    pub text: Cooked<'n>,
    /// How much of it the file alone tells.
    pub knowledge: Knowledge,
    /// The reference taken apart, or why it is none. Parts with variables that are not known are unknown.
    pub reference: Result<ImageReference, GrammarError>,
    /// The whole word or value.
    pub at: Location,
}

/// Where an image is referred to.
#[derive(Clone, Copy, Debug)]
pub enum ImageSite<'n> {
    /// `FROM`, by the number of its instruction.
    From(usize),
    /// `COPY --from` of something that is no stage, by the number of its instruction.
    CopyFrom(usize),
    /// `RUN --mount=from=` of something that is no stage, by the number of its instruction.
    MountFrom(usize),
    /// `# syntax=`: the image of the frontend that reads the file.
    Syntax,
    /// `image` of a service, a job or a `pre_start` step.
    Compose(&'n Container),
}

impl<'n> ImageUse<'n> {
    /// A reference with this text.
    pub fn new(
        site: ImageSite<'n>,
        text: Cooked<'n>,
        knowledge: Knowledge,
        at: Location,
    ) -> ImageUse<'n> {
        let reference = ImageReference::parse(text.text());
        ImageUse {
            site,
            text,
            knowledge,
            reference,
            at,
        }
    }

    /// The bytes of a part of the reference.
    pub fn span_of(&self, part: &Part) -> Span {
        self.text.span(part.range.clone())
    }

    /// Whether the service that names the image also builds it, so that the reference is only a name.
    pub fn is_built(&self) -> bool {
        matches!(self.site, ImageSite::Compose(container) if container.build.is_some())
    }

    /// Whether it is a lone word behind `--from`: perhaps a misspelt stage, or a context that whoever builds
    /// has to name.
    pub fn is_lone_word(&self) -> bool {
        matches!(self.site, ImageSite::CopyFrom(_) | ImageSite::MountFrom(_))
            && !self.text.text().contains(['/', ':', '@'])
    }
}

/// A text that a shell runs and that we can read, or the words of an exec form, which are one command in
/// [`Dialect::None`](crate::shell::Dialect::None).
#[derive(Clone, Copy, Debug)]
pub struct ScriptUse<'n> {
    /// Where it stands.
    pub site: ScriptSite<'n>,
    /// The text as the shell gets it.
    pub text: &'n str,
    /// Its tree.
    pub script: &'n Script,
}

/// Where a script stands.
#[derive(Clone, Copy, Debug)]
pub enum ScriptSite<'n> {
    /// In an instruction of a Dockerfile.
    Dockerfile(&'n Dockerfile, &'n ShellScript),
    /// In a container of a Compose file.
    Compose(&'n ContainerScript<'n>),
}

/// A script in an instruction of a Dockerfile.
#[derive(Clone, Copy, Debug)]
pub struct InstructionScript<'n> {
    /// The Dockerfile that it stands in.
    pub model: &'n Dockerfile,
    /// Where it stands, and in which language it is.
    pub place: &'n ShellScript,
    /// Its tree.
    pub script: &'n Script,
}

impl<'n> ScriptUse<'n> {
    /// The script of an instruction, if it is one.
    pub fn in_dockerfile(&self) -> Option<InstructionScript<'n>> {
        match self.site {
            ScriptSite::Dockerfile(model, place) => Some(InstructionScript {
                model,
                place,
                script: self.script,
            }),
            ScriptSite::Compose(_) => None,
        }
    }

    /// The script of a container, if it is one.
    pub fn in_compose(&self) -> Option<&'n ContainerScript<'n>> {
        match self.site {
            ScriptSite::Dockerfile(..) => None,
            ScriptSite::Compose(script) => Some(script),
        }
    }

    /// The `RUN` that it is the command of, if it is one's.
    pub fn run(&self) -> Option<&'n Run> {
        self.in_dockerfile()?.run()
    }

    /// Whether it tells whether a container is healthy.
    pub fn is_healthcheck(&self) -> bool {
        match self.site {
            ScriptSite::Dockerfile(model, place) => matches!(
                model.acting(place.instruction).kind,
                InstructionKind::Healthcheck(_)
            ),
            ScriptSite::Compose(script) => script.site == script::ScriptSite::Healthcheck,
        }
    }

    /// Whether the shell is started with an option.
    pub fn is_started_with(&self, option: ShellOption) -> bool {
        match self.site {
            ScriptSite::Dockerfile(model, place) => place.is_started_with(model, option),
            ScriptSite::Compose(script) => {
                let words = script.shell.iter().map(|word| word.value.text());
                option.is_asked_for(words.skip_while(|word| !word.starts_with('-')))
            }
        }
    }

    /// Whether a fix may write quotes: not inside a JSON or YAML string, which may need them escaped.
    pub fn takes_quotes(&self) -> bool {
        let script = self.in_dockerfile();
        script.is_some_and(|script| script.place.origin != ScriptOrigin::ExecForm)
    }

    /// Whether something that whoever starts the container fills in stands in a place, so that the shell gets
    /// another text there.
    pub fn has_hole_in(&self, span: Span) -> bool {
        self.in_compose()
            .is_some_and(|script| script.has_hole_in(span))
    }
}

impl<'n> InstructionScript<'n> {
    /// The instruction that it belongs to; for the trigger of an `ONBUILD` the inner one.
    pub fn instruction(&self) -> &'n Instruction {
        self.model.acting(self.place.instruction)
    }

    /// The `RUN` that it is the command of, if it is one's.
    pub fn run(&self) -> Option<&'n Run> {
        match &self.instruction().kind {
            InstructionKind::Run(run) => Some(run),
            _ => None,
        }
    }
}

/// A variable that a command of a script sets.
#[derive(Clone, Copy, Debug)]
pub struct SettingUse<'n> {
    /// Its name and value.
    pub setting: Setting<'n>,
    /// The command, and where it stands.
    pub found: CommandUse<'n>,
}

/// A variable that is given a value.
#[derive(Clone, Debug)]
pub struct VariableUse<'n> {
    /// What gives it.
    pub site: VariableSite<'n>,
    /// Its name.
    pub name: Cow<'n, str>,
    /// Where the name stands.
    pub name_span: Span,
    /// The value without quotes, variables as they are written; `None` when there is none.
    pub value: Option<Cow<'n, str>>,
    /// The value as the file alone gives it: other variables must not take part, but for their defaults.
    pub known: Option<Cow<'n, str>>,
    /// Where the value stands; the name's place when there is none.
    pub value_span: Span,
}

/// What gives a variable its value.
#[derive(Clone, Copy, Debug)]
pub enum VariableSite<'n> {
    /// `ENV`, by the number of its instruction.
    Env(usize),
    /// `ARG`, by the number of its instruction.
    Arg(usize),
    /// `environment` of a container, or of a hook that runs in it.
    Environment(&'n Container),
    /// `build.args` of a container.
    BuildArgument(&'n Container),
}

/// Shows every image that a Dockerfile refers to, triggers of `ONBUILD` included.
pub(super) fn dockerfile_images<'n>(
    model: &'n Dockerfile,
    file: FileId,
    mut show: impl FnMut(&ImageUse<'n>),
) {
    if let Some(directive) = model.ast.directive(DirectiveKind::Syntax) {
        // What follows a blank are arguments for the frontend.
        let value = &*directive.value.value;
        let text = value.split(' ').next().unwrap_or_default();
        let text = Cooked::verbatim(text, directive.value.span.start);
        let span = text.span(0..text.text().len());
        show(&ImageUse::new(
            ImageSite::Syntax,
            text,
            Knowledge::Known,
            Location { file, span },
        ));
    }
    for (index, instruction) in model.ast.instructions.iter().enumerate() {
        let instruction = match &instruction.kind {
            InstructionKind::Onbuild(onbuild) => match &onbuild.trigger {
                Some(trigger) => trigger,
                None => continue,
            },
            _ => instruction,
        };
        let mut show = |site, kind: ReferenceKind, word: &'n Word| {
            if is_image(model, index, kind, word) {
                let (text, knowledge) = expanded(model, index, word);
                show(&ImageUse::new(
                    site,
                    text,
                    knowledge,
                    Location {
                        file,
                        span: word.span,
                    },
                ));
            }
        };
        match &instruction.kind {
            InstructionKind::From(from) => {
                if let Some(word) = &from.image {
                    show(ImageSite::From(index), ReferenceKind::From, word);
                }
            }
            InstructionKind::Copy(copy) => {
                if let Some(word) = &copy.from {
                    show(ImageSite::CopyFrom(index), ReferenceKind::Copy, word);
                }
            }
            InstructionKind::Run(run) => {
                for word in run
                    .mounts
                    .iter()
                    .filter_map(|mount| mount.value(MountKey::From))
                {
                    show(ImageSite::MountFrom(index), ReferenceKind::Mount, word);
                }
            }
            _ => {}
        }
    }
}

/// Whether a word names an image or, through a variable, perhaps one; not a stage, a number or `scratch`.
fn is_image(model: &Dockerfile, index: usize, kind: ReferenceKind, word: &Word) -> bool {
    let reference = model.reference_at(index, kind, Some(word.span));
    // What is in a trigger is resolved where it runs, which may be anywhere.
    reference
        .is_some_and(|reference| matches!(reference.target, Target::Image | Target::Unresolved))
}

/// A word with its variables replaced as far as they are known, and its map to the file.
fn expanded<'n>(model: &'n Dockerfile, index: usize, word: &'n Word) -> (Cooked<'n>, Knowledge) {
    if !word.has_variables() {
        return (word.value_cooked(), Knowledge::Known);
    }
    let config = model.config_at(index);
    let mut builder = CookedBuilder::with_capacity(word.raw.len());
    let mut knowledge = Knowledge::Known;
    for piece in word.template().map_or(&[][..], |template| &template.pieces) {
        let range = match piece {
            Piece::Literal(range) => range.clone(),
            Piece::Reference(reference) => reference.range.clone(),
        };
        let written = word.raw.get(range.clone()).unwrap_or_default();
        let span = word.span_of(range);
        let Piece::Reference(reference) = piece else {
            if written.len() == span.len() as usize {
                builder.verbatim(written, span.start);
            } else {
                builder.replaced(written, span);
            }
            continue;
        };
        let value = config.reference_value(word, reference);
        knowledge = knowledge.worse(match value {
            Value::Known(_) => Knowledge::Known,
            Value::Default(_) => Knowledge::Default,
            Value::Unknown => Knowledge::Unknown,
        });
        // The dollar tells every grammar that a part is unknown.
        builder.replaced(value.text().unwrap_or(written), span);
    }
    (builder.finish(word.span.start), knowledge)
}

/// Shows every variable that `ENV` and `ARG` give a value, triggers of `ONBUILD` included.
pub fn dockerfile_variables<'n>(model: &'n Dockerfile, mut show: impl FnMut(&VariableUse<'n>)) {
    for (index, instruction) in model.ast.instructions.iter().enumerate() {
        let instruction = match &instruction.kind {
            InstructionKind::Onbuild(onbuild) => onbuild.trigger.as_deref(),
            _ => Some(instruction),
        };
        let (site, pairs) = match instruction.map(|instruction| &instruction.kind) {
            Some(InstructionKind::Env(env)) => (VariableSite::Env(index), &env.pairs),
            Some(InstructionKind::Arg(arg)) => (VariableSite::Arg(index), &arg.pairs),
            _ => continue,
        };
        for pair in pairs {
            show(&variable(site, pair));
        }
    }
}

fn variable<'n>(site: VariableSite<'n>, pair: &'n Pair) -> VariableUse<'n> {
    let value = pair.value.as_ref();
    VariableUse {
        site,
        name: pair.key.value(),
        name_span: pair.key.span,
        // In the old form quotes are a part of the text that BuildKit's word lexer then takes away as well.
        value: value
            .filter(|_| pair.separator != Separator::None)
            .map(|value| value.value()),
        known: value.and_then(Word::shipped),
        value_span: value.map_or(pair.key.span, |value| value.span),
    }
}

/// Shows the image of every container of a Compose file.
pub(super) fn compose_images<'n>(file: &'n File, mut show: impl FnMut(&ImageUse<'n>)) {
    containers(file, &mut |container| {
        let Some(image) = &container.image else {
            return;
        };
        let scalar = &image.value;
        let text = scalar.cooked().slice(0..scalar.text().len());
        show(&ImageUse::new(
            ImageSite::Compose(container),
            text,
            scalar.knowledge(),
            image.at,
        ));
    });
}

/// Shows every variable that `environment` and `build.args` give a value.
pub(super) fn compose_variables<'n>(file: &'n File, mut show: impl FnMut(&VariableUse<'n>)) {
    containers(file, &mut |container| {
        let arguments = container.build.iter().flat_map(|build| &build.value.args);
        for pair in &container.environment {
            show(&compose_variable(
                VariableSite::Environment(container),
                pair,
            ));
        }
        for pair in arguments {
            show(&compose_variable(
                VariableSite::BuildArgument(container),
                pair,
            ));
        }
    });
    services(file, &mut |service| {
        for pair in service.hooks().flat_map(|hook| &hook.environment) {
            let site = VariableSite::Environment(&service.container);
            show(&compose_variable(site, pair));
        }
    });
}

fn compose_variable<'n>(site: VariableSite<'n>, pair: &'n ComposePair) -> VariableUse<'n> {
    let raw = |scalar: &'n Scalar| Cow::Borrowed(scalar.raw().text());
    let value = pair.value.as_ref();
    VariableUse {
        site,
        name: raw(&pair.name.value),
        name_span: pair.name.at.span,
        value: value.map(|value| raw(&value.value)),
        known: value
            .and_then(|value| value.value.known())
            .map(Cow::Borrowed),
        value_span: value.map_or(pair.name.at, |value| value.at).span,
    }
}

/// Every container of a Compose file and its overlays: services, jobs and `pre_start` steps.
pub fn containers<'n>(file: &'n File, show: &mut dyn FnMut(&'n Container)) {
    for service in file.services.iter() {
        show(&service.container);
        for step in &service.pre_start {
            show(&step.container);
        }
    }
    for job in file.jobs.iter() {
        show(&job.container);
    }
    for overlay in &file.overlays {
        containers(overlay, show);
    }
}

/// Every service of a Compose file and its overlays.
pub(super) fn services<'n>(file: &'n File, show: &mut dyn FnMut(&'n Service)) {
    for service in file.services.iter() {
        show(service);
    }
    for overlay in &file.overlays {
        services(overlay, show);
    }
}

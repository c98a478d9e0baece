//! What a Dockerfile means: stages, variables, and the image at each point.
//!
//! Built in one pass from a syntax tree, whatever is wrong in it. What the file does not tell (build
//! arguments, base images) is unknown here, never guessed. The context, other files and what commands do
//! are not this module's business.
//!
//! Instructions are named by their index in [`Ast::instructions`], stages by theirs in
//! [`Dockerfile::stages`].

mod build;
mod config;
mod graph;
mod scope;
mod stages;
mod unresolved;
mod value;
mod versions;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use build::is_absolute;
pub use config::{Config, Effective, LabelEntry, Setting};
pub use scope::{Definition, Lookup, Origin};
pub use stages::{Base, ReferenceKind, Stage, StageReference, Target};
pub use unresolved::Unresolved;
pub use value::Value;

use super::ast::{Ast, Instruction, InstructionKind, Onbuild};
use super::context::BuildContext;
use super::nearest::nearest;
use super::no_shell::{self, Shells};
use super::script::{self, ShellScript};
use super::source::{self, ContextSource};
use super::word::Word;
use crate::grammar::image::ImageReference;
use crate::knowledge::images::{self, Image};
use crate::shell::programs::Programs;
use crate::text::Span;
use config::{Event, Link, State};
use scope::Scopes;
use versions::Versions;

/// How many names of stages are compared with a misspelt one.
const MAX_NAMES: usize = 256;

/// A Dockerfile as a model.
#[derive(Clone, Debug)]
pub struct Dockerfile {
    /// Its syntax tree.
    pub ast: Ast,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Every place where a stage takes from a stage or image, by stage.
    pub references: Vec<StageReference>,
    /// The last stage with a name, in lower case.
    names: HashMap<Box<str>, usize>,
    /// The state at the end of each stage.
    ends: Vec<State>,
    /// The state at the end of the arguments before the first `FROM`.
    global: State,
    /// For each instruction where it stands.
    places: Vec<Place>,
    states: Vec<State>,
    scopes: Scopes,
    events: Vec<Event>,
    links: Vec<Link>,
    label_keys: HashMap<Box<str>, u32>,
    label_versions: Versions,
    label_entries: Vec<LabelEntry>,
    scripts: Vec<ShellScript>,
    pub(super) sources: Vec<ContextSource>,
    pub(super) context: Option<BuildContext>,
    /// For each stage what is known of its shell.
    shells: Vec<Shells>,
    /// For each stage what is known of the image that it begins with, where it is not built on another stage.
    facts: Vec<Option<Image>>,
    /// For each stage whether its program gives up root, once somebody asked.
    pub(super) gives_up_root: Vec<OnceLock<bool>>,
}

/// Where an instruction stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its stage; `FROM` belongs to the stage that it begins.
    stage: Option<usize>,
    /// The state before it.
    state: u32,
    /// How many scripts stand in front of it.
    scripts: u32,
}

impl Dockerfile {
    /// The model of a syntax tree.
    pub fn new(ast: Ast) -> Dockerfile {
        let mut model = build::build(ast);
        model.facts = model.stages.iter().map(facts).collect();
        model.gives_up_root = vec![OnceLock::new(); model.stages.len()];
        model.scripts = script::scripts(&model);
        model.place_scripts();
        model.sources = source::context_sources(&model);
        model.shells = no_shell::of_stages(&model);
        model
    }

    /// The texts that a shell runs, in the order of the file.
    pub fn scripts(&self) -> &[ShellScript] {
        &self.scripts
    }

    /// False if surely no script runs one of these programs; see [`Script::may_run`](crate::shell::ast::Script::may_run).
    pub fn may_run(&self, programs: &Programs) -> bool {
        let mut scripts = self
            .scripts
            .iter()
            .filter_map(|place| place.script.as_ref());
        scripts.any(|script| script.may_run(programs))
    }

    /// The texts of one instruction that a shell runs, those of its trigger included.
    pub fn scripts_of(&self, instruction: usize) -> &[ShellScript] {
        let before = |index: usize| self.places.get(index).map(|place| place.scripts as usize);
        let start = before(instruction).unwrap_or(self.scripts.len());
        let end = before(instruction + 1).unwrap_or(self.scripts.len());
        self.scripts.get(start..end).unwrap_or_default()
    }

    /// Notes for each instruction where its scripts begin.
    fn place_scripts(&mut self) {
        let mut scripts = self.scripts.iter().peekable();
        let mut before = 0;
        for (index, place) in self.places.iter_mut().enumerate() {
            while scripts
                .next_if(|script| script.instruction < index)
                .is_some()
            {
                before += 1;
            }
            place.scripts = before;
        }
    }

    /// What `COPY` and `ADD` take from the build context, in the order of the file.
    pub fn context_sources(&self) -> &[ContextSource] {
        &self.sources
    }

    /// What one instruction takes from the build context.
    pub fn sources_of(&self, instruction: usize) -> &[ContextSource] {
        let sources = &self.sources;
        let start = sources.partition_point(|source| source.instruction < instruction);
        let end = sources.partition_point(|source| source.instruction <= instruction);
        &sources[start..end]
    }

    /// The build context, as far as it is known.
    pub fn context(&self) -> Option<&BuildContext> {
        self.context.as_ref()
    }

    /// Whether there is surely no `/bin/sh` when an instruction is run, or for `CMD` and the like, in the image.
    pub fn has_no_shell(&self, instruction: usize) -> bool {
        let is_run = matches!(self.acting(instruction).kind, InstructionKind::Run(_));
        let stage = self.stage_of(instruction);
        match stage.and_then(|stage| self.shells.get(stage.index)) {
            Some(Shells::None) => true,
            Some(Shells::NoneUpTo(index)) => is_run && instruction < *index,
            Some(Shells::Perhaps) | None => false,
        }
    }

    /// The stage that an instruction belongs to; nothing before the first `FROM`. A `FROM` belongs to the
    /// stage that it begins.
    pub fn stage_of(&self, instruction: usize) -> Option<&Stage> {
        self.stages.get(self.places.get(instruction)?.stage?)
    }

    /// The last stage, which is built unless another one is asked for.
    pub fn last_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// The stage with a name, in any case; the last one where several have it.
    pub fn stage_called(&self, name: &str) -> Option<&Stage> {
        self.stages.get(*self.names.get(&*name.to_lowercase())?)
    }

    /// The stage, the one that it is built on, and so on, as far as they are in this file.
    pub fn chain(&self, stage: &Stage) -> impl Iterator<Item = &Stage> {
        std::iter::successors(self.stages.get(stage.index), |stage| match stage.base {
            Base::Stage(base) => self.stages.get(base),
            Base::Image(_) | Base::Scratch | Base::Unresolved => None,
        })
    }

    /// What is known of the image that a stage's chain of `FROM` begins with. `None` also for a chain that
    /// begins with nothing.
    pub fn base_image(&self, stage: &Stage) -> Option<Image> {
        let is_image = matches!(self.root_of(stage).base, Base::Image(_));
        is_image.then(|| self.base_facts(stage)).flatten()
    }

    /// The stage in front of another whose name is spelt nearly like `name`.
    pub fn similar_stage(&self, before: &Stage, name: &str) -> Option<&Stage> {
        let names = self.stages[..before.index].iter().rev();
        let names = names.filter_map(|stage| stage.name.as_ref());
        let nearest = nearest(name, names.map(|name| &*name.value).take(MAX_NAMES))?;
        self.stage_called(nearest)
    }

    /// The stage that a stage's chain of `FROM` begins with: the one built on an image or on nothing.
    pub fn root_of(&self, stage: &Stage) -> &Stage {
        self.stages.get(stage.root).unwrap_or(&self.stages[0])
    }

    /// The image before an instruction. Before a `FROM` and before the first one there are only the global
    /// arguments.
    pub fn config_at(&self, instruction: usize) -> Config<'_> {
        let state = match self.places.get(instruction) {
            Some(place) => &self.states[place.state as usize],
            None => &self.global,
        };
        Config { model: self, state }
    }

    /// The image at the end of a stage.
    pub fn final_config(&self, stage: &Stage) -> Config<'_> {
        let state = self.ends.get(stage.index).unwrap_or(&self.global);
        Config { model: self, state }
    }

    /// The arguments before the first `FROM`, which `FROM` can use.
    pub fn global_config(&self) -> Config<'_> {
        Config {
            model: self,
            state: &self.global,
        }
    }

    /// What a word of an instruction stands for. In an `ARG` with several arguments, those before the word
    /// are not seen; see [`Dockerfile::unresolved`] for these.
    pub fn value_at(&self, instruction: usize, word: &Word) -> Value {
        self.config_at(instruction).value(word)
    }

    /// Every definition of a variable in the file, in order.
    pub fn definitions(&self) -> &[Definition] {
        &self.scopes.definitions
    }

    /// Every definition of one name, in order.
    pub fn definitions_of(&self, name: &str) -> impl Iterator<Item = &Definition> {
        self.scopes.all(name)
    }

    /// What a stage takes from stages and images, in order; its `FROM` first.
    pub fn references_of(&self, stage: &Stage) -> &[StageReference] {
        self.references
            .get(stage.references.clone())
            .unwrap_or_default()
    }

    /// What an instruction of a stage takes from elsewhere, by its place in the text or, without one, the first of
    /// what it takes. `None` for the trigger of an `ONBUILD`, which takes nothing in its own stage.
    pub fn reference_at(
        &self,
        instruction: usize,
        kind: ReferenceKind,
        span: Option<Span>,
    ) -> Option<&StageReference> {
        let stage = self.stage_of(instruction)?;
        let all = self.references_of(stage);
        // What the triggers of its base take stands behind the reference of `FROM`, its own behind that.
        let start = match instruction == stage.from {
            true => 0,
            false => all.partition_point(|reference| {
                let own = reference.instruction.cmp(&instruction);
                own.is_lt() || own.is_eq() && span.is_some_and(|s| reference.span.start < s.start)
            }),
        };
        let found = all[start..].iter();
        let mut found = found.take_while(|reference| reference.instruction == instruction);
        found.find(|reference| {
            reference.kind == kind && span.is_none_or(|span| reference.span == span)
        })
    }

    /// What is known of the image at the end of a stage's chain of `FROM`, with the defaults of arguments.
    pub fn base_facts(&self, stage: &Stage) -> Option<Image> {
        *self.facts.get(stage.root)?
    }

    /// The instruction that acts: for an `ONBUILD` its trigger.
    pub fn acting(&self, index: usize) -> &Instruction {
        let instruction = &self.ast.instructions[index];
        match &instruction.kind {
            InstructionKind::Onbuild(Onbuild {
                trigger: Some(trigger),
            }) => trigger,
            _ => instruction,
        }
    }
}

/// What is known of the image that a stage is built on itself.
fn facts(stage: &Stage) -> Option<Image> {
    let text = match &stage.base {
        Base::Image(value) => value.text()?,
        Base::Scratch => "scratch",
        Base::Stage(_) | Base::Unresolved => return None,
    };
    images::image(&ImageReference::parse(text).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::ast::{From, User, Workdir};
    use crate::dockerfile::parse::parse;

    fn model(text: &str) -> Dockerfile {
        Dockerfile::new(parse(text).tree)
    }

    fn known(text: &str) -> Value {
        Value::Known(text.into())
    }

    fn default(text: &str) -> Value {
        Value::Default(text.into())
    }

    /// The value of the last instruction's only word.
    fn last_value(text: &str) -> Value {
        let model = model(text);
        let index = model.ast.instructions.len() - 1;
        let word = match &model.ast.instructions[index].kind {
            InstructionKind::User(User { user: Some(word) })
            | InstructionKind::Workdir(Workdir { path: Some(word) }) => word,
            InstructionKind::From(from) => match &**from {
                From {
                    image: Some(word), ..
                } => word,
                From { image: None, .. } => panic!("no image"),
            },
            other => panic!("{other:?}"),
        };
        model.value_at(index, word)
    }

    /// What the instruction at an index sets and to what value, as text.
    fn shown(setting: Setting<'_>) -> String {
        match setting {
            Setting::Set(effective) => format!("{} {:?}", effective.index, effective.value),
            Setting::Inherited => "inherited".to_owned(),
            Setting::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn stages_begin_at_their_from() {
        let model = model("ARG a\nFROM b AS One\nRUN c\nRUN d\nFROM e\nFROM f AS g\nUSER h");
        let ranges: Vec<_> = model
            .stages
            .iter()
            .map(|s| (s.from, s.instructions.clone()))
            .collect();
        assert_eq!(ranges, [(1, 2..4), (4, 5..5), (5, 6..7)]);
        assert_eq!(model.stage_of(0).map(|s| s.index), None);
        assert_eq!(model.stage_of(1).map(|s| s.index), Some(0));
        assert_eq!(model.stage_of(6).map(|s| s.index), Some(2));
        assert_eq!(model.stage_of(7).map(|s| s.index), None);
        assert!(model.stages[0].is_called("ONE") && !model.stages[1].is_called(""));
        assert_eq!(model.stage_called("one").map(|s| s.index), Some(0));
        assert_eq!(model.last_stage().map(|s| s.index), Some(2));
    }

    #[test]
    fn a_base_is_an_image_a_stage_or_nothing() {
        let text = "ARG v=1\nARG w\nFROM a:$v AS x\nFROM x AS y\nFROM X\nFROM scratch\nFROM $w\n\
            FROM ${w:-x}\nFROM later\nFROM c AS later\nFROM";
        let model = model(text);
        let bases: Vec<&Base> = model.stages.iter().map(|stage| &stage.base).collect();
        assert_eq!(
            bases,
            [
                &Base::Image(default("a:1")),
                &Base::Stage(0),
                &Base::Image(known("X")),
                &Base::Scratch,
                &Base::Unresolved,
                &Base::Stage(0),
                &Base::Image(known("later")),
                &Base::Image(known("c")),
                &Base::Unresolved,
            ]
        );
        assert_eq!(model.root_of(&model.stages[5]).index, 0);
        assert_eq!(model.root_of(&model.stages[3]).index, 3);
    }

    #[test]
    fn a_stage_is_not_built_on_itself() {
        let model = model("FROM a AS a\nFROM a AS a\nFROM a");
        let bases: Vec<&Base> = model.stages.iter().map(|stage| &stage.base).collect();
        assert_eq!(
            bases,
            [&Base::Image(known("a")), &Base::Stage(0), &Base::Stage(1)]
        );
    }

    #[test]
    fn references_lead_to_stages_images_or_nowhere() {
        let text = "FROM a AS One\nCOPY --from=two x y\nFROM one AS two\nCOPY --from=ONE x y\n\
            COPY --from=0 x y\nCOPY --from=7 x y\nCOPY --from=-1 x y\nCOPY --from=img:1 x y\n\
            COPY --from=$z x y\nRUN --mount=from=One,target=/a --mount=from=0,target=/b c\n\
            COPY --from= x y\nCOPY --from=scratch x y";
        let model = model(text);
        let found: Vec<_> = model
            .references
            .iter()
            .map(|r| (r.stage, r.instruction, r.kind, r.target))
            .collect();
        use ReferenceKind as Kind;
        assert_eq!(
            found,
            [
                (0, 0, Kind::From, Target::Image),
                (0, 1, Kind::Copy, Target::Stage(1)),
                (1, 2, Kind::From, Target::Stage(0)),
                (1, 3, Kind::Copy, Target::Stage(0)),
                (1, 4, Kind::Copy, Target::Stage(0)),
                (1, 5, Kind::Copy, Target::NoStage),
                (1, 6, Kind::Copy, Target::NoStage),
                (1, 7, Kind::Copy, Target::Image),
                (1, 8, Kind::Copy, Target::Unresolved),
                (1, 9, Kind::Mount, Target::Stage(0)),
                (1, 9, Kind::Mount, Target::Image),
                (1, 11, Kind::Copy, Target::Scratch),
            ]
        );
        assert_eq!(model.references_of(&model.stages[0]).len(), 2);
        assert_eq!(model.references[3].span.text(text), "ONE");
    }

    #[test]
    fn outputs_are_the_targets_and_what_they_are_built_on() {
        let text = "FROM a AS base\nFROM base AS unused\nFROM b AS tool\nFROM c AS other\n\
            FROM base\nCOPY --from=tool x y";
        let mut model = model(text);
        let outputs = |model: &Dockerfile| -> Vec<bool> {
            model.stages.iter().map(|stage| stage.is_output).collect()
        };
        let built = |model: &Dockerfile| -> Vec<bool> {
            model.stages.iter().map(|stage| stage.is_built).collect()
        };
        assert_eq!(outputs(&model), [true, false, false, false, true]);
        assert_eq!(built(&model), [true, false, true, false, true]);
        let targets = |model: &Dockerfile| -> Vec<usize> {
            let targets = model.stages.iter().filter(|stage| stage.is_target);
            targets.map(|stage| stage.index).collect()
        };
        assert_eq!(targets(&model), [4]);
        model.set_targets(&[3, 7]);
        assert_eq!(targets(&model), [3, 4]);
        assert_eq!(outputs(&model), [true, false, false, true, true]);
        assert_eq!(built(&model), [true, false, true, true, true]);
        let stages = &model.stages;
        assert!(model.reaches(&stages[1], &stages[0]) && !model.reaches(&stages[0], &stages[1]));
        assert_eq!(
            model.needed_by(&stages[4]),
            [true, false, true, false, true]
        );
    }

    #[test]
    fn a_chain_leads_to_the_base_image() {
        let model = model("FROM node:24 AS a\nFROM x\nFROM a AS b\nFROM b\nFROM scratch");
        let chain = |stage: usize| -> Vec<usize> {
            let chain = model.chain(&model.stages[stage]);
            chain.map(|stage| stage.index).collect()
        };
        assert_eq!(chain(3), [3, 2, 0]);
        assert_eq!(chain(1), [1]);
        let image = model.base_image(&model.stages[3]);
        assert_eq!(
            image.and_then(|image| image.family),
            Some(images::Family::Debian)
        );
        assert_eq!(model.base_image(&model.stages[1]), None);
        assert_eq!(model.base_image(&model.stages[4]), None);
    }

    #[test]
    fn a_similar_stage_is_one_above() {
        let model = model("FROM a AS build\nFROM b AS tests\nFROM c");
        let similar = |before: usize, name: &str| {
            let stage = model.similar_stage(&model.stages[before], name);
            stage.map(|stage| stage.index)
        };
        assert_eq!(similar(2, "Biuld"), Some(0));
        assert_eq!(similar(2, "test"), Some(1));
        assert_eq!(similar(1, "test"), None);
        assert_eq!(similar(0, "build"), None);
    }

    #[test]
    fn stages_that_take_from_each_other_end() {
        let model = model("FROM a AS x\nCOPY --from=y a b\nFROM b AS y\nCOPY --from=x a b");
        assert_eq!(model.needed_by(&model.stages[0]), [true, true]);
    }

    #[test]
    fn values_are_known_or_known_by_default() {
        assert_eq!(last_value("FROM a\nENV b=c\nUSER $b-d"), known("c-d"));
        assert_eq!(last_value("FROM a\nARG b=c\nUSER $b"), default("c"));
        assert_eq!(
            last_value("FROM a\nARG b=c\nENV d=$b\nUSER ${d}"),
            default("c")
        );
        assert_eq!(last_value("FROM a\nARG b\nUSER $b"), Value::Unknown);
        assert_eq!(last_value("FROM a\nARG b\nUSER ${b:-c}"), default("c"));
        assert_eq!(last_value("FROM a\nARG b\nUSER ${b:-$c}"), Value::Unknown);
        assert_eq!(last_value("FROM a\nARG b\nUSER x${b:+c}"), default("x"));
        assert_eq!(last_value("FROM a\nUSER $b"), Value::Unknown);
        assert_eq!(last_value("FROM scratch\nUSER x$b"), known("x"));
        assert_eq!(last_value("FROM scratch\nUSER $PATH"), Value::Unknown);
        assert_eq!(last_value("FROM scratch\nUSER $TARGETARCH"), Value::Unknown);
        assert_eq!(last_value("FROM a\nUSER 'b $c'"), known("b $c"));
        assert_eq!(
            last_value("FROM a\nENV b=/c/d.e\nUSER ${b##*/}"),
            known("d.e")
        );
    }

    #[test]
    fn global_arguments_are_for_from_and_for_stages_that_name_them() {
        assert_eq!(
            last_value("ARG a=1\nARG b=$a.2\nFROM c:$b"),
            default("c:1.2")
        );
        assert_eq!(last_value("ARG a=1\nFROM b\nUSER $a"), Value::Unknown);
        assert_eq!(last_value("ARG a=1\nFROM b\nARG a\nUSER $a"), default("1"));
        assert_eq!(
            last_value("ARG a=1\nFROM b\nARG a=2\nUSER $a"),
            default("2")
        );
        assert_eq!(
            last_value("ARG a\nFROM b\nARG a\nUSER ${a-c}"),
            default("c")
        );
        assert_eq!(
            last_value("FROM --platform=$BUILDPLATFORM a:$TARGETARCH"),
            Value::Unknown
        );
        assert_eq!(last_value("FROM a AS b\nARG c=1\nFROM b:$c"), known("b:"));
    }

    #[test]
    fn variables_pass_along_from_but_not_to_other_stages() {
        let text = "FROM a AS b\nENV c=1\nARG d=2\nFROM b\nUSER $c$d";
        assert_eq!(last_value(text), default("12"));
        assert_eq!(
            last_value("FROM a AS b\nENV c=1\nFROM a\nUSER $c"),
            Value::Unknown
        );
    }

    #[test]
    fn words_of_one_env_see_what_was_before_it() {
        let text = "FROM scratch\nENV a=1\nENV a=2 b=$a\nUSER $b";
        assert_eq!(last_value(text), known("1"));
        assert_eq!(
            last_value("FROM scratch\nARG a=1 b=$a\nUSER $b"),
            default("1")
        );
    }

    #[test]
    fn the_later_of_env_and_arg_counts() {
        assert_eq!(
            last_value("FROM a\nENV b=1\nARG b=2\nUSER $b"),
            default("2")
        );
        assert_eq!(last_value("FROM a\nARG b=2\nENV b=1\nUSER $b"), known("1"));
        assert_eq!(
            last_value("FROM a\nENV b=1\nARG b\nUSER $b"),
            Value::Unknown
        );
    }

    #[test]
    fn a_name_that_depends_on_the_build_can_be_any_name() {
        assert_eq!(
            last_value("FROM scratch\nARG a\nENV $a=1\nUSER $b"),
            Value::Unknown
        );
    }

    #[test]
    fn lookups_say_where_a_name_comes_from() {
        let model = model("ARG a=1\nFROM scratch\nENV b=2\nRUN c");
        let config = model.config_at(3);
        let Lookup::Defined(definition) = config.lookup("b") else {
            panic!();
        };
        assert_eq!(
            (definition.origin, definition.instruction),
            (Origin::Env, 2)
        );
        assert_eq!(definition.stage, Some(0));
        assert!(matches!(config.lookup("HTTP_PROXY"), Lookup::Predefined(_)));
        assert!(matches!(
            config.lookup("a"),
            Lookup::Undefined {
                perhaps_in_base: false
            }
        ));
        assert!(matches!(
            model.config_at(2).lookup("b"),
            Lookup::Undefined { .. }
        ));
        assert!(matches!(
            model.global_config().lookup("a"),
            Lookup::Defined(_)
        ));
        let names: Vec<&str> = config.variables().map(|d| &*d.name).collect();
        assert_eq!(names, ["b"]);
        assert_eq!(model.definitions().len(), 2);
        assert_eq!(model.definitions_of("a").count(), 1);
    }

    #[test]
    fn settings_pass_along_from() {
        let text = "FROM a AS b\nUSER u\nSHELL [\"bash\", \"-c\"]\nSTOPSIGNAL INT\nHEALTHCHECK NONE\n\
            FROM b\nRUN x\nUSER v";
        let model = model(text);
        let config = model.config_at(6);
        assert_eq!(shown(config.user()), "1 Known(\"u\")");
        assert_eq!(shown(config.stop_signal()), "3 Known(\"INT\")");
        assert_eq!(config.shell_words().map(<[_]>::len), Some(2));
        assert_eq!(config.healthcheck().effective().map(|e| e.index), Some(4));
        assert!(config.entrypoint().is_inherited() && config.cmd().is_inherited());
        assert_eq!(
            shown(model.final_config(&model.stages[1]).user()),
            "7 Known(\"v\")"
        );
        assert_eq!(
            shown(model.final_config(&model.stages[0]).user()),
            "1 Known(\"u\")"
        );
        assert!(model.config_at(1).user().is_inherited());
    }

    #[test]
    fn from_scratch_nothing_is_set() {
        let model = model("FROM scratch\nRUN a");
        let config = model.config_at(1);
        assert_eq!(shown(config.user()), "nothing");
        assert_eq!(shown(config.shell()), "nothing");
        assert_eq!(config.directory(), known("/"));
    }

    #[test]
    fn an_entrypoint_takes_an_inherited_cmd_away() {
        let model = model("FROM a AS b\nCMD c\nFROM b\nENTRYPOINT d\nFROM b\nCMD e\nENTRYPOINT f");
        let cmd = |stage: usize| shown(model.final_config(&model.stages[stage]).cmd());
        assert_eq!(cmd(0), "1 Unknown");
        assert_eq!(cmd(1), "nothing");
        assert_eq!(cmd(2), "5 Unknown");
    }

    #[test]
    fn directories_are_joined() {
        let directory = |text: &str| {
            let model = model(text);
            model.final_config(&model.stages[0]).directory()
        };
        assert_eq!(
            directory("FROM scratch\nWORKDIR a\nWORKDIR ../b/./c"),
            known("/b/c")
        );
        assert_eq!(directory("FROM a\nWORKDIR b"), Value::Unknown);
        assert_eq!(directory("FROM a\nWORKDIR /b\nWORKDIR c"), known("/b/c"));
        assert_eq!(
            directory("FROM a\nARG x=c\nWORKDIR /b\nWORKDIR $x"),
            default("/b/c")
        );
        assert_eq!(
            directory("FROM a\nARG x\nWORKDIR /b\nWORKDIR $x"),
            Value::Unknown
        );
        assert_eq!(
            directory("# escape=`\nFROM a\nWORKDIR C:\\b"),
            known("C:\\b")
        );
    }

    #[test]
    fn labels_and_ports_add_up() {
        let text = "FROM a AS b\nLABEL k=1 l=2\nEXPOSE 1 2\nVOLUME /v\nFROM b\nLABEL k=3\nEXPOSE 3";
        let model = model(text);
        let config = model.final_config(&model.stages[1]);
        let labels: Vec<_> = config
            .labels()
            .map(|entry| (&*entry.key, entry.value.text().unwrap_or_default()))
            .collect();
        assert_eq!(labels, [("k", "3"), ("l", "2")]);
        assert_eq!(config.label("k").map(|entry| entry.instruction), Some(5));
        assert!(config.label("m").is_none());
        let before = model.final_config(&model.stages[0]).label("k");
        assert_eq!(before.map(|entry| entry.instruction), Some(1));
        let exposes: Vec<usize> = config.exposes().map(|(index, _)| index).collect();
        assert_eq!(exposes, [6, 2]);
        assert_eq!(
            config.volumes().map(|(index, _)| index).collect::<Vec<_>>(),
            [3]
        );
    }

    #[test]
    fn triggers_act_in_the_stage_built_on_theirs() {
        let text =
            "FROM a AS b\nONBUILD USER u\nONBUILD COPY --from=c x y\nFROM d AS c\nFROM b\nFROM b";
        let model = model(text);
        assert!(model.final_config(&model.stages[0]).user().is_inherited());
        let user = model
            .final_config(&model.stages[2])
            .user()
            .effective()
            .unwrap();
        assert_eq!(user.index, 1);
        assert!(matches!(user.instruction.kind, InstructionKind::User(_)));
        assert_eq!(model.stages[0].triggers, [1, 2]);
        assert_eq!(model.references_of(&model.stages[0]).len(), 1);
        assert_eq!(model.references_of(&model.stages[3]).len(), 2);
        assert!(model.stages[1].is_built);
    }

    #[test]
    fn undefined_variables_come_with_evidence() {
        let text = "ARG g=1\nFROM scratch AS a\nENV here=1\nENV there=1\nFROM scratch\nENV hero=1\n\
            USER $g$there${opt:-x}$her";
        let model = model(text);
        let found = model.unresolved(6);
        let names: Vec<&str> = found.iter().map(|found| found.name).collect();
        assert_eq!(names, ["g", "there", "opt", "her"]);
        assert!(found[0].global.is_some() && !found[0].perhaps_in_base);
        assert_eq!(found[1].elsewhere.and_then(|d| d.stage), Some(0));
        assert!(found[2].has_alternative);
        assert_eq!(model.similar_variable(6, "her"), Some("hero"));
        assert_eq!(found[3].name_span.text(text), "her");
        assert_eq!(found[3].span.text(text), "$her");
    }

    #[test]
    fn undefined_variables_are_found_in_from_and_heredocs() {
        let text = "ARG a\nFROM b:$a$c$TARGETOS\nCOPY <<E <<'F' /x\n$d\nE\n$e\nF\nARG f=1 g=$f$h";
        let model = model(text);
        let names = |index: usize| {
            model
                .unresolved(index)
                .iter()
                .map(|found| found.name.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(1), ["c"]);
        assert_eq!(names(2), ["d"]);
        assert!(model.unresolved(2)[0].in_heredoc);
        assert_eq!(names(3), ["h"]);
    }

    #[test]
    fn a_file_without_stages_is_a_model_too() {
        for text in [
            "",
            "RUN a",
            "ARG a",
            "ENV a=b\nUSER $a\nCOPY --from=c d e\nONBUILD RUN f",
        ] {
            let model = model(text);
            assert!(model.stages.is_empty() && model.last_stage().is_none());
            for index in 0..=model.ast.instructions.len() {
                let _ = model.config_at(index).user();
                assert!(model.stage_of(index).is_none());
            }
        }
    }

    #[test]
    fn values_that_double_do_not_grow_without_end() {
        let mut text = "FROM a\nENV b=0123456789\n".to_owned();
        text.push_str(&"ENV b=$b$b\n".repeat(1000));
        text.push_str("USER $b");
        assert_eq!(last_value(&text), Value::Unknown);
    }
}

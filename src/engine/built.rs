//! The link between both languages: a container of a project and the Dockerfile that it is built from.
//!
//! Not for: reading Dockerfiles (`check`), and which path leads to one (`compose::project`).

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::built_context::BuiltContext;
use crate::compose::build::Build;
use crate::compose::container::Container;
use crate::compose::extent::Extent;
use crate::compose::grant::Grant;
use crate::compose::project::Project;
use crate::compose::value::{Field, Name, Scalar};
use crate::dockerfile::ast::{Ast, DirectiveKind, Instruction, InstructionKind};
use crate::dockerfile::model::{ReferenceKind, StageReference, Target};
use crate::dockerfile::mount::{Mount, MountKind};
use crate::dockerfile::{Dockerfile, Stage};
use crate::text::{Cooked, Edit, FileId, Location, Span};
use crate::yaml::edit;

/// A container that is built, and the Dockerfile that it is built from.
#[derive(Clone, Copy, Debug)]
pub struct BuildUse<'n> {
    /// The service or job that the container belongs to.
    pub owner: &'n Name,
    /// The container after merging.
    pub container: &'n Container,
    /// How it is built.
    pub build: &'n Field<Build>,
    /// The Dockerfile, if it could be read.
    pub dockerfile: Option<&'n BuiltFile>,
    /// The folder that it takes files from, if it could be looked at.
    pub context: Option<&'n BuiltContext>,
}

/// A Dockerfile that a project builds.
#[derive(Debug)]
pub struct BuiltFile {
    /// Its path as that of the project is given, or that of the Compose file that it stands in.
    pub path: PathBuf,
    /// Its number; for a Dockerfile that stands in a Compose file that of the Compose file.
    pub file: FileId,
    /// Its text.
    pub text: Arc<str>,
    /// What it says. It knows nothing of the build context; see [`BuildUse::context`].
    pub model: Dockerfile,
    /// For a Dockerfile that stands in a Compose file: the map from the text to that file. Places in the model are
    /// places in the text then.
    pub inline: Option<Cooked<'static>>,
    /// Whether BuildKit's own frontend reads it and finds no fault in its grammar. Of another one nothing is known.
    pub is_sound: bool,
}

impl BuiltFile {
    /// Whether BuildKit's own frontend reads a Dockerfile.
    pub fn is_read_by_docker(ast: &Ast) -> bool {
        ast.directive(DirectiveKind::Syntax).is_none_or(|syntax| {
            let image = &*syntax.value.value;
            let image = image.strip_prefix("docker.io/").unwrap_or(image);
            image.starts_with("docker/dockerfile")
        })
    }

    /// A place in the model as a place in a file.
    pub fn location(&self, span: Span) -> Location {
        let span = match &self.inline {
            Some(text) => text.span(span.range()),
            None => span,
        };
        Location {
            file: self.file,
            span,
        }
    }
}

impl<'n> BuildUse<'n> {
    /// The number of the stage that is built: the target, or the last one. `None` when the target is not known or
    /// there is no such stage.
    pub fn stage(&self) -> Option<usize> {
        let model = &self.dockerfile?.model;
        let Some(target) = &self.build.value.target else {
            return model.stages.len().checked_sub(1);
        };
        let target = target.value.known()?;
        if target.is_empty() {
            return model.stages.len().checked_sub(1);
        }
        let named = |stage: &Stage| {
            let name = stage.name.as_ref();
            name.is_some_and(|name| name.value.eq_ignore_ascii_case(target))
        };
        model.stages.iter().rposition(named)
    }

    /// Whether nobody changes what is built: no file that is not known is merged over this one.
    pub fn is_settled(&self, project: &Project) -> bool {
        match project.extent {
            Extent::Whole => true,
            Extent::Unclear => {
                self.build.value.context.is_some() || self.build.value.dockerfile_inline.is_some()
            }
            Extent::Part => false,
        }
    }

    /// The name under which a build sees a secret that it is given: its `target`, else its `source`.
    pub fn secret_name<'g>(&self, grant: &'g Grant) -> Option<&'g Scalar> {
        let target = grant.target.as_ref().map(|target| &target.value);
        let target = target.filter(|target| !target.is_empty());
        target.or_else(|| grant.source.as_ref().map(|source| &source.value))
    }

    /// The edit that adds an entry to the section of the build, behind its Dockerfile or context, if that section is
    /// written here and not in the short form.
    pub fn addition(&self, entry: &str, project: &Project) -> Option<Edit> {
        let build = &self.build.value;
        if build.short || self.build.via.is_some() {
            return None;
        }
        let other = build.dockerfile.as_ref().or(build.context.as_ref())?;
        let text = project.text(other.key.file);
        edit::insert_entry_behind(text, other.entry(text)?, entry)
    }

    /// The names of all secrets that the build sees. `None` if a variable decides on one.
    pub fn granted_secrets(&self) -> Option<HashSet<&'n str>> {
        let grants = self.build.value.secrets.iter();
        let names = grants.filter_map(|grant| self.secret_name(grant));
        names.map(Scalar::known).collect()
    }

    /// What the build takes from its Dockerfile. `None` when that is not known: the Dockerfile cannot be read or has
    /// faults, another frontend reads it, there is no such stage, or a variable names a context.
    pub fn reading(&self) -> Option<Reading<'n>> {
        let file = self.dockerfile.filter(|file| file.is_sound)?;
        let build = &self.build.value;
        if build.has_argument("BUILDKIT_SYNTAX") {
            return None;
        }
        let stage = file.model.stages.get(self.stage()?)?;
        let mut contexts = HashSet::new();
        for context in &build.additional_contexts {
            contexts.insert(context.name.value.known()?.to_ascii_lowercase());
        }
        Some(Reading::new(file, stage, &contexts))
    }
}

/// What a build takes from its Dockerfile: the stage that is built and those that it needs.
#[derive(Clone, Debug)]
pub struct Reading<'n> {
    /// The Dockerfile.
    pub file: &'n BuiltFile,
    /// The stage that is built.
    pub stage: &'n Stage,
    /// For each stage whether the build needs it, whatever the arguments are.
    needed: Vec<bool>,
    /// How many of the first stages may be needed besides, because an argument decides.
    open: usize,
}

/// What a command of a build mounts and the build is not given.
#[derive(Clone, Debug)]
pub struct NotGranted<'r> {
    /// The mount.
    pub mount: &'r Mount,
    /// What it asks for.
    pub id: String,
    /// Whether the build stops without it.
    pub is_required: bool,
}

impl<'n> Reading<'n> {
    /// What is mounted and not granted, each once: first what the build cannot do without. `does_without` tells of the
    /// instruction with a number whether its command is likely to.
    pub fn not_granted(
        &self,
        kind: MountKind,
        granted: &HashSet<&str>,
        id: impl Fn(&Mount) -> Option<String>,
        does_without: impl Fn(usize) -> bool,
    ) -> Vec<NotGranted<'_>> {
        let mut found: Vec<NotGranted<'_>> = Vec::new();
        for is_required in [true, false] {
            for (number, mount) in self.mounts(kind) {
                let Some(id) = id(mount) else {
                    continue;
                };
                let is_known = granted.contains(&*id) || found.iter().any(|known| known.id == id);
                if mount.is_required() == Some(is_required)
                    && !is_known
                    && (is_required || !does_without(number))
                {
                    found.push(NotGranted {
                        mount,
                        id,
                        is_required,
                    });
                }
            }
        }
        found
    }

    /// `contexts` are the names, in lower case, of the contexts that are given to the build: a stage of such a name is
    /// not built, the context takes its place (`dockerfile2llb/convert.go`, `namedContext`).
    fn new(file: &'n BuiltFile, stage: &'n Stage, contexts: &HashSet<String>) -> Reading<'n> {
        let model = &file.model;
        let mut reading = Reading {
            file,
            stage,
            needed: vec![false; model.stages.len()],
            open: 0,
        };
        let mut open = vec![stage.index];
        while let Some(index) = open.pop() {
            let Some(stage) = model.stages.get(index) else {
                continue;
            };
            let is_replaced = stage
                .name
                .as_ref()
                .is_some_and(|name| contexts.contains(&name.value.to_ascii_lowercase()));
            if is_replaced || std::mem::replace(&mut reading.needed[index], true) {
                continue;
            }
            for reference in model.references_of(stage) {
                match reference.target {
                    _ if is_open(reference) => {
                        // `FROM` sees the stages before it.
                        let seen = match reference.kind {
                            ReferenceKind::From => stage.index,
                            ReferenceKind::Copy | ReferenceKind::Mount => model.stages.len(),
                        };
                        reading.open = reading.open.max(seen);
                    }
                    Target::Stage(target) => open.push(target),
                    _ => {}
                }
            }
        }
        reading
    }

    /// The Dockerfile as a model.
    pub fn model(&self) -> &'n Dockerfile {
        &self.file.model
    }

    /// Whether the build needs a stage for sure.
    pub fn needs(&self, stage: usize) -> bool {
        self.needed.get(stage).copied().unwrap_or(false)
    }

    /// Whether the build needs a stage, or may do so.
    pub fn may_need(&self, stage: usize) -> bool {
        stage < self.open || self.needs(stage)
    }

    /// Whether arguments decide which stages the build needs.
    pub fn is_open(&self) -> bool {
        self.open > 0
    }

    /// Whether triggers of an image may be most of what the build does: the stage that is built is nothing but an image,
    /// or there are triggers in the file.
    pub fn may_be_made_of_triggers(&self) -> bool {
        let model = self.model();
        let mut chain = model.chain(self.stage);
        let mut needed = model.stages.iter().filter(|stage| self.needs(stage.index));
        chain.all(|stage| stage.instructions.is_empty())
            || needed.any(|stage| !stage.triggers.is_empty())
    }

    /// The instructions of the stages that the build needs for sure, with their numbers; `FROM` included, and not what
    /// stands before the first one.
    pub fn instructions(&self) -> impl Iterator<Item = (usize, &'n Instruction)> {
        let model = self.model();
        let stages = model.stages.iter().filter(|stage| self.needs(stage.index));
        let numbers =
            stages.flat_map(|stage| std::iter::once(stage.from).chain(stage.instructions.clone()));
        numbers.filter_map(|number| Some((number, model.ast.instructions.get(number)?)))
    }

    /// The mounts of a kind in the `RUN` instructions of the stages that the build needs for sure, with the numbers of
    /// the instructions.
    pub fn mounts(&self, kind: MountKind) -> impl Iterator<Item = (usize, &'n Mount)> {
        self.instructions().flat_map(move |(number, instruction)| {
            let mounts = match &instruction.kind {
                InstructionKind::Run(run) => run.mounts.as_slice(),
                _ => &[],
            };
            let mounts = mounts.iter().filter(move |mount| mount.kind == Some(kind));
            mounts.map(move |mount| (number, mount))
        })
    }
}

/// Whether a variable decides to which stage a reference leads, if to any. What has a `:` or `/` in it is an image.
fn is_open(reference: &StageReference) -> bool {
    let mut depth = 0usize;
    let mut has_variable = false;
    for byte in reference.text.bytes() {
        match byte {
            b'$' => has_variable = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b':' | b'/' | b'@' if depth == 0 => return false,
            _ => {}
        }
    }
    has_variable
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    /// The stages that a build of the last one needs, and a `?` when others may be among them.
    fn needed(text: &str, contexts: &[&str]) -> String {
        let file = BuiltFile {
            path: PathBuf::new(),
            file: FileId(0),
            text: text.into(),
            model: Dockerfile::new(parse(text).tree),
            inline: None,
            is_sound: true,
        };
        let contexts = contexts.iter().map(|name| (*name).to_owned()).collect();
        let stage = file.model.last_stage().expect("there is a stage");
        let reading = Reading::new(&file, stage, &contexts);
        let numbers = 0..file.model.stages.len();
        let numbers = numbers.filter(|stage| reading.needs(*stage));
        let shown: String = numbers.map(|number| number.to_string()).collect();
        shown + if reading.is_open() { "?" } else { "" }
    }

    #[test]
    fn a_build_needs_what_its_stage_takes() {
        let text = "FROM a AS x\nFROM x AS y\nFROM b AS z\nFROM c\nCOPY --from=y d e\n";
        assert_eq!(needed(text, &[]), "013");
        assert_eq!(needed(text, &["y"]), "3");
        let text = "ARG V=x\nFROM a AS x\nFROM b:$V AS y\nFROM y\n";
        assert_eq!(needed(text, &[]), "12");
        let text = "ARG V=x\nFROM a AS x\nFROM ${V:-x}\n";
        assert_eq!(needed(text, &[]), "1?");
        let text = "ARG V=x\nFROM $V AS x\nFROM b\nFROM x\n";
        assert_eq!(needed(text, &[]), "02");
    }
}

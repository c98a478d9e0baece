//! The walk: each node of a file once, and for each the checks that want to see it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::arrays;
use super::built::BuildUse;
use super::context::{Context, RawFinding};
use super::hooks::{Hooked, ProgramCheck};
use super::nodes::{self, Host, ImageSite, ImageUse, Placed, ScriptSite, ScriptUse, SettingUse};
use super::outside::{self, Question, RemarkUse};
use super::ruleset::{RuleIndex, Ruleset};
use super::suppress::silence::SuppressionUse;
use super::suppress::{self, IgnoreComment};
use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::validate;
use crate::compose::value::Knowledge;
use crate::diagnostic::{Finding, Parse, SyntaxError};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::context::{Folder, IgnoreText};
use crate::dockerfile::packages::Packages;
use crate::shell::Dialect;
use crate::text::{Cooked, FileId, Location, SourceFile, Span};
use crate::workspace::beside::{self, Beside};
use crate::workspace::kind::Kind;
use crate::yaml::Yaml;

/// A fault of dockworthy itself, caught so that the run can go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InternalError {
    /// The rule, or the part of the program, that failed.
    pub place: &'static str,
    /// What it said.
    pub message: String,
}

/// What walking one file brought.
#[derive(Debug, Default)]
pub struct Walk {
    /// What rules reported, in the order of the walk.
    pub findings: Vec<RawFinding>,
    /// Where the file does not follow its grammar.
    pub syntax_errors: Vec<SyntaxError>,
    /// Comments that ask for silence.
    pub ignore_comments: Vec<IgnoreComment>,
    /// Checks that failed.
    pub internal: Vec<InternalError>,
    /// Whether a program outside that was asked gave no answer.
    pub is_unanswered: bool,
}

/// What a panic said.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

/// Walks a Dockerfile. `beside` is what stands in its folder, if it is known.
pub fn dockerfile(source: &SourceFile, ruleset: &Ruleset, beside: Option<&Beside>) -> Walk {
    let parsed = crate::dockerfile::parse::parse(&source.text);
    let mut walker = Walker::new(source, ruleset);
    let mut model = Dockerfile::new(parsed.tree);
    if let Some(beside) = beside {
        set_folder(&mut model, beside);
    }
    walker.walk.ignore_comments = suppress::in_dockerfile(&model, &source.text, ruleset.comments());
    walker.errors(parsed.errors);
    for script in model.scripts() {
        walker.errors(script.errors.clone());
    }
    walker.file();
    walker.dockerfile(&model);
    arrays::fit(&mut walker.walk.findings, &model, &source.text);
    walker.walk
}

/// The comments that ask for silence in a file that is not walked.
pub fn ignore_comments(
    source: &SourceFile,
    kind: Option<Kind>,
    ruleset: &Ruleset,
) -> Vec<IgnoreComment> {
    match kind {
        Some(Kind::Dockerfile) => {
            let parsed = crate::dockerfile::parse::parse(&source.text);
            let model = Dockerfile::new(parsed.tree);
            suppress::in_dockerfile(&model, &source.text, ruleset.comments())
        }
        Some(Kind::Compose) => {
            let parsed = crate::yaml::parse(&source.text);
            suppress::in_yaml(&parsed.tree, &source.text, ruleset.comments())
        }
        _ => Vec::new(),
    }
}

/// Tells the model what stands beside the file.
pub fn set_folder(model: &mut Dockerfile, beside: &Beside) {
    with_folder(beside, |folder| model.set_folder(folder));
}

/// Calls a function with a folder as the model of a Dockerfile sees it.
pub fn with_folder<T>(beside: &Beside, call: impl FnOnce(&Folder<'_>) -> T) -> T {
    fn ignore_text(file: &Option<Arc<beside::IgnoreText>>) -> Option<IgnoreText<'_>> {
        file.as_ref().map(|file| IgnoreText {
            name: &file.name,
            text: file.text.as_deref(),
        })
    }
    let names = beside.names.iter();
    let names: Vec<(&str, bool)> = names.map(|name| (&*name.text, name.is_folder)).collect();
    call(&Folder {
        names: &names,
        ignore: ignore_text(&beside.ignore),
        own_ignore: ignore_text(&beside.own_ignore),
    })
}

/// What is known of a Compose file before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// Whether it is merged into another file, so that keys may be missing.
    pub overlay: bool,
    /// Whether a project with an `.env` begins with it: the images for which a variable has a default are then looked
    /// at with the project.
    pub has_env_file: bool,
}

/// Walks a Compose file.
pub fn compose(
    source: &SourceFile,
    parsed: &Parse<Yaml>,
    place: Place,
    ruleset: &Ruleset,
) -> (Walk, File) {
    let mut walker = Walker::new(source, ruleset);
    walker.walk.ignore_comments = suppress::in_yaml(&parsed.tree, &source.text, ruleset.comments());
    walker.errors(parsed.errors.clone());
    let overlay = place.overlay;
    let review = validate::review(&parsed.tree, validate::Context { overlay });
    walker.errors(review.errors);
    walker.pass_on(&review.remarks);
    walker.file();
    walker.fire(&ruleset.table().yaml, &(), |check, cx| {
        check(&parsed.tree, cx);
    });
    let model = File::lower(&parsed.tree, source.id);
    walker.compose(&model, place);
    (walker.walk, model)
}

/// Walks a project. `source` is the file that it begins with; what is found may stand in any of its files.
pub fn project(
    project: &Project,
    builds: &[BuildUse<'_>],
    source: &SourceFile,
    ruleset: &Ruleset,
) -> Walk {
    let mut walker = Walker::new(source, ruleset);
    for (file, error) in &project.problems {
        walker.report(*file, error);
    }
    walker.project(project);
    for build in builds {
        walker.fire(&ruleset.table().build, project, |check, cx| {
            check(build, cx);
        });
    }
    if !builds.is_empty() {
        walker.fire(&ruleset.table().builds, project, |check, cx| {
            check(builds, cx);
        });
    }
    walker.walk
}

/// Walks a file whose text says nothing: only its bytes are looked at.
pub fn bytes(source: &SourceFile, ruleset: &Ruleset) -> Walk {
    let mut walker = Walker::new(source, ruleset);
    walker.file();
    walker.walk
}

/// Shows the comments that ask for silence, and what they were good for.
pub fn suppressions(source: &SourceFile, ruleset: &Ruleset, uses: &[SuppressionUse<'_>]) -> Walk {
    let mut walker = Walker::new(source, ruleset);
    for suppression in uses {
        walker.fire(&ruleset.table().suppression, &(), |check, cx| {
            check(suppression, cx);
        });
    }
    walker.walk
}

/// Where the variables of an image are set in files of the project.
fn image_variables(image: &ImageUse<'_>, project: &Project) -> Vec<Location> {
    let ImageSite::Compose(container) = image.site else {
        return Vec::new();
    };
    let scalar = container.image.iter().map(|image| &image.value);
    let references = scalar.flat_map(|scalar| scalar.references());
    let places = references.filter_map(|reference| {
        let mut files = project.variables.iter().filter(|file| file.of_project);
        files.find_map(|file| {
            // Of several lines the last one counts.
            let mut entries = file.entries.iter().rev();
            let entry = entries.find(|entry| entry.name == reference.name)?;
            Some(Location {
                file: file.id,
                span: entry.span,
            })
        })
    });
    places.collect()
}

struct Walker<'w> {
    source: &'w SourceFile,
    ruleset: &'w Ruleset,
    walk: Walk,
    /// Rules that failed on this file and are left out from then on.
    broken: Vec<RuleIndex>,
}

impl<'w> Walker<'w> {
    fn new(source: &'w SourceFile, ruleset: &'w Ruleset) -> Walker<'w> {
        Walker {
            source,
            ruleset,
            walk: Walk::default(),
            broken: Vec::new(),
        }
    }

    /// Calls each check of a kind with a node.
    fn fire<C, M: ?Sized>(
        &mut self,
        hooked: &Hooked<C>,
        model: &M,
        call: impl Fn(&C, &mut Context<'_, M>),
    ) {
        self.fire_each(hooked.iter(), model, call);
    }

    /// Calls some checks with a node.
    fn fire_each<'c, C: 'c, M: ?Sized>(
        &mut self,
        checks: impl Iterator<Item = (RuleIndex, &'c C)>,
        model: &M,
        call: impl Fn(&C, &mut Context<'_, M>),
    ) {
        for (rule, check) in checks {
            if !self.broken.is_empty() && self.broken.contains(&rule) {
                continue;
            }
            let before = self.walk.findings.len();
            let mut context = Context::new(model, self.source, rule, &mut self.walk.findings);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| call(check, &mut context))) {
                self.walk.findings.truncate(before);
                self.broken.push(rule);
                let place = self.ruleset.meta(rule).id;
                self.walk.internal.push(InternalError {
                    place,
                    message: panic_message(&*panic),
                });
            }
        }
    }

    /// Keeps the parser's errors, and reports them through the rules that have their ids.
    fn errors(&mut self, errors: Vec<SyntaxError>) {
        self.pass_on(&errors);
        self.walk.syntax_errors.extend(errors);
    }

    /// Reports errors through the rules that have their ids.
    fn pass_on(&mut self, errors: &[SyntaxError]) {
        for error in errors {
            self.report(self.source.id, error);
        }
    }

    /// Reports an error through the rule that has its id.
    fn report(&mut self, file: FileId, error: &SyntaxError) {
        let listeners = self.ruleset.table().syntax.iter();
        let Some((rule, _)) = listeners.into_iter().find(|(_, id)| **id == error.rule) else {
            return;
        };
        let at = Location {
            file,
            span: error.span,
        };
        let mut finding = Finding::new(at, error.message.clone());
        finding.help.clone_from(&error.help);
        finding.severity = error.severity;
        for (span, text) in &error.labels {
            finding.label(*span, text.clone());
        }
        finding.fixes.extend(error.fix.clone());
        self.walk.findings.push(RawFinding {
            rule,
            finding,
            suppressed: None,
        });
    }

    fn file(&mut self) {
        let source = self.source;
        self.fire(&self.ruleset.table().file, &(), |check, cx| {
            check(source, cx)
        });
    }

    fn dockerfile(&mut self, model: &Dockerfile) {
        let table = self.ruleset.table();
        self.fire(&table.dockerfile, model, |check, cx| check(model, cx));
        for stage in &model.stages {
            self.fire(&table.stage, model, |check, cx| check(stage, cx));
        }
        for (index, instruction) in model.ast.instructions.iter().enumerate() {
            self.instruction(model, index, instruction);
        }
        let host = Host::Dockerfile(model);
        for place in model.scripts() {
            if let Some(script) = &place.script {
                let script = ScriptUse {
                    site: ScriptSite::Dockerfile(model, place),
                    text: place.text.text(),
                    script,
                };
                self.script(&script, &host);
                if place.errors.is_empty() {
                    self.ask(place.dialect, &place.text, |_| true);
                }
            }
        }
        if !table.packages.is_empty() {
            let packages = Packages::of(model);
            for script in &packages.scripts {
                self.fire(&table.packages, &packages, |check, cx| check(script, cx));
            }
        }
        if !table.image.is_empty() {
            nodes::dockerfile_images(model, self.source.id, |image| {
                self.fire(&table.image, &host, |check, cx| check(image, cx));
            });
        }
        if !table.variable.is_empty() {
            nodes::dockerfile_variables(model, |variable| {
                self.fire(&table.variable, &host, |check, cx| check(variable, cx));
            });
        }
    }

    fn script(&mut self, script: &ScriptUse<'_>, host: &Host<'_>) {
        let table = self.ruleset.table();
        self.fire(&table.script, host, |check, cx| check(script, cx));
        let programs = table.program.iter();
        let programs: Vec<(RuleIndex, &ProgramCheck)> = programs
            .filter(|(_, program)| script.script.may_run(&program.programs))
            .collect();
        if programs.is_empty() && table.command.is_empty() && table.setting.is_empty() {
            return;
        }
        for found in script.script.commands() {
            self.fire(&table.command, script, |check, cx| check(&found, cx));
            let of_it = programs.iter().copied();
            let of_it = of_it.filter(|(_, program)| found.command.may_run(&program.programs));
            self.fire_each(of_it, script, |program, cx| (program.check)(&found, cx));
            if table.setting.is_empty() {
                continue;
            }
            for setting in found.command.settings() {
                let setting = SettingUse { setting, found };
                self.fire(&table.setting, script, |check, cx| check(&setting, cx));
            }
        }
    }

    /// Shows a script to a program outside, if there is one, and passes on what it says of places that count.
    fn ask(&mut self, dialect: Dialect, text: &Cooked<'_>, counts: impl Fn(Span) -> bool) {
        let Some(ask) = self.ruleset.ask() else {
            return;
        };
        if !outside::is_asked_about(dialect, text.text()) {
            return;
        }
        let question = Question {
            source: self.source,
            dialect,
            text: text.text(),
        };
        let Some(remarks) = ask(&question) else {
            self.walk.is_unanswered = true;
            return;
        };
        for remark in &remarks {
            let is_ours = !self.ruleset.named(&remark.code).is_empty();
            let at = outside::place(remark, text).filter(|at| !is_ours && counts(*at));
            let Some(at) = at else {
                continue;
            };
            let (ruleset, code) = (self.ruleset, &remark.code);
            let before = self.walk.findings.len();
            let listeners = ruleset.table().remark.iter();
            let listeners = listeners.filter(|(rule, _)| ruleset.counts(*rule, code));
            self.fire_each(listeners, &(), |check, cx| {
                check(&RemarkUse { remark, at }, cx);
            });
            for found in &mut self.walk.findings[before..] {
                found.finding.code = Some(code.clone());
            }
        }
    }

    fn instruction(&mut self, model: &Dockerfile, index: usize, instruction: &Instruction) {
        let table = self.ruleset.table();
        let placed = Placed {
            instruction,
            index,
            node: instruction,
        };
        self.fire(&table.instruction, model, |check, cx| check(&placed, cx));
        macro_rules! fire {
            ($hook:ident, $node:expr) => {{
                let placed = Placed {
                    instruction,
                    index,
                    node: $node,
                };
                self.fire(&table.$hook, model, |check, cx| check(&placed, cx));
            }};
        }
        match &instruction.kind {
            InstructionKind::Add(node) => fire!(add, &**node),
            InstructionKind::Arg(node) => fire!(arg, node),
            InstructionKind::Cmd(node) => fire!(cmd, node),
            InstructionKind::Copy(node) => fire!(copy, &**node),
            InstructionKind::Entrypoint(node) => fire!(entrypoint, node),
            InstructionKind::Env(node) => fire!(env, node),
            InstructionKind::Expose(node) => fire!(expose, node),
            InstructionKind::From(node) => fire!(from, &**node),
            InstructionKind::Healthcheck(node) => fire!(healthcheck, &**node),
            InstructionKind::Label(node) => fire!(label, node),
            InstructionKind::Maintainer(node) => fire!(maintainer, node),
            InstructionKind::Onbuild(node) => {
                fire!(onbuild, node);
                if let Some(trigger) = &node.trigger {
                    self.instruction(model, index, trigger);
                }
            }
            InstructionKind::Run(node) => fire!(run, &**node),
            InstructionKind::Shell(node) => fire!(shell, node),
            InstructionKind::StopSignal(node) => fire!(stop_signal, node),
            InstructionKind::User(node) => fire!(user, node),
            InstructionKind::Volume(node) => fire!(volume, node),
            InstructionKind::Workdir(node) => fire!(workdir, node),
            InstructionKind::Unknown(_) => {}
        }
    }

    fn project(&mut self, project: &Project) {
        let table = self.ruleset.table();
        self.fire(&table.project, project, |check, cx| check(project, cx));
        if !table.merged_service.is_empty() {
            for service in &project.merged.services {
                self.fire(&table.merged_service, project, |check, cx| {
                    check(service, cx);
                });
            }
        }
        if !table.image.is_empty() && !project.disk.env_files().is_empty() {
            self.images_with_variables(project);
        }
    }

    /// The images of the first file for which variables have a default or stand in an `.env`, as they are with it.
    fn images_with_variables(&mut self, project: &Project) {
        let host = Host::Compose(&project.merged);
        let table = self.ruleset.table();
        nodes::compose_images(&project.merged, |image| {
            let is_with_variables =
                matches!(image.knowledge, Knowledge::Default | Knowledge::EnvFile);
            if !is_with_variables || image.at.file != self.source.id {
                return;
            }
            let before = self.walk.findings.len();
            self.fire(&table.image, &host, |check, cx| check(image, cx));
            if image.knowledge != Knowledge::EnvFile {
                return;
            }
            let set_at = image_variables(image, project);
            for found in &mut self.walk.findings[before..] {
                // They are written for a value that stands in the file.
                found.finding.fixes.clear();
                for at in &set_at {
                    found.finding.label(*at, "set here");
                }
            }
        });
    }

    fn compose(&mut self, file: &File, place: Place) {
        let table = self.ruleset.table();
        let host = Host::Compose(file);
        for place in &file.scripts() {
            self.errors(place.errors.clone());
            let Some(script) = &place.script else {
                continue;
            };
            let before = self.walk.findings.len();
            let script = ScriptUse {
                site: ScriptSite::Compose(place),
                text: place.text.text(),
                script,
            };
            self.script(&script, &host);
            // They are written for a script that stands in the file as it is, not for one in a YAML string.
            for found in &mut self.walk.findings[before..] {
                found.finding.fixes.clear();
            }
            if place.errors.is_empty() {
                // What a variable of Compose brings is not known.
                self.ask(place.dialect, &place.text, |at| !place.has_hole_in(at));
            }
        }
        self.fire(&table.compose, file, |check, cx| check(file, cx));
        nodes::services(file, &mut |service| {
            self.fire(&table.service, file, |check, cx| check(service, cx))
        });
        if !table.image.is_empty() {
            nodes::compose_images(file, |image| {
                if !(place.has_env_file && image.knowledge == Knowledge::Default) {
                    self.fire(&table.image, &host, |check, cx| check(image, cx));
                }
            });
        }
        if !table.variable.is_empty() {
            nodes::compose_variables(file, |variable| {
                self.fire(&table.variable, &host, |check, cx| check(variable, cx));
            });
        }
    }
}

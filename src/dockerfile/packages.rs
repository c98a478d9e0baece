//! What the `RUN`s of a Dockerfile do with package managers, and what else in the file matters for that:
//! settings made before, mounts, what the same `RUN` cleans up behind.
//!
//! Only the file is known: a setting that it may make counts as made, a variable that only the build knows
//! may hold options, and a mount on a path that only the build knows may lie over any folder.

use std::borrow::Cow;
use std::ops::Deref;

use super::ast::{InstructionKind, List, Run};
use super::model::{Base, Dockerfile, Lookup, Stage};
use super::mount::{MountKey, MountKind};
use super::script::{ScriptOrigin, ShellScript};
use crate::shell::ast::{
    Command, CompoundKind, ListOperator, Pipeline, RedirectOperator, Script, SimpleCommand,
};
use crate::shell::context::{CommandUse, Context};
use crate::shell::invocation::Invocation;
use crate::shell::packages::managers::{Action, Effect, MANAGERS, Manager, SETTINGS, System};
use crate::shell::packages::{self, Package, Source, Use};
use crate::shell::programs::Programs;
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::{Word, WordPart};
use crate::text::span::offset;
use crate::text::{Edit, Span};

/// How many assignments of a script are followed; with more of them variables are unknown.
const MAX_ASSIGNMENTS: usize = 256;

/// How many packages variables may add to a script; beyond, they are unknown.
const MAX_EXPANDED: usize = 4096;

/// How long a value is in which options are looked for, in bytes; a longer one is unknown.
const MAX_FLAGS: usize = 1024;

/// Commands that install nothing, whatever their arguments are.
const HARMLESS: &[&str] = &[
    ":",
    "[",
    "add-apt-repository",
    "apt-key",
    "apt-mark",
    "awk",
    "cat",
    "cd",
    "chmod",
    "chown",
    "command",
    "cp",
    "curl",
    "cut",
    "date",
    "dpkg-reconfigure",
    "echo",
    "env",
    "exit",
    "export",
    "false",
    "find",
    "gpg",
    "grep",
    "head",
    "id",
    "ln",
    "locale-gen",
    "ls",
    "mkdir",
    "mv",
    "printf",
    "pwd",
    "rm",
    "sed",
    "set",
    "sleep",
    "sort",
    "tail",
    "tee",
    "test",
    "touch",
    "tr",
    "true",
    "uname",
    "unset",
    "update-ca-certificates",
    "wget",
    "yum-config-manager",
];

/// The scripts of a Dockerfile that use package managers.
#[derive(Clone, Debug)]
pub struct Packages<'m> {
    /// The Dockerfile.
    pub dockerfile: &'m Dockerfile,
    /// Those scripts of `RUN`s, in order, in which a manager is used.
    pub scripts: Vec<PackageScript<'m>>,
}

/// A script of a `RUN` in which a package manager is used.
#[derive(Clone, Debug)]
pub struct PackageScript<'m> {
    /// The Dockerfile.
    pub dockerfile: &'m Dockerfile,
    /// The stage that it belongs to.
    pub stage: &'m Stage,
    /// Where it stands.
    pub place: &'m ShellScript,
    /// Its tree.
    pub script: &'m Script,
    /// The `RUN`.
    pub run: &'m Run,
    /// Every command of a manager, in the order of the text.
    pub uses: Vec<PackageUse<'m>>,
    /// What earlier `RUN`s left of apt's lists of packages.
    pub lists_before: Lists,
    /// Where the first command starts that may fetch them unseen: a script, an installer.
    pub fetches_from: Option<u32>,
    /// Whether what is built on this `RUN` installs with apt before it fetches lists itself.
    pub needs_lists_behind: bool,
    assigned: Vec<Assigned<'m>>,
}

/// A command of a package manager and what becomes of it. Reads like the [`Use`] that it is.
#[derive(Clone, Debug)]
pub struct PackageUse<'m> {
    /// The command.
    pub found: Use<'m>,
    /// Where in the script it stands.
    pub command: CommandUse<'m>,
    /// The packages that it names, those in variables whose values the file knows included.
    pub packages: Vec<Package<'m>>,
    /// What becomes of the lists of packages that the manager keeps.
    pub lists: Fate,
    /// What becomes of what the manager downloads.
    pub cache: Fate,
    /// Which of [`SETTINGS`] were perhaps made before, one bit each.
    settings: u32,
}

/// What becomes of files behind a command.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fate {
    /// Nothing in the `RUN` deletes them.
    Stays,
    /// The same `RUN` deletes them later, or perhaps does.
    Removed,
    /// They are in a mount and not in the layer.
    Mounted,
}

/// What is known of apt's lists of packages at some point of a stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lists {
    /// They are as the base image has them, or in a mount.
    Unknown,
    /// This instruction of the file fetched them.
    Fetched(usize),
    /// This instruction of the file fetched and deleted them.
    Deleted(usize),
}

/// A variable that a script assigns.
#[derive(Clone, Copy, Debug)]
struct Assigned<'m> {
    name: &'m str,
    /// The value, if it is static.
    text: Option<&'m str>,
    /// Its place.
    span: Span,
}

impl<'m> Deref for PackageUse<'m> {
    type Target = Use<'m>;

    fn deref(&self) -> &Use<'m> {
        &self.found
    }
}

impl PackageUse<'_> {
    /// Whether a file of settings, perhaps, has the manager do something without an option.
    pub fn is_set(&self, effect: Effect) -> bool {
        let mut settings = SETTINGS.iter().enumerate();
        settings.any(|(bit, setting)| {
            self.settings & (1 << bit) != 0
                && setting.effect == effect
                && self.is_of(setting.system)
        })
    }

    /// Whether it fetches lists or packages that stay in the layer, in folders that it is known to use.
    pub fn leaves_cache(&self) -> bool {
        let fetches = matches!(
            self.action,
            Action::Install
                | Action::Upgrade
                | Action::Release
                | Action::BuildDependencies
                | Action::Refresh
        );
        // In another root the folders are others.
        let is_elsewhere = self.has_flag(&["installroot", "root", "R", "cache-dir"]);
        let stays = self.lists == Fate::Stays || self.cache == Fate::Stays;
        fetches && stays && !is_elsewhere && !self.has_flag(self.manager.dry)
    }

    /// The packages that the manager looks up by name and for which no version is asked.
    pub fn unpinned(&self) -> impl Iterator<Item = &Package<'_>> {
        let is_apt = self.is_of(System::Apt);
        self.packages.iter().filter(move |package| {
            package.source == Source::Index
                && package.version.is_none()
                && !package.name.is_empty()
                // `apt-get install a b-` removes `b`.
                && !(is_apt && package.name.ends_with('-'))
        })
    }

    /// The first of the packages without a version, and what to say of all of them; nothing where nothing is
    /// installed in the end.
    pub fn unpinned_summary(&self) -> Option<(&Package<'_>, String)> {
        if self.has_flag(self.manager.dry) {
            return None;
        }
        let mut all = self.unpinned();
        let first = all.next()?;
        let name: String = first.name.chars().take(60).collect();
        let message = match all.count() {
            0 => format!("`{name}` is installed in any version"),
            1 => format!("`{name}` and 1 more package are installed in any version"),
            more => format!("`{name}` and {more} more packages are installed in any version"),
        };
        Some((first, message))
    }

    /// Whether something else than a person answers what it asks: a pipe, a file.
    pub fn is_answered(&self) -> bool {
        let reads = |command: &SimpleCommand| {
            let mut redirects = command.redirects.iter();
            redirects.any(|redirect| {
                matches!(
                    redirect.operator.value,
                    RedirectOperator::Input
                        | RedirectOperator::Heredoc
                        | RedirectOperator::HeredocStripped
                        | RedirectOperator::HereString
                )
            })
        };
        let wrappers = self.command.command.words.get(..self.invocation.first);
        let mut wrappers = wrappers.unwrap_or_default().iter();
        let is_xargs = wrappers.any(|word| word.is("xargs"));
        (self.command.context.piped_from().is_some() && !is_xargs) || reads(self.command.command)
    }
}

impl<'m> PackageScript<'m> {
    /// The commands that install packages by name.
    pub fn installs(&self) -> impl Iterator<Item = &PackageUse<'m>> {
        self.uses.iter().filter(|found| found.is_install())
    }

    /// The options that unquoted variables add to a command: `None` for a variable that only the build knows,
    /// which may add any.
    pub fn hidden_flags(
        &self,
        found: &PackageUse<'m>,
    ) -> impl Iterator<Item = Option<&'m str>> + use<'_, 'm> {
        let parts = found.perhaps_flags().flat_map(Word::unquoted_expansions);
        let values = parts.map(|part| match part {
            WordPart::Parameter(parameter) if parameter.operation.is_none() => {
                let value = self.value(&parameter.name.value);
                value
                    .map(|(text, _)| text)
                    .filter(|text| text.len() <= MAX_FLAGS)
            }
            _ => None,
        });
        values.flat_map(|value| {
            let is_unknown = value.is_none();
            let words = value.unwrap_or_default().split_ascii_whitespace();
            let flags = words.filter(|word| word.starts_with('-')).map(Some);
            flags.chain(is_unknown.then_some(None))
        })
    }

    /// Whether a variable adds an option with one of these names, without dashes, or perhaps does.
    pub fn may_hide(&self, found: &PackageUse<'m>, names: &[&str]) -> bool {
        self.hidden_flags(found).any(|flag| {
            flag.is_none_or(|flag| match flag.strip_prefix("--") {
                Some(long) => names.contains(&long.split('=').next().unwrap_or(long)),
                None => names
                    .iter()
                    .any(|name| name.len() == 1 && flag.contains(name)),
            })
        })
    }

    /// Whether a command that changes something waits for an answer that nobody gives.
    pub fn asks(&self, found: &PackageUse<'m>) -> bool {
        let manager = found.manager;
        let changes = match found.action {
            // Without packages there is nothing to ask, unless they come from elsewhere.
            Action::Install | Action::BuildDependencies => {
                found.operands().next().is_some() || found.has_flag(&["f", "fix-broken"])
            }
            Action::Upgrade | Action::Release | Action::Remove => true,
            _ => false,
        };
        changes
            && !manager.yes.is_empty()
            && !found.assumes_yes()
            && !found.has_flag(manager.dry)
            && !found.is_set(Effect::AssumesYes)
            && !found.is_answered()
            && !self.may_hide(found, manager.yes)
            && !self.may_hide(found, &["o", "option", "setopt", "q"])
    }

    /// An edit that runs a command behind everything else in the script, if that can be done: `sudo` stands
    /// in front where it does for the command that is cleaned up behind.
    pub fn at_end(&self, behind: &PackageUse<'m>, command: &str) -> Option<Edit> {
        let last = self.script.body.items.last()?;
        let in_background = last
            .operator
            .is_some_and(|operator| operator.value == ListOperator::Background);
        if in_background || self.place.origin == ScriptOrigin::ExecForm {
            return None;
        }
        let is_sudo = behind.command.command.name() == Some("sudo");
        let sudo = if is_sudo { "sudo " } else { "" };
        let start = last.pipeline.span.start;
        let reads_lines = self.script.commands().any(|found| {
            let mut redirects = found.command.redirects.iter();
            found.command.span.start >= start
                && redirects.any(|redirect| redirect.heredoc.is_some())
        });
        let joint = match self.place.origin {
            // The next line would be one of those that the last command reads.
            ScriptOrigin::Heredoc if !reads_lines => "\n",
            _ => " && ",
        };
        let text = format!("{joint}{sudo}{command}");
        Some(Edit::insert(last.pipeline.span.end, text))
    }

    /// The command that fetches lists of packages, if nothing in the script installs with them: no command of
    /// the same system, and no other that may be one in disguise. Lists in a mount are for later.
    pub fn lone_refresh(&self) -> Option<&PackageUse<'m>> {
        let refresh = self.uses.iter().find(|found| found.is_refresh())?;
        let is_idle = |action| {
            matches!(
                action,
                Action::Refresh | Action::Clean | Action::CleanAll | Action::Remove
            )
        };
        let system = refresh.manager.system;
        let mut others = self.uses.iter().filter(|found| found.is_of(system));
        if refresh.lists == Fate::Mounted || !others.all(|found| is_idle(found.action)) {
            return None;
        }
        let mut commands = self.script.commands();
        let is_known = commands.all(|found| {
            found.command.unwrapped().is_none_or(|invocation| {
                invocation
                    .name()
                    .is_some_and(|name| Manager::called(name).is_some() || HARMLESS.contains(&name))
            })
        });
        is_known.then_some(refresh)
    }

    /// What a manager's process finds in a variable: `None` if nothing in sight sets it, `Some(None)` for a
    /// value that only the build knows. What stands in front of the command counts most, then what the script
    /// assigns anywhere, then `ENV` and `ARG`.
    pub fn variable(&self, found: &PackageUse<'m>, name: &str) -> Option<Option<&'m str>> {
        let command = found.command.command;
        let prefix = command.assignments.iter().rev();
        if let Some(assignment) = prefix
            .into_iter()
            .find(|assignment| assignment.name.value.as_str() == name)
        {
            return Some(assignment.word().and_then(Word::text));
        }
        // `env NAME=value pip`
        let wrappers = command.words.get(..found.invocation.first);
        for word in wrappers.unwrap_or_default().iter().rev() {
            let setting = word.leading_piece().split_once('=');
            if let Some((_, value)) = setting.filter(|(set, _)| *set == name) {
                return Some(word.text().is_some().then_some(value));
            }
        }
        if self.assigned.iter().any(|assigned| assigned.name == name) {
            return Some(self.value(name).map(|(text, _)| text));
        }
        let config = self.dockerfile.config_at(self.place.instruction);
        match config.lookup(name) {
            Lookup::Defined(definition) if definition.is_unset_by_default => None,
            Lookup::Defined(definition) => Some(definition.value.text()),
            Lookup::Predefined(_) | Lookup::Undefined { .. } => None,
        }
    }

    /// Whether a mount lies over a folder, so that what is written there does not enter the layer. `~` at its
    /// beginning is the home of any user.
    pub fn is_mounted(&self, folder: &str) -> bool {
        is_mounted(self.dockerfile, self.place.instruction, self.run, folder)
    }

    /// Whether the image that is shipped has what the script writes.
    pub fn is_in_output(&self) -> bool {
        self.stage.is_output
    }

    /// The value of a variable of the script and, if it is assigned there, the place of that.
    fn value(&self, name: &str) -> Option<(&'m str, Option<Span>)> {
        if self.assigned.len() > MAX_ASSIGNMENTS {
            return None;
        }
        let mut found = self
            .assigned
            .iter()
            .filter(|assigned| assigned.name == name);
        if let Some(assigned) = found.next() {
            let is_only = found.next().is_none();
            let text = assigned.text.filter(|_| is_only)?;
            return Some((text, Some(assigned.span)));
        }
        let config = self.dockerfile.config_at(self.place.instruction);
        match config.lookup(name) {
            Lookup::Defined(definition) => Some((definition.value.text()?, None)),
            Lookup::Predefined(_) | Lookup::Undefined { .. } => None,
        }
    }

    /// The packages of a command, variables looked up.
    fn packages_of(&self, found: &Use<'m>, budget: &mut usize) -> Vec<Package<'m>> {
        let mut all = Vec::new();
        for word in found.operands() {
            let Some(package) = Package::of(found.manager, word) else {
                continue;
            };
            if package.source != Source::Unknown {
                all.push(package);
                continue;
            }
            let value = lone_variable(word)
                .and_then(|name| self.value(name))
                .filter(|(text, _)| text.len() / 2 < *budget);
            let Some((text, place)) = value else {
                all.push(package);
                continue;
            };
            for token in text.split_ascii_whitespace() {
                *budget = budget.saturating_sub(1);
                let at = place.and_then(|place| place_of(token, text, place));
                let at = at.unwrap_or(package.span);
                all.extend(packages::parsed(found.manager, token, at));
            }
        }
        all
    }
}

/// The variable that is all of a word, quoted or not.
fn lone_variable(word: &Word) -> Option<&str> {
    let mut pieces = word.pieces();
    match (pieces.next(), pieces.next()) {
        (Some(WordPart::Parameter(parameter)), None) if parameter.operation.is_none() => {
            Some(&parameter.name.value)
        }
        _ => None,
    }
}

/// The place of a part of an assigned text, if the text stands in the file as it is.
fn place_of(token: &str, text: &str, value: Span) -> Option<Span> {
    let at = (token.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let quote = match (value.len() as usize).checked_sub(text.len())? {
        0 => 0,
        2 => 1,
        _ => return None,
    };
    let start = value.start + quote + offset(at);
    Some(Span::new(start, start + offset(token.len())))
}

impl<'m> Packages<'m> {
    /// Goes through the `RUN`s of a Dockerfile.
    pub fn of(dockerfile: &'m Dockerfile) -> Packages<'m> {
        let mut scripts = Vec::new();
        if !may_use_managers(dockerfile) {
            return Packages {
                dockerfile,
                scripts,
            };
        }
        // For each stage the settings that were perhaps made in it, and what it leaves of the lists.
        let mut ends: Vec<(u32, Lists)> = Vec::with_capacity(dockerfile.stages.len());
        for stage in &dockerfile.stages {
            let begin = match stage.base {
                Base::Stage(base) => ends.get(base).copied(),
                Base::Image(_) | Base::Scratch | Base::Unresolved => None,
            };
            let (mut settings, mut lists) = begin.unwrap_or((0, Lists::Unknown));
            for index in stage.instructions.clone() {
                match &dockerfile.acting(index).kind {
                    InstructionKind::Copy(copy) => {
                        settings |= brought(dockerfile, index, &copy.paths);
                    }
                    InstructionKind::Add(add) => {
                        settings |= brought(dockerfile, index, &add.paths);
                    }
                    InstructionKind::Env(env) => {
                        for pair in &env.pairs {
                            settings |= bits(|setting| {
                                !setting.variable.is_empty() && *pair.key.raw == *setting.variable
                            });
                        }
                    }
                    InstructionKind::Run(run) => {
                        let places = dockerfile.scripts_of(index);
                        if places.is_empty() {
                            lists = Lists::Unknown;
                        }
                        for place in places {
                            let Some(script) = &place.script else {
                                lists = Lists::Unknown;
                                continue;
                            };
                            let script = PackageScript {
                                dockerfile,
                                stage,
                                place,
                                script,
                                run,
                                uses: Vec::new(),
                                lists_before: lists,
                                fetches_from: None,
                                needs_lists_behind: false,
                                assigned: Vec::new(),
                            };
                            let script = read(script, &mut settings);
                            lists = lists_behind(&script);
                            if !script.uses.is_empty() {
                                scripts.push(script);
                            }
                        }
                    }
                    _ => {}
                }
            }
            ends.push((settings, lists));
        }
        let mut packages = Packages {
            dockerfile,
            scripts,
        };
        packages.find_needed_lists();
        packages
    }

    /// Goes backwards to see where lists are needed that nothing fetches.
    fn find_needed_lists(&mut self) {
        // For each stage whether what was seen of it so far needs lists that were there before.
        let mut needs = vec![false; self.dockerfile.stages.len()];
        let mut scripts = self.scripts.iter_mut().rev().peekable();
        for stage in self.dockerfile.stages.iter().rev() {
            while let Some(script) = scripts.next_if(|script| script.stage.index == stage.index) {
                script.needs_lists_behind = needs[stage.index];
                needs[stage.index] = needs_lists(script).unwrap_or(needs[stage.index]);
            }
            if let Base::Stage(base) = stage.base {
                needs[base] |= needs[stage.index];
            }
        }
    }
}

/// False if no command of a Dockerfile is one of a package manager.
fn may_use_managers(dockerfile: &Dockerfile) -> bool {
    let scripts = dockerfile.scripts().iter();
    let scripts = scripts.filter_map(|place| place.script.as_ref());
    let mut programs = scripts
        .flat_map(Script::commands)
        .filter_map(|found| found.command.unwrapped());
    programs.any(|invocation| Use::may_be(&invocation))
}

/// Whether a script uses apt's lists before it fetches them; `None` if it does neither.
fn needs_lists(script: &PackageScript<'_>) -> Option<bool> {
    let mut uses = script.uses.iter().filter(|found| found.is_of(System::Apt));
    uses.find_map(|found| match found.action {
        Action::Refresh => Some(false),
        Action::Install | Action::BuildDependencies | Action::Upgrade | Action::Release => {
            Some(true)
        }
        _ => None,
    })
}

/// What a script leaves of apt's lists.
fn lists_behind(script: &PackageScript<'_>) -> Lists {
    let mut uses = script.uses.iter().rev();
    let last = uses.find(|found| found.is_of(System::Apt) && found.is_refresh());
    match last.map(|found| found.lists) {
        None if script.fetches_from.is_some() => Lists::Unknown,
        None => script.lists_before,
        Some(Fate::Stays) => Lists::Fetched(script.place.instruction),
        Some(Fate::Removed) => Lists::Deleted(script.place.instruction),
        Some(Fate::Mounted) => Lists::Unknown,
    }
}

/// When lists and downloads were deleted last, counted in steps of a script; 0 for never.
#[derive(Clone, Copy, Default)]
struct Cleaned {
    lists: u32,
    cache: u32,
}

/// Reads a script: its uses of managers, and the settings that it makes.
fn read<'m>(mut script: PackageScript<'m>, settings: &mut u32) -> PackageScript<'m> {
    let mut cleaned = [Cleaned::default(); MANAGERS.len()];
    let targets = script.run.mounts.iter();
    let targets = targets.filter_map(|mount| mount.value(MountKey::Target));
    let mounted = targets.fold(0, |bits, target| bits | made_in(&target.raw));
    let mut steps = Vec::new();
    let mut step = 0;
    for (node, context) in script.script.nodes_of(
        const {
            Kinds::COMMANDS
                .and(Kinds::COMPOUNDS)
                .and(Kinds::ASSIGNMENTS)
                .and(Kinds::REDIRECTS)
        },
    ) {
        step += 1;
        match node {
            Node::Redirect(redirect) if redirect.operator.value.writes() => {
                *settings |= written(&redirect.target, &context);
            }
            Node::Assignment(assignment) if script.assigned.len() <= MAX_ASSIGNMENTS => {
                let word = assignment.word().filter(|_| !assignment.append);
                script.assigned.push(Assigned {
                    name: assignment.name.value.as_str(),
                    text: word.and_then(Word::text),
                    span: word.map_or(assignment.span, |word| word.span),
                });
            }
            Node::Command(Command::Compound(compound)) => {
                if let CompoundKind::For(command) = &compound.kind
                    && script.assigned.len() <= MAX_ASSIGNMENTS
                {
                    script.assigned.push(Assigned {
                        name: command.variable.value.as_str(),
                        text: None,
                        span: command.variable.span,
                    });
                }
            }
            Node::Command(Command::Simple(command)) => {
                let Some(invocation) = command.unwrapped() else {
                    continue;
                };
                // What is in a function runs when it is called.
                let at = if context.in_function() {
                    u32::MAX
                } else {
                    step
                };
                match Use::of(&invocation) {
                    Some(found) => {
                        clean_by_verb(&found, at, &mut cleaned);
                        script.uses.push(PackageUse {
                            found,
                            command: CommandUse { command, context },
                            packages: Vec::new(),
                            lists: Fate::Stays,
                            cache: Fate::Stays,
                            settings: *settings | mounted,
                        });
                        steps.push(step);
                    }
                    None => {
                        let value =
                            |name: &str| script.value(name).map(|(text, _)| text.to_owned());
                        clean_by_command(&invocation, at, &value, &mut cleaned);
                        if script.fetches_from.is_none() && may_fetch(command, &invocation) {
                            script.fetches_from = Some(command.span.start);
                        }
                    }
                }
                *settings |= set_by_command(&invocation, &context);
            }
            _ => {}
        }
    }
    let instruction = script.dockerfile.acting(script.place.instruction);
    let mut heredocs = instruction.heredocs.iter();
    let is_read =
        script.place.errors.is_empty() && heredocs.all(|heredoc| heredoc.terminator.is_some());
    let mut budget = MAX_EXPANDED;
    let mut mounts: Vec<(&str, [bool; 2])> = Vec::new();
    for (at, step) in steps.into_iter().enumerate() {
        let found = script.uses[at].found;
        let manager = found.manager;
        let known = mounts.iter().find(|(name, _)| *name == manager.name);
        let [lists_mounted, cache_mounted] = match known {
            Some((_, mounted)) => *mounted,
            None => {
                let over = |folders: &[&str]| {
                    let mut folders = folders.iter();
                    folders.any(|folder| script.is_mounted(folder))
                };
                let mounted = [over(manager.lists), over(manager.caches)];
                mounts.push((manager.name, mounted));
                mounted
            }
        };
        let row = MANAGERS.iter().position(|row| row.name == manager.name);
        let last = row.map_or(Cleaned::default(), |row| cleaned[row]);
        // Of a script that is not read to its end nobody knows what it deletes.
        let fate = |is_mounted: bool, last: u32| match (is_mounted, last > step || !is_read) {
            (true, _) => Fate::Mounted,
            (false, true) => Fate::Removed,
            (false, false) => Fate::Stays,
        };
        let packages = match found.action {
            Action::Install | Action::Upgrade | Action::BuildDependencies | Action::Download => {
                script.packages_of(&found, &mut budget)
            }
            _ => Vec::new(),
        };
        let entry = &mut script.uses[at];
        entry.lists = fate(lists_mounted, last.lists);
        entry.cache = fate(cache_mounted, last.cache);
        entry.packages = packages;
    }
    script
}

/// Whether a command may run `apt-get update` without saying so.
fn may_fetch(command: &SimpleCommand, invocation: &Invocation<'_>) -> bool {
    let Some(path) = invocation.path() else {
        return true;
    };
    let name = invocation.name().unwrap_or(path);
    let is_script = name.contains('.') || (path.len() > name.len() && !path.contains("/bin/"));
    let is_shell = matches!(
        name,
        "sh" | "bash" | "dash" | "ash" | "zsh" | "python" | "python3" | "perl" | "ruby" | "npx"
    );
    is_script
        || (is_shell && command.inner_script().is_none())
        || (name.contains('t')
            && ["setup", "install", "apt"]
                .iter()
                .any(|part| name.contains(part))
            && !matches!(
                name,
                "install" | "apt-key" | "apt-mark" | "apt-cache" | "apt-config"
            ))
}

/// Notes what a manager's own verb deletes. Managers of one system share their caches.
fn clean_by_verb(found: &Use<'_>, at: u32, cleaned: &mut [Cleaned; MANAGERS.len()]) {
    let (lists, cache) = match found.action {
        Action::Clean => (false, true),
        Action::CleanAll if found.is_of(System::Dnf) => {
            // `packages`, `metadata` and others are parts of `all`.
            let of = |part: &str| {
                found
                    .operands()
                    .any(|word| word.text().is_none_or(|text| text == part))
            };
            (of("all"), of("all") || of("packages"))
        }
        Action::CleanAll => (true, true),
        _ => return,
    };
    for (row, entry) in MANAGERS.iter().zip(cleaned) {
        if row.system == found.manager.system {
            if lists {
                entry.lists = at.max(entry.lists);
            }
            if cache {
                entry.cache = at.max(entry.cache);
            }
        }
    }
}

/// Notes what another command deletes. `value` tells the values of variables.
fn clean_by_command(
    invocation: &Invocation<'_>,
    at: u32,
    value: &dyn Fn(&str) -> Option<String>,
    cleaned: &mut [Cleaned; MANAGERS.len()],
) {
    let Some(name) = invocation.name() else {
        return;
    };
    let args = invocation.args();
    let deletes = |word: &Word| word.is("-delete") || word.is("rm");
    let (words, is_recursive) = match name {
        "rm" => (args, invocation.has_any_flag(&["r", "R", "recursive"])),
        "find" if args.iter().any(deletes) => (args.get(..1).unwrap_or_default(), true),
        // The whole of what runs at the end is one word.
        "trap" => {
            let text = args.first().map(Word::leading_text).unwrap_or_default();
            if text.contains("rm ") || text.contains("clean") {
                cleaned.fill(Cleaned {
                    lists: u32::MAX,
                    cache: u32::MAX,
                });
            }
            return;
        }
        // A script that is called like this is likely to do it.
        _ if name.contains("clean") && !matches!(name, "make" | "docker-clean") => {
            for entry in cleaned {
                entry.lists = at.max(entry.lists);
                entry.cache = at.max(entry.cache);
            }
            return;
        }
        _ => return,
    };
    for word in words {
        let path = path_with(word, value);
        if !path.starts_with(['/', '~']) {
            continue;
        }
        let path = Deleted::new(&path, is_recursive);
        for (row, entry) in MANAGERS.iter().zip(cleaned.iter_mut()) {
            let deletes = |folders: &[&str]| {
                let mut folders = folders.iter();
                folders.any(|folder| path.holds(folder))
            };
            if deletes(row.lists) {
                entry.lists = at.max(entry.lists);
            }
            if deletes(row.caches) {
                entry.cache = at.max(entry.cache);
            }
        }
    }
}

/// A word as a path, as far as the first variable; `$HOME` is `~`.
fn path_of(word: &Word) -> Cow<'_, str> {
    path_with(word, &|_| None)
}

/// The same as far as the first variable whose value nobody knows.
fn path_with<'w>(word: &'w Word, value: &dyn Fn(&str) -> Option<String>) -> Cow<'w, str> {
    if word.text().is_some() {
        return word.leading_text();
    }
    let lookup = |name: &str| match name {
        "HOME" => Some(Cow::Borrowed("~")),
        _ => value(name).map(Cow::Owned),
    };
    word.resolve(&lookup).unwrap_or_else(|| word.leading_text())
}

/// A path that is deleted, perhaps a pattern.
struct Deleted<'p> {
    path: &'p str,
    /// What is in front of the first brace and behind it: `/var/{lib/apt,cache}/`
    braces: Option<(&'p str, &'p str)>,
    is_recursive: bool,
    /// What is behind somebody's home.
    home: Option<&'p str>,
}

impl<'p> Deleted<'p> {
    fn new(path: &'p str, is_recursive: bool) -> Deleted<'p> {
        let braces = path.split_once('{');
        let path = path.trim_end_matches(['*', '/']);
        Deleted {
            path,
            braces,
            is_recursive,
            home: in_home(path),
        }
    }

    /// Whether it is a folder or what is in it.
    fn holds(&self, folder: &str) -> bool {
        if let Some((before, behind)) = self.braces {
            let last = folder.rsplit('/').next().unwrap_or_default();
            let around = folder.rsplit('/').nth(1).unwrap_or_default();
            return before.len() > 1
                && (folder.starts_with(before) || before.starts_with(folder))
                && (behind.contains(last) || behind.contains(around));
        }
        // Outside homes one of them has to begin with the other, and most do not.
        if self.home.is_none() {
            let mut pairs = self.path.bytes().zip(folder.bytes());
            if !pairs.all(|(one, other)| one == other) {
                return false;
            }
        }
        is_at_or_below(self.path, folder)
            || (self.is_recursive && is_at_or_below(folder, self.path))
    }
}

/// Whether a path is a folder or lies in it. The homes of all users are one.
fn is_at_or_below(path: &str, folder: &str) -> bool {
    // The end of the folder shows the soonest that nearly every path is another.
    let below = |path: &str, folder: &str| {
        let behind = path.as_bytes().get(folder.len());
        let may_end = behind.map_or(path.len() == folder.len(), |byte| *byte == b'/');
        may_end && path.starts_with(folder)
    };
    if folder.len() < 2 {
        return false;
    }
    below(path, folder)
        || match (in_home(path), in_home(folder)) {
            (Some(path), Some(folder)) => folder.is_empty() || below(path, folder),
            _ => false,
        }
}

/// What is behind the home of some user: `.cache` of `/root/.cache`.
fn in_home(path: &str) -> Option<&str> {
    // Nearly every path begins with something else.
    if !matches!(path.as_bytes(), [b'~', ..] | [b'/', b'h' | b'r', ..]) {
        return None;
    }
    let behind = |rest: &'_ str| rest.is_empty() || rest.starts_with('/');
    let rest = match path
        .strip_prefix('~')
        .or_else(|| path.strip_prefix("/root"))
    {
        Some(rest) => rest,
        None => {
            let rest = path.strip_prefix("/home/")?;
            &rest[rest.find('/').unwrap_or(rest.len())..]
        }
    };
    behind(rest).then(|| rest.trim_start_matches('/'))
}

fn is_mounted(dockerfile: &Dockerfile, index: usize, run: &Run, folder: &str) -> bool {
    run.mounts.iter().any(|mount| {
        let holds = matches!(
            mount.kind,
            Some(MountKind::Cache | MountKind::Tmpfs | MountKind::Bind) | None
        );
        let target = mount.value(MountKey::Target).filter(|_| holds);
        let value = target.map(|target| dockerfile.value_at(index, target));
        value.is_some_and(|value| {
            value
                .text()
                .is_none_or(|target| is_at_or_below(folder, target.trim_end_matches('/')))
        })
    })
}

/// The programs that write settings when they are told to.
const SETTERS: Programs = {
    let mut all = Programs::of(&[]);
    let mut index = 0;
    while index < SETTINGS.len() {
        all = all.and(Programs::of(SETTINGS[index].setters));
        index += 1;
    }
    all
};

/// False if a file or folder surely holds none of [`SETTINGS`], nor is in a folder with them.
fn may_hold_settings(path: &str) -> bool {
    path == "/etc" || path.starts_with("/etc/") || in_home(path).is_some()
}

/// The settings for which a question has a yes.
fn bits(mut of: impl FnMut(&packages::managers::Setting) -> bool) -> u32 {
    let settings = SETTINGS.iter().enumerate();
    settings.fold(0, |bits, (at, setting)| {
        bits | (u32::from(of(setting)) << at)
    })
}

/// The settings that can be in a file or folder of this path, or in one in it.
fn made_in(path: &str) -> u32 {
    let path = path.trim_end_matches('/');
    if !path.is_empty() && !may_hold_settings(path) {
        return 0;
    }
    bits(|setting| {
        let folder = setting
            .file
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let is_file = path.starts_with(setting.file);
        is_file || path.is_empty() || path == folder || is_at_or_below(folder, path)
    })
}

/// The settings that `COPY` and `ADD` may bring.
fn brought(dockerfile: &Dockerfile, index: usize, paths: &List) -> u32 {
    let Some(destination) = paths.destination() else {
        return 0;
    };
    let value = dockerfile.value_at(index, destination);
    match value.text() {
        Some(path) if path.starts_with('/') => made_in(path),
        _ => 0,
    }
}

/// The settings that a redirection to a path may make.
fn written(target: &Word, context: &Context<'_>) -> u32 {
    let path = path_of(target);
    if !may_hold_settings(&path) {
        return 0;
    }
    bits(|setting| {
        is_file_of(setting.file, &path)
            && context
                .pipeline()
                .is_none_or(|pipeline| may_name(setting, pipeline))
    })
}

/// Whether a path begins like that of a file with settings.
fn is_file_of(file: &str, path: &str) -> bool {
    path.starts_with(file)
        || match (in_home(path), in_home(file)) {
            (Some(path), Some(_)) => {
                let file = file.trim_start_matches(['~', '/']);
                path.starts_with(file)
            }
            _ => false,
        }
}

/// How many commands of a pipeline are looked at; of a longer one nothing is known.
const MAX_PIPED: usize = 64;

/// Whether what a pipeline writes can name a setting: it does, or it is not known.
fn may_name(setting: &packages::managers::Setting, pipeline: &Pipeline) -> bool {
    if pipeline.commands.len() > MAX_PIPED {
        return true;
    }
    pipeline.commands.iter().any(|command| {
        let Some(command) = command.as_simple() else {
            return true;
        };
        let names = |word: &Word| {
            word.has_expansion() || word.text().is_some_and(|text| setting.is_named_in(text))
        };
        let bodies = command
            .redirects
            .iter()
            .filter_map(|redirect| redirect.heredoc.as_ref()?.body());
        let name = command.unwrapped().and_then(|invocation| invocation.name());
        match name {
            Some("echo" | "printf" | "cat" | "tee" | "sed") => {
                command.args().iter().any(names) || bodies.map(|body| &body.text).any(names)
            }
            _ => true,
        }
    })
}

/// The settings that a command may make: it writes their file, or configures their manager.
fn set_by_command(invocation: &Invocation<'_>, context: &Context<'_>) -> u32 {
    let Some(name) = invocation.name() else {
        return 0;
    };
    let args = invocation.args();
    let writes = matches!(
        name,
        "tee" | "cp" | "mv" | "ln" | "sed" | "install" | "curl" | "wget"
    );
    let plain = Manager::called(name).map_or(name, |manager| manager.name);
    let is_setter = || {
        SETTINGS
            .iter()
            .any(|setting| setting.setters.contains(&plain))
    };
    let configures = SETTERS.may_have(plain)
        && is_setter()
        && (name.contains("config")
            || args.iter().any(|word| {
                word.literal()
                    .is_some_and(|text| text.starts_with("config"))
            }));
    if !writes && !configures {
        return 0;
    }
    let paths = args.iter().filter(|_| writes).map(path_of);
    let paths: Vec<Cow<'_, str>> = paths.filter(|path| may_hold_settings(path)).collect();
    if paths.is_empty() && !configures {
        return 0;
    }
    bits(|setting| {
        let is_written = paths.iter().any(|path| is_file_of(setting.file, path))
            && context
                .pipeline()
                .is_none_or(|pipeline| may_name(setting, pipeline));
        let is_configured = configures
            && setting.setters.contains(&plain)
            && args
                .iter()
                .any(|word| setting.is_named_in(&word.leading_text()));
        is_written || is_configured
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    fn with<R>(text: &str, look: impl FnOnce(&Packages<'_>) -> R) -> R {
        let model = Dockerfile::new(parse(text).tree);
        look(&Packages::of(&model))
    }

    /// For each command its verb, packages, and what becomes of lists and cache.
    fn uses(run: &str) -> Vec<String> {
        let text = format!("FROM a\nENV FROM_ENV='x y=1'\n{run}\n");
        with(&text, |packages| {
            let uses = packages.scripts.iter().flat_map(|script| &script.uses);
            let shown = uses.map(|found| {
                let names = found.packages.iter();
                let names: Vec<&str> = names.map(|package| package.span.text(&text)).collect();
                let (lists, cache) = (found.lists, found.cache);
                format!(
                    "{} [{}] {lists:?} {cache:?}",
                    found.verb.name,
                    names.join(" ")
                )
            });
            shown.collect()
        })
    }

    #[test]
    fn every_setting_is_where_settings_are_looked_for() {
        for setting in SETTINGS {
            assert!(may_hold_settings(setting.file), "{}", setting.file);
        }
    }

    #[test]
    fn what_a_run_cleans_up_behind_is_known() {
        let cases: &[(&str, &[&str])] = &[
            (
                "RUN apt-get update && apt-get install a && rm -rf /var/lib/apt/lists/* && apt update",
                &[
                    "update [] Removed Stays",
                    "install [a] Removed Stays",
                    "update [] Stays Stays",
                ],
            ),
            (
                "RUN apt-get install a; apt-get clean",
                &["install [a] Stays Removed", "clean [] Stays Stays"],
            ),
            (
                "RUN rm -rf /var/lib/apt/lists; apt-get install a; apt-get distclean",
                &["install [a] Removed Removed", "distclean [] Stays Stays"],
            ),
            (
                "RUN dnf install a && yum clean all",
                &["install [a] Removed Removed", "clean [] Stays Stays"],
            ),
            (
                "RUN dnf install a && dnf clean packages",
                &["install [a] Stays Removed", "clean [] Stays Stays"],
            ),
            (
                "RUN dnf install a && rm -rf /var/cache",
                &["install [a] Removed Removed"],
            ),
            (
                "RUN dnf install a && rm -f /var/cache",
                &["install [a] Stays Stays"],
            ),
            (
                "RUN pip install a && rm -rf ~/.cache",
                &["install [a] Stays Removed"],
            ),
            (
                "RUN pip install a && rm -rf \"$HOME\"/.cache/pip",
                &["install [a] Stays Removed"],
            ),
            (
                "RUN pip install a && rm -rf /home/u/.cache",
                &["install [a] Stays Removed"],
            ),
            (
                "RUN npm i a && rm -rf /root/.npm/*",
                &["i [a] Stays Removed"],
            ),
            (
                "RUN npm i a && rm -rf /root/.npmrc /tmp/*",
                &["i [a] Stays Stays"],
            ),
            (
                "RUN apt-get install a && rm -rf /var/{lib/apt,cache}/*",
                &["install [a] Removed Removed"],
            ),
            (
                "RUN apk add a && ./cleanup.sh",
                &["add [a] Removed Removed"],
            ),
            (
                "RUN f() { rm -rf /var/cache/apk; }; apk add a; f",
                &["add [a] Removed Removed"],
            ),
            (
                "RUN trap 'rm -rf /tmp/x' EXIT; apk add a",
                &["add [a] Removed Removed"],
            ),
            (
                "RUN --mount=type=cache,target=/var/cache/apt --mount=type=tmpfs,dst=/var/lib/apt/ apt-get install a",
                &["install [a] Mounted Mounted"],
            ),
            (
                "RUN --mount=type=cache,target=/root/.cache pip install a",
                &["install [a] Stays Mounted"],
            ),
            (
                "RUN --mount=type=cache,target=$X pip install a",
                &["install [a] Stays Mounted"],
            ),
            (
                "RUN --mount=type=secret,target=/root/.cache/pip pip install a",
                &["install [a] Stays Stays"],
            ),
        ];
        for (run, expected) in cases {
            assert_eq!(uses(run), *expected, "{run}");
        }
    }

    #[test]
    fn variables_are_looked_up_for_packages() {
        let cases = [
            ("RUN deps='a  b=1' && apk add $deps c", "a b=1 c"),
            ("RUN deps='a \\\n b' && apk add $deps", "$deps $deps"),
            ("RUN deps=a; deps=b; apk add $deps", "$deps"),
            ("RUN for p in a b; do apk add $p; done", "$p"),
            (
                "RUN apk add $FROM_ENV ${FROM_ENV}",
                "$FROM_ENV $FROM_ENV ${FROM_ENV} ${FROM_ENV}",
            ),
            ("RUN apk add $OTHER $(cat x) a$b", "$OTHER $(cat x) a$b"),
            ("RUN sh -c 'apk add a b'", "a b"),
            ("RUN x='-t v' && apk add $x a", "v a"),
        ];
        for (run, expected) in cases {
            let found = uses(run);
            assert!(
                found[0].contains(&format!("[{expected}]")),
                "{run}: {found:?}"
            );
        }
    }

    #[test]
    fn settings_count_from_where_they_are_made() {
        let cases = [
            (
                "RUN echo 'APT::Get::Assume-Yes \"true\";' >/etc/apt/apt.conf.d/x",
                true,
            ),
            (
                "RUN echo 'Acquire::Retries 3;' >/etc/apt/apt.conf.d/x",
                false,
            ),
            (
                "RUN echo 'apt::get::assume-yes 1;' | tee -a /etc/apt/apt.conf",
                true,
            ),
            (
                "RUN cat <<E >/etc/apt/apt.conf.d/x\nAPT::Get::Assume-Yes 1;\nE",
                true,
            ),
            ("COPY x /etc/apt/apt.conf.d/", true),
            ("COPY x /etc/apt/sources.list.d/", false),
            ("COPY rootfs/ /", true),
            ("COPY x /etc/app", false),
            ("ENV APT_CONFIG=/x", true),
            ("RUN echo assumeyes=1 >>/etc/yum.conf", false),
        ];
        for (before, expected) in cases {
            for from in ["", "FROM a\n"] {
                let text = format!("FROM debian AS a\n{before}\n{from}RUN apt-get install a\n");
                let is_set = with(&text, |packages| {
                    let script = packages.scripts.last().unwrap();
                    script.uses[0].is_set(Effect::AssumesYes)
                });
                assert_eq!(is_set, expected, "{text}");
            }
        }
    }

    #[test]
    fn lists_of_apt_pass_from_run_to_run() {
        let text = "FROM a AS b\nRUN apt-get update\nRUN apt-get install x\n\
            RUN apt-get update && rm -rf /var/lib/apt/lists\nFROM b\nRUN apt-get install y\n\
            FROM a\nRUN apt-get update\n";
        with(text, |packages| {
            let lists = packages.scripts.iter();
            let lists: Vec<_> = lists
                .map(|script| (script.lists_before, script.needs_lists_behind))
                .collect();
            assert_eq!(
                lists,
                [
                    (Lists::Unknown, true),
                    (Lists::Fetched(1), false),
                    (Lists::Fetched(1), true),
                    (Lists::Deleted(3), false),
                    (Lists::Unknown, false),
                ]
            );
        });
    }

    #[test]
    fn variables_of_the_process_are_known() {
        let cases = [
            ("RUN PIP_X=1 pip install a", Some(Some("1"))),
            ("RUN sudo env PIP_X=2 pip install a", Some(Some("2"))),
            ("RUN export PIP_X=3; pip install a", Some(Some("3"))),
            ("RUN export PIP_X=$Y; pip install a", Some(None)),
            ("ENV PIP_X=4\nRUN pip install a", Some(Some("4"))),
            ("ARG PIP_X\nRUN pip install a", None),
            ("RUN pip install a", None),
        ];
        for (run, expected) in cases {
            let text = format!("FROM a\n{run}\n");
            with(&text, |packages| {
                let script = &packages.scripts[0];
                let value = script.variable(&script.uses[0], "PIP_X");
                assert_eq!(value, expected, "{run}");
            });
        }
    }

    #[test]
    fn options_hide_in_variables() {
        let cases = [
            ("RUN apt-get install $X a", vec![None]),
            (
                "RUN x='-y --z v' && apt-get $x install a",
                vec![Some("-y"), Some("--z")],
            ),
            ("RUN x='b c' && apt-get install $x a", vec![]),
            ("RUN apt-get install a $X", vec![]),
        ];
        for (run, expected) in cases {
            let text = format!("FROM a\n{run}\n");
            with(&text, |packages| {
                let script = &packages.scripts[0];
                let hidden: Vec<_> = script.hidden_flags(&script.uses[0]).collect();
                assert_eq!(hidden, expected, "{run}");
            });
        }
    }
}

//! Lints Compose files together that make a project: each by itself, and the project as a whole.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use super::builts::{Builts, built_files};
use super::{Linted, Subject, env_files, inline};
use crate::compose::environment::Environment;
use crate::compose::extent::is_found_by_itself;
use crate::compose::project::{Loaded, Loader, Project, Role, Root};
use crate::compose::validate::is_within;
use crate::compose::{File, extent};
use crate::diagnostic::Diagnostic;
use crate::engine::meta::Category;
use crate::engine::ruleset::Ruleset;
use crate::engine::settle::settle;
use crate::engine::suppress::configured;
use crate::engine::suppress::silence::Silences;
use crate::engine::walk::{self, InternalError, Walk};
use crate::text::{FileId, SourceFile, Span, order};
use crate::workspace::fs::FileSystem;
use crate::workspace::kind::{Kind, kind_of_named};
use crate::workspace::projects::{Files, Places, leads};

/// Files that are linted together, and the projects that begin among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// The files, by their numbers.
    pub files: Vec<FileId>,
    /// Where projects begin; none for Dockerfiles.
    pub roots: Vec<Root>,
}

/// A Compose file of a unit.
#[derive(Clone, Copy)]
pub struct Member<'m> {
    /// The file.
    pub subject: Subject<'m>,
    /// The rules for it.
    pub ruleset: &'m Ruleset,
}

/// Where the other files of a project are.
#[derive(Clone, Copy)]
pub struct Elsewhere<'e> {
    /// The folders of the run.
    pub places: &'e Places<'e>,
    /// The first number that no file has.
    pub next: &'e AtomicU32,
}

/// What linting a unit came to.
#[derive(Debug, Default)]
pub struct UnitLinted {
    /// That of each member, in their order.
    pub members: Vec<Linted>,
    /// That of other files of the projects with findings, by their paths.
    pub others: Vec<(SourceFile, Linted)>,
    /// What there is to say of the comments in files with variables: of each that has some.
    pub about_comments: Vec<(SourceFile, Vec<Diagnostic>)>,
    /// All files that were read beside the members.
    pub sources: Vec<SourceFile>,
}

/// The root of a file that nothing else is known of.
pub fn root_alone(path: &Path) -> Root {
    Root {
        files: vec![path.to_path_buf()],
        directory: path.parent().unwrap_or(Path::new("")).to_path_buf(),
        is_certain: is_found_by_itself(path),
        ..Root::default()
    }
}

/// Lints the members of a unit and its projects. `today` (`YYYY-MM-DD`) decides about expired suppressions.
pub fn lint_unit(
    members: &[Member<'_>],
    roots: &[Root],
    elsewhere: Option<Elsewhere<'_>>,
    today: Option<&str>,
) -> UnitLinted {
    let mut walks: Vec<Walk> = Vec::with_capacity(members.len());
    let mut read: Vec<Option<Read>> = Vec::with_capacity(members.len());
    for member in members {
        let one = || walk_file(member, roots);
        let (walk, file) = match catch_unwind(AssertUnwindSafe(one)) {
            Ok((walk, file)) => (walk, file),
            Err(panic) => (failed(&*panic), None),
        };
        walks.push(walk);
        read.push(file);
    }
    let files = elsewhere.map(|elsewhere| {
        let paths = members.iter().map(|m| &*m.subject.source.path);
        let files = Files::new(elsewhere.places, paths, elsewhere.next);
        for (path, loaded) in loaded(members, &read) {
            files.insert(path, loaded);
        }
        files
    });
    let numbers: HashMap<FileId, usize> = members
        .iter()
        .enumerate()
        .map(|(number, member)| (member.subject.source.id, number))
        .collect();
    let own: Vec<usize> = walks.iter().map(|walk| walk.findings.len()).collect();
    let mut replaced = Replaced::default();
    let mut others: BTreeMap<FileId, Walk> = BTreeMap::new();
    let mut ruleset_of_others = None;
    let mut with_variables = HashSet::new();
    let mut is_complete = true;
    for root in roots {
        // The rules of the file that the project begins with, or of the first one of it that is linted.
        let lead = root
            .files
            .iter()
            .find_map(|path| members.iter().position(|m| m.subject.source.path == *path))
            .unwrap_or(0);
        let Some(member) = members.get(lead) else {
            continue;
        };
        // What a file says of defaults may not hold with the values of the project's variables.
        let has_values = !root.env_files.is_empty() && own.iter().any(|count| *count > 0);
        let looks_at_projects = member.ruleset.looks_at_projects();
        is_complete &= looks_at_projects && read[lead].is_some();
        if !(looks_at_projects || has_values) || read[lead].is_none() {
            continue;
        }
        ruleset_of_others.get_or_insert(member.ruleset);
        let one = || {
            let mut project = project(root, lead, members, &read, files.as_ref());
            with_variables.extend(project.variables.iter().map(|file| file.id));
            let values = std::mem::take(&mut project.replaced);
            let seen = project.files.iter().map(|file| file.id).collect();
            let table = member.ruleset.table();
            let wants_builds = !table.build.is_empty() || !table.builds.is_empty();
            let builts = match wants_builds {
                true => built_files(&project, files.as_ref()),
                false => Builts::default(),
            };
            let builds = match wants_builds {
                true => builts.uses(&project),
                false => Vec::new(),
            };
            let walk = walk::project(&project, &builds, member.subject.source, member.ruleset);
            (walk, seen, values)
        };
        let (walk, seen, values) = catch_unwind(AssertUnwindSafe(one))
            .unwrap_or_else(|panic| (failed(&*panic), Vec::new(), BTreeMap::new()));
        replaced.add(seen, values);
        spread(walk, lead, &numbers, &mut walks, &mut others);
    }
    for ((member, walk), own) in members.iter().zip(&mut walks).zip(own) {
        replaced.drop_findings(walk, own, member);
    }
    let mut sources = files.map(|files| files.sources()).unwrap_or_default();
    sources.retain(|id, _| !numbers.contains_key(id));
    let mut about_comments = Vec::new();
    is_complete &= walks.iter().all(|walk| walk.internal.is_empty());
    for (id, source) in &sources {
        if let Some(ruleset) = ruleset_of_others.filter(|_| with_variables.contains(id)) {
            let said =
                env_files::silence(source, ruleset, today, is_complete, &mut walks, &mut others);
            about_comments.extend(said.map(|said| (source.clone(), said)));
        }
    }
    let settled = members
        .iter()
        .zip(walks)
        .map(|(member, walk)| finish(member.subject.source, member.ruleset, walk, today));
    let mut linted = UnitLinted {
        members: settled.collect(),
        about_comments,
        ..UnitLinted::default()
    };
    for (id, mut walk) in others {
        if let (Some(source), Some(ruleset)) = (sources.get(&id), ruleset_of_others) {
            if !with_variables.contains(&id) {
                let kind = kind_of_named(&source.path, &source.text);
                walk.ignore_comments = walk::ignore_comments(source, kind, ruleset);
            }
            let findings = finish_part(source, ruleset, walk, today);
            linted.others.push((source.clone(), findings));
        }
    }
    order::sort_by(&mut linted.others, |a, b| a.0.path.cmp(&b.0.path));
    linted.sources = sources.into_values().collect();
    linted
}

/// Lints a Compose file among `others`, which are in `files` as well: those of its project are looked at with it.
pub fn lint_among(
    subject: Subject<'_>,
    others: &[SourceFile],
    files: &dyn FileSystem,
    ruleset: &Ruleset,
    today: Option<&str>,
) -> Linted {
    let linted = lint_all_among(subject, others, files, ruleset, today);
    linted.members.into_iter().next().unwrap_or_default()
}

/// Like [`lint_among`], with the findings of all files: those of the subject come first.
pub fn lint_all_among(
    subject: Subject<'_>,
    others: &[SourceFile],
    files: &dyn FileSystem,
    ruleset: &Ruleset,
    today: Option<&str>,
) -> UnitLinted {
    let own = &subject.source.path;
    let others = others.iter().filter(|source| source.path != *own);
    let all: Vec<&SourceFile> = std::iter::once(subject.source).chain(others).collect();
    let leads: Vec<_> = all
        .iter()
        .map(|source| leads(&source.path, &source.text))
        .collect();
    let places = Places::new(files);
    let groups = places.group(&leads);
    let Some(group) = groups.iter().find(|group| group.files.contains(&0)) else {
        return UnitLinted::default();
    };
    let members: Vec<Member<'_>> = group
        .files
        .iter()
        .map(|number| Member {
            subject: Subject {
                source: all[*number],
                kind: Kind::Compose,
                beside: subject.beside.filter(|_| *number == 0),
            },
            ruleset,
        })
        .collect();
    let last = all.iter().map(|source| source.id.0).max().unwrap_or(0);
    let next = AtomicU32::new(last + 1);
    let elsewhere = Elsewhere {
        places: &places,
        next: &next,
    };
    lint_unit(&members, &group.roots, Some(elsewhere), today)
}

/// A project as it is shown to people.
#[derive(Debug)]
pub struct Surveyed {
    /// The project.
    pub project: Project,
    /// The builds of its services and jobs.
    pub builds: Vec<SurveyedBuild>,
}

/// A build of a project.
#[derive(Debug)]
pub struct SurveyedBuild {
    /// The service or job.
    pub service: String,
    /// The folder that files are taken from, if it is known.
    pub context: Option<PathBuf>,
    /// The Dockerfile, if its path is known.
    pub dockerfile: Option<PathBuf>,
    /// Whether the Dockerfile stands in the Compose file.
    pub is_inline: bool,
    /// Whether the Dockerfile could be read.
    pub is_read: bool,
    /// The name of the stage that is built, or its number; `None` where it is not known.
    pub stage: Option<String>,
}

impl Surveyed {
    /// The path of the file that the project begins with.
    pub fn base(&self) -> Option<&Path> {
        let mut files = self.project.files.iter();
        let base = files.find(|file| file.role == Role::Base)?;
        Some(&base.path)
    }
}

/// A project and the Dockerfiles that it builds.
#[derive(Debug)]
pub struct Linked {
    /// The project.
    pub project: Project,
    /// The Dockerfiles.
    pub builts: Builts,
}

/// Loads the projects of a unit without linting them, with all files that were read.
pub fn load_unit(
    members: &[Arc<Loaded>],
    roots: &[Root],
    elsewhere: Elsewhere<'_>,
) -> (Vec<Linked>, HashMap<FileId, SourceFile>) {
    let paths = members.iter().map(|member| &*member.source.path);
    let files = Files::new(elsewhere.places, paths, elsewhere.next);
    for member in members {
        files.insert(member.source.path.clone(), member.clone());
    }
    let load = |root| {
        let project = Project::load(root, Environment::default(), &files);
        let builts = built_files(&project, Some(&files));
        Linked { project, builts }
    };
    let linked = roots.iter().map(load).collect();
    (linked, files.sources())
}

/// Loads the projects of a unit for being shown.
pub fn survey_unit(
    members: &[&SourceFile],
    roots: &[Root],
    elsewhere: Elsewhere<'_>,
) -> Vec<Surveyed> {
    let loaded = members.iter().map(|source| {
        let yaml = crate::yaml::parse(&source.text).tree;
        let source = (*source).clone();
        Arc::new(Loaded { source, yaml })
    });
    let loaded: Vec<Arc<Loaded>> = loaded.collect();
    let (linked, _) = load_unit(&loaded, roots, elsewhere);
    linked.into_iter().map(surveyed).collect()
}

fn surveyed(linked: Linked) -> Surveyed {
    let Linked { project, builts } = linked;
    let uses = builts.uses(&project);
    let builds = uses.iter().map(|build| {
        let stage = build.stage().and_then(|stage| {
            let stage = build.dockerfile?.model.stages.get(stage)?;
            let name = stage.name.as_ref().map(|name| name.value.to_string());
            Some(name.unwrap_or_else(|| stage.index.to_string()))
        });
        SurveyedBuild {
            service: build.owner.value.to_string(),
            context: project.context_path(build.build),
            dockerfile: project.dockerfile_path(build.build),
            is_inline: build.build.value.dockerfile_inline.is_some(),
            is_read: build.dockerfile.is_some(),
            stage,
        }
    });
    let builds = builds.collect();
    drop(uses);
    Surveyed { project, builds }
}

/// A member that was read.
struct Read {
    loaded: Arc<Loaded>,
    file: Arc<File>,
}

fn walk_file(member: &Member<'_>, roots: &[Root]) -> (Walk, Option<Read>) {
    let source = member.subject.source;
    if source.is_wide() {
        return (walk::bytes(source, member.ruleset), None);
    }
    let parsed = crate::yaml::parse(&source.text);
    let is_over = |root: &Root| root.files.iter().skip(1).any(|path| *path == source.path);
    let overlay = extent::is_override(&source.path) || roots.iter().any(is_over);
    let begins = |root: &&Root| root.files.first() == Some(&source.path);
    let place = walk::Place {
        overlay,
        has_env_file: roots
            .iter()
            .filter(begins)
            .any(|root| !root.env_files.is_empty()),
    };
    let (mut walk, file) = walk::compose(source, &parsed, place, member.ruleset);
    inline::walk_inline(&file, source, member.ruleset, &mut walk);
    let loaded = Loaded {
        source: source.clone(),
        yaml: parsed.tree,
    };
    let read = Read {
        loaded: Arc::new(loaded),
        file: Arc::new(file),
    };
    (walk, Some(read))
}

/// The project that begins at a root.
fn project(
    root: &Root,
    lead: usize,
    members: &[Member<'_>],
    read: &[Option<Read>],
    files: Option<&Files<'_>>,
) -> Project {
    let simple = read[lead]
        .as_ref()
        .filter(|read| is_simple(root, &read.file, &read.loaded.source));
    if let Some(read) = simple {
        let loader = files.map(|files| files as &dyn Loader);
        return Project::alone(read.file.clone(), root, &read.loaded.source, loader);
    }
    match files {
        Some(files) => Project::load(root, Environment::default(), files),
        None => {
            let given = order::map(loaded(members, read));
            Project::load(root, Environment::default(), &given)
        }
    }
}

/// The members that were read, by their paths.
fn loaded<'m>(
    members: &'m [Member<'_>],
    read: &'m [Option<Read>],
) -> impl Iterator<Item = (PathBuf, Arc<Loaded>)> + 'm {
    let all = members.iter().zip(read);
    all.filter_map(|(member, read)| {
        let loaded = read.as_ref()?.loaded.clone();
        Some((member.subject.source.path.clone(), loaded))
    })
}

/// Whether a file is all of its project, and its own values are those of the project.
fn is_simple(root: &Root, file: &File, source: &SourceFile) -> bool {
    let says_something = !file.services.is_empty() || !file.jobs.is_empty();
    root.files.len() == 1
        && says_something
        && file.overlays.is_empty()
        && file.include.is_empty()
        && file
            .services
            .iter()
            .all(|service| service.extends.is_none())
        && (root.env_files.is_empty() || !source.text.contains('$'))
}

/// The scalars whose defaults every project that a file belongs to replaces with values of its own.
#[derive(Default)]
struct Replaced {
    /// By file, in their order.
    spans: HashMap<FileId, Vec<Span>>,
}

impl Replaced {
    /// Takes in what a project replaces, which has read these files.
    fn add(&mut self, files: Vec<FileId>, mut values: BTreeMap<FileId, Vec<Span>>) {
        for file in files {
            let spans = values.remove(&file).unwrap_or_default();
            match self.spans.entry(file) {
                Entry::Vacant(entry) => {
                    entry.insert(spans);
                }
                Entry::Occupied(mut entry) => {
                    let both = |span: &Span| spans.binary_search(span).is_ok();
                    entry.get_mut().retain(both);
                }
            }
        }
    }

    /// Drops, of the first `own` findings of a file, those that say that a default is wrong which nobody uses. Whether
    /// it is safe is another matter: the file goes to people without that `.env`.
    fn drop_findings(&self, walk: &mut Walk, own: usize, member: &Member<'_>) {
        let file = member.subject.source.id;
        let Some(spans) = self.spans.get(&file).filter(|spans| !spans.is_empty()) else {
            return;
        };
        walk.syntax_errors
            .retain(|error| !is_within(spans, error.span));
        let mut number = 0;
        walk.findings.retain(|raw| {
            number += 1;
            let category = member.ruleset.meta(raw.rule).category;
            let is_about_use = matches!(category, Category::Correctness | Category::Syntax);
            let at = raw.finding.at;
            let is_replaced = at.file == file && is_within(spans, at.span);
            number > own || !is_about_use || !is_replaced
        });
    }
}

/// Gives the findings of a project to the files that they stand in.
fn spread(
    walk: Walk,
    lead: usize,
    numbers: &HashMap<FileId, usize>,
    walks: &mut [Walk],
    others: &mut BTreeMap<FileId, Walk>,
) {
    for raw in walk.findings {
        let file = raw.finding.at.file;
        match numbers.get(&file) {
            Some(&number) => walks[number].findings.push(raw),
            None => others.entry(file).or_default().findings.push(raw),
        }
    }
    walks[lead].internal.extend(walk.internal);
}

/// Suppressions, severities, order, for findings in a file that was not walked itself: they say nothing of what its
/// comments are good for.
pub(super) fn finish_part(
    source: &SourceFile,
    ruleset: &Ruleset,
    walk: Walk,
    today: Option<&str>,
) -> Linted {
    let silences = Silences::new(&walk.ignore_comments, ruleset, today);
    let mut silenced = silences.find(&walk.findings);
    silenced.take_over(&walk.findings);
    if !ruleset.ignored().is_empty() {
        configured::suppress(&walk.findings, source, ruleset, today, &mut silenced.by);
    }
    Linted {
        diagnostics: settle(walk.findings, silenced.by, ruleset, source),
        syntax_errors: walk.syntax_errors,
        internal: walk.internal,
    }
}

/// Suppressions, severities, order.
pub(super) fn finish(
    source: &SourceFile,
    ruleset: &Ruleset,
    mut walk: Walk,
    today: Option<&str>,
) -> Linted {
    order::sort_by_key(&mut walk.syntax_errors, |error| error.span);
    let silences = Silences::new(&walk.ignore_comments, ruleset, today);
    let mut silenced = silences.find(&walk.findings);
    if !walk.ignore_comments.is_empty() && !ruleset.table().suppression.is_empty() {
        let is_complete =
            walk.syntax_errors.is_empty() && walk.internal.is_empty() && !walk.is_unanswered;
        let uses = silences.uses(&mut silenced, is_complete);
        let more = walk::suppressions(source, ruleset, &uses);
        silenced.by.extend(silences.find(&more.findings).by);
        walk.findings.extend(more.findings);
        walk.internal.extend(more.internal);
    }
    silenced.take_over(&walk.findings);
    if !ruleset.ignored().is_empty() {
        configured::suppress(&walk.findings, source, ruleset, today, &mut silenced.by);
    }
    let diagnostics = settle(walk.findings, silenced.by, ruleset, source);
    Linted {
        diagnostics,
        syntax_errors: walk.syntax_errors,
        internal: walk.internal,
    }
}

/// A walk that a panic ended.
fn failed(panic: &(dyn std::any::Any + Send)) -> Walk {
    let error = InternalError {
        place: "the parser",
        message: walk::panic_message(panic),
    };
    Walk {
        internal: vec![error],
        ..Walk::default()
    }
}

//! The files of the workspace, what belongs together, and the findings of each unit, kept as long as nothing that it
//! was made from changes.
//!
//! What a change makes stale: the unit that the file is in, and every unit that read it. Files that come or go, ignore
//! files, `.env` files and configurations make more stale. Linting is asked for in small portions, so that the server
//! can answer in between.
//!
//! Not for: the protocol. Nothing here knows of documents, only of paths; open texts are in the file system below.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use super::accepted::Accepted;
use crate::check::survey::{self, Ground, Known};
use crate::check::{self, Elsewhere, Linted, Member, Subject};
use crate::compose::project::Root;
use crate::config::Config;
use crate::config::discover::{ConfigError, Configs};
use crate::config::projects;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::engine::fix::{self, Fixed};
use crate::engine::meta::Preset;
use crate::engine::ruleset::Ruleset;
use crate::rules::RULES;
use crate::text::span::offset;
use crate::text::{FileId, SourceFile, Sources, order};
use crate::workers::parallel;
use crate::workspace::beside::Folders;
use crate::workspace::discover::{self, Found, Options};
use crate::workspace::fs::FileSystem;
use crate::workspace::kind::{Kind, kind_by_name};
use crate::workspace::projects::{Places, leads};

/// How many units are linted before the server looks at its messages again.
const PORTION: usize = 64;

/// A name for a unit: its first file.
type UnitName = PathBuf;

/// The workspace as a linter sees it.
pub struct Index<'f> {
    files: &'f dyn FileSystem,
    today: String,
    threads: usize,
    folders: Vec<PathBuf>,
    presets: Vec<Preset>,
    places: Places<'f>,
    beside: Folders<'f>,
    configs: Configs<'f>,
    /// The files that configurations were made of.
    config_files: HashSet<PathBuf>,
    rulesets: Vec<(Arc<Config>, Arc<Ruleset>)>,
    accepted: Accepted<'f>,
    /// What the last walk found.
    walked: Vec<Found>,
    leads: Known,
    found: HashMap<PathBuf, Found>,
    units: BTreeMap<UnitName, Unit>,
    unit_of: HashMap<PathBuf, UnitName>,
    /// The units that read a file.
    readers: HashMap<PathBuf, BTreeSet<UnitName>>,
    /// The units with findings in a file.
    speakers: BTreeMap<PathBuf, BTreeSet<UnitName>>,
    pending: BTreeSet<UnitName>,
    /// Whether files may have come or gone.
    is_walk_stale: bool,
    /// Whether files may belong together otherwise than before.
    is_survey_stale: bool,
}

/// Files that are linted together.
struct Unit {
    files: Vec<PathBuf>,
    roots: Vec<Root>,
    findings: Option<Findings>,
}

/// What linting a unit came to.
#[derive(Debug, Default)]
struct Findings {
    by_path: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// The files that findings are in or point to.
    sources: Sources,
    /// Every file that was read.
    reads: BTreeSet<PathBuf>,
    /// How many places of a file do not follow the grammar.
    syntax_errors: BTreeMap<PathBuf, usize>,
    /// What went wrong inside dockworthy.
    internal: Vec<String>,
}

/// A finding, and the files that it points to.
#[derive(Clone, Copy)]
pub struct Finding<'i> {
    /// The finding.
    pub diagnostic: &'i Diagnostic,
    /// The files.
    pub sources: &'i Sources,
}

/// What came of linting a portion.
#[derive(Debug, Default)]
pub struct Progress {
    /// The files whose findings may be others now.
    pub changed: BTreeSet<PathBuf>,
    /// What went wrong inside dockworthy, each with its file.
    pub internal: Vec<String>,
}

/// What is needed to lint a unit.
struct Job {
    name: UnitName,
    files: Vec<(Found, Arc<Ruleset>)>,
    /// Files that are not linted, because their configuration is broken.
    withheld: Vec<PathBuf>,
    roots: Vec<Root>,
}

impl<'f> Index<'f> {
    /// An index of nothing. `today` (`YYYY-MM-DD`) decides about expired suppressions.
    pub fn new(files: &'f dyn FileSystem, today: String) -> Index<'f> {
        Index {
            files,
            today,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            folders: Vec::new(),
            presets: Vec::new(),
            places: Places::new(files),
            beside: Folders::new(files),
            configs: Configs::new(files, RULES),
            config_files: HashSet::new(),
            rulesets: Vec::new(),
            accepted: Accepted::new(files),
            walked: Vec::new(),
            leads: Known::new(),
            found: HashMap::new(),
            units: BTreeMap::new(),
            unit_of: HashMap::new(),
            readers: HashMap::new(),
            speakers: BTreeMap::new(),
            pending: BTreeSet::new(),
            is_walk_stale: true,
            is_survey_stale: true,
        }
    }

    /// Says which folders are open. Everything is looked at anew.
    pub fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
        self.refresh();
    }

    /// The folders that are open.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The projects that configurations name, by their files.
    pub fn given(&self) -> HashMap<PathBuf, Root> {
        self.places.given()
    }

    /// The files that configurations are made of and name, whatever they are called.
    pub fn configured_files(&self) -> BTreeSet<PathBuf> {
        let given = self.places.given().into_values();
        let named = given.flat_map(|root| root.files.into_iter().chain(root.env_files));
        named.chain(self.config_files.iter().cloned()).collect()
    }

    /// Says which presets count in place of the configured ones; none for these.
    pub fn set_presets(&mut self, presets: Vec<Preset>) {
        if self.presets != presets {
            self.presets = presets;
            self.rulesets.clear();
            self.all_are_stale();
        }
    }

    /// Sets the date.
    pub fn set_today(&mut self, today: String) {
        if self.today != today {
            self.today = today;
            self.all_are_stale();
        }
    }

    /// Forgets what is known of the disk, because anything may have changed.
    pub fn refresh(&mut self) {
        self.leads.clear();
        self.forget_folders();
        self.forget_configs();
        self.is_walk_stale = true;
    }

    fn forget_folders(&mut self) {
        self.places = Places::new(self.files).with_opened(self.folders.clone());
        self.beside = Folders::new(self.files);
        self.is_survey_stale = true;
    }

    fn forget_configs(&mut self) {
        self.configs = Configs::new(self.files, RULES);
        self.config_files.clear();
        self.rulesets.clear();
        self.accepted = Accepted::new(self.files);
        self.is_survey_stale = true;
        self.all_are_stale();
    }

    fn all_are_stale(&mut self) {
        self.pending.extend(self.units.keys().cloned());
    }

    /// The text of a file changed, on the disk or in the editor.
    pub fn text_changed(&mut self, path: &Path) {
        let readers = self.readers.get(path).into_iter().flatten();
        self.pending
            .extend(readers.chain(self.unit_of.get(path)).cloned());
        match self.role(path) {
            Role::Config => self.forget_configs(),
            Role::Surroundings => {
                self.forget_folders();
                let folder = path.parent().unwrap_or(Path::new(""));
                let near = self.units.iter().filter(|(_, unit)| unit.is_near(folder));
                self.pending.extend(near.map(|(name, _)| name.clone()));
            }
            Role::Other => {}
        }
        if let Some(old) = self.leads.remove(path) {
            let text = self.files.read(path).unwrap_or_default();
            let text: Arc<str> = String::from_utf8_lossy(&text).into();
            let new = leads(path, &text);
            self.is_survey_stale |= new.to != old.to || new.dockerfiles != old.dockerfiles;
            self.leads.insert(path.to_path_buf(), new);
        }
    }

    fn role(&self, path: &Path) -> Role {
        let name = path.file_name().and_then(|name| name.to_str());
        match (kind_by_name(path), name) {
            (Some(Kind::Config), _) => Role::Config,
            _ if self.config_files.contains(path) || self.accepted.knows(path) => Role::Config,
            (Some(Kind::Dockerignore), _) => Role::Surroundings,
            (_, Some(".env" | ".gitignore" | ".gitattributes")) => Role::Surroundings,
            _ => Role::Other,
        }
    }

    /// A file came or went.
    pub fn presence_changed(&mut self, path: &Path) {
        self.leads.remove(path);
        self.forget_folders();
        self.is_walk_stale |= !matches!(kind_by_name(path), Some(Kind::Dockerignore | Kind::Env));
        match self.role(path) {
            Role::Config => self.forget_configs(),
            _ => self.all_are_stale(),
        }
    }

    /// A file was saved: it may be new to the disk, and so may others be.
    pub fn saved(&mut self, path: &Path) {
        if !self.walked.iter().any(|found| found.path == *path) {
            self.is_walk_stale |=
                matches!(kind_by_name(path), Some(Kind::Dockerfile | Kind::Compose));
        }
        self.forget_folders();
        self.text_changed(path);
    }

    /// What the editor takes files for changed.
    pub fn kinds_changed(&mut self) {
        self.is_survey_stale = true;
    }

    /// Whether [`Index::settle`] would walk through the folders, which takes a while.
    pub fn must_walk(&self) -> bool {
        self.is_walk_stale && !self.folders.is_empty()
    }

    /// Finds out which files there are and which of them belong together, if that may have changed. `open` are files
    /// that count though no walk meets them. Gives the files that are no longer there.
    pub fn settle(&mut self, open: impl Fn() -> Vec<Found>) -> BTreeSet<PathBuf> {
        if std::mem::take(&mut self.is_walk_stale) {
            let options = Options::default();
            self.walked = match self.folders.is_empty() {
                true => Vec::new(),
                false => discover::discover(Path::new(""), &self.folders, &options).files,
            };
            self.is_survey_stale = true;
        }
        if !std::mem::take(&mut self.is_survey_stale) {
            return BTreeSet::new();
        }
        let mut found: BTreeMap<PathBuf, Found> = BTreeMap::new();
        for file in self.walked.iter().cloned().chain(open()) {
            // The editor knows better.
            found.insert(file.path.clone(), file);
        }
        let mut found: Vec<Found> = found.into_values().collect();
        let configs = &mut self.configs;
        found.retain(|file| !configs.for_file(&file.path).excludes(&file.path));
        projects::configure(&mut found, configs, &self.places);
        let is_excluded = |path: &Path| configs.for_file(path).excludes(path);
        let ground = Ground {
            files: self.files,
            places: &self.places,
            threads: self.threads,
        };
        let survey = survey::survey(found, ground, &mut self.leads, is_excluded);
        let path = |id: &FileId| survey.found[id.0 as usize].path.clone();
        let mut old = std::mem::take(&mut self.units);
        self.unit_of.clear();
        for unit in &survey.units {
            let files: Vec<PathBuf> = unit.files.iter().map(path).collect();
            let Some(name) = files.first().cloned() else {
                continue;
            };
            for file in &files {
                self.unit_of.insert(file.clone(), name.clone());
            }
            let known = old.get_mut(&name);
            let same = known.filter(|old| old.files == files && old.roots == unit.roots);
            let kinds_are_same = || {
                unit.files.iter().all(|id| {
                    let file = &survey.found[id.0 as usize];
                    self.found.get(&file.path) == Some(file)
                })
            };
            let findings = same
                .filter(|_| kinds_are_same())
                .and_then(|old| old.findings.take());
            if findings.is_none() {
                self.pending.insert(name.clone());
            }
            let unit = Unit {
                files,
                roots: unit.roots.clone(),
                findings,
            };
            self.units.insert(name, unit);
        }
        self.found = survey
            .found
            .into_iter()
            .map(|found| (found.path.clone(), found))
            .collect();
        self.forget_units(old)
    }

    /// Takes away what units said that are no more. Gives the files that they spoke of.
    fn forget_units(&mut self, old: BTreeMap<UnitName, Unit>) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        for (name, unit) in old {
            let Some(findings) = unit.findings else {
                // What is left of it are the findings that were taken over.
                continue;
            };
            if !self.units.contains_key(&name) {
                self.pending.remove(&name);
            }
            changed.extend(self.silence(&name, &findings));
        }
        self.pending.retain(|name| self.units.contains_key(name));
        changed
    }

    /// Forgets that a unit speaks of files and reads them. Gives the files that it spoke of.
    fn silence(&mut self, name: &UnitName, findings: &Findings) -> Vec<PathBuf> {
        for path in &findings.reads {
            if let Some(readers) = self.readers.get_mut(path) {
                readers.remove(name);
            }
        }
        for path in findings.by_path.keys() {
            if let Some(speakers) = self.speakers.get_mut(path) {
                speakers.remove(name);
            }
        }
        findings.by_path.keys().cloned().collect()
    }

    /// Whether there is anything to find out or to lint.
    pub fn is_stale(&self) -> bool {
        self.is_walk_stale || self.is_survey_stale || !self.pending.is_empty()
    }

    /// Whether a file waits to be linted.
    pub fn is_waiting(&self, path: &Path) -> bool {
        self.is_walk_stale
            || self.is_survey_stale
            || self
                .unit_of
                .get(path)
                .is_some_and(|unit| self.pending.contains(unit))
    }

    /// How many units wait to be linted.
    pub fn waiting(&self) -> usize {
        self.pending.len()
    }

    /// Lints nothing more until something changes.
    pub fn stop(&mut self) {
        self.pending.clear();
    }

    /// Lints the next portion of what is stale; units with one of the `urgent` files come first, and then alone.
    pub fn lint_some<'p>(&mut self, urgent: impl IntoIterator<Item = &'p Path>) -> Progress {
        let units = urgent.into_iter().filter_map(|path| self.unit_of.get(path));
        let urgent = order::set(units.filter(|unit| self.pending.contains(*unit)));
        let names: Vec<UnitName> = match urgent.is_empty() {
            true => self.pending.iter().take(PORTION).cloned().collect(),
            false => urgent.into_iter().cloned().collect(),
        };
        self.lint(names)
    }

    /// Lints what a file's findings come from, as far as it is stale.
    pub fn freshen(&mut self, path: &Path) -> Progress {
        let speakers = self.speakers.get(path).into_iter().flatten();
        let units = speakers.chain(self.unit_of.get(path));
        let names = order::set(units.filter(|name| self.pending.contains(*name)));
        self.lint(names.into_iter().cloned().collect())
    }

    fn lint(&mut self, names: Vec<UnitName>) -> Progress {
        let mut progress = Progress::default();
        let jobs: Vec<Job> = names
            .into_iter()
            .filter_map(|name| self.job(name))
            .collect();
        let done = match &jobs[..] {
            // No other thread for a keystroke.
            [job] => vec![self.lint_job(job, None)],
            jobs => parallel(jobs.len(), self.threads, |number| {
                self.lint_job(&jobs[number], None)
            }),
        };
        for (job, mut findings) in jobs.iter().zip(done) {
            self.accept(&mut findings);
            let name = &job.name;
            let Some(unit) = self.units.get_mut(name) else {
                continue;
            };
            if let Some(old) = unit.findings.take() {
                progress.changed.extend(self.silence(name, &old));
            }
            for path in &findings.reads {
                let readers = self.readers.entry(path.clone()).or_default();
                readers.insert(name.clone());
            }
            for path in findings.by_path.keys() {
                let speakers = self.speakers.entry(path.clone()).or_default();
                speakers.insert(name.clone());
                progress.changed.insert(path.clone());
            }
            progress.internal.extend(findings.internal.iter().cloned());
            if let Some(unit) = self.units.get_mut(name) {
                unit.findings = Some(findings);
            }
        }
        progress
    }

    /// Marks what baselines accept.
    fn accept(&mut self, findings: &mut Findings) {
        for (path, diagnostics) in &mut findings.by_path {
            let file = diagnostics.first().map(|first| first.finding.at.file);
            if let Some(source) = file.and_then(|file| findings.sources.get(file)) {
                let config = self.configs.for_file(path);
                self.accepted
                    .mark(diagnostics, source, config.baseline.as_deref());
            }
        }
    }

    fn job(&mut self, name: UnitName) -> Option<Job> {
        self.pending.remove(&name);
        let unit = self.units.get(&name)?;
        let roots = unit.roots.clone();
        let files: Vec<Found> = unit
            .files
            .iter()
            .filter_map(|path| self.found.get(path).cloned())
            .collect();
        let mut job = Job {
            name,
            files: Vec::with_capacity(files.len()),
            withheld: Vec::new(),
            roots,
        };
        for file in files {
            match self.ruleset(&file.path) {
                Some(ruleset) => job.files.push((file, ruleset)),
                None => job.withheld.push(file.path),
            }
        }
        Some(job)
    }

    /// The rules for a file; `None` when its configuration is broken.
    pub fn ruleset(&mut self, path: &Path) -> Option<Arc<Ruleset>> {
        let config = self.configs.for_file(path);
        for file in &config.files {
            if !self.config_files.contains(file) {
                self.config_files.insert(file.clone());
            }
        }
        if self.configs.is_broken_for(path) {
            let errors = self.configs.errors.iter();
            let files = errors.map(|error| absolute(&error.source.path));
            self.config_files.extend(files);
            return None;
        }
        let mut built = self.rulesets.iter();
        if let Some((_, ruleset)) = built.find(|(known, _)| Arc::ptr_eq(known, &config)) {
            return Some(ruleset.clone());
        }
        let mut settings = config.settings.clone();
        if !self.presets.is_empty() {
            settings.presets.clone_from(&self.presets);
        }
        let ruleset = Ruleset::build(RULES, &settings);
        self.rulesets.push((config, ruleset.clone()));
        Some(ruleset)
    }

    /// The faults of the configurations that were met.
    pub fn config_errors(&self) -> &[ConfigError] {
        &self.configs.errors
    }

    /// Lints a unit; with another text for one of its files, if there is an `instead`.
    fn lint_job(&self, job: &Job, instead: Option<(&Path, &str)>) -> Findings {
        let mut findings = Findings::default();
        findings.reads.extend(job.withheld.iter().cloned());
        let mut sources = Vec::new();
        let mut members: Vec<(SourceFile, &Ruleset)> = Vec::new();
        for (number, (file, ruleset)) in job.files.iter().enumerate() {
            findings.reads.insert(file.path.clone());
            let id = FileId(offset(number));
            let source = match instead.filter(|(path, _)| *path == file.path) {
                Some((_, text)) => SourceFile::from_text(id, file.path.clone(), text),
                None => match self.files.read(&file.path) {
                    Ok(bytes) => SourceFile::from_bytes(id, file.path.clone(), bytes),
                    Err(_) => continue,
                },
            };
            match file.kind_of(&source.text) {
                Some(Kind::Compose) => members.push((source, ruleset)),
                Some(kind) => {
                    let beside = check::surroundings(&source, kind, &self.beside);
                    let subject = Subject {
                        source: &source,
                        kind,
                        beside: beside.as_ref(),
                    };
                    let linted = check::lint_subject(subject, ruleset, Some(&self.today));
                    findings.add(&source, linted);
                    sources.push(source);
                }
                None => {}
            }
        }
        if !members.is_empty() {
            let next = AtomicU32::new(offset(job.files.len()));
            let elsewhere = Elsewhere {
                places: &self.places,
                next: &next,
            };
            let subjects: Vec<Member<'_>> = members.iter().map(member).collect();
            let linted =
                check::lint_unit(&subjects, &job.roots, Some(elsewhere), Some(&self.today));
            let read = linted.sources.iter().map(|source| source.path.clone());
            findings.reads.extend(read);
            for ((source, _), linted) in members.iter().zip(linted.members) {
                findings.add(source, linted);
            }
            for (source, linted) in linted.others {
                findings.add(&source, linted);
            }
            sources.extend(linted.sources);
            sources.extend(members.into_iter().map(|(source, _)| source));
        }
        findings.keep(sources);
        findings
    }

    /// What a file with a text is, if it is one of those that are linted.
    pub fn kind(&self, path: &Path, text: &str) -> Option<Kind> {
        self.found.get(path)?.kind_of(text)
    }

    /// The files that are linted, with what their names say that they are.
    pub fn files(&self) -> impl Iterator<Item = &Found> {
        self.found.values()
    }

    /// The files with findings, suppressed ones among them.
    pub fn files_with_findings(&self) -> impl Iterator<Item = &Path> {
        let all = self.speakers.iter();
        all.filter(|(_, speakers)| !speakers.is_empty())
            .map(|(path, _)| &**path)
    }

    /// The findings in a file that are not suppressed, sorted by position and rule. What two projects find is one.
    pub fn findings(&self, path: &Path) -> Vec<Finding<'_>> {
        let speakers = self.speakers.get(path).into_iter().flatten();
        let mut all = Vec::new();
        for name in speakers {
            let Some(findings) = self.units.get(name).and_then(|unit| unit.findings.as_ref())
            else {
                continue;
            };
            let own = findings.by_path.get(path).into_iter().flatten();
            let shown = own.filter(|diagnostic| diagnostic.suppressed.is_none());
            all.extend(shown.map(|diagnostic| Finding {
                diagnostic,
                sources: &findings.sources,
            }));
        }
        let key = |d: &Diagnostic| (d.finding.at.span, d.rule);
        order::sort_by(&mut all, |a, b| key(a.diagnostic).cmp(&key(b.diagnostic)));
        all.dedup_by(|a, b| {
            key(a.diagnostic) == key(b.diagnostic)
                && a.diagnostic.finding.message == b.diagnostic.finding.message
        });
        all
    }

    /// The text of a file after all fixes of the findings that are `wanted`; nothing if the file is not linted.
    pub fn fixed(
        &mut self,
        source: &SourceFile,
        threshold: Applicability,
        wanted: impl Fn(&Diagnostic) -> bool,
    ) -> Option<Fixed> {
        let path = &*source.path;
        let name = self.unit_of.get(path)?.clone();
        let is_pending = self.pending.contains(&name);
        let job = self.job(name.clone())?;
        if is_pending {
            self.pending.insert(name);
        }
        Some(fix::fix(&source.text, threshold, |text| {
            let mut findings = self.lint_job(&job, Some((path, text)));
            let mut diagnostics = findings.by_path.remove(path).unwrap_or_default();
            diagnostics.retain(|diagnostic| diagnostic.suppressed.is_none() && wanted(diagnostic));
            fix::Linted {
                diagnostics,
                syntax_errors: findings.syntax_errors.get(path).copied().unwrap_or(0),
            }
        }))
    }

    /// Lints a text that is no file, with the rules for a file at `path`.
    pub fn lint_text(&mut self, source: &SourceFile, kind: Kind, path: &Path) -> Linted {
        match self.ruleset(path) {
            Some(ruleset) => check::lint(source, kind, &ruleset, Some(&self.today)),
            None => Linted::default(),
        }
    }
}

fn member<'m>((source, ruleset): &'m (SourceFile, &'m Ruleset)) -> Member<'m> {
    Member {
        subject: Subject {
            source,
            kind: Kind::Compose,
            beside: None,
        },
        ruleset,
    }
}

impl Unit {
    /// Whether one of its files is in a folder.
    fn is_near(&self, folder: &Path) -> bool {
        let reads = self.findings.iter().flat_map(|findings| &findings.reads);
        self.files
            .iter()
            .chain(reads)
            .any(|path| path.starts_with(folder))
    }
}

impl Findings {
    fn add(&mut self, source: &SourceFile, linted: Linted) {
        if !linted.syntax_errors.is_empty() {
            let count = linted.syntax_errors.len();
            self.syntax_errors.insert(source.path.clone(), count);
        }
        for error in linted.internal {
            let (path, place) = (source.display_path(), error.place);
            let message = error.message;
            self.internal.push(format!(
                "{path}: internal error in {place}: {message}; please report it"
            ));
        }
        if !linted.diagnostics.is_empty() {
            let known = self.by_path.entry(source.path.clone()).or_default();
            known.extend(linted.diagnostics);
        }
    }

    /// Keeps those of the files that findings are in or point to.
    fn keep(&mut self, sources: Vec<SourceFile>) {
        let mut wanted = HashSet::new();
        for diagnostic in self.by_path.values().flatten() {
            wanted.insert(diagnostic.finding.at.file);
            wanted.extend(diagnostic.finding.labels.iter().map(|label| label.at.file));
        }
        for source in sources
            .into_iter()
            .filter(|source| wanted.contains(&source.id))
        {
            self.sources.insert(source);
        }
    }
}

/// What a change of a file may change beside its own findings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It is a configuration.
    Config,
    /// It says what stands in folders, or what belongs to a project.
    Surroundings,
    Other,
}

/// A path as the disk knows it, for one that may begin at the working directory.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

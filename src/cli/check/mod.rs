//! `dockworthy check`: finds the files, lints them, fixes them where asked, reports.

mod baselines;
mod env_comments;
mod finish;
mod fixing;
mod folder;
mod ignoring;
mod rulesets;
mod scope;
mod standard_input;
mod today;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::Check;
use super::progress::Progress;
use super::{Status, Stop, complain};
use crate::check::survey::{self, Ground, Known, Survey};
use crate::check::{self, Input, Outcome, Unit};
use crate::config::discover::Configs;
use crate::config::projects;
use crate::diagnostic::Problem;
use crate::engine::ruleset::Ruleset;
use crate::rules::RULES;
use crate::text::{FileId, SourceFile, order};
use crate::workers::parallel;
use crate::workspace::beside::Folders;
use crate::workspace::discover::{self, Exclude, Found};
use crate::workspace::fs::{Disk, Entry, FileSystem, MAX_NAMES, cannot_read};
use crate::workspace::kind::{Kind, kind_by_name};
use crate::workspace::listed::Listed;
use crate::workspace::projects::Places;
use baselines::{Baselines, Range};
use finish::{finish, thresholds};
use fixing::{Changes, fixed_line};
use rulesets::Rulesets;
pub(super) use rulesets::refuse_broken;
use scope::Scope;
use standard_input::standard_input;
pub(super) use today::today;

pub(super) fn run(args: &Check) -> Result<Status, Stop> {
    let disk = Disk::new("");
    let listed = Listed::new(&disk);
    let mut rulesets = Rulesets::new(args)?;
    let mut configs = Configs::new(&listed, RULES);
    if let Some(path) = &args.config {
        configs.use_file(path);
    } else if args.no_config {
        configs.use_none();
    }
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return standard_input(args, &mut configs, &mut rulesets);
    }

    let scope = Scope::of(args)?;
    let index = scope.as_ref().and_then(|scope| scope.index(&listed));
    let files: &dyn FileSystem = match &index {
        Some(index) => index,
        None => &listed,
    };
    let places = Places::new(files);
    let gone = scope.as_ref().map(|scope| scope.gone(&args.paths));
    let progress = Progress::new(args.quiet);
    let look = Look {
        args,
        files,
        places: &places,
        progress: Some(&progress),
    };
    let Looked {
        survey,
        problems,
        skipped,
    } = look.look(&mut configs, gone.unwrap_or_default())?;
    let mut of_file = Vec::with_capacity(survey.found.len());
    let mut fail_on = Vec::with_capacity(survey.found.len());
    let mut baseline = Vec::with_capacity(survey.found.len());
    for file in &survey.found {
        let config = configs.for_file(&file.path);
        fail_on.push(config.fail_on);
        baseline.push(config.baseline.clone());
        of_file.push(rulesets.for_config(&config));
    }
    refuse_broken(&configs)?;
    for note in &configs.notes {
        complain(note);
    }
    if !args.quiet {
        skipped.iter().for_each(tell);
    }
    let baselines = Baselines::open(args, &disk, &baseline)?;
    let Survey {
        found,
        mut units,
        texts,
    } = survey;
    let changed = scope.as_ref().map(|scope| scope.changed(&found));
    if let Some(changed) = &changed {
        Scope::narrow(&mut units, changed);
    }
    let mut run = Run {
        args,
        disk: files,
        found: &found,
        rulesets: &of_file,
        folders: Folders::new(files),
        places: &places,
        units: &units,
        changed: changed.as_deref(),
        texts: Mutex::new(texts),
        today: today(),
        progress,
    };
    let mut changes = Changes::default();
    if (args.fix || args.unsafe_fixes || args.diff) && !args.add_ignores {
        changes = run.fix();
        if changes.fixed > 0 && !args.diff {
            // Files beside others may have changed.
            listed.forget();
            run.folders = Folders::new(files);
            if !args.quiet {
                complain(&fixed_line(changes.fixed, changes.files));
            }
        }
    }
    let range = Range {
        found: &found,
        rulesets: &of_file,
        paths: &args.paths,
        is_narrowed: scope.is_some(),
    };
    let lint = |changes: &Changes| {
        let mut outcome = run.lint(changes);
        if let (Some(scope), Some(changed)) = (&scope, &changed) {
            scope.apply(&mut outcome, &found, changed);
        }
        baselines.mark(&mut outcome, &disk)?;
        Ok(outcome)
    };
    let mut outcome = lint(&changes)?;
    if args.add_ignores {
        let fail_on = thresholds(&fail_on, &outcome, &mut configs);
        changes = run.add_ignores(&outcome, &fail_on, lint)?;
        outcome = lint(&changes)?;
    }
    baselines.settle(args, &disk, &mut outcome, range)?;
    outcome.problems.extend(problems);
    outcome.problems.extend(changes.problems);
    outcome.problems.extend(rulesets.problems());
    order::sort(&mut outcome.problems);
    if outcome.problems.is_empty() {
        match &scope {
            Some(scope) if outcome.files == 0 => complain(&scope.nothing()),
            None if found.is_empty() => complain("no Dockerfile or Compose file found"),
            _ => {}
        }
    }
    let diff: Vec<u8> = changes
        .diffs
        .into_iter()
        .flat_map(|(_, diff)| diff)
        .collect();
    let fail_on = thresholds(&fail_on, &outcome, &mut configs);
    let status = finish(args, &outcome, &fail_on, &diff);
    // The process ends here; to give everything that was found back one by one takes longer than to write it.
    std::mem::forget(outcome);
    status
}

/// Says of a path what there is to say.
pub(super) fn tell(problem: &Problem) {
    match &problem.path {
        Some(path) => complain(&format!("{path}: {}", problem.message)),
        None => complain(&problem.message),
    }
}

/// Where the files of a run are looked for.
#[derive(Clone, Copy)]
pub(super) struct Look<'l> {
    pub args: &'l Check,
    pub files: &'l dyn FileSystem,
    pub places: &'l Places<'l>,
    /// Counts what is found, for those who wait.
    pub progress: Option<&'l Progress>,
}

/// The files of a run.
pub(super) struct Looked {
    pub survey: Survey,
    /// What keeps the run from being complete.
    pub problems: Vec<Problem>,
    /// What has a name of ours and is no file, so that it was passed over.
    pub skipped: Vec<Problem>,
}

impl Look<'_> {
    /// Finds the files, those in `more` with them.
    ///
    /// # Errors
    /// When an `--exclude` is no glob.
    pub(super) fn look(
        self,
        configs: &mut Configs<'_>,
        more: Vec<PathBuf>,
    ) -> Result<Looked, Stop> {
        let Look {
            args,
            files,
            places,
            progress,
        } = self;
        let excludes = Exclude::new(Path::new(""), args.exclude.iter().map(String::as_str));
        let excludes = excludes.map_err(|error| Stop(format!("--exclude: {error}")))?;
        let options = discover::Options {
            excludes: vec![excludes.clone()],
            ignore_files: !args.no_ignore_files,
            jobs: args.jobs.map_or(0, usize::from),
        };
        let tell = |is_ours: bool| {
            if let Some(progress) = progress {
                progress.met(is_ours);
            }
        };
        if let Some(progress) = progress {
            progress.begin("found", 0);
        }
        let mut discovery =
            discover::discover_and_tell(Path::new(""), &args.paths, &options, &tell);
        if let Some(progress) = progress {
            progress.clear();
        }
        let is_excluded = |path: &Path, configs: &mut Configs<'_>| {
            excludes.matches_file(path) || configs.for_file(path).excludes(path)
        };
        discovery.skipped.retain(|skipped| {
            let path = skipped.path.as_deref().map(Path::new);
            path.is_none_or(|path| !is_excluded(path, configs))
        });
        let mut found = discovery.files;
        found.extend(more.into_iter().map(|path| Found {
            kind: kind_by_name(&path),
            path,
            named: false,
            pointed: false,
        }));
        let folders = folders_of(&found);
        // What lies beside the files is asked for time and again; what cannot be listed, name by name.
        parallel(folders.len(), threads(args), |number| {
            files.names(folders[number], MAX_NAMES).is_ok()
        });
        found.retain(|file| {
            (file.named && !args.force_exclude) || !is_excluded(&file.path, configs)
        });
        // A broken configuration is told of even where there is nothing that it is for.
        let is_folder =
            |path: &&PathBuf| files.entry(path).is_ok_and(|entry| entry == Entry::Folder);
        for folder in args.paths.iter().filter(is_folder) {
            configs.for_folder(folder);
        }
        projects::configure(&mut found, configs, places);
        let is_excluded = |path: &Path| is_excluded(path, configs);
        let ground = Ground {
            files,
            places,
            threads: threads(args),
        };
        let mut survey = survey::survey(found, ground, &mut Known::new(), is_excluded);
        if args.force_exclude {
            for file in survey.found.iter_mut().filter(|file| file.kind.is_some()) {
                // Its content may deny what its name tells, as if a walk had met it.
                file.named = false;
            }
        }
        Ok(Looked {
            survey,
            problems: discovery.problems,
            skipped: discovery.skipped,
        })
    }
}

/// The folders of files, each once. Of many files also the folders above, where each looks for its configuration, as
/// far as they are inside the working directory.
fn folders_of(found: &[Found]) -> Vec<&Path> {
    const MANY: usize = 64;
    let mut seen = HashSet::new();
    let mut folders = Vec::new();
    for file in found {
        for folder in file.path.ancestors().skip(1) {
            let is_inside = folder.is_relative() && !folder.starts_with("..");
            let is_own = file.path.parent() == Some(folder);
            if !is_own && (found.len() < MANY || !is_inside) || !seen.insert(folder.as_os_str()) {
                break;
            }
            folders.push(folder);
        }
    }
    folders
}

/// Everything that a run over files needs.
struct Run<'r> {
    args: &'r Check,
    disk: &'r dyn FileSystem,
    found: &'r [Found],
    rulesets: &'r [Arc<Ruleset>],
    folders: Folders<'r>,
    places: &'r Places<'r>,
    units: &'r [Unit],
    /// For each file whether it is to be fixed; all are when absent.
    changed: Option<&'r [bool]>,
    /// What was read already.
    texts: Mutex<HashMap<PathBuf, Vec<u8>>>,
    today: String,
    progress: Progress,
}

impl Run<'_> {
    fn lint(&self, changes: &Changes) -> Outcome {
        let read = |id: FileId| {
            self.progress.next();
            self.read_changed(id, changes)
        };
        let all = self.units.iter().map(|unit| unit.files.len()).sum();
        self.progress.begin("linted", all);
        let outcome = check::run(
            self.rulesets,
            self.units,
            self.places,
            threads(self.args),
            Some(&self.today),
            read,
        );
        self.progress.clear();
        outcome
    }

    fn read_changed(&self, id: FileId, changes: &Changes) -> Result<Input, Problem> {
        let mut input = self.read(id)?;
        if let Some(text) = changes.texts.get(&id.0) {
            input.source = SourceFile::from_text(id, input.source.path, text.as_str());
        }
        Ok(input)
    }

    fn read(&self, id: FileId) -> Result<Input, Problem> {
        let found = &self.found[id.0 as usize];
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.remove(&found.path);
        drop(texts);
        let bytes = text.map_or_else(|| self.disk.read(&found.path), Ok);
        let bytes = bytes.map_err(|error| cannot_read(&found.path, &error))?;
        let source = SourceFile::from_bytes(id, found.path.clone(), bytes);
        match found.kind_of(&source.text) {
            Some(kind) => Ok(Input {
                beside: check::surroundings(&source, kind, &self.folders),
                source,
                kind,
            }),
            None if found.named => Err(Problem {
                path: Some(source.display_path()),
                message: "neither its name nor its content says whether it is a Dockerfile or a Compose file"
                    .to_owned(),
            }),
            // Its name was ours, but it is something else; nothing is linted.
            None => Ok(Input::alone(source, Kind::Config)),
        }
    }
}

fn threads(args: &Check) -> usize {
    match args.jobs {
        Some(jobs) => jobs.into(),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}

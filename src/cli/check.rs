//! `dockworthy check`: finds the files, lints them, fixes them where asked, reports.

mod folder;

use std::collections::BTreeMap;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use super::args::{Check, Color, Sink};
use super::survey::{self, Survey};
use super::{Status, Stop, complain, output, write};
use crate::check::{self, Elsewhere, Input, Member, Outcome, Subject, Unit, lint_unit};
use crate::config::discover::Configs;
use crate::config::{Config, FailOn};
use crate::diagnostic::{Applicability, Diagnostic, Problem, Severity};
use crate::engine::fix::{self, Fixed};
use crate::engine::ruleset::Ruleset;
use crate::engine::settings::{Selector, Settings};
use crate::report::diff::{Change, write_diff};
use crate::report::{self, Format, Report, Style};
use crate::rules::RULES;
use crate::text::source::printed;
use crate::text::{FileId, SourceFile};
use crate::workspace::beside::Folders;
use crate::workspace::discover::{self, Exclude, Found};
use crate::workspace::fs::{Disk, FileSystem, cannot_read};
use crate::workspace::kind::{Kind, kind_of_named};
use crate::workspace::projects::Places;

pub(super) fn run(args: &Check) -> Result<Status, Stop> {
    let disk = Disk::new("");
    let mut rulesets = Rulesets::new(args)?;
    let mut configs = Configs::new(&disk, RULES);
    if let Some(path) = &args.config {
        configs.use_file(path);
    } else if args.no_config {
        configs.use_none();
    }
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return standard_input(args, &mut configs, &mut rulesets);
    }

    let places = Places::new(&disk);
    let (survey, problems) = look(args, &disk, &places, &mut configs)?;
    let mut of_file = Vec::with_capacity(survey.found.len());
    let mut fail_on = Vec::with_capacity(survey.found.len());
    for file in &survey.found {
        let config = configs.for_file(&file.path);
        fail_on.push(config.fail_on);
        of_file.push(rulesets.for_config(&config));
    }
    refuse_broken(&configs)?;
    let Survey { found, units } = survey;
    let mut run = Run {
        args,
        disk: &disk,
        found: &found,
        rulesets: &of_file,
        folders: Folders::new(&disk),
        places: &places,
        units: &units,
        today: today(),
    };
    let mut changes = Changes::default();
    if args.fix || args.unsafe_fixes || args.diff {
        changes = run.fix();
        if changes.fixed > 0 && !args.diff {
            // Files beside others may have changed.
            run.folders = Folders::new(&disk);
            if !args.quiet {
                complain(&fixed_line(changes.fixed, changes.files));
            }
        }
    }
    let mut outcome = run.lint(&changes);
    outcome.problems.extend(problems);
    outcome.problems.extend(changes.problems);
    outcome.problems.sort();
    if found.is_empty() && outcome.problems.is_empty() {
        complain("no Dockerfile or Compose file found");
    }
    let diff: Vec<u8> = changes
        .diffs
        .into_iter()
        .flat_map(|(_, diff)| diff)
        .collect();
    let status = finish(args, &outcome, &fail_on, &diff);
    // The process ends here; to give everything that was found back one by one takes longer than to write it.
    std::mem::forget(outcome);
    status
}

/// Finds the files of a run, and what keeps the run from being complete.
pub(super) fn look(
    args: &Check,
    disk: &Disk,
    places: &Places<'_>,
    configs: &mut Configs<'_>,
) -> Result<(Survey, Vec<Problem>), Stop> {
    let excludes = Exclude::new(Path::new(""), args.exclude.iter().map(String::as_str));
    let excludes = excludes.map_err(|error| Stop(format!("--exclude: {error}")))?;
    let options = discover::Options {
        excludes: vec![excludes.clone()],
        ignore_files: !args.no_ignore_files,
        jobs: args.jobs.map_or(0, usize::from),
    };
    let discovery = discover::discover(Path::new(""), &args.paths, &options);
    let mut is_excluded =
        |path: &Path| excludes.matches_file(path) || configs.for_file(path).excludes(path);
    let mut found = discovery.files;
    found.retain(|file| file.named || !is_excluded(&file.path));
    let survey = survey::survey(found, disk, places, threads(args), is_excluded);
    Ok((survey, discovery.problems))
}

/// Everything that a run over files needs.
struct Run<'r> {
    args: &'r Check,
    disk: &'r Disk,
    found: &'r [Found],
    rulesets: &'r [Arc<Ruleset>],
    folders: Folders<'r>,
    places: &'r Places<'r>,
    units: &'r [Unit],
    today: String,
}

fn threads(args: &Check) -> usize {
    match args.jobs {
        Some(jobs) => jobs.into(),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}

/// What fixing did or would do.
#[derive(Default)]
struct Changes {
    /// Texts that were or would be written, by the number of the file.
    texts: BTreeMap<u32, String>,
    /// All changes as unified diffs, by path.
    diffs: Vec<(PathBuf, Vec<u8>)>,
    /// How many findings were fixed.
    fixed: usize,
    /// In how many files.
    files: usize,
    problems: Vec<Problem>,
}

impl Run<'_> {
    fn lint(&self, changes: &Changes) -> Outcome {
        let read = |id: FileId| self.read_changed(id, changes);
        check::run(
            self.rulesets,
            self.units,
            self.places,
            threads(self.args),
            Some(&self.today),
            read,
        )
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
        let bytes = self
            .disk
            .read(&found.path)
            .map_err(|error| cannot_read(&found.path, &error))?;
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

    /// Fixes every file, and writes those that change unless only the difference is wanted. Files with fixes that
    /// reach into another file wait until their folder is known.
    fn fix(&self) -> Changes {
        let mut changes = Changes::default();
        let mut waiting: BTreeMap<PathBuf, Vec<Draft>> = BTreeMap::new();
        for (index, ruleset) in self.rulesets.iter().enumerate() {
            let id = FileId(crate::text::span::offset(index));
            // What cannot be read is told by the run that follows.
            let Ok(input) = self.read(id) else {
                continue;
            };
            if !input.source.damage.is_empty() {
                continue;
            }
            let fixed = match input.kind {
                Kind::Compose => self.fix_in_project(&input, &changes),
                _ => self.fix_one(&input, ruleset, Reach::Beside),
            };
            let draft = Draft { input, fixed };
            if draft.fixed.companions.is_empty() {
                self.put(draft, &mut changes);
            } else {
                let folder = draft.input.source.path.parent().unwrap_or(Path::new(""));
                waiting.entry(folder.to_owned()).or_default().push(draft);
            }
        }
        for (folder, drafts) in waiting {
            self.fix_folder(&folder, drafts, &mut changes);
        }
        changes.diffs.sort();
        changes
    }

    fn fix_one(&self, input: &Input, ruleset: &Ruleset, reach: Reach) -> Fixed {
        fix_source(self.args, input.subject(), ruleset, &self.today, reach)
    }

    /// Writes a fixed file, and says whether it has been written if it had to be.
    fn put(&self, draft: Draft, changes: &mut Changes) -> bool {
        let Draft { input, fixed } = draft;
        let source = &input.source;
        if fixed.text != *source.text {
            if self.args.diff {
                let diff = difference(self.args, &source.path, Some(&source.text), &fixed.text);
                changes.diffs.push((source.path.clone(), diff));
            } else if let Err(error) = write::replace(&source.path, fixed.text.as_bytes()) {
                changes.problems.push(cannot_write(&source.path, &error));
                return false;
            }
            changes.files += 1;
            changes.texts.insert(source.id.0, fixed.text);
        }
        changes.fixed += fixed.applied.values().sum::<usize>();
        true
    }

    /// Fixes a Compose file, with the other files of its project as they are by now.
    fn fix_in_project(&self, input: &Input, changes: &Changes) -> Fixed {
        let file = &input.source;
        let alone = Unit::default();
        let has = |unit: &&Unit| unit.files.contains(&file.id);
        let unit = self.units.iter().find(has).unwrap_or(&alone);
        let inputs: Vec<Input> = unit
            .files
            .iter()
            .filter(|id| **id != file.id)
            .filter_map(|id| self.read_changed(*id, changes).ok())
            .filter(|input| input.kind == Kind::Compose)
            .collect();
        let next = AtomicU32::new(crate::text::span::offset(self.rulesets.len()));
        let elsewhere = Elsewhere {
            places: self.places,
            next: &next,
        };
        fix::fix(&file.text, threshold(self.args), |text| {
            let source = SourceFile::from_text(file.id, file.path.clone(), text);
            let subject = Subject {
                source: &source,
                ..input.subject()
            };
            let subjects = std::iter::once(subject).chain(inputs.iter().map(Input::subject));
            let members: Vec<Member<'_>> = subjects
                .map(|subject| Member {
                    subject,
                    ruleset: &self.rulesets[subject.source.id.0 as usize],
                })
                .collect();
            let linted = lint_unit(&members, &unit.roots, Some(elsewhere), Some(&self.today));
            let own = linted.members.into_iter().next();
            own.unwrap_or_default().into_fixable()
        })
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Problem {
    Problem {
        path: Some(printed(path)),
        message: format!("cannot write the fixed file: {error}"),
    }
}

/// A file that is fixed and not yet written.
struct Draft {
    input: Input,
    fixed: Fixed,
}

/// Which files a fix may change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Only the one that it is about.
    Alone,
    /// Those beside it as well.
    Beside,
}

fn threshold(args: &Check) -> Applicability {
    if args.unsafe_fixes {
        Applicability::Unsafe
    } else {
        Applicability::Safe
    }
}

fn fix_source(
    args: &Check,
    subject: Subject<'_>,
    ruleset: &Ruleset,
    today: &str,
    reach: Reach,
) -> Fixed {
    let file = subject.source;
    fix::fix(&file.text, threshold(args), |text| {
        let source = SourceFile::from_text(file.id, file.path.clone(), text);
        let subject = Subject {
            source: &source,
            ..subject
        };
        let mut linted = check::lint_subject(subject, ruleset, Some(today)).into_fixable();
        if reach == Reach::Alone {
            for diagnostic in &mut linted.diagnostics {
                let fixes = &mut diagnostic.finding.fixes;
                fixes.retain(|fix| fix.companion.is_none());
            }
        }
        linted
    })
}

fn fixed_line(findings: usize, files: usize) -> String {
    let plural = |number: usize, noun: &str| {
        format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
    };
    format!(
        "fixed {} in {}",
        plural(findings, "finding"),
        plural(files, "file")
    )
}

/// What fixing changes in a file, as a unified diff: for reading on a terminal, for applying elsewhere.
fn difference(args: &Check, path: &Path, old: Option<&str>, new: &str) -> Vec<u8> {
    let change = Change {
        path,
        old: old.map(str::as_bytes),
        new: new.as_bytes(),
    };
    let style = style(args, &std::io::stdout());
    let screen = (style.color || std::io::stdout().is_terminal()).then_some(&style);
    let mut diff = Vec::new();
    write_diff(&change, screen, &mut diff).expect("writing to memory does not fail");
    diff
}

/// Lints standard input. With `--fix` the fixed text goes to standard output and the report to standard
/// error, so that an editor can use it as a filter.
fn standard_input(
    args: &Check,
    configs: &mut Configs<'_>,
    rulesets: &mut Rulesets,
) -> Result<Status, Stop> {
    if args.paths.len() > 1 {
        return Err(Stop(
            "`-` (standard input) cannot be combined with other paths".to_owned(),
        ));
    }
    let mut bytes = Vec::new();
    let limit = crate::text::source::MAX_BYTES as u64 + 1;
    std::io::stdin()
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| Stop(format!("cannot read standard input: {error}")))?;
    if bytes.len() as u64 == limit {
        return Err(Stop("standard input is larger than 20 MB".to_owned()));
    }
    let path = args
        .stdin_filename
        .clone()
        .unwrap_or_else(|| PathBuf::from("-"));
    let source = SourceFile::from_bytes(FileId(0), path.clone(), bytes);
    let kind = kind_of_named(&path, &source.text).ok_or_else(|| {
        Stop("standard input is neither a Dockerfile nor a Compose file; `--stdin-filename` can tell".to_owned())
    })?;
    let config = configs.for_file(&path);
    refuse_broken(configs)?;
    let ruleset = rulesets.for_config(&config);
    let today = today();
    let disk = Disk::new("");
    let places = Places::new(&disk);
    let mut text = source.text.clone();
    let mut diff = Vec::new();
    if (args.fix || args.unsafe_fixes || args.diff) && source.damage.is_empty() {
        let subject = Subject {
            source: &source,
            kind,
            beside: None,
        };
        let fixed = fix_source(args, subject, &ruleset, &today, Reach::Alone);
        if args.diff && fixed.text != *source.text {
            diff = difference(args, &source.path, Some(&source.text), &fixed.text);
        }
        text = fixed.text.into();
    }
    let read = |id| {
        if text == source.text {
            let source = SourceFile {
                id,
                ..source.clone()
            };
            return Ok(Input::alone(source, kind));
        }
        let source = SourceFile::from_text(id, path.clone(), text.clone());
        Ok(Input::alone(source, kind))
    };
    let unit = Unit {
        files: vec![FileId(0)],
        roots: match kind {
            Kind::Compose => vec![places.root_of(&path)],
            _ => Vec::new(),
        },
    };
    let outcome = check::run(&[ruleset], &[unit], &places, 1, Some(&today), read);
    if (args.fix || args.unsafe_fixes) && !args.diff {
        output::stdout(text.as_bytes())
            .map_err(|error| Stop::writing("to standard output", &error))?;
        let report = render(
            Format::Full,
            args,
            &outcome,
            &style(args, &std::io::stderr()),
        );
        output::stderr(&report).map_err(|error| Stop::writing("to standard error", &error))?;
        return Ok(status(args, &outcome, &[config.fail_on], &[]));
    }
    finish(args, &outcome, &[config.fail_on], &diff)
}

/// Prints what there is to print, and says how the run ended.
fn finish(
    args: &Check,
    outcome: &Outcome,
    fail_on: &[Option<FailOn>],
    diff: &[u8],
) -> Result<Status, Stop> {
    for problem in &outcome.problems {
        match &problem.path {
            Some(path) => complain(&format!("{path}: {}", problem.message)),
            None => complain(&problem.message),
        }
    }
    if args.diff {
        output::stdout(diff).map_err(|error| Stop::writing("to standard output", &error))?;
        return Ok(status(args, outcome, fail_on, diff));
    }
    let default = [Sink {
        format: Format::Full,
        file: None,
    }];
    let sinks = if args.format.is_empty() {
        &default[..]
    } else {
        &args.format
    };
    for sink in sinks {
        match &sink.file {
            Some(path) => {
                let text = render(sink.format, args, outcome, &Style::default());
                write::create(path, &text)
                    .map_err(|error| Stop::writing(&path.display().to_string(), &error))?;
            }
            None => {
                let text = render(sink.format, args, outcome, &style(args, &std::io::stdout()));
                output::stdout(&text)
                    .map_err(|error| Stop::writing("to standard output", &error))?;
            }
        }
    }
    Ok(status(args, outcome, fail_on, &[]))
}

fn render(format: Format, args: &Check, outcome: &Outcome, style: &Style) -> Vec<u8> {
    let report = Report::new(
        &outcome.diagnostics,
        &outcome.sources,
        &outcome.problems,
        outcome.files,
    );
    let mut text = Vec::new();
    let report = Report {
        quiet: args.quiet,
        ..report
    };
    report::write(format, &report, style, &mut text).expect("writing to memory does not fail");
    text
}

fn style(args: &Check, stream: &impl anstream::stream::RawStream) -> Style {
    let color = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    };
    let unicode = Style::unicode_locale(|name| std::env::var(name).ok());
    Style {
        color,
        hyperlinks: args.hyperlinks,
        unicode,
        ..Style::default()
    }
}

/// How the run ended; `configured` holds the threshold of each file, by its number.
fn status(args: &Check, outcome: &Outcome, configured: &[Option<FailOn>], diff: &[u8]) -> Status {
    let threshold = |file: FileId| {
        let configured = configured.get(file.0 as usize).copied().flatten();
        args.fail_on
            .or(configured)
            .unwrap_or(FailOn::AtLeast(Severity::Warning))
    };
    let fails =
        |d: &Diagnostic| d.suppressed.is_none() && threshold(d.finding.at.file).fails(d.severity);
    if !outcome.problems.is_empty() {
        Status::Trouble
    } else if !diff.is_empty() || outcome.diagnostics.iter().any(fails) {
        Status::Findings
    } else {
        Status::Clean
    }
}

pub(super) fn refuse_broken(configs: &Configs<'_>) -> Result<(), Stop> {
    if configs.errors.is_empty() {
        return Ok(());
    }
    let lines: Vec<&str> = configs
        .errors
        .iter()
        .map(|error| error.message.as_str())
        .collect();
    Err(Stop(lines.join("\n")))
}

/// Rules as set up for each configuration that was met.
struct Rulesets<'a> {
    args: &'a Check,
    select: Vec<Selector>,
    ignore: Vec<Selector>,
    built: Vec<(Arc<Config>, Arc<Ruleset>)>,
}

impl<'a> Rulesets<'a> {
    fn new(args: &'a Check) -> Result<Rulesets<'a>, Stop> {
        let selectors = |flag: &str, patterns: &[String]| -> Result<Vec<Selector>, Stop> {
            let parse = |pattern: &String| Selector::parse(pattern, RULES);
            let parsed: Result<Vec<Selector>, String> = patterns.iter().map(parse).collect();
            parsed.map_err(|error| Stop(format!("--{flag}: {error}")))
        };
        let (select, ignore) = (
            selectors("select", &args.select)?,
            selectors("ignore", &args.ignore)?,
        );
        Ok(Rulesets {
            args,
            select,
            ignore,
            built: Vec::new(),
        })
    }

    fn for_config(&mut self, config: &Arc<Config>) -> Arc<Ruleset> {
        if let Some((_, ruleset)) = self
            .built
            .iter()
            .find(|(known, _)| Arc::ptr_eq(known, config))
        {
            return ruleset.clone();
        }
        let mut settings: Settings = config.settings.clone();
        if !self.args.preset.is_empty() {
            settings.presets.clone_from(&self.args.preset);
        }
        settings.select.clone_from(&self.select);
        settings.ignore.clone_from(&self.ignore);
        let ruleset = Ruleset::build(RULES, &settings);
        self.built.push((config.clone(), ruleset.clone()));
        ruleset
    }
}

/// Today in UTC, as `YYYY-MM-DD`.
fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    date(now.map_or(0, |since| since.as_secs() / 86_400))
}

/// The date that lies `days` days after 1970-01-01.
fn date(days: u64) -> String {
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let (mut year, mut rest) = (1970, days);
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if rest < length {
            break;
        }
        rest -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", rest + 1)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        let cases = [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
        ];
        for (days, wanted) in cases {
            assert_eq!(date(days), wanted);
        }
    }
}

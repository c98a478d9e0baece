//! Linting and fixing standard input.

use std::io::Read;
use std::path::PathBuf;

use super::super::args::Check;
use super::super::{Status, Stop, complain, output};
use super::baselines::Baselines;
use super::finish::{finish, rendered, status, style, thresholds};
use super::fixing::{Reach, difference, fix_source};
use super::rulesets::{Rulesets, refuse_broken};
use super::today::today;
use crate::check::{self, Input, Subject, Unit};
use crate::config::discover::Configs;
use crate::report::Format;
use crate::text::{FileId, SourceFile};
use crate::workspace::fs::Disk;
use crate::workspace::kind::{Kind, kind_of_named};
use crate::workspace::projects::Places;

/// Lints standard input. With `--fix` the fixed text goes to standard output and the report to standard
/// error, so that an editor can use it as a filter.
pub(super) fn standard_input(
    args: &Check,
    configs: &mut Configs<'_>,
    rulesets: &mut Rulesets,
) -> Result<Status, Stop> {
    if args.paths.len() > 1 {
        return Err(Stop(
            "`-` (standard input) cannot be combined with other paths".to_owned(),
        ));
    }
    let needs_files = [
        (args.write_baseline, "--write-baseline"),
        (args.add_ignores, "--add-ignores"),
        (args.since.is_some(), "--since"),
        (args.staged, "--staged"),
    ];
    if let Some((_, flag)) = needs_files.into_iter().find(|(is_used, _)| *is_used) {
        return Err(Stop(format!(
            "`{flag}` needs files; it cannot be combined with standard input"
        )));
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
    for note in &configs.notes {
        complain(note);
    }
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
    let mut outcome = check::run(&[ruleset], &[unit], &places, 1, Some(&today), read);
    let baselines = Baselines::open(args, &disk, std::slice::from_ref(&config.baseline))?;
    baselines.mark(&mut outcome, &disk)?;
    outcome.problems.extend(rulesets.problems());
    let fail_on = thresholds(&[config.fail_on], &outcome, configs);
    if (args.fix || args.unsafe_fixes) && !args.diff {
        output::stdout(text.as_bytes())
            .map_err(|error| Stop::writing("to standard output", &error))?;
        let report = rendered(
            Format::Full,
            args,
            &outcome,
            &style(args, &std::io::stderr()),
        );
        output::stderr(&report).map_err(|error| Stop::writing("to standard error", &error))?;
        return Ok(status(args, &outcome, &fail_on, &[]));
    }
    finish(args, &outcome, &fail_on, &diff)
}

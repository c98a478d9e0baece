//! The rules of each file: what its configuration says, and what the command line says over it.

use std::sync::Arc;

use super::super::Stop;
use super::super::args::Check;
use super::super::shellcheck::ShellCheck;
use crate::config::Config;
use crate::config::discover::Configs;
use crate::diagnostic::Problem;
use crate::engine::meta::{self, Shared};
use crate::engine::outside::{Ask, Question};
use crate::engine::ruleset::Ruleset;
use crate::engine::settings::{Selector, Settings};
use crate::rules::RULES;
use crate::text::source::printed;

/// Rules as set up for each configuration that was met.
pub(super) struct Rulesets<'a> {
    args: &'a Check,
    select: Vec<Selector>,
    ignore: Vec<Selector>,
    built: Vec<(Arc<Config>, Arc<Ruleset>)>,
    /// ShellCheck once it was looked for, and whether it is there.
    shellcheck: Option<Option<Arc<ShellCheck>>>,
    problems: Vec<Problem>,
}

impl<'a> Rulesets<'a> {
    pub(super) fn new(args: &'a Check) -> Result<Rulesets<'a>, Stop> {
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
            shellcheck: None,
            problems: Vec::new(),
        })
    }

    pub(super) fn for_config(&mut self, config: &Arc<Config>) -> Arc<Ruleset> {
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
        let ask = self.outside(config, &settings);
        let ruleset = Ruleset::asking(RULES, &settings, ask);
        self.built.push((config.clone(), ruleset.clone()));
        ruleset
    }

    /// What keeps the run from being complete: a program outside that is missing, or gave no answer.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let found = self.shellcheck.iter().flatten();
        let failed = found.flat_map(|shellcheck| shellcheck.problems());
        self.problems.iter().cloned().chain(failed).collect()
    }

    /// How to ask ShellCheck, where the configuration wants it and it is there.
    fn outside(&mut self, config: &Config, settings: &Settings) -> Option<Arc<Ask>> {
        let rule = &meta::find(RULES, "shellcheck")?.meta;
        settings.active(rule)?;
        let options = settings.options(rule);
        let mode = options["shellcheck"].as_str()?;
        if mode == "off" {
            return None;
        }
        let found = self
            .shellcheck
            .get_or_insert_with(|| ShellCheck::find().map(Arc::new));
        if let Some(found) = found {
            let found = found.clone();
            return Some(Arc::new(move |question: &Question<'_>| found.ask(question)));
        }
        if mode == "required" {
            let (key, below) = Shared::ShellCheck.path();
            let key = format!("{key}.{}", below.unwrap_or_default());
            let said = config.said.get(&key).and_then(|said| said.last());
            let problem = Problem {
                path: said
                    .map(|said| format!("{}:{}", printed(&said.origin.file), said.origin.line)),
                message: format!(
                    "`{key}` is `required`, and there is no `shellcheck` on the PATH; install ShellCheck \
                     (https://www.shellcheck.net), or write `auto` to do without where it is missing"
                ),
            };
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        None
    }
}

/// Ends the run when a configuration that it met is broken.
pub(in crate::cli) fn refuse_broken(configs: &Configs<'_>) -> Result<(), Stop> {
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

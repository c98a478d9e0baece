//! The rules of each file: what its configuration says, and what the command line says over it.

use std::sync::Arc;

use super::super::Stop;
use super::super::args::Check;
use crate::config::Config;
use crate::config::discover::Configs;
use crate::engine::ruleset::Ruleset;
use crate::engine::settings::{Selector, Settings};
use crate::rules::RULES;

/// Rules as set up for each configuration that was met.
pub(super) struct Rulesets<'a> {
    args: &'a Check,
    select: Vec<Selector>,
    ignore: Vec<Selector>,
    built: Vec<(Arc<Config>, Arc<Ruleset>)>,
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
        let ruleset = Ruleset::build(RULES, &settings);
        self.built.push((config.clone(), ruleset.clone()));
        ruleset
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

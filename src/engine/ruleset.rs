//! The rules that run under certain settings, hooked up and ready. Built once for all files that share the
//! settings.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::hooks::{Hooks, Table};
use super::meta::{self, Rule, RuleMeta};
use super::outside::{Ask, LEFT_OUT};
use super::settings::{self, Active, Selector, Settings, is_script_code};
use super::suppress::Comments;
use super::suppress::configured::Ignored;

/// The place of a rule in the list that the engine was given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RuleIndex(pub u16);

/// Rules, their checks by node kind, and how much their findings matter.
pub struct Ruleset {
    rules: &'static [Rule],
    active: Vec<Option<Active>>,
    table: Table,
    /// The rules that answer to a name, in lower case. Made when a comment first asks.
    names: OnceLock<HashMap<String, Vec<RuleIndex>>>,
    ignored: Vec<Ignored>,
    comments: Comments,
    /// What was picked on the command line, for the codes of a program outside.
    select: Vec<Selector>,
    ignore: Vec<Selector>,
    ask: Option<Arc<Ask>>,
}

impl Ruleset {
    /// Hooks up every rule that runs under `settings`.
    pub fn build(rules: &'static [Rule], settings: &Settings) -> Arc<Ruleset> {
        Ruleset::asking(rules, settings, None)
    }

    /// The same; scripts are shown to a program outside as well.
    pub fn asking(
        rules: &'static [Rule],
        settings: &Settings,
        ask: Option<Arc<Ask>>,
    ) -> Arc<Ruleset> {
        let mut table = Table::default();
        let mut active = Vec::with_capacity(rules.len());
        for (index, rule) in rules.iter().enumerate() {
            let state = settings.active(&rule.meta);
            if state.is_some() {
                let index = RuleIndex(u16::try_from(index).unwrap_or(u16::MAX));
                (rule.register)(&mut Hooks::new(&mut table, index, &rule.meta, settings));
            }
            active.push(state);
        }
        Arc::new(Ruleset {
            rules,
            active,
            table,
            names: OnceLock::new(),
            ignored: settings.ignored.clone(),
            comments: settings.comments,
            select: settings.select.clone(),
            ignore: settings.ignore.clone(),
            ask,
        })
    }

    /// Shows a script to a program outside, where there is one and a rule that passes on what it says.
    pub fn ask(&self) -> Option<&Ask> {
        let is_heard = !self.table.remark.is_empty();
        self.ask.as_deref().filter(|_| is_heard)
    }

    /// Whether what a rule passes on under a code of a program outside counts, after `--select` and `--ignore`.
    pub fn counts(&self, rule: RuleIndex, code: &str) -> bool {
        settings::counts(&self.select, &self.ignore, self.meta(rule), code)
    }

    /// Whether a name is a code under which a program outside could speak.
    pub fn is_asked_for(&self, name: &str) -> bool {
        let mut listeners = self.table.remark.iter();
        self.ask.is_some()
            && is_script_code(name)
            && self.named(name).is_empty()
            && !LEFT_OUT.iter().any(|code| code.eq_ignore_ascii_case(name))
            && listeners.any(|(rule, _)| self.counts(rule, name))
    }

    /// The checks, by node kind.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// What the configuration suppresses by path and service.
    pub fn ignored(&self) -> &[Ignored] {
        &self.ignored
    }

    /// Which comments may ask for silence.
    pub fn comments(&self) -> Comments {
        self.comments
    }

    /// Whether any rule asks about projects of several files.
    pub fn looks_at_projects(&self) -> bool {
        let table = &self.table;
        !table.project.is_empty()
            || !table.merged_service.is_empty()
            || !table.build.is_empty()
            || !table.builds.is_empty()
            || !table.syntax.is_empty()
            || !table.image.is_empty()
    }

    /// The metadata of a rule.
    pub fn meta(&self, rule: RuleIndex) -> &'static RuleMeta {
        &self.rules[usize::from(rule.0)].meta
    }

    /// Whether and how a rule runs.
    pub fn active(&self, rule: RuleIndex) -> Option<Active> {
        self.active.get(usize::from(rule.0)).copied().flatten()
    }

    /// The rules that answer to an id or alias, in any case, whether they run or not.
    pub fn named(&self, name: &str) -> &[RuleIndex] {
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<RuleIndex>> = HashMap::new();
            for (index, rule) in self.rules.iter().enumerate() {
                let index = RuleIndex(u16::try_from(index).unwrap_or(u16::MAX));
                for name in std::iter::once(&rule.meta.id).chain(rule.meta.aliases) {
                    let named = names.entry(name.to_ascii_lowercase()).or_default();
                    if named.last() != Some(&index) {
                        named.push(index);
                    }
                }
            }
            names
        });
        names
            .get(&name.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The id or alias that is spelled most like `name`, if any is near.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        meta::nearest(self.rules, name)
    }

    /// The rule with this id, when it runs.
    pub fn active_index(&self, id: &str) -> Option<RuleIndex> {
        let index = self.rules.iter().position(|rule| rule.meta.id == id)?;
        let index = RuleIndex(u16::try_from(index).ok()?);
        self.active(index).map(|_| index)
    }
}

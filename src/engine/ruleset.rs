//! The rules that run under certain settings, hooked up and ready. Built once for all files that share the
//! settings.

use std::sync::Arc;

use super::hooks::{Hooks, Table};
use super::meta::{Rule, RuleMeta};
use super::settings::{Active, Settings};

/// The place of a rule in the list that the engine was given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RuleIndex(pub u16);

/// Rules, their checks by node kind, and how much their findings matter.
pub struct Ruleset {
    rules: &'static [Rule],
    active: Vec<Option<Active>>,
    table: Table,
}

impl Ruleset {
    /// Hooks up every rule that runs under `settings`.
    pub fn build(rules: &'static [Rule], settings: &Settings) -> Arc<Ruleset> {
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
        })
    }

    /// The checks, by node kind.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The metadata of a rule.
    pub fn meta(&self, rule: RuleIndex) -> &'static RuleMeta {
        &self.rules[usize::from(rule.0)].meta
    }

    /// Whether and how a rule runs.
    pub fn active(&self, rule: RuleIndex) -> Option<Active> {
        self.active.get(usize::from(rule.0)).copied().flatten()
    }

    /// The rule with this id, when it runs.
    pub fn active_index(&self, id: &str) -> Option<RuleIndex> {
        let index = self.rules.iter().position(|rule| rule.meta.id == id)?;
        let index = RuleIndex(u16::try_from(index).ok()?);
        self.active(index).map(|_| index)
    }
}

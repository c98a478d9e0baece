//! GENERATED from the rule folders by the test `rule_index_is_up_to_date`; do not edit.
//!
//! Every rule is a folder `rules/<group>/<id>/` with a `README.md` (front matter, prose, examples that
//! run as tests) and a `rule.rs`. See `README.md` beside this file for how to write one.

use crate::diagnostic::{Confidence, Severity};
use crate::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};

#[path = "dockerfile/unknown-instruction/rule.rs"]
mod unknown_instruction;

/// Every rule, by id.
pub const RULES: &[Rule] = &[Rule {
    meta: RuleMeta {
        id: "unknown-instruction",
        group: "dockerfile",
        summary: "line begins with a word that is no Dockerfile instruction",
        category: Category::Syntax,
        severity: Severity::Error,
        confidence: Confidence::High,
        fix: FixKind::Unsafe,
        since: "0.1.0",
        presets: &[(Preset::Recommended, Severity::Error)],
        aliases: &[],
        options: &[],
        readme: include_str!("dockerfile/unknown-instruction/README.md"),
    },
    register: unknown_instruction::register,
}];

//! GENERATED from the rule folders by the test `rule_index_is_up_to_date`; do not edit.
//!
//! Every rule is a folder `rules/<group>/<id>/` with a `README.md` (front matter, prose, examples that
//! run as tests) and a `rule.rs`. See `README.md` beside this file for how to write one.

use crate::diagnostic::{Confidence, Severity};
use crate::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};

#[path = "compose/alias-cycle/rule.rs"]
mod alias_cycle;
#[path = "compose/alias-expansion-limit/rule.rs"]
mod alias_expansion_limit;
#[path = "compose/duplicate-mapping-key/rule.rs"]
mod duplicate_mapping_key;
#[path = "compose/invalid-yaml/rule.rs"]
mod invalid_yaml;
#[path = "compose/undefined-alias/rule.rs"]
mod undefined_alias;
#[path = "dockerfile/unknown-instruction/rule.rs"]
mod unknown_instruction;

/// Every rule, by id.
pub const RULES: &[Rule] = &[
    Rule {
        meta: RuleMeta {
            id: "alias-cycle",
            group: "compose",
            summary: "anchor contains an alias to itself",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/alias-cycle/README.md"),
        },
        register: alias_cycle::register,
    },
    Rule {
        meta: RuleMeta {
            id: "alias-expansion-limit",
            group: "compose",
            summary: "aliases of aliases make the document far too large",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/alias-expansion-limit/README.md"),
        },
        register: alias_expansion_limit::register,
    },
    Rule {
        meta: RuleMeta {
            id: "duplicate-mapping-key",
            group: "compose",
            summary: "key stands twice in one mapping",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/duplicate-mapping-key/README.md"),
        },
        register: duplicate_mapping_key::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-yaml",
            group: "compose",
            summary: "file is not valid YAML",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-yaml/README.md"),
        },
        register: invalid_yaml::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-alias",
            group: "compose",
            summary: "alias refers to an anchor that does not stand above it",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-alias/README.md"),
        },
        register: undefined_alias::register,
    },
    Rule {
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
    },
];

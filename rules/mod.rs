//! GENERATED from the rule folders by the test `rule_index_is_up_to_date`; do not edit.
//!
//! Every rule is a folder `rules/<group>/<id>/` with a `README.md` (front matter, prose, examples that
//! run as tests) and a `rule.rs`. See `README.md` beside this file for how to write one.

use crate::diagnostic::{Confidence, Severity};
use crate::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};

#[path = "dockerfile/add-instead-of-copy/rule.rs"]
mod add_instead_of_copy;
#[path = "compose/alias-cycle/rule.rs"]
mod alias_cycle;
#[path = "compose/alias-expansion-limit/rule.rs"]
mod alias_expansion_limit;
#[path = "dockerfile/blank-key/rule.rs"]
mod blank_key;
#[path = "dockerfile/duplicate-flag/rule.rs"]
mod duplicate_flag;
#[path = "compose/duplicate-mapping-key/rule.rs"]
mod duplicate_mapping_key;
#[path = "dockerfile/duplicate-parser-directive/rule.rs"]
mod duplicate_parser_directive;
#[path = "dockerfile/empty-continuation-line/rule.rs"]
mod empty_continuation_line;
#[path = "dockerfile/empty-dockerfile/rule.rs"]
mod empty_dockerfile;
#[path = "dockerfile/extra-arguments/rule.rs"]
mod extra_arguments;
#[path = "dockerfile/flag-missing-value/rule.rs"]
mod flag_missing_value;
#[path = "text/hardcoded-secret/rule.rs"]
mod hardcoded_secret;
#[path = "text/invalid-encoding/rule.rs"]
mod invalid_encoding;
#[path = "dockerfile/invalid-escape-directive/rule.rs"]
mod invalid_escape_directive;
#[path = "dockerfile/invalid-flag-value/rule.rs"]
mod invalid_flag_value;
#[path = "dockerfile/invalid-from-arguments/rule.rs"]
mod invalid_from_arguments;
#[path = "dockerfile/invalid-heredoc/rule.rs"]
mod invalid_heredoc;
#[path = "image/invalid-image-reference/rule.rs"]
mod invalid_image_reference;
#[path = "dockerfile/invalid-json-array/rule.rs"]
mod invalid_json_array;
#[path = "dockerfile/invalid-key-value/rule.rs"]
mod invalid_key_value;
#[path = "dockerfile/invalid-stage-name/rule.rs"]
mod invalid_stage_name;
#[path = "dockerfile/invalid-variable-substitution/rule.rs"]
mod invalid_variable_substitution;
#[path = "compose/invalid-yaml/rule.rs"]
mod invalid_yaml;
#[path = "image/latest-tag/rule.rs"]
mod latest_tag;
#[path = "dockerfile/legacy-key-value/rule.rs"]
mod legacy_key_value;
#[path = "dockerfile/maintainer-deprecated/rule.rs"]
mod maintainer_deprecated;
#[path = "dockerfile/missing-arguments/rule.rs"]
mod missing_arguments;
#[path = "dockerfile/missing-from/rule.rs"]
mod missing_from;
#[path = "dockerfile/overlong-line/rule.rs"]
mod overlong_line;
#[path = "dockerfile/parse-error/rule.rs"]
mod parse_error;
#[path = "text/secret-in-build-arg/rule.rs"]
mod secret_in_build_arg;
#[path = "text/secret-in-env/rule.rs"]
mod secret_in_env;
#[path = "compose/undefined-alias/rule.rs"]
mod undefined_alias;
#[path = "dockerfile/undefined-arg-in-from/rule.rs"]
mod undefined_arg_in_from;
#[path = "dockerfile/undefined-variable/rule.rs"]
mod undefined_variable;
#[path = "dockerfile/unknown-flag/rule.rs"]
mod unknown_flag;
#[path = "dockerfile/unknown-instruction/rule.rs"]
mod unknown_instruction;
#[path = "image/untagged-image/rule.rs"]
mod untagged_image;
#[path = "dockerfile/unterminated-quote/rule.rs"]
mod unterminated_quote;

/// Every rule, by id.
pub const RULES: &[Rule] = &[
    Rule {
        meta: RuleMeta {
            id: "add-instead-of-copy",
            group: "dockerfile",
            summary: "`ADD` copies what `COPY` copies as well",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DL3020",
                "DF006",
                "DS-0005",
                "CKV_DOCKER_4",
                "prefer-copy-over-add",
                "add_instead_of_copy",
                "S7029",
            ],
            options: &[],
            readme: include_str!("dockerfile/add-instead-of-copy/README.md"),
        },
        register: add_instead_of_copy::register,
    },
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
            id: "blank-key",
            group: "dockerfile",
            summary: "name before `=` is empty",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/blank-key/README.md"),
        },
        register: blank_key::register,
    },
    Rule {
        meta: RuleMeta {
            id: "duplicate-flag",
            group: "dockerfile",
            summary: "flag is given twice",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/duplicate-flag/README.md"),
        },
        register: duplicate_flag::register,
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
            id: "duplicate-parser-directive",
            group: "dockerfile",
            summary: "parser directive is given twice",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/duplicate-parser-directive/README.md"),
        },
        register: duplicate_parser_directive::register,
    },
    Rule {
        meta: RuleMeta {
            id: "empty-continuation-line",
            group: "dockerfile",
            summary: "blank line stands inside a continued instruction",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["NoEmptyContinuation", "DF071"],
            options: &[],
            readme: include_str!("dockerfile/empty-continuation-line/README.md"),
        },
        register: empty_continuation_line::register,
    },
    Rule {
        meta: RuleMeta {
            id: "empty-dockerfile",
            group: "dockerfile",
            summary: "file has no stage to build",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["require-stages"],
            options: &[],
            readme: include_str!("dockerfile/empty-dockerfile/README.md"),
        },
        register: empty_dockerfile::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extra-arguments",
            group: "dockerfile",
            summary: "instruction takes no further arguments",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/extra-arguments/README.md"),
        },
        register: extra_arguments::register,
    },
    Rule {
        meta: RuleMeta {
            id: "flag-missing-value",
            group: "dockerfile",
            summary: "flag has no value",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/flag-missing-value/README.md"),
        },
        register: flag_missing_value::register,
    },
    Rule {
        meta: RuleMeta {
            id: "hardcoded-secret",
            group: "text",
            summary: "token or private key stands in the file",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &[
                "DF013",
                "DF014",
                "passwords_and_secrets_in_infrastructure_code_dockerfile",
                "secrets_stored_in_dockerfile",
                "S6472",
            ],
            options: &[],
            readme: include_str!("text/hardcoded-secret/README.md"),
        },
        register: hardcoded_secret::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-encoding",
            group: "text",
            summary: "file is not UTF-8 text",
            category: Category::Syntax,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("text/invalid-encoding/README.md"),
        },
        register: invalid_encoding::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-escape-directive",
            group: "dockerfile",
            summary: "the `escape` directive names a character that cannot escape",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-escape-directive/README.md"),
        },
        register: invalid_escape_directive::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-flag-value",
            group: "dockerfile",
            summary: "flag does not take this value",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-flag-value/README.md"),
        },
        register: invalid_flag_value::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-from-arguments",
            group: "dockerfile",
            summary: "words behind `FROM` are neither an image nor `image AS name`",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-from-arguments/README.md"),
        },
        register: invalid_from_arguments::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-heredoc",
            group: "dockerfile",
            summary: "heredoc does not end or stands where it cannot",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-heredoc/README.md"),
        },
        register: invalid_heredoc::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-image-reference",
            group: "image",
            summary: "image reference that no registry can have",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("image/invalid-image-reference/README.md"),
        },
        register: invalid_image_reference::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-json-array",
            group: "dockerfile",
            summary: "text in brackets is meant as a JSON array and is none",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-json-form", "S7030"],
            options: &[],
            readme: include_str!("dockerfile/invalid-json-array/README.md"),
        },
        register: invalid_json_array::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-key-value",
            group: "dockerfile",
            summary: "word in a list of pairs has no `=`",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-key-value/README.md"),
        },
        register: invalid_key_value::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-stage-name",
            group: "dockerfile",
            summary: "name of a stage has characters that are not allowed",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-stage-name/README.md"),
        },
        register: invalid_stage_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-variable-substitution",
            group: "dockerfile",
            summary: "variable substitution is malformed or not supported",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-variable-substitution/README.md"),
        },
        register: invalid_variable_substitution::register,
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
            id: "latest-tag",
            group: "image",
            summary: "image is named by a tag that moves",
            category: Category::Reproducibility,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DL3007",
                "DF024",
                "avoid-latest-version",
                "CL-0004",
                "service-image-require-explicit-tag",
                "S6596",
                "DKL-DI-0006",
            ],
            options: &[crate::engine::meta::OptionMeta {
                name: "moving-tags",
                kind: crate::engine::meta::OptionKind::StringList,
                default: "[\"latest\",\"stable\",\"edge\",\"nightly\",\"dev\",\"test\",\"beta\",\"canary\",\"lts\"]",
                summary: "tags of Compose services that count as moving, in any case",
            }],
            readme: include_str!("image/latest-tag/README.md"),
        },
        register: latest_tag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "legacy-key-value",
            group: "dockerfile",
            summary: "key and value are joined by a space instead of `=`",
            category: Category::Style,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["LegacyKeyValueFormat", "DF082"],
            options: &[],
            readme: include_str!("dockerfile/legacy-key-value/README.md"),
        },
        register: legacy_key_value::register,
    },
    Rule {
        meta: RuleMeta {
            id: "maintainer-deprecated",
            group: "dockerfile",
            summary: "`MAINTAINER` is deprecated",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &[
                "DL4000",
                "MaintainerDeprecated",
                "DF019",
                "DS-0022",
                "CKV_DOCKER_6",
                "maintainer-is-deprecated",
                "maintainer_instruction_being_used",
                "S6586",
            ],
            options: &[],
            readme: include_str!("dockerfile/maintainer-deprecated/README.md"),
        },
        register: maintainer_deprecated::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-arguments",
            group: "dockerfile",
            summary: "instruction has too few arguments",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/missing-arguments/README.md"),
        },
        register: missing_arguments::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-from",
            group: "dockerfile",
            summary: "instruction stands before the first `FROM`",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &["DL3061", "DF037"],
            options: &[],
            readme: include_str!("dockerfile/missing-from/README.md"),
        },
        register: missing_from::register,
    },
    Rule {
        meta: RuleMeta {
            id: "overlong-line",
            group: "dockerfile",
            summary: "line is longer than BuildKit reads",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/overlong-line/README.md"),
        },
        register: overlong_line::register,
    },
    Rule {
        meta: RuleMeta {
            id: "parse-error",
            group: "dockerfile",
            summary: "line is no part of any instruction",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["DF071", "S2260"],
            options: &[],
            readme: include_str!("dockerfile/parse-error/README.md"),
        },
        register: parse_error::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-in-build-arg",
            group: "text",
            summary: "build argument is named like a secret",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DL3064",
                "SecretsUsedInArgOrEnv",
                "DF014",
                "DS-0031",
                "S6472",
            ],
            options: &[],
            readme: include_str!("text/secret-in-build-arg/README.md"),
        },
        register: secret_in_build_arg::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-in-env",
            group: "text",
            summary: "variable of an image or a service has a secret as its value",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &[
                "DL3064",
                "SecretsUsedInArgOrEnv",
                "DF013",
                "DF014",
                "DS-0031",
                "secrets_env",
                "env_instruction_has_secret",
                "S6472",
                "CL-0020",
            ],
            options: &[],
            readme: include_str!("text/secret-in-env/README.md"),
        },
        register: secret_in_env::register,
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
            id: "undefined-arg-in-from",
            group: "dockerfile",
            summary: "FROM uses a variable that no ARG before the first FROM declares",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["UndefinedArgInFrom", "DF086"],
            options: &[],
            readme: include_str!("dockerfile/undefined-arg-in-from/README.md"),
        },
        register: undefined_arg_in_from::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-variable",
            group: "dockerfile",
            summary: "instruction uses a variable that nothing defines",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["UndefinedVar", "DF087"],
            options: &[],
            readme: include_str!("dockerfile/undefined-variable/README.md"),
        },
        register: undefined_variable::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unknown-flag",
            group: "dockerfile",
            summary: "instruction has no such flag",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/unknown-flag/README.md"),
        },
        register: unknown_flag::register,
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
    Rule {
        meta: RuleMeta {
            id: "untagged-image",
            group: "image",
            summary: "image is named without a tag or digest",
            category: Category::Reproducibility,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DL3006",
                "DF001",
                "DS-0001",
                "CKV_DOCKER_7",
                "missing-image-version",
                "CL-0004",
                "service-image-require-explicit-tag",
                "S6596",
            ],
            options: &[],
            readme: include_str!("image/untagged-image/README.md"),
        },
        register: untagged_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unterminated-quote",
            group: "dockerfile",
            summary: "quote is never closed",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/unterminated-quote/README.md"),
        },
        register: unterminated_quote::register,
    },
];

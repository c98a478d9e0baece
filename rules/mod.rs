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
#[path = "shell/and-or-as-if-else/rule.rs"]
mod and_or_as_if_else;
#[path = "packages/apt-get-lists-not-removed/rule.rs"]
mod apt_get_lists_not_removed;
#[path = "packages/apt-get-missing-no-install-recommends/rule.rs"]
mod apt_get_missing_no_install_recommends;
#[path = "shell/bashism-in-sh/rule.rs"]
mod bashism_in_sh;
#[path = "shell/bashrc-not-sourced/rule.rs"]
mod bashrc_not_sourced;
#[path = "dockerfile/blank-key/rule.rs"]
mod blank_key;
#[path = "shell/cd-has-no-effect/rule.rs"]
mod cd_has_no_effect;
#[path = "shell/cd-instead-of-workdir/rule.rs"]
mod cd_instead_of_workdir;
#[path = "shell/command-after-exec/rule.rs"]
mod command_after_exec;
#[path = "shell/consecutive-run/rule.rs"]
mod consecutive_run;
#[path = "compose/container-runtime-socket-mount/rule.rs"]
mod container_runtime_socket_mount;
#[path = "shell/curl-pipe-shell/rule.rs"]
mod curl_pipe_shell;
#[path = "shell/dangerous-rm-path/rule.rs"]
mod dangerous_rm_path;
#[path = "dockerfile/duplicate-flag/rule.rs"]
mod duplicate_flag;
#[path = "compose/duplicate-list-item/rule.rs"]
mod duplicate_list_item;
#[path = "compose/duplicate-mapping-key/rule.rs"]
mod duplicate_mapping_key;
#[path = "dockerfile/duplicate-parser-directive/rule.rs"]
mod duplicate_parser_directive;
#[path = "dockerfile/duplicate-stage-name/rule.rs"]
mod duplicate_stage_name;
#[path = "compose/empty-compose-file/rule.rs"]
mod empty_compose_file;
#[path = "dockerfile/empty-continuation-line/rule.rs"]
mod empty_continuation_line;
#[path = "dockerfile/empty-dockerfile/rule.rs"]
mod empty_dockerfile;
#[path = "compose/env-list-item-not-string/rule.rs"]
mod env_list_item_not_string;
#[path = "shell/env-unset-has-no-effect/rule.rs"]
mod env_unset_has_no_effect;
#[path = "compose/environment-key-trailing-space/rule.rs"]
mod environment_key_trailing_space;
#[path = "shell/exit-status-checked-indirectly/rule.rs"]
mod exit_status_checked_indirectly;
#[path = "dockerfile/extra-arguments/rule.rs"]
mod extra_arguments;
#[path = "dockerfile/flag-missing-value/rule.rs"]
mod flag_missing_value;
#[path = "text/hardcoded-secret/rule.rs"]
mod hardcoded_secret;
#[path = "compose/host-network/rule.rs"]
mod host_network;
#[path = "dockerfile/host-network-run/rule.rs"]
mod host_network_run;
#[path = "dockerfile/insecure-run-security/rule.rs"]
mod insecure_run_security;
#[path = "compose/invalid-boolean/rule.rs"]
mod invalid_boolean;
#[path = "compose/invalid-build-ssh/rule.rs"]
mod invalid_build_ssh;
#[path = "compose/invalid-byte-size/rule.rs"]
mod invalid_byte_size;
#[path = "compose/invalid-command-quoting/rule.rs"]
mod invalid_command_quoting;
#[path = "compose/invalid-device-mapping/rule.rs"]
mod invalid_device_mapping;
#[path = "compose/invalid-duration/rule.rs"]
mod invalid_duration;
#[path = "text/invalid-encoding/rule.rs"]
mod invalid_encoding;
#[path = "compose/invalid-enum-value/rule.rs"]
mod invalid_enum_value;
#[path = "dockerfile/invalid-escape-directive/rule.rs"]
mod invalid_escape_directive;
#[path = "compose/invalid-extra-host/rule.rs"]
mod invalid_extra_host;
#[path = "dockerfile/invalid-flag-value/rule.rs"]
mod invalid_flag_value;
#[path = "dockerfile/invalid-from-arguments/rule.rs"]
mod invalid_from_arguments;
#[path = "dockerfile/invalid-healthcheck/rule.rs"]
mod invalid_healthcheck;
#[path = "compose/invalid-healthcheck-test/rule.rs"]
mod invalid_healthcheck_test;
#[path = "dockerfile/invalid-heredoc/rule.rs"]
mod invalid_heredoc;
#[path = "image/invalid-image-reference/rule.rs"]
mod invalid_image_reference;
#[path = "compose/invalid-interpolation/rule.rs"]
mod invalid_interpolation;
#[path = "dockerfile/invalid-json-array/rule.rs"]
mod invalid_json_array;
#[path = "dockerfile/invalid-key-value/rule.rs"]
mod invalid_key_value;
#[path = "compose/invalid-key-value-item/rule.rs"]
mod invalid_key_value_item;
#[path = "dockerfile/invalid-onbuild-trigger/rule.rs"]
mod invalid_onbuild_trigger;
#[path = "compose/invalid-port-mapping/rule.rs"]
mod invalid_port_mapping;
#[path = "compose/invalid-pull-policy/rule.rs"]
mod invalid_pull_policy;
#[path = "compose/invalid-resource-name/rule.rs"]
mod invalid_resource_name;
#[path = "dockerfile/invalid-run-mount/rule.rs"]
mod invalid_run_mount;
#[path = "dockerfile/invalid-secret-mount/rule.rs"]
mod invalid_secret_mount;
#[path = "dockerfile/invalid-shell-instruction/rule.rs"]
mod invalid_shell_instruction;
#[path = "dockerfile/invalid-stage-name/rule.rs"]
mod invalid_stage_name;
#[path = "compose/invalid-string-format/rule.rs"]
mod invalid_string_format;
#[path = "compose/invalid-type/rule.rs"]
mod invalid_type;
#[path = "dockerfile/invalid-variable-substitution/rule.rs"]
mod invalid_variable_substitution;
#[path = "compose/invalid-volume-spec/rule.rs"]
mod invalid_volume_spec;
#[path = "compose/invalid-yaml/rule.rs"]
mod invalid_yaml;
#[path = "image/latest-tag/rule.rs"]
mod latest_tag;
#[path = "dockerfile/legacy-key-value/rule.rs"]
mod legacy_key_value;
#[path = "compose/legacy-v1-file/rule.rs"]
mod legacy_v1_file;
#[path = "shell/loop-runs-once/rule.rs"]
mod loop_runs_once;
#[path = "dockerfile/maintainer-deprecated/rule.rs"]
mod maintainer_deprecated;
#[path = "dockerfile/missing-arguments/rule.rs"]
mod missing_arguments;
#[path = "dockerfile/missing-from/rule.rs"]
mod missing_from;
#[path = "shell/missing-pipefail/rule.rs"]
mod missing_pipefail;
#[path = "compose/missing-required-property/rule.rs"]
mod missing_required_property;
#[path = "compose/missing-resource-limits/rule.rs"]
mod missing_resource_limits;
#[path = "dockerfile/missing-user/rule.rs"]
mod missing_user;
#[path = "shell/mkdir-mode-with-parents/rule.rs"]
mod mkdir_mode_with_parents;
#[path = "dockerfile/multiple-cmd/rule.rs"]
mod multiple_cmd;
#[path = "shell/negated-command-ignored/rule.rs"]
mod negated_command_ignored;
#[path = "compose/non-string-key/rule.rs"]
mod non_string_key;
#[path = "compose/null-section/rule.rs"]
mod null_section;
#[path = "compose/number-out-of-range/rule.rs"]
mod number_out_of_range;
#[path = "compose/obsolete-version-field/rule.rs"]
mod obsolete_version_field;
#[path = "dockerfile/overlong-line/rule.rs"]
mod overlong_line;
#[path = "dockerfile/parse-error/rule.rs"]
mod parse_error;
#[path = "compose/port-bound-to-all-interfaces/rule.rs"]
mod port_bound_to_all_interfaces;
#[path = "shell/privileged-run-argument/rule.rs"]
mod privileged_run_argument;
#[path = "compose/privileged-service/rule.rs"]
mod privileged_service;
#[path = "shell/read-without-raw/rule.rs"]
mod read_without_raw;
#[path = "dockerfile/relative-workdir/rule.rs"]
mod relative_workdir;
#[path = "shell/repeated-redirect/rule.rs"]
mod repeated_redirect;
#[path = "dockerfile/root-user/rule.rs"]
mod root_user;
#[path = "text/secret-in-build-arg/rule.rs"]
mod secret_in_build_arg;
#[path = "text/secret-in-env/rule.rs"]
mod secret_in_env;
#[path = "shell/semicolon-in-run/rule.rs"]
mod semicolon_in_run;
#[path = "shell/shell-changed-with-ln/rule.rs"]
mod shell_changed_with_ln;
#[path = "dockerfile/shell-form-entrypoint/rule.rs"]
mod shell_form_entrypoint;
#[path = "dockerfile/shell-in-scratch/rule.rs"]
mod shell_in_scratch;
#[path = "shell/shell-state-lost/rule.rs"]
mod shell_state_lost;
#[path = "shell/shell-syntax-error/rule.rs"]
mod shell_syntax_error;
#[path = "shell/sudo-in-run/rule.rs"]
mod sudo_in_run;
#[path = "compose/top-level-not-mapping/rule.rs"]
mod top_level_not_mapping;
#[path = "shell/unchecked-cd/rule.rs"]
mod unchecked_cd;
#[path = "compose/undefined-alias/rule.rs"]
mod undefined_alias;
#[path = "dockerfile/undefined-arg-in-from/rule.rs"]
mod undefined_arg_in_from;
#[path = "compose/undefined-dependency/rule.rs"]
mod undefined_dependency;
#[path = "compose/undefined-network/rule.rs"]
mod undefined_network;
#[path = "dockerfile/undefined-stage/rule.rs"]
mod undefined_stage;
#[path = "dockerfile/undefined-variable/rule.rs"]
mod undefined_variable;
#[path = "compose/undefined-volume/rule.rs"]
mod undefined_volume;
#[path = "dockerfile/unknown-flag/rule.rs"]
mod unknown_flag;
#[path = "dockerfile/unknown-instruction/rule.rs"]
mod unknown_instruction;
#[path = "compose/unknown-property/rule.rs"]
mod unknown_property;
#[path = "image/untagged-image/rule.rs"]
mod untagged_image;
#[path = "dockerfile/unterminated-quote/rule.rs"]
mod unterminated_quote;
#[path = "shell/useless-command/rule.rs"]
mod useless_command;
#[path = "dockerfile/variable-in-from-flag/rule.rs"]
mod variable_in_from_flag;
#[path = "dockerfile/windows-chown-flag/rule.rs"]
mod windows_chown_flag;
#[path = "dockerfile/windows-run-mount/rule.rs"]
mod windows_run_mount;
#[path = "dockerfile/windows-stopsignal/rule.rs"]
mod windows_stopsignal;

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
            id: "and-or-as-if-else",
            group: "shell",
            summary: "`&&` and `||` are used as if and else",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2015"],
            options: &[],
            readme: include_str!("shell/and-or-as-if-else/README.md"),
        },
        register: and_or_as_if_else::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-get-lists-not-removed",
            group: "packages",
            summary: "package lists of apt-get stay in the image",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &[
                "DL3009",
                "DF004",
                "remove-package-lists",
                "remove-package-cache",
                "apt_get_install_lists_were_not_deleted",
                "S6587",
                "DKL-DI-0005",
                "apt-get_missing_rm",
                "no_apt-get_clean",
            ],
            options: &[],
            readme: include_str!("packages/apt-get-lists-not-removed/README.md"),
        },
        register: apt_get_lists_not_removed::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-get-missing-no-install-recommends",
            group: "packages",
            summary: "apt-get also installs recommended packages",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &[
                "DL3015",
                "DF016",
                "DS-0029",
                "missing-no-install-recommends",
                "apt_get_not_avoiding_additional_packages",
                "S6500",
                "apt-get_recommends",
            ],
            options: &[],
            readme: include_str!("packages/apt-get-missing-no-install-recommends/README.md"),
        },
        register: apt_get_missing_no_install_recommends::register,
    },
    Rule {
        meta: RuleMeta {
            id: "bashism-in-sh",
            group: "shell",
            summary: "shell command uses syntax that the image's sh does not have",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DF066", "SC2112", "SC2113", "SC2127", "SC3001", "SC3002", "SC3003", "SC3004",
                "SC3005", "SC3006", "SC3007", "SC3008", "SC3009", "SC3010", "SC3011", "SC3014",
                "SC3015", "SC3016", "SC3017", "SC3018", "SC3019", "SC3020", "SC3021", "SC3022",
                "SC3023", "SC3024", "SC3025", "SC3026", "SC3028", "SC3029", "SC3030", "SC3032",
                "SC3033", "SC3034", "SC3035", "SC3036", "SC3037", "SC3038", "SC3039", "SC3040",
                "SC3041", "SC3044", "SC3045", "SC3046", "SC3047", "SC3048", "SC3050", "SC3051",
                "SC3052", "SC3053", "SC3054", "SC3055", "SC3056", "SC3057", "SC3059", "SC3060",
                "SC3061", "SC3062",
            ],
            options: &[],
            readme: include_str!("shell/bashism-in-sh/README.md"),
        },
        register: bashism_in_sh::register,
    },
    Rule {
        meta: RuleMeta {
            id: "bashrc-not-sourced",
            group: "shell",
            summary: "settings are written to a file that RUN and CMD do not read",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("shell/bashrc-not-sourced/README.md"),
        },
        register: bashrc_not_sourced::register,
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
            id: "cd-has-no-effect",
            group: "shell",
            summary: "RUN ends with cd, which has no effect on what follows",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3003",
                "DF008",
                "DS-0013",
                "use-workdir",
                "run_command_cd_instead_of_workdir",
                "S6597",
            ],
            options: &[],
            readme: include_str!("shell/cd-has-no-effect/README.md"),
        },
        register: cd_has_no_effect::register,
    },
    Rule {
        meta: RuleMeta {
            id: "cd-instead-of-workdir",
            group: "shell",
            summary: "RUN begins with cd and does all its work there",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &[
                "DL3003",
                "DF008",
                "DS-0013",
                "use-workdir",
                "run_command_cd_instead_of_workdir",
                "S6597",
            ],
            options: &[],
            readme: include_str!("shell/cd-instead-of-workdir/README.md"),
        },
        register: cd_instead_of_workdir::register,
    },
    Rule {
        meta: RuleMeta {
            id: "command-after-exec",
            group: "shell",
            summary: "commands behind exec never run",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2093"],
            options: &[],
            readme: include_str!("shell/command-after-exec/README.md"),
        },
        register: command_after_exec::register,
    },
    Rule {
        meta: RuleMeta {
            id: "consecutive-run",
            group: "shell",
            summary: "short RUN instructions follow each other",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &[
                "DL3059",
                "DF003",
                "multiple_run_add_copy_instructions_listed",
                "S7031",
            ],
            options: &[],
            readme: include_str!("shell/consecutive-run/README.md"),
        },
        register: consecutive_run::register,
    },
    Rule {
        meta: RuleMeta {
            id: "container-runtime-socket-mount",
            group: "compose",
            summary: "container gets the socket of the container runtime",
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
                "CL-0001",
                "exposing-docker-socket-volume",
                "Docker Socket Mounted In Container",
            ],
            options: &[],
            readme: include_str!("compose/container-runtime-socket-mount/README.md"),
        },
        register: container_runtime_socket_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "curl-pipe-shell",
            group: "shell",
            summary: "download is run without a check",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["DF021"],
            options: &[],
            readme: include_str!("shell/curl-pipe-shell/README.md"),
        },
        register: curl_pipe_shell::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dangerous-rm-path",
            group: "shell",
            summary: "rm -r removes a system directory when a variable is empty",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2115"],
            options: &[],
            readme: include_str!("shell/dangerous-rm-path/README.md"),
        },
        register: dangerous_rm_path::register,
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
            id: "duplicate-list-item",
            group: "compose",
            summary: "list has the same item twice",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/duplicate-list-item/README.md"),
        },
        register: duplicate_list_item::register,
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
            id: "duplicate-stage-name",
            group: "dockerfile",
            summary: "two stages have the same name",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &[
                "DL3024",
                "DuplicateStageName",
                "DF042",
                "DS-0012",
                "CKV_DOCKER_11",
                "alias-must-be-unique",
                "same_alias_in_different_froms",
            ],
            options: &[],
            readme: include_str!("dockerfile/duplicate-stage-name/README.md"),
        },
        register: duplicate_stage_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "empty-compose-file",
            group: "compose",
            summary: "Compose file is empty",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/empty-compose-file/README.md"),
        },
        register: empty_compose_file::register,
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
            id: "env-list-item-not-string",
            group: "compose",
            summary: "item of a list of variables or labels is a mapping",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/env-list-item-not-string/README.md"),
        },
        register: env_list_item_not_string::register,
    },
    Rule {
        meta: RuleMeta {
            id: "env-unset-has-no-effect",
            group: "shell",
            summary: "RUN unsets a variable at its end, which changes nothing",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S6581"],
            options: &[],
            readme: include_str!("shell/env-unset-has-no-effect/README.md"),
        },
        register: env_unset_has_no_effect::register,
    },
    Rule {
        meta: RuleMeta {
            id: "environment-key-trailing-space",
            group: "compose",
            summary: "variable of an environment list has a blank before the equals sign",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/environment-key-trailing-space/README.md"),
        },
        register: environment_key_trailing_space::register,
    },
    Rule {
        meta: RuleMeta {
            id: "exit-status-checked-indirectly",
            group: "shell",
            summary: "status of a command is compared with 0 through `$?`",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2181"],
            options: &[],
            readme: include_str!("shell/exit-status-checked-indirectly/README.md"),
        },
        register: exit_status_checked_indirectly::register,
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
            id: "host-network",
            group: "compose",
            summary: "service uses the host's network",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0008", "Shared Host Network Namespace"],
            options: &[],
            readme: include_str!("compose/host-network/README.md"),
        },
        register: host_network::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-network-run",
            group: "dockerfile",
            summary: "RUN uses the network of the build machine",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S6431"],
            options: &[],
            readme: include_str!("dockerfile/host-network-run/README.md"),
        },
        register: host_network_run::register,
    },
    Rule {
        meta: RuleMeta {
            id: "insecure-run-security",
            group: "dockerfile",
            summary: "RUN runs a command without the sandbox",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["S6502"],
            options: &[],
            readme: include_str!("dockerfile/insecure-run-security/README.md"),
        },
        register: insecure_run_security::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-boolean",
            group: "compose",
            summary: "text is no boolean",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-boolean/README.md"),
        },
        register: invalid_boolean::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-build-ssh",
            group: "compose",
            summary: "SSH key of a build has no path",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-build-ssh/README.md"),
        },
        register: invalid_build_ssh::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-byte-size",
            group: "compose",
            summary: "text is no amount of bytes",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/invalid-byte-size/README.md"),
        },
        register: invalid_byte_size::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-command-quoting",
            group: "compose",
            summary: "command cannot be split into words",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-command-quoting/README.md"),
        },
        register: invalid_command_quoting::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-device-mapping",
            group: "compose",
            summary: "device has more than three parts",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-device-mapping/README.md"),
        },
        register: invalid_device_mapping::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-duration",
            group: "compose",
            summary: "text is no duration",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/invalid-duration/README.md"),
        },
        register: invalid_duration::register,
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
            id: "invalid-enum-value",
            group: "compose",
            summary: "value is none of the words that are allowed there",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/invalid-enum-value/README.md"),
        },
        register: invalid_enum_value::register,
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
            id: "invalid-extra-host",
            group: "compose",
            summary: "additional host has no name or no address",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-extra-host/README.md"),
        },
        register: invalid_extra_host::register,
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
            id: "invalid-healthcheck",
            group: "dockerfile",
            summary: "health check is malformed",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-healthcheck/README.md"),
        },
        register: invalid_healthcheck::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-healthcheck-test",
            group: "compose",
            summary: "list of a health check does not begin with CMD, CMD-SHELL or NONE",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-healthcheck-test/README.md"),
        },
        register: invalid_healthcheck_test::register,
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
            id: "invalid-interpolation",
            group: "compose",
            summary: "`${` opens no variable that Compose understands",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-interpolation/README.md"),
        },
        register: invalid_interpolation::register,
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
            id: "invalid-key-value-item",
            group: "compose",
            summary: "item of a list of pairs has no equals sign",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-key-value-item/README.md"),
        },
        register: invalid_key_value_item::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-onbuild-trigger",
            group: "dockerfile",
            summary: "instruction cannot be a trigger of `ONBUILD`",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &["DL3043", "DF068"],
            options: &[],
            readme: include_str!("dockerfile/invalid-onbuild-trigger/README.md"),
        },
        register: invalid_onbuild_trigger::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-port-mapping",
            group: "compose",
            summary: "port mapping is malformed",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-port-mapping/README.md"),
        },
        register: invalid_port_mapping::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-pull-policy",
            group: "compose",
            summary: "pull policy is none that Compose knows",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/invalid-pull-policy/README.md"),
        },
        register: invalid_pull_policy::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-resource-name",
            group: "compose",
            summary: "name has a character that is not allowed in names",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/invalid-resource-name/README.md"),
        },
        register: invalid_resource_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-run-mount",
            group: "dockerfile",
            summary: "mount of `RUN` has a key or value that it does not take",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-run-mount/README.md"),
        },
        register: invalid_run_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-secret-mount",
            group: "dockerfile",
            summary: "mount of a secret contradicts itself",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-secret-mount/README.md"),
        },
        register: invalid_secret_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-shell-instruction",
            group: "dockerfile",
            summary: "the arguments of `SHELL` are no JSON array",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-shell-instruction/README.md"),
        },
        register: invalid_shell_instruction::register,
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
            id: "invalid-string-format",
            group: "compose",
            summary: "text does not have the form that its key wants",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-string-format/README.md"),
        },
        register: invalid_string_format::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-type",
            group: "compose",
            summary: "value has a type that is not allowed there",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/invalid-type/README.md"),
        },
        register: invalid_type::register,
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
            id: "invalid-volume-spec",
            group: "compose",
            summary: "mount is malformed",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-volume-spec/README.md"),
        },
        register: invalid_volume_spec::register,
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
            id: "legacy-v1-file",
            group: "compose",
            summary: "file has the first Compose format, without services",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/legacy-v1-file/README.md"),
        },
        register: legacy_v1_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "loop-runs-once",
            group: "shell",
            summary: "for loop has a single word to go through",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2041", "SC2042", "SC2043", "SC2066"],
            options: &[],
            readme: include_str!("shell/loop-runs-once/README.md"),
        },
        register: loop_runs_once::register,
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
            id: "missing-pipefail",
            group: "shell",
            summary: "pipeline hides that one of its commands fails",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL4006",
                "DF057",
                "set-pipefail",
                "shell_running_a_pipe_without_pipefail_flag",
            ],
            options: &[],
            readme: include_str!("shell/missing-pipefail/README.md"),
        },
        register: missing_pipefail::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-required-property",
            group: "compose",
            summary: "key is missing that Compose needs there",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/missing-required-property/README.md"),
        },
        register: missing_required_property::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-resource-limits",
            group: "compose",
            summary: "service has no limit for memory or CPU",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hardened, Severity::Warning),
                (Preset::Production, Severity::Warning),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["CL-0026", "Memory Not Limited", "Cpus Not Limited"],
            options: &[],
            readme: include_str!("compose/missing-resource-limits/README.md"),
        },
        register: missing_resource_limits::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-user",
            group: "dockerfile",
            summary: "image runs as root since no `USER` says otherwise",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DF020",
                "DS-0002",
                "CKV_DOCKER_3",
                "missing-user-entrypoint",
                "missing_user_instruction",
                "S6471",
                "CIS-DI-0001",
            ],
            options: &[],
            readme: include_str!("dockerfile/missing-user/README.md"),
        },
        register: missing_user::register,
    },
    Rule {
        meta: RuleMeta {
            id: "mkdir-mode-with-parents",
            group: "shell",
            summary: "mode of mkdir -p is only for the last directory",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2174"],
            options: &[],
            readme: include_str!("shell/mkdir-mode-with-parents/README.md"),
        },
        register: mkdir_mode_with_parents::register,
    },
    Rule {
        meta: RuleMeta {
            id: "multiple-cmd",
            group: "dockerfile",
            summary: "stage has several `CMD` instructions, of which only the last counts",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL4003",
                "MultipleInstructionsDisallowed",
                "DF038",
                "DS-0016",
                "multiple-cmd-instructions",
                "multiple_cmd_instructions_listed",
                "S6589",
            ],
            options: &[],
            readme: include_str!("dockerfile/multiple-cmd/README.md"),
        },
        register: multiple_cmd::register,
    },
    Rule {
        meta: RuleMeta {
            id: "negated-command-ignored",
            group: "shell",
            summary: "negated command does not stop a script under set -e",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2251"],
            options: &[],
            readme: include_str!("shell/negated-command-ignored/README.md"),
        },
        register: negated_command_ignored::register,
    },
    Rule {
        meta: RuleMeta {
            id: "non-string-key",
            group: "compose",
            summary: "mapping key is a number or null instead of text",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/non-string-key/README.md"),
        },
        register: non_string_key::register,
    },
    Rule {
        meta: RuleMeta {
            id: "null-section",
            group: "compose",
            summary: "key has no value where one is needed",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/null-section/README.md"),
        },
        register: null_section::register,
    },
    Rule {
        meta: RuleMeta {
            id: "number-out-of-range",
            group: "compose",
            summary: "number is outside the range that is allowed there",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/number-out-of-range/README.md"),
        },
        register: number_out_of_range::register,
    },
    Rule {
        meta: RuleMeta {
            id: "obsolete-version-field",
            group: "compose",
            summary: "version at the top level has no effect",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["no-version-field"],
            options: &[],
            readme: include_str!("compose/obsolete-version-field/README.md"),
        },
        register: obsolete_version_field::register,
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
            id: "port-bound-to-all-interfaces",
            group: "compose",
            summary: "port is published on all network interfaces of the host",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "CL-0005",
                "no-unbound-port-interfaces",
                "Container Traffic Not Bound To Host Interface",
            ],
            options: &[
                crate::engine::meta::OptionMeta {
                    name: "edge-images",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[\"apisix\",\"caddy\",\"envoy\",\"haproxy\",\"kong\",\"nginx\",\"nginx-proxy\",\"nginx-proxy-manager\",\"swag\",\"traefik\"]",
                    summary: "images (last part of the name) that may publish ports 80 and 443 to everyone",
                },
                crate::engine::meta::OptionMeta {
                    name: "edge-services",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "services that may publish any port to everyone",
                },
            ],
            readme: include_str!("compose/port-bound-to-all-interfaces/README.md"),
        },
        register: port_bound_to_all_interfaces::register,
    },
    Rule {
        meta: RuleMeta {
            id: "privileged-run-argument",
            group: "shell",
            summary: "command starts a container with rights over its host",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["privileged_run_container"],
            options: &[],
            readme: include_str!("shell/privileged-run-argument/README.md"),
        },
        register: privileged_run_argument::register,
    },
    Rule {
        meta: RuleMeta {
            id: "privileged-service",
            group: "compose",
            summary: "service runs privileged",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["CL-0002", "Privileged Containers Enabled"],
            options: &[],
            readme: include_str!("compose/privileged-service/README.md"),
        },
        register: privileged_service::register,
    },
    Rule {
        meta: RuleMeta {
            id: "read-without-raw",
            group: "shell",
            summary: "read without -r removes backslashes",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2162"],
            options: &[],
            readme: include_str!("shell/read-without-raw/README.md"),
        },
        register: read_without_raw::register,
    },
    Rule {
        meta: RuleMeta {
            id: "relative-workdir",
            group: "dockerfile",
            summary: "working directory is a relative path",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3000",
                "WorkdirRelativePath",
                "DF009",
                "DS-0009",
                "CKV_DOCKER_10",
                "use-absolute-workdir",
                "workdir_path_not_absolute",
                "S7021",
            ],
            options: &[],
            readme: include_str!("dockerfile/relative-workdir/README.md"),
        },
        register: relative_workdir::register,
    },
    Rule {
        meta: RuleMeta {
            id: "repeated-redirect",
            group: "shell",
            summary: "commands in a row append to the same file",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2129"],
            options: &[],
            readme: include_str!("shell/repeated-redirect/README.md"),
        },
        register: repeated_redirect::register,
    },
    Rule {
        meta: RuleMeta {
            id: "root-user",
            group: "dockerfile",
            summary: "image or container is told to run as root",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
                (Preset::Hardened, Severity::Error),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DL3002",
                "DF002",
                "DS-0002",
                "CKV_DOCKER_8",
                "last-user-is-root",
                "last_user_is_root",
                "S6471",
                "CIS-DI-0001",
                "CL-0018",
            ],
            options: &[],
            readme: include_str!("dockerfile/root-user/README.md"),
        },
        register: root_user::register,
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
            id: "semicolon-in-run",
            group: "shell",
            summary: "RUN goes on with the next command when one fails",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["no_ampersand_usage"],
            options: &[],
            readme: include_str!("shell/semicolon-in-run/README.md"),
        },
        register: semicolon_in_run::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shell-changed-with-ln",
            group: "shell",
            summary: "RUN replaces /bin/sh instead of using SHELL",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL4005",
                "use-shell-instruction",
                "changing_default_shell_using_run_command",
                "changing_default_shell_using_shell_command",
            ],
            options: &[],
            readme: include_str!("shell/shell-changed-with-ln/README.md"),
        },
        register: shell_changed_with_ln::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shell-form-entrypoint",
            group: "dockerfile",
            summary: "`CMD` or `ENTRYPOINT` is run by a shell",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3025",
                "JSONArgsRecommended",
                "DF018",
                "DF025",
                "prefer-json-notation",
                "not_using_json_in_cmd_and_entrypoint_arguments",
                "S7019",
            ],
            options: &[],
            readme: include_str!("dockerfile/shell-form-entrypoint/README.md"),
        },
        register: shell_form_entrypoint::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shell-in-scratch",
            group: "dockerfile",
            summary: "command needs a shell in an image that has none",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["shell-run-in-scratch"],
            options: &[],
            readme: include_str!("dockerfile/shell-in-scratch/README.md"),
        },
        register: shell_in_scratch::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shell-state-lost",
            group: "shell",
            summary: "RUN ends with a change that only its own shell would notice",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("shell/shell-state-lost/README.md"),
        },
        register: shell_state_lost::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shell-syntax-error",
            group: "shell",
            summary: "shell command does not follow the grammar of its shell",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["SC1009", "SC1072", "SC1073"],
            options: &[],
            readme: include_str!("shell/shell-syntax-error/README.md"),
        },
        register: shell_syntax_error::register,
    },
    Rule {
        meta: RuleMeta {
            id: "sudo-in-run",
            group: "shell",
            summary: "RUN calls sudo",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3004",
                "DF010",
                "DS-0010",
                "CKV2_DOCKER_1",
                "no-sudo-in-dockerfile",
                "run_using_sudo",
                "DKL-DI-0001",
                "sudo_usage",
                "no_run_with_sudo",
            ],
            options: &[],
            readme: include_str!("shell/sudo-in-run/README.md"),
        },
        register: sudo_in_run::register,
    },
    Rule {
        meta: RuleMeta {
            id: "top-level-not-mapping",
            group: "compose",
            summary: "top level of the Compose file is no mapping",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/top-level-not-mapping/README.md"),
        },
        register: top_level_not_mapping::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unchecked-cd",
            group: "shell",
            summary: "script goes on in the wrong directory when cd fails",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2164"],
            options: &[],
            readme: include_str!("shell/unchecked-cd/README.md"),
        },
        register: unchecked_cd::register,
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
            id: "undefined-dependency",
            group: "compose",
            summary: "service depends on a service that does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-dependency/README.md"),
        },
        register: undefined_dependency::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-network",
            group: "compose",
            summary: "service joins a network that the file does not declare",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-network/README.md"),
        },
        register: undefined_network::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-stage",
            group: "dockerfile",
            summary: "`--from` names a stage that does not exist",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3022", "DF049"],
            options: &[],
            readme: include_str!("dockerfile/undefined-stage/README.md"),
        },
        register: undefined_stage::register,
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
            id: "undefined-volume",
            group: "compose",
            summary: "service mounts a named volume that the file does not declare",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-volume/README.md"),
        },
        register: undefined_volume::register,
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
            id: "unknown-property",
            group: "compose",
            summary: "key is not part of the Compose Specification",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/unknown-property/README.md"),
        },
        register: unknown_property::register,
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
    Rule {
        meta: RuleMeta {
            id: "useless-command",
            group: "shell",
            summary: "RUN calls a command that has nothing to do in a build",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3001",
                "DF060",
                "nonsensical-command",
                "run_utilities_and_posix_commands",
            ],
            options: &[],
            readme: include_str!("shell/useless-command/README.md"),
        },
        register: useless_command::register,
    },
    Rule {
        meta: RuleMeta {
            id: "variable-in-from-flag",
            group: "dockerfile",
            summary: "variable in `--from` is not replaced",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/variable-in-from-flag/README.md"),
        },
        register: variable_in_from_flag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "windows-chown-flag",
            group: "dockerfile",
            summary: "`--chown` or `--chmod` in a stage for Windows has no effect",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["windows/no-chown-flag"],
            options: &[],
            readme: include_str!("dockerfile/windows-chown-flag/README.md"),
        },
        register: windows_chown_flag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "windows-run-mount",
            group: "dockerfile",
            summary: "RUN has a mount that does not work on Windows",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["windows/no-run-mounts"],
            options: &[],
            readme: include_str!("dockerfile/windows-run-mount/README.md"),
        },
        register: windows_run_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "windows-stopsignal",
            group: "dockerfile",
            summary: "STOPSIGNAL in a stage for Windows has no effect",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["windows/no-stopsignal"],
            options: &[],
            readme: include_str!("dockerfile/windows-stopsignal/README.md"),
        },
        register: windows_stopsignal::register,
    },
];

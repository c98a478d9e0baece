//! GENERATED from the rule folders by the test `rule_index_is_up_to_date`; do not edit.
//!
//! Every rule is a folder `rules/<group>/<id>/` with a `README.md` (front matter, prose, examples that
//! run as tests) and a `rule.rs`. See `README.md` beside this file for how to write one.

use crate::diagnostic::{Confidence, Severity};
use crate::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};

#[path = "dockerfile/add-instead-of-copy/rule.rs"]
mod add_instead_of_copy;
#[path = "compose/added-capability/rule.rs"]
mod added_capability;
#[path = "compose/additional-context-not-buildable/rule.rs"]
mod additional_context_not_buildable;
#[path = "project/additional-context-path-not-found/rule.rs"]
mod additional_context_path_not_found;
#[path = "dockerfile/admin-port-exposed/rule.rs"]
mod admin_port_exposed;
#[path = "compose/admin-port-published/rule.rs"]
mod admin_port_published;
#[path = "compose/alias-cycle/rule.rs"]
mod alias_cycle;
#[path = "compose/alias-expansion-limit/rule.rs"]
mod alias_expansion_limit;
#[path = "compose/ambiguous-compose-file/rule.rs"]
mod ambiguous_compose_file;
#[path = "project/ambiguous-default-stage/rule.rs"]
mod ambiguous_default_stage;
#[path = "compose/ambiguous-override-file/rule.rs"]
mod ambiguous_override_file;
#[path = "compose/analysis-incomplete/rule.rs"]
mod analysis_incomplete;
#[path = "shell/and-or-as-if-else/rule.rs"]
mod and_or_as_if_else;
#[path = "compose/anonymous-volume/rule.rs"]
mod anonymous_volume;
#[path = "compose/any-host-device/rule.rs"]
mod any_host_device;
#[path = "compose/api-socket-granted/rule.rs"]
mod api_socket_granted;
#[path = "packages/apk-allow-untrusted/rule.rs"]
mod apk_allow_untrusted;
#[path = "packages/apk-missing-no-cache/rule.rs"]
mod apk_missing_no_cache;
#[path = "packages/apk-missing-virtual/rule.rs"]
mod apk_missing_virtual;
#[path = "compose/apparmor-disabled/rule.rs"]
mod apparmor_disabled;
#[path = "packages/apt-force-yes/rule.rs"]
mod apt_force_yes;
#[path = "packages/apt-get-clean-redundant/rule.rs"]
mod apt_get_clean_redundant;
#[path = "packages/apt-get-install-without-update/rule.rs"]
mod apt_get_install_without_update;
#[path = "packages/apt-get-lists-not-removed/rule.rs"]
mod apt_get_lists_not_removed;
#[path = "packages/apt-get-missing-no-install-recommends/rule.rs"]
mod apt_get_missing_no_install_recommends;
#[path = "packages/apt-get-missing-yes/rule.rs"]
mod apt_get_missing_yes;
#[path = "packages/apt-get-update-alone/rule.rs"]
mod apt_get_update_alone;
#[path = "packages/apt-instead-of-apt-get/rule.rs"]
mod apt_instead_of_apt_get;
#[path = "packages/apt-unauthenticated/rule.rs"]
mod apt_unauthenticated;
#[path = "dockerfile/arg-busts-cache/rule.rs"]
mod arg_busts_cache;
#[path = "dockerfile/arg-shadowed-by-env/rule.rs"]
mod arg_shadowed_by_env;
#[path = "shell/asset-precompile-without-dummy-key/rule.rs"]
mod asset_precompile_without_dummy_key;
#[path = "compose/authentication-disabled/rule.rs"]
mod authentication_disabled;
#[path = "shell/bashism-in-sh/rule.rs"]
mod bashism_in_sh;
#[path = "shell/bashrc-not-sourced/rule.rs"]
mod bashrc_not_sourced;
#[path = "project/bind-mount-hides-image-content/rule.rs"]
mod bind_mount_hides_image_content;
#[path = "compose/bind-source-not-found/rule.rs"]
mod bind_source_not_found;
#[path = "dockerfile/blank-key/rule.rs"]
mod blank_key;
#[path = "compose/bounded-capability/rule.rs"]
mod bounded_capability;
#[path = "dockerfile/broad-copy/rule.rs"]
mod broad_copy;
#[path = "compose/broad-device-cgroup-rule/rule.rs"]
mod broad_device_cgroup_rule;
#[path = "project/build-arg-not-provided/rule.rs"]
mod build_arg_not_provided;
#[path = "project/build-arg-out-of-scope/rule.rs"]
mod build_arg_out_of_scope;
#[path = "project/build-context-not-found/rule.rs"]
mod build_context_not_found;
#[path = "dockerfile/build-only-env/rule.rs"]
mod build_only_env;
#[path = "project/build-secret-not-granted/rule.rs"]
mod build_secret_not_granted;
#[path = "project/build-ssh-not-granted/rule.rs"]
mod build_ssh_not_granted;
#[path = "project/build-target-not-found/rule.rs"]
mod build_target_not_found;
#[path = "compose/capabilities-not-dropped/rule.rs"]
mod capabilities_not_dropped;
#[path = "shell/cd-has-no-effect/rule.rs"]
mod cd_has_no_effect;
#[path = "shell/cd-instead-of-workdir/rule.rs"]
mod cd_instead_of_workdir;
#[path = "dockerfile/circular-stage-dependency/rule.rs"]
mod circular_stage_dependency;
#[path = "dockerfile/cmd-background-process/rule.rs"]
mod cmd_background_process;
#[path = "dockerfile/cmd-runs-package-manager/rule.rs"]
mod cmd_runs_package_manager;
#[path = "shell/command-after-exec/rule.rs"]
mod command_after_exec;
#[path = "project/command-ignored-by-shell-entrypoint/rule.rs"]
mod command_ignored_by_shell_entrypoint;
#[path = "compose/command-truncated-at-shell-operator/rule.rs"]
mod command_truncated_at_shell_operator;
#[path = "compose/completed-condition-on-long-running/rule.rs"]
mod completed_condition_on_long_running;
#[path = "compose/conflicting-capability/rule.rs"]
mod conflicting_capability;
#[path = "compose/conflicting-resource-limits/rule.rs"]
mod conflicting_resource_limits;
#[path = "compose/conflicting-scale-and-replicas/rule.rs"]
mod conflicting_scale_and_replicas;
#[path = "shell/consecutive-run/rule.rs"]
mod consecutive_run;
#[path = "dockerfile/constant-platform-flag/rule.rs"]
mod constant_platform_flag;
#[path = "compose/container-name-with-replicas/rule.rs"]
mod container_name_with_replicas;
#[path = "compose/container-runtime-socket-mount/rule.rs"]
mod container_runtime_socket_mount;
#[path = "text/content-trust-obsolete/rule.rs"]
mod content_trust_obsolete;
#[path = "dockerfile/copied-secret-not-ignored/rule.rs"]
mod copied_secret_not_ignored;
#[path = "dockerfile/copy-after-user-without-chown/rule.rs"]
mod copy_after_user_without_chown;
#[path = "dockerfile/copy-before-dependency-install/rule.rs"]
mod copy_before_dependency_install;
#[path = "dockerfile/copy-entire-filesystem/rule.rs"]
mod copy_entire_filesystem;
#[path = "dockerfile/copy-from-empty-stage/rule.rs"]
mod copy_from_empty_stage;
#[path = "dockerfile/copy-from-self/rule.rs"]
mod copy_from_self;
#[path = "dockerfile/copy-ignored-file/rule.rs"]
mod copy_ignored_file;
#[path = "dockerfile/copy-multiple-sources-slash/rule.rs"]
mod copy_multiple_sources_slash;
#[path = "project/copy-source-ignored/rule.rs"]
mod copy_source_ignored;
#[path = "project/copy-source-missing/rule.rs"]
mod copy_source_missing;
#[path = "dockerfile/copy-to-root/rule.rs"]
mod copy_to_root;
#[path = "dockerfile/copy-url-or-git-source/rule.rs"]
mod copy_url_or_git_source;
#[path = "compose/credential-in-url/rule.rs"]
mod credential_in_url;
#[path = "shell/curl-and-wget/rule.rs"]
mod curl_and_wget;
#[path = "shell/curl-missing-fail/rule.rs"]
mod curl_missing_fail;
#[path = "shell/curl-missing-location/rule.rs"]
mod curl_missing_location;
#[path = "shell/curl-pipe-shell/rule.rs"]
mod curl_pipe_shell;
#[path = "compose/custom-cgroup-parent/rule.rs"]
mod custom_cgroup_parent;
#[path = "shell/dangerous-rm-path/rule.rs"]
mod dangerous_rm_path;
#[path = "compose/dangerous-supplementary-group/rule.rs"]
mod dangerous_supplementary_group;
#[path = "compose/datastore-port-published/rule.rs"]
mod datastore_port_published;
#[path = "compose/datastore-volume-wrong-path/rule.rs"]
mod datastore_volume_wrong_path;
#[path = "compose/datastore-without-persistent-volume/rule.rs"]
mod datastore_without_persistent_volume;
#[path = "compose/debug-mode-enabled/rule.rs"]
mod debug_mode_enabled;
#[path = "compose/default-credential/rule.rs"]
mod default_credential;
#[path = "compose/default-network-only/rule.rs"]
mod default_network_only;
#[path = "image/denied-image/rule.rs"]
mod denied_image;
#[path = "compose/dependency-cycle/rule.rs"]
mod dependency_cycle;
#[path = "compose/dependency-disabled-by-profile/rule.rs"]
mod dependency_disabled_by_profile;
#[path = "compose/deprecated-external-name/rule.rs"]
mod deprecated_external_name;
#[path = "image/deprecated-image/rule.rs"]
mod deprecated_image;
#[path = "compose/deprecated-service-mac-address/rule.rs"]
mod deprecated_service_mac_address;
#[path = "compose/deprecated-x-develop/rule.rs"]
mod deprecated_x_develop;
#[path = "compose/disabled-healthcheck/rule.rs"]
mod disabled_healthcheck;
#[path = "packages/dist-upgrade/rule.rs"]
mod dist_upgrade;
#[path = "packages/dnf-cache-not-cleaned/rule.rs"]
mod dnf_cache_not_cleaned;
#[path = "packages/dnf-missing-yes/rule.rs"]
mod dnf_missing_yes;
#[path = "compose/docker-api-exposed/rule.rs"]
mod docker_api_exposed;
#[path = "dockerfile/docker-socket-volume/rule.rs"]
mod docker_socket_volume;
#[path = "compose/dockerfile-and-inline/rule.rs"]
mod dockerfile_and_inline;
#[path = "project/dockerfile-not-found/rule.rs"]
mod dockerfile_not_found;
#[path = "compose/duplicate-container-name/rule.rs"]
mod duplicate_container_name;
#[path = "dockerfile/duplicate-env/rule.rs"]
mod duplicate_env;
#[path = "compose/duplicate-environment-key/rule.rs"]
mod duplicate_environment_key;
#[path = "dockerfile/duplicate-flag/rule.rs"]
mod duplicate_flag;
#[path = "dockerfile/duplicate-label-key/rule.rs"]
mod duplicate_label_key;
#[path = "compose/duplicate-list-item/rule.rs"]
mod duplicate_list_item;
#[path = "compose/duplicate-mapping-key/rule.rs"]
mod duplicate_mapping_key;
#[path = "compose/duplicate-mount-target/rule.rs"]
mod duplicate_mount_target;
#[path = "dockerfile/duplicate-parser-directive/rule.rs"]
mod duplicate_parser_directive;
#[path = "dockerfile/duplicate-stage-name/rule.rs"]
mod duplicate_stage_name;
#[path = "dockerfile/duplicate-uid-or-user/rule.rs"]
mod duplicate_uid_or_user;
#[path = "shell/echo-escape-sequence/rule.rs"]
mod echo_escape_sequence;
#[path = "project/effective-root-user/rule.rs"]
mod effective_root_user;
#[path = "compose/empty-bind-source/rule.rs"]
mod empty_bind_source;
#[path = "compose/empty-compose-file/rule.rs"]
mod empty_compose_file;
#[path = "dockerfile/empty-continuation-line/rule.rs"]
mod empty_continuation_line;
#[path = "dockerfile/empty-dockerfile/rule.rs"]
mod empty_dockerfile;
#[path = "dockerfile/empty-label/rule.rs"]
mod empty_label;
#[path = "shell/empty-or-static-password/rule.rs"]
mod empty_or_static_password;
#[path = "dockerfile/entrypoint-cmd-form-mismatch/rule.rs"]
mod entrypoint_cmd_form_mismatch;
#[path = "project/entrypoint-drops-image-command/rule.rs"]
mod entrypoint_drops_image_command;
#[path = "dockerfile/entrypoint-shell-form-ignores-cmd/rule.rs"]
mod entrypoint_shell_form_ignores_cmd;
#[path = "compose/env-file-not-found/rule.rs"]
mod env_file_not_found;
#[path = "compose/env-file-syntax/rule.rs"]
mod env_file_syntax;
#[path = "compose/env-file-tracked-by-git/rule.rs"]
mod env_file_tracked_by_git;
#[path = "compose/env-file-unsupported-format/rule.rs"]
mod env_file_unsupported_format;
#[path = "compose/env-list-item-not-string/rule.rs"]
mod env_list_item_not_string;
#[path = "dockerfile/env-path-dangerous/rule.rs"]
mod env_path_dangerous;
#[path = "dockerfile/env-self-reference/rule.rs"]
mod env_self_reference;
#[path = "shell/env-unset-has-no-effect/rule.rs"]
mod env_unset_has_no_effect;
#[path = "compose/env-value-mangled-by-yaml/rule.rs"]
mod env_value_mangled_by_yaml;
#[path = "compose/environment-key-trailing-space/rule.rs"]
mod environment_key_trailing_space;
#[path = "image/eol-image/rule.rs"]
mod eol_image;
#[path = "compose/ephemeral-host-port/rule.rs"]
mod ephemeral_host_port;
#[path = "dockerfile/exec-form-no-expansion/rule.rs"]
mod exec_form_no_expansion;
#[path = "dockerfile/exec-form-single-string/rule.rs"]
mod exec_form_single_string;
#[path = "shell/exit-status-checked-indirectly/rule.rs"]
mod exit_status_checked_indirectly;
#[path = "shell/expansion-in-single-quotes/rule.rs"]
mod expansion_in_single_quotes;
#[path = "text/expired-suppression/rule.rs"]
mod expired_suppression;
#[path = "dockerfile/expose-host-mapping/rule.rs"]
mod expose_host_mapping;
#[path = "dockerfile/expose-proto-case/rule.rs"]
mod expose_proto_case;
#[path = "project/exposed-port-mismatch/rule.rs"]
mod exposed_port_mismatch;
#[path = "compose/extends-cycle/rule.rs"]
mod extends_cycle;
#[path = "compose/extends-file-not-found/rule.rs"]
mod extends_file_not_found;
#[path = "compose/extends-inherits-identity/rule.rs"]
mod extends_inherits_identity;
#[path = "compose/extends-inherits-profiles/rule.rs"]
mod extends_inherits_profiles;
#[path = "compose/extends-missing-resource/rule.rs"]
mod extends_missing_resource;
#[path = "compose/extends-undefined-service/rule.rs"]
mod extends_undefined_service;
#[path = "compose/external-name-conflict/rule.rs"]
mod external_name_conflict;
#[path = "compose/external-with-attributes/rule.rs"]
mod external_with_attributes;
#[path = "dockerfile/extra-arguments/rule.rs"]
mod extra_arguments;
#[path = "compose/file-object-source-conflict/rule.rs"]
mod file_object_source_conflict;
#[path = "compose/file-object-source-missing/rule.rs"]
mod file_object_source_missing;
#[path = "compose/fixed-container-name/rule.rs"]
mod fixed_container_name;
#[path = "dockerfile/flag-missing-value/rule.rs"]
mod flag_missing_value;
#[path = "dockerfile/forward-stage-reference/rule.rs"]
mod forward_stage_reference;
#[path = "dockerfile/from-as-case/rule.rs"]
mod from_as_case;
#[path = "shell/glob-starting-with-dash/rule.rs"]
mod glob_starting_with_dash;
#[path = "compose/gpu-count-and-device-ids/rule.rs"]
mod gpu_count_and_device_ids;
#[path = "text/hardcoded-secret/rule.rs"]
mod hardcoded_secret;
#[path = "shell/healthcheck-always-passes/rule.rs"]
mod healthcheck_always_passes;
#[path = "compose/healthcheck-form/rule.rs"]
mod healthcheck_form;
#[path = "compose/healthcheck-start-interval-without-start-period/rule.rs"]
mod healthcheck_start_interval_without_start_period;
#[path = "compose/healthy-condition-without-healthcheck/rule.rs"]
mod healthy_condition_without_healthcheck;
#[path = "compose/host-adjacent-capability/rule.rs"]
mod host_adjacent_capability;
#[path = "compose/host-affecting-sysctl/rule.rs"]
mod host_affecting_sysctl;
#[path = "compose/host-availability-capability/rule.rs"]
mod host_availability_capability;
#[path = "compose/host-cgroup-namespace/rule.rs"]
mod host_cgroup_namespace;
#[path = "compose/host-device-access/rule.rs"]
mod host_device_access;
#[path = "compose/host-disclosure-capability/rule.rs"]
mod host_disclosure_capability;
#[path = "compose/host-ipc-namespace/rule.rs"]
mod host_ipc_namespace;
#[path = "compose/host-network/rule.rs"]
mod host_network;
#[path = "compose/host-network-port-collision/rule.rs"]
mod host_network_port_collision;
#[path = "dockerfile/host-network-run/rule.rs"]
mod host_network_run;
#[path = "compose/host-network-with-ports/rule.rs"]
mod host_network_with_ports;
#[path = "compose/host-pid-namespace/rule.rs"]
mod host_pid_namespace;
#[path = "compose/host-port-collision/rule.rs"]
mod host_port_collision;
#[path = "compose/host-reaching-capability/rule.rs"]
mod host_reaching_capability;
#[path = "compose/host-root-mount/rule.rs"]
mod host_root_mount;
#[path = "compose/host-takeover-capability/rule.rs"]
mod host_takeover_capability;
#[path = "compose/host-user-namespace/rule.rs"]
mod host_user_namespace;
#[path = "compose/host-uts-namespace/rule.rs"]
mod host_uts_namespace;
#[path = "dockerfile/image-bloat-files-copied/rule.rs"]
mod image_bloat_files_copied;
#[path = "project/image-shadows-build/rule.rs"]
mod image_shadows_build;
#[path = "project/image-tag-built-twice/rule.rs"]
mod image_tag_built_twice;
#[path = "compose/implausible-memory-limit/rule.rs"]
mod implausible_memory_limit;
#[path = "project/implicit-build-order/rule.rs"]
mod implicit_build_order;
#[path = "compose/include-cycle/rule.rs"]
mod include_cycle;
#[path = "compose/include-env-file-not-found/rule.rs"]
mod include_env_file_not_found;
#[path = "compose/include-file-not-found/rule.rs"]
mod include_file_not_found;
#[path = "compose/include-resource-conflict/rule.rs"]
mod include_resource_conflict;
#[path = "dockerfile/inconsistent-instruction-case/rule.rs"]
mod inconsistent_instruction_case;
#[path = "dockerfile/inconsistent-keep-git-dir/rule.rs"]
mod inconsistent_keep_git_dir;
#[path = "compose/inconsistent-memory-settings/rule.rs"]
mod inconsistent_memory_settings;
#[path = "project/inline-dockerfile-interpolated/rule.rs"]
mod inline_dockerfile_interpolated;
#[path = "compose/inline-secret-in-read-only-service/rule.rs"]
mod inline_secret_in_read_only_service;
#[path = "project/insecure-build-entitlement/rule.rs"]
mod insecure_build_entitlement;
#[path = "shell/insecure-http-url/rule.rs"]
mod insecure_http_url;
#[path = "image/insecure-registry/rule.rs"]
mod insecure_registry;
#[path = "dockerfile/insecure-run-security/rule.rs"]
mod insecure_run_security;
#[path = "compose/interface-name-conflict/rule.rs"]
mod interface_name_conflict;
#[path = "dockerfile/invalid-add-checksum/rule.rs"]
mod invalid_add_checksum;
#[path = "compose/invalid-boolean/rule.rs"]
mod invalid_boolean;
#[path = "compose/invalid-build-ssh/rule.rs"]
mod invalid_build_ssh;
#[path = "compose/invalid-byte-size/rule.rs"]
mod invalid_byte_size;
#[path = "compose/invalid-command-quoting/rule.rs"]
mod invalid_command_quoting;
#[path = "compose/invalid-container-name/rule.rs"]
mod invalid_container_name;
#[path = "dockerfile/invalid-default-arg-in-from/rule.rs"]
mod invalid_default_arg_in_from;
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
#[path = "dockerfile/invalid-expose-port/rule.rs"]
mod invalid_expose_port;
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
#[path = "compose/invalid-ip-or-mac-address/rule.rs"]
mod invalid_ip_or_mac_address;
#[path = "dockerfile/invalid-json-array/rule.rs"]
mod invalid_json_array;
#[path = "dockerfile/invalid-key-value/rule.rs"]
mod invalid_key_value;
#[path = "compose/invalid-key-value-item/rule.rs"]
mod invalid_key_value_item;
#[path = "dockerfile/invalid-label-key/rule.rs"]
mod invalid_label_key;
#[path = "dockerfile/invalid-onbuild-trigger/rule.rs"]
mod invalid_onbuild_trigger;
#[path = "dockerfile/invalid-platform/rule.rs"]
mod invalid_platform;
#[path = "compose/invalid-port-mapping/rule.rs"]
mod invalid_port_mapping;
#[path = "compose/invalid-project-name/rule.rs"]
mod invalid_project_name;
#[path = "compose/invalid-pull-policy/rule.rs"]
mod invalid_pull_policy;
#[path = "compose/invalid-resource-name/rule.rs"]
mod invalid_resource_name;
#[path = "compose/invalid-restart-policy/rule.rs"]
mod invalid_restart_policy;
#[path = "dockerfile/invalid-run-mount/rule.rs"]
mod invalid_run_mount;
#[path = "dockerfile/invalid-secret-mount/rule.rs"]
mod invalid_secret_mount;
#[path = "compose/invalid-security-opt/rule.rs"]
mod invalid_security_opt;
#[path = "dockerfile/invalid-shell-instruction/rule.rs"]
mod invalid_shell_instruction;
#[path = "dockerfile/invalid-stage-label-description/rule.rs"]
mod invalid_stage_label_description;
#[path = "dockerfile/invalid-stage-name/rule.rs"]
mod invalid_stage_name;
#[path = "dockerfile/invalid-stopsignal/rule.rs"]
mod invalid_stopsignal;
#[path = "compose/invalid-string-format/rule.rs"]
mod invalid_string_format;
#[path = "compose/invalid-type/rule.rs"]
mod invalid_type;
#[path = "compose/invalid-ulimit/rule.rs"]
mod invalid_ulimit;
#[path = "dockerfile/invalid-variable-substitution/rule.rs"]
mod invalid_variable_substitution;
#[path = "compose/invalid-volume-spec/rule.rs"]
mod invalid_volume_spec;
#[path = "dockerfile/invalid-workdir-spaces/rule.rs"]
mod invalid_workdir_spaces;
#[path = "compose/invalid-yaml/rule.rs"]
mod invalid_yaml;
#[path = "compose/job-dependency-undefined/rule.rs"]
mod job_dependency_undefined;
#[path = "dockerfile/label-buildx-overlap/rule.rs"]
mod label_buildx_overlap;
#[path = "compose/label-file-not-found/rule.rs"]
mod label_file_not_found;
#[path = "dockerfile/label-grouping/rule.rs"]
mod label_grouping;
#[path = "dockerfile/label-not-email/rule.rs"]
mod label_not_email;
#[path = "dockerfile/label-not-git-hash/rule.rs"]
mod label_not_git_hash;
#[path = "dockerfile/label-not-rfc3339/rule.rs"]
mod label_not_rfc3339;
#[path = "dockerfile/label-not-semver/rule.rs"]
mod label_not_semver;
#[path = "dockerfile/label-not-spdx/rule.rs"]
mod label_not_spdx;
#[path = "dockerfile/label-not-url/rule.rs"]
mod label_not_url;
#[path = "dockerfile/label-order/rule.rs"]
mod label_order;
#[path = "dockerfile/label-stale-base-digest/rule.rs"]
mod label_stale_base_digest;
#[path = "shell/large-uid-without-no-log-init/rule.rs"]
mod large_uid_without_no_log_init;
#[path = "image/latest-tag/rule.rs"]
mod latest_tag;
#[path = "shell/legacy-backticks/rule.rs"]
mod legacy_backticks;
#[path = "dockerfile/legacy-key-value/rule.rs"]
mod legacy_key_value;
#[path = "compose/legacy-v1-file/rule.rs"]
mod legacy_v1_file;
#[path = "compose/logging-disabled/rule.rs"]
mod logging_disabled;
#[path = "text/long-lasting-suppression/rule.rs"]
mod long_lasting_suppression;
#[path = "shell/loop-runs-once/rule.rs"]
mod loop_runs_once;
#[path = "compose/mac-address-mismatch/rule.rs"]
mod mac_address_mismatch;
#[path = "dockerfile/maintainer-deprecated/rule.rs"]
mod maintainer_deprecated;
#[path = "shell/masked-return-value/rule.rs"]
mod masked_return_value;
#[path = "compose/merge-key-drops-list/rule.rs"]
mod merge_key_drops_list;
#[path = "compose/merge-type-conflict/rule.rs"]
mod merge_type_conflict;
#[path = "dockerfile/misplaced-flag/rule.rs"]
mod misplaced_flag;
#[path = "project/missing-additional-context/rule.rs"]
mod missing_additional_context;
#[path = "dockerfile/missing-arguments/rule.rs"]
mod missing_arguments;
#[path = "dockerfile/missing-dockerignore/rule.rs"]
mod missing_dockerignore;
#[path = "dockerfile/missing-from/rule.rs"]
mod missing_from;
#[path = "dockerfile/missing-healthcheck/rule.rs"]
mod missing_healthcheck;
#[path = "compose/missing-image-or-build/rule.rs"]
mod missing_image_or_build;
#[path = "compose/missing-no-new-privileges/rule.rs"]
mod missing_no_new_privileges;
#[path = "compose/missing-pids-limit/rule.rs"]
mod missing_pids_limit;
#[path = "shell/missing-pipefail/rule.rs"]
mod missing_pipefail;
#[path = "dockerfile/missing-required-label/rule.rs"]
mod missing_required_label;
#[path = "compose/missing-required-property/rule.rs"]
mod missing_required_property;
#[path = "compose/missing-required-variable/rule.rs"]
mod missing_required_variable;
#[path = "compose/missing-resource-limits/rule.rs"]
mod missing_resource_limits;
#[path = "compose/missing-restart-policy/rule.rs"]
mod missing_restart_policy;
#[path = "compose/missing-services/rule.rs"]
mod missing_services;
#[path = "dockerfile/missing-user/rule.rs"]
mod missing_user;
#[path = "dockerfile/misspelled-parser-directive/rule.rs"]
mod misspelled_parser_directive;
#[path = "shell/mkdir-mode-with-parents/rule.rs"]
mod mkdir_mode_with_parents;
#[path = "compose/mount-option-type-mismatch/rule.rs"]
mod mount_option_type_mismatch;
#[path = "dockerfile/multiple-cmd/rule.rs"]
mod multiple_cmd;
#[path = "dockerfile/multiple-entrypoint/rule.rs"]
mod multiple_entrypoint;
#[path = "dockerfile/multiple-healthcheck/rule.rs"]
mod multiple_healthcheck;
#[path = "project/named-user-not-in-image/rule.rs"]
mod named_user_not_in_image;
#[path = "dockerfile/named-user-without-passwd/rule.rs"]
mod named_user_without_passwd;
#[path = "compose/needs-newer-compose/rule.rs"]
mod needs_newer_compose;
#[path = "shell/negated-command-ignored/rule.rs"]
mod negated_command_ignored;
#[path = "compose/network-mode-and-networks/rule.rs"]
mod network_mode_and_networks;
#[path = "compose/no-new-privileges-disabled/rule.rs"]
mod no_new_privileges_disabled;
#[path = "dockerfile/non-numeric-user/rule.rs"]
mod non_numeric_user;
#[path = "compose/non-string-key/rule.rs"]
mod non_string_key;
#[path = "packages/npm-install-instead-of-ci/rule.rs"]
mod npm_install_instead_of_ci;
#[path = "packages/npm-strict-ssl-disabled/rule.rs"]
mod npm_strict_ssl_disabled;
#[path = "compose/null-section/rule.rs"]
mod null_section;
#[path = "compose/number-out-of-range/rule.rs"]
mod number_out_of_range;
#[path = "compose/obsolete-version-field/rule.rs"]
mod obsolete_version_field;
#[path = "compose/oom-killer-disabled/rule.rs"]
mod oom_killer_disabled;
#[path = "compose/over-hardened-service/rule.rs"]
mod over_hardened_service;
#[path = "dockerfile/overlong-line/rule.rs"]
mod overlong_line;
#[path = "compose/override-without-base/rule.rs"]
mod override_without_base;
#[path = "packages/package-install-at-start/rule.rs"]
mod package_install_at_start;
#[path = "packages/package-manager-tls-disabled/rule.rs"]
mod package_manager_tls_disabled;
#[path = "dockerfile/parse-error/rule.rs"]
mod parse_error;
#[path = "compose/permissive-security-profile/rule.rs"]
mod permissive_security_profile;
#[path = "packages/pip-cache-not-disabled/rule.rs"]
mod pip_cache_not_disabled;
#[path = "packages/pip-trusted-host/rule.rs"]
mod pip_trusted_host;
#[path = "project/platform-base-conflict/rule.rs"]
mod platform_base_conflict;
#[path = "compose/platform-not-in-build-platforms/rule.rs"]
mod platform_not_in_build_platforms;
#[path = "compose/port-bound-to-all-interfaces/rule.rs"]
mod port_bound_to_all_interfaces;
#[path = "compose/pre-start-per-replica-unsupported/rule.rs"]
mod pre_start_per_replica_unsupported;
#[path = "dockerfile/prefer-copy-chmod/rule.rs"]
mod prefer_copy_chmod;
#[path = "dockerfile/prefer-copy-chown/rule.rs"]
mod prefer_copy_chown;
#[path = "compose/privileged-container-port-nonroot/rule.rs"]
mod privileged_container_port_nonroot;
#[path = "compose/privileged-host-port/rule.rs"]
mod privileged_host_port;
#[path = "shell/privileged-run-argument/rule.rs"]
mod privileged_run_argument;
#[path = "compose/privileged-service/rule.rs"]
mod privileged_service;
#[path = "compose/provider-type-compose/rule.rs"]
mod provider_type_compose;
#[path = "project/published-port-not-exposed/rule.rs"]
mod published_port_not_exposed;
#[path = "compose/published-port-review/rule.rs"]
mod published_port_review;
#[path = "project/pull-policy-build-conflict/rule.rs"]
mod pull_policy_build_conflict;
#[path = "compose/quoted-value-in-list-env/rule.rs"]
mod quoted_value_in_list_env;
#[path = "compose/read-only-without-tmpfs/rule.rs"]
mod read_only_without_tmpfs;
#[path = "shell/read-without-raw/rule.rs"]
mod read_without_raw;
#[path = "compose/redundant-capability/rule.rs"]
mod redundant_capability;
#[path = "compose/redundant-expose/rule.rs"]
mod redundant_expose;
#[path = "dockerfile/redundant-target-platform/rule.rs"]
mod redundant_target_platform;
#[path = "dockerfile/relative-copy-destination/rule.rs"]
mod relative_copy_destination;
#[path = "compose/relative-mount-target/rule.rs"]
mod relative_mount_target;
#[path = "compose/relative-volume-device/rule.rs"]
mod relative_volume_device;
#[path = "dockerfile/relative-workdir/rule.rs"]
mod relative_workdir;
#[path = "dockerfile/remote-add/rule.rs"]
mod remote_add;
#[path = "compose/remote-include/rule.rs"]
mod remote_include;
#[path = "shell/repeated-redirect/rule.rs"]
mod repeated_redirect;
#[path = "compose/replicas-with-fixed-host-port/rule.rs"]
mod replicas_with_fixed_host_port;
#[path = "dockerfile/required-variable-unset/rule.rs"]
mod required_variable_unset;
#[path = "compose/reserved-label-prefix/rule.rs"]
mod reserved_label_prefix;
#[path = "dockerfile/reserved-stage-name/rule.rs"]
mod reserved_stage_name;
#[path = "compose/reset-without-base/rule.rs"]
mod reset_without_base;
#[path = "compose/restart-policy-overridden/rule.rs"]
mod restart_policy_overridden;
#[path = "dockerfile/root-user/rule.rs"]
mod root_user;
#[path = "packages/rpm-signature-check-disabled/rule.rs"]
mod rpm_signature_check_disabled;
#[path = "compose/scheduled-job-unsupported/rule.rs"]
mod scheduled_job_unsupported;
#[path = "compose/seccomp-disabled/rule.rs"]
mod seccomp_disabled;
#[path = "compose/seccomp-profile-not-found/rule.rs"]
mod seccomp_profile_not_found;
#[path = "text/secret-arg-in-run/rule.rs"]
mod secret_arg_in_run;
#[path = "dockerfile/secret-file-copied/rule.rs"]
mod secret_file_copied;
#[path = "project/secret-file-in-build-context/rule.rs"]
mod secret_file_in_build_context;
#[path = "compose/secret-file-not-found/rule.rs"]
mod secret_file_not_found;
#[path = "compose/secret-file-tracked-by-git/rule.rs"]
mod secret_file_tracked_by_git;
#[path = "shell/secret-generated-in-image/rule.rs"]
mod secret_generated_in_image;
#[path = "text/secret-in-build-arg/rule.rs"]
mod secret_in_build_arg;
#[path = "compose/secret-in-command/rule.rs"]
mod secret_in_command;
#[path = "compose/secret-in-config-content/rule.rs"]
mod secret_in_config_content;
#[path = "text/secret-in-env/rule.rs"]
mod secret_in_env;
#[path = "compose/secret-in-env-file/rule.rs"]
mod secret_in_env_file;
#[path = "compose/secret-in-label/rule.rs"]
mod secret_in_label;
#[path = "shell/secret-in-run-command/rule.rs"]
mod secret_in_run_command;
#[path = "dockerfile/secret-mount-permissions/rule.rs"]
mod secret_mount_permissions;
#[path = "compose/secret-permissions-ignored/rule.rs"]
mod secret_permissions_ignored;
#[path = "shell/secret-persisted-from-mount/rule.rs"]
mod secret_persisted_from_mount;
#[path = "compose/secret-variable-not-set/rule.rs"]
mod secret_variable_not_set;
#[path = "compose/selinux-disabled/rule.rs"]
mod selinux_disabled;
#[path = "shell/semicolon-in-run/rule.rs"]
mod semicolon_in_run;
#[path = "compose/sensitive-host-path-mount/rule.rs"]
mod sensitive_host_path_mount;
#[path = "dockerfile/sensitive-volume/rule.rs"]
mod sensitive_volume;
#[path = "compose/service-depends-on-job/rule.rs"]
mod service_depends_on_job;
#[path = "compose/service-job-name-collision/rule.rs"]
mod service_job_name_collision;
#[path = "shell/setuid-setgid-bit/rule.rs"]
mod setuid_setgid_bit;
#[path = "compose/shared-mount-propagation/rule.rs"]
mod shared_mount_propagation;
#[path = "compose/shared-volume/rule.rs"]
mod shared_volume;
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
#[path = "shell/shell-variable-quoting/rule.rs"]
mod shell_variable_quoting;
#[path = "shell/shellcheck/rule.rs"]
mod shellcheck;
#[path = "compose/short-port-address-family/rule.rs"]
mod short_port_address_family;
#[path = "compose/short-stop-grace-period/rule.rs"]
mod short_stop_grace_period;
#[path = "compose/single-letter-volume-name/rule.rs"]
mod single_letter_volume_name;
#[path = "dockerfile/source-date-epoch-stage/rule.rs"]
mod source_date_epoch_stage;
#[path = "dockerfile/source-outside-context/rule.rs"]
mod source_outside_context;
#[path = "dockerfile/space-around-equals/rule.rs"]
mod space_around_equals;
#[path = "compose/sshd-in-container/rule.rs"]
mod sshd_in_container;
#[path = "dockerfile/stage-name-case/rule.rs"]
mod stage_name_case;
#[path = "dockerfile/stopsignal-nginx-sigquit/rule.rs"]
mod stopsignal_nginx_sigquit;
#[path = "dockerfile/stopsignal-systemd/rule.rs"]
mod stopsignal_systemd;
#[path = "shell/sudo-in-run/rule.rs"]
mod sudo_in_run;
#[path = "packages/sudo-installed/rule.rs"]
mod sudo_installed;
#[path = "text/suppression-without-reason/rule.rs"]
mod suppression_without_reason;
#[path = "compose/swarm-only-attribute/rule.rs"]
mod swarm_only_attribute;
#[path = "compose/sysctl-review/rule.rs"]
mod sysctl_review;
#[path = "packages/system-upgrade/rule.rs"]
mod system_upgrade;
#[path = "dockerfile/templated-dockerfile/rule.rs"]
mod templated_dockerfile;
#[path = "shell/tls-verification-disabled/rule.rs"]
mod tls_verification_disabled;
#[path = "text/tls-verification-disabled-env/rule.rs"]
mod tls_verification_disabled_env;
#[path = "compose/tmpfs-exec-or-suid/rule.rs"]
mod tmpfs_exec_or_suid;
#[path = "compose/top-level-not-mapping/rule.rs"]
mod top_level_not_mapping;
#[path = "compose/udp-service-published-as-tcp/rule.rs"]
mod udp_service_published_as_tcp;
#[path = "compose/ulimit-not-reviewed/rule.rs"]
mod ulimit_not_reviewed;
#[path = "shell/unassigned-shell-variable/rule.rs"]
mod unassigned_shell_variable;
#[path = "compose/unbounded-logs/rule.rs"]
mod unbounded_logs;
#[path = "compose/unbounded-restart-policy/rule.rs"]
mod unbounded_restart_policy;
#[path = "compose/unbounded-tmpfs/rule.rs"]
mod unbounded_tmpfs;
#[path = "shell/unchecked-cd/rule.rs"]
mod unchecked_cd;
#[path = "project/undeclared-build-arg/rule.rs"]
mod undeclared_build_arg;
#[path = "compose/undefined-additional-context-service/rule.rs"]
mod undefined_additional_context_service;
#[path = "compose/undefined-alias/rule.rs"]
mod undefined_alias;
#[path = "dockerfile/undefined-arg-in-from/rule.rs"]
mod undefined_arg_in_from;
#[path = "compose/undefined-build-secret/rule.rs"]
mod undefined_build_secret;
#[path = "compose/undefined-config/rule.rs"]
mod undefined_config;
#[path = "compose/undefined-dependency/rule.rs"]
mod undefined_dependency;
#[path = "compose/undefined-model/rule.rs"]
mod undefined_model;
#[path = "compose/undefined-network/rule.rs"]
mod undefined_network;
#[path = "compose/undefined-secret/rule.rs"]
mod undefined_secret;
#[path = "compose/undefined-service-reference/rule.rs"]
mod undefined_service_reference;
#[path = "dockerfile/undefined-stage/rule.rs"]
mod undefined_stage;
#[path = "dockerfile/undefined-variable/rule.rs"]
mod undefined_variable;
#[path = "compose/undefined-volume/rule.rs"]
mod undefined_volume;
#[path = "compose/unescaped-container-variable/rule.rs"]
mod unescaped_container_variable;
#[path = "compose/unescaped-dollar-in-env-file/rule.rs"]
mod unescaped_dollar_in_env_file;
#[path = "compose/unescaped-hash/rule.rs"]
mod unescaped_hash;
#[path = "dockerfile/ungraceful-stopsignal/rule.rs"]
mod ungraceful_stopsignal;
#[path = "compose/unknown-capability/rule.rs"]
mod unknown_capability;
#[path = "dockerfile/unknown-flag/rule.rs"]
mod unknown_flag;
#[path = "dockerfile/unknown-instruction/rule.rs"]
mod unknown_instruction;
#[path = "dockerfile/unknown-label/rule.rs"]
mod unknown_label;
#[path = "compose/unknown-mount-option/rule.rs"]
mod unknown_mount_option;
#[path = "compose/unknown-property/rule.rs"]
mod unknown_property;
#[path = "text/unknown-rule-in-suppression/rule.rs"]
mod unknown_rule_in_suppression;
#[path = "compose/unknown-yaml-tag/rule.rs"]
mod unknown_yaml_tag;
#[path = "compose/unlimited-ulimit/rule.rs"]
mod unlimited_ulimit;
#[path = "compose/unmasked-system-paths/rule.rs"]
mod unmasked_system_paths;
#[path = "dockerfile/unnamed-stage-reference/rule.rs"]
mod unnamed_stage_reference;
#[path = "dockerfile/unnecessary-archive-copy/rule.rs"]
mod unnecessary_archive_copy;
#[path = "packages/unpinned-apk-package/rule.rs"]
mod unpinned_apk_package;
#[path = "packages/unpinned-apt-package/rule.rs"]
mod unpinned_apt_package;
#[path = "project/unpinned-auxiliary-image/rule.rs"]
mod unpinned_auxiliary_image;
#[path = "packages/unpinned-gem/rule.rs"]
mod unpinned_gem;
#[path = "shell/unpinned-git-clone/rule.rs"]
mod unpinned_git_clone;
#[path = "packages/unpinned-go-install/rule.rs"]
mod unpinned_go_install;
#[path = "image/unpinned-image/rule.rs"]
mod unpinned_image;
#[path = "packages/unpinned-npm-package/rule.rs"]
mod unpinned_npm_package;
#[path = "packages/unpinned-pip-package/rule.rs"]
mod unpinned_pip_package;
#[path = "project/unpinned-remote-build-context/rule.rs"]
mod unpinned_remote_build_context;
#[path = "packages/unpinned-rpm-package/rule.rs"]
mod unpinned_rpm_package;
#[path = "shell/unportable-echo-escape/rule.rs"]
mod unportable_echo_escape;
#[path = "shell/unquoted-array-expansion/rule.rs"]
mod unquoted_array_expansion;
#[path = "compose/unsupported-external-secret/rule.rs"]
mod unsupported_external_secret;
#[path = "compose/unsupported-secret-driver/rule.rs"]
mod unsupported_secret_driver;
#[path = "image/untagged-image/rule.rs"]
mod untagged_image;
#[path = "dockerfile/unterminated-quote/rule.rs"]
mod unterminated_quote;
#[path = "image/untrusted-registry/rule.rs"]
mod untrusted_registry;
#[path = "project/unused-additional-context/rule.rs"]
mod unused_additional_context;
#[path = "compose/unused-anchor/rule.rs"]
mod unused_anchor;
#[path = "dockerfile/unused-arg/rule.rs"]
mod unused_arg;
#[path = "project/unused-build-secret/rule.rs"]
mod unused_build_secret;
#[path = "project/unused-build-ssh/rule.rs"]
mod unused_build_ssh;
#[path = "compose/unused-config/rule.rs"]
mod unused_config;
#[path = "dockerfile/unused-created-user/rule.rs"]
mod unused_created_user;
#[path = "compose/unused-network/rule.rs"]
mod unused_network;
#[path = "compose/unused-secret/rule.rs"]
mod unused_secret;
#[path = "dockerfile/unused-stage/rule.rs"]
mod unused_stage;
#[path = "text/unused-suppression/rule.rs"]
mod unused_suppression;
#[path = "compose/unused-volume/rule.rs"]
mod unused_volume;
#[path = "shell/unverified-download/rule.rs"]
mod unverified_download;
#[path = "shell/useless-backslash/rule.rs"]
mod useless_backslash;
#[path = "shell/useless-command/rule.rs"]
mod useless_command;
#[path = "dockerfile/user-drops-supplementary-groups/rule.rs"]
mod user_drops_supplementary_groups;
#[path = "dockerfile/variable-in-from-flag/rule.rs"]
mod variable_in_from_flag;
#[path = "shell/variable-in-printf-format/rule.rs"]
mod variable_in_printf_format;
#[path = "dockerfile/variable-out-of-scope/rule.rs"]
mod variable_out_of_scope;
#[path = "compose/watch-exec-without-command/rule.rs"]
mod watch_exec_without_command;
#[path = "compose/watch-path-bind-mounted/rule.rs"]
mod watch_path_bind_mounted;
#[path = "compose/watch-path-blank/rule.rs"]
mod watch_path_blank;
#[path = "compose/watch-rebuild-without-build/rule.rs"]
mod watch_rebuild_without_build;
#[path = "compose/watch-target-missing/rule.rs"]
mod watch_target_missing;
#[path = "shell/weak-hash/rule.rs"]
mod weak_hash;
#[path = "shell/weak-tls-version/rule.rs"]
mod weak_tls_version;
#[path = "shell/wget-progress/rule.rs"]
mod wget_progress;
#[path = "dockerfile/windows-chown-flag/rule.rs"]
mod windows_chown_flag;
#[path = "dockerfile/windows-run-mount/rule.rs"]
mod windows_run_mount;
#[path = "dockerfile/windows-stopsignal/rule.rs"]
mod windows_stopsignal;
#[path = "dockerfile/workdir-system-directory/rule.rs"]
mod workdir_system_directory;
#[path = "shell/world-writable-permissions/rule.rs"]
mod world_writable_permissions;
#[path = "compose/writable-cgroups/rule.rs"]
mod writable_cgroups;
#[path = "compose/writable-root-filesystem/rule.rs"]
mod writable_root_filesystem;
#[path = "compose/writable-system-directory-mount/rule.rs"]
mod writable_system_directory_mount;
#[path = "compose/yaml-1-1-boolean/rule.rs"]
mod yaml_1_1_boolean;
#[path = "packages/yarn-cache-not-cleaned/rule.rs"]
mod yarn_cache_not_cleaned;
#[path = "packages/yum-cache-not-cleaned/rule.rs"]
mod yum_cache_not_cleaned;
#[path = "packages/yum-missing-yes/rule.rs"]
mod yum_missing_yes;
#[path = "packages/zypper-cache-not-cleaned/rule.rs"]
mod zypper_cache_not_cleaned;
#[path = "packages/zypper-missing-non-interactive/rule.rs"]
mod zypper_missing_non_interactive;

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
            id: "added-capability",
            group: "compose",
            summary: "container gets a capability beyond those that Docker gives",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Container Capabilities Unrestricted"],
            options: &[],
            readme: include_str!("compose/added-capability/README.md"),
        },
        register: added_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "additional-context-not-buildable",
            group: "compose",
            summary: "build takes a context from a service that is not built",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/additional-context-not-buildable/README.md"),
        },
        register: additional_context_not_buildable::register,
    },
    Rule {
        meta: RuleMeta {
            id: "additional-context-path-not-found",
            group: "project",
            summary: "folder of an additional build context does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/additional-context-path-not-found/README.md"),
        },
        register: additional_context_path_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "admin-port-exposed",
            group: "dockerfile",
            summary: "image exposes a port through which systems are administered",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["DS-0004", "CKV_DOCKER_1", "exposing_port_22", "S6473"],
            options: &[],
            readme: include_str!("dockerfile/admin-port-exposed/README.md"),
        },
        register: admin_port_exposed::register,
    },
    Rule {
        meta: RuleMeta {
            id: "admin-port-published",
            group: "compose",
            summary: "page or debugger with power over the system is published to everyone",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["CL-0005", "no-unbound-port-interfaces"],
            options: &[crate::engine::meta::OptionMeta {
                name: "services",
                kind: crate::engine::meta::OptionKind::StringList,
                default: "[]",
                summary: "services that may be published to everyone",
                shared: None,
            }],
            readme: include_str!("compose/admin-port-published/README.md"),
        },
        register: admin_port_published::register,
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
            id: "ambiguous-compose-file",
            group: "compose",
            summary: "Compose takes another file of the same folder",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/ambiguous-compose-file/README.md"),
        },
        register: ambiguous_compose_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "ambiguous-default-stage",
            group: "project",
            summary: "service is built from a last stage that is for tests or development",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/ambiguous-default-stage/README.md"),
        },
        register: ambiguous_default_stage::register,
    },
    Rule {
        meta: RuleMeta {
            id: "ambiguous-override-file",
            group: "compose",
            summary: "Compose takes another override file of the same folder",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/ambiguous-override-file/README.md"),
        },
        register: ambiguous_override_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "analysis-incomplete",
            group: "compose",
            summary: "something of the project cannot be looked at",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/analysis-incomplete/README.md"),
        },
        register: analysis_incomplete::register,
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
            id: "anonymous-volume",
            group: "compose",
            summary: "volume has no name",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/anonymous-volume/README.md"),
        },
        register: anonymous_volume::register,
    },
    Rule {
        meta: RuleMeta {
            id: "any-host-device",
            group: "compose",
            summary: "container gets a device of the host",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/any-host-device/README.md"),
        },
        register: any_host_device::register,
    },
    Rule {
        meta: RuleMeta {
            id: "api-socket-granted",
            group: "compose",
            summary: "container gets the Docker API and the credentials of registries",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/api-socket-granted/README.md"),
        },
        register: api_socket_granted::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apk-allow-untrusted",
            group: "packages",
            summary: "apk installs packages without a valid signature",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_7"],
            options: &[],
            readme: include_str!("packages/apk-allow-untrusted/README.md"),
        },
        register: apk_allow_untrusted::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apk-missing-no-cache",
            group: "packages",
            summary: "apk leaves the index of packages in the image",
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
                "DL3019",
                "DF029",
                "DS-0025",
                "missing-apk-no-cache",
                "apk_add_using_local_cache_path",
                "S6587",
                "DKL-DI-0004",
                "apkadd-missing_nocache_or_updaterm",
            ],
            options: &[],
            readme: include_str!("packages/apk-missing-no-cache/README.md"),
        },
        register: apk_missing_no_cache::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apk-missing-virtual",
            group: "packages",
            summary: "packages are added and deleted by name in one RUN",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &["apkadd-missing-virtual"],
            options: &[],
            readme: include_str!("packages/apk-missing-virtual/README.md"),
        },
        register: apk_missing_virtual::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apparmor-disabled",
            group: "compose",
            summary: "container runs without an AppArmor profile",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0009"],
            options: &[],
            readme: include_str!("compose/apparmor-disabled/README.md"),
        },
        register: apparmor_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-force-yes",
            group: "packages",
            summary: "apt-get is told to do whatever is dangerous",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_11"],
            options: &[],
            readme: include_str!("packages/apt-force-yes/README.md"),
        },
        register: apt_force_yes::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-get-clean-redundant",
            group: "packages",
            summary: "apt-get clean finds nothing to delete",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("packages/apt-get-clean-redundant/README.md"),
        },
        register: apt_get_clean_redundant::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-get-install-without-update",
            group: "packages",
            summary: "apt-get installs by lists of an earlier RUN",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["apt-get-update_require_install"],
            options: &[],
            readme: include_str!("packages/apt-get-install-without-update/README.md"),
        },
        register: apt_get_install_without_update::register,
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
            id: "apt-get-missing-yes",
            group: "packages",
            summary: "apt-get waits for an answer",
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
                "DL3014",
                "DF015",
                "DS-0021",
                "missing-assume-yes-switch",
                "apt_get_missing_flags_to_avoid_manual_input",
                "apt_get_missing_yes_flag_to_avoid_manual_input",
                "S6584",
                "apt-get_missing_param",
            ],
            options: &[],
            readme: include_str!("packages/apt-get-missing-yes/README.md"),
        },
        register: apt_get_missing_yes::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-get-update-alone",
            group: "packages",
            summary: "package lists are fetched in a RUN that installs nothing",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "DL3009",
                "DF028",
                "DS-0017",
                "CKV_DOCKER_5",
                "update_instruction_alone",
                "S6595",
                "CIS-DI-0007",
                "apt-get-update_require_install",
            ],
            options: &[],
            readme: include_str!("packages/apt-get-update-alone/README.md"),
        },
        register: apt_get_update_alone::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-instead-of-apt-get",
            group: "packages",
            summary: "apt is made for people, not for scripts",
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
                "DL3027",
                "DF059",
                "CKV_DOCKER_9",
                "prefer-apt-get",
                "run_using_apt",
            ],
            options: &[],
            readme: include_str!("packages/apt-instead-of-apt-get/README.md"),
        },
        register: apt_instead_of_apt_get::register,
    },
    Rule {
        meta: RuleMeta {
            id: "apt-unauthenticated",
            group: "packages",
            summary: "apt-get is told to accept packages without a valid signature",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_8"],
            options: &[],
            readme: include_str!("packages/apt-unauthenticated/README.md"),
        },
        register: apt_unauthenticated::register,
    },
    Rule {
        meta: RuleMeta {
            id: "arg-busts-cache",
            group: "dockerfile",
            summary: "argument that changes with every build stands in front of an installation",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/arg-busts-cache/README.md"),
        },
        register: arg_busts_cache::register,
    },
    Rule {
        meta: RuleMeta {
            id: "arg-shadowed-by-env",
            group: "dockerfile",
            summary: "build argument has no effect, since an `ENV` of its name follows",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/arg-shadowed-by-env/README.md"),
        },
        register: arg_shadowed_by_env::register,
    },
    Rule {
        meta: RuleMeta {
            id: "asset-precompile-without-dummy-key",
            group: "shell",
            summary: "Rails compiles its assets without a key that stands for the secret one",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["ruby/asset-precompile-without-dummy-key"],
            options: &[],
            readme: include_str!("shell/asset-precompile-without-dummy-key/README.md"),
        },
        register: asset_precompile_without_dummy_key::register,
    },
    Rule {
        meta: RuleMeta {
            id: "authentication-disabled",
            group: "compose",
            summary: "service lets in everyone without a password",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/authentication-disabled/README.md"),
        },
        register: authentication_disabled::register,
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
            id: "bind-mount-hides-image-content",
            group: "project",
            summary: "mount of a folder hides what the build has installed",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/bind-mount-hides-image-content/README.md"),
        },
        register: bind_mount_hides_image_content::register,
    },
    Rule {
        meta: RuleMeta {
            id: "bind-source-not-found",
            group: "compose",
            summary: "file that is to be mounted does not exist",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/bind-source-not-found/README.md"),
        },
        register: bind_source_not_found::register,
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
            id: "bounded-capability",
            group: "compose",
            summary: "container gets a capability that ends at its borders, if these are whole",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["CL-0027"],
            options: &[],
            readme: include_str!("compose/bounded-capability/README.md"),
        },
        register: bounded_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "broad-copy",
            group: "dockerfile",
            summary: "the whole context is copied, with files that do not belong into an image",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["DF007", "S6470"],
            options: &[crate::engine::meta::OptionMeta {
                name: "unknown-context",
                kind: crate::engine::meta::OptionKind::Boolean,
                default: "false",
                summary: "speak of every copy of a whole context of which nothing is known",
                shared: None,
            }],
            readme: include_str!("dockerfile/broad-copy/README.md"),
        },
        register: broad_copy::register,
    },
    Rule {
        meta: RuleMeta {
            id: "broad-device-cgroup-rule",
            group: "compose",
            summary: "container may use every device, or every disk, of the host",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CL-0016"],
            options: &[],
            readme: include_str!("compose/broad-device-cgroup-rule/README.md"),
        },
        register: broad_device_cgroup_rule::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-arg-not-provided",
            group: "project",
            summary: "build begins with an image that an argument names, and nobody gives it a value",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/build-arg-not-provided/README.md"),
        },
        register: build_arg_not_provided::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-arg-out-of-scope",
            group: "project",
            summary: "build argument does not reach the stage that uses it",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/build-arg-out-of-scope/README.md"),
        },
        register: build_arg_out_of_scope::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-context-not-found",
            group: "project",
            summary: "folder that a service is built from does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/build-context-not-found/README.md"),
        },
        register: build_context_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-only-env",
            group: "dockerfile",
            summary: "variable that only the build needs stays in the image",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/build-only-env/README.md"),
        },
        register: build_only_env::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-secret-not-granted",
            group: "project",
            summary: "Dockerfile mounts a secret that its build is not given",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/build-secret-not-granted/README.md"),
        },
        register: build_secret_not_granted::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-ssh-not-granted",
            group: "project",
            summary: "Dockerfile uses an SSH agent that its build is not given",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/build-ssh-not-granted/README.md"),
        },
        register: build_ssh_not_granted::register,
    },
    Rule {
        meta: RuleMeta {
            id: "build-target-not-found",
            group: "project",
            summary: "service builds a stage that its Dockerfile does not have",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/build-target-not-found/README.md"),
        },
        register: build_target_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "capabilities-not-dropped",
            group: "compose",
            summary: "service keeps capabilities that Docker gives to every container",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["CL-0006", "Container Capabilities Unrestricted"],
            options: &[],
            readme: include_str!("compose/capabilities-not-dropped/README.md"),
        },
        register: capabilities_not_dropped::register,
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
            id: "circular-stage-dependency",
            group: "dockerfile",
            summary: "stages need one another in a circle",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/circular-stage-dependency/README.md"),
        },
        register: circular_stage_dependency::register,
    },
    Rule {
        meta: RuleMeta {
            id: "cmd-background-process",
            group: "dockerfile",
            summary: "program of the image runs in the background",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/cmd-background-process/README.md"),
        },
        register: cmd_background_process::register,
    },
    Rule {
        meta: RuleMeta {
            id: "cmd-runs-package-manager",
            group: "dockerfile",
            summary: "container starts a package manager or a development server",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/cmd-runs-package-manager/README.md"),
        },
        register: cmd_runs_package_manager::register,
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
            id: "command-ignored-by-shell-entrypoint",
            group: "project",
            summary: "entrypoint is a line for a shell, so that the command is not run",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/command-ignored-by-shell-entrypoint/README.md"),
        },
        register: command_ignored_by_shell_entrypoint::register,
    },
    Rule {
        meta: RuleMeta {
            id: "command-truncated-at-shell-operator",
            group: "compose",
            summary: "command line with shell syntax that no shell reads",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/command-truncated-at-shell-operator/README.md"),
        },
        register: command_truncated_at_shell_operator::register,
    },
    Rule {
        meta: RuleMeta {
            id: "completed-condition-on-long-running",
            group: "compose",
            summary: "another service waits for the end of one that never ends",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/completed-condition-on-long-running/README.md"),
        },
        register: completed_condition_on_long_running::register,
    },
    Rule {
        meta: RuleMeta {
            id: "conflicting-capability",
            group: "compose",
            summary: "capability is dropped without effect",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/conflicting-capability/README.md"),
        },
        register: conflicting_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "conflicting-resource-limits",
            group: "compose",
            summary: "limit of a service and its twin below deploy do not agree",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/conflicting-resource-limits/README.md"),
        },
        register: conflicting_resource_limits::register,
    },
    Rule {
        meta: RuleMeta {
            id: "conflicting-scale-and-replicas",
            group: "compose",
            summary: "scale and deploy.replicas differ",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/conflicting-scale-and-replicas/README.md"),
        },
        register: conflicting_scale_and_replicas::register,
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
            id: "constant-platform-flag",
            group: "dockerfile",
            summary: "FROM asks for one platform, whatever the image is built for",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3029",
                "FromPlatformFlagConstDisallowed",
                "DF061",
                "avoid-platform-with-from",
                "using_platform_with_from",
            ],
            options: &[],
            readme: include_str!("dockerfile/constant-platform-flag/README.md"),
        },
        register: constant_platform_flag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "container-name-with-replicas",
            group: "compose",
            summary: "service with a fixed container name runs several containers",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/container-name-with-replicas/README.md"),
        },
        register: container_name_with_replicas::register,
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
            id: "content-trust-obsolete",
            group: "text",
            summary: "variable switches on Docker Content Trust, which is being shut down",
            category: Category::SupplyChain,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("text/content-trust-obsolete/README.md"),
        },
        register: content_trust_obsolete::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copied-secret-not-ignored",
            group: "dockerfile",
            summary: "the whole context is copied, and a file with secrets is in it",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/copied-secret-not-ignored/README.md"),
        },
        register: copied_secret_not_ignored::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-after-user-without-chown",
            group: "dockerfile",
            summary: "files that are copied behind `USER` belong to root",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["ruby/state-paths-not-writable-as-non-root"],
            options: &[],
            readme: include_str!("dockerfile/copy-after-user-without-chown/README.md"),
        },
        register: copy_after_user_without_chown::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-before-dependency-install",
            group: "dockerfile",
            summary: "the whole context is copied before dependencies are installed",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["DF070", "ruby/prefer-gemfile-bind-mounts"],
            options: &[],
            readme: include_str!("dockerfile/copy-before-dependency-install/README.md"),
        },
        register: copy_before_dependency_install::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-entire-filesystem",
            group: "dockerfile",
            summary: "whole file system of another stage is copied over this one",
            category: Category::Efficiency,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3067", "DF026"],
            options: &[],
            readme: include_str!("dockerfile/copy-entire-filesystem/README.md"),
        },
        register: copy_entire_filesystem::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-from-empty-stage",
            group: "dockerfile",
            summary: "`COPY --from` takes a file from a stage that has none",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["copy-from-empty-scratch-stage"],
            options: &[],
            readme: include_str!("dockerfile/copy-from-empty-stage/README.md"),
        },
        register: copy_from_empty_stage::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-from-self",
            group: "dockerfile",
            summary: "`--from` names the stage that it stands in",
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
                "DL3023",
                "DF050",
                "DS-0006",
                "copy-from-own-alias",
                "copy_from_references_current_from_alias",
            ],
            options: &[],
            readme: include_str!("dockerfile/copy-from-self/README.md"),
        },
        register: copy_from_self::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-ignored-file",
            group: "dockerfile",
            summary: "`COPY` or `ADD` takes what `.dockerignore` keeps out",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CopyIgnoredFile", "DF077"],
            options: &[],
            readme: include_str!("dockerfile/copy-ignored-file/README.md"),
        },
        register: copy_ignored_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-multiple-sources-slash",
            group: "dockerfile",
            summary: "several files are copied to a destination that does not end with a slash",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &[
                "DL3021",
                "DF048",
                "DS-0011",
                "copy_with_more_than_two_arguments_not_ending_with_slash",
                "add_dest_invalid",
            ],
            options: &[],
            readme: include_str!("dockerfile/copy-multiple-sources-slash/README.md"),
        },
        register: copy_multiple_sources_slash::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-source-ignored",
            group: "project",
            summary: "ignore file of the service's build context keeps out what the Dockerfile copies",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/copy-source-ignored/README.md"),
        },
        register: copy_source_ignored::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-source-missing",
            group: "project",
            summary: "Dockerfile copies what is not in the service's build context",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/copy-source-missing/README.md"),
        },
        register: copy_source_missing::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-to-root",
            group: "dockerfile",
            summary: "folders or several files of the context are copied into `/`",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3067", "DF026"],
            options: &[],
            readme: include_str!("dockerfile/copy-to-root/README.md"),
        },
        register: copy_to_root::register,
    },
    Rule {
        meta: RuleMeta {
            id: "copy-url-or-git-source",
            group: "dockerfile",
            summary: "`COPY` is given a URL or a Git repository",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["add_src_invalid"],
            options: &[],
            readme: include_str!("dockerfile/copy-url-or-git-source/README.md"),
        },
        register: copy_url_or_git_source::register,
    },
    Rule {
        meta: RuleMeta {
            id: "credential-in-url",
            group: "compose",
            summary: "URL with a password in clear text",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CL-0021"],
            options: &[],
            readme: include_str!("compose/credential-in-url/README.md"),
        },
        register: credential_in_url::register,
    },
    Rule {
        meta: RuleMeta {
            id: "curl-and-wget",
            group: "shell",
            summary: "image uses both curl and wget",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Hadolint, Severity::Info)],
            aliases: &[
                "DL4001",
                "DF058",
                "DS-0014",
                "use-either-wget-or-curl",
                "run_using_wget_and_curl",
            ],
            options: &[],
            readme: include_str!("shell/curl-and-wget/README.md"),
        },
        register: curl_and_wget::register,
    },
    Rule {
        meta: RuleMeta {
            id: "curl-missing-fail",
            group: "shell",
            summary: "curl takes an error page for the file",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DF035"],
            options: &[],
            readme: include_str!("shell/curl-missing-fail/README.md"),
        },
        register: curl_missing_fail::register,
    },
    Rule {
        meta: RuleMeta {
            id: "curl-missing-location",
            group: "shell",
            summary: "curl does not follow redirects",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["curl-should-follow-redirects"],
            options: &[],
            readme: include_str!("shell/curl-missing-location/README.md"),
        },
        register: curl_missing_location::register,
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
            id: "custom-cgroup-parent",
            group: "compose",
            summary: "container runs in a control group of its own choice",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Cgroup Not Default"],
            options: &[],
            readme: include_str!("compose/custom-cgroup-parent/README.md"),
        },
        register: custom_cgroup_parent::register,
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
            id: "dangerous-supplementary-group",
            group: "compose",
            summary: "container runs in a group with far-reaching rights",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/dangerous-supplementary-group/README.md"),
        },
        register: dangerous_supplementary_group::register,
    },
    Rule {
        meta: RuleMeta {
            id: "datastore-port-published",
            group: "compose",
            summary: "port of a database, cache or queue is published to everyone",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["CL-0005", "no-unbound-port-interfaces"],
            options: &[crate::engine::meta::OptionMeta {
                name: "services",
                kind: crate::engine::meta::OptionKind::StringList,
                default: "[]",
                summary: "services that may be published to everyone",
                shared: None,
            }],
            readme: include_str!("compose/datastore-port-published/README.md"),
        },
        register: datastore_port_published::register,
    },
    Rule {
        meta: RuleMeta {
            id: "datastore-volume-wrong-path",
            group: "compose",
            summary: "volume of a database is mounted where the database keeps no data",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/datastore-volume-wrong-path/README.md"),
        },
        register: datastore_volume_wrong_path::register,
    },
    Rule {
        meta: RuleMeta {
            id: "datastore-without-persistent-volume",
            group: "compose",
            summary: "database keeps its data in no volume that outlives it",
            category: Category::Reliability,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/datastore-without-persistent-volume/README.md"),
        },
        register: datastore_without_persistent_volume::register,
    },
    Rule {
        meta: RuleMeta {
            id: "debug-mode-enabled",
            group: "compose",
            summary: "published service runs in a mode for development",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Production, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/debug-mode-enabled/README.md"),
        },
        register: debug_mode_enabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "default-credential",
            group: "compose",
            summary: "password is one that everybody tries first",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CL-0020"],
            options: &[],
            readme: include_str!("compose/default-credential/README.md"),
        },
        register: default_credential::register,
    },
    Rule {
        meta: RuleMeta {
            id: "default-network-only",
            group: "compose",
            summary: "service is only on the network that all services share",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Networks Not Set"],
            options: &[],
            readme: include_str!("compose/default-network-only/README.md"),
        },
        register: default_network_only::register,
    },
    Rule {
        meta: RuleMeta {
            id: "denied-image",
            group: "image",
            summary: "image is not one of those that are allowed",
            category: Category::SupplyChain,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["DF073"],
            options: &[
                crate::engine::meta::OptionMeta {
                    name: "allow",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "images that may be used; empty allows all that are not denied",
                    shared: Some(crate::engine::meta::Shared::ImagesAllow),
                },
                crate::engine::meta::OptionMeta {
                    name: "deny",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "images that may not be used",
                    shared: Some(crate::engine::meta::Shared::ImagesDeny),
                },
            ],
            readme: include_str!("image/denied-image/README.md"),
        },
        register: denied_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dependency-cycle",
            group: "compose",
            summary: "services depend on each other in a circle",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["circular-depends-on"],
            options: &[],
            readme: include_str!("compose/dependency-cycle/README.md"),
        },
        register: dependency_cycle::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dependency-disabled-by-profile",
            group: "compose",
            summary: "service needs another one that its profiles leave out",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/dependency-disabled-by-profile/README.md"),
        },
        register: dependency_disabled_by_profile::register,
    },
    Rule {
        meta: RuleMeta {
            id: "deprecated-external-name",
            group: "compose",
            summary: "name of something external stands in an old place",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/deprecated-external-name/README.md"),
        },
        register: deprecated_external_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "deprecated-image",
            group: "image",
            summary: "image is no longer maintained under this name",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("image/deprecated-image/README.md"),
        },
        register: deprecated_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "deprecated-service-mac-address",
            group: "compose",
            summary: "hardware address is set for the service and not in a network",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/deprecated-service-mac-address/README.md"),
        },
        register: deprecated_service_mac_address::register,
    },
    Rule {
        meta: RuleMeta {
            id: "deprecated-x-develop",
            group: "compose",
            summary: "development settings have the name that they had while they were an experiment",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/deprecated-x-develop/README.md"),
        },
        register: deprecated_x_develop::register,
    },
    Rule {
        meta: RuleMeta {
            id: "disabled-healthcheck",
            group: "compose",
            summary: "health check is switched off",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Production, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["CL-0015", "Healthcheck Not Set"],
            options: &[],
            readme: include_str!("compose/disabled-healthcheck/README.md"),
        },
        register: disabled_healthcheck::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dist-upgrade",
            group: "packages",
            summary: "build moves to another release of the distribution",
            category: Category::Reproducibility,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &[
                "DL3035",
                "DF044",
                "DS-0024",
                "DKL-DI-0003",
                "apt-get-dist-upgrade",
            ],
            options: &[],
            readme: include_str!("packages/dist-upgrade/README.md"),
        },
        register: dist_upgrade::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dnf-cache-not-cleaned",
            group: "packages",
            summary: "cache of dnf or one of its small siblings stays in the image",
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
                "DL3040",
                "DF046",
                "DS-0019",
                "DS-0027",
                "missing-dnf-clean-all",
                "missing_dnf_clean_all",
                "S6587",
                "no_dnf_clean_all",
            ],
            options: &[],
            readme: include_str!("packages/dnf-cache-not-cleaned/README.md"),
        },
        register: dnf_cache_not_cleaned::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dnf-missing-yes",
            group: "packages",
            summary: "dnf or one of its small siblings waits for an answer",
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
                "DL3038",
                "DF027",
                "missing-dnf-assume-yes-switch",
                "missing_flag_from_dnf_install",
                "S6584",
            ],
            options: &[],
            readme: include_str!("packages/dnf-missing-yes/README.md"),
        },
        register: dnf_missing_yes::register,
    },
    Rule {
        meta: RuleMeta {
            id: "docker-api-exposed",
            group: "compose",
            summary: "API of a Docker daemon is open without a check of who calls",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/docker-api-exposed/README.md"),
        },
        register: docker_api_exposed::register,
    },
    Rule {
        meta: RuleMeta {
            id: "docker-socket-volume",
            group: "dockerfile",
            summary: "socket of a container runtime is declared as a volume",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["dockerd-socket-mount"],
            options: &[],
            readme: include_str!("dockerfile/docker-socket-volume/README.md"),
        },
        register: docker_socket_volume::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dockerfile-and-inline",
            group: "compose",
            summary: "build names a Dockerfile and holds one as well",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/dockerfile-and-inline/README.md"),
        },
        register: dockerfile_and_inline::register,
    },
    Rule {
        meta: RuleMeta {
            id: "dockerfile-not-found",
            group: "project",
            summary: "service is built from a Dockerfile that does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/dockerfile-not-found/README.md"),
        },
        register: dockerfile_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "duplicate-container-name",
            group: "compose",
            summary: "two services give their containers the same name",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["no-duplicate-container-names"],
            options: &[],
            readme: include_str!("compose/duplicate-container-name/README.md"),
        },
        register: duplicate_container_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "duplicate-env",
            group: "dockerfile",
            summary: "variable is set twice and nothing uses the first value",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/duplicate-env/README.md"),
        },
        register: duplicate_env::register,
    },
    Rule {
        meta: RuleMeta {
            id: "duplicate-environment-key",
            group: "compose",
            summary: "list gives a name two values, of which the last counts",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/duplicate-environment-key/README.md"),
        },
        register: duplicate_environment_key::register,
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
            id: "duplicate-label-key",
            group: "dockerfile",
            summary: "stage gives a label twice",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["no-duplicate-keys"],
            options: &[],
            readme: include_str!("dockerfile/duplicate-label-key/README.md"),
        },
        register: duplicate_label_key::register,
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
            id: "duplicate-mount-target",
            group: "compose",
            summary: "two things are mounted at the same path of a container",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/duplicate-mount-target/README.md"),
        },
        register: duplicate_mount_target::register,
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
            id: "duplicate-uid-or-user",
            group: "dockerfile",
            summary: "user or user number is created twice, or is root's",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DKL-LI-0002"],
            options: &[],
            readme: include_str!("dockerfile/duplicate-uid-or-user/README.md"),
        },
        register: duplicate_uid_or_user::register,
    },
    Rule {
        meta: RuleMeta {
            id: "echo-escape-sequence",
            group: "shell",
            summary: "echo prints a backslash sequence as it is",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2028"],
            options: &[],
            readme: include_str!("shell/echo-escape-sequence/README.md"),
        },
        register: echo_escape_sequence::register,
    },
    Rule {
        meta: RuleMeta {
            id: "effective-root-user",
            group: "project",
            summary: "service runs as root though its image does not",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("project/effective-root-user/README.md"),
        },
        register: effective_root_user::register,
    },
    Rule {
        meta: RuleMeta {
            id: "empty-bind-source",
            group: "compose",
            summary: "mount has an empty source, so that the project folder is mounted",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/empty-bind-source/README.md"),
        },
        register: empty_bind_source::register,
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
            id: "empty-label",
            group: "dockerfile",
            summary: "label that the configuration names has an empty value",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3051", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/empty-label/README.md"),
        },
        register: empty_label::register,
    },
    Rule {
        meta: RuleMeta {
            id: "empty-or-static-password",
            group: "shell",
            summary: "account of the image gets no password, or one that everybody can read",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_17", "S6437", "DKL-LI-0001"],
            options: &[],
            readme: include_str!("shell/empty-or-static-password/README.md"),
        },
        register: empty_or_static_password::register,
    },
    Rule {
        meta: RuleMeta {
            id: "entrypoint-cmd-form-mismatch",
            group: "dockerfile",
            summary: "`CMD` in shell form becomes arguments of a program that runs no commands",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3025", "JSONArgsRecommended"],
            options: &[],
            readme: include_str!("dockerfile/entrypoint-cmd-form-mismatch/README.md"),
        },
        register: entrypoint_cmd_form_mismatch::register,
    },
    Rule {
        meta: RuleMeta {
            id: "entrypoint-drops-image-command",
            group: "project",
            summary: "entrypoint of a service takes the command of its image away",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/entrypoint-drops-image-command/README.md"),
        },
        register: entrypoint_drops_image_command::register,
    },
    Rule {
        meta: RuleMeta {
            id: "entrypoint-shell-form-ignores-cmd",
            group: "dockerfile",
            summary: "`CMD` has no effect behind an `ENTRYPOINT` in shell form",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3025", "JSONArgsRecommended"],
            options: &[],
            readme: include_str!("dockerfile/entrypoint-shell-form-ignores-cmd/README.md"),
        },
        register: entrypoint_shell_form_ignores_cmd::register,
    },
    Rule {
        meta: RuleMeta {
            id: "env-file-not-found",
            group: "compose",
            summary: "file with variables of a service is not there",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["missing-env-file"],
            options: &[],
            readme: include_str!("compose/env-file-not-found/README.md"),
        },
        register: env_file_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "env-file-syntax",
            group: "compose",
            summary: "file with variables has a line that Compose cannot read",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/env-file-syntax/README.md"),
        },
        register: env_file_syntax::register,
    },
    Rule {
        meta: RuleMeta {
            id: "env-file-tracked-by-git",
            group: "compose",
            summary: "file with variables that hold a credential is in the git repository",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/env-file-tracked-by-git/README.md"),
        },
        register: env_file_tracked_by_git::register,
    },
    Rule {
        meta: RuleMeta {
            id: "env-file-unsupported-format",
            group: "compose",
            summary: "format of an env file is one that Compose does not know",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/env-file-unsupported-format/README.md"),
        },
        register: env_file_unsupported_format::register,
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
            id: "env-path-dangerous",
            group: "dockerfile",
            summary: "search path of programs or libraries has a place where others can put theirs",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/env-path-dangerous/README.md"),
        },
        register: env_path_dangerous::register,
    },
    Rule {
        meta: RuleMeta {
            id: "env-self-reference",
            group: "dockerfile",
            summary: "variable is used in the same ENV that defines it",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3044", "DF062"],
            options: &[],
            readme: include_str!("dockerfile/env-self-reference/README.md"),
        },
        register: env_self_reference::register,
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
            id: "env-value-mangled-by-yaml",
            group: "compose",
            summary: "value without quotes of which YAML makes another text",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/env-value-mangled-by-yaml/README.md"),
        },
        register: env_value_mangled_by_yaml::register,
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
            id: "eol-image",
            group: "image",
            summary: "image holds a release that gets no security updates any more",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[],
            options: &[crate::engine::meta::OptionMeta {
                name: "extended-support",
                kind: crate::engine::meta::OptionKind::StringList,
                default: "[]",
                summary: "images for which updates are paid for, as patterns such as `ubuntu:20.04` or `centos:7*`",
                shared: None,
            }],
            readme: include_str!("image/eol-image/README.md"),
        },
        register: eol_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "ephemeral-host-port",
            group: "compose",
            summary: "port is published on a port of the host that Docker chooses",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/ephemeral-host-port/README.md"),
        },
        register: ephemeral_host_port::register,
    },
    Rule {
        meta: RuleMeta {
            id: "exec-form-no-expansion",
            group: "dockerfile",
            summary: "array holds something that only a shell replaces or understands",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/exec-form-no-expansion/README.md"),
        },
        register: exec_form_no_expansion::register,
    },
    Rule {
        meta: RuleMeta {
            id: "exec-form-single-string",
            group: "dockerfile",
            summary: "array holds a whole command in its first string",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/exec-form-single-string/README.md"),
        },
        register: exec_form_single_string::register,
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
            id: "expansion-in-single-quotes",
            group: "shell",
            summary: "variable or command in single quotes is not expanded",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Low,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2016"],
            options: &[],
            readme: include_str!("shell/expansion-in-single-quotes/README.md"),
        },
        register: expansion_in_single_quotes::register,
    },
    Rule {
        meta: RuleMeta {
            id: "expired-suppression",
            group: "text",
            summary: "comment that ignores a rule is past its day",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DF072"],
            options: &[],
            readme: include_str!("text/expired-suppression/README.md"),
        },
        register: expired_suppression::register,
    },
    Rule {
        meta: RuleMeta {
            id: "expose-host-mapping",
            group: "dockerfile",
            summary: "`EXPOSE` names a port or an address of the host",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["ExposeInvalidFormat", "expose_host_port"],
            options: &[],
            readme: include_str!("dockerfile/expose-host-mapping/README.md"),
        },
        register: expose_host_mapping::register,
    },
    Rule {
        meta: RuleMeta {
            id: "expose-proto-case",
            group: "dockerfile",
            summary: "protocol behind `EXPOSE` is written in capitals",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["ExposeProtoCasing", "DF078"],
            options: &[],
            readme: include_str!("dockerfile/expose-proto-case/README.md"),
        },
        register: expose_proto_case::register,
    },
    Rule {
        meta: RuleMeta {
            id: "exposed-port-mismatch",
            group: "project",
            summary: "health check, proxy or `PORT` names another port than the image exposes",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/exposed-port-mismatch/README.md"),
        },
        register: exposed_port_mismatch::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extends-cycle",
            group: "compose",
            summary: "service extends itself",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/extends-cycle/README.md"),
        },
        register: extends_cycle::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extends-file-not-found",
            group: "compose",
            summary: "file of an extended service does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/extends-file-not-found/README.md"),
        },
        register: extends_file_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extends-inherits-identity",
            group: "compose",
            summary: "service gets an address or host name by `extends` that another one has",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/extends-inherits-identity/README.md"),
        },
        register: extends_inherits_identity::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extends-inherits-profiles",
            group: "compose",
            summary: "service gets a profile from the one that it extends",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/extends-inherits-profiles/README.md"),
        },
        register: extends_inherits_profiles::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extends-missing-resource",
            group: "compose",
            summary: "extended service needs something that this project does not have",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/extends-missing-resource/README.md"),
        },
        register: extends_missing_resource::register,
    },
    Rule {
        meta: RuleMeta {
            id: "extends-undefined-service",
            group: "compose",
            summary: "service extends a service that does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/extends-undefined-service/README.md"),
        },
        register: extends_undefined_service::register,
    },
    Rule {
        meta: RuleMeta {
            id: "external-name-conflict",
            group: "compose",
            summary: "something external has two different names",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/external-name-conflict/README.md"),
        },
        register: external_name_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "external-with-attributes",
            group: "compose",
            summary: "something that exists already is described as if it were to be made",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/external-with-attributes/README.md"),
        },
        register: external_with_attributes::register,
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
            id: "file-object-source-conflict",
            group: "compose",
            summary: "secret or config comes from two places",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/file-object-source-conflict/README.md"),
        },
        register: file_object_source_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "file-object-source-missing",
            group: "compose",
            summary: "secret or config comes from nowhere",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/file-object-source-missing/README.md"),
        },
        register: file_object_source_missing::register,
    },
    Rule {
        meta: RuleMeta {
            id: "fixed-container-name",
            group: "compose",
            summary: "container has a fixed name",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/fixed-container-name/README.md"),
        },
        register: fixed_container_name::register,
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
            id: "forward-stage-reference",
            group: "dockerfile",
            summary: "stage takes from one that is defined below it",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &["DL3022", "DF049"],
            options: &[],
            readme: include_str!("dockerfile/forward-stage-reference/README.md"),
        },
        register: forward_stage_reference::register,
    },
    Rule {
        meta: RuleMeta {
            id: "from-as-case",
            group: "dockerfile",
            summary: "`AS` is in another case than its `FROM`",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Style, Severity::Info),
            ],
            aliases: &["FromAsCasing", "DF079"],
            options: &[],
            readme: include_str!("dockerfile/from-as-case/README.md"),
        },
        register: from_as_case::register,
    },
    Rule {
        meta: RuleMeta {
            id: "glob-starting-with-dash",
            group: "shell",
            summary: "pattern may match a file that looks like an option",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2035", "S6573"],
            options: &[],
            readme: include_str!("shell/glob-starting-with-dash/README.md"),
        },
        register: glob_starting_with_dash::register,
    },
    Rule {
        meta: RuleMeta {
            id: "gpu-count-and-device-ids",
            group: "compose",
            summary: "devices are asked for by number and by name at once",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/gpu-count-and-device-ids/README.md"),
        },
        register: gpu_count_and_device_ids::register,
    },
    Rule {
        meta: RuleMeta {
            id: "hardcoded-secret",
            group: "text",
            summary: "token, private key or random password stands in the file",
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
            id: "healthcheck-always-passes",
            group: "shell",
            summary: "health check cannot fail",
            category: Category::Reliability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("shell/healthcheck-always-passes/README.md"),
        },
        register: healthcheck_always_passes::register,
    },
    Rule {
        meta: RuleMeta {
            id: "healthcheck-form",
            group: "compose",
            summary: "form of a health check says something else than what is meant",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/healthcheck-form/README.md"),
        },
        register: healthcheck_form::register,
    },
    Rule {
        meta: RuleMeta {
            id: "healthcheck-start-interval-without-start-period",
            group: "compose",
            summary: "health check has an interval for a start period that it does not have",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!(
                "compose/healthcheck-start-interval-without-start-period/README.md"
            ),
        },
        register: healthcheck_start_interval_without_start_period::register,
    },
    Rule {
        meta: RuleMeta {
            id: "healthy-condition-without-healthcheck",
            group: "compose",
            summary: "service waits until another one is healthy that has no health check",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/healthy-condition-without-healthcheck/README.md"),
        },
        register: healthy_condition_without_healthcheck::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-adjacent-capability",
            group: "compose",
            summary: "container gets a capability that is one step from the host",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0011"],
            options: &[crate::engine::meta::OptionMeta {
                name: "vpn-images",
                kind: crate::engine::meta::OptionKind::StringList,
                default: "[\"gluetun\",\"netbird\",\"openvpn\",\"tailscale\",\"wg-easy\",\"wireguard\"]",
                summary: "images (last part of the name, or a word of it) that have to configure the network",
                shared: None,
            }],
            readme: include_str!("compose/host-adjacent-capability/README.md"),
        },
        register: host_adjacent_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-affecting-sysctl",
            group: "compose",
            summary: "kernel parameter cannot be set for a container",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/host-affecting-sysctl/README.md"),
        },
        register: host_affecting_sysctl::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-availability-capability",
            group: "compose",
            summary: "container gets a capability that can slow or stop the host",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0029"],
            options: &[],
            readme: include_str!("compose/host-availability-capability/README.md"),
        },
        register: host_availability_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-cgroup-namespace",
            group: "compose",
            summary: "service uses the host's control group namespace",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/host-cgroup-namespace/README.md"),
        },
        register: host_cgroup_namespace::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-device-access",
            group: "compose",
            summary: "container gets a disk, the kernel log or all devices of the host",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["CL-0016"],
            options: &[],
            readme: include_str!("compose/host-device-access/README.md"),
        },
        register: host_device_access::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-disclosure-capability",
            group: "compose",
            summary: "container gets a capability that shows what the host keeps to itself",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0030"],
            options: &[],
            readme: include_str!("compose/host-disclosure-capability/README.md"),
        },
        register: host_disclosure_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-ipc-namespace",
            group: "compose",
            summary: "service uses the host's IPC namespace",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0010", "Shared Host IPC Namespace"],
            options: &[],
            readme: include_str!("compose/host-ipc-namespace/README.md"),
        },
        register: host_ipc_namespace::register,
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
            id: "host-network-port-collision",
            group: "compose",
            summary: "service in the host's network serves on a port that another one wants",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/host-network-port-collision/README.md"),
        },
        register: host_network_port_collision::register,
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
            id: "host-network-with-ports",
            group: "compose",
            summary: "ports are published by a container that has no network of its own for it",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/host-network-with-ports/README.md"),
        },
        register: host_network_with_ports::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-pid-namespace",
            group: "compose",
            summary: "service uses the host's process namespace",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0010", "Host Namespace is Shared"],
            options: &[],
            readme: include_str!("compose/host-pid-namespace/README.md"),
        },
        register: host_pid_namespace::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-port-collision",
            group: "compose",
            summary: "two services publish on the same port of the host",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["no-duplicate-exported-ports"],
            options: &[],
            readme: include_str!("compose/host-port-collision/README.md"),
        },
        register: host_port_collision::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-reaching-capability",
            group: "compose",
            summary: "container gets a capability that reaches the whole host",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0028"],
            options: &[],
            readme: include_str!("compose/host-reaching-capability/README.md"),
        },
        register: host_reaching_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-root-mount",
            group: "compose",
            summary: "container gets the whole disk of the host",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["CL-0001", "Volume Has Sensitive Host Directory"],
            options: &[],
            readme: include_str!("compose/host-root-mount/README.md"),
        },
        register: host_root_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-takeover-capability",
            group: "compose",
            summary: "container gets a capability with which it controls the host",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["CL-0024", "Container Capabilities Unrestricted"],
            options: &[],
            readme: include_str!("compose/host-takeover-capability/README.md"),
        },
        register: host_takeover_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-user-namespace",
            group: "compose",
            summary: "service uses the host's user namespace",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Shared Host User Namespace"],
            options: &[crate::engine::meta::OptionMeta {
                name: "userns-remap",
                kind: crate::engine::meta::OptionKind::Boolean,
                default: "false",
                summary: "whether the daemons that run this remap users",
                shared: None,
            }],
            readme: include_str!("compose/host-user-namespace/README.md"),
        },
        register: host_user_namespace::register,
    },
    Rule {
        meta: RuleMeta {
            id: "host-uts-namespace",
            group: "compose",
            summary: "service uses the host's host name",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/host-uts-namespace/README.md"),
        },
        register: host_uts_namespace::register,
    },
    Rule {
        meta: RuleMeta {
            id: "image-bloat-files-copied",
            group: "dockerfile",
            summary: "files for development are copied into the image",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["DKL-LI-0003", "DKL-DI-0005"],
            options: &[],
            readme: include_str!("dockerfile/image-bloat-files-copied/README.md"),
        },
        register: image_bloat_files_copied::register,
    },
    Rule {
        meta: RuleMeta {
            id: "image-shadows-build",
            group: "project",
            summary: "image is built under the name of an official image",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/image-shadows-build/README.md"),
        },
        register: image_shadows_build::register,
    },
    Rule {
        meta: RuleMeta {
            id: "image-tag-built-twice",
            group: "project",
            summary: "two services build different images under one name",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/image-tag-built-twice/README.md"),
        },
        register: image_tag_built_twice::register,
    },
    Rule {
        meta: RuleMeta {
            id: "implausible-memory-limit",
            group: "compose",
            summary: "limit for memory is below what the service certainly needs",
            category: Category::Reliability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/implausible-memory-limit/README.md"),
        },
        register: implausible_memory_limit::register,
    },
    Rule {
        meta: RuleMeta {
            id: "implicit-build-order",
            group: "project",
            summary: "build needs the image of another service, and may begin before it is there",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/implicit-build-order/README.md"),
        },
        register: implicit_build_order::register,
    },
    Rule {
        meta: RuleMeta {
            id: "include-cycle",
            group: "compose",
            summary: "Compose file includes itself",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/include-cycle/README.md"),
        },
        register: include_cycle::register,
    },
    Rule {
        meta: RuleMeta {
            id: "include-env-file-not-found",
            group: "compose",
            summary: "file with variables for an included file does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/include-env-file-not-found/README.md"),
        },
        register: include_env_file_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "include-file-not-found",
            group: "compose",
            summary: "file that is included, or that `COMPOSE_FILE` names, does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/include-file-not-found/README.md"),
        },
        register: include_file_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "include-resource-conflict",
            group: "compose",
            summary: "file and an included file declare the same name",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/include-resource-conflict/README.md"),
        },
        register: include_resource_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "inconsistent-instruction-case",
            group: "dockerfile",
            summary: "keywords of the file are written in different cases",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Style, Severity::Info),
            ],
            aliases: &[
                "ConsistentInstructionCasing",
                "DF076",
                "S6476",
                "uppercase_commands",
            ],
            options: &[crate::engine::meta::OptionMeta {
                name: "case",
                kind: crate::engine::meta::OptionKind::String,
                default: "\"majority\"",
                summary: "`upper` or `lower` to ask for one case, `majority` to follow most keywords of the file",
                shared: None,
            }],
            readme: include_str!("dockerfile/inconsistent-instruction-case/README.md"),
        },
        register: inconsistent_instruction_case::register,
    },
    Rule {
        meta: RuleMeta {
            id: "inconsistent-keep-git-dir",
            group: "dockerfile",
            summary: "`--keep-git-dir` contradicts the source or has no effect",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/inconsistent-keep-git-dir/README.md"),
        },
        register: inconsistent_keep_git_dir::register,
    },
    Rule {
        meta: RuleMeta {
            id: "inconsistent-memory-settings",
            group: "compose",
            summary: "limits of a service contradict each other or are out of range",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/inconsistent-memory-settings/README.md"),
        },
        register: inconsistent_memory_settings::register,
    },
    Rule {
        meta: RuleMeta {
            id: "inline-dockerfile-interpolated",
            group: "project",
            summary: "Compose replaces a variable of the Dockerfile in it",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/inline-dockerfile-interpolated/README.md"),
        },
        register: inline_dockerfile_interpolated::register,
    },
    Rule {
        meta: RuleMeta {
            id: "inline-secret-in-read-only-service",
            group: "compose",
            summary: "secret or config is to be copied into a container that is read-only",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/inline-secret-in-read-only-service/README.md"),
        },
        register: inline_secret_in_read_only_service::register,
    },
    Rule {
        meta: RuleMeta {
            id: "insecure-build-entitlement",
            group: "project",
            summary: "build has rights on the host that builds do not need",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/insecure-build-entitlement/README.md"),
        },
        register: insecure_build_entitlement::register,
    },
    Rule {
        meta: RuleMeta {
            id: "insecure-http-url",
            group: "shell",
            summary: "something is fetched without encryption",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S5332", "no_add_without_https", "no_run_without_https"],
            options: &[],
            readme: include_str!("shell/insecure-http-url/README.md"),
        },
        register: insecure_http_url::register,
    },
    Rule {
        meta: RuleMeta {
            id: "insecure-registry",
            group: "image",
            summary: "image comes from a registry that is likely reached without TLS",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("image/insecure-registry/README.md"),
        },
        register: insecure_registry::register,
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
            id: "interface-name-conflict",
            group: "compose",
            summary: "network interface gets two names",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/interface-name-conflict/README.md"),
        },
        register: interface_name_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-add-checksum",
            group: "dockerfile",
            summary: "`--checksum` of `ADD` is malformed or has nothing to check",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-add-checksum/README.md"),
        },
        register: invalid_add_checksum::register,
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
            id: "invalid-container-name",
            group: "compose",
            summary: "container gets a name that Docker does not accept",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["service-container-name-regex"],
            options: &[],
            readme: include_str!("compose/invalid-container-name/README.md"),
        },
        register: invalid_container_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-default-arg-in-from",
            group: "dockerfile",
            summary: "FROM names no image with the defaults of its arguments",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["InvalidDefaultArgInFrom"],
            options: &[],
            readme: include_str!("dockerfile/invalid-default-arg-in-from/README.md"),
        },
        register: invalid_default_arg_in_from::register,
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
            id: "invalid-expose-port",
            group: "dockerfile",
            summary: "word behind `EXPOSE` is no port",
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
                "DL3011",
                "DF040",
                "DS-0008",
                "invalid-port",
                "unix_ports_out_of_range",
                "invalid_port",
            ],
            options: &[],
            readme: include_str!("dockerfile/invalid-expose-port/README.md"),
        },
        register: invalid_expose_port::register,
    },
    Rule {
        meta: RuleMeta {
            id: "invalid-extra-host",
            group: "compose",
            summary: "additional host has no name or no IP address",
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
            aliases: &["healthcheck_options_missing_args"],
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
            id: "invalid-ip-or-mac-address",
            group: "compose",
            summary: "address is none",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-ip-or-mac-address/README.md"),
        },
        register: invalid_ip_or_mac_address::register,
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
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &["DL3025", "invalid-json-form", "S7030"],
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
            id: "invalid-label-key",
            group: "dockerfile",
            summary: "key of a label does not follow Docker's guidelines",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3048", "valid-key"],
            options: &[],
            readme: include_str!("dockerfile/invalid-label-key/README.md"),
        },
        register: invalid_label_key::register,
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
            id: "invalid-platform",
            group: "dockerfile",
            summary: "value of `--platform` is no platform",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-platform/README.md"),
        },
        register: invalid_platform::register,
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
            id: "invalid-project-name",
            group: "compose",
            summary: "name of the project is changed by Compose",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-project-name/README.md"),
        },
        register: invalid_project_name::register,
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
            id: "invalid-restart-policy",
            group: "compose",
            summary: "restart policy that the engine does not know",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-restart-policy/README.md"),
        },
        register: invalid_restart_policy::register,
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
            id: "invalid-security-opt",
            group: "compose",
            summary: "security option does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-security-opt/README.md"),
        },
        register: invalid_security_opt::register,
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
            id: "invalid-stage-label-description",
            group: "dockerfile",
            summary: "comment above a stage or argument does not begin with its name",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::Low,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &["InvalidDefinitionDescription"],
            options: &[],
            readme: include_str!("dockerfile/invalid-stage-label-description/README.md"),
        },
        register: invalid_stage_label_description::register,
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
            id: "invalid-stopsignal",
            group: "dockerfile",
            summary: "`STOPSIGNAL` names no signal",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/invalid-stopsignal/README.md"),
        },
        register: invalid_stopsignal::register,
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
            id: "invalid-ulimit",
            group: "compose",
            summary: "limit of a process is one that does not exist or contradicts itself",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/invalid-ulimit/README.md"),
        },
        register: invalid_ulimit::register,
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
            id: "invalid-workdir-spaces",
            group: "dockerfile",
            summary: "path of `WORKDIR` has spaces without quotes around them",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["invalid_workdir"],
            options: &[],
            readme: include_str!("dockerfile/invalid-workdir-spaces/README.md"),
        },
        register: invalid_workdir_spaces::register,
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
            id: "job-dependency-undefined",
            group: "compose",
            summary: "job depends on something that does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/job-dependency-undefined/README.md"),
        },
        register: job_dependency_undefined::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-buildx-overlap",
            group: "dockerfile",
            summary: "label is written by hand that Buildx writes by itself",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[],
            aliases: &["no-buildx-git-overlap"],
            options: &[],
            readme: include_str!("dockerfile/label-buildx-overlap/README.md"),
        },
        register: label_buildx_overlap::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-file-not-found",
            group: "compose",
            summary: "file with labels of a service is not there",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/label-file-not-found/README.md"),
        },
        register: label_file_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-grouping",
            group: "dockerfile",
            summary: "labels are spread over neighbouring instructions",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &["prefer-grouped"],
            options: &[],
            readme: include_str!("dockerfile/label-grouping/README.md"),
        },
        register: label_grouping::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-not-email",
            group: "dockerfile",
            summary: "label that is meant to be an e-mail address is none",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3058", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/label-not-email/README.md"),
        },
        register: label_not_email::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-not-git-hash",
            group: "dockerfile",
            summary: "label that is meant to be a commit is none",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3055", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/label-not-git-hash/README.md"),
        },
        register: label_not_git_hash::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-not-rfc3339",
            group: "dockerfile",
            summary: "label that is meant to be a point in time is none",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3053", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/label-not-rfc3339/README.md"),
        },
        register: label_not_rfc3339::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-not-semver",
            group: "dockerfile",
            summary: "label that is meant to be a semantic version is none",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3056", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/label-not-semver/README.md"),
        },
        register: label_not_semver::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-not-spdx",
            group: "dockerfile",
            summary: "label that is meant to be an SPDX licence expression is none",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3054", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/label-not-spdx/README.md"),
        },
        register: label_not_spdx::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-not-url",
            group: "dockerfile",
            summary: "label that is meant to be a URL is none",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3052", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/label-not-url/README.md"),
        },
        register: label_not_url::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-order",
            group: "dockerfile",
            summary: "labels of a block are not in order",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &["prefer-stable-order"],
            options: &[],
            readme: include_str!("dockerfile/label-order/README.md"),
        },
        register: label_order::register,
    },
    Rule {
        meta: RuleMeta {
            id: "label-stale-base-digest",
            group: "dockerfile",
            summary: "label gives a digest of the base image that the `FROM` does not have",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["no-stale-base-digest"],
            options: &[],
            readme: include_str!("dockerfile/label-stale-base-digest/README.md"),
        },
        register: label_stale_base_digest::register,
    },
    Rule {
        meta: RuleMeta {
            id: "large-uid-without-no-log-init",
            group: "shell",
            summary: "useradd gives a large user number, which makes the image huge",
            category: Category::Efficiency,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3046", "DF064"],
            options: &[],
            readme: include_str!("shell/large-uid-without-no-log-init/README.md"),
        },
        register: large_uid_without_no_log_init::register,
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
                "DF001",
                "DF024",
                "DS-0001",
                "CKV_DOCKER_7",
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
                shared: None,
            }],
            readme: include_str!("image/latest-tag/README.md"),
        },
        register: latest_tag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "legacy-backticks",
            group: "shell",
            summary: "command substitution is written with backticks",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2006"],
            options: &[],
            readme: include_str!("shell/legacy-backticks/README.md"),
        },
        register: legacy_backticks::register,
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
            aliases: &["invalid-schema"],
            options: &[],
            readme: include_str!("compose/legacy-v1-file/README.md"),
        },
        register: legacy_v1_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "logging-disabled",
            group: "compose",
            summary: "container's output is thrown away",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Production, Severity::Info),
            ],
            aliases: &["CL-0014"],
            options: &[],
            readme: include_str!("compose/logging-disabled/README.md"),
        },
        register: logging_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "long-lasting-suppression",
            group: "text",
            summary: "comment ignores a rule for longer than allowed",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &[],
            options: &[crate::engine::meta::OptionMeta {
                name: "max-days",
                kind: crate::engine::meta::OptionKind::Integer,
                default: "0",
                summary: "the most days from today that a comment may last; 0 for any number",
                shared: Some(crate::engine::meta::Shared::MaxDays),
            }],
            readme: include_str!("text/long-lasting-suppression/README.md"),
        },
        register: long_lasting_suppression::register,
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
            id: "mac-address-mismatch",
            group: "compose",
            summary: "service and its first network disagree about the hardware address",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/mac-address-mismatch/README.md"),
        },
        register: mac_address_mismatch::register,
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
            id: "masked-return-value",
            group: "shell",
            summary: "failure of a command is lost in export or local",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2155"],
            options: &[],
            readme: include_str!("shell/masked-return-value/README.md"),
        },
        register: masked_return_value::register,
    },
    Rule {
        meta: RuleMeta {
            id: "merge-key-drops-list",
            group: "compose",
            summary: "value replaces the one that a merge key brings",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/merge-key-drops-list/README.md"),
        },
        register: merge_key_drops_list::register,
    },
    Rule {
        meta: RuleMeta {
            id: "merge-type-conflict",
            group: "compose",
            summary: "value cannot be merged with the one below it",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/merge-type-conflict/README.md"),
        },
        register: merge_type_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "misplaced-flag",
            group: "dockerfile",
            summary: "flag stands behind the first argument, where it is none",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/misplaced-flag/README.md"),
        },
        register: misplaced_flag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-additional-context",
            group: "project",
            summary: "build takes another service for an image",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/missing-additional-context/README.md"),
        },
        register: missing_additional_context::register,
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
            id: "missing-dockerignore",
            group: "dockerfile",
            summary: "the whole context is copied, and no `.dockerignore` keeps anything out",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["DF033"],
            options: &[],
            readme: include_str!("dockerfile/missing-dockerignore/README.md"),
        },
        register: missing_dockerignore::register,
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
            id: "missing-healthcheck",
            group: "dockerfile",
            summary: "nothing tells whether the program in the container works",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Production, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[
                "DL3057",
                "DF012",
                "DS-0026",
                "CKV_DOCKER_2",
                "healthcheck_instruction_missing",
                "CIS-DI-0006",
                "Healthcheck Not Set",
            ],
            options: &[crate::engine::meta::OptionMeta {
                name: "engine",
                kind: crate::engine::meta::OptionKind::Engine,
                default: "\"docker\"",
                summary: "what builds the images; what Podman builds has no health check of its own",
                shared: Some(crate::engine::meta::Shared::Engine),
            }],
            readme: include_str!("dockerfile/missing-healthcheck/README.md"),
        },
        register: missing_healthcheck::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-image-or-build",
            group: "compose",
            summary: "service has neither an image nor a build",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/missing-image-or-build/README.md"),
        },
        register: missing_image_or_build::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-no-new-privileges",
            group: "compose",
            summary: "processes of the service may gain rights",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[
                "CL-0003",
                "No New Privileges Not Set",
                "no-new-privileges",
                "Security Opt Not Set",
            ],
            options: &[],
            readme: include_str!("compose/missing-no-new-privileges/README.md"),
        },
        register: missing_no_new_privileges::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-pids-limit",
            group: "compose",
            summary: "service has no limit for processes",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Pids Limit Not Set"],
            options: &[],
            readme: include_str!("compose/missing-pids-limit/README.md"),
        },
        register: missing_pids_limit::register,
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
            id: "missing-required-label",
            group: "dockerfile",
            summary: "image lacks a label that the configuration asks for",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["DL3049", "DF074", "S7028", "required_labels"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/missing-required-label/README.md"),
        },
        register: missing_required_label::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-required-property",
            group: "compose",
            summary: "key is missing that Compose needs there",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
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
            id: "missing-required-variable",
            group: "compose",
            summary: "variable that the project requires is in none of its files",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Production, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/missing-required-variable/README.md"),
        },
        register: missing_required_variable::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-resource-limits",
            group: "compose",
            summary: "service has no limit for memory or CPU",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
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
            id: "missing-restart-policy",
            group: "compose",
            summary: "service does not come back after a crash or a restart of the host",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Production, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/missing-restart-policy/README.md"),
        },
        register: missing_restart_policy::register,
    },
    Rule {
        meta: RuleMeta {
            id: "missing-services",
            group: "compose",
            summary: "Compose file has neither services nor jobs",
            category: Category::Syntax,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/missing-services/README.md"),
        },
        register: missing_services::register,
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
                "stateful-root-runtime",
            ],
            options: &[],
            readme: include_str!("dockerfile/missing-user/README.md"),
        },
        register: missing_user::register,
    },
    Rule {
        meta: RuleMeta {
            id: "misspelled-parser-directive",
            group: "dockerfile",
            summary: "comment at the top is meant as a parser directive and is none",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/misspelled-parser-directive/README.md"),
        },
        register: misspelled_parser_directive::register,
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
            id: "mount-option-type-mismatch",
            group: "compose",
            summary: "mount has options that mounts of its type do not have",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/mount-option-type-mismatch/README.md"),
        },
        register: mount_option_type_mismatch::register,
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
            id: "multiple-entrypoint",
            group: "dockerfile",
            summary: "stage has several `ENTRYPOINT` instructions, of which only the last counts",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &[
                "DL4004",
                "MultipleInstructionsDisallowed",
                "DF039",
                "DS-0007",
                "multiple-entrypoint-instructions",
                "multiple_entrypoint_instructions_listed",
                "S6589",
            ],
            options: &[],
            readme: include_str!("dockerfile/multiple-entrypoint/README.md"),
        },
        register: multiple_entrypoint::register,
    },
    Rule {
        meta: RuleMeta {
            id: "multiple-healthcheck",
            group: "dockerfile",
            summary: "stage has several `HEALTHCHECK` instructions, of which only the last counts",
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
                "DL3012",
                "MultipleInstructionsDisallowed",
                "DF041",
                "DS-0023",
            ],
            options: &[],
            readme: include_str!("dockerfile/multiple-healthcheck/README.md"),
        },
        register: multiple_healthcheck::register,
    },
    Rule {
        meta: RuleMeta {
            id: "named-user-not-in-image",
            group: "project",
            summary: "service runs as a user whom its image cannot know",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/named-user-not-in-image/README.md"),
        },
        register: named_user_not_in_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "named-user-without-passwd",
            group: "dockerfile",
            summary: "user or group is named in an image that has no list of names",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["named-identity-in-passwdless-stage"],
            options: &[],
            readme: include_str!("dockerfile/named-user-without-passwd/README.md"),
        },
        register: named_user_without_passwd::register,
    },
    Rule {
        meta: RuleMeta {
            id: "needs-newer-compose",
            group: "compose",
            summary: "key is newer than the oldest Docker Compose that has to read the file",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &[],
            options: &[crate::engine::meta::OptionMeta {
                name: "version",
                kind: crate::engine::meta::OptionKind::Version,
                default: "\"\"",
                summary: "the oldest Docker Compose that has to read the files; empty for any",
                shared: Some(crate::engine::meta::Shared::ComposeVersion),
            }],
            readme: include_str!("compose/needs-newer-compose/README.md"),
        },
        register: needs_newer_compose::register,
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
            id: "network-mode-and-networks",
            group: "compose",
            summary: "service has a network mode and joins networks",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/network-mode-and-networks/README.md"),
        },
        register: network_mode_and_networks::register,
    },
    Rule {
        meta: RuleMeta {
            id: "no-new-privileges-disabled",
            group: "compose",
            summary: "processes of the container may gain rights, expressly",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/no-new-privileges-disabled/README.md"),
        },
        register: no_new_privileges_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "non-numeric-user",
            group: "dockerfile",
            summary: "image's user is a name, which Kubernetes cannot tell from root",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Hadolint, Severity::Info)],
            aliases: &["DL3066"],
            options: &[],
            readme: include_str!("dockerfile/non-numeric-user/README.md"),
        },
        register: non_numeric_user::register,
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
            id: "npm-install-instead-of-ci",
            group: "packages",
            summary: "npm install may change what the lock file says",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["DF031"],
            options: &[],
            readme: include_str!("packages/npm-install-instead-of-ci/README.md"),
        },
        register: npm_install_instead_of_ci::register,
    },
    Rule {
        meta: RuleMeta {
            id: "npm-strict-ssl-disabled",
            group: "packages",
            summary: "package manager of Node does not check the registry's certificate",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_12", "CKV2_DOCKER_13"],
            options: &[],
            readme: include_str!("packages/npm-strict-ssl-disabled/README.md"),
        },
        register: npm_strict_ssl_disabled::register,
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
            id: "oom-killer-disabled",
            group: "compose",
            summary: "kernel spares the container when memory runs out",
            category: Category::Reliability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/oom-killer-disabled/README.md"),
        },
        register: oom_killer_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "over-hardened-service",
            group: "compose",
            summary: "image does not work with what is taken from it",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/over-hardened-service/README.md"),
        },
        register: over_hardened_service::register,
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
            id: "override-without-base",
            group: "compose",
            summary: "override file stands beside no file that it could change",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/override-without-base/README.md"),
        },
        register: override_without_base::register,
    },
    Rule {
        meta: RuleMeta {
            id: "package-install-at-start",
            group: "packages",
            summary: "service installs packages at every start",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("packages/package-install-at-start/README.md"),
        },
        register: package_install_at_start::register,
    },
    Rule {
        meta: RuleMeta {
            id: "package-manager-tls-disabled",
            group: "packages",
            summary: "package manager does not check the certificate of its repository",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_15"],
            options: &[],
            readme: include_str!("packages/package-manager-tls-disabled/README.md"),
        },
        register: package_manager_tls_disabled::register,
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
            id: "permissive-security-profile",
            group: "compose",
            summary: "container runs under a profile that allows nearly everything",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[crate::engine::meta::OptionMeta {
                name: "apparmor-profiles",
                kind: crate::engine::meta::OptionKind::StringList,
                default: "[]",
                summary: "AppArmor profiles that containers may have; without one every profile will do",
                shared: None,
            }],
            readme: include_str!("compose/permissive-security-profile/README.md"),
        },
        register: permissive_security_profile::register,
    },
    Rule {
        meta: RuleMeta {
            id: "pip-cache-not-disabled",
            group: "packages",
            summary: "cache of pip stays in the image",
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
                "DL3042",
                "DF030",
                "missing-pip-no-cache-dir",
                "pip_install_keeping_cached_packages",
            ],
            options: &[],
            readme: include_str!("packages/pip-cache-not-disabled/README.md"),
        },
        register: pip_cache_not_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "pip-trusted-host",
            group: "packages",
            summary: "pip does not check who a host is",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_4", "CKV2_DOCKER_16"],
            options: &[],
            readme: include_str!("packages/pip-trusted-host/README.md"),
        },
        register: pip_trusted_host::register,
    },
    Rule {
        meta: RuleMeta {
            id: "platform-base-conflict",
            group: "project",
            summary: "service asks for another platform than its Dockerfile names",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/platform-base-conflict/README.md"),
        },
        register: platform_base_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "platform-not-in-build-platforms",
            group: "compose",
            summary: "service runs on a platform that its image is not built for",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/platform-not-in-build-platforms/README.md"),
        },
        register: platform_not_in_build_platforms::register,
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
                    shared: None,
                },
                crate::engine::meta::OptionMeta {
                    name: "edge-services",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "services that may publish any port to everyone",
                    shared: None,
                },
            ],
            readme: include_str!("compose/port-bound-to-all-interfaces/README.md"),
        },
        register: port_bound_to_all_interfaces::register,
    },
    Rule {
        meta: RuleMeta {
            id: "pre-start-per-replica-unsupported",
            group: "compose",
            summary: "step before the start is to run for each replica",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/pre-start-per-replica-unsupported/README.md"),
        },
        register: pre_start_per_replica_unsupported::register,
    },
    Rule {
        meta: RuleMeta {
            id: "prefer-copy-chmod",
            group: "dockerfile",
            summary: "mode of a copied file is set in a layer of its own",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/prefer-copy-chmod/README.md"),
        },
        register: prefer_copy_chmod::register,
    },
    Rule {
        meta: RuleMeta {
            id: "prefer-copy-chown",
            group: "dockerfile",
            summary: "owner of copied files is set in a layer of its own",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/prefer-copy-chown/README.md"),
        },
        register: prefer_copy_chown::register,
    },
    Rule {
        meta: RuleMeta {
            id: "privileged-container-port-nonroot",
            group: "compose",
            summary: "container listens on a port that its user may not open",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/privileged-container-port-nonroot/README.md"),
        },
        register: privileged_container_port_nonroot::register,
    },
    Rule {
        meta: RuleMeta {
            id: "privileged-host-port",
            group: "compose",
            summary: "port below 1024 of the host is published",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Privileged Ports Mapped In Container"],
            options: &[
                crate::engine::meta::OptionMeta {
                    name: "edge-images",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[\"apisix\",\"caddy\",\"envoy\",\"haproxy\",\"kong\",\"nginx\",\"nginx-proxy\",\"nginx-proxy-manager\",\"swag\",\"traefik\"]",
                    summary: "images (last part of the name) that may publish ports 80 and 443",
                    shared: None,
                },
                crate::engine::meta::OptionMeta {
                    name: "edge-services",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "services that may publish any port",
                    shared: None,
                },
            ],
            readme: include_str!("compose/privileged-host-port/README.md"),
        },
        register: privileged_host_port::register,
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
            aliases: &[
                "CL-0002",
                "Privileged Containers Enabled",
                "privileged-hook",
            ],
            options: &[],
            readme: include_str!("compose/privileged-service/README.md"),
        },
        register: privileged_service::register,
    },
    Rule {
        meta: RuleMeta {
            id: "provider-type-compose",
            group: "compose",
            summary: "provider is Compose itself, or stands beside an image that is never used",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/provider-type-compose/README.md"),
        },
        register: provider_type_compose::register,
    },
    Rule {
        meta: RuleMeta {
            id: "published-port-not-exposed",
            group: "project",
            summary: "service publishes another port than its Dockerfile exposes",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/published-port-not-exposed/README.md"),
        },
        register: published_port_not_exposed::register,
    },
    Rule {
        meta: RuleMeta {
            id: "published-port-review",
            group: "compose",
            summary: "port is published on the host",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/published-port-review/README.md"),
        },
        register: published_port_review::register,
    },
    Rule {
        meta: RuleMeta {
            id: "pull-policy-build-conflict",
            group: "project",
            summary: "pull policy does not go with how the image is made",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/pull-policy-build-conflict/README.md"),
        },
        register: pull_policy_build_conflict::register,
    },
    Rule {
        meta: RuleMeta {
            id: "quoted-value-in-list-env",
            group: "compose",
            summary: "quotes become a part of a variable's value",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/quoted-value-in-list-env/README.md"),
        },
        register: quoted_value_in_list_env::register,
    },
    Rule {
        meta: RuleMeta {
            id: "read-only-without-tmpfs",
            group: "compose",
            summary: "read-only service has nowhere to put temporary files",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::Low,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Hardened, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/read-only-without-tmpfs/README.md"),
        },
        register: read_only_without_tmpfs::register,
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
            id: "redundant-capability",
            group: "compose",
            summary: "capability, device or security option changes nothing",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/redundant-capability/README.md"),
        },
        register: redundant_capability::register,
    },
    Rule {
        meta: RuleMeta {
            id: "redundant-expose",
            group: "compose",
            summary: "port is exposed that is published anyhow",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Style, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/redundant-expose/README.md"),
        },
        register: redundant_expose::register,
    },
    Rule {
        meta: RuleMeta {
            id: "redundant-target-platform",
            group: "dockerfile",
            summary: "FROM asks for the platform that it has by default",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3065", "RedundantTargetPlatform", "DF083"],
            options: &[],
            readme: include_str!("dockerfile/redundant-target-platform/README.md"),
        },
        register: redundant_target_platform::register,
    },
    Rule {
        meta: RuleMeta {
            id: "relative-copy-destination",
            group: "dockerfile",
            summary: "`COPY` or `ADD` goes to a relative path where no `WORKDIR` is set",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3045", "DF063"],
            options: &[],
            readme: include_str!("dockerfile/relative-copy-destination/README.md"),
        },
        register: relative_copy_destination::register,
    },
    Rule {
        meta: RuleMeta {
            id: "relative-mount-target",
            group: "compose",
            summary: "path of a mount in the container is not absolute",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/relative-mount-target/README.md"),
        },
        register: relative_mount_target::register,
    },
    Rule {
        meta: RuleMeta {
            id: "relative-volume-device",
            group: "compose",
            summary: "volume is bound to something that Docker cannot find",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/relative-volume-device/README.md"),
        },
        register: relative_volume_device::register,
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
            id: "remote-add",
            group: "dockerfile",
            summary: "archive is downloaded by `ADD` and then unpacked by a `RUN`",
            category: Category::SupplyChain,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[
                "prefer-copy-over-add",
                "curl_or_wget_instead_of_add",
                "add_src_invalid",
            ],
            options: &[],
            readme: include_str!("dockerfile/remote-add/README.md"),
        },
        register: remote_add::register,
    },
    Rule {
        meta: RuleMeta {
            id: "remote-include",
            group: "compose",
            summary: "part of the project is fetched from a place that can change",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/remote-include/README.md"),
        },
        register: remote_include::register,
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
            id: "replicas-with-fixed-host-port",
            group: "compose",
            summary: "several containers of a service want the same port or address",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/replicas-with-fixed-host-port/README.md"),
        },
        register: replicas_with_fixed_host_port::register,
    },
    Rule {
        meta: RuleMeta {
            id: "required-variable-unset",
            group: "dockerfile",
            summary: "`${NAME:?…}` stops every build, since nothing sets the variable",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/required-variable-unset/README.md"),
        },
        register: required_variable_unset::register,
    },
    Rule {
        meta: RuleMeta {
            id: "reserved-label-prefix",
            group: "compose",
            summary: "label has a name that belongs to Compose",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/reserved-label-prefix/README.md"),
        },
        register: reserved_label_prefix::register,
    },
    Rule {
        meta: RuleMeta {
            id: "reserved-stage-name",
            group: "dockerfile",
            summary: "stage has a name with another meaning",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &["DL3063", "ReservedStageName", "DF084"],
            options: &[],
            readme: include_str!("dockerfile/reserved-stage-name/README.md"),
        },
        register: reserved_stage_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "reset-without-base",
            group: "compose",
            summary: "tag of a merge stands in a file that is merged over nothing",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/reset-without-base/README.md"),
        },
        register: reset_without_base::register,
    },
    Rule {
        meta: RuleMeta {
            id: "restart-policy-overridden",
            group: "compose",
            summary: "two restart policies, of which one is ignored, or one without a condition",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/restart-policy-overridden/README.md"),
        },
        register: restart_policy_overridden::register,
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
                "stateful-root-runtime",
                "CL-0018",
                "privileged-hook",
            ],
            options: &[],
            readme: include_str!("dockerfile/root-user/README.md"),
        },
        register: root_user::register,
    },
    Rule {
        meta: RuleMeta {
            id: "rpm-signature-check-disabled",
            group: "packages",
            summary: "RPM packages are installed without a check of their signatures",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_9", "CKV2_DOCKER_10"],
            options: &[],
            readme: include_str!("packages/rpm-signature-check-disabled/README.md"),
        },
        register: rpm_signature_check_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "scheduled-job-unsupported",
            group: "compose",
            summary: "job has a schedule that nothing keeps",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/scheduled-job-unsupported/README.md"),
        },
        register: scheduled_job_unsupported::register,
    },
    Rule {
        meta: RuleMeta {
            id: "seccomp-disabled",
            group: "compose",
            summary: "container runs without the seccomp profile",
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
                "CL-0009",
                "Default Seccomp Profile Disabled",
                "seccomp-confinement-disabled",
            ],
            options: &[],
            readme: include_str!("compose/seccomp-disabled/README.md"),
        },
        register: seccomp_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "seccomp-profile-not-found",
            group: "compose",
            summary: "file of a seccomp profile is not there",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/seccomp-profile-not-found/README.md"),
        },
        register: seccomp_profile_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-arg-in-run",
            group: "text",
            summary: "RUN uses a secret that is passed as a build argument",
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
                "DF014",
                "DS-0031",
                "S6472",
            ],
            options: &[],
            readme: include_str!("text/secret-arg-in-run/README.md"),
        },
        register: secret_arg_in_run::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-file-copied",
            group: "dockerfile",
            summary: "`COPY` or `ADD` takes a file that holds secrets",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DS-0031", "CIS-DI-0010"],
            options: &[],
            readme: include_str!("dockerfile/secret-file-copied/README.md"),
        },
        register: secret_file_copied::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-file-in-build-context",
            group: "project",
            summary: "build of a service copies a file with secrets from its context",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/secret-file-in-build-context/README.md"),
        },
        register: secret_file_in_build_context::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-file-not-found",
            group: "compose",
            summary: "file of a secret or config does not exist",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/secret-file-not-found/README.md"),
        },
        register: secret_file_not_found::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-file-tracked-by-git",
            group: "compose",
            summary: "file of a secret is in the git repository",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/secret-file-tracked-by-git/README.md"),
        },
        register: secret_file_tracked_by_git::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-generated-in-image",
            group: "shell",
            summary: "private key is generated when the image is built",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S6437"],
            options: &[],
            readme: include_str!("shell/secret-generated-in-image/README.md"),
        },
        register: secret_generated_in_image::register,
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
            id: "secret-in-command",
            group: "compose",
            summary: "command or health check of a container has a secret in it",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CL-0020"],
            options: &[],
            readme: include_str!("compose/secret-in-command/README.md"),
        },
        register: secret_in_command::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-in-config-content",
            group: "compose",
            summary: "content of a config holds a secret",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/secret-in-config-content/README.md"),
        },
        register: secret_in_config_content::register,
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
            id: "secret-in-env-file",
            group: "compose",
            summary: "file with variables holds a credential, and git does not ignore it",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["CL-0020", "CL-0021"],
            options: &[],
            readme: include_str!("compose/secret-in-env-file/README.md"),
        },
        register: secret_in_env_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-in-label",
            group: "compose",
            summary: "label has a secret as its value",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/secret-in-label/README.md"),
        },
        register: secret_in_label::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-in-run-command",
            group: "shell",
            summary: "command gets a password or token in clear text",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["DF013", "DS-0031", "CKV2_DOCKER_17", "S6437"],
            options: &[],
            readme: include_str!("shell/secret-in-run-command/README.md"),
        },
        register: secret_in_run_command::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-mount-permissions",
            group: "dockerfile",
            summary: "mounted secret can be read by every user of the build step",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S6469"],
            options: &[],
            readme: include_str!("dockerfile/secret-mount-permissions/README.md"),
        },
        register: secret_mount_permissions::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-permissions-ignored",
            group: "compose",
            summary: "owner and permissions of a secret have no effect",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/secret-permissions-ignored/README.md"),
        },
        register: secret_permissions_ignored::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-persisted-from-mount",
            group: "shell",
            summary: "mounted secret is written into a layer",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("shell/secret-persisted-from-mount/README.md"),
        },
        register: secret_persisted_from_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "secret-variable-not-set",
            group: "compose",
            summary: "secret or config comes from a variable that the project does not set",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/secret-variable-not-set/README.md"),
        },
        register: secret_variable_not_set::register,
    },
    Rule {
        meta: RuleMeta {
            id: "selinux-disabled",
            group: "compose",
            summary: "container runs without the separation of SELinux",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0009", "selinux-separation-disabled"],
            options: &[],
            readme: include_str!("compose/selinux-disabled/README.md"),
        },
        register: selinux_disabled::register,
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
            id: "sensitive-host-path-mount",
            group: "compose",
            summary: "container gets a part of the host that tells or holds too much",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["CL-0013", "Volume Has Sensitive Host Directory"],
            options: &[],
            readme: include_str!("compose/sensitive-host-path-mount/README.md"),
        },
        register: sensitive_host_path_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "sensitive-volume",
            group: "dockerfile",
            summary: "folder of the system is declared as a volume",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["DKL-DI-0002"],
            options: &[],
            readme: include_str!("dockerfile/sensitive-volume/README.md"),
        },
        register: sensitive_volume::register,
    },
    Rule {
        meta: RuleMeta {
            id: "service-depends-on-job",
            group: "compose",
            summary: "service depends on a job",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/service-depends-on-job/README.md"),
        },
        register: service_depends_on_job::register,
    },
    Rule {
        meta: RuleMeta {
            id: "service-job-name-collision",
            group: "compose",
            summary: "service and job have the same name",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/service-job-name-collision/README.md"),
        },
        register: service_job_name_collision::register,
    },
    Rule {
        meta: RuleMeta {
            id: "setuid-setgid-bit",
            group: "shell",
            summary: "program is made to run with the rights of its owner or group",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &["S2612", "CIS-DI-0008"],
            options: &[],
            readme: include_str!("shell/setuid-setgid-bit/README.md"),
        },
        register: setuid_setgid_bit::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shared-mount-propagation",
            group: "compose",
            summary: "mounts that the container makes appear on the host",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["CL-0017", "Volume Mounted In Multiple Containers"],
            options: &[],
            readme: include_str!("compose/shared-mount-propagation/README.md"),
        },
        register: shared_mount_propagation::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shared-volume",
            group: "compose",
            summary: "services share files that one of them can write",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Hardened, Severity::Info)],
            aliases: &["Shared Volumes Between Containers"],
            options: &[],
            readme: include_str!("compose/shared-volume/README.md"),
        },
        register: shared_volume::register,
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
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
            ],
            aliases: &[
                "SC1009", "SC1019", "SC1028", "SC1033", "SC1036", "SC1045", "SC1046", "SC1047",
                "SC1048", "SC1049", "SC1050", "SC1051", "SC1053", "SC1054", "SC1055", "SC1056",
                "SC1057", "SC1058", "SC1059", "SC1060", "SC1061", "SC1062", "SC1063", "SC1064",
                "SC1065", "SC1070", "SC1072", "SC1073", "SC1074", "SC1075", "SC1085", "SC1088",
                "SC1089", "SC1133", "SC1137", "SC1140", "SC1141",
            ],
            options: &[],
            readme: include_str!("shell/shell-syntax-error/README.md"),
        },
        register: shell_syntax_error::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shell-variable-quoting",
            group: "shell",
            summary: "expansion without quotes is split into words",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2086", "SC2046", "S6570"],
            options: &[],
            readme: include_str!("shell/shell-variable-quoting/README.md"),
        },
        register: shell_variable_quoting::register,
    },
    Rule {
        meta: RuleMeta {
            id: "shellcheck",
            group: "shell",
            summary: "ShellCheck has something to say about a script",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &[],
            options: &[
                crate::engine::meta::OptionMeta {
                    name: "exclude",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "codes of ShellCheck, such as SC2010, that are not reported",
                    shared: None,
                },
                crate::engine::meta::OptionMeta {
                    name: "shellcheck",
                    kind: crate::engine::meta::OptionKind::Asked,
                    default: "\"off\"",
                    summary: "whether a ShellCheck on PATH is asked",
                    shared: Some(crate::engine::meta::Shared::ShellCheck),
                },
            ],
            readme: include_str!("shell/shellcheck/README.md"),
        },
        register: shellcheck::register,
    },
    Rule {
        meta: RuleMeta {
            id: "short-port-address-family",
            group: "compose",
            summary: "IPv6 address in the short form of a port has no brackets",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/short-port-address-family/README.md"),
        },
        register: short_port_address_family::register,
    },
    Rule {
        meta: RuleMeta {
            id: "short-stop-grace-period",
            group: "compose",
            summary: "database is killed before it has written everything",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Production, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/short-stop-grace-period/README.md"),
        },
        register: short_stop_grace_period::register,
    },
    Rule {
        meta: RuleMeta {
            id: "single-letter-volume-name",
            group: "compose",
            summary: "volume with a name of one letter is read as a Windows drive",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/single-letter-volume-name/README.md"),
        },
        register: single_letter_volume_name::register,
    },
    Rule {
        meta: RuleMeta {
            id: "source-date-epoch-stage",
            group: "dockerfile",
            summary: "default of SOURCE_DATE_EPOCH is no time, and no stage that has one",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/source-date-epoch-stage/README.md"),
        },
        register: source_date_epoch_stage::register,
    },
    Rule {
        meta: RuleMeta {
            id: "source-outside-context",
            group: "dockerfile",
            summary: "source of `COPY` or `ADD` lies outside the build context",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["add_src_invalid"],
            options: &[],
            readme: include_str!("dockerfile/source-outside-context/README.md"),
        },
        register: source_outside_context::register,
    },
    Rule {
        meta: RuleMeta {
            id: "space-around-equals",
            group: "dockerfile",
            summary: "blanks around the equals sign make it a part of the value",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S6574"],
            options: &[],
            readme: include_str!("dockerfile/space-around-equals/README.md"),
        },
        register: space_around_equals::register,
    },
    Rule {
        meta: RuleMeta {
            id: "sshd-in-container",
            group: "compose",
            summary: "container runs an SSH server",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/sshd-in-container/README.md"),
        },
        register: sshd_in_container::register,
    },
    Rule {
        meta: RuleMeta {
            id: "stage-name-case",
            group: "dockerfile",
            summary: "name of a stage has upper-case letters",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Style, Severity::Info),
            ],
            aliases: &["StageNameCasing", "DF085"],
            options: &[],
            readme: include_str!("dockerfile/stage-name-case/README.md"),
        },
        register: stage_name_case::register,
    },
    Rule {
        meta: RuleMeta {
            id: "stopsignal-nginx-sigquit",
            group: "dockerfile",
            summary: "nginx is told to stop at once rather than when it is done",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["prefer-nginx-sigquit"],
            options: &[],
            readme: include_str!("dockerfile/stopsignal-nginx-sigquit/README.md"),
        },
        register: stopsignal_nginx_sigquit::register,
    },
    Rule {
        meta: RuleMeta {
            id: "stopsignal-systemd",
            group: "dockerfile",
            summary: "systemd is not told to shut down when the container stops",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["prefer-systemd-sigrtmin-plus-3"],
            options: &[],
            readme: include_str!("dockerfile/stopsignal-systemd/README.md"),
        },
        register: stopsignal_systemd::register,
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
            id: "sudo-installed",
            group: "packages",
            summary: "sudo is installed into the image",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["DKL-DI-0001"],
            options: &[],
            readme: include_str!("packages/sudo-installed/README.md"),
        },
        register: sudo_installed::register,
    },
    Rule {
        meta: RuleMeta {
            id: "suppression-without-reason",
            group: "text",
            summary: "comment that ignores a rule does not say why",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[],
            aliases: &["DL1001", "DF072"],
            options: &[
                crate::engine::meta::OptionMeta {
                    name: "forbid",
                    kind: crate::engine::meta::OptionKind::Boolean,
                    default: "false",
                    summary: "report every comment that ignores something",
                    shared: None,
                },
                crate::engine::meta::OptionMeta {
                    name: "forbidden",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "rules that no comment may ignore",
                    shared: None,
                },
                crate::engine::meta::OptionMeta {
                    name: "reason",
                    kind: crate::engine::meta::OptionKind::Boolean,
                    default: "true",
                    summary: "whether a reason is asked for",
                    shared: Some(crate::engine::meta::Shared::RequireReason),
                },
            ],
            readme: include_str!("text/suppression-without-reason/README.md"),
        },
        register: suppression_without_reason::register,
    },
    Rule {
        meta: RuleMeta {
            id: "swarm-only-attribute",
            group: "compose",
            summary: "key has no effect outside Docker Swarm",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/swarm-only-attribute/README.md"),
        },
        register: swarm_only_attribute::register,
    },
    Rule {
        meta: RuleMeta {
            id: "sysctl-review",
            group: "compose",
            summary: "kernel parameter makes the network of the container less strict",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Hardened, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/sysctl-review/README.md"),
        },
        register: sysctl_review::register,
    },
    Rule {
        meta: RuleMeta {
            id: "system-upgrade",
            group: "packages",
            summary: "all packages of the base image are brought up to date",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &[
                "DF069",
                "avoid-apt-get-upgrade",
                "avoid-apk-upgrade",
                "avoid-dnf-update",
                "avoid-yum-update",
                "avoid-zypper-update",
                "run_using_upgrade_commands",
                "use_of_apk_upgrade",
                "run_using_dnf_update",
                "yum_update_disabled",
                "run_using_zypper_update",
                "upgrade_instruction_alone",
                "apt-get-upgrade",
                "yum_update_all",
            ],
            options: &[],
            readme: include_str!("packages/system-upgrade/README.md"),
        },
        register: system_upgrade::register,
    },
    Rule {
        meta: RuleMeta {
            id: "templated-dockerfile",
            group: "dockerfile",
            summary: "file is a template from which a Dockerfile is made",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["DF075"],
            options: &[],
            readme: include_str!("dockerfile/templated-dockerfile/README.md"),
        },
        register: templated_dockerfile::register,
    },
    Rule {
        meta: RuleMeta {
            id: "tls-verification-disabled",
            group: "shell",
            summary: "command does not check who answers it",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_2", "CKV2_DOCKER_3", "S4830"],
            options: &[],
            readme: include_str!("shell/tls-verification-disabled/README.md"),
        },
        register: tls_verification_disabled::register,
    },
    Rule {
        meta: RuleMeta {
            id: "tls-verification-disabled-env",
            group: "text",
            summary: "variable switches off the check of certificates",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["CKV2_DOCKER_5", "CKV2_DOCKER_6", "CKV2_DOCKER_14"],
            options: &[],
            readme: include_str!("text/tls-verification-disabled-env/README.md"),
        },
        register: tls_verification_disabled_env::register,
    },
    Rule {
        meta: RuleMeta {
            id: "tmpfs-exec-or-suid",
            group: "compose",
            summary: "programs can be started from a tmpfs",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &["CL-0022"],
            options: &[],
            readme: include_str!("compose/tmpfs-exec-or-suid/README.md"),
        },
        register: tmpfs_exec_or_suid::register,
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
            id: "udp-service-published-as-tcp",
            group: "compose",
            summary: "port that is served over UDP is only published for TCP",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/udp-service-published-as-tcp/README.md"),
        },
        register: udp_service_published_as_tcp::register,
    },
    Rule {
        meta: RuleMeta {
            id: "ulimit-not-reviewed",
            group: "compose",
            summary: "service has limits of its own for processes",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/ulimit-not-reviewed/README.md"),
        },
        register: ulimit_not_reviewed::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unassigned-shell-variable",
            group: "shell",
            summary: "RUN uses a variable that nothing assigns",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2154"],
            options: &[],
            readme: include_str!("shell/unassigned-shell-variable/README.md"),
        },
        register: unassigned_shell_variable::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unbounded-logs",
            group: "compose",
            summary: "logs of a container may fill the disk",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Production, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unbounded-logs/README.md"),
        },
        register: unbounded_logs::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unbounded-restart-policy",
            group: "compose",
            summary: "container that fails is restarted without end",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["Restart Policy On Failure Not Set To 5"],
            options: &[],
            readme: include_str!("compose/unbounded-restart-policy/README.md"),
        },
        register: unbounded_restart_policy::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unbounded-tmpfs",
            group: "compose",
            summary: "memory mount may take half of the host's memory",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Hardened, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unbounded-tmpfs/README.md"),
        },
        register: unbounded_tmpfs::register,
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
            aliases: &["DL3003", "SC2164"],
            options: &[],
            readme: include_str!("shell/unchecked-cd/README.md"),
        },
        register: unchecked_cd::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undeclared-build-arg",
            group: "project",
            summary: "build argument that the Dockerfile does not declare",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/undeclared-build-arg/README.md"),
        },
        register: undeclared_build_arg::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-additional-context-service",
            group: "compose",
            summary: "build takes a context from a service that does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-additional-context-service/README.md"),
        },
        register: undefined_additional_context_service::register,
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
            id: "undefined-build-secret",
            group: "compose",
            summary: "build uses a secret that the project does not declare",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-build-secret/README.md"),
        },
        register: undefined_build_secret::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-config",
            group: "compose",
            summary: "service uses a config that the project does not declare",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-config/README.md"),
        },
        register: undefined_config::register,
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
            id: "undefined-model",
            group: "compose",
            summary: "service uses a model that the project does not declare",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-model/README.md"),
        },
        register: undefined_model::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-network",
            group: "compose",
            summary: "service joins a network that the project does not declare",
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
            id: "undefined-secret",
            group: "compose",
            summary: "service uses a secret that the project does not declare",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-secret/README.md"),
        },
        register: undefined_secret::register,
    },
    Rule {
        meta: RuleMeta {
            id: "undefined-service-reference",
            group: "compose",
            summary: "service uses another service that does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/undefined-service-reference/README.md"),
        },
        register: undefined_service_reference::register,
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
            summary: "variable that nothing defines is used",
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
            summary: "service mounts a named volume that the project does not declare",
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
            id: "unescaped-container-variable",
            group: "compose",
            summary: "Compose replaces a variable that is meant for the container's shell",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unescaped-container-variable/README.md"),
        },
        register: unescaped_container_variable::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unescaped-dollar-in-env-file",
            group: "compose",
            summary: "value in a file with variables loses what stands behind a dollar",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unescaped-dollar-in-env-file/README.md"),
        },
        register: unescaped_dollar_in_env_file::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unescaped-hash",
            group: "compose",
            summary: "Compose takes parts of a password's hash for variables",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unescaped-hash/README.md"),
        },
        register: unescaped_hash::register,
    },
    Rule {
        meta: RuleMeta {
            id: "ungraceful-stopsignal",
            group: "dockerfile",
            summary: "`STOPSIGNAL` gives the program no chance to end by itself",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["no-ungraceful-stopsignal"],
            options: &[],
            readme: include_str!("dockerfile/ungraceful-stopsignal/README.md"),
        },
        register: ungraceful_stopsignal::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unknown-capability",
            group: "compose",
            summary: "capability does not exist",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unknown-capability/README.md"),
        },
        register: unknown_capability::register,
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
            id: "unknown-label",
            group: "dockerfile",
            summary: "label is not among those that the configuration names",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[],
            aliases: &["DL3050", "DF074"],
            options: &[crate::engine::meta::OptionMeta {
                name: "labels",
                kind: crate::engine::meta::OptionKind::LabelTypes,
                default: "{}",
                summary: "labels with the types of their values",
                shared: Some(crate::engine::meta::Shared::Labels),
            }],
            readme: include_str!("dockerfile/unknown-label/README.md"),
        },
        register: unknown_label::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unknown-mount-option",
            group: "compose",
            summary: "option of a mount is none that Compose knows",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unknown-mount-option/README.md"),
        },
        register: unknown_mount_option::register,
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
            id: "unknown-rule-in-suppression",
            group: "text",
            summary: "comment asks to ignore a rule that does not exist",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DF072"],
            options: &[],
            readme: include_str!("text/unknown-rule-in-suppression/README.md"),
        },
        register: unknown_rule_in_suppression::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unknown-yaml-tag",
            group: "compose",
            summary: "YAML tag that Compose does not know",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unknown-yaml-tag/README.md"),
        },
        register: unknown_yaml_tag::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unlimited-ulimit",
            group: "compose",
            summary: "limit of a process is lifted",
            category: Category::Reliability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Hardened, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unlimited-ulimit/README.md"),
        },
        register: unlimited_ulimit::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unmasked-system-paths",
            group: "compose",
            summary: "container sees the hidden files of `/proc` and `/sys`",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unmasked-system-paths/README.md"),
        },
        register: unmasked_system_paths::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unnamed-stage-reference",
            group: "dockerfile",
            summary: "stage is referred to by its number",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[
                "DF023",
                "using_unnamed_build_stages",
                "copy_from_without_from_alias_defined_previously",
            ],
            options: &[],
            readme: include_str!("dockerfile/unnamed-stage-reference/README.md"),
        },
        register: unnamed_stage_reference::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unnecessary-archive-copy",
            group: "dockerfile",
            summary: "archive is copied and then unpacked by a `RUN`",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3010", "DF067"],
            options: &[],
            readme: include_str!("dockerfile/unnecessary-archive-copy/README.md"),
        },
        register: unnecessary_archive_copy::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-apk-package",
            group: "packages",
            summary: "Alpine package is installed in whatever version there is",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Hadolint, Severity::Info)],
            aliases: &["DL3018", "DF052", "unpinned_package_version_in_apk_add"],
            options: &[],
            readme: include_str!("packages/unpinned-apk-package/README.md"),
        },
        register: unpinned_apk_package::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-apt-package",
            group: "packages",
            summary: "Debian package is installed in whatever version there is",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hadolint, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[
                "DL3008",
                "DF005",
                "apt_get_install_pin_version_not_defined",
                "pin_versions_apt_get_install",
            ],
            options: &[],
            readme: include_str!("packages/unpinned-apt-package/README.md"),
        },
        register: unpinned_apt_package::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-auxiliary-image",
            group: "project",
            summary: "image without a version stands in another place than `image`",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/unpinned-auxiliary-image/README.md"),
        },
        register: unpinned_auxiliary_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-gem",
            group: "packages",
            summary: "gem is installed without a version",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &[
                "DL3028",
                "DF053",
                "gem_install_without_version",
                "pin_versions_in_gem_install",
            ],
            options: &[],
            readme: include_str!("packages/unpinned-gem/README.md"),
        },
        register: unpinned_gem::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-git-clone",
            group: "shell",
            summary: "git clones whatever is on a branch today",
            category: Category::SupplyChain,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("shell/unpinned-git-clone/README.md"),
        },
        register: unpinned_git_clone::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-go-install",
            group: "packages",
            summary: "Go program is installed without a version",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3062", "DF054"],
            options: &[],
            readme: include_str!("packages/unpinned-go-install/README.md"),
        },
        register: unpinned_go_install::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-image",
            group: "image",
            summary: "image is named without a digest",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Warning),
                (Preset::Cis, Severity::Warning),
            ],
            aliases: &[
                "dockerfile-source-not-pinned",
                "CL-0019",
                "S7023",
                "DF001",
                "CIS-DI-0005",
            ],
            options: &[],
            readme: include_str!("image/unpinned-image/README.md"),
        },
        register: unpinned_image::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-npm-package",
            group: "packages",
            summary: "Node package is installed without a version",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3016", "npm_install_without_pinned_version"],
            options: &[],
            readme: include_str!("packages/unpinned-npm-package/README.md"),
        },
        register: unpinned_npm_package::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-pip-package",
            group: "packages",
            summary: "Python package is installed without a version",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3013", "DF051", "unpinned_package_version_in_pip_install"],
            options: &[],
            readme: include_str!("packages/unpinned-pip-package/README.md"),
        },
        register: unpinned_pip_package::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-remote-build-context",
            group: "project",
            summary: "build context is fetched and may change",
            category: Category::SupplyChain,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/unpinned-remote-build-context/README.md"),
        },
        register: unpinned_remote_build_context::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unpinned-rpm-package",
            group: "packages",
            summary: "RPM package is installed in whatever version there is",
            category: Category::Reproducibility,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Hadolint, Severity::Info)],
            aliases: &[
                "DL3033",
                "DL3037",
                "DL3041",
                "DF005",
                "yum_install_without_version",
                "missing_version_specification_in_dnf_install",
                "zypper_install_without_version",
            ],
            options: &[],
            readme: include_str!("packages/unpinned-rpm-package/README.md"),
        },
        register: unpinned_rpm_package::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unportable-echo-escape",
            group: "shell",
            summary: "backslash sequence of echo works only because this image's sh is dash",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2028"],
            options: &[],
            readme: include_str!("shell/unportable-echo-escape/README.md"),
        },
        register: unportable_echo_escape::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unquoted-array-expansion",
            group: "shell",
            summary: "all arguments are expanded without quotes",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC2048", "SC2068"],
            options: &[],
            readme: include_str!("shell/unquoted-array-expansion/README.md"),
        },
        register: unquoted_array_expansion::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unsupported-external-secret",
            group: "compose",
            summary: "external secret or config is given to a service, which only Swarm can do",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unsupported-external-secret/README.md"),
        },
        register: unsupported_external_secret::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unsupported-secret-driver",
            group: "compose",
            summary: "driver of a secret or config, which only Swarm has",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unsupported-secret-driver/README.md"),
        },
        register: unsupported_secret_driver::register,
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
            id: "untrusted-registry",
            group: "image",
            summary: "image comes from a registry that is not allowed",
            category: Category::SupplyChain,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Hadolint, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["DL3026", "DF065", "specified_registry"],
            options: &[
                crate::engine::meta::OptionMeta {
                    name: "allow",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "registries that images may come from; empty allows all that are not denied",
                    shared: Some(crate::engine::meta::Shared::RegistriesAllow),
                },
                crate::engine::meta::OptionMeta {
                    name: "deny",
                    kind: crate::engine::meta::OptionKind::StringList,
                    default: "[]",
                    summary: "registries that images may not come from",
                    shared: Some(crate::engine::meta::Shared::RegistriesDeny),
                },
            ],
            readme: include_str!("image/untrusted-registry/README.md"),
        },
        register: untrusted_registry::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-additional-context",
            group: "project",
            summary: "additional context that nothing in the build takes from",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/unused-additional-context/README.md"),
        },
        register: unused_additional_context::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-anchor",
            group: "compose",
            summary: "anchor is never used",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unused-anchor/README.md"),
        },
        register: unused_anchor::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-arg",
            group: "dockerfile",
            summary: "build argument that nothing uses",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/unused-arg/README.md"),
        },
        register: unused_arg::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-build-secret",
            group: "project",
            summary: "build is given a secret that no command mounts",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/unused-build-secret/README.md"),
        },
        register: unused_build_secret::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-build-ssh",
            group: "project",
            summary: "build is given an SSH agent that no command uses",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Info)],
            aliases: &[],
            options: &[],
            readme: include_str!("project/unused-build-ssh/README.md"),
        },
        register: unused_build_ssh::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-config",
            group: "compose",
            summary: "config is declared and no service uses it",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unused-config/README.md"),
        },
        register: unused_config::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-created-user",
            group: "dockerfile",
            summary: "user is created, but the image still runs as root",
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
                "user-created-but-never-used",
                "DF020",
                "DS-0002",
                "CKV_DOCKER_3",
                "missing-user-entrypoint",
                "missing_user_instruction",
                "S6471",
                "CIS-DI-0001",
            ],
            options: &[],
            readme: include_str!("dockerfile/unused-created-user/README.md"),
        },
        register: unused_created_user::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-network",
            group: "compose",
            summary: "network is declared and no service uses it",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unused-network/README.md"),
        },
        register: unused_network::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-secret",
            group: "compose",
            summary: "secret is declared and no service uses it",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unused-secret/README.md"),
        },
        register: unused_secret::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-stage",
            group: "dockerfile",
            summary: "no build of the last stage needs this stage",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("dockerfile/unused-stage/README.md"),
        },
        register: unused_stage::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-suppression",
            group: "text",
            summary: "comment asks to ignore a rule that finds nothing there",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DF072"],
            options: &[crate::engine::meta::OptionMeta {
                name: "report",
                kind: crate::engine::meta::OptionKind::Boolean,
                default: "true",
                summary: "whether anything is reported",
                shared: Some(crate::engine::meta::Shared::ReportUnused),
            }],
            readme: include_str!("text/unused-suppression/README.md"),
        },
        register: unused_suppression::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unused-volume",
            group: "compose",
            summary: "volume is declared and no service uses it",
            category: Category::Maintainability,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/unused-volume/README.md"),
        },
        register: unused_volume::register,
    },
    Rule {
        meta: RuleMeta {
            id: "unverified-download",
            group: "shell",
            summary: "download is used without a look at its checksum or signature",
            category: Category::SupplyChain,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("shell/unverified-download/README.md"),
        },
        register: unverified_download::register,
    },
    Rule {
        meta: RuleMeta {
            id: "useless-backslash",
            group: "shell",
            summary: "shell takes away a backslash that a program was to see",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Warning),
                (Preset::Hadolint, Severity::Warning),
            ],
            aliases: &["SC1001", "SC1012"],
            options: &[],
            readme: include_str!("shell/useless-backslash/README.md"),
        },
        register: useless_backslash::register,
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
            id: "user-drops-supplementary-groups",
            group: "dockerfile",
            summary: "group behind `USER` takes the user's other groups away",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["user-explicit-group-drops-supplementary-groups"],
            options: &[],
            readme: include_str!("dockerfile/user-drops-supplementary-groups/README.md"),
        },
        register: user_drops_supplementary_groups::register,
    },
    Rule {
        meta: RuleMeta {
            id: "variable-in-from-flag",
            group: "dockerfile",
            summary: "variable in `--from` is not replaced",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
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
            id: "variable-in-printf-format",
            group: "shell",
            summary: "value of a variable is the format of printf",
            category: Category::Correctness,
            severity: Severity::Info,
            confidence: Confidence::Medium,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Style, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["SC2059"],
            options: &[],
            readme: include_str!("shell/variable-in-printf-format/README.md"),
        },
        register: variable_in_printf_format::register,
    },
    Rule {
        meta: RuleMeta {
            id: "variable-out-of-scope",
            group: "dockerfile",
            summary: "variable is declared in another part of the file, which the stage does not see",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::Medium,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &["UndefinedVar", "DF087", "S6579"],
            options: &[],
            readme: include_str!("dockerfile/variable-out-of-scope/README.md"),
        },
        register: variable_out_of_scope::register,
    },
    Rule {
        meta: RuleMeta {
            id: "watch-exec-without-command",
            group: "compose",
            summary: "watch rule is to run a command and names none",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/watch-exec-without-command/README.md"),
        },
        register: watch_exec_without_command::register,
    },
    Rule {
        meta: RuleMeta {
            id: "watch-path-bind-mounted",
            group: "compose",
            summary: "watch rule copies files that the container has mounted already",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/watch-path-bind-mounted/README.md"),
        },
        register: watch_path_bind_mounted::register,
    },
    Rule {
        meta: RuleMeta {
            id: "watch-path-blank",
            group: "compose",
            summary: "watch rule watches no path",
            category: Category::Syntax,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/watch-path-blank/README.md"),
        },
        register: watch_path_blank::register,
    },
    Rule {
        meta: RuleMeta {
            id: "watch-rebuild-without-build",
            group: "compose",
            summary: "watch rule rebuilds the image of a service that has no build",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/watch-rebuild-without-build/README.md"),
        },
        register: watch_rebuild_without_build::register,
    },
    Rule {
        meta: RuleMeta {
            id: "watch-target-missing",
            group: "compose",
            summary: "watch rule copies files and does not say where to",
            category: Category::Correctness,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Error)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/watch-target-missing/README.md"),
        },
        register: watch_target_missing::register,
    },
    Rule {
        meta: RuleMeta {
            id: "weak-hash",
            group: "shell",
            summary: "download is compared by a broken checksum",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S4790"],
            options: &[],
            readme: include_str!("shell/weak-hash/README.md"),
        },
        register: weak_hash::register,
    },
    Rule {
        meta: RuleMeta {
            id: "weak-tls-version",
            group: "shell",
            summary: "client is allowed an outdated version of TLS",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["S4423"],
            options: &[],
            readme: include_str!("shell/weak-tls-version/README.md"),
        },
        register: weak_tls_version::register,
    },
    Rule {
        meta: RuleMeta {
            id: "wget-progress",
            group: "shell",
            summary: "wget writes its progress into the build log",
            category: Category::Maintainability,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3047", "DF056"],
            options: &[],
            readme: include_str!("shell/wget-progress/README.md"),
        },
        register: wget_progress::register,
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
    Rule {
        meta: RuleMeta {
            id: "workdir-system-directory",
            group: "dockerfile",
            summary: "working directory belongs to the system",
            category: Category::Correctness,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DS-0030"],
            options: &[],
            readme: include_str!("dockerfile/workdir-system-directory/README.md"),
        },
        register: workdir_system_directory::register,
    },
    Rule {
        meta: RuleMeta {
            id: "world-writable-permissions",
            group: "shell",
            summary: "everybody may change files of the image",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &["DF034", "S2612", "world-writable-state-path-workaround"],
            options: &[],
            readme: include_str!("shell/world-writable-permissions/README.md"),
        },
        register: world_writable_permissions::register,
    },
    Rule {
        meta: RuleMeta {
            id: "writable-cgroups",
            group: "compose",
            summary: "container may change control groups",
            category: Category::Security,
            severity: Severity::Warning,
            confidence: Confidence::High,
            fix: FixKind::None,
            since: "0.1.0",
            presets: &[(Preset::Recommended, Severity::Warning)],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/writable-cgroups/README.md"),
        },
        register: writable_cgroups::register,
    },
    Rule {
        meta: RuleMeta {
            id: "writable-root-filesystem",
            group: "compose",
            summary: "service can change the files of its image",
            category: Category::Security,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Hardened, Severity::Info),
                (Preset::Cis, Severity::Info),
            ],
            aliases: &["CL-0007", "writable-filesystem-service"],
            options: &[],
            readme: include_str!("compose/writable-root-filesystem/README.md"),
        },
        register: writable_root_filesystem::register,
    },
    Rule {
        meta: RuleMeta {
            id: "writable-system-directory-mount",
            group: "compose",
            summary: "container can change files that the host runs on",
            category: Category::Security,
            severity: Severity::Error,
            confidence: Confidence::High,
            fix: FixKind::Unsafe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Error),
                (Preset::Cis, Severity::Error),
            ],
            aliases: &["CL-0025", "Volume Has Sensitive Host Directory"],
            options: &[],
            readme: include_str!("compose/writable-system-directory-mount/README.md"),
        },
        register: writable_system_directory_mount::register,
    },
    Rule {
        meta: RuleMeta {
            id: "yaml-1-1-boolean",
            group: "compose",
            summary: "boolean is written as a word that only old YAML takes for one",
            category: Category::Style,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Style, Severity::Info),
            ],
            aliases: &[],
            options: &[],
            readme: include_str!("compose/yaml-1-1-boolean/README.md"),
        },
        register: yaml_1_1_boolean::register,
    },
    Rule {
        meta: RuleMeta {
            id: "yarn-cache-not-cleaned",
            group: "packages",
            summary: "cache of Yarn stays in the image",
            category: Category::Efficiency,
            severity: Severity::Info,
            confidence: Confidence::High,
            fix: FixKind::Safe,
            since: "0.1.0",
            presets: &[
                (Preset::Recommended, Severity::Info),
                (Preset::Hadolint, Severity::Info),
            ],
            aliases: &["DL3060", "DF055"],
            options: &[],
            readme: include_str!("packages/yarn-cache-not-cleaned/README.md"),
        },
        register: yarn_cache_not_cleaned::register,
    },
    Rule {
        meta: RuleMeta {
            id: "yum-cache-not-cleaned",
            group: "packages",
            summary: "cache of yum stays in the image",
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
                "DL3032",
                "DF047",
                "DS-0015",
                "missing-yum-clean-all",
                "yum_clean_all_missing",
                "no_yum_clean_all",
            ],
            options: &[],
            readme: include_str!("packages/yum-cache-not-cleaned/README.md"),
        },
        register: yum_cache_not_cleaned::register,
    },
    Rule {
        meta: RuleMeta {
            id: "yum-missing-yes",
            group: "packages",
            summary: "yum waits for an answer",
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
                "DL3030",
                "DF027",
                "missing-yum-assume-yes-switch",
                "yum_install_allows_manual_input",
                "S6584",
            ],
            options: &[],
            readme: include_str!("packages/yum-missing-yes/README.md"),
        },
        register: yum_missing_yes::register,
    },
    Rule {
        meta: RuleMeta {
            id: "zypper-cache-not-cleaned",
            group: "packages",
            summary: "cache of zypper stays in the image",
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
                "DL3036",
                "DF045",
                "DS-0020",
                "missing-zypper-clean",
                "missing_zypper_clean",
            ],
            options: &[],
            readme: include_str!("packages/zypper-cache-not-cleaned/README.md"),
        },
        register: zypper_cache_not_cleaned::register,
    },
    Rule {
        meta: RuleMeta {
            id: "zypper-missing-non-interactive",
            group: "packages",
            summary: "zypper waits for an answer",
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
                "DL3034",
                "DF043",
                "missing-zypper-no-confirm-switch",
                "missing_zypper_non_interactive_switch",
                "S6584",
            ],
            options: &[],
            readme: include_str!("packages/zypper-missing-non-interactive/README.md"),
        },
        register: zypper_missing_non_interactive::register,
    },
];

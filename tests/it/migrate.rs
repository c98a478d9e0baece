//! The configurations of other linters: carried over by `migrate`, and read as they are with `--config`.

use std::collections::BTreeSet;
use std::path::Path;

use dockworthy::config::discover::Configs;
use dockworthy::config::peers::{self, Carried, FILES, Peer};
use dockworthy::rules::RULES;
use dockworthy::workspace::fs::Memory;

use crate::cli::{Case, code};

fn carry(file: &str, text: &str) -> Carried {
    let path = Path::new(file);
    let peer = Peer::of_file(path).expect("a known name");
    let carried =
        peers::read(peer, path, text, RULES).unwrap_or_else(|error| panic!("{file}: {error}"));
    carried.expect("a configuration")
}

/// The file that a text becomes, without its first line; it has to be a configuration without a fault.
fn migrated(file: &str, text: &str) -> String {
    let carried = carry(file, text);
    assert_eq!(carried.faults, [], "{file}");
    let rendered = peers::render(&[(file.to_owned(), carried)]);
    let files = [
        ("/w/.git/HEAD", ""),
        ("/w/dockworthy.yaml", rendered.text.as_str()),
    ];
    let memory: Memory = files.into_iter().collect();
    let mut configs = Configs::new(&memory, RULES);
    configs.for_file(Path::new("/w/Dockerfile"));
    let errors: Vec<&String> = configs.errors.iter().map(|error| &error.message).collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", rendered.text);
    let (_, rest) = rendered.text.split_once('\n').expect("a first line");
    rest.to_owned()
}

/// Every key that a tool's documentation lists is told of in one of two ways.
fn tells_of(carried: &Carried, keys: &[&str]) {
    let entries = carried.entries.iter().map(|entry| entry.from.as_str());
    let told: BTreeSet<&str> = entries
        .chain(carried.left.iter().map(|(key, _)| key.as_str()))
        .collect();
    for key in keys {
        let below = [".", " ("].map(|behind| format!("{key}{behind}"));
        assert!(
            told.iter()
                .any(|told| told == key || below.iter().any(|below| told.starts_with(below))),
            "{key} is not told of: {told:?}"
        );
    }
}

const HADOLINT: &str = "\
no-fail: false
no-color: true
verbose: true
format: json
formats: [tty]
failure-threshold: style
ignored: [DL3008, SC1010, SC9999]
override:
  error: [DL3007, DL1001]
  warning: [DL3008]
  info: [DL3057]
  style: [DL3015]
trustedRegistries: [docker.io, hub.docker.com, '*.example.com', my*]
label-schema:
  author: text
  contact: email
  created: rfc3339
  version: semver
  documentation: url
  git-revision: hash
  license: spdx
  anything: ''
strict-labels: true
disable-ignore-pragma: true
";

#[test]
fn hadolint_is_carried_over() {
    let carried = carry(".hadolint.yaml", HADOLINT);
    tells_of(
        &carried,
        &[
            "no-color",
            "verbose",
            "format",
            "formats",
            "failure-threshold",
            "ignored",
            "override.error",
            "override.warning",
            "override.info",
            "override.style",
            "trustedRegistries",
            "label-schema",
            "strict-labels",
            "disable-ignore-pragma",
        ],
    );
    insta(".hadolint.yaml", HADOLINT);
    let absent = migrated(
        ".hadolint.yaml",
        "no-fail: true\nfailure-threshold: error\nnew-key: 1\n",
    );
    assert_eq!(
        absent,
        "fail-on: never # no-fail\n\n# No counterpart:\n# - .hadolint.yaml: failure-threshold: `no-fail` has the last word\n\
         # - .hadolint.yaml: new-key: hadolint itself does not know this key\n"
    );
    for (word, ours) in [
        ("error", "error"),
        ("warning", "warning"),
        ("info", "info"),
        ("ignore", "info"),
        ("none", "info"),
    ] {
        let text = migrated("hadolint.yaml", &format!("failure-threshold: {word}\n"));
        assert_eq!(text, format!("fail-on: {ours} # failure-threshold\n"));
    }
}

/// Compares with a snapshot below `snapshots/migrate`.
fn insta(file: &str, text: &str) {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/migrate"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = file.trim_start_matches('.').replace(['.', '/'], "-");
    settings.bind(|| insta::assert_snapshot!(name, migrated(file, text)));
}

#[test]
fn compose_lint_is_carried_over() {
    let text = "\
rules:
  CL-0001: {enabled: false, reason: the agent needs it}
  CL-0002: {enabled: false}
  CL-0003: {severity: critical}
  CL-0004: {severity: medium, reason: why}
  CL-0005:
    severity: low
    exclude_services: [proxy, edge]
  CL-0007:
    reason: for all of them
    exclude_services: {a: only here, b: }
  CL-9999: {enabled: false}
  CL-0006: {severity: high, colour: red}
other: 1
";
    tells_of(
        &carry(".compose-lint.yml", text),
        &[
            "rules.CL-0001.reason",
            "rules.CL-0002",
            "rules.CL-0003.severity",
            "rules.CL-0004.reason",
            "rules.CL-0005.exclude_services",
            "rules.CL-0007.exclude_services.a",
            "rules.CL-0007.exclude_services.b",
            "rules.CL-9999",
            "rules.CL-0006.colour",
            "other",
        ],
    );
    insta(".compose-lint.yml", text);
    let faults = carry(
        ".compose-lint.yaml",
        "rules: {CL-0001: {enabled: 'no', severity: huge}}\n",
    )
    .faults;
    assert_eq!(
        faults,
        [
            (
                "rules.CL-0001.enabled".to_owned(),
                "must be `true` or `false`".to_owned()
            ),
            (
                "rules.CL-0001.severity".to_owned(),
                "must be critical, high, medium or low".to_owned()
            ),
        ]
    );
}

const DCLINT: &str = r#"{
  "$schema": "x",
  "quiet": true,
  "debug": false,
  "exclude": ["vendor", "a/b"],
  "rules": {
    "no-version-field": 0,
    "no-build-and-image": [2, {"checkPullPolicy": true}],
    "no-duplicate-container-names": 2,
    "service-image-require-explicit-tag": [1, {"prohibitedTags": ["latest", "dev"]}],
    "require-quotes-in-ports": [1, {"quoteType": "single"}],
    "service-keys-order": [0, {"groupOrder": ["Core Definitions"], "groups": {}}],
    "top-level-properties-order": [1, {"customOrder": ["services"]}],
    "no-unbound-port-interfaces": 1
  }
}"#;

#[test]
fn dclint_is_carried_over_in_all_its_forms() {
    tells_of(
        &carry(".dclintrc", DCLINT),
        &[
            "$schema",
            "quiet",
            "debug",
            "exclude.0",
            "exclude.1",
            "rules.no-version-field",
            "rules.no-build-and-image",
            "rules.no-build-and-image.checkPullPolicy",
            "rules.no-duplicate-container-names",
            "rules.service-image-require-explicit-tag",
            "rules.require-quotes-in-ports.quoteType",
            "rules.service-keys-order.groupOrder",
            "rules.service-keys-order.groups",
            "rules.top-level-properties-order.customOrder",
            "rules.no-unbound-port-interfaces",
        ],
    );
    insta(".dclintrc", DCLINT);
    let wanted = carry(".dclintrc", DCLINT).entries;
    let forms = [
        (".dclintrc.json", DCLINT.to_owned()),
        (".dclintrc.yml", DCLINT.to_owned()),
        (
            "package.json",
            format!("{{\"name\": \"x\", \"dclint\": {DCLINT}}}"),
        ),
        (
            "dclint.config.mjs",
            format!("// ours\nexport default {DCLINT};\n"),
        ),
        (".dclintrc.cjs", format!("module.exports = {DCLINT}")),
        (
            ".config/dclintrc.ts",
            format!("const c: Config = {DCLINT} as const\nexport default c\n"),
        ),
    ];
    for (file, text) in forms {
        assert_eq!(carry(file, &text).entries, wanted, "{file}");
    }
    let faults = carry(".dclintrc", "{rules: {no-version-field: on}, exclude: a}").faults;
    assert_eq!(faults.len(), 2, "{faults:?}");
}

const TALLY: &str = "\
unsafe-fixes = true
[output]
format = 'json'
path = 'stdout'
show-source = true
fail-level = 'style'
[rules]
include = ['buildkit/*', 'hadolint/DL3057']
exclude = ['hadolint/DL3008', 'tally/no-such-rule', 'shellcheck/SC1010']
[rules.hadolint.DL3007]
severity = 'style'
fix = 'never'
exclude.paths = ['test/**']
[rules.hadolint.DL3026]
trusted-registries = ['docker.io', 'ghcr.io']
[rules.hadolint.DL3001]
invalid-commands = ['vim']
severity = 'off'
[rules.tally.max-lines]
max = 50
[rules.buildkit.StageNameCasing]
severity = 'error'
[inline-directives]
enabled = true
warn-unused = true
validate-rules = true
require-reason = true
[slow-checks]
mode = 'auto'
timeout = '20s'
fail-fast = true
[file-validation]
max-file-size = 102400
[ai]
enabled = false
command = ['x']
timeout = '90s'
max-input-bytes = 1
redact-secrets = true
";

#[test]
fn tally_is_carried_over() {
    tells_of(
        &carry(".tally.toml", TALLY),
        &[
            "unsafe-fixes",
            "output.format",
            "output.path",
            "output.show-source",
            "output.fail-level",
            "rules.include.0",
            "rules.include.1",
            "rules.exclude.0",
            "rules.exclude.1",
            "rules.exclude.2",
            "rules.hadolint.DL3007.severity",
            "rules.hadolint.DL3007.fix",
            "rules.hadolint.DL3007.exclude.paths",
            "rules.hadolint.DL3026.trusted-registries",
            "rules.hadolint.DL3001.invalid-commands",
            "rules.tally.max-lines",
            "rules.buildkit.StageNameCasing.severity",
            "inline-directives.enabled",
            "inline-directives.warn-unused",
            "inline-directives.validate-rules",
            "inline-directives.require-reason",
            "slow-checks.mode",
            "slow-checks.timeout",
            "slow-checks.fail-fast",
            "file-validation.max-file-size",
            "ai.enabled",
            "ai.command",
            "ai.timeout",
            "ai.max-input-bytes",
            "ai.redact-secrets",
        ],
    );
    insta(".tally.toml", TALLY);
    assert_eq!(
        migrated("tally.toml", "[output]\nfail-level = 'none'\n"),
        "fail-on: never # output.fail-level\n"
    );
    assert_eq!(migrated("tally.toml", ""), "");
}

const DROAST: &str = "\
skip = ['DF012', 'DF999']
extends = 'base.toml'
preset = 'security'
min-severity = 'info'
fail-on = 'warning'
categories = ['security']
skip-categories = ['Style', 'Jokes']
severity-overrides = { DF001 = 'error' }
inline-suppressions = true
require-suppression-reason = true
suppression-reason-pattern = 'JIRA-.*'
require-suppression-expiration = true
max-suppression-days = 90
report-unused-suppressions = true
approved-registries = ['docker.io']
extend-approved-registries = ['ghcr.io']
approved-base-images = ['debian']
extend-approved-base-images = ['alpine']
strict-labels = true
no-roast = true
no-fail = false
format = 'json'
[required-labels]
team = 'regex:^[a-z]+$'
'org.opencontainers.image.source' = 'url'
[shellcheck]
mode = 'auto'
exclude = ['SC1010', 'SC9999']
[workflow]
engine = 'podman'
[[overrides]]
paths = ['test/**']
skip = ['DF001']
severity-overrides = { DF020 = 'info' }
min-severity = 'error'
";

#[test]
fn droast_is_carried_over() {
    tells_of(
        &carry("droast.toml", DROAST),
        &[
            "skip.0",
            "skip.1",
            "extends",
            "preset",
            "min-severity",
            "fail-on",
            "categories",
            "skip-categories.0",
            "skip-categories.1",
            "severity-overrides.DF001",
            "inline-suppressions",
            "require-suppression-reason",
            "suppression-reason-pattern",
            "require-suppression-expiration",
            "report-unused-suppressions",
            "approved-registries",
            "extend-approved-registries",
            "approved-base-images",
            "extend-approved-base-images",
            "required-labels.team",
            "required-labels.org.opencontainers.image.source",
            "strict-labels",
            "shellcheck.mode",
            "shellcheck.exclude.0",
            "shellcheck.exclude.1",
            "workflow.engine",
            "overrides.0",
            "overrides.0.min-severity",
            "no-roast",
            "format",
        ],
    );
    insta("droast.toml", DROAST);
    assert_eq!(
        migrated("droast.toml", "no-fail = true\nmax-suppression-days = 7\n"),
        "suppressions:\n  max-days: 7 # max-suppression-days\nfail-on: never # no-fail\n"
    );
}

#[test]
fn all_files_of_a_folder_become_one() {
    let case = Case::new("migrate")
        .file(
            ".hadolint.yaml",
            "ignored: [DL3008]\nfailure-threshold: error\ntrustedRegistries: [docker.io]\n",
        )
        .file(".compose-lint.yml", "rules: {CL-0004: {severity: low}}\n")
        .file("package.json", "{\"name\": \"x\"}")
        .file(
            ".dclintrc.js",
            "module.exports = {rules: {'service-image-require-explicit-tag': 2}}\n",
        )
        .file(
            "droast.toml",
            "fail-on = 'warning'\napproved-registries = ['ghcr.io']\nskip = ['DL3008']\n",
        )
        .file(
            "Dockerfile",
            "FROM debian:13\nRUN apt-get install -y curl\n",
        );
    case.shows("migrate-dry-run", &["migrate", "--dry-run"]);
    assert!(!case.folder.join("dockworthy.yaml").exists());
    case.shows("migrate", &["migrate"]);
    let text = case.read("dockworthy.yaml");
    assert_eq!(code(&case.run(&["check", "--fail-on", "never"])), 0);
    let case = case.file("dockworthy.yaml", "presets: none\n");
    case.shows("migrate-again", &["migrate"]);
    assert_eq!(case.read("dockworthy.yaml"), "presets: none\n");
    assert_eq!(code(&case.run(&["migrate", "--force"])), 0);
    assert_eq!(case.read("dockworthy.yaml"), text);
    Case::new("migrate-nothing").shows("migrate-nothing", &["migrate"]);
    let case = Case::new("migrate-broken")
        .file(
            ".dclintrc.mjs",
            "import base from './base.mjs';\nexport default {...base};\n",
        )
        .file("tally.toml", "[output\n")
        .file(
            ".hadolint.yaml",
            "trustedRegistries: 1\nignored: [DL3008]\n",
        );
    case.shows("migrate-broken", &["migrate"]);
    let case = Case::new("migrate-one").file("old/.hadolint.yml", "ignored: [DL3008]\n");
    assert_eq!(code(&case.run(&["migrate", "old/.hadolint.yml"])), 0);
    assert!(case.folder.join("old/dockworthy.yaml").is_file());
    assert_eq!(code(&case.run(&["migrate", "old/.hadolintrc"])), 2);
}

#[test]
fn hostile_text_stays_where_it_is_put() {
    let text = "label-schema: {\"a\\nrules: {root-user: off}\": url, \"x\\u001b[2J\": url}\n\"key\\n\\u2028rules: 1\": 2\n";
    let migrated = migrated(".hadolint.yaml", text);
    assert!(!migrated.contains('\u{1b}'), "{migrated}");
    assert!(!migrated.contains("\nrules:"), "{migrated}");
}

#[test]
fn names_of_files_are_known() {
    for (name, peer) in FILES {
        assert_eq!(
            Peer::of_file(&Path::new("a").join(name)),
            Some(peer),
            "{name}"
        );
    }
    assert_eq!(Peer::of_file(Path::new("dockworthy.yaml")), None);
}

/// The rules that speak of a Dockerfile, with their severities.
fn rules(case: &Case, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = ["check", "--format", "concise", "--quiet"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    let output = case.run(&args);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rule = |line: &str| {
        let (_, behind) = line.split_once(": ")?;
        Some(behind.split(']').next()?.to_owned() + "]")
    };
    let mut rules: Vec<String> = text.lines().filter_map(rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

#[test]
fn the_file_of_hadolint_is_read_as_it_is() {
    let dockerfile = "FROM quay.io/example/base:latest\n# hadolint ignore=DL3004\nRUN sudo apt-get install curl\n";
    let case = Case::new("hadolint-config")
        .file(".hadolint.yaml", "ignored: [DL3008, DL3015]\noverride: {error: [DL3007], style: [DL3014]}\ntrustedRegistries: ['*.example.com']\nformat: json\nfailure-threshold: error\n")
        .file("Dockerfile", dockerfile);
    let args = ["--preset", "hadolint", "--config", ".hadolint.yaml"];
    let found = rules(&case, &args);
    for rule in [
        "error[latest-tag]",
        "info[apt-get-missing-yes]",
        "error[untrusted-registry]",
    ] {
        assert!(found.iter().any(|found| found == rule), "{rule}: {found:?}");
    }
    for rule in [
        "unpinned-apt-package",
        "apt-get-missing-no-install-recommends",
        "sudo-in-run",
    ] {
        assert!(
            !found
                .iter()
                .any(|found| found.contains(&format!("[{rule}]"))),
            "{rule}: {found:?}"
        );
    }
    case.shows(
        "hadolint-config",
        &[
            "check",
            "--preset",
            "hadolint",
            "--config",
            ".hadolint.yaml",
            "--format",
            "concise",
        ],
    );
    case.shows(
        "hadolint-config-shown",
        &["config", "--config", ".hadolint.yaml"],
    );
    // Nobody else reads it.
    assert!(
        rules(&case, &[])
            .iter()
            .any(|found| found == "warning[latest-tag]"),
        "{:?}",
        rules(&case, &[])
    );
    let case = case.file(
        ".hadolint.yaml",
        "disable-ignore-pragma: true\nno-fail: true\n",
    );
    assert!(
        rules(&case, &args)
            .iter()
            .any(|found| found.ends_with("[sudo-in-run]"))
    );
    assert_eq!(code(&case.run(&["check", "--config", ".hadolint.yaml"])), 0);
    // A threshold that is not given is that of hadolint.
    let case = case
        .file(".hadolint.yml", "")
        .file("Dockerfile", "FROM debian:13\nRUN a\nRUN b\n");
    assert_eq!(
        rules(
            &case,
            &["--preset", "hadolint", "--config", ".hadolint.yml"]
        ),
        ["info[consecutive-run]"]
    );
    assert_eq!(
        code(&case.run(&["check", "--preset", "hadolint", "--config", ".hadolint.yml"])),
        1
    );
}

#[test]
fn a_broken_file_of_hadolint_is_an_error_at_its_place() {
    let case = Case::new("hadolint-broken")
        .file(".hadolint.yaml", "trustedRegistries: {a: b}\nlabel-schema:\n  a.b: text\n  c.d: number\nfailure-threshold: loud\noverride:\n  error: [1]\nno-fail: [a]\n")
        .file("tally.toml", "")
        .file("Dockerfile", "FROM a\n");
    case.shows("hadolint-broken", &["check", "--config", ".hadolint.yaml"]);
    case.shows("hadolint-other", &["check", "--config", "tally.toml"]);
    let case = case.file(".hadolint.yaml", "ignored: [DL3008\nformat: json\n");
    assert_eq!(code(&case.run(&["check", "--config", ".hadolint.yaml"])), 2);
}

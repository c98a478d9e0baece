//! Configurations as the binary uses them: what a key does, and what is said of a broken one.

use serde_json::Value;

use crate::cli::{Case, code};

/// The findings of a run as `path:line rule`, with a severity and, for suppressed ones, the reason.
fn findings(case: &Case, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = ["check", "--format", "json"]
        .into_iter()
        .chain(args.iter().copied())
        .collect();
    let output = case.run(&args);
    let document: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let found = document["diagnostics"].as_array().expect("a list").iter();
    found
        .map(|found| {
            let text = |key: &str| found[key].as_str().unwrap_or_default();
            let suppressed = &found["suppressed"];
            let why = match suppressed.is_null() {
                true => String::new(),
                false => format!(
                    " ({}: {})",
                    suppressed["by"].as_str().unwrap_or_default(),
                    suppressed["reason"].as_str().unwrap_or_default()
                ),
            };
            format!(
                "{}:{} {} {}{why}",
                text("path"),
                found["range"]["start"]["line"],
                text("severity"),
                text("rule")
            )
        })
        .collect()
}

/// The lines on standard error of a run that has to fail with status 2.
fn faults(case: &Case) -> Vec<String> {
    let output = case.run(&["check"]);
    assert_eq!(
        code(&output),
        2,
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    text.lines()
        .map(|line| line.trim_start_matches("dockworthy: ").to_owned())
        .collect()
}

const ONLY: &str = "presets: none\nrules: {latest-tag: warning, untagged-image: info}\n";

#[test]
fn what_is_said_later_wins() {
    let case = Case::new("extends")
        .file("base.yaml", "presets: none\nrules:\n  latest-tag: {severity: error, moving-tags: [stable]}\n  untagged-image: error\nfail-on: never\n")
        .file("sub/dockworthy.yaml", "extends: [../base.yaml]\nrules: {DL3007: info}\n")
        .file("sub/Dockerfile", "FROM debian:latest\nFROM debian\nFROM debian:stable\n");
    // The entry of the child replaces all of the parent's, options included.
    assert_eq!(
        findings(&case, &["sub"]),
        [
            "sub/Dockerfile:1 info latest-tag",
            "sub/Dockerfile:2 error untagged-image"
        ]
    );
    assert_eq!(code(&case.run(&["check", "sub"])), 0);
}

#[test]
fn presets_are_extended_beside_files() {
    let case = Case::new("extends-preset")
        .file("base.yaml", "rules: {latest-tag: error}\n")
        .file("dockworthy.yaml", "extends: [none, ./base.yaml]\n")
        .file("Dockerfile", "FROM debian:latest\nUSER root\n");
    assert_eq!(findings(&case, &[]), ["Dockerfile:1 error latest-tag"]);
    let case = case.file(
        "dockworthy.yaml",
        "extends: hardened\nrules: {root-user: off}\n",
    );
    let case = case.file("Dockerfile", "FROM debian:13\nUSER root\n");
    let hardened = findings(&case, &[]);
    assert!(
        hardened.contains(&"Dockerfile:1 warning unpinned-image".to_owned()),
        "{hardened:?}"
    );
    // Own presets replace those below.
    let case = case.file("dockworthy.yaml", "extends: hardened\npresets: none\n");
    assert_eq!(findings(&case, &[]), [] as [&str; 0]);
}

#[test]
fn patterns_of_a_parent_mean_its_folder() {
    let case = Case::new("extends-folders")
        .file("shared/base.yaml", format!("{ONLY}exclude: [/a.Dockerfile]\noverrides:\n  - files: /b.Dockerfile\n    rules: {{latest-tag: error}}\n"))
        .file("dockworthy.yaml", "extends: shared/base.yaml\nexclude: [/c.Dockerfile]\n")
        .file("a.Dockerfile", "FROM a:latest\n")
        .file("b.Dockerfile", "FROM a:latest\n")
        .file("c.Dockerfile", "FROM a:latest\n")
        .file("shared/a.Dockerfile", "FROM a:latest\n")
        .file("shared/b.Dockerfile", "FROM a:latest\n");
    assert_eq!(
        findings(&case, &[]),
        [
            "a.Dockerfile:1 warning latest-tag",
            "b.Dockerfile:1 warning latest-tag",
            "shared/b.Dockerfile:1 error latest-tag",
        ]
    );
}

#[test]
fn what_cannot_be_extended_is_an_error_at_its_place() {
    let case = Case::new("extends-errors")
        .file("dockworthy.yaml", "extends:\n  - hardend\n  - ./nowhere.yaml\n  - ../../outside.yaml\n  - dockworthy.yaml\n  - sub\n  - a.yaml\n  - broken.yaml\n")
        .file("sub/x", "")
        .file("a.yaml", "extends: b.yaml\n")
        .file("b.yaml", "extends: a.yaml\n")
        .file("broken.yaml", "rules: {no-such-rule: off}\nfail-on: warn\n");
    assert_eq!(
        faults(&case),
        [
            "b.yaml:1:10: `a.yaml` extends this file in turn",
            "broken.yaml:1:9: the rule `no-such-rule` is unknown; `dockworthy rules` lists all rules",
            "broken.yaml:2:10: `fail-on` takes `error`, `warning`, `info` or `never`",
            "dockworthy.yaml:2:5: `hardend` is neither a preset nor a file; did you mean `hardened`?",
            "dockworthy.yaml:3:5: there is no file `./nowhere.yaml`",
            "dockworthy.yaml:4:5: `../../outside.yaml` lies outside the repository",
            "dockworthy.yaml:5:5: `dockworthy.yaml` is this file itself",
            "dockworthy.yaml:6:5: `sub` is a folder, not a file",
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_repository() {
    let case = Case::new("extends-link").file("dockworthy.yaml", "extends: link.yaml\n");
    let outside = case.folder.with_file_name("extends-link-target.yaml");
    std::fs::write(&outside, "presets: none\n").expect("writable");
    std::os::unix::fs::symlink(&outside, case.folder.join("link.yaml")).expect("writable");
    assert_eq!(
        faults(&case),
        ["dockworthy.yaml:1:10: `link.yaml` lies outside the repository"]
    );
}

#[test]
fn the_last_override_that_matches_wins() {
    let case = Case::new("overrides")
        .file(
            "dockworthy.yaml",
            format!("{ONLY}overrides:\n  - files: [test, '*.dev.Dockerfile']\n    rules: {{latest-tag: off}}\n  - files: test/strict\n    presets: none\n    rules: {{latest-tag: error}}\n"),
        )
        .file("Dockerfile", "FROM a:latest\n")
        .file("web.dev.Dockerfile", "FROM a:latest\nFROM b\n")
        .file("test/Dockerfile", "FROM a:latest\n")
        .file("test/strict/Dockerfile", "FROM a:latest\n");
    let all = [
        "Dockerfile:1 warning latest-tag",
        "test/strict/Dockerfile:1 error latest-tag",
        "web.dev.Dockerfile:2 info untagged-image",
    ];
    assert_eq!(findings(&case, &[]), all);
    // However the files are named.
    let absolute = case
        .folder
        .join("test/strict")
        .to_string_lossy()
        .into_owned();
    assert_eq!(code(&case.run(&["check", "--quiet", &absolute])), 1);
    assert_eq!(
        findings(&case, &["test/../test/strict/./Dockerfile"]),
        all[1..2]
    );
}

#[test]
fn findings_are_ignored_by_path_and_service_with_a_reason() {
    let compose =
        "services:\n  db: {image: 'a:latest'}\n  web: {image: 'b:latest'}\n  web-2: {image: c}\n";
    let case = Case::new("ignore")
        .file(
            "dockworthy.yaml",
            format!(
                "{ONLY}ignore:\n  - rules: [DL3007]\n    services: [web*]\n    reason: the registry keeps one tag\n  \
                 - rules: [reproducibility, supply-chain]\n    files: /old\n    reason: nobody builds this\n  \
                 - rules: ['*']\n    files: [expired]\n    reason: gone\n    until: 2020-01-01\n"
            ),
        )
        .file("compose.yaml", compose)
        .file("old/Dockerfile", "FROM a:latest\n")
        .file("expired/Dockerfile", "FROM a:latest\n");
    assert_eq!(
        findings(&case, &[]),
        [
            "compose.yaml:2 warning latest-tag",
            "compose.yaml:3 warning latest-tag (config: the registry keeps one tag)",
            "compose.yaml:4 info untagged-image",
            "expired/Dockerfile:1 warning latest-tag",
            "old/Dockerfile:1 warning latest-tag (config: nobody builds this)",
        ]
    );
    assert_eq!(code(&case.run(&["check", "old"])), 0);
}

#[test]
fn every_fault_of_the_new_keys_has_its_place() {
    let config = "\
extends: {a: 1}
overrides:
  - rules: {latest-tag: off}
  - files: ['[z-a]']
  - files: a
    fail-on: error
ignore:
  - rules: [lastest-tag]
    reason: 1
  - files: a
    services: ['[z-a]']
    until: soon
    resaon: b
suppressions: {require-reasons: true, max-days: soon, strict: 1, comments: []}
compose: {files: [[a.yaml], b.yaml], env-file: .env}
engine: dcoker
baseline: [a]
overrides: []
";
    let case = Case::new("faults").file("dockworthy.yaml", config);
    assert_eq!(
        faults(&case),
        [
            "dockworthy.yaml:1:10: `extends` takes a list of texts",
            "dockworthy.yaml:3:5: an override needs `files`",
            "dockworthy.yaml:4:13: `[z-a]` is not a glob: error parsing glob '[z-a]': invalid range; 'z' > 'a'",
            "dockworthy.yaml:6:5: in `overrides` the key `fail-on` is unknown; known are: files, presets, rules",
            "dockworthy.yaml:8:13: no rule is called `lastest-tag`; did you mean `latest-tag`?",
            "dockworthy.yaml:9:13: `reason` takes a text",
            "dockworthy.yaml:10:5: an entry of `ignore` needs `rules`",
            "dockworthy.yaml:10:5: an entry of `ignore` needs a `reason`",
            "dockworthy.yaml:11:16: `[z-a]` is not a glob: invalid range; 'z' > 'a'",
            "dockworthy.yaml:12:12: `soon` is no date such as 2027-01-31",
            "dockworthy.yaml:13:5: in `ignore` the key `resaon` is unknown; did you mean `reason`?",
            "dockworthy.yaml:14:16: in `suppressions` the key `require-reasons` is unknown; did you mean `require-reason`?",
            "dockworthy.yaml:14:49: `max-days` takes a whole number",
            "dockworthy.yaml:14:63: `strict` takes `true` or `false`",
            "dockworthy.yaml:14:76: `comments` takes `true` or `false`",
            "dockworthy.yaml:15:20: there is no file a.yaml",
            "dockworthy.yaml:15:29: `files` takes a list of files, or a list of such lists",
            "dockworthy.yaml:15:38: in `compose` the key `env-file` is unknown; did you mean `env-files`?",
            "dockworthy.yaml:16:9: `engine` takes `docker` or `podman`",
            "dockworthy.yaml:17:11: `baseline` takes a text",
            "dockworthy.yaml:18:1: the key `overrides` is defined twice in this mapping; remove one of the two, or give it another name",
        ]
    );
}

#[test]
fn faults_of_versions_and_of_asking_have_their_places() {
    for (config, wanted) in [
        (
            "compose: {version: 2.20}\n",
            "dockworthy.yaml:1:20: `version` takes a version in quotes, such as `\"2.20\"`",
        ),
        (
            "compose:\n  version: \"2.x\"\n",
            "dockworthy.yaml:2:12: `version` takes a version in quotes, such as `\"2.20\"`",
        ),
        (
            "compose: {versions: \"2\"}\n",
            "dockworthy.yaml:1:11: in `compose` the key `versions` is unknown; did you mean `version`?",
        ),
        (
            "shell: {shellcheck: true}\n",
            "dockworthy.yaml:1:21: `shellcheck` takes `off`, `auto` or `required`",
        ),
        (
            "shell: {shelcheck: auto}\n",
            "dockworthy.yaml:1:9: in `shell` the key `shelcheck` is unknown; did you mean `shellcheck`?",
        ),
        (
            "shell: auto\n",
            "dockworthy.yaml:1:8: `shell` must be a mapping of keys to values",
        ),
    ] {
        let case = Case::new("config-versions")
            .file("Dockerfile", "FROM debian:13\n")
            .file("dockworthy.yaml", config);
        assert_eq!(faults(&case), [wanted]);
    }
}

#[test]
fn what_is_too_new_for_the_oldest_compose_is_found() {
    let case = Case::new("compose-version")
        .file("dockworthy.yaml", "presets: none\ncompose: {version: \"2.20\"}\n")
        .file(
            "compose.yaml",
            "services:\n  web:\n    image: a:1\n    attach: false\n    gpus: all\n    develop: {watch: []}\n",
        );
    assert_eq!(
        findings(&case, &[]),
        [
            "compose.yaml:5 error needs-newer-compose",
            "compose.yaml:6 error needs-newer-compose"
        ]
    );
    let without = ["--no-config", "--select", "needs-newer-compose"];
    assert_eq!(findings(&case, &without), [""; 0]);
    let output = case.run(&["config"]);
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("compose.version  2.20"), "{shown}");
}

#[test]
fn entries_of_ignore_that_mean_nothing_any_more_are_shown() {
    let config = "ignore:\n\
        - {rules: [root-user], files: [a, \"lost/**\"], reason: x}\n\
        - {rules: [root-user], services: [web, \"ag*\"], reason: x, until: 2020-01-31}\n\
        - {rules: [root-user], files: docker/app.image, services: w?b, reason: x, until: 2999-01-31}\n";
    let case = Case::new("config-ignore")
        .file("dockworthy.yaml", config)
        .file("a/Dockerfile", "FROM a\n")
        .file("docker/app.image", "FROM a\n")
        .file(
            "compose.yaml",
            "services:\n  web: {build: {context: ., dockerfile: docker/app.image}}\n",
        );
    let output = case.run(&["config", "a"]);
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    let notes: Vec<&str> = shown
        .lines()
        .filter_map(|line| Some(line.split_once("dockworthy.yaml:")?.1))
        .collect();
    assert_eq!(
        notes,
        [
            "2; `lost/**` matches no file",
            "3; expired on 2020-01-31; no Compose file has a service `ag*`",
            "4"
        ],
        "{shown}"
    );
    let output = case.run(&["config", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let entries = &json["settings"]["ignore"];
    assert_eq!(
        entries[0]["notes"],
        serde_json::json!(["`lost/**` matches no file"])
    );
    assert!(entries[2].get("notes").is_none());
}

#[test]
fn a_version_that_does_not_fit_is_all_that_is_said() {
    let case =
        Case::new("version").file("dockworthy.yaml", "required-version: '>=99'\nnew-key: 1\n");
    let own = env!("CARGO_PKG_VERSION");
    assert_eq!(
        faults(&case),
        [format!(
            "dockworthy.yaml:1:19: this is dockworthy {own}, and the configuration requires >=99; \
             install a version that fits, or change `required-version`"
        )]
    );
    let case = case.file("dockworthy.yaml", "required-version: new\n");
    assert_eq!(
        faults(&case),
        [
            "dockworthy.yaml:1:19: `new` is no version requirement; write one such as `>=0.2` or `1.4`"
        ]
    );
    let case = case.file("dockworthy.yaml", format!("required-version: '>={own}'\n"));
    assert_eq!(code(&case.run(&["check"])), 0);
}

#[test]
fn comments_that_suppress_are_held_to_what_is_asked() {
    let dockerfile = "# hadolint ignore=DL3006\nFROM a\n# dockworthy: ignore[latest-tag until=2999-01-01] why\nFROM b:1\n";
    let case = Case::new("suppressions")
        .file("dockworthy.yaml", "presets: none\nrules: {untagged-image: error, unused-suppression: warning, latest-tag: info}\nsuppressions: {require-reason: true, max-days: 30}\n")
        .file("Dockerfile", dockerfile);
    let silent = "Dockerfile:2 error untagged-image (comment: )";
    assert_eq!(
        findings(&case, &[]),
        [
            "Dockerfile:1 warning long-lasting-suppression",
            "Dockerfile:1 warning suppression-without-reason",
            silent,
            "Dockerfile:3 warning unused-suppression",
            "Dockerfile:3 warning long-lasting-suppression",
        ]
    );
    let rules = "presets: none\nrules: {untagged-image: error, unused-suppression: warning, latest-tag: info}\n";
    let case = case.file(
        "dockworthy.yaml",
        format!("{rules}suppressions: {{report-unused: false, require-reason: false}}\n"),
    );
    assert_eq!(findings(&case, &[]), [silent]);
    let case = case.file(
        "dockworthy.yaml",
        format!("{rules}suppressions: {{comments: false}}\n"),
    );
    assert_eq!(findings(&case, &[]), ["Dockerfile:2 error untagged-image"]);
}

#[test]
fn files_of_a_project_are_named() {
    let base = "services:\n  web:\n    image: ${IMAGE:?}\n    depends_on: [db]\n";
    let case = Case::new("projects")
        .file("deploy/base.yml", base)
        .file(
            "deploy/compose.prod.yaml",
            "services:\n  db: {image: 'postgres:18'}\n",
        )
        .file("deploy/.env", "OTHER=1\n")
        .file("deploy/prod.env", "IMAGE=nginx:latest\n");
    let rules =
        "presets: none\nrules: {undefined-dependency: error, missing-required-variable: warning}\n";
    let config = |compose: &str| format!("{rules}{compose}");
    let case = case.file("dockworthy.yaml", config(""));
    // Nobody knows that the first file is one of Compose.
    assert_eq!(findings(&case, &[]), [] as [&str; 0]);
    let case = case.file(
        "dockworthy.yaml",
        config("compose: {files: [deploy/base.yml]}\n"),
    );
    assert_eq!(
        findings(&case, &["deploy/base.yml"]),
        [
            "deploy/base.yml:3 warning missing-required-variable",
            "deploy/base.yml:4 error undefined-dependency"
        ]
    );
    let case = case.file(
        "dockworthy.yaml",
        config("compose: {files: [[deploy/base.yml, deploy/compose.prod.yaml]], env-files: deploy/prod.env}\n"),
    );
    assert_eq!(findings(&case, &[]), [] as [&str; 0]);
    let files = String::from_utf8(case.run(&["files"]).stdout).expect("UTF-8");
    assert!(files.contains("deploy/base.yml"), "{files}");
}

#[test]
fn images_built_by_podman_have_no_health_check() {
    let case = Case::new("engine")
        .file(
            "dockworthy.yaml",
            "presets: none\nrules: {missing-healthcheck: warning}\nengine: podman\n",
        )
        .file("Dockerfile", "FROM node:24\nCMD [\"node\", \"a.js\"]\n");
    assert_eq!(findings(&case, &[]), [] as [&str; 0]);
    let case = case.file(
        "dockworthy.yaml",
        "presets: none\nrules: {missing-healthcheck: warning}\nengine: docker\n",
    );
    assert_eq!(
        findings(&case, &[]),
        ["Dockerfile:1 warning missing-healthcheck"]
    );
}

#[test]
fn a_broken_configuration_is_told_of_where_nothing_is_linted() {
    let case = Case::new("nothing").file("dockworthy.yaml", "fail-on: loud\n");
    assert_eq!(
        faults(&case),
        ["dockworthy.yaml:1:10: `fail-on` takes `error`, `warning`, `info` or `never`"]
    );
}

#[test]
fn the_settings_in_force_and_their_places_are_shown() {
    let case = Case::new("show")
        .file("base.yaml", "presets: [recommended]\nrules:\n  latest-tag: error\n  DL3008: off\nexclude: vendor\nfail-on: error\n")
        .file(
            "dockworthy.yaml",
            "extends: [base.yaml]\nrules:\n  latest-tag: {severity: info, moving-tags: [edge]}\noverrides:\n  - files: test\n    rules: {root-user: off}\nignore:\n  - rules: [root-user]\n    services: [agent]\n    reason: reads sockets\nregistries: {allow: [docker.io]}\nexclude: [a, b]\n",
        )
        .file("test/Dockerfile", "FROM a\n")
        .file("sub/.git/HEAD", "");
    case.shows("config", &["config"]);
    case.shows("config-file", &["config", "test/Dockerfile"]);
    case.shows("config-none", &["config", "sub"]);
    case.shows("config-absent", &["config", "nowhere"]);
    let output = case.run(&["config", "--format", "json", "test/Dockerfile"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        document["files"],
        serde_json::json!(["base.yaml", "dockworthy.yaml"])
    );
    let rule = |id: &str| document["rules"][id].clone();
    assert_eq!(
        rule("latest-tag"),
        serde_json::json!({"severity": "info", "from": {"file": "dockworthy.yaml", "line": 3}, "options": {"moving-tags": ["edge"]}})
    );
    assert_eq!(rule("root-user")["severity"], "off");
    assert_eq!(rule("root-user")["from"]["line"], 6);
    assert_eq!(
        rule("unpinned-apt-package")["from"],
        serde_json::json!({"file": "base.yaml", "line": 4})
    );
    assert_eq!(
        document["settings"]["exclude"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(document["settings"]["fail-on"][0]["value"], "error");
    let broken = case.file("dockworthy.yaml", "rules: 1\n");
    assert_eq!(code(&broken.run(&["config"])), 2);
}

#[test]
fn the_schema_is_printed() {
    let output = Case::new("schema").run(&["config", "--schema"]);
    let wanted = include_str!("../../editors/dockworthy.schema.json");
    assert!(
        output.stdout == wanted.as_bytes(),
        "it is not the file in `editors/`"
    );
}

#[test]
fn a_first_configuration_changes_nothing_and_overwrites_nothing() {
    let case = Case::new("init").file("Dockerfile", "FROM debian:latest\nUSER root\n");
    let before = findings(&case, &[]);
    case.shows("init", &["init"]);
    let text = case.read("dockworthy.yaml");
    assert!(
        text.starts_with("# yaml-language-server: $schema=https://"),
        "{text}"
    );
    assert_eq!(findings(&case, &[]), before);
    let case = case.file("dockworthy.yaml", "presets: none\n");
    case.shows("init-again", &["init"]);
    assert_eq!(case.read("dockworthy.yaml"), "presets: none\n");
    assert_eq!(code(&case.run(&["init", "--force"])), 0);
    assert_eq!(case.read("dockworthy.yaml"), text);
    let case = case.file("sub/.dockworthy.yaml", "presets: none\n");
    case.shows("init-beside", &["init", "sub"]);
    case.shows("init-nowhere", &["init", "nowhere"]);
}

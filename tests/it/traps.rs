//! Traps that other linters fell into, each as a test with its name. Those of language servers are tested with ours.

use serde_json::Value;

use dockworthy::report::Format;

use crate::cli::{Case, code, text};

const BAD: &str = "FROM debian\nWORKDIR /srv\nADD a /a\nUSER root\n";

fn json(case: &Case, args: &[&str]) -> Value {
    let output = case.run(&[&["--format", "json"], args].concat());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The rules of what is found and not silenced.
fn rules(json: &Value) -> Vec<&str> {
    let all = json["diagnostics"].as_array().expect("an array").iter();
    let open = all.filter(|d| d["suppressed"].is_null());
    open.filter_map(|d| d["rule"].as_str()).collect()
}

#[test]
fn missing_file_or_crash_loses_all_output() {
    let case = Case::new("traps-missing")
        .file("Dockerfile", BAD)
        .file("odd/Dockerfile", b"\xff\xfe\0");
    for format in Format::ALL {
        let output = case.run(&["--format", format.as_str(), "nowhere", "Dockerfile", "odd"]);
        assert_eq!(code(&output), 2);
        assert!(text(&output.stdout).contains("Dockerfile"), "{format:?}");
        assert!(text(&output.stderr).contains("nowhere"), "{format:?}");
    }
}

#[test]
fn broken_config_ignored() {
    for config in [
        "rules: {no-such-rule: off}\n",
        "rules: [\n",
        "presets: 3\n",
        "frobnicate: 1\n",
        "\u{0}",
    ] {
        let case = Case::new("traps-config")
            .file("Dockerfile", BAD)
            .file("dockworthy.yaml", config);
        let output = case.run(&[]);
        assert_eq!(code(&output), 2, "{config:?}");
        assert!(output.stdout.is_empty(), "{config:?}");
        assert!(
            text(&output.stderr).contains("dockworthy.yaml:1:"),
            "{config:?}: {output:?}"
        );
    }
}

#[test]
fn nothing_found_is_success() {
    let case = Case::new("traps-nothing").file("notes.txt", "x");
    let output = case.run(&[]);
    assert_eq!(
        text(&output.stderr),
        "dockworthy: no Dockerfile or Compose file found\n"
    );
    // A path that is not there is a mistake, and none that ends well.
    assert_eq!(code(&case.run(&["Dockerfile"])), 2);
    assert_eq!(code(&case.run(&["notes.txt"])), 2);
}

#[test]
fn exit_code_varies_by_format() {
    let case = Case::new("traps-exit")
        .file("bad/Dockerfile", BAD)
        .file("good/Dockerfile", "FROM debian:13\nUSER 1\n");
    for format in Format::ALL {
        for (path, status) in [("good", 0), ("bad", 1), ("nowhere", 2)] {
            let output = case.run(&["--format", format.as_str(), path]);
            assert_eq!(code(&output), status, "{format:?} {path}");
        }
    }
}

#[test]
fn docs_differ_from_exit_codes() {
    let case = Case::new("traps-docs").file("Dockerfile", BAD);
    let help = text(&case.run(&["--help"]).stdout)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for sentence in [
        "0 no finding at or above --fail-on",
        "1 such findings",
        "2 the run could not do all its work",
    ] {
        assert!(help.contains(sentence), "{help}");
    }
    for (args, status) in [
        (&["--fail-on", "never"][..], 0),
        (&["--fail-on", "error", "--select", "untagged-image"], 0),
        (&["--fail-on", "warning", "--select", "untagged-image"], 1),
        (&["--fail-on", "nonsense"], 2),
        (&["--config", "nowhere.yaml"], 2),
    ] {
        assert_eq!(code(&case.run(args)), status, "{args:?}");
    }
}

#[test]
fn json_shape_varies_by_count() {
    let case = Case::new("traps-shape")
        .file("none/notes.txt", "")
        .file("one/Dockerfile", BAD)
        .file("two/a/Dockerfile", BAD)
        .file("two/b/Dockerfile", BAD)
        .file("clean/Dockerfile", "FROM debian:13\nUSER 1\n");
    let keys = |path: &str| {
        let json = json(&case, &[path]);
        let object = json.as_object().expect("an object");
        let kinds = object.iter().map(|(key, value)| match value {
            Value::Array(_) => format!("{key}: array"),
            Value::Object(inner) => format!("{key}: {:?}", inner.keys().collect::<Vec<_>>()),
            other => format!("{key}: {other}"),
        });
        kinds.collect::<Vec<_>>()
    };
    for path in ["one", "two", "clean", "nowhere"] {
        assert_eq!(keys(path), keys("none"), "{path}");
    }
}

#[test]
fn line_0_or_end_minus_1_or_column_always_1() {
    let case = Case::new("traps-places")
        .file(
            "Dockerfile",
            format!("{BAD}RUN apt-get install curl \\\n  wget\nCMD run me"),
        )
        .file("empty/Dockerfile", "")
        .file(
            "compose.yaml",
            "services:\n  web:\n    image: nginx\n    privileged: true\n    volumes: [\n",
        );
    let json = json(&case, &["--preset", "all"]);
    let all = json["diagnostics"].as_array().expect("an array");
    assert!(all.len() > 8);
    let number = |value: &Value| value.as_u64().expect("a number, and none below zero");
    let mut columns = 0;
    for diagnostic in all {
        let range = &diagnostic["range"];
        let place = |end: &str| (number(&range[end]["line"]), number(&range[end]["column"]));
        let (start, end) = (place("start"), place("end"));
        assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{diagnostic}");
        columns += usize::from(start.1 > 1);
    }
    assert!(columns * 2 > all.len(), "{columns} of {}", all.len());
}

#[test]
fn colour_in_pipes() {
    let case = Case::new("traps-colour").file("Dockerfile", BAD);
    for format in Format::ALL {
        let mut command = case.command(&["--format", format.as_str(), ".", "nowhere"]);
        let output = command
            .env("TERM", "xterm-256color")
            .output()
            .expect("the binary runs");
        assert!(
            !output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b),
            "{format:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn panic_on_sigpipe() {
    use std::process::Stdio;

    let case = Case::new("traps-pipe").file("Dockerfile", BAD.repeat(5000));
    for format in Format::ALL {
        let mut command = case.command(&["--format", format.as_str()]);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the binary runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(text(&output.stderr), "", "{format:?}");
        assert_ne!(output.status.code(), Some(101), "{format:?}");
    }
}

#[test]
fn whole_line_squiggles() {
    let dockerfile =
        "FROM debian\nRUN apt-get update && apt-get install curl\nENV TOKEN=abc A=b\nUSER root\n";
    let case = Case::new("traps-squiggles").file("Dockerfile", dockerfile);
    let json = json(&case, &[]);
    let marked: Vec<(&str, &str)> = json["diagnostics"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|d| {
            let offset = |end: &str| d["range"][end]["offset"].as_u64().expect("a number") as usize;
            (
                d["rule"].as_str().expect("a text"),
                &dockerfile[offset("start")..offset("end")],
            )
        })
        .collect();
    for wanted in [
        ("untagged-image", "debian"),
        ("root-user", "root"),
        ("apt-get-missing-yes", "install"),
    ] {
        assert!(marked.contains(&wanted), "{marked:?}");
    }
    assert!(
        marked
            .iter()
            .all(|(_, text)| !dockerfile.lines().any(|line| line == *text)),
        "{marked:?}"
    );
}

#[test]
fn linting_dockerignore_and_node_modules() {
    let case = Case::new("traps-walk")
        .file("Dockerfile", "FROM debian:13\nUSER 1\n")
        .file("Dockerfile.dockerignore", "node_modules\n")
        .file("node_modules/x/Dockerfile", BAD)
        .file(".gitignore", "node_modules\n");
    assert_eq!(json(&case, &[])["summary"]["files"], 1);
    let output = case.run(&["files"]);
    assert!(!text(&output.stdout).contains("node_modules"), "{output:?}");
}

#[test]
fn dash_accepted_and_ignored() {
    let case = Case::new("traps-dash").file("Dockerfile", "FROM debian:13\nUSER 1\n");
    let output = case.run_with_input(&["--format", "concise", "-"], BAD.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(text(&output.stdout).starts_with("-:1:6: "), "{output:?}");
}

#[test]
fn yaml_re_serialised_by_a_fixer() {
    let before = "# head\nversion: '3'\n\nservices:\n    web:   {image: 'nginx:1',\n            ports: [ \"80:80\" ]}   # tail\n    db:\n        image: \"mysql:8\"\n        command: >-\n            --a\n            --b\n";
    let case = Case::new("traps-yaml").file("compose.yaml", before);
    case.run(&["--fix", "--select", "obsolete-version-field"]);
    assert_eq!(
        case.read("compose.yaml"),
        before.replace("version: '3'\n", "")
    );
}

#[test]
fn quotes_of_the_other_kind_reported_as_missing() {
    for quoted in ["'22:22'", "\"22:22\""] {
        let text = format!("services:\n  web:\n    image: nginx:1\n    ports:\n      - {quoted}\n");
        let case = Case::new("traps-quotes").file("compose.yaml", text);
        let json = json(&case, &["--preset", "all"]);
        let found = rules(&json);
        assert!(
            !found.iter().any(|rule| rule.contains("quot")),
            "{quoted}: {found:?}"
        );
    }
}

#[test]
fn override_files_validated_as_complete_projects() {
    let case = Case::new("traps-override")
        .file("compose.yaml", "services:\n  web:\n    image: nginx:1\n")
        .file(
            "compose.override.yaml",
            "services:\n  web:\n    environment: {A: b}\n",
        )
        .file(
            "alone/compose.override.yaml",
            "services:\n  web:\n    environment: {A: b}\n",
        );
    let json = json(&case, &["--select", "syntax,correctness"]);
    assert!(rules(&json).is_empty(), "{json}");
}

#[test]
fn profiles_as_hard_error() {
    let text = "services:\n  web:\n    image: nginx:1\n  debug:\n    image: busybox:1\n    profiles: [debug]\n    depends_on: [web]\n";
    let case = Case::new("traps-profiles").file("compose.yaml", text);
    assert_eq!(code(&case.run(&["--select", "syntax,correctness"])), 0);
}

#[test]
fn env_dependent_results() {
    let case = Case::new("traps-env").file("Dockerfile", BAD).file(
        "compose.yaml",
        "services:\n  web:\n    image: \"nginx:${TAG}\"\n    user: \"${UID:-0}\"\n",
    );
    let args = ["--format", "json", "--preset", "all"];
    let plain = case.run(&args);
    let mut command = case.command(&args);
    for (name, value) in [
        ("HOME", "/nonexistent"),
        ("TZ", "Pacific/Kiritimati"),
        ("TAG", "latest"),
        ("UID", "1000"),
        ("COMPOSE_FILE", "nowhere.yaml"),
        ("COMPOSE_PROFILES", "debug"),
        ("DOCKER_HOST", "tcp://127.0.0.1:1"),
        ("HADOLINT_IGNORE", "DL3006"),
        ("BUILDKIT_DOCKERFILE_CHECK", "skip=all"),
        ("LANG", "tr_TR.UTF-8"),
        ("RUST_LOG", "trace"),
    ] {
        command.env(name, value);
    }
    let other = command.output().expect("the binary runs");
    assert_eq!(text(&plain.stdout), text(&other.stdout));
    assert_eq!(plain.status, other.status);
}

#[test]
fn suppression_pragma_defeated_by_a_blank_or_comment_line() {
    let above = "# hadolint ignore=DL3006";
    for comment in [
        format!("{above}\n"),
        format!("{above}\n\n"),
        format!("{above}\n# note\n"),
        format!("{above}\n\n# note\n\n"),
        format!("{above}\n# hadolint ignore=DL3025\n"),
        format!("  {}\n", above.to_lowercase()),
    ] {
        let case =
            Case::new("traps-pragma").file("Dockerfile", format!("{comment}FROM debian\nUSER 1\n"));
        let json = json(&case, &["--select", "untagged-image"]);
        assert!(rules(&json).is_empty(), "{comment:?}");
        assert_eq!(json["summary"]["suppressed"], 1, "{comment:?}");
    }
}

#[test]
fn stage_pragma_missing_its_own_from_line() {
    let text = "FROM debian:13 AS a\nUSER 1\n# hadolint stage ignore=DL3006\nFROM debian\nUSER 1\n";
    let case = Case::new("traps-stage").file("Dockerfile", text);
    assert!(rules(&json(&case, &["--select", "untagged-image"])).is_empty());
}

#[test]
fn style_findings_drowning_the_rest() {
    let case = Case::new("traps-style")
        .file("Dockerfile", "from debian:13 as a\nrun  cd /x && ls\n\n\n\nCopy b   /b\nuser 1\n")
        .file("compose.yaml", "services:\n  b:\n    image: nginx:1\n  a:\n    ports: ['90:90', '80:80']\n    image: nginx:1\n");
    let json = json(&case, &[]);
    let all = json["diagnostics"].as_array().expect("an array");
    let style: Vec<&Value> = all.iter().filter(|d| d["category"] == "style").collect();
    assert!(style.iter().all(|d| d["severity"] == "info"), "{style:#?}");
    assert!(
        style.len() * 2 < all.len(),
        "{} of {}",
        style.len(),
        all.len()
    );
    let listed: Value =
        serde_json::from_slice(&case.run(&["rules", "--format", "json"]).stdout).expect("JSON");
    let rules = listed
        .as_array()
        .or_else(|| listed["rules"].as_array())
        .expect("an array");
    let is_loud = |rule: &&Value| {
        let mut presets = rule["presets"].as_array().into_iter().flatten();
        rule["category"] == "style"
            && rule["severity"] != "info"
            && presets.any(|preset| preset == "recommended")
    };
    let loud: Vec<&Value> = rules.iter().filter(is_loud).collect();
    assert!(rules.len() > 100 && loud.is_empty(), "{loud:#?}");
}

//! What runs dockworthy elsewhere: the GitHub action, its problem matcher, the GitLab component, the workflows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use regex::Regex;
use serde_yaml::Value;

use crate::peers;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ci").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("writable");
    folder
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("writable");
    std::fs::write(path, text).expect("writable");
}

fn text(stream: &[u8]) -> String {
    String::from_utf8_lossy(stream).into_owned()
}

const UNKNOWN: &str = "FROM debian:13\nWROKDIR /src\nUSER 1000\n";
const BINARY: &str = env!("CARGO_BIN_EXE_dockworthy");

/// A runner of GitHub: a folder for a repository, and the files by which steps talk to it.
struct Runner {
    folder: PathBuf,
    path: String,
}

impl Runner {
    fn new(name: &str) -> Runner {
        let folder = folder(name);
        std::fs::create_dir_all(folder.join("repository/.git")).expect("writable");
        std::fs::create_dir_all(folder.join("temp")).expect("writable");
        let path = std::env::var("PATH").unwrap_or_default();
        Runner { folder, path }
    }

    /// Runs a script of the action as its step does.
    fn step(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        for file in ["path", "output"] {
            write(&self.folder.join(file), "");
        }
        Command::new("bash")
            .arg(root().join("packaging/action").join(script))
            .current_dir(self.folder.join("repository"))
            .env_clear()
            .env("PATH", &self.path)
            .env("RUNNER_TEMP", self.folder.join("temp"))
            .env("GITHUB_PATH", self.folder.join("path"))
            .env("GITHUB_OUTPUT", self.folder.join("output"))
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .expect("bash runs")
    }

    fn check(&self, variables: &[(&str, &str)]) -> Output {
        let binaries = Path::new(BINARY).parent().expect("a folder").display();
        let path = format!("{binaries}:{}", self.path);
        let mut all = vec![("PATH", path.as_str())];
        all.extend(variables);
        self.step("run.sh", &all)
    }

    fn said(&self, file: &str) -> String {
        read(self.folder.join(file))
    }
}

/// A folder of releases that holds this version, with the binary under test in it; its address.
fn releases(runner: &Runner) -> Option<(PathBuf, String)> {
    for needed in ["bash", "curl", "tar", "sha256sum"] {
        peers::program(needed)?;
    }
    let target = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", arch) => format!("{arch}-unknown-linux-musl"),
        _ => {
            println!("skipped: archives are made on Linux");
            return None;
        }
    };
    let binaries = runner.folder.join("binaries").join(target);
    std::fs::create_dir_all(&binaries).expect("writable");
    // A stand-in that starts the binary: packing the real one, with all that a debugger wants, takes long.
    let start = format!("#!/bin/sh\nexec '{BINARY}' \"$@\"\n");
    write(&binaries.join("dockworthy"), &start);
    let releases = runner.folder.join("releases");
    let release = releases.join(concat!("v", env!("CARGO_PKG_VERSION")));
    let made = Command::new(root().join("packaging/archive.sh"))
        .args([&runner.folder.join("binaries"), &release])
        .env("DOCKWORTHY", BINARY)
        .env("SOURCE_DATE_EPOCH", "0")
        .output()
        .expect("bash runs");
    assert!(made.status.success(), "{made:?}");
    let address = format!("file://{}", releases.display());
    Some((release, address))
}

#[test]
fn the_action_installs_a_release_whose_checksum_is_right() {
    let runner = Runner::new("installs");
    let Some((_, address)) = releases(&runner) else {
        return;
    };
    let installed = runner.step("install.sh", &[("DOCKWORTHY_RELEASES", &address)]);
    assert!(installed.status.success(), "{installed:?}");
    let path = runner.said("path");
    let binary = Path::new(path.trim()).join("dockworthy");
    let version = Command::new(&binary).arg("--version").output();
    let version = text(&version.expect("the binary runs").stdout);
    assert_eq!(
        version.trim(),
        concat!("dockworthy ", env!("CARGO_PKG_VERSION"))
    );
    // With what a package manager would want to install beside it.
    for file in [
        "man/dockworthy.1",
        "man/dockworthy-check.1",
        "completions/_dockworthy",
        "completions/dockworthy.bash",
        "LICENSE-MIT",
    ] {
        assert!(Path::new(path.trim()).join(file).is_file(), "{file}");
    }
}

#[test]
fn the_action_refuses_what_is_not_the_release() {
    let runner = Runner::new("refuses");
    let Some((release, address)) = releases(&runner) else {
        return;
    };
    let install = |variables: &[(&str, &str)]| {
        let mut all = vec![("DOCKWORTHY_RELEASES", address.as_str())];
        all.extend(variables);
        let output = runner.step("install.sh", &all);
        (output.status.code(), text(&output.stdout))
    };
    let (code, said) = install(&[("DOCKWORTHY_VERSION", "9.9.9")]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("::error title=dockworthy::there is no release 9.9.9"),
        "{said}"
    );
    let (code, said) = install(&[("DOCKWORTHY_VERSION", "1.0/../..")]);
    assert_eq!(code, Some(2));
    assert!(said.contains("no version number"), "{said}");
    let sums = read(release.join("SHA256SUMS"));
    let (_, name) = sums.trim().split_once("  ").expect("sum and name");
    for wrong in [format!("{}  {name}\n", "0".repeat(64)), "\n".to_owned()] {
        write(&release.join("SHA256SUMS"), &wrong);
        let (code, said) = install(&[]);
        assert_eq!(code, Some(2));
        assert!(said.contains("the checksum of dockworthy-"), "{said}");
        assert_eq!(runner.said("path"), "");
    }
}

#[test]
fn the_action_annotates_and_fails_as_dockworthy_does() {
    if peers::program("bash").is_none() {
        return;
    }
    let runner = Runner::new("annotates");
    write(&runner.folder.join("repository/api/Dockerfile"), UNKNOWN);
    write(
        &runner.folder.join("repository/a b/Dockerfile"),
        "FROM debian:13\nUSER 1000\n",
    );
    let output = runner.check(&[]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("::error file=api/Dockerfile,line=2,endLine=2,col=1,"),
        "{said}"
    );
    assert_eq!(runner.said("output"), "status=1\noutput-file=\n");
    // Paths and arguments have a line each, so blanks are no matter.
    let output = runner.check(&[("INPUT_PATHS", "a b\n"), ("INPUT_ARGS", "--preset\nnone\n")]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let output = runner.check(&[("INPUT_FAIL_ON", "never")]);
    assert_eq!(output.status.code(), Some(0));
    // What looks like a flag or a command is a path.
    let output = runner.check(&[("INPUT_PATHS", "--fix\n$(touch pwned)")]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(runner.said("output"), "status=2\noutput-file=\n");
    assert!(!runner.folder.join("repository/pwned").exists());
}

#[test]
fn the_action_writes_sarif_and_says_where() {
    if peers::program("bash").is_none() {
        return;
    }
    let runner = Runner::new("sarif");
    write(&runner.folder.join("repository/Dockerfile"), UNKNOWN);
    for (file, wanted) in [("", "dockworthy.sarif"), ("out.json", "out.json")] {
        let output = runner.check(&[("INPUT_FORMAT", "sarif"), ("INPUT_OUTPUT_FILE", file)]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stdout).starts_with("Dockerfile:2:1: error[unknown-instruction]"));
        assert_eq!(
            runner.said("output"),
            format!("status=1\noutput-file={wanted}\nsarif-file={wanted}\n")
        );
        let sarif = runner.said(&format!("repository/{wanted}"));
        let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
        assert_eq!(sarif["version"], "2.1.0");
    }
}

#[test]
fn nothing_is_pasted_into_the_scripts_of_workflows() {
    let mut scripts = 0;
    for path in [
        "action.yml",
        ".github/workflows/ci.yml",
        ".github/workflows/release.yml",
    ] {
        let document: Value = serde_yaml::from_str(&read(path)).expect("YAML");
        let mut waiting = vec![&document];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Mapping(mapping) => {
                    if let Some(Value::String(run)) = mapping.get("run") {
                        scripts += 1;
                        assert!(!run.contains("${{"), "{path}: {run}");
                    }
                    if let Some(Value::String(uses)) = mapping.get("uses") {
                        let pinned = uses.split_once('@').is_some_and(|(_, at)| at.len() == 40);
                        assert!(pinned || uses == "./", "{path}: {uses} is not pinned");
                    }
                    waiting.extend(mapping.values());
                }
                Value::Sequence(values) => waiting.extend(values),
                _ => {}
            }
        }
    }
    assert!(scripts > 10, "{scripts}");
}

#[test]
fn the_inputs_of_the_action_reach_its_script() {
    let action: Value = serde_yaml::from_str(&read("action.yml")).expect("YAML");
    let names = |key: &str| -> Vec<String> {
        let mapping = action[key].as_mapping().expect("a mapping");
        let names = mapping.keys().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    };
    let text = read("action.yml");
    let recipes = read("docs/ci.md");
    for input in names("inputs") {
        assert!(
            text.contains(&format!("${{{{ inputs.{input} }}}}")),
            "{input} is not used"
        );
        assert!(
            recipes.contains(&format!("| `{input}` |")),
            "{input} is not in docs/ci.md"
        );
    }
    let script = read("packaging/action/run.sh");
    for output in names("outputs") {
        assert!(
            script.contains(&format!("echo \"{output}=")),
            "{output} is not set"
        );
    }
}

#[test]
fn the_problem_matcher_reads_the_concise_format() {
    let matcher: serde_json::Value =
        serde_json::from_str(&read(".github/dockworthy-matcher.json")).expect("JSON");
    let output = Command::new(BINARY)
        .args([
            "check",
            "--format",
            "concise",
            "--no-config",
            "--preset",
            "all",
            "examples",
        ])
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the binary runs");
    let lines = text(&output.stdout);
    let mut matched: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.lines() {
        let mut times = 0;
        for matcher in matcher["problemMatcher"].as_array().expect("a list") {
            let pattern = &matcher["pattern"][0];
            let regex = Regex::new(pattern["regexp"].as_str().expect("a pattern")).expect("valid");
            let Some(groups) = regex.captures(line) else {
                continue;
            };
            times += 1;
            let group = |name: &str| {
                let number = pattern[name].as_u64()?;
                groups
                    .get(usize::try_from(number).ok()?)
                    .map(|found| found.as_str())
            };
            assert!(
                root().join(group("file").expect("a file")).is_file(),
                "{line}"
            );
            for number in ["line", "column"] {
                let number = group(number).expect("there");
                assert!(
                    number.parse::<u32>().is_ok_and(|number| number > 0),
                    "{line}"
                );
            }
            let rule = group("code").expect("a rule");
            assert!(line.contains(&format!("[{rule}] {}", group("message").expect("there"))));
            // What the runner knows; `info` is a notice to it.
            let severity = match group("severity") {
                Some("error") => "error",
                Some("warning") => "warning",
                None => matcher["severity"].as_str().expect("a severity of its own"),
                Some(other) => panic!("{other}"),
            };
            *matched.entry(severity).or_default() += 1;
        }
        assert_eq!(times, 1, "{line}");
    }
    let severities: Vec<&str> = matched.keys().copied().collect();
    assert_eq!(severities, ["error", "notice", "warning"]);
}

/// The GitLab component with the defaults of its inputs.
fn component() -> (Value, String) {
    let text = read("templates/dockworthy.yml");
    let (head, job) = text
        .split_once("\n---\n")
        .expect("a specification before the job");
    let head: Value = serde_yaml::from_str(head).expect("YAML");
    let mut job = job.to_owned();
    for (name, input) in head["spec"]["inputs"].as_mapping().expect("a mapping") {
        let name = name.as_str().expect("a name");
        let place = format!("$[[ inputs.{name} ]]");
        assert!(job.contains(&place), "{name} is not used");
        let default = input["default"].as_str().expect("a default");
        // GitLab puts in a text as a YAML string.
        let default = if default.is_empty() { "\"\"" } else { default };
        job = job.replace(&place, default);
    }
    assert!(!job.contains("$[["), "{job}");
    (head, job)
}

#[test]
fn the_gitlab_component_runs_and_reports() {
    let (head, job) = component();
    assert_eq!(
        head["spec"]["inputs"]["version"]["default"].as_str(),
        Some(env!("CARGO_PKG_VERSION"))
    );
    let jobs: Value = serde_yaml::from_str(&job).expect("YAML");
    let job = &jobs["dockworthy"];
    let report = "gl-code-quality-report.json";
    assert_eq!(
        job["artifacts"]["reports"]["codequality"].as_str(),
        Some(report)
    );
    // The last line of the script, as the runner's shell takes it.
    let script = job["script"].as_sequence().expect("a list");
    let command = script.last().and_then(Value::as_str).expect("a command");
    if peers::program("sh").is_none() {
        return;
    }
    let folder = folder("gitlab");
    write(&folder.join("a/Dockerfile"), UNKNOWN);
    write(&folder.join("b/Dockerfile"), UNKNOWN);
    std::fs::create_dir_all(folder.join(".git")).expect("writable");
    let binaries = Path::new(BINARY).parent().expect("a folder");
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(&folder)
        .env("PATH", format!("{}:/usr/bin:/bin", binaries.display()))
        .env("DOCKWORTHY_PATHS", "a b")
        .env("DOCKWORTHY_ARGS", "--fail-on never")
        .output()
        .expect("sh runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_str(&read(folder.join(report))).expect("JSON");
    let paths: Vec<&str> = report
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["check_name"] == "unknown-instruction")
        .filter_map(|finding| finding["location"]["path"].as_str())
        .collect();
    assert_eq!(paths, ["a/Dockerfile", "b/Dockerfile"]);
}

#[test]
fn the_schemas_of_the_platforms_accept_the_files() {
    let Some(check) = peers::program("check-jsonschema") else {
        return;
    };
    let folder = folder("schemas");
    let (_, job) = component();
    write(&folder.join("gitlab.yml"), &job);
    let component = folder.join("gitlab.yml").display().to_string();
    for (schema, files) in [
        ("vendor.github-actions", &["action.yml"][..]),
        (
            "vendor.github-workflows",
            &[".github/workflows/ci.yml", ".github/workflows/release.yml"],
        ),
        ("vendor.gitlab-ci", &[&component]),
        ("vendor.compose-spec", &["compose.yaml"]),
    ] {
        let output = Command::new(&check)
            .args(["--builtin-schema", schema])
            .args(files)
            .current_dir(root())
            .output()
            .expect("it runs");
        assert!(
            output.status.success(),
            "{schema}: {}",
            text(&output.stdout)
        );
    }
}

#[test]
fn shellcheck_has_nothing_to_say_of_the_scripts() {
    let Some(shellcheck) = peers::program("shellcheck") else {
        return;
    };
    for script in [
        "packaging/action/install.sh",
        "packaging/action/run.sh",
        "packaging/archive.sh",
        "packaging/npm-test.sh",
        "packaging/pre-commit-test.sh",
        "packaging/wheel-test.sh",
        ".ci/run",
    ] {
        let found = peers::output(&shellcheck, root(), &[script]);
        assert_eq!(text(&found), "", "{script}");
    }
}

#[test]
fn one_version_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let dated = Regex::new(
        r"(?:dockworthy/dockworthy(?:/dockworthy)?[@:]v?|dockworthy==|rev: v|releases/download/v)(\d+\.\d+\.\d+)",
    );
    let dated = dated.expect("valid");
    let mut seen = 0;
    for path in [
        "README.md",
        "docs/ci.md",
        "docs/install.md",
        "docs/walkthrough.md",
        "compose.yaml",
        "templates/dockworthy.yml",
    ] {
        for groups in dated.captures_iter(&read(path)) {
            seen += 1;
            assert_eq!(&groups[1], version, "{path}: {}", &groups[0]);
        }
    }
    assert!(seen > 10, "{seen}");
}

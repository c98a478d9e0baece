//! The editors under `editors/`: those that are installed are started for real, with the server that was built.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dockworthy::engine::meta::Preset;
use dockworthy::workspace::kind::{Kind, kind_by_name};
use serde_json::{Map, Value, json};

use crate::lsp::editor::Editor;
use crate::peers;

/// How long an editor may take, its own waiting included.
const PATIENCE: Duration = Duration::from_secs(180);

/// The folders of `PATH`, with that of the server before them.
fn path() -> OsString {
    let server = Path::new(env!("CARGO_BIN_EXE_dockworthy"));
    let folder = server.parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).expect("no colons")
}

/// Every program with this name on `PATH`; says that the test is skipped where there is none.
fn programs(name: &str) -> Vec<PathBuf> {
    if peers::program(name).is_none() || peers::program("git").is_none() {
        return Vec::new();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&path)
        .filter_map(|folder| folder.join(name).canonicalize().ok())
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Runs an editor that sees none of its user's configuration, and gives what it wrote.
fn run(what: &str, program: &Path, args: &[&str], environment: &[(&str, &str)]) -> String {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("editors")
        .join(what);
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home).expect("writable");
    let output = home.join("output");
    let file = std::fs::File::create(&output).expect("writable");
    let mut child = Command::new(program)
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path())
        .env("HOME", &home)
        .env("TERM", "dumb")
        .env("LANG", "C.UTF-8")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_STATE_HOME")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(file.try_clone().expect("open"))
        .stderr(file)
        .spawn()
        .expect("the editor starts");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break Some(status);
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("a child");
            child.wait().expect("a child");
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let said = std::fs::read(&output).expect("readable");
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(
        status.is_some_and(|status| status.success()),
        "{what}: {status:?}\n{said}"
    );
    said
}

#[test]
fn neovim_shows_findings_and_applies_fixes() {
    let args = [
        "--headless",
        "--clean",
        "--cmd",
        "set runtimepath^=editors/neovim",
        "-c",
        "luafile editors/neovim/test.lua",
    ];
    for (number, program) in programs("nvim").iter().enumerate() {
        let said = run(&format!("neovim-{number}"), program, &args, &[]);
        assert!(said.contains(": passed"), "{said}");
        let has_enable = ["neovim 0.7", "neovim 0.8", "neovim 0.9", "neovim 0.10"]
            .iter()
            .all(|old| !said.contains(&format!("{old}:")));
        if has_enable {
            let plain = [("DOCKWORTHY_PLAIN", "1")];
            let said = run(&format!("neovim-{number}-plain"), program, &args, &plain);
            assert!(said.contains(": passed"), "{said}");
        }
    }
}

#[test]
fn emacs_shows_findings_and_applies_fixes() {
    let has_eglot = [
        "--batch",
        "--no-site-file",
        "--eval",
        "(progn (package-initialize) (kill-emacs (if (require 'eglot nil t) 0 3)))",
    ];
    let args = [
        "--batch",
        "--no-site-file",
        "-L",
        "editors/emacs",
        "-l",
        "editors/emacs/test.el",
        "-f",
        "ert-run-tests-batch-and-exit",
    ];
    for (number, program) in programs("emacs").iter().enumerate() {
        let probe = Command::new(program).args(has_eglot).output();
        if !probe.expect("Emacs runs").status.success() {
            println!("skipped: {} has no Eglot", program.display());
            continue;
        }
        let said = run(&format!("emacs-{number}"), program, &args, &[]);
        assert!(said.contains(" 0 unexpected"), "{said}");
    }
}

/// The manifest of the extension for VS Code.
fn manifest() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/package.json");
    let text = std::fs::read_to_string(path).expect("readable");
    serde_json::from_str(&text).expect("JSON")
}

/// The settings as the extension sends them: each as `choose` says, by its dotted name and what the manifest says.
fn settings(manifest: &Value, choose: impl Fn(&str, &Value) -> Value) -> Value {
    let properties = &manifest["contributes"]["configuration"]["properties"];
    let mut settings = json!({});
    for (name, property) in properties.as_object().expect("settings") {
        let name = name.strip_prefix("dockworthy.").expect("our own section");
        let mut at = &mut settings;
        for part in name.split('.') {
            let inside = at.as_object_mut().expect("a setting or a section");
            at = inside.entry(part).or_insert_with(|| json!({}));
        }
        assert_eq!(*at, json!({}), "{name} is a section, too");
        *at = choose(name, property);
    }
    settings
}

/// What the server says it can do with these settings; it must understand all of them.
fn capabilities(test: &str, settings: Value) -> Map<String, Value> {
    let mut editor = Editor::new(test, &[]);
    let able = json!({
        "textDocument": { "diagnostic": {} },
        "experimental": { "commands": { "commands": ["dockworthy.showReferences"] } },
    });
    let mut result = editor.initialize(able, settings);
    editor.notify("initialized", json!({}));
    editor.request("shutdown", Value::Null);
    let said = &editor.transcript;
    assert!(!said.contains("is not understood"), "{said}");
    match result["capabilities"].take() {
        Value::Object(capabilities) => capabilities,
        other => panic!("{other}"),
    }
}

#[test]
fn the_extension_has_every_setting_of_the_server_and_no_other() {
    let manifest = manifest();
    let all = capabilities(
        "extension-on",
        settings(&manifest, |_, property| property["default"].clone()),
    );
    // What belongs to no feature; everything else can be switched off.
    let fixed = ["positionEncoding", "textDocumentSync", "workspace"];
    let none = capabilities(
        "extension-off",
        settings(&manifest, |name, property| {
            if name.starts_with("features.") {
                json!(false)
            } else {
                property["default"].clone()
            }
        }),
    );
    assert!(
        all.len() > fixed.len() + 5,
        "{:?}",
        all.keys().collect::<Vec<_>>()
    );
    let left: Vec<&String> = none.keys().collect();
    assert_eq!(
        left, fixed,
        "a feature has no setting in editors/vscode/package.json"
    );
}

#[test]
fn the_extension_offers_the_words_that_the_server_understands() {
    let manifest = manifest();
    let properties = &manifest["contributes"]["configuration"]["properties"];
    let presets = &properties["dockworthy.preset"]["items"]["enum"];
    assert_eq!(*presets, json!(Preset::ALL.map(Preset::as_str)));
    let scopes = &properties["dockworthy.diagnostics.scope"]["enum"];
    for (number, scope) in scopes.as_array().expect("a list").iter().enumerate() {
        let settings = json!({ "diagnostics": { "scope": scope } });
        capabilities(&format!("extension-scope-{number}"), settings);
    }
    let capabilities = capabilities("extension-commands", json!(null));
    let commands = &manifest["contributes"]["commands"];
    for command in capabilities["executeCommandProvider"]["commands"]
        .as_array()
        .expect("a list")
    {
        let mut offered = commands.as_array().expect("a list").iter();
        assert!(offered.any(|offered| offered["command"] == *command));
    }
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
}

/// A file below `editors/`.
fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("editors")
        .join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json_of(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn toml_of(path: &str) -> toml::Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The kind of the files that a pattern of an editor takes.
fn kind_of(pattern: &str) -> Option<Kind> {
    kind_by_name(Path::new(&pattern.replace('*', "dev")))
}

#[test]
fn helix_starts_the_server_for_files_that_it_lints() {
    let helix = toml_of("helix/languages.toml");
    let server = &helix["language-server"]["dockworthy"];
    assert_eq!(server["command"].as_str(), Some("dockworthy"));
    assert_eq!(server["args"].as_array().map(Vec::len), Some(1));
    assert_eq!(server["args"][0].as_str(), Some("lsp"));
    let languages = helix["language"].as_array().expect("languages");
    for language in languages {
        let servers = language["language-servers"].as_array().expect("servers");
        assert!(
            servers
                .iter()
                .any(|server| server.as_str() == Some("dockworthy"))
        );
        let globs = language.get("file-types").and_then(toml::Value::as_array);
        for glob in globs.into_iter().flatten() {
            let glob = glob["glob"].as_str().expect("a pattern");
            assert_eq!(kind_of(glob), Some(Kind::Compose), "{glob}");
        }
    }
    let names: Vec<Option<&str>> = languages
        .iter()
        .map(|language| language["name"].as_str())
        .collect();
    assert_eq!(names, [Some("dockerfile"), Some("docker-compose")]);
}

#[test]
fn jetbrains_ides_start_the_server_for_files_that_it_lints() {
    let template = json_of("jetbrains/dockworthy/template.json");
    assert_eq!(template["programArgs"]["default"], "dockworthy lsp");
    let mappings = template["fileTypeMappings"].as_array().expect("mappings");
    for mapping in mappings {
        let expected = match mapping["languageId"].as_str() {
            Some("dockerfile") => Kind::Dockerfile,
            Some("dockercompose") => Kind::Compose,
            _ => Kind::Config,
        };
        let patterns = mapping["fileType"]["patterns"].as_array();
        for pattern in patterns.expect("patterns") {
            let pattern = pattern.as_str().expect("a pattern");
            assert_eq!(kind_of(pattern), Some(expected), "{pattern}");
        }
    }
    assert_eq!(mappings.len(), 3);
    let settings = json_of("jetbrains/dockworthy/settings.json");
    assert!(settings["dockworthy"].is_object());
    capabilities("jetbrains", settings);
}

#[test]
fn sublime_text_starts_the_server() {
    let settings = json_of("sublime/LSP.sublime-settings");
    let client = &settings["clients"]["dockworthy"];
    assert_eq!(client["command"], json!(["dockworthy", "lsp"]));
    assert_eq!(client["enabled"], true);
    capabilities("sublime", client["initializationOptions"].clone());
}

#[test]
fn zed_starts_the_server_for_both_languages() {
    let extension = toml_of("zed/extension.toml");
    let server = &extension["language_servers"]["dockworthy"];
    let ids = server["language_ids"].as_table().expect("languages");
    let mut languages: Vec<&str> = server["languages"]
        .as_array()
        .expect("languages")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    languages.sort_unstable();
    let mut named: Vec<&str> = ids.keys().map(String::as_str).collect();
    named.sort_unstable();
    assert_eq!(languages, named);
    assert_eq!(ids["Dockerfile"].as_str(), Some("dockerfile"));
    assert_eq!(ids["Docker Compose"].as_str(), Some("dockercompose"));
    assert_eq!(
        extension["version"].as_str(),
        Some(env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn every_setting_and_every_editor_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/editors.md");
    let docs = std::fs::read_to_string(path).expect("readable");
    let manifest = manifest();
    let properties = &manifest["contributes"]["configuration"]["properties"];
    for name in properties.as_object().expect("settings").keys() {
        let shown = name.strip_prefix("dockworthy.features.").unwrap_or(name);
        let shown = format!("| `{shown}` |");
        assert!(
            docs.contains(&shown),
            "no row for {name} in docs/editors.md"
        );
    }
    for editor in [
        "emacs",
        "helix",
        "jetbrains",
        "neovim",
        "sublime",
        "vscode",
        "zed",
    ] {
        assert!(read(&format!("{editor}/README.md")).starts_with("# "));
        assert!(
            docs.contains(&format!("(../editors/{editor}/README.md)")),
            "{editor}"
        );
    }
}

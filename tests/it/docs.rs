//! The documents: their links lead somewhere, their YAML parses, their command lines are understood.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use dockworthy::cli::args::Args;
use regex::Regex;
use serde_yaml::Value;

use crate::peers;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// README.md and what stands in `docs/`, with their texts.
fn documents() -> Vec<(PathBuf, String)> {
    let docs = std::fs::read_dir(root().join("docs")).expect("readable");
    let mut paths: Vec<PathBuf> = docs
        .map(|entry| Path::new("docs").join(entry.expect("readable").file_name()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    paths.push(PathBuf::from("README.md"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(root().join(&path)).expect("UTF-8");
            (path, text)
        })
        .collect()
}

/// A fenced block of a document.
struct Block<'d> {
    /// The nearest heading above.
    section: &'d str,
    language: &'d str,
    text: String,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    let (mut section, mut inside) = ("", false);
    for line in document.lines() {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside;
            if inside {
                found.push(Block {
                    section,
                    language: language.split(' ').next().unwrap_or_default(),
                    text: String::new(),
                });
            }
        } else if inside && let Some(block) = found.last_mut() {
            block.text.push_str(line);
            block.text.push('\n');
        } else if line.starts_with('#') {
            section = line.trim_start_matches(['#', ' ']);
        }
    }
    assert!(!inside, "a block is not closed");
    found
}

#[test]
fn links_lead_to_files_and_headings() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").expect("valid");
    let mut followed = 0;
    for (path, text) in documents() {
        for groups in link.captures_iter(&text) {
            let target = &groups[1];
            // An address, or a form of Markdown that is shown.
            if target.starts_with("https://") || target == "…" {
                continue;
            }
            followed += 1;
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = match file {
                "" => path.clone(),
                _ => path.parent().expect("a folder").join(file),
            };
            let text = std::fs::read_to_string(root().join(&file));
            let text = text.unwrap_or_else(|_| panic!("{}: {target}", path.display()));
            let anchors: Vec<String> = text
                .lines()
                .filter(|line| line.starts_with('#'))
                .map(|line| {
                    let line = line.trim_start_matches(['#', ' ']).to_lowercase();
                    let kept = line
                        .chars()
                        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
                    kept.collect::<String>().replace(' ', "-")
                })
                .collect();
            let found = heading.is_empty() || anchors.iter().any(|anchor| anchor == heading);
            assert!(found, "{}: {target}", path.display());
        }
    }
    assert!(followed > 8, "{followed}");
}

#[test]
fn yaml_in_documents_parses() {
    let mut parsed = 0;
    for (path, text) in documents() {
        for block in blocks(&text)
            .iter()
            .filter(|block| block.language == "yaml")
        {
            let value: Result<Value, _> = serde_yaml::from_str(&block.text);
            if let Err(error) = value {
                panic!("{}, {}: {error}", path.display(), block.section);
            }
            parsed += 1;
        }
    }
    assert!(parsed > 8, "{parsed}");
}

#[test]
fn recipes_are_what_their_platforms_read() {
    let Some(check) = peers::program("check-jsonschema") else {
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("writable");
    let text = std::fs::read_to_string(root().join("docs/ci.md")).expect("UTF-8");
    let mut checked = Vec::new();
    for (number, block) in blocks(&text).iter().enumerate() {
        let schema = match block.section {
            _ if block.language != "yaml" => continue,
            "GitHub Actions" => "vendor.github-workflows",
            "GitLab" => "vendor.gitlab-ci",
            "Azure Pipelines" => "vendor.azure-pipelines",
            "Bitbucket Pipelines" => "vendor.bitbucket-pipelines",
            "CircleCI" => "vendor.circle-ci",
            _ => continue,
        };
        let file = folder.join(format!("{number}.yml"));
        std::fs::write(&file, &block.text).expect("writable");
        let output = Command::new(&check)
            .args(["--regex-variant", "nonunicode", "--builtin-schema", schema])
            .arg(&file)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}: {said}", block.section);
        checked.push(schema);
    }
    assert_eq!(checked.len(), 8, "{checked:?}");
}

/// The arguments of the dockworthy that a line of a block runs; `None` when it runs none.
fn arguments(line: &str, language: &str) -> Option<Vec<String>> {
    let line = line.trim().trim_start_matches("$ ");
    let run = match language {
        // Behind a key, inside quotes, in a chain.
        "yaml" | "groovy" => Regex::new(
            r"(?:^|[\s/'&])dockworthy(?:==\S+)? (check|explain|rules|files|config|migrate|init|lsp|--)(.*)$",
        ),
        "sh" | "console" | "text" => Regex::new(
            r"^(?:\S+=\S+ )*(?:npx |uvx |pipx run |cargo run --release -- )?(?:dockworthy(?:==\S+)?)( .*)?$",
        ),
        _ => return None,
    };
    let groups = run.expect("valid").captures(line)?;
    let rest: String = groups
        .iter()
        .skip(1)
        .flatten()
        .map(|part| part.as_str())
        .collect();
    let rest = rest.trim_end_matches(['\'', '"']);
    let mut words = vec!["dockworthy".to_owned()];
    for word in rest.split_whitespace() {
        // What follows is the shell's.
        if word.starts_with(['|', '>', '<', '#', ';']) || word == "&&" {
            break;
        }
        words.push(word.trim_matches(['"', '\'']).to_owned());
    }
    Some(words)
}

#[test]
fn command_lines_in_documents_are_understood() {
    let mut understood = 0;
    for (path, text) in documents() {
        for block in blocks(&text) {
            if block.language == "text" && !block.text.starts_with("$ ") {
                continue;
            }
            for line in block.text.lines() {
                if block.language == "text" && !line.starts_with("$ ") {
                    continue;
                }
                let Some(words) = arguments(line, block.language) else {
                    continue;
                };
                understood += 1;
                if let Err(error) = Args::try_parse_from(&words) {
                    panic!("{}: {line}\n{error}", path.display());
                }
            }
        }
    }
    assert!(understood > 25, "{understood}");
}

#[test]
fn command_lines_are_found_where_they_hide() {
    let found =
        |line: &str, language: &str| arguments(line, language).map(|words| words[1..].join(" "));
    assert_eq!(
        found("dockworthy check --format x | reviewdog -f=x", "sh").as_deref(),
        Some("check --format x")
    );
    assert_eq!(
        found("sh '.venv/bin/dockworthy check --format y'", "groovy").as_deref(),
        Some("check --format y")
    );
    assert_eq!(
        found("- run: dockworthy check --nonsense", "yaml").as_deref(),
        Some("check --nonsense")
    );
    assert_eq!(
        found("pipx run dockworthy==0.1.0 check --fix", "yaml").as_deref(),
        Some("check --fix")
    );
    assert_eq!(found("$ dockworthy", "text").as_deref(), Some(""));
    assert_eq!(found("- uses: dockworthy/dockworthy@v0.1.0", "yaml"), None);
    assert_eq!(found("pip install --quiet dockworthy==0.1.0", "yaml"), None);
    assert!(Args::try_parse_from(["dockworthy", "check", "--nonsense"]).is_err());
}

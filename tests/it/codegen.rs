//! The generated files: `rules/mod.rs`, `rules/README.md` and `editors/dockworthy.schema.json`.
//!
//! A stale file is rewritten and the test fails once; run the tests again. Under `CI` it only fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dockworthy::config::schema::schema;
use dockworthy::diagnostic::Severity;
use dockworthy::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};
use dockworthy::engine::readme::{self, FrontMatter};
use dockworthy::rules::RULES;

/// A rule folder.
pub struct Folder {
    /// The folder below `rules/` that it is in.
    pub group: String,
    /// Its own name.
    pub id: String,
    /// Its README.
    pub readme: String,
}

/// All rule folders, by id.
pub fn folders() -> Vec<Folder> {
    let mut folders = Vec::new();
    for group in children(&root().join("rules")) {
        for rule in children(&group) {
            let path = rule.join("README.md");
            let readme = std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{} needs a README.md: {error}", rule.display()));
            assert!(
                rule.join("rule.rs").is_file(),
                "{} needs a rule.rs",
                rule.display()
            );
            folders.push(Folder {
                group: name(&group),
                id: name(&rule),
                readme,
            });
        }
    }
    folders.sort_by(|a, b| a.id.cmp(&b.id));
    folders
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is in the repository");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// Makes sure that a generated file says what it should.
fn verify(path: &str, wanted: &str) {
    let file = root().join(path);
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found == wanted {
        return;
    }
    if std::env::var_os("CI").is_none() {
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("writable");
        std::fs::write(&file, wanted).expect("writable");
        panic!("{path} was stale and has been rewritten; run the tests again");
    }
    panic!("{path} is stale; run the tests where `CI` is not set, and commit what they write");
}

#[test]
fn rule_index_is_up_to_date() {
    let folders = folders();
    let mut out = String::from(
        "//! GENERATED from the rule folders by the test `rule_index_is_up_to_date`; do not edit.\n\
         //!\n\
         //! Every rule is a folder `rules/<group>/<id>/` with a `README.md` (front matter, prose, examples that\n\
         //! run as tests) and a `rule.rs`. See `README.md` beside this file for how to write one.\n\n",
    );
    out.push_str(
        "use crate::diagnostic::{Confidence, Severity};\n\
         use crate::engine::meta::{Category, FixKind, Preset, Rule, RuleMeta};\n\n",
    );
    for folder in &folders {
        let _ = writeln!(
            out,
            "#[path = \"{}/{}/rule.rs\"]\nmod {};",
            folder.group,
            folder.id,
            folder.id.replace('-', "_")
        );
    }
    out.push_str("\n/// Every rule, by id.\npub const RULES: &[Rule] = &[\n");
    for folder in &folders {
        let meta =
            readme::front_matter(&folder.readme).unwrap_or_else(|e| panic!("{}: {e}", folder.id));
        out.push_str(&entry(folder, &meta));
    }
    out.push_str("];\n");
    verify("rules/mod.rs", &formatted(&out));
}

/// The text as rustfmt leaves it, so that the format check stays clean.
fn formatted(code: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "skip_children=true"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("rustfmt is installed with the toolchain");
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(code.as_bytes())
        .expect("rustfmt reads");
    let output = child.wait_with_output().expect("rustfmt ends");
    let text = String::from_utf8(output.stdout).expect("rustfmt writes UTF-8");
    assert!(
        !text.is_empty(),
        "rustfmt refused the generated code:\n{code}"
    );
    text
}

fn severity(word: &str) -> &'static str {
    match word {
        "error" => "Severity::Error",
        "warning" => "Severity::Warning",
        "info" => "Severity::Info",
        _ => panic!("no severity is called {word}"),
    }
}

fn entry(folder: &Folder, meta: &FrontMatter) -> String {
    let mut out = String::new();
    let confidence = match meta.confidence.as_str() {
        "high" => "Confidence::High",
        "medium" => "Confidence::Medium",
        "low" => "Confidence::Low",
        word => panic!("{}: no confidence is called {word}", folder.id),
    };
    let presets: Vec<String> = meta
        .presets
        .iter()
        .map(|preset| {
            let word = meta.severity_in.get(preset).unwrap_or(&meta.severity);
            format!("(Preset::{preset:?}, {})", severity(word))
        })
        .collect();
    let options: Vec<String> = meta
        .options
        .iter()
        .map(|(name, option)| {
            assert!(option.kind.accepts(&option.default), "{}: the default of {name} is of another type", folder.id);
            format!(
                "crate::engine::meta::OptionMeta {{ name: {name:?}, kind: crate::engine::meta::OptionKind::{:?}, default: {:?}, summary: {:?}, shared: {} }}",
                option.kind,
                option.default.to_string(),
                option.summary,
                option.shared.map_or("None".to_owned(), |shared| format!("Some(crate::engine::meta::Shared::{shared:?})"))
            )
        })
        .collect();
    let _ = writeln!(
        out,
        "Rule {{ meta: RuleMeta {{ id: {:?}, group: {:?}, summary: {:?}, category: Category::{:?}, \
         severity: {}, confidence: {confidence}, fix: FixKind::{:?}, since: {:?}, presets: &[{}], \
         aliases: &{:?}, options: &[{}], readme: include_str!({:?}) }}, register: {}::register }},",
        folder.id,
        folder.group,
        meta.summary,
        meta.category,
        severity(&meta.severity),
        meta.fix,
        meta.since,
        presets.join(", "),
        meta.aliases,
        options.join(", "),
        format!("{}/{}/README.md", folder.group, folder.id),
        folder.id.replace('-', "_"),
    );
    out
}

#[test]
fn catalogue_is_up_to_date() {
    let written = std::fs::read_to_string(root().join("rules/README.md")).unwrap_or_default();
    let marker =
        "<!-- GENERATED below this line by the test `catalogue_is_up_to_date`; do not edit. -->";
    let intro = written.split(marker).next().unwrap_or_default().trim_end();
    let mut out = format!("{intro}\n\n{marker}\n\n# The rules\n\n");
    out.push_str(&catalogue());
    verify("rules/README.md", &out);
}

/// What each category is about, for people.
fn about(category: Category) -> &'static str {
    match category {
        Category::Security => "Someone could do harm.",
        Category::SupplyChain => "Nobody can tell where code and images come from.",
        Category::Correctness => "It does not do what it says.",
        Category::Syntax => "Docker or Compose refuses it.",
        Category::Reproducibility => "Tomorrow's build may differ from today's.",
        Category::Reliability => "It may fail when it runs.",
        Category::Efficiency => "The image is larger, or the build slower, than need be.",
        Category::Maintainability => "It is harder to read or to change than need be.",
        Category::Style => "A matter of taste.",
    }
}

/// What the rules of a folder look at, for people.
fn looks_at(group: &str) -> &str {
    match group {
        "compose" => "Compose files",
        "dockerfile" => "Dockerfile instructions",
        "image" => "images",
        "packages" => "package managers",
        "project" => "files together",
        "shell" => "shell commands",
        "text" => "any text",
        other => other,
    }
}

/// The catalogue: a table for every category and subject, and an index of other tools' codes.
fn catalogue() -> String {
    let is_default = |rule: &&Rule| rule.meta.severity_in(Preset::Recommended).is_some();
    let mut out = format!(
        "{} rules, of which {} are on by default: those in **bold**. 🔴 is an error, 🟡 a warning, 🔵 an info. 🔧 has a \
         fix that `--fix` applies, ✋ one for `--unsafe-fixes` or for your own hand. The column *presets* says where \
         else a rule is on. Every name in the last column works wherever a rule's id does.\n\n",
        RULES.len(),
        RULES.iter().filter(is_default).count(),
    );
    let of = |category: Category| {
        RULES
            .iter()
            .filter(move |rule| rule.meta.category == category)
    };
    for category in Category::ALL {
        let name = category.as_str();
        let count = of(category).count();
        if count > 0 {
            let _ = writeln!(out, "- [{name}](#{name}): {} ({count})", about(category));
        }
    }
    out.push_str("- [codes of other tools](#codes-of-other-tools)\n");
    for category in Category::ALL
        .into_iter()
        .filter(|category| of(*category).next().is_some())
    {
        let _ = writeln!(out, "\n## {}\n\n{}", category.as_str(), about(category));
        let groups: BTreeSet<&str> = of(category).map(|rule| rule.meta.group).collect();
        for group in groups {
            let _ = writeln!(out, "\n### {}: {}\n", category.as_str(), looks_at(group));
            out.push_str(
                "| rule | what it finds | presets | also known as |\n| --- | --- | --- | --- |\n",
            );
            for rule in of(category).filter(|rule| rule.meta.group == group) {
                row(&mut out, &rule.meta);
            }
        }
    }
    out.push_str("\n## codes of other tools\n");
    for (tool, is_its) in [
        ("hadolint", is_hadolint as fn(&str) -> bool),
        ("ShellCheck", is_shellcheck),
        ("Docker's build checks", is_buildkit),
        ("compose-lint", |alias| alias.starts_with("CL-")),
    ] {
        let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for rule in RULES {
            for alias in rule.meta.aliases.iter().filter(|alias| is_its(alias)) {
                codes.entry(alias).or_default().push(link(&rule.meta));
            }
        }
        let _ = writeln!(out, "\n### {tool}\n");
        for (code, links) in codes {
            let _ = writeln!(out, "- `{code}`: {}", links.join(", "));
        }
    }
    out.push('\n');
    out
}

fn link(meta: &RuleMeta) -> String {
    format!("[{}]({}/{})", meta.id, meta.group, meta.id)
}

fn row(out: &mut String, meta: &RuleMeta) {
    let severity = match meta.severity {
        Severity::Error => "🔴",
        Severity::Warning => "🟡",
        Severity::Info => "🔵",
    };
    let link = match meta.severity_in(Preset::Recommended) {
        Some(_) => format!("**{}**", link(meta)),
        None => link(meta),
    };
    let fix = match meta.fix {
        FixKind::Safe => " 🔧",
        FixKind::Unsafe => " ✋",
        FixKind::None => "",
    };
    let presets = meta.presets.iter().map(|(preset, _)| *preset);
    let presets: Vec<&str> = presets
        .filter(|preset| *preset != Preset::Recommended)
        .map(Preset::as_str)
        .collect();
    let _ = writeln!(
        out,
        "| {severity} {link}{fix} | {} | {} | {} |",
        meta.summary.replace('|', "\\|"),
        presets.join(", "),
        meta.aliases.join(", ")
    );
}

/// Whether a name has a prefix and, behind it, digits only.
fn is_code(alias: &str, prefix: &str) -> bool {
    alias
        .strip_prefix(prefix)
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_hadolint(alias: &str) -> bool {
    is_code(alias, "DL")
}

fn is_shellcheck(alias: &str) -> bool {
    is_code(alias, "SC")
}

/// The names of Docker's build checks are the only ones in capitals without a joint.
fn is_buildkit(alias: &str) -> bool {
    let letters = alias.bytes().all(|byte| byte.is_ascii_alphabetic());
    let starts_high = alias.starts_with(|first: char| first.is_ascii_uppercase());
    letters && starts_high && alias.bytes().any(|byte| byte.is_ascii_lowercase())
}

#[test]
fn config_schema_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&schema(RULES)).expect("JSON");
    verify("editors/dockworthy.schema.json", &(schema + "\n"));
}

#[test]
fn no_alias_stands_for_two_ids_and_none_hides_an_id() {
    for rule in RULES {
        for alias in rule.meta.aliases {
            let hidden = RULES
                .iter()
                .any(|other| other.meta.id == *alias && other.meta.id != rule.meta.id);
            assert!(
                !hidden,
                "{} has the id of another rule as alias: {alias}",
                rule.meta.id
            );
        }
    }
}

#[test]
fn low_confidence_is_never_an_error_and_never_on_by_default() {
    for rule in RULES
        .iter()
        .filter(|rule| rule.meta.confidence.as_str() == "low")
    {
        assert_ne!(rule.meta.severity.as_str(), "error", "{}", rule.meta.id);
        assert!(
            rule.meta.severity_in(Preset::Recommended).is_none(),
            "{}",
            rule.meta.id
        );
    }
}

/// An entry of `src/knowledge/images.yaml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ImageEntry {
    names: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    family: Option<String>,
    user: Option<String>,
    runs_as: Option<String>,
    shell: Option<String>,
    packages: Option<String>,
    entrypoint: Option<String>,
    env: Option<Vec<String>>,
    source: String,
    date: String,
}

#[test]
fn image_table_is_up_to_date() {
    let yaml =
        std::fs::read_to_string(root().join("src/knowledge/images.yaml")).expect("the table");
    let entries: Vec<ImageEntry> = serde_yaml::from_str(&yaml).expect("the table's form");
    let variant = |kind: &str, word: &Option<String>| match word {
        None => "None".to_owned(),
        Some(word) => {
            let name: String = word
                .split('-')
                .map(|part| part[..1].to_uppercase() + &part[1..])
                .collect();
            format!("Some({kind}::{name})")
        }
    };
    let mut out = String::from(
        "//! GENERATED from `images.yaml` by the test `image_table_is_up_to_date`; do not edit.\n\n\
         use super::{DefaultUser, Entry, Entrypoint, Family, PackageManager, Shell};\n\n\
         pub(super) const ENTRIES: &[Entry] = &[\n",
    );
    assert!(entries.is_sorted_by_key(|entry| entry.names[0].clone()));
    for entry in &entries {
        assert!(
            entry.source.starts_with("https://"),
            "{:?} has no source",
            entry.names
        );
        assert!(entry.names.is_sorted(), "{:?}", entry.names);
        let date: Vec<&str> = entry.date.split('-').collect();
        assert_eq!(
            [date[0].len(), date[1].len(), date[2].len()],
            [4, 2, 2],
            "{:?}",
            entry.names
        );
        let _ = writeln!(
            out,
            "Entry {{ tags: &{:?}, family: {}, user: {}, runs_as: {:?}, shell: {}, packages: {}, entrypoint: {}, \
             env: {} }},",
            entry.tags,
            variant("Family", &entry.family),
            variant("DefaultUser", &entry.user),
            entry.runs_as,
            variant("Shell", &entry.shell),
            variant("PackageManager", &entry.packages),
            variant("Entrypoint", &entry.entrypoint),
            entry
                .env
                .as_ref()
                .map_or("None".to_owned(), |env| format!("Some(&{env:?})")),
        );
    }
    out.push_str("];\n");
    let names = entries.iter().enumerate();
    let names = names.flat_map(|(at, entry)| entry.names.iter().map(move |name| (&**name, at)));
    let (patterns, mut exact): (Vec<_>, Vec<_>) = names.partition(|(name, _)| name.contains('*'));
    exact.sort_unstable();
    let _ = write!(
        out,
        "\n/// Names without wildcards, sorted, and the entries that they are in.\n\
         pub(super) const NAMES: &[(&str, usize)] = &{exact:?};\n\
         \n/// Names with wildcards and the entries that they are in.\n\
         pub(super) const PATTERNS: &[(&str, usize)] = &{patterns:?};\n",
    );
    verify("src/knowledge/images/table.rs", &formatted(&out));
}

/// `src/knowledge/support.yaml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SupportTable {
    today: String,
    products: Vec<SupportEntry>,
}

/// A product of it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SupportEntry {
    names: Vec<String>,
    title: String,
    suffix: Option<String>,
    #[serde(default)]
    supported: Vec<String>,
    releases: BTreeMap<String, String>,
    #[serde(default)]
    codenames: BTreeMap<String, String>,
    source: String,
    date: String,
}

/// A date as code.
fn date(text: &str) -> String {
    let parts: Vec<i32> = text
        .split('-')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let [year, month, day] = parts[..] else {
        panic!("{text} is no date");
    };
    assert!(
        text.len() == 10 && (1..=12).contains(&month) && (1..=31).contains(&day),
        "{text} is no date"
    );
    format!("Date {{ year: {year}, month: {month}, day: {day} }}")
}

#[test]
fn support_table_is_up_to_date() {
    let yaml =
        std::fs::read_to_string(root().join("src/knowledge/support.yaml")).expect("the table");
    let table: SupportTable = serde_yaml::from_str(&yaml).expect("the table's form");
    let mut out = format!(
        "//! GENERATED from `support.yaml` by the test `support_table_is_up_to_date`; do not edit.\n\n\
         use super::{{Date, Product, Release}};\n\n\
         /// The day on which the table was last looked through.\n\
         pub const TODAY: Date = {};\n\n\
         pub(super) const PRODUCTS: &[Product] = &[\n",
        date(&table.today)
    );
    for entry in &table.products {
        let title = &entry.title;
        assert!(
            entry.source.starts_with("https://"),
            "{title} has no source"
        );
        date(&entry.date);
        let mut releases = String::new();
        for (version, end) in &entry.releases {
            let codenames: Vec<&String> = entry
                .codenames
                .iter()
                .filter(|(_, of)| *of == version)
                .map(|(codename, _)| codename)
                .collect();
            let _ = write!(
                releases,
                "Release {{ version: {version:?}, codenames: &{codenames:?}, end: {} }},",
                date(end)
            );
        }
        for of in entry.codenames.values() {
            assert!(
                entry.releases.contains_key(of),
                "{title} has no release {of}"
            );
        }
        let _ = writeln!(
            out,
            "Product {{ names: &{:?}, title: {title:?}, suffix: {:?}, supported: &{:?}, releases: &[{releases}] }},",
            entry.names, entry.suffix, entry.supported,
        );
    }
    out.push_str("];\n");
    verify("src/knowledge/support/table.rs", &formatted(&out));
}

/// An entry of `src/knowledge/datastores.yaml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DatastoreEntry {
    names: Vec<String>,
    #[serde(default)]
    basenames: Vec<String>,
    title: String,
    ports: Vec<u16>,
    keeps: String,
    current: Option<u32>,
    #[serde(default)]
    floating: Vec<String>,
    version: Option<String>,
    #[serde(default)]
    moved_by: Vec<String>,
    layouts: Vec<DatastoreLayout>,
    source: String,
    date: String,
}

/// Where the datastore has its data from a version on.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DatastoreLayout {
    since: u32,
    data: Option<Vec<String>>,
    #[serde(default)]
    mistaken: Vec<String>,
}

#[test]
fn datastore_table_is_up_to_date() {
    let yaml =
        std::fs::read_to_string(root().join("src/knowledge/datastores.yaml")).expect("the table");
    let entries: Vec<DatastoreEntry> = serde_yaml::from_str(&yaml).expect("the table's form");
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let mut out = String::from(
        "//! GENERATED from `datastores.yaml` by the test `datastore_table_is_up_to_date`; do not edit.\n\n\
         use super::{Entry, Keeps, Layout, Version};\n\n\
         pub(super) const ENTRIES: &[Entry] = &[\n",
    );
    let (mut by_name, mut by_basename) = (Vec::new(), Vec::new());
    for (number, entry) in entries.iter().enumerate() {
        let names = &entry.names;
        by_name.extend(names.iter().map(|name| (name.as_str(), number)));
        by_basename.extend(entry.basenames.iter().map(|name| (name.as_str(), number)));
        assert!(
            entry.source.starts_with("https://"),
            "{names:?} has no source"
        );
        date(&entry.date);
        let mut layouts = String::new();
        for layout in &entry.layouts {
            let data = match &layout.data {
                Some(data) => format!("Some(&{data:?})"),
                None => "None".to_owned(),
            };
            let _ = write!(
                layouts,
                "Layout {{ since: {}, data: {data}, mistaken: &{:?} }},",
                layout.since, layout.mistaken
            );
        }
        let _ = writeln!(
            out,
            "Entry {{ names: &{names:?}, basenames: &{:?}, title: {:?}, ports: &{:?}, keeps: Keeps::{}, \
             current: {:?}, floating: &{:?}, version: Version::{}, moved_by: &{:?}, layouts: &[{layouts}] }},",
            entry.basenames,
            entry.title,
            entry.ports,
            capital(&entry.keeps),
            entry.current,
            entry.floating,
            capital(entry.version.as_deref().unwrap_or("leading")),
            entry.moved_by,
        );
    }
    // Of several entries with a name, the first one counts.
    for names in [&mut by_name, &mut by_basename] {
        names.sort_unstable();
        names.dedup_by_key(|(name, _)| *name);
    }
    let _ = writeln!(
        out,
        "];\n\n/// The place in [`ENTRIES`] of each name.\n\
         pub(super) const NAMES: &[(&str, usize)] = &{by_name:?};\n\n\
         /// The same of what stands behind the last slash.\n\
         pub(super) const BASENAMES: &[(&str, usize)] = &{by_basename:?};"
    );
    verify("src/knowledge/datastores/table.rs", &formatted(&out));
}

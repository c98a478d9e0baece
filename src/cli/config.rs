//! `dockworthy config`: the settings in force for a path, and where each comes from.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::args::{ConfigArgs, RulesFormat};
use super::{Status, Stop, check, complain, ignored, output};
use crate::config::discover::Configs;
use crate::config::schema::schema;
use crate::config::{Config, KEYS, Said};
use crate::report::one_line;
use crate::rules::RULES;
use crate::text::source::printed;
use crate::workspace::fs::{Disk, Entry, FileSystem, cannot_read};

pub(super) fn run(args: &ConfigArgs) -> Result<Status, Stop> {
    let print = |text: &str| {
        output::stdout(text.as_bytes()).map_err(|error| Stop::writing("to standard output", &error))
    };
    if args.schema {
        print(&format!("{:#}\n", schema(RULES)))?;
        return Ok(Status::Clean);
    }
    let disk = Disk::new("");
    let mut configs = Configs::new(&disk, RULES);
    if let Some(path) = &args.config {
        configs.use_file(path);
    } else if args.no_config {
        configs.use_none();
    }
    let entry = disk.entry(&args.path).map_err(|error| {
        let problem = cannot_read(&args.path, &error);
        Stop(format!("{}: {}", printed(&args.path), problem.message))
    })?;
    let config = match entry {
        Entry::Folder => configs.for_folder(&args.path),
        _ => configs.for_file(&args.path),
    };
    check::refuse_broken(&configs)?;
    for note in &configs.notes {
        complain(note);
    }
    let notes = ignored::notes(args, &config)?;
    print(&match args.format {
        RulesFormat::Text => text(&args.path, &config, &notes),
        RulesFormat::Json => format!("{:#}\n", document(&args.path, &config, &notes)),
    })?;
    Ok(Status::Clean)
}

/// What is said where nobody says anything.
const DEFAULTS: [(&str, &str); 2] = [("presets", "recommended"), ("fail-on", "warning")];

/// A line of the listing.
struct Row {
    key: String,
    value: String,
    from: String,
}

fn text(path: &Path, config: &Config, notes: &[Vec<String>]) -> String {
    let mut out = String::new();
    let files: Vec<String> = config.files.iter().rev().map(|path| shown(path)).collect();
    let shown_path = printed(path);
    let _ = match &files[..] {
        [] => writeln!(out, "{shown_path}: no configuration, the defaults"),
        [file] => writeln!(out, "{shown_path}: {file}"),
        [file, bases @ ..] => writeln!(
            out,
            "{shown_path}: {file}, which extends {}",
            bases.join(", ")
        ),
    };
    let mut rows = Vec::new();
    for (key, _) in KEYS {
        let below = format!("{key}.");
        let own = config
            .said
            .iter()
            .filter(|(known, _)| *known == key || known.starts_with(&below));
        let before = rows.len();
        for (key, all) in own {
            let begin = rows.len();
            rows.extend(all.iter().map(|said| row(key, said)));
            if key == "ignore" {
                for (row, notes) in rows[begin..].iter_mut().zip(notes) {
                    for note in notes {
                        row.from.push_str(&format!("; {}", one_line(note)));
                    }
                }
            }
        }
        if rows.len() == before
            && let Some((_, value)) = DEFAULTS.iter().find(|(known, _)| *known == key)
        {
            rows.push(Row {
                key: key.to_owned(),
                value: (*value).to_owned(),
                from: "default".to_owned(),
            });
        }
    }
    let width = |part: fn(&Row) -> &str| {
        rows.iter()
            .map(|row| part(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (keys, values) = (width(|row| &row.key), width(|row| &row.value).min(60));
    for Row { key, value, from } in &rows {
        let _ = writeln!(out, "  {key:keys$}  {value:values$}  {from}");
    }
    let _ = writeln!(
        out,
        "`--format json` lists every rule as it runs for this path"
    );
    out
}

fn row(key: &str, said: &Said) -> Row {
    Row {
        key: key.to_owned(),
        value: one_line(&brief(&said.value)).into_owned(),
        from: format!("{}:{}", shown(&said.origin.file), said.origin.line),
    }
}

/// A value on one line.
fn brief(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(brief).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{key}: {}", brief(value));
            format!(
                "{{{}}}",
                entries.iter().map(entry).collect::<Vec<_>>().join("; ")
            )
        }
        other => other.to_string(),
    }
}

/// The path from the working directory, where it lies below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok().map(printed));
    relative.unwrap_or_else(|| printed(path))
}

fn document(path: &Path, config: &Config, notes: &[Vec<String>]) -> Value {
    let from = |said: &Said| json!({ "file": shown(&said.origin.file), "line": said.origin.line });
    let mut settings = Map::new();
    for (key, all) in &config.said {
        let entry = |said: &Said| json!({ "value": said.value, "from": from(said) });
        settings.insert(key.clone(), all.iter().map(entry).collect());
    }
    // What is to be said of an entry stands beside it, where there is anything.
    if let Some(Value::Array(entries)) = settings.get_mut("ignore") {
        let entries = entries.iter_mut().zip(notes);
        for (entry, notes) in entries.filter(|(_, notes)| !notes.is_empty()) {
            entry["notes"] = json!(notes);
        }
    }
    for (key, value) in DEFAULTS {
        let default = json!([{ "value": value, "from": null }]);
        settings.entry(key).or_insert(default);
    }
    let mut rules = Map::new();
    for rule in RULES {
        let id = rule.meta.id;
        let said = config
            .said
            .get(&format!("rules.{id}"))
            .and_then(|all| all.first());
        let active = config.settings.active(&rule.meta);
        let severity = active.map_or("off", |active| active.severity.as_str());
        let mut entry = json!({ "severity": severity, "from": said.map(from) });
        if active.is_some() && !rule.meta.options.is_empty() {
            entry["options"] = config.settings.options(&rule.meta);
        }
        rules.insert(id.to_owned(), entry);
    }
    json!({
        "path": printed(path),
        "files": config.files.iter().map(|path| shown(path)).collect::<Vec<_>>(),
        "settings": settings,
        "rules": rules
    })
}

//! What dockworthy says of the projects, beside what docker compose says.
//!
//! Where they differ and nobody has mended it yet, the project is named in `gaps.txt`: `verdict` if one refuses what
//! the other accepts, `rule` if the error comes from another rule than the one that the project is named after,
//! `values` if something else comes out. A line that is no longer needed is printed; `UPDATE_ANSWERS=1` drops it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use dockworthy::check::{Elsewhere, Input, Member, lint_unit};
use dockworthy::compose::canonical::{Services, View, project_name};
use dockworthy::compose::dotenv::{self, Format};
use dockworthy::compose::environment::Environment;
use dockworthy::compose::project::{Project, Root};
use dockworthy::diagnostic::Severity;
use dockworthy::engine::meta::Preset;
use dockworthy::engine::ruleset::Ruleset;
use dockworthy::engine::settings::Settings;
use dockworthy::rules::RULES;
use dockworthy::text::{FileId, SourceFile};
use dockworthy::workspace::Kind;
use dockworthy::workspace::fs::{FileSystem as _, Memory};
use dockworthy::workspace::projects::{Files, Places};
use serde_json::{Map, Value};

use super::{Case, cases};

/// Where dockworthy means to differ.
const DELIBERATE: [(&str, &str); 15] = [
    (
        "accepted/env-file-not-found.inactive",
        "services of every profile are looked at, because somebody will turn it on",
    ),
    (
        "accepted/undefined-secret",
        "the step cannot run without its secret",
    ),
    (
        "refused/missing-image-or-build.empty",
        "a variable without a value here may have one where the project runs",
    ),
    (
        "refused/watch-path-blank",
        "a variable without a value here may have one where the project runs",
    ),
    (
        "refused/empty-bind-source",
        "a variable without a value here may have one where the project runs",
    ),
    (
        "refused/missing-required-variable",
        "the author asked to be stopped where the variable is not set, which may be nowhere",
    ),
    (
        "refused/missing-required-variable.nested",
        "the author asked to be stopped where the variable is not set, which may be nowhere",
    ),
    (
        "interpolation/required-and-unset",
        "the author asked to be stopped where the variable is not set, which may be nowhere",
    ),
    (
        "interpolation/required-and-empty",
        "the author asked to be stopped where the variable is empty, which may be nowhere",
    ),
    (
        "refused/env-file-syntax.required",
        "the author asked to be stopped where the variable is not set, which may be nowhere",
    ),
    (
        "paths/bind-source-empty",
        "nobody means the folder of the project with a source that is empty",
    ),
    (
        "sections/profiles-inactive-is-not-checked",
        "services of every profile are looked at, because somebody will turn it on",
    ),
    (
        "accepted/duplicate-container-name",
        "both services run as soon as somebody turns the profile on",
    ),
    (
        "merge/ipam-config-other-subnet",
        "Compose loses a subnet of the earlier file, which its specification does not say",
    ),
    (
        "merge/ports-three-equal",
        "which of three equal ports is kept is an accident",
    ),
];

/// The folder of every project.
const PROJECT: &str = "/above/project";

/// The names under which Compose finds a file.
const NAMES: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];

/// The files of a project, in a repository that holds the folder around it.
fn memory(case: &Case) -> Memory {
    let mut memory = Memory::default();
    memory.insert("/above/.git/HEAD", "");
    for (path, text) in &case.files {
        memory.insert(Path::new(PROJECT).join(path), text.as_bytes());
    }
    memory
}

/// The files that Compose begins with.
fn root(case: &Case, places: &Places<'_>) -> Option<Root> {
    let text = |name: &str| {
        let file = case.files.iter().find(|(path, _)| path == name);
        file.map(|(_, text)| text.as_str())
    };
    let entries = dotenv::parse(text(".env").unwrap_or_default(), Format::Dotenv).tree;
    let environment = Environment::default().with_files([&*entries]);
    let first = match environment.get("COMPOSE_FILE") {
        Some(list) => {
            let separator = environment.get("COMPOSE_PATH_SEPARATOR").unwrap_or(":");
            list.split(separator).next()?.to_owned()
        }
        None => (*NAMES.iter().find(|name| text(name).is_some())?).to_owned(),
    };
    Some(places.root_of(&Path::new(PROJECT).join(first)))
}

/// Rules whose errors say that Compose refuses a project: those after which refused projects are named.
fn refusing(cases: &[Case]) -> BTreeSet<&str> {
    cases.iter().filter_map(named_after).collect()
}

/// The rule that a refused project is named after.
fn named_after(case: &Case) -> Option<&str> {
    case.name.strip_prefix("refused/")?.split('.').next()
}

fn ruleset() -> Arc<Ruleset> {
    Ruleset::build(
        RULES,
        &Settings {
            presets: vec![Preset::All],
            ..Settings::default()
        },
    )
}

/// The rules that report errors.
fn errors(case: &Case, ruleset: &Ruleset) -> BTreeSet<String> {
    let memory = memory(case);
    let places = Places::new(&memory);
    let Some(root) = root(case, &places) else {
        return BTreeSet::new();
    };
    let inputs: Vec<Input> = (0..)
        .zip(&root.files)
        .filter_map(|(number, path)| {
            let bytes = memory.read(path).ok()?;
            let source = SourceFile::from_bytes(FileId(number), path.clone(), bytes);
            Some(Input::alone(source, Kind::Compose))
        })
        .collect();
    let members: Vec<Member<'_>> = inputs
        .iter()
        .map(|input| Member {
            subject: input.subject(),
            ruleset,
        })
        .collect();
    let next = AtomicU32::new(1_000);
    let elsewhere = Elsewhere {
        places: &places,
        next: &next,
    };
    let linted = lint_unit(&members, &[root], Some(elsewhere), None);
    let others = linted.others.into_iter().map(|(_, linted)| linted);
    let mut errors = BTreeSet::new();
    for linted in linted.members.into_iter().chain(others) {
        assert!(
            linted.internal.is_empty(),
            "{}: {:?}",
            case.name,
            linted.internal
        );
        let found = linted.diagnostics.into_iter();
        let found = found.filter(|finding| finding.severity == Severity::Error);
        errors.extend(found.map(|finding| finding.rule.to_string()));
    }
    errors
}

/// The project as Compose prints it.
fn merged(case: &Case) -> Option<Value> {
    let memory = memory(case);
    let places = Places::new(&memory);
    let root = root(case, &places)?;
    let next = AtomicU32::new(0);
    let files = Files::new(&places, [&*root.files[0]], &next);
    let mut environment = Environment::default().closed();
    environment.set("HOME", "/home/user");
    // Compose sets it before it reads the files.
    let name = case.answer["config"]["name"].as_str()?;
    environment.set("COMPOSE_PROJECT_NAME", name);
    let project = Project::load(&root, environment, &files);
    let name = project_name(&project)?;
    let mut view = View::new(&project, &name);
    view.services = Services::Active;
    view.loader = Some(&files);
    Some(view.config())
}

/// What Compose prints, without what is only its way of printing it.
fn plain(recorded: &Value) -> Value {
    let mut config = replaced(recorded);
    let Value::Object(sections) = &mut config else {
        return config;
    };
    sections.retain(|key, _| !key.starts_with("x-"));
    for section in ["services", "jobs"] {
        let services = sections.get_mut(section).and_then(Value::as_object_mut);
        for service in services.into_iter().flat_map(Map::values_mut) {
            tidy(service);
        }
    }
    config
}

/// Dollars as they are, and the folders of the suite.
fn replaced(value: &Value) -> Value {
    let text = |text: &str| {
        let parts = text.split("$$").map(|part| {
            part.replace("$PROJECT", PROJECT)
                .replace("$ABOVE", "/above")
        });
        parts.collect::<Vec<String>>().join("$")
    };
    match value {
        Value::String(string) => Value::String(text(string)),
        Value::Array(items) => items.iter().map(replaced).collect(),
        Value::Object(map) => {
            let map = map.iter().map(|(key, value)| (text(key), replaced(value)));
            Value::Object(map.collect())
        }
        other => other.clone(),
    }
}

fn tidy(service: &mut Value) {
    for key in ["networks", "models"] {
        // Whether `{}` stood there makes no difference.
        let uses = service.get_mut(key).and_then(Value::as_object_mut);
        for value in uses.into_iter().flat_map(Map::values_mut) {
            if value.as_object().is_some_and(Map::is_empty) {
                *value = Value::Null;
            }
        }
    }
    // Options are not part of the model.
    if let Some(provider) = service.get_mut("provider").and_then(Value::as_object_mut) {
        provider.remove("options");
    }
    // Compose leaves zeros out here.
    let limits = service.get_mut("ulimits").and_then(Value::as_object_mut);
    for limit in limits.into_iter().flat_map(Map::values_mut) {
        match limit {
            Value::Object(sides) if sides.is_empty() => *limit = Value::from(0),
            Value::Object(sides) => {
                for side in ["soft", "hard"] {
                    sides.entry(side).or_insert(Value::from(0));
                }
            }
            _ => {}
        }
    }
    let watch = service.pointer_mut("/develop/watch");
    for rule in watch.and_then(Value::as_array_mut).into_iter().flatten() {
        if rule["exec"]["command"].is_null()
            && let Some(rule) = rule.as_object_mut()
        {
            rule.remove("exec");
        }
    }
    // These names begin with capital letters.
    let limits = service
        .get_mut("blkio_config")
        .and_then(Value::as_object_mut);
    for list in limits.into_iter().flat_map(Map::values_mut) {
        for limit in list.as_array_mut().into_iter().flatten() {
            if let Value::Object(map) = limit {
                *map = map
                    .iter()
                    .map(|(key, value)| (key.to_lowercase(), value.clone()))
                    .collect();
            }
        }
    }
}

/// Where two values differ, one line each.
fn differences(path: &str, theirs: &Value, ours: &Value, lines: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => {
            let keys: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
            for key in keys {
                let path = format!("{path}.{key}");
                match (theirs.get(key), ours.get(key)) {
                    (Some(theirs), Some(ours)) => differences(&path, theirs, ours, lines),
                    (Some(theirs), None) => lines.push(format!("  {path}: {theirs} is missing")),
                    (None, ours) => lines.push(format!("  {path}: {ours:?} is too much")),
                }
            }
        }
        (theirs, ours) if theirs == ours => {}
        (theirs, ours) => lines.push(format!("  {path}: {theirs} for them, {ours} for us")),
    }
}

fn gaps_path() -> PathBuf {
    super::folder().join("gaps.txt")
}

/// Compares the gaps of one kind with the list.
fn settle(kind: &str, found: &[(String, String)]) {
    let text = std::fs::read_to_string(gaps_path()).expect("the list of gaps");
    let prefix = format!("{kind} ");
    let known: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix(&prefix))
        .collect();
    let now: BTreeSet<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    for name in known.difference(&now) {
        println!("no gap any more: {kind} {name}");
    }
    let new: Vec<String> = found
        .iter()
        .filter(|(name, _)| !known.contains(name.as_str()))
        .map(|(name, why)| format!("{kind} {name}\n{why}"))
        .collect();
    if std::env::var_os("UPDATE_ANSWERS").is_some() {
        let mut lines: Vec<String> = text
            .lines()
            .filter(|line| !line.starts_with(&prefix))
            .map(str::to_owned)
            .chain(now.iter().map(|name| format!("{prefix}{name}")))
            .collect();
        lines.sort_by_key(|line| (!line.starts_with('#'), line.clone()));
        std::fs::write(gaps_path(), lines.join("\n") + "\n").expect("the list of gaps");
    }
    assert!(
        new.is_empty(),
        "{} new gaps:\n{}",
        new.len(),
        new.join("\n\n")
    );
}

#[test]
fn conformance_of_verdicts_and_values() {
    let cases = cases();
    let ruleset = ruleset();
    let refusing = refusing(&cases);
    let (mut verdicts, mut rules, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (name, _) in DELIBERATE {
        assert!(cases.iter().any(|case| case.name == name), "no {name}");
    }
    let is_deliberate = |case: &&Case| DELIBERATE.iter().any(|(name, _)| case.name == *name);
    for case in cases.iter().filter(|case| !is_deliberate(case)) {
        let errors = errors(case, &ruleset);
        let refused = case.answer.get("refuses");
        match (refused, named_after(case)) {
            (Some(reason), _) if errors.is_empty() => {
                verdicts.push((case.name.clone(), format!("  no error, but: {reason}")));
            }
            (Some(reason), Some(rule)) if !errors.contains(rule) => {
                let why = format!("  {errors:?} instead of {rule}: {reason}");
                rules.push((case.name.clone(), why));
            }
            (Some(_), _) => {}
            (None, _) => {
                let wrong: Vec<&String> = errors
                    .iter()
                    .filter(|rule| refusing.contains(rule.as_str()))
                    .collect();
                if !wrong.is_empty() {
                    verdicts.push((case.name.clone(), format!("  {wrong:?} on an accepted one")));
                }
                let mut ours = merged(case).unwrap_or(Value::Null);
                if let Value::Object(sections) = &mut ours {
                    // Compose does not print them.
                    sections.remove("models");
                }
                let mut lines = Vec::new();
                differences("", &plain(&case.answer["config"]), &ours, &mut lines);
                if !lines.is_empty() {
                    values.push((case.name.clone(), lines.join("\n")));
                }
            }
        }
    }
    let settled = [("verdict", verdicts), ("rule", rules), ("values", values)]
        .map(|(kind, found)| std::panic::catch_unwind(|| settle(kind, &found)));
    assert!(settled.iter().all(Result::is_ok), "there are new gaps");
}

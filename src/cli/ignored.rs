//! Whether entries of `ignore:` in a configuration still mean anything: those past their day, patterns for files that
//! are not there, and services that no Compose file has. Nothing is linted for that, only looked for.

use std::path::{Path, PathBuf};

use globset::Glob;
use serde_json::Value;

use super::args::{Check, ConfigArgs};
use super::{Stop, check};
use crate::config::discover::{Configs, folder_of};
use crate::config::{Config, Said};
use crate::engine::suppress::configured::services;
use crate::rules::RULES;
use crate::text::{FileId, SourceFile};
use crate::workspace::discover::Exclude;
use crate::workspace::fs::{Disk, FileSystem};
use crate::workspace::kind::Kind;
use crate::workspace::projects::Places;

/// What is to be said of each entry, in their order; nothing of most.
pub(super) fn notes(args: &ConfigArgs, config: &Config) -> Result<Vec<Vec<String>>, Stop> {
    let entries = config.said.get("ignore").map_or(&[][..], Vec::as_slice);
    let today = check::today();
    let mut notes = Vec::with_capacity(entries.len());
    let mut grounds: Vec<(PathBuf, Ground)> = Vec::new();
    for said in entries {
        let mut of_entry = Vec::new();
        let until = said.value["until"].as_str();
        if let Some(until) = until.filter(|until| today.as_str() >= *until) {
            of_entry.push(format!("expired on {until}"));
        }
        let (files, names) = (texts(said, "files"), texts(said, "services"));
        if !files.is_empty() || !names.is_empty() {
            let folder = folder_of(&said.origin.file);
            let known = grounds.iter().position(|(known, _)| *known == folder);
            let known = match known {
                Some(known) => known,
                None => {
                    grounds.push((folder.clone(), Ground::of(args, &folder)?));
                    grounds.len() - 1
                }
            };
            let ground = &grounds[known].1;
            let lost = files
                .iter()
                .filter(|pattern| !ground.has_file(&folder, pattern));
            of_entry.extend(lost.map(|pattern| format!("`{pattern}` matches no file")));
            let lost = names.iter().filter(|pattern| !ground.has_service(pattern));
            of_entry
                .extend(lost.map(|pattern| format!("no Compose file has a service `{pattern}`")));
        }
        notes.push(of_entry);
    }
    Ok(notes)
}

/// The texts under a key of an entry, which may be one text or a list.
fn texts<'s>(said: &'s Said, key: &str) -> Vec<&'s str> {
    match &said.value[key] {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What there is below the folder of a configuration.
struct Ground {
    files: Vec<PathBuf>,
    services: Vec<String>,
}

impl Ground {
    fn of(args: &ConfigArgs, folder: &Path) -> Result<Ground, Stop> {
        let disk = Disk::new("");
        let places = Places::new(&disk);
        let mut configs = Configs::new(&disk, RULES);
        if let Some(path) = &args.config {
            configs.use_file(path);
        }
        let args = Check {
            paths: vec![folder.to_path_buf()],
            ..Check::default()
        };
        let look = check::Look {
            args: &args,
            files: &disk,
            places: &places,
            progress: None,
        };
        let survey = look.look(&mut configs, Vec::new())?.survey;
        let mut ground = Ground {
            files: Vec::new(),
            services: Vec::new(),
        };
        for found in survey.found {
            if found.kind != Some(Kind::Dockerfile)
                && let Ok(bytes) = disk.read(&found.path)
            {
                let source = SourceFile::from_bytes(FileId(0), found.path.clone(), bytes);
                let names = services(&source).into_iter().map(|(name, _)| name);
                ground.services.extend(names);
            }
            ground.files.push(found.path);
        }
        Ok(ground)
    }

    fn has_file(&self, folder: &Path, pattern: &str) -> bool {
        // What takes back another pattern matches nothing by itself.
        pattern.starts_with('!')
            || Exclude::new(folder, [pattern]).map_or(true, |pattern| {
                self.files.iter().any(|path| pattern.matches_file(path))
            })
    }

    fn has_service(&self, pattern: &str) -> bool {
        Glob::new(pattern).map_or(true, |glob| {
            let matcher = glob.compile_matcher();
            self.services.iter().any(|name| matcher.is_match(name))
        })
    }
}

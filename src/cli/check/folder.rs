//! Fixes that change a file beside the one that they are about: what all files of a folder want of it is joined,
//! and written only when it does no harm to any Dockerfile there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::super::write;
use super::Run;
use super::fixing::{Changes, Draft, Reach, cannot_write, difference};
use crate::check::{self, Subject};
use crate::diagnostic::Severity;
use crate::engine::meta::Preset;
use crate::engine::ruleset::Ruleset;
use crate::engine::settings::Settings;
use crate::rules::RULES;
use crate::text::edit::with_lines;
use crate::text::{FileId, SourceFile, Span, order};
use crate::workspace::beside::Beside;
use crate::workspace::fs::{FileSystem, MAX_NAMES};
use crate::workspace::kind::{Kind, kind_by_name};

/// The most Dockerfiles of a folder that are looked at; where there are more, nothing beside them changes.
const MAX_DOCKERFILES: usize = 64;

/// A file beside those that are linted, and what becomes of it.
struct Neighbour {
    name: Box<str>,
    path: PathBuf,
    old: Option<String>,
    new: String,
}

impl Run<'_> {
    /// Writes the fixed files of a folder and what their fixes want beside them; where that cannot be, only what
    /// can be fixed without it.
    pub(super) fn fix_folder(&self, folder: &Path, drafts: Vec<Draft>, changes: &mut Changes) {
        let (drafts, others): (Vec<Draft>, Vec<Draft>) = drafts
            .into_iter()
            .partition(|draft| is_regular(&draft.input.source.path));
        self.put_alone(others, changes);
        let neighbours = match neighbours(self.disk, folder, &drafts) {
            Ok(neighbours) if self.is_harmless(folder, &drafts, &neighbours, changes) => neighbours,
            Ok(_) => return self.put_alone(drafts, changes),
            Err((path, error)) => {
                changes.problems.push(cannot_write(&path, &error));
                return self.put_alone(drafts, changes);
            }
        };
        let mut written: Vec<&Neighbour> = Vec::new();
        for neighbour in &neighbours {
            if self.args.diff {
                let old = neighbour.old.as_deref();
                let diff = difference(self.args, &neighbour.path, old, &neighbour.new);
                changes.diffs.push((neighbour.path.clone(), diff));
            } else if let Err(error) = neighbour.write() {
                changes.problems.push(cannot_write(&neighbour.path, &error));
                take_back(&written, changes);
                return self.put_alone(drafts, changes);
            }
            written.push(neighbour);
        }
        let (changed, unchanged): (Vec<Draft>, Vec<Draft>) = drafts
            .into_iter()
            .partition(|draft| draft.fixed.text != *draft.input.source.text);
        let mut is_whole = true;
        for draft in changed {
            is_whole &= self.put(draft, changes);
        }
        if !is_whole {
            take_back(&written, changes);
            return self.put_alone(unchanged, changes);
        }
        for draft in unchanged {
            self.put(draft, changes);
        }
        changes.files += neighbours.len();
    }

    /// Fixes each file again, by itself.
    fn put_alone(&self, drafts: Vec<Draft>, changes: &mut Changes) {
        for Draft { input, .. } in drafts {
            let ruleset = &self.rulesets[input.source.id.0 as usize];
            let fixed = self.fix_one(&input, ruleset, Reach::Alone);
            self.put(Draft { input, fixed }, changes);
        }
    }

    /// Whether no Dockerfile of the folder, linted or not, gets a finding by what changes beside it, such as a
    /// `COPY` of what is kept out from now on.
    fn is_harmless(
        &self,
        folder: &Path,
        drafts: &[Draft],
        neighbours: &[Neighbour],
        changes: &Changes,
    ) -> bool {
        let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
        for (id, found) in self.found.iter().enumerate() {
            if found.path.parent() == Some(folder)
                && let Ok(input) = self.read(FileId(crate::text::span::offset(id)))
                && input.kind == Kind::Dockerfile
            {
                let fixed = changes.texts.get(&input.source.id.0);
                let text = fixed.map_or_else(|| input.source.text.to_string(), Clone::clone);
                texts.insert(found.path.clone(), text);
            }
        }
        for draft in drafts {
            texts.insert(draft.input.source.path.clone(), draft.fixed.text.clone());
        }
        let Ok(Some(names)) = self.disk.names(folder, MAX_NAMES) else {
            return false;
        };
        for name in names.iter() {
            let path = folder.join(&*name.text);
            if !name.is_folder
                && !name.is_link
                && kind_by_name(&path) == Some(Kind::Dockerfile)
                && !texts.contains_key(&path)
                && let Ok(bytes) = self.disk.read(&path)
            {
                texts.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        if texts.len() > MAX_DOCKERFILES {
            return false;
        }
        let settings = Settings {
            presets: vec![Preset::All],
            ..Settings::default()
        };
        let ruleset = Ruleset::build(RULES, &settings);
        texts.into_iter().all(|(path, text)| {
            let (Some(beside), Some(own)) = (
                self.folders.beside(&path),
                path.file_name().and_then(|name| name.to_str()),
            ) else {
                return true;
            };
            let mut later = beside.clone();
            for neighbour in neighbours {
                later = later.with_file(own, &neighbour.name, &neighbour.new);
            }
            let source = SourceFile::from_text(FileId(0), path.clone(), text);
            let before = findings(&source, &beside, &ruleset);
            findings(&source, &later, &ruleset).is_subset(&before)
        })
    }
}

impl Neighbour {
    fn write(&self) -> io::Result<()> {
        match &self.old {
            Some(_) => write::replace(&self.path, self.new.as_bytes()),
            None => write::make(&self.path, self.new.as_bytes()),
        }
    }

    fn take_back(&self) -> io::Result<()> {
        match &self.old {
            Some(old) => write::replace(&self.path, old.as_bytes()),
            None => fs::remove_file(&self.path),
        }
    }
}

/// Puts back what was there, because not all could be written.
fn take_back(written: &[&Neighbour], changes: &mut Changes) {
    for neighbour in written {
        if let Err(error) = neighbour.take_back() {
            changes.problems.push(cannot_write(&neighbour.path, &error));
        }
    }
}

fn is_regular(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// The files that fixes change beside those that are linted, all wishes joined. The error is about the path.
fn neighbours(
    disk: &dyn FileSystem,
    folder: &Path,
    drafts: &[Draft],
) -> Result<Vec<Neighbour>, (PathBuf, io::Error)> {
    let mut wanted: BTreeMap<&str, Vec<Box<str>>> = BTreeMap::new();
    for draft in drafts {
        for companion in &draft.fixed.companions {
            let lines = wanted.entry(&companion.name).or_default();
            lines.extend(companion.lines.iter().cloned());
        }
    }
    let mut found = Vec::new();
    for (name, mut lines) in wanted {
        let path = folder.join(name);
        let refused = |kind: io::ErrorKind, why: &str| (path.clone(), io::Error::new(kind, why));
        let mut components = Path::new(name).components();
        let is_name = matches!(components.next(), Some(Component::Normal(only)) if only == name);
        if !is_name || components.next().is_some() {
            return Err(refused(
                io::ErrorKind::InvalidInput,
                "it lies in another folder",
            ));
        }
        let old = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err((path, error)),
            Ok(metadata) if !metadata.is_file() => {
                return Err(refused(
                    io::ErrorKind::InvalidInput,
                    "not a regular file; symbolic links are not followed",
                ));
            }
            Ok(_) => {
                let bytes = disk.read(&path).map_err(|error| (path.clone(), error))?;
                let text = String::from_utf8(bytes);
                Some(text.map_err(|_| refused(io::ErrorKind::InvalidData, "it is no UTF-8"))?)
            }
        };
        if old.is_none() {
            order::sort(&mut lines);
        }
        let new = with_lines(old.as_deref().unwrap_or_default(), &lines);
        if old.as_deref() != Some(&new) {
            found.push(Neighbour {
                name: name.into(),
                path,
                old,
                new,
            });
        }
    }
    Ok(found)
}

/// What is found in a file and more than worth knowing, by rule and place. A mere hint may take the place of what
/// is mended.
fn findings(
    source: &SourceFile,
    beside: &Beside,
    ruleset: &Arc<Ruleset>,
) -> BTreeSet<(&'static str, Span)> {
    let subject = Subject {
        source,
        kind: Kind::Dockerfile,
        beside: Some(beside),
    };
    let linted = check::lint_subject(subject, ruleset, None);
    let found = linted.diagnostics.iter();
    let found = found.filter(|found| found.severity > Severity::Info);
    order::set(found.map(|found| (found.rule, found.finding.at.span)))
}

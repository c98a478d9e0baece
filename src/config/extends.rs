//! Reads a configuration with all that it extends.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Origin;
use super::discover::ConfigError;
use super::layer::{Base, Layer, Sheet, Written};
use super::reader::Reader;
use crate::diagnostic::SyntaxError;
use crate::engine::meta::{self, Preset, Rule};
use crate::text::{FileId, SourceFile, Span, order};
use crate::workspace::fs::{Entry, FileSystem, lexical, reason};
use crate::yaml;

/// How many files may extend one another.
const MAX_DEPTH: usize = 16;

/// Reads files; what is wrong with them is collected.
pub(super) struct Extending<'e> {
    pub fs: &'e dyn FileSystem,
    pub rules: &'static [Rule],
    pub errors: &'e mut Vec<ConfigError>,
    /// The files that are being read, the outermost first.
    pub open: Vec<PathBuf>,
}

impl Extending<'_> {
    /// The sheets of a file, the lowest first; nothing when one of them cannot be used.
    pub(super) fn read(&mut self, path: &Path) -> Option<Vec<Sheet>> {
        let source = self.source(path)?;
        self.sheets(path, &source)
    }

    /// The text of a file; an error where it cannot be read.
    pub(super) fn source(&mut self, path: &Path) -> Option<SourceFile> {
        match self.fs.read(path) {
            Ok(bytes) => Some(SourceFile::from_bytes(
                FileId::default(),
                shown(path),
                bytes,
            )),
            Err(error) => {
                let message = format!(
                    "cannot read the configuration {}: {}",
                    shown(path).display(),
                    reason(&error)
                );
                self.errors.push(ConfigError::of_file(shown(path), message));
                None
            }
        }
    }

    /// The same for a file whose text is known.
    fn sheets(&mut self, path: &Path, source: &SourceFile) -> Option<Vec<Sheet>> {
        let folder = home(path);
        let (layer, mut faults) = parse(&source.text, &folder, self.rules);
        self.look_at_compose(&layer, &mut faults);
        let mut sheets = Vec::new();
        let mut is_sound = true;
        self.open.push(path.to_path_buf());
        for base in &layer.extends {
            match base {
                Base::Preset(preset, at) => {
                    let origin = Origin {
                        file: path.into(),
                        line: source.lines.line(at.start) + 1,
                    };
                    sheets.push(Sheet::Preset(*preset, origin));
                }
                Base::File(text, at) => match self.target(text, &folder) {
                    Ok(target) => match self.read(&target) {
                        Some(below) => sheets.extend(below),
                        None => is_sound = false,
                    },
                    Err(Refusal { message, help }) => {
                        let mut fault = SyntaxError::new("invalid-config", *at, message);
                        fault.help = help;
                        faults.push(fault);
                    }
                },
            }
        }
        self.open.pop();
        order::sort_by_key(&mut faults, |fault| fault.span);
        if !faults.is_empty() {
            for fault in faults {
                let error = ConfigError::at(source, fault);
                // Two files may extend the same one.
                if self
                    .errors
                    .iter()
                    .all(|known| known.message != error.message)
                {
                    self.errors.push(error);
                }
            }
            return None;
        }
        sheets.push(Sheet::File(Arc::new(Written {
            path: path.into(),
            layer,
            lines: source.lines.clone(),
        })));
        is_sound.then_some(sheets)
    }

    /// The file that an entry of `extends` names.
    fn target(&self, text: &str, folder: &Path) -> Result<PathBuf, Refusal> {
        let target = lexical(&folder.join(text));
        let repository = repository(self.fs, folder);
        let is_inside = target.starts_with(&repository);
        let entry = match is_inside {
            true => self.fs.entry(&target),
            false => return Err(Refusal::of(format!("`{text}` lies outside the repository"))),
        };
        match entry {
            Ok(Entry::File) => {}
            Ok(Entry::Folder) => {
                return Err(Refusal::of(format!("`{text}` is a folder, not a file")));
            }
            Ok(Entry::Other(word)) => {
                return Err(Refusal::of(format!("`{text}` is {word}, not a file")));
            }
            Err(_) => return Err(absent(text)),
        }
        // A link may lead out of the repository.
        let places = (self.fs.canonical(&target), self.fs.canonical(&repository));
        if !matches!(&places, (Ok(target), Ok(repository)) if target.starts_with(repository)) {
            return Err(Refusal::of(format!("`{text}` lies outside the repository")));
        }
        if self.open.contains(&target) {
            let message = match self.open.last() == Some(&target) {
                true => format!("`{text}` is this file itself"),
                false => format!("`{text}` extends this file in turn"),
            };
            return Err(Refusal::of(message));
        }
        if self.open.len() > MAX_DEPTH {
            return Err(Refusal::of(format!(
                "more than {MAX_DEPTH} files extend one another"
            )));
        }
        Ok(target)
    }

    /// Notes the files of projects that are not there.
    fn look_at_compose(&self, layer: &Layer, faults: &mut Vec<SyntaxError>) {
        for (path, at) in &layer.paths {
            if !matches!(self.fs.entry(path), Ok(Entry::File)) {
                let message = format!("there is no file {}", shown(path).display());
                faults.push(SyntaxError::new("invalid-config", *at, message));
            }
        }
    }
}

/// Why an entry of `extends` cannot be used.
struct Refusal {
    message: String,
    help: Option<String>,
}

impl Refusal {
    fn of(message: String) -> Refusal {
        Refusal {
            message,
            help: None,
        }
    }
}

fn absent(text: &str) -> Refusal {
    let is_path = text.contains(['/', '\\']) || text.ends_with(".yaml") || text.ends_with(".yml");
    let presets = || Preset::ALL.iter().map(|preset| preset.as_str());
    match meta::nearest_of(presets(), text) {
        Some(nearest) if !is_path => Refusal {
            message: format!("`{text}` is neither a preset nor a file"),
            help: Some(format!("did you mean `{nearest}`?")),
        },
        _ if is_path => Refusal::of(format!("there is no file `{text}`")),
        _ => Refusal {
            message: format!("`{text}` is neither a preset nor a file"),
            help: Some(format!(
                "presets are: {}",
                presets().collect::<Vec<_>>().join(", ")
            )),
        },
    }
}

/// What a text says, and all that is wrong with it.
pub(super) fn parse(
    text: &Arc<str>,
    folder: &Path,
    rules: &'static [Rule],
) -> (Layer, Vec<SyntaxError>) {
    let parsed = yaml::parse(text);
    let mut errors = Vec::new();
    for error in parsed.errors {
        errors.push(SyntaxError {
            rule: "invalid-config",
            ..error
        });
    }
    if let Some(extra) = parsed.tree.documents.get(1) {
        let at = Span::empty(extra.span.start);
        let message = "a configuration is one YAML document, and a second begins here";
        errors.push(SyntaxError::new("invalid-config", at, message));
    }
    let Some(document) = parsed.tree.documents.first() else {
        return (Layer::default(), errors);
    };
    let mut reader = Reader {
        rules,
        document,
        errors,
    };
    let layer = match document.root {
        Some(root) => reader.file(root, folder),
        None => Layer::default(),
    };
    (layer, reader.errors)
}

/// The folder that the patterns and paths of a configuration belong to.
pub(super) fn home(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    let folder = if folder.ends_with(".config") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    absolute(folder)
}

/// The path from the root of the disk, without dots.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let path = match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    };
    lexical(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
}

/// The folder that nothing outside of is read: that of the repository; without one, the folder itself.
fn repository(fs: &dyn FileSystem, folder: &Path) -> PathBuf {
    let mut above = folder.ancestors();
    let found = above.find(|folder| fs.entry(&folder.join(".git")).is_ok());
    let here = std::env::current_dir()
        .ok()
        .filter(|here| folder.starts_with(here));
    match (found, here) {
        (Some(found), _) => found.to_path_buf(),
        (None, Some(here)) => here,
        (None, None) => folder.to_path_buf(),
    }
}

/// The path relative to the working directory, where it lies below.
pub(super) fn shown(path: &Path) -> PathBuf {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    relative.unwrap_or_else(|| path.to_path_buf())
}

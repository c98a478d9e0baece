//! Projects as the configuration gives them: which Compose files belong together, and where variables come from.

use std::path::{Component, Path, PathBuf};

use super::discover::Configs;
use crate::compose::project::{Root, Siblings};
use crate::text::order;
use crate::text::path::{compare, lexical};
use crate::workspace::discover::Found;
use crate::workspace::kind::Kind;
use crate::workspace::projects::Places;

/// Tells of the projects that the configurations of files name, and adds those of their files that a walk does not take
/// for Compose files by name.
pub fn configure(found: &mut Vec<Found>, configs: &mut Configs<'_>, places: &Places<'_>) {
    places.take_back();
    let mut pointed: Vec<PathBuf> = Vec::new();
    for file in found
        .iter()
        .filter(|file| file.kind != Some(Kind::Dockerfile))
    {
        let config = configs.for_file(&file.path);
        let compose = &config.compose;
        if compose.projects.is_none() && compose.env_files.is_none() {
            continue;
        }
        let own = absolute(&file.path);
        let mut projects = compose.projects.iter().flatten();
        let mut root = match projects.find(|files| files.contains(&own)) {
            Some(files) => {
                let files: Vec<PathBuf> =
                    files.iter().map(|path| as_seen(&file.path, path)).collect();
                if !file.named {
                    pointed.extend(files.iter().cloned());
                }
                root_of(files, places)
            }
            None => places.root_of(&file.path),
        };
        if let Some(env_files) = &compose.env_files {
            root.env_files = env_files
                .iter()
                .map(|path| as_seen(&file.path, path))
                .collect();
        }
        for path in &root.files {
            places.give(path.clone(), root.clone());
        }
    }
    for path in pointed {
        let Some(known) = found.iter_mut().find(|file| file.path == path) else {
            found.push(Found {
                path,
                kind: Some(Kind::Compose),
                named: false,
                pointed: true,
            });
            continue;
        };
        known.kind = Some(Kind::Compose);
    }
    order::sort_by(found, |a, b| compare(&a.path, &b.path));
}

fn root_of(files: Vec<PathBuf>, places: &Places<'_>) -> Root {
    let first = files.first().cloned().unwrap_or_default();
    Root {
        directory: first.parent().unwrap_or(Path::new("")).to_path_buf(),
        env_files: places.root_of(&first).env_files,
        is_certain: true,
        has_variants: false,
        siblings: Siblings::default(),
        files,
    }
}

fn absolute(path: &Path) -> PathBuf {
    lexical(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
}

/// An absolute path in the way that the path of another file is written: from the working directory or from the root.
fn as_seen(beside: &Path, path: &Path) -> PathBuf {
    let Ok(here) = std::env::current_dir() else {
        return path.to_path_buf();
    };
    if beside.is_absolute() {
        return path.to_path_buf();
    }
    from_folder(&here, path)
}

/// A path as seen from a folder; both are absolute.
fn from_folder(folder: &Path, path: &Path) -> PathBuf {
    let common = folder
        .components()
        .zip(path.components())
        .take_while(|(one, other)| one == other)
        .count();
    let up = folder
        .components()
        .skip(common)
        .map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_working_directory() {
        for (path, wanted) in [
            ("/w/a/b.yaml", "b.yaml"),
            ("/w/a/c/b.yaml", "c/b.yaml"),
            ("/w/b.yaml", "../b.yaml"),
            ("/x/b.yaml", "../../x/b.yaml"),
        ] {
            assert_eq!(
                from_folder(Path::new("/w/a"), Path::new(path)),
                Path::new(wanted)
            );
        }
    }
}

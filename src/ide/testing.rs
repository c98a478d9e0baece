//! Scenes for tests: a few files, and a cursor in one of them.

use std::path::PathBuf;

use super::workspace::{Listed, Workspace};
use crate::text::span::offset;
use crate::workspace::fs::Memory;
use crate::workspace::kind::{Kind, kind_of_named};

/// The mark of the cursor in a text.
const CURSOR: char = '¦';

/// A few files, and a cursor in one of them.
pub(crate) struct Scene {
    files: Memory,
    listed: Listed,
    /// The file that the cursor is in.
    pub(crate) path: PathBuf,
    /// The byte before which the cursor stands.
    pub(crate) at: u32,
}

impl Scene {
    /// Takes paths and texts; one text has the cursor `¦`.
    pub(crate) fn new(files: &[(&str, &str)]) -> Scene {
        let mut scene = Scene {
            files: Memory::default(),
            listed: Listed::default(),
            path: PathBuf::new(),
            at: 0,
        };
        let mut plain = Vec::new();
        for (path, text) in files {
            let mut text = (*text).to_owned();
            if let Some(at) = text.find(CURSOR) {
                text.remove(at);
                scene.path = PathBuf::from(path);
                scene.at = offset(at);
            }
            let list = match kind_of_named(path.as_ref(), &text) {
                Some(Kind::Compose) => Some(&mut scene.listed.compose),
                Some(Kind::Dockerfile) => Some(&mut scene.listed.dockerfiles),
                _ => None,
            };
            if let Some(list) = list {
                list.push(PathBuf::from(path));
            }
            plain.push((*path, text));
        }
        assert!(!scene.path.as_os_str().is_empty(), "no text has a cursor");
        scene.files = plain.into_iter().collect();
        scene
    }

    /// The workspace of the files.
    pub(crate) fn workspace(&self) -> Workspace<'_> {
        let mut workspace = Workspace::new(&self.files);
        workspace.list(self.listed.clone());
        workspace
    }
}

#[test]
fn the_cursor_is_taken_out() {
    let scene = Scene::new(&[
        ("Dockerfile", "FROM ¦a\n"),
        ("compose.yaml", "services: {}\n"),
    ]);
    assert_eq!((scene.path.to_str(), scene.at), (Some("Dockerfile"), 5));
    let workspace = scene.workspace();
    let document = workspace.document(&scene.path).expect("a document");
    assert_eq!(document.text(), "FROM a\n");
    assert!(document.dockerfile().is_some() && document.compose().is_none());
}

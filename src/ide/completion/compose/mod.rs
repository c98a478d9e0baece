//! Compose files: keys, values and names, by the table of the Compose Specification.

mod built;
mod facts;
mod flow;
mod inline;
mod keys;
mod names;
mod place;
mod values;
mod variables;

use std::path::{Path, PathBuf};

use super::{Completion, Cursor, comment, in_name, open_variable};
use crate::compose::project::Project;
use crate::compose::schema::{FILE, Key, Map, Object, Shape};
use crate::engine::meta::Rule;
use crate::ide::document::Document;
use crate::ide::workspace::{Team, Workspace};
use place::{At, Place, Slot, Step};

/// What may be written in a Compose file.
pub(super) fn completions(
    workspace: &Workspace<'_>,
    rules: &'static [Rule],
    document: &Document,
    cursor: Cursor<'_>,
) -> Vec<Completion> {
    let place = match place::at(cursor.text, cursor.at as usize) {
        At::Place(place) => place,
        At::Comment(text) => return comment::completions(rules, &text, true, cursor),
        At::Block(key, body) if key == "dockerfile_inline" && !has_variable(cursor) => {
            return inline::completions(workspace, rules, document.path(), cursor, body);
        }
        At::Block(..) | At::Text => return in_text(workspace, document, cursor),
    };
    let here = Here {
        workspace,
        team: workspace.team(document.path()),
        document,
        cursor,
        place: &place,
    };
    if let Some((typed, has_brace)) = open_variable(&place.typed) {
        return here.variables(typed, has_brace);
    }
    if let Some(typed) = place.typed.strip_prefix('*')
        && place.quote.is_none()
    {
        return here.anchors(typed);
    }
    let Some(spot) = spot(&place.path) else {
        return Vec::new();
    };
    let mut items = Vec::new();
    let is_key = matches!(place.slot, Slot::Node | Slot::Key) && place.typed.chars().all(in_name);
    if is_key {
        items.extend(here.keys(&spot));
    }
    let is_scalar = match place.slot {
        Slot::Value | Slot::Item => true,
        Slot::Node => place.siblings.is_empty(),
        Slot::Key => false,
    };
    if is_scalar && let Some(shape) = spot.shape {
        items.extend(here.values(&spot, shape));
    }
    if place.slot == Slot::Value && cursor.before().ends_with(':') && place.typed.is_empty() {
        // A blank belongs between the colon and the value.
        for item in &mut items {
            item.text.insert(0, ' ');
        }
    }
    items
}

/// Whether a variable is being written, which Compose replaces before anybody else sees the text.
fn has_variable(cursor: Cursor<'_>) -> bool {
    open_variable(cursor.before()).is_some()
}

/// Texts that go over several lines have variables all the same.
fn in_text(workspace: &Workspace<'_>, document: &Document, cursor: Cursor<'_>) -> Vec<Completion> {
    let place = Place {
        path: Vec::new(),
        slot: Slot::Value,
        typed: String::new(),
        quote: None,
        siblings: Vec::new(),
        column: 0,
        is_flow: false,
        has_dash: false,
    };
    let here = Here {
        workspace,
        team: workspace.team(document.path()),
        document,
        cursor,
        place: &place,
    };
    match open_variable(cursor.before()) {
        Some((typed, has_brace)) => here.variables(typed, has_brace),
        None => Vec::new(),
    }
}

/// What questions about a place need.
struct Here<'h> {
    workspace: &'h Workspace<'h>,
    team: Option<&'h Team>,
    document: &'h Document,
    cursor: Cursor<'h>,
    place: &'h Place,
}

impl<'h> Here<'h> {
    /// The projects that the file belongs to.
    fn projects(&self) -> impl Iterator<Item = &'h Project> + use<'h> {
        let projects = self.team.into_iter().flat_map(|team| &team.projects);
        projects.map(|linked| &linked.project)
    }

    /// The folder that the file's paths begin at.
    fn folder(&self) -> PathBuf {
        let id = self.document.source.id;
        let known = self
            .projects()
            .find_map(|project| project.directory_of(id).map(Path::to_path_buf));
        let own = || self.document.path().parent().map(Path::to_path_buf);
        known.or_else(own).unwrap_or_default()
    }

    /// The service or job that the cursor is in.
    fn owner(&self) -> Option<&'h str> {
        match &self.place.path[..] {
            [Step::Key(section), Step::Key(name), ..]
                if section == "services" || section == "jobs" =>
            {
                Some(name)
            }
            _ => None,
        }
    }

    /// What another key of the mapping says.
    fn sibling(&self, key: &str) -> Option<&'h str> {
        let mut siblings = self.place.siblings.iter();
        let found = siblings.find(|(name, _)| name == key);
        found
            .map(|(_, value)| &**value)
            .filter(|value| !value.is_empty())
    }
}

/// What the Compose Specification says of a place.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// What may stand there; `None` for the file as a whole.
    shape: Option<&'static Shape>,
    /// The mapping that stands there, if it has fixed keys.
    object: Option<&'static Object>,
    /// The key that the place is in.
    key: Option<&'static Key>,
    /// The object that has this key.
    owner: &'static Object,
}

/// The place at the end of a way from the file.
fn spot(path: &[Step]) -> Option<Spot> {
    let mut spot = Spot {
        shape: None,
        object: Some(&FILE),
        key: None,
        owner: &FILE,
    };
    for step in path {
        let shape = match (step, spot.object) {
            (Step::Key(name), Some(object)) => {
                let key = object.key(name)?;
                spot.key = Some(key);
                spot.owner = object;
                key.shape
            }
            (Step::Key(_), None) => match &spot.shape?.map {
                Some(Map::Entries { values, .. }) => values,
                _ => return None,
            },
            (Step::Item, _) => spot.shape?.list.as_ref()?.items,
        };
        spot.shape = Some(shape);
        spot.object = shape.object();
    }
    Some(spot)
}

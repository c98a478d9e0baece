//! What a run looks at: the files that were found, those that they lead to, and which of them belong together.
//!
//! Not for: walking through folders, which is `workspace::discover`'s.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Unit;
use crate::compose::project::Readable;
use crate::text::span::offset;
use crate::text::{FileId, order, path};
use crate::workers::parallel;
use crate::workspace::discover::Found;
use crate::workspace::fs::FileSystem;
use crate::workspace::kind::Kind;
use crate::workspace::projects::{self, Leads, Places};

/// The most files that are looked at because others lead to them.
const MAX_POINTED: usize = 2_000;

/// The files of a run, sorted by path, and how they belong together.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The files; their numbers are their places in this list.
    pub found: Vec<Found>,
    /// Every file, in exactly one unit.
    pub units: Vec<Unit>,
    /// What was read of the files on the way, by their paths.
    pub texts: HashMap<PathBuf, Vec<u8>>,
}

/// Where to look.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// The files.
    pub files: &'g dyn FileSystem,
    /// Their folders.
    pub places: &'g Places<'g>,
    /// With how many threads.
    pub threads: usize,
}

/// What Compose files lead to, by their paths, as far as it is known.
pub type Known = HashMap<PathBuf, Leads>;

/// Adds the files that Compose files include, extend or build, as long as a walk found these, and sorts all into units:
/// Compose files of one project together, every other file alone. What is in `leads` is not asked again, and what is
/// found out is put there.
pub fn survey(
    mut found: Vec<Found>,
    ground: Ground<'_>,
    leads: &mut Known,
    mut is_excluded: impl FnMut(&Path) -> bool,
) -> Survey {
    let Ground {
        files,
        places,
        threads,
    } = ground;
    let mut texts = HashMap::new();
    let paths = found.iter().map(|file| file.path.clone().into_os_string());
    let mut known: HashSet<OsString> = paths.collect();
    let most = known.len() + MAX_POINTED;
    let mut begin = 0;
    while begin < found.len() {
        let is_compose = |file: &&Found| file.kind != Some(Kind::Dockerfile);
        let fresh: Vec<&Found> = found[begin..].iter().filter(is_compose).collect();
        let fresh_leads = parallel(fresh.len(), threads, |number| {
            let path = &fresh[number].path;
            if let Some(known) = leads.get(path) {
                return (known.clone(), None);
            }
            // Why a file cannot be read the run itself tells.
            let bytes = files.read(path).ok();
            let text = bytes.as_deref().filter(|bytes| projects::may_lead(bytes));
            let text = text.map(String::from_utf8_lossy);
            (projects::leads(path, &text.unwrap_or_default()), bytes)
        });
        texts.reserve(fresh.len());
        leads.reserve(fresh.len());
        let mut pointed = Vec::new();
        for (file, (lead, bytes)) in fresh.iter().zip(fresh_leads) {
            texts.extend(bytes.map(|bytes| (file.path.clone(), bytes)));
            let to = lead.to.iter().map(|path| (path, Kind::Compose));
            let built = lead.dockerfiles.iter().map(|path| (path, Kind::Dockerfile));
            let workspace = places.workspace_of(&file.path);
            for (path, kind) in to.chain(built).filter(|_| !file.named) {
                if known.len() < most
                    && !known.contains(path.as_os_str())
                    && places.readable(path, &workspace) == Ok(Readable::File)
                    && !is_excluded(path)
                {
                    known.insert(path.clone().into_os_string());
                    pointed.push(Found {
                        path: path.clone(),
                        kind: Some(kind),
                        named: false,
                        pointed: true,
                    });
                }
            }
            leads.insert(file.path.clone(), lead);
        }
        begin = found.len();
        found.extend(pointed);
    }
    order::sort_by(&mut found, |a, b| path::compare(&a.path, &b.path));
    let mut units = Vec::new();
    let mut compose = Vec::new();
    for (number, file) in found.iter().enumerate() {
        let id = FileId(offset(number));
        let is_compose = file.kind != Some(Kind::Dockerfile);
        match leads.get(&file.path).filter(|_| is_compose) {
            Some(leads) => compose.push((id, leads.clone())),
            None => units.push(Unit {
                files: vec![id],
                roots: Vec::new(),
            }),
        }
    }
    let (ids, leads): (Vec<FileId>, Vec<Leads>) = compose.into_iter().unzip();
    let roots = parallel(leads.len(), threads, |number| {
        places.root_of(&leads[number].path)
    });
    let groups = projects::group(&leads, roots)
        .into_iter()
        .map(|group| Unit {
            files: group.files.iter().map(|number| ids[*number]).collect(),
            roots: group.roots,
        });
    let mut all: Vec<Unit> = groups.collect();
    all.append(&mut units);
    Survey {
        found,
        units: all,
        texts,
    }
}

//! Names that a project uses and does not declare.
//!
//! Compose checks only the services of active profiles (`loader/validate.go` of compose-go); here all are looked at.
//!
//! Not for: whether all of the project is known, which whoever asks has to look at first, and what services extend.

use std::collections::{HashMap, HashSet};

use super::File;
use super::project::{Extended, Project};
use super::references::Declared;
use super::schema::Space;
use super::uses::{Use, UsedBy};
use super::value::{Map, Name, Named};
use crate::text::{Edit, FileId, Location};
use crate::yaml::edit;

/// A name that something of a project uses and nothing of it declares.
#[derive(Clone, Debug)]
pub struct Undefined {
    /// The use.
    pub used: Use,
    /// The service or job that uses it.
    pub owner: Name,
    /// Whether that is a job.
    pub is_job: bool,
    /// Whether it stands in a step of `pre_start`, in which Compose does not look.
    pub is_step: bool,
    /// A profile that the owner has: Compose says nothing before somebody asks for one of them.
    pub profile: Option<Box<str>>,
    /// A job of this name, where only a service counts.
    pub job: Option<Name>,
    /// What may be meant.
    pub near: Option<Meant>,
    /// The use came here from another file by `extends`, which does not bring what is declared there.
    pub through: Option<Extended>,
}

/// What may be meant by a name.
#[derive(Clone, Debug)]
pub struct Meant {
    /// Its declaration.
    pub name: Name,
    /// Whether the unknown name is hardly somebody else's.
    pub is_slip: bool,
}

/// What is declared in a project, of all kinds.
struct Names<'p> {
    by_space: HashMap<Space, Declared<'p, Name>>,
    jobs: HashMap<&'p str, &'p Name>,
    by_container_name: HashMap<&'p str, &'p Name>,
    inheritance: Inheritance<'p>,
}

/// All undefined names of a project.
pub(super) fn find(project: &Project) -> Vec<Undefined> {
    let file = &project.merged;
    let jobs = || file.documents().flat_map(|document| document.jobs.iter());
    let mut names: Option<Names<'_>> = None;
    let mut found = Vec::new();
    for document in file.documents() {
        for service in &document.services {
            let steps = service.pre_start.iter();
            let steps = steps.flat_map(|step| step.container.uses());
            let own = service.uses().into_iter().map(|used| (used, false));
            let uses = own.chain(steps.map(|used| (used, true)));
            let is_wanted = |used: &Use| used.by != UsedBy::Extends && !is_declared(file, used);
            let profile = service.profiles.iter().find_map(|text| text.value.known());
            for (used, is_step) in uses.filter(|(used, _)| is_wanted(used)) {
                let names = names.get_or_insert_with(|| Names::of(project));
                let mut undefined = names.undefined(used, &service.name, profile);
                undefined.is_step = is_step;
                found.push(undefined);
            }
        }
    }
    for job in jobs() {
        let wanted = job.container.uses().into_iter();
        for used in wanted.filter(|used| !is_declared(file, used)) {
            let names = names.get_or_insert_with(|| Names::of(project));
            let profile = job.profiles.iter().find_map(|text| text.value.known());
            let mut undefined = names.undefined(used, &job.name, profile);
            undefined.is_job = true;
            found.push(undefined);
        }
    }
    found
}

fn is_declared(file: &File, used: &Use) -> bool {
    used.name.is_empty() || file.declares(used.space, &used.name)
}

impl<'p> Names<'p> {
    fn of(project: &'p Project) -> Names<'p> {
        let file = &project.merged;
        let documents = || file.documents();
        let services = || documents().flat_map(|document| document.services.iter());
        let jobs = documents().flat_map(|document| document.jobs.iter());
        let container_names = services().filter_map(|service| {
            let name = service.container_name.as_ref()?.value.known()?;
            Some((name, &service.name))
        });
        let by_space = [
            (Space::Service, names_of(file, |file| &file.services)),
            (Space::Network, names_of(file, |file| &file.networks)),
            (Space::Volume, names_of(file, |file| &file.volumes)),
            (Space::Secret, names_of(file, |file| &file.secrets)),
            (Space::Config, names_of(file, |file| &file.configs)),
            (Space::Model, names_of(file, |file| &file.models)),
        ];
        Names {
            by_space: by_space.into_iter().collect(),
            jobs: jobs.map(|job| (&*job.name.value, &job.name)).collect(),
            by_container_name: container_names.collect(),
            inheritance: Inheritance::of(project),
        }
    }

    fn undefined(&mut self, used: Use, owner: &Name, profile: Option<&str>) -> Undefined {
        let space = match used.space {
            Space::ServiceOrJob => Space::Service,
            space => space,
        };
        // No volume has a slash in its name.
        let is_path = space == Space::Volume && used.name.contains('/');
        let by_container_name = match space {
            Space::Service => self.by_container_name.get(&*used.name),
            _ => None,
        };
        let near = match by_container_name {
            Some(name) => Some(Meant {
                name: (*name).clone(),
                is_slip: true,
            }),
            None if is_path => None,
            None => self.by_space.get_mut(&space).and_then(|declared| {
                let near = declared.nearest(&used.name)?;
                Some(Meant {
                    name: near.item.clone(),
                    is_slip: near.is_slip,
                })
            }),
        };
        let job = self
            .jobs
            .get(&*used.name)
            .filter(|_| space == Space::Service);
        let through = self.inheritance.origin(&owner.value, used.at);
        let through = through.filter(|extended| extended.at.file != used.at.file);
        Undefined {
            owner: owner.clone(),
            is_job: false,
            is_step: false,
            profile: profile.filter(|profile| !profile.is_empty()).map(Box::from),
            job: job.map(|name| (*name).clone()),
            near,
            through: through.cloned(),
            used,
        }
    }
}

/// What services extend, by their names.
pub struct Inheritance<'p> {
    by_service: HashMap<&'p str, Vec<&'p Extended>>,
}

impl<'p> Inheritance<'p> {
    /// That of a project.
    pub fn of(project: &'p Project) -> Inheritance<'p> {
        let mut by_service: HashMap<&str, Vec<&Extended>> = HashMap::new();
        for one in &project.extended {
            by_service.entry(&one.service).or_default().push(one);
        }
        Inheritance { by_service }
    }

    /// The `extends` of a service by which what stands at a place came to it; `None` if it is its own, or came through
    /// an alias.
    pub fn origin(&self, service: &str, at: Location) -> Option<&'p Extended> {
        let mut next: Vec<(&Extended, &Extended)> = Vec::new();
        let mut seen: HashSet<(FileId, u32)> = HashSet::new();
        next.extend(self.by_service.get(service)?.iter().map(|one| (*one, *one)));
        while let Some((first, one)) = next.pop() {
            let base = one.base_at;
            let is_inside = base.file == at.file
                && base.span.start <= at.span.start
                && at.span.end <= base.span.end;
            if is_inside {
                return Some(first);
            }
            if seen.insert((base.file, base.span.start))
                && let Some(more) = self.by_service.get(&*one.base.value)
            {
                let more = more.iter().filter(|more| more.at.file == base.file);
                next.extend(more.map(|more| (first, *more)));
            }
        }
        None
    }
}

fn names_of<'p, T: Named + 'p>(
    file: &'p File,
    section: impl Fn(&'p File) -> &'p Map<T>,
) -> Declared<'p, Name> {
    let all = file
        .documents()
        .flat_map(|document| section(document).iter());
    Declared::new(all.map(Named::name))
}

impl Project {
    /// The edit that declares a name in the file of a place, in a section that maps names to values; none if the
    /// section stands in another file.
    pub fn declaration<T: Named>(
        &self,
        at: Location,
        section: (&str, &Map<T>),
        place_of: impl Fn(&T) -> Location,
        name: &str,
    ) -> Option<Edit> {
        let (key, entries) = section;
        let text = self.text(at.file);
        let section_key = match entries.key {
            Some(key) if key.file != at.file => return None,
            key => key.map(|key| key.span),
        };
        let last = entries
            .iter()
            .filter(|item| item.name().at.file == at.file)
            .last();
        let last = last.map(|item| edit::entry(item.name().at.span, place_of(item).span));
        edit::declare(text, key, section_key, last, name)
    }
}

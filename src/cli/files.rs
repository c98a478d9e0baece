//! `dockworthy files`: what a run would look at, and how it belongs together.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU32;

use serde_json::{Value, json};

use super::args::{Check, Files, RulesFormat};
use super::{Status, Stop, check, complain, output};
use crate::check::survey::Survey;
use crate::check::{Elsewhere, Surveyed, Unit, survey_unit};
use crate::compose::extent::Extent;
use crate::config::discover::Configs;
use crate::report::one_line;
use crate::rules::RULES;
use crate::text::SourceFile;
use crate::text::source::printed;
use crate::text::span::offset;
use crate::workspace::fs::{Disk, FileSystem};
use crate::workspace::kind::Kind;
use crate::workspace::listed::Listed;
use crate::workspace::projects::Places;

pub(super) fn run(args: &Files) -> Result<Status, Stop> {
    let disk = Disk::new("");
    let listed = Listed::new(&disk);
    let places = Places::new(&listed);
    let mut configs = Configs::new(&listed, RULES);
    if args.no_config {
        configs.use_none();
    }
    let check_args = Check {
        paths: args.paths.clone(),
        exclude: args.exclude.clone(),
        no_ignore_files: args.no_ignore_files,
        ..Check::default()
    };
    let ground = check::Look {
        args: &check_args,
        files: &listed,
        places: &places,
        progress: None,
    };
    let found = ground.look(&mut configs, Vec::new())?;
    let (survey, problems) = (found.survey, found.problems);
    check::refuse_broken(&configs)?;
    let looked = look(&survey, &listed, &places);
    let text = match args.format {
        RulesFormat::Text => text(&looked),
        RulesFormat::Json => format!("{:#}\n", document(&looked)),
    };
    output::stdout(text.as_bytes()).map_err(|error| Stop::writing("to standard output", &error))?;
    problems.iter().chain(&found.skipped).for_each(check::tell);
    if survey.found.is_empty() && problems.is_empty() {
        complain("no Dockerfile or Compose file found");
    }
    Ok(match problems.is_empty() {
        true => Status::Clean,
        false => Status::Trouble,
    })
}

/// What there is to show.
struct Looked {
    /// The files with their kinds, in order.
    files: Vec<(PathBuf, Kind)>,
    projects: Vec<Surveyed>,
    /// The services that build a Dockerfile, by its path.
    built_by: BTreeMap<PathBuf, Vec<String>>,
    /// The projects that a file is a part of without beginning one: the path and the role, by its path.
    parts: BTreeMap<PathBuf, Vec<(PathBuf, &'static str)>>,
}

fn look(survey: &Survey, disk: &dyn FileSystem, places: &Places<'_>) -> Looked {
    let next = AtomicU32::new(offset(survey.found.len()));
    let mut looked = Looked {
        files: Vec::new(),
        projects: Vec::new(),
        built_by: BTreeMap::new(),
        parts: BTreeMap::new(),
    };
    let mut sources = BTreeMap::new();
    for (number, file) in survey.found.iter().enumerate() {
        let Ok(bytes) = disk.read(&file.path) else {
            continue;
        };
        let id = crate::text::FileId(offset(number));
        let source = SourceFile::from_bytes(id, file.path.clone(), bytes);
        if let Some(kind) = file.kind_of(&source.text) {
            looked.files.push((file.path.clone(), kind));
            if kind == Kind::Compose {
                sources.insert(id, source);
            }
        }
    }
    for Unit { files, roots } in &survey.units {
        let members: Vec<&SourceFile> = files.iter().filter_map(|id| sources.get(id)).collect();
        if members.is_empty() {
            continue;
        }
        let elsewhere = Elsewhere {
            places,
            next: &next,
        };
        looked
            .projects
            .extend(survey_unit(&members, roots, elsewhere));
    }
    for project in &looked.projects {
        let Some(base) = project.base() else { continue };
        for build in &project.builds {
            if let Some(path) = &build.dockerfile {
                let services = looked.built_by.entry(path.clone()).or_default();
                services.push(format!("{} in {}", build.service, printed(base)));
            }
        }
        for file in project.project.files.iter().skip(1) {
            let part = (base.to_path_buf(), file.role.as_str());
            looked
                .parts
                .entry(file.path.clone())
                .or_default()
                .push(part);
        }
    }
    looked
}

/// For people: projects with their files and services first, then what stands alone.
fn text(looked: &Looked) -> String {
    let mut text = String::new();
    for project in &looked.projects {
        let Some(base) = project.base() else { continue };
        let known = match project.project.extent {
            Extent::Whole => "",
            Extent::Unclear => " (on its own; may be used with others)",
            Extent::Part => " (part of more, or not all of it can be seen)",
        };
        let _ = writeln!(text, "{}  compose{known}", shown(base));
        let rest = project.project.files.iter().skip(1);
        for file in rest {
            let _ = writeln!(text, "  + {}  {}", shown(&file.path), file.role.as_str());
        }
        let services = &project.project.merged.services;
        let width = services.names().map(|name| name.chars().count()).max();
        let width = width.unwrap_or(0).min(30);
        for name in services.names() {
            let source = source_of(project, name);
            let _ = writeln!(text, "  {:width$}  {source}", one_line(name));
        }
        text.push('\n');
    }
    let is_base = |path: &Path| looked.projects.iter().any(|p| p.base() == Some(path));
    for (path, kind) in &looked.files {
        match kind {
            Kind::Dockerfile => {
                let _ = write!(text, "{}  dockerfile", shown(path));
                if let Some(services) = looked.built_by.get(path) {
                    let _ = write!(text, ", built by {}", one_line(&services.join(", ")));
                }
                text.push('\n');
            }
            Kind::Compose if !is_base(path) && !looked.parts.contains_key(path) => {
                let _ = writeln!(text, "{}  compose", shown(path));
            }
            _ => {}
        }
    }
    text
}

fn shown(path: &Path) -> String {
    one_line(&printed(path)).into_owned()
}

/// Where the container of a service comes from.
fn source_of(project: &Surveyed, name: &str) -> String {
    if let Some(build) = project.builds.iter().find(|build| build.service == name) {
        let file = match &build.dockerfile {
            Some(path) if build.is_read => shown(path),
            Some(path) => format!("{} (not there)", shown(path)),
            None if build.is_inline => "Dockerfile in the Compose file".to_owned(),
            None => "Dockerfile that is not known".to_owned(),
        };
        let stage = match &build.stage {
            Some(stage) => format!(", stage `{}`", one_line(stage)),
            None => String::new(),
        };
        return format!("builds {file}{stage}");
    }
    let Some(service) = project.project.service(name) else {
        return String::new();
    };
    match &service.container.image {
        Some(image) => format!("image {}", one_line(image.value.text())),
        None if service.provider.is_some() => "provider".to_owned(),
        None => "no image and no build".to_owned(),
    }
}

fn document(looked: &Looked) -> Value {
    let files: Vec<Value> = looked
        .files
        .iter()
        .map(|(path, kind)| {
            let built_by = looked.built_by.get(path).cloned().unwrap_or_default();
            json!({ "path": printed(path), "kind": kind.as_str(), "builtBy": built_by })
        })
        .collect();
    let projects: Vec<Value> = looked.projects.iter().map(project).collect();
    json!({ "version": 1, "files": files, "projects": projects })
}

fn project(surveyed: &Surveyed) -> Value {
    let project = &surveyed.project;
    let files: Vec<Value> = project
        .files
        .iter()
        .map(|file| json!({ "path": printed(&file.path), "role": file.role.as_str() }))
        .collect();
    let services: Vec<Value> = project
        .merged
        .services
        .iter()
        .map(|service| {
            let name = &*service.name.value;
            let image = service
                .container
                .image
                .as_ref()
                .map(|image| image.value.text());
            let build = surveyed.builds.iter().find(|build| build.service == name);
            let build = build.map(|build| {
                json!({
                    "context": build.context.as_deref().map(printed),
                    "dockerfile": build.dockerfile.as_deref().map(printed),
                    "inline": build.is_inline,
                    "found": build.is_read,
                    "stage": build.stage,
                })
            });
            json!({ "name": name, "image": image, "build": build })
        })
        .collect();
    json!({
        "directory": printed(&project.directory),
        "complete": project.extent == Extent::Whole,
        "files": files,
        "services": services,
    })
}

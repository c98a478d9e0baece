//! What the Dockerfile of the service at the cursor says: its stages, arguments and ports.

use std::path::PathBuf;

use super::Here;
use crate::dockerfile::model::Origin;
use crate::engine::built::BuildUse;
use crate::text::order;

impl<'h> Here<'h> {
    /// The builds of the service at the cursor.
    pub(super) fn builds(&self) -> Vec<BuildUse<'h>> {
        let owner = self.owner();
        let builds = self.team.into_iter().flat_map(|team| team.builds());
        let builds = builds.map(|(_, build)| build);
        builds
            .filter(|build| Some(&*build.owner.value) == owner)
            .collect()
    }

    /// The stages that can be built, the last first.
    pub(super) fn stages(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for file in self.builds().iter().filter_map(|build| build.dockerfile) {
            let dockerfile = match (&file.inline, file.path.file_name()) {
                (None, Some(name)) => name.to_string_lossy(),
                _ => "the service's Dockerfile".into(),
            };
            for stage in file.model.stages.iter().rev() {
                let name = stage.name.as_ref().map(|name| name.value.to_string());
                let detail = format!("stage of {dockerfile}");
                found.extend(name.map(|name| (name, detail)));
            }
        }
        found
    }

    /// The arguments of the Dockerfile, each with what it is without a value from here.
    pub(super) fn arguments(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for file in self.builds().iter().filter_map(|build| build.dockerfile) {
            for definition in file.model.definitions() {
                let is_known = found.iter().any(|(name, _)| **name == *definition.name);
                if definition.origin != Origin::Arg || is_known {
                    continue;
                }
                let detail = match definition.value.text() {
                    Some(value) => format!("{value} by default"),
                    None => "no default".to_owned(),
                };
                found.push((definition.name.to_string(), detail));
            }
        }
        found
    }

    /// The ports that the built stage exposes.
    pub(super) fn exposed(&self) -> Vec<String> {
        let mut found = Vec::new();
        for build in self.builds() {
            let Some(file) = build.dockerfile else {
                continue;
            };
            let stage = build.stage().and_then(|stage| file.model.stages.get(stage));
            let Some(stage) = stage else { continue };
            for (index, instruction) in file.model.final_config(stage).exposes() {
                for port in file.model.exposed_ports(index, instruction) {
                    let Ok(mapping) = &port.port else { continue };
                    if let Some(numbers) = &mapping.container.numbers
                        && numbers.start() == numbers.end()
                    {
                        found.push(numbers.start().to_string());
                    }
                }
            }
        }
        order::sort(&mut found);
        found.dedup();
        found
    }

    /// The folder that the build at the cursor takes its files from.
    pub(super) fn context(&self) -> PathBuf {
        let folder = self.folder();
        if let Some(context) = self.sibling("context") {
            return folder.join(context);
        }
        let projects = self.projects();
        let contexts = projects.filter_map(|project| {
            let service = project.service(self.owner()?)?;
            project.context_path(service.container.build.as_deref()?)
        });
        contexts.last().unwrap_or(folder)
    }
}

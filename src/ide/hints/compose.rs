//! Hints in Compose files.

use super::{Hints, short};
use crate::compose::File;
use crate::compose::project::{Project, Role, Root};
use crate::compose::service::Service;
use crate::compose::value::{Knowledge, Scalar};
use crate::grammar::image::ImageReference;
use crate::grammar::port;
use crate::ide::document::{ComposeText, Document};
use crate::ide::hover::keys_of;
use crate::ide::workspace::{Team, Workspace, config};
use crate::knowledge::images::{self, DefaultUser};
use crate::text::Span;
use crate::yaml::{Document as Yaml, Kind as YamlKind, NodeId, Place};
use serde_json::Value as Json;
use std::sync::Arc;

/// Adds the hints of a Compose file.
pub(super) fn hints(
    hints: &mut Hints,
    workspace: &Workspace<'_>,
    document: &Document,
    compose: &ComposeText,
) {
    let team = workspace.team(document.path());
    let project = team.and_then(|team| team.project_of(document.source.id));
    let compared = team
        .zip(project)
        .and_then(|(team, project)| Compared::new(workspace, document, team, project));
    let documents = &compose.loaded.yaml.documents;
    for yaml in documents {
        for id in yaml.ids() {
            if !hints.is_wanted(yaml.full_span(id)) {
                continue;
            }
            let value = hints.variables(yaml, id, document, project);
            if let Some(compared) = &compared
                && matches!(yaml.kind(id), YamlKind::Scalar(_))
            {
                hints.overridden(compared, yaml, id, value.as_deref());
            }
        }
        if let Some(project) = project {
            hints.extending(workspace, yaml, document, project);
        }
    }
    for part in compose.file.documents() {
        for owned in part.containers() {
            for port in &owned.container.ports {
                hints.port(port.at.span, document);
            }
        }
        if let (Some(team), Some(project)) = (team, project) {
            for service in part.services.iter() {
                hints.service(team, project, service);
            }
        }
    }
}

/// A file and the project that others make something else of it in.
struct Compared<'h> {
    /// What the file comes to by itself.
    alone: Json,
    /// What the project comes to.
    whole: &'h Json,
    /// The other Compose files of the project, the last one that counts first.
    others: Vec<(String, &'h ComposeText)>,
}

impl<'h> Compared<'h> {
    /// Nothing for a project of one file.
    fn new(
        workspace: &'h Workspace<'_>,
        document: &Document,
        team: &'h Team,
        project: &'h Project,
    ) -> Option<Compared<'h>> {
        let own = document.source.id;
        let files = project.files.iter().rev();
        let others = files.filter(|file| file.id != own && file.role != Role::Environment);
        let others: Vec<_> = others
            .filter_map(|file| {
                let name = file.path.file_name()?.to_string_lossy().into_owned();
                Some((name, workspace.document(&file.path)?.compose()?))
            })
            .collect();
        if others.is_empty() {
            return None;
        }
        let root = Root {
            files: vec![document.path().to_path_buf()],
            directory: project.directory_of(own)?.to_path_buf(),
            ..Root::default()
        };
        let file = Arc::new(File::lower(&document.compose()?.loaded.yaml, own));
        let alone = Project::alone(file, &root, &document.source, None);
        Some(Compared {
            alone: config(&alone),
            whole: team.config_of(own)?,
            others,
        })
    }

    /// The last other file that says something at a path, and its words, if they are no variables.
    fn other(&self, keys: &[&str]) -> Option<(&str, Option<&str>)> {
        self.others.iter().find_map(|(name, other)| {
            let mut documents = other.loaded.yaml.documents.iter().rev();
            let words = documents.find_map(|yaml| {
                let found = yaml.find(keys)?;
                Some(yaml.as_str(found).filter(|text| !text.contains('$')))
            })?;
            Some((&**name, words))
        })
    }
}

/// The value at a path.
fn at<'j>(config: &'j Json, keys: &[&str]) -> Option<&'j Json> {
    keys.iter().try_fold(config, |value, key| value.get(key))
}

/// A scalar as a text.
fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

impl Hints {
    /// What the variables of a value come to, which is also given back.
    fn variables(
        &mut self,
        yaml: &Yaml,
        id: NodeId,
        document: &Document,
        project: Option<&Project>,
    ) -> Option<String> {
        let YamlKind::Scalar(scalar) = yaml.kind(id) else {
            return None;
        };
        if !scalar.value.contains('$') || matches!(yaml.place(id), Place::Key(_)) {
            return None;
        }
        let cooked = yaml.cooked(id)?;
        let environment = project.map(|project| &*project.environment);
        let resolved = scalar.resolve();
        let value = Scalar::read(
            cooked.into_owned(),
            scalar.style,
            resolved,
            document.source.id,
            environment,
        );
        let tooltip = match value.knowledge() {
            Knowledge::Default => "as long as nobody sets the variables",
            Knowledge::EnvFile => "what `.env` says, as long as the environment says nothing else",
            Knowledge::Known | Knowledge::Unknown => return None,
        };
        if let Some(text) = value.known().and_then(short) {
            self.add(yaml.span(id).end, format!("= {text}"), tooltip);
        }
        value.known().map(str::to_owned)
    }

    /// What the project has in place of a value. `value` is what its variables come to.
    fn overridden(
        &mut self,
        compared: &Compared<'_>,
        yaml: &Yaml,
        id: NodeId,
        value: Option<&str>,
    ) {
        if matches!(yaml.place(id), Place::Key(_)) {
            return;
        }
        let Some(keys) = keys_of(yaml, id).filter(|keys| keys.len() > 1) else {
            return;
        };
        let Some((name, words)) = compared.other(&keys) else {
            return;
        };
        let has_variables = yaml.as_str(id).is_some_and(|text| text.contains('$'));
        let own = match has_variables {
            true => value.map(str::to_owned),
            false => at(&compared.alone, &keys).and_then(text_of),
        };
        let whole = at(compared.whole, &keys);
        let Some(own) =
            own.filter(|own| whole.is_none_or(|whole| text_of(whole).as_ref() != Some(own)))
        else {
            return;
        };
        let end = yaml.span(id).end;
        match whole {
            None if !own.is_empty() => {
                let tooltip = format!("{name} takes this away");
                self.add(end, format!("→ nothing, by {name}"), tooltip);
            }
            None => {}
            Some(whole) => {
                let whole = text_of(whole);
                if let Some(text) = words.or(whole.as_deref()).and_then(short) {
                    let tooltip = format!("{name} says otherwise");
                    self.add(end, format!("→ {text} in {name}"), tooltip);
                }
            }
        }
    }

    /// What the service says that another one extends, where that one says something else.
    fn extending(
        &mut self,
        workspace: &Workspace<'_>,
        yaml: &Yaml,
        document: &Document,
        project: &Project,
    ) {
        let own = document.source.id;
        for extended in project.extended.iter().filter(|found| found.at.file == own) {
            let service = yaml.find(&["services", &extended.service]);
            let file = project
                .files
                .iter()
                .find(|file| file.id == extended.base.at.file);
            let (Some(service), Some(file)) = (service, file) else {
                continue;
            };
            let base = workspace.document(&file.path).and_then(Document::compose);
            let Some(base) = base else {
                continue;
            };
            for entry in yaml.entries(service) {
                let (Some(key), Some(value)) = (yaml.as_str(entry.key), yaml.as_str(entry.value))
                else {
                    continue;
                };
                let keys = ["services", &*extended.base.value, key];
                let mut documents = base.loaded.yaml.documents.iter();
                let said = documents.find_map(|base| base.as_str(base.find(&keys)?));
                let said = said.filter(|said| *said != value).and_then(short);
                if let Some(said) = said
                    && key != "extends"
                    && self.is_wanted(yaml.span(entry.value))
                {
                    let name = &extended.base.value;
                    let tooltip = format!("`{name}`, which this service extends, says {said}");
                    let end = yaml.span(entry.value).end;
                    self.add(end, format!("instead of {said}"), tooltip);
                }
            }
        }
    }

    /// Who runs in a service, and which network it is in, where no line says so.
    fn service(&mut self, team: &Team, project: &Project, service: &Service) {
        let key = service.name.at.span;
        let Some(merged) = project.service(&service.name.value) else {
            return;
        };
        let container = &merged.container;
        // The hint stands at the line of the name in the file that gives the service its image.
        let source = container.image.as_ref().map(|image| image.at.file);
        let source = container
            .build
            .as_ref()
            .map(|build| build.key.file)
            .or(source);
        if !self.is_wanted(key) || source != Some(service.name.at.file) {
            return;
        }
        let mut words = Vec::new();
        if container.user.is_none()
            && let Some(user) = user_of(team, merged)
        {
            words.push(format!("runs as {user}"));
        }
        let has_others = !project.merged.networks.is_empty();
        if has_others
            && container.networks.is_empty()
            && container.network_mode.is_none()
            && service.provider.is_none()
        {
            words.push("in network default".to_owned());
        }
        if let Some(label) = short(&words.join(", ")) {
            let tooltip = "what counts because the service says nothing of it";
            self.add(key.end + 1, label.to_owned(), tooltip);
        }
    }

    fn port(&mut self, at: Span, document: &Document) {
        if !self.is_wanted(at) {
            return;
        }
        let text = at.text(document.text());
        let bare = text.trim_matches(['"', '\'']);
        let Ok(mapping) = port::parse_short(bare) else {
            return;
        };
        if mapping.host.is_some() && mapping.is_on_all_interfaces() == Some(true) {
            let tooltip = "no address is named, so that the port can be reached from outside";
            self.add(at.end, "on all interfaces".to_owned(), tooltip);
        }
    }
}

/// Who runs in the container of a service that names nobody, if that is known.
fn user_of(team: &Team, service: &Service) -> Option<String> {
    let container = &service.container;
    if container.build.is_none() {
        let image = container.image.as_ref()?.value.known()?;
        return user_of_image(images::image(&ImageReference::parse(image).ok()?)?);
    }
    let mut builds = team.builds();
    let (_, build) = builds.find(|(_, build)| std::ptr::eq(build.container, container))?;
    let model = &build.dockerfile.filter(|built| built.is_sound)?.model;
    let stage = model.stages.get(build.stage()?)?;
    match model.final_config(stage).user().effective() {
        Some(user) => user.value.known().map(str::to_owned),
        None => user_of_image(model.base_image(stage)?),
    }
}

fn user_of_image(image: images::Image) -> Option<String> {
    match image.user? {
        DefaultUser::Root => Some("root".to_owned()),
        DefaultUser::NonRoot => image.runs_as.map(str::to_owned),
        DefaultUser::StepsDown => None,
    }
}

//! A project as `docker compose config --format json` prints it: long syntax everywhere, paths made absolute, names of
//! resources filled in, what Compose adds by itself said.
//!
//! What is left out: keys that begin with `x-`, and the options of a `provider`. What depends on a variable that is
//! not known stands as it is written. A dollar stands for itself, where Compose prints two.
//!
//! Not for: what is wrong with a project (`project`, rules).

mod build;
mod container;
mod deploy;
mod mounts;
mod network;
mod object;
mod service;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::project::{Loader, Project};
use super::service::Service;
use super::value::{Named as _, Scalar, Setting};
use crate::text::path::lexical;
use crate::text::{FileId, Location};
use object::{Object, entries, shown};

/// How many ports of a project are shown one by one; ranges beyond them stay ranges.
const MAX_PORTS: usize = 100_000;

/// How many bytes of env and label files are taken in, each time that a service names one counted.
const MAX_FILE_BYTES: usize = 64 << 20;

/// What to show of a project.
pub struct View<'p> {
    /// The project.
    pub project: &'p Project,
    /// Its name.
    pub name: &'p str,
    /// Which services.
    pub services: Services,
    /// Gives the files of `env_file` and `label_file`, so that what they say becomes environment and labels. Without
    /// it their paths are shown.
    pub loader: Option<&'p dyn Loader>,
    ports_left: Cell<usize>,
    file_bytes_left: Cell<usize>,
}

/// Which services are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Services {
    /// All of them.
    All,
    /// Those without a profile, and those of a profile that `COMPOSE_PROFILES` in the project's `.env` names.
    Active,
}

/// The name of a project: `COMPOSE_PROJECT_NAME` of its `.env`, or `name` of its files, or that of its folder, in lower
/// case and without what a name may not hold. `None` if that depends on a variable that is not known.
///
/// <https://docs.docker.com/compose/how-tos/project-name/>
pub fn project_name(project: &Project) -> Option<String> {
    if let Some(name) = project.environment.get("COMPOSE_PROJECT_NAME") {
        return Some(name.to_owned());
    }
    let name = match &project.merged.name {
        Some(field) => field.value.known()?.to_owned(),
        None => project
            .directory
            .file_name()?
            .to_string_lossy()
            .into_owned(),
    };
    let name: String = name
        .to_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        .collect();
    Some(name.trim_start_matches(['_', '-']).to_owned())
}

impl<'p> View<'p> {
    /// All services of a project of this name, without the contents of env files.
    pub fn new(project: &'p Project, name: &'p str) -> View<'p> {
        View {
            project,
            name,
            services: Services::All,
            loader: None,
            ports_left: Cell::new(MAX_PORTS),
            file_bytes_left: Cell::new(MAX_FILE_BYTES),
        }
    }
}

impl View<'_> {
    /// The whole project.
    pub fn config(&self) -> Value {
        let merged = &self.project.merged;
        let services: Vec<&Service> = merged
            .services
            .iter()
            .filter(|service| self.is_shown(service))
            .collect();
        let mut used = Used::default();
        for service in &services {
            used.take(service);
        }
        let mut config = Object::default();
        config.put("name", json!(self.name));
        let shown_services = services
            .iter()
            .map(|service| (service.name.value.to_string(), self.service(service)));
        config.put("services", Value::Object(entries(shown_services)));
        let jobs = merged.jobs.iter();
        let jobs = jobs.map(|job| (job.name.value.to_string(), self.job(job)));
        config.put_entries("jobs", jobs);
        let mut networks = Map::new();
        for network in &merged.networks {
            if used.networks.contains(&*network.key.value) {
                networks.insert(network.key.value.to_string(), self.network(network));
            }
        }
        if used.networks.contains("default") && !merged.networks.contains("default") {
            let name = format!("{}_default", self.name);
            networks.insert("default".to_owned(), json!({ "name": name, "ipam": {} }));
        }
        config.put_map("networks", networks);
        let volumes = merged.volumes.iter();
        let volumes = volumes.filter(|volume| used.volumes.contains(&*volume.key.value));
        let volumes = volumes.map(|it| (it.key.value.to_string(), self.volume(it)));
        config.put_entries("volumes", volumes);
        for (section, objects, used) in [
            ("secrets", &merged.secrets, &used.secrets),
            ("configs", &merged.configs, &used.configs),
        ] {
            let objects = objects.iter();
            let objects = objects.filter(|object| used.contains(&*object.key.value));
            let objects = objects.map(|it| (it.key.value.to_string(), self.file_object(it)));
            config.put_entries(section, objects);
        }
        let models = merged.models.iter();
        let models = models.filter(|model| used.models.contains(&*model.name().value));
        let models = models.map(|it| (it.name().value.to_string(), self.model(it)));
        config.put_entries("models", models);
        config.finish()
    }

    fn is_shown(&self, service: &Service) -> bool {
        if self.services == Services::All || service.profiles.is_empty() {
            return true;
        }
        let active = self.project.environment.get("COMPOSE_PROFILES");
        active.unwrap_or_default().split(',').any(|active| {
            let active = active.trim();
            active == "*" || service.profiles.iter().any(|own| own.value.is(active))
        })
    }

    /// A path that counts from the folder of the file that says it. `~` is the home of the user, where `HOME` is known.
    fn path(&self, scalar: &Scalar, file: FileId) -> String {
        let Some(text) = scalar.known() else {
            return scalar.text().to_owned();
        };
        self.path_from(text, file)
    }

    fn path_from(&self, text: &str, file: FileId) -> String {
        if let Some(rest) = text.strip_prefix('~') {
            return match self.project.environment.get("HOME") {
                Some(home) => {
                    let below = rest.trim_start_matches('/');
                    printed(&lexical(&Path::new(home).join(below)))
                }
                None => text.to_owned(),
            };
        }
        if is_absolute(text) {
            return text.to_owned();
        }
        printed(&lexical(&self.directory(file).join(text)))
    }

    fn directory(&self, file: FileId) -> PathBuf {
        let known = self.project.directory_of(file);
        known.unwrap_or(&self.project.directory).to_path_buf()
    }

    fn path_setting(&self, setting: &Setting<Scalar>) -> Option<Value> {
        let field = setting.as_ref()?;
        Some(json!(self.path(&field.value, field.at.file)))
    }

    /// The name of a resource outside the project.
    fn resource_name(&self, key: &str, name: &Setting<Scalar>, is_external: bool) -> Value {
        match name {
            Some(field) => json!(shown(&field.value)),
            None if is_external => json!(key),
            None => json!(format!("{}_{key}", self.name)),
        }
    }

    /// The value of a variable that is only named.
    fn passed_through(&self, name: &str) -> Value {
        json!(self.project.environment.get(name))
    }

    /// The folder that a value written here counts from, for values that nobody wrote.
    fn here(&self, at: Location) -> String {
        printed(&lexical(&self.directory(at.file)))
    }
}

/// Whether a path begins at the root of a file system, that of Windows included.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    matches!(bytes, [b'/', ..] | [b'\\', ..])
        || matches!(bytes, [drive, b':', ..] if drive.is_ascii_alphabetic())
}

/// A path with `/` on every system; the folder itself is `.`.
fn printed(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    if text.is_empty() {
        ".".to_owned()
    } else {
        text
    }
}

/// The resources that services use; Compose leaves the others out.
#[derive(Default)]
struct Used<'p> {
    networks: BTreeSet<&'p str>,
    volumes: BTreeSet<&'p str>,
    secrets: BTreeSet<&'p str>,
    configs: BTreeSet<&'p str>,
    models: BTreeSet<&'p str>,
}

impl<'p> Used<'p> {
    fn take(&mut self, service: &'p Service) {
        let container = &service.container;
        if service::has_default_network(service) {
            self.networks.insert("default");
        }
        let networks = container.networks.iter();
        self.networks
            .extend(networks.filter_map(|network| network.network.value.known()));
        self.volumes.extend(
            container
                .volumes
                .iter()
                .filter_map(|mount| mount.volume_name()),
        );
        let names = |list: &'p super::value::List<super::grant::Grant>| {
            list.iter()
                .filter_map(|grant| grant.source.as_ref()?.value.known())
        };
        self.secrets.extend(names(&container.secrets));
        self.configs.extend(names(&container.configs));
        if let Some(build) = &container.build {
            self.secrets.extend(names(&build.value.secrets));
        }
        let models = container.models.iter();
        self.models
            .extend(models.filter_map(|model| model.model.value.known()));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::compose::environment::Environment;
    use crate::compose::project::{Loaded, Root};
    use crate::text::SourceFile;

    fn project(text: &str, environment: Environment) -> Project {
        let path = PathBuf::from("shop/compose.yaml");
        let source = SourceFile::from_text(FileId(0), path.clone(), text.to_owned());
        let yaml = crate::yaml::parse(&source.text).tree;
        let files = BTreeMap::from([(path.clone(), Arc::new(Loaded { source, yaml }))]);
        let root = Root {
            files: vec![path],
            directory: PathBuf::from("shop"),
            is_certain: true,
            ..Root::default()
        };
        Project::load(&root, environment, &files)
    }

    fn service(text: &str) -> Value {
        let project = project(text, Environment::default());
        let mut config = View::new(&project, "shop").config();
        config["services"]["a"].take()
    }

    #[test]
    fn without_a_loader_env_files_are_paths() {
        let shown = service("services: {a: {image: x, env_file: [x.env], environment: [A=1, B]}}");
        let file = json!([{ "path": "shop/x.env", "required": true }]);
        assert_eq!(shown["env_file"], file);
        assert_eq!(shown["environment"], json!({ "A": "1", "B": null }));
    }

    #[test]
    fn what_depends_on_an_unknown_variable_is_shown_as_it_is_written() {
        let shown = service(
            "services: {a: {image: \"x:$TAG\", scale: $N, volumes: [\"$DATA/x:/x\", \"~/y:/y\"], ports: [\"$P:80\"]}}",
        );
        assert_eq!(shown["image"], "x:$TAG");
        assert_eq!(shown["scale"], "$N");
        assert_eq!(shown["volumes"][0]["source"], "$DATA/x");
        assert_eq!(shown["volumes"][1]["source"], "~/y");
        assert_eq!(shown["ports"][0]["published"], "$P");
    }

    #[test]
    fn all_services_are_shown_or_only_the_active_ones() {
        let text = "services: {a: {image: x}, b: {image: y, profiles: [debug]}, c: {image: z, profiles: [other]}}";
        let shown = |services: Services, profiles: Option<&str>| {
            let mut environment = Environment::default();
            if let Some(profiles) = profiles {
                environment.set("COMPOSE_PROFILES", profiles);
            }
            let project = project(text, environment);
            let mut view = View::new(&project, "shop");
            view.services = services;
            let config = view.config();
            let services = config["services"].as_object();
            let names = services.map(|it| it.keys().map(String::as_str).collect::<String>());
            names.unwrap_or_default()
        };
        assert_eq!(shown(Services::All, None), "abc");
        assert_eq!(shown(Services::Active, None), "a");
        assert_eq!(shown(Services::Active, Some("debug, x")), "ab");
        assert_eq!(shown(Services::Active, Some("*")), "abc");
    }

    #[test]
    fn ranges_of_ports_are_shown_one_by_one_while_there_are_not_too_many() {
        let shown = service("services: {a: {image: x, ports: [\"8000-8001:80-81\"]}}");
        assert_eq!(shown["ports"][1]["published"], "8001");
        assert_eq!(shown["ports"][1]["target"], 81);
        let lines: Vec<String> = (0..3)
            .map(|at| format!("\"127.0.0.{at}:1-65535:1-65535\""))
            .collect();
        let text = format!(
            "services: {{a: {{image: x, ports: [{}]}}}}",
            lines.join(", ")
        );
        let shown = service(&text);
        let ports = shown["ports"].as_array().map_or(0, Vec::len);
        assert_eq!(ports, 65_535 + 2);
        assert_eq!(shown["ports"][ports - 1]["target"], "1-65535");
    }

    #[test]
    fn a_project_has_the_name_of_its_folder_unless_it_says_another() {
        let name = |text: &str, own: Option<&str>| {
            let mut environment = Environment::default();
            if let Some(own) = own {
                environment.set("COMPOSE_PROJECT_NAME", own);
            }
            project_name(&project(text, environment))
        };
        assert_eq!(name("services: {}", None).as_deref(), Some("shop"));
        assert_eq!(name("name: __My Shop!", None).as_deref(), Some("myshop"));
        assert_eq!(name("name: $NAME", None), None);
        assert_eq!(name("name: a", Some("b")).as_deref(), Some("b"));
    }
}

//! What the file declares for services to use: volumes, secrets, configs and models.
//!
//! Not for: networks (`network`), and the services' side of it (`mount`, `grant`).

use super::reader::{Reader, Slot};
use super::value::{Extension, List, Name, Named, Pairs, Scalar, Setting, Text, Typed};
use crate::text::Location;

/// `external` of a network, volume, secret or config.
#[derive(Clone, Debug, PartialEq)]
pub enum External {
    /// A boolean.
    Flag(Typed<bool>),
    /// The old form: an object with the name.
    Name(Setting<Scalar>),
}

impl External {
    /// Whether the thing certainly exists already.
    pub fn is_true(&self) -> bool {
        match self {
            External::Flag(flag) => flag.is(&true),
            External::Name(_) => true,
        }
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<External> {
        if cx.is_mapping(slot.node) {
            let name = cx.slot(slot.node, "name");
            let name = name.and_then(|slot| cx.scalar_field(&slot));
            return Some(slot.field(External::Name(name)));
        }
        let scalar = cx.scalar(slot.node)?;
        let flag = Typed::new(scalar, super::cast::boolean);
        Some(slot.field(External::Flag(flag)))
    }
}

/// A volume of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// Its key.
    pub key: Name,
    /// Where its value stands; an empty place when there is none.
    pub at: Location,
    /// Its name in place of `PROJECT_KEY`.
    pub name: Setting<Scalar>,
    /// Whether it exists already.
    pub external: Setting<External>,
    /// The driver.
    pub driver: Setting<Scalar>,
    /// Options of the driver.
    pub driver_opts: Pairs,
    /// Labels.
    pub labels: Pairs,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
    /// The keys that are there, in order.
    pub keys: Vec<Name>,
}

impl Named for Volume {
    fn name(&self) -> &Name {
        &self.key
    }
}

impl Volume {
    /// Whether it is certainly not made by Compose.
    pub fn is_external(&self) -> bool {
        self.external
            .as_ref()
            .is_some_and(|field| field.value.is_true())
    }

    /// The path of the host that the volume is bound to by options of the `local` driver, if it is known.
    pub fn bound_path(&self) -> Option<&Text> {
        let local = match &self.driver {
            None => true,
            Some(driver) => driver.value.is("local"),
        };
        let options = self.driver_opts.get("o")?.value.as_ref()?.value.known()?;
        let bound = options
            .split(',')
            .any(|option| matches!(option, "bind" | "rbind"));
        let device = self.driver_opts.get("device")?.value.as_ref()?;
        (local && bound && device.value.known().is_some()).then_some(device)
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Volume {
        let mut volume = Volume {
            key: slot.declared(),
            at: slot.at,
            name: None,
            external: None,
            driver: None,
            driver_opts: Pairs::default(),
            labels: Pairs::default(),
            extensions: Vec::new(),
            keys: Vec::new(),
        };
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            volume.keys.push(slot.declared());
            match slot.name {
                "name" => volume.name = cx.scalar_field(slot),
                "external" => volume.external = External::read(cx, slot),
                "driver" => volume.driver = cx.scalar_field(slot),
                "driver_opts" => volume.driver_opts = cx.pairs(slot),
                "labels" => volume.labels = cx.pairs(slot),
                name if name.starts_with("x-") => volume.extensions.push(slot.extension()),
                _ => {}
            }
        }
        volume
    }
}

/// A secret or config of the file: something that appears as a file in containers.
#[derive(Clone, Debug, PartialEq)]
pub struct FileObject {
    /// Its key.
    pub key: Name,
    /// Where its value stands; an empty place when there is none.
    pub at: Location,
    /// Its name outside the project.
    pub name: Setting<Scalar>,
    /// The file of the host that holds it.
    pub file: Setting<Scalar>,
    /// The variable of the host that holds it.
    pub environment: Setting<Scalar>,
    /// The thing itself; only a config has it.
    pub content: Setting<Scalar>,
    /// Whether it exists already (Swarm).
    pub external: Setting<External>,
    /// The driver (Swarm); only a secret has one.
    pub driver: Setting<Scalar>,
    /// Options of the driver (Swarm).
    pub driver_opts: Pairs,
    /// The driver that fills it in as a template (Swarm).
    pub template_driver: Setting<Scalar>,
    /// Labels (Swarm).
    pub labels: Pairs,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
    /// The keys that are there, in order.
    pub keys: Vec<Name>,
}

impl Named for FileObject {
    fn name(&self) -> &Name {
        &self.key
    }
}

impl FileObject {
    /// Whether it certainly exists already.
    pub fn is_external(&self) -> bool {
        self.external
            .as_ref()
            .is_some_and(|field| field.value.is_true())
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> FileObject {
        let mut object = FileObject {
            key: slot.declared(),
            at: slot.at,
            name: None,
            file: None,
            environment: None,
            content: None,
            external: None,
            driver: None,
            driver_opts: Pairs::default(),
            template_driver: None,
            labels: Pairs::default(),
            extensions: Vec::new(),
            keys: Vec::new(),
        };
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            object.keys.push(slot.declared());
            match slot.name {
                "name" => object.name = cx.scalar_field(slot),
                "file" => object.file = cx.scalar_field(slot),
                "environment" => object.environment = cx.scalar_field(slot),
                "content" => object.content = cx.scalar_field(slot),
                "external" => object.external = External::read(cx, slot),
                "driver" => object.driver = cx.scalar_field(slot),
                "driver_opts" => object.driver_opts = cx.pairs(slot),
                "template_driver" => object.template_driver = cx.scalar_field(slot),
                "labels" => object.labels = cx.pairs(slot),
                name if name.starts_with("x-") => object.extensions.push(slot.extension()),
                _ => {}
            }
        }
        object
    }
}

/// An AI model of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its key.
    pub key: Name,
    /// Where its value stands.
    pub at: Location,
    /// A name for it.
    pub name: Setting<Scalar>,
    /// The model to run, as an OCI reference.
    pub model: Setting<Scalar>,
    /// The most tokens that it looks at.
    pub context_size: Setting<Typed<i64>>,
    /// Flags for the program that runs it.
    pub runtime_flags: List<Text>,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
}

impl Named for Model {
    fn name(&self) -> &Name {
        &self.key
    }
}

impl Model {
    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Model {
        let mut model = Model {
            key: slot.declared(),
            at: slot.at,
            name: None,
            model: None,
            context_size: None,
            runtime_flags: List::default(),
            extensions: Vec::new(),
        };
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            match slot.name {
                "name" => model.name = cx.scalar_field(slot),
                "model" => model.model = cx.scalar_field(slot),
                "context_size" => model.context_size = cx.integer(slot),
                "runtime_flags" => model.runtime_flags = cx.texts(slot),
                name if name.starts_with("x-") => model.extensions.push(slot.extension()),
                _ => {}
            }
        }
        model
    }
}

/// A model that a service uses.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelUse {
    /// The model's key.
    pub model: Text,
    /// Where the value stands; the name itself in the list form.
    pub at: Location,
    /// The variable that gets the model's address; `MODEL_URL` by default.
    pub endpoint_var: Setting<Scalar>,
    /// The variable that gets the model's name; `MODEL_MODEL` by default.
    pub model_var: Setting<Scalar>,
}

impl ModelUse {
    pub(super) fn read_all(cx: &Reader<'_>, slot: &Slot<'_>) -> List<ModelUse> {
        if !cx.is_mapping(slot.node) {
            return cx.list(slot, |node| {
                let model = cx.text(node)?;
                Some(ModelUse {
                    at: model.at,
                    model,
                    endpoint_var: None,
                    model_var: None,
                })
            });
        }
        let mut uses = Vec::new();
        for slot in cx.slots(slot.node) {
            let mut used = ModelUse {
                model: cx.plain(slot.name, slot.key),
                at: slot.at,
                endpoint_var: None,
                model_var: None,
            };
            for slot in cx.slots(slot.node) {
                match slot.name {
                    "endpoint_var" => used.endpoint_var = cx.scalar_field(&slot),
                    "model_var" => used.model_var = cx.scalar_field(&slot),
                    _ => {}
                }
            }
            uses.push(used);
        }
        slot.list(uses)
    }
}

//! Mounts: `volumes`, `tmpfs` and `volumes_from`.
//!
//! Not for: what lies behind a path, and whether a container should see it.

use super::cast;
use super::reader::{Reader, Slot};
use super::tree::Node;
use super::value::{Field, Flag, Pairs, Scalar, Setting, Text, Typed};
use crate::grammar::mount::{self, MountKind, MountOptionKind};
use crate::text::{Edit, Located, Location};
use crate::yaml::edit;

/// An item of `volumes`, whichever way it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Mount {
    /// All of it.
    pub at: Location,
    /// The text of the short form; `None` for the long form.
    pub short: Option<Scalar>,
    /// What is mounted; its value is missing when that is unknown. In the short form it follows from the
    /// source, and stands where the source stands.
    pub kind: Option<Located<Typed<MountType>>>,
    /// The host's path, or the name of a volume or image; none for an anonymous volume.
    pub source: Option<Text>,
    /// The path in the container.
    pub target: Option<Text>,
    /// Whether the container may only read. In the short form it stands at `ro` or `rw`.
    pub read_only: Option<Located<Typed<bool>>>,
    /// The options of the short form, in order, known and unknown ones.
    pub options: Vec<Text>,
    /// `consistency` of the long form.
    pub consistency: Setting<Scalar>,
    /// Options of a mount of the host's files.
    pub bind: BindOptions,
    /// Options of a mount of a volume.
    pub volume: VolumeOptions,
    /// Options of a mount of memory.
    pub tmpfs: TmpfsOptions,
    /// `image.subpath`
    pub image_subpath: Option<Text>,
    /// Where `bind`, `volume`, `tmpfs` and `image` stand, with the type that they are for.
    pub sections: Vec<(MountType, Box<Field<()>>)>,
}

/// The parts of a short form that begins with a single letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Drive<'m> {
    /// The letter.
    pub letter: &'m str,
    /// The path behind it.
    pub target: &'m str,
    /// What follows behind another colon.
    pub options: Option<&'m str>,
}

/// What is mounted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MountType {
    /// Files of the host.
    Bind,
    /// A volume.
    Volume,
    /// Memory.
    Tmpfs,
    /// A named pipe of Windows.
    Npipe,
    /// A volume of a Swarm cluster.
    Cluster,
    /// The files of an image.
    Image,
}

impl MountType {
    /// The type that a word names.
    pub fn parse(word: &str) -> Option<MountType> {
        Some(match word {
            "bind" => MountType::Bind,
            "volume" => MountType::Volume,
            "tmpfs" => MountType::Tmpfs,
            "npipe" => MountType::Npipe,
            "cluster" => MountType::Cluster,
            "image" => MountType::Image,
            _ => return None,
        })
    }
}

/// `bind` of a mount.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct BindOptions {
    /// Whether mounts made later are seen on the other side.
    pub propagation: Option<Text>,
    /// Whether a missing path is made. The short form makes it.
    pub create_host_path: Option<Flag>,
    /// What becomes of mounts below the source.
    pub recursive: Option<Text>,
    /// `z` or `Z`.
    pub selinux: Option<Text>,
}

/// `volume` of a mount.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct VolumeOptions {
    /// Whether a new volume stays empty. In the short form it stands at `nocopy`.
    pub nocopy: Option<Located<Typed<bool>>>,
    /// The path in the volume.
    pub subpath: Option<Text>,
    /// Labels.
    pub labels: Pairs,
}

/// `tmpfs` of a mount.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TmpfsOptions {
    /// The most bytes.
    pub size: Setting<Typed<i64>>,
    /// The permissions.
    pub mode: Setting<Typed<u32>>,
}

impl Mount {
    /// What is mounted, if that is known.
    pub fn kind(&self) -> Option<MountType> {
        self.kind.as_ref()?.value.value
    }

    /// Whether the container may only read. `None` if that is unknown.
    pub fn is_read_only(&self) -> Option<bool> {
        match &self.read_only {
            Some(read_only) => read_only.value.value,
            None => Some(false),
        }
    }

    /// The path of the host, if it is one and known.
    pub fn host_path(&self) -> Option<&str> {
        let source = self.source.as_ref()?;
        (self.kind() == Some(MountType::Bind)).then(|| source.value.known())?
    }

    /// The name of the volume, if it has one that is known.
    pub fn volume_name(&self) -> Option<&str> {
        let source = self.source.as_ref()?;
        (self.kind() == Some(MountType::Volume)).then(|| source.value.known())?
    }

    /// The path in the container, if it is known, without `.`, `..`, doubled and trailing slashes.
    pub fn target_path(&self) -> Option<String> {
        clean(self.target.as_ref()?.value.known()?)
    }

    /// The letter, target and options of a short form such as `v:/data`, whose letter is read as a Windows drive
    /// while a volume is meant, or may be. Compose does so on every platform.
    pub fn mistaken_drive(&self) -> Option<Drive<'_>> {
        let text = self.short.as_ref()?.literal()?;
        let (letter, rest) = text.split_at_checked(1)?;
        let rest = rest.strip_prefix(':')?;
        if !letter.starts_with(|c: char| c.is_ascii_alphabetic())
            || rest.is_empty()
            || rest.starts_with('\\')
        {
            return None;
        }
        let (target, options) = match rest.split_once(':') {
            None => (rest, None),
            Some((target, options)) => (target, Some(options)),
        };
        // `c:/data:/data` mounts a folder of a drive.
        let are_options = options.is_none_or(|options| !options.starts_with(['/', '.']));
        (self.source.is_none() || are_options && !rest.contains(r":\")).then_some(Drive {
            letter,
            target,
            options,
        })
    }

    /// The edit that makes the mount read-only, if it is one that can be written to and stands in this text.
    pub fn read_only_edit(&self, text: &str) -> Option<Edit> {
        if self.is_read_only() != Some(false) {
            return None;
        }
        if let Some(read_only) = &self.read_only {
            let word = read_only.at.span;
            let ro = match word.text(text) {
                "rw" => "ro",
                "false" => "true",
                _ => return None,
            };
            return Some(Edit::replace(word, ro));
        }
        if let Some(short) = &self.short {
            short.literal()?;
            let (last, separator) = match (self.options.last(), &self.target) {
                (Some(option), _) => (option, ","),
                (None, target) => (target.as_ref()?, ":"),
            };
            return Some(Edit::insert(last.at.span.end, format!("{separator}ro")));
        }
        let is_flow = self.at.span.text(text).starts_with('{');
        let last = if is_flow {
            self.source.as_ref()?.at.span
        } else {
            self.at.span
        };
        edit::insert_entry_behind(text, last, "read_only: true")
    }

    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<Mount> {
        if cx.is_mapping(node) {
            return Some(Mount::long(cx, node));
        }
        Mount::short(cx, cx.text(node)?)
    }

    fn empty(at: Location) -> Mount {
        Mount {
            at,
            short: None,
            kind: None,
            source: None,
            target: None,
            read_only: None,
            options: Vec::new(),
            consistency: None,
            bind: BindOptions::default(),
            volume: VolumeOptions::default(),
            tmpfs: TmpfsOptions::default(),
            image_subpath: None,
            sections: Vec::new(),
        }
    }

    fn short(cx: &Reader<'_>, text: Text) -> Option<Mount> {
        let scalar = text.value;
        let parsed = mount::parse_short(scalar.text()).ok()?;
        let mut mount = Mount::empty(text.at);
        let kind = match parsed.kind {
            MountKind::Anonymous | MountKind::Named => Some(MountType::Volume),
            MountKind::Bind => Some(MountType::Bind),
            MountKind::Unknown => None,
        };
        let read_only = parsed.is_read_only();
        let decides = parsed.source.as_ref().unwrap_or(&parsed.target);
        let decides = cx.part(&scalar, decides.range.clone());
        mount.kind = Some(Located {
            at: decides.at,
            value: Typed {
                scalar: decides.value,
                value: kind,
            },
        });
        let part = |part: &crate::grammar::Part| cx.part(&scalar, part.range.clone());
        mount.source = parsed.source.as_ref().map(part);
        mount.target = Some(part(&parsed.target));
        for option in &parsed.options {
            let text = part(&option.part);
            let typed = |value: Option<bool>| {
                Some(Located {
                    at: text.at,
                    value: Typed {
                        scalar: text.value.clone(),
                        value,
                    },
                })
            };
            match option.kind {
                MountOptionKind::ReadOnly | MountOptionKind::ReadWrite => {
                    mount.read_only = typed(read_only);
                }
                MountOptionKind::Unknown if read_only.is_none() => mount.read_only = typed(None),
                MountOptionKind::NoCopy => mount.volume.nocopy = typed(Some(true)),
                MountOptionKind::SelinuxShared | MountOptionKind::SelinuxPrivate => {
                    mount.bind.selinux = Some(text.clone());
                }
                MountOptionKind::Propagation => mount.bind.propagation = Some(text.clone()),
                MountOptionKind::Ignored | MountOptionKind::Unknown => {}
            }
            mount.options.push(text);
        }
        if read_only.is_none() && mount.read_only.is_none() {
            // The variable that the target is may bring an option of its own.
            mount.read_only = mount.target.clone().map(|target| Located {
                at: target.at,
                value: Typed {
                    scalar: target.value,
                    value: None,
                },
            });
        }
        mount.short = Some(scalar);
        Some(mount)
    }

    fn long(cx: &Reader<'_>, node: Node) -> Mount {
        let mut mount = Mount::empty(cx.at(node));
        for slot in cx.slots(node) {
            match slot.name {
                "type" => {
                    let read = |scalar: &Scalar| MountType::parse(scalar.known()?);
                    mount.kind = cx.typed_field(&slot, read).map(|field| field.located());
                }
                "source" => mount.source = cx.text(slot.node),
                "target" => mount.target = cx.text(slot.node),
                "read_only" => mount.read_only = cx.flag(&slot).map(|field| field.located()),
                "consistency" => mount.consistency = cx.scalar_field(&slot),
                "bind" => {
                    mount.sections.push((MountType::Bind, slot.field(())));
                    mount.bind = BindOptions::read(cx, &slot);
                }
                "volume" => {
                    mount.sections.push((MountType::Volume, slot.field(())));
                    mount.volume = VolumeOptions::read(cx, &slot);
                }
                "tmpfs" => {
                    mount.sections.push((MountType::Tmpfs, slot.field(())));
                    mount.tmpfs = TmpfsOptions::read(cx, &slot);
                }
                "image" => {
                    mount.sections.push((MountType::Image, slot.field(())));
                    let subpath = cx.slot(slot.node, "subpath");
                    mount.image_subpath = subpath.and_then(|slot| cx.text(slot.node));
                }
                _ => {}
            }
        }
        mount
    }
}

impl BindOptions {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> BindOptions {
        let mut options = BindOptions::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "propagation" => options.propagation = cx.text(slot.node),
                "create_host_path" => options.create_host_path = cx.flag(&slot),
                "recursive" => options.recursive = cx.text(slot.node),
                "selinux" => options.selinux = cx.text(slot.node),
                _ => {}
            }
        }
        options
    }
}

impl VolumeOptions {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> VolumeOptions {
        let mut options = VolumeOptions::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "nocopy" => options.nocopy = cx.flag(&slot).map(|field| field.located()),
                "subpath" => options.subpath = cx.text(slot.node),
                "labels" => options.labels = cx.pairs(&slot),
                _ => {}
            }
        }
        options
    }
}

impl TmpfsOptions {
    fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> TmpfsOptions {
        let mut options = TmpfsOptions::default();
        for slot in cx.slots(slot.node) {
            match slot.name {
                "size" => options.size = cx.bytes(&slot),
                "mode" => options.mode = cx.typed_field(&slot, cast::file_mode),
                _ => {}
            }
        }
        options
    }
}

/// An item of `tmpfs`: `PATH[:OPTIONS]`.
#[derive(Clone, Debug, PartialEq)]
pub struct TmpfsMount {
    /// All of it.
    pub at: Location,
    /// The path in the container.
    pub target: Text,
    /// The options, in order.
    pub options: Vec<Text>,
}

impl TmpfsMount {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<TmpfsMount> {
        let text = cx.text(node)?;
        let line = text.value.text();
        let colon = outside_references(line, ':').next();
        let mut options = Vec::new();
        if let Some(colon) = colon {
            let mut start = colon + 1;
            let commas = outside_references(&line[start..], ',').map(|at| colon + 1 + at);
            for end in commas.chain([line.len()]) {
                if start < end {
                    options.push(cx.part(&text.value, start..end));
                }
                start = end + 1;
            }
        }
        let end = colon.unwrap_or(line.len());
        Some(TmpfsMount {
            at: text.at,
            target: cx.part(&text.value, 0..end),
            options,
        })
    }
}

/// A path of a container without detours, if it begins at the root. `..` does not lead above the root.
pub fn clean(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.strip_prefix('/')?.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// An item of `volumes_from`: `SERVICE[:MODE]` or `container:NAME[:MODE]`.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumesFrom {
    /// All of it.
    pub at: Location,
    /// Whether it names a container and not a service.
    pub container: bool,
    /// The service or container.
    pub name: Text,
    /// `ro` or `rw`.
    pub mode: Option<Text>,
}

impl VolumesFrom {
    pub(super) fn read(cx: &Reader<'_>, node: Node) -> Option<VolumesFrom> {
        let text = cx.text(node)?;
        let line = text.value.text();
        let container = line.starts_with("container:");
        let start = if container { "container:".len() } else { 0 };
        let colon = outside_references(&line[start..], ':').next();
        let colon = colon.map(|at| start + at);
        let end = line.len();
        Some(VolumesFrom {
            at: text.at,
            container,
            name: cx.part(&text.value, start..colon.unwrap_or(end)),
            mode: colon.map(|colon| cx.part(&text.value, colon + 1..end)),
        })
    }
}

/// The places of an ASCII character outside `${…}`.
pub(super) fn outside_references(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let mut depth = 0_usize;
    let mut previous = '\0';
    text.char_indices().filter_map(move |(at, c)| {
        if c == '{' && (depth > 0 || previous == '$') {
            depth += 1;
        } else if c == '}' {
            depth = depth.saturating_sub(1);
        }
        previous = c;
        (c == wanted && depth == 0).then_some(at)
    })
}

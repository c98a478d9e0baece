//! How an image is built.
//!
//! Not for: the Dockerfile that it names (`workspace` links both).

use super::grant::Grant;
use super::link::ExtraHost;
use super::reader::{Reader, Slot};
use super::ulimit::Ulimit;
use super::value::{Extension, Flag, List, Pairs, Scalar, Setting, Text, Typed};

/// `build`, whichever way it is written.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Build {
    /// Whether it is only the text of a context.
    pub short: bool,
    /// The context; `.` by default. In the short form its key is `build`.
    pub context: Setting<Scalar>,
    /// The Dockerfile, relative to the context.
    pub dockerfile: Setting<Scalar>,
    /// The Dockerfile itself.
    pub dockerfile_inline: Setting<Scalar>,
    /// The stage.
    pub target: Setting<Scalar>,
    /// Values for ARGs; one without a value is taken from the environment.
    pub args: Pairs,
    /// More contexts by name.
    pub additional_contexts: Pairs,
    /// Secrets for the build.
    pub secrets: List<Grant>,
    /// SSH agents and keys.
    pub ssh: Pairs,
    /// Labels of the image.
    pub labels: Pairs,
    /// Where cached layers are looked for.
    pub cache_from: List<Text>,
    /// Where layers are stored.
    pub cache_to: List<Text>,
    /// Whether every layer is built anew.
    pub no_cache: Option<Flag>,
    /// Stages that are built anew.
    pub no_cache_filter: List<Text>,
    /// Whether newer base images are asked for.
    pub pull: Option<Flag>,
    /// The network during the build.
    pub network: Setting<Scalar>,
    /// Platforms to build for.
    pub platforms: List<Text>,
    /// Whether the build has more privileges.
    pub privileged: Option<Flag>,
    /// Privileges that the build may ask for.
    pub entitlements: List<Text>,
    /// Lines for `/etc/hosts`.
    pub extra_hosts: List<ExtraHost>,
    /// Isolation technology.
    pub isolation: Setting<Scalar>,
    /// Size of `/dev/shm` in bytes.
    pub shm_size: Setting<Typed<i64>>,
    /// More names for the image.
    pub tags: List<Text>,
    /// Resource limits.
    pub ulimits: List<Ulimit>,
    /// Provenance attestation: a boolean or options.
    pub provenance: Setting<Scalar>,
    /// Package list attestation: a boolean or options.
    pub sbom: Setting<Scalar>,
    /// Keys that begin with `x-`.
    pub extensions: Vec<Extension>,
}

/// What a context begins with that is fetched from elsewhere, if there is no `://` in it (`paths/context.go` of
/// compose-go).
const REMOTE: [&str; 2] = ["github.com/", "git@"];

impl Build {
    /// Whether it gives an argument of this name.
    pub fn has_argument(&self, name: &str) -> bool {
        let mut arguments = self.args.iter();
        arguments.any(|argument| argument.name.value.text() == name)
    }

    /// The path of the Dockerfile without dots, as seen from the folder of the Compose file: the default where none
    /// is named. `None` when it is not certainly a file here: it stands in the Compose file itself, a variable
    /// without a default decides, the context is fetched from elsewhere, or the path is one of Windows.
    pub fn dockerfile_path(&self) -> Option<String> {
        if self.dockerfile_inline.is_some() {
            return None;
        }
        let known = |setting: &'_ Setting<Scalar>, default| match setting {
            Some(field) => match field.value.known()? {
                "" => Some(default),
                text => Some(text.to_owned()),
            },
            None => Some(default),
        };
        let context = known(&self.context, ".".to_owned())?;
        let dockerfile = known(&self.dockerfile, "Dockerfile".to_owned())?;
        let is_elsewhere = |path: &str| {
            path.contains("://") || path.contains(['\\', '\0']) || path.starts_with('~')
        };
        if is_elsewhere(&context)
            || is_elsewhere(&dockerfile)
            || REMOTE.iter().any(|prefix| context.starts_with(prefix))
        {
            return None;
        }
        let path = match dockerfile.strip_prefix('/') {
            Some(_) => dockerfile,
            None => format!("{context}/{dockerfile}"),
        };
        Some(without_dots(&path))
    }

    pub(super) fn read(cx: &Reader<'_>, slot: &Slot<'_>) -> Setting<Build> {
        let mut build = Build::default();
        if !cx.is_mapping(slot.node) {
            build.short = true;
            build.context = Some(cx.scalar_field(slot)?);
            return Some(slot.field(build));
        }
        for slot in cx.slots(slot.node) {
            let slot = &slot;
            match slot.name {
                "context" => build.context = cx.scalar_field(slot),
                "dockerfile" => build.dockerfile = cx.scalar_field(slot),
                "dockerfile_inline" => build.dockerfile_inline = cx.scalar_field(slot),
                "target" => build.target = cx.scalar_field(slot),
                "args" => build.args = cx.pairs(slot),
                "additional_contexts" => build.additional_contexts = cx.pairs(slot),
                "secrets" => build.secrets = cx.list(slot, |node| Grant::read(cx, node)),
                "ssh" => build.ssh = cx.pairs(slot),
                "labels" => build.labels = cx.pairs(slot),
                "cache_from" => build.cache_from = cx.texts(slot),
                "cache_to" => build.cache_to = cx.texts(slot),
                "no_cache" => build.no_cache = cx.flag(slot),
                "no_cache_filter" => build.no_cache_filter = cx.texts(slot),
                "pull" => build.pull = cx.flag(slot),
                "network" => build.network = cx.scalar_field(slot),
                "platforms" => build.platforms = cx.texts(slot),
                "privileged" => build.privileged = cx.flag(slot),
                "entitlements" => build.entitlements = cx.texts(slot),
                "extra_hosts" => build.extra_hosts = ExtraHost::read_all(cx, slot),
                "isolation" => build.isolation = cx.scalar_field(slot),
                "shm_size" => build.shm_size = cx.bytes(slot),
                "tags" => build.tags = cx.texts(slot),
                "ulimits" => build.ulimits = Ulimit::read_all(cx, slot),
                "provenance" => build.provenance = cx.scalar_field(slot),
                "sbom" => build.sbom = cx.scalar_field(slot),
                name if name.starts_with("x-") => build.extensions.push(slot.extension()),
                _ => {}
            }
        }
        Some(slot.field(build))
    }
}

/// A path with `.` and `..` worked out by its names alone, as Compose does (Go's `filepath.Join`).
pub fn without_dots(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            ("..", None) if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

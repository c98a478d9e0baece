//! Keys that an object does not have: what was meant?
//!
//! Three answers, in this order: the key has a new name or place since the old file formats; it stands at
//! the wrong level; it is misspelt.

use super::Validator;
use crate::compose::schema::{self, Map, Object};
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::yaml::{MergedEntry, NodeId};

/// Keys of old file formats and of `docker run`, and where they are now.
const SERVICE_KEYS: &[(&str, &str)] = &[
    ("constraints", "write `deploy.placement.constraints`"),
    ("cpu_limit", "write `cpus`"),
    ("cpu_percentage", "write `cpu_percent`"),
    ("cpuset_cpus", "write `cpuset`"),
    ("dockerfile", "write `build.dockerfile`"),
    ("entry_point", "write `entrypoint`"),
    ("env", "write `environment`"),
    ("env_vars", "write `environment`"),
    ("host_name", "write `hostname`"),
    ("limits", "write `deploy.resources.limits`"),
    ("log_driver", "write `logging.driver`"),
    ("log_opt", "write `logging.options`"),
    ("log_opts", "write `logging.options`"),
    ("mem", "write `mem_limit`"),
    ("memory", "write `mem_limit`"),
    ("memory_limit", "write `mem_limit`"),
    ("memory_swap", "write `memswap_limit`"),
    ("net", "write `network_mode`"),
    ("publish", "write `ports`"),
    ("replicas", "write `deploy.replicas`"),
    ("reservations", "write `deploy.resources.reservations`"),
    ("resources", "write `deploy.resources`"),
    (
        "restart_policy",
        "write `restart`, or `deploy.restart_policy`",
    ),
    (
        "volume_driver",
        "write `driver` at the volume, at the top level",
    ),
    ("workdir", "write `working_dir`"),
];

const LIMIT_KEYS: &[(&str, &str)] = &[
    ("cpu", "write `cpus`"),
    ("mem", "write `memory`"),
    ("mem_limit", "write `memory`"),
    ("pids_limit", "write `pids`"),
];

/// Keys that say that a mapping is a service.
const SERVICE_MARKERS: &[&str] = &[
    "build",
    "command",
    "container_name",
    "depends_on",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "image",
    "links",
    "ports",
    "restart",
    "volumes_from",
];

impl Validator<'_> {
    /// Reports a key that `object` does not have. `around` are the objects around it, outermost first.
    pub(super) fn unknown_key(
        &mut self,
        merged: &MergedEntry,
        name: &str,
        object: &'static Object,
        around: &[&'static Object],
    ) {
        let key = merged.entry.key;
        let message = format!("{} has no key `{}`", object.name, excerpt(name));
        let mut error = SyntaxError::new("unknown-property", self.document.span(key), message);
        if !object.closed {
            error = error.with_severity(Severity::Warning);
        }
        if let Some(via) = merged.via {
            error = error.with_label(self.document.span(via), "merged here");
        }
        if name.starts_with("x-") {
            let help = format!("no key with `x-` is allowed in {}", object.name);
            return self.push(error.with_help(help));
        }
        // Comparing names is what costs.
        if self.suggestions == 0 || name.len() > 64 {
            return self.push(error);
        }
        self.suggestions -= 1;
        if let Some(help) = renamed(object, name) {
            error = error.with_help(help);
            let new = help.strip_prefix("write `");
            let new = new.and_then(|rest| rest.strip_suffix('`'));
            if let Some(new) = new.filter(|new| object.key(new).is_some()) {
                error = self.with_rename(error, key, new);
            }
        } else if let Some(help) = self
            .looks_like_service(merged.entry.value, object)
            .or_else(|| misplaced(object, around, name))
        {
            error = error.with_help(help);
        } else if let Some(nearest) = nearest(name, object.keys().map(|key| key.name)) {
            error = error.with_help(format!("did you mean `{nearest}`?"));
            error = self.with_rename(error, key, nearest);
        }
        self.push(error);
    }

    /// Offers another name for a key, if that is not taken.
    fn with_rename(&self, error: SyntaxError, key: NodeId, name: &str) -> SyntaxError {
        let parent = self.document.parent(key);
        if parent.is_some_and(|parent| self.document.get(parent, name).is_some()) {
            return error;
        }
        let edits = vec![self.replace(key, name)];
        let title = format!("rename to `{name}`");
        error.with_fix(Fix::new(title, Applicability::Unsafe, edits))
    }

    /// A mapping at the top level that ought to stand under `services`.
    fn looks_like_service(&self, value: NodeId, object: &'static Object) -> Option<String> {
        (std::ptr::eq(object, &schema::FILE) && self.is_service_like(value))
            .then(|| "it looks like a service; move it under `services`".to_owned())
    }

    /// Whether a value is a mapping with a key that says that it is a service.
    pub(super) fn is_service_like(&self, value: NodeId) -> bool {
        let entries = self.document.merged(value).entries;
        entries.iter().any(|merged| {
            let name = self.document.as_str(merged.entry.key);
            name.is_some_and(|name| SERVICE_MARKERS.contains(&name))
        })
    }
}

/// Where a key of an old format is now.
fn renamed(object: &'static Object, name: &str) -> Option<&'static str> {
    let keys = if std::ptr::eq(object, &schema::SERVICE) || std::ptr::eq(object, &schema::JOB) {
        SERVICE_KEYS
    } else if object.name == "`limits`" || object.name == "`reservations`" {
        LIMIT_KEYS
    } else {
        return None;
    };
    let (_, help) = keys.iter().find(|(old, _)| *old == name)?;
    Some(help)
}

/// Where a key of this name is allowed: in an object further up, or in exactly one further down.
fn misplaced(object: &'static Object, around: &[&'static Object], name: &str) -> Option<String> {
    for (above, outer) in around.iter().rev().enumerate() {
        if outer.key(name).is_some() {
            return Some(match above {
                0 => format!("it belongs one level up, to {}", outer.name),
                _ => format!("it belongs {} levels up, to {}", above + 1, outer.name),
            });
        }
    }
    let mut owners = object.keys().filter(|key| {
        let inner = key.shape.object();
        inner.is_some_and(|inner| inner.key(name).is_some())
    });
    match (owners.next(), owners.next()) {
        (Some(owner), None) => Some(format!("it belongs under `{}`", owner.name)),
        (None, _) => deeper(object, name),
        _ => None,
    }
}

/// The only object two levels down that has a key of this name.
fn deeper(object: &'static Object, name: &str) -> Option<String> {
    let mut found = None;
    for outer in object.keys() {
        let Some(Map::Object(middle)) = &outer.shape.map else {
            continue;
        };
        for inner in middle.keys() {
            if inner
                .shape
                .object()
                .is_some_and(|object| object.key(name).is_some())
            {
                if found.is_some() {
                    return None;
                }
                found = Some(format!(
                    "it belongs under `{}`, `{}`",
                    outer.name, inner.name
                ));
            }
        }
    }
    found
}

/// The name that is nearest to a word, if one is near enough to be meant.
pub(super) fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    let word = word.to_ascii_lowercase().replace('-', "_");
    let near = |name: &'n str| {
        let plain = name.replace('-', "_");
        let distance = strsim::damerau_levenshtein(&word, &plain.to_ascii_lowercase());
        let longest = word.len().max(plain.len());
        (distance <= 1 + longest / 6 && distance < longest.min(word.len()))
            .then_some((distance, name))
    };
    let (_, name) = names
        .filter_map(near)
        .min_by_key(|(distance, _)| *distance)?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(word: &str) -> Option<&'static str> {
        nearest(word, schema::SERVICE.keys().map(|key| key.name))
    }

    #[test]
    fn misspelt_keys_find_their_name() {
        assert_eq!(service("enviroment"), Some("environment"));
        assert_eq!(service("port"), Some("ports"));
        assert_eq!(service("depends-on"), Some("depends_on"));
        assert_eq!(service("Image"), Some("image"));
        assert_eq!(service("wrongField"), None);
        assert_eq!(service("foo"), None);
    }

    #[test]
    fn keys_at_the_wrong_level_find_their_place() {
        let help = misplaced(&schema::SERVICE, &[&schema::FILE], "interval");
        assert_eq!(help.as_deref(), Some("it belongs under `healthcheck`"));
        let help = misplaced(&schema::BUILD, &[&schema::FILE, &schema::SERVICE], "image");
        assert_eq!(
            help.as_deref(),
            Some("it belongs one level up, to a service")
        );
    }

    #[test]
    fn old_keys_are_keys_no_more() {
        for (name, _) in SERVICE_KEYS {
            assert!(schema::SERVICE.key(name).is_none(), "{name}");
        }
        assert!(SERVICE_KEYS.is_sorted());
        assert!(SERVICE_MARKERS.is_sorted());
    }
}

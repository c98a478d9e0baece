//! How much of its project a file is likely to hold.
//!
//! Many Compose files are parts: overrides, files that others include, bases that others extend. What such a file
//! does not say may be said elsewhere, so that rules about what is missing have to know.
//!
//! Not for: finding the other parts. This looks at one file and its name only, and errs on the side of "part".

use std::path::Path;

use super::File;

/// How much of its project a file is likely to hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Extent {
    /// All of it: Compose finds a file of this name by itself, and nothing in it points to others.
    Whole,
    /// Perhaps all, perhaps only a part: it has a name of the user's choice, such as `compose.prod.yaml`.
    Unclear,
    /// Certainly or very likely not all.
    #[default]
    Part,
}

/// The names that Compose looks for by itself (`cli/options.go` of compose-go).
const FOUND_BY_ITSELF: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];

/// Whether a file's name says that it is merged into another one, so that keys may be missing in it.
pub fn is_override(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.to_ascii_lowercase().contains("override")
}

/// Whether a file's name or folder says that it is for development or tests, where a service may come and go.
pub fn is_for_development(path: &Path) -> bool {
    const WORDS: [&str; 10] = [
        "ci",
        "debug",
        "dev",
        "devcontainer",
        "development",
        "e2e",
        "local",
        "override",
        "test",
        "tests",
    ];
    let mut parts = path.components().rev();
    let name = parts
        .next()
        .map(|name| name.as_os_str().to_string_lossy().to_ascii_lowercase());
    let folder = parts
        .next()
        .map(|folder| folder.as_os_str().to_string_lossy().to_ascii_lowercase());
    let in_name = name.is_some_and(|name| {
        name.split(['.', '-', '_'])
            .any(|word| WORDS.contains(&word))
    });
    in_name || folder.is_some_and(|folder| WORDS.contains(&folder.trim_start_matches('.')))
}

/// Whether Compose finds a file of this name by itself.
pub fn is_found_by_itself(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    FOUND_BY_ITSELF.contains(&&*name)
}

impl File {
    /// How much of its project the file at this path is likely to hold. All documents of a file count together.
    pub fn extent(&self, path: &Path) -> Extent {
        if is_override(path) || self.is_part() {
            Extent::Part
        } else if is_found_by_itself(path) {
            Extent::Whole
        } else {
            Extent::Unclear
        }
    }

    /// Whether nothing of the file was left out, and it says what runs.
    pub fn is_whole(&self) -> bool {
        let has_any = !self.services.is_empty() || !self.jobs.is_empty();
        has_any && !self.truncated
    }

    /// Whether the file cannot be loaded alone, or takes in others.
    fn is_part(&self) -> bool {
        let mut services = self
            .documents()
            .flat_map(|document| document.services.iter());
        let has_none = self
            .documents()
            .all(|document| document.services.is_empty() && document.jobs.is_empty());
        let changes_another = |document: &File| {
            document.truncated
                || !document.include.is_empty()
                || !document.resets.is_empty()
                || !document.replacements.is_empty()
        };
        has_none
            || self.documents().any(changes_another)
            || services.any(|service| !service.has_source())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::FileId;

    fn extent(path: &str, text: &str) -> Extent {
        let yaml = crate::yaml::parse(&Arc::from(text)).tree;
        File::lower(&yaml, FileId(0)).extent(Path::new(path))
    }

    #[test]
    fn files_for_development_say_so() {
        for (path, wanted) in [
            ("compose.dev.yaml", true),
            ("docker-compose-test.yml", true),
            (".devcontainer/compose.yaml", true),
            ("compose.override.yaml", true),
            ("dev/app/compose.yaml", false),
            ("compose.yaml", false),
            ("compose.devices.yaml", false),
        ] {
            assert_eq!(is_for_development(Path::new(path)), wanted, "{path}");
        }
    }

    #[test]
    fn names_and_contents_tell_the_extent() {
        let whole = "services:\n  a:\n    image: b\n";
        for (path, text, wanted) in [
            ("app/compose.yaml", whole, Extent::Whole),
            ("docker-compose.prod.yml", whole, Extent::Unclear),
            ("compose.override.yaml", whole, Extent::Part),
            (
                "compose.yaml",
                "services:\n  a:\n    ports: [80]\n",
                Extent::Part,
            ),
            (
                "compose.yaml",
                "include: [b.yaml]\nservices:\n  a:\n    image: b\n",
                Extent::Part,
            ),
            (
                "compose.yaml",
                "services:\n  a:\n    image: b\n    ports: !override []\n",
                Extent::Part,
            ),
            ("compose.yaml", "volumes:\n  a:\n", Extent::Part),
            (
                "compose.yaml",
                "services:\n  a:\n    provider:\n      type: b\n",
                Extent::Whole,
            ),
        ] {
            assert_eq!(extent(path, text), wanted, "{path}: {text}");
        }
    }

    #[test]
    fn what_could_not_be_read_may_hold_the_rest() {
        let text = "services:\n  a:\n    image: b\n    command: c: d\n";
        assert_eq!(extent("compose.yaml", text), Extent::Part);
    }

    #[test]
    fn documents_count_together() {
        let text = "services:\n  a:\n    image: b\n---\nservices:\n  a:\n    ports: [80]\n";
        assert_eq!(extent("compose.yaml", text), Extent::Part);
    }
}

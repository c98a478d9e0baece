//! The build context of a Dockerfile, as far as the files beside it tell.
//!
//! Nothing in a Dockerfile says which folder it is built in. Its own folder is taken for it when what it
//! copies is there, or when an ignore file or a project is; otherwise the context is unknown. An ignore file
//! that carries the Dockerfile's name applies in any context.
//!
//! Plain data: who reads the folder is not this module's business.

use super::ignorefile::{Fuel, IgnoreFile, Verdict};
use super::model::Dockerfile;
use super::source::ContextSource;
use crate::knowledge::secrets;
use crate::text::TextEnd;

/// The most names of secret files that are looked at.
pub const MAX_SECRETS: usize = 16;

/// How many steps comparing all sources of a file with its ignore file may take.
const STEPS: u32 = 10_000_000;

/// What stands in a Dockerfile's folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folder<'f> {
    /// The names, sorted, and whether each is a folder.
    pub names: &'f [(&'f str, bool)],
    /// The folder's ignore file.
    pub ignore: Option<IgnoreText<'f>>,
    /// The ignore file for this Dockerfile alone.
    pub own_ignore: Option<IgnoreText<'f>>,
}

impl Folder<'_> {
    fn has(&self, name: &str) -> bool {
        let found = self.names.binary_search_by(|(known, _)| (*known).cmp(name));
        found.is_ok()
    }
}

/// An ignore file as it was read.
#[derive(Clone, Copy, Debug)]
pub struct IgnoreText<'f> {
    /// Its name.
    pub name: &'f str,
    /// What it says, if it could be read.
    pub text: Option<&'f str>,
}

/// The build context of a Dockerfile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildContext {
    /// The ignore file that applies.
    pub ignore: Ignore,
    /// Where that file ends, if there is one that can be read.
    pub ignore_end: Option<TextEnd>,
    /// How sure it is that the Dockerfile's folder is the root of the context.
    pub root: Root,
    /// The names at the root and whether each is a folder, sorted; empty where the root is unknown.
    pub names: Vec<(Box<str>, bool)>,
}

/// The ignore file of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ignore {
    /// This one, by its name and what it says.
    File(Box<str>, IgnoreFile),
    /// There is none.
    Nothing,
    /// Nobody knows.
    Unknown,
}

/// Whether a Dockerfile's folder is the root of its context.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Root {
    /// Nothing speaks for it.
    Unknown,
    /// It is likely, though something that is copied is not there.
    Likely,
    /// All that is copied is there, or a project is.
    Sure,
}

/// Names that stand at the top of a project.
const PROJECT: &[&str] = &[
    ".git",
    "CMakeLists.txt",
    "Cargo.toml",
    "Gemfile",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "deno.json",
    "go.mod",
    "mix.exs",
    "package.json",
    "pom.xml",
    "pubspec.yaml",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
];

impl BuildContext {
    /// What a folder says about the context of a Dockerfile in it; `None` if nothing.
    pub(super) fn of(sources: &[ContextSource], folder: &Folder<'_>) -> Option<BuildContext> {
        let ignore = folder.ignore.map_or(Ignore::Nothing, Ignore::read);
        let root = root(sources, folder, ignore.file());
        let ignore = match (folder.own_ignore, root) {
            (Some(own), _) => Ignore::read(own),
            (None, Root::Unknown) => return None,
            // Podman prefers it, and who builds is not known.
            (None, _) if folder.has(".containerignore") => Ignore::Unknown,
            (None, _) => ignore,
        };
        let names = folder.names.iter();
        let names = names.map(|(name, is_folder)| (Box::from(*name), *is_folder));
        let ignore_text = folder.own_ignore.or(folder.ignore);
        let ignore_text = ignore_text.filter(|_| matches!(ignore, Ignore::File(..)));
        Some(BuildContext {
            ignore_end: ignore_text.and_then(|file| file.text).map(TextEnd::of),
            ignore,
            root,
            names: match root {
                Root::Unknown => Vec::new(),
                Root::Likely | Root::Sure => names.collect(),
            },
        })
    }

    /// A folder that surely is the context.
    pub fn certain(folder: &Folder<'_>) -> BuildContext {
        let text = folder.own_ignore.or(folder.ignore);
        let ignore = match (text, folder.own_ignore) {
            (_, None) if folder.has(".containerignore") => Ignore::Unknown,
            (Some(text), _) => Ignore::read(text),
            (None, _) => Ignore::Nothing,
        };
        let is_read = matches!(ignore, Ignore::File(..));
        let names = folder.names.iter();
        let names = names.map(|(name, is_folder)| (Box::from(*name), *is_folder));
        BuildContext {
            ignore_end: text
                .filter(|_| is_read)
                .and_then(|file| file.text)
                .map(TextEnd::of),
            ignore,
            root: Root::Sure,
            names: names.collect(),
        }
    }

    /// Whether the root is the top of a project, as its names tell.
    pub fn is_project(&self) -> bool {
        PROJECT.iter().any(|name| self.entry(name).is_some())
    }

    /// The ignore file that applies, if there is one.
    pub fn ignore_file(&self) -> Option<(&str, &IgnoreFile)> {
        match &self.ignore {
            Ignore::File(name, file) => Some((name, file)),
            Ignore::Nothing | Ignore::Unknown => None,
        }
    }

    /// Whether a name stands at the root, and if so, whether it is a folder.
    pub fn entry(&self, name: &str) -> Option<bool> {
        let at = self
            .names
            .binary_search_by(|(known, _)| (**known).cmp(name));
        Some(self.names[at.ok()?].1)
    }

    /// What becomes of a path without wildcards, such as `.git`.
    pub fn verdict(&self, path: &str) -> Verdict {
        match &self.ignore {
            Ignore::File(_, file) => file.verdict(path, &mut Fuel::new(STEPS / 100)),
            Ignore::Nothing => Verdict::Kept,
            Ignore::Unknown => Verdict::Unknown,
        }
    }

    /// Whether a path is that of a file that holds secrets as its name says, and is not kept out.
    pub fn has_secret(&self, path: &str) -> bool {
        secrets::file::kind(path).is_some() && self.verdict(path) == Verdict::Kept
    }

    /// The names of files at the root that hold secrets and are not kept out, as far as there are a few.
    pub fn secrets(&self) -> Vec<&str> {
        let mut fuel = Fuel::new(STEPS);
        let mut is_kept = |name: &str| match &self.ignore {
            Ignore::File(_, file) => file.verdict(name, &mut fuel) == Verdict::Kept,
            Ignore::Nothing => true,
            Ignore::Unknown => false,
        };
        let names = self.names.iter().filter(|(_, is_folder)| !is_folder);
        let names = names.map(|(name, _)| &**name);
        names
            .filter(|name| secrets::file::kind(name).is_some() && is_kept(name))
            .take(MAX_SECRETS)
            .collect()
    }

    /// Says for each source what becomes of it.
    pub(super) fn judge(&self, sources: &mut [ContextSource]) {
        let mut fuel = Fuel::new(STEPS);
        for source in sources {
            source.verdict = match &self.ignore {
                Ignore::File(_, file) => file.verdict(&source.path, &mut fuel),
                Ignore::Nothing => Verdict::Kept,
                Ignore::Unknown => Verdict::Unknown,
            };
        }
    }
}

impl Ignore {
    fn file(&self) -> Option<&IgnoreFile> {
        match self {
            Ignore::File(_, file) => Some(file),
            Ignore::Nothing | Ignore::Unknown => None,
        }
    }

    fn read(file: IgnoreText<'_>) -> Ignore {
        match file.text {
            Some(text) => Ignore::File(file.name.into(), IgnoreFile::parse(text)),
            None => Ignore::Unknown,
        }
    }
}

/// What speaks for a folder. `ignore` is its own ignore file.
fn root(sources: &[ContextSource], folder: &Folder<'_>, ignore: Option<&IgnoreFile>) -> Root {
    let mut fuel = Fuel::new(STEPS);
    let mut is_ignored = |path: &str| {
        let verdict = ignore.map(|ignore| ignore.verdict(path, &mut fuel));
        matches!(verdict, Some(Verdict::Ignored(_)))
    };
    let (mut found, mut missing, mut missing_and_ignored) = (false, false, false);
    for source in sources {
        let first = source.path.split('/').next().unwrap_or_default();
        if !source.is_sure || first.contains(['*', '?', '[', '\\']) || matches!(first, "." | "..") {
            continue;
        }
        if folder.has(first) {
            found = true;
        } else if is_ignored(&source.path) {
            missing_and_ignored = true;
        } else {
            missing = true;
        }
    }
    let is_project = PROJECT.iter().any(|name| folder.has(name));
    match (found, missing || missing_and_ignored) {
        // What is made by a build is seldom there and often ignored.
        (true, _) if !missing => Root::Sure,
        (true, _) => Root::Likely,
        (false, false) if is_project => Root::Sure,
        (false, false) if ignore.is_some() => Root::Likely,
        (false, true) if is_project && ignore.is_some() => Root::Likely,
        (false, _) => Root::Unknown,
    }
}

impl Dockerfile {
    /// How sure the Dockerfile alone is that its folder is the root of the context; `None` where nothing is known.
    pub fn root_in(&self, folder: &Folder<'_>) -> Option<Root> {
        BuildContext::of(&self.sources, folder).map(|context| context.root)
    }

    /// Tells the model what stands beside the file.
    pub fn set_folder(&mut self, folder: &Folder<'_>) {
        self.context = BuildContext::of(&self.sources, folder);
        if let Some(context) = &self.context {
            context.judge(&mut self.sources);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    /// The root, and what becomes of each source.
    fn shown(text: &str, names: &[(&str, bool)], ignore: [Option<&str>; 2]) -> Option<String> {
        let mut model = Dockerfile::new(parse(text).tree);
        let [ignore, own_ignore] = ignore.map(|text| {
            text.map(|text| IgnoreText {
                name: "",
                text: Some(text),
            })
        });
        model.set_folder(&Folder {
            names,
            ignore,
            own_ignore,
        });
        let verdicts = model.context_sources().iter();
        let verdicts: String = verdicts
            .map(|source| match source.verdict {
                Verdict::Kept => '+',
                Verdict::Ignored(_) => '-',
                Verdict::Unknown => '?',
            })
            .collect();
        model
            .context()
            .map(|context| format!("{:?} {verdicts}", context.root))
    }

    #[test]
    fn the_folder_is_the_context_if_what_is_copied_is_there() {
        let names = [("Dockerfile", false), ("app", true)];
        let none = [None, None];
        let some = [Some("dist"), None];
        let show = |text: &str, ignore| shown(text, &names, ignore);
        let wanted = |text: &str| Some(text.to_owned());
        assert_eq!(show("FROM a\nCOPY app/x /", none), wanted("Sure +"));
        assert_eq!(show("FROM a\nCOPY app dist /", some), wanted("Sure +-"));
        assert_eq!(show("FROM a\nCOPY app out /", some), wanted("Likely ++"));
        assert_eq!(show("FROM a\nCOPY dist /", some), None);
        assert_eq!(show("FROM a\nCOPY . /", none), None);
        assert_eq!(show("FROM a\nCOPY . /", some), wanted("Likely +"));
        assert_eq!(
            show("FROM a\nCOPY dist /", [None, Some("dist")]),
            wanted("Unknown -")
        );
        let names = [(".containerignore", false), ("app", true)];
        assert_eq!(
            shown("FROM a\nCOPY app /", &names, [Some("app"), None]),
            wanted("Sure ?")
        );
        let names = [("Dockerfile", false), ("go.mod", false)];
        let show = |text: &str, ignore| shown(text, &names, ignore);
        assert_eq!(show("FROM a\nCOPY . /", none), wanted("Sure +"));
        assert_eq!(show("FROM a\nCOPY dist /", some), wanted("Likely -"));
        assert_eq!(show("FROM a\nCOPY dist /", none), None);
    }
}

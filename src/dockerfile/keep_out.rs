//! What is to be written into the ignore file of a build context so that paths stay out of it.

use super::ast::InstructionKind;
use super::context::{Ignore, Root};
use super::ignorefile::{Fuel, IgnoreFile, Verdict, clean};
use super::model::{Dockerfile, Value};
use super::mount::{MountKey, MountKind};
use crate::diagnostic::Companion;
use crate::text::Span;

/// How many steps looking for what patterns keep out may take.
const STEPS: u32 = 1_000_000;

impl Dockerfile {
    /// The patterns at the end of the ignore file that applies, or in a new one. `None` when it is not certain
    /// which file that is, or when something would stay out that an instruction names and that does not stand at
    /// `gone`.
    pub fn keeping_out(&self, patterns: &[&str], gone: Span) -> Option<Companion> {
        let context = self.context()?;
        if context.root != Root::Sure || patterns.is_empty() {
            return None;
        }
        let nothing = IgnoreFile::default();
        let (name, old, end) = match &context.ignore {
            Ignore::File(name, file) => (&**name, file, Some(context.ignore_end?)),
            Ignore::Nothing => (".dockerignore", &nothing, None),
            Ignore::Unknown => return None,
        };
        let new = old.and(patterns);
        let mut fuel = Fuel::new(STEPS);
        if new.is_broken() || self.misses(&new, gone, &mut fuel) {
            return None;
        }
        Some(Companion {
            name: name.into(),
            lines: patterns.iter().copied().map(Box::from).collect(),
            end,
        })
    }

    /// Whether an ignore file keeps out something that an instruction names, and that is not kept out already.
    /// What is not known may be anything.
    fn misses(&self, ignore: &IgnoreFile, gone: Span, fuel: &mut Fuel) -> bool {
        let mut is_out = |path: &str| ignore.verdict(path, fuel) != Verdict::Kept;
        let copied = self.context_sources().iter().any(|source| {
            !source.is_everything()
                && !gone.contains(source.span)
                && !matches!(source.verdict, Verdict::Ignored(_))
                && is_out(&source.path)
        });
        let instructions = self.ast.instructions.iter().enumerate();
        let runs = instructions.filter_map(|(index, instruction)| match &instruction.kind {
            InstructionKind::Run(run) => Some((index, run)),
            _ => None,
        });
        let mut mounts = runs.flat_map(|(index, run)| run.mounts.iter().map(move |m| (index, m)));
        copied
            || mounts.any(|(index, mount)| {
                if !matches!(mount.kind, Some(MountKind::Bind) | None)
                    || mount.field(MountKey::From).is_some()
                {
                    return false;
                }
                let Some(source) = mount.field(MountKey::Source) else {
                    return false;
                };
                match source.value.as_ref().map(|word| self.value_at(index, word)) {
                    Some(Value::Known(path)) => match clean(&path) {
                        path if path == "." => false,
                        path => is_out(&path),
                    },
                    _ => true,
                }
            })
    }
}

/// The pattern of an ignore file that means one path and nothing else; `None` for a path that needs more than
/// plain characters.
pub fn pattern_of(path: &str) -> Option<&str> {
    let is_plain = |char: char| {
        char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '/' | '@' | '+' | '~' | ',')
    };
    let is_path = !matches!(path, "" | ".") && !path.starts_with("..") && !path.starts_with('/');
    (is_path && path.chars().all(is_plain)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::super::context::{Folder, IgnoreText};
    use super::super::parse::parse;
    use super::*;

    fn lines(text: &str, ignore: Option<&str>, patterns: &[&str]) -> Option<String> {
        let mut model = Dockerfile::new(parse(text).tree);
        model.set_folder(&Folder {
            names: &[("b", true), ("go.mod", false)],
            ignore: ignore.map(|text| IgnoreText {
                name: ".dockerignore",
                text: Some(text),
            }),
            own_ignore: None,
        });
        let companion = model.keeping_out(patterns, Span::empty(0))?;
        Some(format!("{}: {}", companion.name, companion.text()))
    }

    #[test]
    fn lines_are_put_at_the_end() {
        let text = "FROM a\nCOPY . /a\nCOPY b/c /d/\nRUN --mount=source=e,target=/e true\n";
        let shown = |ignore, pattern| lines(text, ignore, &[pattern]);
        let wanted = |text: &str| Some(format!(".dockerignore: {text}"));
        assert_eq!(shown(None, ".git"), wanted(".git\n"));
        assert_eq!(shown(Some("a"), ".git"), wanted("\n.git\n"));
        assert_eq!(shown(Some("a\r\n"), "**/x"), wanted("**/x\r\n"));
        for used in ["b", "b/c", "e", "*", "**/c", "[a"] {
            assert_eq!(shown(None, used), None, "{used}");
        }
        assert_eq!(shown(Some("[a"), ".git"), None);
        let text = "FROM a\nARG X\nCOPY . /a\nRUN --mount=source=$X,target=/e true\n";
        assert_eq!(lines(text, None, &[".git"]), None);
    }

    #[test]
    fn paths_are_patterns_if_they_are_plain() {
        assert_eq!(pattern_of("web/.env"), Some("web/.env"));
        for path in [
            "", ".", "../a", "a*", "!a", "#a", " a", "a\nb", "a\\b", "/a",
        ] {
            assert_eq!(pattern_of(path), None, "{path:?}");
        }
    }
}

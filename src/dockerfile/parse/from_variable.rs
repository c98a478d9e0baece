//! Mending a variable in `--from`: a stage of its own gets the image, where variables are replaced.

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

use super::super::ast::{Ast, From, Instruction, InstructionKind, Pair};
use super::super::mount::MountKey;
use super::super::word::Word;

/// Adds a fix to every error about a variable in `--from` where it is certain what is meant.
pub(super) fn mend(text: &str, ast: &Ast, errors: &mut [SyntaxError]) {
    let mut errors = errors.iter_mut();
    let Some(first) = errors.find(|error| error.rule == RULE) else {
        return;
    };
    let Some(file) = Known::of(ast) else { return };
    let errors = std::iter::once(first).chain(errors.filter(|error| error.rule == RULE));
    for error in errors.take(MAX_FIXES) {
        error.fix = file.fix(text, ast, error.span);
    }
}

const RULE: &str = "variable-in-from-flag";

/// How many errors of a file get a fix; each is a look at the whole file.
const MAX_FIXES: usize = 32;

/// What the whole file says about stages and arguments.
struct Known<'a> {
    /// The first `FROM`.
    first: &'a Instruction,
    /// Names of arguments that have a value before it, and get none elsewhere.
    arguments: BTreeSet<&'a str>,
    /// What stages and images are called, in lower case.
    taken: BTreeSet<String>,
    /// Every `FROM`, and where it stands.
    stages: Vec<(&'a From, Span)>,
}

impl<'a> Known<'a> {
    /// Nothing where stages are counted, because one more changes their numbers.
    fn of(ast: &'a Ast) -> Option<Known<'a>> {
        let is_from = |found: &&Instruction| matches!(found.kind, InstructionKind::From(_));
        let first = ast.instructions.iter().find(is_from)?;
        let mut known = Known {
            first,
            arguments: BTreeSet::new(),
            taken: BTreeSet::new(),
            stages: Vec::new(),
        };
        let mut redefined: BTreeSet<&str> = BTreeSet::new();
        for instruction in &ast.instructions {
            let is_global = instruction.span.start < first.span.start;
            let pairs: &[Pair] = match &instruction.kind {
                InstructionKind::Arg(arg) => &arg.pairs,
                InstructionKind::Env(env) => &env.pairs,
                InstructionKind::From(from) => {
                    let image = from.image.iter().map(|word| word.raw.to_lowercase());
                    known.taken.extend(image);
                    let name = from.name.iter().map(|name| name.value.to_lowercase());
                    known.taken.extend(name);
                    known.stages.push((from, instruction.span));
                    continue;
                }
                _ => {
                    for word in from_flags(instruction) {
                        if word.raw.bytes().all(|byte| byte.is_ascii_digit()) {
                            return None;
                        }
                        known.taken.insert(word.raw.to_lowercase());
                    }
                    continue;
                }
            };
            for pair in pairs {
                let value = pair.value.as_ref();
                match value.is_some_and(|value| !value.raw.is_empty()) {
                    true if is_global => drop(known.arguments.insert(&pair.key.raw)),
                    true => drop(redefined.insert(&pair.key.raw)),
                    false => {}
                }
            }
        }
        known.arguments.retain(|name| !redefined.contains(name));
        Some(known)
    }

    fn fix(&self, text: &str, ast: &Ast, span: Span) -> Option<Fix> {
        let (instruction, word) = ast.instructions.iter().find_map(|instruction| {
            let word = from_flags(instruction).find(|word| word.span == span)?;
            Some((instruction, word))
        })?;
        let variables = variables(&word.raw)?;
        let is_known = |name: &&str| self.arguments.contains(name);
        if span.text(text) != &*word.raw || !variables.iter().all(is_known) {
            return None;
        }
        let same = |(from, at): &&(&From, Span)| {
            let image = from.image.as_ref();
            at.start < instruction.span.start
                && from.platform.is_none()
                && image.is_some_and(|image| image.raw == word.raw)
        };
        let stage = self.stages.iter().find(same);
        if let Some(name) = stage.and_then(|(from, _)| from.name.as_ref()) {
            let title = format!("take it from the stage `{}`", excerpt(&name.value));
            let edit = Edit::replace(span, &*name.value);
            return Some(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        let name = name(&word.raw, variables.first()?)?;
        if self.taken.contains(&name) || matches!(&*name, "scratch" | "context") {
            return None;
        }
        let title = format!(
            "give `{}` a stage of its own in front of all others; it is pulled for every target",
            excerpt(&word.raw)
        );
        let line = format!("FROM {} AS {name}", word.raw);
        let edits = vec![
            Edit::insert_line(text, ast.above(self.first), &line),
            Edit::replace(span, name),
        ];
        Some(Fix::new(title, Applicability::Unsafe, edits))
    }
}

/// What an instruction takes files from.
fn from_flags(instruction: &Instruction) -> impl Iterator<Item = &Word> {
    let (copy, run) = match &instruction.kind {
        InstructionKind::Copy(copy) => (copy.from.as_ref(), None),
        InstructionKind::Run(run) => (None, Some(run)),
        _ => (None, None),
    };
    let mounts = run.into_iter().flat_map(|run| &run.mounts);
    copy.into_iter()
        .chain(mounts.filter_map(|mount| mount.value(MountKey::From)))
}

/// The variables of an image reference that has nothing else but plain characters.
fn variables(raw: &str) -> Option<Vec<&str>> {
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let mut pieces = raw.split('$');
    let is_plain = |text: &str| {
        text.chars()
            .all(|char| is_name(char) || matches!(char, '.' | '/' | ':' | '@' | '-'))
    };
    let mut found = Vec::new();
    let is_first_plain = is_plain(pieces.next()?);
    for piece in pieces {
        let (name, rest) = match piece.strip_prefix('{') {
            Some(braced) => braced.split_once('}')?,
            None => piece.split_at(piece.find(|c| !is_name(c)).unwrap_or(piece.len())),
        };
        if name.is_empty() || !name.chars().all(is_name) || !is_plain(rest) {
            return None;
        }
        found.push(name);
    }
    is_first_plain.then_some(found)
}

/// A name for the stage of an image: that of the image, or else of its variable.
fn name(raw: &str, variable: &str) -> Option<String> {
    let last = raw.rsplit('/').next().unwrap_or(raw);
    let own = &last[..last.find([':', '@', '$']).unwrap_or(last.len())];
    let name = if own.is_empty() || last[own.len()..].starts_with('$') {
        variable
    } else {
        own
    };
    let name = name.to_ascii_lowercase();
    let is_name = name.starts_with(|char: char| char.is_ascii_lowercase());
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::text::apply;

    fn fixed(text: &str) -> String {
        let errors = parse(text).errors;
        let fix = errors.into_iter().find_map(|error| error.fix);
        fix.map_or_else(|| "none".to_owned(), |fix| apply(text, &fix.edits).unwrap())
    }

    #[test]
    fn the_image_gets_a_stage() {
        for (text, expected) in [
            (
                "ARG V=1\r\n# the product\r\nFROM a\r\nCOPY --from=r.example/b/nginx:$V /x /y\r\n",
                "ARG V=1\r\nFROM r.example/b/nginx:$V AS nginx\r\n# the product\r\nFROM a\r\nCOPY --from=nginx /x /y\r\n",
            ),
            (
                "ARG TOOLS=b V=1\nFROM a\nRUN --mount=from=${TOOLS}:$V,target=/t true\n",
                "ARG TOOLS=b V=1\nFROM ${TOOLS}:$V AS tools\nFROM a\nRUN --mount=from=tools,target=/t true\n",
            ),
            (
                "ARG V=1\nFROM b:$V AS c\nFROM a\nCOPY --from=b:$V /x /y\n",
                "ARG V=1\nFROM b:$V AS c\nFROM a\nCOPY --from=c /x /y\n",
            ),
        ] {
            assert_eq!(fixed(text), expected);
        }
    }

    #[test]
    fn a_doubt_is_left_alone() {
        for text in [
            "FROM a\nARG V=1\nCOPY --from=b:$V /x /y\n",
            "ARG V\nFROM a\nCOPY --from=b:$V /x /y\n",
            "ARG V=1\nFROM a\nARG V=2\nCOPY --from=b:$V /x /y\n",
            "ARG V=1\nFROM a\nENV V=2\nCOPY --from=b:$V /x /y\n",
            "ARG V=1\nFROM a\nCOPY --from=0 /x /y\nCOPY --from=b:$V /x /y\n",
            "ARG V=1\nFROM b\nCOPY --from=b:$V /x /y\n",
            "ARG V=1\nFROM a\nCOPY --from=b:${V:-1} /x /y\n",
            "ARG V=1\nFROM a\nCOPY --from=\"b:$V\" /x /y\n",
            "ARG V=1\nCOPY --from=b:$V /x /y\n",
        ] {
            assert_eq!(fixed(text), "none", "{text}");
        }
    }
}

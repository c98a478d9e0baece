//! Comments of hadolint as hadolint 2.15 itself reads them, for those who run both.
//!
//! A name in lower case, a trailing comma or a blank line in between makes such a comment void there. All of this was
//! measured; `tests/it/pragmas.rs` measures it again where hadolint is installed.

use super::WHOLE_FILE;
use super::dialect::{Directive, Scope};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Comment;
use crate::text::Span;
use crate::text::span::offset;

/// What a comment of hadolint covers there; `None` where it is void. `next` is the number of the instruction that it
/// stands in or in front of.
pub(super) fn covers(
    directive: &Directive,
    comment: &Comment,
    model: &Dockerfile,
    next: usize,
    text: &str,
) -> Option<Span> {
    if comment.inside || !is_well_formed(comment.span.text(text)) {
        return None;
    }
    if directive.scope == Scope::File {
        return Some(WHOLE_FILE);
    }
    let instruction = model.ast.instructions.get(next)?;
    let between = Span::new(comment.span.end, instruction.span.start).text(text);
    if between.matches('\n').count() != 1 || !between.trim().is_empty() {
        return None;
    }
    if directive.scope == Scope::Next {
        return Some(instruction.span);
    }
    // A comment for a stage stands above its `FROM`, which it does not cover.
    let mut stages = model.stages.iter().map(|stage| stage.from);
    stages.find(|from| *from == next)?;
    let end = stages
        .next()
        .and_then(|from| model.ast.instructions.get(from));
    let end = end.map_or(offset(text.len()), |from| from.span.start.saturating_sub(1));
    Some(Span::new(
        instruction.span.end,
        end.max(instruction.span.end),
    ))
}

/// Whether a comment follows hadolint's grammar: `# hadolint [global|stage] ignore = DL3006 , SC2086 # why`.
fn is_well_formed(comment: &str) -> bool {
    let list = || {
        let body = comment.strip_prefix('#')?.trim_start();
        let body = blanks(body.strip_prefix("hadolint")?)?;
        let scoped = body
            .strip_prefix("global")
            .or_else(|| body.strip_prefix("stage"));
        let body = match scoped {
            Some(rest) => blanks(rest)?,
            None => body,
        };
        body.strip_prefix("ignore")?.trim_start().strip_prefix('=')
    };
    let Some(list) = list() else {
        return false;
    };
    let names = list.split('#').next().unwrap_or_default();
    let is_name = |name: &str| {
        let known = |c: char| matches!(c, 'D' | 'L' | 'S' | 'C') || c.is_ascii_digit();
        !name.is_empty() && name.chars().all(known)
    };
    names.split(',').all(|name| is_name(name.trim()))
}

/// What follows blanks, of which there has to be one.
fn blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn the_grammar_is_that_of_hadolint() {
        for comment in [
            "# hadolint ignore=DL3006",
            "#hadolint   ignore = DL3006 , SC2086",
            "# hadolint global  ignore=DL3006# why",
            "# hadolint stage ignore=DL3006 #",
        ] {
            assert!(is_well_formed(comment), "{comment}");
        }
        for comment in [
            "# Hadolint ignore=DL3006",
            "# hadolint ignore=dl3006",
            "# hadolint ignore=DL3006,",
            "# hadolint ignore=DL3006 why",
            "# hadolint ignore=DL3006 SC2086",
            "# hadolint ignore=*",
            "# hadolint ignore: DL3006",
            "# hadolint ignore=",
            "# hadolintignore=DL3006",
            "# hadolint globalignore=DL3006",
            "## hadolint ignore=DL3006",
        ] {
            assert!(!is_well_formed(comment), "{comment}");
        }
    }
}

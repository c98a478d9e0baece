//! Flags comments where a parser directive can stand, whose name is nearly one's.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Comment, DirectiveKind};
use crate::engine::meta::nearest_of;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::span::offset;
use crate::text::{Edit, Span};

const KINDS: [DirectiveKind; 3] = [
    DirectiveKind::Syntax,
    DirectiveKind::Escape,
    DirectiveKind::Check,
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    // Directives stand on the first lines, below a `#!` line at most. A misspelt one ends them, but hides
    // those behind it, so that they are looked at as well.
    let mut line = 1;
    let mut directives = model.ast.directives.iter().peekable();
    for comment in &model.ast.comments {
        while directives
            .next_if(|directive| directive.line == line)
            .is_some()
        {
            line += 1;
        }
        if comment.line != line || comment.inside {
            return;
        }
        line += 1;
        let is_shebang = comment.line == 1 && comment.text.starts_with('!');
        if !is_shebang && !misspelt(comment, cx) && !is_directive(comment) {
            return;
        }
    }
}

fn is_directive(comment: &Comment) -> bool {
    let name = name(&comment.text).unwrap_or_default();
    KINDS
        .iter()
        .any(|kind| kind.as_str().eq_ignore_ascii_case(name))
}

/// What stands in front of `=`, if it has the form of a directive's name.
fn name(text: &str) -> Option<&str> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim_end();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_name && !value.trim().is_empty() && name.len() <= 12).then_some(name)
}

fn misspelt(comment: &Comment, cx: &mut Context<'_, Dockerfile>) -> bool {
    let Some(name) = name(&comment.text) else {
        return false;
    };
    let names = KINDS.map(DirectiveKind::as_str);
    if names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return false;
    }
    let Some(meant) = nearest_of(names, name) else {
        return false;
    };
    let written = comment.span.text(cx.text());
    let Some(inside) = written.find(name) else {
        return false;
    };
    let start = comment.span.start + offset(inside);
    let span = Span::new(start, start + offset(name.len()));
    let is_given = cx
        .model
        .ast
        .directives
        .iter()
        .any(|given| given.kind.as_str() == meant);
    let message = format!(
        "`{}` is no parser directive, so this is a comment",
        excerpt(name)
    );
    let finding = cx.report(span, message);
    finding.help(format!("did you mean `{meant}`?"));
    if !is_given {
        let edit = Edit::replace(span, meant);
        finding.fix(Fix::new(
            format!("write `{meant}`"),
            Applicability::Safe,
            vec![edit],
        ));
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "misspelled-parser-directive",
            "#!/usr/bin/env x\n#  Sintax = a\n#  ^^^^^^ `Sintax` is no parser directive\nFROM a\n# sytnax=b\n",
        );
        dockerfile(
            "misspelled-parser-directive",
            "# syntax=a\n# chek=skip=all\n# ^^^^ `chek` is no parser directive\n",
        );
    }

    #[test]
    fn only_the_first_lines_count() {
        for text in [
            "\n# sytnax=a\n",
            "# a\n# sytnax=a\n",
            "FROM a\n# sytnax=a\n",
            "# sytnax\n",
            "# sytnax=\n",
            "# syntactic=a\n",
            "# text=a\n",
            "# check: sytnax=a\n",
        ] {
            dockerfile("misspelled-parser-directive", text);
        }
    }
}

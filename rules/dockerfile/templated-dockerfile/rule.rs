//! Flags files that are templates, once each, at the first thing that says so.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Comment, InstructionKind};
use crate::engine::{Context, Hooks};
use crate::text::Span;

/// How the lines of template languages begin: Jinja and Go, ERB.
const OPENERS: [&str; 4] = ["{{", "{%", "{#", "<%"];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let instructions = model.ast.instructions.iter();
    let mut places = instructions.filter_map(|instruction| match &instruction.kind {
        InstructionKind::Unknown(_) => {
            let keyword = &instruction.keyword;
            let is_marker = OPENERS
                .iter()
                .any(|opener| keyword.value.starts_with(opener));
            is_marker.then_some(keyword.span)
        }
        InstructionKind::From(_) => {
            let text = instruction.arguments.text(cx.text());
            // `${A}` and `{}` are no markers.
            let is_marker = text.contains("{{") || text.contains("{%") || text.contains("<%");
            is_marker.then_some(instruction.arguments)
        }
        _ => None,
    });
    let first = places.next();
    let preprocessor = preprocessor(&model.ast.comments);
    let Some(span) = first
        .into_iter()
        .chain(preprocessor)
        .min_by_key(|span| span.start)
    else {
        return;
    };
    cx.report(
        span,
        "the file is a template; what else is found in it may not be true",
    )
    .help("check the file that is made of it, and exclude the template");
}

/// The first condition for the C preprocessor, if there is one that also ends.
fn preprocessor(comments: &[Comment]) -> Option<Span> {
    // Written without a blank behind `#`, unlike most comments.
    let is = |comment: &&Comment, word: &str| {
        let length = comment.span.len() as usize;
        let is_tight = length == comment.text.len() + 1;
        is_tight && comment.text.split_whitespace().next() == Some(word)
    };
    let begin = comments
        .iter()
        .find(|comment| is(comment, "ifdef") || is(comment, "ifndef") || is(comment, "if"));
    let end = comments.iter().rfind(|comment| is(comment, "endif"));
    let begin = begin.filter(|begin| end.is_some_and(|end| end.line > begin.line));
    let include = comments.iter().find(|comment| {
        let rest = comment.text.strip_prefix("include");
        is(comment, "include") && rest.is_some_and(|rest| rest.trim().starts_with(['"', '<']))
    });
    begin.or(include).map(|comment| comment.span)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_marker_is_marked() {
        dockerfile(
            "templated-dockerfile",
            "FROM a\n{%- if x %}\n#^^ the file is a template\nRUN b\n{% endif %}\nFROM <%= y %>\n",
        );
        dockerfile(
            "templated-dockerfile",
            "#include \"common.docker\"\n#^^^^^^^^^^^^^^^^^^^^^^^ the file is a template\nFROM a\n",
        );
    }

    #[test]
    fn other_braces_and_comments_are_none() {
        dockerfile(
            "templated-dockerfile",
            "FROM ${A:-${B}}\nRUN c '{{.D}}'\nCOPY {{e}} /\n# if f\n#endif\n#include the fonts\nRUNN {{g}}\n",
        );
    }
}

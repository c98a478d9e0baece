//! Flags paths of `WORKDIR` with spaces that nothing protects.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Escape, Workdir};
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::variable::Piece;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.workdir(check);
}

fn check(workdir: &Placed<'_, Workdir>, cx: &mut Context<'_, Dockerfile>) {
    let Some(word) = &workdir.path else { return };
    let escape = cx.model.ast.escape;
    if !has_bare_space(word, escape) {
        return;
    }
    let has_comment = word.raw.contains(" #") || word.raw.contains("\t#");
    if has_comment {
        cx.report(word.span, "this comment is a part of the path")
            .help("put the comment on a line of its own");
        return;
    }
    let finding = cx.report(word.span, "all of this is one path, spaces included");
    finding.help("put quotes around the path, or leave the rest out");
    let is_plain = word.raw.len() == word.span.len() as usize
        && !word.raw.contains(['"', '\'', escape.as_char()])
        && !(escape == Escape::Backslash && word.raw.contains('\\'));
    if is_plain {
        let edits = vec![
            Edit::insert(word.span.start, "\""),
            Edit::insert(word.span.end, "\""),
        ];
        finding.fix(Fix::new(
            "put quotes around the path",
            Applicability::Safe,
            edits,
        ));
    }
}

/// Whether a space stands outside of quotes and variables, and no escape in front of it.
fn has_bare_space(word: &Word, escape: Escape) -> bool {
    let raw = word.raw.as_bytes();
    let pieces = word.template().map_or(&[][..], |template| &template.pieces);
    let variables = pieces.iter().filter_map(|piece| match piece {
        Piece::Reference(reference) => Some(&reference.range),
        Piece::Literal(_) => None,
    });
    let mut variables = variables.peekable();
    let escape = escape.as_char();
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        if let Some(variable) = variables.next_if(|variable| variable.start <= at) {
            at = at.max(variable.end);
            continue;
        }
        let is_escape = char::from(byte) == escape && quote != Some(b'\'');
        match byte {
            _ if is_escape => at += 1,
            b'\'' | b'"' if quote.is_none() => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            b' ' | b'\t' if quote.is_none() => return true,
            _ => {}
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_path_is_marked() {
        dockerfile(
            "invalid-workdir-spaces",
            r#"
FROM debian:13
WORKDIR  /a b   c 
#        ^^^^^^^^ all of this is one path, spaces included
WORKDIR "/a"/b /c#d
#       ^^^^^^^^^^^ all of this is one path
WORKDIR /a	#b
#       ^^^^^ this comment is a part of the path
ONBUILD WORKDIR /a b
#               ^^^^ all of this
WORKDIR "/a b" 
WORKDIR '/a b'/c
WORKDIR /a\ b
WORKDIR /a/${B:-c d}
WORKDIR
"#,
        );
    }

    #[test]
    fn quotes_are_put_where_they_change_nothing() {
        for (before, after) in [
            ("/a $B", "\"/a $B\""),
            ("/a 'b'", "/a 'b'"),
            ("/a \\$b", "/a \\$b"),
            ("/a # b", "/a # b"),
        ] {
            let text = |path| format!("FROM x\r\nWORKDIR {path}\r\n");
            let fixed = fixed("invalid-workdir-spaces", Applicability::Safe, &text(before));
            assert_eq!(fixed, text(after));
        }
        let windows = "# escape=`\nFROM x\nWORKDIR C:\\Program Files\n";
        assert_eq!(
            fixed("invalid-workdir-spaces", Applicability::Safe, windows),
            "# escape=`\nFROM x\nWORKDIR \"C:\\Program Files\"\n"
        );
    }
}

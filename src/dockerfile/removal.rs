//! Edits that take a variable out of `ENV` or `ARG`.

use super::ast::{Instruction, Pair};
use crate::text::{Edit, Span};

/// Takes the pair with a key out, with the blanks beside it, or the whole line where it is the only one.
/// `whole` is the instruction, for a trigger its `ONBUILD`. `None` where a comment stands in the way.
pub fn pair(whole: &Instruction, pairs: &[Pair], key: Span, text: &str) -> Option<Edit> {
    let at = pairs.partition_point(|pair| pair.key.span.start < key.start);
    let pair = pairs.get(at).filter(|pair| pair.key.span == key)?;
    if pairs.len() == 1 {
        let is_plain = !whole.span.text(text).contains('\n');
        let behind = Span::new(whole.span.end, u32::try_from(text.len()).ok()?).text(text);
        let rest = behind.trim_start_matches([' ', '\t']);
        let blanks = behind.len() - rest.len();
        let line_end = match rest {
            _ if rest.starts_with("\r\n") => 2,
            _ if rest.starts_with('\n') => 1,
            "" => 0,
            _ => return None,
        };
        let end = whole.span.end + u32::try_from(blanks + line_end).ok()?;
        return is_plain.then_some(Edit::delete(Span::new(whole.span.start, end)));
    }
    let (span, gap) = match at.checked_sub(1).and_then(|before| pairs.get(before)) {
        Some(before) => (
            Span::new(before.span.end, pair.span.end),
            Span::new(before.span.end, pair.span.start),
        ),
        None => {
            let next = pairs.get(at + 1)?;
            (
                Span::new(pair.span.start, next.span.start),
                Span::new(pair.span.end, next.span.start),
            )
        }
    };
    let is_blank = |char: char| char.is_ascii_whitespace() || matches!(char, '\\' | '`');
    gap.text(text)
        .chars()
        .all(is_blank)
        .then_some(Edit::delete(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;
    use crate::text::edit::apply;

    #[test]
    fn a_pair_goes_with_what_holds_it() {
        for (text, expected) in [
            ("FROM a\nENV X=1\nRUN b\n", Some("FROM a\nRUN b\n")),
            ("FROM a\r\nENV X 1 \r\nRUN b\n", Some("FROM a\r\nRUN b\n")),
            ("FROM a\nENV X=1", Some("FROM a\n")),
            ("FROM a\nENV X=1 Y=2\n", Some("FROM a\nENV Y=2\n")),
            (
                "FROM a\nENV Y=2 \\\n  X=1 \\\n  Z=3\n",
                Some("FROM a\nENV Y=2 \\\n  Z=3\n"),
            ),
            ("FROM a\nENV Y=2 \\\n# c\n  X=1\n", None),
        ] {
            let ast = parse(text).tree;
            let instruction = &ast.instructions[1];
            let InstructionKind::Env(env) = &instruction.kind else {
                panic!("no ENV");
            };
            let found = env.pairs.iter().find(|pair| *pair.key.raw == *"X").unwrap();
            let edit = pair(instruction, &env.pairs, found.key.span, text);
            let edited = edit.map(|edit| apply(text, [&edit]).unwrap());
            assert_eq!(edited.as_deref(), expected, "{text}");
        }
    }
}

//! Flags `ENV key value` and `LABEL key value`.
//!
//! The fix has to leave the same value. In the old form it is all of the line behind the key, in the form
//! with `=` it is one word, which ends at white space outside of quotes; both are then read by the same
//! lexer, which takes quotes and escapes away (BuildKit's `parser/line_parsers.go` and `shell/lex.go`).

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Env, Instruction, Label, Pair, Separator};
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.env(|env: &Placed<'_, Env>, cx| check(env.instruction, &env.pairs, cx));
    on.label(|label: &Placed<'_, Label>, cx| check(label.instruction, &label.pairs, cx));
}

fn check(instruction: &Instruction, pairs: &[Pair], cx: &mut Context<'_, Dockerfile>) {
    let [pair] = pairs else { return };
    let (Separator::Space, Some(value)) = (pair.separator, &pair.value) else {
        return;
    };
    // `KEY = value` is a finding of its own.
    if value.raw.starts_with('=') {
        return;
    }
    let key = crate::grammar::excerpt(&pair.key.raw);
    let keyword = &instruction.keyword.value;
    let message =
        format!("`{key}` and its value are joined by a space, the old form of `{keyword}`");
    // How far the value goes is worth showing, but not over many lines.
    let is_on_one_line = !pair.span.text(cx.text()).contains('\n');
    let marked = if is_on_one_line {
        pair.span
    } else {
        pair.key.span
    };
    let escape = cx.model.ast.escape.as_char();
    let fix = fix(instruction, &pair.key, value, escape, cx);
    let finding = cx.report(marked, message);
    finding
        .help(format!("write `{keyword} {key}=…`"))
        .fixes
        .extend(fix);
    // A single word means the same in both forms.
    if !value.raw.contains([' ', '\t', '\n']) {
        finding.severity(Severity::Info);
    }
}

/// The change to the form with `=`, where one that keeps the value is known.
fn fix(
    instruction: &Instruction,
    key: &Word,
    value: &Word,
    escape: char,
    cx: &Context<'_, Dockerfile>,
) -> Option<Fix> {
    let gap = Span::new(key.span.end, value.span.start);
    let comments = cx.model.ast.comments_inside(instruction);
    if comments.iter().any(|comment| gap.contains(comment.span)) {
        return None;
    }
    let key_shape = Shape::of(&key.raw, escape);
    if !key_shape.is_closed || !key_shape.spaces.is_empty() || key.raw.contains('=') {
        return None;
    }
    let shape = Shape::of(&value.raw, escape);
    if !shape.is_closed {
        return None;
    }
    let (title, edits) = if shape.spaces.is_empty() {
        ("join them by `=`", vec![Edit::replace(gap, "=")])
    } else if shape.may_be_quoted {
        let edits = vec![
            Edit::replace(gap, "=\""),
            Edit::insert(value.span.end, "\""),
        ];
        ("join them by `=`, and quote the value", edits)
    } else if !value.raw.contains("${") {
        // Patterns inside of braces would see the escape characters.
        let mut edits = vec![Edit::replace(gap, "=")];
        edits.extend(
            shape
                .spaces
                .iter()
                .map(|at| Edit::insert(value.span_of(*at..*at + 1).start, escape)),
        );
        ("join them by `=`, and escape the spaces", edits)
    } else {
        return None;
    };
    Some(Fix::new(title, Applicability::Safe, edits))
}

/// How a text falls into words.
pub(super) struct Shape {
    /// The places of white space outside of quotes and not escaped.
    pub(super) spaces: Vec<usize>,
    /// All quotes are closed, and the last character is not an escape character for nothing.
    pub(super) is_closed: bool,
    /// Quotes around all of it would not change how it is read.
    pub(super) may_be_quoted: bool,
}

impl Shape {
    pub(super) fn of(text: &str, escape: char) -> Shape {
        let mut shape = Shape {
            spaces: Vec::new(),
            is_closed: true,
            may_be_quoted: true,
        };
        let mut quote = None;
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match quote {
                Some(open) if c == open => quote = None,
                Some('\'') => {}
                _ if c == escape => match chars.next() {
                    // Between double quotes, the escape character protects only these.
                    Some((_, next)) => {
                        shape.may_be_quoted &= matches!(next, '"' | '$') || next == escape;
                    }
                    None => shape.is_closed = false,
                },
                Some(_) => {}
                None if matches!(c, '"' | '\'') => {
                    quote = Some(c);
                    shape.may_be_quoted = false;
                }
                None if c.is_whitespace() => shape.spaces.push(at),
                None => {}
            }
        }
        shape.is_closed &= quote.is_none();
        shape
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;
    use crate::engine::testing::{self, dockerfile};

    #[test]
    fn the_pair_is_marked() {
        dockerfile(
            "legacy-key-value",
            r#"
FROM debian:13
ENV A b c=d
#   ^^^^^^^ `A` and its value are joined by a space, the old form of `ENV`
ONBUILD LABEL "a.b" c
#             ^^^^^^^ `"a.b"` and its value are joined by a space, the old form of `LABEL`
ENV LONG \
#   ^^^^ `LONG` and its value are joined by a space, the old form of `ENV`
  b c
ENV D e
#   ^^^ info: `D` and its value are joined by a space, the old form of `ENV`
ENV A=b C=d
ARG A B
"#,
        );
    }

    fn fixed(text: &str) -> String {
        testing::fixed("legacy-key-value", Applicability::Safe, text)
    }

    /// Key and value of the last instruction, as BuildKit hands them to the image but for variables.
    fn pair(text: &str) -> (String, String) {
        let tree = parse(text).tree;
        let pairs = match &tree.instructions.last().expect("an instruction").kind {
            InstructionKind::Env(env) => &env.pairs,
            other => panic!("{other:?}"),
        };
        let [pair] = pairs.as_slice() else {
            panic!("{pairs:?}")
        };
        let value = pair.value.as_ref().expect("a value");
        (pair.key.value().into(), value.value().into())
    }

    #[test]
    fn fixing_keeps_the_value() {
        for (before, after) in [
            ("ENV A b", "ENV A=b"),
            ("ENV A\t b", "ENV A=b"),
            ("ENV A b c  d", "ENV A=\"b c  d\""),
            ("ENV A b=c d=e", "ENV A=\"b=c d=e\""),
            ("ENV A \"b c\"", "ENV A=\"b c\""),
            ("ENV A 'b c' d", "ENV A='b c'\\ d"),
            ("ENV A \"b\" 'c", "ENV A \"b\" 'c"),
            ("ENV A it's", "ENV A it's"),
            ("ENV A b\\ c", "ENV A=b\\ c"),
            ("ENV A b\\ c d", "ENV A=b\\ c\\ d"),
            ("ENV A b\\\"c d", "ENV A=\"b\\\"c d\""),
            ("ENV A C:\\\\dir C:\\\\", "ENV A=\"C:\\\\dir C:\\\\\""),
            ("ENV A b\\tc d", "ENV A=b\\tc\\ d"),
            ("ENV A $B ${C:-d e}", "ENV A=\"$B ${C:-d e}\""),
            ("ENV A $B \"${C#d e}\" f", "ENV A $B \"${C#d e}\" f"),
            ("ENV A $PATH:/b", "ENV A=$PATH:/b"),
            ("ENV A = b", "ENV A = b"),
            ("ENV \"A\" b", "ENV \"A\"=b"),
            ("ENV A\u{a0}B= c d", "ENV A\u{a0}B= c d"),
            ("ENV A b\u{a0}c", "ENV A=\"b\u{a0}c\""),
            ("ENV A \\\n  b \\\n  c", "ENV A=\"b \\\n  c\""),
            ("ENV A \\\n# c\n  b", "ENV A \\\n# c\n  b"),
            ("ENV A b \\\n# c\n  d", "ENV A=\"b \\\n# c\n  d\""),
            ("ENV A b\\\n  'c' d", "ENV A=b\\\n\\ \\ 'c'\\ d"),
        ] {
            let before = format!("FROM debian:13\n{before}\n");
            let after = format!("FROM debian:13\n{after}\n");
            assert_eq!(fixed(&before), after);
            if before != after {
                assert_eq!(pair(&before), pair(&after), "{before}");
            }
        }
    }

    #[test]
    fn fixing_respects_the_escape_character_of_the_file() {
        let before = "# escape=`\nFROM a\nENV A C:\\b \"c\" d\n";
        let after = "# escape=`\nFROM a\nENV A=C:\\b` \"c\"` d\n";
        assert_eq!(fixed(before), after);
        assert_eq!(pair(before), pair(after));
    }
}

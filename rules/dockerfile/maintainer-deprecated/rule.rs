//! Flags `MAINTAINER`, and turns it into the label that took its place.
//!
//! BuildKit takes all that follows the keyword for the name as it is: no quotes, no escapes and no variables
//! (`parser/line_parsers.go`). In a label they count, so that the fix has to protect them.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::dockerfile::word::Word;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

/// Where the OCI image specification has the authors (`annotations.md`).
const LABEL: &str = "org.opencontainers.image.authors";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let instructions = &file.ast.instructions;
    let mut has_label = None;
    for instruction in instructions {
        // Without a name, or behind ONBUILD, it is refused anyway.
        let InstructionKind::Maintainer(maintainer) = &instruction.kind else {
            continue;
        };
        let Some(name) = &maintainer.name else {
            continue;
        };
        let has_label = *has_label.get_or_insert_with(|| instructions.iter().any(sets_label));
        let keyword = &instruction.keyword;
        let finding = cx.report(keyword.span, format!("`{}` is deprecated", keyword.value));
        if has_label {
            finding.help(format!("delete it; there is a label `{LABEL}` already"));
        } else {
            let escape = file.ast.escape.as_char();
            finding
                .help(format!("write `LABEL {LABEL}=\"…\"`"))
                .fix(fix(instruction, name, escape));
        }
    }
}

fn sets_label(instruction: &Instruction) -> bool {
    match &instruction.kind {
        InstructionKind::Label(label) => label.pairs.iter().any(|pair| pair.key.value() == LABEL),
        _ => false,
    }
}

fn fix(instruction: &Instruction, name: &Word, escape: char) -> Fix {
    let keyword = &instruction.keyword;
    let is_lower = keyword.value.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut edits = vec![Edit::replace(
        keyword.span,
        if is_lower { "label" } else { "LABEL" },
    )];
    let mut before = format!("{LABEL}=");
    if !is_quoted(&name.raw, escape) {
        before.push('"');
        for (at, c) in name.raw.char_indices() {
            if !matches!(c, '"' | '$') && c != escape {
                continue;
            }
            match at {
                0 => before.push(escape),
                _ => edits.push(Edit::insert(name.span_of(at..at + 1).start, escape)),
            }
        }
        edits.push(Edit::insert(name.span.end, "\""));
    }
    edits.push(Edit::insert(name.span.start, before));
    Fix::new(
        format!("write it as the label `{LABEL}`"),
        Applicability::Safe,
        edits,
    )
}

/// Whether the name is written between quotes, as if they counted: they are then not meant to be a part of
/// it, and in a label they are none.
fn is_quoted(name: &str, escape: char) -> bool {
    let inside = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
    match (inside('"'), inside('\'')) {
        (Some(text), _) => !text.contains(['"', '$', escape]),
        (None, Some(text)) => !text.contains('\''),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::dockerfile::ast::InstructionKind;
    use crate::dockerfile::parse::parse;
    use crate::engine::testing::{self, dockerfile};

    #[test]
    fn the_keyword_is_marked() {
        dockerfile(
            "maintainer-deprecated",
            r#"
FROM debian:13
MAINTAINER Ada
#^^^^^^^^^ `MAINTAINER` is deprecated
  maintainer Ada <ada@example.com>
# ^^^^^^^^^^ `maintainer` is deprecated
"#,
        );
    }

    #[test]
    fn what_is_refused_anyway_is_left_alone() {
        dockerfile(
            "maintainer-deprecated",
            "FROM debian:13\nMAINTAINER\nONBUILD MAINTAINER Ada\n",
        );
    }

    fn fixed(text: &str) -> String {
        testing::fixed("maintainer-deprecated", Applicability::Safe, text)
    }

    #[test]
    fn the_label_has_the_same_text() {
        for (before, after, value) in [
            ("MAINTAINER Ada", r#"LABEL ~"Ada""#, "Ada"),
            ("maintainer  a b", r#"label  ~"a b""#, "a b"),
            ("Maintainer a b", r#"LABEL ~"a b""#, "a b"),
            (r#"MAINTAINER "a b""#, r#"LABEL ~"a b""#, "a b"),
            ("MAINTAINER 'a b'", "LABEL ~'a b'", "a b"),
            ("MAINTAINER '$a'", "LABEL ~'$a'", "$a"),
            ("MAINTAINER it's $me", r#"LABEL ~"it's \$me""#, "it's $me"),
            (
                r#"MAINTAINER a "b" c"#,
                r#"LABEL ~"a \"b\" c""#,
                r#"a "b" c"#,
            ),
            (r#"MAINTAINER "a" b"#, r#"LABEL ~"\"a\" b""#, r#""a" b"#),
            (r#"MAINTAINER "$a""#, r#"LABEL ~"\"\$a\"""#, r#""$a""#),
            (r#"MAINTAINER ""#, r#"LABEL ~"\"""#, r#"""#),
            (r"MAINTAINER a\b \", r#"LABEL ~"a\\b" \"#, r"a\b"),
            ("MAINTAINER é ü\t ", "LABEL ~\"é ü\"\t ", "é ü"),
            ("MAINTAINER a \\\n  $b", "LABEL ~\"a \\\n  \\$b\"", "a   $b"),
            ("MAINTAINER \\\n# c\n  a", "LABEL \\\n# c\n  ~\"a\"", "a"),
        ] {
            let after = after.replace('~', "org.opencontainers.image.authors=");
            let (before, after) = (format!("FROM a\n{before}"), format!("FROM a\n{after}"));
            assert_eq!(fixed(&before), after);
            let tree = parse(&after).tree;
            let InstructionKind::Label(label) = &tree.instructions[1].kind else {
                panic!("{tree:?}");
            };
            let label = label.pairs[0].value.as_ref().expect("a value");
            assert_eq!(label.literal().as_deref(), Some(value), "{after}");
        }
    }

    #[test]
    fn the_escape_character_of_the_file_counts() {
        let before = "# escape=`\nFROM a\nMAINTAINER C:\\a `b` $c\n";
        let after =
            "# escape=`\nFROM a\nLABEL org.opencontainers.image.authors=\"C:\\a ``b`` `$c\"\n";
        assert_eq!(fixed(before), after);
    }

    #[test]
    fn a_label_that_is_there_already_is_left_alone() {
        let text = "FROM a\nLABEL org.opencontainers.image.authors=Ada\nMAINTAINER Bob\n";
        assert_eq!(fixed(text), text);
    }
}

//! Flags `ENV KEY = value` and `LABEL KEY = value`.

use super::legacy_key_value::Shape;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Env, Instruction, Label, Pair, Separator};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    // For `ARG`, BuildKit refuses what is left of the pair.
    on.syntax();
    on.env(|env: &Placed<'_, Env>, cx| check(env.instruction, &env.pairs, cx));
    on.label(|label: &Placed<'_, Label>, cx| check(label.instruction, &label.pairs, cx));
}

fn check(instruction: &Instruction, pairs: &[Pair], cx: &mut Context<'_, Dockerfile>) {
    let [pair] = pairs else { return };
    let (Separator::Space, Some(value)) = (pair.separator, &pair.value) else {
        return;
    };
    let Some(rest) = value.raw.strip_prefix('=') else {
        return;
    };
    let key = excerpt(&pair.key.raw);
    let keyword = &instruction.keyword.value;
    let message = format!("the value of `{key}` begins with `=`, because of the blank before it");
    let fix = fix(instruction, pair, rest, cx);
    cx.report(value.span_of(0..1), message)
        .help(format!("write `{keyword} {key}=…` without blanks"))
        .fixes
        .extend(fix);
}

fn fix(
    instruction: &Instruction,
    pair: &Pair,
    rest: &str,
    cx: &Context<'_, Dockerfile>,
) -> Option<Fix> {
    let value = pair.value.as_ref()?;
    let content = rest.trim_start();
    let start = value.raw.len() - content.len();
    let shape = Shape::of(content, cx.model.ast.escape.as_char());
    let is_key = pair.key.template().is_none() && !pair.key.raw.contains(['=', '"', '\'']);
    if content.is_empty() || !shape.is_closed || !is_key {
        return None;
    }
    let behind = value.span_of(start..value.raw.len());
    let gap = Span::new(pair.key.span.end, behind.start);
    let comments = cx.model.ast.comments_inside(instruction);
    if comments.iter().any(|comment| gap.contains(comment.span)) {
        return None;
    }
    let edits = if shape.spaces.is_empty() {
        vec![Edit::replace(gap, "=")]
    } else if shape.may_be_quoted && !content.contains('=') {
        vec![Edit::replace(gap, "=\""), Edit::insert(behind.end, "\"")]
    } else {
        // Perhaps several pairs.
        return None;
    };
    Some(Fix::new("remove the blanks", Applicability::Safe, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_sign_is_marked() {
        dockerfile(
            "space-around-equals",
            r#"
FROM a
ENV B = c
#     ^ the value of `B` begins with `=`
ENV B \
  =c
# ^ the value of `B` begins with `=`
ENV B "= c"
ENV B c = d
ARG F = g
#     ^ error: `F` gets no value, because of the blank before `=`
ARG H=i =j
"#,
        );
    }

    #[test]
    fn what_may_be_several_pairs_stays() {
        for (before, after) in [
            ("ENV A =\tb", "ENV A=b"),
            ("ENV A = b C = d", "ENV A = b C = d"),
            ("ENV A = \"b c\"", "ENV A=\"b c\""),
            ("ENV A \\\n  = b", "ENV A=b"),
            ("ENV A =", "ENV A ="),
            ("ARG A = b", "ARG A=b"),
            ("ARG A =b C = d", "ARG A=b C=d"),
            ("ARG A \\\n = b", "ARG A \\\n = b"),
            ("env A = b \\\n  c", "env A=\"b \\\n  c\""),
        ] {
            assert_eq!(
                fixed("space-around-equals", Applicability::Safe, before),
                after
            );
        }
    }
}

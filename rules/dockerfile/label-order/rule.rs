//! Flags blocks of labels whose keys are not in order.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Label, Pair, Separator};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, order};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.label(check);
}

fn check(label: &Placed<'_, Label>, cx: &mut Context<'_, Dockerfile>) {
    let is_plain = |pair: &Pair| pair.separator == Separator::Equals && !pair.key.has_variables();
    if label.pairs.len() < 2 || !label.pairs.iter().all(is_plain) {
        return;
    }
    if !cx.model.ast.comments_inside(label.instruction).is_empty() {
        return;
    }
    let mut sorted: Vec<&Pair> = label.pairs.iter().collect();
    order::sort_by(&mut sorted, |a, b| a.key.value().cmp(&b.key.value()));
    if sorted
        .windows(2)
        .any(|two| two[0].key.value() == two[1].key.value())
    {
        return;
    }
    let misplaced = label.pairs.iter().zip(label.pairs.iter().skip(1));
    let misplaced = misplaced
        .map(|(before, pair)| (before.key.value(), pair))
        .find(|(before, pair)| *before > pair.key.value());
    let Some((before, pair)) = misplaced else {
        return;
    };
    let moves = label
        .pairs
        .iter()
        .zip(&sorted)
        .filter(|(old, new)| old.span != new.span);
    let edits = moves.map(|(old, new)| Edit::replace(old.span, new.span.text(cx.text())));
    let fix = Fix::new("sort the labels", Applicability::Safe, edits.collect());
    let (key, before) = (excerpt(&pair.key.value()), excerpt(&before));
    cx.report(
        pair.key.span,
        format!("the label `{key}` stands behind `{before}`"),
    )
    .help("put the keys in the order of the alphabet")
    .fix(fix);
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_first_key_out_of_order_is_marked() {
        dockerfile(
            "label-order",
            r#"
FROM debian:13
LABEL b=1 \
      c=2 \
      a=3
#     ^ the label `a` stands behind `c`
LABEL a=1 b=2 a=0
"#,
        );
    }
}

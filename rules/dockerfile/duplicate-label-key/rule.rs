//! Flags labels that the same stage gives another value further down.

use std::collections::HashMap;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{InstructionKind, Label};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks, pairs};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    let label_of = |index: usize| -> Option<&Label> {
        match &model.ast.instructions[index].kind {
            InstructionKind::Label(label) => Some(label),
            _ => None,
        }
    };
    // From the end, so that the one that counts is met first.
    let mut last: HashMap<Box<str>, Span> = HashMap::new();
    let mut found = Vec::new();
    for index in stage.instructions.clone().rev() {
        let Some(label) = label_of(index) else {
            continue;
        };
        for (number, pair) in label.pairs.iter().enumerate().rev() {
            if pair.key.has_variables() {
                continue;
            }
            let key = pair.key.value();
            match last.get(&*key) {
                None => drop(last.insert(key.into(), pair.key.span)),
                Some(counts) => found.push((index, label, number, *counts)),
            }
        }
    }
    for (index, node, number, counts) in found.into_iter().rev() {
        let pair = &node.pairs[number];
        let edit = Edit::delete(pairs::without(&node.pairs, number, index, model, cx.text()));
        let title = "delete it; the value further down stays";
        let message = format!("the label `{}` is given again", excerpt(&pair.key.value()));
        cx.report(pair.key.span, message)
            .label(counts, "this one counts")
            .help("delete the one that is wrong")
            .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn all_but_the_last_are_marked() {
        dockerfile(
            "duplicate-label-key",
            r#"
FROM debian:13
LABEL a=1 "b"=2
#     ^ the label `a` is given again
#         ^^^ the label `b` is given again
LABEL b=3 \
      a=4
#     ^ the label `a` is given again
LABEL a=5
"#,
        );
    }
}

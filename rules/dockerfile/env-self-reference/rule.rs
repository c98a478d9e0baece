//! Flags values of an `ENV` that use a variable which the same `ENV` defines.

use std::collections::HashMap;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Env, Pair};
use crate::dockerfile::model::Lookup;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::span::offset;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.env(check);
}

fn check(env: &Placed<'_, Env>, cx: &mut Context<'_, Dockerfile>) {
    let has_variables = |pair: &Pair| {
        pair.value
            .as_ref()
            .is_some_and(|value| value.has_variables())
    };
    // What is in a trigger is replaced where it runs.
    if env.instruction.is_trigger || env.pairs.len() < 2 || !env.pairs.iter().any(has_variables) {
        return;
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, pair) in env.pairs.iter().enumerate() {
        places.entry(&pair.key.raw).or_insert(place);
    }
    let model = cx.model;
    let config = model.config_at(env.index);
    for (place, pair) in env.pairs.iter().enumerate() {
        let Some(value) = &pair.value else { continue };
        for reference in value.references() {
            let (name, _) = value.name_of(reference);
            let Some(&defined) = places.get(name).filter(|defined| **defined != place) else {
                continue;
            };
            let has_alternative = reference
                .modifier
                .as_ref()
                .is_some_and(|modifier| modifier.operator.tolerates_unset());
            let is_defined_before = !matches!(config.lookup(name), Lookup::Undefined { .. });
            if has_alternative
                || is_defined_before
                || name == "PATH"
                || is_in_base(model, env.index, name)
            {
                continue;
            }
            let message = format!("`{name}` does not yet have the value that this `ENV` gives it");
            let fix = (defined < place).then(|| split(env, place, cx.text()));
            cx.report(value.span_of(reference.range.clone()), message)
                .label(env.pairs[defined].key.span, "it is defined here")
                .help("use it in another `ENV` below this one")
                .fixes
                .extend(fix.flatten());
        }
    }
}

/// Whether the base image is known to define the variable.
fn is_in_base(model: &Dockerfile, instruction: usize, name: &str) -> bool {
    let stage = model.stage_of(instruction);
    let env = stage
        .and_then(|stage| model.base_facts(stage))
        .and_then(|image| image.env);
    env.is_some_and(|env| env.contains(&name))
}

/// Makes an instruction of its own of the pair at `place` and those behind it.
fn split(env: &Placed<'_, Env>, place: usize, text: &str) -> Option<Fix> {
    let (before, pair) = (&env.pairs[..place], &env.pairs[place]);
    let end = before.last()?.span.end;
    let gap = Span::new(end, pair.span.start);
    let keyword = &env.instruction.keyword.value;
    let mut lines = gap.text(text).split('\n');
    let first = lines.next()?;
    let edits = match lines.next() {
        None => {
            let is_windows = text[env.instruction.span.end as usize..].starts_with("\r\n");
            let line_end = if is_windows { "\r\n" } else { "\n" };
            vec![Edit::replace(gap, format!("{line_end}{keyword} "))]
        }
        Some(second) => {
            // Only blanks and comments may stand between the two.
            let is_empty = |line: &str| {
                let content = line.trim();
                content.is_empty() || content.starts_with('#')
            };
            if !is_empty(second) || !lines.all(is_empty) {
                return None;
            }
            let first = first.strip_suffix('\r').unwrap_or(first);
            vec![
                Edit::delete(Span::new(end, end + offset(first.len()))),
                Edit::insert(pair.span.start, format!("{keyword} ")),
            ]
        }
    };
    Some(Fix::new(
        "begin another `ENV` here",
        Applicability::Safe,
        edits,
    ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_use_is_marked() {
        dockerfile(
            "env-self-reference",
            r#"
FROM scratch
ARG OLD
ENV A=1 \
  B="x$A" C=${A%1} D=\$A E='$A' A=$A
#     ^^ `A` does not yet have the value
#           ^^^^^^ `A` does not yet have the value
#                                 ^^ `A` does not yet have the value
ENV OLD=1 F=$OLD G=$H
ONBUILD ENV I=1 J=$I
"#,
        );
    }

    #[test]
    fn known_base_images_may_define_it() {
        dockerfile(
            "env-self-reference",
            "FROM golang:1.26\nENV GOPATH=/x PATH=$GOPATH/bin:$PATH\n",
        );
    }

    #[test]
    fn line_endings_and_indentation_stay() {
        let before = "FROM a\r\nENV A=1 B=$A C=$B\r\n";
        let after = "FROM a\r\nENV A=1\r\nENV B=$A\r\nENV C=$B\r\n";
        assert_eq!(
            fixed("env-self-reference", Applicability::Safe, before),
            after
        );
        let before = "FROM a\r\nenv A=1 \\\r\n\r\n    B=$A\r\n";
        let after = "FROM a\r\nenv A=1\r\n\r\n    env B=$A\r\n";
        assert_eq!(
            fixed("env-self-reference", Applicability::Safe, before),
            after
        );
    }
}

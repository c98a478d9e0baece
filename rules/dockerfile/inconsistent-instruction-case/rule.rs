//! Flags keywords in another case than the rest of the file's.
//!
//! The majority is counted as BuildKit does it (`dockerfile2llb/convert.go`, `validateCommandCasing`): keywords
//! in mixed case have no say, and a draw is for upper case.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Instruction, InstructionKind};
use crate::engine::{Context, Hooks};
use crate::text::Edit;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    case: String,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.dockerfile(move |model, cx| check(&options, model, cx));
}

fn check(options: &Options, model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let wants_lower = match &*options.case {
        "upper" => false,
        "lower" => true,
        _ => is_mostly_lower(model),
    };
    for instruction in keywords(model) {
        let keyword = &instruction.keyword;
        let is_wanted = |byte: u8| match wants_lower {
            true => !byte.is_ascii_uppercase(),
            false => !byte.is_ascii_lowercase(),
        };
        if keyword.value.bytes().all(is_wanted) {
            continue;
        }
        let (case, wanted) = match wants_lower {
            true => ("lower", keyword.value.to_ascii_lowercase()),
            false => ("upper", keyword.value.to_ascii_uppercase()),
        };
        let message = format!("`{}` is not in {case} case", keyword.value);
        let fix = Fix::new(
            format!("write `{wanted}`"),
            Applicability::Safe,
            vec![Edit::replace(keyword.span, wanted)],
        );
        cx.report(keyword.span, message)
            .help(format!("write all keywords of the file in {case} case"))
            .fix(fix);
    }
}

fn is_mostly_lower(model: &Dockerfile) -> bool {
    let (mut lower, mut upper) = (0, 0);
    for instruction in keywords(model) {
        let keyword = &*instruction.keyword.value;
        if !keyword.bytes().any(|byte| byte.is_ascii_uppercase()) {
            lower += 1;
        } else if !keyword.bytes().any(|byte| byte.is_ascii_lowercase()) {
            upper += 1;
        }
    }
    lower > upper
}

/// The instructions with a keyword that is one, triggers included.
fn keywords(model: &Dockerfile) -> impl Iterator<Item = &Instruction> {
    let trigger = |instruction: &'_ Instruction| match &instruction.kind {
        InstructionKind::Onbuild(onbuild) => onbuild.trigger.is_some(),
        _ => false,
    };
    let instructions = model.ast.instructions.iter().enumerate();
    instructions
        .flat_map(move |(index, instruction)| {
            let inner = trigger(instruction).then(|| model.acting(index));
            std::iter::once(instruction).chain(inner)
        })
        .filter(|instruction| instruction.kind.keyword().is_some())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_keyword_is_marked() {
        dockerfile(
            "inconsistent-instruction-case",
            r#"
ARG a
FROM b AS c
run d \
#^^ `run` is not in upper case
  && run
Copy e f
#^^^ `Copy` is not in upper case
onbuild Run g
#^^^^^^ `onbuild` is not in upper case
#       ^^^ `Run` is not in upper case
RUNN h
nothing i
"#,
        );
    }

    #[test]
    fn as_many_of_each_are_a_case_for_upper_case() {
        let after = "FROM a\nRUN b\n";
        assert_eq!(
            fixed(
                "inconsistent-instruction-case",
                Applicability::Safe,
                "FROM a\nrun b\n"
            ),
            after
        );
    }
}

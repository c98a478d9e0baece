//! Flags `FROM` whose reference is no image as long as nobody passes build arguments.
//!
//! As BuildKit looks at it (`dockerfile2llb/convert.go`, `validateBaseImagesWithDefaultArgs`): an argument
//! without a default is empty. What the builder sets itself is not known here.

use std::collections::HashMap;

use crate::diagnostic::Severity;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{From, InstructionKind};
use crate::dockerfile::model::Lookup;
use crate::dockerfile::word::Word;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::grammar::variable::{Reference, Value};
use crate::knowledge::predefined::predefined;

/// The longest value of an argument that is followed, in bytes.
const MAX_VALUE: usize = 1024;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let mut arguments = None;
    for stage in &model.stages {
        let Some(InstructionKind::From(from)) = model
            .ast
            .instructions
            .get(stage.from)
            .map(|from| &from.kind)
        else {
            continue;
        };
        let From {
            image: Some(word), ..
        } = &**from
        else {
            continue;
        };
        if !word.has_variables() || word.raw.len() > MAX_VALUE {
            continue;
        }
        let arguments = arguments.get_or_insert_with(|| Arguments::of(model));
        // An argument that nothing declares is a finding of its own.
        if model.unresolved(stage.from).is_empty() {
            judge(arguments, word, stage.from, cx);
        }
    }
}

fn judge(arguments: &Arguments<'_>, word: &Word, from: usize, cx: &mut Context<'_, Dockerfile>) {
    let Some(text) = arguments.value(word) else {
        return;
    };
    if ImageReference::parse(&text).is_ok() {
        return;
    }
    let unset = word.references().find_map(|reference| {
        let (name, _) = word.name_of(reference);
        arguments.unset.get(name)
    });
    if let Some(unset) = unset
        && unset.is_said_to_be_required
        && word
            .template()
            .is_some_and(|template| template.pieces.len() == 1)
    {
        return;
    }
    let shown = excerpt(&word.raw);
    let message = if text.is_empty() {
        format!("`{shown}` is empty unless build arguments are passed")
    } else {
        let text = excerpt(&text);
        format!("`{shown}` is `{text}` by default, which is no image")
    };
    let config = cx.model.config_at(from);
    let finding = cx.report(word.span, message);
    match unset {
        Some(unset) => {
            let name = unset.name;
            finding.severity(Severity::Info);
            finding.help(format!(
                "give `{name}` a default, or write `${{{name}:?…}}`"
            ));
        }
        None => {
            finding.help("give the argument a default that makes an image");
        }
    }
    for reference in word.references().take(2) {
        let (name, _) = word.name_of(reference);
        if let Lookup::Defined(definition) = config.lookup(name) {
            finding.label(definition.name_span, "declared here");
        }
    }
}

/// The arguments before the first `FROM`, as they are when nobody passes any.
struct Arguments<'m> {
    /// What each has; `None` where only the build tells.
    values: HashMap<&'m str, Option<String>>,
    /// Those without a default.
    unset: HashMap<&'m str, Unset<'m>>,
}

struct Unset<'m> {
    name: &'m str,
    is_said_to_be_required: bool,
}

impl<'m> Arguments<'m> {
    fn of(model: &'m Dockerfile) -> Arguments<'m> {
        let mut arguments = Arguments {
            values: HashMap::new(),
            unset: HashMap::new(),
        };
        for instruction in &model.ast.instructions {
            let arg = match &instruction.kind {
                InstructionKind::From(_) => break,
                InstructionKind::Arg(arg) => arg,
                _ => continue,
            };
            for pair in &arg.pairs {
                let name = &*pair.key.raw;
                if let Some(value) = &pair.value {
                    let value = arguments.value(value);
                    arguments.unset.remove(name);
                    arguments.values.insert(name, value);
                } else if predefined(name).is_none() && !arguments.values.contains_key(name) {
                    let comments = model.ast.comments_before(instruction).iter();
                    let mut words = comments.flat_map(|comment| comment.text.split_whitespace());
                    let is_said_to_be_required = words.any(|word| {
                        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                        word.eq_ignore_ascii_case("required")
                    });
                    let unset = Unset {
                        name,
                        is_said_to_be_required,
                    };
                    arguments.unset.insert(name, unset);
                }
            }
        }
        arguments
    }

    /// What a word stands for; `None` where something else has a say, or the word refuses to be empty.
    fn value(&self, word: &Word) -> Option<String> {
        let Some(template) = word.template() else {
            return Some(word.raw.to_string());
        };
        let is_required = |reference: &Reference| {
            let modifier = reference.modifier.as_ref();
            modifier.is_some_and(|modifier| modifier.operator.is_required())
        };
        if template.references().any(is_required) {
            return None;
        }
        let expanded = template.expand(&word.raw, &mut |name| match self.values.get(name) {
            Some(Some(value)) => Value::Set(value.clone()),
            Some(None) => Value::Unknown,
            None if predefined(name).is_some() => Value::Unknown,
            None => Value::Unset,
        });
        let text = expanded.known()?;
        (text.len() <= MAX_VALUE).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_reference_is_marked() {
        dockerfile(
            "invalid-default-arg-in-from",
            r#"
ARG A B=${A} C=1 D=
ARG E=:$C
FROM a:$B AS b
#    ^^^^ warning: `a:$B` is `a:` by default, which is no image
FROM \
  "${A}"
# ^^^^^^ info: `"${A}"` is empty unless build arguments are passed
FROM $A/b
#    ^^^^ info: `$A/b` is `/b` by default, which is no image
FROM a:$D
#    ^^^^ warning: `a:$D` is `a:` by default, which is no image
FROM $D
#    ^^ warning: `$D` is empty unless build arguments are passed
FROM a$E
FROM a${A:+:$A}
FROM a:${A:-1}
FROM a:${A:?no}
FROM a:$TARGETARCH$D
FROM a:$UNKNOWN
"#,
        );
    }

    #[test]
    fn only_a_comment_above_the_argument_says_that_it_is_required() {
        dockerfile(
            "invalid-default-arg-in-from",
            r#"
# Required.
ARG A
# not required anymore
ARG B
ARG C
FROM $A
FROM $B
FROM $C
#    ^^ info: `$C` is empty
FROM a:$A
#    ^^^^ info: `a:$A` is `a:` by default
"#,
        );
    }
}

//! Flags `FROM --platform=$TARGETPLATFORM`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::From;
use crate::dockerfile::model::Lookup;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::variable::Piece;
use crate::text::span::offset;
use crate::text::{Edit, Span};

const NAME: &str = "TARGETPLATFORM";

pub(super) fn register(on: &mut Hooks<'_>) {
    on.from(check);
}

fn check(from: &Placed<'_, From>, cx: &mut Context<'_, Dockerfile>) {
    let Some(template) = from.platform.as_ref().and_then(|word| word.template()) else {
        return;
    };
    let [Piece::Reference(reference)] = template.pieces.as_slice() else {
        return;
    };
    let word = from.platform.as_ref();
    let is_plain = reference.modifier.is_none();
    if !is_plain || word.is_none_or(|word| word.name_of(reference).0 != NAME) {
        return;
    }
    // With a default, `ARG` takes the place of what the builder sets.
    if let Lookup::Defined(definition) = cx.model.config_at(from.index).lookup(NAME)
        && !definition.is_unset_by_default
    {
        return;
    }
    let Some(flag) = from.instruction.flag("platform") else {
        return;
    };
    let edit = Edit::delete(with_blanks_behind(flag.span, cx.text()));
    cx.report(flag.span, "the platform that is asked for is the default")
        .help("remove the flag")
        .fix(Fix::new("remove the flag", Applicability::Safe, vec![edit]));
}

fn with_blanks_behind(span: Span, text: &str) -> Span {
    let behind = &text[span.end as usize..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    Span::new(span.start, span.end + offset(blanks))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_flag_is_marked() {
        dockerfile(
            "redundant-target-platform",
            r#"
ARG TARGETPLATFORM
FROM --platform="${TARGETPLATFORM}" a
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the platform that is asked for is the default
FROM --platform=$TARGETPLATFORMS a
FROM --platform=$TARGETOS/$TARGETARCH a
FROM --platform=${TARGETPLATFORM}/v8 a
"#,
        );
    }

    #[test]
    fn a_flag_on_a_line_of_its_own_leaves_the_line() {
        let before = "FROM --platform=$TARGETPLATFORM \\\n  a AS b\n";
        let after = "FROM \\\n  a AS b\n";
        assert_eq!(
            fixed("redundant-target-platform", Applicability::Safe, before),
            after
        );
    }
}

//! Flags backticks.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::{Host, ScriptUse};
use crate::engine::{Context, Hooks};
use crate::shell::walk::{Kinds, Node};
use crate::shell::word::WordPart;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.script(check);
}

fn check(script: &ScriptUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    if !script.text.contains('`') {
        return;
    }
    for (node, context) in script.script.nodes_of(Kinds::PARTS) {
        let Node::Part(WordPart::CommandSubstitution(substitution)) = node else {
            continue;
        };
        if !substitution.backquoted || substitution.body.items.is_empty() || !context.is_exact() {
            continue;
        }
        let fix = fixed(substitution.span, cx.text());
        let finding = cx.report(
            substitution.span,
            "backticks are used for a command substitution",
        );
        finding.help("write `$(…)`, which can be nested and quoted");
        if let Some(fix) = fix {
            finding.fix(fix);
        }
    }
}

/// The same in `$(…)`, where nothing in it is read differently there.
fn fixed(span: Span, text: &str) -> Option<Fix> {
    let inside = span.text(text).strip_prefix('`')?.strip_suffix('`')?;
    // `$((` would begin an arithmetic expression.
    if inside.contains(['\\', '`', '"', '#']) || inside.trim_start().starts_with('(') {
        return None;
    }
    let edits = vec![
        Edit::replace(Span::new(span.start, span.start + 1), "$("),
        Edit::replace(Span::new(span.end - 1, span.end), ")"),
    ];
    Some(Fix::new("write `$(…)`", Applicability::Safe, edits))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn every_backtick_that_runs_something_counts() {
        dockerfile(
            "legacy-backticks",
            r#"
FROM debian:13
RUN a=`b` c "d `e \`f\``" 'g `h`' `` $(i)
#     ^^^ backticks are used for a command substitution
#              ^^^^^^^^^ backticks
#                  ^^^^ backticks
CMD for a in \
  `b \
# ^^^^ backticks
  c`; do d; done
"#,
        );
    }

    #[test]
    fn the_modern_form_is_the_fix() {
        let text = "FROM a\nRUN b `c d` \"`e`\" `f \\`g\\`` `(h)` `i \"j\"`\n";
        assert_eq!(
            fixed("legacy-backticks", Applicability::Safe, text),
            "FROM a\nRUN b $(c d) \"$(e)\" `f \\`g\\`` `(h)` `i \"j\"`\n"
        );
    }
}

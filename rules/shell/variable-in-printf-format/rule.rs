//! Flags expansions in the format of `printf`.

use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::ScriptUse;
use crate::engine::{Context, Hooks};
use crate::shell::context::CommandUse;
use crate::shell::word::WordPart;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.program(&["printf"], check);
}

fn check(found: &CommandUse<'_>, cx: &mut Context<'_, ScriptUse<'_>>) {
    let command = found.command;
    if command.name() != Some("printf") || !found.context.is_exact() {
        return;
    }
    let args = match command.args() {
        [option, _, args @ ..] if option.is("-v") => args,
        args => args,
    };
    let args = match args {
        [end, args @ ..] if end.is("--") => args,
        args => args,
    };
    let Some((format, values)) = args.split_first() else {
        return;
    };
    let has_percent = format.pieces().any(|part| match part {
        WordPart::Literal(text) | WordPart::SingleQuoted(text) => text.value.contains('%'),
        _ => false,
    });
    if !format.has_expansion() || has_percent {
        return;
    }
    let is_lone =
        matches!(&format.parts[..], [WordPart::DoubleQuoted(quoted)] if quoted.parts.len() == 1);
    let can_fix =
        is_lone && values.is_empty() && !found.context.in_inner_script() && cx.model.takes_quotes();
    let finding = cx.report(
        format.span,
        "`%` and `\\` in the value would be read as part of the format",
    );
    finding.help("write a format such as `'%s\\n'` in front of it");
    if can_fix {
        let edit = Edit::insert(format.span.start, "'%s' ");
        let title = "print the value as it is";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn only_formats_without_a_directive_are_reported() {
        dockerfile(
            "variable-in-printf-format",
            r#"
FROM debian:13
RUN printf "$a\n" && printf -- $(b) && printf "%s $c" d && printf '%s' "$e" && printf a && \
#          ^^^^^^ `%` and `\` in the value would be read as part of the format
#                              ^^^^ `%`
  printf -v f "g $h" && printf "%${i}s" j
#             ^^^^^^ `%`
"#,
        );
    }

    #[test]
    fn a_format_in_front_is_the_fix() {
        let text = "FROM a\nRUN printf \"$b\"; printf \"$c\" d; printf \"e$f\"\n";
        assert_eq!(
            fixed("variable-in-printf-format", Applicability::Unsafe, text),
            "FROM a\nRUN printf '%s' \"$b\"; printf \"$c\" d; printf \"e$f\"\n"
        );
    }
}

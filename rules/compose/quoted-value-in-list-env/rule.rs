//! Flags quotes that become a part of a variable's value.

use crate::compose::File;
use crate::compose::value::{Pair, PairsForm};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;
use crate::yaml::{ScalarStyle, edit};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for container in file.documents().flat_map(File::containers) {
        let container = container.container;
        let arguments = container.build.as_ref().map(|build| &build.value.args);
        let lists = [Some(&container.environment), arguments];
        let lists = lists.into_iter().flatten();
        for pairs in lists.filter(|pairs| pairs.form == PairsForm::List) {
            for pair in pairs {
                check_pair(pair, cx);
            }
        }
    }
}

fn check_pair(pair: &Pair, cx: &mut Context<'_, File>) {
    let Some(value) = &pair.value else {
        return;
    };
    let raw = value.value.raw();
    let text = raw.text();
    let inside = |quote: char| {
        let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inside.contains(quote)).then_some(inside)
    };
    let Some(inside) = inside('"').or_else(|| inside('\'')) else {
        return;
    };
    let is_plain = value.value.style() == ScalarStyle::Plain;
    let name = excerpt(pair.name.value.text());
    let message = format!("the quotes are a part of the value of `{name}`");
    let finding = cx.report(value.at, message);
    finding.help("put quotes around the whole item, or none");
    let title = "take the quotes out of the value";
    let (applicability, edits) = if is_plain {
        let item = format!("{}={inside}", pair.name.value.raw().text());
        let edit = Edit::replace(pair.at.span, edit::double_quoted(&item));
        (Applicability::Safe, vec![edit])
    } else {
        // Whoever puts quotes into quotes may know why.
        finding.severity(Severity::Info);
        let last = text.len() - 1;
        let edits = [0..1, last..text.len()].map(|range| Edit::delete(raw.span(range)));
        (Applicability::Unsafe, edits.to_vec())
    };
    finding.fix(Fix::new(title, applicability, edits));
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_value_with_its_quotes_is_marked() {
        compose(
            "quoted-value-in-list-env",
            r#"
services:
  a:
    image: x
    environment:
      - A="b c"
#         ^^^^^ warning: the quotes are a part of the value of `A`
      - A='b'
#         ^^^ warning: the quotes
      - "TZ='UTC'"
#           ^^^^^ info: the quotes
      - D=""
#         ^^ warning: the quotes
      - "E=f"
      - 'G={"h": "i"}'
      - J="k" "l"
      - K="
      - L
    build: {context: ., args: [M="n"]}
#                                ^^^ warning: the quotes
  b: {image: x, environment: {A: '"b"'}}
"#,
        );
    }

    #[test]
    fn the_fix_moves_the_quotes() {
        let fixed = |item: &str| {
            let text = format!("services:\n  a:\n    image: x\n    environment:\n      - {item}\n");
            let fixed = fixed_compose("quoted-value-in-list-env", Applicability::Unsafe, &text);
            let item = fixed
                .rsplit("- ")
                .next()
                .map(str::trim_end)
                .map(str::to_owned);
            item.unwrap_or_default()
        };
        assert_eq!(fixed(r#"A="b $C"  # d"#), r#""A=b $C"  # d"#);
        assert_eq!(fixed(r#"A='b\c "d"'"#), r#""A=b\\c \"d\"""#);
        assert_eq!(fixed(r#""A='b'""#), r#""A=b""#);
        assert_eq!(fixed(r#"'A=''b'''"#), "'A=b'");
    }
}

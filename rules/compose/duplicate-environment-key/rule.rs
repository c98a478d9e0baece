//! Flags names that a list gives two values.

use std::collections::BTreeMap;

use crate::compose::File;
use crate::compose::value::{Pair, Pairs, PairsForm};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for pairs in document.pairs() {
            if pairs.form == PairsForm::List {
                check_list(pairs, cx);
            }
        }
        for container in document.containers() {
            check_case(&container.container.environment, cx);
        }
    }
}

fn check_list(pairs: &Pairs, cx: &mut Context<'_, File>) {
    let mut last: BTreeMap<&str, &Pair> = BTreeMap::new();
    let mut found: Vec<(&Pair, &Pair)> = Vec::new();
    for pair in pairs.items.iter().rev() {
        let Some(name) = pair.name.value.literal() else {
            continue;
        };
        match last.get(name) {
            // An item that is there twice is refused.
            Some(later) if is_same_item(pair, later) => {}
            Some(later) => found.push((pair, later)),
            None => {
                last.insert(name, pair);
            }
        }
    }
    for (earlier, later) in found.into_iter().rev() {
        let name = excerpt(earlier.name.value.text());
        let fix = edit::remove_item(cx.text(), earlier.at.span);
        let message = format!("`{name}` is set again below, and that counts");
        let finding = cx.report(earlier.name.at, message);
        finding.label(later.name.at, "set again here");
        finding.help("remove one of the two");
        if let Some(edit) = fix {
            let title = "remove the one that does nothing";
            finding.fix(Fix::new(title, Applicability::Safe, vec![edit]));
        }
    }
}

fn is_same_item(a: &Pair, b: &Pair) -> bool {
    let value = |pair: &Pair| {
        let value = pair.value.as_ref();
        value.map(|value| value.value.raw().text().to_owned())
    };
    value(a) == value(b)
}

/// Names that differ in case only. Those of proxies are usual in both.
fn check_case(pairs: &Pairs, cx: &mut Context<'_, File>) {
    let mut names: BTreeMap<String, &Pair> = BTreeMap::new();
    for pair in pairs {
        let Some(name) = pair.name.value.literal() else {
            continue;
        };
        let lower = name.to_ascii_lowercase();
        if lower.ends_with("_proxy") {
            continue;
        }
        match names.get(&lower) {
            Some(other) if !other.name.value.is(name) && !is_same_item(pair, other) => {
                let other_name = excerpt(other.name.value.text());
                let message = format!("`{}` and `{other_name}` are two variables", excerpt(name));
                let finding = cx.report(pair.name.at, message);
                finding.label(other.name.at, "the other one");
                finding.help("remove the one that nothing reads");
                finding.severity(Severity::Info);
            }
            Some(_) => {}
            None => {
                names.insert(lower, pair);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_one_that_does_nothing_is_marked() {
        compose(
            "duplicate-environment-key",
            r#"
services:
  a:
    image: x
    environment:
      - A=1
#       ^ warning: `A` is set again
      - "A=2"
#        ^ warning: `A` is set again
      - A
      - B=1
      - B=1
      - c=1
      - C=2
#       ^ info: `C` and `c` are two
      - http_proxy=a
      - HTTP_PROXY=b
    labels: [d=1, d=2]
#            ^ warning: `d` is
    sysctls: [e=1, "${E}=2"]
"#,
        );
    }

    #[test]
    fn the_fix_takes_the_line() {
        let rule = "duplicate-environment-key";
        let text =
            "services:\n  a:\n    image: x\n    environment:\n      - A=1  # old\n      - A=2\n";
        let wanted = "services:\n  a:\n    image: x\n    environment:\n      - A=2\n";
        assert_eq!(fixed_compose(rule, Applicability::Safe, text), wanted);
        let text = "services: {a: {image: x, environment: [A=1, B=1, A=2]}}\n";
        let wanted = "services: {a: {image: x, environment: [B=1, A=2]}}\n";
        assert_eq!(fixed_compose(rule, Applicability::Safe, text), wanted);
    }
}

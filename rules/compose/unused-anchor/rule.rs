//! Flags anchors that no alias repeats.

use std::collections::HashSet;

use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Edit, Span};
use crate::yaml::{Kind, Yaml};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.yaml(check);
}

fn check(yaml: &Yaml, cx: &mut Context<'_, ()>) {
    if !yaml.skipped.is_empty() || yaml.documents.iter().all(|one| one.anchors.is_empty()) {
        return;
    }
    // For Compose a name also reaches into the documents behind its own.
    let mut names: HashSet<&str> = HashSet::new();
    for document in &yaml.documents {
        for node in document.ids() {
            if let Kind::Alias(alias) = document.kind(node) {
                names.insert(alias.name);
            }
        }
    }
    for document in &yaml.documents {
        for anchor in &document.anchors {
            let name = anchor.span.text(document.text());
            let name = name.strip_prefix('&').unwrap_or(name);
            if names.contains(name) {
                continue;
            }
            let message = format!("nothing repeats the anchor `{}`", excerpt(name));
            let finding = cx.report(anchor.span, message);
            finding.help("remove it, or repeat the value with an alias");
            // Without its anchor an empty item of a list would be none.
            if !document.span(anchor.node).is_empty() {
                let edit = Edit::delete(with_blanks(document.text(), anchor.span));
                finding.fix(Fix::new(
                    "remove the anchor",
                    Applicability::Safe,
                    vec![edit],
                ));
            }
        }
    }
}

/// An anchor with the blanks behind it, or those in front of it at the end of a line.
fn with_blanks(text: &str, anchor: Span) -> Span {
    let blanks = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let range = anchor.range();
    let behind = blanks(&text[range.end..]);
    let rest = &text[range.end + behind..];
    if !rest.is_empty() && !rest.starts_with(['\n', '\r', '#']) {
        return Span::from_range(range.start..range.end + behind);
    }
    let before = &text[..range.start];
    let start = before.trim_end_matches(' ').len();
    Span::from_range(start..range.end)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn anchors_everywhere_are_seen() {
        compose(
            "unused-anchor",
            r#"
x-a: &a {b: &b "c"}
#    ^^ nothing repeats the anchor `a`
#           ^^ nothing repeats the anchor `b`
services:
  d:
    image: &i x
    command: [&e "f", *i]
#             ^^ nothing repeats the anchor `e`
"#,
        );
    }

    #[test]
    fn later_documents_count_and_broken_files_do_not() {
        compose(
            "unused-anchor",
            "services:\n  a: &a {image: x}\n---\nservices:\n  b: *a\n",
        );
        compose(
            "unused-anchor",
            "services:\n  a: &a {image: x}\n  b: [c: d: e\n",
        );
    }

    #[test]
    fn only_the_anchor_goes() {
        let text = "x-a: &a # why\n  b: [&c d, &e]\n";
        let fixed = fixed_compose("unused-anchor", Applicability::Safe, text);
        assert_eq!(fixed, "x-a: # why\n  b: [d, &e]\n");
    }
}

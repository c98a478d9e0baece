//! Flags `version` at the top level of a Compose file.

use crate::compose::File;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::text::{Edit, Span};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        let Some(version) = &document.version else {
            continue;
        };
        let text = cx.text();
        let finding = cx.report(version.key, "`version` has no effect any more");
        finding.help("remove it");
        if let Some(edit) = version.entry(text).and_then(|entry| removal(text, entry)) {
            finding.fix(Fix::new(
                "remove `version`",
                Applicability::Safe,
                vec![edit],
            ));
        }
    }
}

/// The edit that removes the entry, and with it the blank line that set it off from what follows.
fn removal(text: &str, entry: Span) -> Option<Edit> {
    let mut edit = edit::remove_entry(text, entry)?;
    let before = &text[..edit.span.range().start];
    let after = &text[edit.span.range().end..];
    // A comment right above must not become one of what follows the blank line.
    let line_above = before
        .trim_end_matches(['\r', '\n'])
        .rsplit('\n')
        .next()
        .unwrap_or_default();
    let blank_above = before.ends_with("\n\n") || before.ends_with("\n\r\n");
    let is_set_off = blank_above || !line_above.trim_start().starts_with('#');
    if is_set_off && text[..edit.span.range().end].ends_with('\n') {
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        let line_break = ["\r\n", "\n"]
            .into_iter()
            .find(|end| after[blanks..].starts_with(end));
        if let Some(line_break) = line_break {
            let end = edit.span.range().end + blanks + line_break.len();
            edit.span = Span::from_range(edit.span.range().start..end);
        }
    }
    Some(edit)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::testing::compose;
    use crate::text::{FileId, apply};

    #[test]
    fn only_the_key_of_the_top_level_is_meant() {
        compose(
            "obsolete-version-field",
            r"
version: '3'
#^^^^^^ `version` has no effect
services:
  web:
    image: x
    labels: {version: '3'}
x-version: '3'
",
        );
    }

    fn fixed(text: &str) -> String {
        let yaml = crate::yaml::parse(&Arc::from(text)).tree;
        let version = File::lower(&yaml, FileId(0)).version.expect("a version");
        let edit = version
            .entry(text)
            .and_then(|entry| removal(text, entry))
            .expect("an edit");
        apply(text, [&edit]).expect("one edit")
    }

    #[test]
    fn one_blank_line_goes_with_it_and_comments_stay_where_they_are() {
        for (text, wanted) in [
            ("version: '3' # old\n\n\nname: a\n", "\nname: a\n"),
            ("version: '3'\r\n\r\nname: a\r\n", "name: a\r\n"),
            (
                "name: a\n\nversion: '3'\n\n# of b\nx-b: 1\n",
                "name: a\n\n# of b\nx-b: 1\n",
            ),
            (
                "# of all\nversion: '3'\n\n# of b\nname: a\n",
                "# of all\n\n# of b\nname: a\n",
            ),
            ("# of all\nversion: '3'\nname: a\n", "# of all\nname: a\n"),
            ("name: a\nversion: '3'", "name: a\n"),
            ("{\"version\": \"3\", \"name\": \"a\"}", "{\"name\": \"a\"}"),
            ("---\nversion: '3'\n\nname: a\n", "---\nname: a\n"),
        ] {
            assert_eq!(fixed(text), wanted, "{text}");
        }
    }
}

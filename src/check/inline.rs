//! Lints Dockerfiles that stand in a Compose file, under `dockerfile_inline`: the same rules, and places in the
//! Compose file.

use crate::compose::File;
use crate::compose::value::{Scalar, Text};
use crate::diagnostic::{Finding, Fix};
use crate::engine::ruleset::Ruleset;
use crate::engine::suppress::IgnoreComment;
use crate::engine::walk::{self, Walk};
use crate::text::{Cooked, Edit, SourceFile, Span, Spanned};
use crate::yaml::ScalarStyle;

/// The Dockerfiles in a Compose file whose text is known, each once.
fn texts(file: &File) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for document in file.documents() {
        for owned in document.containers() {
            let Some(build) = &owned.container.build else {
                continue;
            };
            let inline = build.value.dockerfile_inline.as_ref();
            if let Some(inline) = inline.filter(|inline| inline.value.known().is_some())
                && texts.iter().all(|text| text.at != inline.at)
            {
                texts.push(Text {
                    value: inline.value.clone(),
                    at: inline.at,
                });
            }
        }
    }
    texts
}

/// Adds what the rules find in the Dockerfiles of a Compose file.
pub(super) fn walk_inline(file: &File, source: &SourceFile, ruleset: &Ruleset, out: &mut Walk) {
    for text in texts(file) {
        let inner = SourceFile::from_text(source.id, source.path.clone(), text.value.text());
        let walk = walk::dockerfile(&inner, ruleset, None);
        let outside = Outside {
            text: &source.text,
            inner: &inner.text,
            map: text.value.cooked(),
            can_fix: can_fix(&text.value),
        };
        for mut raw in walk.findings {
            outside.finding(&mut raw.finding);
            out.findings.push(raw);
        }
        for mut error in walk.syntax_errors {
            error.span = outside.span(error.span);
            out.syntax_errors.push(error);
        }
        let comments = walk.ignore_comments.into_iter();
        out.ignore_comments
            .extend(comments.map(|comment| outside.comment(comment)));
        out.internal.extend(walk.internal);
        out.is_unanswered |= walk.is_unanswered;
    }
}

/// Whether a change of the Dockerfile's text is the same change of the Compose file: in a block scalar, in which no
/// variable was replaced.
fn can_fix(scalar: &Scalar) -> bool {
    scalar.style() == ScalarStyle::Literal && !scalar.raw().text().contains('$')
}

/// The Compose file around a Dockerfile.
struct Outside<'o> {
    text: &'o str,
    inner: &'o str,
    /// From bytes of the Dockerfile to those of the Compose file.
    map: &'o Cooked<'static>,
    can_fix: bool,
}

impl Outside<'_> {
    fn span(&self, span: Span) -> Span {
        self.map.span(span.range())
    }

    fn finding(&self, finding: &mut Finding) {
        finding.at.span = self.span(finding.at.span);
        for label in &mut finding.labels {
            label.at.span = self.span(label.at.span);
        }
        for span in &mut finding.also_suppress_at {
            *span = self.span(*span);
        }
        let fixes = std::mem::take(&mut finding.fixes);
        finding.fixes = fixes.into_iter().filter_map(|fix| self.fix(fix)).collect();
    }

    /// The same change in the Compose file, if it stays within lines.
    fn fix(&self, fix: Fix) -> Option<Fix> {
        let edit = |edit: &Edit| {
            let span = self.span(edit.span);
            let is_same = span.text(self.text) == edit.span.text(self.inner)
                && (!span.is_empty() || self.is_beside_its_text(edit.span.start));
            let stays = !edit.text.contains(['\n', '\r', '$']);
            (is_same && stays).then(|| Edit::replace(span, edit.text.clone()))
        };
        if !self.can_fix {
            return None;
        }
        let edits = fix.edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
        Some(Fix { edits, ..fix })
    }

    /// Whether a place in the Dockerfile stands in the Compose file beside the same character: not if the text there is
    /// another one, as it is behind an escape.
    fn is_beside_its_text(&self, at: u32) -> bool {
        let at = at as usize;
        let (Some(before), Some(behind)) = (self.inner.get(..at), self.inner.get(at..)) else {
            return false;
        };
        let here = self.map.span(at..at);
        let before = before.chars().next_back().filter(|c| *c != '\n');
        let behind = behind.chars().next().filter(|c| *c != '\n');
        let outside = |from: usize, to: usize| self.text.get(from..to);
        let (start, end) = (here.start as usize, here.end as usize);
        let follows = before.is_some_and(|c| {
            let text = outside(start.saturating_sub(c.len_utf8()), start);
            text.is_some_and(|text| text.starts_with(c))
        });
        let leads = behind.is_some_and(|c| {
            outside(end, end + c.len_utf8()).is_some_and(|text| text.starts_with(c))
        });
        // One side is the end of the line, or both agree.
        match (before, behind) {
            (Some(_), Some(_)) => follows && leads,
            _ => follows || leads,
        }
    }

    fn comment(&self, comment: IgnoreComment) -> IgnoreComment {
        let spanned = |text: Spanned<String>| Spanned {
            span: self.span(text.span),
            value: text.value,
        };
        IgnoreComment {
            rules: comment.rules.into_iter().map(spanned).collect(),
            everything: comment.everything.map(|span| self.span(span)),
            reason: comment.reason.map(spanned),
            until: comment.until.map(spanned),
            span: self.span(comment.span),
            removable: self.span(comment.removable),
            covers: comment.covers.map(|span| self.span(span)),
            ..comment
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{Linted, lint};
    use crate::engine::ruleset::Ruleset;
    use crate::engine::settings::{Selector, Settings};
    use crate::rules::RULES;
    use crate::text::{FileId, SourceFile};
    use crate::workspace::kind::Kind;

    const TEXT: &str = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM debian\n        # hadolint ignore=DL3020\n        ADD x /x\n        ADD y /y\n";

    fn linted(text: &str, rule: &str) -> (SourceFile, Linted) {
        let settings = Settings {
            presets: vec![crate::engine::meta::Preset::None],
            select: vec![Selector::parse(rule, RULES).expect("the rule exists")],
            ..Settings::default()
        };
        let ruleset = Ruleset::build(RULES, &settings);
        let source = SourceFile::from_text(FileId(3), "compose.yaml".into(), text);
        let linted = lint(&source, Kind::Compose, &ruleset, None);
        (source, linted)
    }

    #[test]
    fn places_are_those_of_the_compose_file() {
        let (source, linted) = linted(TEXT, "untagged-image");
        let found: Vec<&str> = linted
            .diagnostics
            .iter()
            .map(|d| d.finding.at.span.text(&source.text))
            .collect();
        assert_eq!(found, ["debian"]);
        let folded = TEXT.replace("|", ">").replace("debian\n", "debian\n\n");
        let (source, linted) = self::linted(&folded, "untagged-image");
        assert_eq!(
            linted.diagnostics[0].finding.at.span.text(&source.text),
            "debian"
        );
    }

    #[test]
    fn comments_and_fixes_count_there_as_well() {
        let (source, linted) = linted(TEXT, "add-instead-of-copy");
        let silenced: Vec<bool> = linted
            .diagnostics
            .iter()
            .map(|d| d.suppressed.is_some())
            .collect();
        assert_eq!(silenced, [true, false]);
        let fix = &linted.diagnostics[1].finding.fixes[0];
        assert_eq!(fix.edits[0].span.text(&source.text), "ADD");
        let at = source.text.rfind("ADD").expect("it is there");
        assert_eq!(fix.edits[0].span.start as usize, at);
    }

    #[test]
    fn a_fix_stays_where_its_text_is() {
        let (source, linted) = linted(
            &TEXT.replace("ADD y /y", "ENTRYPOINT y"),
            "shell-form-entrypoint",
        );
        let fix = &linted.diagnostics[0].finding.fixes[0];
        let fixed = crate::text::apply(&source.text, &fix.edits).expect("it fits");
        assert!(fixed.ends_with("        ENTRYPOINT [\"y\"]\n"), "{fixed}");
        let broken = "services:\n  a: {build: {dockerfile_inline: \"FROM a\\nENTRYPOINT y\\n\"}}\n";
        let (_, linted) = self::linted(broken, "shell-form-entrypoint");
        assert!(linted.diagnostics[0].finding.fixes.is_empty());
    }

    #[test]
    fn what_a_variable_brings_is_not_guessed() {
        let (_, linted) = linted(&TEXT.replace("debian", "${BASE}"), "untagged-image");
        assert!(linted.diagnostics.is_empty());
    }
}

//! Flags references to images that do not follow the grammar.

use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::nodes::{Host, ImageSite, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.image(check);
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Err(error) = &image.reference else { return };
    let text = image.text.text();
    // A lone word behind `--from` can be a context that the user names as he likes.
    let is_stage_like = matches!(image.site, ImageSite::CopyFrom(_) | ImageSite::MountFrom(_))
        && !text.contains('/');
    // A service without image is what `missing-image-or-build` is for; an empty default is for the user to fill.
    // A template is no image yet, and a finding of its own.
    let is_template = ["{{", "{%", "<%"]
        .iter()
        .any(|opener| text.contains(opener));
    if text.trim().is_empty() || is_stage_like || is_template {
        return;
    }
    // What the defaults of arguments make of an image is a finding of its own, like a variable without any.
    let rests_on_default =
        matches!(image.site, ImageSite::From(_)) && image.knowledge == Knowledge::Default;
    if rests_on_default || is_short_of_a_variable(image, cx.model) {
        return;
    }
    let span = image.text.span(error.range.clone());
    let fix = lower_case(text, image.at.span, cx.text());
    let finding = cx.report(
        if span.is_empty() { image.at.span } else { span },
        error.message.clone(),
    );
    finding.help.clone_from(&error.help);
    finding.fixes.extend(fix);
}

/// Whether something is missing because a variable is not defined, which is a finding of its own.
fn is_short_of_a_variable(image: &ImageUse<'_>, host: &Host<'_>) -> bool {
    match (image.site, host) {
        (ImageSite::From(index), Host::Dockerfile(model)) => !model.unresolved(index).is_empty(),
        _ => false,
    }
}

/// The reference in lower case, if that mends it and it stands in the file as it is.
fn lower_case(text: &str, at: Span, source: &str) -> Option<Fix> {
    let name_end = text
        .rfind(['/', ':', '@'])
        .map_or(text.len(), |_| path_end(text));
    let lower = text[..name_end].to_ascii_lowercase() + &text[name_end..];
    if lower == text || ImageReference::parse(&lower).is_err() {
        return None;
    }
    let written = at.text(source);
    let inside = written.find(text)?;
    let start = at.start + crate::text::span::offset(inside);
    let end = start + crate::text::span::offset(name_end);
    let edit = Edit::replace(Span::new(start, end), &lower[..name_end]);
    let title = "write the name in lower case; the registry may not have it";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

/// Where tag and digest begin.
fn path_end(text: &str) -> usize {
    let before_digest = text.find('@').unwrap_or(text.len());
    let last = text[..before_digest]
        .rfind('/')
        .map_or(0, |slash| slash + 1);
    text[last..before_digest]
        .find(':')
        .map_or(before_digest, |colon| last + colon)
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_offending_part_is_marked() {
        dockerfile(
            "invalid-image-reference",
            r#"
FROM registry.example.org/Team/app:1.0
#                         ^^^^
FROM debian:-1
#           ^^
FROM debian@md5:0123
#           ^^^^^^^^
FROM https://registry.example.org/app
#    ^^^^^^^^
COPY --from=Assets / /
"#,
        );
    }

    #[test]
    fn a_variable_that_is_not_defined_is_another_rule_s_business() {
        dockerfile("invalid-image-reference", "FROM debian:$TGA\n");
    }

    #[test]
    fn what_is_empty_or_unknown_is_not_judged() {
        dockerfile(
            "invalid-image-reference",
            "ARG BASE\nFROM ${BASE}\nFROM a$UNKNOWN/b:1\n",
        );
        compose(
            "invalid-image-reference",
            "services:\n  a: { image: \"\" }\n  b: { image: \"$X\" }\n",
        );
    }
}

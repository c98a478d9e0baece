//! Flags images that are not allowed or denied.

use super::untrusted_registry::{Lists, Patterns, Verdict, foreign};
use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image_pattern::ImagePattern;

pub(super) fn register(on: &mut Hooks<'_>) {
    let lists: Lists = on.options();
    let patterns = Patterns::new(&lists, ImagePattern::image);
    if !patterns.is_empty() {
        on.image(move |image, cx| check(&patterns, image, cx));
    }
}

fn check(patterns: &Patterns, image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(reference) = foreign(image) else {
        return;
    };
    let verdict = patterns.judge(reference, ImagePattern::matches);
    let shown = excerpt(image.text.text());
    let message = match verdict {
        Verdict::Fine => return,
        Verdict::Denied => format!("image `{shown}` is denied"),
        Verdict::NotAllowed => format!("image `{shown}` is not on the list of allowed ones"),
        // A list of what is denied says little of what nobody knows.
        Verdict::Unknown if patterns.listed.is_empty() => return,
        Verdict::Unknown => format!("image `{shown}` cannot be checked"),
    };
    let whole = image.text.span(0..image.text.text().len());
    let finding = cx.report(whole, message);
    if verdict == Verdict::Unknown {
        finding.severity(Severity::Info);
        finding.help("give the variable a default, so that readers and tools know the image");
    } else if patterns.listed.is_empty() {
        finding.help("use another image");
    } else {
        finding.help(format!("allowed: {}", patterns.listed));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::testing::check;
    use crate::workspace::kind::Kind;

    #[test]
    fn the_reference_is_marked() {
        check(
            "denied-image",
            &json!({"allow": ["debian", "node:24*"], "deny": ["debian:12"]}),
            "Dockerfile",
            Kind::Dockerfile,
            r#"
ARG X
FROM "debian:12" AS a
#     ^^^^^^^^^ error: image `debian:12` is denied
FROM \
  node:24 AS b
COPY --from=redis:8 / /
#           ^^^^^^^ error: image `redis:8` is not on the list
FROM node:$X
#    ^^^^^^^ info: image `node:$X` cannot be checked
FROM debian:$X
#    ^^^^^^^^^ info: image `debian:$X` cannot be checked
FROM a
"#,
        );
    }
}

//! Flags images from registries that are not allowed or denied.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::grammar::image::ImageReference;
use crate::grammar::image_pattern::ImagePattern;
use crate::knowledge::official;

/// How many allowed entries a message lists.
const LISTED: usize = 5;

/// Lists of patterns, as the options of this rule and its sibling have them.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Lists {
    allow: Vec<String>,
    deny: Vec<String>,
}

/// What lists say of an image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// Nothing against it.
    Fine,
    /// An entry denies it.
    Denied,
    /// No entry allows it.
    NotAllowed,
    /// It depends on a variable.
    Unknown,
}

/// Lists that are ready to be compared with.
pub(super) struct Patterns {
    allow: Vec<ImagePattern>,
    deny: Vec<ImagePattern>,
    /// The allowed entries, for messages.
    pub(super) listed: String,
}

impl Patterns {
    pub(super) fn new(lists: &Lists, pattern: fn(&str) -> ImagePattern) -> Patterns {
        let read = |list: &[String]| list.iter().map(|text| pattern(text)).collect();
        let shown: Vec<String> = lists
            .allow
            .iter()
            .take(LISTED)
            .map(|text| excerpt(text))
            .collect();
        let more = if lists.allow.len() > LISTED {
            ", …"
        } else {
            ""
        };
        Patterns {
            allow: read(&lists.allow),
            deny: read(&lists.deny),
            listed: shown.join(", ") + more,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.allow.is_empty() && self.deny.is_empty()
    }

    /// Asks both lists, with `matches` to compare a pattern with the image.
    pub(super) fn judge(
        &self,
        image: &ImageReference,
        matches: fn(&ImagePattern, &ImageReference) -> Option<bool>,
    ) -> Verdict {
        let any = |list: &[ImagePattern]| {
            let mut unknown = false;
            for pattern in list {
                match matches(pattern, image) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => unknown = true,
                }
            }
            (!unknown).then_some(false)
        };
        let denied = any(&self.deny);
        if denied == Some(true) {
            return Verdict::Denied;
        }
        let allowed = self.allow.is_empty().then_some(Some(true));
        match (denied, allowed.unwrap_or_else(|| any(&self.allow))) {
            (Some(_), Some(true)) => Verdict::Fine,
            (_, Some(false)) => Verdict::NotAllowed,
            _ => Verdict::Unknown,
        }
    }
}

/// The reference of a use, if it certainly is an image that comes from elsewhere.
pub(super) fn foreign<'i>(image: &'i ImageUse<'_>) -> Option<&'i ImageReference> {
    let is_perhaps_context = image.is_lone_word() && !official::is_official(image.text.text());
    if image.is_built() || is_perhaps_context || image.text.text().is_empty() {
        return None;
    }
    image.reference.as_ref().ok()
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let patterns = Patterns::new(&on.options(), ImagePattern::registry);
    if !patterns.is_empty() {
        on.image(move |image, cx| check(&patterns, image, cx));
    }
}

fn check(patterns: &Patterns, image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(reference) = foreign(image) else {
        return;
    };
    let part = reference.registry.as_ref().unwrap_or(&reference.name);
    let registry = reference.registry();
    let shown = excerpt(registry.as_deref().unwrap_or(&reference.name.value));
    let verdict = patterns.judge(reference, ImagePattern::matches_registry);
    let message = match verdict {
        Verdict::Fine => return,
        Verdict::Denied => format!("registry `{shown}` is denied"),
        Verdict::NotAllowed => format!("registry `{shown}` is not on the list of allowed ones"),
        Verdict::Unknown => format!("registry of `{shown}` cannot be checked"),
    };
    let finding = cx.report(image.span_of(part), message);
    if verdict == Verdict::Unknown {
        finding.severity(Severity::Info);
        finding.help("give the variable a default, so that readers and tools know the registry");
    } else if patterns.listed.is_empty() {
        finding.help("take the image from another registry");
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
    fn every_reference_is_looked_at() {
        check(
            "untrusted-registry",
            &json!({"allow": ["docker.io/library", "*.example.com"], "deny": ["bad.example.com"]}),
            "Dockerfile",
            Kind::Dockerfile,
            r#"# syntax=docker/dockerfile:1 arg=1
#        ^^^^^^^^^^^^^^^^^ error: registry `docker.io` is not on the list
ARG X Y=quay.io
FROM debian:13 AS a
FROM \
  $Y/b
# ^^ error: registry `quay.io` is not on the list
COPY --from=bad.example.com/c / /
#           ^^^^^^^^^^^^^^^ error: registry `bad.example.com` is denied
COPY --from=nginx --chown=1 / /
COPY --from=context / /
RUN --mount=from=example.org/d,target=/e true
#                ^^^^^^^^^^^ error: registry `example.org` is not on the list
FROM $X/f
#    ^^^^ info: registry of `$X/f` cannot be checked
FROM a
FROM scratch
FROM "good.example.com/$X"
"#,
        );
    }
}

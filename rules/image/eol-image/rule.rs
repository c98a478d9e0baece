//! Flags images with a release whose support has ended or ends soon.

use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, ImageUse};
use crate::engine::{Context, Hooks};
use crate::grammar::image_pattern::ImagePattern;
use crate::knowledge::support::{self, TODAY};

/// How many days after the end of its support a release is an error.
const LONG_AGO: i32 = 365;

/// How many days before the end of its support a release is worth a remark.
const SOON: i32 = 90;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    extended_support: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    let patterns = options.extended_support.iter();
    let extended: Vec<ImagePattern> = patterns.map(|text| ImagePattern::image(text)).collect();
    on.image(move |image, cx| check(&extended, image, cx));
}

fn check(extended: &[ImagePattern], image: &ImageUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Ok(reference) = &image.reference else {
        return;
    };
    if image.is_built() {
        return;
    }
    for support in support::of(reference) {
        let days = TODAY.days_since(support.end);
        if days < -SOON {
            continue;
        }
        if extended
            .iter()
            .any(|pattern| pattern.matches(reference) == Some(true))
        {
            return;
        }
        let (title, version, end) = (support.title, support.version, support.end);
        let message = match days > 0 {
            true => format!("support of {title} {version} ended on {end}"),
            false => format!("support of {title} {version} ends on {end}"),
        };
        let finding = cx.report(image.text.span(support.range), message);
        if days > LONG_AGO {
            finding.severity(Severity::Error);
        } else if days <= 0 {
            finding.severity(Severity::Info);
        }
        match support.supported {
            [] => finding.help("use a release that gets security updates"),
            supported => finding.help(format!("use {}", supported.join(" or "))),
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_release_is_marked() {
        dockerfile(
            "eol-image",
            r#"
ARG V=3.9
FROM "python:${V}-slim-bullseye@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" AS a
#            ^^^^ error: support of Python 3.9 ended on 2025-10-31
#                      ^^^^^^^^ warning: support of Debian 11 ended on 2026-08-31
FROM \
  docker.io/php:8.2-fpm
#               ^^^ info: support of PHP 8.2 ends on 2026-12-31
COPY --from=alpine:3.10.2 / /
#                  ^^^^^^ error: support of Alpine 3.10 ended on 2021-05-01
FROM a
FROM debian:12
"#,
        );
        compose(
            "eol-image",
            "services:\n  a:\n    image: redis:7.0\n#                ^^^ error: support of Redis 7.0\n  b: { build: ., image: redis:7.0 }\n",
        );
    }
}

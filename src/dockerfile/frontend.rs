//! Which version of Docker's frontend a file asks for with `# syntax=`, and what came with which.
//!
//! Versions are those of the [reference](https://docs.docker.com/reference/dockerfile/), whose headings of flags name
//! them. Not for other frontends, of which nothing is known.

use super::ast::{Directive, DirectiveKind};
use super::keyword::Keyword;
use super::model::Dockerfile;

/// The releases of one Docker frontend that matter: `4` is 1.4.
type Minor = u32;

/// Since which version of the syntax an instruction has a flag; `None` for one that was always there.
pub fn flag_since(keyword: Keyword, flag: &str) -> Option<Minor> {
    let since = match (keyword, flag) {
        (Keyword::Add, "keep-git-dir") => 1,
        (Keyword::Add | Keyword::Copy, "chmod") | (Keyword::Run, "mount") => 2,
        (Keyword::Run, "network") => 3,
        (Keyword::Add | Keyword::Copy, "link") => 4,
        (Keyword::Add, "checksum") => 6,
        (Keyword::Add, "unpack") => 17,
        (Keyword::Add | Keyword::Copy, "exclude") => 19,
        (Keyword::Copy, "parents") | (Keyword::Run, "security") => 20,
        _ => return None,
    };
    Some(since)
}

/// Since when `--chmod` takes letters as in `u+x`.
pub const SYMBOLIC_CHMOD: Minor = 14;

impl Dockerfile {
    /// The directive that asks for a frontend that is surely older than version 1.`since`. None for no directive,
    /// for a tag such as `1` that names the newest, for the `labs`, which have much of it earlier, and for
    /// frontends of others.
    pub fn older_frontend(&self, since: Minor) -> Option<&Directive> {
        let directive = self.ast.directive(DirectiveKind::Syntax)?;
        (asked_for(&directive.value.value)? < since).then_some(directive)
    }
}

/// The version that the value of `# syntax=` names: 4 for `docker/dockerfile:1.4.2`.
fn asked_for(value: &str) -> Option<Minor> {
    let image = value.split_ascii_whitespace().next()?;
    let image = image.strip_prefix("docker.io/").unwrap_or(image);
    let image = image.split('@').next()?;
    let (name, tag) = image.split_once(':')?;
    if !matches!(name, "docker/dockerfile" | "docker/dockerfile-upstream") {
        return None;
    }
    let mut parts = tag.split('.');
    let minor = (parts.next()? == "1").then(|| parts.next())??;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // Behind a third number nothing may stand, as in `1.7.0-labs`.
    parts.all(is_number).then(|| minor.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_versions_of_dockers_own_frontend_count() {
        for (value, expected) in [
            ("docker/dockerfile:1.4", Some(4)),
            ("docker.io/docker/dockerfile:1.10.2@sha256:ab x=y", Some(10)),
            ("docker/dockerfile-upstream:1.0", Some(0)),
            ("docker/dockerfile:1", None),
            ("docker/dockerfile", None),
            ("docker/dockerfile:1.7-labs", None),
            ("docker/dockerfile:1.7.0-labs", None),
            ("docker/dockerfile:latest", None),
            ("docker/dockerfile:2.0", None),
            ("example/dockerfile:1.0", None),
        ] {
            assert_eq!(asked_for(value), expected, "{value}");
        }
    }
}

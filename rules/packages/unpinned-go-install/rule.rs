//! Flags Go programs and modules that are fetched in whatever version is newest.

use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::packages::managers::System;
use crate::shell::packages::{Package, Source};
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.uses.iter().filter(|found| found.is_of(System::Go)) {
        let packages = match found.verb.name {
            "install" | "get" => found.packages.clone(),
            // What stands behind the package are its own arguments.
            "run" => found.found.packages().take(1).collect(),
            _ => continue,
        };
        for package in packages {
            let is_remote = matches!(package.source, Source::Index | Source::Repository)
                && is_address(package.name)
                && !is_here(script, package.name);
            if is_remote && let Some(span) = unpinned(found, &package) {
                let verb = found.verb.name;
                let name = excerpt(package.name);
                let message = match &package.version {
                    Some(version) => {
                        let version = excerpt(version.text.unwrap_or_default());
                        format!("`go {verb}` builds whatever `{version}` of `{name}` is now")
                    }
                    None => format!("`go {verb}` fetches whatever version of `{name}` is newest"),
                };
                cx.report(span, message).help("name a version: `@v1.2.3`");
            }
        }
    }
}

/// The place of a version that moves, or of a package that `go get` fetches without any.
fn unpinned(found: &PackageUse<'_>, package: &Package<'_>) -> Option<Span> {
    let Some(version) = &package.version else {
        // Inside a module, which `install` and `run` need without a version, `go.mod` says which one it is.
        return (found.verb.name == "get").then_some(package.span);
    };
    let text = version.text?;
    let is_number = text
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    let is_commit = text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_number && !is_commit).then_some(version.span)
}

/// Whether an import path begins with a host; others are of the standard library or of the module itself.
fn is_address(path: &str) -> bool {
    let host = path.split('/').next().unwrap_or_default();
    host.contains('.') && !host.starts_with('.') && !path.ends_with(".go")
}

/// Whether the working directory is the package's, or one around it, below a `src` folder.
fn is_here(script: &PackageScript<'_>, path: &str) -> bool {
    let config = script.dockerfile.config_at(script.place.instruction);
    let directory = config.directory();
    let below = directory.text().and_then(|text| text.split_once("/src/"));
    below.is_some_and(|(_, folder)| {
        let folder = folder.trim_end_matches('/');
        !folder.is_empty() && path.starts_with(folder)
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn versions_that_move_are_found() {
        dockerfile(
            "unpinned-go-install",
            r#"
FROM golang:1.25
RUN CGO_ENABLED=0 go install -tags x -ldflags='-s -w' \
    example.com/a/cmd/b@latest example.com/c@v1.2.3 example.com/d@0123456789ab
#                      ^^^^^^^ `go install` builds whatever `latest` of `example.com/a/cmd/b` is now
RUN go get -v example.com/a/... std fmt ./... && go install example.com/a && go run x.go && go run -mod=mod example.com/y@none z@latest
#             ^^^^^^^^^^^^^^^^^ `go get` fetches whatever version of `example.com/a/...` is newest
#                                                                                                                        ^^^^^ `go run` builds whatever `none`
RUN go install tool && go install example.com/a@${V} && go install $X && go build example.com/a@latest
WORKDIR /go/src/example.com/app
RUN go get example.com/app/...
"#,
        );
    }
}

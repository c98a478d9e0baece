//! Flags `apk --allow-untrusted`.

use crate::diagnostic::Severity;
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::Source;
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.uses.iter().filter(|found| found.is_of(System::Apk)) {
        let mut flags = found.flags();
        let Some(flag) = flags.find(|flag| flag.name == "allow-untrusted") else {
            continue;
        };
        let is_local = |source: Source| matches!(source, Source::Archive | Source::Path);
        let are_local = !found.packages.is_empty()
            && found
                .packages
                .iter()
                .all(|package| is_local(package.source) && !package.text.contains("://"));
        let message = "`--allow-untrusted` takes packages without a valid signature";
        let finding = cx.report(flag.word.span, message);
        finding.help("put the public key into `/etc/apk/keys` and remove the option");
        if are_local {
            finding.severity(Severity::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_option_is_marked() {
        dockerfile(
            "apk-allow-untrusted",
            r"
FROM alpine:3.22
RUN apk --allow-untrusted add a && apk \
#       ^^^^^^^^^^^^^^^^^ error: `--allow-untrusted` takes
      update --allow-untrusted
#            ^^^^^^^^^^^^^^^^^ error: `--allow-untrusted` takes
RUN apk add --allow-untrusted ./a.apk /b.apk && apk add ./c.apk
#           ^^^^^^^^^^^^^^^^^ warning: `--allow-untrusted` takes
RUN apk add --allow-untrusted ./a.apk b
#           ^^^^^^^^^^^^^^^^^ error: `--allow-untrusted` takes
RUN echo apk add --allow-untrusted a
",
        );
    }
}

//! Flags containers in the host's process namespace.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::value::{Knowledge, Scalar};
use crate::diagnostic::{Finding, Severity};
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        check(
            file,
            cx,
            |container| container.pid.as_ref().map(|pid| &pid.value.text),
            |finding| {
                finding.help(
                    "leave it out, or share the processes of one service with `service:NAME`",
                );
            },
            "the container sees and can stop the processes of the host",
        );
    });
}

/// Reports containers in which a namespace, which `namespace` gives, is `host`; `describe` adds help.
pub(super) fn check(
    file: &File,
    cx: &mut Context<'_, File>,
    namespace: impl Fn(&Container) -> Option<&Scalar>,
    describe: impl Fn(&mut Finding),
    message: &str,
) {
    for document in file.documents() {
        for owned in document.containers() {
            let Some(scalar) = namespace(owned.container).filter(|scalar| scalar.is("host")) else {
                continue;
            };
            let finding = cx.report(scalar.span_of(0.."host".len()), message);
            describe(finding);
            if scalar.knowledge() == Knowledge::Default {
                finding.severity(Severity::Info);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_exact_word_means_the_host() {
        compose(
            "host-pid-namespace",
            r#"
services:
  a:
    image: x
    pid: "host"
#         ^^^^ the container sees and can stop
  b: {image: x, pid: HOST}
  c: {image: x, pid: "${MODE}"}
  d: {image: x, pid: "${MODE:-host}"}
#                             ^^^^ info: the container sees and can stop
  e: {image: x, pid: "service:a"}
jobs:
  f: {image: x, pid: host, triggers: {manual: true}}
#                    ^^^^ the container sees and can stop
"#,
        );
    }
}

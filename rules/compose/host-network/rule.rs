//! Flags containers in the host's network namespace.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::value::Knowledge;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            container(owned.container, cx);
        }
    }
}

fn container(container: &Container, cx: &mut Context<'_, File>) {
    if let Some(mode) = container
        .network_mode
        .as_ref()
        .filter(|mode| mode.value.text.is("host"))
    {
        let finding = cx.report(mode.at, "the container shares the network of the host");
        finding.help("use the default network and publish the ports that are needed");
        if mode.value.text.knowledge() == Knowledge::Default {
            finding.severity(Severity::Info);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_exact_word_means_the_host() {
        compose(
            "host-network",
            r#"
services:
  a:
    image: x
    network_mode: "host"
#                 ^^^^^^ the container shares
  b: {image: x, network_mode: HOST}
  c: {image: x, network_mode: ${MODE}}
  d: {image: x, network_mode: "${MODE:-host}"}
#                             ^^^^^^^^^^^^^^^ the container shares
jobs:
  e:
    build: {context: ., network: host}
    network_mode: host
#                 ^^^^ the container shares
    triggers: {manual: true}
"#,
        );
    }
}

//! Flags containers in the host's control group namespace.

use crate::compose::File;
use crate::compose::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let text = cx.text();
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for container in containers.map(|owned| owned.container) {
        let Some(cgroup) = container
            .cgroup
            .as_ref()
            .filter(|cgroup| cgroup.value.text.is("host"))
        else {
            continue;
        };
        let scalar = &cgroup.value.text;
        let message = "the container sees the control groups of the host";
        let finding = cx.report(scalar.span_of(0.."host".len()), message);
        finding.help("leave it out, so that the container has a namespace of its own");
        if scalar.knowledge() == Knowledge::Default {
            finding.severity(Severity::Info);
        }
        let entry = cgroup.entry(text);
        if let Some(edit) = entry.and_then(|entry| edit::remove_entry(text, entry)) {
            let title = "remove `cgroup`; what looks at other containers will fail";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_the_exact_word_means_the_host() {
        compose(
            "host-cgroup-namespace",
            r#"
services:
  a: {image: x, cgroup: "host"}
#                        ^^^^ warning: the container sees
  b: {image: x, cgroup: private}
  c: {image: x, cgroup: "${C:-host}"}
#                             ^^^^ info: the container sees
  d: {image: x, cgroup: "${D}"}
"#,
        );
    }
}

//! Flags containers that get the Docker API and the credentials of registries.

use crate::compose::File;
use crate::compose::value::{Knowledge, is_true};
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
        let Some(flag) = container
            .use_api_socket
            .as_ref()
            .filter(|_| is_true(&container.use_api_socket))
        else {
            continue;
        };
        let message = "`use_api_socket` gives the container the host and your registry logins";
        let finding = cx.report(flag.key, message);
        finding.help("use a socket proxy that lets only the needed requests through");
        if flag.value.scalar.knowledge() == Knowledge::Default {
            finding.severity(Severity::Warning);
        }
        let entry = flag.entry(text);
        if let Some(edit) = entry.and_then(|entry| edit::remove_entry(text, entry)) {
            let title = "remove `use_api_socket`; what asks the engine will fail";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_key_is_marked_wherever_it_comes_from() {
        compose(
            "api-socket-granted",
            r#"
x-base: &base {use_api_socket: true}
#              ^^^^^^^^^^^^^^ error: `use_api_socket` gives
services:
  a: {<<: *base, image: x}
  b: {image: x, use_api_socket: "${B:-true}"}
#               ^^^^^^^^^^^^^^ warning: `use_api_socket` gives
  c: {image: x, use_api_socket: "${C}"}
"#,
        );
    }
}

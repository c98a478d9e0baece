//! Flags fixed names of containers.

use crate::compose::File;
use crate::compose::service::Service;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    let Some(name) = &service.container_name else {
        return;
    };
    if name.value.known().is_none_or(str::is_empty) {
        return;
    }
    let text = cx.text();
    let edit = name
        .entry(text)
        .and_then(|entry| edit::remove_entry(text, entry));
    let finding = cx.report(
        name.key,
        "`container_name` allows only one such container on a host",
    );
    finding.help("leave it out, and use the name of the service");
    if let Some(edit) = edit {
        let title = "remove it; the container gets another name";
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_key_is_marked() {
        compose(
            "fixed-container-name",
            "\nservices:\n  a: {image: a, container_name: \"${N:-a}\"}\n#               ^^^^^^^^^^^^^^ `container_name` allows only one\n",
        );
    }
}

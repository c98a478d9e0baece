//! Flags containers that see what Docker hides of `/proc` and `/sys`.

use super::seccomp_disabled::report;
use crate::compose::File;
use crate::compose::value::is_true;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            if is_true(&container.privileged) {
                continue;
            }
            // Compose compares the whole text.
            let mut options = container.security_options();
            let option = options.find(|option| option.text.value.is("systempaths=unconfined"));
            if let Some(option) = option {
                let message = "the container may write to files of the host's kernel";
                let finding = report(container, &option, &[option.text.at.span], message, cx);
                finding.help("remove it, or set the parameter that is needed with `sysctls`");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_whole_text_counts() {
        compose(
            "unmasked-system-paths",
            r#"
services:
  a: {image: x, security_opt: ["systempaths=unconfined"]}
#                               ^^^^^^^^^^^^^^^^^^^^^^ the container may write
  b: {image: x, security_opt: ["systempaths:unconfined"]}
  c: {image: x, security_opt: [systempaths=unconfined], privileged: true}
"#,
        );
    }
}

//! Flags empty paths of watch rules.

use crate::compose::File;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    for watch in &service.watch {
        let path = watch.path.as_ref();
        if let Some(path) = path.filter(|path| path.value.is_empty()) {
            cx.report(path.at, "the path to watch is empty")
                .help("name a file or a folder, such as `.`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn only_nothing_at_all_is_blank() {
        compose(
            "watch-path-blank",
            r#"
x-rule: &rule {path: '', action: rebuild}
#                    ^^ the path to watch is empty
services:
  a:
    build: .
    develop: {watch: [*rule, {path: " ", action: rebuild}, {path: "${P}", action: rebuild}]}
  b: {build: ., develop: {watch: [{path: "${P:-}", action: rebuild}]}}
#                                        ^^^^^^^^ the path to watch is empty
"#,
        );
    }
}

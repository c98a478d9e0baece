//! Flags watch rules that rebuild what is not built.
//!
//! docker/compose, `pkg/compose/watch.go` (`prepareRebuildTriggers`).

use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let is_built = service.container.build.is_some();
    if is_built || cx.model.extent == Extent::Part || service.extends.is_some() {
        return;
    }
    for watch in &service.watch {
        let action = watch.action.as_ref();
        if let Some(action) = action.filter(|action| action.value.is("rebuild")) {
            let message = format!("`{}` has no `build` to rebuild", service.name.value);
            cx.report(action.text_at(), message)
                .help("add `build`, or use the action `restart`");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn a_build_is_needed() {
        compose(
            "watch-rebuild-without-build",
            r#"
x-watch: &watch {watch: [{path: a, action: rebuild}]}
services:
  a: {image: x, develop: {watch: [{path: a, action: "rebuild"}, {path: b, action: restart}]}}
#                                                    ^^^^^^^ `a` has no `build` to rebuild
  b: {build: ., develop: *watch}
  c: {image: x, build: ., develop: *watch}
  d: {image: x, develop: {watch: [{path: a, action: "${A}"}]}}
"#,
        );
    }
}

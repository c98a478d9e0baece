//! Flags builds with two Dockerfiles.
//!
//! Only services are looked at: of a job's build Compose checks nothing.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let Some(build) = &service.container.build else {
        return;
    };
    let (Some(file), Some(inline)) = (&build.value.dockerfile, &build.value.dockerfile_inline)
    else {
        return;
    };
    if file.value.is_something() && inline.value.is_something() {
        cx.report(
            inline.key,
            "the build has a Dockerfile in `dockerfile` already",
        )
        .label(file.whole(), "here")
        .help("keep either `dockerfile` or `dockerfile_inline`");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn both_have_to_say_something() {
        compose(
            "dockerfile-and-inline",
            r#"
x-file: &file
  dockerfile: a
services:
  a: {build: {dockerfile: "a", dockerfile_inline: "FROM b"}}
#                              ^^^^^^^^^^^^^^^^^ the build has a Dockerfile
  b:
    build:
      <<: *file
      dockerfile_inline: FROM ${B}
#     ^^^^^^^^^^^^^^^^^ the build has a Dockerfile
  c: {build: {dockerfile: a, dockerfile_inline: ""}}
  d: {build: {dockerfile: "${D}", dockerfile_inline: FROM b}}
  e: {build: {dockerfile: "${D:-e}", dockerfile_inline: FROM b}, profiles: [p]}
#                                    ^^^^^^^^^^^^^^^^^ the build has a Dockerfile
"#,
        );
    }
}

//! Flags services with two different numbers of containers.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let deploy = service.deploy.as_ref();
    let replicas = deploy.and_then(|deploy| deploy.value.replicas.as_ref());
    let (Some(scale), Some(replicas)) = (&service.scale, replicas) else {
        return;
    };
    let (Some(scaled), Some(replicated)) = (scale.value.value, replicas.value.value) else {
        return;
    };
    if scaled != replicated {
        let message = format!("`scale` is {scaled}, but `deploy.replicas` is {replicated}");
        cx.report(scale.text_at(), message)
            .label(replicas.text_at(), "the other number")
            .help("keep one of the two");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_numbers_are_compared() {
        compose(
            "conflicting-scale-and-replicas",
            r#"
x-many: &many {replicas: 3}
services:
  a: {image: x, scale: "2", deploy: *many}
#                       ^ `scale` is 2, but `deploy.replicas` is 3
  b: {image: x, scale: 0, deploy: *many}
#                      ^ `scale` is 0, but
  c: {image: x, scale: "${C:-1}", deploy: {replicas: 2}}
#                            ^ `scale` is 1, but
  d: {image: x, scale: "${D}", deploy: *many}
  e: {image: x, scale: 3, deploy: *many}
  f: {image: x, scale: 3, deploy: {mode: global}}
"#,
        );
    }
}

//! Flags providers that Compose refuses, and images beside a provider.
//!
//! docker/compose, `pkg/compose/plugins.go` (`getPluginBinaryPath`).

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let Some(provider) = &service.provider else {
        return;
    };
    let kind = provider.value.kind.as_ref();
    if let Some(kind) = kind.filter(|kind| kind.value.is("compose")) {
        cx.report(kind.text_at(), "`compose` is no provider")
            .help("name the program that provides the service");
    }
    let image = service.container.image.as_ref();
    let build = service.container.build.as_ref();
    let unused = [
        ("image", image.map(|image| image.key)),
        ("build", build.map(|build| build.key)),
    ];
    for (name, key) in unused {
        if let Some(key) = key {
            cx.report(key, format!("`{name}` has no effect beside `provider`"))
                .label(provider.key, "another program provides the service")
                .help(format!("remove `{name}` or `provider`"))
                .severity(Severity::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn known_types_count() {
        compose(
            "provider-type-compose",
            r#"
x-image: &image
  image: x
# ^^^^^ warning: `image` has no effect
services:
  a: {provider: {type: "compose"}}
#                       ^^^^^^^ error: `compose` is no provider
  b: {provider: {type: "${B:-compose}"}}
#                            ^^^^^^^ error: `compose` is no provider
  c: {provider: {type: Compose}, build: .}
#                                ^^^^^ warning: `build` has no effect
  d: {<<: *image, provider: {type: y}}
  e: {provider: {type: "${E}"}}
"#,
        );
    }
}

//! Flags SELinux types that do not confine, and AppArmor profiles that are not listed.

use serde::Deserialize;

use crate::compose::File;
use crate::compose::value::{Scalar, is_true};
use crate::engine::{Context, Hooks};

/// SELinux types that are allowed everything or nearly so (policy of container-selinux).
const UNCONFINED: [&str; 3] = ["container_runtime_t", "spc_t", "unconfined_t"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    apparmor_profiles: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    on.compose(move |file, cx| check(&options, file, cx));
}

fn check(options: &Options, file: &File, cx: &mut Context<'_, File>) {
    let documents = file.documents();
    let containers = documents.flat_map(|document| document.containers());
    for container in containers.map(|owned| owned.container) {
        if is_true(&container.privileged) {
            continue;
        }
        for option in container.security_options() {
            let Some(value) = option.value.as_ref().map(|value| &value.value) else {
                continue;
            };
            if option.key.value.is("label") {
                check_label(value, cx);
            }
        }
        let last = container.last_security_option("apparmor");
        if let Some(value) = last.and_then(|last| last.value) {
            check_profile(options, &value.value, cx);
        }
    }
}

fn check_label(value: &Scalar, cx: &mut Context<'_, File>) {
    let Some(known) = value.known() else { return };
    let Some(kind) = known
        .strip_prefix("type:")
        .filter(|kind| UNCONFINED.contains(kind))
    else {
        return;
    };
    let place = value.span_of(known.len() - kind.len()..known.len());
    cx.report(
        place,
        format!("the SELinux type `{kind}` does not confine the container"),
    )
    .help("use `container_t`, or a type that was made for this service");
}

fn check_profile(options: &Options, value: &Scalar, cx: &mut Context<'_, File>) {
    let Some(profile) = value.known() else { return };
    let allowed = &options.apparmor_profiles;
    // That there is none at all is another rule's matter.
    if allowed.is_empty() || profile == "unconfined" || allowed.iter().any(|name| name == profile) {
        return;
    }
    let message = format!("the AppArmor profile `{profile}` is not one of those that are allowed");
    cx.report(value.span_of(0..profile.len()), message)
        .help(format!("use one of {}", allowed.join(", ")));
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn types_are_read_behind_either_separator() {
        compose(
            "permissive-security-profile",
            r#"
services:
  a: {image: x, security_opt: ["label:type:spc_t", "label=type:${T:-unconfined_t}"]}
#                                          ^^^^^ the SELinux type `spc_t` does not
#                                                                   ^^^^^^^^^^^^ the SELinux type `unconfined_t`
  b: {image: x, security_opt: ["label=type:spc_tt", "label=user:spc_t", apparmor=foo]}
  c: {image: x, security_opt: ["label=type:spc_t"], privileged: true}
"#,
        );
    }
}

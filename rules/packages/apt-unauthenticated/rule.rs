//! Flags options and settings by which apt takes what nobody has signed.

use crate::dockerfile::Dockerfile;
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::dockerfile::written::written;
use crate::engine::{Context, Hooks};
use crate::shell::packages::is_true;
use crate::shell::packages::managers::System;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
    on.dockerfile(check_files);
}

/// Options of `apt-get`, apt-get(8).
const FLAGS: &[&str] = &[
    "allow-unauthenticated",
    "allow-insecure-repositories",
    "allow-weak-repositories",
    "allow-downgrade-to-insecure-repositories",
];

/// The last parts of the names of settings, apt.conf(5) and apt-secure(8).
const SETTINGS: &[&str] = &[
    "AllowUnauthenticated",
    "AllowInsecureRepositories",
    "AllowWeakRepositories",
    "AllowDowngradeToInsecureRepositories",
];

const HELP: &str = "install the repository's key and name it with `signed-by`";

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    for found in script.uses.iter().filter(|found| found.is_of(System::Apt)) {
        for flag in found.flags() {
            let is_off = flag
                .value
                .is_some_and(|value| !value.text.is_some_and(is_true));
            if FLAGS.contains(&flag.name) && !is_off {
                let message = format!("`--{}` takes packages that nobody has signed", flag.name);
                cx.report(flag.word.span, message).help(HELP);
            }
            let setting = flag
                .value
                .filter(|_| matches!(flag.name, "o" | "option"))
                .and_then(|value| Some((value.word, setting(value.text?)?)));
            if let Some((word, name)) = setting {
                let message = format!("`{name}` takes packages that nobody has signed");
                cx.report(flag.word.span.cover(word.span), message)
                    .help(HELP);
            }
        }
    }
}

/// The setting that `NAME=yes` makes.
fn setting(text: &str) -> Option<&'static str> {
    let (name, value) = text.split_once('=')?;
    let last = name.trim().rsplit(':').next()?;
    let known = SETTINGS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(last))?;
    is_true(value).then_some(*known)
}

fn check_files(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let text = cx.text();
    if memchr::memmem::find(text.as_bytes(), b"/etc/apt/apt.conf").is_none() {
        return;
    }
    written(model, |written| {
        if !written.path.starts_with("/etc/apt/apt.conf") {
            return;
        }
        for name in SETTINGS {
            for setting in written.settings(name, text) {
                if is_true(setting.value) {
                    let message = format!("`{name}` takes packages that nobody has signed");
                    cx.report(setting.span, message).help(HELP);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn options_and_settings_count() {
        dockerfile(
            "apt-unauthenticated",
            r#"
FROM debian:13
RUN apt-get install -y \
      --allow-unauthenticated a
#     ^^^^^^^^^^^^^^^^^^^^^^^ `--allow-unauthenticated` takes
RUN apt update --allow-insecure-repositories; apt-get -o "APT::Get::AllowUnauthenticated=1" install a
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `--allow-insecure-repositories` takes
#                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `AllowUnauthenticated` takes
RUN apt-get -oacquire::allowweakrepositories=true update
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `AllowWeakRepositories` takes
RUN apt-get -o APT::Get::AllowUnauthenticated=false install a && apt-get --allow-unauthenticated=no install a
RUN echo 'Acquire::AllowInsecureRepositories "yes";' | sudo tee /etc/apt/apt.conf.d/x >/dev/null
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `AllowInsecureRepositories` takes
COPY <<EOF /etc/apt/apt.conf.d/y
Acquire { AllowDowngradeToInsecureRepositories 1; };
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `AllowDowngradeToInsecureRepositories` takes
EOF
RUN echo 'AllowUnauthenticated "true"' >/etc/other && echo --allow-unauthenticated
"#,
        );
    }
}

//! What is known of an image by its name.

use super::code;
use crate::grammar::image::ImageReference;
use crate::knowledge::images::{self, DefaultUser, PackageManager, Shell};
use crate::knowledge::{image_pages, support};

/// A few lines about an image.
pub(super) fn words(text: &str) -> Option<String> {
    let image = ImageReference::parse(text).ok()?;
    let mut lines = Vec::new();
    let name = image.familiar_name()?;
    let registry = image.registry()?;
    lines.push(match image_pages::page(&image) {
        Some(page) => format!("[{name}]({page}) of {}", code(&registry)),
        None => format!("{} of {}", code(&name), code(&registry)),
    });
    if image.is_official() == Some(true) && crate::knowledge::official::is_official(&name) {
        lines.push("one of Docker's official images".to_owned());
    }
    if image.is_untagged() {
        lines.push("no tag: Docker takes `latest`".to_owned());
    }
    if let Some(digest) = &image.digest {
        lines.push(format!("pinned by its digest, {}", code(&digest.value)));
    }
    for release in support::of(&image) {
        lines.push(format!(
            "{} {} is supported until {}",
            release.title, release.version, release.end
        ));
    }
    if let Some(facts) = images::image(&image) {
        lines.extend(facts_of(&facts));
    }
    Some(lines.join("  \n"))
}

fn facts_of(facts: &images::Image) -> Vec<String> {
    let mut lines = Vec::new();
    match (facts.user, facts.runs_as) {
        (Some(DefaultUser::NonRoot), Some(user)) => lines.push(format!("runs as {}", code(user))),
        (Some(DefaultUser::NonRoot), None) => lines.push("does not run as root".to_owned()),
        (Some(DefaultUser::Root), _) => lines.push("runs as root".to_owned()),
        (Some(DefaultUser::StepsDown), _) => {
            lines.push("its entrypoint begins as root and goes on as somebody else".to_owned());
        }
        (None, _) => {}
    }
    if let Some(shell) = facts.shell {
        lines.push(match shell {
            Shell::None => "has no shell".to_owned(),
            Shell::Dash => "`/bin/sh` is `dash`".to_owned(),
            Shell::Ash => "`/bin/sh` is `ash`".to_owned(),
            Shell::Bash => "`/bin/sh` is `bash`".to_owned(),
            Shell::Cmd => "the shell is `cmd`".to_owned(),
        });
    }
    let manager = facts.package_manager.map(|manager| match manager {
        PackageManager::Apt => "packages: `apt-get`",
        PackageManager::Apk => "packages: `apk`",
        PackageManager::Dnf => "packages: `dnf`",
        PackageManager::Microdnf => "packages: `microdnf`",
        PackageManager::Yum => "packages: `yum`",
        PackageManager::Tdnf => "packages: `tdnf`",
        PackageManager::Zypper => "packages: `zypper`",
        PackageManager::Pacman => "packages: `pacman`",
        PackageManager::None => "has no package manager",
    });
    lines.extend(manager.map(str::to_owned));
    lines
}

//! Flags `npm install` where a lock file is copied.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::{InstructionKind, List};
use crate::dockerfile::model::{Base, Dockerfile};
use crate::dockerfile::packages::{PackageScript, PackageUse, Packages};
use crate::engine::{Context, Hooks};
use crate::shell::packages::managers::{Action, System};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.packages(check);
}

fn check(script: &PackageScript<'_>, cx: &mut Context<'_, Packages<'_>>) {
    let installs = script.uses.iter().filter(|found| is_install_of_all(found));
    let mut installs = installs.peekable();
    if installs.peek().is_none() || !has_lock_file(script) {
        return;
    }
    for found in installs {
        if script.hidden_flags(found).any(|flag| flag.is_none()) {
            continue;
        }
        let verb = found.verb.span;
        let written = verb.text(cx.text());
        let message = format!("`npm {written}` may install other versions than the lock file says");
        let finding = cx.report(verb, message);
        finding.help("use `npm ci`");
        if found.command.context.is_exact() {
            let edit = Edit::replace(verb, "ci");
            let title = "use `npm ci`, which fails where the lock file does not fit";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

/// `npm install` of what `package.json` says.
fn is_install_of_all(found: &PackageUse<'_>) -> bool {
    let others = [
        "g",
        "global",
        "package-lock-only",
        "no-package-lock",
        "location",
        "dry-run",
        "C",
        "prefix",
        "help",
        "h",
    ];
    found.is_of(System::Npm)
        && found.action == Action::Install
        && found.verb.name != "add"
        && found.operands().next().is_none()
        && found.verb.word.literal().is_some()
        && !found.has_flag(&others)
}

/// Whether the stage, or the nearest ones that it is built on, copies a lock file before.
fn has_lock_file(script: &PackageScript<'_>) -> bool {
    let model = script.dockerfile;
    let mut end = script.place.instruction;
    for stage in model.chain(script.stage).take(MAX_STAGES) {
        let mut earlier = (stage.instructions.start..end).rev().take(MAX_EARLIER);
        if earlier.any(|index| copies_lock_file(model, index)) {
            return true;
        }
        if let Base::Stage(base) = stage.base {
            end = model
                .stages
                .get(base)
                .map_or(0, |base| base.instructions.end);
        }
    }
    false
}

/// How far up a lock file is looked for.
const MAX_STAGES: usize = 8;
const MAX_EARLIER: usize = 64;

fn copies_lock_file(model: &Dockerfile, index: usize) -> bool {
    let paths: &List = match &model.acting(index).kind {
        InstructionKind::Copy(copy) => &copy.paths,
        InstructionKind::Add(add) => &add.paths,
        _ => return false,
    };
    paths.sources().iter().any(|source| {
        let name = source.raw.rsplit('/').next().unwrap_or(&source.raw);
        matches!(name, "package-lock.json" | "npm-shrinkwrap.json")
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn a_lock_file_that_is_copied_by_name_counts() {
        dockerfile(
            "npm-install-instead-of-ci",
            r#"
FROM node:24 AS base
RUN npm install
COPY ["web/package.json", "web/package-lock.json", "./"]
FROM base
RUN cd web && npm --silent \
    i --production
#   ^ `npm i` may install other versions than the lock file says
RUN npm install a && npm i -g && npm install . && npm install $OPTIONS && npm add && npm update
FROM node:24
COPY package.json yarn.lock ./
RUN npm install
"#,
        );
    }
}

//! Flags containers whose output is thrown away.

use crate::compose::File;
use crate::compose::container::Logging;
use crate::compose::value::{Field, Knowledge};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    let containers = file.documents().flat_map(File::containers);
    for logging in containers.filter_map(|owned| owned.container.logging.as_deref()) {
        let Some(driver) = &logging.value.driver else {
            continue;
        };
        let name = driver.value.known();
        if !name.is_some_and(|name| name.eq_ignore_ascii_case("none")) {
            continue;
        }
        let fix = fix(logging, driver.value.knowledge(), cx.text());
        let finding = cx.report(driver.at, "everything that the container prints is lost");
        finding.help("leave `logging` away, or choose a driver that limits the size of its files");
        finding.fixes.extend(fix);
    }
}

fn fix(logging: &Field<Logging>, knowledge: Knowledge, text: &str) -> Option<Fix> {
    if logging.via.is_some() || knowledge != Knowledge::Known {
        return None;
    }
    let edit = edit::remove_entry(text, logging.entry(text)?)?;
    let title = "remove `logging`, so that the output is kept";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_driver_is_marked() {
        compose(
            "logging-disabled",
            r#"
x-log: &log {driver: "None"}
#                    ^^^^^^ everything that
services:
  a: {image: x, logging: *log}
  b: {image: x, logging: {driver: "${LOG}"}}
  c: {image: x, logging: {options: {driver: none}}}
  d: {image: x, logging: {driver: "${LOG:-none}"}}
#                                 ^^^^^^^^^^^^^^ everything
"#,
        );
    }
}

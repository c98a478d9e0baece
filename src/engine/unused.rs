//! How rules report what a project declares and nothing in it uses.
//!
//! Not for: finding it (`compose::unused`).

use super::Context;
use crate::compose::File;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::schema::Space;
use crate::compose::unused::{self, Resource};
use crate::compose::value::Map;
use crate::diagnostic::{Applicability, Fix};
use crate::grammar::excerpt;

/// Reports the entries of a section that no service uses. `what` is the word for one of them. What exists outside the
/// project, and the network that services join by themselves, are not among them.
pub fn report<T: Resource>(
    project: &Project,
    space: Space,
    what: &str,
    section: impl for<'f> Fn(&'f File) -> &'f Map<T>,
    cx: &mut Context<'_, Project>,
) {
    if project.extent != Extent::Whole {
        return;
    }
    let text = cx.text();
    for item in unused::unused(project, space, &section) {
        let name = item.name();
        if item.is_external() || space == Space::Network && &*name.value == "default" {
            continue;
        }
        let message = format!("no service uses the {what} `{}`", excerpt(&name.value));
        let is_here = name.at.file == cx.source.id && item.at().file == cx.source.id;
        let finding = cx.report(name.at, message);
        finding.help("remove it, or give it to the service that needs it");
        if is_here
            && project.merged.overlays.is_empty()
            && let Some(edit) =
                unused::removal(text, section(&project.merged), name.at.span, item.at().span)
        {
            let title = "remove it; a service may have been meant to use it";
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
    }
}

//! How rules report names that a project uses and does not declare.
//!
//! Not for: finding them (`compose::undefined`).

use super::Context;
use crate::compose::extent::Extent;
use crate::compose::project::Project;
use crate::compose::undefined::Undefined;
use crate::compose::uses::UsedBy;
use crate::compose::value::{Map, Named};
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::grammar::excerpt;
use crate::text::{Edit, Location};

/// The undefined names that certain keys use. What came by `extends` from another file is not among them, and nothing
/// is if so much of the project is unknown that the names may be declared.
pub fn of<'p>(
    project: &'p Project,
    keys: &'static [UsedBy],
) -> impl Iterator<Item = &'p Undefined> {
    let undefined = match project.extent {
        Extent::Part => &[],
        Extent::Whole | Extent::Unclear => project.undefined(),
    };
    undefined
        .iter()
        .filter(|one| keys.contains(&one.used.by) && one.through.is_none())
}

/// Whether a name may be reported: in a file of which nobody knows whether it is all, only what is a slip.
pub fn is_certain(project: &Project, undefined: &Undefined) -> bool {
    let is_slip = undefined.near.as_ref().is_some_and(|near| near.is_slip);
    project.extent == Extent::Whole || project.extent == Extent::Unclear && is_slip
}

/// Reports a name, with what may be meant by it.
pub fn report<'c>(
    cx: &'c mut Context<'_, Project>,
    undefined: &Undefined,
    message: String,
    help: &str,
) -> &'c mut Finding {
    let used = &undefined.used;
    let finding = cx.report(used.at, message);
    match &undefined.profile {
        Some(profile) => finding.help(format!(
            "{help}; Compose refuses it once the profile `{}` is active",
            excerpt(profile)
        )),
        None => finding.help(help),
    };
    let Some(near) = &undefined.near else {
        return finding;
    };
    let right = &near.name.value;
    finding.label(near.name.at, format!("`{right}` is declared here"));
    finding.help(format!("did you mean `{right}`?"));
    if used.is_literal {
        let edit = Edit::replace(used.at.span, &**right);
        let title = format!("write `{right}`; it may not be what was meant");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
    finding
}

/// Offers to declare the name.
pub fn offer_declaration<T: Named>(
    finding: &mut Finding,
    project: &Project,
    undefined: &Undefined,
    section: (&str, &Map<T>),
    place: impl Fn(&T) -> Location,
    title: String,
) {
    let used = &undefined.used;
    if !used.is_literal {
        return;
    }
    if let Some(edit) = project.declaration(used.at, section, place, &used.name) {
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

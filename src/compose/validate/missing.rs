//! Keys that an object cannot do without, and what to write for those that leave little choice.

use super::{Place, Validator};
use crate::compose::schema::{self, Object};
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::text::Edit;
use crate::yaml::{NodeId, edit};

/// Whether an object runs a container beside the services.
fn is_step(object: &'static Object) -> bool {
    std::ptr::eq(object, &schema::JOB) || std::ptr::eq(object, &schema::PRE_START)
}

impl Validator<'_> {
    /// Reports the keys of `missing` at an object, and that it has none of a choice of keys unless it has `any`.
    pub(super) fn missing(
        &mut self,
        node: NodeId,
        object: &'static Object,
        missing: &[&'static str],
        any: bool,
        place: &Place<'_>,
    ) {
        // Items of lists are not merged with others, so that they have to be complete anywhere.
        if self.overlay && !place.item {
            return;
        }
        let message = match missing {
            [] if any => return,
            [] => format!(
                "{} needs one of `{}`",
                object.name,
                object.one_of.join("`, `")
            ),
            [one] => format!("{} needs `{one}`", object.name),
            several => format!("{} needs `{}`", object.name, several.join("` and `")),
        };
        let mut error = SyntaxError::new("missing-required-property", place.owner, message);
        // Compose takes a grant of nothing there, and gives nothing.
        let is_service = !place.around.iter().any(|object| is_step(object));
        if missing == ["source"] && !is_service {
            error = error.with_severity(Severity::Warning);
        }
        if let [one] = missing
            && let Some(value) = self.likely(node, object, one)
        {
            let entry = format!("{one}: {value}");
            error = error.with_help(format!("write `{entry}`, or what is meant"));
            if let Some(edit) = self.insert_entry(node, &entry) {
                let title = format!("add `{entry}`; it may not be what was meant");
                error = error.with_fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
        }
        self.push(error);
    }

    /// What a missing key probably says, as YAML.
    fn likely(&self, node: NodeId, object: &'static Object, missing: &str) -> Option<String> {
        let other = |key: &str| {
            let value = self.document.get(node, key)?;
            let scalar = self.document.scalar(value)?;
            let is_text = !scalar.value.is_empty() && !scalar.value.contains('$');
            let span = self.document.span(self.document.resolve(value));
            is_text.then(|| (scalar.value, span.text(self.document.text())))
        };
        let value = match (object.name, missing) {
            // The short form says the same.
            ("a dependency", "condition") => "service_started",
            ("a job", "triggers") => "{manual: true}",
            ("a device reservation", "capabilities") => "[gpu]",
            ("a mount", "type") => match other("source")?.0 {
                path if path.starts_with(['.', '/', '~']) => "bind",
                _ => "volume",
            },
            ("a device", "target") => other("source")?.1,
            ("a ulimit", "hard") => other("soft")?.1,
            ("a ulimit", "soft") => other("hard")?.1,
            _ => return None,
        };
        (!value.contains('\n')).then(|| value.to_owned())
    }

    /// Writes an entry behind the last one of a mapping.
    fn insert_entry(&self, mapping: NodeId, entry: &str) -> Option<Edit> {
        let last = self.document.entries(mapping).last()?;
        let span = self.document.entry_span(*last);
        edit::insert_entry_behind(self.document.text(), span, entry)
    }
}

//! Flags logs without a bound.

use super::capabilities_not_dropped::addition;
use crate::compose::extent::{Extent, is_for_development};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::{Pair, PairsForm};
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::yaml::edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let is_part = cx.model.extent == Extent::Part;
    if is_part || service.provider.is_some() || is_for_development(&cx.source.path) {
        return;
    }
    let logging = service.container.logging.as_ref();
    let driver = logging.and_then(|logging| logging.value.driver.as_ref());
    if driver.is_some_and(|driver| !driver.value.is("json-file") && !driver.value.is_empty()) {
        return;
    }
    let options = logging.map(|logging| &logging.value.options);
    if options.is_some_and(|options| options.get("max-size").is_some()) {
        return;
    }
    let max_file = options.and_then(|options| options.get("max-file"));
    let fix = fix(service, max_file, cx);
    let finding = match (max_file, logging) {
        (Some(pair), _) => cx.report(pair.name.at, "`max-file` does nothing without `max-size`"),
        (None, Some(logging)) => cx.report(logging.key, "the log may grow until the disk is full"),
        (None, None) => {
            let message = format!(
                "the log of `{}` may grow until the disk is full",
                service.name.value
            );
            cx.report(service.name.at, message)
        }
    };
    finding.help("set `max-size` below `logging.options`, or `logging.driver: local`");
    finding.fixes.extend(fix);
}

/// Keeps the last 30 MB of the log.
fn fix(service: &Service, max_file: Option<&Pair>, cx: &Context<'_, Project>) -> Option<Fix> {
    let edit = match (&service.container.logging, max_file) {
        (None, _) => {
            let entry = "logging: {driver: json-file, options: {max-size: 10m, max-file: \"3\"}}";
            addition(service, entry, cx)?
        }
        (Some(logging), Some(pair)) => {
            let options = &logging.value.options;
            let via = options.origin.as_ref()?.via;
            let value = pair.value.as_ref()?.at;
            if via.is_some() || logging.via.is_some() || value.file != pair.name.at.file {
                return None;
            }
            let text = cx.model.text(value.file);
            match options.form {
                PairsForm::Mapping => {
                    let entry = edit::entry(pair.name.at.span, value.span);
                    edit::insert_entry_behind(text, entry, "max-size: 10m")?
                }
                PairsForm::List => return None,
            }
        }
        (Some(_), None) => return None,
    };
    let title = "keep 10 MB in a file; what is older is lost";
    Some(Fix::new(title, Applicability::Unsafe, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_fix_leaves_what_is_shared_alone() {
        let fixed = |text| fixed_compose("unbounded-logs", Applicability::Unsafe, text);
        let text = "services: {a: {image: x, logging: {options: {max-file: '3'}}}}\n";
        assert_eq!(fixed(text), text.replace("'3'", "'3', max-size: 10m"));
        let shared = "x-l: &l {options: {max-file: '3'}}\nservices: {a: {image: x, logging: *l}}\n";
        assert_eq!(fixed(shared), shared);
    }

    #[test]
    fn what_is_there_of_it_is_marked() {
        compose(
            "unbounded-logs",
            r#"
services:
  a: {image: a, logging: {driver: "json-file"}}
#               ^^^^^^^ the log may grow until
  b: {image: b, logging: {options: {"max-file": 3}}}
#                                   ^^^^^^^^^^ `max-file` does nothing
  c: {image: c, logging: {driver: none}}
  d: {image: d, logging: {options: {max-size: "${S}"}}}
  e: {provider: {type: x}}
"#,
        );
    }
}

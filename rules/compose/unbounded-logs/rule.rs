//! Flags logs without a bound.

use crate::compose::extent::{Extent, is_for_development};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};

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
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

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

//! Flags stages with a name that another stage above them has.

use std::collections::HashMap;

use crate::dockerfile::Dockerfile;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Span;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    if model.stages.len() < 2 {
        return;
    }
    let mut seen: HashMap<String, Span> = HashMap::new();
    for name in model.stages.iter().filter_map(|stage| stage.name.as_ref()) {
        let first = *seen
            .entry(name.value.to_ascii_lowercase())
            .or_insert(name.span);
        if first != name.span {
            let shown = excerpt(&name.value);
            cx.report(
                name.span,
                format!("another stage is called `{shown}` as well"),
            )
            .label(first, "this one")
            .help("give each stage a name of its own; the last one of the same name counts");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn every_repeated_name_is_marked() {
        dockerfile(
            "duplicate-stage-name",
            r#"
FROM a AS b
FROM a AS c
FROM a AS B
#         ^ another stage is called `B` as well
FROM a
FROM b AS b
#         ^ another stage is called `b` as well
"#,
        );
    }
}

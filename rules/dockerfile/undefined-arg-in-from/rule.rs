//! Flags variables in `FROM` that nothing before the first `FROM` declares.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::From;
use crate::engine::meta::nearest_of;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::knowledge::predefined;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.from(check);
}

fn check(from: &Placed<'_, From>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    for used in model.unresolved(from.index) {
        if used.has_alternative {
            continue;
        }
        let name = used.name;
        let finding = cx.report(
            used.name_span,
            format!("no `ARG` before the first `FROM` declares `{name}`"),
        );
        if let Some(inside) = used.elsewhere {
            finding.label(
                inside.name_span,
                "this one is inside a stage, where `FROM` does not see it",
            );
        }
        let similar = model
            .similar_variable(from.index, name)
            .or_else(|| nearest_of(predefined::global_names(), name));
        match similar {
            Some(similar) => {
                let title = format!("write `{similar}`; it may not be what was meant");
                let edit = Edit::replace(used.name_span, similar);
                finding
                    .help(format!("`{similar}` may be meant"))
                    .fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
            }
            None => {
                finding.help(format!("put `ARG {name}` above the first `FROM`"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked() {
        dockerfile(
            "undefined-arg-in-from",
            r#"
ARG A=1
FROM --platform=${PLAT} "a$TAG":${A} AS b
#                 ^^^^ no `ARG` before the first `FROM` declares `PLAT`
#                          ^^^ no `ARG` before the first `FROM` declares `TAG`
"#,
        );
    }
}

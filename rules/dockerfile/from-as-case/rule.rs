//! Flags an `AS` that is not in the case of its `FROM`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::From;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.from(check);
}

fn check(from: &Placed<'_, From>, cx: &mut Context<'_, Dockerfile>) {
    let Some(written) = &from.as_keyword else {
        return;
    };
    let wanted = match &*from.instruction.keyword.value {
        "FROM" => "AS",
        "from" => "as",
        _ => return,
    };
    if *written.value != *wanted {
        let keyword = &from.instruction.keyword.value;
        let message = format!("`{}` is in another case than `{keyword}`", written.value);
        let edit = Edit::replace(written.span, wanted);
        let title = format!("write `{wanted}`");
        cx.report(written.span, message)
            .help(format!("write `{keyword} … {wanted}`"))
            .fix(Fix::new(title, Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_keyword_is_marked() {
        dockerfile(
            "from-as-case",
            r#"
FROM --platform=x a \
# a comment
  aS b
# ^^ `aS` is in another case than `FROM`
from a AS b
#      ^^ `AS` is in another case than `from`
From a as b
FROM as AS as
FROM as
"#,
        );
    }
}

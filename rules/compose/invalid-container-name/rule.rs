//! Flags container names that Docker refuses.
//!
//! Compose searches for `[a-zA-Z0-9][a-zA-Z0-9_.-]+` anywhere in the text (its schema); the engine wants all of it to
//! be one, but for one slash in front (moby, `daemon/names.go`).

use crate::compose::File;
use crate::compose::service::Service;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::yaml::Resolved;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.service(check);
}

fn check(service: &Service, cx: &mut Context<'_, File>) {
    let Some(field) = &service.container_name else {
        return;
    };
    // A number is refused for its type.
    let is_text = field.value.resolved() == Resolved::Str;
    let Some(name) = field.value.known().filter(|_| is_text) else {
        return;
    };
    if is_valid(name.strip_prefix('/').unwrap_or(name)) {
        return;
    }
    if name.is_empty() {
        cx.report(field.at, "the container's name is empty")
            .help("leave `container_name` out");
        return;
    }
    let message = format!("`{}` is no name for a container", excerpt(name));
    let help = match name.trim_start_matches('/').len() {
        0 | 1 => "a name has at least two characters",
        _ => "begin with a letter or digit and go on with letters, digits, `_`, `.` or `-`",
    };
    cx.report(field.text_at(), message).help(help);
}

fn is_valid(name: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    name.len() > 1
        && name.bytes().all(rest)
        && name
            .bytes()
            .next()
            .is_some_and(|first| first.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn all_of_the_name_counts() {
        compose(
            "invalid-container-name",
            r#"
x-name: &name "!!a"
#              ^^^ `!!a` is no name
services:
  a: {image: x, container_name: "ab c"}
#                                ^^^^ `ab c` is no name
  b: {image: x, container_name: *name}
  c: {image: x, container_name: "${C:-c}"}
#                                     ^ `c` is no name
  d: {image: x, container_name: ""}
#                               ^^ the container's name is empty
  e: {image: x, container_name: _ab}
#                               ^^^ `_ab` is no name
  f: {image: x, container_name: "${F}"}
  g: {image: x, container_name: /a1}
  h: {image: x, container_name: a.b_c-D}
  i: {image: x, container_name: 12}
"#,
        );
    }
}

//! Flags names of capabilities that do not exist.

use crate::compose::File;
use crate::compose::value::Text;
use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::nearest::nearest;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::capabilities::{self, CAPABILITIES};
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for owned in document.containers() {
            let container = owned.container;
            for item in container.cap_add.iter().chain(&container.cap_drop) {
                check_item(item, cx);
            }
        }
    }
}

fn check_item(item: &Text, cx: &mut Context<'_, File>) {
    let Some(word) = item.value.known() else {
        return;
    };
    if capabilities::is_all(word) || capabilities::named(word).is_some() {
        return;
    }
    let place = match word {
        "" => item.at.span,
        word => item.value.span_of(0..word.len()),
    };
    let finding = cx.report(place, format!("`{}` is not a capability", excerpt(word)));
    let Some((range, right)) = meant(word) else {
        finding.help("the names are in capabilities(7), or `ALL`");
        return;
    };
    finding.help(format!("did you mean `{right}`?"));
    if item.value.literal().is_some() {
        let title = format!("write `{right}`; it may not be what was meant");
        let edit = Edit::replace(item.value.span_of(range), right);
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

/// What a word may mean, and which part of it is wrong. `CAP_` in front is left as it is where it may be.
fn meant(word: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
    let prefix = word.get(..4);
    let has_prefix = prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case("CAP_"));
    let start = if has_prefix { 4 } else { 0 };
    if capabilities::is_all(&word[start..]) {
        return Some((0..word.len(), "ALL"));
    }
    let names = CAPABILITIES.iter().map(|capability| capability.name);
    Some((start..word.len(), nearest(&word[start..], names)?))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_are_looked_up_in_any_case() {
        compose(
            "unknown-capability",
            r#"
services:
  a:
    image: x
    cap_add: ["net-admin", cap_chown, Cap_Sys_Admni, "${C:-FOO}", "${D}", NET_ADMIN]
#              ^^^^^^^^^ `net-admin` is not a capability
#                                     ^^^^^^^^^^^^^ `Cap_Sys_Admni` is not a capability
#                                                          ^^^ `FOO` is not a capability
    cap_drop: [cap_all, All]
#              ^^^^^^^ `cap_all` is not a capability
    pre_start:
      - {image: y, cap_drop: [""]}
#                             ^^ `` is not a capability
"#,
        );
    }
}

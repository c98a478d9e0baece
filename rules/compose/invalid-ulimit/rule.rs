//! Flags limits of processes that the runtime refuses.

use crate::compose::File;
use crate::compose::ulimit::Ulimit;
use crate::diagnostic::{Applicability, Fix};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

/// The limits that there are (getrlimit(2)), sorted. Docker writes them in capitals.
const NAMES: [&str; 15] = [
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        for owned in file.documents().flat_map(File::containers) {
            owned
                .container
                .ulimits
                .iter()
                .for_each(|limit| check(limit, cx));
        }
    });
}

fn check(limit: &Ulimit, cx: &mut Context<'_, File>) {
    let name = &*limit.name.value;
    if !name.is_empty()
        && !name.contains('$')
        && !NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
    {
        let near = NAMES
            .iter()
            .map(|known| (strsim::damerau_levenshtein(known, name), *known));
        let near = near.min().filter(|(distance, _)| *distance <= 2);
        let finding = cx.report(
            limit.name.at,
            format!("`{}` is no limit that a process can have", excerpt(name)),
        );
        match near {
            Some((_, near)) => finding.help(format!("write `{near}`")),
            None => finding.help(format!("known: {}", NAMES.join(", "))),
        };
        return;
    }
    let (Some(soft), Some(hard)) = (&limit.soft, &limit.hard) else {
        return;
    };
    let (Some(low), Some(high)) = (soft.value.value, hard.value.value) else {
        return;
    };
    let is_above = match (low, high) {
        (_, -1) => false,
        (-1, _) => true,
        _ => low > high,
    };
    if !is_above {
        return;
    }
    let text = cx.text();
    let finding = cx.report(
        soft.at,
        format!("the soft limit of `{name}` is above its hard limit"),
    );
    finding.help("the soft limit has to be the lower one");
    finding.label(hard.at, "the hard limit");
    let is_written = soft.value.scalar.literal().is_some() && hard.value.scalar.literal().is_some();
    if is_written && low != -1 {
        let edits = vec![
            Edit::replace(soft.at.span, hard.at.span.text(text).to_owned()),
            Edit::replace(hard.at.span, soft.at.span.text(text).to_owned()),
        ];
        let title = "exchange the two; more is allowed then";
        finding.fix(Fix::new(title, Applicability::Unsafe, edits));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn names_and_order_are_checked() {
        compose(
            "invalid-ulimit",
            r#"
services:
  a:
    image: a
    ulimits:
      NOFILE: 5
      "nofiles": 5
#     ^^^^^^^^^ `nofiles` is no limit that a process can have
      core: {soft: -1, hard: 0}
#                  ^^ the soft limit of `core` is above
      data: {soft: "${S:-7}", hard: 6}
#                  ^^^^^^^^^ the soft limit of `data`
      stack: {soft: "${S}", hard: 6}
      nproc: {soft: 6, hard: 6}
"#,
        );
    }
}

//! Flags limits of processes that are lifted.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::ulimit::Ulimit;
use crate::engine::{Context, Hooks};

/// What is as good as no limit.
const TOO_MANY: i64 = 1 << 20;

/// Parts of names of images that ask for locked memory without a limit: their manuals say so.
const LOCKING: [&str; 7] = [
    "cassandra",
    "clickhouse",
    "elastic",
    "ollama",
    "opensearch",
    "scylla",
    "vllm",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(|file, cx| {
        for owned in file.documents().flat_map(File::containers) {
            for limit in &owned.container.ulimits {
                if is_lifted(limit, owned.container) {
                    report(limit, cx);
                }
            }
        }
    });
}

fn report(limit: &Ulimit, cx: &mut Context<'_, File>) {
    let at = limit
        .hard
        .as_ref()
        .or(limit.soft.as_ref())
        .map_or(limit.at, |limit| limit.at);
    let name = &limit.name.value;
    cx.report(at, format!("`{name}` is as good as unlimited"))
        .help("set a number that fits");
}

/// Whether a limit that can exhaust the host is lifted.
pub(super) fn is_lifted(limit: &Ulimit, container: &Container) -> bool {
    let value = limit.hard.as_ref().or(limit.soft.as_ref());
    let is_high = value.is_some_and(|limit| {
        limit
            .value
            .value
            .is_some_and(|number| number == -1 || number > TOO_MANY)
    });
    let image = container
        .image
        .as_ref()
        .map_or("", |image| image.value.text());
    match &*limit.name.value {
        "nofile" | "nproc" => is_high,
        "memlock" => {
            let is_lifted = value.is_some_and(|limit| limit.value.is(&-1));
            is_lifted
                && container.image.is_some()
                && !LOCKING.iter().any(|part| image.contains(part))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_number_is_marked() {
        compose(
            "unlimited-ulimit",
            r#"
services:
  a:
    image: a
    ulimits: {nofile: {soft: 10, hard: 2000000}, nproc: "-1", core: -1, memlock: -1}
#                                      ^^^^^^^ `nofile` is as good as unlimited
#                                                       ^^^^ `nproc` is
#                                                                                ^^ `memlock` is
  b: {image: "elasticsearch:9", ulimits: {memlock: -1, nofile: 1048576}}
"#,
        );
    }
}

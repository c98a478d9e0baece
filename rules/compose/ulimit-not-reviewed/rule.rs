//! Lists services that override the daemon's limits for processes.

use super::unlimited_ulimit::is_lifted;
use crate::compose::File;
use crate::engine::{Context, Hooks};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for owned in file.documents().flat_map(File::containers) {
        let limits = &owned.container.ulimits;
        // Those that lift a limit are found as that.
        let is_found = limits.iter().any(|limit| is_lifted(limit, owned.container));
        if let Some(key) = limits.key().filter(|_| !limits.is_empty() && !is_found) {
            let message = format!(
                "`{}` has limits for processes of its own",
                owned.owner.value
            );
            cx.report(key, message)
                .help("check that it needs them, and silence this with the reason");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_key_is_marked() {
        compose(
            "ulimit-not-reviewed",
            "\nservices:\n  a: {image: a, ulimits: {nofile: 5}}\n#               ^^^^^^^ `a` has limits for processes\n  b: {image: b, ulimits: {nofile: -1}}\n  c: {image: c, ulimits: {}}\n",
        );
    }
}

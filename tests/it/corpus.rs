//! Where the corpus of real files is, if it is there.

use std::path::PathBuf;

/// The corpus folder, named by `DOCKWORTHY_CORPUS` or beside the checkout; says so and gives `None` when absent.
pub fn dir() -> Option<PathBuf> {
    let dir = std::env::var_os("DOCKWORTHY_CORPUS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"),
        PathBuf::from,
    );
    if dir.is_dir() {
        return Some(dir);
    }
    println!("skipped: no corpus at {}", dir.display());
    None
}

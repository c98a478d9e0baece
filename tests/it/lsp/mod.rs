//! The language server, as an editor sees it: scripted sessions over a connection in memory, and over the standard
//! streams of the real binary.

mod actions;
mod answers;
mod completion;
mod diagnostics;
pub mod editor;
mod large;
mod names;
mod process;
mod protocol;
mod settings;
mod stdio;
mod sync;

use insta::Settings;

/// Compares a transcript with its snapshot.
fn shows(name: &str, transcript: &str) {
    let mut settings = Settings::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/lsp");
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, transcript));
}

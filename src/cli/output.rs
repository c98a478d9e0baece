//! The streams of the process.

use std::io::{self, Write};

/// Writes bytes to standard output and makes sure they got there.
pub(super) fn stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Writes bytes to standard error.
pub(super) fn stderr(bytes: &[u8]) -> io::Result<()> {
    io::stderr().lock().write_all(bytes)
}

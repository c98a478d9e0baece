//! The streams of the process.

use std::io::{self, BufWriter, Write};

/// How many bytes are gathered before they are written.
const GATHERED: usize = 1 << 16;

/// Writes bytes to standard output and makes sure they got there.
pub(super) fn stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Lets a function write to standard output, and makes sure that all of it got there.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(GATHERED, io::stdout().lock());
    write(&mut out)?;
    out.flush()
}

/// Writes bytes to standard error.
pub(super) fn stderr(bytes: &[u8]) -> io::Result<()> {
    io::stderr().lock().write_all(bytes)
}

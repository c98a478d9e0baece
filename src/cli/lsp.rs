//! `dockworthy lsp`: the language server, over standard input and output.

use super::{Status, Stop, check};
use crate::lsp::{Ending, connect, serve};

/// How much stack the server's thread gets, in bytes: as much as a thread that lints.
const STACK: usize = 8 << 20;

pub(super) fn run() -> Result<Status, Stop> {
    let trouble = |error| Stop(format!("cannot start the language server: {error}"));
    let connection = connect(std::io::stdin(), std::io::stdout()).map_err(trouble)?;
    let server = std::thread::Builder::new()
        .name("lsp-server".to_owned())
        .stack_size(STACK)
        .spawn(move || serve(&connection, check::today))
        .map_err(trouble)?;
    let ending = server.join().unwrap_or(Ending::Abrupt);
    Ok(match ending {
        Ending::Orderly => Status::Clean,
        // The protocol wants 1 from a server that was not shut down first.
        Ending::Abrupt => Status::Findings,
    })
}

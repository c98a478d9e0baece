//! Replacing a file as a whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts `text` in place of what the file holds. The new content is written beside it, keeps the file's mode
/// and owner, and is moved over it only when all of it is on disk.
///
/// # Errors
/// Refuses symbolic links and whatever is no regular file; passes on what the system says otherwise. The
/// file is then as it was.
pub(super) fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file; symbolic links are not followed",
        ));
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is read-only",
        ));
    }
    put(path, text, Some(&metadata))
}

/// Makes a file that is not there yet, in the same manner.
///
/// # Errors
/// Refuses when something has the name already; passes on what the system says otherwise.
pub(super) fn make(path: &Path, text: &[u8]) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => put(path, text, None),
        Err(error) => Err(error),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

/// Writes a file that may or may not be there yet, in the same manner.
///
/// # Errors
/// What the system says; nothing is then half-written.
pub(super) fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        // A device or a pipe (`--format json=/dev/stderr`) is written to, not replaced.
        Ok(metadata) if !metadata.is_file() => {
            OpenOptions::new().write(true).open(path)?.write_all(text)
        }
        _ => put(path, text, None),
    }
}

fn put(path: &Path, text: &[u8], like: Option<&fs::Metadata>) -> io::Result<()> {
    let (temporary, mut file) = beside(path)?;
    let written = file
        .write_all(text)
        .and_then(|()| like.map_or(Ok(()), |metadata| adopt(&file, metadata)))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // Best effort: the first error is the one to tell.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// A new file in the same folder, under a name that nobody uses.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut attempt = 0;
    loop {
        let temporary =
            path.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
        {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => {
                attempt += 1
            }
            Err(error) => return Err(error),
        }
    }
}

/// Gives a file the mode and owner of another.
fn adopt(file: &File, metadata: &fs::Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = file.metadata()?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            std::os::unix::fs::fchown(file, Some(metadata.uid()), Some(metadata.gid()))?;
        }
    }
    file.set_permissions(metadata.permissions())
}

//! Which files git tracks: the index of a repository, versions 2 to 4.
//!
//! Read after git's `Documentation/gitformat-index` (<https://git-scm.com/docs/index-format>). Only names are taken.
//! What cannot be read, is too large, or lies in more than one file (a split index) gives no answer.
//!
//! Not for: ignore files, history, and writing.

use std::path::Path;

use super::fs::FileSystem;
use crate::text::order;

/// Longest name that is believed, in bytes.
const MAX_NAME: usize = 4096;

/// Most bytes of names that are kept, since version 4 shortens each by what it shares with the one before.
const MAX_NAMES: usize = 64 << 20;

/// Bytes of an entry before its hash: times, device, inode, mode, owner and size.
const BEFORE_HASH: usize = 40;

/// Lengths of hashes: SHA-1, and SHA-256 in repositories that are made so.
const HASHES: [usize; 2] = [20, 32];

/// The files that git tracks in a repository.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GitIndex {
    /// Paths from the folder that holds `.git`, sorted; those that are no Unicode are left out.
    paths: Vec<Box<str>>,
    /// Folders of which only the name is in the index, each with a slash behind.
    folded: Vec<Box<str>>,
}

impl GitIndex {
    /// The index of the repository at a folder; `None` if there is none there or it cannot be read.
    pub fn read(files: &dyn FileSystem, folder: &Path) -> Option<GitIndex> {
        GitIndex::parse(&files.read(&folder.join(".git/index")).ok()?)
    }

    /// Reads the bytes of an index.
    pub fn parse(bytes: &[u8]) -> Option<GitIndex> {
        HASHES.iter().find_map(|hash| parse(bytes, *hash))
    }

    /// Whether git tracks a file, by its path from the folder that holds `.git`, with `/` between names. `None` if
    /// the index does not tell.
    pub fn tracks(&self, path: &str) -> Option<bool> {
        let folded = |folder: &&str| path.starts_with(*folder);
        let is_listed = self
            .paths
            .binary_search_by(|known| (**known).cmp(path))
            .is_ok();
        if !is_listed
            && self
                .folded
                .iter()
                .map(|folder| &**folder)
                .any(|f| folded(&f))
        {
            return None;
        }
        Some(is_listed)
    }
}

/// The bytes that are still to be read.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self, count: usize) -> Option<usize> {
        let bytes = self.take(count)?;
        Some(
            bytes
                .iter()
                .fold(0, |number, byte| number << 8 | usize::from(*byte)),
        )
    }

    /// A number of variable length, in the manner of offsets in packs.
    fn varint(&mut self) -> Option<usize> {
        let mut byte = self.number(1)?;
        let mut number = byte & 0x7f;
        while byte & 0x80 != 0 {
            byte = self.number(1)?;
            number = number.checked_add(1)?.checked_mul(128)? | (byte & 0x7f);
        }
        Some(number)
    }

    /// What stands before the next zero byte, which is taken as well.
    fn text(&mut self) -> Option<&'b [u8]> {
        let length = self
            .0
            .iter()
            .take(MAX_NAME + 1)
            .position(|byte| *byte == 0)?;
        let text = self.take(length)?;
        self.take(1)?;
        Some(text)
    }
}

fn parse(bytes: &[u8], hash: usize) -> Option<GitIndex> {
    let end = bytes.len().checked_sub(hash)?;
    let mut cursor = Bytes(&bytes[..end]);
    let version = match (cursor.take(4)?, cursor.number(4)?) {
        (b"DIRC", version @ 2..=4) => version,
        _ => return None,
    };
    let count = cursor.number(4)?;
    let mut index = GitIndex::default();
    let mut name: Vec<u8> = Vec::new();
    let mut total = 0;
    for _ in 0..count {
        let start = cursor.0.len();
        cursor.take(BEFORE_HASH + hash)?;
        let flags = cursor.number(2)?;
        if flags & 0x4000 != 0 {
            cursor.take(2)?;
        }
        if version == 4 {
            let dropped = cursor.varint()?;
            name.truncate(name.len().checked_sub(dropped)?);
        } else {
            name.clear();
        }
        name.extend_from_slice(cursor.text()?);
        if version < 4 {
            // The name and what is before it end at a multiple of eight bytes, with at least one zero.
            let length = start - cursor.0.len();
            cursor.take(length.next_multiple_of(8) - length)?;
        }
        // The length that is given as well tells whether the hashes are as long as was thought.
        let length = flags & 0xfff;
        total += name.len();
        if name.len().min(0xfff) != length || name.len() > MAX_NAME || total > MAX_NAMES {
            return None;
        }
        if let Ok(path) = std::str::from_utf8(&name) {
            let list = if path.ends_with('/') {
                &mut index.folded
            } else {
                &mut index.paths
            };
            list.push(path.into());
        }
    }
    while !cursor.0.is_empty() {
        let signature = cursor.take(4)?;
        // With this, other files hold the rest.
        if signature == b"link" {
            return None;
        }
        let length = cursor.number(4)?;
        cursor.take(length)?;
    }
    order::sort(&mut index.paths);
    Some(index)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use super::*;
    use crate::workspace::fs::Disk;

    /// A folder that is removed in the end.
    struct Folder(PathBuf);

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    impl Folder {
        fn new(name: &str) -> Folder {
            let name = format!("dockworthy-git-index-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::create_dir_all(&path).expect("a folder");
            Folder(path)
        }

        fn git(&self, arguments: &[&str]) -> bool {
            let mut git = Command::new("git");
            git.current_dir(&self.0).args(arguments);
            git.env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_SYSTEM", "/dev/null");
            git.output().is_ok_and(|output| output.status.success())
        }

        fn write(&self, path: &str) {
            let path = self.0.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, "x\n").expect("a file");
        }

        fn index(&self) -> Option<GitIndex> {
            GitIndex::read(&Disk::new(""), &self.0)
        }
    }

    #[test]
    fn every_version_that_git_writes_is_read() {
        for (version, format) in [
            ("2", "sha1"),
            ("3", "sha1"),
            ("4", "sha1"),
            ("2", "sha256"),
            ("4", "sha256"),
        ] {
            let folder = Folder::new(&format!("{version}-{format}"));
            if !folder.git(&["init", "--quiet", &format!("--object-format={format}")]) {
                // Without git there is nothing to compare with.
                return;
            }
            assert_eq!(folder.index(), None);
            for path in [
                ".env",
                "a",
                "a.b",
                "secrets/password.txt",
                "secrets/password.txt.example",
                "ä/ö",
            ] {
                folder.write(path);
            }
            folder.write("untracked");
            let exact = ["add", ".env", "a", "a.b", "secrets", "ä"];
            assert!(folder.git(&exact));
            if version == "3" {
                folder.write("later");
                assert!(folder.git(&["add", "--intent-to-add", "later"]));
            } else {
                assert!(folder.git(&["update-index", "--index-version", version]));
            }
            let bytes = std::fs::read(folder.0.join(".git/index")).expect("the index");
            assert_eq!(bytes[7].to_string(), version);
            let index = folder.index().expect("an index");
            for path in [".env", "a", "a.b", "secrets/password.txt", "ä/ö"] {
                assert_eq!(index.tracks(path), Some(true), "{path} in {version}");
            }
            for path in ["untracked", "secrets", "secrets/password", "A", ""] {
                assert_eq!(index.tracks(path), Some(false), "{path} in {version}");
            }
            assert_eq!(index.paths.len(), if version == "3" { 7 } else { 6 });
            // Whatever is cut off or changed, reading ends.
            for end in 0..bytes.len() {
                let _ = GitIndex::parse(&bytes[..end]);
                let mut other = bytes.clone();
                other[end] ^= 0xff;
                let _ = GitIndex::parse(&other);
            }
        }
    }

    #[test]
    fn an_index_in_two_files_tells_nothing() {
        let folder = Folder::new("split");
        if !folder.git(&["init", "--quiet"]) {
            return;
        }
        folder.write("a");
        assert!(folder.git(&["add", "a"]));
        assert!(folder.git(&["update-index", "--split-index"]));
        assert_eq!(folder.index(), None);
    }

    #[test]
    fn a_folded_folder_may_hold_anything() {
        let index = GitIndex {
            paths: vec!["a".into()],
            folded: vec!["b/".into()],
        };
        assert_eq!(index.tracks("b/c"), None);
        assert_eq!(
            (index.tracks("a"), index.tracks("c")),
            (Some(true), Some(false))
        );
    }
}

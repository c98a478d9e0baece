//! Reading the patches that git writes: which lines of which files were added.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use super::{Lines, path_of};

/// Reads a patch without context: for each file that is there afterwards, the lines that were added.
pub(super) fn hunks(mut patch: impl BufRead) -> io::Result<HashMap<PathBuf, Lines>> {
    let mut files: HashMap<PathBuf, Lines> = HashMap::new();
    let mut file: Option<PathBuf> = None;
    let mut renamed: Option<PathBuf> = None;
    let mut body = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        if patch.read_until(b'\n', &mut line)? == 0 {
            return Ok(files);
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        if body > 0 {
            body -= usize::from(matches!(text.first(), Some(b'+' | b'-')));
        } else if text.starts_with(b"diff --git ") {
            (file, renamed) = (None, None);
        } else if let Some(path) = text.strip_prefix(b"rename to ") {
            let path = unquoted(path);
            // As long as no lines are named, none changed.
            files.insert(path.clone(), Lines::Some(Vec::new()));
            renamed = Some(path);
        } else if text.starts_with(b"Binary files ") {
            if let Some(path) = renamed.take() {
                files.remove(&path);
            }
        } else if let Some(path) = text.strip_prefix(b"+++ ") {
            let path = path.strip_suffix(b"\t").unwrap_or(path);
            let path = unquoted(path);
            file = path.strip_prefix("b").ok().map(Path::to_owned);
            if let Some(file) = &file {
                files.insert(file.clone(), Lines::Some(Vec::new()));
            }
        } else if let Some((removed, first, added)) = hunk(text) {
            body = removed + added;
            if let Some(Lines::Some(ranges)) = file.as_ref().and_then(|file| files.get_mut(file))
                && added > 0
            {
                ranges.push(first..=first + added - 1);
            }
        }
    }
}

/// `@@ -a,b +c,d @@`: how many lines went, the first that came, and how many came.
fn hunk(line: &[u8]) -> Option<(usize, usize, usize)> {
    let line = line.strip_prefix(b"@@ -")?;
    // What follows the numbers is a line of the file.
    let end = line.windows(3).position(|bytes| bytes == b" @@")?;
    let line = std::str::from_utf8(&line[..end]).ok()?;
    let mut words = line.split(' ');
    let (old, new) = (words.next()?, words.next()?.strip_prefix('+')?);
    let numbers = |text: &str| -> Option<(usize, usize)> {
        match text.split_once(',') {
            Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
            None => Some((text.parse().ok()?, 1)),
        }
    };
    let (_, removed) = numbers(old)?;
    let (first, added) = numbers(new)?;
    Some((removed, first, added))
}

/// A path as git writes it: in quotes, with escapes, where it holds odd characters.
fn unquoted(text: &[u8]) -> PathBuf {
    let Some(inside) = text
        .strip_prefix(b"\"")
        .and_then(|text| text.strip_suffix(b"\""))
    else {
        return path_of(text);
    };
    let mut bytes = Vec::new();
    let mut rest = inside.iter().copied();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next() {
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b't') => b'\t',
            Some(b'n') => b'\n',
            Some(b'v') => 11,
            Some(b'f') => 12,
            Some(b'r') => b'\r',
            Some(digit @ b'0'..=b'3') => {
                let next = |byte: Option<u8>| byte.unwrap_or(b'0').wrapping_sub(b'0') & 7;
                (digit - b'0') << 6 | next(rest.next()) << 3 | next(rest.next())
            }
            Some(other) => other,
            None => b'\\',
        });
    }
    path_of(&bytes)
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use super::*;

    #[test]
    fn hunks_are_read_whatever_stands_in_them() {
        let patch = b"diff --git a/D b/D2\nsimilarity index 100%\nrename from D\nrename to D2\n\
            diff --git a/new b/new\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+x\n\
            diff --git \"a/q\\\"\\303\\251\" \"b/q\\\"\\303\\251\"\nindex 7..5 100644\n\
            --- \"a/q\\\"\\303\\251\"\n+++ \"b/q\\\"\\303\\251\"\n@@ -1,0 +2,2 @@ \xff\n+++ b/foo\n+@@ -1 +9 @@\n\
            diff --git a/x y b/x y\n--- a/x y\t\n+++ b/x y\t\n@@ -2 +2 @@ a\n-b\n+B\n@@ -5,2 +4,0 @@ c\n-d\n-e\n\
            @@ -9 +7 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n\
            diff --git a/gone b/gone\ndeleted file mode 100644\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n\
            diff --git a/bin b/bin\nindex 1..2\nBinary files a/bin and b/bin differ\n";
        let files = hunks(&patch[..]).expect("it is in memory");
        let lines = |path: &str| files.get(Path::new(path)).cloned();
        let some = |ranges: &[RangeInclusive<usize>]| Some(Lines::Some(ranges.to_vec()));
        assert_eq!(lines("D2"), some(&[]));
        assert_eq!(lines("new"), some(&[1..=1]));
        assert_eq!(lines("q\"\u{e9}"), some(&[2..=3]));
        assert_eq!(lines("x y"), some(&[2..=2, 7..=7]));
        assert_eq!(lines("bin"), None);
        assert_eq!(files.len(), 4, "{files:?}");
    }
}

//! Unified diffs, for `--diff`.
//!
//! Two readers: `git apply` and `patch` get every byte as it is; a terminal gets colours, and nothing that
//! steers it.
//!
//! The form is that of "Generating patch text with -p" in git's documentation: names in quotes when they
//! hold what a header cannot, a tab behind names with blanks, and a note when the last line has no end.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use similar::udiff::UnifiedHunkHeader;
use similar::{DiffTag, group_diff_ops};

use super::{Style, clean};
use crate::text::diff::{line_changes, lines};

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// What a fix makes of a file.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The file, relative to the folder that the diff will be applied in.
    pub path: &'a Path,
    /// The bytes on the disk; `None` for a file that is to be made.
    pub old: Option<&'a [u8]>,
    /// The bytes that are to replace them.
    pub new: &'a [u8],
}

/// Writes `change` as a unified diff, or nothing if nothing changes. With a `screen` the diff is meant to
/// be read; without one it can be applied.
///
/// # Errors
/// Those of `out`.
pub fn write_diff(
    change: &Change<'_>,
    screen: Option<&Style>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if change.old == Some(change.new) {
        return Ok(());
    }
    let mut pen = Pen { screen, out };
    match change.old {
        Some(_) => pen.line("1", &[b"--- ", &name(b"a/", change.path)])?,
        None => pen.line("1", &[b"--- /dev/null"])?,
    }
    pen.line("1", &[b"+++ ", &name(b"b/", change.path)])?;
    let (old, new) = (lines(change.old.unwrap_or_default()), lines(change.new));
    let changes = line_changes(&old, &new);
    for hunk in group_diff_ops(changes, CONTEXT) {
        pen.line(
            "36",
            &[UnifiedHunkHeader::new(&hunk).to_string().as_bytes()],
        )?;
        for change in hunk {
            let (tag, old_lines, new_lines) = change.as_tag_tuple();
            if tag == DiffTag::Equal {
                pen.source(b" ", &old[old_lines])?;
            } else {
                pen.source(b"-", &old[old_lines])?;
                pen.source(b"+", &new[new_lines])?;
            }
        }
    }
    Ok(())
}

/// A file's name in a header.
fn name(side: &[u8], path: &Path) -> Vec<u8> {
    let mut bytes = side.to_vec();
    let path = path.as_os_str().as_encoded_bytes();
    let path = path.strip_prefix(b"/").unwrap_or(path);
    bytes.extend(path.iter().map(|byte| match byte {
        b'\\' if std::path::MAIN_SEPARATOR == '\\' => b'/',
        byte => *byte,
    }));
    let needs_quotes = |byte: &u8| byte.is_ascii_control() || matches!(byte, b'"' | b'\\');
    if bytes.iter().any(needs_quotes) || std::str::from_utf8(&bytes).is_err() {
        return quoted(&bytes);
    }
    if bytes.contains(&b' ') {
        bytes.push(b'\t');
    }
    bytes
}

/// A name between quotes, with the escapes of C for what cannot stand there.
fn quoted(name: &[u8]) -> Vec<u8> {
    let mut result = vec![b'"'];
    for byte in name {
        match byte {
            b'"' | b'\\' => result.extend([b'\\', *byte]),
            b'\n' => result.extend(b"\\n"),
            b'\t' => result.extend(b"\\t"),
            byte if byte.is_ascii_graphic() || *byte == b' ' => result.push(*byte),
            byte => result.extend(format!("\\{byte:03o}").bytes()),
        }
    }
    result.push(b'"');
    result
}

/// Writes for one of the two readers.
struct Pen<'a> {
    screen: Option<&'a Style>,
    out: &'a mut dyn Write,
}

impl Pen<'_> {
    /// Writes lines of a file with a sign before each.
    fn source(&mut self, sign: &[u8], lines: &[&[u8]]) -> io::Result<()> {
        let color = match sign {
            b"-" => "31",
            b"+" => "32",
            _ => "",
        };
        for line in lines {
            match line.strip_suffix(b"\n") {
                Some(line) => self.line(color, &[sign, line])?,
                None => {
                    self.line(color, &[sign, line])?;
                    self.line("", &[b"\\ No newline at end of file"])?;
                }
            }
        }
        Ok(())
    }

    /// Writes one line of `parts`, in a colour given by its ANSI number if there is one.
    fn line(&mut self, color: &str, parts: &[&[u8]]) -> io::Result<()> {
        let line = parts.concat();
        let Some(style) = self.screen else {
            self.out.write_all(&line)?;
            return self.out.write_all(b"\n");
        };
        let line: Cow<'_, str> = String::from_utf8_lossy(&line);
        let mut shown = String::with_capacity(line.len());
        clean::push_source(&mut shown, &line, style.unicode);
        if style.color && !color.is_empty() {
            writeln!(self.out, "\x1b[{color}m{shown}\x1b[0m")
        } else {
            writeln!(self.out, "{shown}")
        }
    }
}

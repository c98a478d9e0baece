//! Findings that are accepted for now, in a file: `dockworthy-baseline.json`.
//!
//! A finding is known by its rule, the offending text and the line around it, not by its place or its message: lines
//! may move and files be renamed, and a later version may find other words. [`matching`] decides which findings those
//! are. The file has one line for each kind of finding, sorted, so that differences between two are small.
//!
//! Not for: reading and writing the file, and what its absence means (`cli`).

pub mod matching;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::text::fnv::Fnv;
use crate::text::{SourceFile, order};

/// The name of the file where none is given.
pub const NAME: &str = "dockworthy-baseline.json";

/// The version of the file's shape.
const VERSION: u32 = 1;

/// How much of a text goes into a mark, in characters.
const MARK_CHARS: usize = 500;

/// What a finding is known by, besides its rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Mark {
    /// Of the offending text, blanks made even.
    pub text: u64,
    /// Of the line that it begins in, blanks made even.
    pub line: u64,
}

impl Mark {
    /// The mark of a finding in a file.
    pub fn of(diagnostic: &Diagnostic, source: &SourceFile) -> Mark {
        let span = diagnostic.finding.at.span;
        let line = source.lines.line(span.start);
        let line = source.lines.content_span(line, &source.text);
        let hash = |text: &str| {
            let mut hash = Fnv::default();
            hash.write_words(text, MARK_CHARS);
            hash.value()
        };
        Mark {
            text: hash(span.text(&source.text)),
            line: hash(line.text(&source.text)),
        }
    }

    /// Reads what [`Display`](fmt::Display) writes.
    fn parse(text: &str) -> Option<Mark> {
        let (text, line) = text.split_once('-')?;
        let hash = |digits: &str| match digits.len() {
            16 => u64::from_str_radix(digits, 16).ok(),
            _ => None,
        };
        Some(Mark {
            text: hash(text)?,
            line: hash(line)?,
        })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{:016x}", self.text, self.line)
    }
}

/// Findings of one kind in one file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Entry {
    /// The file, as seen from the folder of the baseline, with `/` between names.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// What the first of them says, for people.
    pub message: String,
    /// What they are known by.
    pub mark: Mark,
    /// How many there are.
    pub count: usize,
}

/// A baseline.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Baseline {
    /// What is accepted, sorted.
    entries: Vec<Entry>,
}

/// Why a baseline cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileShape {
    version: u32,
    findings: Vec<EntryShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryShape {
    path: String,
    rule: String,
    message: String,
    count: usize,
    fingerprint: String,
}

/// Only the version, whatever else there is.
#[derive(Deserialize)]
struct VersionShape {
    version: u32,
}

impl Baseline {
    /// A baseline of entries in any order. Equal ones, as a merge of two versions leaves them, are one, with the
    /// larger count.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Baseline {
        let mut known: BTreeMap<(String, String, Mark), Entry> = BTreeMap::new();
        for entry in entries {
            let key = (entry.path.clone(), entry.rule.clone(), entry.mark);
            let kept = known.entry(key).or_insert_with(|| entry.clone());
            kept.count = kept.count.max(entry.count);
        }
        let mut entries: Vec<Entry> = known.into_values().collect();
        order::sort(&mut entries);
        Baseline { entries }
    }

    /// What is accepted, sorted.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first fault and its line.
    pub fn parse(text: &str) -> Result<Baseline, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let fault = |error: serde_json::Error| {
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            Fault {
                line: error.line().max(1),
                message: message[..end].to_owned(),
            }
        };
        if let Some((line, _)) = (text.lines().enumerate()).find(|(_, line)| is_conflict(line)) {
            return Err(Fault {
                line: line + 1,
                message: "a merge left both sides here".to_owned(),
            });
        }
        // A later version may have other members, so its number is read first.
        if let Ok(VersionShape { version }) = serde_json::from_str(text)
            && version != VERSION
        {
            let line = text.lines().position(|line| line.contains("\"version\""));
            return Err(Fault {
                line: line.map_or(1, |line| line + 1),
                message: format!("version {version} is unknown, this program writes {VERSION}"),
            });
        }
        let file: FileShape = serde_json::from_str(text).map_err(fault)?;
        let mut entries = Vec::with_capacity(file.findings.len());
        for shape in file.findings {
            let Some(mark) = Mark::parse(&shape.fingerprint) else {
                let written = format!("\"{}\"", shape.fingerprint);
                let line = text.lines().position(|line| line.contains(&written));
                return Err(Fault {
                    line: line.map_or(1, |line| line + 1),
                    message: format!("{written} is no fingerprint"),
                });
            };
            entries.push(Entry {
                path: shape.path.replace('\\', "/"),
                rule: shape.rule,
                message: shape.message,
                mark,
                count: shape.count,
            });
        }
        Ok(Baseline::new(entries))
    }
}

impl fmt::Display for Baseline {
    /// The text of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{\n  \"version\": {VERSION},\n  \"findings\": [")?;
        for (number, entry) in self.entries.iter().enumerate() {
            let shape = EntryShape {
                path: entry.path.clone(),
                rule: entry.rule.clone(),
                message: entry.message.clone(),
                count: entry.count,
                fingerprint: entry.mark.to_string(),
            };
            let line = serde_json::to_string(&shape).map_err(|_| fmt::Error)?;
            let comma = if number == 0 { "" } else { "," };
            write!(f, "{comma}\n    {line}")?;
        }
        let end = if self.entries.is_empty() { "" } else { "\n  " };
        writeln!(f, "{end}]\n}}")
    }
}

/// Whether git wrote a line to separate the sides of a conflict.
fn is_conflict(line: &str) -> bool {
    line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, rule: &str, text: u64, count: usize) -> Entry {
        Entry {
            path: path.to_owned(),
            rule: rule.to_owned(),
            message: format!("`{text}` is \"wrong\""),
            mark: Mark { text, line: 7 },
            count,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for entries in [
            vec![],
            vec![
                entry("b/Dockerfile", "x", u64::MAX, 2),
                entry("a", "y", 0, 1),
            ],
        ] {
            let baseline = Baseline::new(entries);
            let text = baseline.to_string();
            assert_eq!(Baseline::parse(&text), Ok(baseline));
            assert!(text.ends_with("]\n}\n"), "{text}");
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
        }
    }

    #[test]
    fn the_order_is_that_of_paths_and_rules() {
        let a = Baseline::new([
            entry("b", "x", 1, 1),
            entry("a", "z", 1, 1),
            entry("a", "y", 2, 1),
        ]);
        let b = Baseline::new([
            entry("a", "y", 2, 1),
            entry("a", "z", 1, 1),
            entry("b", "x", 1, 1),
        ]);
        assert_eq!(a.to_string(), b.to_string());
        assert!(a.to_string().find("\"y\"") < a.to_string().find("\"z\""));
    }

    #[test]
    fn a_merge_of_two_is_their_union() {
        let ours = [entry("a", "x", 1, 1), entry("a", "x", 2, 1)];
        let theirs = [entry("a", "x", 1, 3), entry("b", "x", 1, 1)];
        let merged = Baseline::new(ours.into_iter().chain(theirs));
        let counts: Vec<_> = merged
            .entries()
            .iter()
            .map(|e| (&*e.path, e.count))
            .collect();
        assert_eq!(counts, [("a", 3), ("a", 1), ("b", 1)]);
    }

    #[test]
    fn separators_of_windows_are_understood() {
        let text = Baseline::new([entry("a\\b\\Dockerfile", "x", 1, 1)]).to_string();
        let read = Baseline::parse(&text).expect("it is sound");
        assert_eq!(read.entries()[0].path, "a/b/Dockerfile");
    }

    #[test]
    fn faults_have_their_line() {
        let good = Baseline::new([entry("a", "x", 1, 1), entry("b", "x", 1, 1)]).to_string();
        for (text, line, message) in [
            (String::new(), 1, "EOF while parsing a value"),
            (good.replace("},\n", "}\n"), 5, "expected `,` or `]`"),
            (
                good.replace("\"count\":1", "\"count\":-1"),
                4,
                "invalid value",
            ),
            (
                good.replace("\"count\"", "\"number\""),
                4,
                "unknown field `number`",
            ),
            (
                good.replace("\"version\": 1", "\"version\": 2"),
                2,
                "version 2 is unknown",
            ),
            (
                good.replace("    {\"path\":\"b", "<<<<<<< HEAD\n    {\"path\":\"b"),
                5,
                "a merge left both sides here",
            ),
            (
                good.replace("0000000000000001-", "1-"),
                4,
                "\"1-0000000000000007\" is no fingerprint",
            ),
        ] {
            let fault = Baseline::parse(&text).expect_err(&text);
            assert!(fault.message.starts_with(message), "{fault:?}");
            assert_eq!(fault.line, line, "{fault:?}");
        }
    }
}

//! The sources of `COPY` and `ADD`: files of the build context, URLs and Git repositories.
//!
//! What a source is BuildKit tells by its text (`dockerfile2llb/convert_copy.go`, `dfgitutil.ParseGitRef`
//! and `gitutil.ParseURL`). Not for: what is in the context; see [`context`](super::context).

use super::ast::{Instruction, InstructionKind, JsonFault, List};
use super::ignorefile::{IgnoreFile, Verdict, clean};
use super::model::Dockerfile;
use super::parse::flags::flag_names;
use super::word::Word;
use crate::text::Span;

/// What a source is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SourceKind {
    /// A file or folder.
    Path,
    /// A file on a web server.
    Url,
    /// A Git repository.
    Git,
}

impl SourceKind {
    /// What BuildKit takes a text for. A plain `github.com/owner/name` is a path.
    pub fn of(text: &str) -> SourceKind {
        if text.starts_with("./") || text.starts_with("../") {
            return SourceKind::Path;
        }
        if let Some((scheme, rest)) = text.split_once("://")
            && !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            let is_web = matches!(scheme, "http" | "https");
            return match scheme.to_ascii_lowercase().as_str() {
                "git" | "ssh" => SourceKind::Git,
                "http" | "https" if path_of_url(rest).ends_with(".git") => SourceKind::Git,
                _ if is_web => SourceKind::Url,
                _ => SourceKind::Path,
            };
        }
        if is_scp_style(text) {
            SourceKind::Git
        } else {
            SourceKind::Path
        }
    }

    /// Whether it comes from elsewhere.
    pub fn is_remote(self) -> bool {
        self != SourceKind::Path
    }
}

/// The path of a URL, without query and fragment.
fn path_of_url(behind_scheme: &str) -> &str {
    let end = behind_scheme.find(['?', '#']);
    &behind_scheme[..end.unwrap_or(behind_scheme.len())]
}

/// The value of a key in the query of a Git repository's URL; empty where it has none.
pub fn git_query<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let (_, query) = text.split('#').next()?.split_once('?')?;
    query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name == key).then_some(value)
    })
}

/// `user@host:path` (`sshutil.ParseSCPStyleURL`).
fn is_scp_style(text: &str) -> bool {
    let is_name = |text: &str, more: &[u8]| {
        let mut bytes = text.bytes();
        !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    text.split_once('@')
        .and_then(|(user, rest)| Some((user, rest.split_once(':')?.0)))
        .is_some_and(|(user, host)| is_name(user, b"-_") && is_name(host, b"-."))
}

/// Ends of the names of tar archives that `ADD` unpacks: plain ones, and those packed with gzip, bzip2, xz
/// or zstd (the `DecompressStream` of moby's `archive` package).
const ARCHIVES: [&str; 11] = [
    ".tar", ".tar.bz2", ".tar.gz", ".tar.xz", ".tar.zst", ".tb2", ".tbz", ".tbz2", ".tgz", ".txz",
    ".tzst",
];

/// Whether a name is that of a tar archive.
pub fn is_archive(name: &str) -> bool {
    let ends_with = |end: &&str| {
        let at = name.len().checked_sub(end.len());
        at.is_some_and(|at| name.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
    };
    ARCHIVES.iter().any(ends_with)
}

/// A path that `COPY` or `ADD` takes from the build context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextSource {
    /// Which instruction of the file.
    pub instruction: usize,
    /// Which word of its paths.
    pub word: usize,
    /// The bytes of the word.
    pub span: Span,
    /// The path without quotes and variables, relative to the context, without dots; `.` is all of it.
    /// One that climbs out begins with `..`.
    pub path: Box<str>,
    /// Whether it is this path in every build, and not only with the defaults of arguments.
    pub is_sure: bool,
    /// What the context's ignore file says about it.
    pub verdict: Verdict,
}

impl ContextSource {
    /// Whether it is the whole context.
    pub fn is_everything(&self) -> bool {
        matches!(&*self.path, "." | "*" | "**")
    }

    /// Whether it has wildcards.
    pub fn is_pattern(&self) -> bool {
        self.path.contains(['*', '?', '['])
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// Sources and destination of a `COPY` or `ADD` as they are written.
pub fn written_paths(instruction: &Instruction) -> Option<&List> {
    match &instruction.kind {
        InstructionKind::Copy(copy) => Some(&copy.paths),
        InstructionKind::Add(add) => Some(&add.paths),
        _ => None,
    }
}

/// Sources and destination of a `COPY` or `ADD`. Nothing where a flag stands among them, where they look like an
/// array and are none, or where a comment is among them, so that they are not what is meant.
pub fn paths(instruction: &Instruction) -> Option<&List> {
    let paths = written_paths(instruction)?;
    let is_flag = |word: &Word| misplaced_flag(instruction, word).is_some();
    let is_broken = |fault: &JsonFault| fault.is_closed;
    if paths.json_fault.as_deref().is_some_and(is_broken) || comment_among(paths).is_some() {
        return None;
    }
    (paths.is_json || !paths.words.iter().any(is_flag)).then_some(paths)
}

/// The number of the word with which something begins that is meant as a comment: `COPY a /b # why`.
pub fn comment_among(list: &List) -> Option<usize> {
    let begins = |&at: &usize| {
        let raw = &*list.words[at].raw;
        raw == "#" || at > 1 && raw.starts_with('#')
    };
    let mut places = 1..list.words.len();
    places.find(begins).filter(|_| !list.is_json)
}

/// The name of the flag that a word behind the first argument is meant as: `--chown=1000` or `--link`.
pub fn misplaced_flag(instruction: &Instruction, word: &Word) -> Option<&'static str> {
    let text = word.raw.strip_prefix("--")?;
    let (name, has_value) = match text.split_once('=') {
        Some((name, _)) => (name, true),
        None => (text, false),
    };
    let is_switch = matches!(name, "link" | "parents" | "keep-git-dir" | "unpack");
    let mut known = flag_names(instruction.kind.keyword()?);
    known.find(|known| *known == name && (has_value || is_switch))
}

/// What `--exclude` of a `COPY` or `ADD` leaves out, as patterns of an ignore file; `None` if variables decide.
pub fn excluded(instruction: &Instruction) -> Option<IgnoreFile> {
    let words = match &instruction.kind {
        InstructionKind::Copy(copy) => &copy.exclude,
        InstructionKind::Add(add) => &add.exclude,
        _ => return None,
    };
    let mut lines = String::new();
    for word in words {
        if word.raw.contains('$') {
            return None;
        }
        lines.push_str(&word.value());
        lines.push('\n');
    }
    Some(IgnoreFile::parse(&lines))
}

/// The bodies of heredocs are no files.
pub fn is_heredoc(instruction: &Instruction, word: &Word) -> bool {
    let start = word.span.start;
    let heredocs = &instruction.heredocs;
    let found = heredocs.binary_search_by_key(&start, |heredoc| heredoc.word.start);
    found.is_ok()
}

/// Every path that the file takes from the build context, in order. What a trigger of `ONBUILD` takes is
/// another build's.
pub(super) fn context_sources(model: &Dockerfile) -> Vec<ContextSource> {
    let mut found = Vec::new();
    for (index, instruction) in model.ast.instructions.iter().enumerate() {
        let is_from =
            matches!(&instruction.kind, InstructionKind::Copy(copy) if copy.from.is_some());
        let Some(paths) = paths(instruction).filter(|_| !is_from) else {
            continue;
        };
        for (number, word) in paths.sources().iter().enumerate() {
            if is_heredoc(instruction, word) {
                continue;
            }
            let value = model.value_at(index, word);
            let Some(text) = value.text().filter(|text| !text.is_empty()) else {
                continue;
            };
            if !SourceKind::of(text).is_remote() {
                found.push(ContextSource {
                    instruction: index,
                    word: number,
                    span: word.span,
                    path: clean(text).into(),
                    is_sure: value.known().is_some(),
                    verdict: Verdict::Unknown,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dockerfile::parse::parse;

    #[test]
    fn the_text_tells_what_a_source_is() {
        use SourceKind::{Git, Path, Url};
        for (text, expected) in [
            ("a/b", Path),
            ("./a@b:c", Path),
            ("https://example.com/a.tgz", Url),
            ("http://example.com/a.git.txt", Url),
            ("https://example.com/a.git", Git),
            ("https://example.com/a.git?ref=v1#x", Git),
            ("https://example.com/a?x=.git", Url),
            ("git@example.com:a/b", Git),
            ("git://example.com/a", Git),
            ("ssh://git@example.com/a", Git),
            ("github.com/a/b", Path),
            ("ftp://example.com/a", Path),
            ("a.git", Path),
            ("a b@c:d", Path),
            ("dir/a@b:c", Path),
        ] {
            assert_eq!(SourceKind::of(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_of_the_context_are_found() {
        let text = "FROM a\nARG D=dir\nCOPY . ./x/../y/ /z \"$D\" /\nCOPY --from=b c d\n\
            ADD https://example.com/a $U ../e <<EOF /\nEOF\nONBUILD COPY f g\nCOPY [\"h i\", \"/\"]";
        let model = Dockerfile::new(parse(text).tree);
        let found = model.context_sources().iter();
        let found: Vec<_> = found
            .map(|source| (&*source.path, source.span.text(text), source.is_sure))
            .collect();
        assert_eq!(
            found,
            [
                (".", ".", true),
                ("y", "./x/../y/", true),
                ("z", "/z", true),
                ("dir", "\"$D\"", false),
                ("../e", "../e", true),
                ("h i", "\"h i\"", true),
            ]
        );
        assert_eq!(model.sources_of(2).len(), 4);
    }
}

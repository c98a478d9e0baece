//! What git knows about the files of a repository: which changed, which of their lines, and what is staged.
//!
//! Git itself is asked, as a child process that runs nothing of the repository's: no hooks, external diffs, text
//! conversions, file monitors, filters or submodules, and it fetches nothing.

mod patch;

use std::collections::HashMap;
use std::io::{self, BufReader, Read};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::Stop;
use crate::text::source::MAX_BYTES;
use patch::hunks;

/// A repository with files to work on.
#[derive(Debug)]
pub(super) struct Repository {
    /// The folder with the files, without symbolic links.
    pub root: PathBuf,
    /// Where git is started.
    folder: PathBuf,
    /// What is to be said to git in front of every command.
    settings: Vec<String>,
    /// The flag that git is needed for.
    flag: &'static str,
}

/// What is compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Range {
    /// The files as they are, with the commit of this name.
    Since(String),
    /// What is staged, with the last commit.
    Staged,
}

/// Which lines of a file changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Lines {
    /// Each.
    All,
    /// These, from 1 on, in order.
    Some(Vec<RangeInclusive<usize>>),
}

/// A file as it is staged, where that is not how it is in its folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct StagedFile {
    /// The name of its content.
    pub blob: String,
    /// Whether the folder has no such file.
    pub is_gone: bool,
}

impl Repository {
    /// The repository that a folder lies in; the empty path means the working directory.
    pub(super) fn open(folder: &Path, flag: &'static str) -> Result<Repository, Stop> {
        let mut repository = Repository {
            root: PathBuf::new(),
            folder: folder.to_owned(),
            settings: Vec::new(),
            flag,
        };
        let root = repository.text(&["rev-parse", "--show-toplevel"])?;
        let root = path_of(root.trim_ascii_end());
        repository.root = std::fs::canonicalize(&root).unwrap_or(root);
        repository.settings = repository.without_filters()?;
        Ok(repository)
    }

    /// The commit to compare with: where the work since a revision began, or the revision itself where the history
    /// does not tell.
    pub(super) fn begin(&self, revision: &str) -> Result<String, Stop> {
        let named = format!("{revision}^{{commit}}");
        let args = ["rev-parse", "--verify", "--quiet", &named];
        // What begins with a dash would be taken for a flag.
        let commit = match revision.starts_with('-') {
            true => None,
            false => self.try_text(&args)?.filter(|text| !text.is_empty()),
        };
        let Some(commit) = commit else {
            return Err(Stop(format!(
                "`--since {revision}`: git knows no such revision here; in a shallow clone it may have to be fetched"
            )));
        };
        let commit = word(&commit);
        let base = self.try_text(&["merge-base", &commit, "HEAD"])?;
        Ok(base
            .map(|base| word(&base))
            .filter(|base| !base.is_empty())
            .unwrap_or(commit))
    }

    /// The files that changed, by their paths from the root; deleted ones are not among them.
    pub(super) fn changed(&self, range: &Range) -> Result<Vec<PathBuf>, Stop> {
        let mut args = vec!["diff", "--name-status", "-z"];
        args.extend(range.diff_args());
        let text = self.text(&args)?;
        let mut changed = Vec::new();
        let mut fields = text.split(|byte| *byte == 0);
        while let Some(status) = fields.next().filter(|status| !status.is_empty()) {
            let mut path = fields.next().unwrap_or_default();
            if matches!(status[0], b'R' | b'C') {
                path = fields.next().unwrap_or_default();
            }
            if status[0] != b'D' {
                changed.push(path_of(path));
            }
        }
        if let Range::Since(_) = range {
            let all = [
                "ls-files",
                "--others",
                "--exclude-standard",
                "--full-name",
                "-z",
                ":/",
            ];
            let text = self.text(&all)?;
            let paths = text
                .split(|byte| *byte == 0)
                .filter(|path| !path.is_empty());
            changed.extend(paths.map(path_of));
        }
        Ok(changed)
    }

    /// The lines that changed in files that git knows. A file that is not named here has changed in all its lines.
    pub(super) fn lines(&self, range: &Range) -> Result<HashMap<PathBuf, Lines>, Stop> {
        let mut args = vec![
            "diff",
            "--patch",
            "--unified=0",
            "--inter-hunk-context=0",
            "--no-color",
            "--src-prefix=a/",
            "--dst-prefix=b/",
        ];
        args.extend(range.diff_args());
        let mut child = self.start(&args)?;
        let stdout = child.stdout.take().map(BufReader::new);
        let lines = match stdout {
            Some(stdout) => hunks(stdout).map_err(|error| self.failed(&error.to_string()))?,
            None => HashMap::new(),
        };
        self.end(child)?;
        Ok(lines)
    }

    /// The files that are not in their folder what they are in the index, by their paths from the root.
    pub(super) fn staged_otherwise(&self) -> Result<HashMap<PathBuf, StagedFile>, Stop> {
        let text = self.text(&[
            "diff-files",
            "--raw",
            "--no-abbrev",
            "--ignore-submodules=all",
            "-z",
        ])?;
        let mut files = HashMap::new();
        let mut fields = text.split(|byte| *byte == 0);
        while let (Some(about), Some(path)) = (fields.next(), fields.next()) {
            let about = String::from_utf8_lossy(about);
            let mut words = about.split(' ');
            let (Some(mode), Some(blob)) = (words.next(), words.nth(1)) else {
                continue;
            };
            // Regular files; what is unmerged has no single content.
            if mode.starts_with(":100") && blob.bytes().any(|digit| digit != b'0') {
                let staged = StagedFile {
                    blob: blob.to_owned(),
                    is_gone: about.ends_with('D'),
                };
                files.insert(path_of(path), staged);
            }
        }
        Ok(files)
    }

    /// A content by its name, at most one byte more than a file may have.
    pub(super) fn content(&self, blob: &str) -> io::Result<Vec<u8>> {
        let mut child = self.spawn(&["cat-file", "blob", blob])?;
        let mut bytes = Vec::new();
        if let Some(stdout) = child.stdout.take() {
            stdout.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        }
        let output = child.wait_with_output()?;
        if output.status.success() || bytes.len() > MAX_BYTES {
            return Ok(bytes);
        }
        Err(io::Error::other(format!(
            "git says: {}",
            said(&output.stderr)
        )))
    }

    /// Settings that switch off every filter that is configured, since filters are programs.
    fn without_filters(&self) -> Result<Vec<String>, Stop> {
        let args = [
            "config",
            "--null",
            "--name-only",
            "--get-regexp",
            "^filter\\.",
        ];
        let names = self.try_text(&args)?.unwrap_or_default();
        let mut settings = Vec::new();
        for name in names.split(|byte| *byte == 0) {
            let name = String::from_utf8_lossy(name);
            match name.rsplit_once('.') {
                Some((_, "clean" | "smudge" | "process")) => settings.push(format!("{name}=")),
                Some((_, "required")) => settings.push(format!("{name}=false")),
                _ => {}
            }
        }
        Ok(settings)
    }

    /// What a command prints.
    fn text(&self, args: &[&str]) -> Result<Vec<u8>, Stop> {
        let output = self.start(args)?.wait_with_output();
        let output = output.map_err(|error| self.failed(&error.to_string()))?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(self.failed(&said(&output.stderr))),
        }
    }

    /// What a command prints, if it succeeds.
    fn try_text(&self, args: &[&str]) -> Result<Option<Vec<u8>>, Stop> {
        let output = self.start(args)?.wait_with_output();
        let output = output.map_err(|error| self.failed(&error.to_string()))?;
        Ok(output.status.success().then_some(output.stdout))
    }

    fn start(&self, args: &[&str]) -> Result<Child, Stop> {
        let flag = self.flag;
        self.spawn(args).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Stop(format!(
                "`{flag}` needs git, and there is no `git` on the PATH; without the flag everything is linted"
            )),
            _ => self.failed(&error.to_string()),
        })
    }

    fn spawn(&self, args: &[&str]) -> io::Result<Child> {
        let mut command = Command::new("git");
        command.args(["--no-pager", "-c", "core.fsmonitor=false"]);
        command.args([
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.quotePath=true",
        ]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        if !self.folder.as_os_str().is_empty() {
            command.current_dir(&self.folder);
        }
        command
            .args(args)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }

    fn end(&self, child: Child) -> Result<(), Stop> {
        let output = child.wait_with_output();
        let output = output.map_err(|error| self.failed(&error.to_string()))?;
        match output.status.success() {
            true => Ok(()),
            false => Err(self.failed(&said(&output.stderr))),
        }
    }

    fn failed(&self, said: &str) -> Stop {
        Stop(format!("`{}` asked git, which says: {said}", self.flag))
    }
}

impl Range {
    /// The arguments of `git diff` that compare what is meant, and run nothing.
    fn diff_args(&self) -> impl Iterator<Item = &str> {
        let fixed = [
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--find-renames",
            "--ignore-submodules=all",
        ];
        let last = match self {
            Range::Since(commit) => commit.as_str(),
            Range::Staged => "--cached",
        };
        fixed.into_iter().chain([last, "--"])
    }
}

/// The last words of git, on one line.
fn said(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().find(|line| !line.trim().is_empty());
    line.unwrap_or("nothing").trim().to_owned()
}

fn word(text: &[u8]) -> String {
    String::from_utf8_lossy(text.trim_ascii()).into_owned()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

//! ShellCheck, asked as a child process: one for each script, which reads the script from standard input.
//!
//! It reads no file, no configuration and no variable of its own, has a limited time, and what it says on standard
//! error goes nowhere. Scripts that are the same are shown once.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::diagnostic::{Problem, Severity};
use crate::engine::outside::{LEFT_OUT, Question, Remark};
use crate::shell::Dialect;

/// How long it may think about a script.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often it is looked whether the process has ended.
const EVERY: Duration = Duration::from_millis(1);

/// The longest script that it gets, in bytes.
const MAX_SCRIPT: usize = 256 << 10;

/// The longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 32 << 20;

/// After how many scripts without an answer nothing is asked any more.
const MAX_FAILURES: usize = 3;

/// A ShellCheck that can be asked.
pub(super) struct ShellCheck {
    program: PathBuf,
    patience: Duration,
    hasher: RandomState,
    state: Mutex<State>,
}

/// A script: its language, hash and length.
type Key = (Dialect, u64, usize);

/// What was said of a script; nothing where there was no answer.
type Said = Option<Arc<Vec<Remark>>>;

#[derive(Default)]
struct State {
    said: HashMap<Key, Said>,
    failures: BTreeSet<Problem>,
}

impl ShellCheck {
    /// The program of that name in the folders of `PATH`. Those that are relative are left out: what stands in the
    /// working directory is not run.
    pub(super) fn find() -> Option<ShellCheck> {
        let path = std::env::var_os("PATH")?;
        let name = format!("shellcheck{}", std::env::consts::EXE_SUFFIX);
        let mut folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
        let program = folders.find_map(|folder| {
            let program = folder.join(&name);
            is_program(&program).then_some(program)
        });
        program.map(|program| ShellCheck::new(program, PATIENCE))
    }

    fn new(program: PathBuf, patience: Duration) -> ShellCheck {
        ShellCheck {
            program,
            patience,
            hasher: RandomState::new(),
            state: Mutex::default(),
        }
    }

    /// What it says of a script; `None` when it gives no answer, which is then among the [`problems`](Self::problems).
    pub(super) fn ask(&self, question: &Question<'_>) -> Option<Vec<Remark>> {
        if question.text.len() > MAX_SCRIPT {
            return None;
        }
        let hash = self.hasher.hash_one(question.text);
        let key = (question.dialect, hash, question.text.len());
        {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = state.said.get(&key) {
                return known.as_ref().map(|remarks| remarks.to_vec());
            }
            if state.failures.len() >= MAX_FAILURES {
                return None;
            }
        }
        let answer = self.run(question.dialect, question.text);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = match answer {
            Ok(remarks) => Some(Arc::new(remarks)),
            Err(fault) => {
                state.failures.insert(Problem {
                    path: Some(question.source.display_path()),
                    message: format!("ShellCheck ({}) {fault}", self.program.display()),
                });
                None
            }
        };
        state.said.insert(key, answer.clone());
        answer.map(|remarks| remarks.to_vec())
    }

    /// What it gave no answer to.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut problems: Vec<Problem> = state.failures.iter().cloned().collect();
        if problems.len() >= MAX_FAILURES {
            let message = format!(
                "ShellCheck failed {} times and was not asked any more; `shell: {{shellcheck: off}}` does without it",
                problems.len()
            );
            problems.push(Problem {
                path: None,
                message,
            });
        }
        problems
    }

    /// Runs the program; an error is what it did, as a sentence goes on behind its name.
    fn run(&self, dialect: Dialect, text: &str) -> Result<Vec<Remark>, String> {
        let until = Instant::now() + self.patience;
        let mut child = self
            .start(dialect)
            .map_err(|error| format!("cannot be started: {error}"))?;
        let answer = converse(&mut child, text, until);
        if answer.is_err() {
            // It may have ended by itself.
            let _ = child.kill();
        }
        let status = ended(&mut child, until);
        match (answer, status) {
            (Err(Silence::TooLong), _) => {
                Err(format!("answered with more than {} MB", MAX_ANSWER >> 20))
            }
            (Err(Silence::Late), _) | (_, None) => Err(format!(
                "gave no answer within {} s and was stopped",
                self.patience.as_secs_f32()
            )),
            (Err(Silence::Failed(error)), _) => Err(format!("could not be asked: {error}")),
            (Ok(answer), Some(status)) => read(&answer, status, text),
        }
    }

    fn start(&self, dialect: Dialect) -> io::Result<Child> {
        let shell = match dialect {
            Dialect::Bash => "bash",
            Dialect::Ksh => "ksh",
            _ => "sh",
        };
        Command::new(&self.program)
            .args(["--norc", "--format=json1"])
            .arg(format!("--shell={shell}"))
            .arg(format!("--exclude={}", LEFT_OUT.join(",")))
            .arg("-")
            .env_remove("SHELLCHECK_OPTS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let metadata = path.metadata();
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// Why there is no answer.
enum Silence {
    /// It takes too long.
    Late,
    /// There is no end to it.
    TooLong,
    /// The system does not let us.
    Failed(io::Error),
}

/// Gives a process its input and takes its output. The threads for both outlive it where something that the process
/// started keeps them busy.
fn converse(child: &mut Child, text: &str, until: Instant) -> Result<Vec<u8>, Silence> {
    if let Some(mut stdin) = child.stdin.take() {
        let text = text.to_owned();
        // Whoever does not want all of it closes the pipe.
        let write = move || drop(stdin.write_all(text.as_bytes()));
        let writer = thread::Builder::new().spawn(write);
        writer.map_err(Silence::Failed)?;
    }
    let (sender, receiver) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        let read = move || {
            let mut answer = Vec::new();
            let all = stdout.take(MAX_ANSWER + 1).read_to_end(&mut answer);
            // Nobody waits any more when it is late.
            let _ = sender.send(all.map(|_| answer));
        };
        let reader = thread::Builder::new().spawn(read);
        reader.map_err(Silence::Failed)?;
    }
    match receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(Ok(answer)) if answer.len() as u64 > MAX_ANSWER => Err(Silence::TooLong),
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(Silence::Failed(error)),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(Silence::Late),
    }
}

/// How a process ended; `None` when it had to be stopped.
fn ended(child: &mut Child, until: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => thread::sleep(EVERY),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
    }
}

/// Reads an answer in ShellCheck's format `json1`: lines and columns count from 1, columns in characters.
fn read(answer: &[u8], status: ExitStatus, text: &str) -> Result<Vec<Remark>, String> {
    // 1 means findings; what is above is a flag, or a format, that it does not know.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(format!(
            "ended with {status}; it has to be ShellCheck 0.7 or newer"
        ));
    }
    let wrong = || "answered with something else than its format `json1`".to_owned();
    let answer: Value = serde_json::from_slice(answer).map_err(|_| wrong())?;
    let comments = answer["comments"].as_array().ok_or_else(wrong)?;
    let lines: Vec<Range<usize>> = lines(text);
    let remark = |comment: &Value| {
        let number = |key: &str| usize::try_from(comment[key].as_u64()?).ok();
        let start = place(text, &lines, number("line")?, number("column")?)?;
        let end = place(text, &lines, number("endLine")?, number("endColumn")?)?;
        Some(Remark {
            code: format!("SC{:04}", number("code")?).into(),
            severity: match comment["level"].as_str() {
                Some("error") => Severity::Error,
                Some("warning") => Severity::Warning,
                _ => Severity::Info,
            },
            message: comment["message"].as_str()?.to_owned(),
            range: start..end.max(start),
        })
    };
    Ok(comments.iter().filter_map(remark).collect())
}

/// The bytes of each line, without its break.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let line = |line: &str| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    };
    text.split('\n').map(line).collect()
}

/// The byte of a line and column.
fn place(text: &str, lines: &[Range<usize>], line: usize, column: usize) -> Option<usize> {
    let line = lines.get(line.checked_sub(1)?)?;
    let column = column.checked_sub(1)?;
    let content = text.get(line.clone())?;
    let mut places = content.char_indices().map(|(at, _)| line.start + at);
    // A column behind the last one is the end.
    Some(places.nth(column).unwrap_or(line.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let text = "é\tx\n\nyz";
        let lines = lines(text);
        assert_eq!(place(text, &lines, 1, 3), Some(3));
        assert_eq!(place(text, &lines, 1, 9), Some(4));
        assert_eq!(place(text, &lines, 2, 1), Some(5));
        assert_eq!(place(text, &lines, 3, 2), Some(7));
        assert_eq!(place(text, &lines, 4, 1), None);
        assert_eq!(place(text, &lines, 0, 1), None);
    }

    #[cfg(unix)]
    mod stand_in {
        use std::os::unix::fs::PermissionsExt;

        use super::super::*;
        use crate::text::{FileId, SourceFile};

        /// Programs that are no ShellCheck, and what they are called when they are asked.
        fn asked(name: &str, script: &str) -> (Option<Vec<Remark>>, Vec<String>) {
            let folder = std::env::temp_dir().join(format!("dockworthy-{}", std::process::id()));
            std::fs::create_dir_all(&folder).expect("writable");
            let program = folder.join(name);
            std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("writable");
            let mode = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&program, mode).expect("it is ours");
            let shellcheck = ShellCheck::new(program.clone(), Duration::from_secs(2));
            let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), "FROM a\n");
            let question = Question {
                source: &source,
                dialect: Dialect::Posix,
                text: "echo é; ls",
            };
            let remarks = shellcheck.ask(&question);
            assert_eq!(
                shellcheck.ask(&question),
                remarks,
                "the second answer is the first"
            );
            let problems = shellcheck.problems().into_iter();
            let shown = program.display().to_string();
            let problems = problems.map(|problem| problem.message.replace(&shown, "it"));
            std::fs::remove_file(&program).expect("it is ours");
            (remarks, problems.collect())
        }

        #[test]
        fn what_is_no_answer_is_told() {
            for (name, script, wanted) in [
                (
                    "prose",
                    "cat; echo 'all fine'",
                    "answered with something else than its format `json1`",
                ),
                (
                    "nothing",
                    "exit 0",
                    "answered with something else than its format `json1`",
                ),
                (
                    "old",
                    "echo 'no such flag' >&2; exit 4",
                    "ended with exit status: 4; it has to be ShellCheck 0.7 or newer",
                ),
                ("endless", "cat /dev/zero", "answered with more than 32 MB"),
                (
                    "hanging",
                    "exec sleep 60",
                    "gave no answer within 2 s and was stopped",
                ),
                (
                    "lingering",
                    "exec >&-; exec sleep 60",
                    "gave no answer within 2 s and was stopped",
                ),
                (
                    "leaving-others",
                    "sleep 60 & exit 0",
                    "gave no answer within 2 s and was stopped",
                ),
            ] {
                let begin = Instant::now();
                let (remarks, problems) = asked(name, script);
                assert_eq!(remarks, None, "{name}");
                assert_eq!(problems, [format!("ShellCheck (it) {wanted}")], "{name}");
                assert!(begin.elapsed() < Duration::from_secs(30), "{name}");
            }
        }

        #[test]
        fn an_answer_is_read() {
            let comment = |code: u32, line: u32, column: u32| {
                format!(
                    r#"{{"file":"-","line":{line},"endLine":{line},"column":{column},"endColumn":{},"level":"style","code":{code},"message":"x.","fix":null}}"#,
                    column + 2
                )
            };
            let (known, lost) = (comment(2012, 1, 9), comment(2013, 7, 1));
            let script = format!("echo '{{\"comments\":[{known},{lost}]}}'; exit 1");
            let (remarks, problems) = asked("answering", &script);
            let wanted = Remark {
                code: "SC2012".into(),
                severity: Severity::Info,
                message: "x.".to_owned(),
                range: 9..11,
            };
            assert_eq!(remarks, Some(vec![wanted]));
            assert!(problems.is_empty());
        }
    }
}

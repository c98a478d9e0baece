//! How far a run is, for whoever waits at a terminal.
//!
//! One line on standard error that is written over and over and wiped away in the end. It is shown only
//! there, only when the run has taken a second, and costs a run without a terminal nothing.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a run takes before anything is shown.
const AFTER: Duration = Duration::from_secs(1);

/// How long a line stays as it is.
const EVERY: Duration = Duration::from_millis(100);

/// Goes to the beginning of the line and wipes it away.
const WIPE: &str = "\r\x1b[2K";

/// Counts the files of a run.
#[derive(Debug)]
pub(super) struct Progress {
    started: Instant,
    done: AtomicUsize,
    /// The line, where there is a terminal to show it on.
    line: Option<Mutex<Line>>,
}

impl Progress {
    /// Progress of a run that begins now, shown if standard error is a terminal that can wipe a line away
    /// and `is_quiet` is false.
    pub(super) fn new(is_quiet: bool) -> Progress {
        let is_shown = !is_quiet
            && std::io::stderr().is_terminal()
            && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Progress {
            started: Instant::now(),
            done: AtomicUsize::new(0),
            line: is_shown.then(Mutex::default),
        }
    }

    /// Begins to count from nothing to `all` files, 0 where nobody knows; what is done to each from now on is called
    /// `verb`.
    pub(super) fn begin(&self, verb: &'static str, all: usize) {
        if let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::lock) {
            line.verb = verb;
            line.all = all;
            self.done.store(0, Ordering::Relaxed);
        }
    }

    /// Says that work on one more file begins, so that those before it are done.
    pub(super) fn next(&self) {
        if let Some(line) = &self.line {
            self.show(line, self.done.fetch_add(1, Ordering::Relaxed));
        }
    }

    /// Says that something was met on the way, and whether it is one more file.
    pub(super) fn met(&self, is_ours: bool) {
        if let Some(line) = &self.line {
            let more = usize::from(is_ours);
            self.show(line, self.done.fetch_add(more, Ordering::Relaxed) + more);
        }
    }

    fn show(&self, line: &Mutex<Line>, done: usize) {
        // While one thread draws the others have better things to do.
        let Ok(mut line) = line.try_lock() else {
            return;
        };
        if let Some(text) = line.draw(self.started.elapsed(), done) {
            show(&text);
        }
    }

    /// Wipes the line away, before anything else is printed.
    pub(super) fn clear(&self) {
        if let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::lock)
            && let Some(text) = line.wipe()
        {
            show(text);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn show(text: &str) {
    let mut stderr = std::io::stderr().lock();
    // Progress that cannot be shown is no reason to stop.
    let _ = stderr.write_all(text.as_bytes());
    let _ = stderr.flush();
}

/// What stands on the line, and since when.
#[derive(Debug, Default)]
struct Line {
    verb: &'static str,
    all: usize,
    drawn: Option<Duration>,
}

impl Line {
    /// What to write so that the line says how much is done, if it is time for that.
    fn draw(&mut self, elapsed: Duration, done: usize) -> Option<String> {
        let is_due = self.drawn.is_none_or(|drawn| elapsed >= drawn + EVERY);
        if elapsed < AFTER || !is_due {
            return None;
        }
        self.drawn = Some(elapsed);
        let Line { verb, all, .. } = self;
        Some(match all {
            0 => format!("{WIPE}{verb} {done} files"),
            all => format!("{WIPE}{verb} {done} of {all} files"),
        })
    }

    /// What to write so that nothing stands there, if anything does.
    fn wipe(&mut self) -> Option<&'static str> {
        self.drawn.take().map(|_| WIPE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            verb: "linted",
            all: 10,
            drawn: None,
        }
    }

    fn milliseconds(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let mut line = line();
        assert_eq!(line.draw(milliseconds(999), 9), None);
        assert_eq!(line.wipe(), None);
    }

    #[test]
    fn what_nobody_has_counted_has_no_end() {
        let mut line = Line {
            verb: "found",
            all: 0,
            drawn: None,
        };
        let drawn = line.draw(milliseconds(1500), 12);
        assert_eq!(drawn.as_deref(), Some("\r\x1b[2Kfound 12 files"));
    }

    #[test]
    fn a_long_run_is_shown_ten_times_a_second_and_wiped_away_once() {
        let mut line = line();
        let drawn = line.draw(milliseconds(1000), 3);
        assert_eq!(drawn.as_deref(), Some("\r\x1b[2Klinted 3 of 10 files"));
        assert_eq!(line.draw(milliseconds(1099), 4), None);
        assert!(line.draw(milliseconds(1100), 5).is_some());
        assert_eq!(line.wipe(), Some("\r\x1b[2K"));
        assert_eq!(line.wipe(), None);
    }
}

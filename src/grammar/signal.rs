//! Signals by name or number, as `STOPSIGNAL`, `docker run --stop-signal` and Compose's `stop_signal` take them.
//!
//! Grammar and names after `ParseSignal` of moby/sys (`signal/signal.go`, `signal/signal_linux.go`); numbers
//! are those of Linux on x86 and ARM (signal(7)).

/// A signal by its number, from 1 to 64.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Signal(pub u8);

impl Signal {
    /// Ends a process at once; no process can do anything about it.
    pub const KILL: Signal = Signal(9);
    /// Asks a process to end.
    pub const TERM: Signal = Signal(15);
    /// Stops a process until it is told to go on; no process can do anything about it.
    pub const STOP: Signal = Signal(19);
    /// Asks nginx and others to end when they are done.
    pub const QUIT: Signal = Signal(3);
    /// Asks systemd to shut down.
    pub const RTMIN_PLUS_3: Signal = Signal(FIRST_REAL_TIME + 3);

    /// Reads a name, with `SIG` in front or without, in any case, or a number.
    pub fn parse(text: &str) -> Option<Signal> {
        if let Ok(number) = text.parse::<u8>() {
            return (1..=LAST_REAL_TIME)
                .contains(&number)
                .then_some(Signal(number));
        }
        let upper = text.to_ascii_uppercase();
        let name = upper.strip_prefix("SIG").unwrap_or(&upper);
        let named = NAMES.iter().find(|(known, _)| *known == name);
        let real_time = || {
            let behind = |prefix: &str| {
                let digits = name.strip_prefix(prefix)?;
                let is_plain =
                    !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
                is_plain.then(|| digits.parse::<u8>().ok()).flatten()
            };
            match name {
                "RTMIN" => Some(FIRST_REAL_TIME),
                "RTMAX" => Some(LAST_REAL_TIME),
                _ => behind("RTMIN+")
                    .filter(|above| *above <= 15)
                    .map(|above| FIRST_REAL_TIME + above)
                    .or_else(|| {
                        behind("RTMAX-")
                            .filter(|below| *below <= 14)
                            .map(|below| LAST_REAL_TIME - below)
                    }),
            }
        };
        named
            .map(|(_, number)| *number)
            .or_else(real_time)
            .map(Signal)
    }

    /// The name that is spelled most like a text, without `SIG`.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}

/// The first signal that programs can use as they like; two below are taken by the C library.
const FIRST_REAL_TIME: u8 = 34;

/// The last of them.
const LAST_REAL_TIME: u8 = 64;

/// Names without `SIG`.
const NAMES: &[(&str, u8)] = &[
    ("ABRT", 6),
    ("ALRM", 14),
    ("BUS", 7),
    ("CHLD", 17),
    ("CLD", 17),
    ("CONT", 18),
    ("FPE", 8),
    ("HUP", 1),
    ("ILL", 4),
    ("INT", 2),
    ("IO", 29),
    ("IOT", 6),
    ("KILL", 9),
    ("PIPE", 13),
    ("POLL", 29),
    ("PROF", 27),
    ("PWR", 30),
    ("QUIT", 3),
    ("SEGV", 11),
    ("STKFLT", 16),
    ("STOP", 19),
    ("SYS", 31),
    ("TERM", 15),
    ("TRAP", 5),
    ("TSTP", 20),
    ("TTIN", 21),
    ("TTOU", 22),
    ("URG", 23),
    ("USR1", 10),
    ("USR2", 12),
    ("VTALRM", 26),
    ("WINCH", 28),
    ("XCPU", 24),
    ("XFSZ", 25),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        for (text, number) in [
            ("SIGTERM", 15),
            ("TERM", 15),
            ("sigTerm", 15),
            ("15", 15),
            ("+9", 9),
            ("SIGRTMIN+3", 37),
            ("rtmin", 34),
            ("RTMAX-14", 50),
            ("SIGRTMAX", 64),
            ("64", 64),
        ] {
            assert_eq!(Signal::parse(text), Some(Signal(number)), "{text}");
        }
        for text in [
            "",
            "SIG",
            "0",
            "65",
            "-1",
            "SIGTERMINATE",
            "SIGSIGTERM",
            "RTMIN+16",
            "RTMIN+",
            "RTMIN+03",
            "RTMAX-15",
            "RTMIN-1",
            "SIGTERM # end",
            "\"SIGTERM\"",
            "300",
        ] {
            assert_eq!(Signal::parse(text), None, "{text}");
        }
    }
}

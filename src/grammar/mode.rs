//! File modes as `chmod` takes them: octal (`4755`) and symbolic (`u+s,go-w`).
//!
//! POSIX `chmod`, which `install -m`, `mkdir -m` and the `--chmod` of `COPY` and `ADD` share. A symbolic mode
//! is a change: what it leaves alone is not known here.

/// The bit that runs a program as the owner of its file.
pub const SETUID: u32 = 0o4000;
/// The bit that runs a program as the group of its file, and that new files of a folder take the group from.
pub const SETGID: u32 = 0o2000;
/// The bit that keeps users from deleting each other's files in a folder.
pub const STICKY: u32 = 0o1000;
/// The bit that lets everybody write.
pub const OTHERS_WRITE: u32 = 0o0002;

/// A file mode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// All bits, by a number in base 8.
    Octal(u32),
    /// A change of some bits.
    Symbolic(Symbolic),
}

/// What a symbolic mode changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Symbolic {
    /// The bits that are set in the end, whatever they were.
    pub set: u32,
    /// The bits that are set where the umask allows it: nobody is named in front of `+` or `=`.
    pub masked: u32,
}

impl Mode {
    /// Reads a mode; `None` for anything else, a variable for example.
    pub fn parse(text: &str) -> Option<Mode> {
        const MAX_DIGITS: usize = 8;
        let is_octal = |byte: u8| (b'0'..=b'7').contains(&byte);
        if !text.is_empty() && text.len() <= MAX_DIGITS && text.bytes().all(is_octal) {
            return u32::from_str_radix(text, 8).ok().map(Mode::Octal);
        }
        symbolic(text).map(Mode::Symbolic)
    }

    /// The bits, if the mode says all of them.
    pub fn octal(self) -> Option<u32> {
        match self {
            Mode::Octal(bits) => Some(bits),
            Mode::Symbolic(_) => None,
        }
    }

    /// Whether the mode sets one of these bits for sure.
    pub fn sets(self, bits: u32) -> bool {
        match self {
            Mode::Octal(all) => all & bits != 0,
            Mode::Symbolic(symbolic) => symbolic.set & bits != 0,
        }
    }

    /// Whether the mode sets one of these bits where the umask allows it.
    pub fn sets_masked(self, bits: u32) -> bool {
        match self {
            Mode::Octal(_) => false,
            Mode::Symbolic(symbolic) => symbolic.masked & bits != 0,
        }
    }
}

/// Clauses between commas: who, then operators with what.
fn symbolic(text: &str) -> Option<Symbolic> {
    let mut mode = Symbolic::default();
    for clause in text.split(',') {
        let operators = clause.find(['+', '-', '='])?;
        let (who, mut actions) = clause.split_at(operators);
        let mut whom = 0;
        for letter in who.bytes() {
            whom |= match letter {
                b'u' => 0o4700,
                b'g' => 0o2070,
                b'o' => 0o1007,
                b'a' => 0o7777,
                _ => return None,
            };
        }
        let is_masked = whom == 0;
        if is_masked {
            whom = 0o7777;
        }
        while let Some(operator) = actions.bytes().next() {
            let rest = &actions[1..];
            let end = rest.find(['+', '-', '=']).unwrap_or(rest.len());
            let (what, behind) = rest.split_at(end);
            actions = behind;
            let bits = permissions(what)? & whom;
            if operator != b'+' {
                let cleared = if operator == b'=' { whom } else { bits };
                mode.set &= !cleared;
                mode.masked &= !cleared;
            }
            if operator != b'-' {
                // The umask has no say in what is not reading, writing or running.
                let masked = if is_masked { bits & 0o777 } else { 0 };
                mode.masked |= masked;
                mode.set |= bits & !masked;
            }
        }
    }
    Some(mode)
}

/// The bits that letters stand for, for everybody. What is copied from another class (`g=u`) is not known, so
/// that it counts as nothing.
fn permissions(letters: &str) -> Option<u32> {
    let mut bits = 0;
    for letter in letters.bytes() {
        bits |= match letter {
            b'r' => 0o444,
            b'w' => 0o222,
            b'x' | b'X' => 0o111,
            b's' => SETUID | SETGID,
            b't' => STICKY,
            b'u' | b'g' | b'o' => 0,
            _ => return None,
        };
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_octal() {
        assert_eq!(Mode::parse("755"), Some(Mode::Octal(0o755)));
        assert_eq!(Mode::parse("01777"), Some(Mode::Octal(0o1777)));
        for text in ["", "8", "0o755", "$MODE", "file", "777777777"] {
            assert_eq!(Mode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn letters_change_bits() {
        for (text, set, masked) in [
            ("+x", 0, 0o111),
            ("a+rwx", 0o777, 0),
            ("u+s", SETUID, 0),
            ("+s", SETUID | SETGID, 0),
            ("g+s,o+w", SETGID | OTHERS_WRITE, 0),
            ("u=rwx,g=rx,o=", 0o750, 0),
            ("ugo+w,o-w", 0o220, 0),
            ("g=u", 0, 0),
            ("+t", STICKY, 0),
            ("u+s-s", 0, 0),
            ("=", 0, 0),
            ("u+rw-x", 0o600, 0),
        ] {
            let wanted = Mode::Symbolic(Symbolic { set, masked });
            assert_eq!(Mode::parse(text), Some(wanted), "{text}");
        }
        for text in ["x", "u", "+q", "z+x", "u+x,", ","] {
            assert_eq!(Mode::parse(text), None, "{text}");
        }
        assert!(Mode::parse("+w").is_some_and(|mode| mode.sets_masked(OTHERS_WRITE)));
    }
}

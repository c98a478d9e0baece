//! A hash for names that outlive a run: the same on every machine and in every version.
//!
//! Not for: hash tables, or anything that somebody could want to forge.

/// The FNV-1a hash with 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds the words of a text, so that blanks and line ends make no difference, and no more than its first
    /// `limit` characters, so that a text of megabytes costs no more than another.
    pub fn write_words(&mut self, text: &str, limit: usize) {
        let end = match text.len() > limit {
            true => text.char_indices().nth(limit),
            false => None,
        };
        let text = end.map_or(text, |(end, _)| &text[..end]);
        if text.is_ascii() {
            self.write_ascii_words(text.as_bytes());
            return;
        }
        for word in text.split_whitespace() {
            self.write(word.as_bytes());
            self.write(b" ");
        }
    }

    /// Adds words in one pass.
    fn write_ascii_words(&mut self, text: &[u8]) {
        let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
        let mut rest = text.trim_ascii_start().iter().peekable();
        while let Some(byte) = rest.next() {
            if !is_blank(byte) {
                self.write(&[*byte]);
                if rest.peek().is_none_or(|next| is_blank(next)) {
                    self.write(b" ");
                }
            }
        }
    }

    /// The hash of all that was added.
    pub fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Fnv;

    #[test]
    fn the_hash_is_the_published_one() {
        let mut hash = Fnv::default();
        hash.write(b"foobar");
        assert_eq!(hash.value(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn blanks_and_what_lies_beyond_the_limit_do_not_count() {
        let words = |text: &str| {
            let mut hash = Fnv::default();
            hash.write_words(text, 6);
            hash.value()
        };
        assert_eq!(words(" a \t b\r\n"), words("a b"));
        assert_ne!(words("ab"), words("a b"));
        assert_eq!(words("abcdefg"), words("abcdefhh"));
        assert_eq!(words("\u{b}a \u{c}b "), words("a\u{a0}b"));
    }
}

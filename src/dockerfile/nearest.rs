//! Did you mean: the known name that a misspelt one is closest to.

/// The longest word worth comparing, in bytes.
const LONGEST: usize = 40;

/// How many candidates that look near are compared in full.
const MAX_COMPARED: usize = 32;

/// The candidate at an edit distance of at most 2, and less than half of the word; the first of the
/// nearest ones. Case does not count.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let letters = letters(word);
    let word = word.to_lowercase();
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| {
            candidate.len().abs_diff(word.len()) <= 4
                && (self::letters(candidate) ^ letters).count_ones() <= 4
        })
        .take(MAX_COMPARED)
        .map(|candidate| {
            let distance = strsim::osa_distance(&word, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= 2 && distance * 2 < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Which characters are in a word, one bit for several. One edit changes at most two of the bits.
fn letters(word: &str) -> u64 {
    word.chars()
        .map(|c| 1 << (u32::from(c.to_ascii_lowercase()) % 64))
        .fold(0, |set, bit: u64| set | bit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_near_miss_is_found() {
        assert_eq!(nearest("RNU", ["RUN", "ENV"]), Some("RUN"));
        assert_eq!(nearest("form", ["chown", "from"]), Some("from"));
    }

    #[test]
    fn a_far_word_is_not() {
        assert_eq!(nearest("VARIABLE", ["ABCDEFGH", "IJKLMNOP"]), None);
        assert_eq!(nearest("apt-get", ["ARG", "RUN"]), None);
        assert_eq!(nearest("ab", ["cd"]), None);
        assert_eq!(nearest("", ["RUN"]), None);
    }
}

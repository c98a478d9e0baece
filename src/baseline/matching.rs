//! Which findings a baseline knows.
//!
//! In one file, a finding is the one that was accepted when its rule and offending text are the same and, if there is
//! a choice, its line as well; or when rule and line are, since a later version may point at another part of it; or
//! when rule and message are, since what the message names may matter more than what it points at. A
//! file that is gone is looked for among those with findings that nothing accounts for: one that has at least half of
//! what was known there, or is half known by it, is the same file under another name. A finding that is mended in a
//! file that is still there never excuses one in another.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::{Baseline, Entry, Mark};
use crate::text::fnv::Fnv;
use crate::text::order;

/// The most pairs of files that one kind of finding may speak for. What is everywhere tells nothing.
const MAX_PAIRS: usize = 100_000;

/// A finding of a run.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Seen<'s> {
    /// The file, in the manner of [`Entry::path`].
    pub path: &'s str,
    /// The rule's id.
    pub rule: &'s str,
    /// What it is known by.
    pub mark: Mark,
    /// What it says.
    pub message: &'s str,
}

/// What a baseline says about the findings of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Matched {
    /// For each finding whether it was known.
    pub known: Vec<bool>,
    /// For each entry how many of its findings were not met.
    pub left: Vec<usize>,
}

/// Finds the known ones among the findings of a run. `is_gone` says of a path whether there is no such file.
pub fn matched(baseline: &Baseline, seen: &[Seen<'_>], is_gone: impl Fn(&str) -> bool) -> Matched {
    let entries = baseline.entries();
    let mut matching = Matching {
        entries,
        seen,
        result: Matched {
            known: vec![false; seen.len()],
            left: entries.iter().map(|entry| entry.count).collect(),
        },
    };
    let of_path = |index: usize| entries[index].path.as_str();
    let all_entries: Vec<usize> = (0..entries.len()).collect();
    let all_seen: Vec<usize> = (0..seen.len()).collect();
    matching.account(&all_entries, &all_seen, of_path, |number| seen[number].path);

    let mut gone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut is_known_gone: HashMap<&str, bool> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let is_gone = || is_gone(&entry.path);
        if matching.result.left[index] > 0
            && *is_known_gone.entry(&entry.path).or_insert_with(is_gone)
        {
            gone.entry(&entry.path).or_default().push(index);
        }
    }
    if gone.is_empty() {
        return matching.result;
    }
    let mut fresh: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, seen) in seen.iter().enumerate() {
        if !matching.result.known[number] {
            fresh.entry(seen.path).or_default().push(number);
        }
    }
    for (old, new) in renamed(&matching, &gone, &fresh) {
        matching.account(&gone[old], &fresh[new], |_| "", |_| "");
    }
    matching.result
}

struct Matching<'m> {
    entries: &'m [Entry],
    seen: &'m [Seen<'m>],
    result: Matched,
}

impl<'m> Matching<'m> {
    /// Strikes out entries and findings that are the same, best first. `group_of_*` say which may meet.
    fn account<G: Hash + Eq>(
        &mut self,
        entries: &[usize],
        seen: &[usize],
        group_of_entry: impl Fn(usize) -> G,
        group_of_seen: impl Fn(usize) -> G,
    ) {
        type Key<'k> = fn(Mark, &'k str) -> (Option<u64>, Option<u64>, &'k str);
        let keys: [Key<'m>; 4] = [
            |mark, _| (Some(mark.text), Some(mark.line), ""),
            |mark, _| (Some(mark.text), None, ""),
            |mark, _| (None, Some(mark.line), ""),
            |_, message| (None, None, message),
        ];
        for key in keys {
            let mut open: HashMap<_, Vec<usize>> = HashMap::new();
            for index in entries.iter().rev() {
                let entry = &self.entries[*index];
                if self.result.left[*index] > 0 {
                    let key = (
                        group_of_entry(*index),
                        &*entry.rule,
                        key(entry.mark, &entry.message),
                    );
                    open.entry(key).or_default().push(*index);
                }
            }
            for number in seen {
                if self.result.known[*number] {
                    continue;
                }
                let finding = &self.seen[*number];
                let key = (
                    group_of_seen(*number),
                    finding.rule,
                    key(finding.mark, finding.message),
                );
                let Some(indices) = open.get_mut(&key) else {
                    continue;
                };
                if let Some(index) = indices.last() {
                    self.result.known[*number] = true;
                    self.result.left[*index] -= 1;
                    if self.result.left[*index] == 0 {
                        indices.pop();
                    }
                }
            }
        }
    }

    /// Everything known of some entries, as one number.
    fn sum_of_entries(&self, indices: &[usize]) -> u64 {
        let marks = indices.iter().flat_map(|index| {
            let entry = &self.entries[*index];
            std::iter::repeat_n((&*entry.rule, entry.mark), self.result.left[*index])
        });
        sum(marks.collect())
    }

    fn sum_of_seen(&self, numbers: &[usize]) -> u64 {
        let marks = numbers.iter().map(|number| {
            let seen = &self.seen[*number];
            (seen.rule, seen.mark)
        });
        sum(marks.collect())
    }
}

fn sum(mut marks: Vec<(&str, Mark)>) -> u64 {
    order::sort(&mut marks);
    let mut hash = Fnv::default();
    for (rule, mark) in marks {
        hash.write(rule.as_bytes());
        hash.write(&mark.text.to_le_bytes());
        hash.write(&mark.line.to_le_bytes());
    }
    hash.value()
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Which file that is gone became which: each at most one, and the other way round.
fn renamed<'m>(
    matching: &Matching<'m>,
    gone: &BTreeMap<&'m str, Vec<usize>>,
    fresh: &BTreeMap<&'m str, Vec<usize>>,
) -> Vec<(&'m str, &'m str)> {
    let mut pairs = Vec::new();
    // Folders that were moved: the same name and all of the same findings, in the same order.
    let mut by_sum: HashMap<(&str, u64), Vec<&'m str>> = HashMap::new();
    for (path, numbers) in fresh.iter().rev() {
        let key = (name_of(path), matching.sum_of_seen(numbers));
        by_sum.entry(key).or_default().push(path);
    }
    let mut old_left: Vec<&'m str> = Vec::new();
    for (path, indices) in gone {
        let key = (name_of(path), matching.sum_of_entries(indices));
        match by_sum.get_mut(&key).and_then(Vec::pop) {
            Some(new) => pairs.push((*path, new)),
            None => old_left.push(path),
        }
    }
    let mut new_left: Vec<&'m str> = by_sum.into_values().flatten().collect();
    order::sort(&mut new_left);
    pairs.extend(alike(matching, gone, &old_left, fresh, &new_left));
    pairs
}

/// Pairs files that share enough of what is found in them, those that share most first.
fn alike<'m>(
    matching: &Matching<'m>,
    gone: &BTreeMap<&'m str, Vec<usize>>,
    old_left: &[&'m str],
    fresh: &BTreeMap<&'m str, Vec<usize>>,
    new_left: &[&'m str],
) -> Vec<(&'m str, &'m str)> {
    // How many findings with one rule and offending text each file has.
    type Kinds<'k> = BTreeMap<(&'k str, u64), BTreeMap<usize, usize>>;
    let mut old_kinds: Kinds<'_> = BTreeMap::new();
    let mut old_total = vec![0; old_left.len()];
    for (old, path) in old_left.iter().enumerate() {
        for index in &gone[path] {
            let entry = &matching.entries[*index];
            let count = matching.result.left[*index];
            let files = old_kinds.entry((&entry.rule, entry.mark.text)).or_default();
            *files.entry(old).or_default() += count;
            old_total[old] += count;
        }
    }
    let mut new_kinds: Kinds<'_> = BTreeMap::new();
    let mut new_total = vec![0; new_left.len()];
    for (new, path) in new_left.iter().enumerate() {
        for number in &fresh[path] {
            let seen = &matching.seen[*number];
            let files = new_kinds.entry((seen.rule, seen.mark.text)).or_default();
            *files.entry(new).or_default() += 1;
            new_total[new] += 1;
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (kind, olds) in &old_kinds {
        let Some(news) = new_kinds.get(kind) else {
            continue;
        };
        if olds.len() * news.len() > MAX_PAIRS {
            continue;
        }
        for (old, in_old) in olds {
            for (new, in_new) in news {
                *shared.entry((*old, *new)).or_default() += in_old.min(in_new);
            }
        }
    }
    let mut candidates: Vec<_> = shared
        .into_iter()
        .filter(|((old, new), count)| count * 2 >= old_total[*old].min(new_total[*new]))
        .collect();
    order::sort_by_key(&mut candidates, |((old, new), count)| {
        let is_renamed = name_of(old_left[*old]) != name_of(new_left[*new]);
        (std::cmp::Reverse(*count), is_renamed, *old, *new)
    });
    let mut old_taken = vec![false; old_left.len()];
    let mut new_taken = vec![false; new_left.len()];
    let mut pairs = Vec::new();
    for ((old, new), _) in candidates {
        if !old_taken[old] && !new_taken[new] {
            (old_taken[old], new_taken[new]) = (true, true);
            pairs.push((old_left[old], new_left[new]));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Findings as `path rule text line`, those of a baseline with a count behind. The answer: one letter for each
    /// finding, `k`nown or `n`ew, and what is left of the baseline.
    fn check(baseline: &[&str], seen: &[&str], gone: &[&str]) -> (String, usize) {
        let number = |word: &str| {
            word.bytes()
                .fold(0, |sum, byte| sum * 256 + u64::from(byte))
        };
        let mark = |words: &[&str]| Mark {
            text: number(words[2]),
            line: number(words[3]),
        };
        let entries = baseline.iter().map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            Entry {
                path: words[0].to_owned(),
                rule: words[1].to_owned(),
                message: words[2].to_uppercase(),
                mark: mark(&words),
                count: words
                    .get(4)
                    .map_or(1, |count| count.parse().expect("a number")),
            }
        });
        let baseline = Baseline::new(entries);
        let seen = seen.iter().map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            Seen {
                path: words[0],
                rule: words[1],
                mark: mark(&words),
                message: words.get(4).copied().unwrap_or(words[2]),
            }
        });
        let seen: Vec<Seen<'_>> = seen.collect();
        let matched = matched(&baseline, &seen, |path| gone.contains(&path));
        let letters = matched
            .known
            .iter()
            .map(|known| if *known { 'k' } else { 'n' });
        (letters.collect(), matched.left.iter().sum())
    }

    #[test]
    fn duplicates_are_counted() {
        let baseline = ["a r t l 2"];
        assert_eq!(
            check(&baseline, &["a r t l", "a r t l", "a r t l"], &[]),
            ("kkn".into(), 0)
        );
        assert_eq!(check(&baseline, &["a r t l"], &[]), ("k".into(), 1));
        assert_eq!(
            check(&baseline, &["a s t l", "b r t l"], &[]),
            ("nn".into(), 2)
        );
    }

    #[test]
    fn an_edited_line_keeps_its_findings_if_the_text_is_the_same() {
        assert_eq!(check(&["a r t l"], &["a r t m"], &[]), ("k".into(), 0));
        assert_eq!(check(&["a r t l"], &["a r u m"], &[]), ("n".into(), 1));
    }

    #[test]
    fn a_rule_may_point_at_another_part_of_the_line() {
        assert_eq!(check(&["a r t l"], &["a r u l"], &[]), ("k".into(), 0));
    }

    #[test]
    fn what_the_message_names_may_stay_where_all_else_changes() {
        assert_eq!(check(&["a r t l"], &["a r u m T"], &[]), ("k".into(), 0));
        assert_eq!(check(&["a r t l"], &["b r u m T"], &[]), ("n".into(), 1));
    }

    #[test]
    fn the_same_line_goes_before_another_with_the_same_text() {
        let found = check(&["a r t l"], &["a r t m", "a r t l"], &[]);
        assert_eq!(found, ("nk".into(), 0));
    }

    #[test]
    fn what_is_mended_in_one_file_does_not_excuse_another() {
        assert_eq!(check(&["a r t l"], &["b r t l"], &[]), ("n".into(), 1));
    }

    #[test]
    fn a_renamed_file_is_known() {
        assert_eq!(check(&["a r t l"], &["b r t l"], &["a"]), ("k".into(), 0));
        let baseline = ["a r t l", "a r u l", "a s t l"];
        let seen = ["b r t l", "b s t m", "b r x y"];
        assert_eq!(check(&baseline, &seen, &["a"]), ("kkn".into(), 1));
    }

    #[test]
    fn a_file_over_another_is_known() {
        let baseline = ["new r t m", "old r u l"];
        assert_eq!(check(&baseline, &["old r t m"], &["new"]), ("k".into(), 1));
    }

    #[test]
    fn one_thing_in_common_does_not_make_two_files_one() {
        let baseline = ["a r t l", "a r u l", "a r v l", "a r w l"];
        let seen = ["b r t l", "b s p q", "b s x y"];
        assert_eq!(check(&baseline, &seen, &["a"]), ("nnn".into(), 4));
    }

    #[test]
    fn a_copy_is_no_rename() {
        let found = check(&["a r t l"], &["a r t l", "b r t l"], &[]);
        assert_eq!(found, ("kn".into(), 0));
        let found = check(&["a r t l"], &["b r t l", "c r t l"], &["a"]);
        assert_eq!(found, ("kn".into(), 0));
    }

    #[test]
    fn moved_folders_are_known_file_by_file() {
        let count = 3000;
        let of = |folder: &str, number: usize| format!("{folder}/{number:04}/Dockerfile r t l");
        let old: Vec<String> = (0..count).map(|number| of("a", number)).collect();
        let new: Vec<String> = (0..count).map(|number| of("b", number)).collect();
        let gone: Vec<String> = (0..count)
            .map(|number| format!("a/{number:04}/Dockerfile"))
            .collect();
        fn all(texts: &[String]) -> Vec<&str> {
            texts.iter().map(String::as_str).collect()
        }
        let found = check(&all(&old), &all(&new), &all(&gone));
        assert_eq!(found, ("k".repeat(count), 0));
    }
}

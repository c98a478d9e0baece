//! JSON objects out of the values of a Compose file.
//!
//! Not for: which keys an object has (the files beside this one).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value, json};

use crate::compose::value::{Flag, List, Pairs, Scalar, Setting, Text, Typed};
use crate::grammar::duration::Duration;

/// A JSON object that is being filled.
#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

/// What a key without a value becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// An empty text.
    Empty,
    /// Nothing: the pair is left out.
    Absent,
}

/// A scalar as a program sees it; one that is not known as it is written.
pub(super) fn shown(scalar: &Scalar) -> String {
    scalar.as_seen().unwrap_or_else(|| scalar.text().to_owned())
}

/// A number, without a fraction where it has none.
pub(super) fn number(value: f64) -> Value {
    match crate::compose::cast::whole(value) {
        Some(whole) => json!(whole),
        None => json!(value),
    }
}

pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Value {
    let texts = texts.into_iter();
    texts.map(|text| json!(shown(&text.value))).collect()
}

/// Keys and values, each key once.
pub(super) fn pairs(pairs: &Pairs, alone: Alone) -> Map<String, Value> {
    let mut map = Map::new();
    for pair in pairs {
        let value = match (&pair.value, alone) {
            (Some(value), _) => json!(shown(&value.value)),
            (None, Alone::Empty) => json!(""),
            (None, Alone::Absent) => continue,
        };
        map.insert(shown(&pair.name.value), value);
    }
    map
}

/// Entries as a mapping. One by one: what is collected is sorted first, with code of its own in each place.
pub(super) fn entries(entries: impl IntoIterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut map = Map::new();
    map.extend(entries);
    map
}

/// A value that may not say what it should.
pub(super) fn typed<T>(typed: &Typed<T>, show: impl FnOnce(&T) -> Value) -> Value {
    match &typed.value {
        Some(value) => show(value),
        None => json!(shown(&typed.scalar)),
    }
}

impl Object {
    pub fn finish(self) -> Value {
        Value::Object(self.0)
    }

    pub fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    pub fn put_some(&mut self, key: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// A mapping, unless it is empty.
    pub fn put_map(&mut self, key: &str, map: Map<String, Value>) {
        if !map.is_empty() {
            self.put(key, Value::Object(map));
        }
    }

    /// A mapping of some entries, unless there are none.
    pub fn put_entries(&mut self, key: &str, all: impl IntoIterator<Item = (String, Value)>) {
        self.put_map(key, entries(all));
    }

    /// A list, unless it is empty.
    pub fn put_list(&mut self, key: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.put(key, Value::Array(list));
        }
    }

    /// A list of which items with the same value under these keys count once, the last of them in the place of the
    /// first.
    pub fn put_unique(&mut self, key: &str, list: impl IntoIterator<Item = Value>, keys: &[&str]) {
        let mut kept: Vec<Value> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for item in list {
            let identity: Value = match &item {
                Value::Object(map) => keys
                    .iter()
                    .map(|key| map.get(*key).cloned().unwrap_or_default())
                    .collect(),
                other => other.clone(),
            };
            match places.entry(identity.to_string()) {
                Entry::Occupied(place) => kept[*place.get()] = item,
                Entry::Vacant(place) => {
                    place.insert(kept.len());
                    kept.push(item);
                }
            }
        }
        self.put_list(key, kept);
    }

    /// A list of texts, each once.
    pub fn unique_texts(&mut self, key: &str, list: &List<Text>) {
        let list = list.iter().map(|text| json!(shown(&text.value)));
        self.put_unique(key, list, &[]);
    }

    pub fn text(&mut self, key: &str, setting: &Setting<Scalar>) {
        if let Some(field) = setting {
            let text = shown(&field.value);
            if !text.is_empty() {
                self.put(key, json!(text));
            }
        }
    }

    pub fn texts(&mut self, key: &str, list: &List<Text>) {
        if !list.is_empty() {
            self.put(key, texts(list));
        }
    }

    pub fn pairs(&mut self, key: &str, list: &Pairs, alone: Alone) {
        self.put_map(key, pairs(list, alone));
    }

    /// A boolean that is shown whatever it says.
    pub fn flag(&mut self, key: &str, flag: &Option<Flag>) {
        if let Some(flag) = flag {
            self.put(key, typed(&flag.value, |value| json!(value)));
        }
    }

    /// A boolean that is only shown when it is not false.
    pub fn raised(&mut self, key: &str, flag: &Option<Flag>) {
        if let Some(flag) = flag
            && !flag.value.is(&false)
        {
            self.flag(key, &Some(flag.clone()));
        }
    }

    pub fn integer(&mut self, key: &str, setting: &Setting<Typed<i64>>) {
        if let Some(field) = setting {
            self.put(key, typed(&field.value, |value| json!(value)));
        }
    }

    pub fn float(&mut self, key: &str, setting: &Setting<Typed<f64>>) {
        if let Some(field) = setting {
            self.put(key, typed(&field.value, |value| number(*value)));
        }
    }

    /// A number of bytes, which Compose prints as text; none is left out.
    pub fn bytes(&mut self, key: &str, setting: &Setting<Typed<i64>>) {
        if let Some(field) = setting
            && !field.value.is(&0)
        {
            self.put(key, typed(&field.value, |value| json!(value.to_string())));
        }
    }

    pub fn duration(&mut self, key: &str, setting: &Setting<Typed<Duration>>) {
        if let Some(field) = setting {
            let value = typed(&field.value, |value| json!(go_duration(*value)));
            self.put(key, value);
        }
    }
}

/// A duration as Go prints it: `1h0m0s`, `1.5s`, `20ms` (`time.Duration.String`).
fn go_duration(duration: Duration) -> String {
    let nanoseconds = duration.nanoseconds;
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let left = nanoseconds.unsigned_abs();
    let fraction = |whole: u64, part: u64, digits: usize| {
        let part = format!("{part:0digits$}");
        match part.trim_end_matches('0') {
            "" => whole.to_string(),
            part => format!("{whole}.{part}"),
        }
    };
    let text = match left {
        0 => return "0s".to_owned(),
        1..1_000 => format!("{left}ns"),
        1_000..1_000_000 => format!("{}µs", fraction(left / 1_000, left % 1_000, 3)),
        1_000_000..1_000_000_000 => {
            format!("{}ms", fraction(left / 1_000_000, left % 1_000_000, 6))
        }
        _ => {
            let whole = left / 1_000_000_000;
            let seconds = fraction(whole % 60, left % 1_000_000_000, 9);
            match (whole / 3600, whole / 60 % 60) {
                (0, 0) => format!("{seconds}s"),
                (0, minutes) => format!("{minutes}m{seconds}s"),
                (hours, minutes) => format!("{hours}h{minutes}m{seconds}s"),
            }
        }
    };
    format!("{sign}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_printed_as_go_prints_them() {
        for (nanoseconds, text) in [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (20_000_000, "20ms"),
            (1_500_000_000, "1.5s"),
            (90_000_000_000, "1m30s"),
            (3_600_000_000_000, "1h0m0s"),
            (3_723_004_005_006, "1h2m3.004005006s"),
            (-1_000_000_000, "-1s"),
        ] {
            assert_eq!(go_duration(Duration { nanoseconds }), text);
        }
    }
}

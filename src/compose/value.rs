//! Values of a Compose file that know where they stand and how much of them is known.
//!
//! Not for: which key holds what (the files beside this one) and how a value is found in YAML (`reader`).
//!
//! Invariant: every place is a range of the file that the value was written in, also when it reached its
//! key through an alias or a merge key.

use std::borrow::Cow;
use std::ops::Range;

use super::environment::Environment;
use super::interpolate::{self, Reference};
use crate::text::{Cooked, Edit, FileId, Located, Location, Span, order};
use crate::yaml::scalar::timestamp;
use crate::yaml::{Resolved, ScalarStyle, edit};

/// A scalar with its place.
pub type Text = Located<Scalar>;

/// A scalar as it is written, and what is known of it once variables are replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar {
    /// The text that YAML gives, before variables are replaced.
    raw: Cooked<'static>,
    style: ScalarStyle,
    resolved: Resolved,
    /// What replacing variables made of it; `None` if there is no dollar in it.
    replaced: Option<Box<Replaced>>,
    /// The file that it stands in.
    file: FileId,
}

#[derive(Clone, Debug, PartialEq)]
struct Replaced {
    text: Cooked<'static>,
    knowledge: Knowledge,
    references: Vec<Reference>,
    /// Whether a reference is malformed, so that nothing was replaced.
    malformed: bool,
}

/// How much of a scalar's value the file alone tells.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Knowledge {
    /// All of it; no variable takes part.
    Known,
    /// All of it, as long as nobody sets the variables that take part: each has a default.
    Default,
    /// All of it, as long as nobody sets the variables that take part: those that have no default, or another one,
    /// stand in an `.env` file of the project.
    EnvFile,
    /// Not all of it: a variable without a default takes part.
    Unknown,
}

impl Scalar {
    /// A scalar from what YAML gives, in a file of which only the text is looked at.
    pub fn new(raw: Cooked<'static>, style: ScalarStyle, resolved: Resolved) -> Scalar {
        Scalar::read(raw, style, resolved, FileId(0), None)
    }

    /// A scalar of a file from what YAML gives and, where they are known, the values of variables.
    pub fn read(
        raw: Cooked<'static>,
        style: ScalarStyle,
        resolved: Resolved,
        file: FileId,
        environment: Option<&Environment>,
    ) -> Scalar {
        let replaced = raw.text().contains('$').then(|| {
            let interpolated = interpolate::interpolate(&raw, environment);
            Box::new(Replaced {
                text: interpolated.text,
                knowledge: interpolated.knowledge,
                references: interpolated.references,
                malformed: interpolated.malformed,
            })
        });
        Scalar {
            raw,
            style,
            resolved: if replaced.is_some() {
                Resolved::Str
            } else {
                resolved
            },
            replaced,
            file,
        }
    }

    /// A text in which dollars are only dollars, such as a key.
    pub fn verbatim(raw: Cooked<'static>, file: FileId) -> Scalar {
        Scalar {
            raw,
            style: ScalarStyle::Plain,
            resolved: Resolved::Str,
            replaced: None,
            file,
        }
    }

    /// The text before variables are replaced, with its map to the file.
    pub fn raw(&self) -> &Cooked<'static> {
        &self.raw
    }

    /// The text after variables are replaced by their defaults, with its map to the file. A variable
    /// without a default stands in it as it is written. Numbers and booleans are as they are written.
    pub fn cooked(&self) -> &Cooked<'static> {
        self.replaced
            .as_ref()
            .map_or(&self.raw, |replaced| &replaced.text)
    }

    /// The same without its map.
    pub fn text(&self) -> &str {
        self.cooked().text()
    }

    /// The text after variables are replaced by their defaults, and those without one by
    /// [`interpolate::UNKNOWN`], with its map to the file. `None` if a reference is malformed.
    pub fn masked(&self) -> Option<Cow<'_, Cooked<'static>>> {
        match self.replaced {
            Some(_) => interpolate::masked(&self.raw).map(Cow::Owned),
            None => Some(Cow::Borrowed(&self.raw)),
        }
    }

    /// The value, if it is known at least as long as nobody sets the variables in it.
    pub fn known(&self) -> Option<&str> {
        (self.knowledge() != Knowledge::Unknown).then(|| self.text())
    }

    /// The value, if no variable takes part in it.
    pub fn literal(&self) -> Option<&str> {
        (self.knowledge() == Knowledge::Known).then(|| self.text())
    }

    /// How much of the value is known.
    pub fn knowledge(&self) -> Knowledge {
        self.replaced
            .as_ref()
            .map_or(Knowledge::Known, |replaced| replaced.knowledge)
    }

    /// Whether the value is known and is this text.
    pub fn is(&self, text: &str) -> bool {
        self.known() == Some(text)
    }

    /// Whether the value is known to be nothing.
    pub fn is_empty(&self) -> bool {
        self.is("")
    }

    /// The variables in it, nested ones included, in the order of the file.
    pub fn references(&self) -> &[Reference] {
        self.replaced
            .as_ref()
            .map_or(&[], |replaced| &replaced.references)
    }

    /// Whether it is certain that there is some text in it, whatever the variables are.
    pub fn is_something(&self) -> bool {
        match self.known() {
            Some(text) => !text.is_empty(),
            // A variable stands in the text as it is written.
            None => !self.text().starts_with('$'),
        }
    }

    /// How it is written.
    pub fn style(&self) -> ScalarStyle {
        self.style
    }

    /// Its type in YAML. With a dollar in it, it is always text.
    pub fn resolved(&self) -> Resolved {
        self.resolved
    }

    /// What a program in the container sees of it: Compose rewrites numbers and dates, so that `1.10` becomes
    /// `1.1`, `0x10` becomes `16`, and `2024-01-01` gets a time. `None` if the value is unknown.
    pub fn as_seen(&self) -> Option<String> {
        Some(match self.resolved {
            Resolved::Int(number) => number.to_string(),
            Resolved::Float(number) => go_float(number),
            Resolved::Bool(flag) => flag.to_string(),
            Resolved::Null => String::new(),
            Resolved::Str => {
                let is_plain = self.style == ScalarStyle::Plain && self.replaced.is_none();
                let date = is_plain.then(|| timestamp(self.text())).flatten();
                match date {
                    Some(date) => date,
                    None => self.known()?.to_owned(),
                }
            }
        })
    }

    /// A part of the text after variables are replaced, as a scalar of its own. The range is in bytes of
    /// [`Scalar::text`].
    pub fn part(&self, range: Range<usize>) -> Scalar {
        let raw = self.cooked().slice(range.clone()).into_owned();
        let Some(replaced) = &self.replaced else {
            return Scalar {
                raw,
                style: self.style,
                resolved: Resolved::Str,
                replaced: None,
                file: self.file,
            };
        };
        let place = self.cooked().span(range);
        let overlaps = |reference: &&Reference| {
            reference.span.start < place.end && place.start < reference.span.end
        };
        let references: Vec<Reference> = replaced
            .references
            .iter()
            .filter(overlaps)
            .cloned()
            .collect();
        // What has no value stands in the text as it is written.
        let left_in_place = replaced.knowledge == Knowledge::Unknown
            && raw.text().contains('$')
            && (replaced.malformed || references.iter().any(Reference::is_left_in_place));
        let knowledge = match (left_in_place, references.is_empty()) {
            (true, _) => Knowledge::Unknown,
            (false, true) => Knowledge::Known,
            (false, false) if replaced.knowledge == Knowledge::EnvFile => Knowledge::EnvFile,
            (false, false) => Knowledge::Default,
        };
        Scalar {
            style: self.style,
            resolved: Resolved::Str,
            replaced: Some(Box::new(Replaced {
                text: raw.clone(),
                knowledge,
                references,
                malformed: replaced.malformed,
            })),
            raw,
            file: self.file,
        }
    }

    /// The same scalar with another text, such as one without its quotes.
    pub(super) fn with_text(mut self, text: Cooked<'static>) -> Scalar {
        if let Some(replaced) = &mut self.replaced {
            replaced.text = text.clone();
        }
        self.raw = text;
        self
    }

    /// A part of the text with its place; see [`Scalar::part`].
    pub fn part_text(&self, range: Range<usize>) -> Text {
        Located {
            at: self.location_of(range.clone()),
            value: self.part(range),
        }
    }

    /// The place of a part of the text after variables are replaced, and the file that it is in.
    pub fn location_of(&self, range: Range<usize>) -> Location {
        Location {
            file: self.file,
            span: self.span_of(range),
        }
    }

    /// The file that it stands in.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The place of a part of the text after variables are replaced.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        self.cooked().span(range)
    }
}

/// A number as Go prints it with `%v`, which is what Compose passes on.
fn go_float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let plain = format!("{number}");
    let scientific = format!("{number:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return plain;
    };
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..21).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{mantissa}e{sign}{:02}", exponent.abs())
        }
        _ => plain,
    }
}

/// A scalar, and what it says as a value of a certain type.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed<T> {
    /// The scalar.
    pub scalar: Scalar,
    /// What it says. `None` if it is unknown, or if it says nothing of this type.
    pub value: Option<T>,
}

impl<T> Typed<T> {
    /// Reads a scalar.
    pub fn new(scalar: Scalar, read: impl FnOnce(&Scalar) -> Option<T>) -> Typed<T> {
        let value = read(&scalar);
        Typed { scalar, value }
    }
}

impl<T: PartialEq> Typed<T> {
    /// Whether the value is known and is this one.
    pub fn is(&self, value: &T) -> bool {
        self.value.as_ref() == Some(value)
    }
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    /// Where the key stands.
    pub key: Location,
    /// Where the value stands.
    pub at: Location,
    /// The alias or the merged mapping through which the value came here, if it stands elsewhere.
    pub via: Option<Location>,
    /// The value.
    pub value: T,
}

impl<T> Field<T> {
    /// From the key to the end of the value, if nothing but the colon, a tag or an anchor is between them:
    /// not if the value stands elsewhere, behind an alias.
    pub fn entry(&self, text: &str) -> Option<Span> {
        let between = text.get(self.key.span.range().end..self.at.span.range().start)?;
        let mut words = between.trim_start().strip_prefix(':')?.split_whitespace();
        words
            .all(|word| word.starts_with(['!', '&']))
            .then(|| self.key.span.cover(self.at.span))
    }

    /// The value with its place, without its key.
    pub fn located(self) -> Located<T> {
        Located {
            value: self.value,
            at: self.at,
        }
    }

    /// From the key to the end of the value, where both stand together.
    pub fn whole(&self) -> Location {
        Location {
            file: self.key.file,
            span: self.key.span.cover(self.at.span),
        }
    }
}

impl Field<Scalar> {
    /// Where the text stands, without its quotes.
    pub fn text_at(&self) -> Location {
        text_at(&self.value, self.at)
    }
}

impl<T> Field<Typed<T>> {
    /// Where the text stands, without its quotes.
    pub fn text_at(&self) -> Location {
        text_at(&self.value.scalar, self.at)
    }
}

impl Located<Scalar> {
    /// Where the text stands, without its quotes.
    pub fn text_at(&self) -> Location {
        text_at(&self.value, self.at)
    }
}

impl<T> Located<Typed<T>> {
    /// Where the text stands, without its quotes.
    pub fn text_at(&self) -> Location {
        text_at(&self.value.scalar, self.at)
    }
}

fn text_at(scalar: &Scalar, at: Location) -> Location {
    if scalar.text().is_empty() {
        return at;
    }
    Location {
        file: at.file,
        span: scalar.span_of(0..scalar.text().len()),
    }
}

/// The value of a key, if it is there. Most keys are not, so that it is kept small.
pub type Setting<T> = Option<Box<Field<T>>>;

/// A boolean.
pub type Flag = Box<Field<Typed<bool>>>;

/// Whether a boolean is there and known to be true.
pub fn is_true(flag: &Option<Flag>) -> bool {
    flag.as_ref().is_some_and(|flag| flag.value.is(&true))
}

/// Whether a boolean is there and known to be false.
pub fn is_false(flag: &Option<Flag>) -> bool {
    flag.as_ref().is_some_and(|flag| flag.value.is(&false))
}

/// Where the value of a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where the key stands.
    pub key: Location,
    /// Where the value stands.
    pub at: Location,
    /// The alias or the merged mapping through which the value came here, if it stands elsewhere.
    pub via: Option<Location>,
}

/// A list, or what the specification reads as one.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T> {
    /// Where it came from; `None` if the key is not there.
    pub origin: Option<Box<Origin>>,
    /// The items that could be read.
    pub items: Vec<T>,
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List {
            origin: None,
            items: Vec::new(),
        }
    }
}

impl<T> List<T> {
    /// From the key to the end of the list, if nothing but the colon and comments is between them: not if the list has
    /// an anchor, which others may use, or stands behind an alias.
    pub fn entry(&self, text: &str) -> Option<Span> {
        let origin = self.origin.as_ref()?;
        let (key, value) = (origin.key.span, origin.at.span);
        let between = text.get(key.range().end..value.range().start)?;
        let mut lines = between
            .trim_start()
            .strip_prefix(':')?
            .lines()
            .map(str::trim);
        let is_plain = lines.all(|line| line.is_empty() || line.starts_with('#'));
        (is_plain && origin.key.file == origin.at.file).then(|| key.cover(value))
    }

    /// The edits that take items out of the list; with the last of them the key goes too. `None` where they are
    /// written in a way that gives no clear answer.
    pub fn removal(&self, text: &str, items: &[Span]) -> Option<Vec<Edit>> {
        if items.len() >= self.items.len() {
            return Some(vec![edit::remove_entry(text, self.entry(text)?)?]);
        }
        let edits = items.iter().map(|item| edit::remove_item(text, *item));
        let edits: Vec<Edit> = edits.collect::<Option<_>>()?;
        let is_apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
        edits.windows(2).all(is_apart).then_some(edits)
    }

    /// Whether the key is there, perhaps with an empty list.
    pub fn is_set(&self) -> bool {
        self.origin.is_some()
    }

    /// Where the key stands.
    pub fn key(&self) -> Option<Location> {
        self.origin.as_ref().map(|origin| origin.key)
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// Keys and values: `environment`, `labels`, `args` and the like.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Pairs {
    /// Where they came from; `None` if the key is not there.
    pub origin: Option<Box<Origin>>,
    /// How they are written.
    pub form: PairsForm,
    /// The pairs in the order of the file.
    pub items: Vec<Pair>,
}

/// How pairs are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PairsForm {
    /// `KEY: VALUE`
    #[default]
    Mapping,
    /// `- KEY=VALUE`
    List,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The key. Variables in it are only replaced in the list form.
    pub name: Text,
    /// The value. `None` for `KEY` alone and for `KEY:` without a value: the variable is passed through,
    /// or the label is empty.
    pub value: Option<Text>,
    /// All of it.
    pub at: Location,
    /// The merged mapping through which it came here, if it stands elsewhere.
    pub via: Option<Location>,
}

impl Pairs {
    /// Whether the key is there, perhaps with nothing in it.
    pub fn is_set(&self) -> bool {
        self.origin.is_some()
    }

    /// Where the key stands.
    pub fn key(&self) -> Option<Location> {
        self.origin.as_ref().map(|origin| origin.key)
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The pairs in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, Pair> {
        self.items.iter()
    }

    /// The pair that counts for this key: the last one.
    pub fn get(&self, name: &str) -> Option<&Pair> {
        self.items
            .iter()
            .rev()
            .find(|pair| pair.name.value.is(name))
    }
}

impl<'a> IntoIterator for &'a Pairs {
    type Item = &'a Pair;
    type IntoIter = std::slice::Iter<'a, Pair>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The name under which something is declared.
pub type Name = Located<Box<str>>;

impl Named for Name {
    fn name(&self) -> &Name {
        self
    }
}

/// Something that is declared under a name.
pub trait Named {
    /// The name.
    fn name(&self) -> &Name;
}

/// What is declared under names, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<T> {
    /// Where the section's key stands; `None` if there is no such section.
    pub key: Option<Location>,
    items: Vec<T>,
    /// The indices of the items, sorted by name.
    order: Vec<u32>,
}

impl<T> Default for Map<T> {
    fn default() -> Map<T> {
        Map {
            key: None,
            items: Vec::new(),
            order: Vec::new(),
        }
    }
}

impl<T: Named> Map<T> {
    /// A section. Of items with the same name, which YAML forbids, the first counts.
    pub fn new(key: Option<Location>, items: Vec<T>) -> Map<T> {
        let mut order: Vec<u32> = (0..crate::text::span::offset(items.len())).collect();
        order::sort_by(&mut order, |a, b| {
            let name = |index: &u32| &*items[*index as usize].name().value;
            name(a).cmp(name(b))
        });
        Map { key, items, order }
    }

    /// What is declared under a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let at = self
            .order
            .partition_point(|&index| &*self.items[index as usize].name().value < name);
        let item = &self.items[*self.order.get(at)? as usize];
        (&*item.name().value == name).then_some(item)
    }

    /// Whether something is declared under a name.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|item| &*item.name().value)
    }
}

impl<T> Map<T> {
    /// Whether the section is there, perhaps with nothing in it.
    pub fn is_set(&self) -> bool {
        self.key.is_some()
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// A key that begins with `x-`. Compose ignores it.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// The key.
    pub name: Name,
    /// Where the value stands.
    pub at: Location,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(text: &str) -> Scalar {
        let raw = Cooked::verbatim(text, 0).into_owned();
        Scalar::new(raw, ScalarStyle::Plain, Resolved::Str)
    }

    #[test]
    fn a_text_without_variables_is_known() {
        let scalar = scalar("a:b");
        assert_eq!(scalar.literal(), Some("a:b"));
        assert_eq!(scalar.part(2..3).literal(), Some("b"));
    }

    #[test]
    fn a_default_is_known_but_not_literal() {
        let scalar = scalar("${A:-x}y");
        assert_eq!((scalar.known(), scalar.literal()), (Some("xy"), None));
        assert_eq!(scalar.part(0..1).knowledge(), Knowledge::Default);
        assert_eq!(scalar.part(1..2).knowledge(), Knowledge::Known);
        assert_eq!(scalar.span_of(0..1), Span::new(5, 6));
    }

    #[test]
    fn a_variable_without_default_is_unknown_and_its_neighbours_are_not() {
        let scalar = scalar("${A}:${B:-80}:90");
        assert_eq!(scalar.known(), None);
        assert_eq!(scalar.text(), "${A}:80:90");
        assert_eq!(scalar.part(0..4).knowledge(), Knowledge::Unknown);
        assert_eq!(scalar.part(5..7).knowledge(), Knowledge::Default);
        assert_eq!(scalar.part(8..10).knowledge(), Knowledge::Known);
    }

    #[test]
    fn some_text_is_certain() {
        for (text, wanted) in [
            ("a", true),
            ("", false),
            ("${A:-}", false),
            ("${A:-b}", true),
            ("${A}b", false),
            ("b${A}", true),
        ] {
            assert_eq!(scalar(text).is_something(), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_are_seen_as_compose_rewrites_them() {
        let seen = |resolved| {
            let raw = Cooked::verbatim("?", 0).into_owned();
            Scalar::new(raw, ScalarStyle::Plain, resolved).as_seen()
        };
        for (number, text) in [
            (1.1, "1.1"),
            (1000.0, "1000"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (-2.5, "-2.5"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(seen(Resolved::Float(number)).as_deref(), Some(text));
        }
        assert_eq!(seen(Resolved::Int(16)).as_deref(), Some("16"));
        assert_eq!(seen(Resolved::Bool(true)).as_deref(), Some("true"));
    }
}

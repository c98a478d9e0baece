//! Compares a YAML tree with the specification's table and says exactly where they differ.
//!
//! What `docker compose config` refuses is an error here, as far as one file tells; what it accepts is not,
//! apart from a few things that it accepts and then ignores, whose errors have a lower severity of their
//! own. A value with a variable is judged by its default, and not at all without one.
//!
//! Not for: relations between keys and between objects, which are rules, and broken YAML (`crate::yaml`).
//!
//! Invariant: a node that aliases share is looked at once for each place of the table that it stands in for,
//! and a budget bounds what merge keys multiply; so the time is linear in the file.

mod document;
mod form;
mod missing;
mod repair;
mod scalar;
mod unknown;

use std::collections::{BTreeMap, HashSet};

use self::repair::{delete_entry, delete_item};
use super::environment::Environment;
use super::interpolate;
use super::schema::{self, Form, List, Map, Names, Object, Repeated, Shape, is_resource_name};
use super::value::Knowledge;
use crate::diagnostic::{Applicability, Fix, Severity, SyntaxError};
use crate::grammar::excerpt;
use crate::text::{Edit, Span, order};
use crate::yaml::{self, Document, Entry, Kind, MergedEntry, NodeId, Resolved, Yaml};

/// How many entries may be looked at beyond the size of the document because merge keys bring them.
const EXTRA_ENTRIES: usize = 200_000;

/// How many blanks may stand between a mapping and a part that could not be read for the two to touch.
const MAX_GAP: u32 = 200;

/// For how many unknown keys a similar name is looked for.
const MAX_SUGGESTIONS: usize = 200;

/// What else is known of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Context {
    /// Whether the file is meant to be merged into another one, so that keys may be missing here and be
    /// there in the end. The documents behind the first always are.
    pub overlay: bool,
}

/// Everything in a file that the specification does not allow, in the order of the file.
pub fn validate(yaml: &Yaml, context: Context) -> Vec<SyntaxError> {
    review(yaml, context).errors
}

/// The error of a key that has no value and needs one.
pub(super) fn no_value(name: &str, shape: &Shape, key: Span) -> SyntaxError {
    let wanted = scalar::wanted(shape);
    let message = format!("`{}` has no value; it must be {wanted}", excerpt(name));
    SyntaxError::new("null-section", key, message).with_help("give it a value or remove the key")
}

/// What there is to say of a file.
#[derive(Debug, Default)]
pub struct Review {
    /// What Compose refuses, and what it drops.
    pub errors: Vec<SyntaxError>,
    /// What Compose takes, but other readers of YAML do not, or not in the same way.
    pub remarks: Vec<SyntaxError>,
}

/// What the values of a project's variables change in a file.
#[derive(Debug, Default)]
pub struct Valued {
    /// What the specification does not allow with them, and allows without them. The errors have no fixes, since what
    /// is wrong stands in another file.
    pub errors: Vec<SyntaxError>,
    /// Where scalars stand whose defaults they replace, in their order: of these nothing holds that was said of the
    /// defaults.
    pub replaced: Vec<Span>,
}

/// Looks at a file with the values of a project's variables.
pub fn with_values(yaml: &Yaml, environment: &Environment) -> Valued {
    let context = Context { overlay: true };
    let replaced = replaced_defaults(yaml, environment);
    let mut errors = examine(yaml, context, Some(environment)).errors;
    if errors.is_empty() {
        return Valued { errors, replaced };
    }
    let without = examine(yaml, context, None).errors;
    let known: HashSet<(&str, Span)> = without.iter().map(|e| (e.rule, e.span)).collect();
    errors.retain(|error| {
        is_within(&replaced, error.span) || !known.contains(&(error.rule, error.span))
    });
    for error in &mut errors {
        error.fix = None;
        error.help = Some("correct the value of the variable in the project's `.env`".to_owned());
    }
    Valued { errors, replaced }
}

/// Whether a part of a file lies in one of these scalars, which are in their order.
pub fn is_within(scalars: &[Span], part: Span) -> bool {
    let behind = scalars.partition_point(|span| span.start <= part.start);
    let scalar = behind.checked_sub(1).and_then(|index| scalars.get(index));
    scalar.is_some_and(|span| span.contains(part))
}

/// The scalars that are known without the values of variables, and are something else with them.
fn replaced_defaults(yaml: &Yaml, environment: &Environment) -> Vec<Span> {
    let mut replaced = Vec::new();
    for document in &yaml.documents {
        for node in document.ids() {
            let Kind::Scalar(scalar) = document.kind(node) else {
                continue;
            };
            let is_key = matches!(document.place(node), yaml::Place::Key(_));
            if is_key || !(scalar.value.contains('$') && scalar.value.contains('-')) {
                continue;
            }
            let Some(raw) = document.cooked(node) else {
                continue;
            };
            let known = |environment| interpolate::interpolate(&raw, environment).knowledge;
            if known(None) == Knowledge::Default && known(Some(environment)) == Knowledge::EnvFile {
                replaced.push(document.span(node));
            }
        }
    }
    order::sort(&mut replaced);
    replaced
}

/// Like [`validate`], with the remarks.
pub fn review(yaml: &Yaml, context: Context) -> Review {
    examine(yaml, context, None)
}

fn examine(yaml: &Yaml, context: Context, environment: Option<&Environment>) -> Review {
    let mut review = Review::default();
    if document::is_empty(yaml, &mut review.errors) {
        return review;
    }
    for (index, document) in yaml.documents.iter().enumerate() {
        let mut validator = Validator {
            document,
            skipped: &yaml.skipped,
            environment,
            overlay: context.overlay || index > 0,
            errors: Vec::new(),
            remarks: Vec::new(),
            shared: !document.anchors.is_empty(),
            seen: HashSet::new(),
            left: document.len() + EXTRA_ENTRIES,
            suggestions: MAX_SUGGESTIONS,
        };
        validator.document();
        review.errors.append(&mut validator.errors);
        review.remarks.append(&mut validator.remarks);
    }
    order::sort_by_key(&mut review.errors, |error| error.span);
    review
}

struct Validator<'d> {
    document: &'d Document,
    /// Parts of the file that could not be read. What is missing may have stood there.
    skipped: &'d [Span],
    /// The values of variables, where they are known.
    environment: Option<&'d Environment>,
    overlay: bool,
    errors: Vec<SyntaxError>,
    remarks: Vec<SyntaxError>,
    /// Whether the document has anchors, so that a node may be met more than once.
    shared: bool,
    /// Nodes that were looked at, with the part of the table that they were compared with.
    seen: HashSet<(NodeId, usize)>,
    left: usize,
    suggestions: usize,
}

/// How the value that is looked at is reached.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The key that it belongs to.
    name: &'a str,
    /// Whether it is an item of that key's list, or further inside one.
    item: bool,
    /// Where to point when the value as a whole is wrong and too long to be marked.
    owner: Span,
    /// The entry that it is the value of, if it can be taken out as a whole.
    entry: Option<Entry>,
    /// The objects around it, the outermost first.
    around: &'a [&'static Object],
    /// Whether a part of the mapping that it stands in could not be read, so that it may be in the wrong
    /// place only because of that.
    quiet: bool,
}

impl Place<'_> {
    /// What a message calls the value.
    fn subject(&self) -> String {
        let name = excerpt(self.name);
        if self.item {
            format!("item of `{name}`")
        } else {
            format!("`{name}`")
        }
    }
}

impl<'d> Validator<'d> {
    fn error(&mut self, rule: &'static str, span: Span, message: impl Into<String>) {
        self.errors.push(SyntaxError::new(rule, span, message));
    }

    fn push(&mut self, error: SyntaxError) {
        self.errors.push(error);
    }

    /// Whether the node is met for the first time in this part of the table.
    fn is_new<T>(&mut self, node: NodeId, part: &'static T) -> bool {
        !self.shared || self.seen.insert((node, std::ptr::from_ref(part) as usize))
    }

    /// Whether a part of a mapping could not be read.
    fn is_damaged(&self, mapping: NodeId, place: &Place<'_>) -> bool {
        let all = place.owner.cover(self.document.span(mapping));
        // Only blanks in between count as touching, as long as there are few.
        let text = self.document.text();
        let adjoins = |end: u32, start: u32| {
            let gap = Span::new(end, start);
            end >= start || gap.len() <= MAX_GAP && gap.text(text).trim().is_empty()
        };
        let touches =
            |skipped: &Span| adjoins(all.end, skipped.start) && adjoins(skipped.end, all.start);
        self.skipped.iter().any(touches)
    }

    fn is_reset(&self, node: NodeId) -> bool {
        self.document
            .tag(node)
            .is_some_and(|tag| tag.text == "!reset")
    }

    /// Where a value is marked: all of a scalar, only the owner of what is longer.
    fn mark(&self, node: NodeId, place: &Place<'_>) -> Span {
        match self.document.kind(node) {
            Kind::Scalar(_) if !self.document.span(node).is_empty() => self.document.span(node),
            _ => place.owner,
        }
    }

    /// Compares a value with what is allowed for it.
    fn value(&mut self, node: NodeId, shape: &'static Shape, place: &Place<'_>) {
        let target = self.document.resolve(node);
        if self.is_reset(node) || self.is_reset(target) || !self.is_new(target, shape) {
            return;
        }
        match self.document.kind(target) {
            Kind::Scalar(scalar) if scalar.resolve() == Resolved::Null => {
                self.null(node, shape, place);
            }
            Kind::Scalar(scalar) => match &shape.word {
                Some(word) => self.scalar(target, scalar, word, shape, place),
                // A variable may not become a list or a mapping; but it is not known to be text either.
                None => self.wrong_type(target, shape, place),
            },
            Kind::Sequence(items) => match &shape.list {
                Some(list) => self.list(items, list, place),
                None => self.wrong_type(target, shape, place),
            },
            Kind::Mapping(entries) => match &shape.map {
                Some(Map::Object(object)) => self.object(target, object, place),
                Some(Map::Entries { names, values }) => {
                    self.entries(target, *names, values, place);
                }
                Some(Map::Anything) => {}
                None => self.unexpected_mapping(target, entries, shape, place),
            },
            // Undefined or cyclic: YAML's own error.
            Kind::Alias(_) => {}
        }
    }

    /// A value that is not there.
    fn null(&mut self, node: NodeId, shape: &'static Shape, place: &Place<'_>) {
        let is_service = shape
            .object()
            .is_some_and(|object| std::ptr::eq(object, &schema::SERVICE));
        // In a file that is merged over another one, a key without a value keeps what stands there.
        if shape.null || place.quiet || self.overlay && !place.item {
            return;
        }
        if place.item {
            let wanted = scalar::wanted(shape);
            let span = self.document.span(node);
            let span = if span.is_empty() { place.owner } else { span };
            let message = format!("{} is empty, not {wanted}", place.subject());
            self.error("invalid-type", span, message);
            return;
        }
        let mut error = no_value(place.name, shape, place.owner);
        if let Some(edit) = place
            .entry
            .and_then(|entry| delete_entry(self.document, entry))
        {
            let title = format!("remove `{}`", excerpt(place.name));
            // A service may be half of one that another file completes.
            let applicability = match is_service {
                true => Applicability::Unsafe,
                false => Applicability::Safe,
            };
            error = error.with_fix(Fix::new(title, applicability, vec![edit]));
        }
        self.push(error);
    }

    fn wrong_type(&mut self, node: NodeId, shape: &'static Shape, place: &Place<'_>) {
        if place.quiet {
            return;
        }
        let found = scalar::found(self.document.kind(node));
        let wanted = scalar::wanted(shape);
        let message = format!("{} must be {wanted}, not {found}", place.subject());
        let span = self.mark(node, place);
        let mut error = SyntaxError::new("invalid-type", span, message);
        if shape.word.is_none() && shape.list.is_some() && found == "a string" {
            error = error.with_help("begin each item with `- `");
        }
        self.push(error);
    }

    /// A mapping where none is allowed. In a list of `KEY=VALUE` it is a slip that everyone makes once.
    fn unexpected_mapping(
        &mut self,
        node: NodeId,
        entries: &[Entry],
        shape: &'static Shape,
        place: &Place<'_>,
    ) {
        let is_pair = shape
            .word
            .is_some_and(|word| matches!(word.form, Form::Pair | Form::Variable | Form::FullPair));
        if !is_pair || !place.item {
            return self.wrong_type(node, shape, place);
        }
        let span = self.document.span(node);
        let message = format!("{} is a mapping, not a string `KEY=VALUE`", place.subject());
        let mut error = SyntaxError::new("env-list-item-not-string", span, message)
            .with_help("write `KEY=VALUE` in a list, or drop the dash to make it a mapping");
        if let [entry] = entries
            && let Some(edits) = repair::colon_to_equals(self.document, *entry)
        {
            let title = "write `=` in place of `: `";
            error = error.with_fix(Fix::new(title, Applicability::Safe, edits));
        }
        self.push(error);
    }

    fn list(&mut self, items: &[NodeId], list: &'static List, place: &Place<'_>) {
        let inner = Place {
            item: true,
            entry: None,
            ..*place
        };
        for item in items {
            let owner = self.item_owner(*item, place);
            self.value(*item, list.items, &Place { owner, ..inner });
        }
        let outside_service = || {
            let others = [&schema::JOB, &schema::PRE_START, &schema::HOOK];
            let is_other = |object: &&Object| others.iter().any(|o| std::ptr::eq(*object, *o));
            place.around.iter().any(is_other)
        };
        let repeated = match list.repeated {
            Repeated::DroppedInServices if outside_service() => Repeated::Refused,
            Repeated::DroppedInServices => Repeated::Dropped,
            repeated => repeated,
        };
        if repeated != Repeated::Kept && items.len() > 1 {
            self.repeated(items, repeated, place);
        }
    }

    /// Where an item that is a mapping is marked: at its first key.
    fn item_owner(&self, item: NodeId, place: &Place<'_>) -> Span {
        let target = self.document.resolve(item);
        if target != item {
            return self.document.span(item);
        }
        match self.document.kind(item) {
            Kind::Mapping([first, ..]) => self.document.span(first.key),
            Kind::Mapping([]) | Kind::Sequence([]) => self.document.span(item),
            _ => place.owner,
        }
    }

    /// Items that are there twice.
    fn repeated(&mut self, items: &[NodeId], repeated: Repeated, place: &Place<'_>) {
        let mut first_seen: BTreeMap<(&str, bool), NodeId> = BTreeMap::new();
        for item in items {
            let Some(scalar) = self.document.scalar(*item) else {
                continue;
            };
            let is_text = scalar.resolve() == Resolved::Str;
            let Some(first) = first_seen.get(&(scalar.value, is_text)).copied() else {
                first_seen.insert((scalar.value, is_text), *item);
                continue;
            };
            let shown = excerpt(scalar.value);
            let message = format!("`{shown}` is in `{}` twice", excerpt(place.name));
            let mut error =
                SyntaxError::new("duplicate-list-item", self.document.span(*item), message)
                    .with_label(self.document.span(first), "first here")
                    .with_help("remove one of the two");
            if repeated == Repeated::Dropped {
                error = error.with_severity(Severity::Warning);
            }
            if let Some(edit) = delete_item(self.document, *item) {
                let fix = Fix::new("remove the second", Applicability::Safe, vec![edit]);
                error = error.with_fix(fix);
            }
            self.push(error);
        }
    }

    /// The entries of a mapping with what it merges, within the budget.
    fn merged(&mut self, mapping: NodeId) -> Vec<MergedEntry> {
        if self.left == 0 {
            return Vec::new();
        }
        let entries = self.document.merged(mapping).entries;
        if self.left < entries.len() {
            self.left = 0;
            return Vec::new();
        }
        self.left -= entries.len();
        entries
    }

    fn object(&mut self, node: NodeId, object: &'static Object, place: &Place<'_>) {
        let mut around = place.around.to_vec();
        around.push(object);
        let quiet = self.is_damaged(node, place);
        let mut missing: Vec<&'static str> = object.required.to_vec();
        let mut any = object.one_of.is_empty();
        for merged in self.merged(node) {
            let entry = merged.entry;
            let Some(name) = self.document.as_str(entry.key) else {
                continue;
            };
            missing.retain(|key| *key != name);
            any |= object.one_of.contains(&name);
            let Some(key) = object.key(name) else {
                if !(object.extensions && name.starts_with("x-")) && self.is_new(entry.key, object)
                {
                    self.unknown_key(&merged, name, object, &around[..around.len() - 1]);
                }
                continue;
            };
            let inner = Place {
                name: key.name,
                item: false,
                owner: self.document.span(entry.key),
                entry: merged.via.is_none().then_some(entry),
                around: &around,
                quiet,
            };
            self.value(entry.value, key.shape, &inner);
            if std::ptr::eq(object, &schema::HEALTHCHECK) && name == "test" {
                self.healthcheck_test(entry.value);
            }
        }
        if !quiet {
            self.missing(node, object, &missing, any, place);
            if std::ptr::eq(object, &schema::MOUNT) {
                self.bind_source(node);
            }
        }
    }

    fn entries(&mut self, node: NodeId, names: Names, values: &'static Shape, place: &Place<'_>) {
        let quiet = self.is_damaged(node, place);
        for merged in self.merged(node) {
            let entry = merged.entry;
            let Some(name) = self.document.as_str(entry.key) else {
                continue;
            };
            let span = self.document.span(entry.key);
            self.entry_name(entry, name, names, place);
            let inner = Place {
                name,
                item: false,
                owner: span,
                entry: merged.via.is_none().then_some(entry),
                around: place.around,
                quiet,
            };
            self.value(entry.value, values, &inner);
        }
    }

    /// Whether a key is a string to YAML.
    fn is_text(&self, key: NodeId) -> bool {
        let scalar = self.document.scalar(key);
        scalar.is_some_and(|scalar| scalar.resolve() == Resolved::Str)
    }

    /// A key that the user has chosen.
    fn entry_name(&mut self, entry: Entry, name: &str, names: Names, place: &Place<'_>) {
        static NAMES: u8 = 0;
        static HOSTS: u8 = 0;
        let span = self.document.span(entry.key);
        match names {
            Names::Any => {}
            Names::Filled => {
                if name.is_empty() && self.is_new(entry.key, &NAMES) {
                    let message = format!("key of `{}` is empty", excerpt(place.name));
                    self.error("invalid-resource-name", span, message);
                }
            }
            Names::Resource(_) => {
                // What is no text is another error.
                let is_text = self.is_text(entry.key);
                if is_text && !is_resource_name(name) && self.is_new(entry.key, &NAMES) {
                    let message = format!(
                        "`{}` is not a valid name in `{}`",
                        excerpt(name),
                        excerpt(place.name)
                    );
                    let help = "use letters, digits, `.`, `_` and `-`";
                    let error = SyntaxError::new("invalid-resource-name", span, message);
                    self.push(error.with_help(help));
                }
            }
            Names::Host => {
                if (name.is_empty() || name.contains([':', '='])) && self.is_new(entry.key, &HOSTS)
                {
                    let message = format!("`{}` is not a host name", excerpt(name));
                    self.error("invalid-extra-host", span, message);
                }
            }
        }
    }

    /// The list form of a test has to begin with one of three words.
    fn healthcheck_test(&mut self, value: NodeId) {
        let Some(first) = self.document.items(value).first().copied() else {
            return;
        };
        let Some(word) = self.document.as_str(first) else {
            return;
        };
        if matches!(word, "CMD" | "CMD-SHELL" | "NONE")
            || word.contains('$')
            || !self.is_new(first, &schema::HEALTHCHECK)
        {
            return;
        }
        let span = self.document.span(first);
        let message = format!(
            "`test` begins with `{}`, not `CMD`, `CMD-SHELL` or `NONE`",
            excerpt(word)
        );
        let mut error = SyntaxError::new("invalid-healthcheck-test", span, message)
            .with_help("put `CMD` in front of a program, `CMD-SHELL` in front of a line");
        if let Some(edit) = repair::insert_item_before(self.document, first, "CMD") {
            let title = "put `CMD` in front";
            error = error.with_fix(Fix::new(title, Applicability::Safe, vec![edit]));
        }
        self.push(error);
    }

    /// A mount of the host's files in the long form needs to say which.
    fn bind_source(&mut self, node: NodeId) {
        let get = |key: &str| self.document.get_merged(node, key).map(|e| e.entry.value);
        let Some(kind) = get("type") else {
            return;
        };
        if self.document.as_str(kind) != Some("bind") || get("source").is_some() {
            return;
        }
        let span = self.document.span(kind);
        self.error("invalid-volume-spec", span, "bind mount has no `source`");
    }

    /// Replaces a scalar, quotes and all.
    fn replace(&self, node: NodeId, text: &str) -> Edit {
        Edit::replace(self.document.span(node), text)
    }
}

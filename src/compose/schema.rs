//! The Compose Specification as a table: which keys an object has, what their values may be, since when.
//!
//! One table, four uses: [`validate`](super::validate) finds unknown keys and wrong types with it, the
//! editor completes and explains keys with it, and the lowering's tests check that no key was forgotten.
//! The facts are those of the Compose Specification's text and schema (`schema/compose-spec.json`), of
//! compose-go's casts by path (`loader/interpolate.go`) and of what `docker compose config` 5.6.1 answers
//! when every key is given values of every kind; where these differ, the program wins.
//!
//! Not for: relations between keys (`network_mode` beside `networks`), which are rules.
//!
//! Invariant: the keys of each group are sorted by name, so that a look-up is a binary search in constant
//! data; nothing is built at run time.

mod attachment;
mod block_io;
mod build;
mod capability;
mod container;
mod deploy;
mod develop;
mod grant;
mod lookup;
mod mount;
mod newer;
mod resource;
mod service;
mod shapes;
mod top;
mod ulimit;

pub use build::BUILD;
pub use container::PRE_START;
pub use deploy::DEPLOY;
pub use develop::{DEVELOP, HOOK, WATCH};
pub use lookup::{Position, position, shape_at};
pub use mount::MOUNT;
pub use newer::{Newer, Version, newer_than, version};
pub use resource::{CONFIG, MODEL, NETWORK, SECRET, VOLUME};
pub use service::{HEALTHCHECK, JOB, SERVICE};
pub use top::FILE;

/// An object of the specification: a mapping with a fixed set of keys.
#[derive(Debug)]
pub struct Object {
    /// What a message calls it, with its article: `a service`.
    pub name: &'static str,
    /// Its keys. Objects that share keys share the group; each group is sorted by name.
    pub groups: &'static [&'static [Key]],
    /// Keys without which the object is refused.
    pub required: &'static [&'static str],
    /// Of these keys at least one has to be there.
    pub one_of: &'static [&'static str],
    /// Whether keys that begin with `x-` are allowed.
    pub extensions: bool,
    /// Whether Compose refuses other keys. Where it does not, it ignores them.
    pub closed: bool,
}

/// A key of an [`Object`].
#[derive(Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// What its value may be.
    pub shape: &'static Shape,
    /// The version of Docker Compose that first knew it, where that is later than 2.0.
    pub since: Option<&'static str>,
    /// What to write instead, for keys that are on their way out.
    pub deprecated: Option<&'static str>,
    /// What it means, in one line.
    pub doc: &'static str,
}

/// Which YAML a value may be. Several may be allowed side by side.
#[derive(Debug)]
pub struct Shape {
    /// Whether no value (or `null`) is allowed.
    pub null: bool,
    /// Which scalars are allowed.
    pub word: Option<Word>,
    /// Whether a list is allowed, and of what.
    pub list: Option<List>,
    /// Whether a mapping is allowed, and which.
    pub map: Option<Map>,
}

/// Which scalars are allowed, and what their text says.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The types that are allowed after the cast.
    pub types: Types,
    /// The type that Compose turns text into, because of where it stands.
    pub cast: Option<Cast>,
    /// The grammar of the text.
    pub form: Form,
}

/// A set of scalar types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Types(u8);

impl Types {
    /// Text.
    pub const TEXT: Types = Types(1);
    /// Whole numbers.
    pub const INT: Types = Types(2);
    /// Numbers with a fraction.
    pub const FLOAT: Types = Types(4);
    /// `true` and `false`.
    pub const BOOL: Types = Types(8);
    /// Whole numbers and others.
    pub const NUMBER: Types = Types::INT.and(Types::FLOAT);

    /// Both sets together.
    pub const fn and(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// Whether all of `other` is allowed.
    pub const fn has(self, other: Types) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What text is turned into where it stands (`loader/interpolate.go` of compose-go).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cast {
    /// `true`, `yes`, `y`, `on` and their opposites, in any case.
    Bool,
    /// A decimal whole number.
    Int,
    /// A number.
    Float,
}

/// What the text of a scalar says.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Anything.
    Any,
    /// One of these words; everything else is refused.
    OneOf(&'static [&'static str]),
    /// These words are well known; others are possible.
    Usually(&'static [&'static str]),
    /// A number of this range, both ends included.
    Range(i64, i64),
    /// A time with units, such as `1m30s`.
    Duration,
    /// A number of bytes, such as `512m`.
    ByteSize,
    /// The same without the `-1` for no limit, when it is a number.
    PositiveSize,
    /// A file mode in octal.
    FileMode,
    /// `always`, `missing`, `every_12h` and so on.
    PullPolicy,
    /// A number of devices or `all`.
    DeviceCount,
    /// A port mapping: `[[IP:][HOST:]CONTAINER[/PROTOCOL]`.
    Port,
    /// A container port or range of ports, perhaps with a protocol.
    ExposedPort,
    /// A single port of the container, as a number.
    TargetPort,
    /// A port or range of ports of the host, or nothing.
    PublishedPort,
    /// An IP address.
    IpAddress,
    /// The protocol of a port, one of these words in any case.
    Protocol(&'static [&'static str]),
    /// A mount: `[SOURCE:]TARGET[:OPTIONS]`.
    Mount,
    /// A path in the container, perhaps with options of tmpfs.
    Tmpfs,
    /// A device: `HOST[:CONTAINER[:PERMISSIONS]]`.
    Device,
    /// A host name and addresses: `HOST=IP`.
    ExtraHost,
    /// The address of a host: an IP address or `host-gateway`.
    HostAddress,
    /// `KEY=VALUE` or `KEY` alone, of a variable.
    Variable,
    /// `KEY=VALUE` or `KEY` alone, of anything else.
    Pair,
    /// `KEY=VALUE`.
    FullPair,
    /// `default` or `ID=PATH`.
    SshKey,
    /// A command line that is split into words as a shell does.
    CommandLine,
    /// An image reference.
    Image,
    /// A platform, such as `linux/arm64`.
    Platform,
    /// A path on the host.
    Path,
    /// A path in the container.
    ContainerPath,
    /// The name of something that the file declares.
    Name(Space),
    /// The name of a service, and what follows a colon.
    Link,
    /// A user or user and group of the container.
    User,
    /// A crontab line.
    Cron,
}

/// What a name is looked up in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Space {
    /// `services`
    Service,
    /// `services` and `jobs`
    ServiceOrJob,
    /// `networks`
    Network,
    /// `volumes`
    Volume,
    /// `secrets`
    Secret,
    /// `configs`
    Config,
    /// `models`
    Model,
    /// The names under `profiles` of any service.
    Profile,
}

/// Which lists are allowed.
#[derive(Debug)]
pub struct List {
    /// What each item may be.
    pub items: &'static Shape,
    /// What happens to an item that is there twice.
    pub repeated: Repeated,
}

/// What happens to a list item that is there twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Repeated {
    /// It counts twice.
    Kept,
    /// It counts once, and nothing is said.
    Dropped,
    /// The same in a service. In a job, a `pre_start` step or a hook the file is refused.
    DroppedInServices,
    /// The file is refused.
    Refused,
}

/// Which mappings are allowed.
#[derive(Debug)]
pub enum Map {
    /// A mapping with a fixed set of keys.
    Object(&'static Object),
    /// A mapping with keys of the user's choice.
    Entries {
        /// Which keys.
        names: Names,
        /// What each value may be.
        values: &'static Shape,
    },
    /// Any mapping; what is inside is not looked at.
    Anything,
}

/// Which keys a mapping may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// Any text.
    Any,
    /// Any text but nothing.
    Filled,
    /// A host name: no `:` and no `=`.
    Host,
    /// Letters, digits, `.`, `_` and `-`. What they name, if they refer to something.
    Resource(Option<Space>),
}

/// The keys that an object of the file has where users declare resources are matched by this pattern of the
/// specification: `[a-zA-Z0-9._-]+`.
pub fn is_resource_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    !name.is_empty() && name.bytes().all(allowed)
}

impl Object {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.groups.iter().find_map(|group| {
            let index = group.binary_search_by(|key| key.name.cmp(name)).ok()?;
            group.get(index)
        })
    }

    /// All keys, group by group.
    pub fn keys(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.groups.iter().flat_map(|group| group.iter())
    }
}

impl Shape {
    /// The object that a mapping is, if it is one.
    pub fn object(&self) -> Option<&'static Object> {
        match &self.map {
            Some(Map::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// The object that each item of a list or each value of a mapping is, if it is one.
    pub fn inner_object(&self) -> Option<&'static Object> {
        if let Some(list) = &self.list
            && let Some(object) = list.items.object()
        {
            return Some(object);
        }
        match &self.map {
            Some(Map::Entries { values, .. }) => values.object(),
            _ => None,
        }
    }
}

/// An object that refuses unknown keys and allows `x-` keys.
const fn object(name: &'static str, groups: &'static [&'static [Key]]) -> Object {
    Object {
        name,
        groups,
        required: &[],
        one_of: &[],
        extensions: true,
        closed: true,
    }
}

impl Object {
    const fn requires(mut self, keys: &'static [&'static str]) -> Object {
        self.required = keys;
        self
    }

    const fn one_of(mut self, keys: &'static [&'static str]) -> Object {
        self.one_of = keys;
        self
    }

    const fn without_extensions(mut self) -> Object {
        self.extensions = false;
        self
    }

    const fn open(mut self) -> Object {
        self.closed = false;
        self
    }
}

const fn key(name: &'static str, shape: &'static Shape, doc: &'static str) -> Key {
    Key {
        name,
        shape,
        since: None,
        deprecated: None,
        doc,
    }
}

impl Key {
    const fn since(mut self, version: &'static str) -> Key {
        self.since = Some(version);
        self
    }

    const fn deprecated(mut self, instead: &'static str) -> Key {
        self.deprecated = Some(instead);
        self
    }
}

const fn word(types: Types, cast: Option<Cast>, form: Form) -> Shape {
    Shape {
        null: false,
        word: Some(Word { types, cast, form }),
        list: None,
        map: None,
    }
}

const fn text(form: Form) -> Shape {
    word(Types::TEXT, None, form)
}

const fn list(items: &'static Shape, repeated: Repeated) -> Shape {
    Shape {
        null: false,
        word: None,
        list: Some(List { items, repeated }),
        map: None,
    }
}

const fn mapping(object: &'static Object) -> Shape {
    Shape {
        null: false,
        word: None,
        list: None,
        map: Some(Map::Object(object)),
    }
}

const fn entries(names: Names, values: &'static Shape) -> Shape {
    Shape {
        null: false,
        word: None,
        list: None,
        map: Some(Map::Entries { names, values }),
    }
}

impl Shape {
    const fn or_null(mut self) -> Shape {
        self.null = true;
        self
    }

    const fn or_text(mut self, form: Form) -> Shape {
        self.word = Some(Word {
            types: Types::TEXT,
            cast: None,
            form,
        });
        self
    }

    const fn or_word(mut self, types: Types, cast: Option<Cast>, form: Form) -> Shape {
        self.word = Some(Word { types, cast, form });
        self
    }

    const fn or_list(mut self, items: &'static Shape, repeated: Repeated) -> Shape {
        self.list = Some(List { items, repeated });
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Every object that can be reached from the file.
    fn objects() -> Vec<&'static Object> {
        fn visit(shape: &'static Shape, seen: &mut HashSet<usize>, all: &mut Vec<&'static Object>) {
            if !seen.insert(std::ptr::from_ref(shape) as usize) {
                return;
            }
            if let Some(list) = &shape.list {
                visit(list.items, seen, all);
            }
            match &shape.map {
                Some(Map::Object(object)) => {
                    all.push(object);
                    object.keys().for_each(|key| visit(key.shape, seen, all));
                }
                Some(Map::Entries { values, .. }) => visit(values, seen, all),
                _ => {}
            }
        }
        let mut all = vec![&FILE];
        let mut seen = HashSet::new();
        FILE.keys()
            .for_each(|key| visit(key.shape, &mut seen, &mut all));
        all
    }

    #[test]
    fn keys_of_each_group_are_sorted() {
        for object in objects() {
            for group in object.groups {
                let names: Vec<_> = group.iter().map(|key| key.name).collect();
                assert!(
                    names.is_sorted_by(|a, b| a < b),
                    "{}: {names:?}",
                    object.name
                );
            }
        }
    }

    #[test]
    fn a_key_belongs_to_one_group_of_an_object() {
        for object in objects() {
            let names: HashSet<_> = object.keys().map(|key| key.name).collect();
            assert_eq!(names.len(), object.keys().count(), "{}", object.name);
        }
    }

    #[test]
    fn required_keys_are_keys() {
        for object in objects() {
            for name in object.required.iter().chain(object.one_of) {
                assert!(object.key(name).is_some(), "{}: {name}", object.name);
            }
        }
    }

    #[test]
    fn documentation_is_one_whole_sentence() {
        for key in objects().into_iter().flat_map(Object::keys) {
            assert!(key.doc.ends_with('.'), "{}: {}", key.name, key.doc);
            assert!(key.doc.len() <= 90, "{}: {}", key.name, key.doc);
            assert!(
                key.doc.starts_with(|c: char| !c.is_lowercase()),
                "{}",
                key.name
            );
        }
    }

    #[test]
    fn keys_are_found_by_name() {
        assert!(SERVICE.key("image").is_some());
        assert!(SERVICE.key("ports").is_some());
        assert!(SERVICE.key("restart").is_some());
        assert!(SERVICE.key("Image").is_none());
        assert!(PRE_START.key("build").is_none());
        assert!(JOB.key("restart").is_none());
    }

    #[test]
    fn resource_names_are_letters_digits_and_three_signs() {
        assert!(is_resource_name("a.B_9-"));
        assert!(!is_resource_name(""));
        assert!(!is_resource_name("a b"));
        assert!(!is_resource_name("ä"));
    }
}

//! Package managers: what a command of one of them does, and to which packages.
//!
//! One table says what each manager understands: a new manager is a row in [`managers`]. Not for: whether a
//! manager is there, what a package brings, nor what other commands of the same `RUN` do about it (see
//! [`dockerfile::packages`](crate::dockerfile::packages)).

pub mod managers;

use super::invocation::{Argument, Flag, FlagValue, Invocation};
use super::word::Word;
use crate::grammar::excerpt;
use crate::text::Span;
use crate::text::span::offset;
use managers::{Action, Manager, Slash, System};

/// A command of a package manager.
#[derive(Clone, Copy, Debug)]
pub struct Use<'a> {
    /// The manager.
    pub manager: &'static Manager,
    /// The command without its wrappers; of `python -m pip install` what begins with `pip`.
    pub invocation: Invocation<'a>,
    /// What it is asked to do.
    pub action: Action,
    /// The verb: `install`, `global add`; the program's name where there is none.
    pub verb: Verb<'a>,
}

/// What a manager is told to do.
#[derive(Clone, Copy, Debug)]
pub struct Verb<'a> {
    /// The name of the verb in the table; as it is written if it is not there.
    pub name: &'a str,
    /// Its last word: `add` of `global add`.
    pub word: &'a Word,
    /// From its first word to its last.
    pub span: Span,
    /// How many operands it takes up, with the variables in front that are taken for options.
    operands: usize,
}

/// A package as a command names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package<'a> {
    /// The name, without version, extras and architecture kept; empty where it is not known.
    pub name: &'a str,
    /// All of it, without quotes; as far as the first variable where there is one.
    pub text: &'a str,
    /// The version, if one is asked for.
    pub version: Option<Version<'a>>,
    /// Where it comes from.
    pub source: Source,
    /// Its place.
    pub span: Span,
}

/// The version behind a package's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<'a> {
    /// What joins it to the name: `=`, `==`, `>=`, `@`, `:`, `-`.
    pub operator: &'a str,
    /// The version; `None` if only the build knows it.
    pub text: Option<&'a str>,
    /// The place of operator and version; of the whole word where it is quoted in parts.
    pub span: Span,
}

/// Where a package comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Source {
    /// The manager looks its name up.
    Index,
    /// A name for several packages.
    Group,
    /// A folder or file of the build.
    Path,
    /// A file that is a package.
    Archive,
    /// An address.
    Url,
    /// A repository of source code.
    Repository,
    /// Only the build knows.
    Unknown,
}

impl<'a> Use<'a> {
    /// False for a command that surely is none of a manager, which is seen sooner than by [`Use::of`].
    pub fn may_be(invocation: &Invocation<'a>) -> bool {
        let name = invocation.name();
        name.is_some_and(|name| runs_modules(name) || Manager::called(name).is_some())
    }

    /// Takes a command of a manager apart; `None` for another program, or where no verb is in sight.
    /// Variables in front of the verb are taken for options.
    pub fn of(invocation: &Invocation<'a>) -> Option<Use<'a>> {
        let mut invocation = *invocation;
        let mut name = invocation.name()?;
        if runs_modules(name) {
            invocation = python_module(&invocation)?;
            name = invocation.name()?;
        }
        let manager = Manager::called(name)?;
        let mut found = Use {
            manager,
            invocation,
            action: Action::Other,
            verb: Verb {
                name: manager.name,
                word: invocation.name_word(),
                span: invocation.name_word().span,
                operands: 0,
            },
        };
        let unknown = found
            .all_operands()
            .take_while(|word| word.literal().is_none_or(|text| text.starts_with('+')))
            .count();
        let mut operands = found.all_operands().skip(unknown);
        let Some(first) = operands.next() else {
            found.action = manager.bare.filter(|_| unknown == 0)?;
            return Some(found);
        };
        let written = first.literal()?;
        found.verb = Verb {
            name: written,
            word: first,
            span: first.span,
            operands: unknown + 1,
        };
        for (verb, action) in manager.verbs {
            if !verb.starts_with(written) {
                continue;
            }
            let mut parts = verb.split(' ');
            if parts.next() != Some(written) {
                continue;
            }
            let mut behind = operands.clone();
            let mut last = first;
            let fits = parts.all(|part| {
                behind.next().is_some_and(|word| {
                    last = word;
                    word.is(part)
                })
            });
            if fits {
                found.action = *action;
                found.verb = Verb {
                    name: verb,
                    word: last,
                    span: first.span.cover(last.span),
                    operands: unknown + 1 + verb.matches(' ').count(),
                };
                break;
            }
        }
        Some(found)
    }

    /// Whether it installs the packages that it names.
    pub fn is_install(&self) -> bool {
        self.action == Action::Install
    }

    /// Whether it fetches the lists of packages.
    pub fn is_refresh(&self) -> bool {
        self.action == Action::Refresh
    }

    /// Whether the manager belongs to a system.
    pub fn is_of(&self, system: System) -> bool {
        self.manager.system == system
    }

    /// From the program to the verb.
    pub fn head(&self) -> Span {
        self.invocation.name_word().span.cover(self.verb.span)
    }

    /// The words that are neither options nor their values nor the verb: packages, files, variables.
    pub fn operands(&self) -> impl Iterator<Item = &'a Word> + Clone + use<'a> {
        self.all_operands().skip(self.verb.operands)
    }

    fn all_operands(&self) -> impl Iterator<Item = &'a Word> + Clone + use<'a> {
        self.arguments().filter_map(|argument| match argument {
            Argument::Operand(word) => Some(word),
            Argument::Flag(_) => None,
        })
    }

    fn arguments(&self) -> super::invocation::Arguments<'a> {
        let with_value = &self.manager.with_value;
        if self.manager.is_one_dash_long {
            self.invocation.arguments_with_one_dash(with_value)
        } else {
            self.invocation.arguments_with(with_value)
        }
    }

    /// Its options, wherever they stand.
    pub fn flags(&self) -> impl Iterator<Item = Flag<'a>> + Clone + use<'a> {
        self.arguments().filter_map(|argument| match argument {
            Argument::Flag(flag) => Some(flag),
            Argument::Operand(_) => None,
        })
    }

    /// Whether it has an option with one of these names, without dashes, letters in groups included.
    pub fn has_flag(&self, names: &[&str]) -> bool {
        self.flags().any(|flag| names.contains(&flag.name))
    }

    /// The values of the options with one of these names, without dashes.
    pub fn values_of(&self, names: &[&str]) -> impl Iterator<Item = FlagValue<'a>> {
        self.flags()
            .filter(|flag| names.contains(&flag.name))
            .filter_map(|flag| flag.value)
    }

    /// The words that may be options, but only the build knows: unquoted variables before the first operand
    /// that is known.
    pub fn perhaps_flags(&self) -> impl Iterator<Item = &'a Word> + use<'a> {
        let known = self.operands().find(|word| word.text().is_some());
        let first = known.map(|word| word.span.start);
        self.invocation.args().iter().filter(move |word| {
            first.is_none_or(|first| word.span.start < first)
                && word.unquoted_expansions().next().is_some()
                && word.leading_piece().is_empty()
        })
    }

    /// The packages that its operands name, those that only the build knows included. Variables are not
    /// looked up here.
    pub fn packages(&self) -> impl Iterator<Item = Package<'a>> + use<'a> {
        let manager = self.manager;
        self.operands()
            .filter_map(move |word| Package::of(manager, word))
    }

    /// Whether its options say not to ask; also where an option's value is not known.
    pub fn assumes_yes(&self) -> bool {
        let is_apt = self.is_of(System::Apt);
        let mut quiet = 0;
        self.flags().any(|flag| {
            if is_apt && matches!(flag.name, "q" | "quiet") {
                // `-qq` implies `-y`, and so does `-q=2`, apt-get(8).
                let level = flag.word.text().and_then(|text| text.split_once('='));
                quiet += level.map_or(1, |(_, level)| level.parse().unwrap_or(1));
                return quiet > 1;
            }
            if self.is_setting(flag.name) {
                let value = flag.value.and_then(|value| value.text);
                return value.is_none_or(|value| sets(value, is_apt));
            }
            self.manager.yes.contains(&flag.name) && !self.is_name_flag(&flag)
        })
    }

    /// Whether an option sets something of the configuration, or names a file that may.
    fn is_setting(&self, name: &str) -> bool {
        let names: &[&str] = match self.manager.system {
            System::Apt => &["o", "option", "c", "config-file"],
            System::Dnf => &["setopt", "c", "config"],
            _ => &[],
        };
        names.contains(&name)
    }

    /// Whether an option is zypper's `-n` behind the verb, which means `--name` there, zypper(8).
    fn is_name_flag(&self, flag: &Flag<'_>) -> bool {
        self.is_of(System::Zypper)
            && flag.name == "n"
            && flag.word.span.start > self.verb.span.start
            && self.is_install()
    }
}

/// Whether `NAME=value` lets a manager not ask. A file with settings may.
fn sets(setting: &str, is_apt: bool) -> bool {
    let Some((name, value)) = setting.split_once('=') else {
        return true;
    };
    let name = name.trim();
    let names: &[&str] = if is_apt {
        &["APT::Get::Assume-Yes", "APT::Get::force-yes"]
    } else {
        &["assumeyes"]
    };
    let is_on = is_true(value);
    let is_quiet = is_apt && name.eq_ignore_ascii_case("quiet") && value.trim() == "2";
    is_quiet || (is_on && names.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

impl<'a> Package<'a> {
    /// The package that a word names; `None` for what is none.
    pub fn of(manager: &Manager, word: &'a Word) -> Option<Package<'a>> {
        let Some(text) = word.text() else {
            let lead = word.leading_piece();
            // A version that only the build knows is a version.
            let mut package = parsed(manager, lead, word.span)?;
            match &mut package.version {
                Some(version) => {
                    version.text = None;
                    version.span = word.span;
                }
                None => {
                    package.source = match package.source {
                        Source::Index | Source::Archive => Source::Unknown,
                        source => source,
                    };
                    package.name = "";
                }
            }
            return Some(package);
        };
        parsed(manager, text, word.span)
    }
}

/// How a message speaks of packages: the first two by name, or the first and how many more there are.
pub fn named(packages: &[&Package<'_>]) -> String {
    let name = |package: &Package<'_>| excerpt(package.name);
    match packages {
        [] => String::new(),
        [only] => format!("`{}`", name(only)),
        [first, second] => format!("`{}` and `{}`", name(first), name(second)),
        [first, rest @ ..] => format!("`{}` and {} more", name(first), rest.len()),
    }
}

/// Whether a value of apt's or dnf's configuration means yes.
pub fn is_true(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', ';']);
    ["1", "true", "yes", "on", "with", "enable"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

/// Whether a value of apt's or dnf's configuration means no.
pub fn is_false(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', ';']);
    ["0", "false", "no", "off", "without", "disable"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

/// Whether a program runs managers that are modules of it: `python -m pip`.
fn runs_modules(name: &str) -> bool {
    name.starts_with("python") || name.starts_with("pypy")
}

/// What `python -m NAME …` runs.
fn python_module<'a>(invocation: &Invocation<'a>) -> Option<Invocation<'a>> {
    let name = managers::without_version(invocation.name()?);
    if !matches!(name, "python" | "pypy") {
        return None;
    }
    let args = invocation.args();
    let at = args.iter().position(|word| {
        // `-Im` is `-I -m`.
        word.literal()
            .is_none_or(|text| !text.starts_with('-') || text.ends_with('m'))
    })?;
    let is_module = args[at].literal().is_some_and(|text| text.starts_with('-'));
    (is_module && args.len() > at + 1).then_some(Invocation {
        command: invocation.command,
        first: invocation.first + 1 + at + 1,
    })
}

/// The package that a text names, the text being all of `span`, perhaps in quotes; `None` for what is none:
/// options, names of packages that shall not be installed.
pub fn parsed<'a>(manager: &Manager, text: &'a str, span: Span) -> Option<Package<'a>> {
    let is_conflict = manager.system == System::Apk && text.starts_with('!');
    if text.starts_with(['-', '+']) || is_conflict {
        return None;
    }
    let source = source(manager, text);
    let mut package = Package {
        name: text,
        text,
        version: None,
        source,
        span,
    };
    let has_version = match source {
        Source::Index | Source::Group => true,
        // `./cmd/x@v1` and `./a.gem:1`, but no address.
        Source::Path | Source::Archive | Source::Url | Source::Unknown => false,
        Source::Repository => manager.syntax.operators == "@",
    };
    if has_version && let Some((name_end, at)) = split_version(manager, text) {
        let operator = &text[name_end..at];
        let version = &text[at..];
        let version_span = part_of(span, text, name_end);
        package.name = &text[..name_end];
        package.version = Some(Version {
            operator: operator.trim(),
            text: Some(version.trim()),
            span: version_span,
        });
    }
    let name = package.name.trim_end();
    // Extras of Python, the repository of an Alpine package.
    let end = match manager.system {
        System::Pip | System::Uv => name.find('['),
        System::Apk => name.find('@'),
        _ => None,
    };
    package.name = name.get(..end.unwrap_or(name.len())).unwrap_or(name);
    Some(package)
}

/// The place of a word's text from a byte on; the whole word where that cannot be told.
fn part_of(span: Span, text: &str, from: usize) -> Span {
    let length = span.len() as usize;
    let quote = u32::from(length == text.len() + 2);
    if length == text.len() || quote == 1 {
        Span::new(span.start + quote + offset(from), span.end - quote)
    } else {
        span
    }
}

/// Where a package's name ends and where its version begins.
fn split_version(manager: &Manager, text: &str) -> Option<(usize, usize)> {
    let syntax = &manager.syntax;
    let is_operator = |byte: u8| syntax.operators.as_bytes().contains(&byte);
    // A scope begins with `@`.
    let first = text.bytes().skip(1).position(is_operator);
    if let Some(before) = first {
        let at = before + 1;
        let behind = text[at..].bytes().position(|byte| !is_operator(byte));
        let version = behind.map_or(text.len(), |behind| at + behind);
        return Some((at, version));
    }
    let at = syntax.has_dash.then(|| dashed_version(text)).flatten()?;
    Some((at, at + 1))
}

/// Where the dash is in `name-version` and `name-version-release.arch`. A number that is followed by a word
/// is part of a name: `java-17-openjdk`, `python3-pip`.
fn dashed_version(text: &str) -> Option<usize> {
    let begins_with_digit = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let last = text.rfind('-')?;
    if !begins_with_digit(&text[last + 1..]) {
        return None;
    }
    match text[..last].rfind('-') {
        Some(before) if begins_with_digit(&text[before + 1..last]) => Some(before),
        _ => Some(last),
    }
}

/// Whether a text is of letters, digits and what joins them in names, as those of most packages are.
fn is_plain_name(text: &str) -> bool {
    let is_joint = |byte: u8| matches!(byte, b'-' | b'+' | b'.' | b'_');
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || is_joint(byte))
}

fn source(manager: &Manager, text: &str) -> Source {
    let syntax = &manager.syntax;
    if is_plain_name(text) {
        let is_group = syntax.group.is_some_and(|group| text.starts_with(group));
        let is_archive = || syntax.archives.iter().any(|end| text.ends_with(end));
        return match text.contains('.') && is_archive() {
            true => Source::Archive,
            false if is_group => Source::Group,
            false => Source::Index,
        };
    }
    let file = text.split(['#', '?']).next().unwrap_or(text);
    if text.is_empty() || text.starts_with(['$', '`']) {
        return Source::Unknown;
    }
    if let Some((scheme, _)) = text.split_once("://") {
        let is_repository = ["git", "hg", "svn", "bzr", "ssh"]
            .iter()
            .any(|kind| scheme.contains(kind));
        return if is_repository || file.ends_with(".git") {
            Source::Repository
        } else {
            Source::Url
        };
    }
    let is_path = matches!(text, "." | "..")
        || text.starts_with("./")
        || text.starts_with("../")
        || text.starts_with(".[")
        || text.starts_with("file:")
        || text.starts_with(['/', '~']);
    if syntax.archives.iter().any(|end| file.ends_with(end)) {
        return Source::Archive;
    }
    if is_path {
        return Source::Path;
    }
    let is_group = syntax.group.is_some_and(|group| text.starts_with(group))
        || (manager.system == System::Apt && text.ends_with('^'));
    if is_group {
        return Source::Group;
    }
    let has_slash = text.contains('/');
    match syntax.slash {
        Slash::Path if has_slash && !text.contains(" @") => Source::Path,
        Slash::Repository if text.starts_with("git@") || text.starts_with("github:") => {
            Source::Repository
        }
        Slash::Repository if has_slash && !text.starts_with('@') && !text.contains("npm:") => {
            Source::Repository
        }
        _ => Source::Index,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;

    fn with<R>(script: &str, look: impl FnOnce(Option<Use<'_>>) -> R) -> R {
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Posix);
        let command = parsed.tree.commands().next().unwrap().command;
        look(
            command
                .unwrapped()
                .and_then(|invocation| Use::of(&invocation)),
        )
    }

    /// Manager, verb and operands of the first command.
    fn shown(script: &str) -> Option<String> {
        with(script, |found| {
            let found = found?;
            let operands = found.operands().map(|word| word.span.text(script));
            let operands: Vec<&str> = operands.collect();
            let verb = found.verb.span.text(script);
            Some(format!(
                "{} {verb}: {}",
                found.manager.name,
                operands.join(" ")
            ))
        })
    }

    /// Name, operator and version of each package, and its source if that is no index.
    fn packages(script: &str) -> Vec<String> {
        with(script, |found| {
            let shown = |package: Package<'_>| {
                let version = package.version.map_or(String::new(), |version| {
                    let place = version.span.text(script);
                    let text = version.text.unwrap_or("?");
                    assert!(place.contains(version.operator), "{script}");
                    format!(" {} {text}", version.operator)
                });
                match package.source {
                    Source::Index => format!("{}{version}", package.name),
                    source => format!("{source:?} {}{version}", package.name),
                }
            };
            found.unwrap().packages().map(shown).collect()
        })
    }

    #[test]
    fn the_verb_is_found_behind_options_and_wrappers() {
        for script in [
            "apt-get install a b",
            "apt-get -y -qq install a b",
            "apt-get -o Acquire::Retries=3 -yt sid install -y a b",
            "sudo -E env DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get $OPTS install a --yes b",
        ] {
            assert_eq!(
                shown(script).as_deref(),
                Some("apt-get install: a b"),
                "{script}"
            );
        }
        let cases = [
            ("apk --no-cache add -t .deps a $b", "apk add: a $b"),
            ("python3 -m pip install -r x a", "pip install: a"),
            ("python3.12 -Im pip install a", "pip install: a"),
            ("pip3.12 --quiet install a", "pip install: a"),
            ("uv pip install --system a", "uv pip install: a"),
            ("yarn global --silent add a", "yarn global --silent add: a"),
            ("yarn --frozen-lockfile", "yarn yarn: "),
            ("dnf5 install -y a", "dnf install: a"),
            (
                "go install -tags x -ldflags '-s -w' a@v1",
                "go install: a@v1",
            ),
            ("cargo +nightly install a", "cargo install: a"),
            ("xargs apt-get install -y", "apt-get install: "),
        ];
        for (script, expected) in cases {
            assert_eq!(shown(script).as_deref(), Some(expected), "{script}");
        }
        for script in [
            "apt-get $X",
            "echo apt-get install a",
            "python x.py -m pip install",
            "python -c 'import pip'",
            "pip",
        ] {
            assert_eq!(shown(script), None, "{script}");
        }
    }

    #[test]
    fn a_package_has_a_name_a_version_and_a_source() {
        let cases: &[(&str, &[&str])] = &[
            (
                "apt-get install a=1.2 b/sid c:arm64 d- ./e.deb f^ g=$V h$V $I 'j=1'",
                &[
                    "a = 1.2",
                    "b / sid",
                    "c:arm64",
                    "d-",
                    "Archive ./e.deb",
                    "Group f^",
                    "g = ?",
                    "Unknown ",
                    "Unknown ",
                    "j = 1",
                ],
            ),
            (
                "apk add a=1 'b~=2' 'c>3' d@edge e !f g.apk -t .x",
                &["a = 1", "b ~= 2", "c > 3", "d", "e", "Archive g.apk"],
            ),
            (
                "dnf install a-1.2 a-1.2-3.el9.x86_64 python3-pip java-17-openjdk @dev b.rpm http://c/d 'e>=1'",
                &[
                    "a - 1.2",
                    "a - 1.2-3.el9.x86_64",
                    "python3-pip",
                    "java-17-openjdk",
                    "Group @dev",
                    "Archive b.rpm",
                    "Url http://c/d",
                    "e >= 1",
                ],
            ),
            (
                "pip install a==1 'b[x,y]~=2.0' 'c @ git+https://d/e' . .[x] -e . ./f g.whl git+https://h/i@v1 -r j k",
                &[
                    "a == 1",
                    "b ~= 2.0",
                    "Repository c @ git+https://d/e",
                    "Path .",
                    "Path .",
                    "Path ./f",
                    "Archive g.whl",
                    "Repository git+https://h/i@v1",
                    "k",
                ],
            ),
            (
                "npm install a a@1 @b/c @b/c@^2 d/e d/e#v1 github:f/g . ./h.tgz i@latest j@npm:k@1",
                &[
                    "a",
                    "a @ 1",
                    "@b/c",
                    "@b/c @ ^2",
                    "Repository d/e",
                    "Repository d/e#v1",
                    "Repository github:f/g",
                    "Path .",
                    "Archive ./h.tgz",
                    "i @ latest",
                    "j @ npm:k@1",
                ],
            ),
            (
                "gem install a a:1.2 b.gem -v 3 -- --with-x",
                &["a", "a : 1.2", "Archive b.gem"],
            ),
            (
                "go install a.b/c@v1 a.b/c@latest ./... a.b/d",
                &["a.b/c @ v1", "a.b/c @ latest", "Path ./...", "a.b/d"],
            ),
            (
                "composer global require a/b a/b:^1 'a/b 2'",
                &["a/b", "a/b : ^1", "a/b  2"],
            ),
            (
                "conda install -n x -c y a a=1 'a>=2' y::b",
                &["a", "a = 1", "a >= 2", "y::b"],
            ),
        ];
        for (script, expected) in cases {
            assert_eq!(packages(script), *expected, "{script}");
        }
    }

    #[test]
    fn a_message_names_two_packages_or_counts() {
        for (script, expected) in [
            ("gem install a", "`a`"),
            ("gem install a:1 b", "`a` and `b`"),
            ("gem install a b c", "`a` and 2 more"),
        ] {
            let shown = with(script, |found| {
                let packages: Vec<Package<'_>> = found.unwrap().packages().collect();
                named(&packages.iter().collect::<Vec<_>>())
            });
            assert_eq!(shown, expected, "{script}");
        }
    }

    #[test]
    fn options_that_say_yes() {
        let cases = [
            ("apt-get install a", false),
            ("apt-get install -y a", true),
            ("apt-get -qqy install a", true),
            ("apt-get -qq install a", true),
            ("apt-get -q -q install a", true),
            ("apt-get -q=2 install a", true),
            ("apt-get -q install a", false),
            ("apt-get install --force-yes a", true),
            ("apt-get -o APT::Get::Assume-Yes=true install a", true),
            ("apt-get -o APT::Get::Assume-Yes=no install a", false),
            ("apt-get -oapt::get::assume-yes=1 install a", true),
            ("apt-get -o $X install a", true),
            (
                "apt-get -o Dpkg::Options::=--force-confold install a",
                false,
            ),
            ("DEBIAN_FRONTEND=noninteractive apt-get install a", false),
            ("yum install -qy a", true),
            ("dnf install --setopt=assumeyes=1 a", true),
            ("dnf install --setopt=tsflags=nodocs a", false),
            ("zypper -n in a", true),
            ("zypper in -n a", false),
            ("zypper in -ly a", true),
            ("zypper --non-interactive in a", true),
        ];
        for (script, expected) in cases {
            let found = with(script, |found| found.unwrap().assumes_yes());
            assert_eq!(found, expected, "{script}");
        }
    }

    #[test]
    fn variables_before_the_packages_may_be_options() {
        for (script, expected) in [
            ("apt-get install $O a", true),
            ("apt-get $O install a", true),
            ("apt-get install $P", true),
            ("apt-get install a $P", false),
            ("apt-get install \"$P\" a", false),
            ("apt-get install a=$V", false),
        ] {
            let found = with(script, |found| {
                found.unwrap().perhaps_flags().next().is_some()
            });
            assert_eq!(found, expected, "{script}");
        }
    }
}

//! How comments ask for silence: one table for dockworthy's own words and those of other tools.
//!
//! Each form says which words it begins with, how far it reaches and how its names are written. The grammar is
//! a little wider than that of each tool, so that a comment which was plainly meant is not void for a blank.
//! Sources: hadolint's README ("Inline ignores"), BuildKit's `frontend/dockerfile/linter/linter.go`, checkov's
//! `common/util/suppression.py` and `dockerfile/parser.py`, trivy's `pkg/iac/ignore`, KICS's "Running KICS",
//! ShellCheck's wiki page "Directive", dclint's "Configuration comments", tally's and dockerfile-roast's documentation.

use crate::text::span::offset;
use crate::text::{Span, Spanned};

/// A tool whose comments are understood.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tool {
    /// dockworthy.
    Dockworthy,
    /// BuildKit's build checks.
    BuildKit,
    /// checkov.
    Checkov,
    /// dclint, the docker-compose-linter.
    Dclint,
    /// The language server for Dockerfiles.
    DockerfileUtils,
    /// dockerfile-roast.
    Droast,
    /// hadolint.
    Hadolint,
    /// KICS.
    Kics,
    /// ShellCheck.
    ShellCheck,
    /// tally.
    Tally,
    /// trivy.
    Trivy,
}

impl Tool {
    /// Its name, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Tool::Dockworthy => "dockworthy",
            Tool::BuildKit => "BuildKit",
            Tool::Checkov => "checkov",
            Tool::Dclint => "dclint",
            Tool::DockerfileUtils => "dockerfile-utils",
            Tool::Droast => "droast",
            Tool::Hadolint => "hadolint",
            Tool::Kics => "KICS",
            Tool::ShellCheck => "ShellCheck",
            Tool::Tally => "tally",
            Tool::Trivy => "trivy",
        }
    }

    /// All checks of a tool that has few: what its word for everything means, and no more. Whoever silences a linter
    /// of style has not accepted what only a linter of security sees.
    pub fn own_checks(self) -> Option<&'static [&'static str]> {
        match self {
            Tool::BuildKit => Some(BUILDKIT_CHECKS),
            Tool::Dclint => Some(DCLINT_RULES),
            _ => None,
        }
    }

    /// Whether a name that no rule answers to may still be one of the tool's own.
    pub fn may_know(self, name: &str) -> bool {
        match self {
            // Their checks go far beyond Dockerfiles, or are not ours to number.
            Tool::Checkov | Tool::Trivy | Tool::ShellCheck => true,
            Tool::DockerfileUtils | Tool::Kics => true,
            Tool::BuildKit | Tool::Dclint => self
                .own_checks()
                .is_some_and(|checks| checks.iter().any(|check| check.eq_ignore_ascii_case(name))),
            // Its names are words, as many as ours.
            Tool::Tally => is_code(name) || name.contains('-'),
            Tool::Dockworthy | Tool::Droast | Tool::Hadolint => is_code(name),
        }
    }
}

/// dclint's rules (its `docs/rules.md`).
const DCLINT_RULES: &[&str] = &[
    "invalid-schema",
    "invalid-yaml",
    "no-build-and-image",
    "no-duplicate-container-names",
    "no-duplicate-exported-ports",
    "no-quotes-in-volumes",
    "no-unbound-port-interfaces",
    "no-version-field",
    "require-project-name-field",
    "require-quotes-in-ports",
    "service-container-name-regex",
    "service-dependencies-alphabetical-order",
    "service-image-require-explicit-tag",
    "service-keys-order",
    "service-ports-alphabetical-order",
    "services-alphabetical-order",
    "top-level-properties-order",
];

/// BuildKit's build checks (`frontend/dockerfile/linter/ruleset.go`).
const BUILDKIT_CHECKS: &[&str] = &[
    "ConsistentInstructionCasing",
    "CopyIgnoredFile",
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromAsCasing",
    "FromPlatformFlagConstDisallowed",
    "InvalidBaseImagePlatform",
    "InvalidDefaultArgInFrom",
    "InvalidDefinitionDescription",
    "JSONArgsRecommended",
    "LegacyKeyValueFormat",
    "MaintainerDeprecated",
    "MultipleInstructionsDisallowed",
    "NoEmptyContinuation",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "SecretsUsedInArgOrEnv",
    "StageNameCasing",
    "UndefinedArgInFrom",
    "UndefinedVar",
    "WorkdirRelativePath",
];

/// Codes of tools: their letters, and how many digits follow.
const CODES: &[(&str, std::ops::RangeInclusive<usize>)] = &[
    ("CIS-DI-", 4..=4),
    ("CL-", 4..=4),
    ("DF", 3..=3),
    ("DKL-DI-", 4..=4),
    ("DKL-LI-", 4..=4),
    ("DL", 4..=4),
    ("DS-", 4..=4),
    ("DS", 3..=3),
    ("S", 3..=5),
    ("SC", 4..=4),
];

/// Names that a tool puts in front of its rules.
const NAMESPACES: &[&str] = &[
    "hadolint/",
    "shellcheck/",
    "buildkit/",
    "bk:",
    "tally/",
    "powershell/",
];

/// Whether a name has the shape of a code, or a check's name, of some tool.
fn is_code(name: &str) -> bool {
    let behind = |prefix: &str| {
        let head = name.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix)
            .then(|| &name[prefix.len()..])
    };
    if behind("CKV").is_some_and(|rest| rest.contains('_'))
        || NAMESPACES
            .iter()
            .any(|namespace| behind(namespace).is_some())
        || BUILDKIT_CHECKS
            .iter()
            .any(|check| check.eq_ignore_ascii_case(name))
    {
        return true;
    }
    CODES.iter().any(|(letters, digits)| {
        behind(letters).is_some_and(|rest| {
            digits.contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

/// How far a comment reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The next instruction, or the next YAML node with everything below it.
    Next,
    /// The next line of a YAML file; in a Dockerfile, the next instruction.
    Line,
    /// The build stage.
    Stage,
    /// The file.
    File,
    /// The file, if it stands in front of the first instruction or node.
    Head,
}

/// How the names are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum List {
    /// `a, b until=2027-01-31] reason`, behind the opening bracket.
    Brackets,
    /// `A,B # reason`.
    Commas,
    /// `skip=A,B;error=true // reason`.
    Settings,
    /// `A: reason`.
    Colon,
    /// `A:exp:2027-01-31 trivy:ignore:B`.
    Sections,
    /// None: everything is meant.
    Everything,
    /// `a b`; everything is meant where there is none.
    Words,
}

/// The files that a form counts in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Files {
    Dockerfiles,
    Yaml,
    Both,
}

/// One way of asking for silence.
struct Form {
    tool: Tool,
    /// What it begins with; blanks may stand between these.
    words: &'static [&'static str],
    scope: Scope,
    list: List,
    files: Files,
}

const FORMS: &[Form] = &[
    Form {
        tool: Tool::Dockworthy,
        words: &["dockworthy:", "ignore", "["],
        scope: Scope::Next,
        list: List::Brackets,
        files: Files::Both,
    },
    Form {
        tool: Tool::Dockworthy,
        words: &["dockworthy:", "ignore-file", "["],
        scope: Scope::Head,
        list: List::Brackets,
        files: Files::Both,
    },
    Form::of(
        Tool::Hadolint,
        &["hadolint", "ignore", "="],
        Scope::Next,
        List::Commas,
    ),
    Form::of(
        Tool::Hadolint,
        &["hadolint", "global", "ignore", "="],
        Scope::File,
        List::Commas,
    ),
    Form::of(
        Tool::Hadolint,
        &["hadolint", "stage", "ignore", "="],
        Scope::Stage,
        List::Commas,
    ),
    Form::of(Tool::BuildKit, &["check", "="], Scope::Next, List::Settings),
    Form::of(
        Tool::Tally,
        &["tally", "ignore", "="],
        Scope::Next,
        List::Commas,
    ),
    Form::of(
        Tool::Tally,
        &["tally", "global", "ignore", "="],
        Scope::File,
        List::Commas,
    ),
    Form::of(
        Tool::Droast,
        &["droast", "ignore", "="],
        Scope::Next,
        List::Commas,
    ),
    Form::of(
        Tool::Droast,
        &["droast", "global", "ignore", "="],
        Scope::File,
        List::Commas,
    ),
    Form::of(
        Tool::DockerfileUtils,
        &["dockerfile-utils:", "ignore"],
        Scope::Next,
        List::Everything,
    ),
    Form::of(
        Tool::Checkov,
        &["checkov:", "skip", "="],
        Scope::File,
        List::Colon,
    ),
    Form::of(
        Tool::Checkov,
        &["bridgecrew:", "skip", "="],
        Scope::File,
        List::Colon,
    ),
    Form::of(
        Tool::Trivy,
        &["trivy:", "ignore", ":"],
        Scope::Next,
        List::Sections,
    ),
    Form {
        tool: Tool::Kics,
        words: &["kics-scan", "ignore-line"],
        scope: Scope::Line,
        list: List::Everything,
        files: Files::Both,
    },
    Form {
        tool: Tool::Kics,
        words: &["kics-scan", "ignore-block"],
        scope: Scope::Next,
        list: List::Everything,
        files: Files::Both,
    },
    Form::dclint(&["dclint", "disable-line"], Scope::Line),
    Form::dclint(&["dclint", "disable-file"], Scope::Head),
    Form::dclint(&["dclint", "disable"], Scope::Head),
    Form::of(
        Tool::ShellCheck,
        &["shellcheck", "disable", "="],
        Scope::Next,
        List::Commas,
    ),
];

impl Form {
    /// A form that only Dockerfiles have.
    const fn of(tool: Tool, words: &'static [&'static str], scope: Scope, list: List) -> Form {
        Form {
            tool,
            words,
            scope,
            list,
            files: Files::Dockerfiles,
        }
    }

    /// A form of dclint's, which only reads Compose files.
    const fn dclint(words: &'static [&'static str], scope: Scope) -> Form {
        Form {
            tool: Tool::Dclint,
            words,
            scope,
            list: List::Words,
            files: Files::Yaml,
        }
    }

    /// What follows its words, if the text begins with them.
    fn behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut rest = text;
        let mut blanks = 0;
        for word in self.words {
            let head = rest.get(..word.len())?;
            if !head.eq_ignore_ascii_case(word) {
                return None;
            }
            let behind = &rest[word.len()..];
            rest = behind.trim_start();
            blanks = behind.len() - rest.len();
        }
        // `ignore-lines` is another word than `ignore-line`.
        let is_word = self
            .words
            .last()
            .is_some_and(|word| word.ends_with(char::is_alphanumeric));
        let is_whole = !is_word || blanks > 0 || rest.is_empty();
        is_whole.then_some(rest)
    }
}

/// What a comment says, before it is known what it covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directive {
    /// Whose comment it is.
    pub tool: Tool,
    /// How far it reaches.
    pub scope: Scope,
    /// The names in it, without the tool's own prefixes. The span is the name as written.
    pub rules: Vec<Spanned<String>>,
    /// The word that means every rule of the tool, or all of a comment that needs no such word.
    pub everything: Option<Span>,
    /// What its author says about it.
    pub reason: Option<Spanned<String>>,
    /// The first day, as `YYYY-MM-DD`, on which it no longer counts.
    pub until: Option<Spanned<String>>,
    /// What can be taken away without losing anything else: the comment, or a part of it.
    pub removable: Span,
    /// The comment itself.
    pub span: Span,
}

impl Directive {
    /// Reads a comment whose text, from its `#` on, begins at byte `start` of the file. `None` when it asks
    /// for no silence or does not follow the grammar.
    pub fn parse(comment: &str, start: u32, in_yaml: bool) -> Option<Directive> {
        let comment = comment.trim_end();
        let body = comment.trim_start_matches('#').trim_start();
        // Nearly all comments are about something else.
        let first = body.as_bytes().first()?.to_ascii_lowercase();
        let mut forms = FORMS.iter();
        let (form, rest) = forms.find_map(|form| {
            let begins = form.words.first()?.as_bytes().first() == Some(&first);
            let elsewhere = match in_yaml {
                true => Files::Dockerfiles,
                false => Files::Yaml,
            };
            let counts = begins && form.files != elsewhere;
            counts
                .then(|| form.behind(body))
                .flatten()
                .map(|rest| (form, rest))
        })?;
        let span = Span::new(start, start + offset(comment.len()));
        let mut reader = Reader {
            comment,
            start,
            directive: Directive {
                tool: form.tool,
                scope: form.scope,
                rules: Vec::new(),
                everything: None,
                reason: None,
                until: None,
                removable: span,
                span,
            },
        };
        match form.list {
            List::Brackets => reader.brackets(rest)?,
            List::Commas => reader.commas(rest),
            List::Settings => reader.settings(rest)?,
            List::Colon => reader.colon(rest),
            List::Sections => reader.sections(rest),
            List::Everything => {
                reader.directive.everything = Some(span);
                reader.reason(rest);
            }
            List::Words => reader.words(rest),
        }
        Some(reader.directive)
    }
}

/// A comment that is being read.
struct Reader<'c> {
    comment: &'c str,
    start: u32,
    directive: Directive,
}

impl Reader<'_> {
    /// A part of the comment and its place.
    fn place(&self, part: &str) -> Span {
        let at = part.as_ptr() as usize - self.comment.as_ptr() as usize;
        let start = self.start + offset(at);
        Span::new(start, start + offset(part.len()))
    }

    fn spanned(&self, part: &str) -> Spanned<String> {
        Spanned::new(part.to_owned(), self.place(part))
    }

    fn rule(&mut self, word: &str) {
        let place = self.place(word);
        let is_all = word == "*" || word.eq_ignore_ascii_case("all");
        if is_all && self.directive.tool != Tool::Dockworthy {
            self.directive.everything = Some(place);
        } else if !word.is_empty() {
            let name = without_namespace(word);
            self.directive.rules.push(Spanned::new(name, place));
        }
    }

    fn reason(&mut self, text: &str) {
        let lead = |c: char| c.is_whitespace() || matches!(c, '#' | '/' | ':' | ';' | '-');
        let text = text.trim_start_matches(lead).trim_end();
        let value = match text.strip_prefix("reason=") {
            Some(value) => value.trim_matches('"'),
            None => text,
        };
        if !value.is_empty() {
            self.directive.reason = Some(self.spanned(value));
        }
    }

    fn brackets(&mut self, rest: &str) -> Option<()> {
        let (inside, behind) = rest.split_once(']')?;
        for word in inside.split(|c: char| c == ',' || c == ';' || c.is_whitespace()) {
            match word.strip_prefix("until=") {
                Some(date) => self.directive.until = Some(self.spanned(date)),
                None => self.rule(word),
            }
        }
        self.reason(behind);
        Some(())
    }

    /// Names with commas and blanks between them, then settings and whatever else.
    fn commas(&mut self, rest: &str) {
        let mut rest = rest;
        loop {
            let end = rest.find(|c: char| matches!(c, ',' | ';' | '#') || c.is_whitespace());
            let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
            self.rule(word);
            let next = behind.trim_start();
            match next.strip_prefix(',') {
                Some(more) => rest = more.trim_start(),
                None => {
                    rest = next;
                    break;
                }
            }
        }
        // droast: `expires=2027-01-31`, in front of the reason or behind it.
        if let Some(at) = rest.find("expires=") {
            let date = &rest[at + "expires=".len()..];
            let date = &date[..date.find(char::is_whitespace).unwrap_or(date.len())];
            self.directive.until = Some(self.spanned(date.trim_matches('"')));
            let behind = date.as_ptr() as usize + date.len() - rest.as_ptr() as usize;
            let before = rest[..at].trim();
            rest = if before.is_empty() {
                &rest[behind..]
            } else {
                before
            };
        }
        self.reason(rest);
    }

    /// BuildKit's `skip=A,B;error=true`, up to the first blank.
    fn settings(&mut self, rest: &str) -> Option<()> {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (settings, behind) = rest.split_at(end);
        let mut skip = None;
        let mut others = 0;
        for setting in settings.split(';') {
            match setting.split_once('=') {
                Some((name, names)) if name.eq_ignore_ascii_case("skip") => {
                    skip = Some((setting, names));
                }
                _ => others += 1,
            }
        }
        let (setting, names) = skip?;
        for name in names.split(',') {
            self.rule(name);
        }
        if others > 0 {
            // What is between the settings goes with it.
            let mut place = self.place(setting);
            let begin = place.start == self.place(settings).start;
            if begin {
                place.end += 1;
            } else {
                place.start -= 1;
            }
            self.directive.removable = place;
        }
        self.reason(behind);
        Some(())
    }

    /// Names with blanks between them; without any, everything is meant.
    fn words(&mut self, rest: &str) {
        for word in rest.split([' ', '\t', ',']) {
            self.rule(word);
        }
        if self.directive.rules.is_empty() {
            self.directive.everything = Some(self.directive.span);
        }
    }

    fn colon(&mut self, rest: &str) {
        let end = rest.find(|c: char| c == ':' || c.is_whitespace());
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        self.rule(word);
        self.reason(behind);
    }

    /// Trivy's `A:exp:2027-01-31`, and more of the same with its two words in front.
    fn sections(&mut self, rest: &str) {
        for (index, part) in rest.split_whitespace().enumerate() {
            let part = match (index, part.strip_prefix("trivy:ignore:")) {
                (0, _) => part,
                (_, Some(part)) => part,
                (_, None) => {
                    let at = part.as_ptr() as usize - rest.as_ptr() as usize;
                    self.reason(&rest[at..]);
                    return;
                }
            };
            let mut sections = part.split(':');
            let name = sections.next().unwrap_or_default();
            // Conditions in brackets are about Terraform.
            self.rule(name.split('[').next().unwrap_or_default());
            if sections.next() == Some("exp") {
                self.directive.until = sections.next().map(|date| self.spanned(date));
            }
        }
    }
}

/// A name as a rule knows it: `DL3006` for `hadolint/DL3006`, `DS-0002` for `AVD-DS-0002` and `DS002`.
fn without_namespace(word: &str) -> String {
    for namespace in NAMESPACES {
        if let Some(head) = word.get(..namespace.len())
            && head.eq_ignore_ascii_case(namespace)
        {
            return word[namespace.len()..].to_owned();
        }
    }
    let word = word.strip_prefix("AVD-").unwrap_or(word);
    match word.strip_prefix("DS") {
        Some(digits) if digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("DS-0{digits}")
        }
        _ => word.to_owned(),
    }
}

/// Whether a text is a date such as `2027-01-31`.
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |length: usize, range: std::ops::RangeInclusive<u16>| {
        parts.next().is_some_and(|part| {
            let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            digits && part.parse().is_ok_and(|value| range.contains(&value))
        })
    };
    number(4, 0..=9999) && number(2, 1..=12) && number(2, 1..=31) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tool scope names … | until | reason`, `*` for everything.
    fn read(comment: &str) -> String {
        let Some(directive) = Directive::parse(comment, 0, false) else {
            return "-".to_owned();
        };
        let mut shown = format!("{} {:?}", directive.tool.as_str(), directive.scope);
        for rule in &directive.rules {
            shown += &format!(" {}", rule.value);
            assert!(
                comment
                    .get(rule.span.range())
                    .is_some_and(|text| text.ends_with(&rule.value) || text.contains("DS"))
            );
        }
        if directive.everything.is_some() {
            shown += " *";
        }
        if let Some(until) = &directive.until {
            assert_eq!(until.span.text(comment), until.value);
            shown += &format!(" until {}", until.value);
        }
        if let Some(reason) = &directive.reason {
            assert_eq!(reason.span.text(comment), reason.value);
            shown += &format!(" because {}", reason.value);
        }
        shown
    }

    #[test]
    fn every_dialect_is_understood() {
        for (comment, wanted) in [
            (
                "# dockworthy: ignore[root-user, DL3008 until=2027-01-31] needs port 80",
                "dockworthy Next root-user DL3008 until 2027-01-31 because needs port 80",
            ),
            (
                "#dockworthy: ignore-file[a]: b",
                "dockworthy Head a because b",
            ),
            (
                "# hadolint ignore=DL3006,SC2086",
                "hadolint Next DL3006 SC2086",
            ),
            (
                "#hadolint  ignore = DL3006 , SC2086 # why",
                "hadolint Next DL3006 SC2086 because why",
            ),
            ("# hadolint global ignore=DL3006", "hadolint File DL3006"),
            ("# hadolint stage ignore=DL3006,", "hadolint Stage DL3006"),
            (
                "# check=skip=JSONArgsRecommended,StageNameCasing",
                "BuildKit Next JSONArgsRecommended StageNameCasing",
            ),
            (
                "# check=error=true;skip=all // why",
                "BuildKit Next * because why",
            ),
            ("# check=skip=A, B", "BuildKit Next A because B"),
            (
                "# tally ignore=hadolint/DL3026,tally/max-lines;reason=big file",
                "tally Next DL3026 max-lines because big file",
            ),
            ("# TALLY global ignore=all", "tally File *"),
            (
                "# droast ignore=DF001,DF002 reason=\"old base\" expires=2027-01-31",
                "droast Next DF001 DF002 until 2027-01-31 because old base",
            ),
            (
                "# droast global ignore=DF001 expires=2027-01-31 reason=\"x\"",
                "droast File DF001 until 2027-01-31 because x",
            ),
            ("# dockerfile-utils: ignore", "dockerfile-utils Next *"),
            (
                "#checkov:skip=CKV_DOCKER_3: runs in a sandbox",
                "checkov File CKV_DOCKER_3 because runs in a sandbox",
            ),
            ("#trivy:ignore:AVD-DS-0002", "trivy Next DS-0002"),
            (
                "# trivy:ignore:DS002:exp:2027-01-31 trivy:ignore:DS-0017",
                "trivy Next DS-0002 DS-0017 until 2027-01-31",
            ),
            ("# trivy:ignore:*", "trivy Next *"),
            ("# kics-scan ignore-line", "KICS Line *"),
            ("# kics-scan ignore-block", "KICS Next *"),
            (
                "# shellcheck disable=SC2086,SC2046",
                "ShellCheck Next SC2086 SC2046",
            ),
        ] {
            assert_eq!(read(comment), wanted, "{comment}");
        }
    }

    #[test]
    fn comments_of_compose_files_are_understood() {
        for (comment, scope, names, is_everything) in [
            ("# dclint disable-file", Scope::Head, &[][..], true),
            ("# dclint disable", Scope::Head, &[], true),
            (
                "# dclint disable no-version-field  services-alphabetical-order",
                Scope::Head,
                &["no-version-field", "services-alphabetical-order"],
                false,
            ),
            ("#dclint disable-line", Scope::Line, &[], true),
            (
                "# dclint disable-line no-version-field",
                Scope::Line,
                &["no-version-field"],
                false,
            ),
            ("# kics-scan ignore-line", Scope::Line, &[], true),
            ("# kics-scan ignore-block", Scope::Next, &[], true),
        ] {
            let directive = Directive::parse(comment, 0, true).expect(comment);
            let found: Vec<&str> = directive.rules.iter().map(|name| &*name.value).collect();
            assert_eq!((directive.scope, &*found), (scope, names), "{comment}");
            assert_eq!(directive.everything.is_some(), is_everything, "{comment}");
        }
    }

    #[test]
    fn other_comments_are_left_alone() {
        for comment in [
            "# dockworthy is nice",
            "# dockworthy: ignore root-user",
            "# dockworthy: ignore[root-user",
            "# hadolint shell=bash",
            "# check=error=true",
            "# check this",
            "# kics-scan ignore-lines",
            "# kics-scan",
            "# shellcheck shell=bash",
            "#",
            "# ü",
        ] {
            assert_eq!(read(comment), "-", "{comment}");
        }
        assert_eq!(Directive::parse("# hadolint ignore=DL3006", 0, true), None);
        assert_eq!(Directive::parse("# dclint disable", 0, false), None);
    }

    #[test]
    fn a_setting_beside_others_can_be_taken_away_alone() {
        for (comment, wanted) in [
            ("# check=skip=A", "# check=skip=A"),
            ("# check=skip=A;error=true", "skip=A;"),
            ("# check=error=true;skip=A # b", ";skip=A"),
        ] {
            let directive = Directive::parse(comment, 0, false).expect("a directive");
            assert_eq!(directive.removable.text(comment), wanted);
        }
    }

    #[test]
    fn codes_of_tools_have_a_shape() {
        for name in [
            "DL3008",
            "sc2086",
            "CKV_DOCKER_3",
            "CKV2_DOCKER_1",
            "DF001",
            "DS-0002",
            "tally/max-lines",
            "StageNameCasing",
            "CL-0001",
            "S7019",
        ] {
            assert!(Tool::Hadolint.may_know(name), "{name}");
        }
        for name in [
            "DL30008", "DL", "root-usr", "DLabcd", "SC20860", "", "CKV", "S",
        ] {
            assert!(!Tool::Hadolint.may_know(name), "{name}");
        }
        assert!(Tool::Tally.may_know("max-lines") && !Tool::Tally.may_know("DL30O8"));
        assert!(!Tool::BuildKit.may_know("StageNameCase"));
    }

    #[test]
    fn dates_are_dates() {
        assert!(is_date("2027-01-31"));
        for text in [
            "2027-13-01",
            "2027-1-1",
            "soon",
            "2027-01-31-",
            "27-01-31",
            "",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}

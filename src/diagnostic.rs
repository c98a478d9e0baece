//! What a check says: plain data, no rendering, no configuration.

use std::borrow::Cow;

use crate::text::{At, Edit, Location, Span, TextEnd, order};

/// How much a finding matters. Ordered: a threshold selects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing; never fails a run by default.
    Info,
    /// Wrong or risky as written.
    Warning,
    /// The build or `compose up` fails, or a secret or the host is given away.
    Error,
}

impl Severity {
    /// The word used in output and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity that a word names.
    pub fn parse(word: &str) -> Option<Severity> {
        [Severity::Info, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}

/// How sure a finding is. Ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    /// A guess; never an error and never on by default.
    Low,
    /// Right in nearly all cases.
    Medium,
    /// Right whenever it speaks.
    High,
}

impl Confidence {
    /// The word used in output and front matter.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// Whether a fix may be applied without asking. Ordered: a threshold selects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Applicability {
    /// Shown only: it needs a value that the user has to fill in.
    Manual,
    /// May change behaviour; applied with `--unsafe-fixes` or by hand.
    Unsafe,
    /// Cannot change anything but what the rule is about; applied with `--fix`.
    Safe,
}

impl Applicability {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::Manual => "manual",
            Applicability::Unsafe => "unsafe",
            Applicability::Safe => "safe",
        }
    }
}

/// A second place that explains a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub at: Location,
    /// What is there to see.
    pub text: String,
}

/// A change that makes the finding go away. All of it belongs together: edits in the file that the diagnostic
/// points to, and perhaps lines in one beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What the fix does, in the imperative; for an unsafe fix also what it may break.
    pub title: String,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// Sorted by place, not overlapping.
    pub edits: Vec<Edit>,
    /// What changes in another file.
    pub companion: Option<Companion>,
}

impl Fix {
    /// A fix from edits in any order.
    pub fn new(
        title: impl Into<String>,
        applicability: Applicability,
        mut edits: Vec<Edit>,
    ) -> Fix {
        order::sort(&mut edits);
        Fix {
            title: title.into(),
            applicability,
            edits,
            companion: None,
        }
    }

    /// The same with lines in another file.
    pub fn with_companion(mut self, companion: Companion) -> Fix {
        self.companion = Some(companion);
        self
    }
}

/// Lines that a fix adds to another file, which stands in the folder of the file that the diagnostic points to:
/// its `.dockerignore`. The file is made if it is not there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Companion {
    /// The other file's name, without any folder.
    pub name: Box<str>,
    /// The lines, without their ends. Those that the file has by then are not added.
    pub lines: Vec<Box<str>>,
    /// Where the other file ends; `None` when it is not there.
    pub end: Option<TextEnd>,
}

impl Companion {
    /// What is put at the end of the other file.
    pub fn text(&self) -> String {
        self.end.unwrap_or_default().lines(&self.lines)
    }
}

/// A finding as a rule reports it. Rule, severity and suppression are added by the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The offending token.
    pub at: Location,
    /// What is wrong, about the user's file: lower case, present tense, no final stop, offending text in
    /// backticks.
    pub message: String,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// Changes that mend it, best first.
    pub fixes: Vec<Fix>,
    /// How much this very finding matters, where it differs from the rule's own severity.
    pub severity: Option<Severity>,
    /// Other places where a suppression comment also counts for this finding.
    pub also_suppress_at: Vec<Span>,
    /// The code of a program outside that found it, such as `SC2010`. It then stands for the rule's id as well.
    pub code: Option<Box<str>>,
}

impl Finding {
    /// A finding with nothing but its place and message.
    pub fn new(at: Location, message: impl Into<String>) -> Finding {
        Finding {
            at,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fixes: Vec::new(),
            severity: None,
            also_suppress_at: Vec::new(),
            code: None,
        }
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Finding {
        self.help = Some(help.into());
        self
    }

    /// Points to a second place: a span in the same file, or a location anywhere.
    pub fn label(&mut self, at: impl At, text: impl Into<String>) -> &mut Finding {
        self.labels.push(Label {
            at: at.location(self.at.file),
            text: text.into(),
        });
        self
    }

    /// Offers a change.
    pub fn fix(&mut self, fix: Fix) -> &mut Finding {
        self.fixes.push(fix);
        self
    }

    /// Makes this finding matter more or less than the rule's findings usually do. What the user
    /// configured for the rule still wins.
    pub fn severity(&mut self, severity: Severity) -> &mut Finding {
        self.severity = Some(severity);
        self
    }

    /// Lets a suppression comment at `span` count as well.
    pub fn also_suppress_at(&mut self, span: Span) -> &mut Finding {
        self.also_suppress_at.push(span);
        self
    }
}

/// A finding with everything that the engine knows about it: what reports and editors show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The rule's id, such as `root-user`.
    pub rule: &'static str,
    /// The ids that other linters give to the same fact, such as `DL3002`.
    pub aliases: &'static [&'static str],
    /// The word for the rule's category, such as `security`.
    pub category: &'static str,
    /// How much it matters after configuration.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// What the rule said.
    pub finding: Finding,
    /// A name for this finding that stays the same when lines move; baselines and code hosts know it by.
    pub fingerprint: String,
    /// Where the rule is explained.
    pub url: String,
    /// Why it is not shown, if it is not.
    pub suppressed: Option<Suppression>,
}

impl Diagnostic {
    /// What other linters call it: the rule's aliases, or the code of the program that found it.
    pub fn names(&self) -> Cow<'_, [&str]> {
        match self.finding.code.as_deref() {
            None => Cow::Borrowed(self.aliases),
            code => Cow::Owned(self.aliases.iter().copied().chain(code).collect()),
        }
    }

    /// The first fix that may be applied under a threshold.
    pub fn fix_at_least(&self, threshold: Applicability) -> Option<&Fix> {
        self.finding
            .fixes
            .iter()
            .find(|fix| fix.applicability >= threshold)
    }
}

/// Why a diagnostic counts no longer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suppression {
    /// What silenced it.
    pub by: SuppressedBy,
    /// The reason that its author gave.
    pub reason: Option<String>,
}

/// What can silence a diagnostic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SuppressedBy {
    /// A comment in the file.
    Comment,
    /// The configuration, for a path or a service.
    Config,
    /// The baseline file.
    Baseline,
}

impl SuppressedBy {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            SuppressedBy::Comment => "comment",
            SuppressedBy::Config => "config",
            SuppressedBy::Baseline => "baseline",
        }
    }
}

/// Work that a run could not do: a path that does not exist, a file that cannot be read. Nothing to do
/// with what files say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The path it is about, for printing.
    pub path: Option<String>,
    /// What was attempted and why it failed, in the same manner as [`Finding::message`].
    pub message: String,
}

/// A place where a file does not follow its grammar. Parsers collect these; they never stop at one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// The rule whose finding this is, such as `unknown-flag`.
    pub rule: &'static str,
    /// The offending bytes.
    pub span: Span,
    /// What is wrong, in the same manner as [`Finding::message`].
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places in the same file that explain it.
    pub labels: Vec<(Span, String)>,
    /// A change that mends it.
    pub fix: Option<Fix>,
    /// How much this very error matters, where it differs from the rule's own severity.
    pub severity: Option<Severity>,
}

impl SyntaxError {
    /// An error with nothing but its rule, place and message.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> SyntaxError {
        SyntaxError {
            rule,
            span,
            message: message.into(),
            help: None,
            labels: Vec::new(),
            fix: None,
            severity: None,
        }
    }

    /// The same with a severity of its own.
    pub fn with_severity(mut self, severity: Severity) -> SyntaxError {
        self.severity = Some(severity);
        self
    }

    /// The same with advice.
    pub fn with_help(mut self, help: impl Into<String>) -> SyntaxError {
        self.help = Some(help.into());
        self
    }

    /// The same with a second place.
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> SyntaxError {
        self.labels.push((span, text.into()));
        self
    }

    /// The same with a change that mends it.
    pub fn with_fix(mut self, fix: Fix) -> SyntaxError {
        self.fix = Some(fix);
        self
    }
}

/// What a parser makes of a text: always a tree, and what was wrong on the way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parse<T> {
    /// The tree of everything that could be understood.
    pub tree: T,
    /// What could not, in the order of the file.
    pub errors: Vec<SyntaxError>,
}

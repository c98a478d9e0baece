//! Which rules run, how much their findings matter, and with which options: what configuration and command
//! line come down to.

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};
use serde_json::Value;

use super::meta::{Category, Preset, Rule, RuleMeta, Shared};
use super::suppress::Comments;
use super::suppress::configured::Ignored;
use crate::diagnostic::Severity;

/// What someone said about a rule's findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// The rule runs and its findings have this severity.
    On(Severity),
}

impl Level {
    /// The level that a word of the configuration names.
    pub fn parse(word: &str) -> Option<Level> {
        if word == "off" {
            Some(Level::Off)
        } else {
            Severity::parse(word).map(Level::On)
        }
    }
}

/// What is configured for one rule.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RuleSetting {
    /// Its level, where one was given.
    pub level: Option<Level>,
    /// Values for its options, by name.
    pub options: BTreeMap<String, Value>,
}

/// The settings in force for a file. The default is the preset `recommended` and nothing else.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Presets; a rule has the highest severity that one of them gives it.
    pub presets: Vec<Preset>,
    /// Settings of single rules, by id; they win over presets.
    pub rules: BTreeMap<&'static str, RuleSetting>,
    /// Settings that several rules read as an option.
    pub shared: BTreeMap<Shared, Value>,
    /// When not empty: only these rules run, whatever presets and settings say.
    pub select: Vec<Selector>,
    /// These rules do not run.
    pub ignore: Vec<Selector>,
    /// Findings that are suppressed where they stand; their rules run.
    pub ignored: Vec<Ignored>,
    /// Which comments may ask for silence.
    pub comments: Comments,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            presets: vec![Preset::Recommended],
            rules: BTreeMap::new(),
            shared: BTreeMap::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            ignored: Vec::new(),
            comments: Comments::default(),
        }
    }
}

/// A rule that runs, and what became of its severity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Active {
    /// The severity of its findings.
    pub severity: Severity,
    /// Whether someone asked for exactly this severity, so that a finding's own does not count.
    pub fixed: bool,
}

impl Settings {
    /// Whether and how a rule runs under these settings.
    pub fn active(&self, rule: &RuleMeta) -> Option<Active> {
        let preset = self
            .presets
            .iter()
            .filter_map(|preset| rule.severity_in(*preset))
            .chain(self.is_asked_for(rule).then_some(Severity::Warning))
            .max();
        let configured = self.rules.get(rule.id).and_then(|setting| setting.level);
        let active = match configured {
            Some(Level::Off) => None,
            Some(Level::On(severity)) => Some(Active {
                severity,
                fixed: true,
            }),
            None => preset.map(|severity| Active {
                severity,
                fixed: false,
            }),
        };
        if self.ignore.iter().any(|selector| selector.matches(rule)) {
            return None;
        }
        let is_picked =
            |selector: &Selector| selector.matches(rule) || selector.picks_codes_of(rule);
        if self.select.is_empty() {
            return active;
        }
        let selected = self.select.iter().any(is_picked);
        selected.then(|| {
            active.unwrap_or(Active {
                severity: rule.severity,
                fixed: false,
            })
        })
    }

    /// Whether a setting for several rules asks for one that no preset has: `suppressions: {max-days: 90}`.
    fn is_asked_for(&self, rule: &RuleMeta) -> bool {
        let mut shared = rule
            .options
            .iter()
            .filter_map(|option| self.shared.get(&option.shared?));
        let is_on = |value: &Value| match value {
            Value::Bool(value) => *value,
            Value::Number(number) => number.as_u64() != Some(0),
            Value::String(text) => !matches!(text.as_str(), "" | "off"),
            _ => false,
        };
        rule.presets.is_empty() && shared.any(is_on)
    }

    /// The rule's options: its defaults, overlaid by shared settings, overlaid by what is configured for the
    /// rule itself.
    pub fn options(&self, rule: &RuleMeta) -> Value {
        let configured = self.rules.get(rule.id);
        let mut values = serde_json::Map::new();
        for option in rule.options {
            let default = || serde_json::from_str(option.default).unwrap_or(Value::Null);
            let value = configured
                .and_then(|setting| setting.options.get(option.name))
                .or_else(|| self.shared.get(&option.shared?))
                .cloned();
            values.insert(option.name.to_owned(), value.unwrap_or_else(default));
        }
        Value::Object(values)
    }
}

/// A pattern that picks rules on the command line and in lists of the configuration: an id, an alias, a category, or a glob over them.
#[derive(Clone, Debug)]
pub struct Selector {
    pattern: GlobMatcher,
}

impl Selector {
    /// Reads a pattern and makes sure that it picks at least one of `rules`.
    ///
    /// # Errors
    /// A sentence for the user: the pattern is malformed, or nothing has that name.
    pub fn parse(pattern: &str, rules: &[Rule]) -> Result<Selector, String> {
        let glob = Glob::new(&pattern.to_ascii_lowercase())
            .map_err(|error| format!("`{pattern}` is not a pattern: {}", error.kind()))?;
        let selector = Selector {
            pattern: glob.compile_matcher(),
        };
        let is_category = Category::ALL
            .iter()
            .any(|category| selector.is_match(category.as_str()));
        let is_code = selector.is_for_codes();
        if is_category || is_code || rules.iter().any(|rule| selector.matches(&rule.meta)) {
            return Ok(selector);
        }
        Err(match super::meta::nearest(rules, pattern) {
            Some(nearest) => format!("no rule is called `{pattern}`; did you mean `{nearest}`?"),
            None => format!("no rule is called `{pattern}`; `dockworthy rules` lists them"),
        })
    }

    /// Whether it picks a rule.
    pub fn matches(&self, rule: &RuleMeta) -> bool {
        self.is_match(rule.id)
            || self.is_match(rule.category.as_str())
            || rule.aliases.iter().any(|alias| self.is_match(alias))
    }

    /// Whether it picks a code of a program outside, which no rule answers to.
    pub fn matches_code(&self, code: &str) -> bool {
        self.is_match(code)
    }

    /// Whether it is a code of ShellCheck's, or a pattern for some, and the rule passes such on.
    fn picks_codes_of(&self, rule: &RuleMeta) -> bool {
        rule.options
            .iter()
            .any(|option| option.shared == Some(Shared::ShellCheck))
            && self.is_for_codes()
    }

    /// Whether it is a code of ShellCheck's or a pattern for some, such as `SC2*`.
    fn is_for_codes(&self) -> bool {
        let pattern = self.pattern.glob().glob();
        let digits = pattern.strip_prefix("sc").unwrap_or_default();
        let known = |c: char| c.is_ascii_digit() || matches!(c, '*' | '?');
        digits.starts_with(['1', '2', '3', '*', '?'])
            && digits.len() <= 4
            && digits.chars().all(known)
    }

    fn is_match(&self, name: &str) -> bool {
        self.pattern.is_match(name.to_ascii_lowercase())
    }
}

/// Whether a name is a code of ShellCheck's: `SC`, and a number from 1000 to 3999.
pub fn is_script_code(name: &str) -> bool {
    let head = name
        .get(..2)
        .is_some_and(|head| head.eq_ignore_ascii_case("SC"));
    let digits = name.as_bytes().get(2..).unwrap_or_default();
    head && matches!(digits, [b'1'..=b'3', rest @ ..] if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit))
}

/// Whether what a rule passes on under a code counts when some are picked and others left out.
pub(super) fn counts(
    select: &[Selector],
    ignore: &[Selector],
    rule: &RuleMeta,
    code: &str,
) -> bool {
    let picks = |selector: &Selector| selector.matches(rule) || selector.matches_code(code);
    (select.is_empty() || select.iter().any(picks)) && !ignore.iter().any(picks)
}

//! Which findings are silenced by which comments, and what that tells about the comments.

use std::collections::HashMap;

use super::IgnoreComment;
use super::dialect::Tool;
use crate::diagnostic::{SuppressedBy, Suppression};
use crate::engine::context::RawFinding;
use crate::engine::ruleset::{RuleIndex, Ruleset};
use crate::engine::settings::is_script_code;
use crate::text::{Span, Spanned, order};

/// How many names that nobody knows get a suggestion, in one file.
const MAX_SUGGESTIONS: usize = 32;

/// The longest name in bytes that gets a suggestion.
const MAX_NAME: usize = 80;

/// The suppressions of a file, by what they cover.
pub struct Silences<'c> {
    comments: &'c [IgnoreComment],
    ruleset: &'c Ruleset,
    today: Option<&'c str>,
    /// Sorted by the beginning of what they cover.
    groups: Vec<Group>,
}

/// The comments that cover the same bytes.
struct Group {
    covers: Span,
    /// For each rule what means it.
    rules: HashMap<RuleIndex, Names>,
    /// The same for codes of ShellCheck's that no rule answers to, in upper case.
    codes: HashMap<String, Names>,
    /// The first comment in force that means every rule.
    everything: Option<usize>,
}

/// The names that mean a rule.
#[derive(Default)]
struct Names {
    /// All of them.
    names: Vec<Name>,
    /// The first comment in force with one.
    in_force: Option<usize>,
}

/// A name in a comment.
#[derive(Clone, Copy)]
struct Name {
    comment: usize,
    /// Which of its names; `None` for the word that means every rule of its tool.
    rule: Option<usize>,
}

/// What became of some findings.
#[derive(Debug, Default)]
pub struct Silenced {
    /// For each finding why it is silent, if it is.
    pub by: Vec<Option<Suppression>>,
    /// The names that silenced something or, expired, would have: comment and number of the name.
    used: Vec<(usize, usize)>,
}

impl Silenced {
    /// Takes over what comments in other files say of the same findings.
    pub fn take_over(&mut self, findings: &[RawFinding]) {
        for (by, raw) in self.by.iter_mut().zip(findings) {
            if by.is_none() {
                by.clone_from(&raw.suppressed);
            }
        }
    }
}

/// A comment that asks for silence, and what it was good for.
#[derive(Clone, Debug)]
pub struct SuppressionUse<'c> {
    /// The comment.
    pub comment: &'c IgnoreComment,
    /// Its names.
    pub names: Vec<NameUse<'c>>,
    /// Whether it no longer counts.
    pub is_expired: bool,
    /// The day (`YYYY-MM-DD`), where it matters.
    pub today: Option<&'c str>,
}

/// A name in a comment, and what it was good for.
#[derive(Clone, Debug)]
pub struct NameUse<'c> {
    /// The name, and its place as written.
    pub name: &'c Spanned<String>,
    /// The ids of the rules that answer to it.
    pub rules: Vec<&'static str>,
    /// What it was good for.
    pub outcome: Outcome,
}

/// What a name in a comment was good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It silenced a finding, or would have if it had not expired.
    Used,
    /// All rules that it means have run and found nothing there.
    Unused,
    /// It may be needed: by a rule that did not run, or by another tool.
    Undecided,
    /// No rule and no tool that we know has this name.
    Unknown {
        /// The rule's name or alias that is spelled most like it.
        nearest: Option<&'static str>,
    },
}

impl<'c> Silences<'c> {
    /// The suppressions in `comments`, for the rules of a set. `today` (`YYYY-MM-DD`) decides about expired
    /// ones.
    pub fn new(
        comments: &'c [IgnoreComment],
        ruleset: &'c Ruleset,
        today: Option<&'c str>,
    ) -> Silences<'c> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_span = HashMap::new();
        for (index, comment) in comments.iter().enumerate() {
            let Some(covers) = comment.covers else {
                continue;
            };
            let group = *by_span.entry(covers).or_insert_with(|| {
                groups.push(Group {
                    covers,
                    rules: HashMap::new(),
                    codes: HashMap::new(),
                    everything: None,
                });
                groups.len() - 1
            });
            let group = &mut groups[group];
            let counts = !comment.is_expired(today);
            for (rule, name) in comment.rules.iter().enumerate() {
                let name_of = Name {
                    comment: index,
                    rule: Some(rule),
                };
                let rules = ruleset.named(&name.value);
                group.add(rules, name_of, counts);
                if rules.is_empty() && is_script_code(&name.value) {
                    let code = name.value.to_ascii_uppercase();
                    group.codes.entry(code).or_default().add(name_of, counts);
                }
            }
            if comment.everything.is_some() {
                let name_of = Name {
                    comment: index,
                    rule: None,
                };
                match comment.tool.own_checks() {
                    Some(checks) => {
                        for check in checks {
                            group.add(ruleset.named(check), name_of, counts);
                        }
                    }
                    None if counts => group.everything = group.everything.or(Some(index)),
                    None => {}
                }
            }
        }
        order::sort_by_key(&mut groups, |group| group.covers);
        Silences {
            comments,
            ruleset,
            today,
            groups,
        }
    }

    /// What becomes of findings.
    pub fn find(&self, findings: &[RawFinding]) -> Silenced {
        let mut silenced = Silenced {
            by: vec![None; findings.len()],
            used: Vec::new(),
        };
        if self.groups.is_empty() {
            return silenced;
        }
        let places = findings.iter().enumerate().flat_map(|(index, raw)| {
            let finding = &raw.finding;
            let places = std::iter::once(&finding.at.span).chain(&finding.also_suppress_at);
            places.map(move |span| (span.start, index))
        });
        let mut places: Vec<(u32, usize)> = places.collect();
        order::sort(&mut places);
        // The comment that speaks first, for each finding.
        let mut first: Vec<usize> = vec![usize::MAX; findings.len()];
        let mut seen = std::collections::HashSet::new();
        let mut coming = self.groups.iter().enumerate().peekable();
        let mut open: Vec<(usize, &Group)> = Vec::new();
        for (at, index) in places {
            while let Some(group) = coming.next_if(|(_, group)| group.covers.start <= at) {
                open.push(group);
            }
            open.retain(|(_, group)| group.covers.end >= at);
            let rule = findings[index].rule;
            for (number, group) in &open {
                let names = group.rules.get(&rule);
                // A word for everything must not hide what there is to say about itself.
                let everything = group.everything.filter(|_| !self.is_about_comments(rule));
                let code = findings[index].finding.code.as_deref();
                let coded = code.and_then(|code| group.codes.get(code));
                let named = names.and_then(|names| names.in_force);
                let by_code = coded.and_then(|names| names.in_force);
                for comment in named.into_iter().chain(by_code).chain(everything) {
                    first[index] = first[index].min(comment);
                }
                silenced
                    .used
                    .extend(coded.into_iter().flat_map(Names::used));
                if let Some(names) = names
                    && seen.insert((*number, rule))
                {
                    silenced.used.extend(names.used());
                }
            }
        }
        for (by, comment) in silenced.by.iter_mut().zip(first) {
            *by = self.comments.get(comment).map(|comment| Suppression {
                by: SuppressedBy::Comment,
                reason: comment.reason.as_ref().map(|reason| reason.value.clone()),
            });
        }
        silenced
    }

    /// What the comments were good for. `is_complete` says that every rule could see all of the file.
    pub fn uses(&self, silenced: &mut Silenced, is_complete: bool) -> Vec<SuppressionUse<'c>> {
        order::sort(&mut silenced.used);
        let mut suggestions = MAX_SUGGESTIONS;
        let show = |(index, comment): (usize, &'c IgnoreComment)| {
            let names = comment.rules.iter().enumerate().map(|(number, name)| {
                let rules = self.ruleset.named(&name.value);
                // ShellCheck says nothing of what its own comments silence.
                let is_asked_for =
                    comment.tool != Tool::ShellCheck && self.ruleset.is_asked_for(&name.value);
                let outcome = if rules.is_empty() && !is_asked_for {
                    self.unknown(comment.tool, name, &mut suggestions)
                } else if silenced.used.binary_search(&(index, number)).is_ok() {
                    Outcome::Used
                } else if is_complete
                    && rules
                        .iter()
                        .all(|rule| self.would_have_spoken(comment.tool, *rule))
                {
                    Outcome::Unused
                } else {
                    Outcome::Undecided
                };
                let ids = rules.iter().map(|rule| self.ruleset.meta(*rule).id);
                NameUse {
                    name,
                    rules: ids.collect(),
                    outcome,
                }
            });
            SuppressionUse {
                comment,
                names: names.collect(),
                is_expired: comment.is_expired(self.today),
                today: self.today,
            }
        };
        self.comments.iter().enumerate().map(show).collect()
    }

    /// What to say of a name that no rule answers to.
    fn unknown(&self, tool: Tool, name: &Spanned<String>, suggestions: &mut usize) -> Outcome {
        // In front of it stands whose it is.
        let is_prefixed = name.span.len() as usize > name.value.len();
        let name = name.value.as_str();
        if is_prefixed || tool.may_know(name) {
            return Outcome::Undecided;
        }
        let nearest = if *suggestions > 0 && name.len() <= MAX_NAME {
            *suggestions -= 1;
            let nearest = self.ruleset.nearest(name);
            nearest.filter(|nearest| tool == Tool::Dockworthy || tool.may_know(nearest))
        } else {
            None
        };
        Outcome::Unknown { nearest }
    }

    /// Whether a rule ran, so that its silence says something. Rules about comments look at what the others
    /// did, and ShellCheck knows more about scripts than anyone here.
    fn would_have_spoken(&self, tool: Tool, rule: RuleIndex) -> bool {
        tool != Tool::ShellCheck
            && self.ruleset.active(rule).is_some()
            && !self.is_about_comments(rule)
    }

    fn is_about_comments(&self, rule: RuleIndex) -> bool {
        let mut about_comments = self.ruleset.table().suppression.iter();
        about_comments.any(|(other, _)| other == rule)
    }
}

impl Group {
    /// Notes that a name means some rules; `counts` when its comment is in force.
    fn add(&mut self, rules: &[RuleIndex], name: Name, counts: bool) {
        for rule in rules {
            self.rules.entry(*rule).or_default().add(name, counts);
        }
    }
}

impl Names {
    fn add(&mut self, name: Name, counts: bool) {
        self.names.push(name);
        if counts {
            self.in_force = self.in_force.or(Some(name.comment));
        }
    }

    /// The names that stand in comments, by comment and number.
    fn used(&self) -> impl Iterator<Item = (usize, usize)> {
        let names = self.names.iter();
        names.filter_map(|name| Some((name.comment, name.rule?)))
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::ruleset::Ruleset;
    use crate::engine::settings::Settings;
    use crate::rules::RULES;
    use crate::text::{FileId, SourceFile};
    use crate::workspace::kind::Kind;

    /// The rules that speak of `untagged-image`'s facts on a day, silenced ones in brackets.
    fn lint(text: &str, today: Option<&str>) -> Vec<String> {
        let ruleset = Ruleset::build(RULES, &Settings::default());
        let source = SourceFile::from_text(FileId(0), "Dockerfile".into(), text);
        let linted = crate::check::lint(&source, Kind::Dockerfile, &ruleset, today);
        let found = linted.diagnostics.iter();
        let found = found.filter(|found| found.rule == "untagged-image");
        found
            .map(|found| match &found.suppressed {
                Some(why) => format!("({})", why.reason.as_deref().unwrap_or_default()),
                None => "found".to_owned(),
            })
            .collect()
    }

    #[test]
    fn an_expired_comment_silences_nothing() {
        let text = "# dockworthy: ignore[untagged-image until=2027-01-31] why\nFROM a\n";
        assert_eq!(lint(text, None), ["(why)"]);
        assert_eq!(lint(text, Some("2027-01-30")), ["(why)"]);
        assert_eq!(lint(text, Some("2027-01-31")), ["found"]);
    }

    #[test]
    fn a_second_comment_counts_where_the_first_has_expired() {
        let text = "# dockworthy: ignore[untagged-image until=2026-01-31] old\n\
            # hadolint ignore=DL3006 # new\nFROM a\nFROM b\n";
        assert_eq!(lint(text, Some("2027-01-31")), ["(new)", "found"]);
    }

    #[test]
    fn all_of_buildkit_is_what_buildkit_checks() {
        assert_eq!(lint("# check=skip=all\nFROM a\n", None), ["found"]);
        assert_eq!(lint("# tally global ignore=all\nFROM a\n", None), ["()"]);
        assert_eq!(lint("# check=error=true\nFROM a\n", None), ["found"]);
    }

    /// The rules that speak in a Compose file, silenced ones in brackets.
    fn lint_compose(text: &str) -> Vec<String> {
        let ruleset = Ruleset::build(RULES, &Settings::default());
        let source = SourceFile::from_text(FileId(0), "compose.yaml".into(), text);
        let linted = crate::check::lint(&source, Kind::Compose, &ruleset, None);
        let found = linted.diagnostics.iter();
        let found =
            found.filter(|found| ["untagged-image", "privileged-service"].contains(&found.rule));
        found
            .map(|found| match &found.suppressed {
                Some(_) => format!("({})", found.rule),
                None => found.rule.to_owned(),
            })
            .collect()
    }

    #[test]
    fn comments_of_dclint_mean_its_own_rules() {
        let text = "services:\n  a:\n    privileged: true\n    image: b\n";
        assert_eq!(lint_compose(text), ["privileged-service", "untagged-image"]);
        for head in [
            "# dclint disable-file",
            "---\n# dclint disable",
            "# dclint disable service-image-require-explicit-tag",
        ] {
            let found = lint_compose(&format!("{head}\n{text}"));
            assert_eq!(found, ["privileged-service", "(untagged-image)"], "{head}");
        }
        let other = format!("# dclint disable no-version-field\n{text}");
        assert_eq!(
            lint_compose(&other),
            ["privileged-service", "untagged-image"]
        );
        for line in [
            "image: b # dclint disable-line",
            "# dclint disable-line\n    image: b",
        ] {
            let found = lint_compose(&text.replace("image: b", line));
            assert_eq!(found, ["privileged-service", "(untagged-image)"], "{line}");
        }
        let later = lint_compose(&text.replace("  a:", "  # dclint disable\n  a:"));
        assert_eq!(later, ["privileged-service", "untagged-image"]);
    }

    #[test]
    fn comments_of_kics_reach_a_line_or_a_block() {
        let text = "services:\n  a:\n    privileged: true\n    image: b\n";
        let with = |comment: &str, before: &str| {
            let indented = format!("{comment}\n    {before}");
            lint_compose(&text.replacen(before, &indented, 1))
        };
        assert_eq!(
            with("# kics-scan ignore-line", "privileged"),
            ["(privileged-service)", "untagged-image"]
        );
        let above = text.replace("  a:", "  # kics-scan ignore-line\n  a:");
        assert_eq!(
            lint_compose(&above),
            ["privileged-service", "untagged-image"]
        );
        let above = text.replace("  a:", "  # kics-scan ignore-block\n  a:");
        assert_eq!(
            lint_compose(&above),
            ["(privileged-service)", "(untagged-image)"]
        );
    }

    #[test]
    fn a_comment_counts_for_its_stage_only() {
        let text = "# hadolint stage ignore=DL3006\nFROM a\nFROM b\n";
        assert_eq!(lint(text, None), ["()", "found"]);
        let text = "FROM a\nFROM b\nRUN c\n# hadolint stage ignore=DL3006\nRUN d\n";
        assert_eq!(lint(text, None), ["found", "()"]);
    }
}

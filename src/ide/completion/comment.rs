//! Comments: the rules that they silence, and the parser directives of Dockerfiles.

use super::{Completion, CompletionKind, Cursor, in_name};
use crate::engine::meta::{self, Rule};
use crate::engine::suppress::dialect::Tool;
use crate::ide::hover::rule_words;
use crate::ide::words;

/// How a comment begins that silences rules.
struct Form {
    words: &'static str,
    /// What ends its list.
    end: &'static str,
    tool: Tool,
    doc: &'static str,
}

const fn form(words: &'static str, end: &'static str, tool: Tool, doc: &'static str) -> Form {
    Form {
        words,
        end,
        tool,
        doc,
    }
}

const IN_BOTH: &[Form] = &[
    form(
        "dockworthy: ignore[",
        "]",
        Tool::Dockworthy,
        "Silences rules for what follows.",
    ),
    form(
        "dockworthy: ignore-file[",
        "]",
        Tool::Dockworthy,
        "Silences rules for the file.",
    ),
];

const IN_DOCKERFILES: &[Form] = &[
    form(
        "hadolint ignore=",
        "",
        Tool::Hadolint,
        "Silences rules for the next instruction.",
    ),
    form(
        "hadolint global ignore=",
        "",
        Tool::Hadolint,
        "Silences rules for the file.",
    ),
    form("check=skip=", "", Tool::BuildKit, "Silences build checks."),
];

const IN_COMPOSE: &[Form] = &[
    form(
        "dclint disable-line ",
        "",
        Tool::Dclint,
        "Silences rules for the line.",
    ),
    form(
        "dclint disable-file ",
        "",
        Tool::Dclint,
        "Silences rules for the file.",
    ),
];

/// What a comment may go on with. `comment` is its text from `#` to the cursor.
pub(super) fn completions(
    rules: &'static [Rule],
    comment: &str,
    is_compose: bool,
    cursor: Cursor<'_>,
) -> Vec<Completion> {
    let body = comment.trim_start_matches('#').trim_start();
    let own = if is_compose {
        IN_COMPOSE
    } else {
        IN_DOCKERFILES
    };
    let forms = || IN_BOTH.iter().chain(own);
    let behind = forms().find_map(|form| Some((form, behind(form.words, body)?)));
    if let Some((form, list)) = behind {
        // Behind the list comes the reason.
        let is_closed = !form.end.is_empty() && list.contains(form.end);
        let is_over = list.contains(['#', ';']) || list.contains("--");
        return match is_closed || is_over {
            true => Vec::new(),
            false => ids(rules, form.tool, list, is_compose, cursor),
        };
    }
    let span = cursor.word(body, in_name);
    let starts = forms().filter(|form| {
        let head = form.words.get(..body.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(body))
    });
    let starts = starts.map(|form| {
        let words = format!("{}{}", form.words, form.end);
        let snippet = format!("{}$0{}", form.words, form.end);
        Completion::new(words, CompletionKind::Keyword, span)
            .doc(form.doc)
            .snippet(snippet)
    });
    starts.collect()
}

/// What follows the words of a form, however many blanks are in it.
fn behind<'t>(words: &str, text: &'t str) -> Option<&'t str> {
    let mut rest = text;
    for part in words.split_inclusive([':', '[', '=', ' ']) {
        let part = part.trim_end();
        rest = rest.trim_start();
        let head = rest.get(..part.len())?;
        if !head.eq_ignore_ascii_case(part) {
            return None;
        }
        rest = &rest[part.len()..];
    }
    let needs_blank = words.ends_with(' ');
    (!needs_blank || rest.starts_with([' ', '\t'])).then_some(rest)
}

/// The rules under the names that a tool gives them.
fn ids(
    rules: &'static [Rule],
    tool: Tool,
    list: &str,
    is_compose: bool,
    cursor: Cursor<'_>,
) -> Vec<Completion> {
    let is_end = |c: char| matches!(c, ',' | ' ' | '\t' | '[');
    let start = list.rfind(is_end).map_or(0, |at| at + 1);
    let typed = &list[start..];
    let taken: Vec<&str> = list[..start].split(is_end).collect();
    let span = cursor.word(typed, in_name);
    let item = |name: &str, rule: Option<&'static Rule>| {
        let item = Completion::new(name, CompletionKind::Rule, span);
        match rule {
            Some(rule) => item.detail(rule.meta.summary).doc(rule_words(rule)),
            None => item,
        }
    };
    let names: Vec<Completion> = match tool {
        Tool::Hadolint => {
            let aliases = rules.iter().flat_map(|rule| {
                let aliases = rule.meta.aliases.iter();
                let codes = aliases.filter(|alias| is_code(alias));
                codes.map(move |alias| item(alias, Some(rule)))
            });
            aliases.collect()
        }
        Tool::Dockworthy => {
            // The other language's rules would have nothing to say.
            let other = if is_compose { "dockerfile" } else { "compose" };
            let own = rules.iter().filter(|rule| rule.meta.group != other);
            own.map(|rule| item(rule.meta.id, Some(rule))).collect()
        }
        _ => {
            let checks = tool.own_checks().unwrap_or_default().iter();
            checks
                .map(|check| item(check, meta::find(rules, check)))
                .collect()
        }
    };
    let free = |name: &Completion| !taken.contains(&&*name.label);
    names.into_iter().filter(free).collect()
}

/// Whether a name is one of hadolint's: `DL3008`, and `SC2086` of ShellCheck.
fn is_code(name: &str) -> bool {
    let digits = name.strip_prefix("DL").or_else(|| name.strip_prefix("SC"));
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// What a comment may be at the top of a Dockerfile.
pub(super) fn directives(comment: &str, above: &str, cursor: Cursor<'_>) -> Vec<Completion> {
    let is_directive = |line: &str| {
        let name = line
            .trim_start_matches('\u{feff}')
            .trim_start()
            .strip_prefix('#');
        let name = name
            .and_then(|line| line.split_once('='))
            .map(|(name, _)| name.trim());
        name.is_some_and(|name| words::directive(&name.to_ascii_lowercase()).is_some())
    };
    if !above.lines().all(is_directive) {
        return Vec::new();
    }
    let body = comment.trim_start_matches('#').trim_start();
    let (name, values): (&str, &[&str]) = match body.split_once('=') {
        Some((name, typed)) => {
            let values: &[&str] = match name.trim().to_ascii_lowercase().as_str() {
                "syntax" => &["docker/dockerfile:1"],
                "escape" => &["\\", "`"],
                "check" => &["skip=", "error=true"],
                _ => &[],
            };
            (typed.trim_start(), values)
        }
        None => (body, &["syntax=docker/dockerfile:1", "escape=", "check="]),
    };
    if name.contains(char::is_whitespace) {
        return Vec::new();
    }
    let span = cursor.word(name, |c| in_name(c) || matches!(c, '/' | ':' | '='));
    let items = values.iter().map(|value| {
        let item = Completion::new(*value, CompletionKind::Keyword, span).rank(3);
        let directive = value.split_once('=').map_or(*value, |(name, _)| name);
        match words::directive(directive) {
            Some(doc) => item.doc(doc),
            None => item,
        }
    });
    items.collect()
}

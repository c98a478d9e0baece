//! `dockworthy explain RULE`: the rule's README, offline.

use std::fmt::Write as _;

use super::args::Explain;
use super::{Status, Stop, output};
use crate::engine::settings::is_script_code;
use crate::engine::{meta, readme};
use crate::rules::RULES;

pub(super) fn run(args: &Explain) -> Result<Status, Stop> {
    // Codes of ShellCheck that no rule answers to are passed on by one rule.
    let passed_on = || {
        let is_code = is_script_code(&args.rule);
        is_code.then(|| meta::find(RULES, "shellcheck")).flatten()
    };
    let Some(rule) = meta::find(RULES, &args.rule).or_else(passed_on) else {
        return Err(Stop(match meta::nearest(RULES, &args.rule) {
            Some(nearest) => format!(
                "no rule is called `{}`; did you mean `{nearest}`?",
                args.rule
            ),
            None => format!(
                "no rule is called `{}`; `dockworthy rules` lists them",
                args.rule
            ),
        }));
    };
    let meta = &rule.meta;
    let body = readme::body(meta.readme);
    let (title, rest) = body.split_once('\n').unwrap_or((body, ""));
    let mut text = format!("{title}\n\n{}\n\n", meta.summary);
    let presets: Vec<&str> = meta
        .presets
        .iter()
        .map(|(preset, _)| preset.as_str())
        .collect();
    let presets = if presets.is_empty() {
        "none".to_owned()
    } else {
        presets.join(", ")
    };
    let _ = writeln!(
        text,
        "{} · {} · {} confidence · presets: {presets} · fix: {}",
        meta.severity.as_str(),
        meta.category.as_str(),
        meta.confidence.as_str(),
        meta.fix.as_str()
    );
    if !meta.aliases.is_empty() {
        let _ = writeln!(text, "also known as: {}", meta.aliases.join(", "));
    }
    for option in meta.options {
        let _ = writeln!(
            text,
            "option `{}`: {} (default {})",
            option.name, option.summary, option.default
        );
    }
    let _ = writeln!(text, "\n{}\n\n{}", rest.trim(), meta.url());
    output::stdout(text.as_bytes()).map_err(|error| Stop::writing("to standard output", &error))?;
    Ok(Status::Clean)
}

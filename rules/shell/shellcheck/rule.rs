//! Passes on what ShellCheck says of scripts, where the configuration asks for it.

use serde::Deserialize;

use crate::engine::outside::RemarkUse;
use crate::engine::{Context, Hooks};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Options {
    shellcheck: String,
    exclude: Vec<String>,
}

pub(super) fn register(on: &mut Hooks<'_>) {
    let options: Options = on.options();
    if options.shellcheck != "off" {
        on.remark(move |remark, cx| check(&options.exclude, remark, cx));
    }
}

fn check(exclude: &[String], found: &RemarkUse<'_>, cx: &mut Context<'_, ()>) {
    let remark = found.remark;
    let code = &*remark.code;
    if exclude.iter().any(|other| other.eq_ignore_ascii_case(code)) {
        return;
    }
    let said = remark.message.trim_end_matches('.');
    let finding = cx.report(found.at, format!("{code}: {said}"));
    finding
        .severity(remark.severity)
        .help(format!("see https://www.shellcheck.net/wiki/{code}"));
}

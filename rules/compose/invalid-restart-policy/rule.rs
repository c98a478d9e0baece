//! Flags restart policies that the engine refuses or that Compose reads otherwise than they look.
//!
//! Compose hands `restart` on unchecked: what is in front of the colon is the name, what is behind it the number of
//! attempts, and 0 if that is no number (`pkg/compose/create.go`, `getRestartPolicy`). The engine knows four names,
//! and takes a number for `on-failure` only (`api/types/container`, `ValidateRestartPolicy`).

use crate::compose::File;
use crate::compose::value::{Field, Scalar};
use crate::diagnostic::{Applicability, Fix, Severity};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;
use crate::yaml::ScalarStyle;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

const NAMES: [&str; 4] = ["no", "always", "on-failure", "unless-stopped"];

fn check(file: &File, cx: &mut Context<'_, File>) {
    for service in file.documents().flat_map(|document| &document.services) {
        if let Some(restart) = &service.restart {
            check_policy(restart, cx);
        }
    }
}

fn check_policy(restart: &Field<Scalar>, cx: &mut Context<'_, File>) {
    let scalar = &restart.value;
    let Some(text) = scalar.known().filter(|text| !text.is_empty()) else {
        return;
    };
    let (name, count) = match text.split_once(':') {
        Some((name, count)) => (name, Some(count)),
        None => (text, None),
    };
    let literal = scalar.literal().is_some();
    let name_span = scalar.span_of(0..name.len());
    if !NAMES.contains(&name) {
        let shown = excerpt(name);
        let meant = match name {
            "any" => Some("always"),
            "none" => Some("no"),
            _ => nearest(name),
        };
        let is_of_deploy = matches!(name, "any" | "none");
        let message = if is_of_deploy {
            format!("`{shown}` is a word of `deploy.restart_policy`, not of `restart`")
        } else {
            format!("there is no restart policy `{shown}`")
        };
        let finding = cx.report(name_span, message);
        // Compose puts the right word in its place.
        if is_of_deploy {
            finding.severity(Severity::Info);
        }
        let Some(meant) = meant else {
            finding.help("write `no`, `always`, `on-failure` or `unless-stopped`");
            return;
        };
        finding.help(format!("did you mean `{meant}`?"));
        if literal {
            let is_plain_no = meant == "no" && scalar.style() == ScalarStyle::Plain;
            let new = if is_plain_no { "\"no\"" } else { meant };
            let edit = Edit::replace(name_span, new);
            let title = format!("write `{meant}`; it may not be what was meant");
            finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
        }
        return;
    }
    if let Some(count) = count {
        let from = name.len() + 1;
        let span = scalar.span_of(from..text.len());
        let number = count.parse::<i64>();
        let message = match number {
            Err(_) => format!("`{}` is no number of attempts", excerpt(count)),
            Ok(number) if number < 0 => "number of attempts is negative".to_owned(),
            Ok(number) if name != "on-failure" && number != 0 => {
                format!("only `on-failure` takes a number of attempts, not `{name}`")
            }
            Ok(_) => return,
        };
        let span = if count.is_empty() {
            restart.at.span
        } else {
            span
        };
        cx.report(span, message)
            .help("write a number behind `on-failure:`, or leave the colon away");
    } else if name == "no" && literal && scalar.style() == ScalarStyle::Plain {
        let message = "`no` without quotes is `false` for readers of YAML 1.1";
        let finding = cx.report(restart.at, message);
        finding.severity(Severity::Info);
        finding.help("write `\"no\"`");
        let edit = Edit::replace(restart.at.span, "\"no\"");
        finding.fix(Fix::new(
            "put it in quotes",
            Applicability::Safe,
            vec![edit],
        ));
    }
}

/// The policy that is spelt most like a word.
fn nearest(word: &str) -> Option<&'static str> {
    if word.len() > 32 {
        return None;
    }
    let word = word.to_ascii_lowercase().replace(['_', ' '], "-");
    let by_beginning = NAMES
        .into_iter()
        .find(|name| word.len() > 2 && name.starts_with(&*word));
    let near = NAMES
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(name, &word), name))
        .min()
        .filter(|(distance, name)| distance * 3 <= name.len());
    by_beginning.or(near.map(|(_, name)| name))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{compose, fixed_compose};

    #[test]
    fn the_wrong_part_is_marked() {
        compose(
            "invalid-restart-policy",
            r#"
services:
  a: {image: x, restart: unless}
#                        ^^^^^^ error: there is no restart policy `unless`
  b: {image: x, restart: "always:3"}
#                                ^ error: only `on-failure` takes
  c: {image: x, restart: 'on-failure:x'}
#                                    ^ error: `x` is no number
  d: {image: x, restart: on-failure:-1}
#                                   ^^ error: number of attempts is
  e: {image: x, restart: any}
#                        ^^^ info: `any` is a word of
  f: {image: x, restart: no}
#                        ^^ info: `no` without quotes
  g: {image: x, restart: "${R:-allways}"}
#                              ^^^^^^^ error: there is no restart policy `allways`
  h: {image: x, restart: "on-failure:"}
#                        ^^^^^^^^^^^^^ error: `` is no number
  i: {image: x, restart: "no"}
  j: {image: x, restart: on-failure:5}
  k: {image: x, restart: "${R}"}
  l: {image: x, restart: "on-failure:${N}"}
  m: {image: x, restart: ""}
"#,
        );
    }

    #[test]
    fn the_fix_guesses_and_quotes() {
        let fixed = |text: &str| {
            let text = format!("services: {{a: {{image: x, restart: {text}}}}}\n");
            let fixed = fixed_compose("invalid-restart-policy", Applicability::Unsafe, &text);
            let value = fixed.rsplit("restart: ").next().map(str::to_owned);
            value.unwrap_or_default()
        };
        assert_eq!(fixed("unless"), "unless-stopped}}\n");
        assert_eq!(fixed("Always"), "always}}\n");
        assert_eq!(fixed("none"), "\"no\"}}\n");
        assert_eq!(fixed("'on_failure:3'"), "'on-failure:3'}}\n");
        assert_eq!(fixed("banana"), "banana}}\n");
    }
}

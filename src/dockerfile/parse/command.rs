//! What `RUN`, `CMD`, `ENTRYPOINT`, `SHELL` and `HEALTHCHECK CMD` run: shell text or a JSON array.

use crate::diagnostic::{Applicability, Fix, SyntaxError};
use crate::grammar::excerpt;
use crate::text::Edit;

use super::super::ast::{Command, ExecForm, Flag, Run, Shell, ShellForm};
use super::super::nearest::nearest;
use super::super::word::Word;
use super::flags;
use super::json::{self, Json};
use super::mount;
use super::reader::Reader;
use super::words;

/// The command in `text`; nothing for no text.
pub(super) fn command<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> Option<Command> {
    if text.is_empty() {
        return None;
    }
    let json_fault = match json::read(reader, text) {
        Json::Strings(arguments) => {
            return Some(Command::Exec(ExecForm {
                arguments,
                span: reader.span(text),
            }));
        }
        Json::Broken(fault) => Some(Box::new(fault)),
        Json::None => None,
    };
    Some(Command::Shell(ShellForm {
        text: reader.cooked(text).into_owned(),
        span: reader.span(text),
        json_fault,
    }))
}

/// `RUN` with its flags.
pub(super) fn run<'l>(reader: &mut Reader<'l, '_>, found: &[Flag], text: &'l str) -> Run {
    let mounts = flags::all(found, "mount")
        .into_iter()
        .map(|value| mount::mount(reader, &value))
        .collect();
    let devices = flags::all(found, "device")
        .into_iter()
        .map(|value| mount::device(reader, &value))
        .collect();
    let network = flags::plain(found, "network");
    one_of(
        reader,
        network.as_ref(),
        "network mode",
        &["default", "none", "host"],
    );
    let security = flags::plain(found, "security");
    one_of(
        reader,
        security.as_ref(),
        "security mode",
        &["sandbox", "insecure"],
    );
    Run {
        mounts,
        network,
        security,
        devices,
        command: command(reader, text),
    }
}

/// Reports a value that is none of `known`. BuildKit expands no variables in these.
fn one_of(reader: &mut Reader<'_, '_>, value: Option<&Word>, what: &str, known: &[&'static str]) {
    let Some(value) = value.filter(|value| !known.contains(&&*value.raw)) else {
        return;
    };
    let message = format!("`{}` is no {what}", excerpt(&value.raw));
    let list = known.join("`, `");
    let mut error = SyntaxError::new("invalid-flag-value", value.span, message)
        .with_help(format!("it is one of `{list}`"));
    if let Some(near) = nearest(&value.raw, known.iter().copied()) {
        error = error.with_fix(Fix::new(
            format!("write `{near}`; it may not be what was meant"),
            Applicability::Unsafe,
            vec![Edit::replace(value.span, near)],
        ));
    }
    reader.error(error);
}

/// `SHELL`, which has to be a JSON array with at least one element.
pub(super) fn shell<'l>(reader: &mut Reader<'l, '_>, text: &'l str) -> Shell {
    let command = command(reader, text);
    if let Some(Command::Shell(shell)) = &command {
        let mut error = SyntaxError::new(
            "invalid-shell-instruction",
            shell.span,
            format!("`{}` is no JSON array", excerpt(text)),
        )
        .with_help("write `SHELL [\"program\", \"argument\"]`");
        if let Some(words) = plain_words(text) {
            error = error.with_fix(Fix::new(
                "write the words as a JSON array",
                Applicability::Safe,
                vec![Edit::replace(
                    shell.span,
                    format!("[\"{}\"]", words.join("\", \"")),
                )],
            ));
        }
        reader.error(error);
    }
    if let Some(Command::Exec(exec)) = &command
        && exec.arguments.is_empty()
    {
        reader.error(
            SyntaxError::new("missing-arguments", exec.span, "`SHELL` names no program")
                .with_help("write `SHELL [\"program\", \"argument\"]`"),
        );
    }
    Shell { command }
}

/// The words of a `SHELL` that is no array of strings, if they are plain: separated by blanks, or in brackets, without
/// quotes or in single ones, and separated by commas.
fn plain_words(text: &str) -> Option<Vec<&str>> {
    if text.contains(['"', '\\']) {
        return None;
    }
    let Some(inside) = text.strip_prefix('[') else {
        return (!text.contains('\'')).then(|| words::split(text).collect());
    };
    let inside = inside.strip_suffix(']').unwrap_or(inside);
    let unquoted = |element: &'_ str| {
        let quoted = element.strip_prefix('\'');
        quoted.map_or(Some(0..element.len()), |rest| {
            rest.strip_suffix('\'').map(|rest| 1..1 + rest.len())
        })
    };
    let elements = inside.split(',').map(str::trim).map(|element| {
        let word = element.get(unquoted(element)?)?;
        let is_plain = |c: char| !c.is_whitespace() && !"[]'".contains(c);
        (!word.is_empty() && word.chars().all(is_plain)).then_some(word)
    });
    elements.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{errors, fixed};
    use super::*;
    use crate::dockerfile::ast::JsonFaultReason;
    use crate::dockerfile::parse::parse;

    #[test]
    fn json_that_is_none_is_shell_text() {
        let ast = parse("FROM a\nCMD ['b']\nRUN [ -f c ] && d\nRUN [\"e\", \"f\"]").tree;
        let command = |index: usize| ast.instructions[index].command().unwrap();
        let Command::Shell(shell) = command(1) else {
            panic!()
        };
        let fault = shell.json_fault.as_ref().unwrap();
        assert_eq!(
            (fault.reason, fault.is_closed),
            (JsonFaultReason::SingleQuote, true)
        );
        let Command::Shell(shell) = command(2) else {
            panic!()
        };
        assert!(!shell.json_fault.as_ref().unwrap().is_closed);
        let Command::Exec(exec) = command(3) else {
            panic!()
        };
        assert_eq!(exec.arguments.len(), 2);
    }

    #[test]
    fn json_of_other_things_than_strings_is_refused() {
        assert_eq!(
            errors("FROM a\nCMD [\"b\", 1]"),
            [("invalid-json-array", "1")]
        );
        assert_eq!(
            errors("FROM a\nCOPY [\"b\", [\"c\"], \"d\"]"),
            [("invalid-json-array", "[\"c\"]")]
        );
        assert_eq!(errors("FROM a\nRUN [\"b\", ]"), []);
    }

    #[test]
    fn the_shell_is_an_array() {
        assert_eq!(
            errors("FROM a\nSHELL bash -c"),
            [("invalid-shell-instruction", "bash -c")]
        );
        assert_eq!(
            fixed("FROM a\nSHELL bash -c"),
            "FROM a\nSHELL [\"bash\", \"-c\"]"
        );
        assert_eq!(
            fixed("FROM a\nSHELL ['bash', -o,'pipefail' , '-c'"),
            "FROM a\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]"
        );
        for unclear in ["SHELL ['a b']", "SHELL [a,,b]"] {
            let errors = parse(&format!("FROM a\n{unclear}")).errors;
            assert!(errors.iter().all(|error| error.fix.is_none()), "{unclear}");
            assert_eq!(errors.len(), 1, "{unclear}");
        }
        assert_eq!(
            errors("FROM a\nSHELL ['bash']"),
            [("invalid-shell-instruction", "['bash']")]
        );
    }

    #[test]
    fn shell_text_maps_back_through_continuations() {
        let text = "FROM a\nRUN b \\\n # c\n  d\n";
        let ast = parse(text).tree;
        let Some(Command::Shell(shell)) = ast.instructions[1].command() else {
            panic!()
        };
        assert_eq!(shell.text.text(), "b   d");
        assert_eq!(shell.text.span(4..5).text(text), "d");
        assert_eq!(shell.span.text(text), "b \\\n # c\n  d");
    }
}

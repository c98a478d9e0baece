//! Fixes in exec forms. Rules write fixes for the text that a shell reads, ` -y` behind a word; in a JSON array the
//! same is `, "-y"`. Here the edits of every fix are made to fit, once for all rules, and a fix that needs a shell or
//! would break the array is withheld.
//!
//! Edits that know what they stand in, because they bring quotes of their own, are left as they are, and so are those
//! inside the string of `["sh", "-c", "…"]`; the array has to be one afterwards in any case.

use super::context::RawFinding;
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{Command, Escape, ExecForm, Instruction, InstructionKind};
use crate::dockerfile::parse;
use crate::text::{Edit, Span, edit, order};

/// How many bytes of arrays are gone through for a file; fixes in further ones are withheld. An array is gone
/// through for every edit in it.
const MAX_BYTES: usize = 1 << 22;

/// Makes the fixes of all findings fit.
pub(super) fn fit(findings: &mut [RawFinding], model: &Dockerfile, text: &str) {
    let mut left = MAX_BYTES;
    for found in findings {
        found
            .finding
            .fixes
            .retain_mut(|fix| fit_edits(&mut fix.edits, model, text, &mut left).is_some());
    }
}

/// `None` if one of the edits cannot be made in an array. `left` is how many bytes may be gone through.
fn fit_edits(edits: &mut [Edit], model: &Dockerfile, text: &str, left: &mut usize) -> Option<()> {
    let mut arrays: Vec<Array<'_>> = Vec::new();
    for edit in edits.iter_mut() {
        let Some((index, form)) = form_around(edit.span, model) else {
            continue;
        };
        *left = left.checked_sub(form.span.len() as usize)?;
        if !form.has_only_strings() {
            continue;
        }
        let array = Array::new(index, form, model);
        *edit = array.fitted(edit, text)?;
        if arrays.last().is_none_or(|last| last.index != array.index) {
            arrays.push(array);
        }
    }
    if arrays.is_empty() {
        return Some(());
    }
    order::sort(edits);
    arrays
        .iter()
        .all(|array| array.stays_one(edits, model, text))
        .then_some(())
}

/// The exec form between whose brackets a place is, and the number of its instruction.
fn form_around(place: Span, model: &Dockerfile) -> Option<(usize, &ExecForm)> {
    let instructions = &model.ast.instructions;
    let behind = instructions.partition_point(|other| other.span.start <= place.start);
    let index = behind.checked_sub(1)?;
    let Some(Command::Exec(form)) = model.acting(index).command() else {
        return None;
    };
    let is_inside = form.span.start < place.start && place.end < form.span.end;
    is_inside.then_some((index, form))
}

/// An exec form of nothing but strings.
struct Array<'m> {
    /// The number of its instruction.
    index: usize,
    /// That instruction, for a trigger the `ONBUILD`.
    instruction: &'m Instruction,
    form: &'m ExecForm,
    /// The strings that a shell reads.
    scripts: Vec<Span>,
}

impl<'m> Array<'m> {
    fn new(index: usize, form: &'m ExecForm, model: &'m Dockerfile) -> Array<'m> {
        let scripts = model.scripts_of(index).iter();
        let scripts = scripts.filter_map(|place| place.script.as_ref());
        let scripts = scripts.flat_map(|script| script.with_inner());
        let scripts = scripts.filter(|(script, _)| script.dialect.is_posix());
        Array {
            index,
            instruction: &model.ast.instructions[index],
            form,
            scripts: scripts.map(|(script, _)| script.span).collect(),
        }
    }

    /// The same edit for the array.
    fn fitted(&self, edit: &Edit, text: &str) -> Option<Edit> {
        let span = edit.span;
        let spans = || self.form.arguments.iter().map(|word| word.span);
        let is_aware = edit.text.contains('"');
        let within = spans().find(|word| word.start < span.start && span.end < word.end);
        if let Some(word) = within {
            let is_script = self.scripts.iter().any(|script| word.contains(*script));
            return (is_script || is_aware || is_plain(&edit.text)).then(|| edit.clone());
        }
        if is_aware {
            return Some(edit.clone());
        }
        if span.is_empty() {
            return self.inserted(span.start, &edit.text);
        }
        // Only whole strings, with what is between and around them.
        let first = spans().position(|word| word.end > span.start)?;
        let count = spans().filter(|word| word.end > span.start && word.start < span.end);
        let count = count.count();
        let last = (first + count).checked_sub(1)?;
        let (own_first, own_last) = (spans().nth(first)?, spans().nth(last)?);
        if count == 0 || own_first.start < span.start || own_last.end > span.end {
            return None;
        }
        if !edit.text.is_empty() {
            let own = own_first.cover(own_last);
            let gaps = [
                Span::new(span.start, own.start),
                Span::new(own.end, span.end),
            ];
            let are_empty = gaps.iter().all(|gap| gap.text(text).trim().is_empty());
            return are_empty.then(|| strings(&edit.text).map(|new| Edit::replace(own, new)))?;
        }
        let before = first.checked_sub(1).and_then(|before| spans().nth(before));
        match (before, spans().nth(last + 1)) {
            (Some(before), _) => Some(Edit::delete(Span::new(before.end, own_last.end))),
            (None, Some(next)) => Some(Edit::delete(Span::new(own_first.start, next.start))),
            (None, None) => None,
        }
    }

    /// Words put in front of a string or behind it, or a part of a word glued to it.
    fn inserted(&self, at: u32, text: &str) -> Option<Edit> {
        let is_blank = |c: char| c == ' ';
        let mut words = self.form.arguments.iter().enumerate();
        let (number, word) =
            words.find(|(_, word)| word.span.start == at || word.span.end == at)?;
        if word.span.end == at {
            return match text.strip_prefix(is_blank) {
                Some(new) => Some(Edit::insert(at, format!(", {}", strings(new)?))),
                None => is_plain(text).then(|| Edit::insert(at - 1, text)),
            };
        }
        match text.strip_suffix(is_blank) {
            // What stands in front of the program is a variable or another program.
            Some(_) if number == 0 => None,
            Some(new) => Some(Edit::insert(at, format!("{}, ", strings(new)?))),
            None => is_plain(text).then(|| Edit::insert(at + 1, text)),
        }
    }

    /// Whether what the edits leave is an array of strings.
    fn stays_one(&self, edits: &[Edit], model: &Dockerfile, text: &str) -> bool {
        let whole = self.instruction.span;
        let own = edits.iter().filter(|edit| whole.contains(edit.span));
        let own: Vec<Edit> = own
            .map(|edit| Edit {
                span: Span::new(edit.span.start - whole.start, edit.span.end - whole.start),
                text: edit.text.clone(),
            })
            .collect();
        let Ok(changed) = edit::apply(whole.text(text), &own) else {
            return false;
        };
        let head = match model.ast.escape {
            Escape::Backslash => "",
            Escape::Backtick => "# escape=`\n",
        };
        let ast = parse::parse(&format!("{head}{changed}")).tree;
        let [changed] = ast.instructions.as_slice() else {
            return false;
        };
        let changed = match &changed.kind {
            InstructionKind::Onbuild(onbuild) => onbuild.trigger.as_deref(),
            _ => Some(changed),
        };
        let command = changed.and_then(Instruction::command);
        matches!(command, Some(Command::Exec(form)) if form.has_only_strings())
    }
}

/// Words as strings of an array: `-o x` is `"-o", "x"`.
fn strings(words: &str) -> Option<String> {
    let mut strings = String::with_capacity(words.len() + 2);
    for word in words.split(' ') {
        if word.is_empty() || !is_plain(word) {
            return None;
        }
        if !strings.is_empty() {
            strings.push_str(", ");
        }
        strings.push('"');
        strings.push_str(word);
        strings.push('"');
    }
    Some(strings)
}

/// Whether a text means the same in a string of an array as in a word that a shell reads.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '-' | '_' | '.' | '/' | ':' | '=' | '+' | ',' | '@' | '%' | '^'
            )
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::dockerfile::ast::Command;
    use crate::dockerfile::parse::parse;
    use crate::engine::testing::fixed;

    /// What all fixes of a rule make of a `RUN` with an array, which has to stay one.
    fn array(rule: &str, array: &str) -> String {
        array_behind(rule, "FROM debian:13\n", "RUN ", array)
    }

    fn array_behind(rule: &str, head: &str, keyword: &str, array: &str) -> String {
        let text = format!("{head}{keyword}{array}\n");
        let after = fixed(rule, Applicability::Unsafe, &text);
        let tree = parse(&after).tree;
        let mut runs = tree.instructions.iter();
        let last = runs.rfind(|instruction| instruction.keyword.value.as_ref() == "RUN");
        if let Some(last) = last {
            assert!(matches!(last.command(), Some(Command::Exec(_))), "{after}");
        }
        let start = after.find(keyword).expect("the instruction") + keyword.len();
        after[start..].trim_end().to_owned()
    }

    #[test]
    fn words_are_put_in_as_strings() {
        for (rule, before, after) in [
            (
                "apt-get-missing-yes",
                r#"["apt-get", "install", "curl"]"#,
                r#"["apt-get", "install", "-y", "curl"]"#,
            ),
            (
                "apt-get-missing-no-install-recommends",
                r#"["sudo","apt-get","install","-y","curl"]"#,
                r#"["sudo","apt-get","install", "--no-install-recommends","-y","curl"]"#,
            ),
            (
                "apk-missing-no-cache",
                "[\"apk\", \\\n  \"add\", \"a\"]",
                "[\"apk\", \\\n  \"add\", \"--no-cache\", \"a\"]",
            ),
            (
                "pip-cache-not-disabled",
                r#"["env", "A=1", "pip", "install", "\u0061==1"]"#,
                r#"["env", "A=1", "pip", "install", "--no-cache-dir", "\u0061==1"]"#,
            ),
            (
                "wget-progress",
                r#"["wget", "https://example.com/a"]"#,
                r#"["wget", "-nv", "https://example.com/a"]"#,
            ),
        ] {
            assert_eq!(array(rule, before), after);
        }
    }

    #[test]
    fn strings_go_with_their_commas() {
        for (before, after) in [
            (r#"["sudo", "ldconfig"]"#, r#"["ldconfig"]"#),
            (
                r#"["nice","sudo" , "-E","ldconfig","-v"]"#,
                r#"["nice","ldconfig","-v"]"#,
            ),
        ] {
            assert_eq!(array("sudo-in-run", before), after);
        }
        for (before, after) in [
            (
                r#"["curl", "-k", "https://a.b/c"]"#,
                r#"["curl", "https://a.b/c"]"#,
            ),
            (
                r#"["curl", "https://a.b/c", "--insecure"]"#,
                r#"["curl", "https://a.b/c"]"#,
            ),
            (
                r#"["curl", "-fkO", "https://a.b/c"]"#,
                r#"["curl", "-fO", "https://a.b/c"]"#,
            ),
        ] {
            assert_eq!(array("tls-verification-disabled", before), after);
        }
    }

    #[test]
    fn a_part_of_a_string_is_changed_in_its_quotes() {
        for (rule, before, after) in [
            (
                "insecure-http-url",
                r#"["git", "clone", "http://github.com/a/b"]"#,
                r#"["git", "clone", "https://github.com/a/b"]"#,
            ),
            (
                "apt-instead-of-apt-get",
                r#"["apt", "update"]"#,
                r#"["apt-get", "update"]"#,
            ),
        ] {
            assert_eq!(array(rule, before), after);
        }
    }

    #[test]
    fn what_needs_a_shell_is_not_written() {
        for (rule, written) in [
            (
                "apt-get-lists-not-removed",
                r#"["apt-get", "install", "-y", "a"]"#,
            ),
            ("dnf-cache-not-cleaned", r#"["dnf", "install", "-y", "a"]"#),
            ("yarn-cache-not-cleaned", r#"["yarn", "install"]"#),
            (
                "apt-get-install-without-update",
                r#"["apt-get", "install", "-y", "a"]"#,
            ),
            (
                "asset-precompile-without-dummy-key",
                r#"["rails", "assets:precompile"]"#,
            ),
            ("cd-has-no-effect", r#"["cd", "/a"]"#),
            (
                "shell-changed-with-ln",
                r#"["ln", "-sf", "/bin/bash", "/bin/sh"]"#,
            ),
        ] {
            let head = "FROM debian:13\nRUN [\"apt-get\", \"update\"]\n";
            let text = format!("{head}RUN {written}\n");
            assert_eq!(fixed(rule, Applicability::Unsafe, &text), text, "{rule}");
        }
    }

    #[test]
    fn the_string_of_a_shell_is_shell_text() {
        assert_eq!(
            array(
                "apt-get-missing-yes",
                r#"["sudo", "sh", "-c", "apt-get install a && b"]"#
            ),
            r#"["sudo", "sh", "-c", "apt-get install -y a && b"]"#
        );
        let quoting = r#"["bash", "-c", "rm -rf $a/b"]"#;
        assert_eq!(array("shell-variable-quoting", quoting), quoting);
    }

    #[test]
    fn the_escape_of_the_file_counts() {
        let after = array_behind(
            "apk-missing-no-cache",
            "# escape=`\nFROM alpine:3\n",
            "RUN ",
            "[\"apk\", `\n \"add\", \"a\"]",
        );
        assert_eq!(after, "[\"apk\", `\n \"add\", \"--no-cache\", \"a\"]");
        let after = array_behind(
            "apk-missing-no-cache",
            "FROM alpine:3\n",
            "ONBUILD RUN ",
            r#"["apk", "add", "a"]"#,
        );
        assert_eq!(after, r#"["apk", "add", "--no-cache", "a"]"#);
    }
}

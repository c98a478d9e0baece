//! Edits that take words out of a command, with the blanks and line continuations in front of them.

use super::ast::SimpleCommand;
use super::invocation::Flag;
use crate::text::{Edit, Span};

/// Takes an option out, with its value. Out of `-qk` only the letter goes. `None` where quotes or variables
/// are in the word.
pub fn option(command: &SimpleCommand, flag: &Flag<'_>, text: &str) -> Option<Edit> {
    let word = flag.word;
    let own = word.inside();
    let written = own.text(text);
    if word.text() != Some(written) {
        return None;
    }
    let value = flag.value.map(|value| value.word.span);
    let is_alone = flag.is_long || written.len() == 1 + flag.name.len();
    if is_alone {
        let span = value.map_or(word.span, |value| word.span.cover(value));
        return Some(part(command, span, text));
    }
    // What is glued to the letter is its value.
    let at = own.start + u32::try_from(written.find(flag.name)?).ok()?;
    let end = match value {
        Some(value) if value == word.span => own.end,
        Some(_) => return None,
        None => at + u32::try_from(flag.name.len()).ok()?,
    };
    let is_first = at == own.start + 1;
    if is_first && end == own.end {
        return Some(part(command, word.span, text));
    }
    Some(Edit::delete(Span::new(at, end)))
}

/// Takes words or an assignment out.
pub fn part(command: &SimpleCommand, span: Span, text: &str) -> Edit {
    // All three are in the order of the text.
    let (words, assignments, redirects) =
        (&command.words, &command.assignments, &command.redirects);
    let ends = [
        words[..words.partition_point(|word| word.span.end <= span.start)]
            .last()
            .map(|word| word.span.end),
        assignments[..assignments.partition_point(|own| own.span.end <= span.start)]
            .last()
            .map(|own| own.span.end),
        redirects[..redirects.partition_point(|own| own.span.end <= span.start)]
            .last()
            .map(|own| own.span.end),
    ];
    let starts = [
        words[words.partition_point(|word| word.span.start < span.end)..]
            .first()
            .map(|word| word.span.start),
        assignments[assignments.partition_point(|own| own.span.start < span.end)..]
            .first()
            .map(|own| own.span.start),
        redirects[redirects.partition_point(|own| own.span.start < span.end)..]
            .first()
            .map(|own| own.span.start),
    ];
    let before = ends.into_iter().flatten().max();
    let behind = starts.into_iter().flatten().min();
    let around = match (before, behind) {
        (Some(before), _) => Span::new(before, span.end),
        (None, Some(behind)) => Span::new(span.start, behind),
        (None, None) => span,
    };
    let gaps = [
        Span::new(around.start, span.start),
        Span::new(span.end, around.end),
    ];
    // A comment between lines stays.
    let is_blank = gaps.iter().all(|gap| {
        let gap = gap.text(text);
        gap.chars()
            .all(|char| char.is_ascii_whitespace() || matches!(char, '\\' | '`'))
    });
    Edit::delete(if is_blank { around } else { span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::invocation::Argument;
    use crate::shell::{Dialect, parse};
    use crate::text::Cooked;
    use crate::text::edit::apply;

    #[test]
    fn options_go_with_their_values_and_the_blanks_in_front() {
        for (script, name, expected) in [
            ("a -k b", "k", "a b"),
            ("a -qk b", "k", "a -q b"),
            ("a -kq b", "k", "a -q b"),
            ("a \\\n  -k \\\n  b", "k", "a \\\n  b"),
            ("a --long b", "long", "a b"),
            ("a --with value b", "with", "a b"),
            ("a --with=value b", "with", "a b"),
            ("a -wvalue b", "w", "a b"),
            ("a -qwvalue b", "w", "a -q b"),
            ("a -w value b", "w", "a b"),
        ] {
            let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
            let command = parsed.tree.commands().next().unwrap().command;
            let mut arguments = command.invocation().unwrap().arguments(&["w", "with"]);
            let flag = arguments.find_map(|argument| match argument {
                Argument::Flag(flag) if flag.name == name => Some(flag),
                _ => None,
            });
            let edit = option(command, &flag.unwrap(), script).unwrap();
            assert_eq!(apply(script, [&edit]).unwrap(), expected);
        }
    }

    #[test]
    fn an_assignment_in_front_goes_with_the_blanks_behind() {
        let script = "A=1 b c";
        let parsed = parse(&Cooked::verbatim(script, 0), Dialect::Bash);
        let command = parsed.tree.commands().next().unwrap().command;
        let edit = part(command, command.assignments[0].span, script);
        assert_eq!(apply(script, [&edit]).unwrap(), "b c");
    }
}

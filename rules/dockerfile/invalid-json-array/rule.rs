//! Flags what is meant as a JSON array and is none: what the parser refuses, and what BuildKit silently
//! takes for another form.

mod array;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::{
    Command, Instruction, InstructionKind, JsonFault, JsonFaultReason, List,
};
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::{Cooked, CookedBuilder, Span};

use array::{Array, Place, Quote};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
    on.instruction(check);
}

fn check(instruction: &Placed<'_, Instruction>, cx: &mut Context<'_, Dockerfile>) {
    let place = match &instruction.kind {
        InstructionKind::Run(_) => Place::Run,
        // Whatever is no array behind `SHELL` is refused by the parser.
        InstructionKind::Shell(_) => return,
        InstructionKind::Copy(copy) => return list(&copy.paths, Place::Files, cx),
        InstructionKind::Add(add) => return list(&add.paths, Place::Files, cx),
        InstructionKind::Volume(volume) => return list(&volume.paths, Place::Volume, cx),
        _ => Place::Command,
    };
    if let Some(Command::Shell(shell)) = instruction.command()
        && let Some(fault) = &shell.json_fault
    {
        report(&shell.text, fault, place, cx);
    }
}

fn list(list: &List, place: Place, cx: &mut Context<'_, Dockerfile>) {
    let Some(fault) = &list.json_fault else {
        return;
    };
    let mut text = CookedBuilder::default();
    for word in &list.words {
        if !text.is_empty() {
            text.replaced(" ", Span::empty(word.span.start));
        }
        text.append(&word.cooked(), 0..word.raw.len());
    }
    report(&text.finish(fault.at.start), fault, place, cx);
}

fn report(text: &Cooked<'_>, fault: &JsonFault, place: Place, cx: &mut Context<'_, Dockerfile>) {
    let array = Array::read(text.text());
    if !array.is_meant(text.text(), place) {
        return;
    }
    let (span, what) = describe(&array, text, fault, cx.text());
    let help = match (fault.reason, place) {
        (JsonFaultReason::BadEscape, _) => "double every backslash",
        (_, Place::Run | Place::Command) => {
            "a shell gets the text with its brackets; write `[\"program\", \"argument\"]`"
        }
        (_, Place::Files) => {
            "the brackets become parts of the paths; write `[\"source\", \"destination\"]`"
        }
        (_, Place::Volume) => "the brackets become parts of the path; write `[\"/path\"]`",
    };
    let fix = array.edits(text).map(|edits| {
        Fix::new(
            "make it a JSON array of strings",
            Applicability::Safe,
            edits,
        )
    });
    cx.report(span, format!("{what}, so this is no JSON array"))
        .help(help)
        .fixes
        .extend(fix);
}

/// The place of the fault, and what is wrong there.
fn describe(array: &Array, text: &Cooked<'_>, fault: &JsonFault, file: &str) -> (Span, String) {
    let element = array
        .elements
        .iter()
        .find(|element| text.start_of(element.range.start) == fault.at.start);
    let span = element.map_or(fault.at, |element| text.span(element.range.clone()));
    let shown = match element {
        Some(element) => excerpt(&text.text()[element.range.clone()]),
        None => excerpt(fault.at.text(file)),
    };
    match fault.reason {
        JsonFaultReason::SingleQuote => (span, format!("`{shown}` is in single quotes")),
        JsonFaultReason::Unquoted
            if element.is_some_and(|element| element.quote == Quote::Typographic) =>
        {
            (span, format!("`{shown}` is in typographic quotes"))
        }
        JsonFaultReason::Unquoted => (span, format!("`{shown}` is not in quotes")),
        JsonFaultReason::MissingComma => (span, format!("`{shown}` follows without a comma")),
        JsonFaultReason::StrayComma => {
            let last = array.elements.last().and_then(|element| element.comma);
            let comma = array.stray_commas.first().copied().or(last);
            let span = comma.map_or(fault.at, |at| text.span(at..at + 1));
            (span, "a comma stands for no element".to_owned())
        }
        JsonFaultReason::OpenString => {
            let quote = Span::new(fault.at.start, fault.at.start + 1);
            (quote, format!("`{shown}` is not closed by a quote"))
        }
        JsonFaultReason::OpenArray => (text.span(0..1), "`[` is not closed".to_owned()),
        JsonFaultReason::TextBehind => (fault.at, format!("`{shown}` stands behind the bracket")),
        JsonFaultReason::BadEscape => (fault.at, format!("`{shown}` is no escape sequence")),
        JsonFaultReason::ControlCharacter => (
            fault.at,
            "a control character stands in a string".to_owned(),
        ),
        JsonFaultReason::BadNumber => (fault.at, format!("`{shown}` is no number")),
        JsonFaultReason::TooDeep => (fault.at, "the brackets are nested too deeply".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[track_caller]
    fn check(text: &str) {
        dockerfile("invalid-json-array", &format!("FROM debian:13\n{text}"));
    }

    #[test]
    fn the_fault_is_marked() {
        check(
            r##"
CMD ["a", 'b c']
#         ^^^^^ `'b c'` is in single quotes, so this is no JSON array
CMD ["a", b]
#         ^ `b` is not in quotes
CMD ["a" "b"]
#        ^^^ `"b"` follows without a comma
CMD ["a",]
#       ^ a comma stands for no element
CMD [ , "a"]
#     ^ a comma stands for no element
CMD ["a", "b]
#         ^ `"b]` is not closed by a quote
CMD ["a", "b"
#   ^ `[` is not closed
CMD ["a"] && b
#         ^^^^ `&& b` stands behind the bracket
CMD ["a\d"]
#      ^^ `\d` is no escape sequence
CMD [“a b”]
#    ^^^^^ `“a b”` is in typographic quotes
"##,
        );
    }

    #[test]
    fn every_instruction_that_takes_an_array_is_looked_at() {
        check(
            r##"
RUN --network=none ['a']
#                   ^^^ `'a'` is in single quotes
ENTRYPOINT ['a']
#           ^^^ `'a'` is in single quotes
HEALTHCHECK --retries=1 CMD ['a']
#                            ^^^ `'a'` is in single quotes
COPY --link ['a', 'b c', '/d/']
#            ^^^ `'a'` is in single quotes
ADD ['a', '/d/']
#    ^^^ `'a'` is in single quotes
VOLUME ['/d']
#       ^^^^ `'/d'` is in single quotes
ONBUILD CMD ['a']
#            ^^^ `'a'` is in single quotes
"##,
        );
    }

    #[test]
    fn an_array_over_several_lines_is_read() {
        check(
            r##"
COPY ["a", \
      # the second
      'b', \
#     ^^^ `'b'` is in single quotes
      "/c/"]
CMD ["a", \
     b]
#    ^ `b` is not in quotes
"##,
        );
    }

    #[test]
    fn shell_text_in_brackets_is_left_alone() {
        check(
            r##"
RUN [ -f a ]
RUN [ "$A" = "b" ]
RUN [ "$A" ] && b
RUN [ "$(a | grep '\d')" ]
RUN [ ! "a" ]
RUN [[ "$A" == "b", "c" ]]
RUN [a]
RUN [a-z]*.sh x]
RUN [Net.A]::B("c", "d")
RUN [a, b]
RUN [
CMD [ -f a ]
CMD [ $A ]
CMD [$A, b]
HEALTHCHECK CMD [ -f a ] || exit 1
HEALTHCHECK CMD [ a ]
"##,
        );
    }

    #[test]
    fn patterns_are_left_alone() {
        check(
            r##"
COPY [ab] /c/
COPY [ab]c [d] /c/
ADD [!a].txt /c/
COPY [[]a.txt /c/
"##,
        );
    }

    #[test]
    fn what_the_parser_refuses_is_passed_on() {
        check(
            r##"
CMD ["a", 1]
#         ^ `1` in the array is not a string
CMD ["a", ["b"]]
#         ^^^^^ `["b"]` in the array is not a string
"##,
        );
    }

    #[test]
    fn fixing_gives_the_array_that_was_meant() {
        for (before, after) in [
            ("CMD ['a', 'b \"c\"']", r#"CMD ["a", "b \"c\""]"#),
            (r"CMD ['C:\new\x']", r#"CMD ["C:\\new\\x"]"#),
            (r"CMD ['a\d']", r#"CMD ["a\\d"]"#),
            (r#"CMD ["^\d+\.\d$"]"#, r#"CMD ["^\\d+\\.\\d$"]"#),
            (r"CMD [C:\new\x, \y]", r#"CMD ["C:\\new\\x", "\\y"]"#),
            ("CMD [a, b]", r#"CMD ["a", "b"]"#),
            (r#"CMD ["a" 'b' "c",]"#, r#"CMD ["a", "b", "c"]"#),
            ("CMD ['a' ,]", r#"CMD ["a" ]"#),
            ("CMD [ 'a', 'b'", r#"CMD [ "a", "b"]"#),
            ("CMD [“a”, ‘b’]", r#"CMD ["a", "b"]"#),
            (
                "CMD ['a',\\\n# c\n b,\\\n 'c']",
                "CMD [\"a\",\\\n# c\n \"b\",\\\n \"c\"]",
            ),
        ] {
            assert_eq!(safely_fixed(before), after);
        }
    }

    #[test]
    fn what_is_in_doubt_is_not_fixed() {
        for text in [
            // A line break or a letter?
            r"CMD ['a\nb']",
            r#"CMD ["a\nb\d"]"#,
            r#"CMD ["C:\\a\b\d"]"#,
            // One word or two?
            "CMD [a b]",
            r#"CMD ["a", b c]"#,
            // Is something missing?
            r#"CMD ["a",, "b"]"#,
            r#"CMD ["a","#,
            r#"CMD ["a", "b]"#,
            r#"CMD ["a"] b"#,
            r#"CMD ["a", null]"#,
            r#"CMD ["a", ["b"]]"#,
            "CMD [\"a\tb\"]",
        ] {
            assert_eq!(safely_fixed(text), text);
        }
    }

    fn safely_fixed(text: &str) -> String {
        let text = format!("FROM a\n{text}");
        let fixed = fixed("invalid-json-array", Applicability::Safe, &text);
        fixed["FROM a\n".len()..].to_owned()
    }
}

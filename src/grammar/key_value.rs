//! Key-value lists, `type=bind,source=a,ro`, and single pairs, `KEY=value`.
//!
//! Lists are one line of CSV, as `RUN --mount` and Compose's cache options take them: a field may be quoted
//! as a whole, with `""` for a quote. BuildKit cuts them with tonistiigi/go-csvvalue before it expands any
//! variable, so a comma inside `${…}` cuts too.

use std::ops::Range;

use nom::bytes::complete::{is_not, tag};
use nom::character::complete::char;
use nom::combinator::{opt, recognize};
use nom::multi::many0_count;
use nom::sequence::delimited;
use nom::{IResult, Parser, branch::alt};

use super::{GrammarError, Part, excerpt};

/// One field of a list, or a pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The whole field, quotes included.
    pub range: Range<usize>,
    /// What stands before the first `=`, or all of it. In a quoted field, `""` is read as one quote.
    pub key: Part,
    /// What stands behind the first `=`.
    pub value: Option<Part>,
}

impl Field {
    /// A field from the bytes that hold it; `content` is what is inside its quotes.
    fn new(text: &str, range: Range<usize>, content: Range<usize>) -> Field {
        let quoted = range != content;
        let part = |range: Range<usize>| {
            let mut part = Part::new(text, range);
            if quoted {
                part.value = part.value.replace("\"\"", "\"").into();
            }
            part
        };
        let equals = text[content.clone()].find('=').map(|at| content.start + at);
        Field {
            key: part(content.start..equals.unwrap_or(content.end)),
            value: equals.map(|equals| part(equals + 1..content.end)),
            range,
        }
    }
}

/// Reads a comma-separated list. Stops at the first error, as nothing behind a misplaced quote can be told
/// apart.
pub fn parse_list(text: &str) -> Result<Vec<Field>, GrammarError> {
    // A line break at the end is let pass.
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line
        .strip_suffix('\r')
        .filter(|_| line.len() < text.len())
        .unwrap_or(line);
    if line.is_empty() {
        return Err(GrammarError::new(0..text.len(), "list of options is empty"));
    }
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let start = line.len() - rest.len();
        if let Ok((after, content)) = quoted(rest) {
            let end = line.len() - after.len();
            fields.push(Field::new(
                text,
                start..end,
                start + 1..start + 1 + content.len(),
            ));
            rest = after;
        } else if rest.starts_with('"') {
            let message = format!("quote of `{}` is not closed", excerpt(rest));
            return Err(GrammarError::new(start..start + 1, message));
        } else {
            let (after, plain) = plain(rest).unwrap_or(("", rest));
            let range = start..start + plain.len();
            if let Some(quote) = plain.find('"') {
                let message = format!("quote stands inside `{}`", excerpt(plain));
                return Err(GrammarError::new(start + quote..start + quote + 1, message)
                    .with_help("quote the whole field, key included"));
            }
            fields.push(Field::new(text, range.clone(), range));
            rest = after;
        }
        if rest.is_empty() {
            return Ok(fields);
        }
        let Some(next) = rest.strip_prefix(',') else {
            let start = line.len() - rest.len();
            let message = format!("`{}` stands behind a closing quote", excerpt(rest));
            return Err(GrammarError::new(start..line.len(), message)
                .with_help("double a quote inside a quoted field"));
        };
        rest = next;
    }
}

/// Reads `KEY=value` or `KEY`. The first `=` cuts; nothing is trimmed or unquoted.
pub fn parse_pair(text: &str) -> Field {
    Field::new(text, 0..text.len(), 0..text.len())
}

/// What is between two quotes, with doubled quotes left as they are.
fn quoted(input: &str) -> IResult<&str, &str> {
    let content = recognize(many0_count(alt((is_not("\""), tag("\"\"")))));
    delimited(char('"'), content, char('"')).parse(input)
}

/// Up to the next comma.
fn plain(input: &str) -> IResult<&str, &str> {
    recognize(opt(is_not(","))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `key=value` of each field, with ranges checked against the text where nothing was unescaped.
    fn shown(text: &str) -> Vec<String> {
        let fields = parse_list(text).unwrap_or_else(|error| panic!("{text}: {}", error.message));
        for field in &fields {
            for part in [Some(&field.key), field.value.as_ref()]
                .into_iter()
                .flatten()
            {
                assert_eq!(text[part.range.clone()].replace("\"\"", "\""), *part.value);
            }
        }
        fields
            .iter()
            .map(|field| match &field.value {
                Some(value) => format!("{}={}", field.key.value, value.value),
                None => field.key.value.to_string(),
            })
            .collect()
    }

    #[test]
    fn lists() {
        for (text, expected) in [
            ("type=bind,source=a,ro", vec!["type=bind", "source=a", "ro"]),
            ("a", vec!["a"]),
            ("a=b=c", vec!["a=b=c"]),
            ("a=,b", vec!["a=", "b"]),
            ("a,,b,", vec!["a", "", "b", ""]),
            ("a=b c", vec!["a=b c"]),
            (r#""target=/a,b",ro"#, vec!["target=/a,b", "ro"]),
            (r#""a=x""y""#, vec![r#"a=x"y"#]),
            (r#""""#, vec![""]),
            (r#"a,"""""#, vec!["a", r#"""#]),
            ("a=b\n", vec!["a=b"]),
            ("a=b\r\n", vec!["a=b"]),
            ("a=${X:-b,c}", vec!["a=${X:-b", "c}"]),
            ("é=ü", vec!["é=ü"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_of_a_quoted_field_leave_out_the_quotes() {
        let fields = parse_list(r#"a,"k=v,w""#).unwrap();
        assert_eq!(fields[1].range, 2..9);
        assert_eq!(fields[1].key.range, 3..4);
        assert_eq!(
            fields[1].value.as_ref().map(|part| part.range.clone()),
            Some(5..8)
        );
    }

    #[test]
    fn errors() {
        for (text, range, message) in [
            ("", 0..0, "list of options is empty"),
            ("\n", 0..1, "list of options is empty"),
            (r#"a="b""#, 2..3, "quote stands inside `a=\"b\"`"),
            (r#"a,"b"#, 2..3, "quote of `\"b` is not closed"),
            (r#""a"b,c"#, 3..6, "`b,c` stands behind a closing quote"),
        ] {
            let error = parse_list(text).expect_err(text);
            assert_eq!((error.range, &*error.message), (range, message), "{text}");
        }
    }

    #[test]
    fn pairs_are_cut_at_the_first_equals_sign() {
        let pair = parse_pair("A =\"b=c\"");
        assert_eq!(&*pair.key.value, "A ");
        assert_eq!(pair.value.unwrap().range, 3..8);
        assert_eq!(parse_pair("A").value, None);
    }
}

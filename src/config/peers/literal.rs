//! Configurations in JavaScript or TypeScript whose export is a literal. Nothing is run: what has to be run to be known
//! is refused with a word.

use serde_json::{Map, Value};

/// How deep a literal may be nested.
const MAX_DEPTH: usize = 32;

/// The value that a module exports: `export default {…}`, `module.exports = {…}`, or a constant that one of these names.
///
/// # Errors
/// A sentence that says what is no literal.
pub fn export(text: &str) -> Result<Value, String> {
    let mut reader = Reader {
        rest: text.trim_start_matches('\u{feff}'),
        depth: 0,
    };
    let mut constants: Vec<(&str, Value)> = Vec::new();
    loop {
        reader.skip();
        if reader.rest.is_empty() {
            return Err("it exports no literal".to_owned());
        }
        if reader.take("'use strict'") || reader.take("\"use strict\"") || reader.take(";") {
            continue;
        }
        if reader.word("import") && reader.rest.trim_start().starts_with("type ") {
            let end = reader.rest.find(['\n', ';']).unwrap_or(reader.rest.len());
            reader.rest = &reader.rest[end..];
            continue;
        }
        if ["const", "let", "var"].iter().any(|word| reader.word(word)) {
            let name = reader.name().ok_or("a variable has no plain name")?;
            if reader.take(":") {
                reader.type_name();
            }
            if !reader.take("=") {
                return Err(format!("`{name}` is no literal"));
            }
            let value = reader.value()?;
            reader.type_suffix();
            constants.push((name, value));
            continue;
        }
        let is_export = reader.word("export") && reader.word("default")
            || reader.word("module")
                && reader.take(".")
                && reader.word("exports")
                && reader.take("=");
        if !is_export {
            return Err(format!("`{}` has to be run to be known", reader.glimpse()));
        }
        reader.skip();
        let before = reader.rest;
        let named = reader
            .name()
            .and_then(|name| constants.iter().find(|(known, _)| *known == name));
        let value = match named {
            Some((_, value)) => value.clone(),
            None => {
                reader.rest = before;
                reader.value()?
            }
        };
        reader.type_suffix();
        reader.take(";");
        reader.skip();
        return match reader.rest.is_empty() {
            true => Ok(value),
            false => Err(format!("`{}` has to be run to be known", reader.glimpse())),
        };
    }
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Reader<'t> {
    /// Passes over blanks and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let end = if self.rest.starts_with("//") {
                self.rest.find('\n')
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|at| at + 2)
            } else {
                return;
            };
            self.rest = end.map_or("", |end| &self.rest[end..]);
        }
    }

    /// Passes over a text, if it comes next.
    fn take(&mut self, text: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Passes over a word, if it comes next.
    fn word(&mut self, word: &str) -> bool {
        let before = self.rest;
        self.skip();
        if self.name() == Some(word) {
            return true;
        }
        self.rest = before;
        false
    }

    fn name(&mut self) -> Option<&'t str> {
        self.skip();
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        Some(name)
    }

    /// Passes over `as const` and `satisfies Config`, which say nothing about the value.
    fn type_suffix(&mut self) {
        while self.word("as") || self.word("satisfies") {
            self.type_name();
        }
    }

    fn type_name(&mut self) {
        self.skip();
        let is_part =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '<' | '>' | '[' | ']');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        self.rest = &self.rest[end..];
    }

    /// The beginning of what comes next, for a message.
    fn glimpse(&self) -> String {
        let line = self.rest.trim_start().lines().next().unwrap_or_default();
        line.chars().take(40).collect()
    }

    fn value(&mut self) -> Result<Value, String> {
        self.skip();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        let value = match self.rest.chars().next() {
            Some('{') => self.object(),
            Some('[') => self.array(),
            Some('\'' | '"' | '`') => self.string().map(Value::from),
            Some(c) if c == '-' || c.is_ascii_digit() => self.number(),
            _ if self.word("true") => Ok(true.into()),
            _ if self.word("false") => Ok(false.into()),
            _ if self.word("null") => Ok(Value::Null),
            _ => Err(format!("`{}` is no literal", self.glimpse())),
        };
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, String> {
        let mut entries = Map::new();
        self.take("{");
        while !self.take("}") {
            self.skip();
            let key = match self.rest.chars().next() {
                Some('\'' | '"') => self.string()?,
                _ => match self.name() {
                    Some(name) => name.to_owned(),
                    None => return Err(format!("`{}` is no plain key", self.glimpse())),
                },
            };
            if !self.take(":") {
                return Err(format!("the value of `{key}` is no literal"));
            }
            let value = self.value()?;
            self.type_suffix();
            entries.insert(key, value);
            self.separator('}')?;
        }
        Ok(Value::Object(entries))
    }

    fn array(&mut self) -> Result<Value, String> {
        let mut items = Vec::new();
        self.take("[");
        while !self.take("]") {
            items.push(self.value()?);
            self.type_suffix();
            self.separator(']')?;
        }
        Ok(Value::Array(items))
    }

    /// Passes over a comma; without one the end has to follow.
    fn separator(&mut self, end: char) -> Result<(), String> {
        if self.take(",") || self.rest.starts_with(end) {
            return Ok(());
        }
        Err(format!("`{}` is no literal", self.glimpse()))
    }

    fn string(&mut self) -> Result<String, String> {
        let mut chars = self.rest.char_indices();
        let quote = chars.next().map(|(_, quote)| quote);
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            if Some(c) == quote {
                self.rest = &self.rest[at + c.len_utf8()..];
                return Ok(text);
            }
            match c {
                '\\' => match chars.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, c @ ('\\' | '\'' | '"' | '`' | '/'))) => text.push(c),
                    _ => {
                        return Err(format!(
                            "`{}` has an escape that is not understood",
                            self.glimpse()
                        ));
                    }
                },
                '$' if quote == Some('`') => {
                    return Err(format!("`{}` has to be run to be known", self.glimpse()));
                }
                '\n' if quote != Some('`') => break,
                c => text.push(c),
            }
        }
        Err(format!("`{}` has no end", self.glimpse()))
    }

    fn number(&mut self) -> Result<Value, String> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let value = serde_json::from_str(number);
        let value = value.map_err(|_| format!("`{}` is no literal", self.glimpse()))?;
        self.rest = rest;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::export;

    #[test]
    fn literals_are_read() {
        let wanted = json!({"rules": {"a-b": 0, "c": [1, {"d": ["e", "f'g"]}]}, "quiet": true});
        for text in [
            "module.exports = {rules: {'a-b': 0, c: [1, {d: ['e', 'f\\'g']}]}, quiet: true}",
            "'use strict';\n// why\nexport default {\n  rules: {\n    \"a-b\": 0, // off\n    c: [1, {d: [`e`, \"f'g\",],}],\n  },\n  quiet: true,\n};\n",
            "import type { Config } from 'dclint';\n\nconst config: Config = {rules: {'a-b': 0, c: [1, {d: ['e', \"f'g\"]}]}, quiet: true} satisfies Config;\n/* that is all */ export default config;",
            "/** @type {import('dclint').Config} */\nexport default {rules: {'a-b': 0, c: [1, {d: ['e', \"f'g\"]}]}, quiet: true} as const;",
        ] {
            assert_eq!(export(text).as_ref(), Ok(&wanted), "{text}");
        }
    }

    #[test]
    fn programs_are_refused_with_a_word() {
        for (text, word) in [
            (
                "module.exports = require('./base')",
                "`require('./base')` is no literal",
            ),
            (
                "const base = require('./base');\nmodule.exports = {...base}",
                "`require('./base');` is no literal",
            ),
            ("export default {...base}", "`...base}` is no plain key"),
            (
                "export default {rules: {a: 1 + 1}}",
                "`+ 1}}` is no literal",
            ),
            ("export default {rules: {a: `${b}`}}", "has to be run"),
            (
                "export default {rules}",
                "the value of `rules` is no literal",
            ),
            ("export default () => ({})", "is no literal"),
            (
                "export default {}; console.log(1)",
                "`console.log(1)` has to be run",
            ),
            ("import base from './base';", "has to be run"),
            ("export default {a: 'b", "has no end"),
            ("", "it exports no literal"),
        ] {
            let error = export(text).expect_err(text);
            assert!(error.contains(word), "{text}: {error}");
        }
        let deep = format!("export default {}", "[".repeat(100_000));
        assert_eq!(export(&deep), Err("it is nested too deeply".to_owned()));
    }
}

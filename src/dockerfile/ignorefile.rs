//! Ignore files of build contexts: `.dockerignore`, as BuildKit reads and applies them.
//!
//! The lines are read as `moby/patternmatcher/ignorefile` does, the patterns matched as `moby/patternmatcher`
//! does (`MatchesOrParentMatches`), oddities included: `**.log` means every path that ends in `.log`, while
//! `**.l?g` means `.l?g` in any folder. What is not worth copying, a pattern that only Go's regular
//! expressions give a meaning, is unknown here.
//!
//! Not for: which file applies to which Dockerfile, and what is there on the disk.
//!
//! Invariant: a path is matched in time that is the product of its length and the patterns', and callers set
//! a limit to it with [`Fuel`].

/// The longest ignore file that is read, in bytes. Hand-written ones have a hundredth of that.
pub const MAX_BYTES: usize = 64 << 10;

/// An ignore file, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IgnoreFile {
    patterns: Vec<Pattern>,
    is_broken: bool,
}

/// One line that is a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The pattern as BuildKit has it after cleaning, without `!`.
    pub text: Box<str>,
    /// Whether it lets in again what earlier ones keep out: it begins with `!`.
    pub is_exception: bool,
    /// Its line, counted from 1.
    pub line: u32,
    form: Form,
}

/// How a pattern is matched.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// The path itself.
    Exact,
    /// Paths that begin with this many bytes of the pattern: `dir/**`.
    Prefix(usize),
    /// Paths that end with the pattern's bytes from here on: `**/name`.
    Suffix(usize),
    /// Anything else.
    Tokens(Vec<Token>),
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(char),
    /// `?`: one character of a name.
    One,
    /// `*`: any characters of a name.
    Name,
    /// `[…]`: one of the ranges, or none of them. It can match a slash.
    Class {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// `**/`: nothing, or any folders.
    Folders,
    /// `**` at the end: anything.
    Rest,
}

/// What an ignore file does to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It, or something in it, is part of the context.
    Kept,
    /// It and all that is in it stay out, by the pattern with this number.
    Ignored(usize),
    /// Nobody knows: the file is broken, the path is no plain one, or it took too long to say.
    Unknown,
}

/// How much may still be compared, in steps of one token and one character.
#[derive(Clone, Copy, Debug)]
pub struct Fuel(u32);

impl Fuel {
    /// So many steps.
    pub fn new(steps: u32) -> Fuel {
        Fuel(steps)
    }

    fn burn(&mut self, steps: usize) -> bool {
        let left = u32::try_from(steps)
            .ok()
            .and_then(|steps| self.0.checked_sub(steps));
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// Stands for the wildcards of a source path: only `*` and `**` of a pattern match it.
const WILD: char = '\0';

impl IgnoreFile {
    /// Reads an ignore file.
    pub fn parse(text: &str) -> IgnoreFile {
        let mut file = IgnoreFile::default();
        if text.len() > MAX_BYTES {
            file.is_broken = true;
            return file;
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, content) in (1..).zip(text.lines()) {
            if content.starts_with('#') || content.trim().is_empty() {
                continue;
            }
            match Pattern::parse(content.trim(), line) {
                Some(pattern) => file.patterns.push(pattern),
                None => file.is_broken = true,
            }
        }
        file
    }

    /// The same with more lines behind it.
    pub fn and(&self, lines: &[&str]) -> IgnoreFile {
        let mut file = self.clone();
        let last = self.patterns.last().map_or(0, |pattern| pattern.line);
        for (line, content) in (last + 1..).zip(lines) {
            match Pattern::parse(content, line) {
                Some(pattern) => file.patterns.push(pattern),
                None => file.is_broken = true,
            }
        }
        file
    }

    /// The patterns, in order.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Whether a line is not understood, be it that BuildKit refuses it, so that nothing can be said.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Whether it keeps nothing out: it is empty, or all in it are comments and exceptions.
    pub fn is_idle(&self) -> bool {
        !self.is_broken && self.patterns.iter().all(|pattern| pattern.is_exception)
    }

    /// What becomes of a path of the context, which may have wildcards; see [`clean`]. `.` is the context
    /// itself.
    pub fn verdict(&self, path: &str, fuel: &mut Fuel) -> Verdict {
        if self.is_broken || path.contains(['\\', WILD]) || path.starts_with("..") {
            return Verdict::Unknown;
        }
        if path == "." {
            return self.verdict_of_all();
        }
        let path = plain(path);
        let mut ignored = None;
        for (index, pattern) in self.patterns.iter().enumerate() {
            if pattern.is_exception != ignored.is_some() {
                continue;
            }
            if !fuel.burn(pattern.cost(&path)) {
                return Verdict::Unknown;
            }
            if pattern.matches(&path) {
                ignored = (!pattern.is_exception).then_some(index);
            }
        }
        let Some(ignored) = ignored else {
            return Verdict::Kept;
        };
        let later = &self.patterns[ignored..];
        if later
            .iter()
            .any(|pattern| pattern.is_exception && pattern.reaches_below(&path))
        {
            return Verdict::Kept;
        }
        Verdict::Ignored(ignored)
    }

    /// Of the context as a whole only a pattern for everything is certain.
    fn verdict_of_all(&self) -> Verdict {
        let is_all = |pattern: &Pattern| matches!(&*pattern.text, "*" | "**" | "**/*");
        if self.patterns.iter().any(|pattern| pattern.is_exception) {
            return Verdict::Kept;
        }
        let all = self.patterns.iter().position(is_all);
        all.map_or(Verdict::Kept, Verdict::Ignored)
    }
}

impl Pattern {
    /// `None` for what BuildKit refuses and for what only Go's regular expressions understand.
    fn parse(line: &str, number: u32) -> Option<Pattern> {
        let (is_exception, text) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        if text.is_empty() {
            return None;
        }
        let mut text = cleaned(text);
        if text.len() > 1 && text.starts_with('/') {
            text.remove(0);
        }
        if is_exception && text == "/" {
            return None;
        }
        let form = form(&text)?;
        Some(Pattern {
            text: text.into(),
            is_exception,
            line: number,
            form,
        })
    }

    fn cost(&self, path: &str) -> usize {
        match &self.form {
            Form::Tokens(tokens) => 1 + tokens.len() * path.len(),
            Form::Suffix(_) => 1 + path.len(),
            Form::Exact | Form::Prefix(_) => 1,
        }
    }

    /// Whether it matches a path or a folder that the path is in.
    fn matches(&self, path: &str) -> bool {
        match &self.form {
            Form::Exact => path
                .strip_prefix(&*self.text)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Form::Prefix(length) => path.starts_with(&self.text[..*length]),
            Form::Suffix(start) => {
                let suffix = &self.text[*start..];
                let ends = |path: &str| {
                    path.ends_with(suffix) || suffix.strip_prefix('/').is_some_and(|s| s == path)
                };
                ends(path) || path.match_indices('/').any(|(at, _)| ends(&path[..at]))
            }
            Form::Tokens(tokens) => match_tokens(tokens, path),
        }
    }

    /// Whether an exception can match something inside a folder that it does not match itself.
    fn reaches_below(&self, folder: &str) -> bool {
        let known = match self.text.find(['*', '?', '[', '\\']) {
            Some(at) => &self.text[..at],
            None => &self.text,
        };
        let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
        if !self.text.contains("**") && slashes(&self.text) <= slashes(folder) {
            return false;
        }
        let folder = folder.split(WILD).next().unwrap_or_default();
        known.starts_with(folder) || folder.starts_with(known)
    }
}

/// A path of the context as BuildKit sees it: without `.`, `..` as far as that goes, doubled slashes, and
/// slashes at either end. The context itself is `.`.
pub fn clean(path: &str) -> String {
    let path = cleaned(path);
    match path.trim_start_matches('/') {
        "" => ".".to_owned(),
        rest if rest.len() == path.len() => path,
        rest => rest.to_owned(),
    }
}

/// Go's `filepath.Clean`.
fn cleaned(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => drop(parts.pop()),
                _ if is_absolute => {}
                _ => parts.push(part),
            },
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (is_absolute, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

/// A path with its wildcards put out of reach of all but `*` and `**`.
fn plain(path: &str) -> String {
    let mut in_class = false;
    path.chars()
        .map(|char| {
            in_class |= char == '[';
            let is_wild = in_class || matches!(char, '*' | '?');
            in_class &= char != ']';
            if is_wild { WILD } else { char }
        })
        .collect()
}

/// How a cleaned pattern is matched; see the `compile` method of `patternmatcher`.
fn form(text: &str) -> Option<Form> {
    let mut tokens = Vec::new();
    let mut form = Form::Exact;
    let mut chars = text.chars().peekable();
    let mut is_first = true;
    while let Some(char) = chars.next() {
        let was_exact = form == Form::Exact;
        let token = match char {
            '*' if chars.next_if_eq(&'*').is_some() => {
                chars.next_if_eq(&'/');
                form = Form::Tokens(Vec::new());
                let is_last = chars.peek().is_none();
                if is_last && was_exact {
                    form = Form::Prefix(text.len() - 2);
                }
                if is_first {
                    form = Form::Suffix(2);
                }
                if is_last { Token::Rest } else { Token::Folders }
            }
            '*' => {
                form = Form::Tokens(Vec::new());
                Token::Name
            }
            '?' => {
                form = Form::Tokens(Vec::new());
                Token::One
            }
            '[' => {
                form = Form::Tokens(Vec::new());
                class(&mut chars)?
            }
            ']' => {
                form = Form::Tokens(Vec::new());
                Token::Literal(char)
            }
            '\\' => {
                form = Form::Tokens(Vec::new());
                // Before a letter or digit, Go's regular expressions have a meaning of their own.
                Token::Literal(chars.next().filter(|char| !char.is_ascii_alphanumeric())?)
            }
            WILD => return None,
            char => Token::Literal(char),
        };
        tokens.push(token);
        is_first = false;
    }
    Some(match form {
        Form::Tokens(_) => Form::Tokens(tokens),
        form => form,
    })
}

/// The class behind a `[`.
fn class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<Token> {
    let is_negated = chars.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let low = match chars.next()? {
            ']' if !ranges.is_empty() => return Some(Token::Class { is_negated, ranges }),
            ']' | '-' | '*' | '?' | '[' | WILD => return None,
            '\\' => chars.next().filter(|char| !char.is_ascii_alphanumeric())?,
            char => char,
        };
        let high = match chars.next_if_eq(&'-') {
            None => low,
            Some(_) => match chars.next()? {
                ']' | '-' | '*' | '?' | '[' | WILD => return None,
                '\\' => chars.next().filter(|char| !char.is_ascii_alphanumeric())?,
                char => char,
            },
        };
        if high < low {
            return None;
        }
        ranges.push((low, high));
    }
}

/// Whether the tokens match the path or a folder that it is in. Every place in the pattern that the path so
/// far can have led to is kept, so that nothing is tried twice.
fn match_tokens(tokens: &[Token], path: &str) -> bool {
    let end = tokens.len();
    let mut here = vec![false; end + 1];
    let mut next = vec![false; end + 1];
    enter(tokens, &mut here, 0);
    for char in path.chars() {
        if char == '/' && here[end] {
            return true;
        }
        next.fill(false);
        let mut is_alive = false;
        for (at, token) in tokens.iter().enumerate() {
            if !here[at] {
                continue;
            }
            let (stays, moves) = match token {
                Token::Literal(literal) => (false, *literal == char),
                Token::One => (false, char != '/' && char != WILD),
                Token::Class { is_negated, ranges } => {
                    let is_inside = ranges
                        .iter()
                        .any(|(low, high)| (*low..=*high).contains(&char));
                    (false, char != WILD && is_inside != *is_negated)
                }
                Token::Name => (char != '/', false),
                // It is left behind a slash only.
                Token::Folders => (true, char == '/'),
                Token::Rest => (true, false),
            };
            if stays {
                // Staying inside `**/` does not mean that what follows may begin here.
                if *token == Token::Folders {
                    next[at] = true;
                } else {
                    enter(tokens, &mut next, at);
                }
            }
            if moves {
                enter(tokens, &mut next, at + 1);
            }
            is_alive |= stays || moves;
        }
        if !is_alive {
            return false;
        }
        std::mem::swap(&mut here, &mut next);
    }
    here[end]
}

/// Marks a place and those that can be reached from it without a character.
fn enter(tokens: &[Token], places: &mut [bool], mut at: usize) {
    while !places[at] {
        places[at] = true;
        match tokens.get(at) {
            Some(Token::Name | Token::Folders | Token::Rest) => at += 1,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ignored(lines: &str, path: &str) -> bool {
        let file = IgnoreFile::parse(lines);
        let verdict = file.verdict(&clean(path), &mut Fuel::new(1_000_000));
        assert_ne!(verdict, Verdict::Unknown, "{lines:?} {path}");
        verdict != Verdict::Kept
    }

    #[test]
    fn a_pattern_matches_a_path_or_a_folder_around_it() {
        for (pattern, path, expected) in [
            ("docs", "docs", true),
            ("docs", "docs/a/b", true),
            ("docs/", "docs/a", true),
            ("/docs", "docs", true),
            ("docs", "/docs", true),
            ("docs", "./docs/", true),
            ("docs", "docs2", false),
            ("docs", "a/docs", false),
            ("./a/../b", "b", true),
            ("*", "a", true),
            ("*", "a/b", true),
            ("*/temp*", "somedir/temporary.txt", true),
            ("*/temp*", "somedir/temp/x", true),
            ("*/temp*", "temp", false),
            ("*/*/temp*", "a/b/temporary", true),
            ("temp?", "tempa", true),
            ("temp?", "temp", false),
            ("temp?", "temp/a", false),
            ("a?b", "a\u{263a}b", true),
            ("*.md", "README.md", true),
            ("*.md", "docs/README.md", false),
            (".*", ".foo", true),
            (".*", "foo", false),
            ("a*b?c*x", "abxbbxdbxebxczzx", true),
            ("a*b?c*x", "abxbbxdbxebxczzy", false),
            ("a.|)$(}+{bc", "a.|)$(}+{bc", true),
            ("abc.def", "abcZdef", false),
            ("a]b", "a]b", true),
        ] {
            assert_eq!(is_ignored(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn two_stars_cross_folders() {
        for (pattern, path, expected) in [
            ("**", "file", true),
            ("**/", "dir/file", true),
            ("**/**", "dir/file", true),
            ("dir/**", "dir", false),
            ("dir/**", "dir/a/b", true),
            ("**/dir", "dir", true),
            ("**/dir", "x/dir/file", true),
            ("**/dir2/*", "dir/dir2/file", true),
            ("**/dir2/**", "dir/dir2/dir3/file", true),
            ("**file", "dir/my-file", true),
            ("**/file", "dir/my-file", false),
            ("**/.foo", "bar.foo", false),
            ("**/file*.txt*", "dir/dir/file.txt", true),
            ("**/**/*.txt", "file.txt", true),
            ("**/**/*.txt2", "dir/dir/file.txt", false),
            ("a**/*.txt", "a/dir/dir/file.txt", true),
            ("a**/*.txt", "a/file.txt", true),
            ("a**", "abc/d", true),
            ("**/*.go", "a/b/c.go", true),
            ("**/*.go", "c.go", true),
            ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b", true),
            ("a/**/b", "a/xb", false),
        ] {
            assert_eq!(is_ignored(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn classes_and_escapes() {
        for (pattern, path, expected) in [
            ("a[b-d]e", "ace", true),
            ("a[b-d]e", "aae", false),
            ("a[^b-d]e", "aze", true),
            ("[a-\u{3b6}]*", "\u{3b1}", true),
            ("[\\]a]", "]", true),
            ("[x\\-]", "-", true),
            ("[\\-x]", "a", false),
            ("a\\*b", "axb", false),
        ] {
            assert_eq!(is_ignored(pattern, path), expected, "{pattern} {path}");
        }
        for broken in [
            "[",
            "a[",
            "[]a]",
            "[-x]",
            "[x-]",
            "[a-b-c]",
            "\\",
            "!",
            "! ",
            "[Local-Only]",
        ] {
            assert!(IgnoreFile::parse(broken).is_broken(), "{broken}");
        }
    }

    #[test]
    fn the_last_pattern_that_matches_wins() {
        for (lines, path, expected) in [
            ("*.md\n!README.md", "README.md", false),
            ("!README.md\n*.md", "README.md", true),
            ("docs\n!docs/README.md", "docs/README.md", false),
            ("docs\n!docs/README.md", "docs/other", true),
            // Something in the folder is let in again.
            ("docs\n!docs/README.md", "docs", false),
            ("docs\n!other/README.md", "docs", true),
            ("*\n!src", "src/a", false),
            ("*\n!src", "lib", true),
            ("**\n!**/*.go", "lib", false),
            ("*\n!*.md", "docs", true),
            ("**\n!util/web\nutil/web/foo", "util/web/foo", true),
            (
                "*.md\n!README*.md\nREADME-secret.md",
                "README-secret.md",
                true,
            ),
        ] {
            assert_eq!(is_ignored(lines, path), expected, "{lines:?} {path}");
        }
    }

    #[test]
    fn comments_blanks_and_marks_are_no_patterns() {
        let file = IgnoreFile::parse("\u{feff}# one\r\n\r\n  a  \r\n # b\n! /c\n");
        let found = file
            .patterns()
            .iter()
            .map(|pattern| (&*pattern.text, pattern.is_exception, pattern.line))
            .collect::<Vec<_>>();
        assert_eq!(found, [("a", false, 3), ("# b", false, 4), ("c", true, 5)]);
        assert!(IgnoreFile::parse("# nothing\n!a\n").is_idle());
        assert!(!IgnoreFile::parse("a").is_idle());
    }

    #[test]
    fn wildcards_of_a_source_are_matched_by_stars_only() {
        for (pattern, source, expected) in [
            ("*.json", "*.json", true),
            ("*", "*.json", true),
            ("**", "a?.json", true),
            ("?.json", "*.json", false),
            ("a.json", "*.json", false),
            ("src", "src/*.c", true),
            ("**/*.c", "src/*.c", true),
            ("src/a*", "src/*", false),
            ("[ab].c", "[ab].c", false),
        ] {
            assert_eq!(is_ignored(pattern, source), expected, "{pattern} {source}");
        }
    }

    #[test]
    fn the_whole_context_is_out_only_when_everything_is() {
        for (lines, expected) in [("*", true), ("a\n**", true), ("*\n!a", false), ("a", false)] {
            assert_eq!(is_ignored(lines, "."), expected, "{lines:?}");
            assert_eq!(is_ignored(lines, "/"), expected, "{lines:?}");
        }
    }

    #[test]
    fn stars_without_end_take_no_time() {
        let file = IgnoreFile::parse(&"*a".repeat(1000));
        let path = "a".repeat(3000);
        let mut fuel = Fuel::new(10_000_000);
        assert_eq!(file.verdict(&path, &mut fuel), Verdict::Ignored(0));
        assert_eq!(file.verdict(&path, &mut fuel), Verdict::Unknown);
        assert!(IgnoreFile::parse(&"a\n".repeat(MAX_BYTES)).is_broken());
    }
}

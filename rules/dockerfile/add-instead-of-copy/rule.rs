//! Flags `ADD` of local files and folders, which `COPY` copies as well and with fewer surprises.
//!
//! What `ADD` does more (`dockerfile2llb/convert_copy.go` of BuildKit): it downloads URLs, clones Git
//! repositories and unpacks local archives. Whether a file is an archive it finds out from its content; here
//! only the name can be asked, so every name that such a file may well have counts.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::ast::Add;
use crate::dockerfile::model::Value;
use crate::dockerfile::word::Word;
use crate::engine::nodes::Placed;
use crate::engine::{Context, Hooks};
use crate::text::Edit;

/// Ends of names of tar archives, packed or not, and of what can be one under another name.
const ARCHIVES: [&str; 26] = [
    ".apk", ".bz2", ".crate", ".gem", ".gz", ".lz", ".lz4", ".lzma", ".lzo", ".ova", ".tar",
    ".taz", ".tb2", ".tbz", ".tbz2", ".tgz", ".tlz", ".tpz", ".txz", ".tz", ".tz2", ".tzst", ".xz",
    ".z", ".zst", ".zstd",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.add(check);
}

fn check(add: &Placed<'_, Add>, cx: &mut Context<'_, Dockerfile>) {
    let instruction = add.instruction;
    let is_copy_flag = |name: &str| matches!(name, "chown" | "chmod" | "link" | "exclude");
    let sources = add.paths.sources();
    if sources.is_empty()
        || !instruction.heredocs.is_empty()
        || !instruction
            .flags
            .iter()
            .all(|flag| is_copy_flag(&flag.name.value))
    {
        return;
    }
    let mut doubt = None;
    for source in sources {
        match kind(add, source, cx.model) {
            Source::Local => {}
            Source::Perhaps(what) => doubt = Some(what),
            Source::Other => return,
        }
    }
    let keyword = &instruction.keyword;
    let (title, applicability) = match doubt {
        None => ("write `COPY`", Applicability::Safe),
        Some(Doubt::Pattern) => (
            "write `COPY`, which does not unpack an archive that the pattern matches",
            Applicability::Unsafe,
        ),
        Some(Doubt::Argument) => (
            "write `COPY`, which takes no URL and unpacks no archive that a build argument names",
            Applicability::Unsafe,
        ),
    };
    let edit = Edit::replace(keyword.span, cased_like(&keyword.value));
    cx.report(
        keyword.span,
        format!("this `{}` only copies local files", keyword.value),
    )
    .help("write `COPY`, which does nothing but that")
    .fix(Fix::new(title, applicability, vec![edit]));
}

/// What a source of `ADD` is.
enum Source {
    /// Files or folders of the build context that are no archives.
    Local,
    /// The same, as far as the file tells.
    Perhaps(Doubt),
    /// Something that needs `ADD`, or nobody knows.
    Other,
}

/// Why a source may be something else.
enum Doubt {
    /// A pattern may match an archive.
    Pattern,
    /// A build argument may name anything; only its default is known.
    Argument,
}

fn kind(add: &Placed<'_, Add>, source: &Word, file: &Dockerfile) -> Source {
    let value = match source.literal() {
        Some(path) => return kind_of(&path),
        // The variables of a trigger are those of another file.
        None if add.instruction.is_trigger => return Source::Other,
        None => file.value_at(add.index, source),
    };
    match (&value, value.text().map(kind_of)) {
        (Value::Default(_), Some(Source::Local)) => Source::Perhaps(Doubt::Argument),
        (_, kind) => kind.unwrap_or(Source::Other),
    }
}

fn kind_of(path: &str) -> Source {
    if is_remote(path) || is_archive(path) {
        return Source::Other;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    // Behind the last wildcard there is the end of the name that every match has.
    match name.rfind(['*', '?', ']']) {
        Some(at) if !name[at + 1..].contains('.') => Source::Perhaps(Doubt::Pattern),
        _ => Source::Local,
    }
}

/// A URL, or a Git repository in one of the notations of BuildKit's `gitutil.ParseGitRef`.
fn is_remote(path: &str) -> bool {
    let is_scp_style = || {
        let (user, rest) = path.split_once('@')?;
        let (host, _) = rest.split_once(':')?;
        Some(!user.contains('/') && !host.contains('/'))
    };
    path.contains("://")
        || path.starts_with("github.com/")
        || path
            .split('#')
            .next()
            .is_some_and(|path| path.ends_with(".git"))
        || is_scp_style().unwrap_or(false)
}

fn is_archive(path: &str) -> bool {
    let ends_with = |end: &&str| {
        let at = path.len().checked_sub(end.len());
        at.is_some_and(|at| path.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
    };
    ARCHIVES.iter().any(ends_with)
}

/// `COPY` in the case that `ADD` is written in.
fn cased_like(keyword: &str) -> &'static str {
    let mut bytes = keyword.bytes().map(|byte| byte.is_ascii_uppercase());
    match (bytes.next(), bytes.next()) {
        (Some(true), Some(false)) => "Copy",
        (Some(false), _) => "copy",
        _ => "COPY",
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{self, dockerfile};

    #[test]
    fn the_keyword_is_marked() {
        dockerfile(
            "add-instead-of-copy",
            r#"
FROM debian:13
ADD . /src
#^^ this `ADD` only copies local files
ONBUILD add ["a b", "/"]
#       ^^^ this `add` only copies local files
ADD --chown=1000 --link \
#^^ this `ADD` only copies local files
  a.jar b.zip /lib/
"#,
        );
    }

    #[test]
    fn what_needs_add_or_may_need_it_is_left_alone() {
        for source in [
            "https://example.com/a",
            "http://example.com/a",
            "HTTPS://example.com/a",
            "git@github.com:a/b",
            "me@example.com:a.git#v1",
            "git://example.com/a",
            "ssh://git@example.com/a",
            "github.com/a/b",
            "a.git",
            "a.git#main",
            "a.tar",
            "a.tar.gz",
            "a.TGZ",
            "a.tar.zst",
            "dir/*.tar.xz",
            "rootfs.gz",
            "a.gem",
            "$A",
            "${UNDEFINED:-b}",
            "a-$VERSION.jar",
            "$ARCHIVE",
            "$LINK",
            "a https://example.com/b",
            "--unpack a",
            "--unpack=false a",
            "--checksum=sha256:0 a",
            "--keep-git-dir a",
            "--from=a b",
            "<<EOF",
        ] {
            let end = if source == "<<EOF" { "\nEOF" } else { "" };
            let variables = "ARG A\nARG LINK=https://example.com/a\nENV ARCHIVE=a.tgz";
            let text = format!("FROM a\n{variables}\nADD {source} /b{end}\n");
            dockerfile("add-instead-of-copy", &text);
        }
        dockerfile("add-instead-of-copy", "FROM a\nADD a\nADD\nADD [\"a\"]\n");
    }

    fn fixed(text: &str, threshold: Applicability) -> String {
        let text = format!("FROM a\n{text}\n");
        let fixed = testing::fixed("add-instead-of-copy", threshold, &text);
        fixed["FROM a\n".len()..].trim_end().to_owned()
    }

    #[test]
    fn the_fix_keeps_the_case_and_everything_else() {
        for (before, after) in [
            ("ADD a /", "COPY a /"),
            ("add  a /", "copy  a /"),
            ("Add a /", "Copy a /"),
            ("ONBUILD ADD a /", "ONBUILD COPY a /"),
            (
                "ADD --chmod=755 \\\n  a@b /",
                "COPY --chmod=755 \\\n  a@b /",
            ),
            ("ADD a*.jar b[0-9].txt /", "COPY a*.jar b[0-9].txt /"),
            ("ADD a.tar.gz.asc a.tar/b /", "COPY a.tar.gz.asc a.tar/b /"),
        ] {
            assert_eq!(fixed(before, Applicability::Safe), after);
        }
    }

    #[test]
    fn variables_count_as_far_as_they_are_known() {
        let known = "ENV DIR=lib\nARG VERSION=1\nADD $DIR/a.jar /";
        let copy = known.replace("ADD", "COPY");
        assert_eq!(fixed(known, Applicability::Safe), copy);
        let default = "ARG JAR=target/*.jar\nADD ${JAR} /";
        assert_eq!(fixed(default, Applicability::Safe), default);
        let copy = default.replace("ADD", "COPY");
        assert_eq!(fixed(default, Applicability::Unsafe), copy);
        let trigger = "ENV DIR=lib\nONBUILD ADD $DIR/a.jar /";
        assert_eq!(fixed(trigger, Applicability::Unsafe), trigger);
    }

    #[test]
    fn a_pattern_that_may_match_archives_makes_the_fix_unsafe() {
        for before in ["ADD * /", "ADD a b/c* /", "ADD a? /", "ADD a[bc] /"] {
            assert_eq!(fixed(before, Applicability::Safe), before);
            let after = before.replace("ADD", "COPY");
            assert_eq!(fixed(before, Applicability::Unsafe), after);
        }
    }
}

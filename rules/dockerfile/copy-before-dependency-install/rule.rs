//! Flags copies of the whole context in front of an installation of dependencies.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::context::Root;
use crate::dockerfile::ignorefile::Verdict;
use crate::dockerfile::model::Base;
use crate::dockerfile::mount::MountKind;
use crate::dockerfile::source::{ContextSource, written_paths};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::shell::invocation::{Argument, Invocation};
use crate::shell::word::Word;
use crate::text::{Edit, Span};

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(file: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    if !file
        .context_sources()
        .iter()
        .any(ContextSource::is_everything)
    {
        return;
    }
    // What installed dependencies in each stage, the one that it is built on included.
    let mut installed: Vec<Vec<&'static str>> = Vec::with_capacity(file.stages.len());
    for stage in &file.stages {
        let mut known: Vec<&'static str> = match stage.base {
            Base::Stage(base) => installed.get(base).cloned().unwrap_or_default(),
            _ => Vec::new(),
        };
        walk(file, stage, &mut known, cx);
        installed.push(known);
    }
}

fn walk(
    file: &Dockerfile,
    stage: &Stage,
    installed: &mut Vec<&'static str>,
    cx: &mut Context<'_, Dockerfile>,
) {
    let mut copied: Option<(usize, Span)> = None;
    for index in stage.instructions.clone() {
        if copied.is_none() {
            let mut sources = file.sources_of(index).iter();
            copied = sources
                .find(|source| source.is_everything())
                .map(|source| (index, source.span));
        }
        let InstructionKind::Run(run) = &file.ast.instructions[index].kind else {
            continue;
        };
        let is_mounted = run
            .mounts
            .iter()
            .any(|mount| matches!(mount.kind, Some(MountKind::Bind | MountKind::Cache) | None));
        for place in file.scripts_of(index) {
            let Some(script) = &place.script else {
                continue;
            };
            for found in script.commands() {
                let Some(call) = found.command.unwrapped() else {
                    continue;
                };
                let Some(install) = install(&call) else {
                    continue;
                };
                if installed.contains(&install.program) {
                    continue;
                }
                installed.push(install.program);
                if let Some((copy, span)) = copied.filter(|_| !is_mounted) {
                    let fix = (copy + 1 == index)
                        .then(|| split(file, copy, &call, &install, cx.text()))
                        .flatten();
                    let finding = cx.report(
                        span,
                        format!("every change in the context runs `{}` again", install.shown),
                    );
                    finding.help(format!(
                        "copy {} first, install, then copy the rest",
                        install.lists
                    ));
                    finding.label(call.span(), "installs dependencies");
                    finding.fixes.extend(fix);
                    return;
                }
            }
        }
    }
}

/// Copies the lists and installs in front of the `COPY` of everything, which the `RUN` with the installation
/// follows. Only where the lists surely stand at the top of the context and what was installed stays as it is.
fn split(
    file: &Dockerfile,
    index: usize,
    call: &Invocation<'_>,
    install: &Install,
    text: &str,
) -> Option<Fix> {
    let context = file
        .context()
        .filter(|context| context.root == Root::Sure)?;
    let copy = &file.ast.instructions[index];
    let run = &file.ast.instructions[index + 1];
    let paths = written_paths(copy)?;
    let [source, destination] = paths.words.as_slice() else {
        return None;
    };
    let is_known_flag = copy
        .flags
        .iter()
        .all(|flag| matches!(&*flag.name.value, "chown" | "link"));
    let directory = file.config_at(index).directory();
    let is_here = match &*destination.literal()? {
        "." | "./" => true,
        path => path.len() > 1 && directory.known() == Some(path.trim_end_matches('/')),
    };
    if !is_known_flag || !is_here || paths.is_json {
        return None;
    }
    let steps = file.steps(index + 1)?;
    let first = steps.steps.first()?;
    if first.command?.span != call.command.span || call.is_wrapped() {
        return None;
    }
    let is_there =
        |name: &str| context.entry(name) == Some(false) && context.verdict(name) == Verdict::Kept;
    let lists = lists(call, install.program, &|name| context.entry(name).is_some())?;
    let (needed, made) = (lists.files, lists.makes);
    // What is made there would be written over by the `COPY`.
    let is_safe = |name: &str| {
        context.entry(name).is_none() || matches!(context.verdict(name), Verdict::Ignored(_))
    };
    if !needed.iter().all(|name| is_there(name)) || !made.is_none_or(is_safe) {
        return None;
    }
    let flags = Span::new(copy.span.start, source.span.start);
    let command = Span::new(run.span.start, first.span.end);
    let path = destination.span.text(text).trim_end_matches('/');
    let behind = text.get(copy.span.end as usize..).unwrap_or_default();
    let end = if behind.starts_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let line = format!(
        "{}{} {path}/{end}{}",
        flags.text(text),
        needed.join(" "),
        command.text(text)
    );
    let mut edits = steps.without(&[0], text)?;
    edits.push(Edit::insert_line(text, file.ast.above(copy), &line));
    let title = format!(
        "copy `{}` first; fails if the installation needs more files, such as those of workspaces or scripts",
        needed.join("`, `")
    );
    Some(Fix::new(title, Applicability::Unsafe, edits))
}

/// What an installation reads and makes.
struct Lists {
    /// Files at the top of the context.
    files: Vec<String>,
    /// The folder with what was installed, if it is in the working directory.
    makes: Option<&'static str>,
}

/// Files at the top of a project by which an installation needs more than its lists.
const MORE: &[&str] = &[
    ".yarn",
    ".pnp.cjs",
    ".pnpmfile.cjs",
    "go.work",
    "lerna.json",
    "nx.json",
    "patches",
    "pnpm-workspace.yaml",
    "turbo.json",
    "vendor",
];

/// The lists that an installation reads; `None` where it needs more, or nobody knows.
fn lists(call: &Invocation<'_>, program: &str, is_there: &dyn Fn(&str) -> bool) -> Option<Lists> {
    if MORE.iter().any(|name| is_there(name)) {
        return None;
    }
    let some = |names: &[&str]| {
        names
            .iter()
            .find(|name| is_there(name))
            .map(|&name| name.to_owned())
    };
    let with = |first: &str, locks: &[&str], more: &[&str]| -> Option<Vec<String>> {
        let mut files = vec![first.to_owned(), some(locks)?];
        files.extend(
            more.iter()
                .filter(|name| is_there(name))
                .map(|&name| name.to_owned()),
        );
        Some(files)
    };
    let takes_folder = [
        "prefix",
        "cwd",
        "dir",
        "C",
        "w",
        "workspace",
        "workspaces",
        "gemfile",
        "modfile",
    ];
    if takes_folder.iter().any(|name| call.has_flag(name)) {
        return None;
    }
    let (files, makes) = match program {
        "npm" => {
            let locks = ["package-lock.json", "npm-shrinkwrap.json"];
            (
                with("package.json", &locks, &[".npmrc"])?,
                Some("node_modules"),
            )
        }
        "yarn" => {
            let more = [".npmrc", ".yarnrc", ".yarnrc.yml"];
            (
                with("package.json", &["yarn.lock"], &more)?,
                Some("node_modules"),
            )
        }
        "pnpm" => (
            with("package.json", &["pnpm-lock.yaml"], &[".npmrc"])?,
            Some("node_modules"),
        ),
        "bun" => (
            with(
                "package.json",
                &["bun.lock", "bun.lockb"],
                &["bunfig.toml", ".npmrc"],
            )?,
            Some("node_modules"),
        ),
        "go" => (with("go.mod", &["go.sum"], &[])?, None),
        "bundle" => (
            with(
                "Gemfile",
                &["Gemfile.lock"],
                &[".ruby-version", ".tool-versions"],
            )?,
            Some("vendor"),
        ),
        "pipenv" => (with("Pipfile", &["Pipfile.lock"], &[])?, Some(".venv")),
        "pip" => (requirements(call)?, None),
        _ => return None,
    };
    Some(Lists { files, makes })
}

/// The files that `-r` names, if all that is installed stands in files at the top.
fn requirements(call: &Invocation<'_>) -> Option<Vec<String>> {
    let mut files = Vec::new();
    for argument in call.arguments(WITH_VALUE) {
        let Argument::Flag(flag) = argument else {
            continue;
        };
        if !matches!(flag.name, "r" | "requirement" | "c" | "constraint") {
            continue;
        }
        let name = flag.value?.text?;
        let name = name.strip_prefix("./").unwrap_or(name);
        let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
        if name.starts_with('.') || !name.chars().all(is_plain) {
            return None;
        }
        files.push(name.to_owned());
    }
    files.dedup();
    Some(files).filter(|files| !files.is_empty())
}

/// An installation of what a project depends on.
struct Install {
    /// The family of programs that share what was installed.
    program: &'static str,
    /// The command, as far as it matters.
    shown: String,
    /// The files that list the dependencies.
    lists: &'static str,
}

/// The programs that install dependencies.
const PROGRAMS: &[&str] = &[
    "bun", "bundle", "bundler", "cargo", "composer", "dotnet", "go", "gradle", "gradlew", "mvn",
    "mvnw", "npm", "pip", "pip3", "pipenv", "pnpm", "poetry", "python", "python3", "uv", "yarn",
];

/// Options of these programs that take a value.
const WITH_VALUE: &[&str] = &[
    "C",
    "cwd",
    "dir",
    "f",
    "file",
    "gemfile",
    "j",
    "jobs",
    "loglevel",
    "network-timeout",
    "omit",
    "p",
    "prefix",
    "r",
    "reg",
    "registry",
    "requirement",
    "c",
    "constraint",
    "i",
    "index-url",
    "extra-index-url",
    "t",
    "target",
    "runtime",
    "s",
    "without",
    "retry",
    "find-links",
    "python",
    "group",
    "extra",
    "E",
    "extras",
    "d",
    "working-dir",
    "cache-folder",
    "modules-folder",
    "mode",
    "path",
    "configfile",
    "gs",
];

fn install(call: &Invocation<'_>) -> Option<Install> {
    let name = call.name().filter(|name| PROGRAMS.contains(name))?;
    let operands: Vec<&str> = call
        .operands(WITH_VALUE)
        .map(|word| word.text().unwrap_or("$"))
        .collect();
    let has_requirements = || {
        call.value_of(&["r", "requirement"]).is_some()
            && !call.has_flag("e")
            && !call.args().iter().any(|word: &Word| word.is("."))
    };
    let (program, lists) = match (name, operands.as_slice()) {
        ("npm", ["ci" | "clean-install" | "install" | "i"])
            if !call.has_flag("g") && !call.has_flag("global") =>
        {
            ("npm", "`package.json` and its lock file")
        }
        ("yarn", [] | ["install"])
            if !call.has_flag("version") && !call.has_flag("v") && !call.has_flag("help") =>
        {
            ("yarn", "`package.json` and `yarn.lock`")
        }
        ("pnpm", ["install" | "i" | "fetch"]) => ("pnpm", "`package.json` and `pnpm-lock.yaml`"),
        ("bun", ["install" | "i"]) => ("bun", "`package.json` and `bun.lock`"),
        ("pip" | "pip3", ["install"]) if has_requirements() => ("pip", "the requirements"),
        ("python" | "python3", ["pip", "install"]) if has_requirements() => {
            ("pip", "the requirements")
        }
        ("uv", ["pip", "install"]) if has_requirements() => ("pip", "the requirements"),
        ("uv", ["sync"]) => ("uv", "`pyproject.toml` and `uv.lock`"),
        ("poetry", ["install"]) => ("poetry", "`pyproject.toml` and `poetry.lock`"),
        ("pipenv", ["install" | "sync"]) => ("pipenv", "`Pipfile` and `Pipfile.lock`"),
        ("bundle" | "bundler", [] | ["install"]) if !call.has_flag("version") => {
            ("bundle", "`Gemfile` and `Gemfile.lock`")
        }
        ("composer", ["install"]) => ("composer", "`composer.json` and `composer.lock`"),
        ("go", ["mod", "download", ..]) => ("go", "`go.mod` and `go.sum`"),
        ("cargo", ["fetch"]) => ("cargo", "`Cargo.toml` and `Cargo.lock`"),
        ("mvn" | "mvnw", operands)
            if operands.iter().any(|goal| {
                goal.starts_with("dependency:go-offline") || goal.starts_with("dependency:resolve")
            }) =>
        {
            ("mvn", "`pom.xml`")
        }
        ("gradle" | "gradlew", operands) if operands.contains(&"dependencies") => {
            ("gradle", "the build scripts of Gradle")
        }
        ("dotnet", ["restore", ..]) => ("dotnet", "the project files"),
        _ => return None,
    };
    let shown = match (name, operands.first()) {
        ("mvn" | "mvnw" | "gradle" | "gradlew", _) | (_, None) => name.to_owned(),
        ("go", _) => "go mod download".to_owned(),
        ("python" | "python3", _) => "pip install".to_owned(),
        (_, Some(verb)) => format!("{name} {verb}"),
    };
    Some(Install {
        program,
        shown,
        lists,
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed_among};

    const RULE: &str = "copy-before-dependency-install";

    #[test]
    fn the_copy_is_marked() {
        for command in [
            "npm ci",
            "npm install --omit=dev",
            "cd web && npm i --prefix web",
            "yarn",
            "yarn install --frozen-lockfile --network-timeout 100000",
            "corepack enable && pnpm i",
            "bun install",
            "pip install --no-cache-dir -r requirements.txt",
            "python3 -m pip install -r a.txt -r b.txt",
            "uv pip install -r a.txt",
            "uv sync --locked",
            "poetry install --no-root",
            "pipenv sync",
            "bundle install -j 4",
            "composer install --no-dev",
            "go mod download",
            "cargo fetch",
            "./mvnw -B dependency:go-offline",
            "gradle dependencies --no-daemon",
            "dotnet restore app.csproj",
        ] {
            dockerfile(
                RULE,
                &format!(
                    "FROM a\nCOPY --link \\\n  . /b\n# ^ info: every change in the context runs\nRUN {command}\n"
                ),
            );
        }
    }

    #[test]
    fn the_lists_are_copied_first() {
        let fix = |files: &[&str], text: &str| {
            let files: Vec<_> = files.iter().map(|name| (*name, "x")).collect();
            let text = format!("FROM a\n{text}\n");
            let result = fixed_among(RULE, Applicability::Unsafe, &files, &text);
            result.trim_start_matches("FROM a\n").trim_end().to_owned()
        };
        let npm = ["package.json", "package-lock.json"];
        for (files, before, after) in [
            (
                &[&npm[..], &[".npmrc"]].concat()[..],
                "WORKDIR /app\n# all\nCOPY --chown=1 . /app\nRUN --network=host npm ci \\\n && npm run build",
                "WORKDIR /app\nCOPY --chown=1 package.json package-lock.json .npmrc /app/\n\
                RUN --network=host npm ci\n# all\nCOPY --chown=1 . /app\nRUN --network=host npm run build",
            ),
            (
                &["go.mod", "go.sum"],
                "COPY . .\nRUN go mod download\nRUN go build",
                "COPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build",
            ),
            (
                &["requirements.txt", "dev.txt"],
                "COPY . ./\nRUN pip install -r requirements.txt -r ./dev.txt",
                "COPY requirements.txt dev.txt ./\nRUN pip install -r requirements.txt -r ./dev.txt\nCOPY . ./",
            ),
        ] {
            assert_eq!(fix(files, before), after);
        }
        let run = "COPY . .\nRUN npm ci";
        for (files, kept) in [
            (&["package.json"][..], run),
            (&["package.json", "package-lock.json", "node_modules"], run),
            (&["package.json", "package-lock.json", "lerna.json"], run),
            (&npm, "COPY . /b\nRUN npm ci"),
            (&npm, "COPY --exclude=a . .\nRUN npm ci"),
            (&npm, "COPY . .\nRUN npm run x && npm ci"),
            (&npm, "COPY . .\nUSER 1\nRUN npm ci"),
            (&npm, "COPY . .\nRUN npm ci --prefix web"),
            (&npm, "COPY . .\nRUN npm ci; npm run build"),
            (
                &["go.mod", "requirements.txt"],
                "COPY . .\nRUN pip install -r a/requirements.txt",
            ),
        ] {
            assert_eq!(fix(files, kept), kept);
        }
    }

    #[test]
    fn what_installs_no_list_of_dependencies_is_left_alone() {
        for command in [
            "npm install -g serve",
            "npm install express",
            "npm run build",
            "yarn build",
            "yarn --version",
            "pip install .",
            "pip install -e . -r a.txt",
            "pip install flask",
            "go build ./...",
            "cargo build --release",
            "mvn package",
            "bundle exec rake",
            "dotnet publish",
            "echo npm ci",
            "npm $X",
        ] {
            dockerfile(RULE, &format!("FROM a\nCOPY . /b\nRUN {command}\n"));
        }
    }

    #[test]
    fn order_and_mounts_count() {
        dockerfile(
            RULE,
            r#"
FROM a AS b
COPY package.json ./
RUN npm install
COPY . .
RUN npm ci
FROM b
COPY . .
RUN npm ci
FROM c
COPY . .
RUN --mount=type=cache,target=/root/.npm npm ci
FROM d
COPY --from=b . .
RUN npm ci
FROM e
RUN npm ci
COPY src .
COPY . .
#    ^ info: every change in the context runs `yarn` again
RUN yarn
"#,
        );
    }
}

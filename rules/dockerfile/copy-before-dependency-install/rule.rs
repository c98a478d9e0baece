//! Flags copies of the whole context in front of an installation of dependencies.

use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::model::Base;
use crate::dockerfile::mount::MountKind;
use crate::dockerfile::source::ContextSource;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::shell::invocation::Invocation;
use crate::shell::word::Word;
use crate::text::Span;

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
    let mut copied: Option<Span> = None;
    for index in stage.instructions.clone() {
        if copied.is_none() {
            let mut sources = file.sources_of(index).iter();
            copied = sources
                .find(|source| source.is_everything())
                .map(|source| source.span);
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
                if let Some(copy) = copied.filter(|_| !is_mounted) {
                    cx.report(
                        copy,
                        format!("every change in the context runs `{}` again", install.shown),
                    )
                    .help(format!(
                        "copy {} first, install, then copy the rest",
                        install.lists
                    ))
                    .label(call.span(), "installs dependencies");
                    return;
                }
            }
        }
    }
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
    use crate::engine::testing::dockerfile;

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

//! Which `RUN`s may read variables from their environment, where BuildKit puts every `ARG` in scope
//! (`dockerfile2llb/convert.go`, `dispatchArg`), and which of them install packages.
//!
//! Programs that surely have no use for a variable of an arbitrary name are known; all others may read any.
//! Variables with a meaning of their own are [`knowledge::environment`](crate::knowledge::environment)'s business, and
//! so is what a script mentions by name: see [`mentions`](super::mentions).

use memchr::memmem;

use super::ast::InstructionKind;
use super::model::Dockerfile;
use super::source::ContextSource;
use crate::grammar::excerpt;
use crate::knowledge::environment::is_idle_program;
use crate::shell::ast::SimpleCommand;
use crate::shell::invocation::Invocation;
use crate::shell::packages::managers::{Action, Manager, System};
use crate::shell::packages::{Source, Use};
use crate::text::Span;

/// Texts in scripts that bring packages of others than the distribution, whose installation may read anything.
const FOREIGN: &[&str] = &[
    "sources.list",
    "yum.repos.d",
    "apt-repository",
    "apt-key",
    "keyring",
    "config-manager",
    "zypper ar",
    "addrepo",
    ".deb",
    ".rpm",
];

/// What the programs of a `RUN` may read of its environment, besides variables with a meaning of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reads {
    /// Nothing.
    Nothing,
    /// What scripts in packages of others read: not what is particular to this build.
    Packages,
    /// Anything.
    Anything,
}

/// A `RUN` as its environment matters to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// What its programs may read.
    pub reads: Reads,
    /// The first command in it that installs packages: its place from the program to the verb, and how to speak of it.
    pub install: Option<(Span, String)>,
}

/// The `RUN`s of a Dockerfile, each looked at when somebody asks for it.
#[derive(Debug)]
pub struct Environments<'m> {
    model: &'m Dockerfile,
    has_foreign: Option<bool>,
    /// The first instruction that may copy more than files, once somebody asked.
    folders_from: Option<Option<usize>>,
    known: Vec<Option<Environment>>,
}

impl<'m> Environments<'m> {
    /// Those of a Dockerfile.
    pub fn of(model: &'m Dockerfile) -> Environments<'m> {
        Environments {
            model,
            has_foreign: None,
            folders_from: None,
            known: vec![None; model.ast.instructions.len()],
        }
    }

    /// That of an instruction. An `ONBUILD` may read anything, for who knows where; no other than a `RUN` reads.
    pub fn at(&mut self, index: usize) -> Environment {
        if let Some(Some(known)) = self.known.get(index) {
            return known.clone();
        }
        let mut environment = Environment {
            reads: Reads::Nothing,
            install: None,
        };
        environment.reads = match &self.model.ast.instructions[index].kind {
            InstructionKind::Run(run) if run.command.is_some() => self.run(index, &mut environment),
            InstructionKind::Onbuild(_) => Reads::Anything,
            _ => Reads::Nothing,
        };
        if let Some(known) = self.known.get_mut(index) {
            *known = Some(environment.clone());
        }
        environment
    }

    fn run(&mut self, index: usize, environment: &mut Environment) -> Reads {
        let model = self.model;
        let places = model.scripts_of(index);
        let mut reads = match places {
            // Not a command that is understood.
            [] => Reads::Anything,
            _ => Reads::Nothing,
        };
        for place in places {
            let text = place.text.text();
            let is_indirect = text.contains("${!") || text.contains("ENVIRON");
            let Some(script) = place.script.as_ref().filter(|_| place.errors.is_empty()) else {
                return Reads::Anything;
            };
            if is_indirect {
                return Reads::Anything;
            }
            for found in script.commands() {
                reads = reads.max(self.command(index, found.command, environment));
                if reads == Reads::Anything {
                    return reads;
                }
            }
        }
        reads
    }

    fn command(
        &mut self,
        index: usize,
        command: &SimpleCommand,
        environment: &mut Environment,
    ) -> Reads {
        let Some(call) = command.unwrapped() else {
            return Reads::Nothing;
        };
        let (Some(path), Some(name)) = (call.path(), call.name()) else {
            return Reads::Anything;
        };
        if path.contains('/') && !is_of_the_system(path) {
            return Reads::Anything;
        }
        if let Some(found) = Use::of(&call) {
            return self.manager(index, &found, environment);
        }
        let is_shown = |only: &[&str]| {
            let arguments = call.args();
            let is_bare = arguments.is_empty() && command.declarations().is_empty();
            is_bare
                || arguments
                    .iter()
                    .any(|word| only.iter().any(|flag| word.is(flag)))
        };
        let is_idle = match name {
            "sh" | "bash" | "ash" | "dash" => {
                let script = command.inner_script();
                script.is_some_and(|script| script.is_exact)
            }
            "set" => !is_shown(&["-o", "+o"]) || call.args().len() > 1,
            "export" | "readonly" | "declare" | "typeset" | "local" => !is_shown(&["-p"]),
            "find" => runs_idle_programs(&call),
            "git" => true,
            // What is in a file can ask for variables.
            "awk" | "gawk" | "mawk" | "jq" => !call.has_any_flag(&["f", "file", "from-file"]),
            _ if is_idle_program(name) => true,
            // Variables stand where the verb should.
            _ => Manager::called(name).is_some_and(|manager| is_of_a_system(manager.system)),
        };
        let is_installer = matches!(name, "dpkg" | "rpm") && installs(&call);
        match (is_idle, is_installer) {
            (false, _) => Reads::Anything,
            (true, true) => Reads::Packages,
            (true, false) => Reads::Nothing,
        }
    }

    fn manager(&mut self, index: usize, found: &Use<'_>, environment: &mut Environment) -> Reads {
        let brings = matches!(
            found.action,
            Action::Install
                | Action::Sync
                | Action::Upgrade
                | Action::Release
                | Action::BuildDependencies
        );
        if brings && environment.install.is_none() && !found.has_flag(found.manager.dry) {
            let shown = format!("{} {}", found.manager.name, excerpt(found.verb.name));
            let is_bare = found.verb.name == found.manager.name;
            let shown = if is_bare {
                found.manager.name.to_owned()
            } else {
                shown
            };
            environment.install = Some((found.head(), shown));
        }
        if is_of_a_system(found.manager.system) {
            let is_foreign =
                |source| !matches!(source, Source::Index | Source::Group | Source::Unknown);
            let is_foreign = brings
                && (found.packages().any(|package| is_foreign(package.source))
                    || self.has_foreign_packages());
            return if is_foreign {
                Reads::Packages
            } else {
                Reads::Nothing
            };
        }
        match found.action {
            Action::Clean | Action::CleanAll | Action::Remove => Reads::Nothing,
            // Neither runs what it downloads.
            Action::Sync if matches!(found.manager.system, System::Go | System::Cargo) => {
                Reads::Packages
            }
            _ if !brings && found.action != Action::Download => Reads::Anything,
            _ if self.is_of_the_project(index, found) => Reads::Anything,
            _ => Reads::Packages,
        }
    }

    /// Whether a manager may run scripts of the project that is built.
    fn is_of_the_project(&mut self, index: usize, found: &Use<'_>) -> bool {
        if found.has_flag(&["e", "editable"]) {
            return true;
        }
        let mut packages = found.packages().peekable();
        if found.action == Action::Install && packages.peek().is_some() {
            let is_named = |source| matches!(source, Source::Index | Source::Group);
            return packages.any(|package| !is_named(package.source));
        }
        let model = self.model;
        let mut all = 0..model.ast.instructions.len();
        let first = *self
            .folders_from
            .get_or_insert_with(|| all.find(|index| copies_folders(model, *index)));
        first.is_some_and(|first| first < index)
    }

    /// Whether packages may come from others than the distribution.
    fn has_foreign_packages(&mut self) -> bool {
        let scripts = self.model.scripts();
        *self.has_foreign.get_or_insert_with(|| {
            scripts.iter().any(|place| {
                let text = place.text.text().as_bytes();
                FOREIGN
                    .iter()
                    .any(|part| memmem::find(text, part.as_bytes()).is_some())
            })
        })
    }
}

/// Whether an instruction copies more than files from the build context, or may do so.
pub fn copies_folders(model: &Dockerfile, index: usize) -> bool {
    let InstructionKind::Copy(copy) = &model.ast.instructions[index].kind else {
        return false;
    };
    // A name without an ending can be a folder; `.npmrc` is none.
    let is_file = |source: &ContextSource| {
        let name = source.name();
        let rest = name.trim_start_matches('.');
        rest.contains('.') || (rest.len() < name.len() && rest.ends_with("rc"))
    };
    let sources = model.sources_of(index);
    copy.from.is_none()
        && (sources.len() + 1 < copy.paths.words.len() || !sources.iter().all(is_file))
}

/// Whether a path is one of the system's programs, which no project brings along.
fn is_of_the_system(path: &str) -> bool {
    ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/"]
        .iter()
        .any(|folder| path.starts_with(folder))
}

/// Whether packages of a system are those of a distribution.
fn is_of_a_system(system: System) -> bool {
    matches!(
        system,
        System::Apt | System::Apk | System::Dnf | System::Zypper
    )
}

/// Whether `dpkg` or `rpm` is told to install.
fn installs(call: &Invocation<'_>) -> bool {
    call.has_any_flag(&["i", "install", "U", "upgrade", "F", "freshen", "configure"])
}

/// Whether all that `find` runs is idle.
fn runs_idle_programs(call: &Invocation<'_>) -> bool {
    let runs = ["-exec", "-execdir", "-ok", "-okdir"];
    call.args().windows(2).all(|pair| {
        let is_run = runs.iter().any(|option| pair[0].is(option));
        !is_run || pair[1].literal().is_some_and(is_idle_program)
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn at_end(text: &str) -> Environment {
        let model = Dockerfile::new(parse(text).tree);
        let last = model.ast.instructions.len() - 1;
        Environments::of(&model).at(last)
    }

    fn reads(run: &str) -> Reads {
        at_end(&format!("FROM debian:13\n{run}\n")).reads
    }

    #[test]
    fn the_programs_of_a_system_read_nothing() {
        for run in [
            "RUN [\"mkdir\", \"/a\"]",
            "RUN bash <<'E'\nmkdir a\nE",
            "RUN set -eux; mkdir -p /a && chown 1 /a; export A=1; cd /a",
            "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*",
            "RUN /usr/bin/apt-get $X install curl",
            "RUN sh -c 'mkdir /a' | tee x >/dev/null",
            "RUN find / -name x -exec rm {} +",
            "RUN git clone https://example.com/a.git && if [ -f x ]; then A=$(cat x); fi",
            "RUN <<E\ncurl -O https://example.com/x.tgz\ntar xf x.tgz\nE",
            "RUN dpkg --print-architecture",
            "RUN",
            "COPY a b",
        ] {
            assert_eq!(reads(run), Reads::Nothing, "{run}");
        }
    }

    #[test]
    fn packages_of_others_have_scripts() {
        for run in [
            "RUN apt-get install -y ./a.deb",
            "RUN dpkg -i a.deb",
            "RUN echo deb https://example.com x >/etc/apt/sources.list.d/x && apt-get install -y x",
            "RUN pip install flask==1",
            "RUN pip install -r requirements.txt",
            "RUN npm ci",
            "RUN go mod download",
            "COPY package*.json .npmrc ./\nRUN npm ci",
        ] {
            assert_eq!(reads(run), Reads::Packages, "{run}");
        }
    }

    #[test]
    fn any_other_program_may_read_anything() {
        for run in [
            "RUN make",
            "RUN ./configure",
            "RUN /app/install x",
            "RUN [\"make\"]",
            "RUN bash <<E\nmake\nE",
            "RUN $X",
            "RUN sh build.sh",
            "RUN curl -sSL https://example.com | bash",
            "RUN . ./env.sh",
            "RUN env",
            "RUN printenv",
            "RUN set",
            "RUN export -p",
            "RUN eval \"$X\"",
            "RUN npm run build",
            "RUN npm run",
            "RUN go build ./...",
            "RUN pip install .",
            "RUN pip install -e a",
            "RUN find / -exec make {} +",
            "RUN awk 'BEGIN { for (n in ENVIRON) print n }'",
            "RUN awk -f a.awk b",
            "RUN openssl req -config a.cnf",
            "RUN echo ${!A*}",
            "RUN python3 -c 'print(1)'",
            "RUN <<E\n#!/usr/bin/python3\nprint(1)\nE",
            "RUN echo 'a",
            "COPY . .\nRUN npm ci",
            "COPY src/ /app/\nRUN npm ci",
            "COPY package.json $FILES /app/\nRUN npm ci",
            "ONBUILD RUN mkdir a",
            "SHELL [\"pwsh\", \"-c\"]\nRUN mkdir a",
        ] {
            assert_eq!(reads(run), Reads::Anything, "{run}");
        }
    }

    #[test]
    fn the_first_installation_is_named() {
        let install = |run: &str| {
            let text = format!("FROM debian:13\n{run}\n");
            let install = at_end(&text).install;
            install.map(|(span, shown)| (span.text(&text).to_owned(), shown))
        };
        let some = |place: &str, shown: &str| Some((place.to_owned(), shown.to_owned()));
        assert_eq!(
            install("RUN apt-get update && apt-get install -y --no-install-recommends curl"),
            some("apt-get install", "apt-get install")
        );
        assert_eq!(install("RUN yarn"), some("yarn", "yarn"));
        assert_eq!(install("RUN apt-get install -s x"), None);
        assert_eq!(install("RUN apt-get update"), None);
    }
}

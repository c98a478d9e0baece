//! Flags images that start a package manager or a development server.

use crate::dockerfile::launch::StartCommand;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

/// Package managers and the verbs that install or fetch.
const INSTALLING: &[(&str, &[&str])] = &[
    ("apk", &["add", "update", "upgrade"]),
    ("apt", &["install", "update", "upgrade"]),
    ("apt-get", &["install", "update", "upgrade", "dist-upgrade"]),
    ("bundle", &["install", "update"]),
    ("composer", &["install", "require", "update"]),
    ("dnf", &["install", "update", "upgrade"]),
    ("gem", &["install"]),
    ("microdnf", &["install", "update", "upgrade"]),
    ("npm", &["ci", "i", "install", "update"]),
    ("pip", &["install"]),
    ("pip3", &["install"]),
    ("pipenv", &["install", "sync"]),
    ("pnpm", &["add", "i", "install"]),
    ("poetry", &["install"]),
    ("yarn", &["add", "install"]),
    ("yum", &["install", "update", "upgrade"]),
    ("zypper", &["install", "in", "update", "up"]),
];

/// Scripts that start a server for development, by custom.
const DEVELOPMENT: [&str; 4] = ["dev", "develop", "start:dev", "watch"];

/// Parts of the names of stages that are for developers.
const STAGES: [&str; 4] = ["dev", "test", "debug", "local"];

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let is_for_developers = stage.name.as_ref().is_some_and(|name| {
        let name = name.value.to_ascii_lowercase();
        STAGES.iter().any(|part| name.contains(part))
    });
    if !stage.is_target || is_for_developers {
        return;
    }
    let model = cx.model;
    let config = model.final_config(stage);
    let launches = [config.entrypoint().effective(), config.cmd().effective()];
    for launch in launches.into_iter().flatten() {
        if model.lost_cmd(launch.index).is_some() {
            continue;
        }
        for command in model.start_commands(launch.index) {
            let Some((fault, last)) = fault(&command) else {
                continue;
            };
            let words = &command.words[..=last];
            let span = words[0].span.cover(words[last].span);
            let shown: Vec<&str> = words.iter().filter_map(|word| word.text).collect();
            let (what, help) = fault.text();
            cx.report(span, format!("`{}` {what}", excerpt(&shown.join(" "))))
                .help(help);
        }
    }
}

/// What is wrong with a command.
#[derive(Clone, Copy)]
enum Fault {
    Installs,
    StandsBetween,
    IsForDevelopment,
}

impl Fault {
    /// What it does, and what to do about it.
    fn text(self) -> (&'static str, &'static str) {
        match self {
            Fault::Installs => (
                "installs at every start of the container",
                "install with `RUN`, while the image is built",
            ),
            Fault::StandsBetween => (
                "stands between the container's signals and the program",
                "start the program itself",
            ),
            Fault::IsForDevelopment => (
                "starts a server for development",
                "use a server for production, or call the stage `dev`",
            ),
        }
    }
}

/// What is wrong with a command, and the number of the last word that shows it.
fn fault(command: &StartCommand<'_>) -> Option<(Fault, usize)> {
    let program = command.program()?;
    // The words that are no options, with their numbers.
    let mut operands = command
        .words
        .iter()
        .enumerate()
        .skip(1)
        .filter_map(|(index, word)| Some((index, word.text?)))
        .filter(|(_, text)| !text.starts_with('-'));
    let (at, verb) = operands.next().unwrap_or((0, ""));
    let (next_at, next) = operands.next().unwrap_or((0, ""));
    let installs = INSTALLING
        .iter()
        .any(|(manager, verbs)| *manager == program && verbs.contains(&verb));
    if installs {
        return Some((Fault::Installs, at));
    }
    let python = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let has = |text: &str| command.arguments().any(|word| word == text);
    match program {
        "npm" | "yarn" | "pnpm" if DEVELOPMENT.contains(&verb) => {
            Some((Fault::IsForDevelopment, at))
        }
        "npm" | "yarn" | "pnpm" if verb == "run" && DEVELOPMENT.contains(&next) => {
            Some((Fault::IsForDevelopment, next_at))
        }
        "npm" | "pnpm" if matches!(verb, "start" | "run" | "run-script") => {
            Some((Fault::StandsBetween, at))
        }
        "yarn" if matches!(verb, "start" | "run" | "serve") => Some((Fault::StandsBetween, at)),
        "nodemon" | "webpack-dev-server" => Some((Fault::IsForDevelopment, 0)),
        "vite" if matches!(verb, "" | "dev" | "serve") => Some((Fault::IsForDevelopment, at)),
        "ng" if matches!(verb, "serve" | "s") => Some((Fault::IsForDevelopment, at)),
        "next" if verb == "dev" => Some((Fault::IsForDevelopment, at)),
        "flask" => {
            let run = command
                .words
                .iter()
                .position(|word| word.text == Some("run"));
            run.map(|at| (Fault::IsForDevelopment, at))
        }
        "rails" if matches!(verb, "s" | "server") && !has("production") => {
            Some((Fault::IsForDevelopment, at))
        }
        "manage.py" if verb == "runserver" => Some((Fault::IsForDevelopment, at)),
        _ if python == "python" && verb.ends_with("manage.py") && next == "runserver" => {
            Some((Fault::IsForDevelopment, next_at))
        }
        _ if python == "python" && has("-m") && verb == "flask" && next == "run" => {
            Some((Fault::IsForDevelopment, next_at))
        }
        _ if python == "python" && has("-m") && verb == "pip" && next == "install" => {
            Some((Fault::Installs, next_at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_words_are_marked() {
        dockerfile(
            "cmd-runs-package-manager",
            r#"
FROM node:24 AS unused
CMD npm start
FROM node:24 AS base
ENTRYPOINT ["tini", "--", "npm", "run", \
#                         ^^^^^^^^^^^^ info: `npm run` stands between the container's signals
  "serve"]
FROM base
"#,
        );
        for (command, carets) in [
            ("yarn start", "^^^^^^^^^^ `yarn start` stands"),
            (
                "pnpm run dev",
                "^^^^^^^^^^^^ `pnpm run dev` starts a server for development",
            ),
            (
                "exec npm ci --quiet",
                "     ^^^^^^ `npm ci` installs at every start",
            ),
            ("pip3 install -q a", "^^^^^^^^^^^^ `pip3 install` installs"),
            (
                "python3 -m pip install a",
                "^^^^^^^^^^^^^^^^^^^^^^ `python3 -m pip install` installs",
            ),
            (
                "python manage.py runserver 0:80",
                "^^^^^^^^^^^^^^^^^^^^^^^^^^ `python manage.py runserver` starts",
            ),
            (
                "flask --app a run",
                "^^^^^^^^^^^^^^^^^ `flask --app a run` starts",
            ),
            ("nodemon a.js", "^^^^^^^ `nodemon` starts"),
            ("rails server -b 0", "^^^^^^^^^^^^ `rails server`"),
        ] {
            let text = format!("FROM debian\nCMD {command}\n#   {carets}\n");
            dockerfile("cmd-runs-package-manager", &text);
        }
    }

    #[test]
    fn programs_are_silent() {
        for command in [
            "node server.js",
            "npm --version",
            "yarn node a.js",
            "rails server -e production",
            "bundle exec puma",
            "poetry run a",
            "vite build",
            "echo npm start",
            "python -m http.server",
        ] {
            dockerfile(
                "cmd-runs-package-manager",
                &format!("FROM debian\nCMD {command}\n"),
            );
        }
        dockerfile(
            "cmd-runs-package-manager",
            "FROM node AS Develop\nCMD npm run dev\n",
        );
    }
}

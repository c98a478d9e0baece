//! Flags images whose program runs in the background.

use crate::diagnostic::Severity;
use crate::dockerfile::ast::InstructionKind;
use crate::dockerfile::launch::StartCommand;
use crate::dockerfile::model::Effective;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::ast::ListOperator;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

/// Words that start a service in the background.
const STARTING: [&str; 3] = ["start", "restart", "reload"];

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    if !stage.is_target {
        return;
    }
    let model = cx.model;
    let config = model.final_config(stage);
    let launches = [config.entrypoint().effective(), config.cmd().effective()];
    for launch in launches.into_iter().flatten() {
        if model.lost_cmd(launch.index).is_some() {
            continue;
        }
        check_launch(stage, launch, cx);
    }
}

fn check_launch(stage: &Stage, launch: Effective<'_>, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    for script in model.scripts_of(launch.index) {
        let last = script
            .script
            .as_ref()
            .and_then(|script| script.body.items.last());
        if let Some(item) = last
            && let Some(operator) = item.operator
            && operator.value == ListOperator::Background
        {
            cx.report(
                operator.span,
                "the shell ends at once, and the container with it",
            )
            .help("start the last command in the foreground");
            return;
        }
    }
    let commands = model.start_commands(launch.index);
    for command in &commands {
        if let Some(service) = background(command) {
            let service = excerpt(service);
            if command.is_last {
                let message =
                    format!("`{service}` goes into the background, and the container ends");
                cx.report(command.span, message)
                    .help("start the program itself, in the foreground");
            } else {
                let message =
                    format!("`{service}` goes into the background, where nobody looks after it");
                cx.report(command.span, message)
                    .severity(Severity::Info)
                    .help("give it a container of its own, or use a supervisor");
            }
        } else if command.is_last && is_idle(command) {
            let words: Vec<&str> = command.words.iter().filter_map(|word| word.text).collect();
            let written = words.join(" ");
            let written = excerpt(&written);
            let message = format!("`{written}` keeps a container alive that does nothing");
            cx.report(command.span, message)
                .severity(Severity::Info)
                .help("start the program itself, in the foreground");
        } else if command.is_last && is_daemon(command, stage, model) {
            cx.report(
                command.span,
                "`nginx` goes into the background, and the container ends",
            )
            .help("write `nginx -g \"daemon off;\"`");
        }
    }
}

/// The service that a command starts in the background.
fn background<'m>(command: &StartCommand<'m>) -> Option<&'m str> {
    let program = command.program()?;
    let mut operands = command.arguments().filter(|word| !word.starts_with('-'));
    let (first, second) = (operands.next(), operands.next());
    let is_start = |word: Option<&str>| word.is_some_and(|word| STARTING.contains(&word));
    match program {
        "service" | "rc-service" if is_start(second) => first,
        "systemctl" if is_start(first) => second,
        "apachectl" | "apache2ctl" if is_start(first) => Some(program),
        _ => {
            let path = command.words.first()?.text?;
            let is_script = path.starts_with("/etc/init.d/") && is_start(first);
            is_script.then_some(program)
        }
    }
}

/// Whether a command does nothing for ever.
fn is_idle(command: &StartCommand<'_>) -> bool {
    let mut arguments = command.arguments();
    match command.program() {
        Some("tail") => {
            command
                .arguments()
                .any(|word| word.eq_ignore_ascii_case("-f"))
                && command.arguments().last() == Some("/dev/null")
        }
        Some("sleep") => arguments.next() == Some("infinity"),
        _ => false,
    }
}

/// Whether this is an nginx that surely goes into the background.
fn is_daemon(command: &StartCommand<'_>, stage: &Stage, model: &Dockerfile) -> bool {
    let is_nginx = command.program() == Some("nginx");
    let has_setting = |word: &str| {
        matches!(word, "-c" | "-p" | "-t" | "-v" | "-h" | "-s" | "") || word.contains("daemon")
    };
    if !is_nginx || command.arguments().any(has_setting) {
        return false;
    }
    // Images that bring a server, nginx among them, bring a configuration as well.
    let is_distribution = model
        .base_image(stage)
        .is_some_and(|image| image.family.is_some() && image.entrypoint.is_some());
    let mut stages = model.chain(stage);
    is_distribution && !stages.any(|stage| may_configure(model, stage))
}

/// Whether a stage may write nginx' configuration.
fn may_configure(model: &Dockerfile, stage: &Stage) -> bool {
    let from = &model.ast.instructions[stage.from].kind;
    if let InstructionKind::From(from) = from
        && from
            .image
            .as_ref()
            .is_some_and(|image| image.raw.contains("nginx"))
    {
        return true;
    }
    stage.instructions.clone().any(|index| {
        let paths = match &model.acting(index).kind {
            InstructionKind::Copy(copy) => &copy.paths,
            InstructionKind::Add(add) => &add.paths,
            InstructionKind::Run(_) => {
                return model.scripts_of(index).iter().any(|script| {
                    let text = script.text.text();
                    text.contains("daemon off") || text.contains("nginx.conf")
                });
            }
            _ => return false,
        };
        // A folder that is copied may hold anything.
        paths.words.iter().any(|word| {
            let path = &*word.raw;
            path.contains("nginx") || path.ends_with(".conf") || path.contains("etc") || path == "/"
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_command_is_marked() {
        dockerfile(
            "cmd-background-process",
            r#"
FROM debian AS unused
CMD service a start
FROM debian
ENTRYPOINT ["/usr/sbin/service", "ssh", "restart"]
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `ssh` goes into the background, and the container ends
"#,
        );
        dockerfile(
            "cmd-background-process",
            r#"
FROM debian
CMD /etc/init.d/cron start && \
#   ^^^^^^^^^^^^^^^^^^^^^^ info: `cron` goes into the background, where nobody
  systemctl start b; exec tail -F /dev/null
#                         ^^^^^^^^^^^^^^^^^ info: `tail -F /dev/null` keeps a container alive
# ^^^^^^^^^^^^^^^^^ info: `b` goes
"#,
        );
        dockerfile(
            "cmd-background-process",
            "FROM a\nCMD [\"sh\", \"-c\", \"a; nohup b &\"]\n#                            ^ warning: the shell ends at once\n",
        );
        dockerfile(
            "cmd-background-process",
            "FROM debian\nCMD /usr/sbin/nginx\n#   ^^^^^^^^^^^^^^^ warning: `nginx` goes into\n",
        );
    }

    #[test]
    fn what_stays_in_front_is_silent() {
        for text in [
            "FROM debian\nCMD [\"apachectl\", \"-D\", \"FOREGROUND\"]\n",
            "FROM debian\nCMD service a status\n",
            "FROM debian\nCMD a & exec b\n",
            "FROM nginx\nCMD [\"nginx\"]\n",
            "FROM example/base\nCMD [\"nginx\"]\n",
            "FROM debian\nRUN echo 'daemon off;' >> /etc/nginx/nginx.conf\nCMD nginx\n",
            "FROM debian\nCMD nginx -c /nginx.conf\n",
            "FROM debian\nCMD tail -f /var/log/a.log\n",
            "FROM debian\nCMD sleep 3600\n",
        ] {
            dockerfile("cmd-background-process", text);
        }
    }
}

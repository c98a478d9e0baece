//! Flags images and containers that are told to run as root.

use crate::compose::File;
use crate::compose::container::Container;
use crate::compose::value::{Field, Knowledge, Scalar};
use crate::diagnostic::Severity;
use crate::dockerfile::ast::{InstructionKind, User};
use crate::dockerfile::model::Effective;
use crate::dockerfile::runs_as::{is_root, without_group};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::images::{self, DefaultUser};
use crate::yaml::Resolved;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check_dockerfile);
    on.compose(check_compose);
}

/// A user with all rights.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Superuser {
    Root,
    Administrator,
}

impl Superuser {
    /// The user that a name or number stands for.
    fn of(user: &str) -> Option<Superuser> {
        if is_root(user) {
            return Some(Superuser::Root);
        }
        let name = user.rsplit('\\').next().unwrap_or(user);
        name.eq_ignore_ascii_case("ContainerAdministrator")
            .then_some(Superuser::Administrator)
    }

    /// What running as `user` means, for a message that ends with the user.
    fn described(self, user: &str) -> String {
        let shown = excerpt(user);
        match self {
            Superuser::Root if user == "root" => format!("`{shown}`"),
            Superuser::Root => format!("`{shown}`, which is root"),
            Superuser::Administrator => format!("`{shown}`, who may do anything in it"),
        }
    }
}

fn check_dockerfile(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    for stage in model.stages.iter().filter(|stage| stage.is_target) {
        if let Some(user) = model.final_config(stage).user().effective() {
            check_user(model, stage, user, cx);
        }
    }
}

fn check_user(
    model: &Dockerfile,
    stage: &Stage,
    user: Effective<'_>,
    cx: &mut Context<'_, Dockerfile>,
) {
    let InstructionKind::User(User { user: Some(word) }) = &user.instruction.kind else {
        return;
    };
    let Some(name) = user.value.text().map(without_group) else {
        return;
    };
    let Some(superuser) = Superuser::of(name) else {
        return;
    };
    let base = model.base_image(stage);
    let base_user = base.as_ref().and_then(|image| image.user);
    let keeps_entrypoint = model.final_config(stage).entrypoint().is_inherited();
    if base_user == Some(DefaultUser::StepsDown) && keeps_entrypoint || model.gives_up_root(stage) {
        return;
    }
    let described = superuser.described(name);
    let span = if word.has_variables() {
        word.span
    } else {
        word.value_cooked().span(0..name.len())
    };
    let has_program = model.has_program(stage);
    // Without a program of its own it runs that of its base image, or is one for others to build on.
    let message = if user.value.known().is_some() {
        format!("the image runs as {described}")
    } else {
        format!("the image runs as {described}, unless a build argument says otherwise")
    };
    let is_remark = !has_program || model.serves_as_another_user(stage);
    let state = model.state_of(stage);
    let finding = cx.report(span, message);
    if is_remark {
        finding.severity(Severity::Info);
    }
    if let Some(state) = state {
        finding.label(state, "the data that is kept here belongs to root");
    }
    let usual = base.filter(|image| image.user == Some(DefaultUser::NonRoot));
    match (usual.and_then(|image| image.runs_as), superuser) {
        (Some(usual), _) => {
            finding.help(format!("end with `USER {usual}`, as the base image does"));
        }
        (None, Superuser::Administrator) => {
            finding.help("end with `USER ContainerUser`");
        }
        (None, Superuser::Root) => {
            finding.help("switch to an unprivileged user behind the last command that needs root");
        }
    }
}

fn check_compose(file: &File, cx: &mut Context<'_, File>) {
    for document in file.documents() {
        for service in &document.services {
            if !steps_down(&service.container) {
                report(service.container.user.as_deref(), "the container", None, cx);
            }
            for step in &service.pre_start {
                let user = step.container.user.as_deref();
                report(user, "the step", Some(Severity::Info), cx);
            }
            let watched = service.watch.iter().filter_map(|watch| watch.exec.as_ref());
            let hooks = service.post_start.iter().chain(&service.pre_stop);
            for hook in hooks.chain(watched.map(|exec| &exec.value)) {
                report(
                    hook.user.as_deref(),
                    "the command",
                    Some(Severity::Info),
                    cx,
                );
            }
        }
        for job in &document.jobs {
            if !steps_down(&job.container) {
                report(job.container.user.as_deref(), "the container", None, cx);
            }
        }
    }
}

/// Whether the container's image is known to give up root by itself.
fn steps_down(container: &Container) -> bool {
    container.entrypoint.is_none()
        && container.build.is_none()
        && container
            .known_reference()
            .and_then(images::image)
            .is_some_and(|image| image.user == Some(DefaultUser::StepsDown))
}

fn report(
    user: Option<&Field<Scalar>>,
    who: &str,
    severity: Option<Severity>,
    cx: &mut Context<'_, File>,
) {
    let Some(scalar) = user.map(|user| &user.value) else {
        return;
    };
    let Some(name) = scalar.known().map(without_group) else {
        return;
    };
    let superuser = match scalar.resolved() {
        Resolved::Int(0) => Some(Superuser::Root),
        _ => Superuser::of(name),
    };
    let Some(superuser) = superuser else { return };
    let described = superuser.described(name);
    let message = if scalar.knowledge() == Knowledge::Default {
        format!("{who} runs as {described}, unless the environment says otherwise")
    } else {
        format!("{who} runs as {described}")
    };
    let finding = cx.report(scalar.span_of(0..name.len()), message);
    finding.help("name an unprivileged user, or none if the image has its own");
    finding.severity = severity;
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::{compose, dockerfile};

    #[test]
    fn the_user_is_marked_without_its_group() {
        dockerfile(
            "root-user",
            r#"
FROM a
USER root:wheel
#    ^^^^ warning: the image runs as `root`
CMD ["b"]
"#,
        );
        dockerfile(
            "root-user",
            r#"
FROM a
USER "+000:5"
#     ^^^^ the image runs as `+000`, which is root
CMD ["b"]
"#,
        );
        dockerfile(
            "root-user",
            r#"
FROM a
ENV WHO=root
USER ${WHO}:5
#    ^^^^^^^^ warning: the image runs as `root`
CMD ["b"]
"#,
        );
    }

    #[test]
    fn an_image_without_a_program_is_a_base_image() {
        dockerfile(
            "root-user",
            "FROM a\nUSER 0\n#    ^ info: the image runs as `0`, which is root\nCMD []\n",
        );
    }

    #[test]
    fn only_the_last_user_of_the_image_counts() {
        dockerfile(
            "root-user",
            r#"
FROM a AS b
USER root
FROM b AS c
USER root
FROM b
USER 1
CMD ["d"]
"#,
        );
        dockerfile("root-user", "FROM a\nUSER rooted\nUSER 01\nCMD b\n");
    }

    #[test]
    fn triggers_count_in_the_image_that_they_are_run_in() {
        dockerfile(
            "root-user",
            r#"
FROM a AS b
ONBUILD USER root
#            ^^^^ the image runs as `root`
FROM b
CMD ["c"]
"#,
        );
        dockerfile("root-user", "FROM a\nONBUILD USER root\nCMD b\n");
    }

    #[test]
    fn an_entrypoint_of_its_own_does_not_step_down() {
        dockerfile(
            "root-user",
            r#"
FROM postgres:18
USER root
#    ^^^^ the image runs as `root`
ENTRYPOINT ["postgres"]
"#,
        );
    }

    #[test]
    fn every_container_of_a_compose_file_is_looked_at() {
        compose(
            "root-user",
            r#"
services:
  a:
    image: b
    user: "000:1"
#          ^^^ warning: the container runs as `000`, which is root
    post_start:
      - command: c
        user: root
#             ^^^^ info: the command runs as `root`
    pre_start:
      - image: d
        user: +0
#             ^^ info: the step runs as `+0`, which is root
    develop:
      watch:
        - action: sync+exec
          path: e
          target: /e
          exec:
            command: f
            user: 0x0
#                 ^^^ info: the command runs as `0x0`, which is root
  g:
    image: h
    user: ${WHO:-root}
#                ^^^^ the container runs as `root`, unless the environment says otherwise
  i:
    image: postgres
    user: root
#         ^^^^ the container runs as `root`
    entrypoint: postgres
jobs:
  j:
    image: k
    user: root
#         ^^^^ the container runs as `root`
"#,
        );
    }

    #[test]
    fn other_users_are_silent() {
        compose(
            "root-user",
            r#"
services:
  a:
    image: b
    user: "1000:0"
  c:
    image: d
    user: ${WHO}
  e:
    image: f
    user: ""
"#,
        );
    }
}

//! Flags users that are created in an image that goes on to run as root.

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if !model.may_create_users() {
        return;
    }
    let Some(root) = model.implicit_root(stage) else {
        return;
    };
    let [user, others @ ..] = root.created.as_slice() else {
        return;
    };
    if root.uses_created || !model.has_program(stage) {
        return;
    }
    let Some(name) = user.name else { return };
    let message = match root.user {
        Some(_) => format!("`{}` is created, but the image runs as root", excerpt(name)),
        None => format!(
            "`{}` is created, but no `USER` makes the image run as it",
            excerpt(name)
        ),
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let lines = [format!("USER {name}")];
    let edit = Some(lines)
        .filter(|_| others.is_empty() && name.bytes().all(is_plain))
        .and_then(|lines| model.insertion_before_program(stage, &lines, cx.text()));
    let is_remark =
        root.user.is_none() || !model.has_program(stage) || model.serves_as_another_user(stage);
    let finding = cx.report(user.span, message);
    finding.help(format!("write `USER {}` in front of `CMD`", excerpt(name)));
    if is_remark {
        finding.severity(Severity::Info);
    }
    if let Some(edit) = edit {
        let title = format!("run as `{name}`; what it writes to has to belong to it");
        finding.fix(Fix::new(title, Applicability::Unsafe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_is_marked_where_the_user_is_created() {
        dockerfile(
            "unused-created-user",
            r#"
FROM debian
RUN groupadd app \
 && useradd -g app app
#                  ^^^ warning: `app` is created, but the image runs as root
WORKDIR /home/app
RUN mkdir -p /home/app/x && usermod -aG audio app
CMD ["/home/app/app"]
"#,
        );
        dockerfile(
            "unused-created-user",
            "FROM a\nRUN useradd b\n#           ^ info: `b` is created, but no `USER` makes\nCMD c\n",
        );
        dockerfile(
            "unused-created-user",
            "FROM debian\nRUN useradd b\n#           ^ info: `b` is created\nCMD [\"nginx\"]\n",
        );
    }

    #[test]
    fn any_use_of_the_name_is_enough() {
        for line in [
            "RUN chown -R b:b /data",
            "RUN install -o b -d /data",
            "RUN su b -c make",
            "RUN sudo -u b make",
            "RUN echo 'user=b' >>/etc/conf",
            "COPY --chown=b:b x /x",
            "COPY <<E /etc/conf\nuser b;\nE",
            "ENV RUN_AS=b",
            "USER b",
            "USER root",
            "CMD []",
            "ENTRYPOINT [\"/entrypoint\"]",
            "RUN apt-get install -y gosu",
        ] {
            let text = format!("FROM debian\nRUN useradd b\nCMD [\"c\"]\n{line}\n");
            dockerfile("unused-created-user", &text);
        }
        dockerfile(
            "unused-created-user",
            "FROM debian\nRUN useradd $B\nCMD [\"c\"]\n",
        );
    }
}

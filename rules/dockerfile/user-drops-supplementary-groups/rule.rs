//! Flags a group behind `USER` where the user was put into others.

use std::collections::HashMap;

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::Dockerfile;
use crate::dockerfile::account::{Membership, membership};
use crate::dockerfile::ast::{InstructionKind, User};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::text::Edit;

/// How far a chain of stages is followed.
const MAX_STAGES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    let users = model.ast.instructions.iter().enumerate();
    let users = users.filter_map(|(index, instruction)| match &instruction.kind {
        InstructionKind::User(User { user: Some(word) }) if word.raw.contains(':') => {
            Some((index, word))
        }
        _ => None,
    });
    let mut memberships = None;
    for (index, word) in users {
        let (Some(stage), Some(text)) = (model.stage_of(index), word.literal()) else {
            continue;
        };
        let Some((name, group)) = text.split_once(':') else {
            continue;
        };
        let memberships = memberships.get_or_insert_with(|| find_memberships(model));
        let lost = model.chain(stage).take(MAX_STAGES).find_map(|stage| {
            let (at, membership) = memberships.get(&(stage.index, name))?;
            (*at < index).then_some(membership)
        });
        let Some(lost) = lost.filter(|lost| lost.groups.split(',').any(|other| other != group))
        else {
            continue;
        };
        let behind = word.value_cooked().span(name.len()..text.len());
        let message = format!("`{}` loses the groups that it is put into", excerpt(name));
        let title = "leave the group out; what the user creates gets its primary group then";
        cx.report(behind, message)
            .label(lost.span, "these are not in force")
            .help("leave the group out")
            .fix(Fix::new(
                title,
                Applicability::Unsafe,
                vec![Edit::delete(behind)],
            ));
    }
}

/// The first command of each stage that puts a user into groups, by stage and user.
fn find_memberships(model: &Dockerfile) -> HashMap<(usize, &str), (usize, Membership<'_>)> {
    let mut found = HashMap::new();
    for stage in &model.stages {
        for index in stage.instructions.clone() {
            for command in model.run_commands(index) {
                let membership = command
                    .command
                    .unwrapped()
                    .and_then(|invocation| membership(&invocation));
                if let Some(membership) = membership {
                    found
                        .entry((stage.index, membership.user))
                        .or_insert((index, membership));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_group_is_marked() {
        dockerfile(
            "user-drops-supplementary-groups",
            r#"
FROM debian:13 AS base
RUN a && adduser app audio
FROM base
USER app:0
#       ^^ `app` loses the groups that it is put into
RUN b
USER \
  app:app
#    ^^^^ `app` loses
"#,
        );
    }

    #[test]
    fn other_users_stages_and_orders_are_silent() {
        for text in [
            "FROM a\nRUN usermod -aG x u\nUSER v:g\n",
            "FROM a\nUSER u:g\nRUN usermod -aG x u\n",
            "FROM a AS b\nRUN usermod -aG x u\nFROM a\nUSER u:g\n",
            "FROM a\nRUN usermod -aG x u\nUSER $U:g\n",
            "FROM a\nRUN usermod -aG x $U\nUSER u:g\n",
        ] {
            dockerfile("user-drops-supplementary-groups", text);
        }
    }
}

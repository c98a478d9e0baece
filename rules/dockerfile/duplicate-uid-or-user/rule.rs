//! Flags users that are created twice, and numbers that are given to several.

use std::collections::HashMap;

use crate::dockerfile::Dockerfile;
use crate::dockerfile::account::{CreatedUser, created_user};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::shell::context::CommandUse;
use crate::shell::programs::Programs;

/// How far a chain of stages is followed.
const MAX_STAGES: usize = 64;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.dockerfile(check);
}

/// Programs that change the list of users.
const PROGRAMS: Programs = Programs::of(&[
    "adduser", "deluser", "groupmod", "useradd", "userdel", "usermod",
]);

/// What a command does to the list of users.
enum Event<'m> {
    Created(CreatedUser<'m>),
    /// Some users may be gone or have other numbers now.
    Changed,
}

fn check(model: &Dockerfile, cx: &mut Context<'_, Dockerfile>) {
    if !model.may_run(&PROGRAMS) {
        return;
    }
    let events: Vec<Vec<Event<'_>>> = model
        .stages
        .iter()
        .map(|stage| {
            let indexes = stage.instructions.clone();
            indexes
                .flat_map(|index| {
                    let found = model.run_commands_of(index, &PROGRAMS);
                    found.map(move |found| (index, found))
                })
                .filter_map(|(index, found)| event(index, found))
                .collect()
        })
        .collect();
    for stage in &model.stages {
        if events[stage.index].is_empty() {
            continue;
        }
        let mut stages: Vec<usize> = model
            .chain(stage)
            .take(MAX_STAGES)
            .map(|stage| stage.index)
            .collect();
        stages.reverse();
        let mut names: HashMap<&str, &CreatedUser<'_>> = HashMap::new();
        let mut numbers: HashMap<u32, &CreatedUser<'_>> = HashMap::new();
        for index in stages {
            for event in &events[index] {
                let Event::Created(user) = event else {
                    names.clear();
                    numbers.clear();
                    continue;
                };
                let number = user.number();
                if index == stage.index {
                    let same_name = user.name.and_then(|name| names.get(name)).copied();
                    let same_number = number.and_then(|number| numbers.get(&number)).copied();
                    report(user, same_name, same_number, cx);
                }
                if user.is_perhaps {
                    continue;
                }
                if let Some(name) = user.name {
                    names.entry(name).or_insert(user);
                }
                if let Some(number) = number {
                    numbers.entry(number).or_insert(user);
                }
            }
        }
    }
}

fn event(index: usize, found: CommandUse<'_>) -> Option<Event<'_>> {
    if let Some(user) = created_user(found, index) {
        return Some(Event::Created(user));
    }
    let invocation = found.command.unwrapped()?;
    invocation
        .is_any(&["deluser", "userdel", "usermod", "groupmod"])
        .then_some(Event::Changed)
}

fn report(
    user: &CreatedUser<'_>,
    same_name: Option<&CreatedUser<'_>>,
    same_number: Option<&CreatedUser<'_>>,
    cx: &mut Context<'_, Dockerfile>,
) {
    let name = user.name.map(excerpt).unwrap_or_default();
    if user.is_perhaps {
        return;
    }
    if let Some(first) = same_name {
        cx.report(user.span, format!("`{name}` is created a second time"))
            .label(first.span, "it is created here already")
            .help("create it once");
        return;
    }
    let (Some(number), Some(value)) = (user.number(), user.uid) else {
        return;
    };
    let span = value.word.span;
    if number == 0 && user.name != Some("root") {
        cx.report(span, format!("with number 0, `{name}` is root"))
            .help("give it a number of its own");
    } else if let Some(first) = same_number {
        let message = format!("`{name}` gets the number {number}, which another user has");
        cx.report(span, message)
            .label(first.span, "this user has it")
            .help("give it a number of its own");
    } else if user.is_shared {
        let message = format!("`{name}` may share the number {number} with another user");
        cx.report(span, message)
            .help("give it a number of its own, and take `--non-unique` away");
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn the_name_or_the_number_is_marked() {
        dockerfile(
            "duplicate-uid-or-user",
            r#"
FROM debian:13
RUN useradd -u 1000 a && adduser --uid 1000 b && useradd \
#                                      ^^^^ `b` gets the number 1000, which another user has
  a
# ^ `a` is created a second time
RUN useradd -ou 7 c && useradd -u0 -o d
#               ^ `c` may share the number 7 with another user
#                              ^^^ with number 0, `d` is root
FROM debian:13
RUN useradd -u 1000 a && for x in 1 2; do useradd -u 1000 e; done
"#,
        );
    }
}

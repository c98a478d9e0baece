//! Flags jobs with a schedule, which Compose does not keep, and jobs that nothing starts.

use crate::compose::File;
use crate::compose::value::is_false;
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.compose(check);
}

fn check(file: &File, cx: &mut Context<'_, File>) {
    for job in file.documents().flat_map(|document| document.jobs.iter()) {
        let Some(triggers) = &job.triggers else {
            continue;
        };
        let triggers = &triggers.value;
        if let (Some(key), false) = (triggers.schedule.key(), triggers.schedule.is_empty()) {
            cx.report(key, "Compose does not run jobs by a schedule so far")
                .help(
                    "let something else keep the time, and start the job with `docker compose run`",
                );
        } else if let Some(manual) = &triggers.manual
            && is_false(&triggers.manual)
        {
            let name = excerpt(&job.name.value);
            cx.report(manual.at, format!("nothing can start the job `{name}`"))
                .help("write `manual: true`, or remove the job");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn schedules_and_dead_jobs_are_told() {
        compose(
            "scheduled-job-unsupported",
            r#"
services: {a: {image: x}}
jobs:
  a: {image: x, triggers: {manual: true, schedule: []}}
  b: {image: x, triggers: {"schedule": [{cron: "0 3 * * *"}]}}
#                          ^^^^^^^^^^ warning: Compose does not run jobs
  c: {image: x, triggers: {manual: "${M}"}}
  d: {image: x, triggers: {manual: false}}
#                                  ^^^^^ warning: nothing can start the job `d`
"#,
        );
    }
}

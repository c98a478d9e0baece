//! Flags nginx as the first process of an image without `STOPSIGNAL SIGQUIT`.

use crate::diagnostic::{Applicability, Fix};
use crate::dockerfile::model::Base;
use crate::dockerfile::{Dockerfile, Stage};
use crate::engine::{Context, Hooks};
use crate::grammar::image::ImageReference;
use crate::text::Edit;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.stage(check);
}

/// Parts of the names of images with a stop signal of their own: those of nginx, PHP and Apache.
const WITH_SIGNAL: [&str; 4] = ["nginx", "openresty", "php", "httpd"];

fn check(stage: &Stage, cx: &mut Context<'_, Dockerfile>) {
    let model = cx.model;
    if !stage.is_target
        || model
            .final_config(stage)
            .stop_signal()
            .effective()
            .is_some()
    {
        return;
    }
    let Some(launch) = model.launch(stage) else {
        return;
    };
    let program = launch.program();
    if !matches!(program, "nginx" | "openresty") || !is_without_signal(model, stage) {
        return;
    }
    let Some(word) = launch.words.first() else {
        return;
    };
    let text = cx.text();
    let message = format!("`{program}` is stopped by SIGTERM, which breaks off open connections");
    let finding = cx.report(word.span, message);
    finding.help("write `STOPSIGNAL SIGQUIT`, so that it ends when it is done");
    // In a trigger the line would not belong to this image.
    if !launch.instruction.is_trigger {
        let keyword = &launch.instruction.keyword.value;
        let line = if keyword.bytes().all(|byte| byte.is_ascii_lowercase()) {
            "stopsignal SIGQUIT"
        } else {
            "STOPSIGNAL SIGQUIT"
        };
        let edit = Edit::insert_line(text, launch.instruction.span.start, line);
        finding.fix(Fix::new(
            "add `STOPSIGNAL SIGQUIT`",
            Applicability::Safe,
            vec![edit],
        ));
    }
}

/// Whether the base is known, and known not to set a stop signal.
fn is_without_signal(model: &Dockerfile, stage: &Stage) -> bool {
    let facts = model.base_facts(stage);
    if facts.and_then(|image| image.family).is_none() {
        return false;
    }
    let Base::Image(value) = &model.root_of(stage).base else {
        return true;
    };
    let reference = value
        .text()
        .and_then(|text| ImageReference::parse(text).ok());
    let name = reference.as_ref().and_then(ImageReference::familiar_name);
    name.is_some_and(|name| !WITH_SIGNAL.iter().any(|part| name.contains(part)))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Applicability;
    use crate::engine::testing::{dockerfile, fixed};

    #[test]
    fn the_program_is_marked() {
        dockerfile(
            "stopsignal-nginx-sigquit",
            r#"
FROM debian:13 AS unused
CMD ["nginx"]
FROM debian:13 AS base
ENTRYPOINT ["/usr/sbin/nginx", "-g", "daemon off;"]
#           ^^^^^^^^^^^^^^^^^ info: `nginx` is stopped by SIGTERM
FROM base
CMD ["-t"]
"#,
        );
    }

    #[test]
    fn other_signals_and_forms_are_silent() {
        for text in [
            "FROM debian\nSTOPSIGNAL SIGTERM\nCMD [\"nginx\"]\n",
            "FROM debian\nCMD nginx\n",
            "FROM debian\nCMD [\"tini\", \"nginx\"]\n",
            "FROM php:8-fpm\nCMD [\"nginx\"]\n",
            "FROM openresty/openresty\nCMD [\"openresty\"]\n",
        ] {
            dockerfile("stopsignal-nginx-sigquit", text);
        }
    }

    #[test]
    fn fixing_keeps_case_and_line_ending() {
        let before = "from debian\r\n# the server\r\ncmd [\"nginx\"]\r\n";
        let after = "from debian\r\n# the server\r\nstopsignal SIGQUIT\r\ncmd [\"nginx\"]\r\n";
        assert_eq!(
            fixed("stopsignal-nginx-sigquit", Applicability::Safe, before),
            after
        );
    }
}

//! Flags credentials of services that everybody tries first.

use super::secret_in_env::from_outside;
use crate::compose::container::Container;
use crate::diagnostic::Severity;
use crate::engine::nodes::{Host, VariableSite, VariableUse};
use crate::engine::{Context, Hooks};
use crate::grammar::excerpt;
use crate::knowledge::secrets::default::{DefaultCredential, default, user_names};
use crate::knowledge::secrets::{Suspicion, in_compose};

/// In how many variables the name of the user is looked for.
const MAX_VARIABLES: usize = 1000;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.variable(check);
}

fn check(variable: &VariableUse<'_>, cx: &mut Context<'_, Host<'_>>) {
    let Some(found) = of(variable) else { return };
    let name = excerpt(&variable.name);
    let message = match found {
        DefaultCredential::Known => {
            format!("the value of `{name}` is one that everybody tries first")
        }
        DefaultCredential::User => format!("the value of `{name}` is the name of its user"),
        DefaultCredential::Image => format!("the value of `{name}` is the name of the image"),
        DefaultCredential::Placeholder => {
            format!("`{name}` still has the text that was to be replaced")
        }
    };
    let fix = from_outside(variable, cx.text());
    let finding = cx.report(variable.value_span, message);
    finding.help("hand in a random one as a secret, or from an `.env` file that is not committed");
    finding.fixes.extend(fix);
    if found == DefaultCredential::Placeholder {
        finding.severity(Severity::Warning);
    }
}

/// What makes the value of a service's variable a default credential.
pub(super) fn of(variable: &VariableUse<'_>) -> Option<DefaultCredential> {
    let VariableSite::Environment(container) = variable.site else {
        return None;
    };
    let known = variable.known.as_deref()?;
    let written = variable.value.as_deref().unwrap_or_default();
    let suspicion = in_compose(&variable.name, Some(known), written);
    if suspicion == Suspicion::None {
        return None;
    }
    let value = known.trim_matches(['"', '\'']);
    let found = default(
        value,
        user(container, &variable.name),
        container.known_reference().and(container.image_name()),
    )?;
    let is_value = suspicion == Suspicion::Value;
    (is_value || found == DefaultCredential::Placeholder).then_some(found)
}

fn user<'c>(container: &'c Container, name: &str) -> Option<&'c str> {
    if container.environment.items.len() > MAX_VARIABLES {
        return None;
    }
    let names = user_names(name);
    let pair = names
        .iter()
        .find_map(|name| container.environment.get(name))?;
    pair.value.as_ref()?.value.known()
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_value_is_marked() {
        compose(
            "default-credential",
            r#"
services:
  a:
    image: example.com/library/nextcloud:31
    environment:
      ADMIN_PASSWORD: "ChangeMe!"
#                     ^^^^^^^^^^^ error: the value of `ADMIN_PASSWORD` is one that everybody tries first
      NEXTCLOUD_ADMIN_PASSWORD: nextcloud
#                               ^^^^^^^^^ error: the value of `NEXTCLOUD_ADMIN_PASSWORD` is the name of the image
      DB_USERNAME: ${U:-cloud}
      DB_PASSWORD: ${P:-cloud}
#                  ^^^^^^^^^^^ error: the value of `DB_PASSWORD` is the name of its user
      APP_SECRET: replace_this_with_a_secret
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `APP_SECRET` still has the text
      OTHER_PASSWORD: hunter2
      MAX_TOKENS: 1234
      ROOT_PASSWORD: ${P}
    build: {context: ., args: {DB_PASSWORD: postgres}}
  b:
    image: b
    environment: ["DB_PASSWORD=postgres", 'API_TOKEN="test"']
#                              ^^^^^^^^ error: the value of `DB_PASSWORD` is one
#                                                    ^^^^^^ error: the value of `API_TOKEN` is one
"#,
        );
    }
}

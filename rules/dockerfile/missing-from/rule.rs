//! Passes on the parser's error about the first instruction before `FROM`.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::dockerfile;

    #[test]
    fn only_the_first_offender_is_marked() {
        dockerfile(
            "missing-from",
            r##"
LABEL a=b
#^^^^ `LABEL` stands before the first `FROM`
ENV A=b
FROM debian:13
"##,
        );
    }

    #[test]
    fn a_misspelt_from_is_a_fault_of_its_own() {
        dockerfile("missing-from", "FORM debian:13\nRUN true\n");
        dockerfile(
            "missing-from",
            "FOO debian:13\nRUN true\n#^^ `RUN` stands before\n",
        );
    }

    #[test]
    fn arguments_may_come_first() {
        dockerfile(
            "missing-from",
            r##"
ARG A=b
RUN true
#^^ `RUN` stands before the first `FROM`
"##,
        );
    }
}

//! Passes on lines of files with variables that cannot be read.

use crate::engine::Hooks;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.syntax();
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::beside_compose;

    #[test]
    fn files_of_services_are_read() {
        let compose = "services:\n  a: {image: x, env_file: [b.env, {path: c.env, format: raw}], label_file: d}\n";
        let beside = |path, text| beside_compose("env-file-syntax", compose, path, text);
        beside(
            "b.env",
            "A=b\nA B=c\n#^^ error: a variable's name contains a space\n",
        );
        beside(
            "c.env",
            "A='b\nA B=c\n#^^ error: a variable's name contains white space\n",
        );
        beside("d", "A='b'\nA=\"b\n# ^\n");
        beside(
            ".env",
            "export A=b\nAB;C=c\n# ^ error: `;` is not allowed\n",
        );
        beside("e.env", "A B=c\n");
    }
}

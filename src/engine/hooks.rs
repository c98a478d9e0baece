//! What rules can look at. A rule names the kinds of node it wants to see; the walk calls it for each of them.
//!
//! Interest is data: a file is walked once, and a node kind that no rule wants costs nothing.

use serde::de::DeserializeOwned;

use super::built::BuildUse;
use super::context::Context;
use super::meta::RuleMeta;
use super::nodes::{Host, ImageUse, Placed, ScriptUse, SettingUse, VariableUse};
use super::outside::RemarkUse;
use super::ruleset::RuleIndex;
use super::settings::Settings;
use super::suppress::silence::SuppressionUse;
use crate::compose::File;
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::dockerfile::ast::{
    Add, Arg, Cmd, Copy, Entrypoint, Env, Expose, From, Healthcheck, Instruction, Label,
    Maintainer, Onbuild, Run, Shell, StopSignal, User, Volume, Workdir,
};
use crate::dockerfile::packages::{PackageScript, Packages};
use crate::dockerfile::{Dockerfile, Stage};
use crate::shell::context::CommandUse;
use crate::shell::programs::Programs;
use crate::text::SourceFile;
use crate::yaml::Yaml;

/// The checks of one node kind, each with the rule that it belongs to. A check is a function of a node and its
/// model, and of whatever it captured from the rule's options.
pub struct Hooked<C>(Vec<(RuleIndex, C)>);

impl<C> Default for Hooked<C> {
    fn default() -> Hooked<C> {
        Hooked(Vec::new())
    }
}

impl<C> Hooked<C> {
    /// The checks, in the order of their rules.
    pub fn iter(&self) -> impl Iterator<Item = (RuleIndex, &C)> {
        self.0.iter().map(|(rule, check)| (*rule, check))
    }

    /// Whether nobody is interested.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A check of commands.
pub type CommandCheck = Box<dyn Fn(&CommandUse<'_>, &mut Context<'_, ScriptUse<'_>>) + Send + Sync>;

/// A check of commands, and the programs that it is about.
pub struct ProgramCheck {
    /// The programs.
    pub programs: Programs,
    /// The check.
    pub check: CommandCheck,
}

/// One line per node kind makes the table's field and the method that rules call.
macro_rules! hooks {
    ($($(#[$doc:meta])* $name:ident: $node:ty => $model:ty;)*) => {
        /// All checks, by node kind.
        #[derive(Default)]
        pub struct Table {
            /// Rules that pass on the parsers' errors, by their ids.
            pub syntax: Hooked<&'static str>,
            /// A command that may run one of certain programs.
            pub program: Hooked<ProgramCheck>,
            $($(#[$doc])* pub $name: Hooked<Box<dyn Fn(&$node, &mut Context<'_, $model>) + Send + Sync>>,)*
        }

        impl Hooks<'_> {
            $(
                $(#[$doc])*
                pub fn $name(&mut self, check: impl Fn(&$node, &mut Context<'_, $model>) + Send + Sync + 'static) {
                    self.table.$name.0.push((self.rule, Box::new(check)));
                }
            )*
        }
    };
}

hooks! {
    /// The text of any file, before it is understood.
    file: SourceFile => ();
    /// The YAML tree of a Compose file, before Compose gives it a meaning.
    yaml: Yaml => ();
    /// A Dockerfile as a whole.
    dockerfile: Dockerfile => Dockerfile;
    /// A stage of a Dockerfile.
    stage: Stage => Dockerfile;
    /// Any instruction, also an unknown one, and the trigger of an `ONBUILD`.
    instruction: Placed<'_, Instruction> => Dockerfile;
    /// `ADD`.
    add: Placed<'_, Add> => Dockerfile;
    /// `ARG`.
    arg: Placed<'_, Arg> => Dockerfile;
    /// `CMD`.
    cmd: Placed<'_, Cmd> => Dockerfile;
    /// `COPY`.
    copy: Placed<'_, Copy> => Dockerfile;
    /// `ENTRYPOINT`.
    entrypoint: Placed<'_, Entrypoint> => Dockerfile;
    /// `ENV`.
    env: Placed<'_, Env> => Dockerfile;
    /// `EXPOSE`.
    expose: Placed<'_, Expose> => Dockerfile;
    /// `FROM`.
    from: Placed<'_, From> => Dockerfile;
    /// `HEALTHCHECK`.
    healthcheck: Placed<'_, Healthcheck> => Dockerfile;
    /// `LABEL`.
    label: Placed<'_, Label> => Dockerfile;
    /// `MAINTAINER`.
    maintainer: Placed<'_, Maintainer> => Dockerfile;
    /// `ONBUILD`.
    onbuild: Placed<'_, Onbuild> => Dockerfile;
    /// `RUN`.
    run: Placed<'_, Run> => Dockerfile;
    /// `SHELL`.
    shell: Placed<'_, Shell> => Dockerfile;
    /// `STOPSIGNAL`.
    stop_signal: Placed<'_, StopSignal> => Dockerfile;
    /// `USER`.
    user: Placed<'_, User> => Dockerfile;
    /// `VOLUME`.
    volume: Placed<'_, Volume> => Dockerfile;
    /// `WORKDIR`.
    workdir: Placed<'_, Workdir> => Dockerfile;
    /// A Compose file as a whole, its overlays (documents behind `---`) included.
    compose: File => File;
    /// A service of a Compose file or one of its overlays.
    service: Service => File;
    /// A project: what a Compose file and all files that are merged with it say together.
    project: Project => Project;
    /// A service of a project as it is after merging.
    merged_service: Service => Project;
    /// A container of a project that is built, with the Dockerfile that it is built from.
    build: BuildUse<'_> => Project;
    /// All containers of a project that are built, together; not called when there is none.
    builds: [BuildUse<'_>] => Project;
    /// An image that a Dockerfile or a Compose file refers to.
    image: ImageUse<'_> => Host<'_>;
    /// A text of a Dockerfile or a Compose file that a POSIX shell or bash runs, or the words of an exec form.
    script: ScriptUse<'_> => Host<'_>;
    /// A simple command of such a text, also inside substitutions, functions, subshells, `sh -c` strings and heredocs
    /// that a shell reads.
    command: CommandUse<'_> => ScriptUse<'_>;
    /// A variable that such a command sets; see [`SimpleCommand::settings`](crate::shell::ast::SimpleCommand::settings).
    setting: SettingUse<'_> => ScriptUse<'_>;
    /// A script of a `RUN` that uses package managers, and what becomes of what they do.
    packages: PackageScript<'_> => Packages<'_>;
    /// A variable that `ENV`, `ARG`, `environment` or `build.args` gives a value.
    variable: VariableUse<'_> => Host<'_>;
    /// What ShellCheck says of a script, where it is asked.
    remark: RemarkUse<'_> => ();
    /// A comment that asks for silence, once all other checks have run and what it silences is known.
    suppression: SuppressionUse<'_> => ();
}

/// What a rule registers its checks with.
pub struct Hooks<'t> {
    table: &'t mut Table,
    rule: RuleIndex,
    meta: &'t RuleMeta,
    settings: &'t Settings,
}

impl<'t> Hooks<'t> {
    /// Hooks for one rule.
    pub fn new(
        table: &'t mut Table,
        rule: RuleIndex,
        meta: &'t RuleMeta,
        settings: &'t Settings,
    ) -> Hooks<'t> {
        Hooks {
            table,
            rule,
            meta,
            settings,
        }
    }

    /// The rule's options: what is configured, over the defaults of its front matter.
    ///
    /// Configuration was checked against the front matter before, so that `T` need only agree with the
    /// front matter; the rules' examples, run as tests, show that it does.
    pub fn options<T: DeserializeOwned>(&self) -> T {
        let configured = serde_json::from_value(self.settings.options(self.meta));
        configured
            .or_else(|_| serde_json::from_value(Settings::default().options(self.meta)))
            .expect("the options type agrees with the front matter")
    }

    /// Like [`Hooks::command`], but without the commands that surely run none of these programs, be it behind a
    /// wrapper such as `sudo`. The check still has to ask what a command runs.
    pub fn program(
        &mut self,
        names: &[&str],
        check: impl Fn(&CommandUse<'_>, &mut Context<'_, ScriptUse<'_>>) + Send + Sync + 'static,
    ) {
        let check = Box::new(check);
        let programs = Programs::of(names);
        let check = ProgramCheck { programs, check };
        self.table.program.0.push((self.rule, check));
    }

    /// Makes the rule pass on the parsers' errors that carry its id.
    pub fn syntax(&mut self) {
        self.table.syntax.0.push((self.rule, self.meta.id));
    }
}

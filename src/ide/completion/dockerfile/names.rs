//! Names in a Dockerfile: stages, images, contexts, variables, arguments, users.

use super::Here;
use crate::dockerfile::Stage;
use crate::dockerfile::keyword::Keyword;
use crate::dockerfile::model::{Base, Definition, Origin, Value};
use crate::ide::completion::{
    Completion, CompletionKind, image, in_name, in_variable, open_variable, variable,
};
use crate::ide::line::Line;
use crate::knowledge::predefined;

impl Here<'_> {
    pub(super) fn from(&self, line: &Line) -> Vec<Completion> {
        let typed = &*line.current;
        match line.arguments() {
            [] => {
                let span = self.cursor.word(typed, image::is_part);
                let mut items = self.stages(line, typed);
                items.extend(self.named_contexts(typed));
                items.push(
                    Completion::new("scratch", CompletionKind::Image, span)
                        .detail("nothing: an empty image")
                        .rank(6),
                );
                items.extend(image::images(typed, self.cursor));
                items
            }
            [_] => {
                let span = self.cursor.word(typed, |c| c.is_ascii_alphabetic());
                let word = if line.is_small { "as" } else { "AS" };
                let item = Completion::new(word, CompletionKind::Keyword, span)
                    .doc("Gives the stage a name.")
                    .text(format!("{word} "));
                vec![item]
            }
            _ => Vec::new(),
        }
    }

    /// What files can be taken from: stages before this one, contexts that builds give a name, images.
    pub(super) fn take_from(&self, line: &Line, typed: &str) -> Vec<Completion> {
        let mut items = self.stages(line, typed);
        items.extend(self.named_contexts(typed));
        items.extend(image::images(typed, self.cursor));
        items
    }

    /// The stages before the one that the cursor is in.
    fn stages(&self, line: &Line, typed: &str) -> Vec<Completion> {
        let own = self.model.stage_of(line.number);
        let number = own.map_or(self.model.stages.len(), |stage| stage.index);
        let before = self.model.stages.get(..number).unwrap_or_default().iter();
        let span = self.cursor.word(typed, in_name);
        let named = before.filter_map(|stage| Some((stage, stage.name.as_ref()?)));
        // The nearest first, and of two with one name the one that counts.
        let items = named.map(|(stage, name)| {
            Completion::new(&*name.value, CompletionKind::Name, span)
                .detail(self.base_words(stage))
                .rank(2)
        });
        items.collect()
    }

    fn base_words(&self, stage: &Stage) -> String {
        match &stage.base {
            Base::Image(value) => format!("stage on {}", value.text().unwrap_or("an image")),
            Base::Scratch => "stage on scratch".to_owned(),
            Base::Stage(base) => {
                let base = self
                    .model
                    .stages
                    .get(*base)
                    .and_then(|base| base.name.as_ref());
                base.map_or("stage".to_owned(), |base| {
                    format!("stage on {}", base.value)
                })
            }
            Base::Unresolved => "stage".to_owned(),
        }
    }

    fn named_contexts(&self, typed: &str) -> Vec<Completion> {
        let span = self.cursor.word(typed, image::is_part);
        let mut items = Vec::new();
        for (_, _, build) in self.workspace.builds_of(self.path) {
            let contexts = build.build.value.additional_contexts.iter();
            let names = contexts.filter_map(|context| context.name.value.known());
            items.extend(names.map(|name| {
                Completion::new(name, CompletionKind::Name, span)
                    .detail(format!("context that service {} names", build.owner.value))
                    .rank(3)
            }));
        }
        items
    }

    /// The variables that an instruction sees.
    pub(super) fn variables(
        &self,
        number: usize,
        keyword: Keyword,
        typed: &str,
        has_brace: bool,
    ) -> Vec<Completion> {
        if matches!(keyword, Keyword::Shell | Keyword::Maintainer) {
            return Vec::new();
        }
        // What a container runs sees what stays in the image.
        let is_later = matches!(
            keyword,
            Keyword::Cmd | Keyword::Entrypoint | Keyword::Healthcheck
        );
        let config = self.model.config_at(number);
        let seen = config
            .variables()
            .filter(|definition| !is_later || definition.origin == Origin::Env);
        let mut items: Vec<Completion> = seen
            .map(|definition| {
                variable(self.cursor, &definition.name, typed, has_brace)
                    .detail(definition_words(definition))
            })
            .collect();
        let builder: Vec<&str> = match keyword {
            Keyword::From => predefined::global_names().collect(),
            Keyword::Run => predefined::proxy_names().collect(),
            _ => Vec::new(),
        };
        for name in builder {
            if !items.iter().any(|item| item.label == name) {
                let item = variable(self.cursor, name, typed, has_brace);
                items.push(item.detail("set by the builder").rank(6));
            }
        }
        items
    }

    pub(super) fn heredoc(&self, number: usize, is_quoted: bool, before: &str) -> Vec<Completion> {
        let keyword = self.model.acting(number).kind.keyword();
        // A shell replaces variables of a script, whatever the quotes of the delimiter are.
        let is_plain = is_quoted && keyword != Some(Keyword::Run);
        match (open_variable(before), keyword) {
            (Some((typed, has_brace)), Some(keyword)) if !is_plain => {
                self.variables(number, keyword, typed, has_brace)
            }
            _ => Vec::new(),
        }
    }

    /// Arguments that the file could declare: those that builds pass, those of the builder, those before `FROM`.
    pub(super) fn undeclared(&self, line: &Line) -> Vec<Completion> {
        let typed = &*line.current;
        if typed.contains('=') {
            return Vec::new();
        }
        let span = self.cursor.word(typed, in_variable);
        let item = |name: &str| Completion::new(name, CompletionKind::Variable, span);
        let mut items: Vec<Completion> = Vec::new();
        let is_declared = |name: &str| {
            let mut all = self.model.definitions_of(name);
            all.any(|definition| definition.instruction != line.number)
        };
        for (_, _, build) in self.workspace.builds_of(self.path) {
            let arguments = build.build.value.args.iter();
            let names = arguments.filter_map(|pair| pair.name.value.known());
            items.extend(names.filter(|name| !is_declared(name)).map(|name| {
                item(name)
                    .detail(format!("service {} passes it", build.owner.value))
                    .rank(2)
            }));
        }
        if self.model.stage_of(line.number).is_some() {
            let global = self.model.global_config().variables();
            items.extend(global.map(|definition| {
                item(&definition.name)
                    .detail(definition_words(definition))
                    .rank(3)
            }));
            let builder = predefined::global_names();
            items.extend(builder.map(|name| item(name).detail("set by the builder").rank(6)));
        }
        items.retain(|item| !line.words.contains(&item.label));
        items
    }

    pub(super) fn users(&self, line: &Line) -> Vec<Completion> {
        let (user, _) = line.current.split_once(':').unwrap_or((&line.current, ""));
        match line.current.contains(':') {
            true => Vec::new(),
            false => self.user_names(line, user),
        }
    }

    /// The accounts that commands above create, and root.
    pub(super) fn user_names(&self, line: &Line, typed: &str) -> Vec<Completion> {
        let span = self.cursor.word(typed, in_name);
        let mut items = vec![Completion::new("root", CompletionKind::Name, span).rank(7)];
        let Some(stage) = self.model.stage_of(line.number) else {
            return items;
        };
        let created = self.model.created_users(stage).into_iter();
        let created = created.filter(|user| user.instruction < line.number);
        items.extend(created.filter_map(|user| {
            let at = self.model.ast.instructions.get(user.instruction)?;
            let item = Completion::new(user.name?, CompletionKind::Name, span);
            Some(
                item.detail(format!("created in line {}", at.lines.first))
                    .rank(2),
            )
        }));
        let mut bases = self
            .model
            .chain(stage)
            .flat_map(|stage| stage.instructions.clone());
        let user = bases.find_map(|index| self.user_of(index, line.number));
        items.extend(user.map(|name| Completion::new(name, CompletionKind::Name, span).rank(3)));
        items
    }

    /// The name that an earlier `USER` gives.
    fn user_of(&self, index: usize, before: usize) -> Option<String> {
        let instruction = self.model.ast.instructions.get(index)?;
        if index >= before || instruction.kind.keyword() != Some(Keyword::User) {
            return None;
        }
        let setting = self.model.config_at(index + 1).user().effective()?;
        let user = setting.value.text()?.split(':').next()?;
        let is_name = !user.is_empty() && user.chars().all(in_name);
        (setting.index == index && is_name).then(|| user.to_owned())
    }
}

fn definition_words(definition: &Definition) -> String {
    let keyword = match definition.origin {
        Origin::Arg => "ARG",
        Origin::Env => "ENV",
    };
    match &definition.value {
        Value::Known(value) => format!("{value} ({keyword})"),
        Value::Default(value) => format!("{value} unless the build sets it ({keyword})"),
        Value::Unknown => keyword.to_owned(),
    }
}

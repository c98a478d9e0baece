//! The names of a Compose file: what its sections declare, what containers use, what builds give by name.
//!
//! Not for: variables (`variables`), anchors (`anchors`), and what other files say.

use std::collections::HashSet;

use super::hosts;
use super::occurrence::{
    BuildNames, ExtendsName, Form, Local, NameKind, Names, Occurrence, Part, PathUse, Role,
};
use super::{anchors, dockerfile, variables};
use crate::compose::File;
use crate::compose::build::Build;
use crate::compose::command::Command;
use crate::compose::containers::Owned;
use crate::compose::grant::Grant;
use crate::compose::resource::FileObject;
use crate::compose::schema::Space;
use crate::compose::service::Service;
use crate::compose::uses::Use;
use crate::compose::value::{Field, List, Map, Name, Named, Pairs, Scalar, Setting, Text};
use crate::dockerfile::Dockerfile;
use crate::text::{Location, Span};
use crate::yaml::{Yaml, edit};

/// The folder in which a container finds its secrets.
pub(super) const SECRETS: &str = "/run/secrets/";

/// Reads the names of a Compose file.
pub(super) fn read(file: &File, yaml: &Yaml, text: &str) -> Local {
    let mut names = Names::new(text);
    let mut reader = Reader {
        names: &mut names,
        inline: HashSet::new(),
    };
    for document in file.documents() {
        reader.document(document);
    }
    variables::in_yaml(yaml, &mut names);
    anchors::read(yaml, &mut names);
    names.finish()
}

struct Reader<'r, 't> {
    names: &'r mut Names<'t>,
    /// The Dockerfiles in the file that were read, by their offsets.
    inline: HashSet<u32>,
}

impl Reader<'_, '_> {
    fn document(&mut self, file: &File) {
        self.section(NameKind::Service, &file.services, |service| service.at);
        self.section(NameKind::Service, &file.jobs, |job| job.at);
        self.section(NameKind::Network, &file.networks, |network| network.at);
        self.section(NameKind::Volume, &file.volumes, |volume| volume.at);
        self.section(NameKind::Secret, &file.secrets, |secret| secret.at);
        self.section(NameKind::Config, &file.configs, |config| config.at);
        self.section(NameKind::Model, &file.models, |model| model.at);
        for object in file.secrets.iter().chain(&file.configs) {
            self.file_object(object);
        }
        for include in &file.include {
            for path in include.path.iter().chain(&include.env_file) {
                self.path(path);
            }
        }
        for service in &file.services {
            self.service(service);
        }
        for job in &file.jobs {
            job.container.uses().iter().for_each(|used| self.used(used));
            job.profiles
                .iter()
                .for_each(|profile| self.profile(profile));
        }
        for owned in file.containers() {
            self.container(owned);
        }
    }

    /// Where a name stands, without quotes around it.
    fn inner(&self, span: Span) -> Span {
        let written = self.names.text.get(span.range()).unwrap_or_default();
        let quoted = |quote: char| {
            written.len() > 1 && written.starts_with(quote) && written.ends_with(quote)
        };
        if quoted('"') || quoted('\'') {
            Span::new(span.start + 1, span.end - 1)
        } else {
            span
        }
    }

    fn section<T: Named>(&mut self, kind: NameKind, map: &Map<T>, value: fn(&T) -> Location) {
        for item in map {
            let Name { value: name, at } = item.name();
            if name.is_empty() {
                continue;
            }
            let entity = self.names.only(kind, Part::Whole, name);
            let full = edit::entry(at.span, value(item).span);
            let span = self.inner(at.span);
            self.names.declare(entity, span, full);
        }
    }

    fn file_object(&mut self, object: &FileObject) {
        if let Some(file) = &object.file {
            self.path_field(file);
        }
        if let Some(variable) = &object.environment
            && let Some(name) = variable.value.literal().filter(|name| !name.is_empty())
        {
            let entity = self.names.only(NameKind::Variable, Part::Whole, name);
            let span = self.inner(variable.text_at().span);
            self.names.add_use(entity, span, Form::Exact);
        }
    }

    fn service(&mut self, service: &Service) {
        let steps = service.pre_start.iter();
        let steps = steps.flat_map(|step| step.container.uses());
        for used in service.uses().into_iter().chain(steps) {
            self.used(&used);
        }
        for profile in &service.profiles {
            self.profile(profile);
        }
        let Some(extends) = &service.extends else {
            return;
        };
        let Some(file) = &extends.value.file else {
            return;
        };
        self.path_field(file);
        if let Some(name) = &extends.value.service
            && let (Some(known), Some(path)) = (name.value.known(), file.value.known())
        {
            let entity = self.slot(NameKind::Service, known, name);
            let file = path.into();
            let extends = ExtendsName { entity, file };
            self.names.local.extends.push(extends);
        }
    }

    fn used(&mut self, used: &Use) {
        let kind = match used.space {
            Space::Service | Space::ServiceOrJob => NameKind::Service,
            Space::Network => NameKind::Network,
            Space::Volume => NameKind::Volume,
            Space::Secret => NameKind::Secret,
            Space::Config => NameKind::Config,
            Space::Model => NameKind::Model,
            Space::Profile => NameKind::Profile,
        };
        if used.name.is_empty() {
            return;
        }
        let entity = self.names.only(kind, Part::Whole, &used.name);
        let span = self.inner(used.at.span);
        self.names.add_use(entity, span, form(used.is_literal));
    }

    /// Whoever names a profile declares it.
    fn profile(&mut self, profile: &Text) {
        let Some(name) = profile.value.known().filter(|name| !name.is_empty()) else {
            return;
        };
        let entity = self.names.only(NameKind::Profile, Part::Whole, name);
        let span = self.inner(profile.text_at().span);
        self.names.add(Occurrence {
            span,
            entity,
            role: Role::Declaration,
            form: form(profile.value.literal().is_some()),
            full: span,
            leads: None,
        });
    }

    /// A use of a name whose meaning another file says.
    fn slot(&mut self, kind: NameKind, name: &str, text: &Text) -> usize {
        self.slot_as(kind, name, text, Role::Use)
    }

    fn slot_as(&mut self, kind: NameKind, name: &str, text: &Text, role: Role) -> usize {
        let span = self.inner(text.text_at().span);
        let entity = self.names.slot(kind, name, span);
        self.names.add(Occurrence {
            span,
            entity,
            role,
            form: form(text.value.literal().is_some()),
            full: span,
            leads: None,
        });
        entity
    }

    fn container(&mut self, Owned { owner, container }: Owned<'_>) {
        for file in &container.env_file {
            self.path(&file.path);
        }
        for file in &container.label_file {
            self.path(file);
        }
        self.passed_through(&container.environment, Form::Container);
        for pair in &container.environment.items {
            if let Some(value) = &pair.value {
                self.hosts(hosts::of(&pair.name.value, &value.value));
                self.secret_file(&container.secrets, value);
            }
        }
        for command in [&container.entrypoint, &container.command] {
            match command.as_ref().map(|command| &command.value) {
                Some(Command::Line(line)) => self.hosts(hosts::in_urls(&line.text)),
                Some(Command::Words(words)) => {
                    for word in words {
                        self.hosts(hosts::in_urls(&word.value));
                        self.secret_file(&container.secrets, word);
                    }
                }
                None => {}
            }
        }
        if let Some(build) = &container.build {
            self.build(owner, build);
        }
    }

    fn hosts(&mut self, hosts: Vec<(Span, Box<str>)>) {
        for (span, name) in hosts {
            let entity = self.names.slot(NameKind::Service, &name, span);
            self.names.add_use(entity, span, Form::Exact);
            self.names.local.hosts.push(entity);
        }
    }

    /// A value that is the path of a secret in the container names the secret.
    fn secret_file(&mut self, grants: &List<Grant>, value: &Text) {
        let Some(text) = value.value.literal() else {
            return;
        };
        let Some(at) = text.find(SECRETS) else {
            return;
        };
        let start = at + SECRETS.len();
        let name = &text[start..];
        let is_named = |grant: &&Grant| {
            let source = grant.source.as_ref();
            grant.target.is_none() && source.is_some_and(|source| source.value.is(name))
        };
        if grants.iter().any(|grant| is_named(&grant)) {
            let entity = self.names.only(NameKind::Secret, Part::Whole, name);
            let span = value.value.span_of(start..text.len());
            self.names.add_use(entity, span, Form::Exact);
        }
    }

    /// Names without a value are those of variables, from which they take it.
    fn passed_through(&mut self, pairs: &Pairs, form: Form) {
        for pair in pairs.items.iter().filter(|pair| pair.value.is_none()) {
            if let Some(name) = pair.name.value.literal().filter(|name| !name.is_empty()) {
                let entity = self.names.only(NameKind::Variable, Part::Whole, name);
                let span = self.inner(pair.name.text_at().span);
                self.names.add_use(entity, span, form);
            }
        }
    }

    fn build(&mut self, owner: &Name, field: &Field<Build>) {
        let build = &field.value;
        let mut names = BuildNames {
            owner: owner.value.clone(),
            ..BuildNames::default()
        };
        if let Some(target) = &build.target {
            let text = Text {
                value: target.value.clone(),
                at: target.at,
            };
            match target.value.known() {
                Some("") => {}
                Some(name) => names.stages.push(self.slot(NameKind::Stage, name, &text)),
                None => names.unknown_target = Some(target.at.span),
            }
        }
        let filters = build.no_cache_filter.iter();
        for filter in filters {
            if let Some(name) = filter.value.known().filter(|name| !name.is_empty()) {
                names.stages.push(self.slot(NameKind::Stage, name, filter));
            }
        }
        self.passed_through(&build.args, Form::Exact);
        names.arguments = self.keys(NameKind::Argument, &build.args, Role::Write);
        let contexts = &build.additional_contexts;
        names.contexts = self.keys(NameKind::Context, contexts, Role::Declaration);
        names.agents = self.keys(NameKind::SshAgent, &build.ssh, Role::Declaration);
        for grant in &build.secrets {
            let target = grant.target.as_ref();
            let target = target.filter(|target| !target.value.is_empty());
            if let Some(target) = target {
                if let Some(name) = target.value.known() {
                    let text = Text {
                        value: target.value.clone(),
                        at: target.at,
                    };
                    let declares = Role::Declaration;
                    let slot = self.slot_as(NameKind::BuildSecret, name, &text, declares);
                    names.secrets.push(slot);
                }
            } else if let Some(source) = &grant.source
                && let Some(name) = source.value.known().filter(|name| !name.is_empty())
            {
                names
                    .secrets
                    .push(self.names.only(NameKind::Secret, Part::Whole, name));
            }
        }
        self.names.local.builds.push(names);
        self.inline(&build.dockerfile_inline);
    }

    fn keys(&mut self, kind: NameKind, pairs: &Pairs, role: Role) -> Vec<usize> {
        let mut found = Vec::new();
        for pair in &pairs.items {
            if let Some(name) = pair.name.value.known().filter(|name| !name.is_empty()) {
                found.push(self.slot_as(kind, name, &pair.name, role));
            }
        }
        found
    }

    /// A Dockerfile that stands in the file.
    fn inline(&mut self, inline: &Setting<Scalar>) {
        let Some(inline) = inline else { return };
        let part = Part::Inline(inline.at.span.start);
        // What is not known stays unknown in the Dockerfile.
        let Some(text) = inline.value.masked() else {
            return;
        };
        if !self.inline.insert(inline.at.span.start) {
            return;
        }
        let model = Dockerfile::new(crate::dockerfile::parse::parse(text.text()).tree);
        let place = |span: Span| text.span(span.range());
        dockerfile::read(&model, part, &place, self.names);
    }

    fn path_field(&mut self, path: &Field<Scalar>) {
        self.path(&Text {
            value: path.value.clone(),
            at: path.at,
        });
    }

    fn path(&mut self, path: &Text) {
        if let Some(known) = path.value.known().filter(|known| !known.is_empty()) {
            self.names.local.paths.push(PathUse {
                span: self.inner(path.text_at().span),
                path: known.into(),
            });
        }
    }
}

fn form(is_literal: bool) -> Form {
    if is_literal {
        Form::Exact
    } else {
        Form::Decided
    }
}

//! Which services of a project may run at the same time.
//!
//! A service without profiles always runs; one with profiles runs once the user asks for one of them
//! (<https://docs.docker.com/compose/how-tos/profiles/>).
//!
//! Not for: services that are started by name, and what `depends_on` starts along.

use std::collections::HashSet;

use super::service::Service;
use super::value::{List, Text};

/// Whether two services may run at the same time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Together {
    /// There is a profile, or none at all, with which both run.
    Yes,
    /// Only if the user asks for two profiles at once. They are often alternatives.
    ByChoice,
    /// A variable decides.
    Unknown,
}

/// Whether what has these profiles may run together with what has those.
pub fn can_run_together(a: &List<Text>, b: &List<Text>) -> Together {
    if a.is_empty() || b.is_empty() {
        return Together::Yes;
    }
    let known = |text: &Text| text.value.known().is_some();
    let theirs: HashSet<&str> = b
        .iter()
        .filter_map(|profile| profile.value.known())
        .collect();
    let is_shared = |profile: &Text| {
        profile
            .value
            .known()
            .is_some_and(|profile| theirs.contains(profile))
    };
    if a.iter().any(is_shared) {
        Together::Yes
    } else if a.iter().all(known) && b.iter().all(known) {
        Together::ByChoice
    } else {
        Together::Unknown
    }
}

impl Service {
    /// Whether this service and another one may run at the same time.
    pub fn can_run_together(&self, other: &Service) -> Together {
        can_run_together(&self.profiles, &other.profiles)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compose::File;
    use crate::text::FileId;

    #[test]
    fn profiles_tell_what_runs_together() {
        let text = "services:\n  a: {}\n  b: {profiles: [x]}\n  c: {profiles: [x, y]}\n  d: {profiles: [z]}\n\
            \x20 e: {profiles: ['${P}']}\n";
        let file = File::lower(&crate::yaml::parse(&Arc::from(text)).tree, FileId(0));
        let service = |name: &str| file.service(name).expect(name);
        for (a, b, wanted) in [
            ("a", "a", Together::Yes),
            ("a", "b", Together::Yes),
            ("b", "c", Together::Yes),
            ("b", "d", Together::ByChoice),
            ("a", "e", Together::Yes),
            ("b", "e", Together::Unknown),
        ] {
            let (a, b) = (service(a), service(b));
            assert_eq!(a.can_run_together(b), wanted);
            assert_eq!(b.can_run_together(a), wanted);
        }
    }
}

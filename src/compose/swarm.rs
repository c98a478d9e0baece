//! Signs that a file is meant for `docker stack deploy` and not for `docker compose`.
//!
//! Swarm reads the same files and means other things by some keys; where Compose would fail it may not.
//!
//! Invariant: what only Swarm reads are signs; keys that both read are none.

use super::File;
use super::service::Service;

/// The network drivers that only Swarm has.
const DRIVERS: [&str; 1] = ["overlay"];

impl File {
    /// Whether something in it has a meaning for Swarm only.
    pub fn is_for_swarm(&self) -> bool {
        let mut drivers = self
            .networks
            .iter()
            .filter_map(|network| network.driver.as_ref());
        self.services.iter().any(Service::is_for_swarm)
            || drivers.any(|driver| DRIVERS.iter().any(|name| driver.value.is(name)))
    }
}

impl Service {
    /// Whether something below `deploy` has a meaning for Swarm only.
    pub fn is_for_swarm(&self) -> bool {
        let Some(deploy) = &self.deploy else {
            return false;
        };
        let deploy = &deploy.value;
        deploy.mode.is_some()
            || deploy.endpoint_mode.is_some()
            || deploy.placement.is_some()
            || deploy.update_config.is_some()
            || deploy.rollback_config.is_some()
            || deploy.labels.is_set()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::FileId;

    #[test]
    fn keys_of_swarm_are_signs() {
        let file = |text: &str| File::lower(&crate::yaml::parse(&Arc::from(text)).tree, FileId(0));
        for (text, wanted) in [
            (
                "services: {a: {deploy: {replicas: 2, resources: {}}}}",
                false,
            ),
            (
                "services: {a: {deploy: {restart_policy: {condition: any}}}}",
                false,
            ),
            (
                "services: {a: {deploy: {update_config: {parallelism: 1}}}}",
                true,
            ),
            ("services: {a: {}}\nnetworks: {n: {driver: overlay}}", true),
            ("services: {a: {}}\nnetworks: {n: {driver: bridge}}", false),
        ] {
            assert_eq!(file(text).is_for_swarm(), wanted, "{text}");
        }
    }
}

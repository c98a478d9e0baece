//! Flags databases that are killed soon after they were asked to stop.

use crate::compose::extent::{Extent, is_for_development};
use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::diagnostic::Severity;
use crate::engine::{Context, Hooks};

/// Last parts of the names of images whose programs keep data, sorted.
const DATASTORES: [&str; 32] = [
    "arangodb",
    "cassandra",
    "clickhouse",
    "clickhouse-server",
    "cockroach",
    "couchbase",
    "couchdb",
    "elasticsearch",
    "etcd",
    "influxdb",
    "kafka",
    "mariadb",
    "mongo",
    "mongodb",
    "mysql",
    "mysql-server",
    "neo4j",
    "opensearch",
    "percona",
    "percona-server",
    "pgvector",
    "postgis",
    "postgres",
    "postgresql",
    "prometheus",
    "questdb",
    "rabbitmq",
    "rethinkdb",
    "scylla",
    "surrealdb",
    "timescaledb",
    "zookeeper",
];

/// The time that a container has by default, in nanoseconds.
const DEFAULT: i64 = 10_000_000_000;

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    if is_for_development(&cx.source.path) {
        return;
    }
    let container = &service.container;
    if let Some(signal) = &container.stop_signal
        && signal
            .value
            .known()
            .is_some_and(|name| matches!(name, "SIGKILL" | "KILL" | "9"))
    {
        cx.report(
            signal.at,
            "the container is killed without a chance to end in order",
        )
        .help("leave `stop_signal` out, or name a signal that the program can handle")
        .severity(Severity::Warning);
        return;
    }
    let reference = container.known_reference();
    let name = reference.and_then(|reference| reference.familiar_name());
    let Some(name) = name else { return };
    let last = name.rsplit('/').next().unwrap_or_default();
    if DATASTORES.binary_search(&last).is_err() {
        return;
    }
    let at = match &container.stop_grace_period {
        None if cx.model.extent == Extent::Part => return,
        None => service.name.at,
        Some(period) => match &period.value.value {
            Some(time) if time.nanoseconds < DEFAULT => period.at,
            _ => return,
        },
    };
    let message = format!(
        "`{}` keeps data and has 10 seconds or less to write it when it is stopped",
        service.name.value
    );
    cx.report(at, message).help("set `stop_grace_period: 1m`");
}

#[cfg(test)]
mod tests {
    use super::DATASTORES;
    use crate::engine::testing::compose;

    #[test]
    fn the_service_or_its_time_is_marked() {
        assert!(DATASTORES.is_sorted());
        compose(
            "short-stop-grace-period",
            r#"
services:
  a: {image: "postgis/postgis:17-3.5"}
# ^ info: `a` keeps data and has 10 seconds or less
  b: {image: mysql, stop_grace_period: "5s"}
#                                      ^^^^ info: `b` keeps data
  c: {image: mysql, stop_grace_period: "${T}"}
  d: {image: "${I}"}
  e: {image: e, stop_signal: "${S:-SIGKILL}"}
#                            ^^^^^^^^^^^^^^^ warning: the container is killed
"#,
        );
    }
}

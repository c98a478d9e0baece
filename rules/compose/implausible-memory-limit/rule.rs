//! Flags limits for memory that are below what the service needs.

use crate::compose::project::Project;
use crate::compose::service::Service;
use crate::compose::value::Text;
use crate::engine::{Context, Hooks};
use crate::text::Location;

/// The least memory that the makers of an image name, in bytes: Microsoft's requirements for SQL Server on Linux
/// (2 GB), GitLab's requirements (4 GB for a small installation).
const LEAST: [(&str, i64, &str); 3] = [
    ("mcr.microsoft.com/mssql/server", 2_000_000_000, "2 GB"),
    ("gitlab/gitlab-ce", 4_000_000_000, "4 GB"),
    ("gitlab/gitlab-ee", 4_000_000_000, "4 GB"),
];

/// Variables with options for a Java virtual machine.
const OPTIONS: [&str; 8] = [
    "_JAVA_OPTIONS",
    "CATALINA_OPTS",
    "ES_JAVA_OPTS",
    "JAVA_OPTS",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "KAFKA_HEAP_OPTS",
    "OPENSEARCH_JAVA_OPTS",
];

pub(super) fn register(on: &mut Hooks<'_>) {
    on.merged_service(check);
}

fn check(service: &Service, cx: &mut Context<'_, Project>) {
    let Some(limit) = service.memory_limit() else {
        return;
    };
    // Less than that is refused anyway.
    let Some(bytes) = limit.value.value.filter(|bytes| *bytes >= 6 << 20) else {
        return;
    };
    let container = &service.container;
    let reference = container.known_reference();
    let name = reference.and_then(|reference| reference.familiar_name());
    if let Some(name) = name
        && let Some((_, least, shown)) = LEAST.iter().find(|(image, _, _)| *image == name)
        && bytes < *least
    {
        cx.report(
            limit.at,
            format!("`{name}` needs {shown} of memory at least"),
        )
        .help(format!("allow {shown} or more"));
        return;
    }
    let variables = container.environment.iter();
    let variables = variables.filter(|pair| OPTIONS.iter().any(|name| pair.name.value.is(name)));
    let values = variables.filter_map(|pair| pair.value.as_ref());
    let words = container.command.iter().flat_map(|line| line.value.words());
    let heap = values.chain(words).find_map(heap);
    if let Some((heap, at)) = heap.filter(|(heap, _)| *heap >= bytes) {
        let message = match heap > bytes {
            true => "the Java heap may grow larger than the limit for memory",
            false => "the Java heap may take all memory that the limit allows",
        };
        cx.report(at, message)
            .help("raise the limit, or make the heap about half as large")
            .label(limit.at, "the limit");
    }
}

/// The bytes of a heap and where they are said, as `-Xmx2g`; the last one counts.
fn heap(text: &Text) -> Option<(i64, Location)> {
    let value = text.value.known()?;
    let at = value.rfind("-Xmx")?;
    let rest = value.get(at + "-Xmx".len()..)?;
    let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match word.get(digits.len()..)? {
        "" => 1,
        "k" | "K" => 1 << 10,
        "m" | "M" => 1 << 20,
        "g" | "G" => 1 << 30,
        _ => return None,
    };
    let bytes = digits.parse::<i64>().ok()?.checked_mul(factor)?;
    let span = text.value.span_of(at..at + "-Xmx".len() + word.len());
    Some((
        bytes,
        Location {
            file: text.at.file,
            span,
        },
    ))
}

#[cfg(test)]
mod tests {
    use crate::engine::testing::compose;

    #[test]
    fn the_heap_is_marked_or_the_limit() {
        compose(
            "implausible-memory-limit",
            r#"
services:
  a:
    image: a
    deploy: {resources: {limits: {memory: 1g}}}
    environment: ["JAVA_OPTS=-server -Xmx1024m -Dx"]
#                                    ^^^^^^^^^ the Java heap may take all memory
  b:
    image: gitlab/gitlab-ce:18.4.0-ce.0
    mem_limit: 2g
#              ^^ `gitlab/gitlab-ce` needs 4 GB of memory
  c: {image: c, mem_limit: 1g, command: java -Xmx2G -jar c.jar}
#                                            ^^^^^^ the Java heap may grow larger
  d: {image: d, mem_limit: 2g, command: java -Xmx1g -jar c.jar, environment: {JAVA_OPTS: "${J}"}}
  e: {image: e, mem_limit: "${M}", environment: {JAVA_OPTS: -Xmx2g}}
"#,
        );
    }
}

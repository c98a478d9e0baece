//! Images with a page through which something is administered, and the TCP port in the container on which it is.
//!
//! Compared on 2026-11-23 with the `EXPOSE` of the Dockerfiles of TimWolla/docker-adminer, amir20/dozzle, google/cadvisor,
//! pgadmin-org/pgadmin4, joeferner/redis-commander, kafbat/kafka-ui, provectus/kafka-ui, mher/flower,
//! mongo-express/mongo-express-docker, obsidiandynamics/kafdrop, portainer/portainer, redis/RedisInsight,
//! docker-library/rabbitmq (management) and elastic/kibana (`docker_generator/templates/base/Dockerfile`); phpmyadmin/docker
//! begins with php:apache of docker-library/php, which exposes 80; the notebooks of jupyter/docker-stacks begin with
//! `images/base-notebook/Dockerfile`. Images are known by the end of their names, so that
//! mirrors count. Left out are pages that are made for everybody, ports that serve other things as well, and images whose
//! Dockerfile nobody can read (`redislabs/redisinsight`).

use crate::grammar::image::ImageReference;

/// The end of an image's name, what it is called, and its ports.
const PAGES: &[(&str, &str, &[u16])] = &[
    ("adminer", "Adminer", &[8080]),
    ("amir20/dozzle", "Dozzle", &[8080]),
    ("cadvisor/cadvisor", "cAdvisor", &[8080]),
    ("dpage/pgadmin4", "pgAdmin", &[80, 443]),
    ("google/cadvisor", "cAdvisor", &[8080]),
    ("joeferner/redis-commander", "Redis Commander", &[8081]),
    ("jupyter/base-notebook", "Jupyter", &[8888]),
    ("jupyter/datascience-notebook", "Jupyter", &[8888]),
    ("jupyter/minimal-notebook", "Jupyter", &[8888]),
    ("jupyter/scipy-notebook", "Jupyter", &[8888]),
    ("kafbat/kafka-ui", "Kafka UI", &[8080]),
    ("kibana", "Kibana", &[5601]),
    ("mher/flower", "Flower", &[5555]),
    ("mongo-express", "mongo-express", &[8081]),
    ("obsidiandynamics/kafdrop", "Kafdrop", &[9000]),
    ("phpmyadmin", "phpMyAdmin", &[80]),
    ("phpmyadmin/phpmyadmin", "phpMyAdmin", &[80]),
    ("portainer/portainer", "Portainer", &[8000, 9000, 9443]),
    ("portainer/portainer-ce", "Portainer", &[8000, 9000, 9443]),
    ("portainer/portainer-ee", "Portainer", &[8000, 9000, 9443]),
    ("provectuslabs/kafka-ui", "Kafka UI", &[8080]),
    ("rabbitmq", "the RabbitMQ management page", &[15671, 15672]),
    ("redis/redisinsight", "Redis Insight", &[5540]),
    ("rediscommander/redis-commander", "Redis Commander", &[8081]),
];

/// A page through which something is administered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AdminPage {
    /// What it is called.
    pub title: &'static str,
    /// The ports in the container on which it is.
    pub ports: &'static [u16],
}

/// The page that an image has, if it is known.
pub fn of(reference: &ImageReference) -> Option<AdminPage> {
    let name = reference.familiar_name()?;
    let page = PAGES.iter().find(|(end, ..)| {
        let rest = name.strip_suffix(end);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    });
    page.map(|(_, title, ports)| AdminPage { title, ports })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_the_end_of_the_name() {
        for (image, wanted) in [
            ("adminer:5", Some("Adminer")),
            ("docker.io/library/adminer", Some("Adminer")),
            ("mirror.example.com/library/adminer:5", Some("Adminer")),
            ("gcr.io/cadvisor/cadvisor:v0.55", Some("cAdvisor")),
            ("my-adminer", None),
            ("docker.elastic.co/kibana/kibana:9.2.0", Some("Kibana")),
            ("${I}", None),
        ] {
            let reference = ImageReference::parse(image).expect(image);
            assert_eq!(of(&reference).map(|page| page.title), wanted, "{image}");
        }
    }
}

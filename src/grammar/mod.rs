//! Small grammars shared by Dockerfiles and Compose files.

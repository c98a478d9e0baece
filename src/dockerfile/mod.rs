//! Dockerfiles: syntax tree, parser and model.

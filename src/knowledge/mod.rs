//! What is known about the world outside the files: base images, datastores, paths of hosts, secret formats, predefined arguments.
//!
//! Facts only, each with its source and the day it was looked up; what cannot be backed is left out, and a
//! question without an answer gives none. Tables are YAML, compiled in and read on first use.
//!
//! Not for: what a rule makes of a fact.

pub mod admin_ports;
pub mod capabilities;
pub mod datastores;
pub mod deprecated;
pub mod environment;
pub mod hardening;
pub mod host_paths;
pub mod image_pages;
pub mod images;
pub mod labels;
pub mod official;
pub mod predefined;
pub mod secrets;
pub mod support;

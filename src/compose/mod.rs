//! Compose files: schema, typed files and projects.

pub mod build;
pub mod cast;
pub mod command;
pub mod container;
pub mod containers;
pub mod depends;
pub mod deploy;
pub mod develop;
pub mod device;
pub mod extent;
pub mod file;
pub mod grant;
pub mod healthcheck;
pub mod host_path;
pub mod interpolate;
pub mod link;
pub mod mount;
pub mod network;
pub mod port;
mod reader;
pub mod references;
pub mod resource;
pub mod schema;
pub mod service;
pub mod ulimit;
pub mod validate;
pub mod value;

pub use file::File;

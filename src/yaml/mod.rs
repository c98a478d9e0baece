//! YAML as a tree of nodes with exact places.

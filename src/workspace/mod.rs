//! The files of a run: what they are and where they come from.

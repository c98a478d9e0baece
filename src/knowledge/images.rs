//! Base images: who runs in them, with which shell and which package manager.

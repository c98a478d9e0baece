//! Traps that other linters fell into, each as a test with its name.

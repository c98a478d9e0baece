//! x
use crate::engine::meta::Rule;
/// x
pub const RULES: &[Rule] = &[];

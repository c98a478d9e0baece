//! What a Dockerfile means: stages and what holds in them.

use super::ast::Ast;

/// A Dockerfile as a model.
#[derive(Debug)]
pub struct Dockerfile {
    /// Its syntax tree.
    pub ast: Ast,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
}

/// A build stage.
#[derive(Debug)]
pub struct Stage {
    /// Its number, counted from 0.
    pub index: usize,
}

impl Dockerfile {
    /// The model of a syntax tree.
    pub fn new(ast: Ast) -> Dockerfile {
        Dockerfile {
            ast,
            stages: Vec::new(),
        }
    }
}

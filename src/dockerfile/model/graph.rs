//! Which stages a build needs.

use super::Dockerfile;
use super::stages::{Base, Stage, Target};

impl Dockerfile {
    /// Says which stages are asked for besides the last one, as by a Compose file's `target`, and works
    /// out anew which stages are outputs and which are built.
    pub fn set_targets(&mut self, targets: &[usize]) {
        for stage in &mut self.stages {
            stage.is_target = false;
            stage.is_output = false;
        }
        let mut targets: Vec<usize> = targets.to_vec();
        targets.extend(self.stages.len().checked_sub(1));
        for target in &targets {
            if let Some(stage) = self.stages.get_mut(*target) {
                stage.is_target = true;
            }
            let mut next = Some(*target);
            while let Some(stage) = next.and_then(|index| self.stages.get_mut(index)) {
                if std::mem::replace(&mut stage.is_output, true) {
                    break;
                }
                next = match stage.base {
                    Base::Stage(base) => Some(base),
                    _ => None,
                };
            }
        }
        let built = self.reached_from(&targets);
        for (stage, is_built) in self.stages.iter_mut().zip(built) {
            stage.is_built = is_built;
        }
    }

    /// For each stage, whether a build of `stage` needs it. Itself is needed.
    pub fn needed_by(&self, stage: &Stage) -> Vec<bool> {
        self.reached_from(&[stage.index])
    }

    /// Whether a build of `stage` needs `other`. Takes the time of [`Dockerfile::needed_by`]; ask that one
    /// for several stages.
    pub fn reaches(&self, stage: &Stage, other: &Stage) -> bool {
        self.needed_by(stage)
            .get(other.index)
            .copied()
            .unwrap_or(false)
    }

    fn reached_from(&self, targets: &[usize]) -> Vec<bool> {
        let mut reached = vec![false; self.stages.len()];
        let mut open: Vec<usize> = targets.to_vec();
        while let Some(index) = open.pop() {
            let Some(stage) = self.stages.get(index) else {
                continue;
            };
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            for reference in self.references_of(stage) {
                if let Target::Stage(target) = reference.target {
                    open.push(target);
                }
            }
        }
        reached
    }
}

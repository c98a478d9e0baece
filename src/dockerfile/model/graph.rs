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

    /// For each stage a number that it shares with exactly the stages which it needs and which need it: where
    /// two have the same, they are part of a circle. Stages that later ones alone need have numbers of their
    /// own.
    pub fn circles(&self) -> Vec<usize> {
        const NEW: usize = usize::MAX;
        let targets = |stage: usize| {
            let references = self.references_of(&self.stages[stage]).iter();
            references.filter_map(|reference| match reference.target {
                Target::Stage(target) => Some(target),
                _ => None,
            })
        };
        let count = self.stages.len();
        // Tarjan's algorithm, with a stack of its own for the way down.
        let (mut order, mut low) = (vec![NEW; count], vec![NEW; count]);
        let mut circle = vec![NEW; count];
        let (mut open, mut way) = (Vec::new(), Vec::new());
        let mut next = 0;
        for start in 0..count {
            if order[start] != NEW {
                continue;
            }
            way.push((start, targets(start)));
            while let Some((stage, rest)) = way.last_mut() {
                let stage = *stage;
                if order[stage] == NEW {
                    (order[stage], low[stage]) = (next, next);
                    next += 1;
                    open.push(stage);
                }
                match rest.next() {
                    Some(target) if target >= count => {}
                    Some(target) if order[target] == NEW => way.push((target, targets(target))),
                    Some(target) if circle[target] == NEW => {
                        low[stage] = low[stage].min(order[target]);
                    }
                    Some(_) => {}
                    None => {
                        way.pop();
                        if let Some((above, _)) = way.last() {
                            low[*above] = low[*above].min(low[stage]);
                        }
                        if low[stage] == order[stage] {
                            while let Some(member) = open.pop() {
                                circle[member] = stage;
                                if member == stage {
                                    break;
                                }
                            }
                        }
                    }
                }
            }
        }
        circle
    }
}

#[cfg(test)]
mod tests {
    use crate::dockerfile::Dockerfile;
    use crate::dockerfile::parse::parse;

    fn circles(text: &str) -> Vec<usize> {
        Dockerfile::new(parse(text).tree).circles()
    }

    #[test]
    fn stages_that_need_one_another_share_a_number() {
        let text = "FROM z AS a\nCOPY --from=c x y\nFROM z AS b\nCOPY --from=a x y\n\
            FROM b AS c\nFROM c AS d\nCOPY --from=d x y\nCOPY --from=a x y\nFROM z AS e";
        assert_eq!(circles(text), [0, 0, 0, 3, 4]);
        assert!(circles("").is_empty());
    }

    #[test]
    fn a_stage_that_is_only_used_is_no_part_of_a_circle() {
        let text = "FROM z AS a\nFROM a AS b\nCOPY --from=c x y\nFROM a AS c\nCOPY --from=a x y";
        assert_eq!(circles(text), [0, 1, 2]);
    }
}

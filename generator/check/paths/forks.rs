//! Paths by their segments, so that not every two of them need to be compared.

use std::collections::BTreeMap;

use crate::contract::{PathPart, PathTemplate};

/// Where paths part.
#[derive(Default)]
pub(super) struct Forks<'c> {
    /// By the next segment, if that is no variable alone.
    fixed: BTreeMap<&'c [PathPart], Self>,
    /// Those whose next segment is a variable, whatever its name.
    variable: Option<Box<Self>>,
    /// The numbers of those that end here.
    ends: Vec<usize>,
}

/// Which of two paths is more specific in some segment.
#[derive(Clone, Copy, Default)]
struct Specific {
    /// The one that is looked for.
    this: bool,
    /// The one that was added.
    other: bool,
}

impl<'c> Forks<'c> {
    /// Adds a path under a number.
    pub fn add(&mut self, path: &'c PathTemplate, number: usize) {
        let mut fork = self;
        for segment in &path.segments {
            fork = match segment.as_slice() {
                [PathPart::Variable(_)] => fork.variable.get_or_insert_default(),
                fixed => fork.fixed.entry(fixed).or_default(),
            };
        }
        fork.ends.push(number);
    }

    /// The numbers of the paths of which some requests fit the given one as well, while neither is more specific.
    pub fn crossing(&self, path: &PathTemplate) -> Vec<usize> {
        let mut found = Vec::new();
        self.follow(&path.segments, Specific::default(), &mut found);
        found.sort_unstable();
        found
    }

    fn follow(&self, segments: &[Vec<PathPart>], specific: Specific, found: &mut Vec<usize>) {
        let Some((segment, rest)) = segments.split_first() else {
            if specific.this && specific.other {
                found.extend(&self.ends);
            }
            return;
        };
        let variable = |specific: Specific, found: &mut Vec<usize>| {
            if let Some(fork) = &self.variable {
                fork.follow(rest, specific, found);
            }
        };
        match segment.as_slice() {
            [PathPart::Variable(_)] => {
                variable(specific, found);
                let literal = |(fixed, _): &(&&[PathPart], &Self)| matches!(fixed, [PathPart::Literal(_)]);
                for (_, fork) in self.fixed.iter().filter(literal) {
                    fork.follow(rest, Specific { other: true, ..specific }, found);
                }
            }
            fixed => {
                if let Some(fork) = self.fixed.get(fixed) {
                    fork.follow(rest, specific, found);
                }
                if matches!(fixed, [PathPart::Literal(_)]) {
                    variable(Specific { this: true, ..specific }, found);
                }
            }
        }
    }
}

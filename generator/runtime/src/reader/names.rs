//! The names seen in one object.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Reader, Reject};

/// Up to here names are compared one by one.
const FEW: usize = 12;

/// The member names of one object that no field stands for, to notice when one occurs twice.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    few: Vec<Cow<'a, str>>,
    many: HashSet<Cow<'a, str>>,
}

impl<'a> Names<'a> {
    /// No names; allocates nothing.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a name; whether it is new.
    fn insert(&mut self, name: Cow<'a, str>) -> bool {
        if self.many.is_empty() {
            if self.few.contains(&name) {
                return false;
            }
            if self.few.len() < FEW {
                self.few.push(name);
                return true;
            }
            self.many.extend(self.few.drain(..));
        }
        self.many.insert(name)
    }
}

impl<'a> Reader<'a> {
    /// Refuses a name that was there before. What is trusted was parsed once, so there it cannot be.
    pub(super) fn note(&mut self, names: &mut Names<'a>, name: Cow<'a, str>) -> Result<(), Reject> {
        if self.trusted {
            return Ok(());
        }
        let offset = self.at;
        if names.insert(name) { Ok(()) } else { Err(self.fail_at(offset, "a member name occurs twice")) }
    }
}

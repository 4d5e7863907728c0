//! Members of generated structs.

use std::borrow::Cow;
use std::str::FromStr;

use indexmap::map::Entry;

use super::names::Names;
use super::{Reader, Reject};
use crate::decode::Decode;
use crate::json::{Json, Map};

/// What becomes of the members that no field stands for.
pub(super) trait Others<'a> {
    /// Reads the value of such a member.
    fn member(&mut self, reader: &mut Reader<'a>, name: Cow<'a, str>) -> Result<(), Reject>;
}

/// They are ignored.
impl<'a> Others<'a> for Names<'a> {
    fn member(&mut self, reader: &mut Reader<'a>, name: Cow<'a, str>) -> Result<(), Reject> {
        reader.note(self, name)?;
        reader.skip()
    }
}

/// There may be none.
#[derive(Clone, Copy, Debug)]
struct Closed;

impl<'a> Others<'a> for Closed {
    fn member(&mut self, reader: &mut Reader<'a>, _: Cow<'a, str>) -> Result<(), Reject> {
        // A shape for one usage lacks members that the schema knows.
        if reader.trusted { reader.skip() } else { Err(Reject) }
    }
}

/// They are kept.
impl<'a, T: Decode> Others<'a> for Map<T> {
    fn member(&mut self, reader: &mut Reader<'a>, name: Cow<'a, str>) -> Result<(), Reject> {
        match self.entry(name.into_owned()) {
            Entry::Occupied(_) => Err(Reject),
            Entry::Vacant(slot) => {
                slot.insert(T::decode(reader)?);
                Ok(())
            }
        }
    }
}

/// Where the value of a member goes: a variable of generated code.
pub trait Slot {
    /// Reads the value; the slot must be empty, as no name may occur twice.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Reject>;
}

impl<T: Decode> Slot for Option<T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Reject> {
        if self.is_some() {
            return Err(Reject);
        }
        // Without `?`, which is two more functions for each type.
        match T::decode(reader) {
            Ok(value) => *self = Some(value),
            Err(Reject) => return Err(Reject),
        }
        Ok(())
    }
}

/// A member: its name, whether a check of its value follows, and its slot.
pub type Member<'s> = (&'static str, bool, &'s mut dyn Slot);

/// Objects, for the macros: whether what starts here is one whose members go into their slots. Whether all are there
/// that must be is for the caller to see.
impl<'a> Reader<'a> {
    /// Other members are ignored.
    pub fn open(&mut self, members: &mut [Member<'_>]) -> bool {
        self.members(members, &mut Names::new()).is_ok()
    }

    /// Other members are refused.
    pub fn closed(&mut self, members: &mut [Member<'_>]) -> bool {
        self.members(members, &mut Closed).is_ok()
    }

    /// Other members are kept.
    pub fn rest<T: Decode>(&mut self, members: &mut [Member<'_>], rest: &mut Map<T>) -> bool {
        self.members(members, rest).is_ok()
    }

    /// Members mostly come in the order of the contract, so each is looked for behind the one before.
    fn members(&mut self, members: &mut [Member<'_>], others: &mut dyn Others<'a>) -> Result<(), Reject> {
        self.open_object()?;
        let mut behind = 0;
        loop {
            let expected = members.get(behind).is_some_and(|(name, ..)| self.key_is(name));
            let at = if expected {
                behind
            } else {
                let Some(name) = self.key()? else { return Ok(()) };
                let mut inorder = (behind..members.len()).chain(0..behind);
                match inorder.find(|at| members.get(*at).is_some_and(|(known, ..)| *known == name)) {
                    Some(at) => at,
                    None => {
                        others.member(self, name)?;
                        continue;
                    }
                }
            };
            let (_, exact, slot) = members.get_mut(at).ok_or(Reject)?;
            self.exact = *exact;
            slot.fill(self)?;
            self.exact = false;
            behind = at + 1;
        }
    }
}

/// Values, for the macros.
impl Reader<'_> {
    /// Reads a value.
    #[inline]
    pub fn value<T: Decode>(&mut self) -> Result<T, Reject> {
        T::decode(self)
    }

    /// Says that a check follows; see [`Reader::f64`].
    pub(crate) fn exactly(&mut self) {
        self.exact = true;
    }

    /// Reads a value and checks it; what is trusted is not asked again.
    pub fn checked<T: Decode>(&mut self, check: impl FnOnce(&T) -> bool) -> Result<T, Reject> {
        self.exactly();
        let value = T::decode(self)?;
        self.exact = false;
        if self.trusted || check(&value) { Ok(value) } else { Err(Reject) }
    }

    /// Reads a string as what it says.
    pub fn parsed<T: FromStr>(&mut self) -> Result<T, Reject> {
        match self.string()?.parse() {
            Ok(value) => Ok(value),
            Err(_) => Err(Reject),
        }
    }

    /// Reads a value as what it stands for.
    pub fn converted<T: for<'v> TryFrom<&'v Json>>(&mut self) -> Result<T, Reject> {
        T::try_from(&self.json()?).map_err(|_| Reject)
    }
}

//! Members of generated structs.

use std::borrow::Cow;

use indexmap::map::Entry;

use super::{Names, Reader, Reject};
use crate::decode::Decode;
use crate::json::Map;

/// What becomes of the members that no field stands for.
pub trait Others<'a> {
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
pub struct Closed;

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

impl<'a> Reader<'a> {
    /// Reads the value of a member into its slot, which must be empty: no name may occur twice.
    #[inline]
    pub fn member<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), Reject> {
        if slot.is_some() {
            return Err(Reject);
        }
        *slot = Some(self.value()?);
        Ok(())
    }

    /// Reads the value of a member that no field stands for.
    #[cold]
    pub fn other(&mut self, others: &mut impl Others<'a>, name: Cow<'a, str>) -> Result<(), Reject> {
        others.member(self, name)
    }

    /// Reads a value.
    #[inline]
    pub fn value<T: Decode>(&mut self) -> Result<T, Reject> {
        let value = T::decode(self)?;
        self.exact = false;
        Ok(value)
    }

    /// Refuses a value that fails a check; what is trusted is not asked again.
    #[inline]
    pub fn holds<T>(&self, value: &T, check: impl FnOnce(&T) -> bool) -> Result<(), Reject> {
        if self.trusted || check(value) { Ok(()) } else { Err(Reject) }
    }
}

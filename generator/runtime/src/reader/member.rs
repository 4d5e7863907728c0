//! Members of generated structs.

use indexmap::map::Entry;

use super::{Reader, Reject};
use crate::decode::Decode;
use crate::json::Map;

impl Reader<'_> {
    /// Reads the value of a member into its slot, which must be empty: no name may occur twice.
    #[inline]
    pub fn member<T: Decode>(&mut self, slot: &mut Option<T>) -> Result<(), Reject> {
        if slot.is_some() {
            return Err(Reject);
        }
        *slot = Some(T::decode(self)?);
        self.exact = false;
        Ok(())
    }

    /// Reads the value of a member that no field stands for into the map of those.
    pub fn rest<T: Decode>(&mut self, rest: &mut Map<T>, name: impl Into<String>) -> Result<(), Reject> {
        match rest.entry(name.into()) {
            Entry::Occupied(_) => Err(Reject),
            Entry::Vacant(slot) => {
                slot.insert(T::decode(self)?);
                Ok(())
            }
        }
    }

    /// Whether a check that follows a value failed; what is trusted is not asked again.
    #[inline]
    pub fn passes(&self, check: impl FnOnce() -> bool) -> Result<(), Reject> {
        if self.trusted || check() { Ok(()) } else { Err(Reject) }
    }

    /// What a required member's slot holds.
    #[inline]
    pub fn required<T>(&self, slot: Option<T>) -> Result<T, Reject> {
        slot.ok_or(Reject)
    }

    /// What an optional member's slot holds.
    #[inline]
    pub fn optional<T>(&self, slot: Option<T>) -> Result<Option<T>, Reject> {
        Ok(slot)
    }
}

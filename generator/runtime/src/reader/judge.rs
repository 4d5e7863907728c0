//! Where the fast path asks the full schema.

use std::borrow::Cow;

use super::{Reader, Reject};
use crate::json::Json;
use crate::schema::SchemaRef;

impl<'a> Reader<'a> {
    /// Judges the value that starts here by its full schema before it is decoded; then it is trusted.
    pub fn judged<T>(
        &mut self,
        schema: SchemaRef,
        decode: impl FnOnce(&mut Self) -> Result<T, Reject>,
    ) -> Result<T, Reject> {
        if !self.trusted && !schema.is_valid(&self.ahead()?) {
            return Err(Reject);
        }
        self.trusting(decode)
    }

    /// Decodes a value that is known to be valid.
    pub fn trusting<T>(&mut self, decode: impl FnOnce(&mut Self) -> Result<T, Reject>) -> Result<T, Reject> {
        let before = std::mem::replace(&mut self.trusted, true);
        let value = decode(self);
        self.trusted = before;
        value
    }

    /// The first of the schemas that the value that starts here satisfies; no other may where `exactly_one` is set.
    /// The value stays to be read, and is then known to be valid.
    pub fn choose(&mut self, branches: &[SchemaRef], exactly_one: bool) -> Result<usize, Reject> {
        let value = self.ahead()?;
        let mut valid = branches.iter().enumerate().filter(|(_, schema)| schema.is_valid(&value));
        let (first, _) = valid.next().ok_or(Reject)?;
        if exactly_one && !self.trusted && valid.next().is_some() { Err(Reject) } else { Ok(first) }
    }

    /// The string member of that name in the object that starts here, if there is one. The object stays to be read.
    pub fn tag(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let tag = self.looking(|reader| {
            reader.open_object()?;
            while let Some(key) = reader.key()? {
                if key == name {
                    return reader.string();
                }
                // Names that occur twice are noticed when the object is read.
                reader.trusting(Reader::skip)?;
            }
            Err(Reject)
        });
        tag.ok()
    }

    /// The value that starts here, which stays to be read.
    pub(crate) fn ahead(&mut self) -> Result<Json, Reject> {
        self.looking(Self::json)
    }

    fn looking<T>(&mut self, look: impl FnOnce(&mut Self) -> Result<T, Reject>) -> Result<T, Reject> {
        let (at, depth, fresh) = (self.at, self.depth, self.fresh);
        let seen = look(self);
        (self.at, self.depth, self.fresh) = (at, depth, fresh);
        seen
    }
}

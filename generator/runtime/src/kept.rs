//! A value together with the members that its type does not name.

use std::ops::{Deref, DerefMut};

use crate::decode::{Decode, Encode, encode};
use crate::json::{Json, Map};
use crate::reader::{Reader, Reject};
use crate::writer::Writer;

/// A branch of a union whose branches may accept one value together. What only another branch names is kept in
/// `rest`, so that nothing is lost on the way through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept<T> {
    /// The branch's own value.
    pub value: T,
    /// Members that it does not name.
    pub rest: Map<Json>,
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        Self { value, rest: Map::new() }
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Kept<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: Decode + Encode> Decode for Kept<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        let all = reader.ahead()?;
        let value = T::decode(reader)?;
        let rest = match (all, written(&value)) {
            (Json::Object(mut rest), Some(Json::Object(named))) => {
                rest.retain(|name, _| !named.contains_key(name));
                rest
            }
            _ => Map::new(),
        };
        Ok(Self { value, rest })
    }
}

impl<T: Encode> Encode for Kept<T> {
    fn encode(&self, writer: &mut Writer) {
        if self.rest.is_empty() {
            return self.value.encode(writer);
        }
        match written(&self.value) {
            Some(Json::Object(mut members)) => {
                for (name, value) in &self.rest {
                    members.entry(name.clone()).or_insert_with(|| value.clone());
                }
                writer.json(&Json::Object(members));
            }
            _ => self.value.encode(writer),
        }
    }
}

fn written<T: Encode>(value: &T) -> Option<Json> {
    Json::parse(&encode(value).ok()?).ok()
}

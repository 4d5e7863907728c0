//! Whole values: skipped, sliced, or read into [`Json`].

use indexmap::map::Entry;

use super::names::Names;
use super::{Kind, Reader, Reject};
use crate::json::{Json, Map, Number};
use crate::violation::shortened;

impl<'a> Reader<'a> {
    /// Skips a value, checking its syntax.
    pub fn skip(&mut self) -> Result<(), Reject> {
        match self.peek()? {
            Kind::Null => self.null(),
            Kind::Bool => self.bool().map(drop),
            Kind::Number => self.number_lexeme().map(drop),
            Kind::String => self.string().map(drop),
            Kind::Array => {
                self.open_array()?;
                while self.element()? {
                    self.skip()?;
                }
                Ok(())
            }
            Kind::Object => {
                let mut names = Names::new();
                self.open_object()?;
                while let Some(name) = self.key()? {
                    self.note(&mut names, name)?;
                    self.skip()?;
                }
                Ok(())
            }
        }
    }

    /// Skips a value and returns its text.
    pub fn raw(&mut self) -> Result<&'a [u8], Reject> {
        self.blank();
        let start = self.at;
        self.skip()?;
        self.text.as_bytes().get(start..self.at).ok_or(Reject)
    }

    /// Reads any value.
    pub fn json(&mut self) -> Result<Json, Reject> {
        Ok(match self.peek()? {
            Kind::Null => self.null().map(|()| Json::Null)?,
            Kind::Bool => Json::Bool(self.bool()?),
            Kind::Number => Json::Number(Number::from_valid(self.number_lexeme()?)),
            Kind::String => Json::String(self.string()?.into_owned()),
            Kind::Array => {
                let mut elements = Vec::new();
                self.open_array()?;
                while self.element()? {
                    elements.push(self.json()?);
                }
                Json::Array(elements)
            }
            Kind::Object => Json::Object(self.json_object()?),
        })
    }

    fn json_object(&mut self) -> Result<Map<Json>, Reject> {
        let mut members = Map::new();
        self.open_object()?;
        self.blank();
        let mut offset = self.at;
        while let Some(name) = self.key()? {
            match members.entry(name.into_owned()) {
                Entry::Vacant(slot) => slot.insert(self.json()?),
                Entry::Occupied(slot) => {
                    let message = format!("the member `{}` occurs twice", shortened(slot.key()));
                    return Err(self.fail_at(offset, message));
                }
            };
            offset = self.at;
        }
        Ok(members)
    }
}

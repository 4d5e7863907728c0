//! `Debug` of generated structs: what they say on the wire.

use std::fmt;

use crate::decode::Encode;
use crate::file::File;
use crate::json::Json;
use crate::reader::attached;
use crate::writer::Writer;

/// Prints a struct with the members that it would be written with: `Order { id: 7, tags: ["new"] }`.
///
/// Derived, `Debug` is a good part of what rustc pays for a struct, for it names every field once more; this names none.
#[doc(hidden)]
pub fn debug(f: &mut fmt::Formatter<'_>, name: &str, value: &dyn Encode) -> fmt::Result {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    let (text, files, error) = writer.into_parts();
    let mut shown = f.debug_struct(name);
    match Json::parse(&text) {
        Ok(Json::Object(members)) => {
            for (member, value) in &members {
                shown.field(member, &Shown { value, files: &files });
            }
        }
        _ => {
            shown.field("json", &String::from_utf8_lossy(&text));
        }
    }
    if let Some(error) = error {
        shown.field("error", &format_args!("{error}"));
    }
    shown.finish()
}

/// A value as Rust would write it, but for objects, whose types nobody knows any more.
struct Shown<'a> {
    value: &'a Json,
    files: &'a [File],
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside = |value| Shown { value, files: self.files };
        match self.value {
            Json::Array(items) => f.debug_list().entries(items.iter().map(inside)).finish(),
            Json::Object(members) => {
                f.debug_map().entries(members.iter().map(|(name, value)| (name, inside(value)))).finish()
            }
            Json::String(text) => match attached(text, self.files) {
                Some(file) => file.fmt(f),
                None => text.fmt(f),
            },
            Json::Null | Json::Bool(_) | Json::Number(_) => write!(f, "{}", self.value),
        }
    }
}

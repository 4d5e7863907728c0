//! Multipart bodies in both directions: an object whose members are named parts, or an array whose items are the parts
//! in their order (RFC 2046, RFC 7578; OAS 3.2.0, Encoding Usage and Restrictions).

mod disposition;
mod read;
mod split;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use self::read::{Limits, Refused, read};
#[cfg(feature = "client")]
pub(crate) use self::write::file;
pub(crate) use self::write::write;

use crate::media::MediaType;
use crate::operation::Encoding;

/// How a part that is no file is written, by the first media type that its encoding lists.
fn declared(encoding: Option<&Encoding>) -> Option<MediaType<'_>> {
    let listed = encoding.filter(|encoding| !encoding.is_styled())?.content_type.as_deref()?;
    listed.split(',').find_map(|one| MediaType::parse(one.trim()))
}

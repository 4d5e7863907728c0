//! The Rust types of formats. They keep the spelling that was received: `Z` and `+00:00` stay what they are.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::{is_date, is_date_time, is_time, is_uuid};
use crate::decode::{Decode, Encode, Typed};
use crate::reader::{Reader, Reject};
use crate::schema::SchemaRef;
use crate::writer::Writer;

/// A text that is not of the format asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatError {
    format: &'static str,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a text of the format `{}`", self.format)
    }
}

impl std::error::Error for FormatError {}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $format:literal, $check:ident, $schema:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text as it was received or made.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = FormatError;

            fn from_str(text: &str) -> Result<Self, FormatError> {
                if $check(text) { Ok(Self(text.into())) } else { Err(FormatError { format: $format }) }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = FormatError;

            fn try_from(text: &str) -> Result<Self, FormatError> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = FormatError;

            fn try_from(text: String) -> Result<Self, FormatError> {
                if $check(&text) { Ok(Self(text.into())) } else { Err(FormatError { format: $format }) }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0.into()
            }
        }

        impl Decode for $name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
                Self::from_str(&reader.string()?).map_err(|_| Reject)
            }
        }

        impl Encode for $name {
            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }
        }

        impl Typed for $name {
            fn schema() -> SchemaRef {
                SchemaRef::$schema
            }
        }
    )*};
}

texts! {
    /// A `date-time` (RFC 3339, section 5.6). `Ord` is that of the text, not of the instant.
    DateTime: "date-time", is_date_time, DATE_TIME;
    /// A `date` (RFC 3339, section 5.6).
    Date: "date", is_date, DATE;
    /// A `time` with its offset (RFC 3339, section 5.6). `Ord` is that of the text.
    Time: "time", is_time, TIME;
    /// A `uuid` (RFC 4122, section 3) in the case that it was received in.
    Uuid: "uuid", is_uuid, UUID;
}

/// Bytes that travel as a string of the format `byte`: padded base64 (RFC 4648, section 4).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Bytes);

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<T: Into<Bytes>> From<T> for Base64 {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

/// Reads the base64 text.
impl FromStr for Base64 {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let bytes = STANDARD.decode(text).map_err(|_| FormatError { format: "byte" })?;
        Ok(Self(bytes.into()))
    }
}

/// The base64 text.
impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
    }
}

impl Decode for Base64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        reader.string()?.parse().map_err(|_| Reject)
    }
}

impl Encode for Base64 {
    fn encode(&self, writer: &mut Writer) {
        writer.string(&STANDARD.encode(&self.0));
    }
}

impl Typed for Base64 {
    fn schema() -> SchemaRef {
        SchemaRef::BYTE
    }
}

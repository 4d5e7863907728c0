//! Types of the standard library and of this crate.

use indexmap::map::Entry;

use super::{Decode, Encode, Typed};
use crate::file::File;
use crate::json::{Integer, Json, Map, Number};
use crate::reader::{Kind, Reader, Reject};
use crate::schema::SchemaRef;
use crate::writer::Writer;

macro_rules! scalar {
    ($($type:ty: $schema:ident, $read:expr, $write:expr;)*) => {$(
        impl Decode for $type {
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
                let read: fn(&mut Reader<'_>) -> Result<Self, Reject> = $read;
                read(reader)
            }
        }

        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                let write: fn(&Self, &mut Writer) = $write;
                write(self, writer);
            }
        }

        impl Typed for $type {
            fn schema() -> SchemaRef {
                SchemaRef::$schema
            }
        }
    )*};
}

scalar! {
    (): NULL, |reader| reader.null(), |(), writer| writer.null();
    bool: BOOLEAN, |reader| reader.bool(), |value, writer| writer.bool(*value);
    i64: INT64, |reader| reader.i64(), |value, writer| writer.i64(*value);
    u64: UINT64, |reader| reader.u64(), |value, writer| writer.u64(*value);
    f64: DOUBLE, |reader| reader.f64(), |value, writer| writer.f64(*value);
    f32: FLOAT, |reader| reader.f32(), |value, writer| writer.f32(*value);
    Integer: INTEGER, |reader| reader.integer(), |value, writer| writer.number(value.as_number());
    Number: NUMBER, |reader| reader.number(), |value, writer| writer.number(value);
    String: STRING, |reader| Ok(reader.string()?.into_owned()), |value, writer| writer.string(value);
    Json: ANY, |reader| reader.json(), |value, writer| writer.json(value);
    File: STRING, |reader| reader.file(), |value, writer| writer.file(value);
}

macro_rules! narrow {
    ($($type:ident: $schema:ident;)*) => {$(
        impl Decode for $type {
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
                Self::try_from(reader.i64()?).map_err(|_| Reject)
            }
        }

        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.i64(i64::from(*self));
            }
        }

        impl Typed for $type {
            fn schema() -> SchemaRef {
                SchemaRef::$schema
            }
        }
    )*};
}

narrow! { i8: INT8; i16: INT16; i32: INT32; u8: UINT8; u16: UINT16; u32: UINT32; }

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        T::decode(reader).map(Box::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }
}

impl<T: Typed> Typed for Box<T> {
    fn schema() -> SchemaRef {
        T::schema()
    }
}

/// `null` is `None`.
impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        if reader.peek()? == Kind::Null { reader.null().map(|()| None) } else { T::decode(reader).map(Some) }
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        let mut elements = Self::new();
        reader.open_array()?;
        while reader.element()? {
            elements.push(T::decode(reader)?);
        }
        Ok(elements)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        self.as_slice().encode(writer);
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, writer: &mut Writer) {
        writer.open_array();
        for element in self {
            writer.element();
            element.encode(writer);
        }
        writer.close_array();
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        let mut members = Self::new();
        reader.open_object()?;
        while let Some(name) = reader.key()? {
            match members.entry(name.into_owned()) {
                Entry::Occupied(_) => return Err(Reject),
                Entry::Vacant(slot) => slot.insert(T::decode(reader)?),
            };
        }
        Ok(members)
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, writer: &mut Writer) {
        writer.open_object();
        for (name, value) in self {
            writer.member(name, value);
        }
        writer.close_object();
    }
}

macro_rules! tuple {
    ($($element:ident)*) => {
        /// An array of exactly this length.
        impl<$($element: Decode),*> Decode for ($($element,)*) {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
                reader.open_array()?;
                let tuple = ($(
                    if reader.element()? { $element::decode(reader)? } else { return Err(Reject) },
                )*);
                if reader.element()? { Err(Reject) } else { Ok(tuple) }
            }
        }

        impl<$($element: Encode),*> Encode for ($($element,)*) {
            #[expect(non_snake_case, reason = "one name for type and value")]
            fn encode(&self, writer: &mut Writer) {
                let ($($element,)*) = self;
                writer.open_array();
                $(
                    writer.element();
                    $element.encode(writer);
                )*
                writer.close_array();
            }
        }
    };
}

tuple! { A }
tuple! { A B }
tuple! { A B C }
tuple! { A B C D }
tuple! { A B C D E }
tuple! { A B C D E F }
tuple! { A B C D E F G }
tuple! { A B C D E F G H }
tuple! { A B C D E F G H I }
tuple! { A B C D E F G H I J }
tuple! { A B C D E F G H I J K }
tuple! { A B C D E F G H I J K L }

//! Types with one unnamed field.

/// Maps a tuple struct of one field to the JSON of that field.
///
/// With a check or `judged`, the field is private: `TryFrom` asks the full schema, so a value of the type is always
/// valid. Without, the field is public and converts both ways.
///
/// ```text
/// newtype! { Email(String): CONTRACT if |v| check::length(v, 3, 200) }
/// newtype! { Pets(Vec<Pet>): CONTRACT }
/// newtype! { Odd(Json): judged CONTRACT }
/// ```
#[macro_export]
macro_rules! newtype {
    ($name:ident($inner:ty): judged $table:ident) => {
        $crate::newtype! { @value $name, $inner }
        $crate::newtype! { @constrained $name, $inner, $table.schema(::core::stringify!($name)) }
        $crate::__typed! { [judged] $name, $table.schema(::core::stringify!($name)), |reader| reader.value().map(Self) }
    };
    ($name:ident($inner:ty): $table:ident if |$value:ident| $check:expr) => {
        $crate::newtype! { @value $name, $inner }
        $crate::newtype! { @constrained $name, $inner, $table.schema(::core::stringify!($name)) }
        $crate::__typed! { [] $name, $table.schema(::core::stringify!($name)), |reader| {
            reader.checked::<$inner>(|$value| $check).map(Self)
        } }
    };
    ($name:ident($inner:ty): judged $table:ident if |$value:ident| $check:expr) => {
        $crate::newtype! { $name($inner): judged $table }
    };
    ($name:ident($inner:ty): $table:ident) => {
        $crate::newtype! { @value $name, $inner }
        $crate::__typed! { [] $name, $table.schema(::core::stringify!($name)), |reader| reader.value().map(Self) }

        impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl ::core::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $inner {
                &mut self.0
            }
        }
    };
    (@constrained $name:ident, $inner:ty, $schema:expr) => {
        impl ::core::convert::TryFrom<$inner> for $name {
            type Error = $crate::Rejection;

            fn try_from(value: $inner) -> ::core::result::Result<Self, $crate::Rejection> {
                $crate::macros::admit(&value, $schema).map(|()| Self(value))
            }
        }
    };
    (@value $name:ident, $inner:ty) => {
        impl $name {
            /// The value inside.
            #[must_use]
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }

        impl ::core::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        // The binder keeps the bound from being an error where it does not hold.
        impl ::core::fmt::Display for $name
        where
            for<'a> $inner: ::core::fmt::Display,
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::Encode::encode(&self.0, writer);
            }
        }
    };
}

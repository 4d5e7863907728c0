//! Enumerations.

/// Maps an enum without payloads to strings.
///
/// ```text
/// string_enum! { Status: CONTRACT.schema(3) { Paid = "paid", Open = "open" } }
/// ```
#[macro_export]
macro_rules! string_enum {
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr) {
        $($variant:ident = $text:literal),* $(,)?
    }) => {
        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The text of the value.
            #[must_use]
            pub const fn as_str(&self) -> &'static ::core::primitive::str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::UnknownValue;

            fn from_str(text: &::core::primitive::str) -> ::core::result::Result<Self, $crate::UnknownValue> {
                match text {
                    $($text => ::core::result::Result::Ok(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::UnknownValue),
                }
            }
        }

        impl ::core::convert::TryFrom<&::core::primitive::str> for $name {
            type Error = $crate::UnknownValue;

            fn try_from(text: &::core::primitive::str) -> ::core::result::Result<Self, $crate::UnknownValue> {
                <Self as ::core::str::FromStr>::from_str(text)
            }
        }

        impl ::core::convert::AsRef<::core::primitive::str> for $name {
            fn as_ref(&self) -> &::core::primitive::str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::macros::Body for $name {
            fn body(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                let text = reader.string()?;
                <Self as ::core::str::FromStr>::from_str(&text).map_err(|_| $crate::Reject)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.string(self.as_str());
            }
        }

        $crate::__typed! { [$($judged)?] $name, $($table)::+.schema($index) }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::string_enum! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::string_enum! { @[] $name: $($rest)* }
    };
}

/// Maps an enum without payloads to JSON values, given as JSON text and compared by value.
///
/// ```text
/// literal_enum! { Level: CONTRACT.schema(4) { One = "1", Null = "null", A = "\"a\"" } }
/// ```
#[macro_export]
macro_rules! literal_enum {
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr) {
        $($variant:ident = $lexeme:literal),* $(,)?
    }) => {
        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value as JSON text.
            #[must_use]
            pub const fn as_json(&self) -> &'static ::core::primitive::str {
                match self {
                    $(Self::$variant => $lexeme,)*
                }
            }
        }

        impl ::core::convert::TryFrom<&$crate::Json> for $name {
            type Error = $crate::UnknownValue;

            fn try_from(value: &$crate::Json) -> ::core::result::Result<Self, $crate::UnknownValue> {
                static VALUES: $crate::macros::Literals = $crate::macros::Literals::new(&[$($lexeme),*]);
                let position = VALUES.position(value).ok_or($crate::UnknownValue)?;
                let mut all = ::core::iter::IntoIterator::into_iter([$(Self::$variant),*]);
                ::core::iter::Iterator::nth(&mut all, position).ok_or($crate::UnknownValue)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_json())
            }
        }

        impl $crate::macros::Body for $name {
            fn body(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                let value = reader.json()?;
                <Self as ::core::convert::TryFrom<&$crate::Json>>::try_from(&value).map_err(|_| $crate::Reject)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.lexeme(self.as_json());
            }
        }

        $crate::__typed! { [$($judged)?] $name, $($table)::+.schema($index) }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::literal_enum! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::literal_enum! { @[] $name: $($rest)* }
    };
}

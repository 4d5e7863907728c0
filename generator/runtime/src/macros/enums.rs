//! Enumerations.

/// Maps an enum without payloads to strings.
///
/// ```text
/// string_enum! { Status: CONTRACT { Paid = "paid", Open = "open" } }
/// ```
#[macro_export]
macro_rules! string_enum {
    (@[$($judged:ident)?] $name:ident: $table:ident {
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
                $crate::macros::named(Self::ALL, &[$($text),*], text)
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

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.string(self.as_str());
            }
        }

        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| reader.parsed() }
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
/// literal_enum! { Level: CONTRACT { One = "1", Null = "null", A = "\"a\"" } }
/// ```
#[macro_export]
macro_rules! literal_enum {
    (@[$($judged:ident)?] $name:ident: $table:ident {
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
                VALUES.find(Self::ALL, value)
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_json())
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.lexeme(self.as_json());
            }
        }

        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| reader.converted() }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::literal_enum! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::literal_enum! { @[] $name: $($rest)* }
    };
}

//! Enums over types.

/// Maps an enum whose variants have one payload each to any of their JSON.
///
/// The variant is told by a string member (`tag`), by the JSON type (`kinds`: `null bool number string array object`,
/// and `other` for those not named before), or by asking the schema of each (`one_of`, `any_of`).
///
/// ```text
/// union! { Payment: CONTRACT.schema(8), tag "method" { Card(CardPayment) = "card" | "credit", Iban(IbanPayment) = "iban" } }
/// union! { Id: CONTRACT.schema(9), kinds { Text(String) = string, Other(Json) = other } }
/// union! { N: CONTRACT.schema(10), one_of { A(NA) = CONTRACT.schema(20), B(NB) = CONTRACT.schema(21) } }
/// ```
#[macro_export]
macro_rules! union {
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr), tag $tag:literal {
        $($variant:ident($payload:ty) = $($value:literal)|+),* $(,)?
    }) => {
        impl $crate::macros::Body for $name {
            fn body(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                let tag = reader.tag($tag)?.ok_or($crate::Reject)?;
                match &*tag {
                    $($($value)|+ => reader.value::<$payload>().map(Self::$variant),)*
                    _ => ::core::result::Result::Err($crate::Reject),
                }
            }
        }

        $crate::union! { @rest [$($judged)?] $name, $($table)::+.schema($index), $($variant)* }
    };
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr), kinds {
        $($variant:ident($payload:ty) = $($kind:ident)|+),* $(,)?
    }) => {
        impl $crate::macros::Body for $name {
            fn body(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                let kind = reader.peek()?;
                $(if false $(|| $crate::__kind!(kind, $kind))+ {
                    return reader.value::<$payload>().map(Self::$variant);
                })*
                ::core::result::Result::Err($crate::Reject)
            }
        }

        $crate::union! { @rest [$($judged)?] $name, $($table)::+.schema($index), $($variant)* }
    };
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr), one_of {
        $($variant:ident($payload:ty) = $($of:ident)::+ . schema($branch:expr)),* $(,)?
    }) => {
        $crate::union! { @choose $name, true, $($variant, $payload, $($of)::+.schema($branch);)* }
        $crate::union! { @rest [$($judged)?] $name, $($table)::+.schema($index), $($variant)* }
    };
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr), any_of {
        $($variant:ident($payload:ty) = $($of:ident)::+ . schema($branch:expr)),* $(,)?
    }) => {
        $crate::union! { @choose $name, false, $($variant, $payload, $($of)::+.schema($branch);)* }
        $crate::union! { @rest [$($judged)?] $name, $($table)::+.schema($index), $($variant)* }
    };
    (@choose $name:ident, $exactly_one:literal, $($variant:ident, $payload:ty, $branch:expr;)*) => {
        impl $crate::macros::Body for $name {
            fn body(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                let branches: &[$crate::macros::Branch<Self>] =
                    &[$(($branch, |reader| reader.value::<$payload>().map(Self::$variant))),*];
                $crate::macros::choose(reader, branches, $exactly_one)
            }
        }
    };
    (@rest $judged:tt $name:ident, $schema:expr, $($variant:ident)*) => {
        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                // By value: a union of nothing, of which there is none, has no arm.
                match *self {
                    $(Self::$variant(ref value) => $crate::Encode::encode(value, writer),)*
                }
            }
        }

        $crate::__typed! { $judged $name, $schema }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::union! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::union! { @[] $name: $($rest)* }
    };
}

/// Whether a kind is the one that is named.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    ($kind:ident, null) => {
        $kind == $crate::Kind::Null
    };
    ($kind:ident, bool) => {
        $kind == $crate::Kind::Bool
    };
    ($kind:ident, number) => {
        $kind == $crate::Kind::Number
    };
    ($kind:ident, string) => {
        $kind == $crate::Kind::String
    };
    ($kind:ident, array) => {
        $kind == $crate::Kind::Array
    };
    ($kind:ident, object) => {
        $kind == $crate::Kind::Object
    };
    ($kind:ident, other) => {
        true
    };
}

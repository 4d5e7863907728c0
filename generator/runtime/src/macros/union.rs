//! Enums over types.

/// Maps an enum whose variants have one payload each to any of their JSON.
///
/// The variant is told by a string member (`tag`), by the JSON type (`kinds`: `null bool number string array object`,
/// and `other` for those not named before), or by asking the schema of each (`one_of`, `any_of`).
///
/// ```text
/// union! { Payment: CONTRACT, tag "method" { Card(CardPayment) = "card" | "credit", Iban(IbanPayment) = "iban" } }
/// union! { Id: CONTRACT, kinds { Text(String) = string, Other(Json) = other } }
/// union! { N: CONTRACT, one_of { A(NA), B(NB) } }
/// ```
#[macro_export]
macro_rules! union {
    (@[$($judged:ident)?] $name:ident: $table:ident, tag $tag:literal {
        $($variant:ident($payload:ty) = $($value:literal)|+),* $(,)?
    }) => {
        $crate::union! { @encode $name, $($variant)* }
        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| {
            match ::core::option::Option::as_deref(&reader.tag($tag)) {
                $(::core::option::Option::Some($($value)|+) => reader.value::<$payload>().map(Self::$variant),)*
                _ => ::core::result::Result::Err($crate::Reject),
            }
        } }
    };
    (@[$($judged:ident)?] $name:ident: $table:ident, kinds {
        $($variant:ident($payload:ty) = $($kind:ident)|+),* $(,)?
    }) => {
        $crate::union! { @encode $name, $($variant)* }
        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| {
            match reader.peek() {
                $($($crate::__kind!($kind))|+ => reader.value::<$payload>().map(Self::$variant),)*
                #[allow(unreachable_patterns, reason = "`other` stands for all that are left")]
                _ => ::core::result::Result::Err($crate::Reject),
            }
        } }
    };
    (@[$($judged:ident)?] $name:ident: $table:ident, one_of {
        $($variant:ident($payload:ty)),* $(,)?
    }) => {
        $crate::union! { @encode $name, $($variant)* }
        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| {
            $crate::macros::choose(reader, true, &[
                $(($table.schema(::core::concat!(::core::stringify!($name), ".", ::core::stringify!($variant))), |reader| reader.value::<$payload>().map(Self::$variant))),*
            ])
        } }
    };
    (@[$($judged:ident)?] $name:ident: $table:ident, any_of {
        $($variant:ident($payload:ty)),* $(,)?
    }) => {
        $crate::union! { @encode $name, $($variant)* }
        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| {
            $crate::macros::choose(reader, false, &[
                $(($table.schema(::core::concat!(::core::stringify!($name), ".", ::core::stringify!($variant))), |reader| reader.value::<$payload>().map(Self::$variant))),*
            ])
        } }
    };
    (@encode $name:ident, $($variant:ident)*) => {
        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                // By value: a union of nothing, of which there is none, has no arm.
                match *self {
                    $(Self::$variant(ref value) => $crate::Encode::encode(value, writer),)*
                }
            }
        }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::union! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::union! { @[] $name: $($rest)* }
    };
}

/// The pattern of a kind; `other` is any, and comes last.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (null) => {
        ::core::result::Result::Ok($crate::Kind::Null)
    };
    (bool) => {
        ::core::result::Result::Ok($crate::Kind::Bool)
    };
    (number) => {
        ::core::result::Result::Ok($crate::Kind::Number)
    };
    (string) => {
        ::core::result::Result::Ok($crate::Kind::String)
    };
    (array) => {
        ::core::result::Result::Ok($crate::Kind::Array)
    };
    (object) => {
        ::core::result::Result::Ok($crate::Kind::Object)
    };
    (other) => {
        ::core::result::Result::Ok(_)
    };
}

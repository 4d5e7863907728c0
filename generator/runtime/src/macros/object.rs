//! Structs.

/// Maps a struct to a JSON object.
///
/// Members are listed as `"wire name" => field: required` or `optional`, each with an optional check of the decoded
/// value. A required member whose field is an `Option` may be null; an optional one has an `Option` around its type.
/// Members that are not listed are ignored (`open`), refused (`closed`), or kept (`rest field`). A name that JSON has to
/// escape is followed by what it is in JSON: `"a\"b" as "a\\\"b" => field: required`.
///
/// ```text
/// object! {
///     Order: CONTRACT.schema(12), rest additional {
///         "id" => id: required if |v| check::at_least_number(v, "1"),
///         "note" => note: optional if |v| check::length(v, 1, 64),
///     }
/// }
/// ```
#[macro_export]
macro_rules! object {
    (@[$($judged:ident)?] $name:ident: $($table:ident)::+ . schema($index:expr), $mode:ident $($rest:ident)? {
        $($wire:literal $(as $json:literal)? => $field:ident: $need:ident $(if |$value:ident| $check:expr)?),* $(,)?
    }) => {
        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.open_object();
                $(writer.$need($crate::__key!($wire $($json)?), &self.$field);)*
                $crate::__rest!(writer, self, [$($rest)?], [$($wire),*]);
                writer.close_object();
            }
        }

        // One array of slots and one call, rather than code for each member: that is what makes rustc quick.
        $crate::__typed! { [$($judged)?] $name, $($table)::+.schema($index), |reader| {
            $(let mut $field = ::core::option::Option::None;)*
            $(let mut $rest = $crate::Map::new();)?
            let read = reader.$mode(
                &mut [$(($wire, $crate::__checked!($($value)?), &mut $field)),*],
                $(&mut $rest)?
            )$($(&& (reader.trusted() || match &$field {
                    ::core::option::Option::Some($value) => $check,
                    ::core::option::Option::None => true,
                }))?)*;
            match (read, $($field),*) {
                (true, $($crate::__slot!($need $field)),*) => {
                    ::core::result::Result::Ok(Self { $($field,)* $($rest)? })
                }
                _ => ::core::result::Result::Err($crate::Reject),
            }
        } }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::object! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::object! { @[] $name: $($rest)* }
    };
}

/// A name as [`Writer::required`](crate::Writer::required) writes it.
#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    ($wire:literal) => {
        ::core::concat!(",\"", $wire, "\":")
    };
    ($wire:literal $json:literal) => {
        ::core::concat!(",\"", $json, "\":")
    };
}

/// What a slot must hold at the end: the member, or perhaps none.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    (required $slot:ident) => {
        ::core::option::Option::Some($slot)
    };
    (optional $slot:ident) => {
        $slot
    };
}

/// Whether a check follows.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked {
    () => {
        false
    };
    ($value:ident) => {
        true
    };
}

/// Writes the members without a field of their own.
#[doc(hidden)]
#[macro_export]
macro_rules! __rest {
    ($writer:ident, $self:ident, [], $declared:tt) => {};
    ($writer:ident, $self:ident, [$rest:ident], $declared:tt) => {
        $writer.rest(&$self.$rest, &$declared)
    };
}

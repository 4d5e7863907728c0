//! Structs.

/// Maps a struct to a JSON object, and prints it as one for `Debug`.
///
/// Members are listed as `"wire name" => required field` or `optional field`, each with an optional check of the decoded
/// value. A required member whose field is an `Option` may be null; an optional one has an `Option` around its type.
/// Members that are not listed are ignored (`open`), refused (`closed`), or kept (`rest field`). A name that JSON has to
/// escape is followed by what it is in JSON: `"a\"b" as "a\\\"b" => required field`.
///
/// ```text
/// object! {
///     Order: CONTRACT, rest additional {
///         "id" => required id if |v| check::at_least_number(v, "1"),
///         "note" => optional note if |v| check::length(v, 1, 64),
///     }
/// }
/// ```
#[macro_export]
macro_rules! object {
    (@[$($judged:ident)?] $name:ident: $table:ident, $mode:ident $($rest:ident)? {
        $($wire:literal $(as $json:literal)? =>
            $(required $required:ident $(if |$value:ident| $check:expr)?,)?
            $(optional $optional:ident $(if |$present:ident| $sound:expr)?,)?
        )*
    }) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::macros::debug(f, ::core::stringify!($name), self)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.open_object();
                $($crate::__member!(writer, self, [$wire $($json)?], $(required $required)? $(optional $optional)?);)*
                $crate::__rest!(writer, self, [$($rest)?], [$($wire),*]);
                writer.close_object();
            }
        }

        // One array of slots and one call, rather than code for each member, and only what has to be there is unwrapped:
        // that is what makes rustc quick.
        $crate::__typed! { [$($judged)?] $name, $table.schema(::core::stringify!($name)), |reader| {
            $(let mut $($required)? $($optional)? = ::core::option::Option::None;)*
            $(let mut $rest = $crate::Map::new();)?
            let read = reader.$mode(
                &mut [$((
                    $wire,
                    $(false $(|| $crate::__checked!($value))?)? $(false $(|| $crate::__checked!($present))?)?,
                    &mut $($required)? $($optional)?,
                )),*],
                $(&mut $rest)?
            )$($($(&& (reader.trusted() || match &$required {
                    ::core::option::Option::Some($value) => $check,
                    ::core::option::Option::None => true,
                }))?)?)* $($($(&& (reader.trusted() || match &$optional {
                    ::core::option::Option::Some($present) => $sound,
                    ::core::option::Option::None => true,
                }))?)?)*;
            match (read, $($($required,)?)*) {
                (true, $($(::core::option::Option::Some($required),)?)*) => {
                    ::core::result::Result::Ok(Self { $($($required,)? $($optional,)?)* $($rest)? })
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

/// Writes a member; its key as [`Writer::required`](crate::Writer::required) wants it.
#[doc(hidden)]
#[macro_export]
macro_rules! __member {
    ($writer:ident, $self:ident, [$wire:literal], $need:ident $field:ident) => {
        $writer.$need(::core::concat!(",\"", $wire, "\":"), &$self.$field)
    };
    ($writer:ident, $self:ident, [$wire:literal $json:literal], $need:ident $field:ident) => {
        $writer.$need(::core::concat!(",\"", $json, "\":"), &$self.$field)
    };
}

/// Whether a check follows, which it does.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked {
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

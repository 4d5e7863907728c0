//! Structs.

/// Maps a struct to a JSON object.
///
/// Members are listed as `"wire name" => field: required` or `optional`, each with an optional check of the decoded
/// value. A required member whose field is an `Option` may be null; an optional one has an `Option` around its type.
/// Members that are not listed are ignored (`open`), refused (`closed`), or kept (`rest field`).
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
        $($wire:literal => $field:ident: $need:ident $(if |$value:ident| $check:expr)?),* $(,)?
    }) => {
        impl $crate::macros::Body for $name {
            // A contract may well name a member `foo`.
            #[allow(clippy::disallowed_names)]
            fn body(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::Reject> {
                $(let mut $field = ::core::option::Option::None;)*
                let mut others = $crate::__others!($mode);
                reader.open_object()?;
                loop {
                    // The struct comes first, so that the types of all fields are known where they are read.
                    let ::core::option::Option::Some(name) = reader.key()? else {
                        return ::core::result::Result::Ok(Self {
                            $($field: $crate::__taken!($need $field),)*
                            $($rest: others,)?
                        });
                    };
                    match &*name {
                        $($wire => {
                            let read = reader$(.exactly(::core::stringify!($value)))?.member(&mut $field);
                            $(let read = match &$field {
                                ::core::option::Option::Some($value) if !(reader.trusted() || $check) => {
                                    ::core::result::Result::Err($crate::Reject)
                                }
                                _ => read,
                            };)?
                            read
                        })*
                        _ => reader.other(&mut others, name),
                    }?;
                }
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.open_object();
                $(writer.$need($wire, &self.$field);)*
                $crate::__rest!(writer, self, [$($rest)?], [$($wire),*]);
                writer.close_object();
            }
        }

        $crate::__typed! { [$($judged)?] $name, $($table)::+.schema($index) }
    };
    ($name:ident: judged $($rest:tt)*) => {
        $crate::object! { @[judged] $name: $($rest)* }
    };
    ($name:ident: $($rest:tt)*) => {
        $crate::object! { @[] $name: $($rest)* }
    };
}

/// What a slot holds at the end: the member, or perhaps none.
#[doc(hidden)]
#[macro_export]
macro_rules! __taken {
    (required $slot:ident) => {
        match $slot {
            ::core::option::Option::Some(value) => value,
            ::core::option::Option::None => return ::core::result::Result::Err($crate::Reject),
        }
    };
    (optional $slot:ident) => {
        $slot
    };
}

/// What members without a field go into.
#[doc(hidden)]
#[macro_export]
macro_rules! __others {
    (open) => {
        $crate::reader::Names::new()
    };
    (closed) => {
        $crate::reader::Closed
    };
    (rest) => {
        $crate::Map::new()
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

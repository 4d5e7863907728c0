//! The golden contracts as modules. Each compiles without a warning; `tests/` holds their values to the standard.
#![deny(warnings, missing_docs)]

macro_rules! contracts {
    ($($name:ident: $docs:literal),+ $(,)?) => {
        $(#[doc = $docs] pub mod $name { counterpart_runtime::include_contract!($name); })+
    };
}

contracts! {
    arrays: "Arrays and tuples.",
    directions: "Members that travel one way.",
    equality: "Equality of values.",
    names: "Names of all kinds.",
    numbers: "Numbers.",
    objects: "Open, closed and composed objects.",
    presence: "Required, nullable, absent.",
    recursion: "Recursion.",
    references: "References and their siblings.",
    strings: "Strings.",
    unions: "`oneOf` and `anyOf`.",
    untyped: "Schemas without a type.",
}

//! The golden contracts as modules. Each compiles without a warning; `tests/` holds their values to the standard.
#![deny(warnings, missing_docs)]

counterpart_runtime::include_contract! {
    /// Arrays and tuples.
    pub mod arrays
}
counterpart_runtime::include_contract! {
    /// What random schemas found.
    pub mod corners
}
counterpart_runtime::include_contract! {
    /// Schemas in other dialects.
    pub mod dialects
}
counterpart_runtime::include_contract! {
    /// Members that travel one way.
    pub mod directions
}
counterpart_runtime::include_contract! {
    /// Equality of values.
    pub mod equality
}
counterpart_runtime::include_contract! {
    /// Names of all kinds.
    pub mod names
}
counterpart_runtime::include_contract! {
    /// Numbers.
    pub mod numbers
}
counterpart_runtime::include_contract! {
    /// Open, closed and composed objects.
    pub mod objects
}
counterpart_runtime::include_contract! {
    /// Required, nullable, absent.
    pub mod presence
}
counterpart_runtime::include_contract! {
    /// Recursion.
    pub mod recursion
}
counterpart_runtime::include_contract! {
    /// References and their siblings.
    pub mod references
}
counterpart_runtime::include_contract! {
    /// Strings.
    pub mod strings
}
counterpart_runtime::include_contract! {
    /// `oneOf` and `anyOf`.
    pub mod unions
}
counterpart_runtime::include_contract! {
    /// Schemas without a type.
    pub mod untyped
}

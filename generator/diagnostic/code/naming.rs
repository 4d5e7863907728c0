//! Codes of the floors that choose Rust types and names.

codes! {
    NAME_COLLISION = "name-collision": "Two names of the contract become the same Rust identifier. One of them is numbered, always the same one; `[names]` in counterpart.toml chooses another identifier.";
    UNUSED_NAME = "unused-name": "`[names]` in counterpart.toml has a key that is that of no schema, operation or member that is generated, so that it has no effect. Keys are those of components, `operationId`s, places of inline schemas such as `Pet.owner`, and schemas with a member: `Pet::kind`.";
    INVALID_NAME = "invalid-name": "`[names]` in counterpart.toml calls a type or a member by what is no identifier in Rust.";
}

//! Codes of the floors that choose Rust types and names.

codes! {
    NAME_COLLISION = "name-collision": "Two names of the contract become the same Rust identifier. One of them is numbered, always the same one; `[names]` in counterpart.toml chooses another identifier.";
}

//! Codes about schemas.

codes! {
    UNKNOWN_KEYWORD = "unknown-keyword": "JSON Schema treats keywords that it does not know as annotations: they have no effect. Often such a keyword is misspelt or belongs to another version.";
}

//! Codes about what the contract says and the generated code leaves to its user.

codes! {
    UNTYPED_BODY = "untyped-body": "The generated code has no reader for this media type, so its bodies are handed over as bytes; the schema beside it is not applied.";
    UNTYPED_TEXT = "untyped-text": "A text media type has a schema of an object or array, and the standard does not say how text becomes one; the body is handed over as text and the schema is not applied.";
}

//! Codes of the floor that follows references and reads the objects of the standard.

codes! {
    MISSING_FIELD = "missing-field": "A field that the standard requires is absent, and nothing sensible can stand in for it.";
    UNKNOWN_FIELD = "unknown-field": "The object has a field that the standard does not define here. It has no effect; often it is a misspelling. Extensions begin with `x-`.";
    WRONG_TYPE = "wrong-type": "A field holds another kind of value than the standard defines for it.";
}

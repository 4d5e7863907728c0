//! Codes about schemas.

codes! {
    UNKNOWN_KEYWORD = "unknown-keyword": "JSON Schema treats keywords that it does not know as annotations: they have no effect. Often such a keyword is misspelt or belongs to another version.";
    UNKNOWN_TYPE = "unknown-type": "`type` names one of JSON Schema's seven types: null, boolean, integer, number, string, array, object. Where this finding is allowed, the name is left out of `type`; a schema without another accepts values of every type.";
    INVALID_BOUND = "invalid-bound": "Bounds are numbers; lengths and counts are non-negative integers, and `multipleOf` is greater than 0 (JSON Schema Validation, section 6).";
    REPEATED_REQUIRED = "repeated-required": "The names in `required` must be unique (JSON Schema Validation, section 6.5.3). The repetition has no effect.";
    NULLABLE = "nullable": "`nullable` belongs to OpenAPI 3.0. Since 3.1 schemas are JSON Schema, where null is a type of its own, and `nullable` has no effect: null is refused. Most authors who write it mean `type: [..., 'null']`.";
    NULLABLE_WITHOUT_TYPE = "nullable-without-type": "In OpenAPI 3.0 `nullable: true` widens the `type` beside it and has no effect without one (3.0.3 clarification). Beside `allOf`, `anyOf` or `oneOf` authors mean that null is accepted too, so it is.";
    DEFAULT_VIOLATES_SCHEMA = "default-violates-schema": "The value of `default` is not valid by the schema that it stands in (JSON Schema Validation, section 9.2). It is an error where the schema asks for a number and the default is none, unless it is null, which often means no default at all, or a text such as `\"20\"` that holds a value; the others are warnings. Where this finding is allowed, a default of another type has no effect. One that only breaks a constraint is used as it is, since nobody judges what was not sent.";
    EXAMPLE_VIOLATES_SCHEMA = "example-violates-schema": "An example is not valid by its schema. Examples have no effect on what is generated, but readers trust them; `readOnly` and `writeOnly` members may be absent.";
    CIRCULAR_INHERITANCE = "circular-inheritance": "A base schema lists its heirs by `oneOf` or `anyOf`, and each heir refers to the base by `allOf`. By the letter a validator never comes to an end (JSON Schema Core, section 9.4.1). What is meant is clear: the heirs take over everything but the list. A schema that has itself in its `allOf` is read without that.";
}

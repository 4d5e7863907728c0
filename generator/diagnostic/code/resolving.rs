//! Codes of the floor that follows references and reads the objects of the standard.

codes! {
    UNRESOLVED_REFERENCE = "unresolved-reference": "A `$ref` names something that is not there. Pointers begin with `#/` and are spelt exactly, `~1` standing for `/` and `~0` for `~`; inside of a schema with `$id`, `#` means that schema. Where this finding is allowed, a schema that is not there accepts everything, and any other object that is not there is left out.";
    CIRCULAR_REFERENCE = "circular-reference": "References lead from one to the next and back, so that nothing is ever reached.";
    MISSING_FIELD = "missing-field": "A field that the standard requires is absent, and nothing sensible can stand in for it.";
    ABSENT_FIELD = "absent-field": "A field that the standard requires is absent. What it would say is not needed for generation, so it goes on.";
    UNKNOWN_FIELD = "unknown-field": "The object has a field that the standard does not define here. It has no effect; often it is a misspelling. Extensions begin with `x-`.";
    NEWER_FIELD = "newer-field": "The field belongs to a later version of the standard than the document declares. It is honoured nevertheless; raise the `openapi` version.";
    WRONG_TYPE = "wrong-type": "A field holds another kind of value than the standard defines for it, and what is meant cannot be told. Where this finding is allowed, what holds it is read as if it were not there; a schema that is none accepts everything.";
    MENDED_TYPE = "mended-type": "A field holds another kind of value than the standard defines for it. What is meant is clear, or nothing depends on it.";
    INVALID_VALUE = "invalid-value": "A field holds a value that the standard does not allow there.";
    IGNORED_REFERENCE_SIBLING = "ignored-reference-sibling": "Beside `$ref`, a Reference Object has no fields but `summary` and `description` (OAS 3.1.2, Reference Object); in OpenAPI 3.0 all siblings of `$ref` are ignored. Only in schemas of 3.1 and later siblings count.";
    UNUSUAL_REFERENCE = "unusual-reference": "The standard allows no `$ref` at this place. What is meant is clear, so it is followed; other tools may not.";
    PATH_ITEM_SIBLINGS = "path-item-siblings": "The behaviour of a path item with both `$ref` and other fields is undefined (OAS 3.1.2, Path Item Object). In 3.0 that holds only for fields that stand in both places; others are a warning there. Where this finding is allowed, the fields are merged, the ones beside `$ref` winning.";
    INVALID_PATH = "invalid-path": "A path begins with `/`, and every `{` in it opens the name of a variable that a `}` closes (OAS 3.1.2, Path Templating). Where this finding is allowed, a missing `/` is put before the path, and what is no path otherwise is left out with its operations.";
    PATH_FRAGMENT = "path-fragment": "A fragment is never sent to a server, so a path cannot have one. It is dropped; operations that differ by it only are the same operation.";
    PATH_QUERY = "path-query": "A path has no query string in the standard. It is read as a fixed query that tells operations apart.";
    DUPLICATE_PARAMETER = "duplicate-parameter": "A list of parameters may hold each combination of name and place once (OAS 3.1.2, Operation Object). Where this finding is allowed, the first counts.";
    REPEATED_PARAMETER = "repeated-parameter": "The same parameter stands twice in one list, by reference or word for word. The second has no effect.";
    PARAMETER_WITHOUT_SCHEMA = "parameter-without-schema": "A parameter or header has neither `schema` nor `content`, though it must have one. Any value is accepted as text.";
    IDLE_FIELD = "idle-field": "The field has no effect at this place in the standard, and none here. `allowReserved` is for query parameters (OAS 3.1.2, Parameter Object).";
    UNSUPPORTED = "unsupported": "This part of the standard is not supported and has no effect on what is generated.";
    IGNORED_HEADER = "ignored-header": "Header parameters named `Accept`, `Content-Type` or `Authorization`, and response headers named `Content-Type`, are ignored (OAS 3.1.2, Parameter Object and Response Object): they are described by media types and security schemes.";
    OPTIONAL_PATH_PARAMETER = "optional-path-parameter": "A path parameter must say `required: true` (OAS 3.1.2, Parameter Object). Where this finding is allowed, it is read so.";
    PARAMETER_VALUE = "parameter-value": "A parameter or header has exactly one of `schema` and `content`, and `content` has exactly one entry (OAS 3.1.2, Parameter Object). Where this finding is allowed, `content` counts, and of several entries the first; what has none is left out.";
    UNDEFINED_STYLE = "undefined-style": "The standard defines no serialization for this combination of place, style, explode and type of value (OAS 3.1.2, Style Examples). Where this finding is allowed, the default style of the place counts.";
    INVALID_STATUS = "invalid-status": "A key of `responses` is `default`, a status code from 100 to 599, or a range such as `4XX` (OAS 3.1.2, Responses Object).";
    STATUS_CASE = "status-case": "A range of status codes is written with capital X: `4XX`. (OAS 3.1.2, Responses Object). Where this finding is allowed, the lower-case form is read so.";
    UNKNOWN_SCHEME = "unknown-security-scheme": "A security requirement names a scheme that `components.securitySchemes` of the entry document does not define. Without it nobody could tell who may call. Where this finding is allowed, nobody can meet the requirement, so nobody gets in by it.";
    SERVER_VARIABLE = "server-variable": "Every variable of a server URL has a `default`, and the default is one of its `enum` values (OAS 3.1.2, Server Variable Object).";
    UNDEFINED_SERVER_VARIABLE = "undefined-server-variable": "A server URL contains a variable that `variables` does not define, so it has no default and is sent as it stands unless the caller replaces it.";
    UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter": "A path contains a variable that no path parameter of the operation declares (OAS 3.1.2, Path Templating), so its type is unknown. Where this finding is allowed, it is read as a string.";
    REPEATED_PATH_VARIABLE = "repeated-path-variable": "A variable stands twice in a path, so a request could give it two values. OpenAPI 3.2 forbids it; where it is used, both places take the same value and nobody checks that they agree.";
    EXAMPLE_AND_EXAMPLES = "example-and-examples": "`example` and `examples` exclude each other (OAS 3.1.2, Media Type and Parameter Objects). In an Example Object `value` excludes the other forms in the same way. Where this finding is allowed, both are held against the schema.";
    ENCODING_WITHOUT_PROPERTY = "encoding-without-property": "An `encoding` key has no effect unless it names a property of the schema (OAS 3.1.2, Media Type Object).";
    DISCRIMINATOR_MAPPING = "discriminator-mapping": "A discriminator's mapping names a schema that is not there, so this value selects nothing.";
    LINK_TARGET = "link-target": "A link names an operation that does not exist, or gives it a parameter that it does not declare, by an expression that is none (OAS 3.1.2, Link Object). Links have no effect on what is generated, but readers follow them.";
    DIALECT = "dialect": "The dialect of schemas is named by `$schema` or `jsonSchemaDialect`: an edition of JSON Schema from draft-04 on, that of OpenAPI, or a meta-schema among the files of the contract whose vocabularies are known. Schemas of any other cannot be read as they are meant. Where this finding is allowed, they are read as 2020-12. In OpenAPI 3.0 neither keyword has an effect.";
}

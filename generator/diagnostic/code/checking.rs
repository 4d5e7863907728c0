//! Codes of the rules that judge a resolved contract.

codes! {
    DUPLICATE_OPERATION_ID = "duplicate-operation-id": "`operationId` must be unique among all operations of the description (OAS 3.1.2, Operation Object). Tools name functions by it. Where this finding is allowed, the second name gets a number.";
    SHARED_OPERATION = "shared-operation": "Several paths refer to the same path item, so its operations have the same `operationId` several times.";
    AMBIGUOUS_PATH = "ambiguous-path": "Two paths with the same hierarchy but different variable names are identical and invalid (OAS 3.1.2, Paths Object): no request could tell them apart. Where this finding is allowed, a server reaches the first one that has the method.";
    SPLIT_PATH = "split-path": "Two paths with the same hierarchy are identical and should be one. Their methods differ, so requests can still be told apart.";
    UNREACHABLE_PATH = "unreachable-path": "Two operations differ by the fragment of their path only, which is never sent. A client can call both; a server only ever reaches the first.";
    OVERLAPPING_PATHS = "overlapping-paths": "Some requests fit two paths of which neither is more specific, as with `/{entity}/me` and `/books/{id}`; the standard leaves the choice to tools. The path whose first differing segment is concrete is chosen.";
    UNUSED_PATH_PARAMETER = "unused-path-parameter": "A path parameter names no variable of the path, so it is never sent.";
    INVALID_HEADER_NAME = "invalid-header-name": "A header name is a token: letters, digits and a few signs, no spaces and no colon (RFC 9110, section 5.1).";
    UNDEFINED_STYLE_CELL = "undefined-style-cell": "The standard's table of styles is empty (n/a) for this combination of style, `explode` and type (OAS 3.1.2, Style Examples). Where this finding is allowed, `deepObject` is read and written as exploded, and everything else as if the style were `form`.";
    COOKIE_EXPLODE = "cookie-explode": "An exploded array or object in a form-style cookie would be joined with `&`, which is never right in a Cookie header (OAS 3.2.0, Appendix D). It is written as one cookie for each piece, and read in both forms. Say `explode: false`, or use `style: cookie` of OpenAPI 3.2.";
    DEEP_OBJECT_MEMBER = "deep-object-member": "`deepObject` is defined for objects whose members are scalars (OAS 3.1.2, Style Values). For members that are objects everybody adds brackets, `d[place][x]=1`, so that is a warning. For arrays there are several habits. Where this finding is allowed, they are sent as repeated keys, `d[tags]=a&d[tags]=b`; `d[tags][]=a` and `d[tags][0]=a` are read, too.";
    PARAMETER_CLASH = "parameter-clash": "Two query parameters are sent under one key: an exploded object is sent as its members, without its own name. Where this finding is allowed, each of them takes the key; a client that gives both sends it twice.";
    HEADER_FORM = "header-form": "A header that another standard defines is described by a schema that refuses what this standard writes: `Deprecation: @1688169599` (RFC 9745; `true` was a draft), `Sunset: Sun, 30 Jun 2024 23:59:59 GMT` (RFC 8594), `RateLimit` and `RateLimit-Policy` (lists of texts in quotes with parameters), `Idempotency-Key` (a text in quotes). The schema is followed all the same.";
    UNUSUAL_BODY = "unusual-body": "Content in GET, HEAD, DELETE and TRACE requests has no generally defined meaning (RFC 9110, section 9.3). It is still sent and read.";
    UNDECLARED_FAILURES = "undeclared-failures": "Requests that break the contract are answered with 4XX, and these operations declare no such response, so clients will see it as undocumented.";
    SERVER_SLASH = "server-slash": "Paths are appended to server URLs (OAS 3.1.2, Paths Object), so a slash at the end of the URL is doubled.";
    LEGACY_FORMAT = "legacy-format": "`format: byte` and `format: binary` were replaced in OpenAPI 3.1 by `contentEncoding` and by media types without a schema. They are read as in 3.0.";
    EMPTY_RANGE = "empty-range": "A lower bound lies above the upper one, so no value is valid.";
    INVALID_PATTERN = "invalid-pattern": "Patterns are regular expressions of ECMA-262 (JSON Schema Core, section 6.4). Other dialects' syntax, such as `(?i)` or `\\Z`, is not part of it. Where this finding is allowed, the pattern is not enforced.";
    INVALID_MEMBER_PATTERN = "invalid-member-pattern": "The names in `patternProperties` are regular expressions of ECMA-262 (JSON Schema Core, section 10.3.2.2). Unlike a `pattern` they cannot be left out, because `additionalProperties` speaks of the members that none of them matches.";
    LEGACY_PATTERN = "legacy-pattern": "The pattern is valid only without ECMA-262's `u` flag, under the rules of its Annex B. It is read so; escape less, or escape what is meant literally.";
    EMPTY_ENUM = "empty-enum": "An empty `enum` matches nothing, so no value of this type can exist.";
    REPEATED_ENUM = "repeated-enum": "The values of `enum` should be unique (JSON Schema Validation, section 6.1.2); 1 and 1.0 are equal.";
    ENUM_TYPE = "enum-type": "`type` and `enum` both have to hold. A value that one of them lacks is refused, null not excepted.";
    CIRCULAR_SCHEMA = "circular-schema": "Schemas that refer to one another through `$ref`, `allOf`, `anyOf`, `oneOf` and the like, without going into a member or an item in between, never come to an end (JSON Schema Core, section 9.4.1).";
    INFINITE_SCHEMA = "infinite-schema": "A value of this schema must hold a value of the same schema, which must hold another, and so on. No finite value satisfies it. Where this finding is allowed, the type is generated all the same, and nothing is valid by it.";
    CLOSED_BRANCH = "closed-branch": "`additionalProperties: false` in a branch of `allOf` refuses every member that the branch itself does not declare, also those of the other branches. `unevaluatedProperties: false` beside `allOf` sees all branches.";
    NULL_TWICE = "null-twice": "`oneOf` refuses what more than one branch accepts. Here null is accepted by several.";
    DISCRIMINATOR_PROPERTY = "discriminator-property": "A discriminator's property must be declared and required by every branch (OAS 3.1.2, Discriminator Object).";
    CALLBACK_EXPRESSION = "callback-expression": "The key of a callback is a URL with runtime expressions, and those name parameters and the body of the operation that is called, which have to be declared (OAS 3.1.2, Runtime Expressions). Where they are not, sending the callback is up to you: its URL cannot be evaluated.";
    OPEN_DISCRIMINATOR = "open-discriminator": "A discriminator is a hint and never changes what is valid. Unless the branches fix its property by `const` or `enum`, a value may match several branches, which `oneOf` refuses. With `discriminators = \"select\"` a value is held against the branch that it names alone.";
}

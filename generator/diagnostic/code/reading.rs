//! Codes of the floors that read files.

codes! {
    SYNTAX = "syntax": "The file is neither well-formed JSON (RFC 8259) nor YAML 1.2 at this place. Nothing after it was read.";
    ENCODING = "encoding": "JSON and YAML files are read as UTF-8. Convert the file, for example with `iconv -t UTF-8`.";
    EMPTY_DOCUMENT = "empty-document": "The file holds no value at all, only white space or comments.";
    DUPLICATE_KEY = "duplicate-key": "A key stands twice in one object. Most readers keep one of the values in silence; which one differs between tools, so both places are shown and one has to go.";
    TOO_DEEP = "too-deep": "The document nests deeper than the limit of 200 levels. Real documents stay far below; move inner schemas to `components` and refer to them.";
    COMPLEX_KEY = "complex-key": "YAML allows collections as mapping keys; JSON, which OpenAPI is defined on, allows strings only.";
    SEVERAL_DOCUMENTS = "several-documents": "A YAML stream may hold several documents, separated by `---`. An API description is exactly one.";
    ALIAS_LIMIT = "alias-limit": "YAML aliases are expanded, and this document expands without bound or beyond a limit that no real document comes near. Use `$ref` instead of aliases.";
    YAML_TAG = "yaml-tag": "YAML tags such as `!foo` have no meaning in an API description. The value is read as if the tag were not there.";
    FILE = "file": "A file could not be read. The message names it as the document writes it, and the reason that the operating system gave.";
    REMOTE_REFERENCE = "remote-reference": "The reference points to another host. Nothing is fetched while generating: builds must not depend on the network. Download the document, put it next to the contract, and refer to it by a relative path.";
    OUTSIDE_ROOT = "outside-root": "The reference leaves the folder that the contract may read from, by `..`, an absolute path, a `file:` URL or a symbolic link. Move the file below that folder, or configure a root directory further up.";
    YAML_SPACE = "yaml-space": "The lines of a quoted text stand deeper than its key, and white space stands before a comment (YAML 1.2.2, sections 7.3 and 6.6). Many readers do not insist on it, and what is meant is clear.";
    VERSION = "version": "The `openapi` field decides how everything else is read. Supported are 3.0.x, 3.1.x and 3.2.x.";
    VERSION_UNQUOTED = "version-unquoted": "YAML reads an unquoted `3.1` as a number; the standard wants a string such as '3.1.0'. It is accepted as meant.";
    NOT_OPENAPI = "not-openapi": "The root object has no `openapi` field, so this does not look like an OpenAPI document.";
    MISSING_INFO = "missing-info": "Every description begins with `info`, which has `title` and `version` (OAS 3.1.2, OpenAPI Object). Where this finding is allowed, both are empty; nothing but documentation comes of them.";
    SWAGGER = "swagger": "Swagger 2.0 is not supported. Convert the document to OpenAPI 3, for example with swagger2openapi, and generate from that.";
}

//! Each rule with a document that breaks it and one that does not.

use super::findings;
use crate::document::Source;

/// The codes of all findings in a document with these members after `info`.
fn codes(rest: &str) -> Vec<&'static str> {
    let text = format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{rest}\n");
    let (_, found) = findings(&Source::text("t.yaml", text));
    let mut codes: Vec<&str> = found.iter().map(|item| item.code.as_str()).collect();
    codes.dedup();
    codes
}

/// The codes of all findings in a document with these component schemas.
fn schema_codes(schemas: &str) -> Vec<&'static str> {
    codes(&format!("components: {{schemas: {schemas}}}"))
}

const OK: &str = "responses: {'200': {description: ok}, 4XX: {description: no}}";

#[test]
fn operation_ids_are_unique() {
    let paths = |a: &str, b: &str| {
        codes(&format!(
            "paths: {{/a: {{get: {{operationId: {a}, {OK}}}}}, /b: {{get: {{operationId: {b}, {OK}}}}}}}"
        ))
    };
    assert_eq!(paths("x", "x"), ["duplicate-operation-id"]);
    assert!(paths("x", "y").is_empty());
}

#[test]
fn paths_can_be_told_apart() {
    let paths = |a: &str, b: &str| {
        let item = |key: &str| {
            let names = key.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
            let parameters = names
                .map(|name| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}"));
            let parameters = parameters.collect::<Vec<_>>().join(", ");
            format!("'{key}': {{get: {{parameters: [{parameters}], {OK}}}}}")
        };
        codes(&format!("paths: {{{}, {}}}", item(a), item(b)))
    };
    assert_eq!(paths("/a/{b}", "/a/{c}"), ["ambiguous-path"]);
    assert!(paths("/a/mine", "/a/{c}").is_empty());
    assert!(paths("/a/{x}/", "/a/{x}").is_empty());
    assert_eq!(paths("/{entity}/me", "/books/{id}"), ["overlapping-paths"]);
    assert_eq!(paths("/{a}/b/{c}", "/d/{e}/f"), ["overlapping-paths"]);
    assert!(paths("/{a}/b/c", "/d/{e}/f").is_empty());
    assert!(paths("/{a}/b/{c}", "/d/{e}").is_empty());
    assert!(paths("/{a}/b", "/{c}/{d}").is_empty(), "the first is the more specific");
    assert!(paths("/a#x", "/a#y").contains(&"unreachable-path"));
}

#[test]
fn path_variables_and_parameters_agree() {
    let with = |parameters: &str| {
        codes(&format!("paths: {{'/a/{{b}}': {{get: {{parameters: [{parameters}], {OK}}}}}}}"))
    };
    assert_eq!(with(""), ["undeclared-path-parameter"]);
    assert!(with("{name: b, in: path, required: true, schema: {type: string}}").is_empty());
    assert_eq!(with("{name: b, in: path, schema: {type: string}}"), ["optional-path-parameter"]);
    let both =
        "{name: b, in: path, required: true, schema: {}}, {name: c, in: path, required: true, schema: {}}";
    assert_eq!(with(both), ["unused-path-parameter"]);
}

#[test]
fn query_keys_do_not_clash() {
    let object = "{name: f, in: query, schema: {type: object, properties: {r: {type: string}}}}";
    let with =
        |other: &str| codes(&format!("paths: {{/a: {{get: {{parameters: [{object}, {other}], {OK}}}}}}}"));
    assert_eq!(with("{name: r, in: query, schema: {type: string}}"), ["parameter-clash"]);
    assert!(with("{name: f2, in: query, schema: {type: string}}").is_empty());
    assert_eq!(with("{name: 'a b', in: header, schema: {type: string}}"), ["invalid-header-name"]);
    assert_eq!(
        with("{name: p, in: query, style: pipeDelimited, schema: {type: string}}"),
        ["undefined-style-cell"]
    );
    assert_eq!(with("{name: p, in: query, style: matrix, schema: {type: string}}"), ["undefined-style"]);
}

#[test]
fn bounds_patterns_and_enums_make_sense() {
    assert_eq!(schema_codes("{A: {minimum: 2, maximum: 1}}"), ["empty-range"]);
    assert_eq!(schema_codes("{A: {exclusiveMinimum: 1, maximum: 1}}"), ["empty-range"]);
    assert!(schema_codes("{A: {minimum: 1, maximum: 1}}").is_empty());
    assert_eq!(schema_codes("{A: {minLength: -1}}"), ["invalid-bound"]);
    assert_eq!(schema_codes("{A: {multipleOf: 0}}"), ["invalid-bound"]);
    assert!(schema_codes("{A: {minLength: 1.0, maxLength: 1e2}}").is_empty());
    assert_eq!(schema_codes("{A: {pattern: '^([a-z]+$'}}"), ["invalid-pattern"]);
    assert_eq!(schema_codes("{A: {patternProperties: {'*': {}}}}"), ["invalid-member-pattern"]);
    assert_eq!(schema_codes(r"{A: {pattern: '^[\w-.]+$'}}"), ["legacy-pattern"]);
    assert_eq!(schema_codes("{A: {enum: []}}"), ["empty-enum"]);
    assert_eq!(schema_codes("{A: {enum: [1, 1.0]}}"), ["repeated-enum"]);
    assert_eq!(schema_codes("{A: {type: [string, 'null'], enum: [a]}}"), ["enum-type"]);
    assert_eq!(schema_codes("{A: {type: string, enum: [a, 1]}}"), ["enum-type"]);
}

#[test]
fn schemas_come_to_an_end() {
    let local = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    assert_eq!(schema_codes(&format!("{{A: {}}}", local("A"))), ["circular-schema"]);
    assert_eq!(
        schema_codes(&format!("{{A: {{anyOf: [{{type: string}}, {}]}}}}", local("A"))),
        ["circular-schema"]
    );
    assert!(schema_codes(&format!("{{A: {{type: array, items: {}}}}}", local("A"))).is_empty());
    let heir = format!("{{allOf: [{}, {{properties: {{x: {{type: string}}}}}}]}}", local("Base"));
    let base = format!("{{oneOf: [{}], properties: {{t: {{type: string}}}}}}", local("Heir"));
    assert_eq!(schema_codes(&format!("{{Base: {base}, Heir: {heir}}}")), ["circular-inheritance"]);
    let object = |required: &str| {
        format!("{{A: {{type: object, required: [{required}], properties: {{a: {}}}}}}}", local("A"))
    };
    assert_eq!(schema_codes(&object("a")), ["infinite-schema"]);
    assert!(schema_codes(&object("")).is_empty());
}

#[test]
fn compositions_do_what_they_seem_to() {
    let closed = "{A: {allOf: [{properties: {a: {}}, additionalProperties: false}, {properties: {b: {}}}]}}";
    assert_eq!(schema_codes(closed), ["closed-branch"]);
    assert_eq!(schema_codes("{A: {oneOf: [{type: [object, 'null']}, {type: 'null'}]}}"), ["null-twice"]);
    let pets = |tag: &str| {
        let pet = |name: &str| format!("{name}: {{type: object, required: [t], properties: {{t: {tag}}}}}");
        let refs = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]";
        schema_codes(&format!(
            "{{{}, {}, Pet: {{{refs}, discriminator: {{propertyName: t}}}}}}",
            pet("Cat"),
            pet("Dog")
        ))
    };
    assert_eq!(pets("{type: string}"), ["open-discriminator"]);
    assert!(pets("{const: x}").is_empty());
    assert_eq!(schema_codes("{A: {type: string, nullable: true}}"), ["nullable"]);
}

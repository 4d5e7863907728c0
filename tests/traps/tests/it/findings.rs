//! T01 to T23: what the generator says, and what schemas mean once they are generated. `tests/golden` has the tables.

use counterpart::diagnostic::Severity;
use counterpart::{Options, Source, generate};
use counterpart_runtime::{Json, Typed, decode, encode};
use serde_json::json;
use test_traps::schemas::types::{Base, Kid, Patterns, Pet};
use test_wire::{get, send};

use crate::{OK, findings, findings_of, parameter_findings, refusal, schema_findings};

#[tokio::test]
async fn t01_siblings_of_a_reference_object_are_dead() {
    let server = test_traps::requests().await;
    assert_eq!(get(server, "GET /t01").await.json(), json!({}), "`limit` stays optional");
    let limit = "components: {parameters: {L: {name: l, in: query, schema: {type: integer}}}}";
    let sibling = |sibling: &str| {
        let parameters = format!("parameters: [{{$ref: '#/components/parameters/L', {sibling}}}]");
        findings(&format!("{limit}\npaths: {{/a: {{get: {{{parameters}, {OK}}}}}}}"))
    };
    assert_eq!(sibling("required: true"), ["warning ignored-reference-sibling"]);
    assert!(sibling("description: fine").is_empty());
}

#[test]
fn t02_references_mean_their_resource() {
    let pet = |reference: &str| {
        schema_findings(&format!(
            "{{T: {{type: integer}}, Pet: {{$id: 'https://ex.com/pet', type: object, properties: {{x: {{$ref: '{reference}'}}}}}}}}"
        ))
    };
    assert_eq!(pet("#/components/schemas/T"), ["error unresolved-reference"]);
    assert!(pet("#/properties/y").contains(&"error unresolved-reference".to_owned()));
    let found = findings(
        "paths: {'/pets/{id}': {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}],\n\
         responses: {'200': {description: ok}, '201': {$ref: '#/paths/~1pets~1%7Bid%7D/get/responses/200'}}}}}",
    );
    assert!(found.iter().all(|finding| finding.starts_with("warning")), "{found:?}");
}

#[test]
fn t05_null_is_no_habit() {
    assert_eq!(schema_findings("{A: {type: [string, 'null'], enum: [a, b]}}"), ["warning enum-type"]);
    assert_eq!(schema_findings("{B: {type: string, nullable: true}}"), ["warning nullable"]);
    let twice =
        "{O: {type: [object, 'null']}, C: {oneOf: [{$ref: '#/components/schemas/O'}, {type: 'null'}]}}";
    assert_eq!(schema_findings(twice), ["warning null-twice"]);
}

#[tokio::test]
async fn t06_media_types_without_a_schema() {
    let server = test_traps::requests().await;
    let bytes = ["Content-Type: application/octet-stream"];
    assert_eq!(send(server, "POST /t06", &bytes, b"\xff\x00{").await.json(), json!(3), "bytes as they are");
    let reply = send(server, "POST /t34", &["Content-Type: application/json"], b"[null]").await;
    assert_eq!(reply.status(), 200, "any JSON");
    let reply = send(server, "POST /t34", &["Content-Type: application/json"], b"[null").await;
    assert_eq!(reply.status(), 400, "but JSON");
}

#[tokio::test]
async fn t07_numbers_out_of_range_are_violations() {
    let server = test_traps::requests().await;
    let reply = get(server, "GET /t27?page=2147483648").await;
    assert_eq!(refusal(&reply), (422, "query page format".to_owned()));
    let reply = get(server, "GET /t28?limit=12345678901234567890123").await;
    assert!(reply.text().contains("12345678901234567890123"), "{}", reply.text());
}

/// The table of T10, through a generated type.
#[test]
fn t10_patterns_are_those_of_ecma_262() {
    let matches = |name: &str, text: &str| {
        let body = Json::Object([(name.to_owned(), Json::from(text))].into_iter().collect());
        decode::<Patterns>(body.to_string().as_bytes()).is_ok()
    };
    for (name, text) in [
        ("search", "xfoox"),
        ("digits", "123"),
        ("word", "a_1"),
        ("space", "\u{feff}"),
        ("any", "💩"),
        ("amp", "&"),
        ("ahead", "root"),
        ("back", "aa"),
        ("behind", "ab"),
        ("bracket", "a]"),
        ("control", "\u{3}"),
        ("all", "\n"),
        ("legacy", "a-b.c"),
        ("dash", "-"),
        ("brace", "a{,3}"),
    ] {
        assert!(matches(name, text), "{name} {text:?}");
    }
    for (name, text) in [
        ("search", "fo"),
        ("digits", "١٢٣"),
        ("digits", "123\n"),
        ("word", "é"),
        ("space", "\u{85}"),
        ("any", "\r"),
        ("any", "\u{2028}"),
        ("amp", "c"),
        ("ahead", "adminx"),
        ("back", "ab"),
        ("behind", "b"),
        ("bracket", "["),
        ("all", ""),
        ("legacy", "a b"),
        ("brace", "aaa"),
    ] {
        assert!(!matches(name, text), "{name} {text:?}");
    }
    let pattern = |pattern: &str| schema_findings(&format!("{{S: {{type: string, pattern: '{pattern}'}}}}"));
    for invalid in ["^[a--]$", "^(?i)abc$", r"a\Z", "^([a-z]+$"] {
        assert_eq!(pattern(invalid), ["error invalid-pattern"], "{invalid}");
    }
    for legacy in [r"^[\w-.]+$", r"^\-$", "^a{,3}$"] {
        assert_eq!(pattern(legacy), ["warning legacy-pattern"], "{legacy}");
    }
}

#[test]
fn t12_a_closed_branch_is_named() {
    let found = schema_findings(
        "{A: {allOf: [{properties: {a: {}}, additionalProperties: false}, {properties: {b: {}}}]}}",
    );
    assert_eq!(found, ["warning closed-branch"]);
}

fn same<T: Typed>(text: &str) {
    let value = decode::<T>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(String::from_utf8(encode(&value).unwrap()).unwrap(), text);
}

#[test]
fn t18_every_key_of_a_mapping_selects_and_is_kept() {
    for (t, variant) in [("dog", "Dog"), ("k9", "Dog"), ("Dog", "Dog"), ("Cat", "Cat"), ("bird", "Bird")] {
        let text = format!("{{\"t\":\"{t}\"}}");
        same::<Pet>(&text);
        let found = match decode::<Pet>(text.as_bytes()).unwrap() {
            Pet::Cat(_) => "Cat",
            Pet::Dog(_) => "Dog",
            Pet::Bird(_) => "Bird",
        };
        assert_eq!(found, variant, "{t}");
    }
    assert!(decode::<Pet>(br#"{"t":"Fish"}"#).is_err());
    let found = schema_findings(
        "{D: {type: object, required: [t], properties: {t: {const: d}}},\n\
         P: {oneOf: [{$ref: '#/components/schemas/D'}], discriminator: {propertyName: t, mapping: {d: ./D}}}}",
    );
    assert!(found.contains(&"warning discriminator-mapping".to_owned()), "`./D` is a URI: {found:?}");
}

#[test]
fn t19_a_discriminator_is_a_hint() {
    same::<Base>(r#"{"t":"Kid"}"#);
    same::<Base>(r#"{"t":"Kid","z":{"n":1.5},"u":null}"#);
    assert!(decode::<Kid>(br#"{"t":"Kid"}"#).is_err(), "`z` is required of a `Kid`");
    let branch =
        |name: &str| format!("{name}: {{type: object, required: [t], properties: {{t: {{type: string}}}}}}");
    let found = schema_findings(&format!(
        "{{{}, {}, P: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], \
         discriminator: {{propertyName: t}}}}}}",
        branch("Cat"),
        branch("Dog")
    ));
    assert_eq!(found, ["warning open-discriminator"]);
}

/// The lenient mode: a value is held against the branch that it names, by the mapping or the name of the component.
#[tokio::test]
async fn t19_a_discriminator_may_select() {
    let server = test_traps::pets().await;
    let put = async |body: &str| {
        send(server, "PUT /pet", &["Content-Type: application/json"], body.as_bytes()).await
    };
    for body in [r#"{"t":"Cat"}"#, r#"{"t":"Cat","n":1}"#, r#"{"t":"k9","m":2}"#, r#"{"t":"Dog"}"#] {
        let reply = put(body).await;
        assert_eq!((reply.status(), reply.text().as_str()), (200, body));
    }
    let small = put(r#"{"t":"Cat","n":0}"#).await;
    assert_eq!(
        (small.status(), &small.json()["details"][1]["field"]),
        (422, &json!("/n")),
        "{}",
        small.text()
    );
    assert_eq!(put(r#"{"t":"Dog","n":0}"#).await.status(), 200, "`n` is no member of a dog");
    let fish = put(r#"{"t":"Fish"}"#).await;
    assert_eq!(refusal(&fish), (422, "body /t oneOf".to_owned()));
    assert!(fish.text().contains("Cat") && fish.text().contains("k9"), "{}", fish.text());
    assert_eq!(refusal(&put("{}").await).0, 422);
    let client = test_traps::pets::Client::new(&format!("http://{server}")).unwrap();
    let cat = test_traps::pets::types::Cat { t: "Cat".to_owned(), n: None };
    let pet = test_traps::pets::types::Pet::Cat(cat);
    assert_eq!(client.put(&pet).send().await.unwrap(), pet);
}

/// Policy: habits of real documents are warnings: null for no default, the text of a value, words for what is no number.
/// None is filled in where its type is wrong.
#[test]
fn t21_a_default_is_a_value_of_its_schema() {
    let default = |keywords: &str| schema_findings(&format!("{{N: {{{keywords}}}}}"));
    let wrong = ["error default-violates-schema"];
    assert_eq!(default("type: integer, default: oops"), wrong);
    assert_eq!(default("type: [number, 'null'], default: much"), wrong);
    let parameter = "{name: n, in: query, schema: {type: integer, default: oops}}";
    assert_eq!(parameter_findings(parameter), wrong);
    let found = findings_at("{name: n, in: query, schema: {type: integer, default: oops}}");
    assert_eq!(found, ["default-violates-schema 5"], "with its line");
    for habit in [
        "type: integer, default: null",
        "type: integer, default: '20'",
        "type: [number, 'null'], default: []",
        "type: integer, minimum: 1, default: 0",
        "type: boolean, default: auto",
    ] {
        assert_eq!(default(habit), ["warning default-violates-schema"], "{habit}");
    }
    assert!(default("type: integer, default: 1.0").is_empty());
}

/// The findings about a parameter, with their lines.
fn findings_at(parameter: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\npaths:\n  /a: {{get: {{{OK}, parameters: [\n{parameter}]}}}}\n"
    );
    let rejected = generate(&Source::text("t.yaml", text), &Options::new()).expect_err("it has an error");
    let errors = rejected.diagnostics.iter().filter(|item| item.severity == Severity::Error);
    errors
        .map(|item| format!("{} {}", item.code, rejected.sources.line_column(item.at).unwrap().line))
        .collect()
}

#[test]
fn t22_formats_of_3_0_mean_nothing_in_3_1() {
    for format in ["byte", "binary"] {
        assert_eq!(
            schema_findings(&format!("{{S: {{type: string, format: {format}}}}}")),
            ["warning legacy-format"]
        );
    }
    let old = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {S: {type: string, format: byte}}}";
    assert!(findings_of(old).is_empty());
}

#[test]
fn t23_recursion_has_an_end() {
    let bad = "{Bad: {type: object, required: [me], properties: {me: {$ref: '#/components/schemas/Bad'}}}}";
    assert_eq!(schema_findings(bad), ["error infinite-schema"]);
    assert_eq!(schema_findings("{Loop: {$ref: '#/components/schemas/Loop'}}"), ["error circular-schema"]);
    let node = "{Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}}}}";
    assert!(schema_findings(node).is_empty());
}

#[tokio::test]
async fn t23_deep_bodies_are_refused() {
    let server = test_traps::requests().await;
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let reply = send(server, "POST /t34", &["Content-Type: application/json"], deep.as_bytes()).await;
    assert_eq!((reply.status(), &reply.json()["code"]), (400, &json!("MALFORMED_BODY")));
}

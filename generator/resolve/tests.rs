pub(crate) mod corpus;
mod schemas;

use crate::contract::{Contract, Location, ParameterKind, PathPart, StatusPattern, Style};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::{self, Source};
use crate::source::Sources;

/// The contract in a text, which stays as long as the tests run, and the findings.
fn read(text: &str) -> (Contract<'static>, Vec<Diagnostic>) {
    let (sources, mut diagnostics) = (Box::leak(Box::new(Sources::default())), Diagnostics::default());
    let document =
        document::open(&Source::text("t.yaml", text), sources, &mut diagnostics).expect("a document");
    let contract = super::contract(document, sources, &mut diagnostics).expect("a contract");
    let found = diagnostics.iter().cloned().collect();
    (contract, found)
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|item| item.code.as_str()).collect()
}

fn head(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: t, version: '1'}}\n{rest}\n")
}

#[test]
fn siblings_of_a_parameter_reference_are_ignored() {
    let (contract, found) = read(&head(
        "3.1.0",
        "components: {parameters: {Limit: {name: limit, in: query, description: a, schema: {type: integer}}}}
paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Limit', required: true, description: b}], responses: {'200': {description: ok}}}}}",
    ));
    let parameter = &contract.operations[0].parameters[0];
    assert!(!parameter.required);
    assert_eq!(parameter.description.as_deref(), Some("b"));
    assert_eq!(codes(&found), ["ignored-reference-sibling"]);
}

#[test]
fn parameters_are_merged_by_name_and_place() {
    let (contract, _) = read(&head(
        "3.1.0",
        "paths:
  /x/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: v, in: query, schema: {type: string}}]
    get:
      parameters: [{name: v, in: query, required: true, schema: {type: integer}}, {name: id, in: query, schema: {type: string}}, {name: aCCept, in: header, schema: {type: string}}]
      responses: {}",
    ));
    let parameters = &contract.operations[0].parameters;
    let shapes: Vec<_> =
        parameters.iter().map(|one| (one.name.as_str(), one.location, one.required)).collect();
    let wanted = [("id", Location::Path, true), ("v", Location::Query, true), ("id", Location::Query, false)];
    assert_eq!(shapes, wanted);
}

#[test]
fn a_body_of_no_media_type_is_none() {
    let (contract, found) = read(&head(
        "3.1.0",
        "paths: {/a: {put: {requestBody: {content: {}}, responses: {'2XX': {description: ok, content: {}}}}}}",
    ));
    assert!(contract.operations[0].request_body.is_none());
    assert_eq!(codes(&found), ["absent-field"]);
}

#[test]
fn styles_have_the_defaults_of_their_places() {
    let parameter = |name: &str, place: &str, more: &str| {
        format!("{{name: {name}, in: {place}, required: true, {more} schema: {{type: array}}}}")
    };
    let list = [
        parameter("p", "path", ""),
        parameter("q", "query", ""),
        parameter("r", "query", "style: pipeDelimited,"),
        parameter("d", "query", "style: deepObject,"),
        parameter("h", "header", ""),
        parameter("c", "cookie", ""),
    ];
    let text =
        format!("paths: {{'/{{p}}': {{get: {{parameters: [{}], responses: {{}}}}}}}}", list.join(", "));
    let (contract, _) = read(&head("3.1.0", &text));
    let styles: Vec<_> = contract.operations[0]
        .parameters
        .iter()
        .map(|parameter| match parameter.kind {
            ParameterKind::Schema { style, explode, .. } => (style, explode),
            ParameterKind::Content(_) => panic!("content"),
        })
        .collect();
    let wanted = [
        (Style::Simple, false),
        (Style::Form, true),
        (Style::PipeDelimited, false),
        (Style::DeepObject, true),
        (Style::Simple, false),
        (Style::Form, true),
    ];
    assert_eq!(styles, wanted);
}

#[test]
fn pointers_reach_into_the_middle_of_the_document() {
    let (contract, found) = read(&head(
        "3.1.0",
        "paths:
  '/pets/{id}':
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: first}}}
  /b: {get: {responses: {'200': {$ref: '#/paths/~1pets~1%7Bid%7D/get/responses/200'}}}}",
    ));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(contract.operations[1].responses[0].description, "first");
    let wanted = [vec![PathPart::Literal("pets".to_owned())], vec![PathPart::Variable("id".to_owned())]];
    assert_eq!(contract.operations[0].path.segments, wanted);
}

#[test]
fn circular_references_between_objects_are_errors() {
    let (_, found) = read(&head(
        "3.1.0",
        "components: {responses: {A: {$ref: '#/components/responses/B'}, B: {$ref: '#/components/responses/A'}}}
paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A'}}}}}",
    ));
    assert_eq!(codes(&found), ["circular-reference"]);
}

#[test]
fn status_keys_are_codes_ranges_and_default() {
    let (contract, found) = read(&head(
        "3.1.0",
        "paths: {/a: {get: {responses: {200: {description: a}, 4XX: {description: b}, 5xx: {description: c}, default: {description: d}, 20x: {description: e}, x-a: 1}}}}",
    ));
    let keys: Vec<_> = contract.operations[0].responses.iter().map(|response| response.status).collect();
    let wanted =
        [StatusPattern::Code(200), StatusPattern::Range(4), StatusPattern::Range(5), StatusPattern::Default];
    assert_eq!(keys, wanted);
    assert_eq!(codes(&found), ["status-case", "invalid-status"]);
}

#[test]
fn security_is_inherited_replaced_and_removed() {
    let (contract, found) = read(&head(
        "3.1.0",
        "security: [{key: [], sig: []}, {}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X}, sig: {type: http, scheme: BEARER}}}
paths:
  /a: {get: {responses: {}}}
  /b: {get: {security: [], responses: {}}}
  /c: {get: {security: [{keyy: []}], responses: {}}}",
    ));
    let shape =
        |index: usize| -> Vec<usize> { contract.operations[index].security.iter().map(Vec::len).collect() };
    assert_eq!((shape(0), shape(1)), (vec![2, 0], vec![]));
    assert_eq!(codes(&found), ["unknown-security-scheme"]);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `key`?"));
    assert_eq!(contract.security_schemes.len(), 3);
}

#[test]
fn path_items_are_merged_with_what_they_refer_to() {
    let (contract, found) = read(&head(
        "3.1.0",
        "components: {pathItems: {P: {get: {summary: theirs, responses: {}}, put: {responses: {}}}}}
paths: {/a: {$ref: '#/components/pathItems/P', get: {summary: mine, responses: {}}}}",
    ));
    assert_eq!(contract.operations.len(), 2);
    assert_eq!(contract.operations[0].summary.as_deref(), Some("mine"));
    assert_eq!(codes(&found), ["path-item-siblings"]);
}

#[test]
fn what_3_2_adds_is_read() {
    let (contract, found) = read(&head(
        "3.2.0",
        "paths:
  /a:
    query: {responses: {'200': {description: a, content: {application/jsonl: {itemSchema: {type: object}}}}}}
    additionalOperations: {Copy: {responses: {}}, POST: {responses: {}}}",
    ));
    let methods: Vec<_> = contract.operations.iter().map(|operation| operation.method.as_str()).collect();
    assert_eq!(methods, ["QUERY", "Copy"]);
    assert!(contract.operations[0].responses[0].content[0].item_schema.is_some());
    assert_eq!(codes(&found), ["invalid-value"]);
}

#[test]
fn unknown_fields_are_named_with_what_was_meant() {
    let (_, found) = read(&head("3.1.0", "paths: {/a: {get: {desciption: x, responses: {}}}}"));
    assert_eq!(codes(&found), ["unknown-field"]);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `description`?"));
}

#[test]
fn components_that_nothing_refers_to_are_read_too() {
    let (contract, found) = read(&head(
        "3.1.0",
        "components:
  parameters: {Used: {name: a, in: query, schema: {}, foo: 1}, Spare: {name: b, in: nowhere, schema: {}}}
  links: {L: {operationRef: '#/paths/~1b/get'}}
  examples: {E: {value: 1, externalValue: x}}
  responses: {R: {description: d, content: {a/b: {schema: {type: strin}}}}}
paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/Used'}], responses: {}}}}",
    ));
    assert_eq!((contract.spare.parameters.len(), contract.spare.responses.len()), (0, 1));
    let expected = ["unknown-field", "invalid-value", "link-target", "example-and-examples", "unknown-type"];
    assert_eq!(codes(&found), expected);
    assert!(found.iter().all(|finding| finding.others.is_empty()), "{found:?}");
}

#[test]
fn callbacks_hold_operations() {
    let (contract, _) = read(&head(
        "3.1.0",
        "paths: {/a: {post: {responses: {}, callbacks: {done: {'{$request.body#/url}': {post: {responses: {}}}}}}}}",
    ));
    let callback = &contract.operations[0].callbacks[0];
    assert_eq!((callback.name.as_str(), callback.operations.len()), ("done", 1));
    assert_eq!(callback.operations[0].path.text, "{$request.body#/url}");
}

#[test]
fn what_nothing_depends_on_may_be_missing() {
    let (_, found) = read(&head(
        "3.0.3",
        "paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: string, pattern: null, oneOf: null}, examples: {a: {$ref: '#/components/examples/a'}}}}
          links: {a: {$ref: '#/components/links/a'}}",
    ));
    assert!(found.iter().all(|item| item.severity == Severity::Warning), "{found:?}");
    assert_eq!(codes(&found), ["mended-type", "mended-type", "unresolved-reference", "unresolved-reference"]);
}

#[test]
fn a_name_that_is_percent_encoded_is_found_by_its_spelling() {
    let of = |name: &str| {
        read(&head(
            "3.0.3",
            &format!(
                "components: {{schemas: {{'Pick_%22a%22': {{type: string}}, B: {{$ref: '#/components/schemas/{name}'}}}}}}"
            ),
        ))
    };
    let (contract, found) = of("Pick_%22a%22");
    let target = contract.schemas.get(contract.components[1].1).keywords().unwrap().reference;
    assert_eq!((target, codes(&found)), (Some(contract.components[0].1), vec!["mended-type"]));
    assert!(of("Pick_%2522a%2522").1.is_empty());
}

#[test]
fn the_default_of_a_server_variable_is_one_of_its_values() {
    let text = "servers: [{url: 'https://{host}', variables: {host: {default: a, enum: [b, b]}}}]\npaths: {}";
    let (contract, found) = read(&head("3.0.3", text));
    assert_eq!(contract.servers[0].variables[0].values, ["b", "a"]);
    assert_eq!(codes(&found), ["server-variable"]);
}

#[test]
fn a_list_of_items_is_a_tuple() {
    for version in ["3.0.3", "3.1.0"] {
        let (contract, found) = read(&head(
            version,
            "components: {schemas: {A: {type: array, items: [{type: string}, {type: integer}]}}}",
        ));
        let keywords = contract.schemas.get(contract.components[0].1).keywords().unwrap();
        assert_eq!((keywords.prefix_items.len(), keywords.items), (2, None));
        assert_eq!(codes(&found), ["mended-type"]);
    }
}

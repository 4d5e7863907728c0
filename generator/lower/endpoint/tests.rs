use counterpart_runtime::Json;

use crate::{
    contract::{
        Callback, Contract, Encodings, Keywords, Location, MediaType, Method, Operation, Origin, Parameter,
        ParameterKind, PathPart, PathTemplate, RequestBody, Requirement, Response, Schema, SchemaBody,
        SchemaId, Schemas, SchemeKind, SecurityScheme, Server, Spare, StatusPattern, Style, Type, Version,
    },
    diagnostic::Diagnostics,
    ir::{Access, BodyKind, Endpoint, Ir, Status, TypeRef},
    lower::Reach,
    options::Options,
    source::{Sources, Span},
};

fn schema<'s>(schemas: &mut Schemas<'s>, keywords: Keywords<'s>) -> SchemaId {
    schemas.push(Schema { at: Span::NONE, body: SchemaBody::Object(keywords) })
}

fn of_type(schemas: &mut Schemas, ty: Type) -> SchemaId {
    schema(schemas, Keywords { types: Some([ty].into()), ..Keywords::default() })
}

fn media(name: &str, schema: Option<SchemaId>) -> MediaType {
    let (item_schema, encodings, examples) = (None, Encodings::default(), Vec::new());
    MediaType { at: Span::NONE, name: name.to_owned(), schema, item_schema, encodings, examples }
}

fn operation() -> Operation {
    Operation {
        at: Span::NONE,
        origin: Origin::Path("/pets/{petId}".to_owned()),
        method: Method::Get,
        path: PathTemplate {
            text: "/pets/{petId}".to_owned(),
            segments: vec![
                vec![PathPart::Literal("pets".to_owned())],
                vec![PathPart::Variable("petId".to_owned())],
            ],
            query: None,
        },
        id: None,
        tags: Vec::new(),
        summary: Some("Shows a pet.".to_owned()),
        description: Some("Shows a pet. At once.".to_owned()),
        deprecated: false,
        parameters: Vec::new(),
        request_body: None,
        responses: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        callbacks: Vec::new(),
    }
}

fn response(status: StatusPattern, content: Vec<MediaType>) -> Response {
    Response {
        at: Span::NONE,
        status,
        description: "fine".to_owned(),
        headers: Vec::new(),
        content,
        links: Vec::new(),
        component: None,
    }
}

fn contract(operations: Vec<Operation>, schemas: Schemas<'_>) -> Contract<'_> {
    let scheme =
        |name: &str, kind| SecurityScheme { at: Span::NONE, name: name.to_owned(), description: None, kind };
    Contract {
        version: Version::V3_1,
        title: String::new(),
        api_version: String::new(),
        description: None,
        servers: Vec::new(),
        tags: Vec::new(),
        operations,
        webhooks: Vec::new(),
        spare: Spare::default(),
        security_schemes: vec![
            scheme("key", SchemeKind::ApiKey(Location::Header, "X-Key".to_owned())),
            scheme("login", SchemeKind::OAuth2),
        ],
        components: Vec::new(),
        names: std::collections::BTreeMap::new(),
        schemas,
        nested: std::collections::BTreeSet::new(),
        idle: std::collections::BTreeSet::new(),
        has_xml: false,
        at: Span::NONE,
    }
}

fn lower(mut contract: Contract<'_>) -> (Ir, Diagnostics) {
    let (mut diagnostics, reach) = (Diagnostics::default(), Reach::of(&contract, &Options::new()));
    let ir =
        crate::lower::contract(&mut contract, &reach, &Sources::default(), &Options::new(), &mut diagnostics);
    (ir, diagnostics)
}

fn line(ir: &Ir) -> Json {
    Json::parse(ir.operations[0].as_bytes()).unwrap()
}

#[test]
fn an_operation_is_named_documented_and_written_down() {
    let mut schemas = Schemas::default();
    let text = of_type(&mut schemas, Type::String);
    let mut operation = operation();
    operation.parameters.push(Parameter {
        at: Span::NONE,
        shared: None,
        name: "petId".to_owned(),
        location: Location::Path,
        description: None,
        required: true,
        deprecated: false,
        allow_empty: false,
        kind: ParameterKind::Schema {
            schema: text,
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
        },
        examples: Vec::new(),
    });
    operation.security = vec![
        vec![Requirement { scheme: "key".to_owned(), scopes: Vec::new() }],
        vec![Requirement { scheme: "login".to_owned(), scopes: vec!["read".to_owned()] }],
    ];
    let (ir, _) = lower(contract(vec![operation], schemas));
    let endpoint = &ir.endpoints[0];
    assert_eq!(endpoint.wish, "get pets by petId");
    assert_eq!(endpoint.docs, "Shows a pet. At once.");
    assert_eq!(endpoint.access, Access::Required);
    assert_eq!(endpoint.parameters[0].ty, TypeRef::String);
    let expected = r#"{"id":"get pets by petId","method":"GET","path":"/pets/{petId}",
        "parameters":[{"name":"petId","in":"path","required":true,"style":"simple","shape":"string","schema":0,
            "exact":true}],
        "responses":[{"status":"default"}],
        "security":[[{"scheme":"key","kind":{"apiKey":{"in":"header","name":"X-Key"}}}],
            [{"scheme":"login","kind":"oauth2","scopes":["read"]}]]}"#;
    assert_eq!(line(&ir), Json::parse(expected.as_bytes()).unwrap());
}

#[test]
fn an_operation_without_responses_may_answer_anything() {
    let (ir, _) = lower(contract(vec![operation()], Schemas::default()));
    assert_eq!(ir.endpoints[0].outcomes[0].status, Status::Default);
    assert_eq!(ir.endpoints[0].access, Access::Public);
}

#[test]
fn anonymous_beside_credentials_is_optional() {
    let mut operation = operation();
    operation.security = vec![vec![Requirement { scheme: "key".to_owned(), scopes: Vec::new() }], Vec::new()];
    let (ir, _) = lower(contract(vec![operation], Schemas::default()));
    assert_eq!(ir.endpoints[0].access, Access::Optional);
    assert_eq!(line(&ir).get("security").and_then(Json::as_array).map(<[Json]>::len), Some(2));
}

#[test]
fn media_types_are_told_apart() {
    let mut schemas = Schemas::default();
    let text = of_type(&mut schemas, Type::String);
    let object = of_type(&mut schemas, Type::Object);
    let list = schema(
        &mut schemas,
        Keywords { types: Some([Type::Array].into()), items: Some(text), ..Keywords::default() },
    );
    let content = vec![
        media("application/json; charset=utf-8", Some(object)),
        media("application/vnd.x+json", Some(object)),
        media("*/*", Some(object)),
        media("text/plain", Some(text)),
        media("text/csv", Some(object)),
        media("application/protobuf", Some(object)),
        media("image/png", None),
        media("text/event-stream", Some(object)),
        media("text/event-stream; x=1", Some(list)),
        media("application/x-ndjson", Some(list)),
        media("application/json-seq", Some(list)),
    ];
    let mut operation = operation();
    operation.responses = vec![response(StatusPattern::Code(200), content)];
    let (ir, diagnostics) = lower(contract(vec![operation], schemas));
    let bodies = &ir.endpoints[0].outcomes[0].bodies;
    let kinds: Vec<BodyKind> = bodies.iter().map(|body| body.kind).collect();
    use BodyKind::{Binary, EventData, Events, Json, JsonLines, JsonSeq, Text};
    assert_eq!(kinds, [Json, Text, Text, Binary, Binary, EventData, Events, JsonLines, JsonSeq]);
    assert_eq!(bodies[0].media.len(), 3);
    assert_eq!(bodies[2].ty, None);
    assert_eq!(bodies[6].ty, Some(TypeRef::String));
    let codes: Vec<&str> = diagnostics.iter().map(|item| item.code.as_str()).collect();
    assert_eq!(codes, ["untyped-body", "untyped-text"]);
}

#[test]
fn statuses_that_have_no_body_get_none() {
    let mut operation = operation();
    operation.responses = vec![response(StatusPattern::Code(204), vec![media("application/json", None)])];
    let (ir, _) = lower(contract(vec![operation], Schemas::default()));
    assert!(ir.endpoints[0].outcomes[0].bodies.is_empty());
}

#[test]
fn webhooks_and_callbacks_are_operations_with_paths_of_their_own() {
    let mut schemas = Schemas::default();
    let member = of_type(&mut schemas, Type::Integer);
    let keywords = Keywords {
        types: Some([Type::Object].into()),
        properties: [("n", member)].into(),
        ..Keywords::default()
    };
    let object = schema(&mut schemas, keywords);
    let webhook = Operation {
        origin: Origin::Webhook("petAdded".to_owned()),
        request_body: Some(RequestBody {
            at: Span::NONE,
            description: None,
            required: true,
            content: vec![media("application/json", Some(object))],
            component: None,
        }),
        ..operation()
    };
    let called_back = |url: &str, method: Method| {
        let origin = Origin::Callback("on status".to_owned(), url.to_owned());
        let (url, variables) = ("https://elsewhere".to_owned(), Vec::new());
        let servers = vec![Server { at: Span::NONE, url, description: None, variables }];
        Operation { origin, method, servers, ..operation() }
    };
    let operations = vec![
        called_back("{$request.query.url}", Method::Post),
        called_back("{$request.query.url}/end", Method::Post),
        called_back("{$request.query.url}/end", Method::Delete),
    ];
    let callback = Callback { at: Span::NONE, name: "on status".to_owned(), operations };
    let order = Operation { id: Some("order".to_owned()), callbacks: vec![callback], ..operation() };
    let contract = Contract { webhooks: vec![webhook], ..contract(vec![order], schemas) };
    let (ir, diagnostics) = lower(contract);
    assert_eq!(diagnostics.iter().count(), 0);
    assert_eq!((ir.endpoints.len(), ir.types.len(), ir.operations.len()), (1, 1, 5));
    let told = |endpoints: &[Endpoint]| -> Vec<String> {
        let tell = |one: &Endpoint| format!("{} {} {} {}", one.index, one.wish, one.method, one.path);
        endpoints.iter().map(tell).collect()
    };
    assert_eq!(told(&ir.webhooks), ["1 petAdded GET /petAdded"]);
    let expected = [
        "2 order on status POST /order/on-status",
        "3 post order on status 2 POST /order/on-status-2",
        "4 delete order on status 2 DELETE /order/on-status-2",
    ];
    assert_eq!(told(&ir.callbacks), expected);
    assert!(!ir.operations[2].contains("elsewhere"), "its URL comes of the request");
}

#[test]
fn a_callback_that_is_shared_is_one() {
    let shared = || {
        let origin = Origin::Callback("done".to_owned(), "{$url}".to_owned());
        let operations = vec![Operation { origin, ..operation() }];
        vec![Callback { at: Span::NONE, name: "done".to_owned(), operations }]
    };
    let parent = |id: &str| Operation { id: Some(id.to_owned()), callbacks: shared(), ..operation() };
    let (ir, _) = lower(contract(vec![parent("a"), parent("b")], Schemas::default()));
    assert_eq!(ir.callbacks.iter().map(|one| one.wish.as_str()).collect::<Vec<_>>(), ["a done"]);
}

use counterpart_runtime::{Json, Number};

use super::pages;
use crate::{
    diagnostic::Diagnostics,
    ir::{
        Access, BodyInput, BodyKind, BodyVariant, Endpoint, Input, Ir, Outcome, Place, Site, Status, TypeRef,
    },
    names::{self, Names},
    options::{Options, Parts},
    source::{Sources, Span},
};

fn input(wire: &str, place: Place, ty: TypeRef, required: bool) -> Input {
    Input {
        wire: wire.to_owned(),
        place,
        ty,
        checks: Vec::new(),
        required,
        default: None,
        docs: String::new(),
        deprecated: false,
    }
}

fn body(media: &str, kind: BodyKind, ty: Option<TypeRef>) -> BodyVariant {
    BodyVariant { media: vec![media.to_owned()], kind, ty }
}

fn outcome(status: Status, bodies: Vec<BodyVariant>) -> Outcome {
    Outcome { status, docs: "what came of it".to_owned(), headers: Vec::new(), bodies }
}

fn endpoint(wish: &str) -> Endpoint {
    Endpoint {
        at: Span::NONE,
        index: 0,
        wish: wish.to_owned(),
        tag: None,
        site: Site::Path,
        method: "POST".to_owned(),
        path: "/a\"b/`{id}`".to_owned(),
        docs: "*/ }} ` \" \r # {{x}}\n\n```\npanic!()\n```".to_owned(),
        deprecated: true,
        parameters: Vec::new(),
        body: None,
        outcomes: vec![outcome(Status::Code(204), Vec::new())],
        access: Access::Public,
    }
}

/// Every construct at least once.
fn rich() -> Vec<Endpoint> {
    let mut first = endpoint("create order");
    first.access = Access::Optional;
    first.parameters = vec![
        input("id", Place::Path, TypeRef::String, true),
        input("id", Place::Query, TypeRef::Nullable(Box::new(TypeRef::Integer)), false),
        input("is_active", Place::Query, TypeRef::Bool, false),
        input("call", Place::Header, TypeRef::List(Box::new(TypeRef::String)), true),
        Input {
            default: Some(Box::new(Json::Number(Number::from(20)))),
            ..input("limit", Place::Cookie, TypeRef::Int(crate::ir::IntKind::I64), false)
        },
    ];
    first.body = Some(BodyInput {
        required: false,
        docs: String::new(),
        variants: vec![
            body("application/json", BodyKind::Json, Some(TypeRef::Json)),
            body("text/plain", BodyKind::Text, None),
            body("image/png", BodyKind::Binary, None),
        ],
    });
    let headers = vec![
        input("Location", Place::Header, TypeRef::String, true),
        input("call", Place::Header, TypeRef::Integer, false),
    ];
    first.outcomes = vec![
        Outcome {
            headers,
            ..outcome(Status::Code(201), vec![body("application/json", BodyKind::Json, None)])
        },
        outcome(
            Status::Range(2),
            vec![
                body("text/event-stream", BodyKind::EventData, Some(TypeRef::Json)),
                body("application/jsonl", BodyKind::JsonLines, Some(TypeRef::Integer)),
            ],
        ),
        outcome(Status::Default, vec![body("application/json", BodyKind::Json, Some(TypeRef::Json))]),
    ];
    let mut second = endpoint("result");
    let many = ["a", "b", "c", "d", "e", "f", "send"];
    second.parameters = many.iter().map(|name| input(name, Place::Query, TypeRef::String, true)).collect();
    second.access = Access::Required;
    second.outcomes = vec![outcome(Status::Default, Vec::new())];
    vec![endpoint("plain"), first, second]
}

fn render(endpoints: Vec<Endpoint>) -> (Ir, Names) {
    let ir = Ir { endpoints, ..Ir::default() };
    let names = names::assign(&ir, &Options::new(), &Sources::default(), &mut Diagnostics::default());
    (ir, names)
}

fn text((ir, names): &(Ir, Names), path: &str) -> String {
    let page = pages(ir, names, Parts::ALL, None).into_iter().find(|page| page.path == path).unwrap();
    crate::format::page(page).unwrap_or_else(|defect| panic!("{defect}")).text
}

#[test]
fn pages_parse_for_one_operation_and_for_every_construct() {
    for endpoints in [vec![endpoint("plain")], rich()] {
        let pages = render(endpoints);
        for page in ["mod.rs", "server.rs", "client.rs"] {
            text(&pages, page);
        }
    }
}

#[test]
fn webhooks_and_callbacks_have_pages_of_their_own() {
    let hooks = rich().into_iter().map(|one| Endpoint {
        site: Site::Webhook { name: one.wish.clone() },
        path: format!("/{}", one.wish),
        ..one
    });
    let ir = Ir { webhooks: hooks.collect(), callbacks: vec![endpoint("plain")], ..Ir::default() };
    let names = names::assign(&ir, &Options::new(), &Sources::default(), &mut Diagnostics::default());
    let paths = |parts| pages(&ir, &names, parts, None).into_iter().map(|page| page.path).collect::<Vec<_>>();
    assert_eq!(paths(Parts::TYPES), ["mod.rs"]);
    let sender_only = paths(Parts { server: false, client: true });
    let both = ["webhooks/mod.rs", "webhooks/client.rs", "callbacks/mod.rs", "callbacks/client.rs"];
    assert_eq!(sender_only, [["mod.rs"].as_slice(), &both].concat());
    let pages = (ir, names);
    for line in [
        "        url: &str,\n        id: impl AsRef<str>,",
        "pub fn plain(&self, url: &str) -> Plain {",
        ".request_to(&CONTRACT, \"webhooks.plain\", url)",
        "    pub fn new() -> Result<Self, ConfigError> {",
    ] {
        let client = text(&pages, "webhooks/client.rs");
        assert!(client.contains(line), "{line}\n{client}");
    }
    for line in ["A: Receiver", "&paths.create_order,", "create_order: \"/create order\".to_owned(),"] {
        let server = text(&pages, "webhooks/server.rs");
        assert!(server.contains(line), "{line}\n{server}");
    }
    assert!(text(&pages, "mod.rs").contains("pub mod callbacks;"));
}

#[test]
fn pages_follow_the_parts_that_are_wanted() {
    let (ir, names) = render(vec![endpoint("plain")]);
    let (empty, nameless) = render(Vec::new());
    let only_types = pages(&ir, &names, Parts::TYPES, None);
    let nothing_to_call = pages(&empty, &nameless, Parts::ALL, None);
    for mut pages in [only_types, nothing_to_call] {
        assert_eq!(pages.iter().map(|page| page.path.as_str()).collect::<Vec<_>>(), ["mod.rs"]);
        let module = crate::format::page(pages.remove(0)).unwrap();
        assert!(!module.text.contains("client"));
    }
}

#[test]
fn requests_are_read_as_a_whole() {
    let pages = render(rich());
    let server = text(&pages, "server.rs");
    for line in [
        "call.path(\"id\"),",
        "call.query(\"id\"),",
        "call.required_header(\"call\"),",
        "query_id: query_id.flatten(),",
        "limit: limit.unwrap_or(20),",
        "_ if !call.has_body() => Ok(None),",
        "call.reply_range(2, status).event_data(body)",
        "(api, Api::authenticate),",
    ] {
        assert!(server.contains(line), "{line}\n{server}");
    }
}

#[test]
fn calls_give_the_success_and_type_the_errors() {
    let pages = render(rich());
    let client = text(&pages, "client.rs");
    for line in [
        "pub fn send(self) -> Sending<()> {",
        "pub fn send(self) -> Sending<CreateOrderOk, CreateOrderError> {",
        "self.0.call(CreateOrderOk::from_response)",
        "impl FromResponse for CreateOrderOk {",
        "pub fn create_order(&self, id: impl AsRef<str>, call: &[String]) -> CreateOrder {",
        "pub fn is_active(self, value: bool) -> Self {",
        "params: ResultOperationParams<'_>,",
        "self.0.call(Response::nothing)",
        "200 | 202..=299 => {",
    ] {
        assert!(client.contains(line), "{line}\n{client}");
    }
}

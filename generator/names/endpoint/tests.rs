use super::{EndpointNames, OperationNames};
use crate::{
    ir::{
        Access, BodyInput, BodyKind, BodyVariant, Endpoint, Family, Input, Outcome, Place, Site, Status,
        TypeRef,
    },
    options::{Options, Traits},
    source::Span,
};

fn endpoint(wish: &str) -> Endpoint {
    Endpoint {
        at: Span::NONE,
        index: 0,
        wish: wish.to_owned(),
        tag: None,
        site: Site::Path,
        method: "GET".to_owned(),
        path: "/".to_owned(),
        docs: String::new(),
        deprecated: false,
        parameters: Vec::new(),
        body: None,
        outcomes: Vec::new(),
        access: Access::Public,
    }
}

fn input(wire: &str, place: Place) -> Input {
    Input {
        wire: wire.to_owned(),
        place,
        ty: TypeRef::String,
        checks: Vec::new(),
        required: true,
        default: None,
        docs: String::new(),
        deprecated: false,
    }
}

fn names(endpoints: &[Endpoint]) -> EndpointNames {
    EndpointNames::new(Family::Paths, endpoints, &Options::new().traits(Traits::PerTag))
}

fn spelled(names: &EndpointNames) -> Vec<(String, String)> {
    let both = |own: &OperationNames| (own.method.to_string(), own.request.to_string());
    names.iter().map(both).collect()
}

#[test]
fn operations_keep_their_names_apart() {
    let wishes =
        ["list-orders", "listOrders", "result", "a", "new", "type", "fn main(){}", "", "listOrdersResponse"];
    let endpoints: Vec<Endpoint> = wishes.iter().map(|wish| endpoint(wish)).collect();
    let expected = [
        ("list_orders", "ListOrders"),
        ("list_orders_2", "ListOrders2"),
        ("result_operation", "ResultOperation"),
        // `A` is the type parameter of the function `server`.
        ("a_operation", "AOperation"),
        ("new_operation", "NewOperation"),
        ("r#type", "Type"),
        ("fn_main", "FnMain"),
        ("unnamed", "Unnamed"),
        // `ListOrdersResponse` is the response of the first.
        ("list_orders_response_2", "ListOrdersResponse2"),
    ];
    let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(spelled(&names(&endpoints)), expected);
}

#[test]
fn configured_names_win() {
    let options = Options::new().rename("GetX", "fetch_x");
    let names = EndpointNames::new(Family::Paths, &[endpoint("GetX")], &options);
    assert_eq!(spelled(&names), [("fetch_x".to_owned(), "FetchX".to_owned())]);
}

#[test]
fn each_first_tag_is_a_trait() {
    let tagged = |wish: &str, tag: &str| Endpoint { tag: Some(tag.to_owned()), ..endpoint(wish) };
    let endpoints = [
        tagged("a", "orders"),
        endpoint("b"),
        tagged("c", "Orders"),
        tagged("d", "server"),
        tagged("e", "orders"),
        // Operations keep their names; traits give way.
        tagged("ServerApi", "orders"),
    ];
    let names = names(&endpoints);
    let found: Vec<_> = names
        .traits
        .iter()
        .map(|one| {
            let text = format!("{} {} {}", one.ident, one.field, one.generic);
            (text, one.operations.clone())
        })
        .collect();
    let expected = [
        ("OrdersApi orders Orders", vec![0, 4, 5]),
        ("Api untagged Untagged", vec![1]),
        ("OrdersApi2 orders_2 Orders2", vec![2]),
        ("ServerApi2 server Server2", vec![3]),
    ];
    assert_eq!(found, expected.map(|(text, operations)| (text.to_owned(), operations)));
    let one = EndpointNames::new(Family::Paths, &endpoints, &Options::new());
    assert_eq!(one.traits.len(), 1);
    assert_eq!(one.traits[0].operations, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn webhooks_have_one_trait_and_a_path_each() {
    let hook = |wish: &str, path: &str| {
        let (site, path) = (Site::Webhook { name: wish.to_owned() }, path.to_owned());
        Endpoint { site, path, tag: Some("a".to_owned()), ..endpoint(wish) }
    };
    let mut first = hook("get sender", "/sender");
    first.parameters = vec![input("url", Place::Query)];
    let endpoints = [first, hook("sender", "/sender"), hook("paid", "/pay/ments")];
    let options = Options::new().traits(Traits::PerTag);
    let names = EndpointNames::new(Family::Webhooks, &endpoints, &options);
    assert_eq!(names.traits.len(), 1);
    assert_eq!(names.traits[0].ident.to_string(), "Receiver");
    let mounts: Vec<_> = names.mounts.iter().map(|(field, path)| format!("{field} {path}")).collect();
    assert_eq!(mounts, ["sender /sender", "pay_ments /pay/ments"]);
    let calls: Vec<_> = names.iter().map(|own| own.request.to_string()).collect();
    assert_eq!(calls, ["GetSender", "SenderOperation", "Paid"]);
    assert_eq!(names.iter().next().unwrap().inputs[0].field.to_string(), "query_url");
}

#[test]
fn parameters_that_share_a_name_say_where_they_are() {
    let mut one = endpoint("one");
    one.parameters = vec![
        input("id", Place::Query),
        input("id", Place::Path),
        input("body", Place::Header),
        input("call", Place::Query),
        input("+1", Place::Query),
        input("plus 1", Place::Query),
    ];
    let names = names(&[one]);
    let own = names.iter().next().unwrap();
    let fields: Vec<String> = own.inputs.iter().map(|input| input.field.to_string()).collect();
    assert_eq!(fields, ["query_id", "id", "header_body", "call", "query_plus_1", "query_plus_1_2"]);
    assert_eq!(own.inputs[3].local.to_string(), "call_");
    let numbered: Vec<bool> = own.inputs.iter().map(|input| input.numbered).collect();
    assert_eq!(numbered, [false, false, false, false, false, true]);
}

#[test]
fn parameters_can_be_named() {
    let mut one = endpoint("one");
    one.parameters =
        vec![input("id", Place::Query), input("+1", Place::Query), input("plus 1", Place::Query)];
    let options = Options::new().rename("one::+1", "liked").rename("one::id", "which");
    let names = EndpointNames::new(Family::Paths, &[one], &options);
    let own = names.iter().next().unwrap();
    let fields: Vec<String> = own.inputs.iter().map(|input| input.field.to_string()).collect();
    assert_eq!(fields, ["which", "liked", "plus_1"]);
}

#[test]
fn responses_and_kinds_of_body_get_variants() {
    let mut one = endpoint("one");
    let statuses =
        [Status::Code(200), Status::Code(500), Status::Range(4), Status::Range(5), Status::Code(299)];
    let outcome = |status| Outcome { status, docs: String::new(), headers: Vec::new(), bodies: Vec::new() };
    one.outcomes = statuses.into_iter().map(outcome).collect();
    let body = |name: &str, kind| BodyVariant { media: vec![name.to_owned()], kind, ty: None };
    one.body = Some(BodyInput {
        required: true,
        docs: String::new(),
        variants: vec![
            body("application/json", BodyKind::Json),
            body("image/png", BodyKind::Binary),
            body("application/octet-stream", BodyKind::Binary),
            body("text/*", BodyKind::Text),
        ],
    });
    let names = names(&[one]);
    let own = names.iter().next().unwrap();
    let variants: Vec<String> = own.outcomes.iter().map(|names| names.variant.to_string()).collect();
    assert_eq!(variants, ["Ok", "Status500", "ClientError", "ServerError", "Status299"]);
    let kinds: Vec<String> = own.media.iter().map(ToString::to_string).collect();
    assert_eq!(kinds, ["Json", "Png", "Bytes", "Text"]);
}

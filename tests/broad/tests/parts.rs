//! Bodies with parts in both directions: named and by position, in each other, in every form that a part can have.

use std::net::SocketAddr;

use axum::http::HeaderValue;
use counterpart_runtime::server::ApiError;
use counterpart_runtime::{File, Integer, Json, Part};
use test_broad::parts::server::*;
use test_broad::parts::types::{
    Order, OrderResponse, Parcel, ParcelLogItem, ParcelResponseForm, ParcelReturns, SendAlbumBody,
    SendPairBodyItem1, SendReadingsBody, Sender, SenderResponse, Size, SizeBounds, Stop,
};
use test_broad::parts::{Client, server};
use test_wire::{Message, send};

struct Echo;

impl Api for Echo {
    async fn send_parcel(&self, request: SendParcel) -> Result<SendParcelResponse, ApiError> {
        let Parcel { sender, stops, rules, log, size, label, papers, returns } = request.body;
        let sender = SenderResponse { id: sender.id, name: sender.name };
        let parcel = ParcelResponseForm { sender, stops, rules, log, size, label, papers, returns };
        Ok(SendParcelResponse::Ok(parcel))
    }

    async fn send_album(&self, request: SendAlbum) -> Result<SendAlbumResponse, ApiError> {
        Ok(SendAlbumResponse::Ok(request.body))
    }

    async fn send_pair(&self, request: SendPair) -> Result<SendPairResponse, ApiError> {
        Ok(SendPairResponse::Ok(request.body))
    }

    async fn send_readings(&self, request: SendReadings) -> Result<SendReadingsResponse, ApiError> {
        Ok(SendReadingsResponse::Ok(request.body))
    }

    async fn send_order(&self, request: SendOrder) -> Result<SendOrderResponse, ApiError> {
        let Order { sender, rules, log, word, size } = request.body;
        let sender = SenderResponse { id: sender.id, name: sender.name };
        Ok(SendOrderResponse::Ok(OrderResponse { sender, rules, log, word, size }))
    }
}

async fn start() -> (SocketAddr, Client) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = server(Echo).into_router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, Client::new(&format!("http://{address}")).unwrap())
}

async fn post(address: SocketAddr, path: &str, content_type: &str, body: &str) -> Message {
    send(address, &format!("POST {path}"), &[&format!("Content-Type: {content_type}")], body.as_bytes()).await
}

const FORM: &str = "multipart/form-data; boundary=B";
const MIXED: &str = "multipart/mixed; boundary=B";

/// Parts between boundaries `B`: heads and bodies.
fn parts(all: &[(&str, &str)]) -> String {
    let part = |(head, body): &(&str, &str)| format!("--B\r\n{head}\r\n\r\n{body}\r\n");
    format!("{}--B--\r\n", all.iter().map(part).collect::<String>())
}

/// What a refusal names.
fn refusal(answer: &Message) -> String {
    let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let details = problem["details"].as_array().cloned().unwrap_or_default();
    let one = |detail: &serde_json::Value| {
        format!("{} {}", detail["field"].as_str().unwrap(), detail["keyword"].as_str().unwrap())
    };
    let all: Vec<String> = details.iter().map(one).collect();
    format!("{} {}", answer.status(), all.join(", ")).trim_end().to_owned()
}

fn picture(header: (&'static str, &'static str)) -> File {
    let mut file = File::new(&b"\x89PNG\r\n--"[..]).named("a \"b\".png").with_content_type("image/png");
    file.headers.insert(header.0, HeaderValue::from_static(header.1));
    file
}

fn stop(place: &str) -> Stop {
    Stop { place: place.to_owned(), minutes: Some(7.into()) }
}

fn sender() -> Sender {
    Sender { id: Some(3.into()), name: "Ada & Co".to_owned(), secret: Some("s".to_owned()) }
}

fn size() -> Size {
    Size { width: 4.into(), bounds: Some(SizeBounds { max: 9.into() }) }
}

#[tokio::test]
async fn named_parts_of_every_form_come_back() {
    let (_, client) = start().await;
    let parcel = Parcel {
        sender: sender(),
        stops: Some(vec![stop("Ulm"), stop("<Bonn>")]),
        rules: Some([("a".to_owned(), 1.into()), ("b: c".to_owned(), (-2).into())].into_iter().collect()),
        log: Some(vec![ParcelLogItem { n: 1.into() }, ParcelLogItem { n: 2.into() }]),
        size: size(),
        label: Some(picture(("x-dpi", "300"))),
        papers: Some((stop("Trier"), "text".to_owned().try_into().unwrap(), picture(("x-any", "1")))),
        returns: Some(ParcelReturns {
            until: "2027".to_owned(),
            form: Some(File::new("%PDF").named("r.pdf")),
        }),
    };
    let back = client.send_parcel(&parcel).send().await.unwrap();
    assert_eq!((back.sender.id, back.sender.name), (parcel.sender.id, parcel.sender.name));
    assert_eq!((back.stops, back.rules, back.log), (parcel.stops, parcel.rules, parcel.log));
    assert_eq!((back.size, back.label, back.papers), (parcel.size, parcel.label, parcel.papers));
    let form = back.returns.as_ref().and_then(|returns| returns.form.as_ref()).unwrap();
    assert_eq!((&form.bytes[..], form.file_name.as_deref()), (&b"%PDF"[..], Some("r.pdf")));
    assert_eq!(form.content_type.as_deref(), Some("application/pdf"));
}

#[tokio::test]
async fn named_parts_are_on_the_wire_as_the_contract_says() {
    let (address, _) = start().await;
    let named = |name: &str, rest: &str| format!("Content-Disposition: form-data; name=\"{name}\"{rest}");
    let xml = |name: &str| named(name, "\r\nContent-Type: application/xml");
    let inner = "--C\r\nContent-Type: application/xml\r\n\r\n<Stop><place>a</place></Stop>\r\n--C\r\n\r\nok\r\n--C\r\nContent-Type: image/png\r\n\r\np\r\n--C--";
    let body = parts(&[
        (&xml("stops"), "<Stop><place>x</place></Stop>"),
        (&xml("sender"), "<Sender id=\"3\"><name>Ada</name></Sender>"),
        (&named("size[width]", ""), "4"),
        (&named("size[bounds][max]", ""), "9"),
        (&xml("stops"), "<Stop><place>y</place><minutes>1</minutes></Stop>"),
        (&named("rules", "\r\nContent-Type: application/yaml"), "a: 1\nb: 0x10"),
        (&named("log", "\r\nContent-Type: application/jsonl"), "{\"n\":1}\n\n{\"n\":2}"),
        (&named("papers", "\r\nContent-Type: multipart/mixed; boundary=C"), inner),
    ]);
    let answer = post(address, "/parcels", FORM, &body).await;
    assert_eq!(answer.status(), 200, "{}", answer.text());
    assert!(answer.header("content-type").unwrap().starts_with("multipart/form-data; boundary="));
    let text = answer.text();
    for expected in [
        "form-data; name=\"sender\"\r\nContent-Type: application/xml\r\n\r\n<?xml version",
        "<Sender id=\"3\"><name>Ada</name></Sender>",
        "name=\"stops\"\r\nContent-Type: application/xml; charset=utf-8\r\n\r\n",
        "<Stop><place>y</place><minutes>1</minutes></Stop>",
        "name=\"rules\"\r\nContent-Type: application/yaml\r\n\r\na: 1\nb: 16",
        "name=\"log\"\r\nContent-Type: application/jsonl\r\n\r\n{\"n\":1}\n{\"n\":2}\n",
        "name=\"size[width]\"\r\nContent-Type: text/plain\r\n\r\n4\r\n",
        "name=\"size[bounds][max]\"\r\nContent-Type: text/plain\r\n\r\n9\r\n",
        "name=\"papers\"\r\nContent-Type: multipart/mixed; boundary=counterpart-",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in {text}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_part_is_told_where_it_is() {
    let (address, _) = start().await;
    let sender = (
        "Content-Disposition: form-data; name=sender\r\nContent-Type: application/xml",
        "<Sender><name>A</name></Sender>",
    );
    let width = ("Content-Disposition: form-data; name=\"size[width]\"", "1");
    let fine = (sender.0, "<Sender><name>Ada</name></Sender>");
    let part = |head: &'static str, body: &'static str| [fine, width, (head, body)];
    let label = "Content-Disposition: form-data; name=label\r\n";
    let png = "Content-Disposition: form-data; name=label\r\nContent-Type: image/png\r\nX-Dpi: 71";
    let papers = "Content-Disposition: form-data; name=papers\r\nContent-Type: multipart/mixed; boundary=C";
    let log = "Content-Disposition: form-data; name=log\r\nContent-Type: application/jsonl";
    let cases = [
        (parts(&[sender, width]), "422 /sender/name minLength"),
        (parts(&[width]), "422 /sender required"),
        (
            parts(&[fine, ("Content-Disposition: form-data; name=\"size[width]\"", "0")]),
            "422 /size/width minimum",
        ),
        (
            parts(&[fine, width, ("Content-Disposition: form-data; name=\"size[bounds][max]\"", "11")]),
            "422 /size/bounds/max maximum",
        ),
        (parts(&part(png, "x")), "422 /label minimum"),
        (parts(&part(log, "{\"n\":1}\n{}")), "422 /log/1/n required"),
        (parts(&part(log, "{\"n\":1}\n{")), "400"),
        (parts(&part(papers, "--C\r\n\r\n{}\r\n--C--")), "400"),
        (parts(&part(papers, "--C\r\n\r\n{}\r\n")), "400"),
        (
            parts(&[fine, width, (&format!("{label}Content-Type: image/gif\r\nX-Dpi: 72"), "x")]),
            "422 /label contentType",
        ),
        (parts(&[(sender.0, "<Sender><name>Ada</Sender>"), width]), "400"),
    ];
    for (body, expected) in cases {
        let answer = post(address, "/parcels", FORM, &body).await;
        assert_eq!(refusal(&answer), expected, "{body}");
    }
}

#[tokio::test]
async fn parts_by_position_come_back() {
    let (address, client) = start().await;
    let cover = Json::parse(b"{\"title\":\"Sea\"}").unwrap();
    let album = vec![Part::Value(cover), Part::File(picture(("content-location", "/a.png")))];
    let album = SendAlbumBody::try_from(album).unwrap();
    assert_eq!(client.send_album(&album).send().await.unwrap(), album);
    let pair = (SendPairBodyItem1::try_from(Integer::from(3)).unwrap(), "a b".to_owned());
    assert_eq!(client.send_pair(&pair).send().await.unwrap(), pair);
    let readings = SendReadingsBody::try_from(vec![stop("a"), stop("b")]).unwrap();
    assert_eq!(client.send_readings(&readings).send().await.unwrap(), readings);

    let answer = post(
        address,
        "/pairs",
        FORM,
        &parts(&[
            ("Content-Disposition: form-data; name=\"count\"", "3"),
            ("Content-Disposition: form-data; name=\"word\"", "w"),
        ]),
    )
    .await;
    assert_eq!(answer.status(), 200, "{}", answer.text());
    let text = answer.text();
    assert!(
        text.contains("Content-Type: text/plain\r\ncontent-disposition: form-data; name=\"count\"\r\n\r\n3"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_part_by_position_is_told_where_it_is() {
    let (address, client) = start().await;
    let picture = "Content-Type: image/png\r\nContent-Location: /a.png";
    let cover = ("Content-Type: application/json", "{\"title\":\"Sea\"}");
    let named = |name: &str| format!("Content-Disposition: form-data; name=\"{name}\"");
    let reading = ("Content-Type: application/yaml", "place: a");
    let (count, word) = (named("count"), named("word"));
    let cases = [
        ("/albums", MIXED, parts(&[cover, (picture, "x")]), "200"),
        ("/albums", MIXED, parts(&[("", "{\"title\":\"S\"}")]), "422 /0/title minLength"),
        ("/albums", MIXED, parts(&[]), "422  minItems"),
        (
            "/albums",
            MIXED,
            parts(&[cover; 5]),
            "422 /1 contentType, /1 required, /2 contentType, /2 required, /3 contentType, /3 required, /4 contentType, /4 required,  maxItems",
        ),
        ("/albums", MIXED, parts(&[cover, ("Content-Type: image/png", "x")]), "422 /1 required"),
        ("/albums", "multipart/mixed", parts(&[cover]), "400"),
        ("/pairs", FORM, parts(&[(&count, "3"), (&word, "")]), "200"),
        ("/pairs", FORM, parts(&[(&word, "3"), (&count, "")]), "422 /0 const, /1 const"),
        ("/pairs", FORM, parts(&[(&count, "0"), (&word, "")]), "422 /0 minimum"),
        ("/pairs", FORM, parts(&[(&count, "1")]), "422  minItems"),
        ("/readings", MIXED, parts(&[reading]), "200"),
        ("/readings", MIXED, parts(&[reading, reading]), "422  uniqueItems"),
        (
            "/readings",
            MIXED,
            parts(&[reading, ("Content-Type: application/yaml", "minutes: -1")]),
            "422 /1/place required, /1/minutes minimum",
        ),
        ("/readings", MIXED, parts(&[("Content-Type: application/yaml", "a: b: c")]), "400"),
    ];
    for (path, content_type, body, expected) in cases {
        let answer = post(address, path, content_type, &body).await;
        let outcome = if answer.status() == 200 { "200".to_owned() } else { refusal(&answer) };
        assert_eq!(outcome, expected, "{body}");
    }
    let album = SendAlbumBody::try_from(vec![
        Part::Value(Json::parse(cover.1.as_bytes()).unwrap()),
        Part::File(File::new("x")),
    ]);
    let error = client.send_album(&album.unwrap()).send().await.unwrap_err();
    assert!(format!("{error:?}").contains("needs the header Content-Location"), "{error:?}");
}

#[tokio::test]
async fn members_of_a_form_have_the_same_forms() {
    let (address, client) = start().await;
    let order = Order {
        sender: sender(),
        rules: Some([("a b".to_owned(), 1.into())].into_iter().collect()),
        log: Some(vec![1.into(), 2.into()]),
        word: Some("x\"y".to_owned()),
        size: Some(size()),
    };
    let back = client.send_order(&order).send().await.unwrap();
    assert_eq!((back.sender.id, back.rules, back.log), (order.sender.id, order.rules, order.log));
    assert_eq!((back.word, back.size), (order.word, order.size));
    let form = "application/x-www-form-urlencoded";
    let sender = "sender=%3CSender%3E%3Cname%3EAda%3C/name%3E%3C/Sender%3E";
    for (rest, expected) in [
        ("&word=%22w%22&rules=a:+1&log=1%0A2", "200"),
        ("&size[width]=1&size[bounds][max]=10", "200"),
        ("&size[width]=0&size[bounds][max]=11", "422 /size/width minimum, /size/bounds/max maximum"),
        ("&word=w", "400"),
        ("&rules=%5Ba", "400"),
        ("&rules=a:+b", "422 /rules/a type"),
        ("&log=1%0A%22a%22", "422 /log/1 type"),
    ] {
        let answer = post(address, "/orders", form, &format!("{sender}{rest}")).await;
        let outcome = if answer.status() == 200 { "200".to_owned() } else { refusal(&answer) };
        assert_eq!(outcome, expected, "{rest}");
    }
}

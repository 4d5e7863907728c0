//! The generated client against the server: every operation once and more, success and failure.

use counterpart_runtime::client::{Credential, Error};
use counterpart_runtime::stream::{ByteStream, EventStream, JsonLines};
use counterpart_runtime::{File, Json, Number};
use futures_util::{StreamExt, TryStreamExt, stream};
use test_broad::broad::client::{
    BodyJsonKindsBody, BodySeveralBody, ResponseSeveralOkBody, ResponseStatusesError, ResponseStatusesOk,
};
use test_broad::broad::{Client, types};
use test_broad::{client, start};

fn word(text: &str) -> types::Word {
    text.to_owned().try_into().expect("a word")
}

fn words(texts: &[&str]) -> types::Words {
    types::Words(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn color() -> types::Color {
    types::Color { r: 100, g: 200, b: 150 }
}

fn thing(name: &str) -> types::Thing {
    types::Thing { name: name.to_owned(), size: None, tags: None, color: None }
}

/// Values that every style has to write with care.
const AWKWARD: [&str; 3] = ["a,b", "c d&e=f", "%2F/?#ü💩"];

#[tokio::test]
async fn path_parameters_arrive_as_they_were() {
    let client = client(start().await);
    let (primitive, array, object) = (word("x/y;z=.,"), words(&AWKWARD), color());
    let expected = types::Cells {
        primitive: Some(primitive.clone()),
        array: Some(array.clone()),
        object: Some(object.clone()),
    };
    macro_rules! check {
        ($($method:ident)*) => {$(
            let sent = client.$method(&primitive, &array, &object).send().await;
            assert_eq!(sent.unwrap_or_else(|error| panic!("{}: {error}", stringify!($method))), expected);
        )*};
    }
    check! { path_simple path_simple_exploded path_label path_label_exploded path_matrix path_matrix_exploded }
}

#[tokio::test]
async fn optional_parameters_arrive_as_they_were() {
    let client = client(start().await);
    let (primitive, array, object) = (word("x/y;z=.,"), words(&AWKWARD), color());
    let sent = client.query_form().primitive(&primitive).array(&array).object(&object).send().await.unwrap();
    assert_eq!(
        (sent.primitive.as_ref(), sent.array.as_ref(), sent.object),
        (Some(&primitive), Some(&array), Some(color()))
    );
    let sent = client
        .query_form_exploded()
        .primitive(&primitive)
        .array(&array)
        .object(&object)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (sent.primitive.as_ref(), sent.array.as_ref(), sent.object),
        (Some(&primitive), Some(&array), Some(color()))
    );
    let sent =
        client.query_space_delimited().array(&words(&["a", "b"])).object(&object).send().await.unwrap();
    assert_eq!((sent.array, sent.object), (Some(words(&["a", "b"])), Some(color())));
    let sent = client.query_pipe_delimited().array(&words(&["a", "b"])).object(&object).send().await.unwrap();
    assert_eq!((sent.array, sent.object), (Some(words(&["a", "b"])), Some(color())));
    let sent = client.query_deep_object().object(&object).send().await.unwrap();
    assert_eq!(sent.object, Some(color()));
    let plain = words(&["a", "b c"]);
    let sent =
        client.header_simple().x_primitive(&word("100%25")).x_array(&plain).x_object(&object).send().await;
    let sent = sent.unwrap();
    assert_eq!(
        (sent.primitive, sent.array, sent.object),
        (Some(word("100%25")), Some(plain.clone()), Some(color()))
    );
    let sent = client.header_simple_exploded().x_array(&plain).x_object(&object).send().await.unwrap();
    assert_eq!((sent.primitive, sent.array, sent.object), (None, Some(plain), Some(color())));
    let sent =
        client.cookie_form().primitive(&primitive).array(&words(&["a", "b"])).object(&object).send().await;
    let sent = sent.unwrap();
    assert_eq!(
        (sent.primitive, sent.array, sent.object),
        (Some(primitive), Some(words(&["a", "b"])), Some(color()))
    );
    let sent = client.cookie_form_exploded(&word("a b;c")).send().await.unwrap();
    assert_eq!(sent.primitive, Some(word("a b;c")));
    assert_eq!(
        client.query_form().send().await.unwrap(),
        types::Cells { primitive: None, array: None, object: None }
    );
}

#[tokio::test]
async fn scalar_parameters_arrive_as_they_were() {
    let client = client(start().await);
    let ratio = Number::from_lexeme("0.1000000000000000055511151231257827").unwrap();
    let request =
        client.query_scalars(7).ratio(ratio.clone()).flag(false).day(&"2024-02-29".parse().unwrap());
    let request =
        request.numbers(&[1.into(), (-2).into()]).reserved("a/b?c").empty("").odd_name(&["p q".to_owned()]);
    let sent = request.send().await.unwrap();
    assert_eq!((sent.count, sent.ratio, sent.flag), (7, Some(ratio), Some(false)));
    assert_eq!((sent.mode.as_str(), sent.empty.as_deref()), ("slow", Some("")));
    assert_eq!(sent.odd, Some(vec!["p q".to_owned()]));
    let error = client.query_scalars(0).send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422), "{error:?}");
    let sent = client.query_content(&color()).x_filter(&color()).note("größe").send().await.unwrap();
    assert_eq!((sent.filter, sent.header, sent.note.as_deref()), (color(), Some(color()), Some("größe")));
    let sent = client.everywhere(1, 5, "two", "three").cookie_id("four").send().await.unwrap();
    assert_eq!((sent.path, sent.shared, sent.query.as_str(), sent.header.as_str()), (1, 5, "two", "three"));
    assert_eq!(sent.cookie.as_deref(), Some("four"));
}

#[tokio::test]
async fn bodies_arrive_as_they_were() {
    let client = client(start().await);
    let lamp = types::Thing { size: Some(3), color: Some(color()), ..thing("lamp") };
    assert_eq!(client.body_json(&lamp).send().await.unwrap(), lamp);
    let any = Json::parse(br#"[1.50,{"a":null}]"#).unwrap();
    assert_eq!(client.body_any(&any).send().await.unwrap(), any);
    assert_eq!(client.body_optional().send().await.unwrap().kind, "absent");
    assert_eq!(client.body_optional().body(&lamp).send().await.unwrap().kind, "json");
    assert_eq!(client.body_nullable().send().await.unwrap().kind, "absent");
    assert_eq!(client.body_nullable().body(None).send().await.unwrap().kind, "null");
    assert_eq!(client.body_nullable().body(Some(&lamp)).send().await.unwrap().kind, "json");
    assert_eq!(client.body_text("größe").send().await.unwrap(), "größe");
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let echoed = client.body_binary(bytes.clone()).send().await.unwrap();
    assert_eq!(echoed.collect(1_000_000).await.unwrap(), bytes);
    let image = ByteStream::from(b"RIFF".to_vec()).with_content_type("image/webp");
    assert_eq!(client.body_image(image).send().await.unwrap().kind, "image");
    let lines = JsonLines::new(stream::iter(["a", "b"].map(|name| Ok::<_, std::io::Error>(thing(name)))));
    assert_eq!(client.body_lines(lines).send().await.unwrap(), [thing("a"), thing("b")]);
}

#[tokio::test]
async fn forms_arrive_as_they_were() {
    let client = client(start().await);
    let form = types::Form {
        name: "Ann & B=+".to_owned(),
        count: Some(3),
        flag: Some(true),
        tags: Some(AWKWARD.map(str::to_owned).to_vec()),
        piped: Some(vec![1.into(), 2.into()]),
        color: Some(color()),
        deep: Some(color()),
        reserved: Some("a/b?c".to_owned()),
    };
    assert_eq!(client.body_form(&form).send().await.unwrap(), form);
    let file = |text: &str, name: &str| File::new(text.as_bytes().to_vec()).named(name);
    let upload = types::Upload {
        title: "Übersicht".to_owned(),
        count: Some(7),
        note: Some("größe".to_owned()),
        thing: Some(thing("lamp")),
        color: Some(color()),
        tags: Some(vec!["a,b".to_owned(), "c".to_owned()]),
        things: Some(vec![thing("one"), thing("two")]),
        cover: file("PNG", "c 1.png").with_content_type("image/png"),
        attachments: Some(vec![file("12", "a.bin"), file("", "ü.bin")]),
    };
    let receipt = client.body_multipart(&upload).send().await.unwrap();
    assert_eq!((receipt.title, receipt.count, receipt.note), (upload.title, upload.count, upload.note));
    assert_eq!((receipt.thing, receipt.color, receipt.tags), (upload.thing, upload.color, upload.tags));
    assert_eq!(receipt.things, upload.things);
    assert_eq!((receipt.cover.size, receipt.cover.file_name.as_deref()), (3, Some("c 1.png")));
    assert_eq!(receipt.cover.content_type.as_deref(), Some("image/png"));
    let names: Vec<_> =
        receipt.attachments.unwrap().into_iter().map(|file| (file.size, file.file_name)).collect();
    assert_eq!(names, [(2, Some("a.bin".to_owned())), (0, Some("ü.bin".to_owned()))]);
}

#[tokio::test]
async fn one_of_several_bodies_is_sent() {
    let client = client(start().await);
    let form = types::Form {
        name: "a".to_owned(),
        count: None,
        flag: None,
        tags: None,
        piped: None,
        color: None,
        deep: None,
        reserved: None,
    };
    let (lamp, white) = (thing("lamp"), color());
    let kind = async |body| client.body_several(body).send().await.unwrap().kind;
    assert_eq!(kind(BodySeveralBody::Json(&lamp)).await, "json");
    assert_eq!(kind(BodySeveralBody::Form(&form)).await, "form");
    assert_eq!(kind(BodySeveralBody::Text("hi")).await, "text");
    assert_eq!(kind(BodySeveralBody::Bytes(ByteStream::from(b"hi".to_vec()))).await, "bytes");
    let kind = async |body| client.body_json_kinds(body).send().await.unwrap().kind;
    assert_eq!(kind(BodyJsonKindsBody::ApplicationJson(&lamp)).await, "thing");
    assert_eq!(kind(BodyJsonKindsBody::ApplicationVndBroadColorJson(&white)).await, "color");
}

#[tokio::test]
async fn every_status_has_its_variant() {
    let client = client(start().await);
    let ask = async |status| client.response_statuses("x", status).send().await;
    assert!(matches!(ask(200).await.unwrap(), ResponseStatusesOk::Ok(thing) if thing.name == "exact"));
    assert!(matches!(
        ask(201).await.unwrap(),
        ResponseStatusesOk::Created { body, location } if body.r == 1 && location == "/broad/v1/responses/text"
    ));
    assert!(matches!(ask(202).await.unwrap(), ResponseStatusesOk::Accepted));
    assert!(matches!(ask(204).await.unwrap(), ResponseStatusesOk::NoContent));
    let error = ask(404).await.unwrap_err();
    assert!(
        matches!(error.declared(), Some(ResponseStatusesError::NotFound(word)) if **word == "missing"),
        "{error:?}"
    );
    let error = ask(409).await.unwrap_err();
    assert!(
        matches!(error.declared(), Some(ResponseStatusesError::ClientError(status, color)) if status.as_u16() == 409 && color.b == 9),
        "{error:?}"
    );
    let error = ask(503).await.unwrap_err();
    assert!(
        matches!(error.declared(), Some(ResponseStatusesError::Default(status, problem)) if status.as_u16() == 503 && problem.code == "TEST"),
        "{error:?}"
    );
}

#[tokio::test]
async fn responses_of_every_kind_are_read() {
    let client = client(start().await);
    assert_eq!(client.response_text().send().await.unwrap(), "größe");
    let bytes = client.response_binary().send().await.unwrap().collect(100).await.unwrap();
    assert_eq!(&bytes[..], [0, 255, 10, 13]);
    assert_eq!(client.response_nullable().send().await.unwrap(), None);
    let mut events: EventStream<types::TickMessage> = client.response_events().send().await.unwrap();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.data.as_str(), first.id.as_deref()), (r#"{"count":1}"#, Some("1")));
    assert_eq!(events.count().await, 2);
    let lines: Vec<types::Thing> = client.response_lines().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!(lines, [thing("a"), thing("b")]);
    let lines: Vec<types::Thing> =
        client.response_sequence().send().await.unwrap().try_collect().await.unwrap();
    assert_eq!(lines, [thing("a"), thing("b")]);
    let several = client.response_several().send().await.unwrap();
    assert!(matches!(several, ResponseSeveralOkBody::Json(lamp) if lamp == thing("lamp")));
    let headers = client.response_headers().send().await.unwrap();
    assert_eq!((headers.body, headers.x_text.as_str(), headers.x_number), (thing("lamp"), "100%25", 7));
    assert_eq!(headers.x_list, Some(vec!["a".to_owned(), "b".to_owned()]));
    let one = types::Color { r: 1, g: 2, b: 3 };
    assert_eq!((&headers.x_color, &headers.x_color_exploded), (&Some(one.clone()), &Some(one.clone())));
    assert_eq!(headers.x_document, Some(one));
    let headers = client.response_headers_only().send().await.unwrap();
    assert_eq!((headers.x_text.as_str(), headers.x_number), ("100%25", 7));
}

#[tokio::test]
async fn credentials_are_put_where_they_belong() {
    let server = start().await;
    let url = format!("http://{server}/broad/v1");
    let builder = Client::builder(&url).api_key("headerKey", "header-key").api_key("queryKey", "query-key");
    let builder = builder.credential("certificate", Credential::Certificate);
    let client = builder.api_key("cookieKey", "cookie-key").basic("ann", "secret").build().unwrap();
    macro_rules! check {
        ($client:ident: $($method:ident $name:expr;)*) => {$(
            let caller = $client.$method().send().await;
            let caller = caller.unwrap_or_else(|error| panic!("{}: {error:?}", stringify!($method)));
            assert_eq!(caller.name.as_deref(), $name);
        )*};
    }
    check! { client:
        secure_public None;
        secure_key_header Some("headerKey");
        secure_key_query Some("queryKey");
        secure_key_cookie Some("cookieKey");
        secure_basic Some("basic");
        secure_either Some("headerKey");
        secure_optional None;
    }
    let bearer = Client::builder(&url).api_key("headerKey", "header-key").bearer("token").build().unwrap();
    check! { bearer: secure_bearer Some("bearer"); secure_open_id Some("openId"); secure_both Some("headerKey+bearer"); }
    check! { bearer: secure_optional Some("bearer"); }
    let scoped = Client::builder(&url).bearer("read-write").build().unwrap();
    check! { scoped: secure_oauth Some("oauth"); }
    let unscoped = Client::builder(&url).bearer("read-only").build().unwrap();
    let error = unscoped.secure_oauth().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403), "{error:?}");
    let error = scoped.secure_bearer().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401), "{error:?}");
    let error = Client::new(&url).unwrap().secure_bearer().send().await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "nothing was sent: {error:?}");
    let error = client.secure_certificate().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401), "{error:?}");
}

#[tokio::test]
async fn paths_are_put_together() {
    let client = client(start().await);
    macro_rules! check {
        ($($method:ident($($argument:expr),*) $name:literal;)*) => {$(
            let path = client.$method($($argument),*).send().await;
            let path = path.unwrap_or_else(|error| panic!("{}: {error:?}", stringify!($method)));
            assert_eq!(path.operation, $name);
        )*};
    }
    check! {
        item_get("a/b ü") "itemGet";
        item_activate("1") "itemActivate";
        item_special() "itemSpecial";
        item_part(7, "x") "itemPart";
        file_json("a") "fileJson";
        file("a.txt") "file";
        files() "files";
        compare("v1.0", "dev") "compare";
        method_get() "methodGet";
        method_put() "methodPut";
        method_post() "methodPost";
        method_delete() "methodDelete";
        method_options() "methodOptions";
        method_patch() "methodPatch";
        method_trace() "methodTrace";
    }
    client.method_head().send().await.unwrap();
    for dots in [".", ".."] {
        // No URL can carry these as a segment: better no request than one for another path.
        if let Ok(path) = client.item_get(dots).send().await {
            assert_eq!(path.operation, "itemGet", "{dots}");
        }
    }
}

//! Webhooks and callbacks: the generated sender against the generated receiver, and both against the bytes.

use std::net::SocketAddr;

use counterpart_runtime::client::{Destinations, Error, RequestError};
use counterpart_runtime::server::{ApiError, AuthError, Credentials};
use futures_util::TryStreamExt;
use serde_json::json;
use test_broad::broad::callbacks::client::TickedError;
use test_broad::broad::callbacks::server::{
    SubscribeTicked2, SubscribeTicked2Response, Ticked, TickedResponse,
};
use test_broad::broad::webhooks::client::{ThingChangedBody as Sent, ThingChangedError, ThingChangedOk};
use test_broad::broad::webhooks::server::{ThingChanged, ThingChangedBody, ThingChangedResponse};
use test_broad::broad::{callbacks, types, webhooks};
use test_wire::{record, send};

/// Receives everything.
struct Subscriber;

impl callbacks::Receiver for Subscriber {
    async fn ticked(&self, request: Ticked) -> Result<TickedResponse, ApiError> {
        assert_eq!((request.query_url.as_deref(), request.body.count), (Some("a&b"), 7));
        match request.x_round {
            1 => Ok(TickedResponse::NoContent),
            _ => Ok(TickedResponse::Gone(problem(410))),
        }
    }

    async fn subscribe_ticked_2(&self, _: SubscribeTicked2) -> Result<SubscribeTicked2Response, ApiError> {
        Ok(SubscribeTicked2Response::NoContent)
    }
}

impl webhooks::Receiver for Subscriber {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials) -> Result<String, AuthError> {
        match credentials.bearer() {
            Some("token") => Ok("the sender".to_owned()),
            _ => Err(AuthError::Unauthorized),
        }
    }

    async fn thing_changed(&self, request: ThingChanged<String>) -> Result<ThingChangedResponse, ApiError> {
        assert_eq!(request.principal, "the sender");
        match request.body {
            ThingChangedBody::Json(thing) if thing.name == "odd" => {
                Ok(ThingChangedResponse::ClientError(409.try_into()?, problem(409)))
            }
            ThingChangedBody::Json(thing) | ThingChangedBody::Form(thing) => {
                Ok(ThingChangedResponse::Ok(thing))
            }
            ThingChangedBody::Png(picture) => {
                let bytes: Vec<_> = picture.try_collect().await?;
                assert_eq!(bytes.concat(), b"\x89PNG");
                Ok(ThingChangedResponse::Accepted)
            }
        }
    }
}

fn problem(status: u16) -> types::Problem {
    let text = json!({"title": "Enough", "status": status, "code": "ENOUGH"}).to_string();
    counterpart_runtime::decode(text.as_bytes()).expect("a problem")
}

fn thing(name: &str) -> types::Thing {
    types::Thing { name: name.to_owned(), size: None, tags: None, color: None }
}

/// Receives callbacks where the contract puts them, webhooks below a folder of their own.
async fn receive() -> SocketAddr {
    let callbacks = callbacks::server(Subscriber, &callbacks::Paths::default()).into_routes();
    let paths = webhooks::Paths { thing_changed: "/hooks/{tenant}/things".to_owned() };
    let webhooks = webhooks::server(Subscriber, &paths).into_router();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let app = axum::Router::new().nest("/cb", callbacks).merge(webhooks);
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test]
async fn a_webhook_is_sent_and_received() {
    let url = format!("http://{}/hooks/acme/things", receive().await);
    let sender =
        webhooks::Sender::builder().bearer("token").destinations(Destinations::any()).build().unwrap();
    let (json, form) = (thing("lamp"), thing("desk"));
    let kept = sender.thing_changed(&url, Sent::Json(&json)).send().await.unwrap();
    assert!(matches!(&kept, ThingChangedOk::Ok(thing) if *thing == json), "{kept:?}");
    let kept = sender.thing_changed(&url, Sent::Form(&form)).send().await.unwrap();
    assert!(matches!(&kept, ThingChangedOk::Ok(thing) if *thing == form), "{kept:?}");
    let picture = counterpart_runtime::ByteStream::from(b"\x89PNG".as_slice());
    let kept = sender.thing_changed(&url, Sent::Png(picture)).send().await.unwrap();
    assert!(matches!(kept, ThingChangedOk::Accepted), "{kept:?}");
}

#[tokio::test]
async fn what_a_receiver_refuses_is_typed() {
    let url = format!("http://{}/hooks/acme/things", receive().await);
    let sender =
        webhooks::Sender::builder().bearer("token").destinations(Destinations::any()).build().unwrap();
    let status = async |name: &str| {
        let thing = thing(name);
        let error = sender.thing_changed(&url, Sent::Json(&thing)).send().await.unwrap_err();
        let Some(ThingChangedError::ClientError(status, problem)) = error.declared() else {
            panic!("{error:?}")
        };
        (status.as_u16(), problem.code.clone())
    };
    assert_eq!(status("odd").await, (409, "ENOUGH".to_owned()));
    assert_eq!(status("").await, (422, "VALIDATION_FAILED".to_owned()));
    let stranger =
        webhooks::Sender::builder().bearer("guess").destinations(Destinations::any()).build().unwrap();
    let lamp = thing("lamp");
    let error = stranger.thing_changed(&url, Sent::Json(&lamp)).send().await.unwrap_err();
    let Some(ThingChangedError::ClientError(status, _)) = error.declared() else { panic!("{error:?}") };
    assert_eq!(status.as_u16(), 401);
    let bare = webhooks::Sender::builder().destinations(Destinations::any()).build().unwrap();
    let error = bare.thing_changed(&url, Sent::Json(&lamp)).send().await;
    assert!(matches!(error, Err(Error::Request(_))), "no credentials: {error:?}");
}

#[tokio::test]
async fn a_callback_goes_to_the_url_of_the_request() {
    let base = format!("http://{}/cb/subscribe", receive().await);
    let sender = callbacks::Sender::builder().destinations(Destinations::any()).build().unwrap();
    let (url, tick) = (format!("{base}/ticked"), types::Tick { count: 7 });
    sender.ticked(&url, 1, &tick).query_url("a&b").send().await.unwrap();
    let error = sender.ticked(&url, 2, &tick).query_url("a&b").send().await.unwrap_err();
    let Some(TickedError::Gone(problem)) = error.declared() else { panic!("{error:?}") };
    assert_eq!(problem.code, "ENOUGH");
    let error = sender.ticked(&url, 0, &tick).send().await.unwrap_err();
    let Error::Undocumented(undocumented) = &error else { panic!("{error:?}") };
    assert_eq!(undocumented.status.as_u16(), 422);
    sender.subscribe_ticked_2(&format!("{base}/ticked-2?closed=true")).send().await.unwrap();
}

#[tokio::test]
async fn the_url_is_sent_to_as_it_is() {
    let recorder = record("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await;
    let sender = callbacks::Sender::builder().destinations(Destinations::any()).build().unwrap();
    let url = format!("{}/a%2Fb/;c?token=s%20t", recorder.url());
    sender.ticked(&url, 3, &types::Tick { count: 1 }).query_url("x y").send().await.unwrap();
    let request = recorder.request().await;
    assert_eq!(request.request(), "POST /a%2Fb/;c?token=s%20t&url=x%20y");
    assert_eq!(request.header("x-round"), Some("3"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.text(), r#"{"count":1}"#);
    for url in ["/hook", "ftp://127.0.0.1/", "http://ann:secret@127.0.0.1/", "http://127.0.0.1/#x"] {
        let error = sender.ticked(url, 1, &types::Tick { count: 1 }).send().await.unwrap_err();
        assert!(matches!(&error, Error::Request(_)) && !error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_hook_goes_to_public_addresses_unless_it_is_told() {
    let recorder = record("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await;
    let port = recorder.url().rsplit(':').next().unwrap_or_default().to_owned();
    let tick = types::Tick { count: 1 };
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1", "169.254.169.254", "2130706433"] {
        let url = format!("http://{host}:{port}/hook");
        let error = callbacks::Sender::new().unwrap().ticked(&url, 1, &tick).send().await.unwrap_err();
        assert!(matches!(error, Error::Request(RequestError::Destination(_))), "{host}: {error}");
    }
    let only =
        |host: &str| callbacks::Sender::builder().destinations(Destinations::hosts([host])).build().unwrap();
    let url = format!("http://127.0.0.1:{port}/hook");
    let error = only("hooks.example").ticked(&url, 1, &tick).send().await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Destination(_))), "{error}");
    only("127.0.0.1").ticked(&url, 1, &tick).send().await.unwrap();
    assert_eq!(recorder.request().await.request(), "POST /hook");
}

#[tokio::test]
async fn a_receiver_judges_the_bytes() {
    let receiver = receive().await;
    let json = ["X-Round: 1", "Content-Type: application/json"];
    let body = br#"{"count":7.0,"more":true}"#;
    let reply = send(receiver, "POST /cb/subscribe/ticked?url=a%26b", &json, body).await;
    assert_eq!((reply.status(), reply.text()), (204, String::new()));
    let reply =
        send(receiver, "POST /cb/subscribe/ticked", &["X-Round: x", json[1]], br#"{"count":"7"}"#).await;
    assert_eq!((reply.status(), &reply.json()["code"]), (422, &json!("VALIDATION_FAILED")));
    let found: Vec<_> =
        reply.json()["details"].as_array().into_iter().flatten().map(|one| one["in"].clone()).collect();
    assert_eq!(found, [json!("header"), json!("body")]);
    let reply = send(receiver, "PUT /cb/subscribe/ticked", &json, body).await;
    assert_eq!((reply.status(), reply.header("allow")), (405, Some("POST")));
    let reply = send(receiver, "POST /thingChanged", &json, b"{}").await;
    assert_eq!((reply.status(), &reply.json()["code"]), (404, &json!("ROUTE_NOT_FOUND")));
    let reply = send(receiver, "POST /hooks/acme/things", &json, b"{}").await;
    assert_eq!(reply.status(), 401);
    assert_eq!(reply.header("www-authenticate"), Some("Bearer realm=\"bearer\""));
}

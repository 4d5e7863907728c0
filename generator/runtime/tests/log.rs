//! What a server writes to the log. A process of its own: `tracing` remembers for all threads whether a place in the code is
//! of interest, so that tests beside this one, which have no subscriber, would switch the line off.
#![cfg(feature = "server")]

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use counterpart_runtime::schema::Contract;
use counterpart_runtime::server::{Handler, Route, Server};
use futures_util::FutureExt;
use http::Request;
use tower::ServiceExt;

const OPERATION: &str = r#"["o",{"id":"o","method":"GET","path":"/x","responses":[{"status":"200"}]}]"#;

struct Shop;

const FAILS: Handler<Shop> =
    |_, _| async { Err(std::io::Error::other("the password is 123").into()) }.boxed();

/// Keeps the fields of each event as text.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl tracing::Subscriber for Lines {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        struct Text(String);
        impl tracing::field::Visit for Text {
            fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
                self.0.push_str(&format!("{field}={value:?} "));
            }
        }
        let mut text = Text(format!("{} ", event.metadata().level()));
        event.record(&mut text);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(text.0);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn the_cause_is_one_line_in_the_log() -> Result<(), Box<dyn std::error::Error>> {
    let contract = Box::leak(Box::new(Contract::new("", OPERATION)));
    let router = Server::new(Shop, contract, [Route::new("o", FAILS)]).into_router();
    let status = async |uri: &str| {
        let request = Request::get(uri).header("x-request-id", "r-1").body(Body::empty())?;
        Ok::<_, http::Error>(router.clone().oneshot(request).await.map(|response| response.status()))
    };
    let lines = Lines::default();
    let guard = tracing::subscriber::set_default(lines.clone());
    assert_eq!(status("/x?token=t0p").await??, 500);
    assert_eq!(status("/nowhere").await??, 404);
    drop(guard);
    let lines = lines.0.lock().map_err(|_| "a panic while logging")?;
    assert_eq!(lines.len(), 1, "{lines:?}");
    for part in ["ERROR", "r-1", "operation=\"o\"", "status=500", "the password is 123"] {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
    assert!(!lines[0].contains("t0p"), "{}", lines[0]);
    Ok(())
}

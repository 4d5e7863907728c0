//! `requests.yaml`.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use counterpart_runtime::callback::Exchange;
use counterpart_runtime::server::{ApiError, IdempotencyKey, IdempotencyLedger, Turn};
use counterpart_runtime::{Json, encode};

use crate::requests::callbacks::Sender;
use crate::requests::server::*;
use crate::requests::types;
use crate::{json, object};

/// What was answered to requests with an `Idempotency-Key`.
static LEDGER: LazyLock<IdempotencyLedger<Json>> =
    LazyLock::new(|| IdempotencyLedger::new(Duration::from_secs(3600), 1000));

/// How many of them were processed.
static CALLS: AtomicU64 = AtomicU64::new(0);

/// Answers with what it was sent.
#[derive(Debug)]
pub struct Echo;

/// Answers with members of the request.
macro_rules! echo {
    ($($method:ident $request:ident $response:ident: $($member:ident)*;)*) => {$(
        async fn $method(&self, request: $request) -> Result<$response, ApiError> {
            Ok($response::Ok(object(&[$((stringify!($member), &request.$member)),*])?))
        }
    )*};
}

impl Api for Echo {
    async fn t20(&self, request: T20) -> Result<T20Response, ApiError> {
        Ok(T20Response::Ok(types::User { id: 7, name: request.body.name }))
    }

    async fn t21(&self, request: T21) -> Result<T21Response, ApiError> {
        let config = request.body.unwrap_or_default();
        let (n, m) = (config.n_or_default(), config.m_or_default());
        let limit = request.limit;
        Ok(T21Response::Ok(object(&[("limit", &limit), ("n", &n), ("m", &m), ("body", &config)])?))
    }

    async fn o02(&self, request: O02) -> Result<O02Response, ApiError> {
        let exchange = Exchange::from(&request.context).request_body(&request.body)?;
        let url = Sender::DONE_URL.evaluate(&exchange).unwrap_or_else(|error| error.to_string());
        Ok(O02Response::Ok(object(&[("done", &url), ("named", &Sender::NAMED_URL.evaluate(&exchange)?)])?))
    }

    async fn o05(&self, request: O05) -> Result<O05Response, ApiError> {
        let key = IdempotencyKey::of(&request.context)?;
        Ok(O05Response::Ok(match LEDGER.begin("everybody", key, &request.body)? {
            Turn::Again(answer) => answer,
            Turn::First(ticket) => {
                // So that others can come meanwhile.
                tokio::time::sleep(Duration::from_millis(200)).await;
                let number = i64::try_from(CALLS.fetch_add(1, Ordering::Relaxed))?;
                ticket.finish(object(&[("key", &request.idempotency_key), ("number", &number)])?)
            }
        }))
    }

    async fn o05_loose(&self, request: O05Loose) -> Result<O05LooseResponse, ApiError> {
        Ok(O05LooseResponse::Ok(IdempotencyKey::of(&request.context)?.as_str().into()))
    }

    async fn o07(&self, request: O07) -> Result<O07Response, ApiError> {
        let (trace, state) = (request.context.trace(), request.context.trace_state());
        Ok(O07Response::Ok(object(&[("trace", &trace.to_string()), ("state", &state)])?))
    }

    async fn t06(&self, request: T06) -> Result<T06Response, ApiError> {
        let size = match request.body {
            Some(body) => body.collect(100).await?.len(),
            None => 0,
        };
        Ok(T06Response::Ok(u32::try_from(size)?.into()))
    }

    echo! {
        t01 T01 T01Response: limit;
        t24 T24 T24Response: color;
        t25 T25 T25Response: ids;
        t26 T26 T26Response: x_ids x_obj x_raw;
        t27 T27 T27Response: f d page;
        t28 T28 T28Response: limit tags csv q e b;
        t29 T29 T29Response: filter s;
        t30 T30 T30Response: id v query_id;
        t33_delete T33Delete T33DeleteResponse: body;
        t33_required T33Required T33RequiredResponse: body;
        t35_form T35Form T35FormResponse: body;
    }

    async fn t33(&self, request: T33) -> Result<T33Response, ApiError> {
        Ok(T33Response::Ok(match request.body {
            None => "absent".into(),
            Some(None) => "null".into(),
            Some(Some(body)) => json(&body)?,
        }))
    }

    async fn t34(&self, request: T34) -> Result<T34Response, ApiError> {
        Ok(T34Response::Ok(match request.body {
            T34Body::ApplicationJson(_) => "application/json".into(),
            T34Body::ApplicationVndXJson(_) => "application/vnd.x+json".into(),
            T34Body::TextAny(_) => "text/*".into(),
            T34Body::AnyAny(_) => "*/*".into(),
        }))
    }

    async fn t34_few(&self, request: T34Few) -> Result<T34FewResponse, ApiError> {
        let text = match request.body {
            T34FewBody::Json(body) => body.to_string(),
            T34FewBody::Text(text) => text,
        };
        let csv = request.context.accept().preferred(["application/json", "text/csv"]) == Some("text/csv");
        Ok(T34FewResponse::Ok(if csv { T34FewOkBody::Text(text) } else { T34FewOkBody::Json(text) }))
    }

    async fn t35(&self, request: T35) -> Result<T35Response, ApiError> {
        let types::Parts { f, n, o, a, ao, g, h, .. } = request.body;
        let file = f.map(|file| {
            let bytes = String::from_utf8_lossy(&file.bytes).into_owned();
            let members = [("name", file.file_name), ("type", file.content_type), ("bytes", Some(bytes))];
            let member = |(name, value): (&str, Option<String>)| {
                (name.to_owned(), Json::from(value.unwrap_or_default()))
            };
            Json::Object(members.map(member).into_iter().collect())
        });
        let members =
            object(&[("n", &n), ("o", &o), ("a", &a), ("ao", &ao), ("g", &g), ("h", &h), ("f", &file)])?;
        Ok(T35Response::Ok(Json::parse(&encode(&members)?)?))
    }
}

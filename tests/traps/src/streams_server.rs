//! `streams.yaml`.

use counterpart_runtime::server::ApiError;
use counterpart_runtime::stream::{BoxError, EventStream, JsonLines};
use counterpart_runtime::{Json, Map};
use futures_util::stream;

use crate::object;
use crate::streams::server::*;
use crate::streams::types;

/// Sends a few items.
#[derive(Debug)]
pub struct Streams;

fn items() -> JsonLines<Map<Json>> {
    let item = |n: i32| Ok::<_, BoxError>([("n".to_owned(), Json::from(n))].into_iter().collect());
    JsonLines::new(stream::iter([1, 2].map(item)))
}

impl Api for Streams {
    async fn events(&self, _: Events) -> Result<EventsResponse, ApiError> {
        let event = types::EventsResponse {
            data: "{\"n\":\n1}".to_owned(),
            id: Some("7".to_owned()),
            event: Some("tick".to_owned()),
            retry: Some(10),
        };
        Ok(EventsResponse::Ok(EventStream::new(stream::iter([Ok::<_, BoxError>(event)]))))
    }

    async fn lines(&self, _: Lines) -> Result<LinesResponse, ApiError> {
        Ok(LinesResponse::Ok(items()))
    }

    async fn sequence(&self, _: Sequence) -> Result<SequenceResponse, ApiError> {
        Ok(SequenceResponse::Ok(items()))
    }

    async fn whole(&self, _: Whole) -> Result<WholeResponse, ApiError> {
        Ok(WholeResponse::Ok(JsonLines::new(stream::iter([Ok::<_, BoxError>(1), Ok(2)]))))
    }

    async fn search(&self, request: Search) -> Result<SearchResponse, ApiError> {
        Ok(SearchResponse::Ok(object(&[
            ("method", &request.context.method().as_str().to_owned()),
            ("body", &request.body),
        ])?))
    }

    async fn copy_operation(&self, request: CopyOperation) -> Result<CopyOperationResponse, ApiError> {
        Ok(CopyOperationResponse::Ok(object(&[("method", &request.context.method().as_str().to_owned())])?))
    }

    async fn string_operation(&self, request: StringOperation) -> Result<StringOperationResponse, ApiError> {
        Ok(StringOperationResponse::Ok(object(&[("all", &request.all)])?))
    }
}

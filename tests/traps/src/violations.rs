//! `violations.yaml`.

use counterpart_runtime::server::ApiError;

use crate::violations_contract::server::{Api, Rich, RichResponse};

/// Takes what is right, and says nothing.
#[derive(Debug)]
pub struct Silent;

impl Api for Silent {
    async fn rich(&self, _: Rich) -> Result<RichResponse, ApiError> {
        Ok(RichResponse::NoContent)
    }
}

//! `users.yaml`, in two readings, and `pets.yaml`.

use counterpart_runtime::server::ApiError;

use crate::{pets, reject, strict};

/// Answers with the user, or the pet, that was sent.
#[derive(Debug)]
pub struct Users;

impl reject::server::Api for Users {
    async fn put(&self, request: reject::server::Put) -> Result<reject::server::PutResponse, ApiError> {
        let name = request.body.name;
        Ok(reject::server::PutResponse::Ok(reject::types::User { id: 7, name }))
    }
}

impl strict::server::Api for Users {
    async fn put(&self, request: strict::server::Put) -> Result<strict::server::PutResponse, ApiError> {
        Ok(strict::server::PutResponse::Ok(request.body))
    }
}

impl pets::server::Api for Users {
    async fn put(&self, request: pets::server::Put) -> Result<pets::server::PutResponse, ApiError> {
        Ok(pets::server::PutResponse::Ok(request.body))
    }
}

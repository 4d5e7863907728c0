//! `answers.yaml`, `routes.yaml` and `security.yaml`.

use counterpart_runtime::server::{ApiError, AuthError, Credentials, Secret, StatusCode};

use crate::answers_contract::{server as answers, types};
use crate::{routes::server as routes, security::server as doors};

/// Answers with the status it is asked for.
#[derive(Debug)]
pub struct Answers;

impl answers::Api for Answers {
    async fn status(&self, request: answers::Status) -> Result<answers::StatusResponse, ApiError> {
        use answers::StatusResponse::{ClientError, Default, NotFound, Ok as Fine, Success};
        let code = u16::try_from(request.status)?;
        let status = StatusCode::from_u16(code)?;
        Ok(match code {
            200 => Fine(types::StatusOk::A),
            404 => NotFound(types::StatusNotFound::C),
            // 299 asks for a range outside of its class.
            299 => Success(StatusCode::BAD_REQUEST, types::StatusSuccess::B),
            201..=298 => Success(status, types::StatusSuccess::B),
            400..=499 => ClientError(status, types::StatusClientError::D),
            _ => Default(status, types::StatusDefault::E),
        })
    }

    async fn few(&self, _: answers::Few) -> Result<answers::FewResponse, ApiError> {
        Ok(answers::FewResponse::NoContent)
    }

    async fn fail(&self, request: answers::Fail) -> Result<answers::FailResponse, ApiError> {
        Err(match request.status {
            429 => ApiError::too_many_requests(7),
            503 => ApiError::unavailable(8),
            status => ApiError::new(StatusCode::from_u16(u16::try_from(status)?)?, "FAILED", "as asked for"),
        })
    }

    async fn only_default(&self, _: answers::OnlyDefault) -> Result<answers::OnlyDefaultResponse, ApiError> {
        Err(ApiError::internal("the secret is xyzzy"))
    }

    async fn headers(&self, _: answers::Headers) -> Result<answers::HeadersResponse, ApiError> {
        Ok(answers::HeadersResponse::Ok {
            body: "body".to_owned(),
            x_needed: 7,
            x_maybe: Some(vec![1, 2]),
            set_cookie: Some(vec!["a=b, c".to_owned(), "d=e".to_owned()]),
            deprecation: Some("@1688169599".to_owned()),
            sunset: Some("Sun, 30 Jun 2024 23:59:59 GMT".to_owned()),
            rate_limit: Some("\"default\";r=50;t=30".to_owned()),
            rate_limit_policy: Some("\"burst\";q=100;w=60".to_owned()),
        })
    }
}

/// Answers with the name of the operation, and the values of its variables.
#[derive(Debug)]
pub struct Roads;

macro_rules! roads {
    ($($method:ident $request:ident $response:ident: $($variable:ident)*;)*) => {$(
        async fn $method(&self, request: routes::$request) -> Result<routes::$response, ApiError> {
            let _ = &request;
            let values: Vec<&str> = vec![stringify!($method), $(&request.$variable),*];
            Ok(routes::$response::Ok(values.join(" ")))
        }
    )*};
}

impl routes::Api for Roads {
    roads! {
        mine Mine MineResponse: ;
        pet Pet PetResponse: pet_id;
        toys Toys ToysResponse: name;
        activate Activate ActivateResponse: id;
        item Item ItemResponse: id;
        report Report ReportResponse: id;
        odata Odata OdataResponse: id;
        pair Pair PairResponse: a b;
        slash Slash SlashResponse: id;
        bare Bare BareResponse: id;
    }

    async fn put_pet(&self, _: routes::PutPet) -> Result<routes::PutPetResponse, ApiError> {
        Ok(routes::PutPetResponse::NoContent)
    }
}

/// Lets in who knows the word, and calls them by the alternative that let them in.
#[derive(Debug)]
pub struct Doors;

impl doors::Api for Doors {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials) -> Result<String, AuthError> {
        for (_, secret) in credentials.entries() {
            match secret {
                Secret::ApiKey(key) if key == "good" => {}
                Secret::Bearer(token) if token == "good" => {}
                Secret::Bearer(token) if token == "writer" => {
                    return Err(AuthError::Forbidden("read".to_owned()));
                }
                _ => return Err(AuthError::Unauthorized),
            }
        }
        let names: Vec<&str> = credentials.entries().map(|(name, _)| name).collect();
        Ok(format!("{}: {}", credentials.alternative(), names.join("+")))
    }

    async fn both(&self, request: doors::Both<String>) -> Result<doors::BothResponse, ApiError> {
        Ok(doors::BothResponse::Ok(request.principal))
    }

    async fn open(&self, _: doors::Open) -> Result<doors::OpenResponse, ApiError> {
        Ok(doors::OpenResponse::Ok("open".to_owned()))
    }

    async fn maybe(&self, request: doors::Maybe<String>) -> Result<doors::MaybeResponse, ApiError> {
        Ok(doors::MaybeResponse::Ok(request.principal.unwrap_or_else(|| "anonymous".to_owned())))
    }

    async fn role(&self, request: doors::Role<String>) -> Result<doors::RoleResponse, ApiError> {
        Ok(doors::RoleResponse::Ok(request.principal))
    }

    async fn mutual(&self, request: doors::Mutual<String>) -> Result<doors::MutualResponse, ApiError> {
        Ok(doors::MutualResponse::Ok(request.principal))
    }
}

//! Pieces of answers.

use counterpart_runtime::server::{ApiError, AuthError, Credentials, Secret};
use counterpart_runtime::stream::BoxError;
use counterpart_runtime::{Encode, File, Json, Typed, decode, encode};

use crate::broad::types;

/// A path parameter: text or a number.
pub type Parameter = Json;

/// A value as JSON.
pub fn json(value: &impl Encode) -> Result<Json, ApiError> {
    Ok(Json::parse(&encode(value)?)?)
}

/// A value as one of another type that has the same JSON.
pub fn convert<T: Typed>(value: &impl Encode) -> Result<T, ApiError> {
    Ok(decode(&encode(value)?)?)
}

/// An object with these members, as whatever type is asked for.
pub fn from_json<T: Typed>(members: Vec<(&str, Json)>) -> Result<T, ApiError> {
    let object = Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    convert(&object)
}

pub fn thing(name: &str) -> Result<types::Thing, ApiError> {
    from_json(vec![("name", name.into())])
}

pub fn color(r: i32, g: i32, b: i32) -> types::Color {
    types::Color { r, g, b }
}

pub fn problem(status: u16) -> Result<types::Problem, ApiError> {
    from_json(vec![("title", "A test".into()), ("status", u32::from(status).into()), ("code", "TEST".into())])
}

pub fn described(kind: &str, value: Option<Json>) -> types::Received {
    types::Received { kind: kind.to_owned(), value }
}

pub fn path_of(operation: &str, parameters: Vec<(&str, Parameter)>) -> Result<types::Path, ApiError> {
    let mut members = vec![("operation", Json::from(operation))];
    members.extend(parameters);
    from_json(members)
}

pub fn tick(count: i64) -> Result<types::TickMessage, BoxError> {
    let data = String::from_utf8(encode(&types::Tick { count })?)?;
    Ok(types::TickMessage { id: Some(count.to_string()), event: Some("tick".to_owned()), retry: None, data })
}

pub fn item(name: &str) -> Result<types::Thing, BoxError> {
    thing(name).map_err(|error| error.to_string().into())
}

/// Lets in whoever knows the secret of every scheme, and calls them by the schemes.
pub fn authenticate(credentials: &Credentials) -> Result<String, AuthError> {
    let mut schemes = Vec::new();
    for (scheme, secret) in credentials.entries() {
        let good = match (scheme, secret) {
            ("headerKey", Secret::ApiKey(key)) => key == "header-key",
            ("queryKey", Secret::ApiKey(key)) => key == "query-key",
            ("cookieKey", Secret::ApiKey(key)) => key == "cookie-key",
            ("basic", Secret::Basic { user, password }) => user == "ann" && password == "secret",
            ("bearer" | "openId", Secret::Bearer(token)) => token == "token",
            ("oauth", Secret::Bearer(token)) if token == "read-only" => {
                return Err(AuthError::Forbidden("things:write".to_owned()));
            }
            ("oauth", Secret::Bearer(token)) => token == "read-write",
            _ => false,
        };
        if !good {
            return Err(AuthError::Unauthorized);
        }
        schemes.push(scheme);
    }
    Ok(schemes.join("+"))
}

pub fn receipt(upload: types::Upload) -> types::UploadReceipt {
    let file = |file: File| types::FileReceipt {
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        file_name: file.file_name,
        content_type: file.content_type,
    };
    types::UploadReceipt {
        title: upload.title,
        count: upload.count,
        note: upload.note,
        thing: upload.thing,
        color: upload.color,
        tags: upload.tags,
        things: upload.things,
        cover: file(upload.cover),
        attachments: upload.attachments.map(|files| files.into_iter().map(file).collect()),
    }
}

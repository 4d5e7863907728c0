//! The envelope shape of a problem.

use super::Problem;
use crate::json::{Json, Map};

pub(super) fn write(problem: &Problem, meta: Map<Json>) -> Json {
    let message = problem.detail.as_deref().or(problem.title.as_deref()).unwrap_or_default();
    let mut error = problem.extensions.clone();
    error.insert("code".to_owned(), problem.code.as_deref().into());
    error.insert("message".to_owned(), message.into());
    error.insert("details".to_owned(), problem.details.iter().map(super::detail).collect());
    let mut described = Map::new();
    described.insert("requestId".to_owned(), problem.request_id.as_deref().into());
    described.extend(meta);
    let members = [
        ("success".to_owned(), Json::Bool(false)),
        ("error".to_owned(), Json::Object(error)),
        ("meta".to_owned(), Json::Object(described)),
    ];
    Json::Object(members.into_iter().collect())
}

pub(super) fn read(members: &Map<Json>) -> Option<Problem> {
    let error = members.get("error")?.as_object()?;
    if members.get("success") != Some(&Json::Bool(false)) {
        return None;
    }
    let text = |name: &str| error.get(name).and_then(Json::as_str).map(str::to_owned);
    let request_id = members.get("meta").and_then(|meta| meta.get("requestId")).and_then(Json::as_str);
    let known = |name: &str| matches!(name, "code" | "message" | "details");
    Some(Problem {
        detail: text("message"),
        code: text("code"),
        request_id: request_id.map(str::to_owned),
        details: error.get("details").and_then(Json::as_array).map(super::details).unwrap_or_default(),
        extensions: error
            .iter()
            .filter(|(name, _)| !known(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        ..Problem::default()
    })
}

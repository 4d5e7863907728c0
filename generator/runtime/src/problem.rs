//! Problem details (RFC 9457), the shape in which everything that goes wrong is told: written by the server, read by
//! the client.

mod envelope;

use crate::json::{Json, Map};
use crate::violation::Violation;

/// The media type of problem details.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The type of a problem that its status says all about.
const ABOUT_BLANK: &str = "about:blank";

/// Problem details.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// `type`: a URI reference for the kind of problem.
    pub kind: String,
    /// `title`: the kind of problem, for people.
    pub title: Option<String>,
    /// `status`: advisory, the status line decides.
    pub status: Option<u16>,
    /// `detail`: this occurrence, for people.
    pub detail: Option<String>,
    /// `instance`: a URI reference for this occurrence.
    pub instance: Option<String>,
    /// `code`: the kind of problem, for programs.
    pub code: Option<String>,
    /// `requestId`: what to look for in the log.
    pub request_id: Option<String>,
    /// `details`: what a request violates.
    pub details: Vec<Violation>,
    /// All other members.
    pub extensions: Map<Json>,
}

impl Default for Problem {
    fn default() -> Self {
        Self {
            kind: ABOUT_BLANK.to_owned(),
            title: None,
            status: None,
            detail: None,
            instance: None,
            code: None,
            request_id: None,
            details: Vec::new(),
            extensions: Map::new(),
        }
    }
}

impl Problem {
    /// Reads problem details, or the envelope shape. `None` where the text is no JSON object; members of the wrong
    /// type are ignored (RFC 9457 section 3.1), unknown ones kept.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        match Json::parse(bytes) {
            Ok(Json::Object(members)) => {
                Some(envelope::read(&members).unwrap_or_else(|| Self::from_members(members)))
            }
            _ => None,
        }
    }

    fn from_members(members: Map<Json>) -> Self {
        let mut problem = Self::default();
        for (name, value) in members {
            match (name.as_str(), value) {
                ("type", Json::String(text)) => problem.kind = text,
                ("title", Json::String(text)) => problem.title = Some(text),
                ("detail", Json::String(text)) => problem.detail = Some(text),
                ("instance", Json::String(text)) => problem.instance = Some(text),
                ("code", Json::String(text)) => problem.code = Some(text),
                ("requestId", Json::String(text)) => problem.request_id = Some(text),
                ("status", Json::Number(number)) => {
                    problem.status = number.as_u64().and_then(|status| u16::try_from(status).ok());
                }
                ("details", Json::Array(entries)) => problem.details = details(&entries),
                ("type" | "title" | "status" | "detail" | "instance", _) => {}
                (_, value) => {
                    problem.extensions.insert(name, value);
                }
            }
        }
        problem
    }

    /// The JSON of `application/problem+json`.
    pub fn to_json(&self) -> Json {
        let mut members = Map::new();
        let mut put = |name: &str, value: Option<Json>| {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        };
        put("type", Some(self.kind.as_str().into()));
        put("title", self.title.as_deref().map(Json::from));
        put("status", self.status.map(|status| Json::from(u32::from(status))));
        put("detail", self.detail.as_deref().map(Json::from));
        put("instance", self.instance.as_deref().map(Json::from));
        put("code", self.code.as_deref().map(Json::from));
        put("requestId", self.request_id.as_deref().map(Json::from));
        if !self.details.is_empty() {
            put("details", Some(self.details.iter().map(detail).collect()));
        }
        for (name, value) in &self.extensions {
            if !members.contains_key(name) {
                members.insert(name.clone(), value.clone());
            }
        }
        Json::Object(members)
    }

    /// The JSON of the envelope shape: `{"success": false, "error": {…}, "meta": {…}}`, with members of `meta` that
    /// come after the request id.
    pub fn to_envelope(&self, meta: Map<Json>) -> Json {
        envelope::write(self, meta)
    }
}

/// One entry of `details`.
fn detail(violation: &Violation) -> Json {
    let mut members = Map::new();
    if let Some(location) = violation.location {
        members.insert("in".to_owned(), location.into());
    }
    if let Some(name) = &violation.name {
        members.insert("name".to_owned(), name.as_str().into());
    }
    members.insert("field".to_owned(), violation.pointer.as_str().into());
    members.insert("keyword".to_owned(), violation.keyword.as_ref().into());
    members.insert("message".to_owned(), violation.message.as_str().into());
    if let Some(received) = &violation.received {
        members.insert("received".to_owned(), received.clone());
    }
    Json::Object(members)
}

/// Entries of `details` that can be read; others are passed over.
fn details(entries: &[Json]) -> Vec<Violation> {
    let read = |entry: &Json| {
        let text = |name| entry.get(name).and_then(Json::as_str);
        let mut violation =
            Violation::new(text("field")?, text("keyword")?.to_owned(), text("message").unwrap_or_default());
        violation.received = entry.get("received").cloned();
        violation.name = text("name").map(str::to_owned);
        let places = ["query", "path", "header", "cookie", "querystring", "body"];
        violation.location = places.into_iter().find(|place| text("in") == Some(place));
        Some(violation)
    };
    entries.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_the_wrong_type_are_ignored() {
        let text = r##"{"type":"/probs/x","status":"404","title":7,"detail":"d","errors":[{"pointer":"#/a"}],"balance":30}"##;
        let problem = Problem::parse(text.as_bytes()).unwrap();
        assert_eq!((problem.kind.as_str(), problem.status, problem.title), ("/probs/x", None, None));
        assert_eq!(problem.detail.as_deref(), Some("d"));
        assert_eq!(problem.extensions.keys().collect::<Vec<_>>(), ["errors", "balance"]);
        assert_eq!(Problem::parse(b"{}").unwrap().kind, "about:blank");
        assert_eq!(Problem::parse(b"[]"), None);
        assert_eq!(Problem::parse(b"<html>"), None);
    }

    #[test]
    fn both_shapes_are_read_back() {
        let violation = Violation::new("/a~1b", "minimum", "too small").located("query", Some("limit"));
        let problem = Problem {
            title: Some("Unprocessable Content".to_owned()),
            status: Some(422),
            detail: Some("one".to_owned()),
            code: Some("VALIDATION_FAILED".to_owned()),
            request_id: Some("r1".to_owned()),
            details: vec![violation.with_received(Json::from(-1))],
            ..Problem::default()
        };
        assert_eq!(Problem::parse(problem.to_json().to_string().as_bytes()).unwrap(), problem);
        let read = Problem::parse(problem.to_envelope(Map::new()).to_string().as_bytes()).unwrap();
        assert_eq!(
            (read.code, read.detail, read.request_id),
            (problem.code, problem.detail, problem.request_id)
        );
        assert_eq!(read.details, problem.details);
    }
}

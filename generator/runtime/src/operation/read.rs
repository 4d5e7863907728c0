//! Reads an operation from its line of the table.

use super::{
    Body, Encoding, Location, Media, MediaKind, Operation, Parameter, Requirement, Response, SchemeKind,
    Sequence, Shape, Status, Style,
};
use crate::json::Json;

/// What is wrong with a line: the name of the member that cannot be read.
type Broken = &'static str;

impl Operation {
    /// Reads a line of `operations.jsonl`; the error names the member that cannot be read.
    pub fn from_json(json: &Json) -> Result<Self, Broken> {
        let body = match json.get("body") {
            Some(body) => {
                Some(Body { required: flag(body, "required"), content: list(body, "content", media)? })
            }
            None => None,
        };
        let responses = list(json, "responses", response)?;
        let path = required_text(json, "path")?;
        Ok(Self {
            id: required_text(json, "id")?,
            method: required_text(json, "method")?,
            #[cfg(feature = "client")]
            pieces: super::path::Pieces::of(&path),
            path,
            deprecated: flag(json, "deprecated"),
            parameters: list(json, "parameters", parameter)?,
            body,
            accepted: accepted(&responses),
            responses,
            security: list(json, "security", |alternative| items(alternative, "security", requirement))?,
            servers: list(json, "servers", |server| server.as_str().map(str::to_owned).ok_or("servers"))?,
        })
    }
}

fn accepted(responses: &[Response]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for media in responses.iter().flat_map(|response| &response.content) {
        if !names.contains(&media.name.as_str()) {
            names.push(&media.name);
        }
    }
    names.join(", ")
}

fn parameter(json: &Json) -> Result<Parameter, Broken> {
    Ok(Parameter {
        name: required_text(json, "name")?,
        location: json.get("in").map_or(Ok(Location::default()), location)?,
        style: json.get("style").map_or(Ok(Style::default()), style)?,
        explode: flag(json, "explode"),
        required: flag(json, "required"),
        allow_empty: flag(json, "allowEmpty"),
        allow_reserved: flag(json, "allowReserved"),
        shape: json.get("shape").map_or(Ok(Shape::default()), shape)?,
        schema: index(json, "schema")?.ok_or("schema")?,
        content: text(json, "content")?,
        fixed: text(json, "fixed")?,
        secret: flag(json, "secret"),
        exact: flag(json, "exact"),
    })
}

fn location(json: &Json) -> Result<Location, Broken> {
    [Location::Path, Location::Query, Location::Header, Location::Cookie, Location::Querystring]
        .into_iter()
        .find(|location| json.as_str() == Some(location.as_str()))
        .ok_or("in")
}

fn style(json: &Json) -> Result<Style, Broken> {
    Ok(match json.as_str() {
        Some("matrix") => Style::Matrix,
        Some("label") => Style::Label,
        Some("simple") => Style::Simple,
        Some("form") => Style::Form,
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        Some("cookie") => Style::Cookie,
        _ => return Err("style"),
    })
}

fn shape(json: &Json) -> Result<Shape, Broken> {
    if let Some(name) = json.as_str() {
        return Ok(match name {
            "string" => Shape::String,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "null" => Shape::Null,
            "file" => Shape::File,
            "json" => Shape::Json,
            _ => return Err("shape"),
        });
    }
    if let Json::Array(_) = json {
        return items(json, "shape", shape).map(Shape::Union);
    }
    if let Some(item) = json.get("array") {
        return Ok(Shape::Array(Box::new(shape(item)?)));
    }
    let object = json.get("object").ok_or("shape")?;
    let members = match object.get("members") {
        Some(Json::Object(members)) => members
            .iter()
            .map(|(name, member)| Ok((name.clone(), shape(member)?)))
            .collect::<Result<_, Broken>>()?,
        Some(_) => return Err("shape"),
        None => crate::json::Map::new(),
    };
    let rest = object.get("rest").filter(|rest| !matches!(rest, Json::Null));
    Ok(Shape::Object { members: Box::new(members), rest: rest.map(shape).transpose()?.map(Box::new) })
}

fn media(json: &Json) -> Result<Media, Broken> {
    Ok(Media {
        name: required_text(json, "name")?,
        kind: json.get("kind").map_or(Ok(MediaKind::default()), media_kind)?,
        schema: index(json, "schema")?,
        item_schema: index(json, "itemSchema")?,
        sequence: json.get("sequence").map(sequence).transpose()?.map(Box::new),
        root: text(json, "root")?,
        shape: json.get("shape").map_or(Ok(Shape::default()), shape)?,
        encoding: list(json, "encoding", encoding)?,
        prefix: list(json, "prefix", encoding)?,
        item: json.get("item").map(encoding).transpose()?.map(Box::new),
        exact: flag(json, "exact"),
    })
}

fn sequence(json: &Json) -> Result<Sequence, Broken> {
    let number = |json: &Json| json.as_u64().and_then(|index| u32::try_from(index).ok()).ok_or("prefix");
    Ok(Sequence {
        min_items: count(json, "minItems").unwrap_or_default(),
        max_items: count(json, "maxItems"),
        unique_items: flag(json, "uniqueItems"),
        contains: index(json, "contains")?,
        min_contains: count(json, "minContains").unwrap_or(1),
        max_contains: count(json, "maxContains"),
        prefix: list(json, "prefix", number)?,
        rest: index(json, "rest")?,
    })
}

fn media_kind(json: &Json) -> Result<MediaKind, Broken> {
    Ok(match json.as_str() {
        Some("json") => MediaKind::Json,
        Some("form") => MediaKind::Form,
        Some("multipart") => MediaKind::Multipart,
        Some("text") => MediaKind::Text,
        Some("binary") => MediaKind::Binary,
        Some("events") => MediaKind::Events,
        Some("jsonLines") => MediaKind::JsonLines,
        Some("jsonSeq") => MediaKind::JsonSeq,
        Some("yaml") => MediaKind::Yaml,
        Some("xml") => MediaKind::Xml,
        _ => return Err("kind"),
    })
}

fn encoding(json: &Json) -> Result<Encoding, Broken> {
    Ok(Encoding {
        name: text(json, "name")?.unwrap_or_default(),
        content_type: text(json, "contentType")?,
        default_type: text(json, "defaultType")?,
        style: json.get("style").map(style).transpose()?,
        explode: json.get("explode").and_then(Json::as_bool),
        allow_reserved: flag(json, "allowReserved"),
        headers: list(json, "headers", parameter)?,
        shape: json.get("shape").map(shape).transpose()?,
        schema: index(json, "schema")?,
        root: text(json, "root")?,
        encoding: list(json, "encoding", encoding)?,
        prefix: list(json, "prefix", encoding)?,
        item: json.get("item").map(encoding).transpose()?.map(Box::new),
    })
}

fn response(json: &Json) -> Result<Response, Broken> {
    Ok(Response {
        status: status(json.get("status").and_then(Json::as_str).ok_or("status")?)?,
        headers: list(json, "headers", parameter)?,
        content: list(json, "content", media)?,
    })
}

fn status(key: &str) -> Result<Status, Broken> {
    if key == "default" {
        return Ok(Status::Default);
    }
    if let Some(digit) = key.strip_suffix("XX") {
        return digit.parse().map(Status::Range).map_err(|_| "status");
    }
    key.parse().map(Status::Code).map_err(|_| "status")
}

fn requirement(json: &Json) -> Result<Requirement, Broken> {
    Ok(Requirement {
        scheme: required_text(json, "scheme")?,
        kind: json.get("kind").map_or(Err("kind"), scheme_kind)?,
        scopes: list(json, "scopes", |scope| scope.as_str().map(str::to_owned).ok_or("scopes"))?,
    })
}

fn scheme_kind(json: &Json) -> Result<SchemeKind, Broken> {
    match json.as_str() {
        Some("oauth2") => return Ok(SchemeKind::OAuth2),
        Some("openIdConnect") => return Ok(SchemeKind::OpenIdConnect),
        Some("mutualTLS") => return Ok(SchemeKind::MutualTls),
        Some(_) => return Err("kind"),
        None => {}
    }
    if let Some(scheme) = text(json, "http")? {
        return Ok(SchemeKind::Http(scheme));
    }
    let key = json.get("apiKey").ok_or("kind")?;
    Ok(SchemeKind::ApiKey {
        location: location(key.get("in").ok_or("in")?)?,
        name: required_text(key, "name")?,
    })
}

fn flag(json: &Json, name: &str) -> bool {
    json.get(name).and_then(Json::as_bool).unwrap_or(false)
}

fn text(json: &Json, name: &'static str) -> Result<Option<String>, Broken> {
    match json.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => value.as_str().map(|text| Some(text.to_owned())).ok_or(name),
    }
}

fn required_text(json: &Json, name: &'static str) -> Result<String, Broken> {
    text(json, name)?.ok_or(name)
}

fn index(json: &Json, name: &'static str) -> Result<Option<u32>, Broken> {
    match json.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Number(number)) => {
            number.as_u64().and_then(|index| u32::try_from(index).ok()).map(Some).ok_or(name)
        }
        Some(_) => Err(name),
    }
}

fn count(json: &Json, name: &str) -> Option<u64> {
    json.get(name)?.as_u64()
}

fn list<T>(
    json: &Json,
    name: &'static str,
    read: impl FnMut(&Json) -> Result<T, Broken>,
) -> Result<Vec<T>, Broken> {
    json.get(name).map_or(Ok(Vec::new()), |value| items(value, name, read))
}

fn items<T>(
    json: &Json,
    name: &'static str,
    read: impl FnMut(&Json) -> Result<T, Broken>,
) -> Result<Vec<T>, Broken> {
    match json {
        Json::Array(items) => items.iter().map(read).collect(),
        _ => Err(name),
    }
}

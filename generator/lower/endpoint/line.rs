//! A line of `operations.jsonl`: JSON objects that leave out what is default. The runtime's `operation` module reads
//! them; the member names are the camel case of its fields.

use counterpart_runtime::{Json, Map, Number};

use crate::{contract::Style, ir::Status};

/// An object being written.
#[derive(Debug, Default)]
pub struct Line(Map<Json>);

impl Line {
    /// Without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// A member as it is.
    pub fn json(&mut self, name: &str, value: Json) -> &mut Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// A string, even an empty one.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.json(name, Json::String(value.to_owned()))
    }

    /// A boolean, left out where false.
    pub fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        match value {
            true => self.json(name, Json::Bool(true)),
            false => self,
        }
    }

    /// The number of a root schema.
    pub fn index(&mut self, name: &str, value: u32) -> &mut Self {
        self.json(name, Json::Number(Number::from(value)))
    }

    /// A count, left out where there is none.
    pub fn count(&mut self, name: &str, value: Option<u64>) -> &mut Self {
        match value {
            Some(value) => self.json(name, Json::Number(Number::from(value))),
            None => self,
        }
    }

    /// An array, left out where empty.
    pub fn list(&mut self, name: &str, values: Vec<Json>) -> &mut Self {
        match values.is_empty() {
            true => self,
            false => self.json(name, Json::Array(values)),
        }
    }

    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object.
    pub fn finish(self) -> Json {
        Json::Object(self.0)
    }
}

/// A declared response.
pub fn response(status: Status, headers: Vec<Json>, content: Vec<Json>) -> Json {
    let mut line = Line::new();
    let status = match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    };
    line.text("status", &status).list("headers", headers).list("content", content);
    line.finish()
}

/// The name of a style (OAS 3.1.2, Style Values; OAS 3.2.0 for `cookie`).
pub fn style(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}

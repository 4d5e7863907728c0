//! A handler's call as the expressions of callbacks see it.

use super::context::Context;
use super::template::{Segment, Template, normal_path};
use crate::callback::Exchange;
use crate::style::decode_percent;

/// All of the request but its body, which is set by [`Exchange::request_body`], and the scheme and host of `$url`, which a
/// server behind others does not know.
impl From<&Context> for Exchange {
    fn from(context: &Context) -> Self {
        let query = context.uri().query().unwrap_or_default();
        let mut exchange = Self::new().method(context.method().as_str()).query(query);
        for (name, value) in context.headers() {
            if let Ok(text) = std::str::from_utf8(value.as_bytes()) {
                exchange = exchange.request_header(name.as_str(), text);
            }
        }
        path_values(context).into_iter().fold(exchange, |exchange, (name, value)| exchange.path(name, value))
    }
}

/// The variables of the path, decoded.
fn path_values(context: &Context) -> Vec<(String, String)> {
    let template = Template::parse(context.operation().map_or("", |operation| &operation.path));
    let path = context.uri().path();
    let segments = path.strip_prefix('/').unwrap_or(path).split('/');
    let mut variables = template.variables.into_iter();
    let mut values = Vec::new();
    for (segment, raw) in template.segments.iter().zip(segments) {
        let (Segment::Pattern(pattern), Some(text)) = (segment, normal_path(raw)) else { continue };
        let mut found = Vec::new();
        pattern.captures(&text, 0, &mut found);
        for (range, name) in found.into_iter().zip(variables.by_ref()) {
            let value = text.get(range).and_then(|value| decode_percent(value).ok());
            values.extend(value.map(|value| (name, value.into_owned())));
        }
    }
    values
}

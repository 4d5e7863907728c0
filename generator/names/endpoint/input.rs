//! Names of parameters and headers.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::Ident;

use crate::{
    ir::{Endpoint, Input, Place, Site},
    names::endpoint::{ident, snake},
};

/// Members that a request has beside its parameters, and methods of the client's call.
const RESERVED_FIELDS: &[&str] =
    &["body", "context", "params", "preferring", "principal", "receive", "send", "written_as"];

/// The argument that says where a webhook or a callback is sent to.
const TARGET: &str = "url";

/// Members that a response variant has beside its headers, and what the code that writes it names.
const RESERVED_HEADERS: &[&str] = &["body", "call", "status"];

/// Variables of the functions that read requests.
const RESERVED_LOCALS: &[&str] = &["call"];

/// The names of a parameter.
#[derive(Debug)]
pub struct InputName {
    /// Member of the request, argument or method of the client.
    pub field: Ident,
    /// Variable where the request is read.
    pub local: Ident,
    /// It is numbered: the plain name belongs to another parameter.
    pub numbered: bool,
}

/// Names parameters. Two that want one name get their place in front, the path's parameter excepted: `id` and
/// `query_id`. The configuration chooses others by the operation and the parameter, `getPet::id`.
pub fn parameters(endpoint: &Endpoint, chosen: &BTreeMap<String, String>) -> Vec<InputName> {
    let inputs = &endpoint.parameters;
    let targeted = endpoint.site != Site::Path;
    let wish = |input: &Input| {
        let chosen = if chosen.is_empty() { None } else { chosen.get(&key(endpoint, input)) };
        snake(chosen.unwrap_or(&input.wire))
    };
    let wishes: Vec<String> = inputs.iter().map(wish).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for wish in &wishes {
        *counts.entry(wish).or_default() += 1;
    }
    let placed = inputs.iter().zip(&wishes).map(|(input, wish)| {
        let shared = counts.get(wish.as_str()).is_some_and(|count| *count > 1);
        let reserved = RESERVED_FIELDS.contains(&wish.as_str()) || targeted && wish == TARGET;
        match reserved || shared && input.place != Place::Path {
            true => format!("{}_{wish}", prefix(input.place)),
            false => wish.clone(),
        }
    });
    let name = |(field, numbered): (String, bool)| InputName {
        local: match RESERVED_LOCALS.contains(&field.as_str()) {
            true => ident(&format!("{field}_")),
            false => ident(&field),
        },
        field: ident(&field),
        numbered,
    };
    distinct(placed).into_iter().map(name).collect()
}

/// What the configuration calls a parameter by.
pub fn key(endpoint: &Endpoint, input: &Input) -> String {
    format!("{}::{}", endpoint.wish, input.wire)
}

/// Names the headers of a response.
pub fn headers(inputs: &[Input]) -> Vec<Ident> {
    let wishes = inputs.iter().map(|input| {
        let wish = snake(&input.wire);
        match RESERVED_HEADERS.contains(&wish.as_str()) {
            true => format!("header_{wish}"),
            false => wish,
        }
    });
    distinct(wishes).iter().map(|(name, _)| ident(name)).collect()
}

/// Numbers what is still alike, `a`, `a_2`, `a_3`, and says where.
fn distinct(wishes: impl Iterator<Item = String>) -> Vec<(String, bool)> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for wish in wishes {
        let mut name = wish.clone();
        let mut number = 1;
        while !taken.insert(name.clone()) {
            number += 1;
            name = format!("{wish}_{number}");
        }
        names.push((name, number > 1));
    }
    names
}

fn prefix(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::Querystring => "querystring",
    }
}

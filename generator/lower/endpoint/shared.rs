//! Headers that many responses declare alike, such as what is left of a rate limit: one struct instead of the same
//! members everywhere.

use crate::ir::{Endpoint, HeaderSet, Input, Outcome};

/// From this many responses on, a list of headers is a struct of its own.
const OFTEN: usize = 3;

/// Every list of at least two headers that occurs often, in the order of its first occurrence.
pub fn header_sets<'e>(endpoints: impl Iterator<Item = &'e Endpoint>) -> Vec<HeaderSet> {
    let mut found: Vec<(&Endpoint, &Outcome, usize)> = Vec::new();
    let all = endpoints.flat_map(|endpoint| endpoint.outcomes.iter().map(move |one| (endpoint, one)));
    for (endpoint, outcome) in all.filter(|(_, outcome)| outcome.headers.len() > 1) {
        match found.iter_mut().find(|(_, known, _)| known.headers == outcome.headers) {
            Some((_, _, count)) => *count += 1,
            None => found.push((endpoint, outcome, 1)),
        }
    }
    let often = found.into_iter().filter(|(_, _, count)| *count >= OFTEN);
    let set = |(endpoint, outcome, _): (&Endpoint, &Outcome, usize)| HeaderSet {
        wish: wish(endpoint, outcome),
        headers: outcome.headers.clone(),
    };
    often.map(set).collect()
}

/// The words that all names begin with; where there are none, the response that comes first.
fn wish(endpoint: &Endpoint, outcome: &Outcome) -> String {
    match common(&outcome.headers) {
        words if words.is_empty() => format!("{} {} headers", endpoint.wish, outcome.status.words()),
        words => format!("{} headers", words.join(" ")),
    }
}

/// `X-RateLimit-Limit` and `X-RateLimit-Reset` have `RateLimit` in common; `X` says nothing.
fn common(headers: &[Input]) -> Vec<&str> {
    let Some((first, others)) = headers.split_first() else { return Vec::new() };
    let shared = |(position, word): &(usize, &str)| {
        others.iter().all(|other| {
            other.wire.split('-').nth(*position).is_some_and(|theirs| theirs.eq_ignore_ascii_case(word))
        })
    };
    let common = first.wire.split('-').enumerate().take_while(shared).map(|(_, word)| word);
    common.skip_while(|word| word.eq_ignore_ascii_case("x")).collect()
}

#[cfg(test)]
mod tests {
    use super::common;
    use crate::ir::{Input, Place, TypeRef};

    fn header(wire: &str) -> Input {
        Input {
            wire: wire.to_owned(),
            place: Place::Header,
            ty: TypeRef::Integer,
            checks: Vec::new(),
            required: false,
            default: None,
            docs: String::new(),
            deprecated: false,
        }
    }

    #[test]
    fn sets_are_named_by_what_their_headers_share() {
        let named = |wires: &[&str]| {
            let headers: Vec<Input> = wires.iter().map(|wire| header(wire)).collect();
            common(&headers).join(" ")
        };
        assert_eq!(named(&["X-RateLimit-Limit", "X-RateLimit-Reset", "x-ratelimit-bucket"]), "RateLimit");
        assert_eq!(named(&["X-Rate-Limit", "X-Rate-Limit-Reset"]), "Rate Limit");
        assert_eq!(named(&["X-Request-Id", "X-Total"]), "");
        assert_eq!(named(&["ETag", "Link"]), "");
    }
}

//! Headers that many responses declare alike, such as what is left of a rate limit: one struct instead of the same
//! members everywhere.

use crate::ir::{Endpoint, HeaderSet, Input, Outcome};

/// From this many responses on, a list of headers is a struct of its own.
const OFTEN: usize = 3;

/// Every list of at least two headers that occurs often, in the order of its first occurrence.
pub fn header_sets<'e>(endpoints: impl Iterator<Item = &'e Endpoint>) -> Vec<HeaderSet> {
    let mut found: Vec<(&Outcome, usize)> = Vec::new();
    for outcome in endpoints.flat_map(|endpoint| &endpoint.outcomes).filter(|one| one.headers.len() > 1) {
        match found.iter_mut().find(|(known, _)| known.headers == outcome.headers) {
            Some((_, count)) => *count += 1,
            None => found.push((outcome, 1)),
        }
    }
    let often = found.into_iter().filter(|(_, count)| *count >= OFTEN);
    let set = |(outcome, _): (&Outcome, usize)| HeaderSet {
        wish: wish(&outcome.headers),
        headers: outcome.headers.clone(),
    };
    often.map(set).collect()
}

/// Of a name that is made of what headers are about so much is enough.
const SUBJECTS: usize = 4;

/// The words that all names begin with; where there are none, the first word of each: it does not matter which
/// response comes first.
fn wish(headers: &[Input]) -> String {
    let mut words = common(headers);
    if words.is_empty() {
        for word in headers.iter().filter_map(subject) {
            if words.len() < SUBJECTS && !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                words.push(word);
            }
        }
    }
    format!("{} headers", words.join(" "))
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
    common.skip_while(|word| is_x(word)).collect()
}

fn subject(header: &Input) -> Option<&str> {
    header.wire.split('-').find(|word| !is_x(word))
}

fn is_x(word: &str) -> bool {
    word.eq_ignore_ascii_case("x")
}

#[cfg(test)]
mod tests {
    use super::wish;
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
    fn sets_are_named_by_their_headers() {
        let named = |wires: &[&str]| {
            let headers: Vec<Input> = wires.iter().map(|wire| header(wire)).collect();
            wish(&headers)
        };
        assert_eq!(
            named(&["X-RateLimit-Limit", "X-RateLimit-Reset", "x-ratelimit-bucket"]),
            "RateLimit headers"
        );
        assert_eq!(named(&["X-Rate-Limit", "X-Rate-Limit-Reset"]), "Rate Limit headers");
        assert_eq!(named(&["X-Request-Id", "X-Total"]), "Request Total headers");
        assert_eq!(named(&["Link", "X-RateLimit-Limit", "X-RateLimit-Reset"]), "Link RateLimit headers");
    }
}

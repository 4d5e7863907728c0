//! The routing table: a tree by segments. Concrete beats templated at the leftmost segment where two templates differ
//! (OAS 3.1.2, Path Templating Matching); among templated segments more fixed characters beat fewer.

use std::cmp::Reverse;
use std::ops::Range;

use super::template::{Pattern, Segment, Template};
use crate::style::{Pairs, decode_form};

/// Where operations hang.
#[derive(Debug, Default)]
pub(super) struct Table {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    /// In the order of their texts.
    literals: Vec<(String, Node)>,
    /// The most fixed characters first.
    patterns: Vec<(Pattern, Node)>,
    endpoints: Vec<Endpoint>,
}

/// One operation at the end of a path.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) method: String,
    pub(super) route: usize,
    query: Vec<(String, String)>,
}

/// What a path leads to.
#[derive(Debug)]
pub(super) struct Found<'t> {
    endpoints: &'t [Endpoint],
    /// The query, where a template has a fixed part of it.
    query: Option<Pairs>,
    /// What the variables match, as ranges of the path.
    pub(super) captures: Vec<Range<usize>>,
}

impl Table {
    pub(super) fn insert(&mut self, template: &Template, method: &str, route: usize) {
        let mut node = &mut self.root;
        for segment in &template.segments {
            let next = match segment {
                Segment::Literal(text) => {
                    let found = node.literals.binary_search_by(|(known, _)| known.cmp(text));
                    below(&mut node.literals, found, text)
                }
                Segment::Pattern(pattern) => {
                    let rank = |pattern: &Pattern| Reverse(pattern.weight());
                    let order = |known: &Pattern| rank(known).cmp(&rank(pattern)).then(known.cmp(pattern));
                    let found = node.patterns.binary_search_by(|(known, _)| order(known));
                    below(&mut node.patterns, found, pattern)
                }
            };
            let Some(next) = next else { return };
            node = next;
        }
        let endpoint = Endpoint { method: method.to_owned(), route, query: template.query.clone() };
        // Narrower ones first; the order of declaration otherwise.
        let at = node.endpoints.partition_point(|known| known.query.len() >= endpoint.query.len());
        node.endpoints.insert(at, endpoint);
    }

    /// The operations for a path in normal form and a raw query; `None` where there is no such path.
    pub(super) fn find(&self, path: &str, query: Option<&str>) -> Option<Found<'_>> {
        let mut captures = Vec::new();
        let start = usize::from(path.starts_with('/'));
        let node = self.root.descend(path, Some(start), &mut captures)?;
        let endpoints = node.endpoints.as_slice();
        let fixed = endpoints.iter().any(|endpoint| !endpoint.query.is_empty());
        let pairs = || query.and_then(|query| Pairs::form(query).ok()).unwrap_or_default();
        let found = Found { endpoints, query: fixed.then(pairs), captures };
        let any = found.admitted().next().is_some();
        any.then_some(found)
    }
}

/// The node of a key that was looked for, made where it is not there yet; so there always is one.
fn below<'n, K: Clone>(
    nodes: &'n mut Vec<(K, Node)>,
    found: Result<usize, usize>,
    key: &K,
) -> Option<&'n mut Node> {
    let at = found.unwrap_or_else(|at| {
        nodes.insert(at, (key.clone(), Node::default()));
        at
    });
    nodes.get_mut(at).map(|(_, node)| node)
}

impl Node {
    /// Follows the segments from `start` on; `None` for `start` means that the path has ended.
    fn descend(&self, path: &str, start: Option<usize>, captures: &mut Vec<Range<usize>>) -> Option<&Node> {
        let Some(start) = start else { return (!self.endpoints.is_empty()).then_some(self) };
        let rest = path.get(start..)?;
        let end = rest.bytes().position(|byte| byte == b'/').map_or(path.len(), |length| start + length);
        let segment = path.get(start..end)?;
        let next = (end < path.len()).then_some(end + 1);
        let literal = self.literals.binary_search_by(|(known, _)| known.as_str().cmp(segment));
        let literal = literal.ok().and_then(|at| self.literals.get(at));
        if let Some(found) = literal.and_then(|(_, node)| node.descend(path, next, captures)) {
            return Some(found);
        }
        for (pattern, node) in &self.patterns {
            let before = captures.len();
            if pattern.captures(segment, start, captures) {
                if let Some(found) = node.descend(path, next, captures) {
                    return Some(found);
                }
                captures.truncate(before);
            }
        }
        None
    }
}

impl Endpoint {
    fn admits(&self, pairs: &Pairs) -> bool {
        self.query.iter().all(|(name, wanted)| {
            pairs.values(name).any(|value| decode_form(value).is_ok_and(|value| value == wanted.as_str()))
        })
    }
}

impl Found<'_> {
    fn admitted(&self) -> impl Iterator<Item = &Endpoint> {
        let admits = |endpoint: &&Endpoint| self.query.as_ref().is_none_or(|pairs| endpoint.admits(pairs));
        self.endpoints.iter().filter(admits)
    }

    /// The operation for a method.
    pub(super) fn route(&self, method: &str) -> Option<usize> {
        self.admitted().find(|endpoint| endpoint.method == method).map(|endpoint| endpoint.route)
    }

    /// The declared methods, for `Allow`.
    pub(super) fn methods(&self) -> String {
        let mut methods: Vec<&str> = Vec::new();
        for endpoint in self.admitted() {
            if !methods.contains(&endpoint.method.as_str()) {
                methods.push(&endpoint.method);
            }
        }
        methods.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(templates: &[&str]) -> Table {
        let mut table = Table::default();
        for (route, template) in templates.iter().enumerate() {
            table.insert(&Template::parse(template), "GET", route);
        }
        table
    }

    fn route(table: &Table, path: &str) -> Option<usize> {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        table.find(path, query)?.route("GET")
    }

    #[test]
    fn concrete_beats_templated() {
        let table = table(&[
            "/pets/{petId}",
            "/pets/mine",
            "/pets/{name}/toys",
            "/items/{id}",
            "/items/{id}:activate",
            "/a/{x}/",
            "/a/{x}",
            "/{entity}/me",
            "/books/{id}",
            "/books/{id}/x",
        ]);
        for (path, expected) in [
            ("/pets/mine", Some(1)),
            ("/pets/7", Some(0)),
            ("/pets/mine/toys", Some(2)),
            ("/items/5:activate", Some(4)),
            ("/items/5", Some(3)),
            ("/a/1/", Some(5)),
            ("/a/1", Some(6)),
            ("/a//", None),
            ("/books/me", Some(8)),
            ("/films/me", Some(7)),
            ("/", None),
            ("/pets/", None),
            ("//pets/7", None),
        ] {
            assert_eq!(route(&table, path), expected, "{path}");
        }
    }

    #[test]
    fn fixed_query_parts_narrow() {
        let table = table(&["/r", "/r?beta=true", "/s?beta=true"]);
        assert_eq!(route(&table, "/r"), Some(0));
        assert_eq!(route(&table, "/r?x=1&beta=true"), Some(1));
        assert_eq!(route(&table, "/r?beta=false"), Some(0));
        assert_eq!(route(&table, "/s"), None);
    }

    #[test]
    fn backtracking_forgets_captures() {
        let table = table(&["/{a}x/1", "/{b}/2"]);
        let found = table.find("/yx/2", None).unwrap();
        assert_eq!(found.captures.as_slice(), std::slice::from_ref(&(1..3)));
    }
}

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
    paths: Vec<Path>,
}

#[derive(Debug, Default)]
struct Node {
    /// In the order of their texts.
    literals: Vec<(String, Node)>,
    /// The most fixed characters first.
    patterns: Vec<(Pattern, Node)>,
    /// Which path ends here.
    path: Option<usize>,
}

/// Templates that differ in the names of their variables or in fixed parts of the query only.
#[derive(Debug)]
struct Path {
    segments: Vec<Segment>,
    /// How many variables there are.
    variables: usize,
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
        let at = *node.path.get_or_insert(self.paths.len());
        if at == self.paths.len() {
            let (segments, variables) = (template.segments.clone(), template.variables.len());
            self.paths.push(Path { segments, variables, endpoints: Vec::new() });
        }
        let Some(path) = self.paths.get_mut(at) else { return };
        let endpoint = Endpoint { method: method.to_owned(), route, query: template.query.clone() };
        // Narrower ones first; the order of declaration otherwise.
        let at = path.endpoints.partition_point(|known| known.query.len() >= endpoint.query.len());
        path.endpoints.insert(at, endpoint);
    }

    /// The path of a template that has no rival: whatever has its form leads to it.
    pub(super) fn alone(&self, template: &Template) -> Option<usize> {
        let mut node = &self.root;
        for segment in &template.segments {
            node = match segment {
                Segment::Literal(text) => node.literal(text)?,
                Segment::Pattern(_) => match node.patterns.as_slice() {
                    [(_, only)] if node.literals.is_empty() => only,
                    _ => return None,
                },
            };
        }
        node.path
    }

    /// The operations for a path in normal form and a raw query; `None` where there is no such path. `hint` is one that
    /// has no rival, and mostly right; so the others need not be looked at.
    pub(super) fn find(&self, hint: Option<usize>, path: &str, query: Option<&str>) -> Option<Found<'_>> {
        let hinted = hint.and_then(|at| self.paths.get(at));
        let (found, captures) = match hinted.and_then(|hinted| Some((hinted, hinted.captures(path)?))) {
            Some(found) => found,
            None => self.descend(path)?,
        };
        let endpoints = found.endpoints.as_slice();
        let fixed = endpoints.iter().any(|endpoint| !endpoint.query.is_empty());
        let pairs = || query.and_then(|query| Pairs::form(query).ok()).unwrap_or_default();
        let found = Found { endpoints, query: fixed.then(pairs), captures };
        let any = found.admitted().next().is_some();
        any.then_some(found)
    }

    fn descend(&self, path: &str) -> Option<(&Path, Vec<Range<usize>>)> {
        let mut captures = Vec::new();
        let at = self.root.descend(path, Some(usize::from(path.starts_with('/'))), &mut captures)?;
        Some((self.paths.get(at)?, captures))
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

/// The segment of a path that begins at `start`, and where the next one begins if there is one.
fn segment(path: &str, start: usize) -> Option<(&str, Option<usize>)> {
    let rest = path.get(start..)?;
    match rest.bytes().position(|byte| byte == b'/') {
        Some(length) => Some((rest.get(..length)?, Some(start + length + 1))),
        None => Some((rest, None)),
    }
}

impl Path {
    /// What the variables match in a path; `None` where it has another form.
    fn captures(&self, path: &str) -> Option<Vec<Range<usize>>> {
        let mut captures = Vec::with_capacity(self.variables);
        let mut next = Some(usize::from(path.starts_with('/')));
        for wanted in &self.segments {
            let start = next?;
            let (given, after) = segment(path, start)?;
            let is_wanted = match wanted {
                Segment::Literal(text) => text == given,
                Segment::Pattern(pattern) => pattern.captures(given, start, &mut captures),
            };
            if !is_wanted {
                return None;
            }
            next = after;
        }
        next.is_none().then_some(captures)
    }
}

impl Node {
    fn literal(&self, text: &str) -> Option<&Node> {
        let at = self.literals.binary_search_by(|(known, _)| known.as_str().cmp(text)).ok()?;
        self.literals.get(at).map(|(_, node)| node)
    }

    /// Follows the segments from `start` on, to the number of a path; `None` for `start` means that the path has ended.
    fn descend(&self, path: &str, start: Option<usize>, captures: &mut Vec<Range<usize>>) -> Option<usize> {
        let Some(start) = start else { return self.path };
        let (given, next) = segment(path, start)?;
        if let Some(found) = self.literal(given).and_then(|node| node.descend(path, next, captures)) {
            return Some(found);
        }
        for (pattern, node) in &self.patterns {
            let before = captures.len();
            if pattern.captures(given, start, captures) {
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
        table.find(None, path, query)?.route("GET")
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
    fn what_has_no_rival_is_found_at_once() {
        let templates = [
            "/pets/{petId}",
            "/pets/mine",
            "/items/{id}",
            "/items/{id}:run",
            "/a/{x}/b",
            "/a/{x}/c/{y}",
            "/",
        ];
        let table = table(&templates);
        let alone = templates.map(|template| table.alone(&Template::parse(template)));
        assert_eq!(alone, [None, Some(1), None, None, Some(4), Some(5), Some(6)]);
        for path in ["/pets/mine", "/pets/7", "/a/1/b", "/a/1/c/2", "/a//b", "/", "/a/1/b/", "/items/5:run"] {
            let plain = table.find(None, path, None);
            let plain = plain.map(|found| (found.route("GET"), found.captures));
            // A wrong hint does no harm.
            for hint in alone {
                let found = table.find(hint, path, None).map(|found| (found.route("GET"), found.captures));
                assert_eq!(found, plain, "{path}, {hint:?}");
            }
        }
    }

    #[test]
    fn backtracking_forgets_captures() {
        let table = table(&["/{a}x/1", "/{b}/2"]);
        let found = table.find(None, "/yx/2", None).unwrap();
        assert_eq!(found.captures.as_slice(), std::slice::from_ref(&(1..3)));
    }
}

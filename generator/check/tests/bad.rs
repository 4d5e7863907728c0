//! Broken and hostile documents: refused at the place that their table names, or accepted.

use std::time::{Duration, Instant};

use super::findings;
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::Source;
use crate::resolve::tests::corpus::corpus;
use crate::source::{Node, Sources, parse};

/// How long one document may take.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn broken_documents_are_refused_where_they_break() {
    let Some(folder) = corpus().map(|corpus| corpus.join("bad")) else {
        return;
    };
    let sources = Sources::default();
    let bytes = std::fs::read(folder.join("expect.json")).unwrap();
    let table = parse("expect.json".to_owned(), bytes, true, &sources, &mut Diagnostics::default()).unwrap();
    let mut wrong = Vec::new();
    for row in sources.root(table).unwrap().items() {
        let text = |name: &str| row.get(name).and_then(Node::as_str).unwrap_or_default();
        let (file, verdict, place) = (text("file"), text("verdict"), text("where"));
        let started = Instant::now();
        let (sources, found) = findings(&Source::file(folder.join(file)));
        assert!(started.elapsed() < PATIENCE, "{file} took {:?}", started.elapsed());
        let errors: Vec<_> = found.iter().filter(|item| item.severity == Severity::Error).collect();
        let mut places = Vec::new();
        for span in errors.iter().flat_map(|item| item.labels.iter().map(|label| label.0).chain([item.at])) {
            let at = sources.line_column(span).map(|at| format!("{}:{}", at.line, at.column));
            places.extend(at);
        }
        let wanted = place.split([' ', '(']).next().unwrap_or_default();
        let right = match verdict {
            "REJECT" => places.iter().any(|place| place == wanted),
            "ACCEPT" => errors.is_empty(),
            _ => true,
        };
        if !right {
            let messages: Vec<_> = errors.iter().map(|item| item.message.as_str()).collect();
            wrong.push(format!("{file}: {verdict} at {wanted}, but errors at {places:?}: {messages:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

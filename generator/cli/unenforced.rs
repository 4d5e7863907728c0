//! What is not enforced, for people and for tools.

use serde_json::{Value, json};

use crate::diagnostic::render::{self, Style};
use crate::source::{Sources, Span};
use crate::unenforced::Unenforced;

/// So many places are shown to people.
const SHOWN: usize = 3;

/// One line: what it is and where.
pub(super) fn human(item: &Unenforced, sources: &Sources, style: Style) -> String {
    let shown = item.at.iter().take(SHOWN).filter_map(|at| place(*at, sources));
    let mut places = shown.collect::<Vec<_>>().join(", ");
    let hidden = item.at.len().saturating_sub(SHOWN);
    if hidden > 0 {
        places.push_str(&format!(" and {hidden} more"));
    }
    render::note(&format!("not enforced: {} ({places})", item.what), style)
}

/// All places, as one object.
pub(super) fn json(item: &Unenforced, sources: &Sources) -> String {
    let places: Vec<Value> = item.at.iter().map(|at| Value::Object(render::place(*at, sources))).collect();
    let Unenforced { what, reason, .. } = item;
    json!({ "type": "unenforced", "what": what, "reason": reason.as_str(), "places": places }).to_string()
}

fn place(at: Span, sources: &Sources) -> Option<String> {
    let position = sources.line_column(at)?;
    Some(format!("{}:{}:{}", sources.path(at.file), position.line, position.column))
}

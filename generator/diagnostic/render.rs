//! Findings as text for people, in the manner of rustc, and as JSON for tools. Only the lines that matter are handed
//! to the layout: it would scan the whole file for every finding.

mod excerpt;
#[cfg(test)]
mod tests;

use annotate_snippets::{Group, Level, Renderer, normalize_untrusted_str};
use serde_json::{Map, Value, json};

use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};

/// Whether the text may carry colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone: build scripts, pipes.
    #[default]
    Plain,
    /// With escape sequences of terminals.
    Colored,
}

/// The finding as rustc would show it; no line end at the end.
#[must_use]
pub fn human(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let title =
        level(diagnostic.severity).primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let mut group = title.elements(excerpt::elements(diagnostic, sources));
    for (name, text) in notes(diagnostic, sources) {
        group = group.element(Level::NOTE.with_name(name).message(normalize_untrusted_str(&text)));
    }
    renderer(style).render(&[group])
}

/// A message that belongs to no place: `error: cannot read …`.
#[must_use]
pub fn plain_message(severity: Severity, message: &str, help: Option<&str>, style: Style) -> String {
    let mut group = Group::with_title(level(severity).primary_title(message));
    if let Some(help) = help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    renderer(style).render(&[group])
}

/// Something to know that asks for nothing.
#[must_use]
pub fn note(message: &str, style: Style) -> String {
    renderer(style).render(&[Group::with_title(Level::NOTE.primary_title(message))])
}

/// The finding as one line of JSON.
#[must_use]
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let labels: Vec<Value> = diagnostic
        .labels
        .iter()
        .map(|(span, text)| {
            let mut label = place(*span, sources);
            label.insert("message".to_owned(), json!(text));
            Value::Object(label)
        })
        .collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("diagnostic"));
    object.insert("severity".to_owned(), json!(word(diagnostic.severity)));
    object.insert("code".to_owned(), json!(diagnostic.code.as_str()));
    object.insert("message".to_owned(), json!(diagnostic.message));
    object.append(&mut place(diagnostic.at, sources));
    object.insert("labels".to_owned(), json!(labels));
    object.insert("help".to_owned(), json!(diagnostic.help));
    object.insert("allowable".to_owned(), json!(allowable(diagnostic)));
    object.insert("more".to_owned(), json!(diagnostic.others.len()));
    Value::Object(object).to_string()
}

/// Whether the user may choose to live with it.
fn allowable(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && diagnostic.code.can_be_allowed()
}

/// `error` or `warning`.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

fn renderer(style: Style) -> Renderer {
    match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    }
}

fn notes(diagnostic: &Diagnostic, sources: &Sources) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if let Some(pointer) = sources.pointer(diagnostic.at).filter(|pointer| !pointer.is_empty()) {
        notes.push(("at", pointer));
    }
    let others = diagnostic.others.len();
    if others > 0 {
        let places = if others == 1 { "place" } else { "places" };
        notes.push(("note", format!("the same at {others} more {places}")));
    }
    if let Some(help) = &diagnostic.help {
        notes.push(("help", help.clone()));
    }
    if allowable(diagnostic) {
        let code = diagnostic.code;
        let option = format!("`--allow {code}`, or `allow = [\"{code}\"]` in counterpart.toml");
        notes.push(("help", format!("to generate nevertheless: {option}")));
    }
    notes
}

/// `file`, `pointer`, `start` and `end` of a place; nothing where there is none.
#[must_use]
pub fn place(span: Span, sources: &Sources) -> Map<String, Value> {
    let mut object = Map::new();
    let Some(file) = sources.get(span.file) else { return object };
    let position = |offset: u32| {
        let at = file.line_column(offset);
        json!({ "line": at.line, "column": at.column, "offset": offset })
    };
    object.insert("file".to_owned(), json!(file.path));
    object.insert("pointer".to_owned(), json!(sources.pointer(span)));
    object.insert("start".to_owned(), position(span.start));
    object.insert("end".to_owned(), position(span.end));
    object
}

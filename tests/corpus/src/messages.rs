//! What the compiler said, by document.

use std::collections::BTreeMap;

use serde_json::Value;

/// Errors and warnings, and which of the documents they are about; those without a place count for all.
#[derive(Debug, Default)]
pub struct Messages {
    by_slug: BTreeMap<String, Vec<Message>>,
    placeless: Vec<Message>,
}

/// An error or a warning.
#[derive(Clone, Debug)]
pub struct Message {
    /// Whether it stops the build.
    pub is_error: bool,
    /// What it says.
    pub text: String,
}

impl Messages {
    /// Reads what `--message-format json` prints.
    pub fn read(printed: &str) -> Self {
        let mut messages = Self::default();
        for line in printed.lines() {
            let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
            if line["reason"] == "compiler-message" {
                messages.add(&line["message"]);
            }
        }
        messages
    }

    fn add(&mut self, message: &Value) {
        let level = message["level"].as_str().unwrap_or_default();
        // What cargo sums up at the end has no code and no place.
        let text = message["message"].as_str().unwrap_or_default();
        let is_summary =
            text.starts_with("aborting due to") || text.ends_with(" emitted") && text.contains("warning");
        if !matches!(level, "error" | "warning" | "error: internal compiler error") || is_summary {
            return;
        }
        let found = Message { is_error: level != "warning", text: text.to_owned() };
        match slug(message) {
            Some(slug) => self.by_slug.entry(slug).or_default().push(found),
            None => self.placeless.push(found),
        }
    }

    /// What there is about a document.
    pub fn of(&self, slug: &str) -> Vec<Message> {
        let own = self.by_slug.get(slug).into_iter().flatten();
        own.chain(&self.placeless).cloned().collect()
    }

    /// The documents with errors.
    pub fn failing(&self) -> Vec<&str> {
        let fails = |messages: &&Vec<Message>| messages.iter().any(|message| message.is_error);
        self.by_slug.iter().filter(|(_, messages)| fails(messages)).map(|(slug, _)| slug.as_str()).collect()
    }

    /// Errors of no document.
    pub fn placeless_errors(&self) -> bool {
        self.placeless.iter().any(|message| message.is_error)
    }
}

/// The document whose module a message points into, perhaps through macros.
fn slug(message: &Value) -> Option<String> {
    let spans = message["spans"].as_array().into_iter().flatten();
    let children = message["children"].as_array().into_iter().flatten();
    spans.filter_map(slug_of_span).next().or_else(|| children.filter_map(slug).next())
}

fn slug_of_span(span: &Value) -> Option<String> {
    let file = span["file_name"].as_str().unwrap_or_default();
    if let Some((_, rest)) = file.rsplit_once("modules/") {
        return rest.split('/').next().map(str::to_owned);
    }
    let outer = &span["expansion"]["span"];
    if outer.is_null() { None } else { slug_of_span(outer) }
}

//! Reading the fields of the standard's objects: kinds checked, unknown fields reported, mild mistakes mended.

use super::Resolver;
use super::reference::reference_of;
use super::resources::Place;
use crate::diagnostic::{Code, suggest::did_you_mean};
use crate::source::{Member, Node, Span, Value};

/// An entry of a map, or a member of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// Its key.
    pub name: &'a str,
    /// Where the key stands.
    pub name_span: Span,
    /// Its value.
    pub place: Place<'a>,
}

impl<'a> Resolver<'a> {
    /// Whether the node is an object; reported if not. `null` passes for an empty one.
    pub(super) fn is_object(&mut self, node: Node<'_>, what: &str) -> bool {
        match node.value() {
            Value::Object(_) => true,
            Value::Null => {
                self.mended(node.span(), format!("{what} is null; it is read as if it were empty"));
                true
            }
            Value::Array(items) if items.is_empty() => {
                self.mended(node.span(), format!("{what} is an empty array; it is read as an empty object"));
                true
            }
            _ => {
                let message = format!("{what} must be an object, this is {}", node.kind());
                self.diagnostics.error(Code::WRONG_TYPE, node.span(), message);
                false
            }
        }
    }

    /// Reports a mistake that has one meaning.
    pub(super) fn mended(&mut self, at: Span, message: String) {
        let key = message.clone();
        self.diagnostics.warning_once(Code::MENDED_TYPE, &key, at, message);
    }

    /// Reports the fields that the standard does not define for this object.
    pub(super) fn known_fields(&mut self, node: Node<'_>, what: &str, known: &[&str]) {
        for member in node.members() {
            let name = member.name;
            if known.contains(&name) || name.starts_with("x-") {
                continue;
            }
            let message = format!("{what} has no field `{name}` in the standard");
            let report = self.diagnostics.warning_once(
                Code::UNKNOWN_FIELD,
                &format!("{what} {name}"),
                member.name_span,
                message,
            );
            if report.is_listed()
                && let Some(question) = did_you_mean(name, known.iter().copied())
            {
                report.help(question);
            }
        }
    }

    /// Reports a field of a later version, which is honoured nevertheless.
    pub(super) fn newer(&mut self, member: Member<'_>, what: &str, since: &str) {
        let message = format!("`{}` in {what} belongs to OpenAPI {since}; it is honoured here", member.name);
        self.diagnostics
            .warning_once(Code::NEWER_FIELD, &format!("{what} {}", member.name), member.name_span, message)
            .help(format!("raise the `openapi` field to {since}"));
    }

    /// A text field.
    pub(super) fn text(&mut self, node: Node<'_>, name: &str) -> Option<String> {
        let value = node.get(name)?;
        match value.value() {
            Value::String(text) => Some(text.to_owned()),
            Value::Number(lexeme) => {
                self.mended(value.span(), format!("`{name}` must be a string, this is a number; quote it"));
                Some(lexeme.to_owned())
            }
            Value::Bool(truth) => {
                self.mended(value.span(), format!("`{name}` must be a string, this is a boolean; quote it"));
                Some(truth.to_string())
            }
            _ => {
                self.mended(
                    value.span(),
                    format!("`{name}` must be a string, this is {}; it is left out", value.kind()),
                );
                None
            }
        }
    }

    /// A text field that must be there; its absence is an error at the object.
    pub(super) fn required_text(&mut self, node: Node<'_>, name: &str, what: &str) -> Option<String> {
        if node.get(name).is_none() {
            self.diagnostics
                .error(Code::MISSING_FIELD, node.span(), format!("{what} has no `{name}`, which is required"))
                .help(format!("add `{name}`"));
        }
        self.text(node, name)
    }

    /// A boolean field.
    pub(super) fn flag(&mut self, node: Node<'_>, name: &str) -> Option<bool> {
        let value = node.get(name)?;
        let mended = match value.value() {
            Value::Bool(truth) => return Some(truth),
            Value::String(text) if text == "true" || text == "false" => Some(text == "true"),
            Value::Null => None,
            _ => {
                let message = format!("`{name}` must be true or false, this is {}", value.kind());
                self.diagnostics.error(Code::WRONG_TYPE, value.span(), message);
                return None;
            }
        };
        self.mended(value.span(), format!("`{name}` must be true or false, this is {}", value.kind()));
        mended
    }

    /// The entries of a map of the standard. A `$ref` in place of the map is followed.
    pub(super) fn entries(&mut self, place: Place<'a>, what: &str) -> Vec<Entry<'a>> {
        if !self.is_object(place.node, what) {
            return Vec::new();
        }
        let place = match reference_of(place.node) {
            Some((member, _)) => {
                self.unusual(member, what);
                match self.follow(place, what) {
                    Some(followed) if self.is_object(followed.place.node, what) => followed.place,
                    _ => return Vec::new(),
                }
            }
            None => place,
        };
        members(place).collect()
    }

    /// Reports a `$ref` where the standard has none.
    pub(super) fn unusual(&mut self, member: Member<'_>, what: &str) {
        let message = format!("the standard allows no `$ref` in place of {what}; it is followed");
        self.diagnostics
            .warning_once(Code::UNUSUAL_REFERENCE, what, member.name_span, message)
            .help("other tools may not; copy the target here");
    }

    /// The items of a list field; anything but a list is an error.
    pub(super) fn list(&mut self, place: Place<'a>, name: &str) -> Vec<Place<'a>> {
        let Some(value) = place.node.get(name) else {
            return Vec::new();
        };
        if let Some((member, _)) = reference_of(value) {
            self.unusual(member, &format!("`{name}`"));
            let target = self.follow(place.with(value), name).map(|followed| followed.place);
            return target.map(|target| self.list_items(target, name)).unwrap_or_default();
        }
        self.list_items(place.with(value), name)
    }

    fn list_items(&mut self, place: Place<'a>, name: &str) -> Vec<Place<'a>> {
        let value = place.node;
        match value.value() {
            Value::Array(items) => items.map(|item| place.with(item)).collect(),
            Value::Null => {
                self.mended(value.span(), format!("`{name}` is null; it is read as if it were empty"));
                Vec::new()
            }
            _ => {
                let message = format!("`{name}` must be an array, this is {}", value.kind());
                self.diagnostics.error(Code::WRONG_TYPE, value.span(), message);
                Vec::new()
            }
        }
    }

    /// The strings of a list field.
    pub(super) fn texts(&mut self, place: Place<'a>, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(place, name) {
            match item.node.value() {
                Value::String(text) => texts.push(text.to_owned()),
                Value::Number(lexeme) => {
                    self.mended(
                        item.node.span(),
                        format!("the items of `{name}` must be strings; quote this number"),
                    );
                    texts.push(lexeme.to_owned());
                }
                _ => {
                    let message =
                        format!("the items of `{name}` must be strings, this is {}", item.node.kind());
                    self.diagnostics.error(Code::WRONG_TYPE, item.node.span(), message);
                }
            }
        }
        texts
    }
}

/// The members of an object as entries.
pub(super) fn members<'a>(place: Place<'a>) -> impl Iterator<Item = Entry<'a>> {
    let entry = move |member: Member<'a>| Entry {
        name: member.name,
        name_span: member.name_span,
        place: place.with(member.value),
    };
    place.node.members().map(entry)
}

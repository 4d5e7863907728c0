//! From a value to XML text, guided by the schemas.

use std::fmt::Write;

use super::guide::{Guide, Guides, Names, Node};
use super::tree::XSI;
use crate::json::Json;

/// Writes a value as a document.
pub(super) fn document<'t>(
    guides: &Guides<'t>,
    guide: &Guide<'t>,
    names: Names<'t>,
    value: &Json,
) -> Result<String, String> {
    let mut page = Page { guides, out: String::from(DECLARATION), scope: Vec::new() };
    page.element(guide, names, "root", value)?;
    page.out.push('\n');
    Ok(page.out)
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct Page<'c, 't> {
    guides: &'c Guides<'t>,
    out: String,
    /// Prefixes that are declared around what is being written, with their namespaces.
    scope: Vec<(String, String)>,
}

impl<'t> Page<'_, 't> {
    /// An element with a value; `fallback` is its name where the contract gives none.
    fn element(
        &mut self,
        guide: &Guide<'t>,
        names: Names<'t>,
        fallback: &str,
        value: &Json,
    ) -> Result<(), String> {
        let around = self.scope.len();
        let name = self.name(names, names.name.unwrap_or(fallback))?;
        write(&mut self.out, format_args!("<{name}"));
        self.declare(names);
        match value {
            Json::Null => {
                let known = self.scope.iter().any(|(_, namespace)| namespace == XSI);
                let declaration = if known { String::new() } else { format!(" xmlns:xsi=\"{XSI}\"") };
                write(&mut self.out, format_args!("{declaration} xsi:nil=\"true\"/>"));
            }
            Json::Object(members) => {
                self.attributes(guide, members)?;
                let start = self.out.len();
                self.out.push('>');
                for (name, value) in members {
                    self.member(guide, name, value)?;
                }
                self.close(start, &name);
            }
            Json::Array(items) => {
                let start = self.out.len();
                self.out.push('>');
                let item = self.guides.items(guide);
                for value in items {
                    self.element(&item, item.names, names.name.unwrap_or(fallback), value)?;
                }
                self.close(start, &name);
            }
            scalar => {
                self.out.push('>');
                self.text(&plain(scalar), false)?;
                write(&mut self.out, format_args!("</{name}>"));
            }
        }
        self.scope.truncate(around);
        Ok(())
    }

    /// Ends an element whose start tag ends at `start`; without content it is closed at once.
    fn close(&mut self, start: usize, name: &str) {
        if self.out.len() == start + 1 {
            self.out.truncate(start);
            self.out.push_str("/>");
        } else {
            write(&mut self.out, format_args!("</{name}>"));
        }
    }

    fn attributes(&mut self, guide: &Guide<'t>, members: &crate::json::Map<Json>) -> Result<(), String> {
        for (name, value) in members {
            let member = self.guides.member(guide, name);
            if let (Node::None, true, Json::Object(members)) = (member.node, member.is_object, value) {
                self.attributes(&member, members)?;
            }
            if member.node != Node::Attribute || value.is_null() {
                continue;
            }
            if matches!(value, Json::Array(_) | Json::Object(_)) {
                return Err(format!("the member `{name}` is no scalar, and cannot be an attribute"));
            }
            self.declare(member.names);
            let name = self.name(member.names, member.names.name.unwrap_or(name))?;
            write(&mut self.out, format_args!(" {name}=\""));
            self.text(&plain(value), true)?;
            self.out.push('"');
        }
        Ok(())
    }

    /// A member that is not an attribute.
    fn member(&mut self, guide: &Guide<'t>, name: &str, value: &Json) -> Result<(), String> {
        let member = self.guides.member(guide, name);
        match (member.node, value) {
            (Node::Attribute, _) => Ok(()),
            (Node::Text | Node::Cdata, Json::Array(_) | Json::Object(_)) => {
                Err(format!("the member `{name}` is no scalar, and cannot be text"))
            }
            // Without an element of its own: its members stand where it would.
            (Node::None, Json::Object(members)) if member.is_object => {
                members.iter().try_for_each(|(name, value)| self.member(&member, name, value))
            }
            (Node::Text, value) => self.text(&plain(value), false),
            (Node::Cdata, value) => self.cdata(&plain(value)),
            (_, Json::Array(items)) if !member.is_wrapped() => {
                // What no schema names says nothing of its items.
                let item = if member.is_array { self.guides.items(&member) } else { member };
                items.iter().try_for_each(|value| self.element(&item, item.names, name, value))
            }
            _ => self.element(&member, member.names, name, value),
        }
    }

    /// A name with its prefix, where that stands for a namespace.
    fn name(&self, names: Names<'t>, name: &str) -> Result<String, String> {
        if !is_name(name) {
            return Err(format!("`{name}` cannot be the name of an element or attribute"));
        }
        let known =
            |prefix: &&str| names.namespace.is_some() || self.scope.iter().any(|(known, _)| known == prefix);
        Ok(match names.prefix.filter(known) {
            Some(prefix) if is_name(prefix) => format!("{prefix}:{name}"),
            Some(prefix) => return Err(format!("`{prefix}` cannot be a prefix")),
            None => name.to_owned(),
        })
    }

    /// Declares a namespace in the tag that is being written, unless it is known there.
    fn declare(&mut self, names: Names<'t>) {
        let Some(namespace) = names.namespace else { return };
        let prefix = names.prefix.unwrap_or_default();
        let known = self.scope.iter().rev().find(|(known, _)| known == prefix);
        if known.is_some_and(|(_, known)| known == namespace) {
            return;
        }
        let colon = if prefix.is_empty() { "" } else { ":" };
        let value = namespace.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        write(&mut self.out, format_args!(" xmlns{colon}{prefix}=\"{value}\""));
        self.scope.push((prefix.to_owned(), namespace.to_owned()));
    }

    fn text(&mut self, text: &str, attribute: bool) -> Result<(), String> {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if attribute => self.out.push_str("&quot;"),
                // Readers would take these for a line feed, or for a space.
                '\r' => self.out.push_str("&#13;"),
                '\n' | '\t' if attribute => write(&mut self.out, format_args!("&#{};", u32::from(c))),
                c => self.character(c)?,
            }
        }
        Ok(())
    }

    fn cdata(&mut self, text: &str) -> Result<(), String> {
        self.out.push_str("<![CDATA[");
        let start = self.out.len();
        for c in text.chars() {
            // The end of a section stands in two, and a carriage return between them.
            match c {
                '>' if self.out.get(start..).is_some_and(|written| written.ends_with("]]")) => {
                    self.out.push_str("]]><![CDATA[>");
                }
                '\r' => self.out.push_str("]]>&#13;<![CDATA["),
                c => self.character(c)?,
            }
        }
        self.out.push_str("]]>");
        Ok(())
    }

    fn character(&mut self, c: char) -> Result<(), String> {
        match c {
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                Err(format!("XML has no place for the character U+{:04X}", u32::from(c)))
            }
            c => {
                self.out.push(c);
                Ok(())
            }
        }
    }
}

/// A scalar as text.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        value => value.to_string(),
    }
}

/// What can be a name: a letter or `_`, then letters, digits, `.`, `-`, `_` and `:`.
fn is_name(name: &str) -> bool {
    let tail = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(tail)
}

/// A string may be written to without end.
fn write(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}

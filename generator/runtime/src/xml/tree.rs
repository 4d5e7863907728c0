//! A reader over `quick-xml`'s events that makes a tree. Document type declarations and entities other than those of XML
//! itself are refused, so that nothing is expanded and nothing is fetched.

use std::borrow::Cow;
use std::rc::Rc;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};
use quick_xml::{Reader, XmlVersion};

use crate::json::Malformed;

/// How deep elements may nest.
const MAX_DEPTH: usize = 128;

/// How many namespaces may be declared around an element; each name is looked up among them.
const MAX_NAMESPACES: usize = 32;

/// The namespace of `xsi:nil`.
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An element.
#[derive(Debug)]
pub(super) struct Element<'t> {
    pub name: Name<'t>,
    pub attributes: Vec<(Name<'t>, Cow<'t, str>)>,
    pub children: Vec<Element<'t>>,
    /// All text of its own; pieces around children are joined.
    pub text: Cow<'t, str>,
}

/// A name with its namespace.
#[derive(Clone, Debug)]
pub(super) struct Name<'t> {
    /// As written.
    pub written: &'t str,
    /// Without its prefix.
    pub local: &'t str,
    pub namespace: Option<Rc<str>>,
}

impl Element<'_> {
    /// `xsi:nil="true"`.
    pub fn is_nil(&self) -> bool {
        let mut nil = self.attributes.iter().filter(|(name, _)| name.is_nil());
        nil.any(|(_, value)| matches!(value.trim(), "true" | "1"))
    }
}

impl Name<'_> {
    fn is_nil(&self) -> bool {
        self.local == "nil" && self.namespace.as_deref() == Some(XSI)
    }

    /// Whether it says how to read the document, not what is in it: `xmlns`, and what is of XML Schema.
    pub fn is_technical(&self) -> bool {
        self.written == "xmlns"
            || self.written.starts_with("xmlns:")
            || self.namespace.as_deref() == Some(XSI)
    }
}

/// Parses a document.
pub(super) fn parse(text: &str) -> Result<Element<'_>, Malformed> {
    let skip = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let body = text.get(skip..).unwrap_or_default();
    let place = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    let refused =
        |at: usize, message: String| Malformed::at(text.as_bytes(), skip.saturating_add(at), message);
    let mut reader = Reader::from_str(body);
    reader.config_mut().expand_empty_elements = true;
    let mut builder = Builder::default();
    loop {
        let start = place(reader.buffer_position());
        let event = reader
            .read_event()
            .map_err(|error| refused(place(reader.error_position()), error.to_string()))?;
        let raw = body.get(start..place(reader.buffer_position())).unwrap_or_default();
        match builder.event(event, raw) {
            Ok(true) => {}
            Ok(false) => {
                return builder.root.ok_or_else(|| refused(start, "there is no element".to_owned()));
            }
            Err(message) => return Err(refused(start, message)),
        }
    }
}

/// A prefix, and the namespace that it stands for; `None` where that was taken back.
type Binding<'t> = (&'t str, Option<Rc<str>>);

#[derive(Default)]
struct Builder<'t> {
    /// Elements that are open, each with the number of bindings around it.
    stack: Vec<(Element<'t>, usize)>,
    root: Option<Element<'t>>,
    bindings: Vec<Binding<'t>>,
}

impl<'t> Builder<'t> {
    /// Takes an event, which was written as `raw`; whether there may be more.
    fn event(&mut self, event: Event<'t>, raw: &'t str) -> Result<bool, String> {
        match event {
            Event::Start(start) | Event::Empty(start) => self.open(start.name().as_ref().len(), raw)?,
            Event::End(_) => self.close()?,
            Event::Text(text) => self.text(text.xml10_content())?,
            Event::CData(text) => self.text(text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let text = resolved(&reference)?;
                self.text(Cow::Owned(text))?;
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(|error| error.to_string())?;
                if encoding.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
                    return Err("the document must be UTF-8 and say so, if it says anything".to_owned());
                }
            }
            Event::DocType(_) => return Err("document type declarations are not read".to_owned()),
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if self.stack.is_empty() => return Ok(false),
            Event::Eof => return Err("the document ends within an element".to_owned()),
        }
        Ok(true)
    }

    /// Opens the element that `raw` begins with, `<name …`.
    fn open(&mut self, length: usize, raw: &'t str) -> Result<(), String> {
        if self.stack.is_empty() && self.root.is_some() {
            return Err("a document has one element around all others".to_owned());
        }
        if self.stack.len() == MAX_DEPTH {
            return Err(format!("elements nest deeper than {MAX_DEPTH} levels"));
        }
        let tag = raw.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')).unwrap_or_default();
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let around = self.bindings.len();
        let mut attributes: Vec<(&'t str, Cow<'t, str>)> = Vec::new();
        for attribute in Attributes::new(tag, length) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value =
                attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| error.to_string())?;
            self.bind(attribute.key.0, &value)?;
            attributes.push((attribute.key.0, value));
        }
        let name = self.name(tag.get(..length).unwrap_or_default(), true)?;
        let named = |(name, value)| Ok((self.name(name, false)?, value));
        let attributes = attributes.into_iter().map(named).collect::<Result<_, String>>()?;
        let element = Element { name, attributes, children: Vec::new(), text: Cow::Borrowed("") };
        self.stack.push((element, around));
        Ok(())
    }

    /// Notes a declaration of a namespace.
    fn bind(&mut self, name: &'t str, value: &str) -> Result<(), String> {
        let prefix = match name.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => match rest.strip_prefix(':') {
                Some(prefix) => prefix,
                None => return Ok(()),
            },
            None => return Ok(()),
        };
        if self.bindings.len() == MAX_NAMESPACES {
            return Err(format!("more than {MAX_NAMESPACES} namespaces are declared around an element"));
        }
        self.bindings.push((prefix, (!value.is_empty()).then(|| Rc::from(value))));
        Ok(())
    }

    /// A name with its namespace; the default one is for elements only.
    fn name(&self, written: &'t str, element: bool) -> Result<Name<'t>, String> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let namespace = match prefix {
            "" if !element => None,
            "xml" | "xmlns" => None,
            prefix => match self.bindings.iter().rev().find(|(known, _)| *known == prefix) {
                Some((_, namespace)) => namespace.clone(),
                None if prefix.is_empty() => None,
                None => return Err(format!("the prefix `{prefix}` stands for no namespace")),
            },
        };
        Ok(Name { written, local, namespace })
    }

    fn close(&mut self) -> Result<(), String> {
        let Some((element, around)) = self.stack.pop() else {
            return Err("an element ends that never began".to_owned());
        };
        self.bindings.truncate(around);
        match self.stack.last_mut() {
            Some((parent, _)) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: Cow<'t, str>) -> Result<(), String> {
        match self.stack.last_mut() {
            Some((element, _)) if element.text.is_empty() => element.text = text,
            Some((element, _)) => element.text.to_mut().push_str(&text),
            None if text.trim().is_empty() => {}
            None => return Err("text stands outside of the element".to_owned()),
        }
        Ok(())
    }
}

/// The text that a reference stands for.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    match reference.resolve_char_ref().map_err(|error| error.to_string())? {
        Some(character) => Ok(character.to_string()),
        None => match resolve_predefined_entity(reference) {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!("the entity `{}` is not read", &**reference)),
        },
    }
}

//! From an element to JSON text, guided by the schemas.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::guide::{Guide, Guides, Names, Node};
use super::tree::{Element, Name};
use crate::operation::Shape;
use crate::style::{Refusal, write_scalar};
use crate::writer::write_string;

/// Writes the value of the outermost element as JSON text.
pub(super) fn document<'t>(
    guides: &Guides<'t>,
    guide: &Guide<'t>,
    names: Names<'_>,
    root: &Element<'_>,
) -> Result<Vec<u8>, Refusal> {
    if let Some(name) = names.name.filter(|name| !is_called(&root.name, names, name)) {
        let namespace = names.namespace.map(|namespace| format!(" of `{namespace}`")).unwrap_or_default();
        return Err(refused(format!("the element `{}` must be `{name}`{namespace}", root.name.written)));
    }
    let mut out = Vec::new();
    Conversion { guides, out: &mut out }.value(guide, root, None)?;
    Ok(out)
}

/// Objects without an element of their own may be in one another, but not without end.
const MAX_INLINE: usize = 16;

struct Conversion<'c, 't> {
    guides: &'c Guides<'t>,
    out: &'c mut Vec<u8>,
}

impl<'t> Conversion<'_, 't> {
    /// The value of an element; `items` is what the items of an array are called.
    fn value(
        &mut self,
        guide: &Guide<'t>,
        element: &Element<'_>,
        items: Option<&str>,
    ) -> Result<(), Refusal> {
        let attributes = element.attributes.iter().any(|(name, _)| !name.is_technical());
        let leaf = element.children.is_empty() && !attributes;
        let says_text = !element.text.trim().is_empty();
        let compound = guide.is_array || guide.is_object;
        let nothing = leaf && element.text.is_empty() && !compound && !takes_text(&guide.scalar);
        if element.is_nil() || guide.is_nullable && nothing {
            self.out.extend_from_slice(b"null");
            return Ok(());
        }
        if guide.is_array && !(leaf && says_text && guide.scalar != Shape::Json) {
            return self.array(guide, element, items);
        }
        let scalar = leaf && (!guide.is_object || says_text && guide.scalar != Shape::Json);
        if scalar {
            self.scalar(&guide.scalar, &element.text);
            return Ok(());
        }
        self.object(guide, element)
    }

    /// Text as a scalar: only of strings the space around is a part.
    fn scalar(&mut self, shape: &Shape, text: &str) {
        let trimmed = text.trim_matches([' ', '\t', '\n', '\r']);
        let mut lexeme = Vec::new();
        write_scalar(&mut lexeme, shape, trimmed);
        match lexeme.first() {
            Some(b'"') => write_string(self.out, text),
            _ => self.out.extend_from_slice(&lexeme),
        }
    }

    /// The items that an element holds, and nothing else.
    fn array(
        &mut self,
        guide: &Guide<'t>,
        element: &Element<'_>,
        called: Option<&str>,
    ) -> Result<(), Refusal> {
        let item = self.guides.items(guide);
        let called = item.names.name.or(called);
        no_text(element)?;
        let other =
            |child: &&Element<'_>| called.is_some_and(|name| !is_called(&child.name, item.names, name));
        if let Some(other) = element.children.iter().find(other) {
            let name = called.unwrap_or_default();
            return Err(refused(format!("`{}` is no item, these are called `{name}`", other.name.written)));
        }
        self.items(&item, &element.children.iter().collect::<Vec<_>>())
    }

    fn items(&mut self, item: &Guide<'t>, elements: &[&Element<'_>]) -> Result<(), Refusal> {
        self.out.push(b'[');
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.value(item, element, None).map_err(|refusal| refusal.below(&index.to_string()))?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object(&mut self, guide: &Guide<'t>, element: &Element<'_>) -> Result<(), Refusal> {
        let mut rest = Rest::of(element);
        self.out.push(b'{');
        self.members(guide, element, &mut rest, 0)?;
        if !rest.gave_text {
            no_text(element)?;
        }
        self.others(guide, &rest)?;
        self.out.push(b'}');
        Ok(())
    }

    /// The members that schemas name; `depth` is how many objects without an element they are in.
    fn members(
        &mut self,
        guide: &Guide<'t>,
        element: &Element<'_>,
        rest: &mut Rest<'_>,
        depth: usize,
    ) -> Result<(), Refusal> {
        for (name, member) in self.guides.members(guide) {
            let names = member.names;
            match member.node {
                Node::Attribute => {
                    if let Some(value) = rest.attribute(names, name) {
                        self.key(name);
                        self.scalar(&member.scalar, &value);
                    }
                }
                Node::Text | Node::Cdata => {
                    rest.gave_text = true;
                    if !element.text.trim().is_empty() {
                        self.key(name);
                        self.scalar(&member.scalar, &element.text);
                    }
                }
                Node::None if member.is_object && depth < MAX_INLINE => {
                    let mut inner = vec![b'{'];
                    let mut within = Conversion { guides: self.guides, out: &mut inner };
                    let found = within.members(&member, element, rest, depth + 1);
                    found.map_err(|refusal| refusal.below(name))?;
                    if inner.len() > 1 || guide.required.contains(name) {
                        inner.push(b'}');
                        self.key(name);
                        self.out.extend_from_slice(&inner);
                    }
                }
                _ if member.is_array && !member.is_wrapped() => {
                    let item = self.guides.items(&member);
                    let found = rest.children(item.names, name);
                    if !found.is_empty() || guide.required.contains(name) {
                        self.key(name);
                        self.items(&item, &found).map_err(|refusal| refusal.below(name))?;
                    }
                }
                _ => match rest.children(names, name).as_slice() {
                    [] => {}
                    [one] => {
                        self.key(name);
                        let value = self.value(&member, one, Some(names.name.unwrap_or(name)));
                        value.map_err(|refusal| refusal.below(name))?;
                    }
                    _ => return Err(Refusal::duplicate(String::new()).below(name)),
                },
            }
        }
        Ok(())
    }

    /// Members that no schema names; whether they may be there is for the schema to say.
    fn others(&mut self, guide: &Guide<'t>, rest: &Rest<'_>) -> Result<(), Refusal> {
        let member = self.guides.rest(guide);
        let misplaced =
            |name: &str| refused(format!("`{name}` does not stand where the contract says")).below(name);
        let attributes = rest.attributes.iter().flatten();
        for (name, value) in attributes.filter(|(name, _)| !name.is_technical()) {
            if guide.names_member(name.local) || rest.by_name.contains_key(name.local) {
                return Err(misplaced(name.local));
            }
            self.key(name.local);
            self.scalar(&member.scalar, value);
        }
        for (name, children) in &rest.by_name {
            let children: Vec<&Element<'_>> =
                children.iter().filter_map(|index| rest.children.get(*index).copied().flatten()).collect();
            if !children.is_empty() && guide.names_member(name) {
                return Err(misplaced(name));
            }
            let value = match children.as_slice() {
                [] => continue,
                [one] if !member.is_array => {
                    self.key(name);
                    self.value(&member, one, None)
                }
                several => {
                    let item = if member.is_array { self.guides.items(&member) } else { member.clone() };
                    self.key(name);
                    self.items(&item, several)
                }
            };
            value.map_err(|refusal| refusal.below(name))?;
        }
        Ok(())
    }

    fn key(&mut self, name: &str) {
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
        write_string(self.out, name);
        self.out.push(b':');
    }
}

/// What an element holds that no member has taken yet.
struct Rest<'e> {
    attributes: Vec<Option<(&'e Name<'e>, &'e Cow<'e, str>)>>,
    children: Vec<Option<&'e Element<'e>>>,
    /// The places of children, by their names without prefixes.
    by_name: BTreeMap<&'e str, Vec<usize>>,
    /// Whether a member is the text.
    gave_text: bool,
}

impl<'e> Rest<'e> {
    fn of(element: &'e Element<'_>) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, child) in element.children.iter().enumerate() {
            by_name.entry(child.name.local).or_default().push(index);
        }
        let attributes = element.attributes.iter().map(|(name, value)| Some((name, value))).collect();
        Self { attributes, children: element.children.iter().map(Some).collect(), by_name, gave_text: false }
    }

    fn attribute(&mut self, names: Names<'_>, name: &str) -> Option<Cow<'e, str>> {
        let name = names.name.unwrap_or(name);
        let fits = |slot: &&mut Option<(&Name<'_>, _)>| {
            slot.as_ref().is_some_and(|(known, _)| is_called(known, names, name))
        };
        let (_, value) = self.attributes.iter_mut().find(fits)?.take()?;
        Some(value.clone())
    }

    fn children(&mut self, names: Names<'_>, name: &str) -> Vec<&'e Element<'e>> {
        let name = names.name.unwrap_or(name);
        let mut found = Vec::new();
        for index in self.by_name.get(local(name)).into_iter().flatten() {
            if let Some(slot) = self.children.get_mut(*index)
                && slot.is_some_and(|child| is_called(&child.name, names, name))
            {
                found.extend(slot.take());
            }
        }
        found
    }
}

/// Whether something has that name: a prefix is only looked at where it is part of it, a namespace where one is given.
fn is_called(known: &Name<'_>, names: Names<'_>, name: &str) -> bool {
    let named = known.written == name || known.local == name;
    named && names.namespace.is_none_or(|namespace| known.namespace.as_deref() == Some(namespace))
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn takes_text(shape: &Shape) -> bool {
    match shape {
        Shape::String => true,
        Shape::Union(shapes) => shapes.contains(&Shape::String),
        _ => false,
    }
}

fn no_text(element: &Element<'_>) -> Result<(), Refusal> {
    match element.text.trim().is_empty() {
        true => Ok(()),
        false => Err(refused(format!("`{}` must not hold text", element.name.written))),
    }
}

fn refused(message: String) -> Refusal {
    Refusal::Violation { pointer: String::new(), keyword: "xml", message }
}

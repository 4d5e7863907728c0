//! How the members of forms and the parts of multipart bodies are written (OAS 3.2.0, Encoding Object).

use super::{MediaKind, Parameter, Shape, Style};
use crate::media::MediaType;

/// How the members of a form, or the parts of a multipart body, are written.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// An object has members by name, an array parts by their position.
    pub shape: &'a Shape,
    pub(super) encoding: &'a [Encoding],
    pub(super) prefix: &'a [Encoding],
    pub(super) item: Option<&'a Encoding>,
}

impl<'a> Layout<'a> {
    /// The encoding of a member, if the contract gives one.
    pub fn encoding(&self, name: &str) -> Option<&'a Encoding> {
        self.encoding.iter().find(|encoding| encoding.name == name)
    }

    /// The encoding of the part at a position.
    pub fn at(&self, index: usize) -> Option<&'a Encoding> {
        self.prefix.get(index).or(self.item)
    }

    /// Whether a name belongs to a declared member: its own, `h[R]` below a deep object, or a member of an exploded one.
    pub fn declares(&self, name: &str) -> bool {
        let Shape::Object { members, .. } = self.shape else { return false };
        members.contains_key(name)
            || self.encoding.iter().filter(|encoding| encoding.is_styled()).any(|encoding| {
                let below =
                    name.strip_prefix(encoding.name.as_str()).is_some_and(|rest| rest.starts_with('['));
                let exploded = encoding.explode.unwrap_or(encoding.style.is_none_or(|s| s == Style::Form));
                match members.get(&encoding.name) {
                    Some(_) if encoding.style == Some(Style::DeepObject) => below,
                    Some(Shape::Object { members, .. }) if exploded => members.contains_key(name),
                    _ => false,
                }
            })
    }

    /// The shape of a member.
    pub fn member(&self, name: &str) -> &'a Shape {
        match self.shape {
            Shape::Object { members, rest } => members.get(name).or(rest.as_deref()).unwrap_or(&Shape::Json),
            _ => &Shape::Json,
        }
    }
}

/// How one member of a form or multipart body is written (OAS 3.1.2, Encoding Object).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Encoding {
    /// Member name.
    pub name: String,
    /// `contentType`, ignored where a style is given.
    pub content_type: Option<String>,
    /// The type of the parts where the shape does not say it: bytes as text.
    pub default_type: Option<String>,
    /// `style`, where written.
    pub style: Option<Style>,
    /// `explode`, where written.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// Headers of the part (multipart only).
    pub headers: Vec<Parameter>,
    /// How the text of a part becomes JSON, where it has a position rather than a name.
    pub shape: Option<Shape>,
    /// Root schema of the part where it is XML.
    pub schema: Option<u32>,
    /// What the outermost element is called then.
    pub root: Option<String>,
    /// Encoding of the members of a part that is a multipart body itself.
    pub encoding: Vec<Encoding>,
    /// Encoding of the first parts of such a part.
    pub prefix: Vec<Encoding>,
    /// Encoding of all other parts of it.
    pub item: Option<Box<Encoding>>,
}

impl Encoding {
    /// An explicit `style`, `explode` or `allowReserved` makes `contentType` void (OAS 3.1.2, Encoding Object).
    pub fn is_styled(&self) -> bool {
        self.style.is_some() || self.explode.is_some() || self.allow_reserved
    }

    /// How its values are written, by the first media type that is listed; text where none is.
    pub fn kind(&self) -> MediaKind {
        let listed = self.content_type.as_deref().filter(|_| !self.is_styled()).unwrap_or_default();
        let media = listed.split(',').find_map(|one| MediaType::parse(one.trim()));
        media.map_or(MediaKind::Text, |media| media.kind())
    }

    /// Whether a whole array is one part: what is a sequence itself has no form for an item that is none.
    pub fn holds_array(&self, item: &Shape) -> bool {
        let sequence = [MediaKind::Multipart, MediaKind::JsonLines, MediaKind::JsonSeq];
        sequence.contains(&self.kind()) && !matches!(item, Shape::Array(_))
    }

    /// How the parts of the part are written.
    pub fn layout<'a>(&'a self, shape: &'a Shape) -> Layout<'a> {
        let Self { encoding, prefix, item, .. } = self;
        Layout { shape, encoding, prefix, item: item.as_deref() }
    }
}

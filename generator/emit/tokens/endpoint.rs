//! What differs from operation to operation: members, arguments, and the arms that read and write responses. The
//! pages around it are templates.

mod argument;
mod call;
pub mod lints;
mod outcome;
mod request;
mod respond;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use super::{Scope, docs, type_ref};
use crate::{
    ir::{BodyKind, BodyVariant, Endpoint, Family, Ir, Place, Site, TypeRef},
    names::{self, Names, OperationNames},
};

pub use call::{Beginning, Call};

/// What the tokens of an operation are made from.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// Everything.
    pub ir: &'a Ir,
    /// Names of types.
    pub names: &'a Names,
    /// The operation.
    pub endpoint: &'a Endpoint,
    /// Its own names.
    pub own: &'a OperationNames,
}

impl<'a> Operation<'a> {
    /// Every operation of a family with its names.
    pub fn all(ir: &'a Ir, names: &'a Names, family: Family) -> impl Iterator<Item = Self> {
        let pairs = ir.family(family).iter().zip(names.family(family).iter());
        pairs.map(move |(endpoint, own)| Self { ir, names, endpoint, own })
    }

    /// `GET /orders`, as code in a doc comment; for a webhook or a callback, what it is.
    pub fn title(&self) -> String {
        let Endpoint { method, path, site, .. } = self.endpoint;
        match site {
            Site::Path => code(&format!("{method} {path}")),
            Site::Webhook { name } => format!("{} to the webhook {}", code(method), code(name)),
            Site::Callback { name, url } => {
                format!("{} to the callback {} at {}", code(method), code(name), code(url))
            }
        }
    }

    /// Whether it is sent to a URL of the receiver's.
    pub fn is_hook(&self) -> bool {
        self.endpoint.site != Site::Path
    }

    /// The name of its line in `operations.jsonl`.
    pub fn line(&self) -> Literal {
        Literal::string(&names::of_operation(self.endpoint, self.own))
    }

    /// What it does, for the method of the client.
    pub fn docs(&self, more: &str) -> TokenStream {
        self.told(&self.endpoint.docs, more)
    }

    /// What it does in a paragraph, for the method of the trait. All methods stand on one page, where a text that grows
    /// moves what is below it, which rustc then checks again; so the page of the request has the rest.
    pub fn brief(&self) -> TokenStream {
        self.told(parted(&self.endpoint.docs).0, "")
    }

    /// Whose request it is, and what the trait does not say.
    pub fn request_docs(&self) -> TokenStream {
        let (_, more) = parted(&self.endpoint.docs);
        docs(format!("Request of {}.\n\n{more}", self.title()).trim_end())
    }

    fn told(&self, text: &str, more: &str) -> TokenStream {
        let mut text = text.trim_end().to_owned();
        let deprecated = if self.endpoint.deprecated { "**Deprecated.**" } else { "" };
        for part in [&self.title(), deprecated, more] {
            if !text.is_empty() && !part.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
        docs(&text)
    }

    fn ty(&self, ty: &TypeRef) -> TokenStream {
        type_ref(ty, self.names, Scope::Outside)
    }

    /// The type of a body of one kind.
    fn body_type(&self, body: &BodyVariant) -> TokenStream {
        let ty = match (&body.ty, body.kind) {
            (_, BodyKind::Binary) => return quote!(ByteStream),
            (Some(ty), _) => self.ty(ty),
            (None, BodyKind::Text) => self.ty(&TypeRef::String),
            (None, _) => self.ty(&TypeRef::Json),
        };
        match body.kind {
            BodyKind::Events | BodyKind::EventData => quote!(EventStream<#ty>),
            BodyKind::JsonLines | BodyKind::JsonSeq => quote!(JsonLines<#ty>),
            _ => ty,
        }
    }
}

/// The first paragraph of a text and the others, unless it may be a block of code, which is kept together.
fn parted(text: &str) -> (&str, &str) {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if length > 0 && line.trim().is_empty() {
            let (first, others) = text.split_at(length);
            return if first.contains("```") || first.contains("~~~") { (text, "") } else { (first, others) };
        }
        length += line.len();
    }
    (text, "")
}

/// A code span, also around backticks.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// The description of a part, or what it is where there is none; then whether it is deprecated.
pub fn part_docs(text: &str, otherwise: &str, deprecated: bool) -> TokenStream {
    let text = if text.trim().is_empty() { otherwise } else { text };
    match deprecated {
        true => docs(&format!("{text}\n\n**Deprecated.**")),
        false => docs(text),
    }
}

/// The first media type of a kind of body, as a literal.
fn media(body: &BodyVariant) -> Literal {
    Literal::string(body.media.first().map_or("", String::as_str))
}

/// Where a parameter travels, in words.
fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::Querystring => "querystring",
    }
}

/// Whether a word stands anywhere in the tokens: an import is only written where it is used.
pub fn mentions(tokens: &TokenStream, word: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(&group.stream(), word),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn texts_are_parted_behind_their_first_paragraph() {
        assert_eq!(parted("Lists\nall.\n\nOf them.\n\nNow."), ("Lists\nall.\n", "\nOf them.\n\nNow."));
        assert_eq!(parted("Lists.\r\n \r\nAll."), ("Lists.\r\n", " \r\nAll."));
        assert_eq!(parted("Lists."), ("Lists.", ""));
        let code = "```\na\n\nb\n```\n\nAll.";
        assert_eq!(parted(code), (code, ""));
    }
}
